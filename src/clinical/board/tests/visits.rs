//! Assessments, procedures and plans: which pane, which mark, done or open.

use super::made::{Made, TODAY, day};
use crate::clinical::board::{Flag, ItemKey, Mark};
use crate::clinical::draft::{ASSESSMENT_FORM, DraftKey, PLAN_FORM, SESSION_FORM};
use crate::clinical::id::VisitId;
use crate::clinical::visit::VisitKind::{self, Block, FollowUp, New, Procedure};
use crate::clinical::visit::VisitState::{Booked, Cancelled, Here, InRoom, Left, NoShow};

#[test]
fn the_kind_chooses_the_pane() {
    for (kind, morning, afternoon) in [(New, 1, 0), (FollowUp, 1, 0), (Procedure, 0, 1), (Block, 0, 0)] {
        let mut made = Made::at("10:14");
        made.visit("16:00", kind, Booked);
        let board = made.board();
        assert_eq!((board.morning.len(), board.afternoon.len()), (morning, afternoon), "{kind:?}");
        assert!(board.midday.is_empty() && board.late.is_empty());
        assert_eq!(board.ribbon.len(), 1, "every kind is on the ribbon");
    }
}

#[test]
fn the_mark_says_where_the_patient_is_and_only_records_make_it_done() {
    for (state, assessed, mark, done) in [
        (Booked, false, Mark::ToCome, false),
        (Here, false, Mark::Here, false),
        (InRoom, false, Mark::InRoom, false),
        (Left, false, Mark::WantsYou, false),
        (NoShow, false, Mark::NotComing, false),
        (Cancelled, false, Mark::NotComing, false),
        (Booked, true, Mark::Done, true),
        (InRoom, true, Mark::Done, true),
        (Left, true, Mark::Done, true),
        (Cancelled, true, Mark::NotComing, true),
    ] {
        let mut made = Made::at("10:14");
        let id = made.visit("10:00", FollowUp, state);
        made.record(id).assessed = assessed;
        let item = made.item(ItemKey::Assessment(id)).unwrap();
        assert_eq!((item.mark, item.done), (mark, done), "{state:?} {assessed}");
    }
}

#[test]
fn whoever_left_with_something_open_wants_you_and_it_says_what() {
    let mut made = Made::at("10:14");
    let (visit, procedure) = (made.visit("08:00", FollowUp, Left), made.visit("09:00", Procedure, Left));
    let open = |key| made.item(key).unwrap().flags.last().cloned();
    assert_eq!(open(ItemKey::Assessment(visit)), Some(Flag::Missing("assessment open".to_owned())));
    assert_eq!(open(ItemKey::Procedure(procedure)), Some(Flag::Missing("procedure open".to_owned())));
}

#[test]
fn a_visit_is_in_every_pane_in_which_something_was_begun() {
    type Change = fn(&mut Made, VisitId);
    let cases: [(&str, VisitKind, Change, (usize, usize)); 6] = [
        ("a follow-up alone", FollowUp, |_, _| {}, (1, 0)),
        (
            "a procedure begun in a follow-up",
            FollowUp,
            |made, id| _ = made.records.drafts.insert(DraftKey::of(SESSION_FORM, id)),
            (1, 1),
        ),
        (
            "a procedure done in a follow-up",
            FollowUp,
            |made, id| made.record(id).session = Some("TPI".to_owned()),
            (1, 1),
        ),
        (
            "an assessment begun in a procedure visit",
            Procedure,
            |made, id| _ = made.records.drafts.insert(DraftKey::of(ASSESSMENT_FORM, id)),
            (1, 1),
        ),
        ("an assessment made in a procedure visit", Procedure, |made, id| made.record(id).assessed = true, (1, 1)),
        (
            "the draft of another visit",
            Procedure,
            |made, _| _ = made.records.drafts.insert(DraftKey::of(ASSESSMENT_FORM, "other")),
            (0, 1),
        ),
    ];
    for (name, kind, change, (morning, afternoon)) in cases {
        let mut made = Made::at("10:14");
        let id = made.visit("10:00", kind, InRoom);
        change(&mut made, id);
        let board = made.board();
        assert_eq!((board.morning.len(), board.afternoon.len()), (morning, afternoon), "{name}");
    }
}

#[test]
fn a_changed_kind_keeps_what_was_recorded_in_view() {
    let mut made = Made::at("10:14");
    let id = made.visit("10:00", FollowUp, InRoom);
    made.assessed(id, 6);
    made.record(id).visit.kind = Procedure;
    let board = made.board();
    assert_eq!((board.morning[0].done, board.afternoon[0].done, board.midday.len()), (true, false, 1));
}

