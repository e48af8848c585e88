//! History: what changed since, in words; then by letters; treatments tried; goals in the patient's words.

use super::A;
use super::problems::unread;
use crate::clinical::history::TreatmentDraft;
use crate::form::build::{area, chips, line, num, pick, rows};
use crate::form::{Field, FormDef, Level, NumSpec, Row, Slot};

type T = TreatmentDraft;

const PERCENT: NumSpec = NumSpec { min: 0.0, max: 100.0, warn: (0.0, 100.0), unit: "%", decimals: 0 };

impl Row for TreatmentDraft {
    const COLS: &'static [Field<Self>] = &[
        line("what", "treatment", |v: &mut T, _| Slot::Text(&mut v.what)),
        line("from", "from", |v: &mut T, _| Slot::Text(&mut v.from)).width(9),
        line("to", "to", |v: &mut T, _| Slot::Text(&mut v.to)).width(9),
        line("best_dose", "best dose", |v: &mut T, _| Slot::Text(&mut v.best_dose)).width(12),
        num("effect", "relief", &PERCENT, |v: &mut T, _| Slot::Exact(&mut v.effect_percent)),
        line("why_stopped", "why stopped", |v: &mut T, _| Slot::Text(&mut v.why_stopped)),
        pick("outcome", "outcome", |v: &mut T, _| Slot::Pick(&mut v.outcome)).width(12),
        pick("modality", "kind", |v: &mut T, _| Slot::Pick(&mut v.modality)).width(14),
    ];
}

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section_as(
        "History",
        "History: what changed, in words",
        vec![area("history", "", 4, |v: &mut A, _| Slot::Text(&mut v.history))],
    )
    .group("History by letters", letters())
    .group("Treatments tried", vec![rows("treatments", "", |v: &mut A, _| Slot::Rows(&mut v.treatments))])
    .row_rule("treatments", Level::Error, |v| {
        let mut wrong = Vec::new();
        for (n, tried) in v.treatments.iter().enumerate().filter(|(_, tried)| !tried.is_blank()) {
            if tried.what.trim().is_empty() {
                wrong.push((n, "what", "say what was tried".to_owned()));
            }
            wrong.extend(unread(v, &tried.from).map(|why| (n, "from", why)));
            wrong.extend(unread(v, &tried.to).map(|why| (n, "to", why)));
        }
        wrong
    })
}

fn letters() -> Vec<Field<A>> {
    vec![
        pick("onset", "Onset", |v: &mut A, _| Slot::Pick(&mut v.letters.onset)),
        pick("course", "Course", |v: &mut A, _| Slot::Pick(&mut v.letters.course)),
        chips("quality", "Quality", |v: &mut A, _| Slot::Multi(&mut v.letters.quality)),
        chips("timing", "When", |v: &mut A, _| Slot::Multi(&mut v.letters.timing)),
        chips("worse", "Worse with", |v: &mut A, _| Slot::Multi(&mut v.letters.worse)),
        chips("better", "Better with", |v: &mut A, _| Slot::Multi(&mut v.letters.better)),
        chips("sleep", "Sleep", |v: &mut A, _| Slot::Multi(&mut v.letters.sleep)),
        chips("mood", "Mood", |v: &mut A, _| Slot::Multi(&mut v.letters.mood)),
        pick("work", "Work", |v: &mut A, _| Slot::Pick(&mut v.letters.work)),
    ]
}
