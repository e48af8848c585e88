//! Between texts and slots: what was typed becomes a value or a sentence that says why not; a value becomes words.

use crate::clinical::text::clean_line;
use crate::clinical::time::{show_date, show_time};
use crate::clinical::typed::{Decimal, Reading, read_date, read_number, read_time, show_number, type_number};

use super::def::Kind;
use super::rows::Rows;
use super::slot::Slot;
use super::spec::{DateSpec, NumSpec};

/// A value as it is shown on one line; empty if blank.
pub(crate) fn words(slot: &mut Slot<'_>, kind: &Kind, reading: &Reading) -> String {
    match slot {
        Slot::Text(text) => clean_line(text),
        Slot::Coded(coded) => clean_line(&coded.text),
        Slot::Score(Some(answer)) => answer.show(),
        Slot::Flag(Some(true)) => "yes".to_owned(),
        Slot::Flag(Some(false)) => "no".to_owned(),
        Slot::Pick(pick) => pick.get().map(|option| pick.label(option).to_owned()).unwrap_or_default(),
        Slot::Multi(multi) => {
            let chosen = (0..multi.count()).filter(|option| multi.has(*option)).map(|option| multi.label(option));
            chosen.collect::<Vec<_>>().join(" · ")
        }
        Slot::Rows(rows) => (0..rows.len()).map(|row| row_words(*rows, row, reading)).collect::<Vec<_>>().join(" · "),
        Slot::Other(other) => clean_line(&other.words()),
        Slot::Num(_) | Slot::Exact(_) => match kind {
            Kind::Num(spec) => {
                counted(slot, spec).map(|n| show_number(n, reading.decimal, spec.decimals)).unwrap_or_default()
            }
            _ => String::new(),
        },
        Slot::Date(_) | Slot::Time(_) => typed(slot, kind, reading),
        Slot::Score(None) | Slot::Flag(None) | Slot::Nothing => String::new(),
    }
}

/// Everything a slot holds, in words: two that read the same hold the same.
pub(crate) fn whole(slot: &mut Slot<'_>, kind: &Kind, reading: &Reading) -> String {
    let row = |rows: &mut dyn Rows, row: usize| {
        let mut out = String::new();
        for col in 0..rows.cols() {
            let kind = rows.meta(col).map(|meta| meta.kind.clone());
            if let Some(kind) = kind {
                out.push_str(&words(&mut rows.cell(row, col), &kind, reading));
                out.push('\t');
            }
        }
        out
    };
    match slot {
        Slot::Rows(rows) => (0..rows.len()).map(|at| row(*rows, at)).collect::<Vec<_>>().join("\n"),
        Slot::Other(other) => other.json().to_string(),
        Slot::Text(text) => (**text).clone(),
        slot => words(slot, kind, reading),
    }
}

/// A row in short: its first two cells that are not blank.
fn row_words(rows: &mut dyn Rows, row: usize, reading: &Reading) -> String {
    let mut out = Vec::new();
    for col in 0..rows.cols() {
        let Some(meta) = rows.meta(col) else { continue };
        let mut text = words(&mut rows.cell(row, col), &meta.kind, reading);
        if let (Kind::Num(spec), false) = (&meta.kind, text.is_empty()) {
            text.push(' ');
            text.push_str(spec.unit);
        }
        if !text.is_empty() && out.len() < 2 {
            out.push(text);
        }
    }
    out.join(" ")
}

/// A value as it is edited: read back, it gives the same value.
pub(crate) fn typed(slot: &Slot<'_>, kind: &Kind, reading: &Reading) -> String {
    match (slot, kind) {
        (Slot::Text(text), _) => (**text).clone(),
        (Slot::Coded(coded), _) => coded.text.clone(),
        (Slot::Num(_) | Slot::Exact(_), Kind::Num(spec)) => {
            counted(slot, spec).map(|n| type_number(n, reading.decimal, spec.decimals)).unwrap_or_default()
        }
        (Slot::Date(Some(date)), _) => show_date(*date),
        (Slot::Time(Some(time)), _) => show_time(*time),
        _ => String::new(),
    }
}

