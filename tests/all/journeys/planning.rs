//! Planning: a plan from one line, a step that sleeps and wakes, a plan kept on purpose; all of it taken back.

use super::*;

/// An assessed patient whose plan is due, on the board.
fn due(office: &Office) -> Session {
    let mut day = office.open_board(LARGE);
    day.keys("<Space><Space>");
    day.wait_for("OKAFOR Test: in room");
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<Ctrl-S>");
    day.wait_for("completed assessment");
    day
}

/// Takes the newest act back, asked once more where its patient is not in view.
fn take_back(day: &mut Session, act: &str) {
    day.keys("u");
    day.wait_until(act, |screen| screen.contains("undid: ") || screen.contains("again takes back"));
    if day.text().contains("again takes back") {
        day.keys("u");
    }
    day.wait_for(&format!("undid: {act}"));
}

#[test]
fn a_plan_of_several_kinds_is_set_from_one_line_in_40_keys_beyond_its_words_and_taken_back() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = due(&office);
    let line = "cbt; acu; surg if <50% 4w; gabapentin 600 mg three times a day; fu 6w";
    let before = day.pressed();
    day.keys("P");
    day.wait_for("Plan 2");
    day.keys(line);
    day.wait_for("sleeps until relief < 50 %");
    day.wait_for("Gabapentin 300 to 600 mg three times a day");
    day.keys("<Ctrl-S>");
    day.wait_for("set plan 2");
    let took = day.pressed() - before;
    assert!(took - line.len() <= 40, "{took} keys with {} letters", line.len());
    // What was set is seen in the jigsaw at a glance.
    day.keys("J");
    day.wait_for("surgery or referral");
    day.wait_for("planned");
    day.keys("<Enter>");
    day.wait_for("plan 2: Gabapentin 300 to 600 mg");
    day.keys("<Esc><Esc>");
    day.wait_for("Morning · Assessments");
    take_back(&mut day, "set plan 2");
    day.keys("U");
    day.wait_for("did again: set plan 2");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    for words in ["what=Gabapentin 600 mg three times a day", "wakes_of=relief", "what=Acupuncture"] {
        assert!(facts.iter().any(|line| line.contains(words)), "{words} is missing");
    }
}

#[test]
fn a_step_sleeps_until_its_date_and_is_answered_by_keeping_the_plan() {
    let mut office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = due(&office);
    day.keys("P");
    day.wait_for("Plan 2");
    day.keys("surg if <50% 1w");
    day.wait_for("sleeps until relief < 50 %");
    day.keys("<Ctrl-S>");
    day.wait_for("set plan 2");
    day.wait_for("0 due");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    // A week later its date has come.
    office.at("2026-12-01T10:14");
    let mut later = office.open_board(LARGE);
    later.wait_for("Surgical opinion: due 1 Dec 2026");
    later.keys("2");
    later.wait_for("Surgical opinion");
    later.keys("=");
    later.wait_for("Keep the plan unchanged");
    later.keys("<Enter>");
    later.wait_for("kept plan unchanged as version 3");
    later.wait_until("the step is answered", |screen| !screen.contains("Surgical opinion: due"));
    take_back(&mut later, "kept plan unchanged as version 3");
    later.wait_for("Surgical opinion: due 1 Dec 2026");
    later.keys("U");
    later.wait_for("did again: kept plan unchanged as version 3");
    later.wait_until("answered again", |screen| !screen.contains("Surgical opinion: due"));
    later.keys("Q");
    assert_eq!(later.exit_code(), 0);
}

