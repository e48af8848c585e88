//! Times of day, spans and lengths in cells.

use chrono::{NaiveTime, Timelike};

/// What a cell says of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From.
    pub start: NaiveTime,
    /// To, where the cell holds both.
    pub end: Option<NaiveTime>,
    /// Minutes east of UTC, where written beside it.
    pub offset: Option<i32>,
}

/// What a text is, looked at as a time or a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<T> {
    /// Something else.
    Other,
    /// Written like one, but there is none such.
    Impossible,
    /// This one.
    Is(T),
}

impl<T> Found<T> {
    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Other | Self::Impossible => None,
        }
    }
}

/// Reads a time, a span of two, or a time with an offset. Four or six digits in a row are a time only where
/// `after_date` says that a date stands before them, or that the column is known to hold times.
pub fn span(text: &str, after_date: bool) -> Found<Span> {
    let text = text.trim().to_lowercase();
    if let Some(single) = with_offset(&text, after_date) {
        return single;
    }
    for between in ["-", "–", "—", " bis ", " to ", "→"] {
        if let Some((from, to)) = text.split_once(between) {
            let (from, to) = (from.trim(), to.trim());
            return match (time(from, after_date), time(to, after_date)) {
                (Found::Other, _) | (_, Found::Other) => Found::Other,
                (Found::Impossible, _) | (_, Found::Impossible) => Found::Impossible,
                (Found::Is(start), Found::Is(end)) => {
                    Found::Is(Span { start: same_half(start, from, end, to), end: Some(end), offset: None })
                }
            };
        }
    }
    match time(&text, after_date) {
        Found::Other => Found::Other,
        Found::Impossible => Found::Impossible,
        Found::Is(start) => Found::Is(Span { start, end: None, offset: None }),
    }
}

/// `1:00 - 1:30 pm`: the half of the day is written once, for both.
fn same_half(start: NaiveTime, from: &str, end: NaiveTime, to: &str) -> NaiveTime {
    let said = |text: &str| text.ends_with(['m', '.']) || text.ends_with('p') || text.ends_with('a');
    let later = start + chrono::Duration::hours(12);
    if said(to) && !said(from) && end.hour() >= 12 && start.hour() < 12 && later <= end { later } else { start }
}

/// `08:30:00-05:00`, `08:30Z`, `08:30 +0200`. A minus behind `09:00` without seconds begins a span instead, unless a date
/// may stand before it and what follows lies before 09:00. No zone lies less than an hour west of UTC.
fn with_offset(text: &str, after_date: bool) -> Option<Found<Span>> {
    let (clock, minutes) = if let Some(clock) = text.strip_suffix('z').or_else(|| text.strip_suffix("utc")) {
        (clock, 0)
    } else {
        let at = text.rfind(['+', '-'])?;
        let (clock, offset) = text.split_at(at);
        let says_seconds = clock.trim().matches(':').count() == 2;
        if offset.starts_with('-') && !(says_seconds || after_date) {
            return None;
        }
        let digits: String = offset[1..].trim().chars().filter(|c| *c != ':').collect();
        let digits = if digits.len() == 2 { format!("{digits}00") } else { digits };
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let minutes = digits[..2].parse::<i32>().ok()? * 60 + digits[2..].parse::<i32>().ok()?;
        if minutes > 14 * 60 {
            return None;
        }
        let ends_later =
            || matches!(time(clock.trim(), after_date), Found::Is(start) if start < minute_of_day(minutes));
        if offset.starts_with('-') && !says_seconds && (minutes < 60 || ends_later()) {
            return None;
        }
        (clock, if offset.starts_with('-') { -minutes } else { minutes })
    };
    Some(match time(clock.trim(), after_date) {
        Found::Is(start) => Found::Is(Span { start, end: None, offset: Some(minutes) }),
        Found::Impossible => Found::Impossible,
        Found::Other => return None,
    })
}

fn minute_of_day(minutes: i32) -> NaiveTime {
    NaiveTime::MIN + chrono::Duration::minutes(minutes.into())
}

