//! Dates as they are typed.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::{Reading, Unread};
use crate::clinical::practice::DateOrder;
use crate::clinical::time::MONTHS;

/// Which way a date without a full year looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSense {
    /// The nearest such date.
    Near,
    /// The latest one not after today: something that happened.
    Past,
    /// The earliest one not before today: something planned.
    Ahead,
    /// A birth date: a year of two digits is the latest that is not in the future.
    Birth,
}

const MONTH_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAY_NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// More text than any date needs.
const LONGEST: usize = 40;

/// Reads a typed date.
///
/// Understood: `today`, `tomorrow`, `yesterday`; a weekday (`mon`: the next one, or the last one where the date lies in
/// the past; never today); a distance (`+2w`, `-3d`, `2w`, `3 months`, `10 days ago`, `+10`); a month by name (`24 nov`,
/// `nov 24 2026`, `24nov26`); digits in the region's order (`11/24/2026`, `24.11.`, `24-11-26`, `24 11 2026`); ISO
/// everywhere (`2026-11-24`, `20261124`). `24.11.` with its last dot is day and month in every region.
pub fn read_date(text: &str, reading: &Reading, sense: DateSense) -> Result<NaiveDate, Unread> {
    let text = text.trim().to_lowercase();
    if text.is_empty() || text.len() > LONGEST {
        return Err(Unread::NotADate);
    }
    if let Some(date) = by_word(&text, reading.today, sense) {
        return Ok(date);
    }
    if let Some(date) = by_distance(&text, reading.today) {
        return date.and_then(in_reach);
    }
    let parts = parts(&text)?;
    if parts.iter().any(|part| matches!(part, Part::Month(_))) {
        return by_month_name(&parts, reading.today, sense);
    }
    by_digits(&text, &parts, reading, sense)
}

fn by_word(text: &str, today: NaiveDate, sense: DateSense) -> Option<NaiveDate> {
    match text {
        "today" | "tod" => return Some(today),
        "tomorrow" | "tom" | "tmr" => return today.checked_add_days(Days::new(1)),
        "yesterday" | "yest" | "yes" => return today.checked_sub_days(Days::new(1)),
        _ => {}
    }
    let wanted = weekday(text)?;
    let from = i64::from(today.weekday().num_days_from_monday());
    let to = i64::from(wanted.num_days_from_monday());
    let back = matches!(sense, DateSense::Past | DateSense::Birth);
    let days = if back { (from - to - 1).rem_euclid(7) + 1 } else { (to - from - 1).rem_euclid(7) + 1 };
    let days = Days::new(u64::try_from(days).unwrap_or(7));
    if back { today.checked_sub_days(days) } else { today.checked_add_days(days) }
}

fn weekday(text: &str) -> Option<Weekday> {
    if text.len() < 2 {
        return None;
    }
    let at = DAY_NAMES.iter().position(|name| name.starts_with(text))?;
    Weekday::try_from(u8::try_from(at).ok()?).ok()
}

/// `+2w` and its kin; `None` where the text is nothing of the sort.
fn by_distance(text: &str, today: NaiveDate) -> Option<Result<NaiveDate, Unread>> {
    let (signed, mut back, rest) = match text.as_bytes().first()? {
        b'+' => (true, false, &text[1..]),
        b'-' => (true, true, &text[1..]),
        _ => (false, false, text.strip_prefix("in ").unwrap_or(text)),
    };
    let rest = rest.trim();
    let rest = match rest.strip_suffix("ago") {
        Some(rest) if !signed => {
            back = true;
            rest.trim()
        }
        _ => rest,
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = rest.split_at(digits);
    let count: u32 = match count.parse() {
        Ok(count) => count,
        Err(_) if digits > 0 => return Some(Err(Unread::NoSuchYear(i64::from(u32::MAX)))),
        Err(_) => return None,
    };
    let span = match unit.trim() {
        "d" | "day" | "days" => Span::Days(u64::from(count)),
        "" if signed => Span::Days(u64::from(count)),
        "w" | "wk" | "wks" | "week" | "weeks" => Span::Days(u64::from(count) * 7),
        "m" | "mo" | "mon" | "month" | "months" => Span::Months(count),
        "y" | "yr" | "yrs" | "year" | "years" => Span::Months(count.saturating_mul(12)),
        _ => return None,
    };
    let date = match (span, back) {
        (Span::Days(days), false) => today.checked_add_days(Days::new(days)),
        (Span::Days(days), true) => today.checked_sub_days(Days::new(days)),
        (Span::Months(months), false) => today.checked_add_months(Months::new(months)),
        (Span::Months(months), true) => today.checked_sub_months(Months::new(months)),
    };
    Some(date.ok_or(Unread::NoSuchYear(i64::from(count))))
}

enum Span {
    Days(u64),
    Months(u32),
}

/// One piece of a date: digits with how many there were, or a month by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Digits { value: u32, len: usize },
    Month(u32),
}

/// Cuts a text into digits and month names; anything else but a separator is no date.
fn parts(text: &str) -> Result<Vec<Part>, Unread> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            let value = rest[..len].parse().map_err(|_| Unread::NotADate)?;
            out.push(Part::Digits { value, len });
            rest = &rest[len..];
        } else if first.is_ascii_alphabetic() {
            let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            match (&rest[..len], out.last()) {
                ("st" | "nd" | "rd" | "th", Some(Part::Digits { .. })) => {}
                (name, _) => out.push(Part::Month(month_by_name(name).ok_or(Unread::NotADate)?)),
            }
            rest = &rest[len..];
        } else if matches!(first, ' ' | '.' | '/' | '-' | ',') {
            rest = &rest[1..];
        } else {
            return Err(Unread::NotADate);
        }
    }
    Ok(out)
}

