//! What comes out of the board: one line of a pane, with everything its row shows.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::follow::FollowKey;
use crate::clinical::id::{
    AssessmentId, CheckInId, DiagnosticId, InstrumentResultId, PatientId, PlanItemId, TaskId, VisitId,
};
use crate::clinical::patient::Patient;
use crate::clinical::task::Owner;
use crate::clinical::visit::VisitState;

/// Which item of the day this is: what it asks for, and the record it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ItemKey {
    /// The assessment of a visit.
    Assessment(VisitId),
    /// The plan for an assessment.
    Plan(AssessmentId),
    /// A step of a plan that is awake: its date has come, or what it waited for is so.
    Step(PlanItemId),
    /// The procedure record of a visit.
    Procedure(VisitId),
    /// A check-in.
    CheckIn(CheckInId),
    /// A task or call.
    Task(TaskId),
    /// A visit's summary, to be copied out.
    Copy(VisitId),
    /// What follows a no-show or cancellation.
    Aftermath(VisitId),
    /// A red flag on which nothing was written.
    RedFlag(AssessmentId),
    /// Red flags of a visit that were due and not asked. It is told, not owed: it is never open at the close.
    NotAsked(VisitId),
    /// An answer to an instrument that must not wait, on which nothing was written.
    Screen(InstrumentResultId),
    /// A result not acted on, or a test whose result is overdue.
    Diagnostic(DiagnosticId),
    /// Something of the long follow-up: a clock, a urine test.
    Follow(FollowKey),
    /// What a case of the next clinic day misses.
    Tomorrow(VisitId),
}

/// What an item is, as the printed sheet and `sheet --json` name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An assessment to complete.
    Assessment,
    /// A plan to set.
    Plan,
    /// A step of a plan to decide.
    Step,
    /// A procedure record to complete.
    Procedure,
    /// A check-in to make.
    CheckIn,
    /// A task or call to do.
    Task,
    /// A summary to carry to the clinic system.
    Copy,
    /// A no-show or cancellation to follow.
    Aftermath,
    /// A red flag to act on.
    RedFlag,
    /// Red flags that were due and not asked.
    NotAsked,
    /// An answer to an instrument to act on.
    Screen,
    /// A result to read and act on, or to ask after.
    Diagnostic,
    /// A check that is due.
    Clock,
    /// A supply that ends before the next visit.
    Supply,
    /// A urine test to read and act on, or to ask after.
    Urine,
    /// A referral to send, to ask after, to read or to act on.
    Referral,
    /// A call that belongs to a step of a taper.
    Taper,
    /// Something a case of tomorrow misses.
    Tomorrow,
}

impl What {
    /// The name in `sheet --json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Plan => "plan",
            Self::Step => "step",
            Self::Procedure => "procedure",
            Self::CheckIn => "check_in",
            Self::Task => "task",
            Self::Copy => "copy",
            Self::Aftermath => "aftermath",
            Self::RedFlag => "red_flag",
            Self::NotAsked => "red_flags_not_asked",
            Self::Screen => "screen",
            Self::Diagnostic => "diagnostic",
            Self::Clock => "monitoring",
            Self::Supply => "supply",
            Self::Urine => "urine_test",
            Self::Referral => "referral",
            Self::Taper => "taper",
            Self::Tomorrow => "tomorrow",
        }
    }
    /// The short word at the start of a row.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assessment => "assess",
            Self::Plan => "plan",
            Self::Step => "step",
            Self::Procedure => "procedure",
            Self::CheckIn => "check-in",
            Self::Task => "task",
            Self::Copy => "copy out",
            Self::Aftermath => "follow",
            Self::RedFlag => "red flag",
            Self::NotAsked => "flags",
            Self::Screen => "screen",
            Self::Diagnostic => "result",
            Self::Clock => "monitor",
            Self::Supply => "supply",
            Self::Urine => "urine",
            Self::Referral => "referral",
            Self::Taper => "taper",
            Self::Tomorrow => "tomorrow",
        }
    }
}

