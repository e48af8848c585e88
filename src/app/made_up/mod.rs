//! A made-up practice: invented people, their history, and a full day around now.
//!
//! [`generate`] is a sequence of writes; the same seed, size and moment give the same sequence, and in a store whose
//! own chance is fixed the same record. `daysheet demo` is its small setting, the measurements its large ones. Nothing
//! in it is anybody's: every name is put together from lists of our own, and looks it.
//!
//! `people` invents patients, `course` says what pain they have and what is done for it, `past` works through the
//! days gone by, `today` through the day itself. What a day holds depends on the seed and on how long ago it was, never on
//! how far back the record reaches: so one year and twenty years of one seed end in the same day.

mod asked;
mod body;
mod course;
mod diagnostics;
mod dice;
mod elsewhere;
mod follow;
mod past;
mod people;
mod record;
mod safety;
mod today;
mod words;

#[cfg(test)]
mod growth_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod undo_tests;

pub use safety::region;

use std::collections::VecDeque;
use std::sync::mpsc;
use std::thread;

use chrono::{Days, NaiveDate};

use self::past::Past;
use crate::action::Write;
use crate::clinical::id::Ids;
use crate::clinical::practice::Practice;
use crate::clinical::time::{Instant, Now};
use crate::store::{Store, StoreError};

/// How much is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How many patients.
    pub patients: u32,
    /// How many days back the record reaches.
    pub days: u32,
    /// How many visits an ordinary clinic day of the past has.
    pub visits_a_day: u32,
}

impl Size {
    /// The demo: a small practice and two years.
    pub const DEMO: Self = Self { patients: 72, days: 730, visits_a_day: 2 };
    /// One year of a full practice.
    pub const ONE_YEAR: Self = Self { patients: 6000, days: 365, visits_a_day: 20 };
    /// Twenty years of the same practice: more than 100,000 visits.
    pub const TWENTY_YEARS: Self = Self { patients: 6000, days: 7305, visits_a_day: 20 };
}

/// One write, and when it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// When.
    pub at: Instant,
    /// What.
    pub write: Write,
}

/// How many days of the past go into one transaction: many, because with each the same pages of the same indexes are
/// written again.
const DAYS_AT_ONCE: u32 = 1461;
/// How many patients go into one transaction.
const PATIENTS_AT_ONCE: u32 = 2000;

/// The writes of a made-up practice, oldest first. Those of the past come many to an act.
pub fn generate(seed: u64, size: Size, now: Now) -> impl Iterator<Item = Act> {
    MadeUp::new(seed, size, now)
}

/// Writes a made-up practice into an empty record. While one act is written, the next is made up.
pub fn fill(store: &mut Store, seed: u64, size: Size, now: Now) -> Result<(), StoreError> {
    thread::scope(|scope| {
        let (made, acts) = mpsc::sync_channel(0);
        // Nobody takes the next one where writing failed.
        scope.spawn(move || generate(seed, size, now).all(|act| made.send(act).is_ok()));
        acts.into_iter().try_for_each(|Act { at, write }| {
            store.commit(write, Now { instant: at, ..now })?;
            Ok(())
        })
    })
}

struct MadeUp {
    seed: u64,
    size: Size,
    now: Now,
    past: Past,
    next: Step,
    ready: VecDeque<Act>,
}

/// What is made next.
enum Step {
    Practice,
    /// Patients from this one on.
    Patients(u32),
    /// The days from so many days ago on, up to the last clinic day.
    Past(u32),
    /// The last clinic day, which leaves something open.
    LastDay,
    Today,
    Nothing,
}

impl MadeUp {
    fn new(seed: u64, size: Size, now: Now) -> Self {
        Self { seed, size, now, past: Past::new(seed, size, now), next: Step::Practice, ready: VecDeque::new() }
    }

    fn step(&mut self) {
        self.next = match self.next {
            Step::Practice => {
                let at = self.first_moment();
                let practice = Practice {
                    id: Ids::seeded(self.seed).next(at),
                    physician: words::PHYSICIAN.to_owned(),
                    region: safety::region(self.now.zone),
                    zone: self.now.zone,
                };
                self.ready.push_back(Act { at, write: Write::PutPractice(practice) });
                Step::Patients(0)
            }
            Step::Patients(from) => {
                let to = (from + PATIENTS_AT_ONCE).min(self.size.patients);
                let moment = self.first_moment();
                let of = |n| {
                    people::writes(self.seed, n, self.now)
                        .into_iter()
                        .chain(follow::monitored(self.seed, n, self.now, moment))
                        .chain(safety::writes(self.seed, n, self.now, moment))
                };
                let writes = (from..to).flat_map(of).collect();
                self.many(format!("made up {} patients", to - from), writes, self.first_moment());
                if to < self.size.patients { Step::Patients(to) } else { Step::Past(self.size.days) }
            }
            Step::Past(from) => {
                let end = people::last_clinic_day(self.now.today()).0 + 1;
                let to = from.saturating_sub(DAYS_AT_ONCE - 1).max(end);
                let writes: Vec<Write> = (to..=from).rev().flat_map(|ago| self.past.day(ago, Vec::new())).collect();
                let (first, last) = (self.day(from), self.day(to));
                self.many(format!("made up {first} to {last}"), writes, past::morning(first, self.now.zone));
                if to > end { Step::Past(to - 1) } else { Step::LastDay }
            }
            Step::LastDay => {
                let (ago, date) = people::last_clinic_day(self.now.today());
                let left_open = today::left_open(self.seed, &mut self.past, self.now);
                let writes = self.past.day(ago, left_open);
                self.many(format!("made up {date}"), writes, past::morning(date, self.now.zone));
                Step::Today
            }
            Step::Today => {
                self.ready.extend(today::acts(self.seed, &mut self.past, self.now));
                Step::Nothing
            }
            Step::Nothing => Step::Nothing,
        };
    }

    fn many(&mut self, name: String, writes: Vec<Write>, at: Instant) {
        if !writes.is_empty() {
            self.ready.push_back(Act { at, write: Write::Many(name, writes) });
        }
    }

    fn day(&self, ago: u32) -> NaiveDate {
        days_ago(self.now.today(), ago)
    }

    /// Before the first day: when practice and patients came into the record.
    fn first_moment(&self) -> Instant {
        past::evening(self.day(self.size.days + 1), self.now.zone)
    }
}

impl Iterator for MadeUp {
    type Item = Act;

    fn next(&mut self) -> Option<Act> {
        while self.ready.is_empty() && !matches!(self.next, Step::Nothing) {
            self.step();
        }
        self.ready.pop_front()
    }
}

fn days_ago(today: NaiveDate, ago: u32) -> NaiveDate {
    today.checked_sub_days(Days::new(u64::from(ago))).unwrap_or(today)
}
