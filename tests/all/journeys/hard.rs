//! Hard to bear: every size of terminal, a paste of a million characters, and text that would drive the terminal.

use super::*;

fn office() -> Office {
    Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)])
}

#[test]
fn typing_survives_every_size_of_the_terminal() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>");
    let mut typed = String::new();
    for step in 0..200_u16 {
        // Every width and every height at least once, from nothing to large.
        let size = (1 + step * 159 / 199, 1 + (step * 7) % 50);
        day.resize(size);
        let letter = char::from(b'a' + u8::try_from(step % 26).unwrap());
        day.keys(&letter.to_string());
        typed.push(letter);
    }
    day.resize((160, 50));
    day.wait_for(&typed[180..]);
    day.keys("<Esc>");
    day.wait_for("OKAFOR");
    for size in [(1, 1), (80, 1), (1, 24), (20, 5), (79, 23), (80, 24), (160, 50)] {
        day.resize(size);
        day.keys("jk12<Tab>");
    }
    day.wait_for("OKAFOR");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    assert!(office.store(Mode::Read).drafts().unwrap()[0].body.contains(&typed));
}

#[test]
fn a_terminal_that_is_made_small_and_large_again_at_once_shows_everything() {
    let office = office();
    let mut day = office.open_board(SMALL);
    for round in 0..20 {
        // The frames; what stands in them moves with the clock.
        let frames = |screen: &str| -> Vec<String> {
            screen.lines().filter(|line| line.starts_with(['╭', '╰', '─'])).map(str::to_owned).collect()
        };
        let before = frames(&day.text());
        for size in [(1, 1), (200, 60), (3, 30), (1, 1), SMALL] {
            day.resize(size);
        }
        day.wait_until(&format!("the whole board again, round {round}"), |screen| {
            frames(screen) == before && screen.contains("OKAFOR") && foot(screen).contains("Enter open")
        });
    }
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_paste_of_a_million_characters_fills_the_field_and_says_so() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>");
    let text: String = (0..100_000).flat_map(|n| [format!("{n:09}"), " ".to_owned()]).collect();
    day.paste(&text);
    day.wait_for("the field is full");
    let store = office.store(Mode::Read);
    let much = &text[..150_000];
    day.wait_while("it is kept", || store.drafts().unwrap().iter().all(|draft| !draft.body.contains(much)));
    day.keys("<Ctrl-S>");
    day.wait_for("completed assessment");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let store = office.store(Mode::Read);
    let visit = store.board_records(today(), now(), true).unwrap().visits[0].visit.id;
    assert!(store.assessment_model(visit).unwrap().current.unwrap().history.contains(much));
}

#[test]
fn a_paste_of_a_million_characters_is_borne_wherever_text_is_taken() {
    let office = office();
    let before = office.everything();
    let million = "pain ".repeat(200_000);
    let mut day = office.open_board(SMALL);
    day.paste(&million);
    day.wait_for("Nothing here takes pasted text");
    // What was refused there is not said of the next screen.
    day.keys("w");
    day.wait_for("Week 48");
    assert!(!day.text().contains("Nothing here takes"), "{}", day.text());
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    // A patient's name, what is looked for, a date, a search in all texts.
    for (open, stands, says, close) in [
        ("n", "New visit", "the field is full", "<Ctrl-A><Backspace><Esc>"),
        ("g", "Go to date", "", "<Esc>"),
        ("/", "Find", "", "<Esc>"),
        (":", "Commands", "", "<Esc>"),
    ] {
        day.keys(open);
        day.wait_for(stands);
        day.paste(&million);
        day.wait_for(says);
        day.keys(close);
        day.wait_for("Morning · Assessments");
    }
    // A passphrase: one keystroke later the right one still opens.
    day.keys("<Ctrl-L>");
    day.wait_for("passphrase");
    day.paste(&million);
    day.keys("<Enter>");
    day.wait_for("does not open");
    day.keys(&format!("<Ctrl-U>{PASSPHRASE}<Enter>"));
    day.wait_for("OKAFOR");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let after: Vec<String> = office.everything().into_iter().filter(|line| line != "draft: visit").collect();
    assert_eq!(after, before);
}

