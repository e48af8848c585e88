//! What is private stays private: what was copied out, and names.

use std::fs::{self, File};
use std::time::SystemTime;

use super::*;

#[test]
fn what_was_copied_out_is_cleared_from_the_terminal_in_time() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    office.set("[private]\nclear_clipboard_after_seconds = 1\nclipboard = \"terminal\"\n");
    let mut day = office.open_board(LARGE);
    day.keys("p");
    day.wait_for("Visits");
    day.keys("<End>y");
    day.wait_for("copied 09");
    assert!(day.clipboard().is_some_and(|copied| copied.contains("OKAFOR Test")));
    day.wait_while("the clipboard is blank", || day.clipboard().as_deref() != Some(" "));
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn what_a_killed_program_left_of_a_copy_is_swept_at_the_next_start() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let left = office.home.path().join("run/daysheet/copied-out.txt");
    fs::create_dir_all(left.parent().unwrap()).unwrap();
    fs::write(&left, "OKAFOR Test").unwrap();
    File::options().write(true).open(&left).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let mut day = office.open_board(SMALL);
    assert!(!left.exists());
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn f9_hides_the_name_wherever_one_is_and_a_lock_keeps_it_hidden() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(SMALL);
    day.keys("<F9>");
    day.wait_for("names hidden");
    for (keys, brings) in [
        ("e", "Visit"),
        ("<Esc>i", "Why"),
        ("<Esc>x", "Not coming"),
        ("<Esc>s", "Pain now"),
        ("<Esc>p", "Chart"),
        ("<Esc>w", "Week"),
        ("<Esc>c", "Close of day"),
        ("<Esc>/", "find"),
        ("<Esc><Enter>", "Assessment"),
    ] {
        day.keys(keys);
        day.wait_for(brings);
        assert!(!day.text().contains("OKAFOR"), "after {keys}:\n{}", day.text());
    }
    day.keys("<Ctrl-L>");
    day.wait_for("passphrase");
    day.keys(&format!("{PASSPHRASE}<Enter>"));
    day.wait_for("Assessment");
    assert!(!day.text().contains("OKAFOR"), "{}", day.text());
    day.kill();
}
