//! Real keyed files: made, opened, refused in words.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::clinical::draft::DraftKey;
use crate::store::key::{self, Salt};
use crate::store::testing::{self, NOW, SMALL, create, ids};

fn open(path: &Path, mode: Mode) -> Result<Store, StoreError> {
    testing::open(path, mode)
}

#[test]
fn a_record_is_read_back_after_closing_and_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/in/record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.close().unwrap();
    assert!(!files::beside(&path, "-wal").exists());
    let mut store = open(&path, Mode::Write).unwrap();
    store.add_patient(2, "HALE");
    // A killed process closes nothing: its files are copied as they lie.
    let killed = folder.path().join("killed");
    for ending in ["", "-wal"] {
        fs::copy(files::beside(&path, ending), files::beside(&killed, ending)).unwrap();
    }
    let store = open(&killed, Mode::Write).unwrap();
    assert_eq!(store.text("SELECT group_concat(family) FROM (SELECT family FROM patient ORDER BY id)"), "OKAFOR,HALE");
}

#[test]
fn stock_sqlcipher_opens_the_file_with_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let passphrase = "größe matters; it's \"quoted\" 🐎";
    let key = key::derive(passphrase, Salt::new(&mut ids())).unwrap();
    let mut store = Store::create_with(&SMALL, &path, &key, ids(), NOW).unwrap();
    store.add_patient(1, "OKAFOR");
    store.close().unwrap();
    assert_eq!(Salt::of(&path).unwrap(), key.salt());
    let stock = Connection::open(&path).unwrap();
    stock.pragma_update(None, "key", passphrase).unwrap();
    let family: String = stock.query_row("SELECT family FROM patient", [], |row| row.get(0)).unwrap();
    assert_eq!(family, "OKAFOR");
    // And what stock tools write cannot go round the log.
    let refused = stock.execute("DELETE FROM patient", []).unwrap_err().to_string();
    assert!(refused.contains("next_change"), "{refused}");
}

#[test]
fn a_wrong_passphrase_is_said_and_may_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    create(&path).close().unwrap();
    let before = fs::read(&path).unwrap();
    let wrong = RawKey::from_bytes([8; 32], Salt::of(&path).unwrap());
    for mode in [Mode::Write, Mode::Read, Mode::Write] {
        let refused = Store::open_with(&SMALL, &path, &wrong, mode, ids(), NOW).unwrap_err();
        assert!(matches!(refused, StoreError::WrongPassphrase(_)), "{refused}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
    open(&path, Mode::Write).unwrap();
}

#[test]
fn one_writes_while_others_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut writer = create(&path);
    assert!(matches!(open(&path, Mode::Write), Err(StoreError::Held(_))));
    let mut reader = open(&path, Mode::Read).unwrap();
    writer.add_patient(1, "OKAFOR");
    assert_eq!(reader.text("SELECT family FROM patient"), "OKAFOR");
    let refused = reader.act("wrote beside", &["DELETE FROM patient"]);
    assert!(matches!(refused, Err(StoreError::ReadOnly)));
    assert!(matches!(reader.keep_machine_value("a", "b"), Err(StoreError::ReadOnly)));
    assert!(reader.conn.execute("DELETE FROM draft", []).is_err());
    let mut worker = writer.beside(&testing::key(), ids()).unwrap();
    worker.add_patient(2, "HALE");
    writer.add_patient(3, "NGUYEN");
    assert_eq!(reader.number("SELECT max(number) FROM change_set"), 4);
    writer.close().unwrap();
    assert!(matches!(open(&path, Mode::Write), Err(StoreError::Held(_))), "the worker still writes");
    worker.close().unwrap();
    reader.close().unwrap();
    open(&path, Mode::Write).unwrap();
}

#[test]
fn a_file_that_is_there_is_never_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    fs::write(&path, "a letter").unwrap();
    let refused = Store::create_with(&SMALL, &path, &testing::key(), ids(), NOW).unwrap_err();
    assert!(matches!(refused, StoreError::AlreadyThere(_)));
    assert_eq!(fs::read_to_string(&path).unwrap(), "a letter");
}

#[test]
fn newer_older_and_foreign_files_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let store = create(&path);
    store.conn.execute_batch("PRAGMA user_version = 9").unwrap();
    store.close().unwrap();
    for mode in [Mode::Write, Mode::Read] {
        let refused = open(&path, mode).unwrap_err();
        assert!(matches!(refused, StoreError::NewerSchema { file: 9, program: 1 }), "{refused}");
    }
    let set = |sql: &str| {
        let conn = connect(&path, &testing::key(), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        conn.execute_batch(sql).unwrap();
    };
    set("PRAGMA user_version = 0");
    assert!(matches!(open(&path, Mode::Read), Err(StoreError::OlderSchema { file: 0, program: 1 })));
    set("PRAGMA application_id = 1");
    assert!(matches!(open(&path, Mode::Write), Err(StoreError::NotARecord(_))));
}

#[cfg(unix)]
#[test]
fn all_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own/record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for ending in ["", "-wal", "-shm", ".lock"] {
        assert_eq!(mode(&files::beside(&path, ending)), 0o600, "{ending}");
    }
}

