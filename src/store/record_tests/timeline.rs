//! The timeline and the notes of a chart: everything that happened stands there once, in the order of days, however it is
//! paged; what was taken back is told; and a page costs the same with two thousand visits as with a hundred.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rusqlite::StatementStatus;

use super::world::{World, day, given};
use crate::action::follow::UrineChange;
use crate::action::write::{DiagnosticChange, TaskChange};
use crate::action::{FollowWrite, ScaleWrite, Write};
use crate::clinical::answer::Answer;
use crate::clinical::diagnostic::{Diagnostic, DiagnosticKind};
use crate::clinical::id::PatientId;
use crate::clinical::instrument::{Catalogue, InstrumentResult, Replies, Reply, Setting};
use crate::clinical::monitoring::urine::{Finding, Found, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::note::Note;
use crate::clinical::plan::Modality;
use crate::clinical::score::ScoreItem;
use crate::clinical::task::Task;
use crate::clinical::timeline::{EventKind, Opens, Read, Sought, TimelinePage};
use crate::clinical::visit::{VisitKind, VisitState};
use crate::store::{note, timeline};

fn page(world: &World, patient: PatientId, sought: &Sought, after: &Read, most: usize) -> TimelinePage {
    world.store.timeline(patient, sought, after, most).unwrap()
}

fn all(world: &World, patient: PatientId) -> TimelinePage {
    page(world, patient, &Sought::default(), &Read::default(), 1000)
}

#[test]
fn checks_and_urine_tests_stand_on_the_timeline_and_open() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let check = Check {
        id: world.ids.next(world.now),
        patient,
        visit: None,
        kind: CheckKind::Pdmp,
        on: day(7),
        by: "IK".to_owned(),
        outcome: Outcome::Unexpected,
        note: "second prescriber".to_owned(),
        next: None,
        kept_at: world.now,
    };
    world.commit(Write::Follow(FollowWrite::Check { check: check.clone(), again: false }));
    let mut test = UrineTest::ordered(world.ids.next(world.now), patient, None, day(8));
    world.commit(Write::Follow(FollowWrite::Urine { test: test.clone(), change: UrineChange::Ordered }));
    let told = |world: &World| -> Vec<(String, Opens)> {
        let results = Sought { kinds: [EventKind::Result].into(), words: String::new() };
        let page = page(world, patient, &results, &Read::default(), 100);
        let told = |event: crate::clinical::timeline::Event| {
            (format!("{} {} {}", chrono::Datelike::day(&event.date), event.what, event.detail), event.opens)
        };
        page.events.into_iter().map(told).collect()
    };
    let pdmp = ("7 PDMP not as expected by IK · second prescriber".to_owned(), Opens::Check(check.id));
    assert_eq!(told(&world), [("8 urine test ordered ".to_owned(), Opens::Urine(test.id)), pdmp.clone()]);
    (test.collected, test.resulted, test.read_at) = (Some(day(9)), Some(day(12)), Some(world.now));
    test.findings.push(Finding {
        id: world.ids.next(world.now),
        drug: "diazepam".to_owned(),
        listed: false,
        found: Found::Found,
        confirmed: None,
    });
    test.action = "talked it over".to_owned();
    test.acted_at = Some(world.now);
    world.commit(Write::Follow(FollowWrite::Urine { test: test.clone(), change: UrineChange::ActedOn }));
    let read = "9 urine test unexpected: diazepam found done: talked it over".to_owned();
    assert_eq!(told(&world), [(read, Opens::Urine(test.id)), pdmp]);
}

/// One of everything.
fn lived() -> (World, PatientId) {
    let mut world = World::new();
    let patient = world.known("Okafor");
    world.clock(day(3), "08:30:00");
    let visit = world.booked(patient, day(3), "08:00:00", VisitKind::FollowUp);
    let assessment = world.assessed(&visit, 7);
    let items = vec![world.item(Modality::Medication, "gabapentin 300 mg")];
    let plan = world.plan(patient, Some(visit.id), 1, items);
    world.commit(Write::SetPlan { plan, goals: Vec::new(), answers: vec![assessment.id], booked: Vec::new() });
    let done = world.booked(patient, day(5), "13:00:00", VisitKind::Procedure);
    let (_, check_in) = world.operated(&done, day(6));
    world.clock(day(6), "10:00:00");
    world.checked_in(&check_in);
    let task = world.task(Some(patient), "ring the pharmacy", None);
    let task = Task { done_at: Some(world.now), result: "they have it".to_owned(), ..task };
    world.commit(Write::PutTask { task, change: TaskChange::Done });
    let test = Diagnostic {
        question: "stenosis?".to_owned(),
        requested: Some(day(3)),
        done: Some(day(9)),
        report: "Protrusion L4/5.".to_owned(),
        ..Diagnostic::new(world.ids.next(world.now), patient, DiagnosticKind::Mri, "lumbar spine")
    };
    world.commit(Write::PutDiagnostic { diagnostic: test, change: DiagnosticChange::Done });
    let catalogue = Catalogue::default();
    let entry = catalogue.get("phq9").unwrap();
    let replies: Replies = entry.questions().into_iter().map(|asked| (asked.id, Reply::Number(1))).collect();
    let outcome = entry.outcome(&replies, None).unwrap();
    let setting = Setting { patient, visit: Some(visit.id), date: visit.date };
    let id = world.ids.next(world.now);
    let result = InstrumentResult::of(id, setting, &entry, replies, &outcome, given(world.now));
    world.commit(Write::Scale(ScaleWrite::Result { result: Box::new(result), again: false }));
    (world, patient)
}

