//! The follow-up of an opioid, asked where one is in the list or on purpose; side effects of any medicine.

use super::A;
use crate::clinical::facts::opioids::opioids;
use crate::clinical::opioid_review::SideEffectDraft;
use crate::form::build::{coded, flag, line, note, pick, rows};
use crate::form::{Field, FormDef, Level, Row, Slot, Source};

type E = SideEffectDraft;

impl Row for SideEffectDraft {
    const COLS: &'static [Field<Self>] = &[
        coded("drug", "medicine", Source::Medicine, |v: &mut E, _| Slot::Coded(&mut v.drug)).width(26),
        line("effect", "side effect", |v: &mut E, _| Slot::Text(&mut v.effect)),
        pick("severity", "how much", |v: &mut E, _| Slot::Pick(&mut v.severity)).width(10),
    ];
}

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section_as(
        "Opioid",
        "Opioid follow-up",
        vec![
            flag("asks_opioid", "Opioid", |v: &mut A, _| Slot::Flag(&mut v.asks_opioid))
                .show(|v| v.beside.opioids.is_empty())
                .help("y asks the five questions; no opioid is in the list"),
            note("opioids", "").beside(|v: &A| v.beside.opioids.join(", ")).show(|v| !v.beside.opioids.is_empty()),
            pick("analgesia", "Analgesia", |v: &mut A, _| Slot::Pick(&mut v.opioid.analgesia)).show(A::asks_opioid),
            pick("activity", "Activity", |v: &mut A, _| Slot::Pick(&mut v.opioid.activity)).show(A::asks_opioid),
            pick("adverse", "Adverse effects", |v: &mut A, _| Slot::Pick(&mut v.opioid.adverse)).show(A::asks_opioid),
            pick("used", "Used", |v: &mut A, _| Slot::Pick(&mut v.opioid.used)).show(A::asks_opioid),
            pick("affect", "Affect", |v: &mut A, _| Slot::Pick(&mut v.opioid.affect)).show(A::asks_opioid),
            note("opioid_source", "").beside(|_: &A| source()).show(A::asks_opioid),
            line("opioid_note", "About it", |v: &mut A, _| Slot::Text(&mut v.opioid.note)).show(A::asks_opioid),
        ],
    )
    .group("Side effects", vec![rows("side_effects", "", |v: &mut A, _| Slot::Rows(&mut v.side_effects))])
    .row_rule("side_effects", Level::Error, |v| {
        let rows = v.side_effects.iter().enumerate().filter(|(_, effect)| !effect.is_blank());
        let unnamed = rows.filter(|(_, effect)| effect.effect.trim().is_empty());
        unnamed.map(|(n, _)| (n, "effect", "say which side effect".to_owned())).collect()
    })
}

/// Where the five questions come from, in short.
fn source() -> String {
    let table = &opioids().follow_up;
    let doubt = if table.verified { "" } else { " · not verified" };
    let who: Vec<&str> = table.source.split(',').map(str::trim).collect();
    format!("after {} {}{doubt}", who.first().unwrap_or(&""), who.last().unwrap_or(&""))
}

/// Where the five questions come from.
pub fn why() -> String {
    let table = &opioids().follow_up;
    let doubt = if table.verified { "" } else { " · not verified" };
    format!("{}\n\n{}{doubt}", table.text, table.source)
}
