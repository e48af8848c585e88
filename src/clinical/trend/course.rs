//! Going along a course: the days on which anything stands, and what each says.

use chrono::NaiveDate;

use super::{Mark, Sample, Series, Trends, Window};

/// The days on which this series has a sample or something was done, oldest first.
pub fn stops(trends: &Trends, series: &Series) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = series.samples.iter().map(|sample| sample.date).collect();
    days.extend(trends.marks.iter().map(|mark| mark.date));
    days.sort_unstable();
    days.dedup();
    days
}

/// The stop nearest to a day; the later of two as near.
pub fn nearest(stops: &[NaiveDate], day: NaiveDate) -> Option<NaiveDate> {
    stops.iter().copied().min_by_key(|stop| ((*stop - day).num_days().abs(), std::cmp::Reverse(*stop)))
}

/// The next stop before or after a day; none at the end.
pub fn next(stops: &[NaiveDate], day: NaiveDate, back: Way) -> Option<NaiveDate> {
    match back {
        Way::Back => stops.iter().rev().find(|stop| **stop < day).copied(),
        Way::On => stops.iter().find(|stop| **stop > day).copied(),
    }
}

/// Which way one goes along a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To earlier days.
    Back,
    /// To later days.
    On,
}

/// One line of the same as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row<'a> {
    /// A value, or that there is none.
    Sample(&'a Sample),
    /// What was done or changed.
    Mark(&'a Mark),
}

impl Row<'_> {
    /// The day.
    pub const fn date(&self) -> NaiveDate {
        match self {
            Self::Sample(sample) => sample.date,
            Self::Mark(mark) => mark.date,
        }
    }
}

/// Values and events of a stretch of time as lines, newest first; of one day the events stand above the value.
pub fn rows<'a>(trends: &'a Trends, series: &'a Series, window: Window) -> Vec<Row<'a>> {
    let samples = series.samples.iter().map(Row::Sample);
    let mut rows: Vec<Row<'a>> = samples.chain(trends.marks.iter().map(Row::Mark)).collect();
    rows.retain(|row| window.holds(row.date()));
    rows.sort_by_key(Row::date);
    rows.reverse();
    rows
}
