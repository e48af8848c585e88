//! Follow-up and paperwork: what stands there, whose it is, when it goes, and what is open at the close.

use super::made::{Made, TODAY, at, day};
use crate::clinical::board::records::OpenVisit;
use crate::clinical::board::{FollowKey, ItemKey, Mark, What};
use crate::clinical::check_in::CheckInDone;
use crate::clinical::patient::Medication;
use crate::clinical::supply::{RunningOut, Supply};
use crate::clinical::task::Owner;
use crate::clinical::visit::VisitKind::{FollowUp, Procedure};
use crate::clinical::visit::VisitState::{self, Booked, InRoom, Left, NoShow};
use crate::clinical::visit::{VisitKind, Way};

fn done(made: &Made) -> CheckInDone {
    CheckInDone {
        at: made.now.instant,
        way: Way::Phone,
        pain: None,
        relief_percent: None,
        red_flag: None,
        understood: None,
        complication: String::new(),
        note: String::new(),
        next_contact: None,
    }
}

#[test]
fn a_check_in_is_due_then_overdue_then_done() {
    for (due, attempts, is_done, mark, text) in [
        (TODAY, 0, false, Mark::ToCome, "TFESI L5 LEFT"),
        ("2026-11-23", 0, false, Mark::WantsYou, "TFESI L5 LEFT"),
        (TODAY, 2, false, Mark::ToCome, "TFESI L5 LEFT · no answer ×2"),
        ("2026-11-20", 2, true, Mark::Done, "TFESI L5 LEFT"),
    ] {
        let mut made = Made::at("10:14");
        let key = made.check_in(due, attempts);
        if is_done {
            made.records.check_ins[0].0.done = Some(done(&made));
        }
        let item = made.item(key).unwrap();
        assert_eq!((item.mark, item.done, item.text.as_str()), (mark, is_done, text), "{due} {attempts}");
    }
}

#[test]
fn a_task_stands_from_its_due_day_on_and_on_the_day_it_was_caught() {
    for (caught, due, mark) in [
        (TODAY, None, Some(Mark::ToCome)),
        ("2026-11-02", None, Some(Mark::ToCome)),
        ("2026-11-02", Some(TODAY), Some(Mark::ToCome)),
        ("2026-11-02", Some("2026-11-23"), Some(Mark::WantsYou)),
        (TODAY, Some("2026-12-01"), Some(Mark::ToCome)),
        ("2026-11-02", Some("2026-12-01"), None),
    ] {
        let mut made = Made::at("10:14");
        let key = made.task(caught, due);
        assert_eq!(made.item(key).map(|item| item.mark), mark, "{caught} {due:?}");
    }
}

#[test]
fn a_supply_that_ends_before_the_next_visit_stands_there_and_wants_you_from_its_last_day() {
    for (written, next_visit, mark, text) in [
        ("2026-10-28", None, Some(Mark::ToCome), "oxycodone runs out 25 Nov 2026 · no visit booked"),
        ("2026-10-27", None, Some(Mark::WantsYou), "oxycodone runs out 24 Nov 2026 · no visit booked"),
        (
            "2026-10-20",
            Some("2026-12-01"),
            Some(Mark::WantsYou),
            "oxycodone runs out 17 Nov 2026 · next visit 1 Dec 2026",
        ),
        ("2026-10-28", Some("2026-11-25"), None, ""),
        ("2026-10-28", Some(TODAY), None, ""),
    ] {
        let mut made = Made::at("10:14");
        let file = made.patient("OKAFOR");
        let mut one = Medication::new(made.id(), "oxycodone er 20 mg bid", None);
        let written = day(written);
        one.supply = Some(Supply { written, days: 28, quantity: None, prescriber: None, earliest: None });
        let key = ItemKey::Follow(FollowKey::Supply(file.patient.id, one.id));
        let out = RunningOut::of(one, next_visit.map(day));
        made.records.follow.supplies.extend(out.map(|out| (out, file)));
        let item = made.item(key);
        assert_eq!(item.as_ref().map(|item| item.mark), mark, "{written} {next_visit:?}");
        if let Some(item) = item {
            assert_eq!((item.text.as_str(), item.key.what()), (text, What::Supply));
        }
    }
}

