//! What is written is what is read, and what did not change is not written: one case a kind of change. An import has its own in
//! `imported`.

use std::collections::BTreeSet;

use super::world::{World, day};
use crate::action::write::{CheckInChange, TaskChange, VisitChange, Write};
use crate::clinical::answer::Answer;
use crate::clinical::asked::PatientLists;
use crate::clinical::assessment::RedFlags;
use crate::clinical::check_in::CheckIn;
use crate::clinical::draft::{ASSESSMENT_FORM, DraftKey, PLAN_FORM, SESSION_FORM};
use crate::clinical::medicine_change::plan_follows;
use crate::clinical::opioid_context::OpioidFacts;
use crate::clinical::patient::{
    Allergy, Antithrombotic, Capacity, Facts, Goal, Kidney, Known, Medication, Pregnancy, Sex, YesNo,
};
use crate::clinical::plan::target::{Aim, Measured, PlanTarget};
use crate::clinical::plan::wake::Wakes;
use crate::clinical::plan::{Books, ItemState, Modality, PlanItem, PlanOption};
use crate::clinical::practice::Region;
use crate::clinical::procedure::{Outcome, Procedure, Target};
use crate::clinical::score::ScoreItem;
use crate::clinical::task::Owner;
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState, Way};
use crate::store::Draft;

fn changes(world: &World) -> i64 {
    world.store.number("SELECT count(*) FROM change")
}

/// The region of the practice is read with each patient, for the rules.
fn of_the_practice() -> OpioidFacts {
    OpioidFacts { region: Some(Region::De), ..OpioidFacts::default() }
}

fn full_facts(world: &mut World) -> Facts {
    let now = world.now;
    Facts {
        allergies: Known::Listed(
            vec![
                Allergy { id: world.ids.next(now), substance: "latex".to_owned(), reaction: None },
                Allergy { id: world.ids.next(now), substance: "iodine".to_owned(), reaction: Some("rash".to_owned()) },
            ],
            Some(day(2)),
        ),
        antithrombotics: Known::NoneOn(day(3)),
        medications: Known::Listed(
            vec![Medication::new(world.ids.next(now), "Gabapentin 300 mg 3×", Some(day(1)))],
            None,
        ),
        goals: vec![Goal { id: world.ids.next(now), text: "walk to the lake".to_owned(), since: day(4) }],
        opioid: of_the_practice(),
        ..Facts::default()
    }
}

#[test]
fn a_patient_comes_back_as_written_and_unchanged_lists_are_not_written_again() {
    let mut world = World::new();
    let mut patient = world.patient("O'Hara-Müller", "Cáry 👩‍⚕️");
    patient.number = Some("A-1042".to_owned());
    patient.sex = Some(Sex::Other);
    patient.phone = Some("+49 30 000".to_owned());
    patient.language = Some("Igbo".to_owned());
    patient.interpreter = Some(YesNo::Yes);
    patient.capacity = Some(Capacity::Supported);
    patient.decides = Some("daughter".to_owned());
    patient.pregnancy = Some((Pregnancy::Possible, day(5)));
    patient.kidney = Some((Kidney::Impaired, day(6)));
    patient.note = Some("hard of hearing".to_owned());
    let facts = full_facts(&mut world);
    let write = |patient: &_, facts: &Facts| Write::PutPatient {
        patient: Clone::clone(patient),
        facts: Some(facts.clone()),
        is_new: false,
    };
    world.commit(write(&patient, &facts));
    let file = world.store.patient_file(patient.id).unwrap().unwrap();
    assert_eq!((&file.patient, &file.facts), (&patient, &facts));

    // The same again, also where a form gave its rows new identities, writes nothing.
    let before = changes(&world);
    world.commit(write(&patient, &facts));
    let anew = full_facts(&mut world);
    world.commit(write(&patient, &anew));
    assert_eq!(changes(&world), before);
    // A goal in the same words keeps the day since when it is one.
    let mut later = anew.clone();
    later.goals[0].since = day(20);
    later.goals[0].id = world.ids.next(world.now);
    world.commit(write(&patient, &later));
    assert_eq!(changes(&world), before);

    let mut changed = facts.clone();
    changed.allergies = Known::Listed(facts.allergies.items()[1..].to_vec(), Some(day(2)));
    changed.antithrombotics = Known::Unknown;
    world.commit(write(&patient, &changed));
    assert_eq!(world.store.patient_file(patient.id).unwrap().unwrap().facts, changed);
    // One allergy gone, the other a place up, one review gone: three rows.
    assert_eq!(changes(&world), before + 3);
}

