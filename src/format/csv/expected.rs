//! The tables of the test data against what a person reads in them.
//!
//! The folder is named by `DAYSHEET_TEST_DATA`; most of its files may not be copied here.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::Value;

use super::*;

fn folder() -> PathBuf {
    PathBuf::from(std::env::var("DAYSHEET_TEST_DATA").expect("DAYSHEET_TEST_DATA names the folder of test data"))
        .join("csv")
}

const EVER: Window =
    Window { from: NaiveDate::from_ymd_opt(1990, 1, 1).unwrap(), to: NaiveDate::from_ymd_opt(2100, 1, 1).unwrap() };

fn read_with(bytes: &[u8], region: DateOrder) -> Result<Read, NotASchedule> {
    super::read("file.csv", bytes, Options { window: EVER, practice: Tz::UTC, region, mapping: None })
}

fn opt(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// What an appointment says, in the words of the expected file.
fn shown(event: &SourceEvent) -> BTreeMap<&'static str, Option<String>> {
    let patient = event.patient.clone().unwrap_or_default();
    let name = if patient.family.is_none() { patient.name.or_else(|| event.title.clone()) } else { None };
    // A row that says only a number has a title of its own; it is no name.
    let name = name.filter(|_| patient.number.is_none());
    BTreeMap::from([
        ("start", Some(event.start.format("%Y-%m-%dT%H:%M").to_string())),
        ("minutes", event.end.map(|end| (end - event.start).num_minutes().to_string())),
        ("family", patient.family),
        ("given", patient.given),
        ("name", name),
        ("birthDate", patient.birth_date.map(|birth| birth.to_string())),
        ("patientId", patient.number),
        ("state", event.cancelled.then(|| "cancelled".to_owned())),
    ])
}

fn compare(name: &str, event: Option<&SourceEvent>, expected: &Value, reading: &str) -> Vec<String> {
    let line = &expected["line"];
    let Some(event) = event else { return vec![format!("{name}:{line} is missing")] };
    let mut wrong: Vec<String> = shown(event)
        .into_iter()
        .filter_map(|(key, value)| {
            let wanted = match &expected[key] {
                Value::Object(readings) => opt(&readings[reading]),
                Value::Number(number) => Some(number.to_string()),
                value => opt(value),
            };
            (value != wanted).then(|| format!("{name}:{line} {key} is {value:?}, expected {wanted:?}"))
        })
        .collect();
    let written = event.start.format("%Y-%m-%dT%H:%M").to_string();
    if event.all_day || (expected["offset"].is_null() && event.as_written != written) {
        wrong.push(format!("{name}:{line} is written {:?}, all day {}", event.as_written, event.all_day));
    }
    if let Some(reason) = expected["reason"].as_str() {
        let reason = crate::clinical::text::clean_line(reason);
        if event.title.as_deref() != Some(reason.as_str()) {
            wrong.push(format!("{name}:{line} reason is {:?}", event.title));
        }
    }
    wrong
}

fn schedule(name: &str, read: &Read, expected: &Value, reading: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let at = |line: &Value| read.events.iter().find(|event| Some(u64::from(event.line)) == line.as_u64());
    let mut listed = 0;
    for part in ["appointments", "appointments_first_5", "appointments_last_5"] {
        for appointment in expected[part].as_array().into_iter().flatten() {
            listed += 1;
            wrong.extend(compare(name, at(&appointment["line"]), appointment, reading));
        }
    }
    for day in expected["all_day"].as_array().into_iter().flatten() {
        listed += 1;
        let Some(event) = at(&day["line"]) else {
            wrong.push(format!("{name}: all-day row is missing"));
            continue;
        };
        let date = |key: &str| day[key][reading].as_str().unwrap().parse::<NaiveDate>().unwrap();
        let ends = event.end.map(|end| end.date());
        if !event.all_day
            || event.start.date() != date("start")
            || ends != Some(date("end"))
            || event.title != opt(&day["title"])
        {
            wrong.push(format!("{name}: all-day row is {event:?}"));
        }
    }
    let count = expected["appointments_count"].as_u64().unwrap_or(listed);
    if read.events.len() as u64 != count {
        wrong.push(format!("{name}: {} appointments, expected {count}", read.events.len()));
    }
    let lines = |list: &Value| -> Vec<u64> {
        list.as_array().into_iter().flatten().filter_map(|bad| bad["line"].as_u64()).collect()
    };
    let refused: Vec<u64> = read.refused.iter().map(|refused| u64::from(refused.line)).collect();
    if refused != lines(&expected["bad_rows"]) {
        wrong.push(format!("{name}: refused {:?}", read.refused));
    }
    let passed: Vec<u64> = read.passed_over.iter().map(|passed| u64::from(passed.line)).collect();
    if passed != lines(&expected["duplicate_rows"]) {
        wrong.push(format!("{name}: passed over {:?}", read.passed_over));
    }
    wrong.extend(counts(name, read, expected));
    wrong
}

