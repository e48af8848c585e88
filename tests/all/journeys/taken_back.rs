//! Acts on visits by hand, each taken back and done again by its name, the record compared before and after.

use daysheet::action::Write;
use daysheet::action::write::VisitChange;
use daysheet::clinical::visit::Visit;

use super::*;

/// Three visits, the patient of the last only proposed, and a block of time.
fn office() -> Office {
    let office = Office::with(&[
        ("08:00", "OKAFOR", "low back", VisitKind::FollowUp),
        ("09:20", "NGUYEN", "migraine", VisitKind::New),
        ("10:00", "HALE", "knee", VisitKind::FollowUp),
    ]);
    let mut store = office.store(Mode::Write);
    let eleven = chrono::NaiveTime::from_hms_opt(11, 0, 0).unwrap();
    let mut block = Visit::booked(ids().next(now().instant), None, today(), eleven, VisitKind::Block);
    block.title = Some("Held for Quill".to_owned());
    store.commit(Write::BookVisit { visit: block, new_patient: None }, now()).unwrap();
    let records = store.board_records(today(), now(), true).unwrap();
    let mut named =
        records.visits.iter().map(|record| record.visit.clone()).find(|visit| is_of(visit, "knee")).unwrap();
    named.patient_confirmed = false;
    store.commit(Write::ChangeVisit { visit: named, change: VisitChange::Edited }, now()).unwrap();
    store.close().unwrap();
    office
}

fn is_of(visit: &Visit, reason: &str) -> bool {
    visit.reason.as_deref() == Some(reason)
}

/// Everything the board is computed from, everybody there is, and every plan.
fn record(office: &Office) -> String {
    let store = office.store(Mode::Read);
    let names = store.patient_names().unwrap();
    let plans: Vec<_> = names.iter().map(|name| store.plan_model(name.id, now()).unwrap()).collect();
    format!("{:#?}{names:#?}{plans:#?}", store.board_records(today(), now(), true).unwrap())
}

#[test]
fn acts_on_visits_are_taken_back_and_done_again_by_their_names() {
    let office = office();
    let mut day = office.open_board(LARGE);
    for (keys, act, patient) in [
        ("1<Home>xn", "no-show", "OKAFOR Test"),
        ("4<Enter>gfeels well<Enter>", "follows the no-show: let go", "OKAFOR Test"),
        ("1<Home>xr", "booked again as it was", "OKAFOR Test"),
        ("1<Home>xchas flu<Enter>", "cancelled", "OKAFOR Test"),
        ("4<Enter>gcalls later<Enter>", "follows the cancellation: let go", "OKAFOR Test"),
        ("1<Home>jvf", "visit is now follow-up", "NGUYEN Test"),
        ("1<Home>jm1130<Enter>", "moved to 24 Nov 2026 11:30", "NGUYEN Test"),
        ("1<Home>jfy", "confirmed the patient", "HALE Test"),
        ("bZed Quill<Tab><Tab><Tab>n<Ctrl-S>", "made the block a visit: new evaluation", "QUILL Zed"),
        ("nnguyen<Enter>1540<Tab><Tab>f<Ctrl-S>", "booked follow-up on 24 Nov 2026", "NGUYEN Test"),
        ("nUma Drey<Tab>1620<Tab><Tab>n<Ctrl-S>", "booked new evaluation on 24 Nov 2026", "DREY Uma"),
        ("+call the insurer<Ctrl-S>", "caught task: call the insurer", ""),
    ] {
        let before = record(&office);
        day.keys(keys);
        day.wait_for(&format!("{act}   u undo"));
        if !patient.is_empty() {
            assert!(foot(&day.text()).contains(&format!("{patient}: {act}")), "{}", day.text());
        }
        let after = record(&office);
        assert_ne!(before, after, "{act}");
        let of = if patient.is_empty() { String::new() } else { format!(" for {patient}") };
        day.keys("u");
        day.wait_for(&format!("undid: {act}{of}"));
        assert_eq!(record(&office), before, "{act}");
        day.keys("U");
        day.wait_for(&format!("did again: {act}{of}"));
        assert_eq!(record(&office), after, "{act}");
    }
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn another_patient_than_the_proposed_one_is_the_confirmed_one() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("1<End>fo");
    day.wait_for("type to search");
    day.keys("<End><Ctrl-U>okafor<Enter><Ctrl-S>");
    day.wait_for("OKAFOR Test: confirmed the patient");
    day.wait_for_no("patient?");
}

#[test]
fn booking_a_missed_visit_again_settles_what_follows_it_as_one_act() {
    let office = office();
    let mut day = office.open_board(LARGE);
    // A form begun for somebody else is not the one that opens.
    day.keys("nhale<Enter>");
    day.wait_for("HALE Test");
    day.keys("<Esc>1<Home>xn");
    day.wait_for("OKAFOR Test: no-show");
    let missed = record(&office);
    day.keys("4<Enter>");
    day.wait_for("What follows?");
    // Who it is for, what for and why is known: the first thing typed is when.
    day.keys("b");
    day.wait_for("New visit");
    day.wait_for("low back");
    day.keys("1500<Tab>+1d<Ctrl-S>");
    day.wait_for("OKAFOR Test: booked follow-up on 25 Nov 2026");
    day.wait_for("0 open");
    day.keys("u");
    day.wait_for("undid: booked follow-up on 25 Nov 2026 for OKAFOR Test");
    assert_eq!(record(&office), missed);
    day.keys("U");
    day.wait_for("0 open");
    let store = office.store(Mode::Read);
    let names = patients(&store);
    assert_eq!(names.iter().filter(|(_, name)| name.contains("OKAFOR")).count(), 1, "{names:?}");
}

#[test]
fn what_is_kept_as_it_was_is_no_act_and_takes_back_nothing_else() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("1<Home> ");
    day.wait_for("OKAFOR Test: here");
    day.keys("pe");
    day.wait_for("Patient");
    day.keys("<Ctrl-S>");
    day.wait_for("OKAFOR Test: nothing was changed");
    assert!(!foot(&day.text()).contains("changed   u undo"), "{}", day.text());
}

#[test]
fn who_walks_in_is_the_one_under_the_hands() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("1<Home>nUma Drey<Tab><Tab><Tab>f<Ctrl-S>");
    day.wait_for("DREY Uma: walk-in");
    day.keys(" ");
    day.wait_for("DREY Uma: in room");
}
