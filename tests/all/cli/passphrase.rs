//! The passphrase, typed by a person.

use super::{Desk, PASSPHRASE};

const SIZE: (u16, u16) = (80, 24);

#[test]
fn a_passphrase_is_asked_for_without_being_shown() {
    let desk = Desk::with_record();
    let mut sheet = desk.home.open(&["sheet"], SIZE);
    sheet.wait_for("Passphrase:");
    sheet.keys(&format!("{PASSPHRASE}<Enter>"));
    assert_eq!(sheet.exit_code(), 0);
    let text = sheet.last_words();
    assert!(text.contains("REFLECTION") && !text.contains("horse"), "{text}");
}

#[test]
fn a_new_passphrase_is_asked_for_twice() {
    let desk = Desk::empty();
    let mut init = desk.home.open(&["init", "--name", "Kaltenbrunn"], SIZE);
    init.wait_for("New passphrase:");
    init.keys("seven quiet lanterns<Enter>");
    init.wait_for("The same again:");
    init.keys("seven quite lanterns<Enter>");
    assert_eq!(init.exit_code(), 1);
    assert!(init.last_words().contains("are not the same"), "{}", init.text());
    assert!(!desk.record().exists());
    let mut init = desk.home.open(&["init", "--name", "Kaltenbrunn"], SIZE);
    init.wait_for("New passphrase:");
    init.keys(&format!("{PASSPHRASE}<Enter>{PASSPHRASE}<Enter>"));
    assert_eq!(init.exit_code(), 0);
    desk.run("sheet").done();
}

#[test]
fn whoever_is_asked_can_leave() {
    let desk = Desk::with_record();
    let mut sheet = desk.home.open(&["sheet"], SIZE);
    sheet.wait_for("Passphrase:");
    sheet.keys("horse<Ctrl-C>");
    assert_eq!(sheet.exit_code(), 1);
    assert!(sheet.last_words().contains("was not typed to its end"), "{}", sheet.text());
    let mut sheet = desk.home.open(&["sheet"], SIZE);
    sheet.wait_for("Passphrase:");
    sheet.signal("TERM");
    sheet.exit_code();
}

#[test]
fn a_record_that_is_not_there_is_told_before_anyone_types() {
    let desk = Desk::empty();
    let mut sheet = desk.home.open(&["sheet"], SIZE);
    assert_eq!(sheet.exit_code(), 1);
    assert!(sheet.last_words().contains("record.db"), "{}", sheet.text());
}
