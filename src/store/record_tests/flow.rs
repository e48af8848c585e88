//! The day's flow: each act makes the next item in its place, and takes its own away.

use super::world::{World, ZONE, at, day};
use crate::action::write::{CheckInChange, TaskChange, VisitChange, Write};
use crate::clinical::answer::Answer::Given;
use crate::clinical::assessment::RedFlags;
use crate::clinical::board::{Flag, ItemKey, Mark};
use crate::clinical::check_in::CheckIn;
use crate::clinical::close::DayRecord;
use crate::clinical::score::{ScoreItem, Scores};
use crate::clinical::task::Task;
use crate::clinical::time::Now;
use crate::clinical::visit::{Aftermath, VisitKind, VisitState};

const TODAY: u32 = 24;

#[test]
fn a_patient_goes_from_visit_to_check_in_and_each_step_makes_the_next() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    assert_eq!(world.items(day(TODAY)), [(ItemKey::Assessment(visit.id), false)]);

    let assessment = world.assessed(&visit, 6);
    let (copy, plan) = (ItemKey::Copy(visit.id), ItemKey::Plan(assessment.id));
    assert_eq!(world.items(day(TODAY))[..2], [(ItemKey::Assessment(visit.id), true), (plan, false)]);
    assert_eq!(world.board(day(TODAY)).morning[0].score, Some(6));
    // A summary is not asked for while the patient is here.
    assert!(!world.open(day(TODAY)).contains(&copy));
    world.state(visit.id, VisitState::Left);
    assert!(world.open(day(TODAY)).contains(&copy));

    let (_, procedure) = world.planned(&assessment, day(26));
    assert!(world.items(day(TODAY)).contains(&(plan, true)));
    assert_eq!(world.board(day(TODAY)).midday[0].text, "plan 1");
    let thursday = world.board(day(26));
    assert_eq!(thursday.afternoon[0].key, ItemKey::Procedure(procedure.id));
    assert_eq!(thursday.afternoon[0].text, "medial branch block L4/5 RIGHT");
    assert_eq!(thursday.afternoon[0].scores, [6]);

    world.change(visit.id, VisitChange::CopiedOut, |visit| visit.copied_at = visit.recorded_at);
    assert!(!world.open(day(TODAY)).contains(&copy));

    world.clock(day(26), "13:40:00");
    let (_, check_in) = world.operated(&procedure, day(27));
    assert!(world.items(day(26)).contains(&(ItemKey::Procedure(procedure.id), true)));
    assert!(!world.open(day(26)).contains(&ItemKey::CheckIn(check_in.id)));
    assert!(world.open(day(27)).contains(&ItemKey::CheckIn(check_in.id)));

    world.clock(day(27), "16:00:00");
    let tried = CheckIn { attempts: 1, ..check_in.clone() };
    world.commit(Write::PutCheckIn { check_in: tried, change: CheckInChange::NoAnswer });
    let item = world.board(day(27)).late.into_iter().find(|item| item.key == ItemKey::CheckIn(check_in.id)).unwrap();
    assert!(item.text.ends_with("no answer ×1"), "{}", item.text);
    world.checked_in(&check_in);
    assert!(world.items(day(27)).contains(&(ItemKey::CheckIn(check_in.id), true)));
    assert!(!world.items(day(28)).iter().any(|(key, _)| *key == ItemKey::CheckIn(check_in.id)));
    // What was said is part of the visit's record: its summary is to be carried over.
    assert!(world.open(day(27)).contains(&ItemKey::Copy(procedure.id)));
}

#[test]
fn a_quick_score_is_on_the_board_and_opens_the_assessment() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let earlier = world.booked(patient, day(10), "08:00:00", VisitKind::FollowUp);
    world.assessed(&earlier, 7);
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    world.quick_score(&visit, ScoreItem::Now, Given(6));
    world.quick_score(&visit, ScoreItem::Now, Given(4));
    let row = world.board(day(TODAY)).morning.remove(0);
    assert_eq!((row.scores.clone(), row.score, row.change()), (vec![7, 4], Some(4), Some(-3)));
    let model = world.store.assessment_model(visit.id).unwrap();
    let scores = Scores::of(&model.scores);
    assert_eq!((scores.now, scores.average), (Some(Given(4)), None));
    assert_eq!(model.last.unwrap().scores.now, Some(Given(7)));
    assert_eq!(model.trend.len(), 1);
    assert_eq!(model.current, None);
}

