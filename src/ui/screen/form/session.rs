//! The procedure session, in its plain form: pain before, one or more procedures with targets and outcome, pain after.

use ratatui::layout::Rect;

use super::{Subject, context};
use crate::action::{Command, Write};
use crate::clinical::booked::{self, Booked};
use crate::clinical::check_in::CheckIn;
use crate::clinical::coded::Coded;
use crate::clinical::copied;
use crate::clinical::draft::{DraftKey, SESSION_FORM};
use crate::clinical::figure;
use crate::clinical::id::SessionId;
use crate::clinical::models::SessionModel;
use crate::clinical::patient::PatientFile;
use crate::clinical::problem;
use crate::clinical::procedure::{
    Outcome, Procedure, ProcedureSession, SessionDraft, Target, TargetDraft, usual_check_in,
};
use crate::clinical::task::Owner;
use crate::clinical::time::show_date;
use crate::clinical::visit::{Visit, VisitKind};
use crate::form::build::{area, coded, date, line, pick, rows, score};
use crate::form::{DateSpec, Field, FormDef, Level, Prev, Row, Slot, Source, Wanted};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::{Canvas, Words};

type S = SessionDraft;
type T = TargetDraft;

impl Row for TargetDraft {
    const COLS: &'static [Field<Self>] = &[
        line("procedure", "procedure", |v: &mut T, _| Slot::Text(&mut v.procedure))
            .width(24)
            .completes(|_| Some(Source::Procedure.into())),
        line("level", "level", |v: &mut T, _| Slot::Text(&mut v.level))
            .width(10)
            .completes(|v| Some(Wanted { source: Source::Target, about: v.procedure.clone() })),
        pick("side", "side", |v: &mut T, _| Slot::Pick(&mut v.side)).width(10),
        pick("outcome", "outcome", |v: &mut T, _| Slot::Pick(&mut v.outcome)).width(11),
        line("reason", "why not simply done", |v: &mut T, _| Slot::Text(&mut v.reason)).width(20),
        coded("problem", "for which problem", Source::Problem, |v: &mut T, _| Slot::Coded(&mut v.problem)).width(24),
    ];
}

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<S> {
    FormDef::new(SESSION_FORM, 1)
        .section_as(
            "Before",
            "Pain, 0 none — 10 worst imaginable",
            vec![score("before", "before", |v: &mut S, _| Slot::Score(&mut v.before))],
        )
        .section_as(
            "Procedures",
            "Procedures; a blank name continues the one above",
            vec![rows("targets", "", |v: &mut S, _| Slot::Rows(&mut v.targets))],
        )
        .section(
            "After",
            vec![
                score("after", "after", |v: &mut S, _| Slot::Score(&mut v.after)).beside(relief),
                area("text", "What happened", 4, |v: &mut S, _| Slot::Text(&mut v.text)),
                date("check_in", "Check-in", DateSpec::Ahead, |v: &mut S, _| Slot::Date(&mut v.check_in))
                    .blank("the day after"),
            ],
        )
        .row_rule("targets", Level::Error, |v| {
            let mut wrong = Vec::new();
            let mut named = false;
            for (n, target) in v.targets.iter().enumerate().filter(|(_, target)| !is_blank(target)) {
                named |= !target.procedure.trim().is_empty();
                if !named {
                    wrong.push((n, "procedure", "say which procedure".to_owned()));
                }
                match target.outcome {
                    None => wrong.push((n, "outcome", "say what came of it".to_owned())),
                    Some(Outcome::Done) => {}
                    Some(_) if target.reason.trim().is_empty() => {
                        wrong.push((n, "reason", "say why it was not simply done".to_owned()));
                    }
                    Some(_) => {}
                }
            }
            wrong
        })
        .rule("targets", Level::Error, |v| {
            v.targets.iter().all(is_blank).then(|| "a procedure record needs at least one procedure".to_owned())
        })
}

fn is_blank(target: &T) -> bool {
    target.procedure.trim().is_empty()
        && target.level.trim().is_empty()
        && target.side.is_none()
        && target.outcome.is_none()
        && target.reason.trim().is_empty()
}

