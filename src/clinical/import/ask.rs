//! How a schedule is to be read, as somebody asked for it.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::clinical::schedule::{Said, Window};

/// What was asked. Nothing asked is the usual: from today for a year, by the mapping that fits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The first day looked at; today where nothing is said.
    pub from: Option<NaiveDate>,
    /// The first day after; one year on where nothing is said.
    pub to: Option<NaiveDate>,
    /// By which mapping.
    pub mapping: MappingAsked,
    /// Patterns of titles beside those of the mapping.
    pub patterns: Vec<String>,
}

/// By which mapping a schedule is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingAsked {
    /// By the saved one that has its headers or its name; by none where none has.
    #[default]
    ByItself,
    /// By this one.
    Named(String),
    /// By none.
    Without,
}

impl Asked {
    /// The days looked at.
    pub fn window(&self, today: NaiveDate) -> Window {
        let from = self.from.unwrap_or(today);
        Window { from, to: self.to.unwrap_or_else(|| from.checked_add_months(Months::new(12)).unwrap_or(from)) }
    }

    /// Which ends of the window were named.
    pub const fn said(&self) -> Said {
        Said { from: self.from.is_some(), to: self.to.is_some() }
    }

    /// What stays true for the next import of the same source: the days move on with the calendar, the rest does not.
    #[must_use]
    pub fn next_time(&self) -> Self {
        Self { from: None, to: None, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_a_year_from_its_first_day_unless_its_end_is_said() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-24");
        for (from, to, first, after) in [
            (None, None, "2026-11-24", "2027-11-24"),
            (Some("2026-12-01"), None, "2026-12-01", "2027-12-01"),
            (None, Some("2026-12-01"), "2026-11-24", "2026-12-01"),
            (Some("2024-02-29"), None, "2024-02-29", "2025-02-28"),
        ] {
            let asked = Asked { from: from.map(day), to: to.map(day), ..Asked::default() };
            assert_eq!(asked.window(today), Window { from: day(first), to: day(after) });
        }
    }
}
