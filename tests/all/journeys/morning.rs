//! A day's work from a walk-in to the check-in, every arrow of it seen on the board, and all of it taken back by name.

use super::*;

/// The line of a pane that holds this name.
fn line_with<'a>(screen: &'a str, name: &str, after: &str) -> &'a str {
    let from = screen.find(after).unwrap_or(0);
    screen[from..].lines().find(|line| line.contains(name)).unwrap_or_default()
}

#[test]
fn a_walk_in_goes_from_score_to_plan_to_procedure_to_check_in() {
    let office = Office::new();
    let mut day = office.open_board((120, 48));

    // Walk-in with a new patient: here, now.
    day.keys("nOKAFOR Adaeze<Tab><Tab><Tab>fback, leg left<Ctrl-S>");
    day.wait_for("OKAFOR Adaeze: walk-in");
    day.wait_for("1 here");
    day.keys("<Space>");
    day.wait_for("OKAFOR Adaeze: in room");
    day.keys("s");
    day.wait_for("Pain now");
    day.keys("7");
    day.wait_for("OKAFOR Adaeze: pain now 7");

    // The assessment opens with the quick score; digits set and move on; PEG is computed as one types.
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.wait_until("the quick score", |screen| line_with(screen, "now ", "worst imaginable").contains("▐7"));
    day.keys("<Tab>684865");
    day.wait_for("6.3");
    day.keys("L5 left<Tab>worse on walking<F7>");

    // The plan, one key away; the visit it books stands on its day.
    day.wait_for("Plan 1");
    day.keys("<PgDn>iTFESI L5 left<Tab><Tab><Tab>+1w<Tab>p<Ctrl-S>");
    day.wait_for("set plan 1");
    day.wait_for("worse on walking");
    day.keys("<Ctrl-S>");
    day.wait_for("completed assessment");
    day.wait_until("the assessment is done", |screen| line_with(screen, "OKAFOR", "1 Morning").contains('✓'));
    day.wait_for("0 due");
    day.keys("g+1w<Enter>");
    day.wait_for("1 Dec 2026");
    day.wait_until("the booked visit", |screen| line_with(screen, "OKAFOR", "3 Afternoon").contains("TFESI L5 LEFT"));
    day.keys("t");
    day.wait_for("24 Nov 2026");

    // A second patient: the plan is due at midday, and kept as it is.
    day.keys("1<Space>");
    day.wait_for("OKAFOR Adaeze: left");
    day.keys("nSANTOS Rui<Tab><Tab><Tab>pknee right, RF<Ctrl-S>");
    day.wait_for("SANTOS Rui: walk-in");
    day.keys("3<Space>");
    day.wait_for("SANTOS Rui: in room");
    day.keys("<Enter>");
    day.wait_for("Procedure");
    day.keys("6<Tab>");
    day.keys("<Tab><Tab>d");
    day.keys("<Ctrl-S>");
    day.wait_for("SANTOS Rui: completed procedure");
    day.keys(">4");
    day.wait_until("a check-in is due", |screen| line_with(screen, "SANTOS", "4 Late").contains("check-in"));
    day.keys("Q");
    day.wait_for("1 patient is still here or in room");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);

    // Undo by name across a restart, newest first, each said; then all of it again.
    let before = office.facts();
    let mut again = office.open_board((120, 48));
    for act in [
        "completed procedure for SANTOS Rui",
        "in room for SANTOS Rui",
        "walk-in for SANTOS Rui",
        "left for OKAFOR Adaeze",
        "completed assessment for OKAFOR Adaeze",
        "set plan 1, booked procedure 1 Dec 2026 13:00 for OKAFOR Adaeze",
        "pain now 7 for OKAFOR Adaeze",
        "in room for OKAFOR Adaeze",
        "walk-in for OKAFOR Adaeze",
    ] {
        again.keys("u");
        again.wait_until(act, |screen| foot(screen).contains(act));
        if foot(&again.text()).contains("again takes back") {
            again.keys("u");
        }
        again.wait_for(&format!("undid: {act}"));
    }
    again.keys("u");
    again.wait_for("nothing to take back");
    again.keys("<Esc>");
    again.wait_for("0 to go");
    for act in ["walk-in", "in room", "pain now 7", "set plan 1", "completed assessment", "left"] {
        again.keys("U");
        again.wait_for(&format!("did again: {act}"));
    }
    for act in ["walk-in", "in room", "completed procedure"] {
        again.keys("U");
        again.wait_for(&format!("did again: {act} for SANTOS Rui"));
    }
    again.keys("U");
    again.wait_for("nothing to do again");
    again.keys("QQ");
    assert_eq!(again.exit_code(), 0);
    assert_eq!(office.facts(), before, "undone and done again is as it was");
}

