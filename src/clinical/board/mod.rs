//! The board: what a day holds and still asks for, computed from the records and never kept.
//!
//! [`board`] is one pure function of the [`DayRecords`] and the clock. Its rules stand in the files beside it: `panes`
//! (assessments, plans, procedures: what is an item, and when it is done), `late` (follow-up and paperwork), `day` (the
//! ribbon, tomorrow, the evening), `clock` (running late, when home, what is free), `flags` (what decides the next move).
//! Read [`records`] for what goes in and [`item`] for what comes out.

pub mod clock;
mod day;
pub mod flags;
pub mod follow;
pub mod item;
mod late;
mod panes;
pub mod records;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

pub use follow::FollowKey;
pub use item::{Flag, Item, ItemKey, Mark, Rank, What};
pub use records::{DayRecords, NotAsked, VisitRecord};

use super::id::VisitId;
use super::time::{Now, show_time};
use super::visit::{VisitKind, VisitState};

/// A day's board: everything the screen, the printed sheet and the close of the day show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The day.
    pub date: NaiveDate,
    /// Whether that is today in the practice.
    pub is_today: bool,
    /// Whether the day is closed and nothing came after.
    pub closed: bool,
    /// Counts and times of the header.
    pub header: Header,
    /// The blocks of the ribbon, by start.
    pub ribbon: Vec<RibbonBlock>,
    /// Assessments.
    pub morning: Vec<Item>,
    /// Plans.
    pub midday: Vec<Item>,
    /// Procedures.
    pub afternoon: Vec<Item>,
    /// Follow-up and paperwork.
    pub late: Vec<Item>,
    /// Whether the evening's reflection is written; `None` before the last visit, when nothing is said of it.
    pub reflection: Option<bool>,
    /// Tomorrow in two numbers.
    pub tomorrow: Tomorrow,
    /// An earlier clinic day that was never closed.
    pub unclosed: Option<Unclosed>,
}

/// What the header answers: how far, how late, when home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Header {
    /// Patients who have left.
    pub seen: usize,
    /// Patients here.
    pub here: usize,
    /// Patients in room.
    pub in_room: usize,
    /// Patients still to come.
    pub to_go: usize,
    /// Minutes by which the next patient will start late; 0 on time.
    pub late_min: u32,
    /// When the last visit will end, at this pace; that may be after midnight.
    pub ends: Option<NaiveDateTime>,
}

impl Header {
    /// When the day ends, in words: `ends 17:40`, `ends 00:10 the next day`.
    pub fn ends_words(&self, day: NaiveDate) -> Option<String> {
        let ends = self.ends?;
        let next = if ends.date() > day { " the next day" } else { "" };
        Some(format!("ends {}{next}", show_time(ends.time())))
    }
}

/// One visit or block on the ribbon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RibbonBlock {
    /// Which visit.
    pub visit: VisitId,
    /// When it starts.
    pub start: NaiveTime,
    /// How long.
    pub minutes: u16,
    /// What for.
    pub kind: VisitKind,
    /// Where the patient is.
    pub state: VisitState,
}

/// Tomorrow in two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tomorrow {
    /// The next clinic day, where one is booked.
    pub date: Option<NaiveDate>,
    /// Visits booked.
    pub visits: usize,
    /// Cases that miss something.
    pub missing: usize,
}

/// A day that was never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclosed {
    /// The day.
    pub date: NaiveDate,
    /// What is still open of it.
    pub open: usize,
}

/// The board of a day.
///
/// The same records and the same moment give the same board. Every pane is sorted: visits by the clock, plans worst
/// first, paperwork by what cannot wait, then by its date.
pub fn board(records: &DayRecords, now: Now) -> Board {
    let is_today = records.date == now.today();
    let clock = clock::read(records, now);
    let mut late = late::late(records, now);
    late.sort_by_key(|item| (item.done, item.rank, item.date, item.name(), item.key));
    Board {
        date: records.date,
        is_today,
        closed: day::is_closed(records),
        header: clock.header,
        ribbon: day::ribbon(records),
        morning: panes::morning(records, now, &clock),
        midday: panes::midday(records, now),
        afternoon: panes::afternoon(records, now, &clock),
        late,
        reflection: day::reflection(records, now),
        tomorrow: day::tomorrow(records),
        unclosed: records.unclosed,
    }
}

impl Board {
    /// Every item of every pane, in the order of the panes.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.morning.iter().chain(&self.midday).chain(&self.afternoon).chain(&self.late)
    }

    /// The day in figures, for the evening: what it was in words, how many, and of how many where that says more.
    pub fn figures(&self) -> Vec<(&'static str, usize, Option<usize>)> {
        let coming = |pane: &[Item]| pane.iter().filter(|item| item.mark != Mark::NotComing).count();
        let done = |pane: &[Item]| pane.iter().filter(|item| item.done).count();
        let changed = |wanted: fn(i16) -> bool| {
            self.morning.iter().filter(|item| item.score.is_some() && item.change().is_some_and(wanted)).count()
        };
        let away = self.morning.iter().chain(&self.afternoon).filter(|item| item.mark == Mark::NotComing).count();
        vec![
            ("patients seen", self.header.seen, None),
            ("did not come", away, None),
            ("assessments", done(&self.morning), Some(coming(&self.morning))),
            ("plans", done(&self.midday), Some(self.midday.len())),
            ("procedures", done(&self.afternoon), Some(coming(&self.afternoon))),
            ("with less pain than last time", changed(|change| change < 0), None),
            ("with more", changed(|change| change > 0), None),
            ("still open", self.open().count(), None),
        ]
    }

    /// What is open at the close of the day: not done, and its own date does not lie ahead.
    pub fn open(&self) -> impl Iterator<Item = &Item> {
        self.items().filter(|item| item.is_open_on(self.date))
    }
}
