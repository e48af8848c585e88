//! Dates in cells: found in any order and writing, and brought into one order by what the whole table shows.
//!
//! A date whose day and month could be swapped is kept as written until [`Orders`] has seen every date of the table:
//! a number above 12 where only a day can stand, a weekday beside the date, or dots (day.month.year) settle the order for
//! all dates written with the same separator. Where nothing does, the region's order is taken and said.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::clinical::practice::DateOrder;
use crate::clinical::text::cut;

/// A date as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDate {
    /// Year, month and day are known: written year first, or with the month in words.
    Known {
        /// Year; of two digits where `short`.
        year: i32,
        /// Month.
        month: u32,
        /// Day.
        day: u32,
        /// Whether the year has two digits.
        short: bool,
    },
    /// Two numbers of which one is the day, and a year.
    Open {
        /// The first number.
        first: u32,
        /// The second number.
        second: u32,
        /// Year; of two digits where `short`.
        year: i32,
        /// Whether the year has two digits.
        short: bool,
        /// What stands between them.
        separator: char,
        /// The weekday beside it.
        weekday: Option<Weekday>,
    },
    /// A count of days, as spreadsheets keep them.
    Serial(i64),
}

/// What a date of a table is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOf {
    /// An appointment.
    Appointment,
    /// A birth.
    Birth,
}

impl DateOf {
    fn other(self) -> Self {
        match self {
            Self::Appointment => Self::Birth,
            Self::Birth => Self::Appointment,
        }
    }
}

/// Which date a year of two digits is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Century {
    /// An appointment: 20yy.
    This,
    /// A birth: the latest year that is not after this day.
    NotAfter(NaiveDate),
}

impl Century {
    fn of(self) -> DateOf {
        match self {
            Self::This => DateOf::Appointment,
            Self::NotAfter(_) => DateOf::Birth,
        }
    }
}

const MONTHS: &[(&str, u32)] = &[
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("mär", 3),
    ("maer", 3),
    ("mrz", 3),
    ("mai", 5),
    ("okt", 10),
    ("dez", 12),
    ("jän", 1),
    ("fev", 2),
    ("fév", 2),
    ("avr", 4),
    ("juin", 6),
    ("juil", 7),
    ("aoû", 8),
    ("aou", 8),
    ("déc", 12),
    ("ene", 1),
    ("abr", 4),
    ("ago", 8),
    ("set", 9),
    ("dic", 12),
    ("mei", 5),
    ("maa", 3),
    ("gen", 1),
    ("mag", 5),
    ("giu", 6),
    ("lug", 7),
    ("ott", 10),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("montag", Weekday::Mon),
    ("dienstag", Weekday::Tue),
    ("mittwoch", Weekday::Wed),
    ("donnerstag", Weekday::Thu),
    ("freitag", Weekday::Fri),
    ("samstag", Weekday::Sat),
    ("sonnabend", Weekday::Sat),
    ("sonntag", Weekday::Sun),
    ("lundi", Weekday::Mon),
    ("mardi", Weekday::Tue),
    ("mercredi", Weekday::Wed),
    ("jeudi", Weekday::Thu),
    ("vendredi", Weekday::Fri),
    ("samedi", Weekday::Sat),
    ("dimanche", Weekday::Sun),
    ("lunes", Weekday::Mon),
    ("martes", Weekday::Tue),
    ("miércoles", Weekday::Wed),
    ("jueves", Weekday::Thu),
    ("viernes", Weekday::Fri),
    ("sábado", Weekday::Sat),
    ("domingo", Weekday::Sun),
];

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    // "mar" is March here and "mardi" or "martes" there: only a whole weekday is none.
    if word.chars().count() < 3 || WEEKDAYS.iter().any(|(name, _)| *name == word) {
        return None;
    }
    MONTHS.iter().filter(|(start, _)| word.starts_with(start)).max_by_key(|(start, _)| start.len()).map(|(_, n)| *n)
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let word = word.trim_end_matches('.');
    let known = WEEKDAYS.iter().find(|(name, _)| *name == word || (word.len() == 3 && name.starts_with(word)));
    // German lists write two letters; other two-letter words are none.
    let short = [
        ("mo", Weekday::Mon),
        ("di", Weekday::Tue),
        ("mi", Weekday::Wed),
        ("do", Weekday::Thu),
        ("fr", Weekday::Fri),
        ("sa", Weekday::Sat),
        ("so", Weekday::Sun),
    ];
    known.map(|(_, day)| *day).or_else(|| short.iter().find(|(name, _)| *name == word).map(|(_, day)| *day))
}

