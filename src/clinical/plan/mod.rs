//! A plan: pieces of the jigsaw with state, next step and date; what it aims at; what was offered and chosen.
//!
//! Plans are versions; a patient's current plan is the highest version, and "unchanged" is a version of its own that keeps
//! the items of the one before. A piece is the same piece in every version that holds it.
//!
//! Beside: [`difference`] (two versions as sentences), [`wake`] (steps that sleep until something is so), [`shorthand`]
//! (the typed line), [`follow`] (how a draft follows the record), [`target`] (what is aimed at, and how far off), [`goal`] (the patient's own goals, scored),
//! [`ledger`] (every treatment tried) and [`jigsaw`] (the whole at a glance).

pub mod difference;
pub mod follow;
pub mod goal;
pub mod jigsaw;
pub mod ledger;
pub mod shorthand;
pub mod target;
pub mod wake;
pub mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::target::{Aim, PlanTarget};
use self::wake::Wakes;
use super::answer::Answer;
use super::booking::{Booking, Bookings, Hours, NoClinic};
use super::coded::Coded;
use super::id::{GoalId, PatientId, PieceId, PlanId, PlanItemId, PlanOptionId, ProblemId, VisitId};
use super::not_typed::NotTyped;
use super::patient::{Goal, YesNo};
use super::problem::{self, Problem};
use super::time::Instant;
use super::visit::VisitKind;

pub use difference::differences;

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
        /// What nobody has sorted yet: typed in words the program does not know.
        Other "other" "not sorted",
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

    /// What came of a treatment, said outright; else its relief in percent says it.
    pub enum Outcome {
        /// It helped.
        Helped "helped" "helped",
        /// It did not help.
        NotHelped "not_helped" "did not help",
        /// It harmed: a side effect or worse.
        Harmed "harmed" "harmed",
    }
}

impl Modality {
    /// The eight cells of the jigsaw; follow-up and what is not sorted are none.
    pub const CELLS: [Self; 8] = [
        Self::Medication,
        Self::Physical,
        Self::Interventional,
        Self::Behavioural,
        Self::Complementary,
        Self::Referral,
        Self::SelfCare,
        Self::Education,
    ];
}

impl Books {
    /// The kind of visit.
    pub const fn kind(self) -> VisitKind {
        match self {
            Self::Procedure => VisitKind::Procedure,
            Self::FollowUp => VisitKind::FollowUp,
        }
    }
}

impl ItemState {
    /// Whether nothing of it is ahead any more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Stopped | Self::Completed | Self::Declined)
    }
}

/// One piece of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanItem {
    /// Identity within its version.
    pub id: PlanItemId,
    /// The piece: the same in every version that holds it.
    pub piece: PieceId,
    /// Which piece of the jigsaw.
    pub modality: Modality,
    /// What, and how much.
    pub what: String,
    /// Where it stands.
    pub state: ItemState,
    /// The next step, in words.
    pub next_step: String,
    /// When the next step is due; of a step that sleeps, when it wakes at the latest.
    pub due: Option<NaiveDate>,
    /// It sleeps until this is so.
    pub wakes: Option<Wakes>,
    /// What it books.
    pub books: Option<Books>,
    /// The visit it booked.
    pub booked: Option<VisitId>,
    /// The relief that is hoped for, in percent: asked when a procedure is planned.
    pub expected_relief: Option<u8>,
    /// The problem it is for.
    pub problem: Option<ProblemId>,
    /// Relief in percent, as the patient says, where the piece was tried.
    pub effect_percent: Option<u8>,
    /// What came of it, where it was said outright.
    pub outcome: Option<Outcome>,
    /// Why it was stopped or declined.
    pub why: String,
}

impl PlanItem {
    /// A piece that is proposed, with nothing more said of it.
    pub fn new(id: PlanItemId, modality: Modality, what: &str) -> Self {
        Self {
            id,
            piece: PieceId::from(Uuid::from(id)),
            modality,
            what: what.to_owned(),
            state: ItemState::Proposed,
            next_step: String::new(),
            due: None,
            wakes: None,
            books: None,
            booked: None,
            expected_relief: None,
            problem: None,
            effect_percent: None,
            outcome: None,
            why: String::new(),
        }
    }
}