#[test]
fn only_the_last_six_headlines_are_on_a_row_and_twelve_visits_in_a_trend() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    for n in 1..=14 {
        let visit = world.booked(patient, day(n), "08:00:00", VisitKind::FollowUp);
        world.quick_score(&visit, ScoreItem::Average, Given(9));
        // A visit without a number is no point of the line.
        if n % 2 == 0 {
            world.quick_score(&visit, ScoreItem::Now, Given(u8::try_from(n / 2).unwrap()));
        }
    }
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    assert_eq!(world.board(day(TODAY)).morning[0].scores, [9, 5, 9, 6, 9, 7]);
    let trend = world.store.assessment_model(visit.id).unwrap().trend;
    assert_eq!((trend.len(), trend[0].date, trend[11].date), (12, day(3), day(14)));
}

#[test]
fn a_no_show_asks_what_follows_until_that_is_decided() {
    for aftermath in [Aftermath::Rebooked, Aftermath::Letter, Aftermath::LetGo] {
        let mut world = World::new();
        let patient = world.known("Okafor");
        let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
        world.state(visit.id, VisitState::NoShow);
        assert_eq!(world.open(day(TODAY)), [ItemKey::Aftermath(visit.id)]);
        assert_eq!(world.board(day(TODAY)).morning[0].mark, Mark::NotComing);
        // It waits on the days after, too.
        assert_eq!(world.open(day(25)), [ItemKey::Aftermath(visit.id)]);
        world.change(visit.id, VisitChange::Followed, |visit| visit.aftermath = aftermath);
        assert_eq!(world.open(day(TODAY)), []);
    }
}

#[test]
fn a_red_flag_waits_until_it_is_written_what_was_done() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    let mut assessment = world.assessment(&visit);
    assessment.red_flags = Some(RedFlags::Present);
    assessment.red_flag_note = "new saddle numbness".to_owned();
    world.commit(Write::CompleteAssessment {
        assessment: assessment.clone(),
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    let board = world.board(day(TODAY));
    assert_eq!(
        (board.late[0].key, board.late[0].text.as_str()),
        (ItemKey::RedFlag(assessment.id), "new saddle numbness")
    );
    assert!(board.morning[0].flags.contains(&Flag::RedFlag));
    let action = "MRI today, called the spine unit".to_owned();
    world.commit(Write::ActOnRedFlag { assessment: assessment.id, patient, action });
    assert!(!world.items(day(TODAY)).iter().any(|(key, _)| *key == ItemKey::RedFlag(assessment.id)));
}

#[test]
fn what_is_carried_is_gone_from_today_and_stands_on_its_new_day() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    let assessed = world.booked(patient, day(TODAY), "09:00:00", VisitKind::FollowUp);
    let assessment = world.assessed(&assessed, 5);
    let procedure = world.booked(patient, day(TODAY), "13:00:00", VisitKind::Procedure);
    let missed = world.booked(patient, day(TODAY), "14:00:00", VisitKind::FollowUp);
    world.state(missed.id, VisitState::NoShow);
    world.state(assessed.id, VisitState::Left);
    let task = world.caught("call the pharmacy");
    let (_, check_in) = {
        let other = world.booked(patient, day(TODAY), "15:00:00", VisitKind::Procedure);
        world.state(other.id, VisitState::Left);
        world.operated(&other, day(TODAY))
    };
    let expected = [
        ItemKey::Assessment(visit.id),
        ItemKey::Plan(assessment.id),
        ItemKey::Procedure(procedure.id),
        ItemKey::CheckIn(check_in.id),
        ItemKey::Aftermath(missed.id),
        ItemKey::Task(task.id),
        ItemKey::Copy(assessed.id),
    ];
    let open = world.open(day(TODAY));
    assert!(expected.iter().all(|item| open.contains(item)), "{open:?}");

    world.clock(day(TODAY), "18:00:00");
    world.close(day(TODAY), Some(day(26)));
    assert_eq!(world.open(day(TODAY)), []);
    assert!(world.board(day(TODAY)).closed);
    assert_eq!(world.open(day(25)), []);
    let carried = world.open(day(26));
    assert!(expected.iter().all(|item| carried.contains(item)), "{carried:?}");
    let row = world.board(day(26)).morning.into_iter().find(|item| item.key == expected[0]).unwrap();
    assert_eq!((row.date, row.due, row.mark), (day(TODAY), Some(day(26)), Mark::WantsYou));
    assert_eq!(world.store.task(task.id).unwrap().unwrap().due, Some(day(26)));

    // Done on its new day, each is gone, and nothing of the decision is left.
    world.clock(day(26), "10:00:00");
    world.assessed(&visit, 4);
    world.operated(&procedure, day(30));
    world.checked_in(&check_in);
    world.commit(Write::PutTask {
        task: Task { done_at: Some(world.now), due: Some(day(26)), ..task },
        change: TaskChange::Done,
    });
    world.change(missed.id, VisitChange::Followed, |visit| visit.aftermath = Aftermath::Letter);
    world.change(assessed.id, VisitChange::CopyNotNeeded, |visit| visit.copy_not_needed = true);
    let left = world.open(day(26));
    assert!(left.contains(&expected[1]) && !expected.iter().any(|item| item != &expected[1] && left.contains(item)));
}

