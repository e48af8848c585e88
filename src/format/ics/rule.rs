//! Recurrence rules: read, and asked for their starts inside a span of time.
//!
//! Why not a crate: the one at hand ties a rule to a zone it knows, starts counting at the first start whatever the
//! span, refuses as a whole what writers get slightly wrong, and cannot begin in 1601, where Exchange begins its zones.
//! Here a rule works on wall time alone; what a wall time means is the caller's matter. Endless rules cost what their
//! span costs, however long ago they began.

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::value::{Written, moment, short};

/// How often a rule comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Every {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A recurrence rule as RFC 5545 describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    every: Every,
    interval: u32,
    count: Option<u32>,
    /// After this nothing starts. A bare date ends series with times at its first midnight, as the common readers do.
    pub until: Option<Written>,
    months: Vec<u32>,
    weeks: Vec<i32>,
    year_days: Vec<i32>,
    month_days: Vec<i32>,
    /// Which one (0: every one) and which weekday.
    days: Vec<(i32, Weekday)>,
    hours: Vec<u32>,
    minutes: Vec<u32>,
    seconds: Vec<u32>,
    positions: Vec<i32>,
    week_start: Weekday,
}

/// More starts than any schedule has, or a rule that runs dry for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

/// No rule gives more starts in one span; an hourly one gives 8,784 in a year.
const MOST_STARTS: usize = 20_000;
/// No rule is followed over more turns: a minute-by-minute one passes a year within it.
const MOST_TURNS: u32 = 600_000;

/// The most moments that one turn is looked through for.
const MOST_IN_A_TURN: usize = 100_000;

/// What may still be spent on the rules of one file: its events share it, so that no file keeps anybody waiting.
#[derive(Debug)]
pub struct Budget {
    turns: u32,
    starts: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { turns: 4 * MOST_TURNS, starts: 200_000 }
    }
}

impl Budget {
    fn turn(&mut self) -> Result<(), TooMany> {
        self.turns = self.turns.checked_sub(1).ok_or(TooMany)?;
        Ok(())
    }
    fn start(&mut self) -> Result<(), TooMany> {
        self.starts = self.starts.checked_sub(1).ok_or(TooMany)?;
        Ok(())
    }
}