impl ItemKey {
    /// What it asks for.
    pub const fn what(self) -> What {
        match self {
            Self::Assessment(_) => What::Assessment,
            Self::Plan(_) => What::Plan,
            Self::Step(_) => What::Step,
            Self::Procedure(_) => What::Procedure,
            Self::CheckIn(_) => What::CheckIn,
            Self::Task(_) => What::Task,
            Self::Copy(_) => What::Copy,
            Self::Aftermath(_) => What::Aftermath,
            Self::RedFlag(_) => What::RedFlag,
            Self::NotAsked(_) => What::NotAsked,
            Self::Screen(_) => What::Screen,
            Self::Diagnostic(_) => What::Diagnostic,
            Self::Follow(key) => key.what(),
            Self::Tomorrow(_) => What::Tomorrow,
        }
    }
    /// The identity of the record it comes from.
    pub fn record_id(self) -> String {
        match self {
            Self::Assessment(id)
            | Self::Procedure(id)
            | Self::Copy(id)
            | Self::Aftermath(id)
            | Self::NotAsked(id)
            | Self::Tomorrow(id) => id.to_string(),
            Self::Plan(id) | Self::RedFlag(id) => id.to_string(),
            Self::Step(id) => id.to_string(),
            Self::CheckIn(id) => id.to_string(),
            Self::Task(id) => id.to_string(),
            Self::Screen(id) => id.to_string(),
            Self::Diagnostic(id) => id.to_string(),
            Self::Follow(key) => key.record_id(),
        }
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.what().name(), self.record_id())
    }
}

impl From<ItemKey> for String {
    fn from(key: ItemKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for ItemKey {
    type Error = NotAnItem;
    fn try_from(text: String) -> Result<Self, NotAnItem> {
        text.parse()
    }
}

/// A text that names no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no item of a day")]
pub struct NotAnItem;

impl FromStr for ItemKey {
    type Err = NotAnItem;
    fn from_str(text: &str) -> Result<Self, NotAnItem> {
        fn id<T: FromStr>(text: &str) -> Result<T, NotAnItem> {
            text.parse().map_err(|_| NotAnItem)
        }
        let (what, record) = text.split_once(':').ok_or(NotAnItem)?;
        Ok(match what {
            "assessment" => Self::Assessment(id(record)?),
            "plan" => Self::Plan(id(record)?),
            "step" => Self::Step(id(record)?),
            "procedure" => Self::Procedure(id(record)?),
            "check_in" => Self::CheckIn(id(record)?),
            "task" => Self::Task(id(record)?),
            "copy" => Self::Copy(id(record)?),
            "aftermath" => Self::Aftermath(id(record)?),
            "red_flag" => Self::RedFlag(id(record)?),
            "red_flags_not_asked" => Self::NotAsked(id(record)?),
            "screen" => Self::Screen(id(record)?),
            "diagnostic" => Self::Diagnostic(id(record)?),
            "tomorrow" => Self::Tomorrow(id(record)?),
            _ => Self::Follow(FollowKey::read(what, record).ok_or(NotAnItem)?),
        })
    }
}

/// The mark in front of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// `✓` The records say it is done.
    Done,
    /// `▶` In room.
    InRoom,
    /// `◐` Here.
    Here,
    /// `○` To come, or to do.
    ToCome,
    /// `✗` Not coming.
    NotComing,
    /// `●` Wants you: the patient left with something open, or it cannot wait.
    WantsYou,
}

/// The order among the paperwork: what stands first cannot wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// An answer that must not wait.
    Alarm,
    /// A red flag.
    RedFlag,
    /// Results and answers to act on, check-ins.
    Result,
    /// What follows a visit to which nobody came.
    Aftermath,
    /// What somebody must do: tasks, letters, calls, what is overdue.
    Task,
    /// A summary to copy out.
    Copy,
    /// What only comes due: a clock of monitoring, a call of a taper that was made.
    Rest,
    /// A case of tomorrow that misses something.
    Tomorrow,
}

/// What decides the next move, in words. The order is that of urgency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// An answer that must not wait: what it is about, in a word.
    Alarm(String),
    /// A red flag was found.
    RedFlag,
    /// Takes an antithrombotic: the first one's name.
    Anticoagulant(String),
    /// Nobody has asked about antithrombotics.
    AnticoagulantUnknown,
    /// Pregnant, or possibly.
    Pregnant,
    /// Takes an opioid: what it comes to in a day.
    Opioid(String),
    /// Has an allergy.
    Allergy,
    /// Kidney function is impaired.
    Kidney,
    /// A positive screen on which nothing was written: its result in short.
    Screen(String),
    /// Values were typed in ahead and wait to be confirmed: how many.
    ToConfirm(usize),
    /// Matched by the bare name only: confirm who it is.
    PatientUnconfirmed,
    /// Two on the day share the family name.
    NameAlert,
    /// An interpreter is needed.
    Interpreter,
    /// Somebody else decides.
    Decides,
    /// Another visit wants the same time.
    Overlap,
    /// Pain as it was seen, where the patient cannot report: the scale and its result.
    Observed(String),
    /// What the item still misses, in a few words.
    Missing(String),
    /// What was decided about it at the close: carried to this day, or closed.
    Decided(Option<NaiveDate>),
}

