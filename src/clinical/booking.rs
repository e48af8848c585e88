//! The first free time for a visit that is planned: within the hours in which such visits usually are on that weekday.
//!
//! The usual hours are read from the schedule itself: the middle one of the days' first starts and of their last ends. A
//! time is proposed, never forced: the visit can be moved like any other.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike};

use super::text::clean_line;
use super::time::{show_day, show_time};
use super::usual::{ClinicDays, UsualMinutes};
use super::visit::VisitKind;

/// A time that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Day.
    pub date: NaiveDate,
    /// Start; none is the whole day.
    pub start: Option<NaiveTime>,
    /// Length in minutes.
    pub minutes: u16,
    /// What for.
    pub kind: VisitKind,
    /// Title, of a block.
    pub title: Option<String>,
}

/// The schedule around today, as far as it decides where there is room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bookings {
    /// What is taken, in no order.
    pub taken: Vec<Taken>,
}

/// What the settings say of when visits are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The days on which there is clinic.
    pub clinic_days: ClinicDays,
    /// The hours of the day: from, to.
    pub day: (u8, u8),
    /// The usual length of a visit.
    pub minutes: UsualMinutes,
}

crate::vocab! {
    /// What becomes of a visit that falls on a day without clinic.
    pub enum NoClinic {
        /// The next day with clinic.
        Next "next" "next day",
        /// The last one before it.
        Before "before" "day before",
        /// That day all the same.
        Same "same" "that day",
    }
}

/// A visit as it would be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// What for.
    pub kind: VisitKind,
    /// The day that was asked for.
    pub asked: NaiveDate,
    /// The day it would be on: that day, or where it is without clinic the next with clinic, unless another was chosen.
    pub date: NaiveDate,
    /// Where that day is without clinic: the last day before it with clinic.
    pub before: Option<NaiveDate>,
    /// How long.
    pub minutes: u16,
    /// When.
    pub proposal: Proposal,
}

/// A proposed time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// When it would begin.
    pub start: NaiveTime,
    /// Whether nothing else is then.
    pub room: Room,
    /// A block that takes the whole day.
    pub whole_day: Option<String>,
}

/// Whether there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Within the usual hours.
    Usual,
    /// Only after the usual hours.
    Late,
    /// Nowhere on that day.
    None,
}

/// Minutes of a day.
const DAY: u32 = 24 * 60;

fn minute(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

fn time(minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).unwrap_or_default()
}

impl Bookings {
    /// The first free time of a day for a visit of this kind and length. `day` are the hours of the practice's day, where
    /// the schedule shows no usual ones.
    pub fn first_free(&self, kind: VisitKind, date: NaiveDate, minutes: u16, day: (u8, u8)) -> Proposal {
        let (from, to) = self.usual_hours(kind, date, day);
        // A walk-in began at any minute; what is booked begins on the five.
        let from = from.div_ceil(5) * 5;
        let end_of_day = (u32::from(day.1) * 60).max(to).min(DAY);
        let length = u32::from(minutes.max(5));
        let mut taken: Vec<(u32, u32)> = self.of(date).filter_map(span).collect();
        taken.sort_unstable();
        let free = |at: u32| taken.iter().all(|(start, end)| at + length <= *start || *end <= at);
        let mut starts: Vec<u32> = taken.iter().map(|(_, end)| end.div_ceil(5) * 5).filter(|end| *end > from).collect();
        starts.insert(0, from);
        starts.sort_unstable();
        let usual = starts.iter().copied().find(|at| at + length <= to && free(*at));
        let late = || starts.iter().copied().find(|at| at + length <= end_of_day && free(*at));
        let (start, room) = match usual {
            Some(at) => (at, Room::Usual),
            None => late().map_or((from, Room::None), |at| (at, Room::Late)),
        };
        let whole_day = self.of(date).find(|one| one.start.is_none());
        let whole_day = whole_day.map(|one| one.title.clone().unwrap_or_else(|| "a block".to_owned()));
        Proposal { start: time(start), room, whole_day }
    }