/// Finds the date at the beginning of a text and gives back what follows it.
pub fn leading_date(text: &str) -> Option<(WrittenDate, &str)> {
    let text = text.trim();
    let (weekday, after) = leading_weekday(text);
    let numbers = numeric(after, weekday).or_else(|| compact(after));
    // "Mar 24, 2026" is tried as a month before its first word is taken for a day of the week.
    numbers.or_else(|| in_words(text)).or_else(|| in_words(after))
}

/// The first date anywhere in a text.
pub fn date_within(text: &str) -> Option<WrittenDate> {
    let starts_word = |(at, c): &(usize, char)| {
        c.is_alphanumeric() && !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric)
    };
    text.char_indices().filter(starts_word).find_map(|(at, _)| leading_date(&text[at..])).map(|(date, _)| date)
}

fn leading_weekday(text: &str) -> (Option<Weekday>, &str) {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    match weekday(&text[..end]) {
        Some(day) => (Some(day), text[end..].trim_start_matches(['.', ',', ' ', '\u{a0}'])),
        None => (None, text),
    }
}

/// The day of the week that a text begins with; none where the word may be a month.
pub fn written_weekday(text: &str) -> Option<Weekday> {
    let text = text.trim();
    let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
    weekday(word).filter(|_| month(word).is_none())
}

/// A number of at most so many digits at the beginning.
fn digits(text: &str, most: usize) -> Option<(u32, usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 || end > most {
        return None;
    }
    Some((text[..end].parse().ok()?, end, &text[end..]))
}

/// `2026-11-24`, `24.11.2026`, `11/24/26`.
fn numeric(text: &str, weekday: Option<Weekday>) -> Option<(WrittenDate, &str)> {
    let (a, a_digits, rest) = digits(text, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (b, b_digits, rest) = digits(rest[1..].trim_start_matches(' '), 2)?;
    let (c, c_digits, rest) = digits(rest.strip_prefix(separator)?.trim_start_matches(' '), 4)?;
    let date = match (a_digits, b_digits, c_digits) {
        (4, 1 | 2, 1 | 2) => WrittenDate::Known { year: i32::try_from(a).ok()?, month: b, day: c, short: false },
        (1 | 2, 1 | 2, 2 | 4) => WrittenDate::Open {
            first: a,
            second: b,
            year: i32::try_from(c).ok()?,
            short: c_digits == 2,
            separator,
            weekday,
        },
        _ => return None,
    };
    Some((date, rest))
}

/// `20261124`, also with the time behind it without a gap.
fn compact(text: &str) -> Option<(WrittenDate, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if !matches!(end, 8 | 12 | 14) {
        return None;
    }
    let (year, month, day) = (text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..8].parse().ok()?);
    let plausible = (1880..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    plausible.then_some((WrittenDate::Known { year, month, day, short: false }, &text[8..]))
}

/// `May 5, 2025`, `5 May 2025`, `24. November 2026`, `05-May-25`, `2026 Nov 24`.
fn in_words(text: &str) -> Option<(WrittenDate, &str)> {
    let (month, day, rest) = if let Some((month, rest)) = leading_month(text) {
        let (day, _, rest) = digits(after_gap(rest), 2)?;
        (month, day, after_ordinal(rest))
    } else {
        let (day, count, rest) = digits(text, 4)?;
        let rest = after_ordinal(rest);
        let (month, rest) = leading_month(after_gap(rest.strip_prefix(" of").unwrap_or(rest)))?;
        if count > 2 {
            let (last, _, rest) = digits(after_gap(rest), 2)?;
            return Some((WrittenDate::Known { year: i32::try_from(day).ok()?, month, day: last, short: false }, rest));
        }
        (month, day, rest)
    };
    let (year, count, rest) = digits(after_gap(rest), 4)?;
    let date = WrittenDate::Known { year: i32::try_from(year).ok()?, month, day, short: count == 2 };
    matches!(count, 2 | 4).then_some((date, rest))
}

fn leading_month(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    Some((month(&text[..end])?, &text[end..]))
}

fn after_gap(text: &str) -> &str {
    text.trim_start_matches([' ', '.', ',', '-', '/', '\u{a0}'])
}

fn after_ordinal(text: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_prefix(end)).unwrap_or(text)
}