#[test]
fn a_row_says_what_it_is_about() {
    for (kind, reason, planned, session, assessment, procedure) in [
        (FollowUp, Some("neck"), None, None, Some("neck"), None),
        (FollowUp, None, None, None, Some("follow-up"), None),
        (New, None, None, None, Some("new"), None),
        (FollowUp, Some("neck"), None, Some("TPI LEFT"), Some("neck"), Some("TPI LEFT")),
        (Procedure, Some("back"), Some("TFESI L5"), None, None, Some("back")),
        (Procedure, None, Some("TFESI L5"), None, None, Some("TFESI L5")),
        (Procedure, None, None, None, None, Some("procedure")),
    ] {
        let mut made = Made::at("10:14");
        let id = made.visit("10:00", kind, Booked);
        let record = made.record(id);
        record.visit.reason = reason.map(str::to_owned);
        record.planned = planned.map(str::to_owned);
        record.session = session.map(str::to_owned);
        let text = |key| made.item(key).map(|item| item.text);
        assert_eq!(text(ItemKey::Assessment(id)).as_deref(), assessment, "{kind:?} {reason:?}");
        assert_eq!(text(ItemKey::Procedure(id)).as_deref(), procedure, "{kind:?} {reason:?}");
    }
}

#[test]
fn scores_end_with_todays_and_the_change_is_against_the_last() {
    for (earlier, today, shown, change) in [
        (&[4, 6][..], Some(4), vec![4, 6, 4], Some(-2)),
        (&[6], Some(6), vec![6, 6], Some(0)),
        (&[], Some(7), vec![7], None),
        (&[5, 6], None, vec![5, 6], None),
        (&[], None, vec![], None),
    ] {
        let mut made = Made::at("10:14");
        let id = made.visit("10:00", FollowUp, InRoom);
        made.record(id).earlier = earlier.to_vec();
        made.record(id).scores.now = today.map(crate::clinical::answer::Answer::Given);
        let item = made.item(ItemKey::Assessment(id)).unwrap();
        assert_eq!((item.scores.clone(), item.change()), (shown, change), "{earlier:?} {today:?}");
    }
}

#[test]
fn a_decision_takes_an_item_off_the_day_until_its_date() {
    for (to, on_board) in [(None, false), (Some("2026-11-25"), false), (Some(TODAY), true), (Some("2026-11-23"), true)]
    {
        let mut made = Made::at("10:14");
        let id = made.visit("10:00", FollowUp, Left);
        made.decided(ItemKey::Assessment(id), to);
        assert_eq!(made.item(ItemKey::Assessment(id)).is_some(), on_board, "{to:?}");
        made.record(id).assessed = true;
        assert!(made.item(ItemKey::Assessment(id)).is_some(), "what is done stays: {to:?}");
    }
}

#[test]
fn whoever_is_still_to_be_met_stays_in_view_also_when_the_rest_was_carried() {
    type Make = fn(VisitId) -> ItemKey;
    let tomorrow = Some("2026-11-25");
    for (name, start, kind, state, key, in_view) in [
        ("in room", "10:00", FollowUp, InRoom, ItemKey::Assessment as Make, true),
        ("here", "10:20", New, Here, ItemKey::Assessment, true),
        ("here for a procedure", "10:20", Procedure, Here, ItemKey::Procedure, true),
        ("still to come", "13:00", Procedure, Booked, ItemKey::Procedure, true),
        ("booked for now", "10:00", FollowUp, Booked, ItemKey::Assessment, true),
        ("booked, and the time is over", "08:00", FollowUp, Booked, ItemKey::Assessment, false),
        ("left", "08:00", FollowUp, Left, ItemKey::Assessment, false),
        ("did not come", "08:00", FollowUp, NoShow, ItemKey::Assessment, false),
    ] {
        for to in [tomorrow, None] {
            let mut made = Made::at("10:14");
            let id = made.visit(start, kind, state);
            let before = made.item(key(id)).unwrap().mark;
            made.decided(key(id), to);
            let item = made.item(key(id));
            assert_eq!(item.is_some(), in_view, "{name}");
            assert_eq!(made.board().open().count(), 0, "decided is decided: {name}");
            let Some(item) = item else { continue };
            assert_eq!((item.mark, item.done), (before, false), "{name}");
            assert!(item.flags.contains(&Flag::Decided(to.map(day))), "{name}: {:?}", item.flags);
        }
    }
    let mut made = Made::on(TODAY, "2026-11-25", "10:14");
    let id = made.visit("10:00", FollowUp, InRoom);
    made.decided(ItemKey::Assessment(id), tomorrow);
    assert!(made.item(ItemKey::Assessment(id)).is_none(), "nobody is in a room of yesterday");
}

