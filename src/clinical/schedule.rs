//! A schedule as some other program wrote it: neutral between calendars and tables, before it meets the record.
//!
//! The readers in `format` make these values, [`super::import`] compares them with the record. Times are on the
//! practice's wall; what the source wrote is kept beside them. Nothing here is guessed: what a source does not say is
//! `None`.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::patient::Sex;

/// The days an import looks at: from the first, up to but not with the last. An event belongs to it by its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: NaiveDate,
    /// First day after.
    pub to: NaiveDate,
}

impl Window {
    /// Whether a day lies in the window.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }
}

/// The days for which a file speaks: an event of another day may not be gone, though it does not stand in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// All days: a calendar is whole, whatever part of it is looked at.
    #[default]
    All,
    /// From the first to the last of its days, both with it: a list of some days.
    Days(NaiveDate, NaiveDate),
    /// No day.
    None,
}

impl Reach {
    /// From the first to the last of these days.
    pub fn of(days: impl IntoIterator<Item = NaiveDate>) -> Self {
        days.into_iter().fold(Self::None, |reach, day| match reach {
            Self::Days(first, last) => Self::Days(first.min(day), last.max(day)),
            Self::All | Self::None => Self::Days(day, day),
        })
    }

    /// Whether it speaks for a day, where somebody said from which or up to which day it does.
    pub fn holds(self, day: NaiveDate, said: Said) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Days(first, last) => (said.from || first <= day) && (said.to || day <= last),
        }
    }
}

/// Which ends of the window somebody named, rather than leaving them as they usually are. A list then speaks for all days
/// up to that end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// The first day.
    pub from: bool,
    /// The first day after.
    pub to: bool,
}

/// What names an event for good: the same key in a later file is the same visit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceKey {
    /// The calendar's own name; of a table the name of its mapping, else what its columns make it.
    pub calendar: String,
    /// UID of the event, id cell of the row, or what stands for it where there is none.
    pub uid: String,
    /// The start as first planned of one instance of a series; empty for a single event.
    pub recurrence: String,
}

/// The patient as a source names them, in its own spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourcePatient {
    /// Family name, where the source keeps it apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Given names, where the source keeps them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// The whole name in one text, where the source does not keep its parts apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// Record number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Sex: what a new patient begins with; it finds nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
}

impl SourcePatient {
    /// Whether it names nobody.
    pub fn is_empty(&self) -> bool {
        self.family.is_none() && self.given.is_none() && self.name.is_none() && self.number.is_none()
    }
}

/// One event of a schedule: a single one, or one instance of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEvent {
    /// What names it for good.
    pub key: SourceKey,
    /// Line of the file on which it begins; the first is 1.
    pub line: u32,
    /// The start as the source wrote it: with offset if zoned, without if floating or of an unknown zone, a bare date
    /// if all-day.
    pub as_written: String,
    /// The start on the practice's wall; midnight if all-day.
    pub start: NaiveDateTime,
    /// The end on the practice's wall, where the source says one.
    pub end: Option<NaiveDateTime>,
    /// Whether it is about days, not times.
    pub all_day: bool,
    /// Title, as the source has it.
    pub title: Option<String>,
    /// Further words that tell what kind of visit it is (type of appointment, categories).
    pub kind_words: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Whether the source says that it does not take place.
    pub cancelled: bool,
    /// The patient, where the source has columns for one. A title is read later, against the known patients.
    pub patient: Option<SourcePatient>,
    /// What had to be decided in reading it, in words.
    pub note: Option<String>,
}

/// A line that could not go in, or was left out on purpose, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Line of the file; the first is 1.
    pub line: u32,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// What names it for good, where that can be read: it is not gone because it could not be taken.
    pub uid: Option<String>,
}

/// What a file of a schedule holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// Name of the file, for the lines that speak of it.
    pub file: String,
    /// The calendars it speaks for: of these, an event that is not in it any more is gone.
    pub calendars: Vec<String>,
    /// Those of them that nobody named. Several sources may look alike: such a file speaks only for what came with it
    /// before, or with a file that it continues.
    pub nameless: Vec<String>,
    /// The nameless calendar that its rows belonged to before they were given a name.
    pub formerly: Option<String>,
    /// The days it speaks for.
    pub reach: Reach,
    /// The events inside the window, in the order of the file.
    pub events: Vec<SourceEvent>,
    /// Single events and changed instances outside the window. They are known to exist: one that was moved out of the
    /// window is not gone.
    pub outside: Vec<SourceEvent>,
    /// What could not be read.
    pub refused: Vec<LeftOut>,
    /// What was left out on purpose: exact repetitions, and events that a later version replaces.
    pub passed_over: Vec<LeftOut>,
    /// What was decided for the file as a whole, in words.
    pub notes: Vec<String>,
}

/// A file that is no schedule at all, and why, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotASchedule(pub String);
