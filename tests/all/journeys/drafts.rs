//! Nothing typed is lost: not by a kill, a lock, a signal or a terminal that goes away.

use std::time::{Duration, Instant as Moment};

use super::*;
use daysheet::store::Watch;

/// How old what is lost by a kill may be at most: what was typed is kept four tenths of a second after it was.
const HALF_A_SECOND: Duration = Duration::from_millis(500);

/// The next of some numbers that only look like chance.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

fn office() -> Office {
    Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)])
}

/// The words that the drafts in the file hold.
fn kept(store: &Store) -> String {
    store.drafts().unwrap().into_iter().map(|draft| draft.body).collect()
}

/// The assessment of the first patient, at its history.
fn at_history(day: &mut Session) {
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>");
}

#[test]
fn a_kill_at_any_moment_loses_nothing_older_than_half_a_second() {
    let office = office();
    let mut seed: u64 = 0x5eed_2026;
    let mut typed = 0;
    for round in 0..16 {
        let lives = Duration::from_millis(30 + next(&mut seed) % 1_400);
        let mut day = office.open(SMALL);
        if round == 0 {
            day.wait_for("Morning");
            at_history(&mut day);
        } else {
            // The same screen, the same field, the cursor behind the last word.
            day.wait_for("Assessment · follow-up");
        }
        let begun = Moment::now();
        let mut shown: Vec<(Moment, u32)> = Vec::new();
        // How slow this machine is just now: the longest that a word took from the key to the screen.
        let mut slow = Duration::ZERO;
        while begun.elapsed() < lives {
            typed += 1;
            let word = format!("w{typed:04}.");
            let pressed = Moment::now();
            day.keys(&format!("{word} "));
            day.wait_for(&word);
            slow = slow.max(pressed.elapsed());
            shown.push((Moment::now(), typed));
        }
        let killed = Moment::now();
        day.kill();
        let text = kept(&office.store(Mode::Read));
        let is_due = |at: Moment| killed.duration_since(at) > HALF_A_SECOND + slow;
        let due = shown.iter().rfind(|(at, _)| is_due(*at)).map_or(0, |(_, word)| *word);
        let last = (1..=typed).rev().find(|word| text.contains(&format!("w{word:04}."))).unwrap_or(0);
        assert!(last >= due, "round {round}: w{due:04} was typed long before, and w{last:04} is the last kept");
        for word in 1..=last {
            assert!(text.contains(&format!("w{word:04}.")), "round {round}: w{word:04} is missing");
        }
        typed = last;
    }
    let mut day = office.open(SMALL);
    day.wait_for("Assessment · follow-up");
    day.keys("END");
    day.wait_for("END");
    let store = office.store(Mode::Read);
    let last = format!("w{typed:04}.");
    day.wait_while("the end is kept behind the last word", || {
        let text = kept(&store);
        !(text.contains(&format!("{last} END")) || text.contains(&format!("{last}END")))
    });
    day.kill();
}

#[test]
fn a_kill_amid_a_burst_of_acts_leaves_whole_acts_and_a_sound_record() {
    let mut seed: u64 = 0xac75_2026;
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back"), ("09:20", "NGUYEN", "migraine")]);
    for round in 0..8 {
        let mut day = office.open(LARGE);
        // Wherever the last kill left it.
        day.keys("<Esc><Esc><Esc>");
        day.wait_for("1 Morning");
        let reading = office.other_tool();
        let acts = || reading.query_row("SELECT count(*) FROM change_set", [], |row| row.get::<_, i64>(0)).unwrap();
        let then = acts() + i64::try_from(next(&mut seed) % 50).unwrap();
        // A score, a task and a step, each taken back and done again: eight acts a turn.
        for turn in 2..10 {
            day.keys(&format!("1s{turn}uU+task {round} {turn}<Ctrl-S>uU1<Space>u"));
        }
        day.wait_while("so many acts are kept", || acts() < then);
        day.kill();
        drop(reading);
        let mut store = office.store(Mode::Write);
        let proof = store.verify(None, &mut Watch::nobody()).unwrap();
        assert!(proof.findings.is_empty(), "round {round}: {:?}", proof.findings);
        store.close().unwrap();
    }
}

#[test]
fn a_lock_comes_back_to_the_very_field_and_cursor() {
    let office = office();
    let mut day = office.open_board(SMALL);
    at_history(&mut day);
    day.keys("better after the<Enter>second block<Left><Left><Left><Left><Left>");
    day.wait_for("second block");
    let cursor = day.look(vt100::Screen::cursor_position);
    day.keys("<Ctrl-L>");
    day.wait_for_no("second block");
    day.wait_for("passphrase");
    assert!(!day.text().contains("OKAFOR"), "nothing of a patient is left:\n{}", day.text());
    day.keys("otter<Enter>");
    day.wait_for("does not open");
    day.keys(&format!("{PASSPHRASE}<Enter>"));
    day.wait_for("second block");
    day.wait_for_cursor(cursor);
    day.keys("lumbar ");
    day.wait_for("second lumbar block");
    day.keys("<Ctrl-Z>");
    day.wait_for("second block");
    day.keys("<Ctrl-Z>");
    day.wait_for_no("second block");
    day.kill();
}