#[test]
fn what_is_closed_with_a_reason_says_so_in_its_own_record() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    let mut assessment = world.assessment(&visit);
    assessment.red_flags = Some(RedFlags::Present);
    world.commit(Write::CompleteAssessment {
        assessment: assessment.clone(),
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    world.state(visit.id, VisitState::Left);
    let missed = world.booked(patient, day(TODAY), "14:00:00", VisitKind::FollowUp);
    world.state(missed.id, VisitState::Cancelled);
    let task = world.caught("call the pharmacy");
    let other = world.booked(patient, day(TODAY), "15:00:00", VisitKind::Procedure);
    let (_, check_in) = world.operated(&other, day(TODAY));
    world.state(other.id, VisitState::Left);
    world.close(day(TODAY), None);
    for date in [day(TODAY), day(25), day(30)] {
        assert_eq!(world.open(date), [], "{date}");
    }
    let reason = Some("no longer needed".to_owned());
    let kept = world.store.assessment_model(visit.id).unwrap().current.unwrap();
    assert_eq!((kept.plan_let_go, Some(kept.red_flag_action)), (reason.clone(), reason.clone()));
    assert!(world.seen(visit.id).copy_not_needed);
    assert_eq!((world.seen(missed.id).aftermath, world.seen(missed.id).end_reason), (Aftermath::LetGo, reason.clone()));
    assert_eq!(world.store.task(task.id).unwrap().unwrap().let_go, reason);
    assert_eq!(world.store.check_in(check_in.id).unwrap().unwrap().let_go, reason);
}

#[test]
fn everything_decided_at_a_close_is_told_also_about_what_is_open_no_more() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    world.assessed(&visit, 5);
    let task = world.caught("call the pharmacy");
    let open = world.open(day(TODAY));
    assert!(open.contains(&ItemKey::Task(task.id)));
    world.close(day(TODAY), None);
    let now = world.clock_says();
    let decided = |world: &World, date| {
        let decided = world.store.board_records(date, now, true).unwrap().decided;
        decided.iter().map(|decision| decision.item).collect::<Vec<_>>()
    };
    let mut expected: Vec<ItemKey> = open.clone();
    let mut told = decided(&world, day(TODAY));
    expected.sort();
    told.sort();
    assert_eq!(told, expected);
    assert_eq!(decided(&world, day(25)), Vec::new());
    // Let go, it is in no pane any more, and still named where that was decided.
    let records = world.store.board_records(day(TODAY), now, true).unwrap();
    let named: Vec<&str> = records.settled_tasks.iter().map(|(task, _)| task.what.as_str()).collect();
    assert_eq!(named, ["call the pharmacy"]);
    for item in expected.iter().filter(|item| **item != ItemKey::Task(task.id)) {
        let of = records.decided_of.get(item).map(|patient| patient.family.as_str());
        assert_eq!(of, Some("Okafor"), "{item}");
    }
    assert!(!world.items(day(TODAY)).iter().any(|(key, _)| *key == ItemKey::Task(task.id)));
}

#[test]
fn a_new_item_reopens_a_closed_day_and_undoing_it_closes_it_again() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    let seen = world.booked(patient, day(TODAY), "09:00:00", VisitKind::FollowUp);
    world.state(seen.id, VisitState::Left);
    let elsewhere = world.booked(patient, day(27), "08:00:00", VisitKind::FollowUp);
    world.clock(day(TODAY), "18:00:00");
    world.close(day(TODAY), Some(day(25)));
    assert!(world.board(day(TODAY)).closed);
    world.clock(day(TODAY), "18:10:00");
    let acts: [&dyn Fn(&mut World); 5] = [
        &|world| {
            world.caught("call the pharmacy");
        },
        &|world| {
            world.booked(patient, day(TODAY), "19:00:00", VisitKind::FollowUp);
        },
        &|world| world.change(elsewhere.id, VisitChange::Moved, |visit| visit.date = day(TODAY)),
        &|world| world.state(visit.id, VisitState::NoShow),
        &|world| {
            world.assessed(&seen, 4);
        },
    ];
    for (n, act) in acts.into_iter().enumerate() {
        act(&mut world);
        assert!(!world.board(day(TODAY)).closed, "act {n}");
        // What is left open is named on the next day.
        assert_eq!(world.board(day(25)).unclosed.map(|day| day.date), Some(day(TODAY)), "act {n}");
        let step = world.store.undo_step(None).unwrap().unwrap();
        world.store.take_back(&step, world.clock_says()).unwrap();
        assert!(world.board(day(TODAY)).closed, "act {n} undone");
    }
}

