//! The plan, in its plain form: items by modality with state, next step and date; goals; what it books.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{Subject, context};
use crate::action::{Command, Write};
use crate::clinical::booking::{Bookings, Proposal, Room, Taken};
use crate::clinical::id::{PlanId, VisitId};
use crate::clinical::models::PlanModel;
use crate::clinical::patient::{Goal, PatientFile};
use crate::clinical::plan::{
    Books, GoalDraft, ItemState, Modality, Plan, PlanDraft, PlanItem, PlanItemDraft, differences,
};
use crate::clinical::problem;
use crate::clinical::text::clean_line;
use crate::clinical::time::{show_date, show_day, show_time};
use crate::clinical::visit::{Visit, VisitKind};
use crate::clinical::vocab::Vocab;
use crate::form::build::{area, coded, date, line, pick, rows};
use crate::form::{DateSpec, Field, FormDef, Level, Row, Slot, Source, Wanted};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, Preferences, View};
use crate::ui::modal::{Choice, Choose, Modal};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, Words, row};

type P = PlanDraft;
type I = PlanItemDraft;

impl Row for PlanItemDraft {
    const COLS: &'static [Field<Self>] = &[
        pick("modality", "piece", |v: &mut I, _| Slot::Pick(&mut v.modality)).width(14),
        line("what", "what, how much", |v: &mut I, _| Slot::Text(&mut v.what))
            .width(26)
            .completes(words_of_piece)
            .goes_on(),
        pick("state", "state", |v: &mut I, _| Slot::Pick(&mut v.state)).width(10),
        line("next_step", "next step", |v: &mut I, _| Slot::Text(&mut v.next_step)).width(18),
        date("due", "when", DateSpec::Ahead, |v: &mut I, _| Slot::Date(&mut v.due)).width(12),
        pick("books", "books", |v: &mut I, _| Slot::Pick(&mut v.books)).width(10),
        coded("problem", "for which problem", Source::Problem, |v: &mut I, _| Slot::Coded(&mut v.problem)).width(24),
    ];

    fn duplicate(&self) -> Self {
        // What was booked belongs to the row it was booked from.
        Self { booked: None, ..self.clone() }
    }
}

/// What an item is usually called depends on the piece of the plan it is.
fn words_of_piece(item: &I) -> Option<Wanted> {
    match item.modality? {
        Modality::Medication => Some(Source::Medicine.into()),
        Modality::Interventional => Some(Source::Procedure.into()),
        piece @ (Modality::Physical
        | Modality::Behavioural
        | Modality::Complementary
        | Modality::Referral
        | Modality::SelfCare
        | Modality::Education
        | Modality::FollowUp) => Some(Wanted { source: Source::PlanPiece, about: piece.name().to_owned() }),
    }
}

impl Row for GoalDraft {
    const COLS: &'static [Field<Self>] =
        &[line("text", "in the patient's words", |v: &mut GoalDraft, _| Slot::Text(&mut v.text)).width(60)];
}

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<P> {
    FormDef::new("plan", 1)
        .section("Items", vec![rows("items", "", |v: &mut P, _| Slot::Rows(&mut v.items))])
        .section("Goals", vec![rows("goals", "", |v: &mut P, _| Slot::Rows(&mut v.goals))])
        .section("Note", vec![area("note", "Anything else", 3, |v: &mut P, _| Slot::Text(&mut v.note))])
        .row_rule("items", Level::Error, |v| {
            let mut wrong = Vec::new();
            for (n, item) in v.items.iter().enumerate().filter(|(_, item)| !is_blank(item)) {
                if item.what.trim().is_empty() {
                    wrong.push((n, "what", "say what".to_owned()));
                }
                if item.modality.is_none() {
                    wrong.push((n, "modality", "choose which piece of the plan it is".to_owned()));
                }
                if item.books.is_some() && item.due.is_none() {
                    wrong.push((n, "due", "a visit is booked on a date: type one".to_owned()));
                }
            }
            wrong
        })
        .rule("items", Level::Error, |v| {
            v.items
                .iter()
                .all(is_blank)
                .then(|| "a plan needs an item; to keep the last one unchanged press = on the board".to_owned())
        })
}

fn is_blank(item: &I) -> bool {
    item.what.trim().is_empty() && item.modality.is_none() && item.next_step.trim().is_empty() && item.due.is_none()
}

/// A patient's plan: the next version.
#[derive(Debug)]
pub struct PlanSubject {
    /// What it shows beside its fields.
    pub model: PlanModel,
}

impl PlanSubject {
    fn version(&self) -> u32 {
        self.model.last.as_ref().map_or(1, |plan| plan.version + 1)
    }