impl Rule {
    /// Reads a rule such as `FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2`. Unknown parts are passed over, unless they are known to
    /// change when it takes place.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut every = None;
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| wrong(part))?;
            let value = value.trim();
            if name.trim().eq_ignore_ascii_case("FREQ") {
                every = Some(read_every(value).ok_or_else(|| wrong(part))?);
            } else {
                rule.read_part(&name.trim().to_ascii_uppercase(), value).ok_or_else(|| wrong(part))?;
            }
        }
        rule.every = every.ok_or_else(|| format!("the rule \"{}\" does not say how often", short(text)))?;
        Ok(rule)
    }

    fn read_part(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "INTERVAL" => self.interval = value.parse::<u32>().ok()?.max(1),
            // Some writers say COUNT=-1 or COUNT=0 for "endless".
            "COUNT" => self.count = u32::try_from(value.parse::<i64>().ok()?).ok().filter(|count| *count > 0),
            "UNTIL" => self.until = Some(moment(value).ok()?),
            "BYMONTH" => self.months = numbers(value, 1, 12)?,
            "BYWEEKNO" => self.weeks = signed(value, 53)?,
            "BYYEARDAY" => self.year_days = signed(value, 366)?,
            "BYMONTHDAY" => self.month_days = signed(value, 31)?,
            "BYDAY" => self.days = value.split(',').map(|day| read_day(day.trim())).collect::<Option<_>>()?,
            "BYHOUR" => self.hours = numbers(value, 0, 23)?,
            "BYMINUTE" => self.minutes = numbers(value, 0, 59)?,
            "BYSECOND" => self.seconds = numbers(value, 0, 59)?,
            "BYSETPOS" => self.positions = signed(value, 366)?,
            "WKST" => self.week_start = read_weekday(value)?,
            // Other calendars, days pushed back into their month and Easter change when it takes place: not to be passed over.
            "RSCALE" if !value.eq_ignore_ascii_case("GREGORIAN") => return None,
            "SKIP" if !value.eq_ignore_ascii_case("OMIT") => return None,
            "BYEASTER" => return None,
            _ => {}
        }
        Some(())
    }

    /// Whether it ends after so many times.
    pub fn is_counted(&self) -> bool {
        self.count.is_some()
    }

    /// Whether it comes round more than once a day.
    pub fn is_within_a_day(&self) -> bool {
        self.every < Every::Day
    }

    /// The starts from `from` up to but not with `to`, in order, of a rule that begins at `first`. `is_over` says of a
    /// wall time whether it lies after the rule's UNTIL.
    pub fn starts(
        &self,
        first: NaiveDateTime,
        from: NaiveDateTime,
        to: NaiveDateTime,
        is_over: &dyn Fn(NaiveDateTime) -> bool,
        budget: &mut Budget,
    ) -> Result<Vec<NaiveDateTime>, TooMany> {
        let mut found = Vec::new();
        let mut counted = 0;
        // A counted rule must be followed from its beginning, any other from the turn before the span.
        let mut turn = if self.count.is_some() { 0 } else { self.turn_before(first, from) };
        for _ in 0..MOST_TURNS {
            let Some(anchor) = self.anchor(first, turn) else { return Ok(found) };
            if anchor >= to {
                return Ok(found);
            }
            budget.turn()?;
            for start in self.starts_of_turn(first, anchor)? {
                if start < first {
                    continue;
                }
                if is_over(start) || start >= to {
                    return Ok(found);
                }
                counted += 1;
                if start >= from {
                    budget.start()?;
                    found.push(start);
                }
                if self.count == Some(counted) {
                    return Ok(found);
                }
                if found.len() > MOST_STARTS {
                    return Err(TooMany);
                }
            }
            turn += 1;
        }
        Err(TooMany)
    }

    /// The turn (a year, month, week… of this rule) that comes safely before a wall time.
    fn turn_before(&self, first: NaiveDateTime, from: NaiveDateTime) -> i64 {
        let gone = from - first;
        let turns = match self.every {
            Every::Year => i64::from(from.year() - first.year()),
            Every::Month => {
                i64::from(from.year() - first.year()) * 12 + i64::from(from.month()) - i64::from(first.month())
            }
            Every::Week => gone.num_weeks(),
            Every::Day => gone.num_days(),
            Every::Hour => gone.num_hours(),
            Every::Minute => gone.num_minutes(),
            Every::Second => gone.num_seconds(),
        };
        (turns / i64::from(self.interval) - 2).max(0)
    }

    /// The beginning of a turn: nothing of the turn starts before it.
    fn anchor(&self, first: NaiveDateTime, turn: i64) -> Option<NaiveDateTime> {
        let steps = turn.checked_mul(i64::from(self.interval))?;
        let midnight = first.date().and_time(NaiveTime::MIN);
        let later = |unit: fn(i64) -> Option<Duration>, of: NaiveDateTime| of.checked_add_signed(unit(steps)?);
        match self.every {
            Every::Year => {
                let year = i32::try_from(i64::from(first.year()).checked_add(steps)?).ok()?;
                NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_time(NaiveTime::MIN))
            }
            Every::Month => midnight.with_day(1)?.checked_add_months(Months::new(u32::try_from(steps).ok()?)),
            Every::Week => {
                let into = first.weekday().days_since(self.week_start);
                later(Duration::try_weeks, midnight.checked_sub_signed(Duration::days(i64::from(into)))?)
            }
            Every::Day => later(Duration::try_days, midnight),
            Every::Hour => later(Duration::try_hours, first.with_minute(0)?.with_second(0)?),
            Every::Minute => later(Duration::try_minutes, first.with_second(0)?),
            Every::Second => later(Duration::try_seconds, first),
        }
    }

    fn starts_of_turn(&self, first: NaiveDateTime, anchor: NaiveDateTime) -> Result<Vec<NaiveDateTime>, TooMany> {
        let hours = match self.every {
            Every::Second | Every::Minute | Every::Hour => only(&self.hours, anchor.hour()),
            Every::Day | Every::Week | Every::Month | Every::Year => or(&self.hours, first.hour()),
        };
        let minutes = match self.every {
            Every::Second | Every::Minute => only(&self.minutes, anchor.minute()),
            _ => or(&self.minutes, first.minute()),
        };
        let seconds = match self.every {
            Every::Second => only(&self.seconds, anchor.second()),
            _ => or(&self.seconds, first.second()),
        };
        let days = self.days_of_turn(first.date(), anchor.date());
        if days.len() * hours.len() * minutes.len() * seconds.len() > MOST_IN_A_TURN {
            return Err(TooMany);
        }
        let mut starts = Vec::new();
        for day in days {
            for hour in &hours {
                for minute in &minutes {
                    starts.extend(seconds.iter().filter_map(|second| day.and_hms_opt(*hour, *minute, *second)));
                }
            }
        }
        starts.sort_unstable();
        starts.dedup();
        Ok(if self.positions.is_empty() { starts } else { self.at_positions(&starts) })
    }

    fn at_positions(&self, starts: &[NaiveDateTime]) -> Vec<NaiveDateTime> {
        let mut chosen: Vec<_> = self
            .positions
            .iter()
            .filter_map(|position| {
                let back = usize::try_from(position.unsigned_abs()).ok()?;
                if *position > 0 { starts.get(back - 1) } else { starts.get(starts.len().checked_sub(back)?) }
            })
            .copied()
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn days_of_turn(&self, first: NaiveDate, anchor: NaiveDate) -> Vec<NaiveDate> {
        let length = match self.every {
            Every::Year => {
                if anchor.leap_year() {
                    366
                } else {
                    365
                }
            }
            Every::Month => usize::from(anchor.num_days_in_month()),
            Every::Week => 7,
            _ => 1,
        };
        anchor.iter_days().take(length).filter(|day| self.falls_on(*day, first)).collect()
    }

    /// Whether a day fits. What the rule leaves open is taken from the first start.
    fn falls_on(&self, day: NaiveDate, first: NaiveDate) -> bool {
        let names_days =
            !(self.weeks.is_empty() && self.year_days.is_empty() && self.month_days.is_empty() && self.days.is_empty());
        let month_fits = match self.every {
            Every::Year if self.months.is_empty() && !names_days => day.month() == first.month(),
            _ => self.months.is_empty() || self.months.contains(&day.month()),
        };
        if !month_fits {
            return false;
        }
        let month_day_fits = match self.every {
            Every::Year | Every::Month if !names_days => day.day() == first.day(),
            _ => {
                self.month_days.is_empty()
                    || from_either_end(&self.month_days, day.day(), day.num_days_in_month().into())
            }
        };
        let weekday_fits = if self.days.is_empty() {
            let by_week = self.every == Every::Week && !names_days;
            let by_week_number = !self.weeks.is_empty() && self.year_days.is_empty() && self.month_days.is_empty();
            !(by_week || by_week_number) || day.weekday() == first.weekday()
        } else {
            self.days.iter().any(|(which, weekday)| *weekday == day.weekday() && self.is_nth(*which, day))
        };
        month_day_fits
            && weekday_fits
            && (self.year_days.is_empty() || from_either_end(&self.year_days, day.ordinal(), days_in_year(day)))
            && (self.weeks.is_empty() || self.in_weeks(day))
    }

    fn is_nth(&self, which: i32, day: NaiveDate) -> bool {
        let (at, of) = match self.every {
            _ if which == 0 => return true,
            Every::Month => (day.day(), u32::from(day.num_days_in_month())),
            Every::Year if !self.months.is_empty() => (day.day(), u32::from(day.num_days_in_month())),
            Every::Year => (day.ordinal(), days_in_year(day)),
            // "The second Monday" means nothing in a week or a day: every Monday.
            _ => return true,
        };
        let from_front = (at - 1) / 7 + 1;
        let from_back = (of - at) / 7 + 1;
        if which > 0 { which.unsigned_abs() == from_front } else { which.unsigned_abs() == from_back }
    }

    fn in_weeks(&self, day: NaiveDate) -> bool {
        // A week belongs to the year that holds four of its days; its fourth day therefore tells its year and number.
        let into = day.weekday().days_since(self.week_start);
        let Some(fourth) = day.checked_add_signed(Duration::days(3 - i64::from(into))) else { return false };
        let before = (fourth.ordinal() - 1) / 7;
        let weeks = before + (days_in_year(fourth) - fourth.ordinal()) / 7 + 1;
        from_either_end(&self.weeks, before + 1, weeks)
    }
}