#[test]
fn unknown_none_mentioned_and_reviewed_stay_four_things() {
    let mut world = World::new();
    let patient = world.patient("Okafor", "Adaeze");
    let item = vec![Antithrombotic { id: world.ids.next(world.now), drug: "apixaban".to_owned(), dose: None }];
    for known in [
        Known::Unknown,
        Known::NoneOn(day(1)),
        Known::Listed(item.clone(), None),
        Known::Listed(item, Some(day(2))),
        Known::Listed(Vec::new(), Some(day(3))),
        Known::Unknown,
    ] {
        let facts = Facts { antithrombotics: known, opioid: of_the_practice(), ..Facts::default() };
        world.commit(Write::PutPatient { patient: patient.clone(), facts: Some(facts.clone()), is_new: false });
        assert_eq!(world.store.patient_file(patient.id).unwrap().unwrap().facts, facts);
    }
}

#[test]
fn every_visit_comes_back_as_written() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let mut full = world.visit(patient, day(24), "08:05:00", VisitKind::New);
    full.patient_confirmed = false;
    full.way = Way::Video;
    full.place = Some("ward 3".to_owned());
    full.reason = Some("back".to_owned());
    full.title = Some("as imported".to_owned());
    let mut block = world.visit(patient, day(24), "12:00:00", VisitKind::Block);
    (block.patient, block.start, block.minutes) = (None, None, 1440);
    for visit in [full, block] {
        world.commit(Write::BookVisit { visit: visit.clone(), new_patient: None });
        assert_eq!(world.store.visit(visit.id).unwrap(), Some(visit.clone()));
        for state in [VisitState::Here, VisitState::InRoom, VisitState::Left, VisitState::Booked, VisitState::NoShow] {
            world.state(visit.id, state);
            let expected = world.seen(visit.id);
            assert_eq!(expected.state, state);
        }
    }
}

#[test]
fn a_new_patient_comes_with_the_visit() {
    let mut world = World::new();
    let patient = world.patient("Nguyen", "Linh");
    let visit = world.visit(patient.id, day(24), "09:40:00", VisitKind::New);
    world.commit(Write::BookVisit { visit: visit.clone(), new_patient: Some(patient.clone()) });
    assert_eq!(world.store.patient_file(patient.id).unwrap().unwrap().patient, patient);
    assert_eq!(world.board(day(24)).morning[0].name(), "NGUYEN Linh");
}

#[test]
fn a_changed_visit_does_not_take_back_when_something_was_recorded_in_it() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    world.assessed(&visit, 5);
    let recorded = world.seen(visit.id).recorded_at;
    assert_eq!(recorded, Some(world.now));
    // The screen still holds the visit as it was before.
    world.commit(Write::ChangeVisit { visit: Visit { minutes: 30, ..visit.clone() }, change: VisitChange::Edited });
    assert_eq!((world.seen(visit.id).recorded_at, world.seen(visit.id).minutes), (recorded, 30));
}

#[test]
fn what_was_recorded_follows_its_visit_to_another_day_and_patient() {
    let mut world = World::new();
    let (first, second) = (world.known("Okafor"), world.known("Hale"));
    let visit = world.booked(first, day(24), "08:00:00", VisitKind::Procedure);
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(7));
    world.operated(&visit, day(25));
    world.change(visit.id, VisitChange::Moved, |visit| visit.date = day(26));
    world.change(visit.id, VisitChange::PatientConfirmed, |visit| visit.patient = Some(second));
    let model = world.store.session_model(visit.id).unwrap();
    let session = model.current.unwrap();
    assert_eq!((session.patient, session.date), (second, day(26)));
    assert_eq!(model.check_in.unwrap().patient, second);
    let chart = world.store.chart(second).unwrap();
    assert_eq!((chart.trend.len(), chart.trend[0].date, chart.visits.len()), (1, day(26), 1));
    assert!(world.store.chart(first).unwrap().trend.is_empty());
    // Nothing of it stays behind, whatever table it stands in.
    for table in crate::store::schema::Schema::load(&world.store.conn).unwrap().tables {
        let [in_visit, of_patient] = ["visit_id", "patient_id"].map(|column| table.column(column).is_some());
        if in_visit && of_patient {
            let sql = format!(
                "SELECT count(*) FROM {} WHERE visit_id = '{}' AND patient_id = '{first}'",
                table.name, visit.id
            );
            assert_eq!(world.store.number(&sql), 0, "{}", table.name);
        }
    }
}

