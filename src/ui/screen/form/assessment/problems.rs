//! Problems: up to five, each with its own pain now, condition, side, place, mechanism, certainty and since when.

use super::{A, response};
use crate::clinical::problem::{MOST, ProblemDraft};
use crate::clinical::since::Since;
use crate::form::build::{coded, line, pick, rows, score};
use crate::form::{Field, FormDef, Level, Row, Slot, Source};

type P = ProblemDraft;

impl Row for ProblemDraft {
    const COLS: &'static [Field<Self>] = &[
        coded("condition", "condition", Source::Diagnosis, |v: &mut P, _| Slot::Coded(&mut v.condition)).width(28),
        pick("side", "side", |v: &mut P, _| Slot::Pick(&mut v.side)).width(10),
        line("place", "place", |v: &mut P, _| Slot::Text(&mut v.place)).width(16),
        pick("mechanism", "mechanism", |v: &mut P, _| Slot::Pick(&mut v.mechanism)).width(12),
        pick("certainty", "certainty", |v: &mut P, _| Slot::Pick(&mut v.certainty)).width(11),
        line("since", "since", |v: &mut P, _| Slot::Text(&mut v.since)).width(11),
    ];

    fn duplicate(&self) -> Self {
        Self { id: None, now: None, ..self.clone() }
    }
}

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section_as("Problems", "How much each problem hurts now, 0 none — 10 worst imaginable", own_pain())
        .group("", response::of_problems())
        .group(
            "Problems, the most important first",
            vec![rows("problems", "", |v: &mut A, _| Slot::Rows(&mut v.problems))],
        )
        .row_rule("problems", Level::Error, |v| {
            let mut wrong = Vec::new();
            for (n, problem) in v.problems.iter().enumerate().filter(|(_, problem)| !problem.is_blank()) {
                if problem.condition.is_blank() {
                    wrong.push((n, "condition", "say which condition; free text will do".to_owned()));
                }
                wrong.extend(unread(v, &problem.since).map(|why| (n, "since", why)));
                if n >= MOST {
                    wrong.push((n, "condition", format!("at most {MOST} problems; let one go first")));
                }
            }
            wrong
        })
}

fn own_pain() -> Vec<Field<A>> {
    let one = |ix| {
        score("problem_now", "", |v: &mut A, ix| match v.problems.get_mut(ix) {
            Some(problem) => Slot::Score(&mut problem.now),
            None => Slot::Nothing,
        })
        .item(ix)
        .show_item(|v, ix| v.problems.get(ix).is_some_and(|problem| !problem.condition.is_blank()))
        .label_item(|v, ix| v.problems.get(ix).map(P::label).unwrap_or_default())
    };
    (0..MOST).map(one).collect()
}

/// Why a typed time cannot be read; blank is no fault.
pub fn unread(draft: &A, typed: &str) -> Option<String> {
    let reading = draft.beside.reading.as_ref()?;
    if typed.trim().is_empty() { None } else { Since::read(typed, reading).err() }
}