#[test]
fn a_plan_is_due_at_midday_and_kept_unchanged_by_two_keys() {
    let office = Office::with(&[("09:00", "HALE", "neck", VisitKind::FollowUp)]);
    let mut day = office.open_board(LARGE);
    day.keys("<Space><Space>");
    day.wait_for("HALE Test: in room");
    day.keys("P");
    day.wait_for("Plan 1");
    day.keys("<PgDn>mamitriptyline 10 mg at night<Ctrl-S>");
    day.wait_for("set plan 1");
    day.keys("<Space>");
    day.wait_for("HALE Test: left");
    day.keys("<Enter>");
    day.wait_for("Assessment");
    day.keys("3<Ctrl-S>");
    day.wait_for("completed assessment");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    // The plan of that very visit answers it: nothing is due.
    assert!(office.facts().iter().any(|fact| fact.contains("plan of HALE Test: Some(1)")));

    let office = Office::with(&[("09:00", "MARSH", "neck", VisitKind::FollowUp)]);
    let mut day = office.open_board(LARGE);
    day.keys("P");
    day.wait_for("Plan 1");
    day.keys("<PgDn>mamitriptyline 10 mg at night<Ctrl-S>");
    day.wait_for("set plan 1");
    day.keys("<Enter>");
    day.wait_for("Assessment");
    day.keys("3<Ctrl-S>");
    day.wait_for("completed assessment");
    day.wait_for("1 due");
    day.keys("2=");
    day.wait_for("amitriptyline 10 mg at night");
    day.keys("<Enter>");
    day.wait_for("kept plan unchanged as version 2");
    day.wait_for("0 due");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    assert!(office.facts().iter().any(|fact| fact.contains("plan of MARSH Test: Some(2)")));
}

#[test]
fn a_check_in_that_is_due_is_made_and_taken_back() {
    let office = Office::with(&[("08:00", "TANAKA", "RF lumbar", VisitKind::Procedure)]);
    let mut day = office.open_board(LARGE);
    day.keys("3<Space><Space>");
    day.wait_for("TANAKA Test: in room");
    day.keys("R");
    day.wait_for("RF lumbar");
    day.keys("<PgDn><Tab><Tab><Tab>d<Ctrl-S>");
    day.wait_for("completed procedure");
    day.keys(">");
    day.wait_for("25 Nov 2026");
    day.keys("4");
    day.wait_for("check-in");
    day.keys("<Enter>");
    day.wait_for("after RF lumbar");
    // A check-in in which nothing was asked is none.
    day.keys("<Ctrl-S>");
    day.wait_for_words("Nothing was asked yet");
    day.keys("360<Tab>");
    day.keys("<Ctrl-S>");
    day.wait_for("TANAKA Test: checked in");
    day.keys("u");
    day.wait_for("undid: checked in for TANAKA Test");
    day.keys("U");
    day.wait_for("did again: checked in for TANAKA Test");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn an_act_of_another_day_is_taken_back_only_with_its_day_said() {
    let mut office = Office::with_follow_ups(&[("08:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board((120, 48));
    day.wait_for("OKAFOR Test");
    day.keys("<Space>");
    day.wait_for("OKAFOR Test: here");
    day.keys("Q");
    day.wait_for("1 patient is still here or in room");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    office.at("2026-11-26T07:45");
    let mut next = office.open_board((120, 48));
    next.keys("<lt>");
    next.wait_for("25 Nov 2026");
    next.keys("u");
    next.wait_for("u again takes back: here for OKAFOR Test (24 Nov 2026 ");
    next.keys("<Esc>Q");
    assert_eq!(next.exit_code(), 0);
}
