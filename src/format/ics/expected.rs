//! The calendars of the test data against what two other programs read in them.
//!
//! The folder is named by `DAYSHEET_TEST_DATA`; most of its files may not be copied here.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Timelike};
use chrono_tz::Tz;
use serde_json::Value;

use super::read;
use crate::clinical::schedule::{Read, SourceEvent, Window};

fn folder() -> PathBuf {
    PathBuf::from(std::env::var("DAYSHEET_TEST_DATA").expect("DAYSHEET_TEST_DATA names the folder of test data"))
        .join("ics")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn window(expected: &Value) -> Window {
    let day = |at: usize, otherwise: &str| expected["window"][at].as_str().unwrap_or(otherwise).parse().unwrap();
    Window { from: day(0, "2026-01-01"), to: day(1, "2027-01-01") }
}

fn written_day(event: &SourceEvent) -> NaiveDate {
    event.as_written[..10].parse().unwrap()
}

/// The events whose start is *written* on a day of the window, which is how the expected values count, and those that
/// reach into its first day.
fn read_as_written(bytes: &[u8], window: Window, practice: Tz) -> Read {
    let wide = Window { from: window.from - Days::new(2), to: window.to + Days::new(2) };
    let mut found = read("file.ics", bytes, wide, practice).unwrap();
    found.events.retain(|event| {
        let reaches_in = event.end.is_some_and(|end| end > window.from.and_time(chrono::NaiveTime::MIN));
        window.holds(written_day(event)) || (written_day(event) < window.from && reaches_in)
    });
    found
}

fn per_day(days: impl Iterator<Item = NaiveDate>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for day in days {
        *counts.entry(day.to_string()).or_default() += 1;
    }
    counts
}

/// Days that are counted differently, of those listed.
fn differences(name: &str, listed: &Value, counts: &BTreeMap<String, u64>) -> Vec<String> {
    listed
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(day, count)| counts.get(*day).copied().unwrap_or(0) != count.as_u64().unwrap())
        .map(|(day, count)| format!("{name}: {day} has {:?}, expected {count}", counts.get(day)))
        .take(5)
        .collect()
}

fn minute(text: &str) -> NaiveDateTime {
    let utc = DateTime::parse_from_rfc3339(text).unwrap().naive_utc();
    utc.with_second(0).unwrap()
}

/// Whether an event, read with UTC as the practice's zone, is the occurrence that is expected.
fn is_same(event: &SourceEvent, expected: &Value) -> bool {
    let kind = text(expected, "kind");
    // Where the other program knew no zone and we do, the wall time must still be the same.
    let written = event.as_written == text(expected, "start")
        || kind == "floating" && event.as_written.starts_with(text(expected, "start"));
    let moment = expected["utc"].as_str().is_none_or(|utc| event.start == minute(utc));
    let title: String = event.title.clone().unwrap_or_default().chars().take(50).collect();
    let named = text(expected, "uid").is_empty() || event.key.uid.starts_with(text(expected, "uid"));
    let ends = match (kind, event.end) {
        ("all-day", Some(end)) => {
            let last: NaiveDate = text(expected, "end").parse().unwrap();
            end.date() == last || expected["end"] == expected["start"]
        }
        ("floating", _) => true,
        (_, None) => expected["end"] == expected["start"],
        // The wall says that it ends before it begins, in the hour that the clock skips.
        (_, Some(end)) => end == minute(text(expected, "end")) || minute(text(expected, "end")) < event.start,
    };
    let cancelled = event.cancelled == (text(expected, "status") == "CANCELLED");
    let all_day = event.all_day == (kind == "all-day");
    written && moment && named && ends && cancelled && all_day && title == text(expected, "summary")
}

