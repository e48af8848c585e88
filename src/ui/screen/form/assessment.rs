//! The assessment, in its plain form: scores, where it hurts, history, examination, impression, red flags.

use ratatui::layout::Rect;

use super::Subject;
use crate::action::{Command, Write};
use crate::clinical::assessment::{Assessment, AssessmentDraft, RedFlags};
use crate::clinical::id::AssessmentId;
use crate::clinical::models::AssessmentModel;
use crate::clinical::patient::PatientFile;
use crate::clinical::score::{How, Peg, Score, ScoreItem, Scores};
use crate::clinical::time::{show_date, show_day_month};
use crate::clinical::visit::Way;
use crate::clinical::vocab::Vocab;
use crate::form::build::{area, line, note, pick, score};
use crate::form::{Field, FormDef, Level, Prev, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::screen::form::context;
use crate::ui::theme::Role;
use crate::ui::widget::{Canvas, Words};

type A = AssessmentDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<A> {
    FormDef::new("assessment", 1)
        .section_as("Scores", "Pain, 0 none — 10 worst imaginable", pain())
        .group("PEG, past week", peg())
        .section("Where", vec![line("place", "Where it hurts", |v: &mut A, _| Slot::Text(&mut v.place))])
        .section_as(
            "History",
            "History: what changed, in words",
            vec![area("history", "", 4, |v: &mut A, _| Slot::Text(&mut v.history))],
        )
        .section("Examination", vec![area("examination", "", 4, |v: &mut A, _| Slot::Text(&mut v.examination))])
        .section(
            "Impression",
            vec![
                area("impression", "", 3, |v: &mut A, _| Slot::Text(&mut v.impression)),
                pick("red_flags", "Red flags", |v: &mut A, _| Slot::Pick(&mut v.red_flags)),
                line("red_flag_note", "Which", |v: &mut A, _| Slot::Text(&mut v.red_flag_note)).show(is_flagged),
                line("red_flag_action", "Done about it", |v: &mut A, _| Slot::Text(&mut v.red_flag_action))
                    .show(is_flagged)
                    .help("empty: it stays first in the Late pane until something is written"),
            ],
        )
        .rule("worst", Level::Error, |v| contradiction(v, ScoreItem::Worst))
        .rule("least", Level::Error, |v| contradiction(v, ScoreItem::Least))
        .rule("red_flag_note", Level::Error, |v| {
            (is_flagged(v) && v.red_flag_note.trim().is_empty()).then(|| "say which red flag".to_owned())
        })
}

fn pain() -> Vec<Field<A>> {
    vec![
        score("now", "now", |v: &mut A, _| Slot::Score(&mut v.scores.now)),
        score("average", "average", |v: &mut A, _| Slot::Score(&mut v.scores.average)),
        score("worst", "worst", |v: &mut A, _| Slot::Score(&mut v.scores.worst)),
        score("least", "least", |v: &mut A, _| Slot::Score(&mut v.scores.least)),
    ]
}

fn peg() -> Vec<Field<A>> {
    vec![
        score("peg_pain", "pain", |v: &mut A, _| Slot::Score(&mut v.scores.peg_pain)),
        score("peg_enjoyment", "enjoyment", |v: &mut A, _| Slot::Score(&mut v.scores.peg_enjoyment)),
        score("peg_activity", "activity", |v: &mut A, _| Slot::Score(&mut v.scores.peg_activity)),
        note("peg", "PEG").beside(|v: &A| peg_so_far(&v.scores)),
    ]
}

fn is_flagged(draft: &A) -> bool {
    draft.red_flags == Some(RedFlags::Present)
}

fn contradiction(draft: &A, item: ScoreItem) -> Option<String> {
    draft.scores.contradictions().into_iter().find(|(at, _)| *at == item).map(|(_, why)| why)
}

fn peg_so_far(scores: &Scores) -> String {
    match (scores.peg(), scores.peg_answered()) {
        (Some(peg), _) => peg.show(),
        (None, 0) => String::new(),
        (None, n) => format!("— {} of three answered", ["none", "one", "two", "three"].get(n).unwrap_or(&"")),
    }
}

/// The assessment of one visit.
#[derive(Debug)]
pub struct AssessmentSubject {
    /// What it shows beside its fields.
    pub model: AssessmentModel,
}

impl AssessmentSubject {
    fn last_peg(&self) -> Option<Peg> {
        self.model.last.as_ref().and_then(|last| last.scores.peg())
    }

    /// How PEG stands against the last visit: `PEG 6.3 ▼1.4 −18 %`.
    fn peg_line(&self, scores: &Scores) -> Option<String> {
        let now = scores.peg()?;
        let change = self.last_peg().map(|last| format!("  {}", now.change_from(last))).unwrap_or_default();
        Some(format!("PEG {}{change}", now.show()))
    }
}

impl Subject for AssessmentSubject {
    type Draft = A;

    fn definition(&self) -> FormDef<A> {
        definition()
    }

    fn start(&self) -> A {
        let mut draft = self.model.current.as_ref().map(A::of).unwrap_or_default();
        // A quick score is there before the assessment is.
        for &item in ScoreItem::ALL {
            if let Some(answer) = self.model.scores.get(item) {
                *draft.scores.slot(item) = Some(answer);
            }
        }
        draft
    }

    fn previous(&self) -> Option<Prev<A>> {
        self.model.last.as_ref().map(|last| {
            let mut value = A::of(last);
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

    fn heading(&self, view: &View<'_>) -> Words<'static> {
        let visit = &self.model.visit;
        let mut words = Words::new().bold(Role::Focus, format!("Assessment · {}", visit.kind.label()));
        if let Some(reason) = &visit.reason {
            words = words.gap(3).say(Role::Second, reason.clone());
        }
        if let Some(last) = &self.model.last {
            words = words.gap(3).say(Role::Second, format!("last seen {}", show_day_month(last.date)));
        }
        if visit.date != view.now.today() {
            words = words.gap(3).say(Role::Wants, format!("visit of {}", show_date(visit.date)));
        }
        words
    }

    fn finish(&self, draft: &A, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let current = self.model.current.as_ref();
        let id: AssessmentId = current.map_or_else(|| env.ids.next(now), |assessment| assessment.id);
        let how = match self.model.visit.way {
            Way::Phone => How::Phone,
            Way::InPerson | Way::Video => How::Spoken,
        };
        let scores = ScoreItem::ALL
            .iter()
            .filter_map(|&item| {
                let answer = draft.scores.get(item)?;
                Some(Score { id: env.ids.next(now), item, answer, at: now, how })
            })
            .collect();
        let assessment = Assessment {
            id,
            visit: self.model.visit.id,
            patient: self.model.file.patient.id,
            date: self.model.visit.date,
            completed_at: current.map_or(now, |assessment| assessment.completed_at),
            scores: draft.scores,
            place: draft.place.trim().to_owned(),
            history: draft.history.trim().to_owned(),
            examination: draft.examination.trim().to_owned(),
            impression: draft.impression.trim().to_owned(),
            red_flags: draft.red_flags,
            red_flag_note: if is_flagged(draft) { draft.red_flag_note.trim().to_owned() } else { String::new() },
            red_flag_action: if is_flagged(draft) { draft.red_flag_action.trim().to_owned() } else { String::new() },
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

    fn headline(&self, draft: &A) -> Option<String> {
        self.peg_line(&draft.scores)
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
        if !field.starts_with("peg") {
            return None;
        }
        let scores = &draft.scores;
        let show = |item: ScoreItem| {
            scores.get(item).map_or_else(|| "blank".to_owned(), crate::clinical::answer::Answer::show)
        };
        let mut why = format!(
            "PEG is the mean of its three items, each 0 to 10; with one missing there is no result.\n\n\
             pain {}, enjoyment {}, activity {}",
            show(ScoreItem::PegPain),
            show(ScoreItem::PegEnjoyment),
            show(ScoreItem::PegActivity)
        );
        if let Some(line) = self.peg_line(scores) {
            why.push_str(&format!("\n{line}"));
        }
        if let Some(last) = &self.model.last {
            why.push_str(&format!("\ncompared with the visit of {}", show_date(last.date)));
        }
        why.push_str(
            "\n\nSource: Krebs EE and others, J Gen Intern Med 2009;24:733-8. A fall of 30 % counts as important, of 50 % \
             as substantial (Dworkin RH and others, J Pain 2008;9:105-21).",
        );
        Some(why)
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
