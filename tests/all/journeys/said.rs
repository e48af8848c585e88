//! The line above the keys says what was kept and what was not; what was cleared stays cleared.

use super::*;

fn office() -> Office {
    Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)])
}

#[test]
fn a_draft_that_was_kept_is_said_in_its_form_and_nowhere_else() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    assert!(!day.text().contains("draft kept"), "nothing was typed yet:\n{}", day.text());
    day.keys("4");
    day.wait_until("the draft is said to be kept", |screen| foot(screen).contains("draft kept 09:00"));
    day.keys("<Esc>");
    day.wait_until("the board says nothing of a draft", |screen| {
        screen.contains("Midday") && !screen.contains("draft kept")
    });
}

#[test]
fn what_was_taken_back_of_one_patient_is_not_said_by_name_over_another() {
    let office = Office::with(&[
        ("09:00", "OKAFOR", "back", VisitKind::FollowUp),
        ("09:20", "NGUYEN", "knee", VisitKind::FollowUp),
    ]);
    let mut day = office.open_board(SMALL);
    day.keys("1<Home>xn");
    day.wait_for("no-show   u undo");
    day.keys("u");
    day.wait_for("undid: no-show for OKAFOR Test");
    day.keys("1<Home>j<Enter>");
    day.wait_for("NGUYEN Test  ");
    day.wait_until("nobody else is named", |screen| {
        foot(screen).contains("undid: no-show") && !screen.contains("OKAFOR")
    });
    day.keys("4");
    day.wait_until("the draft is said", |screen| foot(screen).contains("draft kept 09:00"));
}

#[test]
fn why_a_form_was_not_completed_stands_until_the_next_key_that_does_something() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("N");
    day.wait_for("New patient");
    day.keys("<Ctrl-S>");
    day.wait_until("it is said what is missing", |screen| foot(screen).contains("Not completed"));
    day.keys("A");
    day.wait_until("the answer makes room for what was kept", |screen| {
        let foot = foot(screen);
        !foot.contains("Not completed") && foot.contains("draft kept 09:00")
    });
}

#[test]
fn a_field_that_was_cleared_is_blank_after_a_kill_too() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>Stairs hurt. ");
    let drafts =
        || -> String { office.store(Mode::Read).drafts().unwrap().into_iter().map(|draft| draft.body).collect() };
    day.wait_while("the words are in the draft", || !drafts().contains("Stairs hurt."));
    let before = drafts();
    day.keys("<Ctrl-A><Delete>");
    day.wait_for_no("Stairs hurt.");
    // The words may stand among the steps that typing can be taken back by: what counts is what comes back.
    day.wait_while("what was cleared is kept too", || drafts() == before);
    day.kill();
    let mut day = office.open(SMALL);
    day.wait_for("Assessment · follow-up");
    day.keys("Rests.");
    day.wait_for("Rests.");
    assert!(!day.text().contains("Stairs hurt."), "what was cleared came back:\n{}", day.text());
}
