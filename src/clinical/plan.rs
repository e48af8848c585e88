//! A plan in its plain form: items by modality with state, next step and date. Plans are versions; a patient's current
//! plan is the highest version, and "unchanged" is a version of its own that keeps the items of the one before.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::Coded;
use super::id::{PatientId, PlanId, PlanItemId, ProblemId, VisitId};
use super::problem::{self, Problem};
use super::time::Instant;
use super::vocab::Vocab;

crate::vocab! {
    /// The pieces of the jigsaw.
    pub enum Modality {
        /// Medicines.
        Medication "medication" "medication",
        /// Physical therapy.
        Physical "physical" "physical therapy",
        /// Procedures.
        Interventional "interventional" "interventional",
        /// Behavioural treatment.
        Behavioural "behavioural" "behavioural",
        /// Complementary treatment.
        Complementary "complementary" "complementary",
        /// Surgery and specialist referral.
        Referral "referral" "surgery or referral",
        /// What the patient does alone.
        SelfCare "self_care" "self-care",
        /// Education.
        Education "education" "education",
        /// Follow-up.
        FollowUp "follow_up" "follow-up",
    }

    /// Where a piece stands.
    pub enum ItemState {
        /// Offered, not begun.
        Proposed "proposed" "proposed",
        /// Running.
        Active "active" "active",
        /// Changed in this version.
        Changed "changed" "changed",
        /// Stopped.
        Stopped "stopped" "stopped",
        /// Done.
        Completed "completed" "completed",
        /// The patient does not want it.
        Declined "declined" "declined",
    }

    /// What an item books when the plan is set.
    pub enum Books {
        /// A procedure visit on the item's date.
        Procedure "procedure" "procedure visit",
        /// A follow-up visit on the item's date.
        FollowUp "follow_up" "follow-up visit",
    }
}

/// One piece of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanItem {
    /// Identity within its version.
    pub id: PlanItemId,
    /// Which piece of the jigsaw.
    pub modality: Modality,
    /// What, and how much.
    pub what: String,
    /// Where it stands.
    pub state: ItemState,
    /// The next step, in words.
    pub next_step: String,
    /// When the next step is due.
    pub due: Option<NaiveDate>,
    /// What it books.
    pub books: Option<Books>,
    /// The visit it booked.
    pub booked: Option<VisitId>,
    /// The problem it is for.
    pub problem: Option<ProblemId>,
}

/// One version of a patient's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Identity.
    pub id: PlanId,
    /// Of whom.
    pub patient: PatientId,
    /// The visit for which it was made.
    pub visit: Option<VisitId>,
    /// 1 for the first.
    pub version: u32,
    /// When it was set.
    pub set_at: Instant,
    /// Whether it keeps the version before unchanged, on purpose.
    pub unchanged: bool,
    /// The items; of an unchanged version those it keeps.
    pub items: Vec<PlanItem>,
    /// Anything else, in words.
    pub note: String,
}

/// One row of a plan as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanItemDraft {
    /// Which piece.
    pub modality: Option<Modality>,
    /// What, and how much.
    pub what: String,
    /// Where it stands; blank is proposed.
    pub state: Option<ItemState>,
    /// The next step.
    pub next_step: String,
    /// When.
    pub due: Option<NaiveDate>,
    /// What it books.
    pub books: Option<Books>,
    /// The visit that was already booked for it.
    pub booked: Option<VisitId>,
    /// The problem it is for: its name, and which of the record.
    pub problem: Coded,
}

/// A plan as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanDraft {
    /// The items.
    pub items: Vec<PlanItemDraft>,
    /// The goals, in the patient's words, one a row.
    pub goals: Vec<GoalDraft>,
    /// Anything else.
    pub note: String,
}

/// One goal as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GoalDraft {
    /// What the patient wants to do again.
    pub text: String,
}

impl PlanDraft {
    /// The draft that begins the next version: the running items of the last one.
    pub fn from_last(last: Option<&Plan>, goals: &[super::patient::Goal], problems: &[Problem]) -> Self {
        let items = last
            .map(|plan| plan.items.as_slice())
            .unwrap_or_default()
            .iter()
            .filter(|item| !matches!(item.state, ItemState::Stopped | ItemState::Completed | ItemState::Declined))
            .map(|item| PlanItemDraft {
                modality: Some(item.modality),
                what: item.what.clone(),
                state: Some(item.state),
                next_step: item.next_step.clone(),
                due: item.due,
                books: item.books,
                booked: item.booked,
                problem: problem::reference(problems, item.problem),
            })
            .collect();
        let goals = goals.iter().map(|goal| GoalDraft { text: goal.text.clone() }).collect();
        Self { items, goals, note: String::new() }
    }
}

/// How a plan differs from the one before, one sentence a difference; empty where nothing does.
pub fn differences(before: &[PlanItem], after: &[PlanItem]) -> Vec<String> {
    let same = |a: &PlanItem, b: &PlanItem| a.modality == b.modality && fold(&a.what) == fold(&b.what);
    let mut out = Vec::new();
    for item in after {
        match before.iter().find(|old| same(old, item)) {
            None => out.push(format!("new: {} ({}, {})", item.what, item.modality.label(), item.state.label())),
            Some(old) => {
                if old.state != item.state {
                    out.push(format!("{}: {} → {}", item.what, old.state.label(), item.state.label()));
                }
                if fold(&old.next_step) != fold(&item.next_step) {
                    let next = if item.next_step.is_empty() { "no next step" } else { &item.next_step };
                    out.push(format!("{}: next, {next}", item.what));
                }
                if old.due != item.due {
                    let when =
                        |due: Option<NaiveDate>| due.map_or_else(|| "no date".to_owned(), super::time::show_date);
                    out.push(format!("{}: {} → {}", item.what, when(old.due), when(item.due)));
                }
            }
        }
    }
    for old in before {
        let ended = matches!(old.state, ItemState::Stopped | ItemState::Completed | ItemState::Declined);
        if !ended && !after.iter().any(|item| same(old, item)) {
            out.push(format!("no longer in the plan: {}", old.what));
        }
    }
    out
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;

    fn item(ids: &mut Ids, what: &str, state: ItemState, next_step: &str) -> PlanItem {
        PlanItem {
            id: ids.next(Instant::from_millis(0)),
            modality: Modality::Medication,
            what: what.to_owned(),
            state,
            next_step: next_step.to_owned(),
            due: None,
            books: None,
            booked: None,
            problem: None,
        }
    }

    #[test]
    fn the_difference_of_two_versions_reads_as_sentences() {
        let mut ids = Ids::seeded(3);
        let before = [
            item(&mut ids, "Gabapentin 300 mg", ItemState::Active, "raise"),
            item(&mut ids, "Naproxen", ItemState::Active, ""),
        ];
        let after = [
            item(&mut ids, "gabapentin 300 mg", ItemState::Changed, "600 mg in a week"),
            item(&mut ids, "Amitriptyline 10 mg", ItemState::Proposed, ""),
        ];
        assert_eq!(
            differences(&before, &after),
            [
                "gabapentin 300 mg: active → changed",
                "gabapentin 300 mg: next, 600 mg in a week",
                "new: Amitriptyline 10 mg (medication, proposed)",
                "no longer in the plan: Naproxen",
            ]
        );
        assert!(differences(&before, &before).is_empty());
    }
}