#[test]
fn everything_stands_there_once_newest_first() {
    use EventKind::{Call, Instrument, Plan, Procedure, Result, Visit};
    let (world, patient) = lived();
    let page = all(&world, patient);
    assert!(page.is_end);
    let told: Vec<(u32, EventKind, &str)> =
        page.events.iter().map(|event| (chrono::Datelike::day(&event.date), event.kind, event.what.as_str())).collect();
    assert_eq!(
        told,
        [
            (9, Result, "MRI lumbar spine"),
            (6, Call, "check-in by phone"),
            (6, Call, "call: ring the pharmacy"),
            (5, Procedure, "medial branch block L4/5 RIGHT"),
            (3, Plan, "plan 1"),
            (3, Instrument, "PHQ-9 9 of 27"),
            (3, Visit, "follow-up 08:00"),
        ]
    );
    assert_eq!(page.events[4].detail, "gabapentin 300 mg · Again in four weeks.");
    assert!(matches!(page.events[6].opens, Opens::Assessment(_)));
    assert!(matches!(page.events[3].opens, Opens::Procedure(_)), "its visit is not told beside it");
}

#[test]
fn pages_of_any_size_give_the_same_lines_in_the_same_order() {
    let (world, patient) = lived();
    let whole = all(&world, patient);
    for size in [1, 2, 3, 5, 8, 9] {
        let mut read = Read::default();
        let mut events = Vec::new();
        for _ in 0..20 {
            let page = page(&world, patient, &Sought::default(), &read, size);
            assert!(page.events.len() <= size);
            events.extend(page.events);
            read = page.read;
            if page.is_end {
                break;
            }
        }
        assert_eq!(events, whole.events, "by {size}");
    }
}

#[test]
fn kinds_and_words_find_what_they_name() {
    let (world, patient) = lived();
    let found = |kinds: &[EventKind], words: &str| -> Vec<String> {
        let sought = Sought { kinds: kinds.iter().copied().collect::<BTreeSet<_>>(), words: words.to_owned() };
        page(&world, patient, &sought, &Read::default(), 50).events.into_iter().map(|event| event.what).collect()
    };
    assert_eq!(found(&[EventKind::Plan], ""), ["plan 1"]);
    assert_eq!(found(&[EventKind::Call], ""), ["check-in by phone", "call: ring the pharmacy"]);
    assert_eq!(found(&[], "facet"), ["follow-up 08:00"], "what was written in the visit");
    assert_eq!(found(&[], "GABA"), ["plan 1"]);
    assert_eq!(found(&[EventKind::Visit], "gaba"), [""; 0]);
    assert_eq!(found(&[], "stairs"), ["follow-up 08:00"], "also what no line shows");
    assert_eq!(found(&[], "pharm has it"), [""; 0]);
    assert_eq!(found(&[], "pharm have it"), ["call: ring the pharmacy"]);
}