fn month_by_name(name: &str) -> Option<u32> {
    if name.len() < 3 {
        return None;
    }
    let at =
        MONTH_NAMES.iter().position(|month| month.starts_with(name) || (name == "sept" && *month == "september"))?;
    u32::try_from(at + 1).ok()
}

fn by_month_name(parts: &[Part], today: NaiveDate, sense: DateSense) -> Result<NaiveDate, Unread> {
    use Part::{Digits, Month};
    match *parts {
        [Digits { value: day, len: 1..=2 }, Month(month)] | [Month(month), Digits { value: day, len: 1..=2 }] => {
            without_year(day, month, today, sense)
        }
        [Digits { value: day, len: 1..=2 }, Month(month), Digits { value: year, len }]
        | [Month(month), Digits { value: day, len: 1..=2 }, Digits { value: year, len }]
        | [Digits { value: year, len: len @ 4 }, Month(month), Digits { value: day, len: 1..=2 }] => {
            with_year(day, month, year, len, today, sense)
        }
        _ => Err(Unread::NotADate),
    }
}

fn by_digits(text: &str, parts: &[Part], reading: &Reading, sense: DateSense) -> Result<NaiveDate, Unread> {
    let today = reading.today;
    let number = |part: &Part| match *part {
        Part::Digits { value, len } => (value, len),
        Part::Month(month) => (month, 2),
    };
    let all: Vec<(u32, usize)> = parts.iter().map(number).collect();
    match *all.as_slice() {
        [(value, 8)] => {
            let iso = date_of(value % 100, value / 100 % 100, i64::from(value / 10_000), reading.order);
            if (1850..=2200).contains(&(value / 10_000)) && iso.is_ok() {
                return iso;
            }
            let (day, month, year) = match reading.order {
                DateOrder::Dmy => (value / 1_000_000, value / 10_000 % 100, value % 10_000),
                DateOrder::Mdy => (value / 10_000 % 100, value / 1_000_000, value % 10_000),
                DateOrder::Ymd => (value % 100, value / 100 % 100, value / 10_000),
            };
            date_of(day, month, i64::from(year), reading.order)
        }
        [(year, 4), (month, 1..=2), (day, 1..=2)] => date_of(day, month, i64::from(year), reading.order),
        [(a, 1..=2), (b, 1..=2)] => {
            let day_first = text.ends_with('.') || reading.order == DateOrder::Dmy;
            let (day, month) = if day_first { (a, b) } else { (b, a) };
            month_in_order(month, reading.order)?;
            without_year(day, month, today, sense)
        }
        [(a, 1..=2), (b, 1..=2), (c, len @ (2 | 4))] => {
            let (day, month, year, len) = match reading.order {
                DateOrder::Dmy => (a, b, c, len),
                DateOrder::Mdy => (b, a, c, len),
                DateOrder::Ymd if len == 2 => (c, b, a, 2),
                DateOrder::Ymd => return Err(Unread::NotADate),
            };
            month_in_order(month, reading.order)?;
            with_year(day, month, year, len, today, sense)
        }
        _ => Err(Unread::NotADate),
    }
}

fn month_in_order(month: u32, order: DateOrder) -> Result<(), Unread> {
    if (1..=12).contains(&month) { Ok(()) } else { Err(Unread::NoSuchMonth { month, order }) }
}

/// Tries the years around today and takes the one the sense asks for; 29 February finds its leap year.
fn without_year(day: u32, month: u32, today: NaiveDate, sense: DateSense) -> Result<NaiveDate, Unread> {
    let all = (today.year() - 8..=today.year() + 8).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let found = match sense {
        DateSense::Past | DateSense::Birth => all.filter(|date| *date <= today).max(),
        DateSense::Ahead => all.filter(|date| *date >= today).min(),
        DateSense::Near => all.min_by_key(|date| (*date - today).num_days().abs()),
    };
    found.ok_or_else(|| no_such_day(day, month, today.year()))
}

fn with_year(
    day: u32,
    month: u32,
    year: u32,
    len: usize,
    today: NaiveDate,
    sense: DateSense,
) -> Result<NaiveDate, Unread> {
    let year = i64::from(year);
    let full = match len {
        4 => year,
        2 => {
            let century = i64::from(today.year()) / 100 * 100;
            let latest = match sense {
                DateSense::Birth | DateSense::Past => i64::from(today.year()),
                DateSense::Near | DateSense::Ahead => i64::from(today.year()) + 20,
            };
            let mut full = century + 100 + year;
            while full > latest {
                full -= 100;
            }
            // Of this year's own two digits, a day still to come is last century's.
            let ahead = i32::try_from(full).ok().and_then(|full| NaiveDate::from_ymd_opt(full, month, day));
            if sense == DateSense::Birth && ahead.is_some_and(|date| date > today) { full - 100 } else { full }
        }
        _ => return Err(Unread::NotADate),
    };
    date_of(day, month, full, DateOrder::Dmy)
}

fn date_of(day: u32, month: u32, year: i64, order: DateOrder) -> Result<NaiveDate, Unread> {
    if !(1850..=2200).contains(&year) {
        return Err(Unread::NoSuchYear(year));
    }
    month_in_order(month, order)?;
    let year = i32::try_from(year).map_err(|_| Unread::NoSuchYear(year))?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| no_such_day(day, month, year))
}

fn no_such_day(day: u32, month: u32, year: i32) -> Unread {
    let month = MONTHS.get(month.saturating_sub(1) as usize).copied().unwrap_or("this month");
    Unread::NoSuchDay { day, month, year }
}

fn in_reach(date: NaiveDate) -> Result<NaiveDate, Unread> {
    if (1850..=2200).contains(&date.year()) { Ok(date) } else { Err(Unread::NoSuchYear(i64::from(date.year()))) }
}