fn time(text: &str, bare_digits: bool) -> Found<NaiveTime> {
    let whole = text.trim();
    let text = whole.trim_end_matches("uhr").trim_end();
    // "9 Uhr" is an hour, as "9 am" is.
    let says_hour = text.len() < whole.len();
    match text {
        "noon" | "12 noon" | "12:00 noon" => return Found::Is(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()),
        "midnight" => return Found::Is(NaiveTime::MIN),
        _ => {}
    }
    let (text, half) = half_of_day(text);
    let Some(parts) = parts(text, half.is_some() || says_hour, bare_digits) else { return Found::Other };
    let (mut hour, minute, second) = parts;
    match half {
        Some(afternoon) if (1..=12).contains(&hour) => hour = hour % 12 + if afternoon { 12 } else { 0 },
        // 13:00 PM is written by some; 0:30 AM is plain.
        _ => {}
    }
    if (hour, minute, second) == (24, 0, 0) {
        return Found::Impossible;
    }
    NaiveTime::from_hms_opt(hour, minute, second).map_or(Found::Impossible, Found::Is)
}

/// The half of the day that a cell of its own says, as it is written behind a time.
pub fn half(cell: &str) -> Option<&'static str> {
    match cell.trim().to_lowercase().as_str() {
        "am" | "a.m." | "a.m" | "a" => Some("am"),
        "pm" | "p.m." | "p.m" | "p" => Some("pm"),
        _ => None,
    }
}

/// Takes `am`, `p.m.`, `a` off the end; true is the afternoon.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    for (end, afternoon) in [
        ("a.m.", false),
        ("p.m.", true),
        ("am", false),
        ("pm", true),
        ("a.m", false),
        ("p.m", true),
        ("a", false),
        ("p", true),
    ] {
        if let Some(rest) = text.strip_suffix(end) {
            let rest = rest.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            if rest.ends_with(|c: char| c.is_ascii_digit()) {
                return (rest, Some(afternoon));
            }
        }
    }
    (text, None)
}

fn parts(text: &str, has_half: bool, bare_digits: bool) -> Option<(u32, u32, u32)> {
    let number = |text: &str| if text.is_empty() || text.len() > 2 { None } else { text.parse::<u32>().ok() };
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.len() {
            1 | 2 if has_half => Some((number(text)?, 0, 0)),
            3 | 4 if bare_digits || has_half => {
                Some((number(&text[..text.len() - 2])?, number(&text[text.len() - 2..])?, 0))
            }
            6 if bare_digits => Some((number(&text[..2])?, number(&text[2..4])?, number(&text[4..])?)),
            _ => None,
        };
    }
    let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, ':' | '.' | 'h'))?;
    let mut pieces = text.split(separator);
    let hour = number(pieces.next()?)?;
    let minute_text = pieces.next()?;
    if minute_text.is_empty() && separator == 'h' {
        return Some((hour, 0, 0));
    }
    let minute = number(minute_text).filter(|_| minute_text.len() == 2)?;
    let second = match pieces.next() {
        None => 0,
        // Parts of a second do not matter.
        Some(text) => number(text.split('.').next()?)?,
    };
    pieces.next().is_none().then_some((hour, minute, second))
}

/// The part of a day as a time, to the minute.
pub fn of_day(part: f64) -> Option<NaiveTime> {
    // Between 0 and 1: the product fits.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a day")]
    let minutes = (part.clamp(0.0, 0.999_9) * 1440.0).round() as u32;
    NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)
}

/// Whether a cell says the midnight at the end of the day: `24:00`.
pub fn is_end_of_day(text: &str) -> bool {
    matches!(text.trim(), "24:00" | "24:00:00" | "2400" | "24.00" | "24:00 Uhr" | "24.00 Uhr")
}

/// A length as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenLength {
    /// In minutes, as the cell says.
    Minutes(u32),
    /// A bare number: minutes or seconds, as the column shows.
    Bare(u32),
}

/// Reads `30`, `30 min`, `1 h 15`, `0:30`, `00:30:00`, `PT30M`, `1200 sec`.
pub fn length(text: &str) -> Option<WrittenLength> {
    let text = text.trim().to_lowercase();
    if let Ok(bare) = text.parse::<f64>() {
        // Checked to be small and whole before it is converted.
        if !(0.0..1_000_000.0).contains(&bare) || bare.fract() != 0.0 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and whole")]
        return Some(WrittenLength::Bare(bare as u32));
    }
    if let Some((hours, rest)) = text.split_once(':') {
        let minutes = rest.split(':').next()?.parse::<u32>().ok()?;
        return Some(WrittenLength::Minutes(hours.parse::<u32>().ok()?.checked_mul(60)?.checked_add(minutes)?));
    }
    let body = text.strip_prefix("pt").unwrap_or(&text);
    let mut seconds: u32 = 0;
    let mut rest = body.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: u32 = rest[..end].parse().ok()?;
        rest = &rest[end..];
        let tenths = tenths(rest);
        if tenths.is_some() {
            rest = &rest[2..];
        }
        rest = rest.trim_start();
        let word_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..word_end] {
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => 3600,
            "" | "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?.checked_add(tenths.unwrap_or(0) * unit / 10)?;
        rest = rest[word_end..].trim_start_matches(['.', ' ', ',']);
    }
    Some(WrittenLength::Minutes(seconds / 60))
}

