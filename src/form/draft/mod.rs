//! Drafts: everything typed so far, with the place of the hands, as one JSON text for the record file.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod steps;

pub use steps::{Change, KeptMoment};

use super::key::Key;
use super::sheet::{Bad, Ring, Sheet, Side};
use super::text::Step;

/// A form as it was left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft<T> {
    /// The form's name.
    pub form: String,
    /// The version of the form it was written with.
    pub ver: u16,
    /// Counts the changes since the form was opened first.
    #[serde(default)]
    pub rev: u64,
    /// The struct.
    pub value: T,
    /// Where the hands were.
    #[serde(default)]
    pub pos: Option<Spot>,
    /// First visible line.
    #[serde(default)]
    pub top: usize,
    /// The option under the cursor, in chips and checklists.
    #[serde(default)]
    pub option: usize,
    /// Texts that could not be read, and why.
    #[serde(default)]
    pub bad: Vec<(Spot, String, String)>,
    /// Fields taken over from the last visit.
    #[serde(default)]
    pub taken: Vec<Spot>,
    /// The text of the focused field as it stood in the editor.
    #[serde(default)]
    pub edit: Option<KeptEdit>,
    /// Was completing tried?
    #[serde(default)]
    pub tried: bool,
    /// Does a `1` wait for a `0`?
    #[serde(default)]
    pub pending: bool,
    /// Texts whose field is no longer there; they stay until the form is complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub homeless: Vec<String>,
    /// Earlier states, the latest first; only in a draft that is kept over a lock.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub back: Vec<KeptMoment>,
    /// States that were undone, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<KeptMoment>,
}

/// A field by name: what a draft holds instead of numbers that change with the form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// The field's id.
    pub id: String,
    /// The item's number.
    #[serde(default)]
    pub ix: u16,
    /// The row and the column's id, for a cell.
    #[serde(default)]
    pub cell: Option<(u16, String)>,
}

/// The one editor, kept over a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptEdit {
    /// Its text, where it differs from what the struct holds (a date as it was typed).
    #[serde(default)]
    pub text: Option<String>,
    /// The cursor.
    pub at: usize,
    /// The other end of the selection.
    #[serde(default)]
    pub anchor: Option<usize>,
    /// First visible row of an area.
    #[serde(default)]
    pub top: usize,
    /// Steps that can be taken back.
    #[serde(default)]
    pub back: Vec<Step>,
    /// Steps that can be done again.
    #[serde(default)]
    pub on: Vec<Step>,
}

/// Why a draft could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// It belongs to another form.
    #[error("this draft belongs to another form ({0})")]
    OtherForm(String),
    /// It was written by a newer version.
    #[error("this draft was written by a newer version of daysheet")]
    Newer,
    /// It is not a draft.
    #[error("this draft cannot be read")]
    Unreadable,
}

/// What was restored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Typed texts whose field is no longer there: not lost, but to be shown.
    pub homeless: Vec<String>,
}

/// The head of a draft, read before its value.
#[derive(Deserialize)]
struct Head {
    form: String,
    ver: u16,
}

/// Reads a draft of a form, brought to its version.
pub(crate) fn read<T: DeserializeOwned>(
    json: &str,
    id: &str,
    ver: u16,
    migrate: Option<super::def::Migrate>,
) -> Result<Draft<T>, DraftError> {
    let head: Head = serde_json::from_str(json).map_err(|_| DraftError::Unreadable)?;
    if head.form != id {
        return Err(DraftError::OtherForm(head.form));
    }
    if head.ver > ver {
        return Err(DraftError::Newer);
    }
    if head.ver == ver || migrate.is_none() {
        return serde_json::from_str(json).map_err(|_| DraftError::Unreadable);
    }
    let mut draft: Draft<serde_json::Value> = serde_json::from_str(json).map_err(|_| DraftError::Unreadable)?;
    if let Some(migrate) = migrate {
        draft.value = migrate(head.ver, draft.value);
    }
    let draft = serde_json::to_value(draft).map_err(|_| DraftError::Unreadable)?;
    serde_json::from_value(draft).map_err(|_| DraftError::Unreadable)
}

