//! Nothing at all while nobody types; the new minute; and the lock after a while.

use std::time::Duration;

use super::*;

#[test]
fn an_idle_program_writes_nothing_until_the_minute_and_locks_in_time() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    office.set("[private]\nlock_after_minutes = 0.2\n");
    let mut day = office.open_board(SMALL);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>burning<Left><Left>");
    day.wait_for("burning");
    let store = office.store(Mode::Read);
    day.wait_while("the draft is kept", || store.drafts().unwrap().iter().all(|draft| !draft.body.contains("burning")));
    drop(store);
    let cursor = day.look(vt100::Screen::cursor_position);
    let bytes = day.bytes();
    // The form shows no clock: between the last key and the lock nothing need change on the screen.
    day.wait_within(Duration::from_secs(100), "the lock", |screen| screen.contains("passphrase"));
    assert!(!day.text().contains("OKAFOR"));
    assert!(day.bytes() > bytes);
    day.keys(&format!("{PASSPHRASE}<Enter>"));
    day.wait_for("burning");
    day.wait_for_cursor(cursor);
    day.keys("X");
    day.wait_for("burniXng");
    day.kill();
}

#[test]
fn three_seconds_after_the_last_key_nothing_is_written_and_nothing_wakes() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    let mut day = office.open_board(LARGE);
    day.keys("jk<Space>");
    day.wait_for("OKAFOR Test: here");
    // The clock was set to the full minute when the program started: what follows lies within that minute.
    let worked = day.worked();
    assert_eq!(day.bytes_in(Duration::from_secs(3)), 0, "an idle board writes nothing");
    // A hundredth of a second is one tick; settling the last frame may take a few.
    if let (Some(before), Some(after)) = (worked, day.worked()) {
        assert!(after - before < 20, "and does nothing: {} ticks", after - before);
    }
    let slept = day.slept();
    assert_eq!(day.bytes_in(Duration::from_secs(2)), 0, "an idle board writes nothing");
    assert_eq!(day.slept(), slept, "no thread wakes, be it to sleep again");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}
