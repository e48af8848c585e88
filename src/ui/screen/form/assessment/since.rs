//! Since the procedure: what the patient says it gave, asked first; the computed change stands beside it.

use super::A;
use crate::clinical::response::{Measure, responses};
use crate::clinical::since::Lasted;
use crate::clinical::time::show_date;
use crate::form::build::{flag, line, note, num, pick};
use crate::form::{FormDef, Level, NumSpec, Slot};

const PERCENT: NumSpec = NumSpec { min: 0.0, max: 100.0, warn: (0.0, 100.0), unit: "%", decimals: 0 };

/// Adds the section; it is there only where a procedure lies since the last visit.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section_as(
        "Since",
        "Since the procedure, as the patient says",
        vec![
            note("since", "").beside(what).show(has_procedure),
            num("best_relief", "Best relief", &PERCENT, |v: &mut A, _| Slot::Exact(&mut v.response.best_relief))
                .show(has_procedure),
            line("lasted", "How long", |v: &mut A, _| Slot::Text(&mut v.response.lasted))
                .width(12)
                .help("6h, 3d, 2w, 4m")
                .show(has_procedure),
            flag("holding", "Still holding", |v: &mut A, _| Slot::Flag(&mut v.response.holding)).show(has_procedure),
            pick("function", "Function gained", |v: &mut A, _| Slot::Pick(&mut v.response.function))
                .show(has_procedure),
            pick("saved", "Medicine saved", |v: &mut A, _| Slot::Pick(&mut v.response.medicine)).show(has_procedure),
            line("gained", "Can do again", |v: &mut A, _| Slot::Text(&mut v.response.words)).show(has_procedure),
            note("computed", "by the scores:").beside(computed).show(|v| !computed(v).is_empty()),
        ],
    )
    .rule("lasted", Level::Error, |v| {
        let typed = v.response.lasted.trim();
        if typed.is_empty() {
            return None;
        }
        match Lasted::read(typed) {
            Err(why) => Some(why),
            Ok(lasted) => too_long(v, lasted),
        }
    })
}

/// Why the procedure cannot have helped so long already.
fn too_long(draft: &A, lasted: Lasted) -> Option<String> {
    let treated = draft.beside.response.treated.as_ref()?;
    let today = draft.beside.reading.as_ref()?.today;
    (!lasted.fits(treated.date, today))
        .then(|| format!("longer than since the procedure on {}", show_date(treated.date)))
}

fn has_procedure(draft: &A) -> bool {
    draft.beside.response.treated.is_some()
}

fn what(draft: &A) -> String {
    let treated = draft.beside.response.treated.as_ref();
    treated.map(|treated| format!("{}, {}", treated.what, show_date(treated.date))).unwrap_or_default()
}

/// The change by the scores of today, on the problem that was treated: beside what the patient says, never merged with it.
fn computed(draft: &A) -> String {
    let Some(treated) = &draft.beside.response.treated else { return String::new() };
    let measure = treated.problem.map_or(Measure::Now, Measure::Problem);
    let found = responses(&draft.beside.response, &draft.scores, &draft.problem_values()).unwrap_or_default();
    let of = found.iter().find(|response| response.measure == measure);
    of.and_then(|response| response.sentences("→", "−").into_iter().next()).unwrap_or_default()
}
