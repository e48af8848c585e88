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

/// Places of a made-up day: the keys that lead there from the board, what then stands there and nowhere on the board, and the
/// keys that lead back.
const PLACES: [(&str, &str, &str); 32] = [
    (":", "a name, or a key", "<Esc>"),
    (":xyzzy", "no command has this name", "<Esc>"),
    ("?", "On every list", "<Esc>"),
    ("i", "Why ·", "<Esc>"),
    ("w", "week on", "<Esc>"),
    ("/", "On this day", "<Esc>"),
    ("/a", "Patients", "<Esc>"),
    ("c", "Close of day", "<Esc>"),
    ("cx", "Close, because", "<Esc><Esc>"),
    ("s", "Pain now", "<Esc>"),
    ("x", "Not coming", "<Esc>"),
    ("v", "Kind of visit", "<Esc>"),
    ("n", "New visit", "<Esc>"),
    ("e", "length", "<Esc>"),
    ("+", "owner", "<Esc>"),
    ("S", "Further scores", "<Esc>"),
    ("<Enter>", "a digit sets it", "<Esc>"),
    ("<Enter><F10>", "Widespread pain", "<Esc><Esc>"),
    ("P", "In short", "<Esc>"),
    ("J", "complementary", "<Esc>"),
    ("p", "Visits", "<Esc>"),
    ("p2", "2 years: ", "<Esc>"),
    ("p3", "─ Timeline ─", "<Esc>"),
    ("p4", "─ Notes ─", "<Esc>"),
    ("D", "Tests", "<Esc>"),
    ("W", "PDMP", "<Esc>"),
    ("M", "Medicines", "<Esc>"),
    ("F", "Referrals", "<Esc>"),
    ("H", "Handouts", "<Esc>"),
    ("G", "Taper", "<Esc>"),
    ("B", "Paste the lists", "<Esc>"),
    ("4<Enter>", "Done about", "<Esc>1"),
];

#[test]
fn f9_leaves_no_name_on_any_screen_of_a_whole_practice() {
    let home = Home::new();
    let mut day = home.open(&["demo", "--now", "2026-11-24T10:14"], LARGE);
    day.wait_for("Morning · Assessments");
    day.keys("/");
    day.wait_for("On this day");
    // Every word of a name in the list, the family names in capitals.
    let text = day.text();
    let listed =
        text.lines().filter(|line| line.contains("today")).map(|line| line.split("  ").next().unwrap_or_default());
    let words: Vec<String> = listed.flat_map(|name| name.trim().split([' ', '-'])).map(str::to_lowercase).collect();
    let words: Vec<&String> = words.iter().filter(|word| word.chars().count() > 3).collect();
    assert!(words.len() > 25, "{words:?}");
    day.keys("<Esc>");
    day.wait_for_no("On this day");
    day.keys("<F9>");
    day.wait_for("names hidden");
    // The physician is no patient, and may share a given name with one.
    let physician = "juniper";
    for (keys, brings, back) in PLACES {
        day.keys(keys);
        day.wait_for(brings);
        let text = day.text().to_lowercase();
        let said: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| *word != physician).collect();
        let read: Vec<_> = words.iter().filter(|word| said.contains(&word.as_str())).collect();
        assert!(read.is_empty(), "{read:?} after {keys}:\n{text}");
        day.keys(back);
        day.wait_for_no(brings);
        day.wait_for("Midday · Plans");
    }
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}
