//! Moments and days: instants are UTC, the schedule is in the practice's zone, wherever the machine stands.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The moment this many milliseconds after the start of 1970, UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// Milliseconds since the start of 1970, UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// The moment this many milliseconds later.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
    /// The moment as a date and time in UTC; moments no calendar knows are clamped to 1970.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

/// What the clock says, in the zone of the practice. Made by the one clock in `app`, passed to everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The moment.
    pub instant: Instant,
    /// The zone of the practice.
    pub zone: Tz,
}

impl Now {
    /// Today in the practice.
    pub fn today(self) -> NaiveDate {
        self.wall().date()
    }
    /// Date and time on the practice's wall.
    pub fn wall(self) -> NaiveDateTime {
        wall(self.instant, self.zone)
    }
    /// Time on the practice's wall.
    pub fn time(self) -> NaiveTime {
        self.wall().time()
    }
}

/// Date and time on the wall in a zone at a moment.
pub fn wall(at: Instant, zone: Tz) -> NaiveDateTime {
    let utc = at.utc().naive_utc();
    utc + zone.offset_from_utc_datetime(&utc).fix()
}

/// The moment at which the wall of a zone shows this date and time.
///
/// In the hour that autumn repeats, the earlier of the two; in the hour that spring skips, the moment the clock would
/// have shown it without the change.
pub fn instant(wall: NaiveDateTime, zone: Tz) -> Instant {
    match zone.from_local_datetime(&wall) {
        chrono::LocalResult::Single(at) | chrono::LocalResult::Ambiguous(at, _) => Instant(at.timestamp_millis()),
        chrono::LocalResult::None => {
            let before = wall - chrono::Duration::hours(3);
            let offset =
                zone.from_local_datetime(&before).earliest().map_or(0, |at| at.offset().fix().local_minus_utc());
            Instant(wall.and_utc().timestamp_millis() - i64::from(offset) * 1000)
        }
    }
}

/// A date as it is always shown: `24 Nov 2026`.
pub fn show_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), MONTHS[date.month0() as usize], date.year())
}

/// A date with its weekday: `Tue 24 Nov 2026`.
pub fn show_day(date: NaiveDate) -> String {
    format!("{} {}", date.weekday(), show_date(date))
}

/// A date without its year: `24 Nov`. Only where the year stands beside it, as in the title of a week; elsewhere a column
/// that is too narrow for the whole date has [`show_date_within`].
pub fn show_day_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), MONTHS[date.month0() as usize])
}

/// From how many days on a day and month alone could be read as that of another year.
const HALF_A_YEAR: i64 = 183;

/// Whether a day and month alone can mean one date only, seen from today: that of less than half a year off.
pub fn is_near(date: NaiveDate, today: NaiveDate) -> bool {
    (date - today).num_days().abs() < HALF_A_YEAR
}

/// A date in a column of so many characters: whole where it fits; else without its year where it [is near](is_near), and
/// without its day where it is not: `24 Nov 2026`, `24 Nov`, `Nov 2024`. This is the one rule for short dates.
pub fn show_date_within(date: NaiveDate, today: NaiveDate, room: usize) -> String {
    let whole = show_date(date);
    if whole.len() <= room {
        whole
    } else if is_near(date, today) {
        show_day_month(date)
    } else {
        format!("{} {}", MONTHS[date.month0() as usize], date.year())
    }
}

/// The day of a screen's header where it has no room for the whole: `Tue 24 Nov`, by the rule of [`show_date_within`];
/// a day that is far off keeps its year.
pub fn show_day_short(date: NaiveDate, today: NaiveDate) -> String {
    if is_near(date, today) { format!("{} {}", date.weekday(), show_day_month(date)) } else { show_day(date) }
}

/// A moment as it is told on a day: `09:40`, and of another day `24 Nov 2026 09:40`.
pub fn show_moment(at: NaiveDateTime, today: NaiveDate) -> String {
    let time = show_time(at.time());
    if at.date() == today { time } else { format!("{} {time}", show_date(at.date())) }
}

/// A time as the schedule shows it: `09:40`.
pub fn show_time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Whole years from birth to a day; 0 before birth. Someone born on 29 February has their day on 1 March in other years.
pub fn age_in_years(birth: NaiveDate, on: NaiveDate) -> u32 {
    on.years_since(birth).unwrap_or(0)
}

/// Whole months from birth to a day; 0 before birth. Someone born on the 31st has their day on the 1st where a month is
/// shorter.
pub fn age_in_months(birth: NaiveDate, on: NaiveDate) -> u32 {
    let months = (on.year() - birth.year()) * 12 + (on.month0().cast_signed() - birth.month0().cast_signed());
    let months = if on.day() < birth.day() { months - 1 } else { months };
    u32::try_from(months).unwrap_or(0)
}