/// The texts of a draft that the form has no place for: what a member held that is no longer there, and of a draft that
/// cannot be read at all everything. Only what somebody typed counts, not what was chosen.
pub(crate) fn homeless(json: &str, kept: Option<&serde_json::Value>) -> Vec<String> {
    let draft: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let mut out = Vec::new();
    lost(&draft["value"], kept, &mut out);
    if kept.is_none() {
        let texts = draft["bad"].as_array().into_iter().flatten().filter_map(|bad| bad.get(1)?.as_str());
        out.extend(texts.map(str::to_owned));
    }
    out
}

fn lost(was: &serde_json::Value, is: Option<&serde_json::Value>, out: &mut Vec<String>) {
    use serde_json::Value;
    match was {
        Value::String(text) if is.is_none() && !text.trim().is_empty() && !is_id(text) => out.push(text.clone()),
        Value::Object(members) => {
            for (name, was) in members {
                // What is left out when it is blank is not gone.
                lost(was, is.and_then(|is| is.get(name)), out);
            }
        }
        Value::Array(items) => {
            for (at, was) in items.iter().enumerate() {
                lost(was, is.and_then(|is| is.get(at)), out);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a text is the identity of something, which nobody typed.
fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// The name of a place.
pub(crate) fn spot(sheet: &mut dyn Sheet, key: Key) -> Spot {
    let column = sheet.find(key).and_then(|field| sheet.rows(field)).and_then(|rows| rows.meta(usize::from(key.col)));
    Spot { id: key.id.to_owned(), ix: key.ix, cell: column.map(|meta| (key.row, meta.id.to_owned())) }
}

/// The place of a name, if the form still has it.
pub(crate) fn key(sheet: &mut dyn Sheet, spot: &Spot) -> Option<Key> {
    let field = (0..sheet.fields()).find(|field| sheet.meta(*field).id == spot.id && sheet.ix(*field) == spot.ix)?;
    let key = sheet.key(field);
    let Some((row, column)) = &spot.cell else { return Some(key) };
    let rows = sheet.rows(field)?;
    let col = (0..rows.cols()).find(|col| rows.meta(*col).is_some_and(|meta| meta.id == column.as_str()))?;
    Some(key.at(*row, super::sheet::small(col)))
}

/// Texts that could not be read, by name of their place.
pub(crate) fn kept_bad(sheet: &mut dyn Sheet, bad: &BTreeMap<Key, Bad>) -> Vec<(Spot, String, String)> {
    bad.iter().map(|(key, bad)| (spot(sheet, *key), bad.text.clone(), bad.why.clone())).collect()
}

/// The earlier (or undone) states of a form as differences, beginning with the one next to its present state.
pub(crate) fn kept_moments<'a, T: Serialize + 'a>(
    sheet: &mut dyn Sheet,
    now: &T,
    moments: impl Iterator<Item = &'a (T, Side)>,
) -> Vec<KeptMoment> {
    let mut next = serde_json::to_value(now).unwrap_or_default();
    let kept = |(value, side): &(T, Side)| {
        let value = serde_json::to_value(value).unwrap_or_default();
        let changes = steps::changes(&next, &value);
        next = value;
        KeptMoment {
            changes,
            pos: spot(sheet, side.pos),
            bad: kept_bad(sheet, &side.bad),
            taken: side.taken.iter().map(|key| spot(sheet, *key)).collect(),
        }
    };
    moments.map(kept).collect()
}

/// The states again, as far as they fit: one that does not ends the history.
pub(crate) fn moments<T: Serialize + DeserializeOwned>(
    sheet: &mut dyn Sheet,
    now: &T,
    kept: Vec<KeptMoment>,
) -> Vec<(T, Side)> {
    let mut json = serde_json::to_value(now).unwrap_or_default();
    let mut out = Vec::new();
    for moment in kept {
        let applied = steps::apply(&mut json, &moment.changes);
        let value = applied.and_then(|()| serde_json::from_value(json.clone()).ok());
        let (Some(value), Some(pos)) = (value, key(sheet, &moment.pos)) else { break };
        let bad = moment.bad.into_iter().filter_map(|(at, text, why)| Some((key(sheet, &at)?, Bad { text, why })));
        let bad = bad.collect();
        let taken = moment.taken.iter().filter_map(|at| key(sheet, at)).collect();
        out.push((value, Side { pos, bad, taken }));
    }
    out
}

/// A ring of states from those kept.
pub(crate) fn ring<T>(back: Vec<(T, Side)>, on: Vec<(T, Side)>) -> Ring<T> {
    Ring { back: back.into_iter().rev().collect(), on: on.into_iter().rev().collect() }
}
