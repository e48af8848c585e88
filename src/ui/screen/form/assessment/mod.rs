//! The assessment: one file per section of its form, each adding its fields and rules; here what completing it keeps.

mod examination;
mod given;
mod goals;
mod history;
mod impression;
mod keep;
mod opioid;
mod place;
mod problems;
mod red_flags;
mod response;
mod safety;
mod scores;
mod since;

use ratatui::layout::Rect;

use super::Subject;
use crate::action::{Command, Write};
use crate::clinical::assessment::{Assessment, AssessmentDraft, Beside};
use crate::clinical::body::{Body, BodyRegion, MapOn};
use crate::clinical::draft::{ASSESSMENT_FORM, DraftKey};
use crate::clinical::facts::instruments::instruments;
use crate::clinical::id::{AssessmentId, ProblemId};
use crate::clinical::instrument::{Entry, InstrumentResult};
use crate::clinical::models::AssessmentModel;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::opioid::opioids;
use crate::clinical::patient::PatientFile;
use crate::clinical::problem::ProblemDraft;
use crate::clinical::provenance::Given;
use crate::clinical::red_flag::FlagAnswers;
use crate::clinical::response::ResponseDraft;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::typed::Reading;
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;
use crate::form::{FormDef, Prev};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::screen::form::context;
use crate::ui::screen::form::safety::Safety;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::{Canvas, Words};

type A = AssessmentDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<A> {
    let sections = [
        since::add,
        scores::add,
        given::add,
        place::add,
        history::add,
        goals::add,
        examination::add,
        problems::add,
        red_flags::add,
        opioid::add,
        impression::add,
    ];
    sections.into_iter().fold(FormDef::new(ASSESSMENT_FORM, 1), |form, add| add(form))
}

/// The assessment of one visit.
#[derive(Debug)]
pub struct AssessmentSubject {
    /// What it shows beside its fields.
    pub model: AssessmentModel,
    /// How typed times are read.
    pub reading: Option<Reading>,
    /// The physician's own clocks of monitoring.
    pub own: Vec<OwnRule>,
    /// The strip of cautions, with what it was reckoned from.
    strip: Option<safety::Reckoned>,
}

impl AssessmentSubject {
    /// The assessment of a visit with everything it shows.
    pub fn new(model: AssessmentModel, reading: Reading, own: Vec<OwnRule>) -> Self {
        Self { model, reading: Some(reading), own, strip: None }
    }

    /// What is in the record of this visit, with the patient's lists as they stand.
    fn with_lists(&self, current: Option<&Assessment>) -> A {
        let file = &self.model.file;
        let draft = current.map(A::of).unwrap_or_default();
        let mut draft = draft.with_lists(&file.problems, &self.model.tried, &file.facts.goals);
        for score in current.map(|current| current.asked.problem_scores.as_slice()).unwrap_or_default() {
            if let Some(row) = draft.problems.iter_mut().find(|row| row.id == Some(score.problem)) {
                row.now = Some(score.answer);
            }
        }
        let reached = current.map(|current| current.asked.goal_scores.as_slice());
        goals::take(&mut draft, &file.facts.goals, reached.unwrap_or_default());
        self.attune(&mut draft);
        draft
    }

    /// The problems as the last visit has them: only how much each hurt then.
    fn last_pain(&self, ids: &[Option<ProblemId>]) -> Vec<ProblemDraft> {
        let last = self.model.last.as_ref().map(|last| last.asked.problem_scores.as_slice()).unwrap_or_default();
        let pain = |id: &ProblemId| last.iter().find(|score| score.problem == *id).map(|score| score.answer);
        ids.iter()
            .map(|id| ProblemDraft { id: *id, now: id.as_ref().and_then(pain), ..ProblemDraft::default() })
            .collect()
    }
}

impl Subject for AssessmentSubject {
    type Draft = A;

    fn definition(&self) -> FormDef<A> {
        definition()
    }

    fn start(&self) -> A {
        let mut draft = self.with_lists(self.model.current.as_ref());
        given::start(&mut draft, &self.model);
        draft
    }

    fn brought(&self) -> Option<A> {
        // What a visit has written into the lists was entered in it, and is not told from what was there before.
        self.model.current.is_none().then(|| self.with_lists(None))
    }