/// Whole days, and times that float. One calendar names its zone by Microsoft's words alone, which we know and the other
/// program does not.
fn kinds(name: &str, events: &[SourceEvent], expected: &Value) -> Vec<String> {
    let Some(listed) = expected.as_object() else { return Vec::new() };
    let wanted = |kind: &str| listed.get(kind).and_then(Value::as_u64).unwrap_or(0);
    // A time of day with nothing behind its seconds has no offset.
    let floats = |event: &&SourceEvent| !event.all_day && event.as_written.len() == "2026-11-24T10:20:00".len();
    let days = events.iter().filter(|event| event.all_day).count() as u64;
    let floating = events.iter().filter(floats).count() as u64;
    let mut wrong = Vec::new();
    if days != wanted("all-day") {
        wrong.push(format!("{name}: {days} whole days, expected {}", wanted("all-day")));
    }
    if floating != wanted("floating") && (name != "outlook_owa_zone_in_parens.ics" || floating > 0) {
        wrong.push(format!("{name}: {floating} float, expected {}", wanted("floating")));
    }
    wrong
}

/// Events are named by the line on which they begin, and refusals by a line of their event.
fn misplaced(name: &str, bytes: &[u8], found: &Read) -> Vec<String> {
    let mut inside = 0_u32;
    let mut began = vec![(false, false)];
    for line in super::lines::physical_lines(bytes) {
        let begins = line.trim_ascii().eq_ignore_ascii_case(b"BEGIN:VEVENT");
        inside = if begins { 1 } else { inside };
        began.push((begins, inside > 0));
        inside -= u32::from(inside > 0 && line.trim_ascii().eq_ignore_ascii_case(b"END:VEVENT"));
    }
    let at = |line: u32| began.get(line as usize).copied().unwrap_or_default();
    let events = found.events.iter().chain(&found.outside).filter(|event| !at(event.line).0).map(|event| event.line);
    let refused = found.refused.iter().filter(|left| !at(left.line).1 || left.reason.is_empty()).map(|left| left.line);
    events.chain(refused).map(|line| format!("{name}: line {line} is not of an event")).take(3).collect()
}

#[test]
#[ignore = "reads the calendars in DAYSHEET_TEST_DATA"]
fn calendars_give_the_occurrences_that_other_readers_see() {
    let all: Value = serde_json::from_slice(&std::fs::read(folder().join("expected.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for (name, expected) in all["files"].as_object().unwrap() {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        let found = read_as_written(&bytes, window(expected), Tz::UTC);
        wrong.extend(misplaced(name, &bytes, &found));
        if let Some(occurrences) = expected["occurrences"].as_u64() {
            if found.events.len() as u64 != occurrences {
                wrong.push(format!("{name}: {} occurrences, expected {occurrences}", found.events.len()));
            }
            let unreadable = expected["property_errors"].as_array().map_or(0, Vec::len);
            if found.refused.len() != unreadable {
                wrong.push(format!("{name}: refused {:?}", found.refused));
            }
        }
        if expected["by_date_as_written"].is_object() {
            let counts = per_day(found.events.iter().map(written_day));
            wrong.extend(differences(name, &expected["by_date_as_written"], &counts));
        }
        for (zone, listed) in expected["by_date_in_zone"].as_object().into_iter().flatten() {
            let there = read_as_written(&bytes, window(expected), zone.parse().unwrap());
            let counts = per_day(there.events.iter().map(|event| event.start.date()));
            let listed = if listed.is_string() { &expected["by_date_as_written"] } else { &listed["differs_on"] };
            wrong.extend(differences(&format!("{name} from {zone}"), listed, &counts));
        }
        wrong.extend(kinds(name, &found.events, &expected["kinds"]));
        let mut left = found.events.clone();
        for occurrence in expected["first_occurrences"].as_array().into_iter().flatten() {
            match left.iter().position(|event| is_same(event, occurrence)) {
                Some(at) => drop(left.swap_remove(at)),
                None => wrong.push(format!("{name}: missing {occurrence}")),
            }
        }
        if let Some(salvage) = expected["salvage"].as_object() {
            let blocks = salvage["vevent_blocks"].as_u64().unwrap();
            let usable = salvage["with_usable_start_and_no_error"].as_u64().unwrap();
            let read = blocks.saturating_sub(found.refused.len() as u64);
            if read < usable || found.refused.is_empty() {
                wrong.push(format!("{name}: {read} of {blocks} events read, {usable} are usable"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