/// One way that was offered, and whether it was chosen together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOption {
    /// Identity.
    pub id: PlanOptionId,
    /// What was offered.
    pub what: String,
    /// Whether it was chosen.
    pub chosen: YesNo,
    /// Why, or why not.
    pub why: String,
}

impl PlanOption {
    /// In a line: `nerve block, chosen: wants to drive`.
    pub fn line(&self) -> String {
        let chosen = if self.chosen == YesNo::Yes { "chosen" } else { "not chosen" };
        let why = if self.why.is_empty() { String::new() } else { format!(": {}", self.why) };
        format!("{}, {chosen}{why}", self.what)
    }
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
    /// What is aimed at, and by when.
    pub targets: Vec<PlanTarget>,
    /// What was offered, what was chosen, and why.
    pub options: Vec<PlanOption>,
    /// Anything else, in words.
    pub note: String,
}

impl Plan {
    /// A version with nothing in it yet.
    pub fn new(id: PlanId, patient: PatientId, version: u32, set_at: Instant) -> Self {
        Self {
            id,
            patient,
            visit: None,
            version,
            set_at,
            unchanged: false,
            items: Vec::new(),
            targets: Vec::new(),
            options: Vec::new(),
            note: String::new(),
        }
    }
}

/// One row of a plan as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanItemDraft {
    /// The piece it already is; none is a new one.
    pub piece: Option<PieceId>,
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
    /// What it waits for, as typed: `<50%`.
    pub wakes: String,
    /// What it books.
    pub books: Option<Books>,
    /// Where there is no clinic on its date; blank is the next day with clinic.
    pub no_clinic: Option<NoClinic>,
    /// The visit that was already booked for it.
    pub booked: Option<VisitId>,
    /// The relief that is hoped for.
    pub expected_relief: Option<u8>,
    /// The problem it is for: its name, and which of the record.
    pub problem: Coded,
    /// Relief in percent where it was tried.
    pub effect_percent: Option<u8>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Why it was stopped or declined.
    pub why: String,
}

impl PlanItemDraft {
    /// The draft of an item in the record.
    pub fn of(item: &PlanItem, problems: &[Problem]) -> Self {
        Self {
            piece: Some(item.piece),
            modality: Some(item.modality),
            what: item.what.clone(),
            state: Some(item.state),
            next_step: item.next_step.clone(),
            due: item.due,
            wakes: item.wakes.map(Wakes::typed).unwrap_or_default(),
            books: item.books,
            no_clinic: None,
            booked: item.booked,
            expected_relief: item.expected_relief,
            problem: problem::reference(problems, item.problem),
            effect_percent: item.effect_percent,
            outcome: item.outcome,
            why: item.why.clone(),
        }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.what.trim().is_empty()
            && self.modality.is_none()
            && self.next_step.trim().is_empty()
            && self.due.is_none()
            && self.wakes.trim().is_empty()
    }

    /// The item as it would be kept, with this identity; none where nobody said which piece it is. What it books and
    /// which problem it is for are found out by whoever keeps it.
    pub fn item(&self, id: PlanItemId) -> Option<PlanItem> {
        Some(PlanItem {
            piece: self.piece.unwrap_or_else(|| PieceId::from(Uuid::from(id))),
            state: self.state.unwrap_or(ItemState::Proposed),
            next_step: self.next_step.trim().to_owned(),
            due: self.due,
            wakes: Wakes::read(&self.wakes).ok(),
            books: self.books,
            booked: self.booked,
            expected_relief: self.expected_relief,
            effect_percent: self.effect_percent,
            outcome: self.outcome,
            why: self.why.trim().to_owned(),
            ..PlanItem::new(id, self.modality?, self.what.trim())
        })
    }
}

/// A plan as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanDraft {
    /// The shorthand line; what it says is added to the items when the plan is set.
    pub line: String,
    /// The items.
    pub items: Vec<PlanItemDraft>,
    /// The goals, in the patient's words, one a row.
    pub goals: Vec<GoalDraft>,
    /// What is aimed at.
    pub targets: Vec<TargetDraft>,
    /// What was offered.
    pub options: Vec<OptionDraft>,
    /// Anything else.
    pub note: String,
    /// What the record had when this draft began, or last followed it.
    pub began: follow::PlanBegan,
    /// What the record says beside it; no part of what is typed.
    #[serde(skip)]
    pub beside: NotTyped<Beside>,
}