/// A birth date as spreadsheets keep it: a whole count of days, too large to be a year. Six digits, or a zero before
/// them, are a date run together.
pub fn serial_birth(text: &str) -> Option<WrittenDate> {
    let text = text.trim();
    if text.len() > 5 || text.starts_with('0') || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days = text.parse::<i64>().ok()?;
    (2_200..80_000).contains(&days).then_some(WrittenDate::Serial(days))
}

/// A count of days as spreadsheets keep them, of this and the last century, and the part of the day behind the point.
pub fn serial(text: &str) -> Option<(WrittenDate, f64)> {
    let number: f64 = text.trim().parse().ok()?;
    if !(10_000.0..80_000.0).contains(&number) || text.trim().contains(['e', 'E']) {
        return None;
    }
    // In range: the whole part fits.
    #[expect(clippy::cast_possible_truncation, reason = "between 10,000 and 80,000")]
    let days = number.trunc() as i64;
    Some((WrittenDate::Serial(days), number.fract()))
}

/// The order in which the dates of a table are written, by what stands between their numbers. Births and appointments
/// may be written differently; where only one of them shows its order, it holds for both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orders {
    settled: BTreeMap<(char, DateOf), DateOrder>,
    region: DateOrder,
    open: Option<String>,
    contradiction: Option<String>,
}

