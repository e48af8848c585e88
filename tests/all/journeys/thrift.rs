//! Few keys: what each part of the day may cost, counted in keys as they are pressed, free text and confirmations included.
//! What is kept without being typed stood on the screen before.

use super::*;

/// Presses the pieces, waiting after each for what it brings; how many keys that took.
fn pressed(day: &mut Session, pieces: &[(&str, &str)]) -> usize {
    let before = day.pressed();
    for (keys, brings) in pieces {
        day.keys(keys);
        day.wait_for(brings);
    }
    day.pressed() - before
}

#[test]
fn a_full_follow_up_visit_is_complete_in_165_keys() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    let took = pressed(
        &mut day,
        &[
            ("<Space>", "OKAFOR Test: here"),
            ("<Space>", "OKAFOR Test: in room"),
            ("<Enter>", "Assessment · follow-up"),
            ("5473656", "PEG 5.7"),
            ("<Ctrl-T>", "low back, left leg to the foot  as on 27 Oct"),
            ("<PgDn>sleeps through, walks 30 min, leg pain to knee only", "to knee only"),
            ("<PgDn>SLR 60 left, L5 power 5/5, reflexes equal", "reflexes equal"),
            // No red flag: those that are asked stand there before it is said of them all.
            ("<PgDn><PgDn>", "a no to all"),
            ("a<Ctrl-PgDn>radicular pain, improving", "pain, improving"),
            ("<Ctrl-S>", "OKAFOR Test: completed assessment"),
            ("=", "graded walking, 20 minutes a day"),
            ("<Enter>", "kept plan unchanged as version 2"),
            ("y", "copied 09"),
            ("<Space>", "✓ 1 seen"),
        ],
    );
    assert!(took <= 165, "{took} keys");
    let copied = day.clipboard().expect("the summary is on the clipboard");
    for words in ["OKAFOR Test, born 5 Mar 1971", "least 3", "PEG 7.7 -> 5.7", "to knee only", "Plan unchanged."] {
        assert!(copied.contains(words), "{words} is missing in\n{copied}");
    }
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_follow_up_visit_with_a_new_plan_is_complete_in_165_keys() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    let took = pressed(
        &mut day,
        &[
            ("<Space><Space>", "OKAFOR Test: in room"),
            ("<Enter>", "Assessment · follow-up"),
            ("8795788", "PEG 7.7"),
            ("<Ctrl-T>", "low back, left leg to the foot  as on 27 Oct"),
            ("<PgDn>no better, wakes at 3", "wakes at 3"),
            ("<PgDn>SLR 40 left, toes weak", "toes weak"),
            ("<PgDn><PgDn>", "a no to all"),
            ("a<Ctrl-PgDn>L5 radicular pain", "radicular pain"),
            // The plan one key away, in the room.
            ("<F7>", "Plan 2"),
            ("<PgDn><Ctrl-N>iTFESI L5 left<Tab><Tab><Tab>", "TFESI L5 left"),
            ("+1w<Tab>", "follow-up visit"),
            ("p<Ctrl-S>", "set plan 2"),
            ("<Ctrl-S>", "OKAFOR Test: completed assessment"),
            ("y<Space>", "✓ 1 seen"),
        ],
    );
    assert!(took <= 165, "{took} keys");
    day.keys("g+1w<Enter>3");
    day.wait_for("1 Dec 2026");
    day.wait_for("TFESI L5 LEFT");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_routine_injection_is_noted_in_35_keys_and_its_check_in_in_20() {
    let office = Office::with(&[("09:00", "SANTOS", "TFESI L5 left", VisitKind::Procedure)]);
    let mut day = office.open_board(LARGE);
    day.keys("3");
    let took = pressed(
        &mut day,
        &[
            ("<Space><Space>", "SANTOS Test: in room"),
            ("<Enter>", "Procedures; a blank name continues"),
            // What was planned stands there already, to be left as it is.
            ("6", "TFESI L5 LEFT"),
            ("<Tab><Tab><Tab>", "LEFT"),
            ("d<PgDn>", "done"),
            ("2no complications", "relief 67 %"),
            ("<Ctrl-S>", "SANTOS Test: completed procedure"),
            ("<Space>", "✓ 1 seen"),
            ("y", "copied 09"),
        ],
    );
    assert!(took <= 35, "{took} keys");
    day.keys(">");
    day.wait_for("25 Nov 2026");
    let took = pressed(
        &mut day,
        &[
            ("4<Enter>", "after TFESI L5 LEFT"),
            ("270<Tab>", "70"),
            ("ny", "yes"),
            ("<Ctrl-S>", "SANTOS Test: checked in"),
        ],
    );
    assert!(took <= 20, "{took} keys");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    let check_in = facts.iter().find(|line| line.starts_with("check_in: ")).expect("a check-in");
    for words in ["pain_value=2", "relief_percent=70", "red_flag=no", "understood=yes", "way=phone"] {
        assert!(check_in.contains(words), "{words} is missing in {check_in}");
    }
}