fn relief(draft: &S) -> String {
    figure::relief(draft.before, draft.after).map(|account| account.says).unwrap_or_default()
}

/// The procedure session of a visit.
#[derive(Debug)]
pub struct SessionSubject {
    /// What it shows beside its fields.
    pub model: SessionModel,
}

/// The fields that can be copied forward, as the record names them.
const PARTS: [(&str, &str); 4] =
    [("before", "pain before"), ("targets", "procedures"), ("after", "pain after"), ("text", "what happened")];

impl SessionSubject {
    /// The procedures of a session as rows.
    fn rows(&self, session: &ProcedureSession) -> Vec<T> {
        let mut rows = Vec::new();
        for procedure in &session.procedures {
            for (n, target) in procedure.targets.iter().enumerate() {
                rows.push(TargetDraft {
                    procedure: if n == 0 { procedure.name.clone() } else { String::new() },
                    level: target.level.clone(),
                    side: target.side,
                    outcome: Some(target.outcome),
                    reason: target.reason.clone(),
                    problem: match n {
                        0 => problem::reference(&self.model.file.problems, procedure.problem),
                        _ => Coded::default(),
                    },
                });
            }
        }
        rows
    }

    /// What stands in the record of this visit, or what was planned for it.
    fn starting(&self, current: Option<&ProcedureSession>) -> S {
        let mut draft = SessionDraft::default();
        if let Some(session) = current {
            draft.before = session.before;
            draft.after = session.after;
            draft.text = copied::typed(&session.text);
            draft.targets = self.rows(session);
        }
        if draft.targets.is_empty() {
            // What was planned is typed ahead; what came of it is asked, never assumed.
            // The reason of a visit for something else names no procedure.
            let reason = || self.model.visit.reason.clone().filter(|_| self.model.visit.kind == VisitKind::Procedure);
            let planned = self.model.planned.clone().or_else(reason);
            // A patient with one problem is treated for it; with more, it is asked.
            let only = match self.model.file.problems.as_slice() {
                [one] => Some(one.id),
                _ => None,
            };
            let problem = problem::reference(&self.model.file.problems, self.model.planned_for.or(only));
            let Booked { procedure, level, side } = booked::read(&planned.unwrap_or_default());
            draft.targets.push(TargetDraft { procedure, level, side, problem, ..TargetDraft::default() });
        }
        draft
    }

    /// Those of the last session, for a form whose rows were deleted: what came of them is asked anew each time.
    fn last_rows(&self) -> Vec<T> {
        let rows = self.model.last.as_ref().map(|last| self.rows(last)).unwrap_or_default();
        rows.into_iter().map(|row| TargetDraft { outcome: None, reason: String::new(), ..row }).collect()
    }

    /// The procedures; each treats the problem that one of its rows names.
    fn procedures(&self, draft: &S, env: &mut Env<'_>) -> Result<Vec<Procedure>, String> {
        let now = env.now.instant;
        let mut procedures: Vec<Procedure> = Vec::new();
        for row in draft.targets.iter().filter(|target| !is_blank(target)) {
            let name = row.procedure.trim();
            if !name.is_empty() || procedures.is_empty() {
                let id = env.ids.next(now);
                procedures.push(Procedure { id, name: name.to_owned(), targets: Vec::new(), problem: None });
            }
            let target = Target {
                id: env.ids.next(now),
                level: row.level.trim().to_owned(),
                side: row.side,
                // Nothing is taken for done that nobody said was.
                outcome: row.outcome.ok_or("say what came of it")?,
                reason: row.reason.trim().to_owned(),
            };
            let problem = problem::referred(&self.model.file.problems, &row.problem)?;
            if let Some(procedure) = procedures.last_mut() {
                procedure.targets.push(target);
                procedure.problem = procedure.problem.or(problem);
            }
        }
        Ok(procedures)
    }
}

impl Subject for SessionSubject {
    type Draft = S;

    fn definition(&self) -> FormDef<S> {
        definition()
    }

    fn start(&self) -> S {
        self.starting(self.model.current.as_ref())
    }

    fn brought(&self) -> Option<S> {
        Some(self.starting(None))
    }