/// What the record says beside a draft.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// How typed dates are read.
    pub reading: Option<super::typed::Reading>,
    /// The patient's problems, to which `#1` points.
    pub problems: Vec<Problem>,
    /// What the patient takes: a dose typed of one of them changes it.
    pub medicines: Vec<super::patient::Medication>,
    /// The pieces of the last version.
    pub last: Vec<PlanItem>,
    /// The schedule, and when visits are: for what the items book.
    pub schedule: Option<(Bookings, Hours)>,
}

/// One goal as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GoalDraft {
    /// What the patient wants to do again.
    pub text: String,
    /// How far it is reached: 0 not at all, 10 as wished.
    pub reached: Option<Answer>,
    /// The goal, where it ended while it stood scored here: the score is kept, the goal does not come back.
    pub ended: Option<Goal>,
}

impl GoalDraft {
    /// The draft of a goal in the record, not yet scored this time.
    pub fn of(goal: &Goal) -> Self {
        Self { text: goal.text.clone(), ..Self::default() }
    }

    /// Whether it is this goal, which ended while it stood here.
    pub fn is(&self, goal: GoalId) -> bool {
        self.ended.as_ref().is_some_and(|ended| ended.id == goal)
    }
}

/// What is aimed at, as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetDraft {
    /// Which measure.
    pub of: Option<target::Measured>,
    /// How far, as typed: `-30%` or `4`.
    pub aim: String,
    /// By when.
    pub by: Option<NaiveDate>,
    /// The value it began from, in tenths, and the day it was taken; none is the newest there is.
    pub from: Option<(u16, NaiveDate)>,
}

impl TargetDraft {
    /// The draft of a target in the record.
    pub fn of(target: &PlanTarget) -> Self {
        Self { of: Some(target.of), aim: target.aim.typed(), by: Some(target.by), from: target.from }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.of.is_none() && self.aim.trim().is_empty() && self.by.is_none()
    }

    /// The aim as read.
    ///
    /// # Errors
    /// A sentence where it is none.
    pub fn read_aim(&self) -> Result<Aim, String> {
        Aim::read(&self.aim)
    }
}

/// One way that was offered, as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OptionDraft {
    /// What was offered.
    pub what: String,
    /// Whether it was chosen; blank is not.
    pub chosen: Option<YesNo>,
    /// Why, or why not.
    pub why: String,
}

/// What items will book, each with the number of its item, in their order: each takes its time from the next.
pub fn bookings(items: &[PlanItemDraft], bookings: &mut Bookings, hours: &Hours) -> Vec<(usize, Booking)> {
    let mut out = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let is_over = item.state.is_some_and(ItemState::is_over);
        if let (None, Some(books), Some(due), false) = (item.booked, item.books, item.due, is_over) {
            out.push((at, bookings.book(books.kind(), due, item.no_clinic.unwrap_or(NoClinic::Next), hours)));
        }
    }
    out
}

impl PlanDraft {
    /// The draft that begins the next version on a day: the pieces of the last one of which something is ahead. A
    /// follow-up whose date has passed is none of them.
    pub fn from_last(last: Option<&Plan>, goals: &[Goal], problems: &[Problem], today: NaiveDate) -> Self {
        let is_past = |item: &PlanItem| {
            item.modality == Modality::FollowUp && item.books.is_some() && item.due.is_some_and(|due| due < today)
        };
        let items = last.map(|plan| plan.items.as_slice()).unwrap_or_default();
        let items = items.iter().filter(|item| !item.state.is_over() && !is_past(item));
        let targets = last.map(|plan| plan.targets.as_slice()).unwrap_or_default();
        Self {
            items: items.map(|item| PlanItemDraft::of(item, problems)).collect(),
            targets: targets.iter().map(TargetDraft::of).collect(),
            goals: goals.iter().map(GoalDraft::of).collect(),
            ..Self::default()
        }
    }
}
