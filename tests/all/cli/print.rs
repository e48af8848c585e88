//! What is printed: the day for paper and as JSON, finds, keys, completions.

use std::collections::BTreeSet;

use daysheet::app::made_up::{Size, fill};
use daysheet::clinical::id::Ids;
use daysheet::store::{Salt, Store, derive};
use serde_json::Value;

use super::{Desk, PASSPHRASE, now};

/// A desk with a made-up day.
fn full_desk() -> Desk {
    let desk = Desk::empty();
    let key = derive(PASSPHRASE, Salt::from_bytes([3; 16])).unwrap();
    let mut store = Store::create(&desk.record(), &key, Ids::seeded(5), now().instant).unwrap();
    fill(&mut store, 1, Size { patients: 72, days: 30, visits_a_day: 2 }, now()).unwrap();
    store.close().unwrap();
    desk
}

/// The names of an object's fields.
fn fields(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[track_caller]
fn has_fields(value: &Value, names: &str) {
    assert_eq!(fields(value), names.split(' ').collect(), "{value}");
}

fn is_date(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<chrono::NaiveDate>().is_ok_and(|date| date.to_string() == text))
}

fn is_id(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<uuid::Uuid>().is_ok())
}

#[track_caller]
fn is_patient_or_null(value: &Value) {
    if value.is_null() {
        return;
    }
    has_fields(value, "birth_date family given id number");
    assert!(is_id(&value["id"]) && value["family"].is_string() && value["given"].is_string(), "{value}");
    assert!(value["birth_date"].is_null() || is_date(&value["birth_date"]), "{value}");
    assert!(value["number"].is_null() || value["number"].is_string(), "{value}");
}

#[test]
fn the_sheet_is_one_json_object_of_a_fixed_shape() {
    let desk = full_desk();
    let ran = desk.run("sheet --json");
    assert_eq!(ran.done().out.lines().count(), 1);
    let sheet: Value = serde_json::from_str(&ran.out).unwrap();
    has_fields(&sheet, "closed date panes reflection visits");
    assert_eq!((&sheet["date"], &sheet["closed"]), (&Value::from("2026-11-24"), &Value::from(false)));
    assert_eq!(sheet["reflection"], Value::from(false));
    let visits = sheet["visits"].as_array().unwrap();
    assert_eq!(visits.len(), 19);
    let mut seen: [BTreeSet<&str>; 3] = Default::default();
    for visit in visits {
        has_fields(visit, "id kind minutes patient start state title way");
        assert!(is_id(&visit["id"]) && visit["minutes"].is_u64());
        let start = visit["start"].as_str().unwrap();
        assert!(start.len() == 5 && start.parse::<chrono::NaiveTime>().is_ok(), "{start}");
        assert!(visit["title"].is_null() || visit["title"].is_string());
        is_patient_or_null(&visit["patient"]);
        for (seen, name) in seen.iter_mut().zip(["kind", "way", "state"]) {
            seen.insert(visit[name].as_str().unwrap());
        }
    }
    assert_eq!(seen[0], BTreeSet::from(["new", "follow_up", "procedure", "block"]));
    assert_eq!(seen[1], BTreeSet::from(["in_person", "phone", "video"]));
    assert_eq!(seen[2], BTreeSet::from(["booked", "here", "in_room", "left", "no_show"]));
    has_fields(&sheet["panes"], "afternoon late midday morning");
    let ids: Vec<&Value> = visits.iter().map(|visit| &visit["id"]).collect();
    for (pane, whats) in [
        ("morning", "assessment"),
        ("midday", "plan step"),
        ("afternoon", "procedure"),
        (
            "late",
            "aftermath check_in copy diagnostic monitoring red_flag referral supply taper task tomorrow urine_test",
        ),
    ] {
        let items = sheet["panes"][pane].as_array().unwrap();
        let mut kinds = BTreeSet::new();
        for item in items {
            has_fields(item, "done due id owner patient text visit what");
            // A clock of monitoring is the patient's: their identity, then which clock.
            let id = item["id"].as_str().and_then(|id| id.split('/').next()).map(Value::from).unwrap();
            assert!(is_id(&id) && item["done"].is_boolean() && item["text"].is_string(), "{item}");
            assert!(item["visit"].is_null() || is_id(&item["visit"]), "{item}");
            assert!(item["due"].is_null() || is_date(&item["due"]), "{item}");
            assert!(item["owner"].is_string());
            is_patient_or_null(&item["patient"]);
            kinds.insert(item["what"].as_str().unwrap());
            if pane == "morning" {
                assert!(ids.contains(&&item["id"]) && item["id"] == item["visit"], "{item}");
            }
        }
        assert_eq!(kinds, whats.split(' ').collect(), "{pane}");
        assert!(items.iter().any(|item| item["done"] == false), "{pane}");
    }
}

