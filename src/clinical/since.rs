//! When something began or ended, as exactly as the patient knows it: a year, a month, or a day. And how long something
//! held: hours, days, weeks or months.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::text::plural;
use super::time::{MONTHS, show_date};
use super::typed::{DateSense, Reading, read_date};

/// A year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Since {
    /// A year.
    Year(i32),
    /// A month: year and month from 1 to 12.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
}

/// Nothing that names a time.
const NO_TIME: &str = "not a time: try 2019, mar 2019, 3m, 2y or 24 nov 2025";

impl Since {
    /// Reads what was typed: a year (`2019`), a month (`mar 2019`, `3/2019`, `2019-03`), how long ago (`10d`, `6w`, `3m`,
    /// `2y`), or any date a date field reads. Months and years ago are kept as a month and a year, not as a day.
    ///
    /// # Errors
    /// A sentence where it cannot be read, or lies ahead.
    pub fn read(text: &str, reading: &Reading) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let since = match Self::year(&text).or_else(|| Self::month(&text)).or_else(|| Self::ago(&text, reading.today)) {
            Some(since) => since,
            None => match read_date(&text, reading, DateSense::Past) {
                Ok(day) => Self::Day(day),
                Err(super::typed::Unread::NotADate) => return Err(NO_TIME.to_owned()),
                Err(why) => return Err(why.to_string()),
            },
        };
        match since.first_day() {
            Some(first) if first > reading.today => Err("that lies ahead".to_owned()),
            Some(first) if first.year() >= 1900 => Ok(since),
            Some(_) | None => Err(NO_TIME.to_owned()),
        }
    }

    fn year(text: &str) -> Option<Self> {
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_year).map(Self::Year)
    }

    fn month(text: &str) -> Option<Self> {
        let parts: Vec<&str> =
            text.split([' ', '/', '.', '-']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let [a, b] = parts.as_slice() else { return None };
        let (year, month) = if a.len() == 4 { (a, b) } else { (b, a) };
        let Some(Self::Year(year)) = Self::year(year) else { return None };
        let named = MONTHS.iter().position(|name| month.len() >= 3 && month.starts_with(&name.to_lowercase()));
        let month = match named {
            Some(at) => u32::try_from(at + 1).ok()?,
            None => month.parse().ok()?,
        };
        (1..=12).contains(&month).then_some(Self::Month(year, month))
    }

    fn ago(text: &str, today: NaiveDate) -> Option<Self> {
        let text = text.trim_start_matches('-').trim_end_matches("ago").trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let count: u32 = text.get(..digits)?.parse().ok()?;
        let back = |months: u32| today.checked_sub_months(Months::new(months));
        match text.get(digits..)?.trim() {
            "d" | "day" | "days" => today.checked_sub_days(Days::new(u64::from(count))).map(Self::Day),
            "w" | "wk" | "week" | "weeks" => today.checked_sub_days(Days::new(u64::from(count) * 7)).map(Self::Day),
            "m" | "mo" | "month" | "months" => back(count).map(|day| Self::Month(day.year(), day.month())),
            "y" | "yr" | "year" | "years" => {
                back(count.checked_mul(12)?).map(|day| if count == 0 { Self::Day(day) } else { Self::Year(day.year()) })
            }
            _ => None,
        }
    }

    /// As the record keeps it: `2019`, `2019-03`, `2019-03-05`.
    pub fn iso(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Day(day) => day.format("%Y-%m-%d").to_string(),
        }
    }

    /// From the record.
    pub fn from_iso(text: &str) -> Option<Self> {
        match text.len() {
            4 => Self::year(text),
            7 => {
                let (year, month) = text.split_once('-')?;
                let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
                Some(Self::Month(year.parse().ok()?, month))
            }
            _ => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Self::Day),
        }
    }

    /// As it is shown: `2019`, `Mar 2019`, `5 Mar 2019`. It reads back to the same.
    pub fn show(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Month(year, month) => {
                let name = usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
                format!("{} {year}", name.unwrap_or(&"?"))
            }
            Self::Day(day) => show_date(day),
        }
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Day(day) => Some(day),
        }
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
            Self::Month(year, month) => {
                NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
            }
            Self::Day(day) => Some(day),
        }
    }
}

/// How long something held, in hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lasted(pub u32);

const DAY: u32 = 24;
const WEEK: u32 = 7 * DAY;
/// A month of thirty days: how long relief held is never known more exactly.
const MONTH: u32 = 30 * DAY;
const YEAR: u32 = 365 * DAY;
/// Units as they are typed and shown, the longest first.
const UNITS: [(u32, &str, &[&str]); 5] = [
    (YEAR, "year", &["y", "yr", "years"]),
    (MONTH, "month", &["m", "mo", "months"]),
    (WEEK, "week", &["w", "wk", "weeks"]),
    (DAY, "day", &["d", "days"]),
    (1, "hour", &["h", "hr", "hrs", "hours"]),
];
/// Longer than any relief is remembered.
const LONGEST: u32 = 50 * YEAR;

