//! The taper planner: a medicine, from where to where, how far each step falls and how long it is kept. The steps with their
//! dates stand beside while it is typed.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Subject;
use crate::action::follow::TaperChange;
use crate::action::{FollowWrite, Write};
use crate::clinical::draft::{DraftKey, TAPER_FORM};
use crate::clinical::figure;
use crate::clinical::id::VisitId;
use crate::clinical::patient::PatientFile;
use crate::clinical::taper_plan::{CutKind, TaperDraft, TaperPlan, is_form_open, unit_words};
use crate::clinical::time::show_date;
use crate::clinical::typed::Decimal;
use crate::form::build::{date, line, num, pick};
use crate::form::{DateSpec, FormDef, NumSpec, Slot, Source};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::theme::Role;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, Words, inset, row};

type D = TaperDraft;

/// Milligrams a day, kept in micrograms; of a patch micrograms an hour, kept the same way.
const MG: NumSpec = NumSpec { min: 0.0, max: 100_000.0, warn: (0.0, 10_000.0), unit: "", decimals: 3 };
const PERCENT: NumSpec = NumSpec { min: 0.1, max: 100.0, warn: (1.0, 50.0), unit: "%", decimals: 1 };
const DAYS: NumSpec = NumSpec { min: 1.0, max: 365.0, warn: (2.0, 90.0), unit: "days", decimals: 0 };

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<D> {
    FormDef::new(TAPER_FORM, 1).section(
        "Taper",
        vec![
            line("drug", "medicine", |v: &mut D, _| Slot::Text(&mut v.drug))
                .completes(|_| Some(Source::Medicine.into())),
            num("start", "now", &MG, |v: &mut D, _| Slot::Exact(&mut v.start)).beside(unit),
            num("target", "down to", &MG, |v: &mut D, _| Slot::Exact(&mut v.target)).beside(unit).help("0 is off"),
            pick("cut_kind", "each step", |v: &mut D, _| Slot::Pick(&mut v.cut_kind)),
            num("percent", "percent", &PERCENT, |v: &mut D, _| Slot::Exact(&mut v.percent))
                .show(|v: &D| v.cut_kind != Some(CutKind::Amount)),
            num("amount", "amount", &MG, |v: &mut D, _| Slot::Exact(&mut v.amount))
                .beside(unit)
                .show(|v: &D| v.cut_kind == Some(CutKind::Amount)),
            num("unit", "smallest", &MG, |v: &mut D, _| Slot::Exact(&mut v.unit))
                .beside(unit)
                .help("the smallest difference that can be given, as half a tablet"),
            num("step_days", "kept for", &DAYS, |v: &mut D, _| Slot::Exact(&mut v.step_days)),
            date("first_day", "first step", DateSpec::Any, |v: &mut D, _| Slot::Date(&mut v.first_day)).blank("today"),
            line("stop", "stop and look", |v: &mut D, _| Slot::Text(&mut v.stops))
                .help("doses on which it lands, to be looked at before going on: 75 50"),
        ],
    )
}

/// What the doses of the medicine are in.
fn unit(draft: &D) -> String {
    if is_form_open(&draft.drug) { "mg a day or mcg/h".to_owned() } else { unit_words(&draft.drug).to_owned() }
}

/// A taper of a patient.
#[derive(Debug)]
pub struct TaperSubject {
    /// As the record has it; none where it is new.
    pub taper: Option<TaperPlan>,
    /// Of whom.
    pub file: PatientFile,
    /// The visit in which a new one is agreed.
    pub visit: Option<VisitId>,
    /// Today.
    pub today: NaiveDate,
    /// How the region writes numbers.
    pub decimal: Decimal,
}

impl Subject for TaperSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition()
    }

    fn start(&self) -> D {
        let listed = || D::of_list(self.file.facts.medications.items());
        let mut draft = self.taper.as_ref().map_or_else(listed, D::of);
        self.attune(&mut draft);
        draft
    }

    fn attune(&self, draft: &mut D) {
        draft.decimal = Some(self.decimal);
    }

    fn settle(&self, draft: &mut D) {
        // A medicine of the list brings its dose, into an empty field.
        if draft.start.is_none() {
            draft.start = draft.listed_dose(self.file.facts.medications.items());
        }
    }

    fn place(&self) -> Place {
        let patient = self.file.patient.id;
        Place::Follow(match &self.taper {
            Some(taper) => FollowPlace::Taper(taper.id),
            None => FollowPlace::NewTaper { patient, visit: self.visit },
        })
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of_one(TAPER_FORM, self.taper.as_ref().map(|taper| taper.id), self.file.patient.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        match &self.taper {
            Some(taper) => Words::new().bold(Role::Focus, "Taper").gap(3).say(Role::Second, taper.line()),
            None => Words::new().bold(Role::Focus, "New taper"),
        }
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, draft: &D, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let inside = Pane { name: "Steps", ..Pane::default() }.paint(canvas, area);
        let inside = inset(inside, 1, 1);
        let today = view.now.today();
        let Some(taper) = draft.tried_out(self.taper.as_ref(), today).and_then(|plan| plan.steps().ok()) else {
            canvas.text(row(inside, 0), Role::Faint, "the steps stand here once all is typed");
            return;
        };
        let room = usize::from(inside.height);
        let all = taper.steps.len();
        let shown = if all > room { room.saturating_sub(1) } else { all };
        for (down, step) in (0..inside.height).zip(taper.steps.iter().take(shown)) {
            let words = Words::of(Role::Second, format!("{:<12}", show_date(step.date)));
            let words = words.say(Role::Text, format!("{} {}", step.dose, unit_words(&draft.drug)));
            let words = words.gap(1).say(Role::Faint, format!("−{} %", step.fell_percent.show(1)));
            let words = if step.is_stop_point { words.gap(1).say(Role::Wants, "stop, look") } else { words };
            let words = if step.is_larger_than_asked { words.gap(1).say(Role::Wants, "larger") } else { words };
            canvas.words(row(inside, down), &words);
        }
        if all > shown {
            let down = u16::try_from(shown).unwrap_or(u16::MAX);
            canvas.text(row(inside, down), Role::Faint, &format!("and {} more", all - shown));
        }
    }

    fn why(&self, _field: &'static str, draft: &D) -> Option<String> {
        let plan = draft.tried_out(self.taper.as_ref(), self.today)?;
        figure::taper(&plan).map(|account| account.page())
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let (now, today) = (env.now.instant, env.now.today());
        let old = self.taper.as_ref();
        let id = old.map_or_else(|| env.ids.next(now), |taper| taper.id);
        let visit = old.map_or(self.visit, |taper| taper.visit);
        let taper = draft.finish(old, (id, self.file.patient.id, visit), (today, now))?;
        let change = if old.is_some() { TaperChange::Changed } else { TaperChange::Planned };
        let write = FollowWrite::Taper { taper, change };
        Ok(vec![Effect::complete(Write::Follow(write), self.draft_key()), Effect::Back])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }
}