#[test]
fn an_assessment_comes_back_with_its_scores_and_keeps_what_others_decided() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let asked = world.now;
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(6));
    let mut assessment = world.assessment(&visit);
    assessment.scores.now = Some(Answer::Given(6));
    assessment.scores.peg_pain = Some(Answer::CannotReport);
    let scores =
        vec![world.score(ScoreItem::Now, Answer::Given(6)), world.score(ScoreItem::PegPain, Answer::CannotReport)];
    world.now = world.now.plus_millis(60_000);
    world.commit(Write::CompleteAssessment {
        assessment: assessment.clone(),
        scores,
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    let model = world.store.assessment_model(visit.id).unwrap();
    assert_eq!(model.current, Some(assessment.clone()));
    // The answer that was there keeps when it was given.
    let at_of = "SELECT at FROM score WHERE item = 'nrs_now'";
    assert_eq!(world.store.number(at_of), asked.millis());

    let (plan, _) = world.planned(&assessment, day(26));
    // Changed by a form that was opened before the plan was set; an item was cleared.
    let mut changed = assessment.clone();
    changed.id = world.ids.next(world.now);
    changed.completed_at = world.now;
    changed.scores.peg_pain = None;
    changed.impression = "Facet pain.".to_owned();
    let scores = vec![world.score(ScoreItem::Now, Answer::Declined)];
    changed.scores.now = Some(Answer::Declined);
    world.commit(Write::CompleteAssessment {
        assessment: changed.clone(),
        scores,
        lists: crate::clinical::asked::PatientLists::default(),
        again: true,
    });
    let kept = world.store.assessment_model(visit.id).unwrap().current.unwrap();
    changed.id = assessment.id;
    changed.completed_at = assessment.completed_at;
    changed.answered_by = Some(plan);
    assert_eq!(kept, changed);
}

#[test]
fn a_plan_comes_back_with_its_items_and_what_it_booked() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let booked = world.visit(patient, day(30), "13:00:00", VisitKind::Procedure);
    let mut items = vec![
        world.item(Modality::Medication, "Amitriptyline 10 mg"),
        world.item(Modality::Interventional, "medial branch block"),
        world.item(Modality::SelfCare, "walk"),
    ];
    items[0].state = ItemState::Declined;
    items[1].books = Some(Books::Procedure);
    items[1].due = Some(day(30));
    items[1].booked = Some(booked.id);
    items[2].next_step = "ten minutes a day".to_owned();
    let plan = world.plan(patient, Some(visit.id), 1, items);
    let goals = vec![Goal { id: world.ids.next(world.now), text: "sleep through".to_owned(), since: day(24) }];
    world.commit(Write::SetPlan {
        plan: plan.clone(),
        goals: goals.clone(),
        answers: Vec::new(),
        booked: vec![booked.clone()],
    });
    let model = world.store.plan_model(patient, world.clock_says()).unwrap();
    assert_eq!((model.last, model.file.facts.goals), (Some(plan), goals));
    assert_eq!(model.ahead, [visit.clone(), booked].map(|ahead| world.seen(ahead.id)));
    assert_eq!(world.seen(visit.id).recorded_at, Some(world.now));
    assert_eq!(world.store.visit_summary(visit.id).unwrap().plan.unwrap().version, 1);
}

#[test]
fn what_a_plan_waits_for_aims_at_and_offered_comes_back_and_is_taken_back_version_by_version() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let mut asleep = world.item(Modality::Physical, "pool");
    asleep.wakes = Wakes::read("peg>=4.5").ok();
    asleep.due = Some(day(30));
    asleep.expected_relief = Some(60);
    let set = |world: &mut World, version, items| {
        let mut plan = world.plan(patient, None, version, items);
        let (target, fall, option) = (world.ids.next(world.now), world.ids.next(world.now), world.ids.next(world.now));
        plan.targets = vec![
            PlanTarget { id: target, of: Measured::Peg, aim: Aim::To(35), from: Some((63, day(3))), by: day(30) },
            PlanTarget { id: fall, of: Measured::Average, aim: Aim::Fall(30), from: None, by: day(30) },
        ];
        plan.options = vec![PlanOption {
            id: option,
            what: "go on as it is".to_owned(),
            chosen: YesNo::No,
            why: "sleeps badly".to_owned(),
        }];
        world.commit(Write::SetPlan { plan: plan.clone(), goals: Vec::new(), answers: Vec::new(), booked: Vec::new() });
        plan
    };
    let last = |world: &World| world.store.plan_model(patient, world.clock_says()).unwrap().last;
    let first = set(&mut world, 1, vec![asleep.clone()]);
    assert_eq!(last(&world), Some(first.clone()));
    let id = world.ids.next(world.now);
    let second = set(&mut world, 2, vec![PlanItem { id, wakes: None, ..asleep }]);
    assert_eq!(last(&world), Some(second.clone()));
    // What follows a change of the list holds the same aims, in rows of its own.
    let now = world.clock_says();
    let mut with_pills = second.clone();
    with_pills.items[0].modality = Modality::Medication;
    with_pills.items[0].what = "gabapentin 300 mg".to_owned();
    let next =
        plan_follows(&with_pills, "gabapentin 300 mg", Some("gabapentin 600 mg"), (&mut world.ids, now)).unwrap();
    world.commit(Write::SetPlan { plan: next.clone(), goals: Vec::new(), answers: Vec::new(), booked: Vec::new() });
    assert_eq!(last(&world), Some(next));
    for before in [Some(second), Some(first), None] {
        let step = world.store.undo_step(None).unwrap().unwrap();
        world.store.take_back(&step, world.clock_says()).unwrap();
        assert_eq!(last(&world), before);
    }
}