#[test]
fn a_lock_on_the_board_keeps_the_day_and_hidden_names() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("<F9>");
    day.wait_for_no("OKAFOR");
    day.keys(">");
    day.wait_for("25 Nov");
    day.keys("<Ctrl-L>");
    day.wait_for("passphrase");
    day.keys(&format!("{PASSPHRASE}<Enter>"));
    day.wait_for("25 Nov");
    day.keys("<lt>");
    day.wait_for("24 Nov");
    assert!(!day.text().contains("OKAFOR"), "{}", day.text());
    day.keys("<F9>");
    day.wait_for("OKAFOR");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn every_way_to_end_keeps_the_draft_and_restores_the_terminal() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131), ("terminal closed", 129)] {
        let office = office();
        let mut day = office.open_board(SMALL);
        at_history(&mut day);
        day.keys("burning at night");
        day.wait_for("burning at night");
        if signal == "terminal closed" {
            day.close_terminal();
            assert_eq!(day.exit_code(), code, "{signal}");
        } else {
            day.signal(signal);
            assert_eq!(day.exit_code(), code, "{signal}");
            assert_eq!(day.left_on(), Vec::<&str>::new(), "{signal}");
        }
        assert!(kept(&office.store(Mode::Read)).contains("burning at night"), "{signal}");
        let mut again = office.open(SMALL);
        again.wait_for("burning at night");
        again.keys("<Ctrl-S>");
        again.wait_for("completed assessment");
        again.keys("q");
        assert_eq!(again.exit_code(), 0);
        assert_eq!(kept(&office.store(Mode::Read)), "");
    }
}

#[test]
fn a_completed_form_leaves_no_draft_and_another_half_typed_stays() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("nHALE Ruth<Tab><Tab><Tab>fneck<Esc>");
    day.wait_for("OKAFOR");
    day.keys("n");
    day.wait_for("HALE Ruth");
    day.wait_for("neck");
    day.keys("<Ctrl-S>");
    day.wait_for("HALE Ruth: walk-in");
    day.keys("n");
    day.wait_for("New visit");
    assert!(!day.text().contains("neck"), "a form that was completed begins anew:\n{}", day.text());
    day.keys("<Esc>");
    day.wait_for("HALE Ruth");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_half_typed_answer_to_a_question_outlives_a_kill_a_lock_and_being_left() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("xc");
    day.wait_for("Cancelled, because");
    day.keys("goes to another town");
    day.wait_for("another town");
    let store = office.store(Mode::Read);
    day.wait_while("the answer is kept", || !kept(&store).contains("another town"));
    drop(store);
    day.kill();

    // The same question, the cursor where it was.
    let mut day = office.open(SMALL);
    day.wait_for("Cancelled, because");
    day.wait_for("another town");
    day.keys(" in <Home>she ");
    day.wait_for("she goes to another town in");
    day.keys("<Ctrl-L>");
    day.wait_for("passphrase");
    assert!(!day.text().contains("town"), "nothing of it is left on the screen:\n{}", day.text());
    day.keys(&format!("{PASSPHRASE}<Enter>"));
    day.wait_for("she goes to another town in");
    day.keys("now ");
    day.wait_for("she now goes");

    // Left, it is there when the same is asked again, and only there.
    day.keys("<Esc>");
    day.wait_for("what you typed is kept until this is asked again");
    day.keys("xw");
    day.wait_for("Move to");
    assert!(!day.text().contains("she now"), "{}", day.text());
    day.keys("<Esc>xc");
    day.wait_for("she now goes to another town in");
    day.keys("<End> May<Enter>");
    day.wait_for("OKAFOR Test: cancelled");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(kept(&office.store(Mode::Read)), "", "an answer that was kept is no draft any more");
    let mut day = office.open(SMALL);
    day.wait_for("OKAFOR");
    assert!(!day.text().contains("Cancelled, because"), "{}", day.text());
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_lock_comes_back_to_the_hands_in_every_list_and_to_what_was_sought() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back"), ("09:20", "NGUYEN", "migraine")]);
    let mut day = office.open_board(SMALL);
    let lock = |day: &mut Session| {
        day.keys("<Ctrl-L>");
        day.wait_for("passphrase");
        day.keys(&format!("{PASSPHRASE}<Enter>"));
        day.wait_for_no("passphrase");
    };
    for task in ["order gowns", "call the bank", "water the plant"] {
        day.keys(&format!("+{task}<Ctrl-S>"));
        day.wait_for(&format!("caught task: {task}"));
    }
    // The pane and its second line.
    day.keys("4<Home><Down>");
    lock(&mut day);
    day.wait_for("gowns");
    day.keys("d");
    day.wait_for("task done: call the bank");
    // On another patient in another pane.
    day.keys("1<Home><Down>");
    lock(&mut day);
    day.wait_for("NGUYEN");
    day.keys("s7");
    day.wait_for("NGUYEN Test: pain now 7");
    // What is sought, and what was found.
    day.keys("/nguy");
    day.wait_for("1 patient");
    lock(&mut day);
    day.wait_for("1 patient");
    day.wait_for("nguy");
    day.keys("en<Enter>");
    day.wait_for("Cover");
    day.keys("q<Esc>q");
    assert_eq!(day.exit_code(), 0);
}
