//! The demo: a throw-away record that leaves nothing behind.

use super::Desk;
use crate::driver::Session;

/// The demo's folders that are there now.
fn folders(desk: &Desk) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(desk.path("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn start(desk: &Desk) -> Session {
    std::fs::create_dir_all(desk.path("tmp")).unwrap();
    let folder = desk.path("tmp");
    desk.home.open_with(&["demo", "--now", "2026-11-24T10:14"], (120, 40), &[("TMPDIR", folder.to_str().unwrap())])
}

#[test]
fn the_demo_asks_nothing_shows_a_full_day_and_is_gone_at_the_end_also_from_outside() {
    let desk = Desk::empty();
    let mut demo = start(&desk);
    demo.wait_for("tomorrow 7 visits");
    let text = demo.text();
    assert!(text.lines().next().unwrap().contains("demo"), "{text}");
    for words in ["1 Morning", "2 Midday", "3 Afternoon", "4 Late", "no-show", "red flag", "apixaban"] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    let folders_now = folders(&desk);
    assert_eq!(folders_now.len(), 1);
    let bytes = std::fs::read(folders_now[0].join("demo.db")).unwrap();
    assert!(!bytes.windows(8).any(|word| word == b"Halloway"));
    demo.signal("TERM");
    assert_eq!(demo.exit_code(), 143);
    assert!(folders(&desk).is_empty() && !desk.record().exists());
    assert!(demo.left_on().is_empty());
}

#[test]
fn a_demo_that_is_ended_while_it_is_made_up_leaves_nothing_either() {
    let desk = Desk::empty();
    let mut demo = start(&desk);
    demo.wait_while("its file is there", || !folders(&desk).iter().any(|folder| folder.join("demo.db").exists()));
    demo.wait_for("Making up");
    demo.signal("TERM");
    assert_ne!(demo.exit_code(), 0);
    assert!(folders(&desk).is_empty());
}
