//! Values of properties: dates, times, lengths, offsets. Strict: what is not written as RFC 5545 says is refused in
//! words, because a guessed hour is worse than none.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

/// A date or a date-time as written, before its zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `20261124`
    Day(NaiveDate),
    /// `20261124T102000`
    Local(NaiveDateTime),
    /// `20261124T102000Z`
    Utc(NaiveDateTime),
}

/// Reads a date or date-time.
pub fn moment(text: &str) -> Result<Written, String> {
    let text = text.trim();
    let wrong =
        || if text.is_empty() { "no date".to_owned() } else { format!("\"{}\" is no date or time", short(text)) };
    if !text.is_ascii() {
        return Err(wrong());
    }
    let (body, utc) = match text.strip_suffix(['Z', 'z']) {
        Some(body) => (body, true),
        None => (text, false),
    };
    let (day, time) = match body.split_once(['T', 't']) {
        Some((day, time)) => (day, Some(time)),
        None => (body, None),
    };
    let day = date(day).ok_or_else(wrong)?;
    match time {
        None if utc => Err(wrong()),
        None => Ok(Written::Day(day)),
        Some(time) => {
            let at = day.and_time(clock(time).ok_or_else(wrong)?);
            Ok(if utc { Written::Utc(at) } else { Written::Local(at) })
        }
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
}

fn clock(text: &str) -> Option<NaiveTime> {
    if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // A leap second is the last second of its minute here: no schedule needs it.
    let second: u32 = text[4..].parse().ok()?;
    let second = if second == 60 { 59 } else { second };
    NaiveTime::from_hms_opt(text[..2].parse().ok()?, text[2..4].parse().ok()?, second)
}

/// Reads a length such as `PT1H30M`, `P1D` or `-P2W`.
pub fn length(text: &str) -> Result<Duration, String> {
    parse_length(text.trim()).ok_or_else(|| format!("\"{}\" is no length of time", short(text)))
}

fn parse_length(text: &str) -> Option<Duration> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let body = body.strip_prefix(['P', 'p'])?;
    let mut seconds: i64 = 0;
    let mut number: Option<i64> = None;
    let mut in_time = false;
    let mut units = 0;
    for c in body.chars() {
        if let Some(digit) = c.to_digit(10) {
            number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(i64::from(digit))?);
            continue;
        }
        let unit = match (c.to_ascii_uppercase(), in_time) {
            ('T', false) if number.is_none() => {
                in_time = true;
                continue;
            }
            ('W', false) => 7 * 86_400,
            ('D', false) => 86_400,
            ('H', true) => 3_600,
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.take()?.checked_mul(unit)?)?;
        units += 1;
    }
    // Longer than a century is no appointment, and keeps all sums within what a calendar can hold.
    if units == 0 || number.is_some() || seconds > 100 * 366 * 86_400 {
        return None;
    }
    Duration::try_seconds(if negative { -seconds } else { seconds })
}

/// Reads an offset such as `+0100` or `-034152`, in seconds east of UTC.
pub fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |two| two.parse::<i32>().ok());
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4)?);
    (hours < 24 && minutes < 60 && seconds < 60).then_some(sign * (hours * 3600 + minutes * 60 + seconds))
}

/// A value short enough to be quoted in a sentence.
pub fn short(text: &str) -> String {
    crate::clinical::text::cut(&crate::clinical::text::clean_line(text), 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_strictly() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let at = day(2026, 11, 24).and_hms_opt(10, 20, 0).unwrap();
        for (text, expected) in [
            ("20261124", Written::Day(day(2026, 11, 24))),
            ("20261124T102000", Written::Local(at)),
            (" 20261124T102000Z ", Written::Utc(at)),
            ("20261124T102060", Written::Local(day(2026, 11, 24).and_hms_opt(10, 20, 59).unwrap())),
        ] {
            assert_eq!(moment(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            "INVALID-DATE",
            "20260230",
            "20261124T1020",
            "20261124T250000",
            "2026-11-24",
            "20261124Z",
            "２０２６1124",
        ] {
            assert!(moment(text).is_err(), "{text}");
        }
        assert_eq!(moment("").unwrap_err(), "no date");
    }

    #[test]
    fn lengths_add_up() {
        for (text, seconds) in
            [("PT1H30M", 5400), ("P1D", 86_400), ("-P2W", -1_209_600), ("P1DT2H", 93_600), ("PT0S", 0)]
        {
            assert_eq!(length(text).map(|d| d.num_seconds()), Ok(seconds), "{text}");
        }
        for text in ["", "P", "PT", "1H", "PT5", "P1H", "PT1D", "P99999999999999999999D", "P999999W"] {
            assert!(length(text).is_err(), "{text}");
        }
    }

    #[test]
    fn offsets_keep_their_seconds() {
        for (text, seconds) in [("+0100", Some(3600)), ("-034152", Some(-13_312)), ("0530", Some(19_800)), ("+1", None)]
        {
            assert_eq!(offset(text), seconds, "{text}");
        }
    }
}