fn counts(name: &str, read: &Read, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, format) in [("per_year", "%Y"), ("per_hour", "%H")] {
        for (value, count) in expected[key].as_object().into_iter().flatten() {
            let found = read.events.iter().filter(|event| event.start.format(format).to_string() == *value).count();
            if Some(found as u64) != count.as_u64() {
                wrong.push(format!("{name}: {found} in {value}, expected {count}"));
            }
        }
    }
    if let Some(names) = expected["distinct_names"].as_u64() {
        let found: BTreeSet<_> = read.events.iter().map(|event| event.patient.clone().map(|p| p.name)).collect();
        if found.len() as u64 != names {
            wrong.push(format!("{name}: {} names, expected {names}", found.len()));
        }
    }
    for (key, found) in
        [("earliest", read.events.iter().map(|e| e.start).min()), ("latest", read.events.iter().map(|e| e.start).max())]
    {
        if let (Some(wanted), Some(found)) = (expected[key].as_str(), found)
            && found.format("%Y-%m-%dT%H:%M").to_string() != wanted
        {
            wrong.push(format!("{name}: {key} is {found}, expected {wanted}"));
        }
    }
    wrong
}

/// The mapping made of a table gives the same appointments.
fn by_its_own_mapping(name: &str, bytes: &[u8], region: DateOrder, expected: &Value, reading: &str) -> Vec<String> {
    let options = Options { window: EVER, practice: Tz::UTC, region, mapping: None };
    let mapping = mapping_of(bytes, options).unwrap();
    match super::read("file.csv", bytes, Options { mapping: Some(&mapping), ..options }) {
        Ok(read) => schedule(&format!("{name} by its mapping"), &read, expected, reading),
        Err(why) => vec![format!("{name} by its mapping: {why}")],
    }
}

/// What the file itself is: its encoding, what keeps its cells apart, the names of its columns, the order of its dates.
fn made(name: &str, bytes: &[u8], region: DateOrder, expected: &Value) -> Vec<String> {
    let options = Options { window: EVER, practice: Tz::UTC, region, mapping: None };
    let parsed = match parse(bytes, options) {
        Ok(parsed) => parsed,
        Err(why) => return vec![format!("{name}: {why}")],
    };
    let mut wrong = Vec::new();
    let mut must = |what: &str, found: String, wanted: String| {
        if found != wanted {
            wrong.push(format!("{name}: {what} {found:?}, expected {wanted:?}"));
        }
    };
    // Of what has no mark of its own the reader says the widest that reads the same: of ASCII UTF-8, of Latin-1 Windows'.
    let same_text = match text(expected, "encoding") {
        "ascii" => "utf-8",
        "iso-8859-1" | "iso-8859-15" => "windows-1252",
        other => other,
    };
    let plain = |encoding: &str| encoding.to_lowercase().replace('-', "");
    must("encoding", plain(parsed.decoded.encoding), plain(same_text));
    must("delimiter", parsed.dialect.delimiter.to_string(), text(expected, "delimiter").to_owned());
    if let Some(has) = expected["header"].as_bool() {
        must("header", parsed.layout.header.is_some().to_string(), has.to_string());
    }
    for (at, wanted) in expected["column_names"].as_array().into_iter().flatten().enumerate() {
        let found = parsed.layout.names.get(at).map(|name| name.trim().to_owned()).unwrap_or_default();
        must("column", found, wanted.as_str().unwrap_or_default().trim().to_owned());
    }
    match text(expected, "date_order") {
        // Asked of both regions: what the file settles, the region does not move.
        "" | "ambiguous" | "ymd" => {}
        order => must("date order", format!("{:?}", parsed.orders.usual()).to_lowercase(), order.to_owned()),
    }
    wrong
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[test]
#[ignore = "reads the tables in DAYSHEET_TEST_DATA"]
fn tables_give_the_appointments_that_a_person_reads() {
    let all: Value = serde_json::from_slice(&std::fs::read(folder().join("expected.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for (name, expected) in all["files"].as_object().unwrap() {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        let is_schedule = expected["schedule"].as_bool().unwrap();
        for (region, reading) in [(DateOrder::Mdy, "mdy"), (DateOrder::Dmy, "dmy"), (DateOrder::Ymd, "dmy")] {
            match read_with(&bytes, region) {
                Err(_) if !is_schedule => {}
                Err(why) => wrong.push(format!("{name}: {why}")),
                Ok(read) if !is_schedule => {
                    wrong.push(format!("{name}: taken for a schedule of {}", read.events.len()));
                }
                Ok(read) => {
                    wrong.extend(schedule(name, &read, expected, reading));
                    wrong.extend(made(name, &bytes, region, expected));
                    wrong.extend(by_its_own_mapping(name, &bytes, region, expected, reading));
                    let said = read.notes.iter().any(|note| note.contains("no date settles"));
                    if said != (expected["date_order"] == "ambiguous") {
                        wrong.push(format!("{name}: says {:?}", read.notes));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