#[test]
fn a_step_wakes_by_the_relief_that_was_measured_and_sleeps_while_it_is_enough() {
    for (relief, is_awake) in [("30", true), ("70", false)] {
        let office = Office::with(&[("09:00", "SANTOS", "TFESI L5 left", VisitKind::Procedure)]);
        let mut day = office.open_board(LARGE);
        day.keys("3<Space><Space>");
        day.wait_for("SANTOS Test: in room");
        // The step is asleep before the needle is in: what is found since then decides.
        day.keys("P");
        day.wait_for("Plan 1");
        day.keys("surg if <50% 4w");
        day.wait_for("sleeps until relief < 50 %");
        day.keys("<Ctrl-S>");
        day.wait_for("set plan 1");
        day.keys("<Enter>");
        day.wait_for("Procedures; a blank name continues");
        day.keys("6");
        day.wait_for("TFESI L5 LEFT");
        day.keys("<Tab><Tab><Tab>d<PgDn>");
        day.wait_for("done");
        day.keys("2<Ctrl-S>");
        day.wait_for("SANTOS Test: completed procedure");
        day.wait_for("0 due");
        // A day later the patient says how much it helped, and the board answers at once.
        day.keys(">");
        day.wait_for("25 Nov 2026");
        day.keys("4<Enter>");
        day.wait_for("after TFESI L5 LEFT");
        day.keys(&format!("5{relief}<Tab>"));
        day.wait_for(relief);
        day.keys("ny<Ctrl-S>");
        day.wait_for("SANTOS Test: checked in");
        if is_awake {
            day.wait_for("Surgical opinion: relief 30 %");
            day.keys("2");
            day.keys("i");
            day.wait_for("It wakes if relief < 50 %");
            day.keys("<Esc>");
            // What it was asked for is decided: the letter is written.
            day.keys("F");
            day.wait_for("sleeps until relief < 50 %");
            day.keys("d");
            day.wait_for("New referral");
            day.keys("<Ctrl-S>");
            day.wait_for("wrote referral to Surgical opinion");
            day.keys("<Esc>");
            day.wait_until("the step is answered", |screen| !screen.contains("Surgical opinion: relief"));
            take_back(&mut day, "wrote referral to Surgical opinion");
            day.wait_for("Surgical opinion: relief 30 %");
            take_back(&mut day, "checked in");
            day.wait_until("asleep again", |screen| !screen.contains("Surgical opinion: relief"));
        } else {
            day.wait_for("0 due");
            assert!(!day.text().contains("Surgical opinion"), "{}", day.text());
        }
        day.keys("QQ");
        assert_eq!(day.exit_code(), 0);
    }
}

#[test]
fn a_dose_in_the_line_changes_the_list_and_both_are_taken_back_as_one_act() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = due(&office);
    day.keys("M");
    day.wait_for("Medicines");
    day.keys("n");
    day.wait_for("New medicine");
    day.keys("oxycodone 10 mg 1-0-1<Ctrl-S>");
    day.wait_for("new medicine oxycodone 10 mg 1-0-1");
    day.keys("<Esc>P");
    day.wait_for("Plan 2");
    // What runs is not started: its line stays, and the line says so.
    day.keys("start oxycodone 20 mg 1-0-1; fu 6w");
    day.wait_for("oxycodone 10 mg 1-0-1 is on the list");
    day.keys("<Ctrl-A>increase oxycodone to 20 mg 1-0-1; fu 6w");
    day.wait_for("changed");
    day.keys("<Ctrl-S>");
    day.wait_for("set plan 2");
    day.keys("M");
    day.wait_for("xycodone 20 mg 1-0-1");
    day.keys("<Esc>");
    take_back(&mut day, "set plan 2");
    day.keys("M");
    day.wait_for("│ oxycodone 10 mg 1-0-1");
    day.keys("<Esc>U");
    day.wait_for("did again: set plan 2");
    day.keys("M");
    day.wait_for("xycodone 20 mg 1-0-1");
    day.keys("<Esc>QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_goal_set_with_the_plan_over_an_assessment_stays_when_the_assessment_is_completed() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<Ctrl-G>");
    day.wait_for("Plan 2");
    day.keys("acu<PgDn><PgDn>to dance again<Ctrl-S>");
    day.wait_for("set plan 2");
    day.wait_for("Assessment · follow-up");
    day.keys("<Ctrl-S>");
    day.wait_for("completed assessment");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let store = office.store(Mode::Read);
    let patient = store.patient_names().unwrap()[0].id;
    let goals = store.patient_file(patient).unwrap().unwrap().facts.goals;
    assert!(goals.iter().any(|goal| goal.text == "to dance again"), "{goals:?}");
}
