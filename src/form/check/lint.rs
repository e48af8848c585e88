//! What can be seen of a form without using it.

use std::collections::BTreeSet;

use crate::form::def::{FormDef, Kind, Meta};
use crate::form::sheet::{Bound, Sheet};
use crate::form::slot::Slot;
use crate::form::state::Value;
use crate::form::text::width_of;

/// Labels longer than this do not fit beside their values.
const LONGEST_LABEL: usize = 24;
/// Labels that stand above their field.
const LONGEST_LABEL_ABOVE: usize = 76;

/// Questions of a list run over two or three lines at most.
const LONGEST_QUESTION: usize = 160;

/// Complaints about a form's table: ids used twice, slots that do not fit their kind, labels that do not fit, rules that
/// name no field, ranges that make no sense.
pub fn lint<T: Value>(def: &FormDef<T>) -> Vec<String> {
    let mut out = Vec::new();
    let mut value = T::default();
    let mut sheet = Bound { def, value: &mut value, last: None, seen: None, ring: None };
    let sheet: &mut dyn Sheet = &mut sheet;
    let mut seen = BTreeSet::new();
    if def.id.is_empty() {
        out.push("the form has no id".to_owned());
    }
    for field in 0..sheet.fields() {
        let meta = sheet.meta(field).clone();
        let name = format!("{}.{}", def.id, meta.id);
        let is_note = matches!(meta.kind, Kind::Note);
        if meta.id.is_empty() || (!is_note && !seen.insert(sheet.key(field))) {
            out.push(format!("{name}: the id is empty or used twice"));
        }
        let longest = if def.long_labels { LONGEST_LABEL_ABOVE } else { LONGEST_LABEL };
        meta_lint(&name, &meta, longest, &mut out);
        let slot = sheet.slot(field);
        // The items of a form made at run time may have no place in an empty struct.
        let missing_item = !is_note && is_nothing(&slot);
        if !missing_item && !meta.kind.fits(&slot) {
            out.push(format!("{name}: kind {} does not fit the slot {}", meta.kind.name(), sheet.slot(field).kind()));
        }
        if let Slot::Rows(rows) = sheet.slot(field) {
            rows.add(0);
            let mut columns = BTreeSet::new();
            for col in 0..rows.cols() {
                let Some(meta) = rows.meta(col) else { continue };
                let name = format!("{name}.{}", meta.id);
                meta_lint(&name, meta, LONGEST_LABEL, &mut out);
                if !columns.insert(meta.id) {
                    out.push(format!("{name}: the column's id is used twice"));
                }
                if matches!(meta.kind, Kind::Rows | Kind::Area { .. } | Kind::Note | Kind::Checklist) {
                    out.push(format!("{name}: a column cannot be {}", meta.kind.name()));
                }
                let cell = rows.cell(0, col);
                if !meta.kind.fits(&cell) {
                    out.push(format!("{name}: kind {} does not fit the slot {}", meta.kind.name(), cell.kind()));
                }
            }
            rows.remove(0);
        }
    }
    for rule in &def.rules {
        if !def.fields.iter().any(|field| field.meta.id == rule.id) {
            out.push(format!("{}: a rule names {}, which is no field", def.id, rule.id));
        }
    }
    out
}

const fn is_nothing(slot: &Slot<'_>) -> bool {
    matches!(slot, Slot::Nothing)
}

fn meta_lint(name: &str, meta: &Meta, longest: usize, out: &mut Vec<String>) {
    let above = matches!(meta.kind, Kind::Area { .. } | Kind::Rows | Kind::Checklist | Kind::Note);
    let longest = match meta.kind {
        Kind::Ask => LONGEST_QUESTION,
        _ if above => LONGEST_LABEL_ABOVE,
        _ => longest,
    };
    if width_of(&meta.label) > longest {
        out.push(format!("{name}: the label is longer than {longest} columns"));
    }
    match &meta.kind {
        Kind::Score(spec) => {
            if spec.min > spec.max || spec.max > 10 {
                out.push(format!("{name}: a score runs from {} to {}", spec.min, spec.max));
            }
            if spec.answers().next().is_none() {
                out.push(format!("{name}: a score without an answer"));
            }
        }
        Kind::Num(spec) => {
            let fits = spec.min <= spec.warn.0 && spec.warn.0 <= spec.warn.1 && spec.warn.1 <= spec.max;
            if !fits || spec.decimals > 6 {
                out.push(format!("{name}: the range of the number makes no sense"));
            }
        }
        _ => {}
    }
}