#[test]
fn a_session_comes_back_and_changing_it_writes_only_what_changed() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "13:00:00", VisitKind::Procedure);
    let (session, check_in) = world.operated(&visit, day(25));
    let model = world.store.session_model(visit.id).unwrap();
    assert_eq!((model.current, model.check_in), (Some(session.clone()), Some(check_in.clone())));
    assert_eq!(world.store.check_in_model(check_in.id).unwrap().session, Some(session.clone()));

    // The form makes every row anew; only the added target, its reason and the stamp on the visit are written.
    let mut again = session.clone();
    again.id = world.ids.next(world.now);
    for procedure in &mut again.procedures {
        procedure.id = world.ids.next(world.now);
        procedure.targets[0].id = world.ids.next(world.now);
    }
    let target = Target {
        id: world.ids.next(world.now),
        level: "L5/S1".to_owned(),
        side: None,
        outcome: Outcome::Stopped,
        reason: "did not tolerate".to_owned(),
    };
    again.procedures[0].targets.push(target.clone());
    let before = changes(&world);
    world.commit(Write::CompleteSession { session: again, check_in: None, again: true });
    assert_eq!(changes(&world), before + 2);
    let kept = world.store.session_model(visit.id).unwrap().current.unwrap();
    let mut expected = session.clone();
    expected.procedures[0].targets.push(target);
    assert_eq!(kept, expected);

    // Another procedure in place of the first: its targets go with it.
    let other = Procedure {
        id: world.ids.next(world.now),
        name: "trigger point".to_owned(),
        targets: Vec::new(),
        problem: None,
    };
    expected.procedures = vec![other];
    world.commit(Write::CompleteSession { session: expected.clone(), check_in: None, again: true });
    assert_eq!(world.store.session_model(visit.id).unwrap().current, Some(expected));
    assert_eq!(world.store.number("SELECT count(*) FROM procedure_target"), 0);
}

#[test]
fn check_ins_and_tasks_come_back_as_written() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "13:00:00", VisitKind::Procedure);
    let (_, due) = world.operated(&visit, day(25));
    let tried = CheckIn { attempts: 2, owner: Owner::Named("Ines".to_owned()), ..due.clone() };
    world.commit(Write::PutCheckIn { check_in: tried.clone(), change: CheckInChange::NoAnswer });
    assert_eq!(world.store.check_in(due.id).unwrap(), Some(tried.clone()));
    world.checked_in(&tried);
    let done = world.store.check_in(due.id).unwrap().unwrap().done.unwrap();
    assert_eq!((done.pain, done.relief_percent, done.way), (Some(Answer::Given(2)), Some(70), Way::Phone));
    assert_eq!(world.store.visit_summary(visit.id).unwrap().check_ins.len(), 1);

    let mut task = world.task(Some(patient), "ask for the MRI report", Some(day(26)));
    task.visit = Some(visit.id);
    for change in [TaskChange::Caught, TaskChange::Done, TaskChange::Reopened] {
        task.done_at = (change == TaskChange::Done).then_some(world.now);
        task.result = format!("{change:?}");
        world.commit(Write::PutTask { task: task.clone(), change });
        assert_eq!(world.store.task(task.id).unwrap(), Some(task.clone()));
    }
    let chart = world.store.chart(patient).unwrap();
    assert_eq!(chart.tasks, [task]);
}

