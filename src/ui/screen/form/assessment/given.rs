//! How the scores are given, and by whom: one line under them, changed by one key for the whole form; and what was typed in
//! ahead and waits to be confirmed.

use super::A;
use crate::action::{Command, Context};
use crate::clinical::facts::instruments::instruments;
use crate::clinical::instrument::{Entry, InstrumentResult};
use crate::clinical::models::AssessmentModel;
use crate::clinical::page::{PageNote, read_place};
use crate::clinical::provenance::{Given, GivenDraft};
use crate::clinical::score::{Score, ScoreItem};
use crate::clinical::vocab::Vocab;
use crate::form::build::note;
use crate::form::{Field, FormDef};
use crate::ui::env::{Env, View};
use crate::ui::theme::Role;

/// Adds the line, behind the scores.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.group("", vec![line()])
}

fn line() -> Field<A> {
    note("given", "given").beside(|draft: &A| draft.given.given.show())
}

/// What a new form starts with: the scores of the visit so far, those that wait among them, and the usual way.
pub fn start(draft: &mut A, model: &AssessmentModel) {
    for score in &model.scores {
        *draft.scores.slot(score.item) = Some(score.answer);
    }
    if let Some(page) = model.page.as_ref().filter(|_| model.current.is_none()) {
        begin_with_page(draft, page);
    }
    draft.given = GivenDraft::usual(Given::usual(model.visit.way, &model.file.patient, model.visit.date));
}

/// An assessment begins with what stood on the page: where it hurts on the map and in words, what changed in the medicines.
fn begin_with_page(draft: &mut A, page: &PageNote) {
    let place = read_place(&page.place);
    for (region, mark) in place.map.marks() {
        draft.body.map.put(region, mark.clone());
    }
    draft.place = place.words;
    if !page.medicines.is_empty() {
        draft.history = format!("Medicines, as the patient wrote: {}", page.medicines);
    }
}

/// What waits to be confirmed, and by which key; positive screens on which nothing was written.
pub fn notice(draft: &A, model: &AssessmentModel, view: &View<'_>) -> Option<(Role, String)> {
    let screens = &model.file.facts.screens;
    if let Some(grave) = screens.iter().find(|screen| screen.grave) {
        return Some((Role::Danger, format!("⚠ {}: {}", grave.word(), grave.told())));
    }
    let waiting = model.scores.iter().filter(|score| score.waiting).count();
    if waiting > 0 {
        let key = view.keymap.key_for(Context::Form, Command::ConfirmWaiting).unwrap_or_default();
        let values = if waiting == 1 { "value" } else { "values" };
        return Some((Role::Wants, format!("● {waiting} {values} typed in from the page: {key} confirms all")));
    }
    let not_rated = draft.scores.not_rated_because(&model.file.patient, model.visit.date);
    let is_seen = |result: &InstrumentResult| {
        instruments().get(&result.instrument).is_some_and(|one| Entry::Held(one).is_observed())
    };
    if let Some(why) = not_rated.filter(|_| screens.is_empty() && !model.results.iter().any(is_seen)) {
        let key = view.keymap.key_for(Context::Form, Command::Instruments).unwrap_or_default();
        return Some((Role::Info, format!("{why}: {key} offers the scales of what is seen")));
    }
    screens.first().map(|screen| (Role::Wants, format!("⚠ {}: {}", screen.short, screen.raised)))
}

/// The scores as they are kept: an answer that stood keeps how it was given. What was shown and completed waits no more.
pub fn scores(draft: &A, model: &AssessmentModel, env: &mut Env<'_>) -> Vec<Score> {
    let (now, initials) = (env.now.instant, env.initials());
    ScoreItem::ALL
        .iter()
        .filter_map(|&item| {
            let answer = draft.scores.get(item)?;
            let stood = model.scores.iter().find(|score| score.item == item && score.answer == answer);
            let given = draft.given.keep(stood.map(|score| &score.given), now, &initials);
            Some(Score::new(env.ids.next(now), item, answer, given))
        })
        .collect()
}
