//! What a hurried hand types for a date, a time or a number, read strictly: one meaning, or a sentence that says why not.
//!
//! Reading never guesses between two meanings: the region's order and clock decide, and the form shows back what was read
//! (`24 Nov 2026`). Nothing here reads a clock: today and now come in with [`Reading`].

mod date;
mod number;
mod time;

pub use date::{DateSense, read_date};
pub use number::{read_number, show_number, type_number};
pub use time::read_time;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::practice::{DateOrder, Region};
use super::vocab::Vocab;

/// May a decimal comma be typed?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// Only the point.
    Point,
    /// The comma as well as the point; numbers are shown with the comma.
    CommaToo,
}

/// How the hours of a day are counted where nothing is typed after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HourClock {
    /// Twice to twelve: `2:30` is the afternoon's.
    Twelve,
    /// To 24: `2:30` is the night's.
    TwentyFour,
}

/// What reading depends on: the day, the time and the habits of the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Today in the practice.
    pub today: NaiveDate,
    /// The time on the practice's wall.
    pub now: NaiveTime,
    /// Order of dates in digits.
    pub order: DateOrder,
    /// Decimal point or comma.
    pub decimal: Decimal,
    /// Hours to twelve or to 24.
    pub clock: HourClock,
}

impl Reading {
    /// The habits of a region at a moment on the practice's wall.
    pub fn of(region: Region, wall: NaiveDateTime) -> Self {
        let decimal = if region.decimal_comma() { Decimal::CommaToo } else { Decimal::Point };
        let clock = if region.twelve_hours() { HourClock::Twelve } else { HourClock::TwentyFour };
        Self { today: wall.date(), now: wall.time(), order: region.date_order(), decimal, clock }
    }
}

/// Why a text could not be read. The words are for the physician.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Not a date in any form known here.
    #[error("not a date: try 24 nov, +2w, mon or 2026-11-24")]
    NotADate,
    /// Not a time in any form known here.
    #[error("not a time: try 1430, 14:30 or 2:30p")]
    NotATime,
    /// The month does not have this day.
    #[error("{month} {year} has no day {day}")]
    NoSuchDay {
        /// The day typed.
        day: u32,
        /// The month's name.
        month: &'static str,
        /// The year.
        year: i32,
    },
    /// There is no such month.
    #[error("there is no month {month}; dates are typed {} here", .order.label())]
    NoSuchMonth {
        /// The month typed.
        month: u32,
        /// The region's order.
        order: DateOrder,
    },
    /// The year is none a practice meets.
    #[error("the year {0} is out of reach")]
    NoSuchYear(i64),
    /// The hour or minute does not exist.
    #[error("there is no time {0}")]
    NoSuchTime(String),
    /// Not a number.
    #[error("not a number")]
    NotANumber,
    /// A comma where the region has none, or a separator between thousands.
    #[error("{typed} can be read in two ways: type the number without a separator between thousands")]
    Thousands {
        /// What was typed.
        typed: String,
    },
    /// More digits after the decimal sign than the field keeps.
    #[error("{}", decimals_words(*.0))]
    TooFine(u8),
    /// A number beyond all measure.
    #[error("this number is too large")]
    TooLarge,
}

fn decimals_words(decimals: u8) -> String {
    match decimals {
        0 => "whole numbers only".to_owned(),
        1 => "at most one digit after the decimal sign".to_owned(),
        n => format!("at most {n} digits after the decimal sign"),
    }
}

#[cfg(test)]
mod tests;
