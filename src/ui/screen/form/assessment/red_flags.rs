//! Red flags, one by one: those that go with the conditions, else with the place; then what is present and what was done.

use super::{A, AssessmentSubject};
use crate::clinical::facts::conditions::conditions;
use crate::clinical::red_flag::{OTHER, ids};
use crate::clinical::vocab::Vocab;
use crate::form::build::{ask, line, note};
use crate::form::{Field, FormDef, Key, Level, Slot};
use crate::ui::env::Env;
use crate::ui::screen::form::FormScreen;

/// The id of each of the questions.
const FLAG: &str = "red_flag";

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section_as("Red flags", "Red flags, one by one", questions())
        .group(
            "Present",
            vec![
                line("red_flag_note", "Which, in words", |v: &mut A, _| Slot::Text(&mut v.red_flag_note))
                    .show(is_flagged),
                line("red_flag_action", "Done about it", |v: &mut A, _| Slot::Text(&mut v.red_flag_action))
                    .show(is_flagged)
                    .help("empty: it stays first in the Late pane until something is written"),
            ],
        )
        .rule("red_flag_note", Level::Error, |v| {
            let other = ids().position(|id| id == OTHER).and_then(|at| v.red_flags.get(at));
            (other == Some(true) && v.red_flag_note.trim().is_empty()).then(|| "say which red flag".to_owned())
        })
}

/// That they are asked by the place alone, where they are, and that this is nobody's published list.
fn basis(draft: &A) -> String {
    let doubt = if conditions().red_flag_place.verified { "" } else { " · not verified" };
    let places = draft.grounds().places.join(", ");
    format!("asked by the place ({places}), by our own list{doubt}")
}

fn is_by_place(draft: &A) -> bool {
    let grounds = draft.grounds();
    grounds.conditions.is_empty() && conditions().red_flag.iter().any(|flag| grounds.ask(flag))
}

fn questions() -> Vec<Field<A>> {
    let table = conditions().red_flag.iter().map(|flag| flag.label.as_str());
    let labels = table.chain(std::iter::once("Any other red flag"));
    let one = |(ix, label): (usize, &'static str)| {
        ask(FLAG, label, |v: &mut A, ix| v.red_flags.slot(ix).map_or(Slot::Nothing, Slot::Flag))
            .item(ix)
            .show_item(asks)
    };
    let basis = note("red_flag_basis", "").beside(basis).show(is_by_place);
    std::iter::once(basis).chain(labels.enumerate().map(one)).collect()
}

/// Whether a question is there: it is due, it was answered, or it is the last one.
fn asks(draft: &A, ix: usize) -> bool {
    let Some(flag) = conditions().red_flag.get(ix) else { return true };
    draft.red_flags.get(ix).is_some() || draft.grounds().ask(flag)
}

/// The first question that waits for an answer.
fn first_unasked(draft: &A) -> Option<Key> {
    let waits = |ix: &usize| asks(draft, *ix) && draft.red_flags.get(*ix).is_none();
    (0..ids().count()).find(waits).and_then(|ix| u16::try_from(ix).ok()).map(|ix| Key::item(FLAG, ix))
}

impl FormScreen<AssessmentSubject> {
    /// Puts the hands on the first red flag that was not asked; where all were they stay where they are.
    pub fn go_to_red_flags(&mut self, env: &Env<'_>) {
        if let Some(field) = first_unasked(self.value()) {
            self.go_to(field, env);
        }
    }
}

/// Whether a red flag is present.
pub fn is_flagged(draft: &A) -> bool {
    draft.red_flags.any_present()
}

/// Why these are asked, and where each comes from.
pub fn why(draft: &A) -> String {
    let grounds = draft.grounds();
    let mut out = if grounds.conditions.is_empty() {
        let places =
            if grounds.places.is_empty() { "no place is written yet".to_owned() } else { grounds.places.join(", ") };
        format!("No condition of the table was chosen: they are asked by the place ({places}).")
    } else {
        let names: Vec<&str> = grounds.conditions.iter().map(|condition| condition.name.as_str()).collect();
        format!("They go with the chosen conditions: {}.", names.join("; "))
    };
    if grounds.after_procedure {
        out.push_str(" A procedure lies since the last visit: those of procedures are asked besides.");
    }
    out.push_str("\n\n");
    let table = conditions();
    let (said, checked) = if grounds.conditions.is_empty() {
        (&table.red_flag_place.note, table.red_flag_place.verified)
    } else {
        (&table.conventions.mapping_note, table.conventions.mapping_verified)
    };
    out.push_str(said);
    out.push_str(if checked { "" } else { " Not verified." });
    out.push('\n');
    for flag in conditions().red_flag.iter().filter(|flag| grounds.ask(flag)) {
        let doubt = if flag.verified { "" } else { " · not verified" };
        out.push_str(&format!("\n{} ({}): {}{doubt}", flag.label, flag.urgency.label(), flag.source));
    }
    out
}
