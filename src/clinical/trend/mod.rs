//! The course of a patient's values over years: series of samples, what was done and changed beside them, the stretch of
//! time that is looked at, and where lines, ticks and levels stand on it. The store fills it, a screen draws it.
//!
//! A value that was not given is a sample without a figure: no line is drawn across it. What waits to be confirmed is shown
//! and never joined.

pub mod axis;
pub mod course;
pub mod level;
pub mod line;
pub mod mark;
#[cfg(test)]
mod tests;
pub mod window;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::facts::instruments::Direction;
use super::id::{InstrumentResultId, ProblemId, VisitId};
use super::instrument::{Entry, OwnedEntry};
use super::patient::PatientFile;
use super::provenance::{Provenance, ReportedBy};
pub use axis::{DayTick, ValueAxis};
pub use level::{Level, LevelKind, levels};
pub use line::{Run, runs};
pub use mark::{Mark, MarkKind};
pub use window::{Window, Zoom};

/// Which values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKey {
    /// Average pain of the past week.
    Average,
    /// Pain now.
    Now,
    /// Worst pain.
    Worst,
    /// Least pain.
    Least,
    /// PEG.
    Peg,
    /// The pain of one problem.
    Problem(ProblemId),
    /// An instrument, by its id.
    Instrument(String),
    /// Weight.
    Weight,
    /// Height.
    Height,
}

/// What a sample says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A figure.
    Given(Given),
    /// None, and why: `declined`, `2 of 9 missing`.
    Missing(String),
}

/// A figure as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// How much.
    pub value: Exact,
    /// As it is shown: `6.3`, `71.5 kg`.
    pub shown: String,
    /// What it is called: `moderate`; empty where it has no name.
    pub band: String,
    /// When, how, by whom, whose initials.
    pub how: Provenance,
    /// Whether it was typed in ahead and waits to be confirmed.
    pub waiting: bool,
}

impl Given {
    /// Whether somebody else than the patient reported it.
    pub fn by_proxy(&self) -> bool {
        self.how.by == ReportedBy::Proxy
    }
}

/// One sample of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The day.
    pub date: NaiveDate,
    /// The visit, where it was given in one.
    pub visit: Option<VisitId>,
    /// The result it comes from, where it is an instrument's.
    pub result: Option<InstrumentResultId>,
    /// What it says.
    pub reading: Reading,
}

impl Sample {
    /// The figure, where there is one.
    pub const fn given(&self) -> Option<&Given> {
        match &self.reading {
            Reading::Given(given) => Some(given),
            Reading::Missing(_) => None,
        }
    }

    /// The figure, where there is one that is confirmed.
    pub fn confirmed(&self) -> Option<&Given> {
        self.given().filter(|given| !given.waiting)
    }
}

/// What a series is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// When.
    pub date: NaiveDate,
    /// How much.
    pub value: Exact,
    /// As it is shown.
    pub shown: String,
}

impl Baseline {
    /// The baseline that a sample would be; none of one without a confirmed figure.
    pub fn of(sample: &Sample) -> Option<Self> {
        let given = sample.confirmed()?;
        Some(Self { date: sample.date, value: given.value, shown: given.shown.clone() })
    }
}

/// One value over time.
#[derive(Debug, Clone)]
pub struct Series {
    /// Which.
    pub key: SeriesKey,
    /// Its name in a row: `average pain`, `PEG`, `PHQ-9`.
    pub name: String,
    /// The instrument whose direction, bands and thresholds hold; none of a weight.
    pub entry: Option<OwnedEntry>,
    /// Lowest and highest value; none where there is no end.
    pub range: Option<[i32; 2]>,
    /// The samples that were read, oldest first.
    pub samples: Vec<Sample>,
    /// The first confirmed figure of all in the record.
    pub first: Option<Baseline>,
}

impl Series {
    /// The instrument.
    pub fn entry(&self) -> Option<Entry<'_>> {
        self.entry.as_ref().map(OwnedEntry::entry)
    }

    /// Which way is better, in words; none where neither is by itself.
    pub fn direction_in_words(&self) -> Option<&'static str> {
        match self.entry()?.direction() {
            Direction::HigherIsWorse => Some("lower is better"),
            Direction::HigherIsBetter => Some("higher is better"),
            Direction::ZeroIsTarget => Some("0 is the aim"),
        }
    }

    /// Whether it is pain from 0 to 10: its figures stand in the colours of the ramp.
    pub const fn is_pain(&self) -> bool {
        matches!(
            self.key,
            SeriesKey::Average
                | SeriesKey::Now
                | SeriesKey::Worst
                | SeriesKey::Least
                | SeriesKey::Peg
                | SeriesKey::Problem(_)
        )
    }

    /// The newest confirmed figure.
    pub fn newest(&self) -> Option<&Given> {
        self.samples.iter().rev().find_map(Sample::confirmed)
    }

    /// The sample of a day, the last of it where there are several.
    pub fn on(&self, day: NaiveDate) -> Option<&Sample> {
        self.samples.iter().rev().find(|sample| sample.date == day)
    }

    /// The confirmed figure before a sample of this day.
    pub fn before(&self, day: NaiveDate) -> Option<(NaiveDate, &Given)> {
        self.samples
            .iter()
            .rev()
            .filter(|sample| sample.date < day)
            .find_map(|sample| Some((sample.date, sample.confirmed()?)))
    }
}

/// A patient's series and what happened beside them.
#[derive(Debug, Clone)]
pub struct Trends {
    /// The patient.
    pub file: PatientFile,
    /// The series that hold anything in the record, in the order in which they are looked through.
    pub series: Vec<Series>,
    /// What was done and changed, oldest first.
    pub marks: Vec<Mark>,
    /// From which day on everything was read; none: from the beginning.
    pub from: Option<NaiveDate>,
    /// The first day of which the record knows a value.
    pub first: Option<NaiveDate>,
    /// Whether more was read than is held: the oldest is left out.
    pub cut: bool,
}

impl Trends {
    /// The days between which something stands: from the first value of the record to today, or later.
    pub fn extent(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let days = || self.series.iter().flat_map(|series| &series.samples).map(|sample| sample.date);
        let first = self.first.into_iter().chain(days()).min().unwrap_or(today).min(today);
        let last = days().max().unwrap_or(today).max(today);
        (first, last)
    }

    /// Whether a stretch of time begins before what was read.
    pub fn lacks(&self, window: Window) -> bool {
        self.from.is_some_and(|from| window.from < from && self.first.is_some_and(|first| first < from))
    }
}