#[test]
fn a_terminal_of_one_cell_is_borne_from_the_start() {
    let office = office();
    let mut day = office.open((1, 1));
    day.keys("<Space><Space>");
    day.resize(LARGE);
    day.wait_for("OKAFOR Test: in room");
    day.resize((1, 1));
    day.keys("<Enter>4<PgDn><PgDn>in the dark<Ctrl-S>");
    day.resize(LARGE);
    day.wait_for("completed assessment");
    day.keys("<Ctrl-L>");
    day.wait_for("passphrase");
    day.resize((1, 1));
    day.keys(&format!("{PASSPHRASE}<Enter>"));
    day.resize(LARGE);
    day.wait_for("OKAFOR");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    assert!(office.facts().iter().any(|fact| fact.contains("in the dark")));
}

#[test]
fn a_paste_on_the_board_changes_nothing_and_says_so() {
    let office = office();
    let mut day = office.open_board(SMALL);
    let before = office.facts();
    day.paste("xn\ns7\nQ");
    day.wait_for("pasted");
    assert!(day.text().contains("OKAFOR"));
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(office.facts(), before);
}

/// Books a walk-in under each pasted name, one after the other, and takes it back: what the terminal was asked meanwhile,
/// and the names that were kept.
fn names_after_pasting(names: &[String]) -> Vec<Vec<String>> {
    let office = Office::new();
    let mut day = office.open_board(LARGE);
    let store = office.store(Mode::Read);
    let mut kept = Vec::new();
    for name in names {
        day.keys("n");
        day.wait_for("New visit");
        day.paste(name);
        day.keys("<Tab><Tab><Tab>f<Esc>");
        day.wait_for("Morning · Assessments");
        day.keys("n");
        day.wait_for("New visit");
        day.keys("<Ctrl-S>");
        day.wait_until("kept, or refused in words", |screen| foot(screen).contains("✓ kept") || screen.contains('⚠'));
        assert_eq!(day.strange(), Vec::<String>::new(), "{name:?}");
        assert_eq!(day.clipboard(), None, "{name:?}");
        day.look(|screen| assert!(screen.alternate_screen() && screen.bracketed_paste(), "{name:?}"));
        kept.push(patients(&store).into_iter().map(|(_, name)| name).collect());
        day.keys("<Esc>");
        day.wait_for("Morning · Assessments");
        day.keys("u");
        day.wait_for("undid: walk-in");
    }
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(day.left_on(), Vec::<&str>::new());
    kept
}

#[test]
fn control_sequences_in_a_name_are_text_without_power() {
    let cases = [
        ("OK\u{1b}]52;c;ZXZpbA==\u{7}AFOR, Ada", Some("OK]52;C;ZXZPBA==AFOR Ada")),
        ("OKAFOR\u{1b}[2J\u{1b}[H, Ada", Some("OKAFOR[2J[H Ada")),
        ("OKAFOR\u{9b}2J, Ada", Some("OKAFOR2J Ada")),
        ("OKAFOR\u{7}\u{8}, Ada", Some("OKAFOR Ada")),
        ("O\u{2019}NEILL, Sín\u{e9}ad", Some("O\u{2019}NEILL Sín\u{e9}ad")),
    ];
    let names: Vec<String> = cases.iter().map(|(name, _)| (*name).to_owned()).collect();
    for ((name, expected), kept) in cases.iter().zip(names_after_pasting(&names)) {
        assert_eq!(kept.first().map(String::as_str), *expected, "{name:?}");
    }
}

