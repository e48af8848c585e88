//! Wrong input: dates that do not exist, files that are no record. Each is said in words where it was typed, and nothing is
//! lost or changed.

use super::*;

#[test]
fn dates_that_do_not_exist_are_refused_where_they_are_typed() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    let before = office.everything();
    let mut day = office.open_board(LARGE);
    for date in ["30.2.", "31 nov", "29.2.2027", "2026-13-01", "0.0.", "99999999"] {
        // To go to, and to move to.
        for (open, title) in [("g", "Go to date"), ("m", "Move to")] {
            day.keys(open);
            day.wait_for(title);
            day.keys(&format!("{date}<Enter>"));
            day.wait_until(&format!("{date} is refused at {title}"), |screen| {
                screen.contains(title)
                    && ["no day", "not a date", "no month", "out of reach"].iter().any(|words| screen.contains(words))
            });
            day.keys("<Esc>");
            day.wait_for_no(title);
        }
    }
    // In a form it stays as it was typed, and is no reason to lose the rest.
    day.keys("n");
    day.wait_for("New visit");
    day.keys("HALE Ruth<Tab>2561<Tab>31 nov<Tab>fneck<Ctrl-S>");
    day.wait_for("31 nov");
    day.wait_for("⚠");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("n");
    day.wait_for("31 nov");
    day.wait_for("2561");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let after: Vec<String> = office.everything().into_iter().filter(|line| line != "draft: visit").collect();
    assert_eq!(after, before);
}

/// Opens a file with a passphrase in front of the board: the words that come, and that the file is as it was.
fn is_refused(file: &std::path::Path, passphrase: &str, words: &[&str]) {
    let home = Home::new();
    let record = home.path().join("record.db");
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(&record, &bytes).unwrap();
    let mut opened = home.open(&["--file", &record.to_string_lossy(), "--now", NOW], LARGE);
    opened.wait_for("passphrase");
    opened.keys(&format!("{passphrase}<Enter>"));
    opened.wait_until(&format!("{}: one of {words:?}", file.display()), |screen| {
        let said = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        words.iter().any(|words| said.contains(words))
    });
    opened.keys("<Ctrl-Q>");
    assert_eq!(opened.exit_code(), 0, "{}", file.display());
    assert_eq!(opened.left_on(), Vec::<&str>::new(), "{}", file.display());
    assert_eq!(std::fs::read(&record).unwrap(), bytes, "{}", file.display());
}

#[test]
fn a_record_of_a_newer_schema_is_left_alone_in_words() {
    let office = Office::new();
    let conn = rusqlite::Connection::open(office.record()).unwrap();
    conn.pragma_update(None, "key", PASSPHRASE).unwrap();
    conn.pragma_update(None, "user_version", 9999).unwrap();
    conn.close().unwrap();
    is_refused(&office.record(), PASSPHRASE, &["was written by a newer daysheet"]);
}

#[test]
#[ignore = "reads the databases in DAYSHEET_TEST_DATA"]
fn every_damaged_or_foreign_database_is_refused_in_words_before_the_board() {
    let folder = std::env::var("DAYSHEET_TEST_DATA").expect("names the folder of test data");
    let mut files: Vec<PathBuf> = std::fs::read_dir(PathBuf::from(folder).join("sqlite"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "db"))
        .collect();
    files.sort();
    assert!(files.len() >= 20, "{files:?}");
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let passphrase = match name.as_str() {
            name if name.starts_with("sqlcipher4_") => "correct horse battery staple",
            name if name.starts_with("sqlcipher_") => "testkey",
            _ => PASSPHRASE,
        };
        let words = ["not a daysheet record", "not an encrypted one", "does not open", "is damaged"];
        is_refused(&file, passphrase, &words);
    }
}