#[test]
fn another_day_has_the_same_shape_and_its_own_date() {
    let desk = full_desk();
    for (typed, date, closed) in [("yesterday", "2026-11-23", true), ("2026-12-25", "2026-12-25", false)] {
        let sheet: Value = serde_json::from_str(&desk.run(&format!("sheet {typed} --json")).done().out).unwrap();
        has_fields(&sheet, "closed date panes reflection visits");
        assert_eq!((&sheet["date"], &sheet["closed"]), (&Value::from(date), &Value::from(closed)));
    }
}

#[test]
fn the_sheet_for_paper_is_plain_and_at_most_eighty_columns_wide() {
    let desk = full_desk();
    let ran = desk.run("sheet");
    let text = &ran.done().out;
    for line in text.lines() {
        assert!(daysheet::clinical::text::width(line) <= 80, "{line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    assert!(text.starts_with("Tue 24 Nov 2026 "), "{text}");
    for words in ["MORNING", "MIDDAY", "AFTERNOON", "LATE", "REFLECTION", "[x] 07:25 AMBERMERE", "apixaban"] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert_eq!(ran.words, "");
}

#[test]
fn find_finds_patients_and_texts() {
    let desk = full_desk();
    let plain = desk.run("find ambermere");
    assert!(plain.done().out.starts_with("AMBERMERE "), "{}", plain.out);
    let found: Value = serde_json::from_str(&desk.run("find mirror --json").done().out).unwrap();
    has_fields(&found, "patients texts");
    let texts = found["texts"].as_array().unwrap();
    assert!(!texts.is_empty());
    for text in texts {
        has_fields(text, "date field name patient text visit");
        assert!(text["text"].as_str().unwrap().to_lowercase().contains("mirror"), "{text}");
    }
    let found: Value = serde_json::from_str(&desk.run("find 10000 --json").done().out).unwrap();
    let patient = &found["patients"][0];
    has_fields(patient, "birth_date family given id last_visit next_visit number");
    assert_eq!(patient["number"], Value::from("10000"));
    let nothing = desk.run("find zzzzzz");
    assert_eq!((nothing.done().out.as_str(), nothing.words.as_str()), ("", "Nothing was found.\n"));
}

#[test]
fn names_that_would_drive_the_terminal_are_printed_clean() {
    let desk = Desk::empty();
    let name = "Kalten\u{1b}[31mbrunn\u{9b}2J\u{7}\u{202e}";
    desk.run_bare(&["init", "--name", name, "--passphrase-file", "passphrase"]).done();
    let text = desk.run("sheet").done().out.clone();
    assert!(text.contains("Kalten[31mbrunn2J"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']), "{text:?}");
}

#[test]
fn keys_are_listed_with_the_bindings_of_the_settings() {
    let desk = Desk::empty();
    std::fs::write(desk.path("mine.toml"), "[keys]\n\"visit.new\" = \"V\"\n").unwrap();
    let listed: Value = serde_json::from_str(&desk.run("--config mine.toml keys --json").done().out).unwrap();
    let of = |id: &str| {
        let mut lines = listed.as_array().unwrap().iter();
        lines.find(|line| line["command"] == id).unwrap_or_else(|| panic!("{id} is missing")).clone()
    };
    has_fields(&of("visit.new"), "command help keys name where");
    assert_eq!(of("visit.new")["keys"], serde_json::json!(["V"]));
    assert_eq!(of("field.suggest")["help"], Value::Null);
    let text = desk.run("keys").done().out.clone();
    assert!(text.contains("On the board\n") && text.contains("form.complete"), "{text}");
}

#[test]
fn completions_version_and_help_need_no_record() {
    let desk = Desk::empty();
    for shell in ["bash", "zsh", "fish"] {
        let ran = desk.run_bare(&["completions", shell]);
        assert!(ran.done().out.contains("backup"), "{shell}");
    }
    assert_eq!(desk.run_bare(&["--version"]).done().out, format!("daysheet {}\n", env!("CARGO_PKG_VERSION")));
    let help = desk.run_bare(&["--help"]).done().out.clone();
    for command in ["init", "sheet", "find", "import", "backup", "restore", "verify", "passphrase", "demo", "keys"] {
        assert!(help.contains(&format!("  {command}")), "{command} is missing in\n{help}");
    }
    let calc = desk.run_bare(&["calc", "lipid_rescue", "--json", "{\"weight_kg\":64.0}"]);
    assert!(calc.done().out.starts_with("{\"branch\""), "{}", calc.out);
    assert!(!desk.record().exists());
}