impl Orders {
    /// Looks at all dates of a table; `region` is the order where nothing settles it.
    pub fn of<'a>(dates: impl Iterator<Item = (&'a str, WrittenDate, DateOf)>, region: DateOrder) -> Self {
        let mut votes: BTreeMap<(char, DateOf), (usize, usize)> = BTreeMap::new();
        let mut samples: BTreeMap<char, &str> = BTreeMap::new();
        let (mut month_firsts, mut day_firsts) = (BTreeMap::new(), BTreeMap::new());
        for (text, date, of) in dates {
            let WrittenDate::Open { first, second, separator, .. } = date else { continue };
            // A date in no order says nothing of the order of the others.
            if first > 12 && second > 12 {
                continue;
            }
            let (month_first, day_first) = votes.entry((separator, of)).or_default();
            if second > 12 || fits_weekday(date) == Some(DateOrder::Mdy) {
                *month_first += 1;
                month_firsts.entry((separator, of)).or_insert(text);
            }
            if first > 12 || fits_weekday(date) == Some(DateOrder::Dmy) {
                *day_first += 1;
                day_firsts.entry((separator, of)).or_insert(text);
            }
            if first != second {
                samples.entry(separator).or_insert(text);
            }
        }
        let mut orders = Self { settled: BTreeMap::new(), region, open: None, contradiction: None };
        for (written, (month_first, day_first)) in &votes {
            let order = match month_first.cmp(day_first) {
                Ordering::Greater => DateOrder::Mdy,
                Ordering::Less => DateOrder::Dmy,
                Ordering::Equal if written.0 == '.' => DateOrder::Dmy,
                Ordering::Equal => continue,
            };
            orders.settled.insert(*written, order);
        }
        let is_open = |separator: &char| {
            [DateOf::Appointment, DateOf::Birth].iter().all(|of| !orders.settled.contains_key(&(*separator, *of)))
        };
        let open = votes.keys().map(|(separator, _)| separator).find(|separator| is_open(separator));
        let both = month_firsts.iter().find_map(|(written, month)| Some((*written, *month, *day_firsts.get(written)?)));
        orders.contradiction = both.map(|((separator, of), month, day)| {
            let order = match orders.order(separator, of) {
                DateOrder::Mdy => "month, day, year",
                DateOrder::Dmy | DateOrder::Ymd => "day, month, year",
            };
            let (month, day) = (cut(month.trim(), 30), cut(day.trim(), 30));
            format!(
                "two dates contradict each other: in \"{month}\" the month stands first, in \"{day}\" the day; read as {order}"
            )
        });
        let contradicted = |separator: &&char| both.is_none_or(|((other, _), ..)| other != **separator);
        let open = open.filter(contradicted);
        orders.open = open.and_then(|separator| samples.get(separator)).map(|text| cut(text.trim(), 30));
        orders
    }

    /// A date in which nothing settled the order, if there is one: its reading is then the region's and must be said.
    pub fn unsettled(&self) -> Option<String> {
        let text = self.open.as_deref()?;
        let (date, _) = leading_date(text)?;
        let read = self.date(date, Century::This)?;
        let order = match self.order('/', DateOf::Appointment) {
            DateOrder::Mdy => "month, day, year",
            DateOrder::Dmy | DateOrder::Ymd => "day, month, year",
        };
        let shown = crate::clinical::time::show_date(read);
        Some(format!(
            "no date settles whether the day or the month stands first: read as {order} (\"{text}\" as {shown})"
        ))
    }

    /// Two dates of one kind that cannot both be written in one order, if there are such.
    pub fn contradiction(&self) -> Option<String> {
        self.contradiction.clone()
    }

    /// The order of the table as a whole: what its dates settled, else the region's.
    pub fn usual(&self) -> DateOrder {
        self.settled.values().next().copied().unwrap_or(self.region)
    }

    fn order(&self, separator: char, of: DateOf) -> DateOrder {
        let otherwise = if self.region == DateOrder::Mdy { DateOrder::Mdy } else { DateOrder::Dmy };
        let settled = |of| self.settled.get(&(separator, of)).copied();
        settled(of).or_else(|| settled(of.other())).unwrap_or(otherwise)
    }

    /// The date that is meant; none if there is no such day.
    pub fn date(&self, written: WrittenDate, century: Century) -> Option<NaiveDate> {
        match written {
            WrittenDate::Known { year, month, day, short } => in_century(year, month, day, short, century),
            WrittenDate::Open { first, second, year, short, separator, .. } => {
                match self.order(separator, century.of()) {
                    DateOrder::Mdy => in_century(year, first, second, short, century),
                    DateOrder::Dmy => in_century(year, second, first, short, century),
                    DateOrder::Ymd => None,
                }
            }
            WrittenDate::Serial(days) => {
                NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::Duration::try_days(days)?)
            }
        }
    }
}

fn fits_weekday(date: WrittenDate) -> Option<DateOrder> {
    let WrittenDate::Open { first, second, year, short, weekday: Some(weekday), .. } = date else { return None };
    let falls = |month, day| in_century(year, month, day, short, Century::This).is_some_and(|d| d.weekday() == weekday);
    match (falls(first, second), falls(second, first)) {
        (true, false) => Some(DateOrder::Mdy),
        (false, true) => Some(DateOrder::Dmy),
        _ => None,
    }
}

fn in_century(year: i32, month: u32, day: u32, short: bool, century: Century) -> Option<NaiveDate> {
    if !short {
        return NaiveDate::from_ymd_opt(year, month, day).filter(|date| (1850..2200).contains(&date.year()));
    }
    let this = NaiveDate::from_ymd_opt(2000 + year, month, day);
    match century {
        Century::This => this,
        Century::NotAfter(latest) => {
            this.filter(|date| *date <= latest).or_else(|| NaiveDate::from_ymd_opt(1900 + year, month, day))
        }
    }
}

#[cfg(test)]
mod tests;
