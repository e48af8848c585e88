//! A disk that takes nothing more: what was typed stays on the screen, is tried again, is not locked away, and the program
//! asks before it ends.

use std::process::Command;

use super::*;

/// Lets no file of the program grow, as on a full disk; or lets them grow again.
fn fill_disk(day: &Session, is_full: bool) {
    let limit = if is_full { "--fsize=1:unlimited" } else { "--fsize=unlimited:unlimited" };
    let pid = day.process().to_string();
    assert!(Command::new("prlimit").args(["--pid", &pid, limit]).status().unwrap().success());
}

/// An office whose program may be told that the disk is full.
fn open(office: &Office) -> Session {
    let mut arguments = office.arguments();
    let passphrase = office.home.path().join("passphrase").to_string_lossy().into_owned();
    arguments.extend(["--passphrase-file".to_owned(), passphrase]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let day = office.home.open_ignoring("XFSZ", &arguments, SMALL);
    day.wait_for("Morning");
    day
}

#[test]
fn what_cannot_be_kept_stays_on_the_screen_until_it_can() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    let mut day = open(&office);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>before the disk was full");
    let store = office.store(Mode::Read);
    let kept = || -> String { store.drafts().unwrap().into_iter().map(|draft| draft.body).collect() };
    day.wait_while("the first words are kept", || !kept().contains("before the disk was full"));

    fill_disk(&day, true);
    day.keys(" and after");
    day.wait_for_words("stays on the screen and is tried again");
    // Neither completing, going back, locking nor ending takes it from the screen.
    day.keys("<Ctrl-S>");
    day.wait_for_words("Nothing was changed, and what you typed is still");
    day.keys("<Esc>");
    day.wait_for_words("What you typed is still on the screen");
    day.keys("<Ctrl-L>");
    day.wait_for_words("Not locked");
    day.signal("TERM");
    day.wait_for_words("Not ended");
    day.wait_for_words("Asked once more, it ends and that is lost");
    day.wait_for_words("before the disk was full and after");
    assert!(!kept().contains("and after"));

    fill_disk(&day, false);
    day.wait_for_words("what you typed is kept now");
    day.wait_while("the rest is kept", || !kept().contains("before the disk was full and after"));
    day.signal("TERM");
    assert_eq!(day.exit_code(), 143);
    assert_eq!(day.left_on(), Vec::<&str>::new());
}

#[test]
fn what_could_not_be_left_is_told_kept_as_soon_as_it_is() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    let mut day = open(&office);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    fill_disk(&day, true);
    // The way back is asked for before the text was tried for the first time.
    day.keys("4<Esc>");
    day.wait_for_words("What you typed is still on the screen");
    fill_disk(&day, false);
    day.wait_for_words("what you typed is kept now");
    day.keys("<Esc>");
    day.wait_for("Morning");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn an_answer_that_cannot_be_kept_stays_in_its_question() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    let mut day = open(&office);
    day.keys("xcfell ill");
    day.wait_for("fell ill");
    fill_disk(&day, true);
    day.keys("<Enter>");
    day.wait_for_words("Nothing was changed, and what you typed is still");
    day.wait_for("Cancelled, because");
    day.wait_for("fell ill");
    fill_disk(&day, false);
    day.keys(" again<Enter>");
    day.wait_for("OKAFOR Test: cancelled");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let store = office.store(Mode::Read);
    assert!(store.drafts().unwrap().is_empty());
    drop(store);
    let reason: Option<String> =
        office.other_tool().query_row("SELECT end_reason FROM visit", [], |row| row.get(0)).unwrap();
    assert_eq!(reason.as_deref(), Some("fell ill again"));
}

#[test]
fn the_first_opening_of_a_later_day_makes_one_copy_that_opens_with_the_passphrase() {
    let mut office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let copies = office.home.path().join("backups");
    let finished = || {
        let names = std::fs::read_dir(&copies).into_iter().flatten().flatten().map(|entry| entry.file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".backup")).count()
    };
    let mut first = office.open_board(LARGE);
    first.keys("QQ");
    assert_eq!((first.exit_code(), finished()), (0, 0), "the record began on this day");
    office.at("2026-11-25T08:00");
    let mut next = office.open_board(LARGE);
    next.wait_while("the copy of the day is there", || finished() == 0);
    next.keys("QQ");
    assert_eq!(next.exit_code(), 0);
    let mut again = office.open_board(LARGE);
    again.keys("QQ");
    assert_eq!((again.exit_code(), finished()), (0, 1), "one of each day");
    let copy = std::fs::read_dir(&copies).unwrap().next().unwrap().unwrap().path();
    let passphrase = office.home.path().join("passphrase").to_string_lossy().into_owned();
    let arguments = ["--file", &copy.to_string_lossy(), "--passphrase-file", &passphrase, "find", "okafor"];
    let found = office.home.run(&arguments, "");
    assert!(String::from_utf8_lossy(&found.stdout).contains("OKAFOR"), "{found:?}");
}

#[test]
fn a_disk_that_was_full_before_anything_was_typed_keeps_nobody_from_looking_or_locking() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    let mut day = open(&office);
    fill_disk(&day, true);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.wait_for_words("Only the way back to this screen was not kept");
    day.keys("<Esc>");
    day.wait_for("Morning");
    day.keys("p");
    day.wait_for("Cover");
    day.keys("<Esc>");
    day.wait_for("Morning");
    day.keys(">");
    day.wait_for("25 Nov");
    // What is typed stays as ever.
    day.keys("t<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4");
    day.wait_for_words("stays on the screen and is tried again");
    day.keys("<Esc>");
    day.wait_for_words("What you typed is still on the screen");
    fill_disk(&day, false);
    day.wait_for_words("what you typed is kept now");
    day.keys("<Esc>");
    day.wait_for("Morning");
    fill_disk(&day, true);
    day.keys("<Ctrl-L>");
    day.wait_for("passphrase");
}