    /// The first free time on a day, or where it is without clinic on the one that was chosen; what it takes is taken for the
    /// next one asked for.
    pub fn book(&mut self, kind: VisitKind, asked: NaiveDate, closed: NoClinic, hours: &Hours) -> Booking {
        let next = self.clinic_day(asked, hours);
        let before = if next == asked { None } else { self.clinic_day_before(asked, hours) };
        let date = match closed {
            NoClinic::Next => next,
            NoClinic::Before => before.unwrap_or(next),
            NoClinic::Same => asked,
        };
        let minutes = hours.minutes.of(kind);
        let proposal = self.first_free(kind, date, minutes, hours.day);
        self.taken.push(Taken { date, start: Some(proposal.start), minutes, kind, title: None });
        Booking { kind, asked, date, before, minutes, proposal }
    }

    /// The day itself where there is clinic on it, by the settings or because patients are booked on it already; else the
    /// next such day within two weeks.
    fn clinic_day(&self, asked: NaiveDate, hours: &Hours) -> NaiveDate {
        let is_clinic = |date: &NaiveDate| self.is_clinic(*date, hours);
        (0..14).filter_map(|days| asked.checked_add_days(Days::new(days))).find(is_clinic).unwrap_or(asked)
    }

    fn clinic_day_before(&self, asked: NaiveDate, hours: &Hours) -> Option<NaiveDate> {
        let mut days = (1..14).filter_map(|days| asked.checked_sub_days(Days::new(days)));
        days.find(|date| self.is_clinic(*date, hours))
    }

    fn is_clinic(&self, date: NaiveDate, hours: &Hours) -> bool {
        hours.clinic_days.has(date) || self.of(date).any(|one| one.kind != VisitKind::Block)
    }

    fn of(&self, date: NaiveDate) -> impl Iterator<Item = &Taken> {
        self.taken.iter().filter(move |one| one.date == date)
    }

    /// From when to when such visits usually are: on that weekday, else on any, else in the half of the day that is theirs.
    fn usual_hours(&self, kind: VisitKind, date: NaiveDate, day: (u8, u8)) -> (u32, u32) {
        let hours = |wanted: &dyn Fn(NaiveDate) -> bool| {
            let days: std::collections::BTreeSet<NaiveDate> =
                self.taken.iter().map(|one| one.date).filter(|day| *day != date && wanted(*day)).collect();
            let of_day = |day: &NaiveDate| {
                let spans: Vec<(u32, u32)> =
                    self.of(*day).filter(|one| alike(one.kind, kind)).filter_map(span).collect();
                Some((spans.iter().map(|(from, _)| *from).min()?, spans.iter().map(|(_, to)| *to).max()?))
            };
            let found: Vec<(u32, u32)> = days.iter().filter_map(of_day).collect();
            Some((middle(found.iter().map(|(from, _)| *from))?, middle(found.iter().map(|(_, to)| *to))?))
        };
        let weekday = hours(&|day| day.weekday() == date.weekday());
        weekday.or_else(|| hours(&|_| true)).unwrap_or_else(|| {
            let (open, close) = (u32::from(day.0) * 60, u32::from(day.1) * 60);
            match kind {
                VisitKind::Procedure => ((13 * 60).clamp(open, close), close),
                VisitKind::New | VisitKind::FollowUp | VisitKind::Block => ((9 * 60).clamp(open, close), close),
            }
        })
    }
}

impl Booking {
    /// When, and whether there is room: `Mon 30 Nov 2026 13:00; Sun 29 Nov 2026 is no clinic day`.
    pub fn says(&self) -> String {
        let mut out = format!("{} {}", show_day(self.date), show_time(self.proposal.start));
        out.push_str(match self.proposal.room {
            Room::Usual => "",
            Room::Late => ", after the usual hours",
            Room::None => ", nothing is free that day",
        });
        if let Some(block) = &self.proposal.whole_day {
            out.push_str(&format!("; {} that day", clean_line(block)));
        }
        if self.asked != self.date {
            out.push_str(&format!("; {} is no clinic day", show_day(self.asked)));
        }
        out
    }