#[test]
fn what_brings_no_item_leaves_a_closed_day_closed() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    world.state(visit.id, VisitState::InRoom);
    world.clock(day(TODAY), "18:00:00");
    world.close(day(TODAY), Some(day(25)));
    let day_row = world.store.day(day(TODAY)).unwrap().unwrap();
    assert_eq!((day_row.carried, day_row.done), (1, 3));

    world.state(visit.id, VisitState::Left);
    let later = world.task(None, "order needles", Some(day(26)));
    world.commit(Write::PutTask { task: later, change: TaskChange::Caught });
    let reflection = world.reflection(day(TODAY), "A long morning.");
    world.commit(Write::PutReflection(reflection));
    world.booked(patient, day(26), "08:00:00", VisitKind::FollowUp);
    // The next day's work does not touch the closed day.
    world.clock(day(25), "09:00:00");
    world.caught("call the pharmacy");
    world.assessed(&visit, 3);
    assert!(world.board(day(TODAY)).closed);

    world.commit(Write::ReopenDay(day_row.id));
    assert!(!world.board(day(TODAY)).closed);
}

#[test]
fn what_takes_an_item_from_a_closed_day_leaves_it_closed_also_where_others_are_open() {
    let mut world = World::new();
    let tasks = ["call the pharmacy", "order needles"].map(|what| world.caught(what));
    let closed_at = Some(world.clock_says().instant);
    let id = world.ids.next(world.clock_says().instant);
    let day_row = DayRecord { id, date: day(TODAY), closed_at, done: 0, carried: 0, let_go: 0 };
    world.commit(Write::CloseDay { day: day_row, decisions: Vec::new() });
    let [done, _] = tasks;
    let done = Task { done_at: closed_at, ..done };
    world.commit(Write::PutTask { task: done, change: TaskChange::Done });
    assert!(world.board(day(TODAY)).closed, "less is open than before");
    world.caught("call the ward");
    assert!(!world.board(day(TODAY)).closed);
}

#[test]
fn a_day_that_was_never_closed_is_named_with_what_is_open_of_it() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    world.booked(patient, day(17), "08:00:00", VisitKind::FollowUp);
    world.booked(patient, day(20), "08:00:00", VisitKind::FollowUp);
    world.booked(patient, day(20), "09:00:00", VisitKind::FollowUp);
    world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    let unclosed = |world: &World| world.board(day(TODAY)).unclosed.map(|day| (day.date, day.open));
    assert_eq!(unclosed(&world), Some((day(20), 2)));
    world.close(day(20), None);
    assert_eq!(unclosed(&world), Some((day(17), 1)));
    world.close(day(17), None);
    assert_eq!(unclosed(&world), None);
}

#[test]
fn the_next_clinic_day_and_what_it_misses_is_on_the_board() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let cancelled = world.booked(patient, day(25), "08:00:00", VisitKind::FollowUp);
    world.state(cancelled.id, VisitState::Cancelled);
    let procedure = world.booked(patient, day(26), "08:00:00", VisitKind::Procedure);
    let board = world.board(day(TODAY));
    assert_eq!((board.tomorrow.date, board.tomorrow.visits, board.tomorrow.missing), (Some(day(26)), 1, 1));
    assert!(world.open(day(TODAY)).contains(&ItemKey::Tomorrow(procedure.id)));
    let mut far = World::new();
    let patient = far.known("Okafor");
    far.booked(patient, day(TODAY).checked_add_days(chrono::Days::new(15)).unwrap(), "08:00:00", VisitKind::FollowUp);
    assert_eq!(far.board(day(TODAY)).tomorrow.date, None);
}