    fn previous(&self) -> Option<Prev<S>> {
        let last = self.model.last.as_ref()?;
        let value = S {
            before: last.before,
            after: last.after,
            text: copied::typed(&last.text),
            targets: self.last_rows(),
            ..S::default()
        };
        Some(Prev { value, date: last.date })
    }

    fn carried(&self) -> Vec<String> {
        copied::fields(self.model.current.as_ref().map_or("", |session| session.text.as_str()), &PARTS)
    }

    fn carry(&self, draft: &mut S, fields: Vec<String>) {
        draft.carried = fields;
    }

    fn place(&self) -> Place {
        Place::Procedure(self.model.visit.id)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(SESSION_FORM, self.model.visit.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Procedure, "Procedure")
    }

    fn told(&self, view: &View<'_>) -> Vec<Item<'static>> {
        let mut items = context::other_day(&self.model.visit, view);
        let planned = self.model.planned.as_ref().or(self.model.visit.reason.as_ref());
        items.extend(planned.map(|planned| Item::new(1, Words::of(Role::Second, booked::shown(planned)))));
        if let Some(expected) = self.model.expected {
            items.push(Item::new(3, Words::of(Role::Second, format!("relief expected {expected} %"))));
        }
        if let Some(last) = &self.model.last {
            let words = format!("last {}", show_date(last.date));
            items.push(Item::new(6, Words::of(Role::Second, words)));
        }
        items
    }

    fn visit(&self) -> Option<&Visit> {
        Some(&self.model.visit)
    }

    fn finish(&self, draft: &S, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let current = self.model.current.as_ref();
        let id: SessionId = current.map_or_else(|| env.ids.next(now), |session| session.id);
        let visit = &self.model.visit;
        let session = ProcedureSession {
            id,
            visit: visit.id,
            patient: self.model.file.patient.id,
            date: visit.date,
            completed_at: current.map_or(now, |session| session.completed_at),
            procedures: self.procedures(draft, env).map_err(|why| ("targets", why))?,
            before: draft.before,
            after: draft.after,
            text: match &self.model.last {
                Some(last) => copied::noted(&draft.text, &draft.carried, &PARTS, last.date),
                None => draft.text.trim().to_owned(),
            },
        };
        let anything_done = session
            .procedures
            .iter()
            .flat_map(|procedure| &procedure.targets)
            .any(|target| target.outcome != Outcome::NotDone);
        let due = draft.check_in.unwrap_or_else(|| env.preferences.clinic_days.on_or_after(usual_check_in(visit.date)));
        let check_in = (self.model.check_in.is_none() && anything_done).then(|| CheckIn {
            id: env.ids.next(now),
            patient: session.patient,
            session: Some(id),
            visit: Some(visit.id),
            about: format!("{}, {}", session.summary(), show_date(visit.date)),
            due,
            owner: Owner::Me,
            attempts: 0,
            done: None,
            let_go: None,
        });
        let write = Write::CompleteSession { session, check_in, again: current.is_some() };
        Ok(vec![Effect::complete(write, self.draft_key()), Effect::Back])
    }

    fn values(&self, _draft: &S) -> Vec<(&'static str, String)> {
        self.model.last.iter().map(|last| ("last", show_date(last.date))).collect()
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, _draft: &S, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let panel = context::Panels {
            headline: None,
            map: None,
            trend: &self.model.trend,
            today: None,
            plan: self.model.plan.as_ref(),
            session: self.model.last.as_ref(),
        };
        context::paint(&panel, canvas, area, view);
    }

    fn command(&mut self, command: Command, _draft: &S, _env: &mut Env<'_>) -> Option<Vec<Effect>> {
        (command == Command::Plan)
            .then(|| vec![Effect::KeepDraft, Effect::Open(Place::Plan(self.model.file.patient.id))])
    }

    fn why(&self, field: &'static str, draft: &S) -> Option<String> {
        let relief = figure::relief(draft.before, draft.after).filter(|_| field == "after");
        relief.map(|account| account.page())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }

    #[test]
    fn a_row_that_holds_only_a_reason_is_none_that_may_be_dropped() {
        let row = T { reason: "the patient declined".to_owned(), ..T::default() };
        assert!(!is_blank(&row) && is_blank(&T::default()));
    }
}