    /// What else could be chosen where the day that was asked for is without clinic: the day before it, that day, the next;
    /// empty where there is clinic on it.
    pub fn others(&self, next: &str, before: &str, same: &str) -> String {
        if self.asked == self.date && self.before.is_none() {
            return String::new();
        }
        let day = |words: &str, date: Option<NaiveDate>| {
            date.filter(|date| *date != self.date).map(|date| format!("{words} {}", show_day(date)))
        };
        let next = if self.date > self.asked { None } else { Some(next.to_owned()) };
        let all = [next, day(before, self.before), day(same, Some(self.asked))];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whether two kinds are seen in the same hours: evaluations and follow-ups are.
fn alike(one: VisitKind, other: VisitKind) -> bool {
    let seen = |kind: VisitKind| matches!(kind, VisitKind::New | VisitKind::FollowUp);
    one == other || (seen(one) && seen(other))
}

fn span(one: &Taken) -> Option<(u32, u32)> {
    let from = minute(one.start?);
    Some((from, from + u32::from(one.minutes)))
}

/// The middle one; of two the earlier.
fn middle(values: impl Iterator<Item = u32>) -> Option<u32> {
    let mut values: Vec<u32> = values.collect();
    values.sort_unstable();
    values.get(values.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn taken(date: &str, start: &str, minutes: u16, kind: VisitKind) -> Taken {
        let start = (!start.is_empty()).then(|| format!("{start}:00").parse().unwrap());
        Taken { date: day(date), start, minutes, kind, title: None }
    }

    /// Tuesdays: follow-ups from 08:30 to 12:00, procedures from 13:30 to 16:00; once somebody came at 07:00.
    fn tuesdays() -> Bookings {
        let mut all = Vec::new();
        for date in ["2026-11-03", "2026-11-10", "2026-11-17"] {
            all.push(taken(date, "08:30", 20, VisitKind::FollowUp));
            all.push(taken(date, "11:40", 20, VisitKind::FollowUp));
            all.push(taken(date, "13:30", 30, VisitKind::Procedure));
            all.push(taken(date, "15:30", 30, VisitKind::Procedure));
        }
        all.push(taken("2026-11-10", "07:00", 20, VisitKind::FollowUp));
        Bookings { taken: all }
    }

    #[test]
    fn the_first_free_time_lies_in_the_usual_hours_of_that_weekday() {
        let tuesday = "2026-12-01";
        for (name, more, kind, minutes, expected, room) in [
            ("an empty day", vec![], VisitKind::Procedure, 30, "13:30", Room::Usual),
            ("a follow-up", vec![], VisitKind::FollowUp, 20, "08:30", Room::Usual),
            (
                "after the first",
                vec![taken(tuesday, "13:30", 45, VisitKind::Procedure)],
                VisitKind::Procedure,
                30,
                "14:15",
                Room::Usual,
            ),
            (
                "in a gap that is long enough",
                vec![
                    taken(tuesday, "13:30", 30, VisitKind::Procedure),
                    taken(tuesday, "14:10", 50, VisitKind::Procedure),
                ],
                VisitKind::Procedure,
                30,
                "15:00",
                Room::Usual,
            ),
            (
                "a block is in the way, too",
                vec![taken(tuesday, "13:00", 60, VisitKind::Block)],
                VisitKind::Procedure,
                30,
                "14:00",
                Room::Usual,
            ),
            (
                "only late",
                vec![taken(tuesday, "13:30", 150, VisitKind::Procedure)],
                VisitKind::Procedure,
                30,
                "16:00",
                Room::Late,
            ),
            (
                "nowhere",
                vec![taken(tuesday, "13:30", 300, VisitKind::Procedure)],
                VisitKind::Procedure,
                30,
                "13:30",
                Room::None,
            ),
        ] {
            let mut bookings = tuesdays();
            bookings.taken.extend(more);
            let found = bookings.first_free(kind, day(tuesday), minutes, (7, 18));
            assert_eq!((found.start.format("%H:%M").to_string().as_str(), found.room), (expected, room), "{name}");
        }
    }

    #[test]
    fn another_weekday_takes_the_hours_of_all_and_an_empty_schedule_those_of_the_practice() {
        let found = tuesdays().first_free(VisitKind::Procedure, day("2026-12-03"), 30, (7, 18));
        assert_eq!(found.start, "13:30:00".parse().unwrap());
        for (kind, expected) in [(VisitKind::Procedure, "13:00:00"), (VisitKind::FollowUp, "09:00:00")] {
            let found = Bookings::default().first_free(kind, day("2026-12-03"), 30, (7, 18));
            assert_eq!(found.start, expected.parse().unwrap());
        }
    }

    #[test]
    fn a_day_without_clinic_gives_way_to_the_next_and_says_so() {
        let hours = Hours { clinic_days: ClinicDays::WORKDAYS, day: (7, 18), minutes: UsualMinutes::default() };
        for (name, asked, more, says) in [
            ("a clinic day", "2026-12-01", vec![], "Tue 1 Dec 2026 13:30"),
            ("a Sunday", "2026-11-29", vec![], "Mon 30 Nov 2026 13:30; Sun 29 Nov 2026 is no clinic day"),
            (
                "a Saturday on which patients come",
                "2026-11-28",
                vec![taken("2026-11-28", "09:00", 20, VisitKind::FollowUp)],
                "Sat 28 Nov 2026 13:30",
            ),
            (
                "a Saturday with nothing but a block",
                "2026-11-28",
                vec![taken("2026-11-28", "09:00", 20, VisitKind::Block)],
                "Mon 30 Nov 2026 13:30; Sat 28 Nov 2026 is no clinic day",
            ),
        ] {
            let mut bookings = tuesdays();
            bookings.taken.extend(more);
            let first = bookings.book(VisitKind::Procedure, day(asked), NoClinic::Next, &hours);
            assert_eq!(first.says(), says, "{name}");
            let second = bookings.book(VisitKind::Procedure, day(asked), NoClinic::Next, &hours);
            assert_eq!(second.proposal.start, time(minute(first.proposal.start) + 30), "{name}: the first is taken");
        }
        let never = Hours { clinic_days: ClinicDays::of(&[]), ..hours };
        let found = tuesdays().book(VisitKind::Procedure, day("2026-11-29"), NoClinic::Next, &never);
        assert_eq!(found.date, day("2026-11-29"), "without any clinic day the day stays as asked");
    }

    #[test]
    fn another_day_can_be_chosen_where_there_is_no_clinic() {
        let hours = Hours { clinic_days: ClinicDays::WORKDAYS, day: (7, 18), minutes: UsualMinutes::default() };
        for (closed, says, others) in [
            (
                NoClinic::Next,
                "Mon 30 Nov 2026 13:30; Sun 29 Nov 2026 is no clinic day",
                "- Fri 27 Nov 2026, ! Sun 29 Nov 2026",
            ),
            (
                NoClinic::Before,
                "Fri 27 Nov 2026 13:30; Sun 29 Nov 2026 is no clinic day",
                "+ the next, ! Sun 29 Nov 2026",
            ),
            (NoClinic::Same, "Sun 29 Nov 2026 13:30", "+ the next, - Fri 27 Nov 2026"),
        ] {
            let booking = tuesdays().book(VisitKind::Procedure, day("2026-11-29"), closed, &hours);
            assert_eq!((booking.says().as_str(), booking.others("+ the next", "-", "!").as_str()), (says, others));
        }
        let open = tuesdays().book(VisitKind::Procedure, day("2026-12-01"), NoClinic::Before, &hours);
        assert_eq!(
            (open.date, open.others("", "-", "!").as_str()),
            (day("2026-12-01"), ""),
            "with clinic there is no choice"
        );
    }

    #[test]
    fn a_block_over_the_whole_day_is_named() {
        let mut bookings = tuesdays();
        let off = Taken { title: Some("Congress".to_owned()), ..taken("2026-12-01", "", 30, VisitKind::Block) };
        bookings.taken.push(off);
        let found = bookings.first_free(VisitKind::Procedure, day("2026-12-01"), 30, (7, 18));
        assert_eq!(found.whole_day.as_deref(), Some("Congress"));
    }
}