#[test]
fn a_plan_kept_unchanged_answers_the_assessment_with_the_items_it_had() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let first = world.booked(patient, day(10), "08:00:00", VisitKind::FollowUp);
    let first = world.assessed(&first, 6);
    world.planned(&first, day(12));
    let visit = world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp);
    let second = world.assessed(&visit, 6);
    for version in [2, 3] {
        let plan = world.plan(patient, Some(visit.id), version, Vec::new());
        world.commit(Write::SetPlan { plan, goals: Vec::new(), answers: vec![second.id], booked: Vec::new() });
    }
    let board = world.board(day(TODAY));
    assert_eq!((board.midday[0].done, board.midday[0].text.as_str()), (true, "plan 3 · unchanged"));
    let now = Now { instant: at(day(TODAY), "12:00:00"), zone: ZONE };
    let records = world.store.board_records(day(TODAY), now, true).unwrap();
    let keeps = &records.plans[0].keeps;
    assert_eq!(keeps.iter().map(|item| item.what.as_str()).collect::<Vec<_>>(), ["medial branch block L4/5 right"]);
    let model = world.store.assessment_model(visit.id).unwrap();
    let plan = model.plan.unwrap();
    assert_eq!((plan.version, plan.unchanged, plan.items.len()), (3, true, 1));
    assert_eq!(plan.items[0].what, "medial branch block L4/5 right");
}

#[test]
fn a_patient_seen_twice_keeps_every_item_of_the_plan_once() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let first = world.booked(patient, day(10), "08:00:00", VisitKind::FollowUp);
    let first = world.assessed(&first, 6);
    world.planned(&first, day(12));
    for start in ["08:00:00", "15:00:00"] {
        let visit = world.booked(patient, day(TODAY), start, VisitKind::FollowUp);
        world.assessed(&visit, 6);
    }
    let now = Now { instant: at(day(TODAY), "16:00:00"), zone: ZONE };
    let records = world.store.board_records(day(TODAY), now, true).unwrap();
    assert_eq!(records.plans.len(), 2);
    for plan in &records.plans {
        let keeps: Vec<&str> = plan.keeps.iter().map(|item| item.what.as_str()).collect();
        assert_eq!(keeps, ["medial branch block L4/5 right"]);
    }
}

#[test]
fn tasks_done_today_stay_as_done_and_those_caught_later_are_not_on_an_earlier_day() {
    let mut world = World::new();
    let task = world.caught("call the pharmacy");
    let key = ItemKey::Task(task.id);
    assert_eq!(world.items(day(TODAY)), [(key, false)]);
    assert_eq!(world.items(day(23)), []);
    let done = Task { done_at: Some(at(day(25), "00:10:00")), ..task };
    world.commit(Write::PutTask { task: done, change: TaskChange::Done });
    assert_eq!(world.items(day(25)), [(key, true)]);
    assert_eq!(world.items(day(TODAY)), []);
}

#[test]
fn an_evening_with_its_reflection_is_on_the_board() {
    let mut world = World::new();
    assert_eq!(world.board(day(TODAY)).reflection, Some(false));
    let reflection = world.reflection(day(TODAY), "A long morning.");
    world.commit(Write::PutReflection(reflection));
    assert_eq!(world.board(day(TODAY)).reflection, Some(true));
    assert_eq!(world.board(day(25)).reflection, Some(false));
}

#[test]
fn a_later_decision_replaces_the_earlier_one_and_a_change_by_hand_lets_it_go() {
    let mut world = World::new();
    let task = world.caught("call the pharmacy");
    let item = ItemKey::Task(task.id);
    for to in [day(25), day(26)] {
        let decision = world.decision(item, day(24), Some(to));
        world.commit(Write::Decide(decision));
    }
    assert_eq!(world.store.number("SELECT count(*) FROM decision"), 1);
    let carried = world.store.task(task.id).unwrap().unwrap();
    assert_eq!(carried.due, Some(day(26)));
    world.commit(Write::PutTask { task: Task { due: Some(day(24)), ..carried }, change: TaskChange::Changed });
    assert_eq!(world.store.number("SELECT count(*) FROM decision"), 0);
    assert_eq!(world.open(day(24)), [item]);
}

#[test]
fn a_visit_on_another_day_lets_go_what_was_decided_about_it() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let decision = world.decision(ItemKey::Assessment(visit.id), day(24), None);
    world.commit(Write::Decide(decision));
    assert_eq!(world.open(day(24)), []);
    world.change(visit.id, VisitChange::Edited, |visit| visit.minutes = 30);
    assert_eq!(world.open(day(24)), []);
    world.change(visit.id, VisitChange::Edited, |visit| visit.date = day(25));
    assert_eq!(world.open(day(25)), [ItemKey::Assessment(visit.id)]);
}