#[test]
fn no_word_stands_in_plain_text_beside_or_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "Quetzalcoatlus");
    let insert = "INSERT INTO visit (id, date, note) VALUES ('v', '2026-11-24', 'xylophonist remembered quetzals')";
    store.act("noted Quetzalcoatlus", &[insert]).unwrap();
    let draft = crate::store::Draft {
        key: DraftKey::of("assessment", "v"),
        saved_at: NOW,
        body: "xylophonist remembered".into(),
    };
    store.put_draft(&draft).unwrap();
    let words = ["Quetzal", "quetzal", "xylophonist", "remembered", "patient", "CREATE TABLE", "SQLite format"];
    let mut looked = 0;
    let mut look = || {
        for entry in fs::read_dir(folder.path()).unwrap() {
            let file = entry.unwrap().path();
            let bytes = fs::read(&file).unwrap();
            for word in words {
                let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
                assert!(!found, "{word} in {}", file.display());
            }
            looked += bytes.len();
        }
    };
    look();
    store.close().unwrap();
    look();
    assert!(looked > 200_000, "both the log beside the file and the file were looked at: {looked}");
}

#[test]
fn a_record_where_nothing_can_be_written_is_read_as_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a 100% odd? name#");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.close().unwrap();
    let address = immutable(&path);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let conn = open_keyed(Path::new(&address), &testing::key(), flags).unwrap();
    let family: String = conn.query_row("SELECT family FROM patient", [], |row| row.get(0)).unwrap();
    assert_eq!(family, "OKAFOR");
    assert!(!files::beside(&path, "-shm").exists());
}

/// The cipher library's own words would land on the screen. The test runs itself, to see what its process says.
#[test]
fn nothing_is_written_to_the_terminal_whatever_is_wrong_with_a_file() {
    const INNER: &str = "DAYSHEET_TEST_INNER";
    if std::env::var_os(INNER).is_none() {
        let name = "store::open::tests::nothing_is_written_to_the_terminal_whatever_is_wrong_with_a_file";
        let run = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture"])
            .env(INNER, "1")
            .output()
            .unwrap();
        let (said, words) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(said.contains("1 passed"), "{said}{words}");
        assert_eq!(words, "");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.close().unwrap();
    let wrong = RawKey::from_bytes([8; 32], Salt::of(&path).unwrap());
    assert!(Store::open_with(&SMALL, &path, &wrong, Mode::Read, ids(), NOW).is_err());
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096 * 4 + 100] ^= 1;
    fs::write(&path, bytes).unwrap();
    let mut store = open(&path, Mode::Read).unwrap();
    assert!(!store.verify(None, &mut Watch::nobody()).unwrap().is_sound());
}

/// Every file of the shared test data is refused in a typed way and left as it is.
#[test]
#[ignore = "reads the folder named by DAYSHEET_TEST_DATA"]
fn no_damaged_or_foreign_file_is_taken_for_a_record() {
    let data = PathBuf::from(std::env::var_os("DAYSHEET_TEST_DATA").expect("the folder of test data")).join("sqlite");
    let folder = tempfile::tempdir().unwrap();
    let mut files = 0;
    for entry in fs::read_dir(data).unwrap() {
        let from = entry.unwrap().path();
        if from.extension().is_none_or(|ending| ending != "db") {
            continue;
        }
        files += 1;
        let name = from.file_name().unwrap().to_string_lossy().into_owned();
        let path = folder.path().join(&name);
        fs::copy(&from, &path).unwrap();
        let passphrase = if name.contains("testkey") { "testkey" } else { "correct horse battery staple" };
        for (mode, passphrase) in [(Mode::Write, passphrase), (Mode::Read, "mistyped")] {
            let opened = Salt::of(&path)
                .and_then(|salt| key::derive(passphrase, salt))
                .and_then(|key| Store::open(&path, &key, mode, ids(), NOW));
            let error = opened.err().unwrap_or_else(|| panic!("{name} was opened"));
            let expected = match name.as_str() {
                _ if passphrase == "mistyped" && (name.contains("truncated") || name.contains("1_1_8")) => {
                    "not a daysheet record"
                }
                _ if passphrase == "mistyped" && name.starts_with("sqlcipher") => "The passphrase does not open",
                "sqlcipher_4_0_testkey.db" | "sqlcipher4_good.db" | "sqlcipher_1_1_8_testkey.db" => {
                    "not a daysheet record"
                }
                "sqlcipher4_lost_last_page.db" | "sqlcipher4_truncated_midpage.db" => "damaged",
                "sqlcipher4_bitflip_salt.db" => "The passphrase does not open",
                _ if name.starts_with("sqlcipher4") => "not a daysheet record",
                "header_only_100_bytes.db" | "plain_good_small.db" | "good_magic_then_noise.db" => "not an encrypted",
                _ if name.starts_with("fuzz") => "it is no daysheet record",
                _ => "not a daysheet record",
            };
            assert!(error.to_string().contains(expected), "{name}, {passphrase}: {error}");
            assert!(!matches!(error, StoreError::Sql { .. } | StoreError::Io { .. }), "{name}: {error:?}");
        }
        assert_eq!(fs::read(&from).unwrap(), fs::read(&path).unwrap(), "{name}");
    }
    assert_eq!(files, 30);
}