impl Lasted {
    /// Reads `6h`, `3 days`, `2w`, `4 months`.
    ///
    /// # Errors
    /// A sentence where it cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let unit = unit.trim();
        let unit = UNITS.iter().find(|(_, name, also)| unit == *name || also.contains(&unit));
        let hours = unit.and_then(|(hours, ..)| count.parse::<u32>().ok()?.checked_mul(*hours));
        hours
            .filter(|hours| *hours <= LONGEST)
            .map(Self)
            .ok_or_else(|| "not a length of time: try 6h, 3d, 2w or 4m".to_owned())
    }

    /// Whether it can have held so long by a day, when it began on another: a rule of this product. A month is counted as
    /// thirty days and nobody counts the hours, so a day and a tenth more are let pass.
    pub fn fits(self, began: NaiveDate, by: NaiveDate) -> bool {
        let days = i64::from(DAY) * ((by - began).num_days().max(0) + 1);
        i64::from(self.0) * 10 <= days * 11
    }

    /// In the longest unit that divides it: `2 weeks`. It reads back to the same.
    pub fn show(self) -> String {
        let fits = |(hours, ..): &&(u32, &str, &[&str])| self.0 >= *hours && self.0.is_multiple_of(*hours);
        let (hours, name, _) = UNITS.iter().find(fits).unwrap_or(&UNITS[4]);
        let count = self.0 / hours;
        format!("{count} {name}{}", plural(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::practice::Region;

    fn reading(region: Region) -> Reading {
        Reading::of(region, "2026-11-24T10:14:00".parse().unwrap())
    }

    #[test]
    fn a_time_is_read_as_exactly_as_it_was_said() {
        for (typed, shown, iso) in [
            ("2019", "2019", "2019"),
            ("mar 2019", "Mar 2019", "2019-03"),
            ("March 2019", "Mar 2019", "2019-03"),
            ("3/2019", "Mar 2019", "2019-03"),
            ("03.2019", "Mar 2019", "2019-03"),
            ("2019-03", "Mar 2019", "2019-03"),
            ("3m", "Aug 2026", "2026-08"),
            ("2y", "2024", "2024"),
            ("2 years ago", "2024", "2024"),
            ("6w", "13 Oct 2026", "2026-10-13"),
            ("-10d", "14 Nov 2026", "2026-11-14"),
            ("yesterday", "23 Nov 2026", "2026-11-23"),
            ("5 mar 2019", "5 Mar 2019", "2019-03-05"),
            ("2019-03-05", "5 Mar 2019", "2019-03-05"),
            ("2026", "2026", "2026"),
        ] {
            let read = Since::read(typed, &reading(Region::De)).unwrap();
            assert_eq!((read.show().as_str(), read.iso().as_str()), (shown, iso), "{typed}");
        }
        let us = Since::read("3/5/2019", &reading(Region::Us)).unwrap();
        assert_eq!(us.show(), "5 Mar 2019");
    }

    #[test]
    fn relief_cannot_have_held_longer_than_since_the_procedure() {
        for (began, lasted, fits) in [
            ("2026-11-20", "3 weeks", false),
            ("2026-11-20", "4d", true),
            ("2026-11-20", "5d", true),
            ("2026-11-20", "6d", false),
            ("2026-11-24", "6h", true),
            ("2026-11-24", "26h", true),
            ("2026-11-24", "2d", false),
            ("2026-10-27", "1m", true),
            ("2026-10-27", "4w", true),
            ("2026-10-27", "5w", false),
            ("2025-11-24", "1y", true),
            ("2026-11-25", "1d", true),
        ] {
            let day: NaiveDate = began.parse().unwrap();
            let read = Lasted::read(lasted).unwrap();
            assert_eq!(read.fits(day, "2026-11-24".parse().unwrap()), fits, "{began} {lasted}");
        }
    }

    #[test]
    fn what_names_no_time_or_one_ahead_is_refused_in_words() {
        for (typed, why) in [
            ("long ago", NO_TIME),
            ("13/2019", NO_TIME),
            ("1850", NO_TIME),
            ("2030", "that lies ahead"),
            ("dec 2026", "that lies ahead"),
        ] {
            assert_eq!(Since::read(typed, &reading(Region::De)).unwrap_err(), why, "{typed}");
        }
        for typed in ["9999999999y", "99999y", "", "0000"] {
            assert!(Since::read(typed, &reading(Region::De)).is_err(), "{typed}");
        }
    }

    #[test]
    fn what_is_shown_and_what_is_kept_read_back_to_the_same() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
        for since in [Since::Year(1987), Since::Month(2020, 12), Since::Day(day)] {
            assert_eq!(Since::read(&since.show(), &reading(Region::Us)), Ok(since));
            assert_eq!(Since::from_iso(&since.iso()), Some(since));
        }
        assert_eq!(Since::from_iso("2020-13"), None);
        assert_eq!(Since::Month(2020, 2).last_day(), Some(day));
        assert_eq!(Since::Year(2020).last_day(), NaiveDate::from_ymd_opt(2020, 12, 31));
    }

    #[test]
    fn how_long_it_held_is_read_and_shown_in_the_unit_it_was_said_in() {
        for (typed, shown) in [
            ("6h", "6 hours"),
            ("1h", "1 hour"),
            ("3 days", "3 days"),
            ("2w", "2 weeks"),
            ("14d", "2 weeks"),
            ("4m", "4 months"),
            ("1y", "1 year"),
            ("36h", "36 hours"),
            ("0h", "0 hours"),
        ] {
            let read = Lasted::read(typed).unwrap();
            assert_eq!(read.show(), shown, "{typed}");
            assert_eq!(Lasted::read(&read.show()), Ok(read));
        }
        for typed in ["", "w", "two weeks", "3", "99999999y", "4294967295h"] {
            assert!(Lasted::read(typed).is_err(), "{typed}");
        }
    }
}