    fn items(&self, draft: &P, env: &mut Env<'_>, booked: &mut Vec<Visit>) -> Result<Vec<PlanItem>, String> {
        let now = env.now.instant;
        let mut bookings = self.model.bookings.clone();
        let mut items = Vec::new();
        for item in draft.items.iter().filter(|item| !is_blank(item)) {
            let Some(modality) = item.modality else { continue };
            let mut visit = item.booked;
            if let (None, Some(books), Some(due)) = (visit, item.books, item.due) {
                let new = book(books, due, item, &self.model.file, &mut bookings, env);
                visit = Some(new.id);
                booked.push(new);
            }
            items.push(PlanItem {
                id: env.ids.next(now),
                modality,
                what: item.what.trim().to_owned(),
                state: item.state.unwrap_or(ItemState::Proposed),
                next_step: item.next_step.trim().to_owned(),
                due: item.due,
                books: item.books,
                booked: visit,
                problem: problem::referred(&self.model.file.problems, &item.problem)?,
            });
        }
        Ok(items)
    }

    fn goals(&self, draft: &P, env: &mut Env<'_>) -> Vec<Goal> {
        let known = &self.model.file.facts.goals;
        let typed = draft.goals.iter().map(|goal| goal.text.trim()).filter(|text| !text.is_empty());
        typed
            .map(|text| {
                let same = known.iter().find(|goal| goal.text == text).cloned();
                same.unwrap_or_else(|| Goal {
                    id: env.ids.next(env.now.instant),
                    text: text.to_owned(),
                    since: env.now.today(),
                })
            })
            .collect()
    }
}

/// What a visit takes of its day.
fn taken(visit: &Visit) -> Taken {
    Taken { date: visit.date, start: visit.start, minutes: visit.minutes, kind: visit.kind, title: None }
}

/// The kind of visit that an item books.
const fn kind_of(books: Books) -> VisitKind {
    match books {
        Books::Procedure => VisitKind::Procedure,
        Books::FollowUp => VisitKind::FollowUp,
    }
}

/// The first free time for what an item books, and how long it is.
fn proposed(books: Books, due: NaiveDate, bookings: &Bookings, preferences: &Preferences) -> (Proposal, u16) {
    let at = match books {
        Books::Procedure => 2,
        Books::FollowUp => 1,
    };
    let minutes = preferences.usual_minutes[at];
    (bookings.first_free(kind_of(books), due, minutes, preferences.day_hours), minutes)
}

/// What an item will book, in words: when, and whether there is room.
fn says(books: Books, due: NaiveDate, proposal: &Proposal) -> String {
    let room = match proposal.room {
        Room::Usual => String::new(),
        Room::Late => ", after the usual hours".to_owned(),
        Room::None => ", nothing is free that day".to_owned(),
    };
    let whole_day = proposal.whole_day.as_ref().map(|block| format!("; {} that day", clean_line(block)));
    let (what, start) = (kind_of(books).label(), show_time(proposal.start));
    format!("books {what} {} {start}{room}{}", show_day(due), whole_day.unwrap_or_default())
}

/// A visit that an item books, at the first free time of its day. What it takes is taken for the next item.
fn book(
    books: Books,
    due: NaiveDate,
    item: &I,
    file: &PatientFile,
    bookings: &mut Bookings,
    env: &mut Env<'_>,
) -> Visit {
    let (proposal, minutes) = proposed(books, due, bookings, env.preferences);
    let id: VisitId = env.ids.next(env.now.instant);
    let mut visit = Visit::booked(id, Some(file.patient.id), due, proposal.start, kind_of(books));
    visit.minutes = minutes;
    bookings.taken.push(taken(&visit));
    let reason = if item.next_step.trim().is_empty() { &item.what } else { &item.next_step };
    visit.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    visit
}

impl Subject for PlanSubject {
    type Draft = P;

    fn definition(&self) -> FormDef<P> {
        definition()
    }

    fn start(&self) -> P {
        let mut draft =
            PlanDraft::from_last(self.model.last.as_ref(), &self.model.file.facts.goals, &self.model.file.problems);
        if draft.items.is_empty() {
            draft.items.push(PlanItemDraft::default());
        }
        draft
    }

    fn place(&self) -> Place {
        Place::Plan(self.model.file.patient.id)
    }

