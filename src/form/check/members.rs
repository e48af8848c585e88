//! One field, one member: catches the one real danger of binding by function, a line copied and not changed.

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value as Json;
use std::collections::BTreeMap;

use crate::clinical::answer::Answer;
use crate::clinical::coded::Coded;
use crate::form::def::{FormDef, Kind};
use crate::form::slot::Slot;
use crate::form::state::Value;

/// Writes something into each field of an empty struct and looks where the JSON changed: exactly one place, and no two
/// fields the same one. Complaints in words.
pub fn members<T: Value>(def: &FormDef<T>) -> Vec<String> {
    let mut out = Vec::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for field in &def.fields {
        if matches!(field.meta.kind, Kind::Note) {
            continue;
        }
        let mut value = T::default();
        let name = format!("{}.{}", def.id, field.meta.id);
        let before = json(&value);
        let is_rows = match field.slot(&mut value) {
            Slot::Rows(rows) => {
                rows.add(0);
                Some(rows.cols())
            }
            _ => None,
        };
        if let Some(cols) = is_rows {
            let empty = json(&value);
            for col in 0..cols {
                let mut value = value.clone();
                let Slot::Rows(rows) = field.slot(&mut value) else { continue };
                let column = rows.meta(col).map_or("", |meta| meta.id);
                if write(&mut rows.cell(0, col)) {
                    claim(&format!("{name}.{column}"), &empty, &json(&value), &mut owners, &mut out);
                }
            }
        } else if write(&mut field.slot(&mut value)) {
            claim(&format!("{name}/{}", field.ix), &before, &json(&value), &mut owners, &mut out);
        }
    }
    out
}

fn claim(name: &str, before: &Json, after: &Json, owners: &mut BTreeMap<String, String>, out: &mut Vec<String>) {
    let mut places = Vec::new();
    differences(before, after, String::new(), &mut places);
    match places.as_slice() {
        [place] => {
            if let Some(other) = owners.insert(place.clone(), name.to_owned()) {
                out.push(format!("{name} and {other} write the same member {place}"));
            }
        }
        [] => out.push(format!("{name} writes no member that is kept")),
        more => out.push(format!("{name} writes several members: {}", more.join(", "))),
    }
}

fn json<T: Value>(value: &T) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

/// The places at which two values differ. What is a list of scalars, or one value in two shapes, is one place.
fn differences(a: &Json, b: &Json, at: String, out: &mut Vec<String>) {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let (a, b) = (a.get(key).unwrap_or(&Json::Null), b.get(key).unwrap_or(&Json::Null));
                differences(a, b, format!("{at}/{key}"), out);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (n, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, format!("{at}/{n}"), out);
            }
        }
        (a, b) if a != b => out.push(at),
        _ => {}
    }
}

/// Writes something that is not blank; false where the slot is not there.
fn write(slot: &mut Slot<'_>) -> bool {
    match slot {
        Slot::Text(text) => "sentinel".clone_into(text),
        Slot::Num(n) => **n = Some(12.5),
        Slot::Exact(n) => return n.set(Some(7)),
        Slot::Score(answer) => **answer = Some(Answer::Given(3)),
        Slot::Flag(flag) => **flag = Some(true),
        Slot::Date(date) => **date = NaiveDate::from_ymd_opt(2001, 2, 3),
        Slot::Time(time) => **time = NaiveTime::from_hms_opt(4, 5, 0),
        Slot::Pick(pick) => pick.set(pick.count().checked_sub(1)),
        Slot::Multi(multi) => multi.turn(0),
        Slot::Coded(coded) => **coded = Coded::free("sentinel"),
        Slot::Other(_) | Slot::Rows(_) | Slot::Nothing => return false,
    }
    true
}