#[test]
#[ignore = "reads the strings in DAYSHEET_TEST_DATA"]
fn strings_that_drive_terminals_drive_nothing() {
    #[derive(serde::Deserialize)]
    struct Injection {
        what: String,
        string: String,
    }
    let folder =
        PathBuf::from(std::env::var("DAYSHEET_TEST_DATA").expect("names the folder of test data")).join("strings");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let injections: Vec<Injection> = serde_json::from_str(&read("terminal_injections.json")).unwrap();
    // The end of a bracketed paste inside a paste is the terminal's to take out; what follows it are keys.
    let injections: Vec<Injection> =
        injections.into_iter().filter(|injection| !injection.string.contains("\u{1b}[201~")).collect();
    let pasted: Vec<String> = injections.iter().map(|injection| format!("OKAFOR{}, Ada", injection.string)).collect();
    for (injection, names) in injections.iter().zip(names_after_pasting(&pasted)) {
        assert!(names.iter().all(|name| !name.chars().any(char::is_control)), "{}: {names:?}", injection.what);
        assert!(names.first().is_some_and(|name| name.starts_with("OKAFOR")), "{}: {names:?}", injection.what);
    }
    let names: Vec<String> = serde_json::from_str(&read("names.json")).unwrap();
    for (name, kept) in names.iter().zip(names_after_pasting(&names)) {
        assert_eq!(kept.len(), 1, "{name:?}: {kept:?}");
    }
}

/// The texts of the folder of strings: each goes whole into one field.
fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let text = match name.as_str() {
            "README.md" | "expected.json" | "names.json" | "terminal_injections.json" => continue,
            "blns.json" => {
                let sections: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
                let strings = sections.iter().flat_map(|section| section["strings"].as_array().unwrap());
                strings.map(|string| string.as_str().unwrap().to_owned() + "\n").collect()
            }
            // A field is not endless.
            "emoji-test.txt" => text.chars().take(150_000).collect(),
            _ => text,
        };
        // The end of a bracketed paste inside a paste is the terminal's to take out.
        texts.push((name, text.replace("\u{1b}[201~", "")));
    }
    texts.sort();
    texts
}

#[test]
#[ignore = "reads the strings in DAYSHEET_TEST_DATA"]
fn whole_files_of_strings_go_into_a_text_and_come_out_as_they_were_or_cleaned() {
    let folder = std::env::var("DAYSHEET_TEST_DATA").expect("names the folder of test data");
    let texts = texts(&std::path::Path::new(&folder).join("strings"));
    assert!(texts.len() >= 8, "{texts:?}");
    for (name, text) in texts {
        let office = office();
        let mut day = office.open_board(SMALL);
        day.keys("<Enter>");
        day.wait_for("Assessment · follow-up");
        day.keys("4<PgDn><PgDn>");
        day.paste(&text);
        // All of it is drawn once, on the way up and down.
        day.keys("<Ctrl-Home><Ctrl-End>THE END");
        day.wait_for("THE END");
        day.keys("<PgDn>");
        for _ in 0..40 {
            day.keys("<PgUp><PgDn>");
        }
        day.keys("<Ctrl-S>");
        day.wait_for("completed assessment");
        assert_eq!(day.strange(), Vec::<String>::new(), "{name}");
        assert_eq!(day.clipboard(), None, "{name}");
        day.keys("q");
        assert_eq!(day.exit_code(), 0, "{name}");
        assert_eq!(day.left_on(), Vec::<&str>::new(), "{name}");
        let store = office.store(Mode::Read);
        let visit = store.board_records(today(), now(), true).unwrap().visits[0].visit.id;
        let kept = store.assessment_model(visit).unwrap().current.unwrap().history;
        let expected = daysheet::clinical::text::clean(&format!("{text}THE END"));
        assert!(
            kept == expected.trim(),
            "{name}: {:?}",
            kept.chars().zip(expected.trim().chars()).find(|(a, b)| a != b)
        );
    }
}
