//! A schedule comes in: shown before anything is changed, applied as one act, read again with one key.

use super::*;

/// A calendar with these events: identity, start, summary.
fn calendar(events: &[(&str, &str, &str)]) -> String {
    let mut lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//invented//practice//EN"].join("\r\n");
    for (uid, start, summary) in events {
        lines.push_str(&format!(
            "\r\nBEGIN:VEVENT\r\nUID:{uid}@invented\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT20M\r\n\
             SUMMARY:{summary}\r\nEND:VEVENT"
        ));
    }
    lines + "\r\nEND:VCALENDAR\r\n"
}

#[test]
fn a_calendar_is_previewed_applied_as_one_act_and_read_again_by_one_key() {
    let office = Office::with_follow_ups(&[("08:00", "OKAFOR", "back, left leg"), ("08:20", "NGUYEN", "migraine")]);
    let file = office.home.path().join("week.ics");
    let write = |events: &[(&str, &str, &str)]| std::fs::write(&file, calendar(events)).unwrap();
    write(&[
        ("a", "20261124T100000", "Test Okafor follow-up"),
        ("b", "20261124T110000", "Team meeting"),
        ("c", "20261125T090000", "Test Nguyen"),
        ("d", "20261131T090000", "No such day"),
    ]);
    let before = office.everything();
    let mut day = office.open_board((120, 48));
    day.keys("I");
    day.wait_for("Import a schedule");
    day.keys(&format!("{}<Enter>", file.display()));
    day.wait_for("Team meeting");
    day.wait_for("20261131T090000");
    day.wait_for("new 3  refused 1");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    assert_eq!(office.everything().len(), before.len(), "a preview changes nothing");
    day.keys("I");
    day.wait_for("Import a schedule");
    day.keys(&format!("{}<Enter>", file.display()));
    day.wait_for("Team meeting");
    day.keys("a");
    day.wait_for("Morning · Assessments");
    day.wait_for("import of week.ics");
    day.wait_for("10:00 OKAFOR Test");
    day.keys(">");
    day.wait_for("09:00 NGUYEN Test");
    day.keys("t");
    day.wait_for("10:00 OKAFOR Test");

    // The same again changes nothing; what the source changed is applied at once. What is left to tell stays: a line that
    // was refused, and what is gone, which is cancelled by its own key.
    day.keys("A");
    day.wait_for("Team meeting");
    day.keys("a");
    day.wait_for("nothing to apply");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    write(&[("a", "20261124T103000", "Test Okafor follow-up"), ("b", "20261124T110000", "Team meeting")]);
    day.keys("A");
    day.wait_for("import of week.ics: 1 changed");
    day.wait_for("gone from the schedule");
    // The preview follows what is taken back over it.
    day.keys("u");
    if day.wait_for_either("u again takes back", "undid: import of week.ics") {
        day.keys("u");
    }
    day.wait_for("undid: import of week.ics");
    day.wait_for("nothing is changed yet");
    day.keys("A");
    day.wait_for("import of week.ics: 1 changed");
    day.wait_for("changes nothing");
    day.keys("x");
    day.wait_for("Apply, and cancel what is gone?");
    day.keys("x");
    day.wait_for("Morning · Assessments");
    day.wait_for("10:30 OKAFOR Test");
    day.keys(">");
    day.wait_for_no("○ 09:00 NGUYEN Test");
    day.keys("t");
    day.wait_for("10:30 OKAFOR Test");
    // One act, taken back by one key.
    day.keys("u");
    if day.wait_for_either("u again takes back", "undid: import of week.ics") {
        day.keys("u");
    }
    day.wait_for("undid: import of week.ics");
    day.wait_for("10:30 OKAFOR Test");
    day.keys("u");
    day.wait_for("undid: import of week.ics: 1 changed");
    day.wait_for("10:00 OKAFOR Test");
    // Nothing is left to tell: one key, and the board is there with what changed.
    write(&[
        ("a", "20261124T104500", "Test Okafor follow-up"),
        ("b", "20261124T110000", "Team meeting"),
        ("c", "20261125T090000", "Test Nguyen"),
    ]);
    day.keys("A");
    day.wait_for("10:45 OKAFOR Test");
    day.wait_for("import of week.ics: 1 changed");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn what_is_no_schedule_is_refused_in_words_and_the_board_is_as_it_was() {
    let office = Office::new();
    let before = office.everything();
    let mut day = office.open_board(LARGE);
    for (name, bytes) in [
        ("letter.ics", &b"Dear colleague,\nthank you for sending this patient.\n"[..]),
        ("empty.ics", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"),
        ("prices.csv", b"article,price\ngloves,12\nneedles,7\n"),
    ] {
        std::fs::write(office.home.path().join(name), bytes).unwrap();
        day.keys("I");
        day.wait_for("Import a schedule");
        day.keys(&format!("{name}<Enter>"));
        day.wait_for("Nothing was changed.");
        day.keys("a");
        day.wait_for("No schedule is read yet");
        day.keys("<Esc>");
        day.wait_for("Morning · Assessments");
    }
    day.keys("Inowhere.ics<Enter>");
    day.wait_for("Nothing was changed.");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(office.everything(), before);
}
