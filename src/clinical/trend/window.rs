//! The stretch of time that is looked at: how long, and where.

use chrono::{Days, NaiveDate};

crate::vocab! {
    /// How much time is looked at.
    pub enum Zoom {
        /// All there is.
        All "all" "all",
        /// Two years.
        TwoYears "two_years" "2 years",
        /// One year.
        Year "year" "1 year",
        /// Three months.
        Quarter "quarter" "3 months",
    }
}

/// What is shown at least, in days.
const LEAST: u64 = 28;

impl Zoom {
    /// How many days; none is all there is.
    pub const fn days(self) -> Option<u64> {
        match self {
            Self::All => None,
            Self::TwoYears => Some(731),
            Self::Year => Some(366),
            Self::Quarter => Some(92),
        }
    }

    /// A shorter time, nearer; the nearest stays.
    #[must_use]
    pub const fn closer(self) -> Self {
        match self {
            Self::All => Self::TwoYears,
            Self::TwoYears => Self::Year,
            Self::Year | Self::Quarter => Self::Quarter,
        }
    }

    /// A longer time; all there is stays.
    #[must_use]
    pub const fn wider(self) -> Self {
        match self {
            Self::All | Self::TwoYears => Self::All,
            Self::Year => Self::TwoYears,
            Self::Quarter => Self::Year,
        }
    }
}

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn on(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

impl Window {
    /// The stretch that ends on a day. It ends within the extent and, where there is so much, holds nothing before it.
    pub fn ending(zoom: Zoom, end: NaiveDate, extent: (NaiveDate, NaiveDate)) -> Self {
        let (first, last) = extent;
        let last = last.max(first);
        let Some(days) = zoom.days() else {
            return Self { from: first.min(back(last, LEAST)), to: last };
        };
        let end = end.min(last).max(on(first, days).min(last));
        Self { from: back(end, days), to: end }
    }

    /// The same length around a day.
    pub fn around(zoom: Zoom, day: NaiveDate, extent: (NaiveDate, NaiveDate)) -> Self {
        Self::ending(zoom, on(day, zoom.days().unwrap_or(0) / 2), extent)
    }

    /// How many days lie between its ends.
    pub fn days(self) -> u64 {
        u64::try_from((self.to - self.from).num_days()).unwrap_or(0)
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Half its length earlier.
    #[must_use]
    pub fn earlier(self, zoom: Zoom, extent: (NaiveDate, NaiveDate)) -> Self {
        Self::ending(zoom, back(self.to, self.days() / 2), extent)
    }

    /// Half its length later.
    #[must_use]
    pub fn later(self, zoom: Zoom, extent: (NaiveDate, NaiveDate)) -> Self {
        Self::ending(zoom, on(self.to, self.days() / 2), extent)
    }

    /// Moved no further than it must to hold a day.
    #[must_use]
    pub fn holding(self, day: NaiveDate, zoom: Zoom, extent: (NaiveDate, NaiveDate)) -> Self {
        if self.holds(day) {
            return self;
        }
        let end = if day < self.from { on(day, self.days()) } else { day };
        Self::ending(zoom, end, extent)
    }

    /// In which of so many columns a day lies; none outside.
    pub fn column(self, day: NaiveDate, columns: u16) -> Option<u16> {
        if !self.holds(day) || columns == 0 {
            return None;
        }
        let into = u64::try_from((day - self.from).num_days()).ok()?;
        let at = (into * u64::from(columns - 1) + self.days() / 2).checked_div(self.days()).unwrap_or(0);
        u16::try_from(at).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_stretch_ends_within_what_there_is() {
        let extent = (day("2020-01-01"), day("2026-11-24"));
        for (zoom, end, from, to) in [
            (Zoom::All, "2023-01-01", "2020-01-01", "2026-11-24"),
            (Zoom::Quarter, "2026-11-24", "2026-08-24", "2026-11-24"),
            (Zoom::Quarter, "2030-01-01", "2026-08-24", "2026-11-24"),
            (Zoom::Quarter, "1999-01-01", "2020-01-01", "2020-04-02"),
            (Zoom::Year, "2026-11-24", "2025-11-23", "2026-11-24"),
        ] {
            assert_eq!(
                Window::ending(zoom, day(end), extent),
                Window { from: day(from), to: day(to) },
                "{zoom:?} {end}"
            );
        }
        // Less than a month is drawn as a month; a short history leaves room before it.
        let short = (day("2026-11-20"), day("2026-11-24"));
        assert_eq!(Window::ending(Zoom::All, day("2026-11-24"), short).days(), LEAST);
        assert_eq!(Window::ending(Zoom::Year, day("2026-11-24"), short).to, day("2026-11-24"));
    }

    #[test]
    fn days_fall_into_columns_from_edge_to_edge() {
        let window = Window { from: day("2026-01-01"), to: day("2026-01-31") };
        for (at, columns, column) in [
            ("2026-01-01", 31, Some(0)),
            ("2026-01-31", 31, Some(30)),
            ("2026-01-16", 31, Some(15)),
            ("2026-01-16", 1, Some(0)),
            ("2026-01-16", 0, None),
            ("2025-12-31", 31, None),
            ("2026-02-01", 31, None),
        ] {
            assert_eq!(window.column(day(at), columns), column, "{at} {columns}");
        }
        let one = Window { from: day("2026-01-01"), to: day("2026-01-01") };
        assert_eq!(one.column(day("2026-01-01"), 80), Some(0));
    }

    proptest! {
        #[test]
        fn wherever_one_goes_the_stretch_keeps_its_length_and_stays_near(
            first in 0_u64..8000, long in 0_u64..9000, at in 0_u64..20000, zoom in 0_usize..4, steps in 0_usize..6,
        ) {
            let start = day("2000-01-01");
            let extent = (on(start, first), on(start, first + long));
            let zoom = crate::clinical::vocab::Vocab::ALL[zoom];
            let mut window = Window::ending(zoom, on(start, at), extent);
            for step in 0..steps {
                window = if step % 2 == 0 { window.earlier(zoom, extent) } else { window.later(zoom, extent) };
                prop_assert!(window.from <= window.to && window.to <= extent.1 && window.to >= extent.0);
                if let Some(days) = zoom.days() {
                    prop_assert_eq!(window.days(), days);
                }
                let target = on(extent.0, at.min(long));
                prop_assert!(window.holding(target, zoom, extent).holds(target));
                prop_assert!(Window::around(zoom, target, extent).holds(target));
            }
        }

        #[test]
        fn columns_keep_the_order_of_days(a in 0_u64..800, b in 0_u64..800, columns in 1_u16..300) {
            let start = day("2024-01-01");
            let window = Window { from: start, to: on(start, 800) };
            let (a, b) = (a.min(b), a.max(b));
            let (left, right) = (window.column(on(start, a), columns), window.column(on(start, b), columns));
            prop_assert!(left <= right && right < Some(columns));
        }
    }
}