fn wrong(part: &str) -> String {
    format!("the part \"{}\" of the rule is not understood", short(part))
}

fn read_every(text: &str) -> Option<Every> {
    Some(match text.to_ascii_uppercase().as_str() {
        "SECONDLY" => Every::Second,
        "MINUTELY" => Every::Minute,
        "HOURLY" => Every::Hour,
        "DAILY" => Every::Day,
        "WEEKLY" => Every::Week,
        "MONTHLY" => Every::Month,
        "YEARLY" => Every::Year,
        _ => return None,
    })
}

fn read_weekday(text: &str) -> Option<Weekday> {
    Some(match text.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

fn read_day(text: &str) -> Option<(i32, Weekday)> {
    let at = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at))?;
    let (which, day) = text.split_at(at);
    let which = if which.is_empty() { 0 } else { which.parse().ok()? };
    Some((which, read_weekday(day)?))
}

fn numbers(text: &str, least: u32, most: u32) -> Option<Vec<u32>> {
    text.split(',').map(|n| n.trim().parse().ok().filter(|n| (least..=most).contains(n))).collect()
}

fn signed(text: &str, most: i32) -> Option<Vec<i32>> {
    text.split(',').map(|n| n.trim().parse().ok().filter(|n: &i32| *n != 0 && n.abs() <= most)).collect()
}

fn or(given: &[u32], otherwise: u32) -> Vec<u32> {
    if given.is_empty() { vec![otherwise] } else { given.to_vec() }
}

fn only(given: &[u32], here: u32) -> Vec<u32> {
    if given.is_empty() || given.contains(&here) { vec![here] } else { Vec::new() }
}

/// Whether the list names a place, counted from the front or, if negative, from the back.
fn from_either_end(list: &[i32], at: u32, of: u32) -> bool {
    list.iter().any(|n| if *n > 0 { n.unsigned_abs() == at } else { of.checked_sub(n.unsigned_abs() - 1) == Some(at) })
}

fn days_in_year(day: NaiveDate) -> u32 {
    if day.leap_year() { 366 } else { 365 }
}

#[cfg(test)]
mod tests;