#[test]
fn a_score_changed_after_the_record_was_made_changes_the_record() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(6));
    assert_eq!(world.seen(visit.id).recorded_at, None);
    world.assessed(&visit, 6);
    world.change(visit.id, VisitChange::CopiedOut, |visit| visit.copied_at = visit.recorded_at);
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(6));
    assert!(!world.seen(visit.id).changed_since_copied());
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(4));
    assert!(world.seen(visit.id).changed_since_copied());
}

#[test]
fn the_practice_keeps_its_identity_and_the_secret_of_its_reflections() {
    let mut world = World::new();
    let secret = "SELECT reflection_key FROM practice";
    let (first, key) = (world.store.practice().unwrap().unwrap(), world.store.text(secret));
    let mut changed = first.clone();
    changed.id = world.ids.next(world.now);
    changed.physician = "Dr. Ines Kaltenbrunn-Reeve".to_owned();
    changed.region = Region::Uk;
    changed.zone = chrono_tz::Europe::London;
    world.commit(Write::PutPractice(changed.clone()));
    changed.id = first.id;
    assert_eq!(world.store.practice().unwrap(), Some(changed));
    assert_eq!(world.store.text(secret), key);
    assert_eq!(world.store.number("SELECT count(*) FROM practice"), 1);
}

#[test]
fn an_act_ends_the_draft_in_which_it_was_typed_and_no_other() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let other = world.booked(patient, day(24), "09:00:00", VisitKind::FollowUp);
    let typed = DraftKey::of(ASSESSMENT_FORM, visit.id);
    let waiting = [
        DraftKey::of(ASSESSMENT_FORM, other.id),
        DraftKey::of(PLAN_FORM, patient),
        DraftKey::of(SESSION_FORM, visit.id),
    ];
    for key in waiting.iter().chain([&typed]) {
        let (key, body) = (key.clone(), "{}".to_owned());
        world.store.put_draft(&Draft { key, saved_at: world.now, body }).unwrap();
    }
    let left = |world: &World| {
        let drafts = world.store.drafts().unwrap();
        drafts.into_iter().map(|draft| draft.key).collect::<BTreeSet<_>>()
    };
    let all: BTreeSet<DraftKey> = waiting.iter().chain([&typed]).cloned().collect();
    // The same fact is also written from elsewhere, by a dose that changes or a step in a list: what is typed waits.
    let assessment = world.assessed(&visit, 5);
    world.planned(&assessment, day(26));
    world.operated(&visit, day(25));
    assert_eq!(left(&world), all);
    // An act that fails leaves the draft.
    let decision = world.store.visit(visit.id).unwrap().unwrap();
    let nobody = Visit { patient: Some(world.ids.next(world.now)), ..decision };
    let refused = Write::ChangeVisit { visit: nobody, change: VisitChange::Edited };
    let now = world.clock_says();
    assert!(world.store.commit_typed(refused, now, std::slice::from_ref(&typed)).is_err());
    assert_eq!(left(&world), all);
    let again = world.assessment(&visit);
    let write = Write::CompleteAssessment {
        assessment: again,
        scores: Vec::new(),
        lists: PatientLists::default(),
        again: true,
    };
    world.commit_typed(write, &typed);
    assert_eq!(left(&world), waiting.iter().cloned().collect());
}

#[test]
fn red_flags_and_aftermath_come_back_in_every_word() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    for red_flags in [None, Some(RedFlags::NonePresent), Some(RedFlags::Present)] {
        let mut assessment = world.assessment(&visit);
        assessment.red_flags = red_flags;
        world.commit(Write::CompleteAssessment {
            assessment,
            scores: Vec::new(),
            lists: crate::clinical::asked::PatientLists::default(),
            again: false,
        });
        assert_eq!(world.store.assessment_model(visit.id).unwrap().current.unwrap().red_flags, red_flags);
    }
    for aftermath in [Aftermath::NotNeeded, Aftermath::Open, Aftermath::Rebooked, Aftermath::Letter, Aftermath::LetGo] {
        world.change(visit.id, VisitChange::Followed, |visit| visit.aftermath = aftermath);
        assert_eq!(world.seen(visit.id).aftermath, aftermath);
    }
    // A plan model of a patient in room is made for that visit.
    world.clock(day(24), "08:10:00");
    let now = world.booked(patient, day(24), "10:00:00", VisitKind::Procedure);
    world.state(now.id, VisitState::InRoom);
    let model = world.store.plan_model(patient, world.clock_says()).unwrap();
    assert_eq!(model.visit.unwrap().id, now.id);
}