    fn subject(&self) -> String {
        self.model.file.patient.id.to_string()
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, format!("Plan {}", self.version()))
    }

    fn told(&self, _view: &View<'_>) -> Vec<Item<'static>> {
        let follows = self
            .model
            .last
            .as_ref()
            .map_or_else(|| "the first".to_owned(), |last| format!("follows plan {}", last.version));
        let mut items = vec![Item::new(4, Words::of(Role::Second, follows))];
        if let Some(assessment) = &self.model.assessment {
            items.push(Item::new(5, Words::of(Role::Second, format!("assessed {}", show_date(assessment.date)))));
        }
        items
    }

    fn visit(&self) -> Option<&Visit> {
        self.model.visit.as_ref()
    }

    fn leads_on(&self) -> Option<&'static str> {
        None
    }

    fn finish(&self, draft: &P, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let mut booked = Vec::new();
        let items = self.items(draft, env, &mut booked).map_err(|why| ("items", why))?;
        let id: PlanId = env.ids.next(now);
        let plan = Plan {
            id,
            patient: self.model.file.patient.id,
            visit: self.model.visit.as_ref().map(|visit| visit.id),
            version: self.version(),
            set_at: now,
            unchanged: false,
            items,
            note: draft.note.trim().to_owned(),
        };
        let goals = self.goals(draft, env);
        let write = Write::SetPlan { plan, goals, answers: self.model.unanswered.clone(), booked };
        Ok(vec![Effect::write(write), Effect::Back])
    }

    fn values(&self, _draft: &P) -> Vec<(&'static str, String)> {
        let Some(assessment) = &self.model.assessment else { return Vec::new() };
        let told = [
            assessment.scores.now.map(|now| ("now", now.show())),
            assessment.scores.peg().map(|peg| ("peg", peg.show())),
            Some(("last", show_date(assessment.date))),
        ];
        told.into_iter().flatten().collect()
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, draft: &P, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let mut lines = self.differences(draft);
        lines.extend(self.will_book(draft, view.preferences));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2).clamp(4, area.height / 2);
        let changed = Rect { height: height.min(area.height), ..area };
        let name = if self.model.last.is_some() { "Differs from the last" } else { "Will be set" };
        let inside = Pane { name, ..Pane::default() }.paint(canvas, changed);
        if lines.is_empty() {
            canvas.text(row(inside, 0), Role::Faint, " nothing yet");
        }
        for (down, line) in (0..inside.height).zip(&lines) {
            canvas.text(row(inside, down), Role::Text, &format!(" {line}"));
        }
        let rest = Rect { y: area.y + changed.height, height: area.height - changed.height, ..area };
        let panel = context::Context {
            headline: None,
            trend: &self.model.trend,
            today: None,
            plan: self.model.last.as_ref(),
            session: None,
        };
        context::paint(&panel, canvas, rest, view);
    }

    fn command(&mut self, command: Command, _draft: &P, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        if command != Command::KeepPlan {
            return None;
        }
        let effects = keep(&self.model, env)?;
        Some(vec![Effect::show(keep_choice(&self.model, effects))])
    }
}

impl PlanSubject {
    /// What setting the plan would book, a line each.
    fn will_book(&self, draft: &P, preferences: &Preferences) -> Vec<String> {
        let mut bookings = self.model.bookings.clone();
        let mut lines = Vec::new();
        for item in draft.items.iter().filter(|item| item.booked.is_none()) {
            let (Some(books), Some(due)) = (item.books, item.due) else { continue };
            let (proposal, minutes) = proposed(books, due, &bookings, preferences);
            lines.push(says(books, due, &proposal));
            let (start, kind) = (Some(proposal.start), kind_of(books));
            bookings.taken.push(Taken { date: due, start, minutes, kind, title: None });
        }
        lines
    }

    fn differences(&self, draft: &P) -> Vec<String> {
        let Some(last) = &self.model.last else {
            let typed = draft.items.iter().map(|item| item.what.trim().to_owned());
            return typed.filter(|what| !what.is_empty()).collect();
        };
        // Identities do not matter for the difference: the draft's rows take those of the last plan.
        let Some(some) = last.items.first() else { return Vec::new() };
        let items: Vec<PlanItem> = draft
            .items
            .iter()
            .filter(|item| !is_blank(item))
            .filter_map(|item| {
                Some(PlanItem {
                    id: some.id,
                    modality: item.modality?,
                    what: item.what.trim().to_owned(),
                    state: item.state.unwrap_or(ItemState::Proposed),
                    next_step: item.next_step.trim().to_owned(),
                    due: item.due,
                    books: item.books,
                    booked: item.booked,
                    problem: None,
                })
            })
            .collect();
        differences(&last.items, &items)
    }
}

/// What keeping the plan unchanged writes; `None` where there is no plan to keep.
pub fn keep(model: &PlanModel, env: &mut Env<'_>) -> Option<Vec<Effect>> {
    let last = model.last.as_ref()?;
    let plan = Plan {
        id: env.ids.next(env.now.instant),
        patient: last.patient,
        visit: model.visit.as_ref().map(|visit| visit.id),
        version: last.version + 1,
        set_at: env.now.instant,
        unchanged: true,
        items: last.items.clone(),
        note: String::new(),
    };
    let write = Write::SetPlan {
        plan,
        goals: model.file.facts.goals.clone(),
        answers: model.unanswered.clone(),
        booked: Vec::new(),
    };
    Some(vec![Effect::write(write)])
}

/// The question before a plan is kept, with what it keeps.
pub fn keep_choice(model: &PlanModel, effects: Vec<Effect>) -> Modal {
    let lines = model.last.iter().flat_map(|plan| &plan.items).map(|item| {
        let due = item.due.map(|due| format!("  {}", show_date(due))).unwrap_or_default();
        format!("{}{due}", item.what)
    });
    Modal::Choice(Choice {
        title: "Keep the plan unchanged".to_owned(),
        about: model.file.patient.list_name(),
        lines: lines.collect(),
        options: vec![Choose::new('=', "keep it, as a version of its own", effects)],
        enter: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }
}
