//! The practice: whose record this is, where it stands, and how dates are typed there.

use chrono_tz::Tz;

use super::id::PracticeId;
use super::text::{clean_line, width};

crate::vocab! {
    /// Where the practice is. It decides typed dates, units and (later) which tables of rules apply.
    pub enum Region {
        /// United States: month first, 12 hours, pounds.
        Us "us" "United States",
        /// United Kingdom: day first, 24 hours, kilograms.
        Uk "uk" "United Kingdom",
        /// Germany: day first with dots, 24 hours, decimal comma, kilograms.
        De "de" "Germany",
        /// Elsewhere: year first, 24 hours, kilograms.
        Other "other" "elsewhere",
    }

    /// The order of day, month and year in typed dates. ISO dates are read everywhere.
    pub enum DateOrder {
        /// Month, day, year.
        Mdy "mdy" "month/day/year",
        /// Day, month, year.
        Dmy "dmy" "day.month.year",
        /// Year, month, day.
        Ymd "ymd" "year-month-day",
    }
}

impl Region {
    /// The region as a place in a sentence; one that has no name is this one.
    pub fn place(self) -> &'static str {
        if self == Self::Other { "this region" } else { super::vocab::Vocab::label(self) }
    }

    /// The region a zone suggests at first run.
    pub fn suggested_by(zone: Tz) -> Self {
        match zone.name() {
            "Europe/London" | "Europe/Belfast" | "GB" => Self::Uk,
            "Europe/Berlin" | "Europe/Busingen" => Self::De,
            name if name.starts_with("America/") || name.starts_with("US/") => Self::Us,
            _ => Self::Other,
        }
    }
    /// The order in which dates are typed there.
    pub const fn date_order(self) -> DateOrder {
        match self {
            Self::Us => DateOrder::Mdy,
            Self::Uk | Self::De => DateOrder::Dmy,
            Self::Other => DateOrder::Ymd,
        }
    }
    /// Whether the day is counted in twice twelve hours there, so that `2:30` said of a practice's day is the afternoon's.
    pub const fn twelve_hours(self) -> bool {
        matches!(self, Self::Us)
    }
    /// Whether the comma is read as a decimal mark.
    pub const fn decimal_comma(self) -> bool {
        matches!(self, Self::De | Self::Other)
    }
    /// Whether weight is typed in pounds.
    pub const fn pounds(self) -> bool {
        matches!(self, Self::Us)
    }
}

/// The practice of this record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// Identity.
    pub id: PracticeId,
    /// The physician's name as it stands in the header and under summaries.
    pub physician: String,
    /// Where it is.
    pub region: Region,
    /// The zone of the schedule.
    pub zone: Tz,
}

/// The columns a physician's name may have: it stands beside the day in the header, and alone on a line of paper.
pub const NAME_COLUMNS: usize = 60;

/// Why a name cannot stand for the physician. The words are for the physician.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unnamed {
    /// Nothing is left of it that can be read.
    #[error("The name of the physician stands in the header and under summaries: please type it.")]
    Empty,
    /// Neither a header nor a page has room for it.
    #[error(
        "The name of the physician is too long for a header and a page: please type at most {NAME_COLUMNS} characters."
    )]
    TooLong,
}

/// The name of a physician as it was typed or given: on one line, without what would drive a terminal.
///
/// # Errors
/// `Unnamed` where nothing is left, or more than [`NAME_COLUMNS`].
pub fn read_physician(text: &str) -> Result<String, Unnamed> {
    let name = clean_line(text);
    match width(&name) {
        0 => Err(Unnamed::Empty),
        1..=NAME_COLUMNS => Ok(name),
        _ => Err(Unnamed::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_physicians_name_is_one_line_that_a_header_and_a_page_have_room_for() {
        for (typed, read) in [
            ("  Dr A. Rivera ", Ok("Dr A. Rivera")),
            ("\u{1b}[31mDr Red\u{7}", Ok("[31mDr Red")),
            (" \u{1b} ", Err(Unnamed::Empty)),
            ("", Err(Unnamed::Empty)),
        ] {
            assert_eq!(read_physician(typed), read.map(str::to_owned), "{typed:?}");
        }
        assert!(read_physician(&"医".repeat(30)).is_ok());
        assert_eq!(read_physician(&"医".repeat(31)), Err(Unnamed::TooLong));
        assert_eq!(read_physician(&"Y".repeat(1_000_000)), Err(Unnamed::TooLong));
    }
}