/// A number as a count of its last kept digit.
fn counted(slot: &Slot<'_>, spec: &NumSpec) -> Option<i64> {
    match slot {
        Slot::Num(n) => n.map(|n| scaled(n, spec.decimals)),
        Slot::Exact(n) => n.get(),
        _ => None,
    }
}

/// Puts a text into a slot. What cannot be read blanks the slot: a stale value must not stand for another text.
pub(crate) fn store(slot: &mut Slot<'_>, kind: &Kind, text: &str, reading: &Reading) -> Result<(), String> {
    let read = put(slot, kind, text, reading);
    if read.is_err() {
        slot.clear();
    }
    read
}

fn put(slot: &mut Slot<'_>, kind: &Kind, text: &str, reading: &Reading) -> Result<(), String> {
    let trimmed = text.trim();
    match (slot, kind) {
        (Slot::Text(to), _) => text.clone_into(to),
        (Slot::Coded(to), _) if to.text == text => {}
        (Slot::Coded(to), _) => {
            text.clone_into(&mut to.text);
            to.code = None;
        }
        (slot, _) if trimmed.is_empty() => slot.clear(),
        (Slot::Num(to), Kind::Num(spec)) => **to = Some(unscaled(number(trimmed, spec, reading)?, spec.decimals)),
        (Slot::Exact(to), Kind::Num(spec)) => {
            let fits = to.set(Some(number(trimmed, spec, reading)?));
            fits.then_some(()).ok_or_else(|| outside(spec, reading.decimal))?;
        }
        (Slot::Date(to), Kind::Date(spec)) => {
            let date = read_date(trimmed, reading, spec.sense()).map_err(|e| e.to_string())?;
            if let Some(why) = date_refused(date, *spec, reading) {
                return Err(why);
            }
            **to = Some(date);
        }
        (Slot::Time(to), _) => **to = Some(read_time(trimmed, reading).map_err(|e| e.to_string())?),
        _ => {}
    }
    Ok(())
}

fn number(text: &str, spec: &NumSpec, reading: &Reading) -> Result<i64, String> {
    let value = read_number(text, reading.decimal, spec.decimals).map_err(|e| e.to_string())?;
    if in_range(value, spec.decimals, (spec.min, spec.max)) { Ok(value) } else { Err(outside(spec, reading.decimal)) }
}

fn date_refused(date: chrono::NaiveDate, spec: DateSpec, reading: &Reading) -> Option<String> {
    match spec {
        DateSpec::Past | DateSpec::Birth if date > reading.today => Some(format!("{} lies ahead", show_date(date))),
        DateSpec::Ahead if date < reading.today => Some(format!("{} is past", show_date(date))),
        DateSpec::Any | DateSpec::Past | DateSpec::Ahead | DateSpec::Birth => None,
    }
}

/// Is a count of the last kept digit within a range given in whole units?
pub(crate) fn in_range(value: i64, decimals: u8, (low, high): (f64, f64)) -> bool {
    (scaled(low, decimals)..=scaled(high, decimals)).contains(&value)
}

/// A measure as a count of the last kept digit.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and ranges lie far within what an i64 holds")]
pub(crate) fn scaled(value: f64, decimals: u8) -> i64 {
    (value * 10f64.powi(i32::from(decimals))).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "a measure of at most 15 digits is held exactly enough")]
fn unscaled(value: i64, decimals: u8) -> f64 {
    value as f64 / 10f64.powi(i32::from(decimals))
}

/// Why a number was not taken.
pub(crate) fn outside(spec: &NumSpec, decimal: Decimal) -> String {
    format!("not within {}", range_words(spec, decimal))
}

/// The range in words: `20 to 300 kg`.
pub(crate) fn range_words(spec: &NumSpec, decimal: Decimal) -> String {
    let show = |n: f64| show_number(scaled(n, spec.decimals), decimal, spec.decimals);
    let unit = if spec.unit.is_empty() { String::new() } else { format!(" {}", spec.unit) };
    format!("{} to {}{unit}", show(spec.min), show(spec.max))
}
