//! What is usual in the practice: on which days of the week there is clinic, and how long a visit of each kind takes.

use chrono::{Datelike, Days, NaiveDate};

use super::visit::VisitKind;

/// The days of the week on which there is clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClinicDays([bool; 7]);

impl ClinicDays {
    /// Monday to Friday.
    pub const WORKDAYS: Self = Self([true, true, true, true, true, false, false]);

    /// These days of the week, counted from Monday as 0.
    pub fn of(weekdays: &[usize]) -> Self {
        Self(std::array::from_fn(|at| weekdays.contains(&at)))
    }

    /// Whether there is clinic on this day.
    pub fn has(self, day: NaiveDate) -> bool {
        let weekday = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
        self.0.get(weekday) == Some(&true)
    }

    /// The day itself, or the next one with clinic; the day itself where there is never any.
    pub fn on_or_after(self, day: NaiveDate) -> NaiveDate {
        let mut week = (0..7).filter_map(|days| day.checked_add_days(Days::new(days)));
        week.find(|day| self.has(*day)).unwrap_or(day)
    }

    /// The next day with clinic; the very next one where there is never any.
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        self.on_or_after(day.succ_opt().unwrap_or(day))
    }
}

/// The usual length of a visit of each kind, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsualMinutes {
    /// Of a new evaluation.
    pub new: u16,
    /// Of a follow-up.
    pub follow_up: u16,
    /// Of a procedure.
    pub procedure: u16,
    /// Of a block.
    pub block: u16,
}

impl Default for UsualMinutes {
    fn default() -> Self {
        let [new, follow_up, procedure, block] =
            [VisitKind::New, VisitKind::FollowUp, VisitKind::Procedure, VisitKind::Block].map(VisitKind::usual_minutes);
        Self { new, follow_up, procedure, block }
    }
}

impl UsualMinutes {
    /// Of a kind.
    pub const fn of(self, kind: VisitKind) -> u16 {
        match kind {
            VisitKind::New => self.new,
            VisitKind::FollowUp => self.follow_up,
            VisitKind::Procedure => self.procedure,
            VisitKind::Block => self.block,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_with_clinic_is_found_over_a_weekend_and_where_there_is_none() {
        // 27 November 2026 is a Friday.
        for (days, day, on_or_after, after) in [
            (ClinicDays::WORKDAYS, "2026-11-26", "2026-11-26", "2026-11-27"),
            (ClinicDays::WORKDAYS, "2026-11-27", "2026-11-27", "2026-11-30"),
            (ClinicDays::WORKDAYS, "2026-11-28", "2026-11-30", "2026-11-30"),
            (ClinicDays::of(&[3]), "2026-11-26", "2026-11-26", "2026-12-03"),
            (ClinicDays::of(&[]), "2026-11-28", "2026-11-28", "2026-11-29"),
        ] {
            let date: NaiveDate = day.parse().unwrap();
            let found = (days.on_or_after(date).to_string(), days.after(date).to_string());
            assert_eq!(found, (on_or_after.to_owned(), after.to_owned()), "{days:?} {day}");
        }
        assert_eq!(ClinicDays::of(&[0, 1, 2, 3, 4]), ClinicDays::WORKDAYS);
    }
}
