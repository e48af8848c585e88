//! Times of day as they are typed.

use chrono::{NaiveTime, Timelike};

use super::{HourClock, Reading, Unread};

/// Hours that a practice counted in twice twelve means of the afternoon where neither `am` nor `pm` stands. From six on both
/// halves of the day are a clinic's, and the morning is what is written so.
const AFTERNOON: std::ops::RangeInclusive<u32> = 1..=5;

/// Reads a typed time: `1430`, `14:30`, `14.30`, `14h30`, `9`, `905`, `2:30p`, `930am`, `noon`, `midnight`, `now`.
///
/// Without `am` or `pm` the hour is one of 24: `9` is 09:00, `2` is 02:00. Where the day is counted in twice twelve hours, one
/// to five are those of the afternoon, unless a zero before them says that 24 are counted: `2:30` is 14:30, `02:30` the
/// night's. The form shows back what was read.
pub fn read_time(text: &str, reading: &Reading) -> Result<NaiveTime, Unread> {
    let text = text.trim().to_lowercase();
    if text.is_empty() || text.len() > 16 {
        return Err(Unread::NotATime);
    }
    match text.as_str() {
        "now" => return time_of(reading.now.hour(), reading.now.minute(), &text),
        "noon" => return time_of(12, 0, &text),
        "midnight" => return time_of(0, 0, &text),
        _ => {}
    }
    let (clock, half) = half_of_day(&text);
    let (hour, minute) = hour_and_minute(clock)?;
    let hour = match half {
        None if reading.clock == HourClock::Twelve && AFTERNOON.contains(&hour) && !clock.starts_with('0') => hour + 12,
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return Err(Unread::NoSuchTime(text)),
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    time_of(hour, minute, &text)
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of_day(text: &str) -> (&str, Option<Half>) {
    for (ending, half) in [
        ("a.m.", Half::Morning),
        ("p.m.", Half::Afternoon),
        ("am", Half::Morning),
        ("pm", Half::Afternoon),
        ("a", Half::Morning),
        ("p", Half::Afternoon),
    ] {
        if let Some(clock) = text.strip_suffix(ending) {
            return (clock.trim_end(), Some(half));
        }
    }
    (text, None)
}

fn hour_and_minute(clock: &str) -> Result<(u32, u32), Unread> {
    let digits = |text: &str, longest: usize| {
        let fits = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
        if fits { text.parse::<u32>().map_err(|_| Unread::NotATime) } else { Err(Unread::NotATime) }
    };
    if let Some((hour, minute)) = clock.split_once([':', '.', 'h']) {
        let hour = digits(hour.trim(), 2)?;
        return match minute.trim() {
            "" => Ok((hour, 0)),
            minute if minute.len() == 2 => Ok((hour, digits(minute, 2)?)),
            _ => Err(Unread::NotATime),
        };
    }
    let value = digits(clock, 4)?;
    Ok(if clock.len() <= 2 { (value, 0) } else { (value / 100, value % 100) })
}

fn time_of(hour: u32, minute: u32, typed: &str) -> Result<NaiveTime, Unread> {
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or_else(|| Unread::NoSuchTime(typed.to_owned()))
}