/// An age as it is shown: whole years, below two years months, below one month days.
pub fn show_age(birth: NaiveDate, on: NaiveDate) -> String {
    let several = |count: u32, unit: &str| if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
    match (age_in_years(birth, on), age_in_months(birth, on)) {
        (years @ 2.., _) => years.to_string(),
        (_, months @ 1..) => several(months, "month"),
        (_, 0) => several(age_in_days(birth, on), "day"),
    }
}

/// An age in a column: `54`, below two years `15m`, below one month `14d`.
pub fn show_age_short(birth: NaiveDate, on: NaiveDate) -> String {
    match (age_in_years(birth, on), age_in_months(birth, on)) {
        (years @ 2.., _) => years.to_string(),
        (_, months @ 1..) => format!("{months}m"),
        (_, 0) => format!("{}d", age_in_days(birth, on)),
    }
}

/// Whole days from birth to a day; 0 before birth.
fn age_in_days(birth: NaiveDate, on: NaiveDate) -> u32 {
    u32::try_from((on - birth).num_days()).unwrap_or(0)
}

/// The months as they are shown.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn walls_and_instants_agree_also_where_the_clock_jumps() {
        let zone = chrono_tz::Europe::Berlin;
        for (local, utc) in [
            ("2026-11-24T10:14:00", "2026-11-24T09:14:00"),
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00"),
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00"),
        ] {
            assert_eq!(instant(at(local), zone).utc().naive_utc(), at(utc), "{local}");
        }
        assert_eq!(wall(instant(at("2026-07-01T08:00:00"), zone), zone), at("2026-07-01T08:00:00"));
    }

    #[test]
    fn dates_are_shown_with_the_month_in_letters() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(show_date(date), "24 Nov 2026");
        assert_eq!(show_day(date), "Tue 24 Nov 2026");
        assert_eq!(show_time(NaiveTime::from_hms_opt(9, 5, 59).unwrap()), "09:05");
        let at: NaiveDateTime = "2026-11-24T09:05:59".parse().unwrap();
        assert_eq!(show_moment(at, at.date()), "09:05");
        assert_eq!(show_moment(at, "2026-11-25".parse().unwrap()), "24 Nov 2026 09:05");
    }

    #[test]
    fn a_narrow_column_shortens_a_date_to_what_can_mean_one_day_only() {
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-24");
        for (date, room, shown) in [
            ("2026-11-03", 10, "3 Nov 2026"),
            ("2026-11-03", 9, "3 Nov"),
            ("2026-11-24", 11, "24 Nov 2026"),
            ("2026-05-26", 6, "26 May"),
            ("2026-05-25", 6, "May 2026"),
            ("2027-05-25", 6, "25 May"),
            ("2027-05-26", 6, "May 2027"),
        ] {
            assert_eq!(show_date_within(day(date), today, room), shown, "{date} {room}");
        }
        assert_eq!(show_day_short(day("2026-10-27"), today), "Tue 27 Oct");
        assert_eq!(show_day_short(day("2025-10-27"), today), "Mon 27 Oct 2025");
    }

    #[test]
    fn age_counts_whole_years() {
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        for (birth, on, age) in [
            ("1988-05-09", "2026-05-08", 37),
            ("1988-05-09", "2026-05-09", 38),
            ("2004-02-29", "2026-02-28", 21),
            ("2027-01-01", "2026-01-01", 0),
        ] {
            assert_eq!(age_in_years(day(birth), day(on)), age, "{birth} {on}");
        }
    }

    #[test]
    fn the_age_of_the_smallest_is_shown_in_months_and_of_the_newborn_in_days() {
        let day = |s: &str| s.parse::<NaiveDate>().unwrap();
        for (birth, on, age, short) in [
            ("1988-05-09", "2026-05-09", "38", "38"),
            ("2024-11-24", "2026-11-24", "2", "2"),
            ("2024-11-25", "2026-11-24", "23 months", "23m"),
            ("2025-08-24", "2026-11-24", "15 months", "15m"),
            ("2026-10-24", "2026-11-24", "1 month", "1m"),
            ("2026-10-25", "2026-11-24", "30 days", "30d"),
            ("2026-11-23", "2026-11-24", "1 day", "1d"),
            ("2026-11-24", "2026-11-24", "0 days", "0d"),
            ("2027-01-01", "2026-11-24", "0 days", "0d"),
        ] {
            assert_eq!(show_age(day(birth), day(on)), age, "{birth} {on}");
            assert_eq!(show_age_short(day(birth), day(on)), short, "{birth} {on}");
        }
    }
}
