//! The assessment: one file per section of its form, each adding its fields and rules; here what completing it keeps.

mod examination;
mod given;
mod history;
mod impression;
mod place;
mod scores;

use ratatui::layout::Rect;

use super::Subject;
use crate::action::{Command, Write};
use crate::clinical::assessment::{Assessment, AssessmentDraft};
use crate::clinical::id::AssessmentId;
use crate::clinical::models::AssessmentModel;
use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::Given;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;
use crate::form::{FormDef, Prev};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::screen::form::context;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::{Canvas, Words};

type A = AssessmentDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<A> {
    let sections = [scores::add, given::add, place::add, history::add, examination::add, impression::add];
    sections.into_iter().fold(FormDef::new("assessment", 1), |form, add| add(form))
}

/// The assessment of one visit.
#[derive(Debug)]
pub struct AssessmentSubject {
    /// What it shows beside its fields.
    pub model: AssessmentModel,
}

impl Subject for AssessmentSubject {
    type Draft = A;

    fn definition(&self) -> FormDef<A> {
        definition()
    }

    fn start(&self) -> A {
        let mut draft = self.model.current.as_ref().map(A::of).unwrap_or_default();
        given::start(&mut draft, &self.model);
        draft
    }

    fn previous(&self) -> Option<Prev<A>> {
        self.model.last.as_ref().map(|last| {
            let mut value = A::of(last);
            value.body = value.body.to_take_over();
            // Red flags and what was done about them are asked anew each time.
            value.red_flags = None;
            value.red_flag_note.clear();
            value.red_flag_action.clear();
            Prev { value, date: last.date }
        })
    }

    fn place(&self) -> Place {
        Place::Assessment(self.model.visit.id)
    }

    fn subject(&self) -> String {
        self.model.visit.id.to_string()
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, format!("Assessment · {}", self.model.visit.kind.label()))
    }

    fn told(&self, view: &View<'_>) -> Vec<Item<'static>> {
        let visit = &self.model.visit;
        let mut items = context::other_day(visit, view);
        items.extend(visit.reason.as_ref().map(|reason| Item::new(4, Words::of(Role::Second, clean_line(reason)))));
        if let Some(last) = &self.model.last {
            items.push(Item::new(6, Words::of(Role::Second, format!("last seen {}", show_date(last.date)))));
        }
        items
    }

    fn visit(&self) -> Option<&Visit> {
        Some(&self.model.visit)
    }

    fn finish(&self, draft: &A, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let current = self.model.current.as_ref();
        let id: AssessmentId = current.map_or_else(|| env.ids.next(now), |assessment| assessment.id);
        let scores = given::scores(draft, &self.model, env);
        let assessment = Assessment {
            id,
            visit: self.model.visit.id,
            patient: self.model.file.patient.id,
            date: self.model.visit.date,
            completed_at: current.map_or(now, |assessment| assessment.completed_at),
            scores: draft.scores,
            place: draft.place.trim().to_owned(),
            body: draft.body.clone(),
            history: draft.history.trim().to_owned(),
            examination: draft.examination.trim().to_owned(),
            impression: draft.impression.trim().to_owned(),
            red_flags: draft.red_flags,
            red_flag_note: if impression::is_flagged(draft) {
                draft.red_flag_note.trim().to_owned()
            } else {
                String::new()
            },
            red_flag_action: if impression::is_flagged(draft) {
                draft.red_flag_action.trim().to_owned()
            } else {
                String::new()
            },
            // A plan that was set from within this assessment, in the room, answers it.
            answered_by: match current {
                Some(assessment) => assessment.answered_by,
                None => {
                    self.model.plan.as_ref().filter(|plan| plan.visit == Some(self.model.visit.id)).map(|plan| plan.id)
                }
            },
            plan_let_go: current.and_then(|assessment| assessment.plan_let_go.clone()),
        };
        let write = Write::CompleteAssessment { assessment, scores, again: current.is_some() };
        Ok(vec![Effect::write(write), Effect::Back])
    }

    fn values(&self, draft: &A) -> Vec<(&'static str, String)> {
        scores::values(&draft.scores, self.model.last.as_ref())
    }

    fn headline(&self, draft: &A) -> Option<String> {
        scores::peg_line(&draft.scores, self.model.last.as_ref())
    }

    fn notice(&self, _draft: &A, view: &View<'_>) -> Option<(Role, String)> {
        given::notice(&self.model, view)
    }

    fn given(&self, draft: &A) -> Option<Given> {
        Some(draft.given.given)
    }

    fn give(&self, draft: &mut A, given: Given) {
        draft.given.change(given);
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, draft: &A, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        context::paint(
            &context::Context {
                headline: None,
                trend: &self.model.trend,
                today: Some(draft.scores),
                plan: self.model.plan.as_ref(),
                session: self.model.session.as_ref(),
            },
            canvas,
            area,
            view,
        );
    }

    fn command(&mut self, command: Command, _draft: &A, _env: &mut Env<'_>) -> Option<Vec<Effect>> {
        // One key from the assessment, in the room; Esc returns to this very field.
        (command == Command::Plan)
            .then(|| vec![Effect::KeepDraft, Effect::Open(Place::Plan(self.model.file.patient.id))])
    }

    fn why(&self, field: &'static str, draft: &A) -> Option<String> {
        let peg = field.starts_with("peg").then(|| scores::why(&draft.scores, self.model.last.as_ref()));
        peg.or_else(|| examination::why(field))
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