/// `.5` or `,5` behind a number, before its unit.
fn tenths(text: &str) -> Option<u32> {
    let digits = text.strip_prefix(['.', ','])?;
    let mut chars = digits.chars();
    let tenths = chars.next()?.to_digit(10)?;
    chars.next().is_none_or(|next| !next.is_ascii_digit()).then_some(tenths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_writing() {
        for (text, after_date, expected) in [
            ("08:31 am", false, "08:31"),
            ("12:05 am", false, "00:05"),
            ("12:05 pm", false, "12:05"),
            ("1:00 PM", false, "13:00"),
            ("9 AM", false, "09:00"),
            ("8:00a", false, "08:00"),
            ("8:00 p.m.", false, "20:00"),
            ("08:00:00 AM", false, "08:00"),
            ("07:45", false, "07:45"),
            ("7.45 Uhr", false, "07:45"),
            ("9 Uhr", false, "09:00"),
            ("14h30", false, "14:30"),
            ("083000", true, "08:30"),
            ("0830", true, "08:30"),
            ("08:30:00.000", false, "08:30"),
            ("noon", false, "12:00"),
            ("9:00 - 9:30", false, "09:00-09:30"),
            ("09:00–09:20", false, "09:00-09:20"),
            ("1:00 - 1:30 PM", false, "13:00-13:30"),
            ("11:30 - 12:30 PM", false, "11:30-12:30"),
            ("09:00 bis 09:20 Uhr", false, "09:00-09:20"),
            ("08:30:00-05:00", false, "08:30@-300"),
            ("08:30Z", false, "08:30@0"),
            ("08:30+02:00", true, "08:30@120"),
            ("08:30-05:00", true, "08:30@-300"),
            ("23:30-00:30", true, "23:30-00:30"),
            ("08:30-09:00", true, "08:30-09:00"),
            ("08:30-0900", true, "08:30-09:00"),
        ] {
            let Found::Is(found) = span(text, after_date) else { panic!("{text}") };
            let mut shown = found.start.format("%H:%M").to_string();
            shown.extend(found.end.map(|end| end.format("-%H:%M").to_string()));
            shown.extend(found.offset.map(|offset| format!("@{offset}")));
            assert_eq!(shown, expected, "{text}");
        }
        for text in ["25:61", "24:01", "9:75 am"] {
            assert_eq!(span(text, false), Found::Impossible, "{text}");
        }
        for text in ["", "Follow Up", "0830", "12", "1987", "7,5", "a", "Total: 8", "9:5"] {
            assert_eq!(span(text, false), Found::Other, "{text}");
        }
    }

    #[test]
    fn lengths_are_read_with_their_unit() {
        for (text, expected) in [
            ("30", Some(WrittenLength::Bare(30))),
            ("20.0", Some(WrittenLength::Bare(20))),
            ("30 min", Some(WrittenLength::Minutes(30))),
            ("30min.", Some(WrittenLength::Minutes(30))),
            ("1 h 15", Some(WrittenLength::Minutes(75))),
            ("1 Std. 30 Min.", Some(WrittenLength::Minutes(90))),
            ("1.5 h", Some(WrittenLength::Minutes(90))),
            ("1,5 Std.", Some(WrittenLength::Minutes(90))),
            ("0.5h", Some(WrittenLength::Minutes(30))),
            ("71582788:4294967295", None),
            ("0:45", Some(WrittenLength::Minutes(45))),
            ("00:30:00", Some(WrittenLength::Minutes(30))),
            ("PT30M", Some(WrittenLength::Minutes(30))),
            ("1200 sec", Some(WrittenLength::Minutes(20))),
            ("soon", None),
            ("", Some(WrittenLength::Minutes(0))),
        ] {
            assert_eq!(length(text), expected, "{text}");
        }
    }
}