    fn attune(&self, draft: &mut A) {
        draft.follow(&self.model.file.problems, &self.model.tried, &self.model.file.facts.goals);
        *draft.beside = Beside {
            reading: self.reading,
            response: self.model.response.clone(),
            opioids: opioids(self.model.file.facts.medications.items()),
            results: self.model.results.iter().filter(|result| !result.waiting).map(InstrumentResult::full).collect(),
            peg_not_for: instruments()
                .get("peg")
                .and_then(|peg| Entry::Held(peg).not_for(self.model.file.patient.birth_date, self.model.visit.date)),
        };
    }

    fn previous(&self) -> Option<Prev<A>> {
        self.model.last.as_ref().map(|last| {
            // Red flags, what was done about them and what a procedure gave are asked anew each time; lists of the patient
            // are there already.
            let mut value = A {
                red_flags: FlagAnswers::default(),
                red_flag_note: String::new(),
                red_flag_action: String::new(),
                response: ResponseDraft::default(),
                ..A::of(last)
            };
            value.body = value.body.to_take_over();
            value.problems =
                self.last_pain(&self.model.file.problems.iter().map(|problem| Some(problem.id)).collect::<Vec<_>>());
            Prev { value, date: last.date }
        })
    }

    fn carried(&self) -> Vec<String> {
        self.model.current.as_ref().map(|current| current.asked.carried.clone()).unwrap_or_default()
    }

    fn carry(&self, draft: &mut A, fields: Vec<String>) {
        draft.carried = fields;
    }

    fn align(&self, draft: &A, previous: &mut Prev<A>) -> bool {
        let previous = &mut previous.value;
        let ids: Vec<Option<ProblemId>> = draft.problems.iter().map(|row| row.id).collect();
        let moved = !previous.problems.iter().map(|row| row.id).eq(ids.iter().copied());
        if moved {
            previous.problems = self.last_pain(&ids);
        }
        let reached = goals::last(draft, &self.model);
        let moved = moved || previous.goals != reached;
        previous.goals = reached;
        moved
    }

    fn place(&self) -> Place {
        Place::Assessment(self.model.visit.id)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(ASSESSMENT_FORM, self.model.visit.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn body<'a>(&self, draft: &'a A) -> Option<&'a Body> {
        Some(&draft.body)
    }

    fn body_mut<'a>(&self, draft: &'a mut A) -> Option<&'a mut Body> {
        Some(&mut draft.body)
    }

    fn last_map(&self) -> Option<&MapOn> {
        self.model.last_map.as_ref()
    }

    fn map_place(&self, at: BodyRegion) -> Option<Place> {
        Some(Place::BodyMap { visit: self.model.visit.id, at: Some(at) })
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
        let (asked, lists) = keep::kept(draft, &self.model, env);
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
            red_flags: keep::red_flags(&asked.red_flags),
            red_flag_note: if red_flags::is_flagged(draft) {
                draft.red_flag_note.trim().to_owned()
            } else {
                String::new()
            },
            red_flag_action: if red_flags::is_flagged(draft) {
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
            asked: Box::new(asked),
        };
        let write = Write::CompleteAssessment { assessment, scores, lists, again: current.is_some() };
        Ok(vec![Effect::complete(write, self.draft_key()), Effect::Back])
    }

    fn values(&self, draft: &A) -> Vec<(&'static str, String)> {
        scores::values(&draft.scores, self.model.last.as_ref())
    }

    fn headline(&self, draft: &A) -> Option<String> {
        scores::peg_line(&draft.scores, self.model.last.as_ref())
    }

    fn notice(&self, draft: &A, view: &View<'_>) -> Option<(Role, String)> {
        given::notice(draft, &self.model, view).or_else(|| self.safety(draft, |safety| safety.notice(view)))
    }

    fn reckon(&mut self, draft: &A) {
        self.reckon_strip(draft);
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
        let area = self.safety(draft, |safety| safety.paint(canvas, area, view));
        context::paint(
            &context::Panels {
                headline: None,
                map: Some((&draft.body.map, self.model.last_map.as_ref())),
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
        match field {
            "problem_now" | "problems" => response::why(draft, response::Of::Problems),
            field if field.starts_with("peg") => {
                let peg = scores::why(&draft.scores, self.model.last.as_ref());
                Some(
                    [Some(peg), response::why(draft, response::Of::Scores)]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join("\n\n"),
                )
            }
            "now" | "average" | "worst" | "least" | "best_relief" | "holding" => {
                response::why(draft, response::Of::Scores)
            }
            "red_flag" => Some(red_flags::why(draft)),
            "analgesia" | "activity" | "adverse" | "used" | "affect" => Some(opioid::why()),
            field if safety::FIELDS.contains(&field) => Some(self.safety(draft, Safety::why)),
            field => examination::why(field, &draft.examination),
        }
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