#[test]
fn a_task_done_stays_as_done_and_one_let_go_goes() {
    let mut made = Made::at("10:14");
    let key = made.task(TODAY, None);
    made.records.tasks[0].0.done_at = Some(made.now.instant);
    assert_eq!(made.item(key).map(|item| (item.done, item.mark)), Some((true, Mark::Done)));
    made.records.tasks[0].0.let_go = Some("moved away".to_owned());
    assert_eq!(made.item(key), None);
    let key = made.check_in(TODAY, 0);
    made.records.check_ins[0].0.let_go = Some("moved away".to_owned());
    assert_eq!(made.item(key), None);
}

#[test]
fn a_summary_is_to_be_copied_when_the_visit_is_finished() {
    let cases: [(&str, VisitKind, VisitState, &str, bool, bool); 7] = [
        ("left and complete", FollowUp, Left, TODAY, true, true),
        ("left with its assessment open", FollowUp, Left, TODAY, false, false),
        ("complete, still in room", FollowUp, InRoom, TODAY, true, false),
        ("a procedure, left and complete", Procedure, Left, TODAY, true, true),
        ("a procedure, left and open", Procedure, Left, TODAY, false, false),
        ("of an earlier day", FollowUp, Left, "2026-11-20", false, true),
        ("of an earlier day, never marked", FollowUp, Booked, "2026-11-20", false, true),
    ];
    for (name, kind, state, date, complete, stands) in cases {
        let mut made = Made::at("10:14");
        let id = made.visit("08:00", kind, state);
        let record = made.record(id);
        record.visit.date = day(date);
        if kind == Procedure {
            record.session = complete.then(|| "TFESI".to_owned());
        } else {
            record.assessed = complete;
        }
        made.uncopied(id);
        assert_eq!(made.item(ItemKey::Copy(id)).is_some(), stands, "{name}");
        made.records.follow_copies = false;
        assert_eq!(made.item(ItemKey::Copy(id)), None, "a setting turns it off");
    }
}

#[test]
fn a_copy_says_when_something_was_recorded_since() {
    let mut made = Made::at("10:14");
    let id = made.visit("08:00", FollowUp, Left);
    made.record(id).assessed = true;
    made.uncopied(id);
    assert_eq!(made.item(ItemKey::Copy(id)).unwrap().text, "not copied out");
    made.records.to_copy[0].visit.copied_at = Some(at(TODAY, "09:00"));
    assert_eq!(made.item(ItemKey::Copy(id)).unwrap().text, "changed since copied out");
    made.records.to_copy[0].visit.date = day("2026-11-20");
    assert_eq!(made.item(ItemKey::Copy(id)).unwrap().text, "changed since copied out · visit of 20 Nov 2026");
}

#[test]
fn a_no_show_is_followed_until_it_is_decided_what_comes() {
    let mut made = Made::at("10:14");
    let id = made.visit("08:00", FollowUp, NoShow);
    let record = made.record(id).clone();
    made.records.to_follow.push(OpenVisit { visit: record.visit, file: record.file.unwrap() });
    let item = made.item(ItemKey::Aftermath(id)).unwrap();
    assert_eq!((item.text.as_str(), item.done, item.is_open_on(day(TODAY))), ("no-show", false, true));
    let visit = made.item(ItemKey::Assessment(id)).unwrap();
    assert!(!visit.is_open_on(day(TODAY)), "the visit itself asks for nothing more");
    made.decided(ItemKey::Aftermath(id), Some("2026-11-25"));
    assert_eq!(made.item(ItemKey::Aftermath(id)), None, "carried to tomorrow");
}

#[test]
fn what_cannot_wait_stands_first_and_what_is_done_last() {
    let mut made = Made::at("10:14");
    let id = made.visit("08:00", FollowUp, Left);
    made.record(id).assessed = true;
    made.uncopied(id);
    let missed = made.visit("09:00", FollowUp, NoShow);
    let record = made.record(missed).clone();
    made.records.to_follow.push(OpenVisit { visit: record.visit, file: record.file.unwrap() });
    made.task(TODAY, None);
    let overdue = made.task("2026-11-02", Some("2026-11-20"));
    let finished = made.task(TODAY, None);
    made.records.tasks[2].0.done_at = Some(made.now.instant);
    made.check_in(TODAY, 0);
    made.red_flag(id);
    let tomorrow = made.visit("09:20", Procedure, Booked);
    let mut record = made.record(tomorrow).clone();
    made.records.visits.retain(|record| record.visit.id != tomorrow);
    record.visit.date = day("2026-11-25");
    made.records.tomorrow.push(record);
    let board = made.board();
    let order: Vec<What> = board.late.iter().map(|item| item.key.what()).collect();
    let expected =
        [What::RedFlag, What::CheckIn, What::Aftermath, What::Task, What::Task, What::Copy, What::Tomorrow, What::Task];
    assert_eq!(order, expected);
    assert_eq!((board.late[3].key, board.late[7].key), (overdue, finished));
}

