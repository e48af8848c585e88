//! What stands between a form and its completion, in words.

use std::collections::BTreeMap;

use crate::clinical::answer::Answer;
use crate::clinical::typed::{Reading, show_number};

use super::def::{Kind, Meta};
use super::key::Key;
use super::read::{in_range, outside, scaled};
use super::sheet::{Bad, Broken, Sheet, small};
use super::slot::Slot;
use super::spec::NumSpec;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Blocks completing; never moving or leaving.
    Error,
    /// Said, blocks nothing.
    Warn,
    /// A word by the way.
    Info,
}

/// One problem, at its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub key: Key,
    /// How much it weighs.
    pub level: Level,
    /// In words.
    pub text: String,
    /// What kind of problem it is.
    pub cause: Cause,
}

/// Where a problem comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A text that could not be read as the field wants it.
    Unread,
    /// Nothing there where something must be. Shown at the field once completing was tried.
    Blank,
    /// A value outside the usual or the possible range.
    Range,
    /// A rule of the form.
    Rule,
}

/// Everything that stands in the way or wants a word, in the order of the fields.
pub(crate) fn problems(sheet: &mut dyn Sheet, bad: &BTreeMap<Key, Bad>, reading: &Reading) -> Vec<Problem> {
    let mut broken = sheet.broken();
    let mut out = Vec::new();
    for field in 0..sheet.fields() {
        let key = sheet.key(field);
        let here = broken.extract_if(.., |rule| rule.id == key.id).collect::<Vec<_>>();
        // A note holds nothing that could be wrong, and whether it is shown may be long to reckon.
        if (here.is_empty() && matches!(sheet.meta(field).kind, Kind::Note)) || !sheet.shown(field) {
            continue;
        }
        for (at, bad) in bad.range(key..).take_while(|(at, _)| at.field() == key) {
            let text = if at.row > 0 || at.col > 0 || is_rows(sheet, field) {
                format!("row {}: {}", at.row + 1, bad.why)
            } else {
                bad.why.clone()
            };
            out.push(Problem { key: *at, level: Level::Error, text, cause: Cause::Unread });
        }
        if is_rows(sheet, field) {
            cells(sheet, field, bad, reading, &mut out);
        }
        let meta = sheet.meta(field).clone();
        of_slot(&sheet.slot(field), &meta, key, bad.contains_key(&key), reading, &mut out);
        for rule in here {
            let key = cell_key(sheet, field, &rule);
            // An error where nothing stands yet is that nothing stands there yet.
            let blank = rule.level == Level::Error && !bad.contains_key(&key) && sheet.slot_at(key).is_blank();
            let cause = if blank { Cause::Blank } else { Cause::Rule };
            out.push(Problem { key, level: rule.level, text: rule.text, cause });
        }
    }
    // A rule that names no field of the form stands at the first.
    let first = if sheet.fields() == 0 { Key::of("") } else { sheet.key(0) };
    let strays = broken.into_iter().filter(|rule| !names_a_field(sheet, rule.id));
    out.extend(strays.map(|rule| Problem { key: first, level: rule.level, text: rule.text, cause: Cause::Rule }));
    out
}

fn names_a_field(sheet: &dyn Sheet, id: &str) -> bool {
    (0..sheet.fields()).any(|field| sheet.meta(field).id == id)
}

fn is_rows(sheet: &dyn Sheet, field: usize) -> bool {
    matches!(sheet.meta(field).kind, Kind::Rows)
}

fn cell_key(sheet: &mut dyn Sheet, field: usize, rule: &Broken) -> Key {
    let key = sheet.key(field);
    let (Some((row, id)), Some(rows)) = (rule.cell, sheet.rows(field)) else { return key };
    let col = (0..rows.cols()).find(|col| rows.meta(*col).is_some_and(|meta| meta.id == id)).unwrap_or(0);
    key.at(small(row.min(rows.len().saturating_sub(1))), small(col))
}

fn cells(sheet: &mut dyn Sheet, field: usize, bad: &BTreeMap<Key, Bad>, reading: &Reading, out: &mut Vec<Problem>) {
    let key = sheet.key(field);
    let Some(rows) = sheet.rows(field) else { return };
    for row in 0..rows.len() {
        for col in 0..rows.cols() {
            let (true, Some(meta)) = (rows.shown(row, col), rows.meta(col)) else { continue };
            let at = key.at(small(row), small(col));
            let from = out.len();
            of_slot(&rows.cell(row, col), meta, at, bad.contains_key(&at), reading, out);
            for problem in &mut out[from..] {
                problem.text = format!("row {}: {}", row + 1, problem.text);
            }
        }
    }
}

/// What the kind of a field says about its value.
fn of_slot(slot: &Slot<'_>, meta: &Meta, key: Key, unread: bool, reading: &Reading, out: &mut Vec<Problem>) {
    let mut say = |level, cause, text| out.push(Problem { key, level, text, cause });
    if meta.required && slot.is_blank() && !unread {
        let name = if meta.label.is_empty() { "this field" } else { meta.label.as_ref() };
        say(Level::Error, Cause::Blank, format!("{name} is not answered"));
    }
    match (slot, &meta.kind) {
        (Slot::Num(Some(n)), Kind::Num(spec)) => of_number(scaled(*n, spec.decimals), spec, reading, &mut say),
        (Slot::Exact(n), Kind::Num(spec)) => {
            if let Some(n) = n.get() {
                of_number(n, spec, reading, &mut say);
            }
        }
        (Slot::Score(Some(Answer::Given(value))), Kind::Score(spec)) if !spec.takes(*value) => {
            say(Level::Error, Cause::Range, format!("{value} is not within {} to {}", spec.min, spec.max));
        }
        _ => {}
    }
}

fn of_number(value: i64, spec: &NumSpec, reading: &Reading, say: &mut impl FnMut(Level, Cause, String)) {
    if !in_range(value, spec.decimals, (spec.min, spec.max)) {
        say(Level::Error, Cause::Range, outside(spec, reading.decimal));
    } else if !in_range(value, spec.decimals, spec.warn) {
        let value = show_number(value, reading.decimal, spec.decimals);
        say(Level::Warn, Cause::Range, format!("{value} {} is unusual", spec.unit).replace("  ", " "));
    }
}