#[test]
fn a_plan_is_kept_unchanged_in_two_keys_wherever_the_patient_stands() {
    for pane in ["", "2", "4"] {
        let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
        let mut day = office.open_board(LARGE);
        day.keys("<Space><Space>");
        day.wait_for("OKAFOR Test: in room");
        day.keys("<Enter>");
        day.wait_for("Assessment · follow-up");
        day.keys("4<Ctrl-S>");
        day.wait_for("completed assessment");
        day.keys("<Space>");
        day.wait_for("✓ 1 seen");
        day.keys(pane);
        let took = pressed(
            &mut day,
            &[("=", "gabapentin 300 mg three times a day"), ("<Enter>", "kept plan unchanged as version 2")],
        );
        assert_eq!(took, 2, "in pane {pane}");
        day.keys("q");
        assert_eq!(day.exit_code(), 0);
    }
}

#[test]
fn a_call_is_caught_in_ten_keys_and_its_words_and_the_very_field_comes_back() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>worse at night<Left><Left>");
    day.wait_for("worse at night");
    let cursor = day.look(vt100::Screen::cursor_position);
    let words = "ring the pharmacy";
    let took = pressed(
        &mut day,
        &[
            ("<F6>", "Catch a call or task"),
            // Of whom stands there; by when, whose, and that it is a call.
            (&format!("{words}<Tab><Tab>"), "OKAFOR Test"),
            ("+2<Tab>", "26 Nov"),
            ("n<Enter>", "nurse"),
            ("c<Ctrl-S>", "worse at night"),
        ],
    );
    assert!(took - words.len() <= 10, "{took} keys with {} letters", words.len());
    day.wait_for_cursor(cursor);
    day.keys("X<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    let task = facts.iter().find(|line| line.starts_with("task: ")).expect("a task");
    let okafor = facts.iter().find_map(|line| {
        let id = line.strip_prefix("patient: id=")?.split(' ').next()?;
        line.contains("family=OKAFOR").then(|| format!("patient_id={id} "))
    });
    let about = okafor.expect("a patient");
    for words in [about.as_str(), "kind=call", "what=ring the pharmacy", "due=2026-11-26", "owner=nurse"] {
        assert!(task.contains(words), "{words} is missing in {task}");
    }
    assert!(facts.iter().any(|line| line == "draft: assessment"), "{facts:?}");
}

#[test]
fn a_task_is_caught_from_the_board_in_ten_keys_and_its_words() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg"), ("09:20", "NGUYEN", "migraine")]);
    let mut day = office.open_board(LARGE);
    let words = "order gloves";
    let took = pressed(
        &mut day,
        &[
            ("+", "Catch a call or task"),
            (&format!("{words}<Tab>"), words),
            ("ng<Enter>", "NGUYEN Test"),
            ("fri<Tab>", "27 Nov"),
            ("<Ctrl-S>", "caught task"),
        ],
    );
    assert!(took - words.len() <= 10, "{took} keys with {} letters", words.len());
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
}
