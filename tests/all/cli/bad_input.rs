//! What is wrong is told in a sentence, with exit code 1, and nothing is lost.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Desk, PASSPHRASE};

/// Commands that open a record, each with the file in place of `FILE`.
const OPENING: [&str; 6] = [
    "--file FILE sheet",
    "--file FILE find anybody",
    "--file FILE verify",
    "--file FILE backup copy.db",
    "--file FILE passphrase --new-passphrase-file passphrase",
    "restore FILE",
];

/// Every command refuses a file that is no record of ours, and changes not a byte of it.
#[track_caller]
fn is_refused(desk: &Desk, commands: &[&str], (name, bytes): (&str, &[u8]), passphrase: &str, words: &str) {
    for command in commands {
        // A name of its own each time: what one command leaves beside a file must not help the next.
        let file = format!("{name}.{}", command.len());
        std::fs::write(desk.path(&file), bytes).unwrap();
        let ran = desk.run_with(&command.replace("FILE", &file), passphrase);
        // What `verify` found of a damaged file is its result, and stands there.
        if !command.ends_with("verify") || ran.out.is_empty() {
            ran.could_not(words);
        }
        assert_eq!((ran.code, ran.words.contains(words)), (1, true), "{command} of {name}: {ran:?}");
        assert_eq!(std::fs::read(desk.path(&file)).unwrap(), bytes, "{command} changed {name}");
        assert!(!desk.path("copy.db").exists() && !desk.record().exists(), "{command} made something of {name}");
    }
}

#[test]
fn a_file_that_is_no_record_is_refused_in_words() {
    let desk = Desk::empty();
    let mut plain = b"SQLite format 3\0".to_vec();
    plain.resize(4096, 0);
    let noise: Vec<u8> = (0..8192_u32).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
    for (name, bytes, words) in [
        ("empty", &b""[..], "is not a daysheet record"),
        ("one-byte", b"x", "is not a daysheet record"),
        ("text", "a letter to a colleague\n".repeat(100).as_bytes(), "is not a daysheet record"),
        ("plain", &plain, "not an encrypted one"),
        ("noise", &noise, "does not open"),
    ] {
        is_refused(&desk, &OPENING, (name, bytes), "passphrase", words);
    }
    for command in OPENING {
        desk.run(&command.replace("FILE", "nowhere.db")).could_not("nowhere.db");
    }
    assert!(!desk.path("nowhere.db").exists());
}

#[test]
fn a_record_of_a_newer_schema_is_left_alone() {
    let desk = Desk::with_record();
    let conn = Connection::open(desk.record()).unwrap();
    conn.pragma_update(None, "key", PASSPHRASE).unwrap();
    conn.pragma_update(None, "user_version", 9999).unwrap();
    conn.close().unwrap();
    let before = std::fs::read(desk.record()).unwrap();
    for command in ["sheet", "verify", "backup copy.db", "passphrase --new-passphrase-file passphrase"] {
        desk.run(command).could_not("newer");
    }
    assert_eq!(std::fs::read(desk.record()).unwrap(), before);
}

#[test]
fn a_truncated_record_is_refused_or_named_and_never_shown() {
    let desk = Desk::with_record();
    let whole = std::fs::read(desk.record()).unwrap();
    for keep in [4096, whole.len() / 2, whole.len() - 1] {
        std::fs::write(desk.path("cut.db"), &whole[..keep]).unwrap();
        for command in ["verify", "backup copy.db"] {
            let ran = desk.run(&format!("--file cut.db {command}"));
            assert_eq!(ran.code, 1, "{command} of {keep} bytes: {ran:?}");
            assert!(!ran.words.contains("fault of its own"), "{ran:?}");
            assert!(!desk.path("copy.db").exists());
        }
    }
}

#[test]
fn dates_that_do_not_exist_are_told() {
    let desk = Desk::with_record();
    desk.run("sheet 2026-02-30").could_not("has no day 30");
    desk.run("sheet someday").could_not("not a date");
    let wrong = desk.run_bare(&["sheet", "--now", "yesterday"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.words.contains("is no moment"), "{}", wrong.words);
}

#[test]
fn a_million_characters_to_find_find_nothing_and_break_nothing() {
    let desk = Desk::with_record();
    let long = "pain ".repeat(20_000);
    for text in [long.as_str(), "\u{1b}[2J\u{7}\"", "'; drop"] {
        let ran = desk.run_bare(&["find", text, "--passphrase-file", "passphrase"]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.words);
    }
    desk.run_bare(&["find", " ", "--passphrase-file", "passphrase"]).could_not("nothing to find");
}

#[test]
fn settings_that_cannot_stand_are_told_with_their_place() {
    let desk = Desk::with_record();
    std::fs::write(desk.path("mine.toml"), "[look]\nteme = \"dark\"\n\n[keys]\n\"visit.nwe\" = \"n\"\n").unwrap();
    for command in ["--config mine.toml sheet", "--config mine.toml keys"] {
        let ran = desk.run(command);
        ran.could_not("visit.new");
        assert!(ran.words.contains('2') && ran.words.contains('5') && ran.words.contains("teme"), "{}", ran.words);
    }
    desk.run("--config nowhere.toml keys").could_not("nowhere.toml");
}

fn data() -> PathBuf {
    PathBuf::from(std::env::var_os("DAYSHEET_TEST_DATA").expect("DAYSHEET_TEST_DATA names the folder of test data"))
        .join("sqlite")
}

#[test]
#[ignore = "reads the databases in DAYSHEET_TEST_DATA"]
fn every_database_of_the_test_data_is_refused_in_words() {
    let desk = Desk::empty();
    std::fs::write(desk.path("battery"), "correct horse battery staple\n").unwrap();
    std::fs::write(desk.path("testkey"), "testkey\n").unwrap();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(data()).unwrap().map(|entry| entry.unwrap().path()).filter(is_database).collect();
    files.sort();
    assert!(files.len() >= 20, "{files:?}");
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let passphrase = match name.as_str() {
            name if name.starts_with("sqlcipher4_") => "battery",
            name if name.starts_with("sqlcipher_") => "testkey",
            _ => "passphrase",
        };
        let bytes = std::fs::read(&file).unwrap();
        is_refused(
            &desk,
            &["--file FILE sheet", "--file FILE verify", "restore FILE"],
            (&name, &bytes),
            passphrase,
            "",
        );
    }
}

fn is_database(path: &PathBuf) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "db")
}