fn text(note: &Note) -> String {
    note.sections().into_iter().flat_map(|(_, lines)| lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn notes_are_read_visit_by_visit_and_found_by_words() {
    let (mut world, patient) = lived();
    let gone = world.booked(patient, day(10), "08:00:00", VisitKind::FollowUp);
    world.state(gone.id, VisitState::NoShow);
    let list = |words: &str, after, most| world.store.notes(patient, words, after, most).unwrap();
    let page = list("", None, 10);
    let days: Vec<u32> = page.lines.iter().map(|line| chrono::Datelike::day(&line.date)).collect();
    assert_eq!((days, page.is_end), (vec![5, 3], true), "of a no-show nothing is written");
    assert_eq!(page.lines[0].about, "medial branch block");
    assert_eq!(page.lines[1].about, "Facet pain, likely.");
    let first = list("", None, 1);
    assert!(!first.is_end && first.lines.len() == 1);
    let second = list("", first.after.as_ref(), 1);
    assert_eq!(second.lines[0], page.lines[1]);
    for (words, count) in [("facet", 1), ("uneventful", 1), ("gabapentin", 1), ("nowhere", 0)] {
        assert_eq!(list(words, None, 10).lines.len(), count, "{words}");
    }
    let note = world.store.note(page.lines[1].visit).unwrap();
    assert!(text(&note).contains("Worse on stairs since October."), "{}", text(&note));
    assert!(!text(&note).contains("Okafor"), "of whom it is the band says");
    let acts: Vec<&str> = note.changes.iter().map(|change| change.act.as_str()).collect();
    assert_eq!(acts, ["completed assessment", "set plan 1"]);
    assert_eq!(note.marks(), (0, 0));
}

#[test]
fn what_was_changed_and_what_was_taken_back_is_told() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let mut assessment = world.assessed(&visit, 7);
    let change = |world: &mut World, assessment: &crate::clinical::assessment::Assessment| {
        let score = world.score(ScoreItem::Now, Answer::Given(7));
        let lists = crate::clinical::asked::PatientLists::default();
        let (assessment, scores) = (assessment.clone(), vec![score]);
        world.commit(Write::CompleteAssessment { assessment, scores, lists, again: true });
    };
    assessment.impression = "Radicular after all.".to_owned();
    change(&mut world, &assessment);
    assert_eq!(world.store.note(visit.id).unwrap().marks(), (1, 0));
    assessment.impression = "No, facet.".to_owned();
    change(&mut world, &assessment);
    let undo = |world: &mut World| {
        let step = world.store.undo_step(Some(patient)).unwrap().unwrap();
        let now = world.clock_says();
        world.store.take_back(&step, now).unwrap();
    };
    undo(&mut world);
    let note = world.store.note(visit.id).unwrap();
    assert_eq!(note.marks(), (1, 1));
    assert!(text(&note).contains("Radicular after all."));
    let told: Vec<(&str, bool)> = note.changes.iter().map(|change| (change.act.as_str(), change.undone)).collect();
    assert_eq!(told, [("completed assessment", false), ("changed assessment", false), ("changed assessment", true)]);
    let step = world.store.redo_step(Some(patient)).unwrap().unwrap();
    let now = world.clock_says();
    world.store.do_again(&step, now).unwrap();
    assert_eq!(world.store.note(visit.id).unwrap().marks(), (2, 0), "done again it is taken back no more");
    for _ in 0..3 {
        undo(&mut world);
    }
    let note = world.store.note(visit.id).unwrap();
    assert!(text(&note).is_empty() && note.changes.iter().all(|change| change.undone), "all of it was taken back");
}

/// A patient with so many visits, one a week, each assessed, planned and scored.
fn seen_weekly(visits: u32) -> (World, PatientId) {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let mut writes = Vec::new();
    for n in 0..visits {
        let date: NaiveDate = day(23).checked_sub_days(Days::new(7 * u64::from(visits - n))).unwrap();
        let visit = world.visit(patient, date, "09:00:00", VisitKind::FollowUp).with_state(VisitState::Left, world.now);
        let assessment = world.assessment(&visit);
        let mut plan = world.plan(patient, Some(visit.id), n + 1, Vec::new());
        plan.unchanged = false;
        plan.items = vec![world.item(Modality::Physical, "exercises")];
        let answers = vec![assessment.id];
        let lists = crate::clinical::asked::PatientLists::default();
        writes.push(Write::BookVisit { visit, new_patient: None });
        writes.push(Write::CompleteAssessment { assessment, scores: Vec::new(), lists, again: false });
        writes.push(Write::SetPlan { plan, goals: Vec::new(), answers, booked: Vec::new() });
    }
    world.commit(Write::Many("made up a history".to_owned(), writes));
    (world, patient)
}

fn steps(world: &World, read: impl FnOnce(&World)) -> i64 {
    let all = || timeline::STATEMENTS.iter().chain(note::STATEMENTS);
    let count = || -> i64 {
        all()
            .map(|(_, sql)| {
                let statement = world.store.conn.prepare_cached(sql).unwrap();
                i64::from(statement.get_status(StatementStatus::VmStep))
            })
            .sum()
    };
    let before = count();
    read(world);
    count() - before
}

#[test]
fn a_page_costs_the_same_with_two_thousand_visits() {
    let ((short, a), (long, b)) = (seen_weekly(100), seen_weekly(2_000));
    for (at, read) in [
        (|world: &World, patient| drop(page(world, patient, &Sought::default(), &Read::default(), 40)))
            as fn(&World, PatientId),
        |world, patient| drop(world.store.notes(patient, "", None, 40).unwrap()),
        |world, patient| {
            let newest = world.store.notes(patient, "", None, 1).unwrap().lines[0].visit;
            world.store.note(newest).unwrap();
        },
    ]
    .into_iter()
    .enumerate()
    {
        let few = steps(&short, |world| read(world, a));
        let many = steps(&long, |world| read(world, b));
        assert!(few > 0 && many <= few + few / 10, "read {at}: {few} steps with 100 visits, {many} with 2,000");
    }
}