/// One row of a pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which item.
    pub key: ItemKey,
    /// The mark.
    pub mark: Mark,
    /// Whether the records say it is done.
    pub done: bool,
    /// Whether it was carried or closed already, and stands here only because its patient is still to be met.
    pub decided: bool,
    /// Where it stands among the paperwork.
    pub rank: Rank,
    /// Whose it is.
    pub owner: Owner,
    /// When it is due; none where the day itself is the date.
    pub due: Option<NaiveDate>,
    /// The visit.
    pub visit: Option<VisitId>,
    /// The patient.
    pub patient: Option<Patient>,
    /// The day of the visit.
    pub date: NaiveDate,
    /// When the visit starts.
    pub start: Option<NaiveTime>,
    /// When it will start at this pace, where that is at least five minutes later.
    pub expected: Option<NaiveTime>,
    /// Minutes since the patient was called in.
    pub in_room_min: Option<u32>,
    /// Where the patient is.
    pub state: Option<VisitState>,
    /// What it is about, in a few words.
    pub text: String,
    /// Headline scores, oldest first, today's last.
    pub scores: Vec<u8>,
    /// Today's headline score, where it was taken.
    pub score: Option<u8>,
    /// What decides the next move, most urgent first.
    pub flags: Vec<Flag>,
    /// Whether a draft of its form is kept.
    pub draft: bool,
}

impl Item {
    /// An item of a day that is still to come: mine, about nobody and no visit.
    pub(super) fn of_day(key: ItemKey, date: NaiveDate, text: String) -> Self {
        Self {
            key,
            mark: Mark::ToCome,
            done: false,
            decided: false,
            rank: Rank::Rest,
            owner: Owner::Me,
            due: None,
            visit: None,
            patient: None,
            date,
            start: None,
            expected: None,
            in_room_min: None,
            state: None,
            text,
            scores: Vec::new(),
            score: None,
            flags: Vec::new(),
            draft: false,
        }
    }

    /// The patient's name as lists show it, or the text of an item without one.
    pub fn name(&self) -> String {
        self.patient.as_ref().map_or_else(String::new, Patient::list_name)
    }

    /// The patient, where there is one.
    pub fn patient_id(&self) -> Option<PatientId> {
        self.patient.as_ref().map(|patient| patient.id)
    }

    /// The change of today's headline score against the last one, in points; positive is worse.
    pub fn change(&self) -> Option<i16> {
        let last = self.scores.iter().rev().nth(1)?;
        Some(i16::from(self.score?) - i16::from(*last))
    }

    /// Whether it is open at the close of this day: not done, not decided, coming, and not due later. What is only told is
    /// not open.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        !matches!(self.key, ItemKey::NotAsked(_))
            && !self.done
            && !self.decided
            && self.mark != Mark::NotComing
            && self.due.is_none_or(|due| due <= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    #[test]
    fn an_item_is_named_by_what_it_asks_and_its_record() {
        let mut ids = Ids::seeded(4);
        let at = Instant::from_millis(1_795_000_000_000);
        let keys = [
            ItemKey::Assessment(ids.next(at)),
            ItemKey::Plan(ids.next(at)),
            ItemKey::Step(ids.next(at)),
            ItemKey::Procedure(ids.next(at)),
            ItemKey::CheckIn(ids.next(at)),
            ItemKey::Task(ids.next(at)),
            ItemKey::Copy(ids.next(at)),
            ItemKey::Aftermath(ids.next(at)),
            ItemKey::RedFlag(ids.next(at)),
            ItemKey::NotAsked(ids.next(at)),
            ItemKey::Screen(ids.next(at)),
            ItemKey::Diagnostic(ids.next(at)),
            ItemKey::Tomorrow(ids.next(at)),
            ItemKey::Follow(FollowKey::Clock(ids.next(at), crate::clinical::monitoring::CheckKind::Pdmp)),
            ItemKey::Follow(FollowKey::Supply(ids.next(at), ids.next(at))),
            ItemKey::Follow(FollowKey::Urine(ids.next(at))),
            ItemKey::Follow(FollowKey::Referral(ids.next(at))),
            ItemKey::Follow(FollowKey::ToRefer(ids.next(at), ids.next(at))),
            ItemKey::Follow(FollowKey::Taper(ids.next(at))),
        ];
        for key in keys {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        assert_eq!("plan".parse::<ItemKey>(), Err(NotAnItem));
        assert_eq!("monitoring:x/pdmp".parse::<ItemKey>(), Err(NotAnItem));
    }
}