#[test]
fn whose_an_item_is_travels_with_it() {
    let mut made = Made::at("10:14");
    let key = made.task(TODAY, None);
    made.records.tasks[0].0.owner = Owner::Nurse;
    assert_eq!(made.item(key).unwrap().owner, Owner::Nurse);
}

#[test]
fn tomorrow_is_two_numbers_and_a_line_for_each_case_that_misses_something() {
    let mut made = Made::at("10:14");
    for (start, kind, state, sure) in [
        ("08:00", FollowUp, Booked, true),
        ("08:20", FollowUp, Booked, false),
        ("09:00", Procedure, VisitState::Cancelled, false),
        ("12:00", VisitKind::Block, Booked, true),
    ] {
        let id = made.visit(start, kind, state);
        let mut record = made.records.visits.pop().unwrap();
        assert_eq!(record.visit.id, id);
        record.visit.date = day("2026-11-25");
        record.visit.patient_confirmed = sure;
        if let Some(file) = &mut record.file {
            file.patient.birth_date = Some(day("1970-01-01"));
        }
        made.records.tomorrow.push(record);
    }
    let board = made.board();
    let tomorrow = board.tomorrow;
    assert_eq!((tomorrow.date, tomorrow.visits, tomorrow.missing), (Some(day("2026-11-25")), 2, 1));
    let lines: Vec<&str> = board.late.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(lines, ["missing: who it is"]);
}

#[test]
fn at_the_close_everything_is_open_that_is_not_done_and_not_due_later() {
    let mut made = Made::at("18:00");
    let open = made.visit("08:00", FollowUp, Left);
    let complete = made.visit("08:20", FollowUp, Left);
    let plan = made.assessed(complete, 6);
    made.visit("09:00", FollowUp, NoShow);
    let never_came = made.visit("10:00", FollowUp, Booked);
    let task = made.task(TODAY, None);
    made.task(TODAY, Some("2026-12-01"));
    let board = made.board();
    let mut keys: Vec<ItemKey> = board.open().map(|item| item.key).collect();
    keys.sort();
    let mut expected = vec![ItemKey::Assessment(open), ItemKey::Assessment(never_came), plan, task];
    expected.sort();
    assert_eq!(keys, expected);
}

#[test]
fn red_flags_left_out_are_told_where_they_were_to_be_asked_and_are_never_open() {
    use crate::clinical::board::NotAsked;
    for (kind, flags, begun, text) in [
        (VisitKind::New, 3, false, Some("3 not asked")),
        (VisitKind::New, 0, true, None),
        (FollowUp, 2, true, Some("2 not asked")),
        (FollowUp, 5, false, None),
        (Procedure, 3, false, None),
    ] {
        let mut made = Made::at("10:14");
        let id = made.visit("08:00", kind, Left);
        made.assessed(id, 4);
        let flags = (0..flags).map(|n| format!("flag {n}")).collect();
        made.records.not_asked.insert(id, NotAsked { flags, begun });
        let item = made.item(ItemKey::NotAsked(id));
        assert_eq!(item.as_ref().map(|item| item.text.as_str()), text, "{kind:?} {begun}");
        if let Some(item) = item {
            assert_eq!((item.mark, item.done, item.is_open_on(day(TODAY))), (Mark::ToCome, false, false));
            assert_eq!((item.visit, item.key.what().word()), (Some(id), "flags"));
        }
    }
}

#[test]
fn red_flags_left_out_on_an_earlier_day_are_told_on_that_day_alone() {
    use crate::clinical::board::NotAsked;
    let mut made = Made::at("10:14");
    let id = made.visit("08:00", VisitKind::New, Left);
    made.record(id).visit.date = day("2026-11-23");
    made.records.not_asked.insert(id, NotAsked { flags: vec!["fever".to_owned()], begun: true });
    assert_eq!(made.item(ItemKey::NotAsked(id)), None);
}