#[test]
fn a_carried_visit_stands_on_its_new_day_for_what_was_carried_alone() {
    let mut made = Made::at("10:14");
    let id = made.visit("10:00", FollowUp, Left);
    made.record(id).visit.date = day("2026-11-20");
    made.record(id).session = Some("TPI".to_owned());
    assert!(made.board().items().next().is_none(), "a visit of another day shows nothing by itself");
    made.decided(ItemKey::Assessment(id), Some(TODAY));
    let board = made.board();
    let item = &board.morning[0];
    assert_eq!((item.mark, item.due, board.afternoon.len()), (Mark::WantsYou, Some(day(TODAY)), 0));
    assert!(item.text.starts_with("of 20 Nov"), "{}", item.text);
    assert!(item.is_open_on(day(TODAY)));
    assert!(board.ribbon.is_empty(), "it takes no time of this day");
}

#[test]
fn what_is_carried_stands_after_the_visits_of_the_day() {
    let mut made = Made::at("10:14");
    let carried = made.visit("07:00", FollowUp, Left);
    made.record(carried).visit.date = day("2026-11-20");
    made.decided(ItemKey::Assessment(carried), Some(TODAY));
    for start in ["11:00", "08:00", "09:00"] {
        made.visit(start, FollowUp, Booked);
    }
    let order: Vec<String> = made.board().morning.iter().map(|item| item.start.unwrap().to_string()).collect();
    assert_eq!(order, ["08:00:00", "09:00:00", "11:00:00", "07:00:00"]);
}

#[test]
fn a_complete_assessment_wants_a_plan_until_one_is_set() {
    let mut made = Made::at("10:14");
    let id = made.visit("10:00", FollowUp, InRoom);
    let key = made.assessed(id, 7);
    let item = made.item(key).unwrap();
    assert_eq!((item.mark, item.done, item.text.as_str(), item.score), (Mark::ToCome, false, "no plan yet", Some(7)));
    made.plan(key).version = Some((3, false));
    made.plan(key).version_on = Some(day("2026-10-27"));
    assert_eq!(made.item(key).unwrap().text, "plan 3 · 27 Oct 2026 · unchanged?");
    made.plan(key).answered_by = Some(made_id());
    made.plan(key).version = Some((4, true));
    let item = made.item(key).unwrap();
    assert_eq!((item.mark, item.done, item.text.as_str()), (Mark::Done, true, "plan 4 · unchanged"));
}

fn made_id<T: From<uuid::Uuid>>() -> T {
    Made::at("09:00").id()
}

#[test]
fn a_plan_that_was_begun_or_waits_from_an_earlier_day_wants_you() {
    for (date, draft, mark) in
        [(TODAY, false, Mark::ToCome), (TODAY, true, Mark::WantsYou), ("2026-11-20", false, Mark::WantsYou)]
    {
        let mut made = Made::at("10:14");
        let id = made.visit("10:00", FollowUp, Left);
        let key = made.assessed(id, 7);
        made.plan(key).date = day(date);
        let patient = made.plan(key).file.patient.id;
        if draft {
            made.records.drafts.insert(DraftKey::of(PLAN_FORM, patient));
        }
        let item = made.item(key).unwrap();
        assert_eq!((item.mark, item.draft), (mark, draft), "{date} {draft}");
    }
}

#[test]
fn plans_stand_oldest_first_then_worst_first_and_those_set_last() {
    let mut made = Made::at("10:14");
    let mut keys = Vec::new();
    for (score, date, set) in
        [(4, TODAY, false), (8, TODAY, false), (2, "2026-11-20", false), (9, TODAY, true), (8, "2026-11-19", false)]
    {
        let id = made.visit(&format!("1{}:00", keys.len()), FollowUp, Left);
        let key = made.assessed(id, score);
        made.plan(key).date = day(date);
        made.plan(key).answered_by = set.then(made_id);
        keys.push(key);
    }
    let order: Vec<usize> =
        made.board().midday.iter().map(|item| keys.iter().position(|key| *key == item.key).unwrap()).collect();
    assert_eq!(order, [4, 2, 1, 0, 3]);
}

#[test]
fn a_page_is_left_to_type_in_until_one_was_or_the_assessment_is_complete() {
    use crate::clinical::page::{next_page, page_visits, pages_left};
    let mut made = Made::at("10:14");
    let [first, second, third] = ["08:00", "09:00", "11:00"].map(|start| made.visit(start, FollowUp, Booked));
    made.visit("12:00", FollowUp, NoShow);
    assert_eq!(page_visits(&made.records), [first, second, third]);
    assert_eq!((pages_left(&made.records), next_page(&made.records, None)), (3, Some(first)));
    made.record(first).page = true;
    assert_eq!((pages_left(&made.records), next_page(&made.records, None)), (2, Some(second)));
    made.assessed(second, 4);
    assert_eq!((pages_left(&made.records), next_page(&made.records, None)), (1, Some(third)));
    assert_eq!(next_page(&made.records, Some(third)), None);
}
