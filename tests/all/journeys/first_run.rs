//! The first run, and the next: setup, a wrong passphrase, the right one, and what the file shows to others.

use super::*;

fn words_in_the_clear(home: &Home, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
            found.extend(words.iter().filter(|word| holds(word)).map(|word| format!("{word} in {}", path.display())));
        }
    }
    found
}

#[test]
fn the_first_run_sets_up_and_the_next_asks_for_the_passphrase() {
    let home = Home::new();
    let record = home.path().join("record.db").to_string_lossy().into_owned();
    let arguments = ["--file", record.as_str(), "--now", NOW];
    let mut first = home.open(&arguments, SMALL);
    first.wait_for("a new record");

    // Blank is refused, a difference asked again, weakness said: each in words, none loses what was typed before.
    first.keys("Dr Ines Vela<Enter>g<Enter><Ctrl-U>Nowhere/Atall<Enter><Enter><Enter>");
    first.wait_for("This zone is not known");
    first.keys("<Ctrl-U>America/New_York<Enter><Enter><Enter>");
    first.wait_for("a passphrase is needed");
    first.keys("otter<Enter>ottre<Enter>");
    first.wait_for("The two passphrases differ");
    first.keys("otter<Enter>");
    first.wait_for("This passphrase is weak");
    assert!(!std::path::Path::new(&record).exists(), "nothing is written before the end");
    first.keys("<Shift-Tab><Ctrl-U>gravel otter lantern 94 quiet<Enter><Ctrl-U>gravel otter lantern 94 quiet<Enter>");
    // What only paper helps with is offered once; the board is already there.
    first.wait_for("Emergency sheet");
    first.wait_for("write it beside the record now");
    first.keys("w");
    first.wait_for("daysheet-emergency-sheet.txt");
    let printed = home.path().join("daysheet-emergency-sheet.txt");
    let sheet = std::fs::read_to_string(&printed).unwrap();
    assert!(sheet.contains("SQLCipher") && !sheet.contains("gravel"), "{sheet}");
    std::fs::remove_file(printed).unwrap();
    first.wait_for("Morning · Assessments");
    first.wait_for("Tue 24 Nov 2026  09:00");
    first.wait_for("Dr Ines Vela");
    first.keys("nSAPPHIRE Zoe<Tab><Tab><Tab>fheel, left<Ctrl-S>");
    first.wait_for("SAPPHIRE Zoe: walk-in");
    assert_eq!(words_in_the_clear(&home, &["SAPPHIRE", "heel", "Vela", "SQLite format"]), Vec::<String>::new());
    first.keys("QQ");
    assert_eq!(first.exit_code(), 0);
    assert_eq!(first.left_on(), Vec::<&str>::new());
    assert_eq!(words_in_the_clear(&home, &["SAPPHIRE", "heel", "Vela", "SQLite format"]), Vec::<String>::new());
    assert!(!std::path::Path::new(&format!("{record}-wal")).exists(), "a clean end leaves one file");

    let mut again = home.open(&arguments, SMALL);
    again.wait_for("passphrase");
    again.keys("<Enter>");
    again.wait_for("Type the passphrase");
    again.keys("gravel otter<Enter>");
    again.wait_for("The passphrase does not open");
    assert!(!again.text().contains("gravel"), "a passphrase is never shown");
    again.keys("gravel otter lantern 94 quiet<Enter>");
    again.wait_for("SAPPHIRE Zoe");
    // The clock that is set is read in the zone of the practice, wherever the machine is: a draft is kept within a second.
    again.keys("<Enter><Tab><Tab><Tab><Tab><Tab><Tab><Tab>under the heel");
    again.wait_for("under the heel");
    let store = || {
        let key = derive(&Zeroizing::new(PASSPHRASE.to_owned()), Salt::of(record.as_ref()).unwrap()).unwrap();
        Store::open(record.as_ref(), &key, Mode::Read, ids(), now().instant).unwrap()
    };
    let reading = store();
    again.wait_while("the draft is kept", || {
        reading.drafts().unwrap().iter().all(|d| !d.body.contains("under the heel"))
    });
    again.kill();
}

#[test]
fn a_weak_passphrase_is_taken_when_wanted_after_saying_what_it_means() {
    let home = Home::new();
    let record = home.path().join("record.db").to_string_lossy().into_owned();
    let mut first = home.open(&["--file", record.as_str(), "--now", NOW], SMALL);
    first.wait_for("a new record");
    first.keys("Dr Vela<Enter><Enter><Enter>otter<Enter>otter<Enter>");
    first.wait_for("read every patient");
    first.keys("<Enter>");
    first.wait_for("write it beside the record now");
    first.keys("lq");
    assert_eq!(first.exit_code(), 0);
}

#[test]
fn what_is_no_record_is_said_to_be_none_and_left_as_it_is() {
    for (bytes, words) in [
        (b"SQLite format 3\0".repeat(64), "not an encrypted one"),
        (b"Dear colleague, ".repeat(40), "is not a daysheet record"),
        (vec![7; 4096], "is not a daysheet record"),
        (Vec::new(), "is not a daysheet record"),
    ] {
        let home = Home::new();
        let record = home.path().join("record.db");
        std::fs::write(&record, &bytes).unwrap();
        let mut opened = home.open(&["--file", &record.to_string_lossy()], LARGE);
        opened.wait_for("passphrase");
        opened.keys("whatever it is<Enter>");
        opened.wait_for_words(words);
        opened.keys("<Ctrl-Q>");
        assert_eq!(opened.exit_code(), 0);
        assert_eq!(std::fs::read(&record).unwrap(), bytes);
    }
}
