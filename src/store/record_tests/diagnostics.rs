//! Tests and results in the record: there and back, on the board, at the close of a day, in summary and chart.

use super::world::{World, day};
use crate::action::write::{DiagnosticChange, Write};
use crate::clinical::board::ItemKey;
use crate::clinical::diagnostic::{Diagnostic, DiagnosticDraft, DiagnosticKind, Step};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::visit::VisitKind;

impl World {
    fn requested(&mut self, patient: PatientId, visit: Option<VisitId>, due: u32) -> Diagnostic {
        let draft = DiagnosticDraft {
            kind: Some(DiagnosticKind::Mri),
            what: "lumbar spine".to_owned(),
            question: "foot drop?".to_owned(),
            requested: Some(day(3)),
            due: Some(day(due)),
            ..DiagnosticDraft::default()
        };
        let id = self.ids.next(self.now);
        let test = draft.finish(None, id, patient, visit, day(24), self.now).unwrap();
        self.put(&test, DiagnosticChange::Requested);
        test
    }

    fn put(&mut self, test: &Diagnostic, change: DiagnosticChange) {
        self.commit(Write::PutDiagnostic { diagnostic: test.clone(), change });
    }

    fn test(&self, test: &Diagnostic) -> Diagnostic {
        self.store.diagnostic_model(test.id).unwrap().0
    }
}

#[test]
fn a_test_comes_back_as_written_at_every_step() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "09:00:00", VisitKind::FollowUp);
    let test = world.requested(patient, Some(visit.id), 30);
    let item = ItemKey::Diagnostic(test.id);
    assert_eq!(world.test(&test), test);
    assert_eq!(world.open(day(24)), [ItemKey::Assessment(visit.id)], "it is not due yet");

    let mut done = test.stepped(day(24), world.now).unwrap();
    done.report = "Protrusion L4/5 LEFT. 👩‍⚕️ ألم".to_owned();
    world.put(&done, DiagnosticChange::Done);
    assert_eq!(world.test(&test), done);
    assert!(world.open(day(24)).contains(&item));

    let read = done.stepped(day(24), world.now).unwrap();
    world.put(&read, DiagnosticChange::Read);
    assert!(world.open(day(24)).contains(&item), "read is not acted on");

    let acted = read.acted_on("Told; injection planned.".to_owned(), day(24), world.now);
    world.put(&acted, DiagnosticChange::ActedOn);
    assert_eq!(world.test(&test), acted);
    assert!(world.items(day(24)).contains(&(item, true)));
    let everywhere = [
        world.store.diagnostics(patient).unwrap(),
        world.store.chart(patient).unwrap().diagnostics,
        world.store.visit_summary(visit.id).unwrap().diagnostics,
    ];
    assert!(everywhere.iter().all(|tests| tests.iter().eq([&acted])), "{everywhere:?}");
    assert_eq!(world.store.find_hits("protrusion", 9).unwrap().len(), 1);
}

#[test]
fn each_step_is_taken_back_by_its_name() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let test = world.requested(patient, None, 20);
    let done = test.stepped(day(24), world.now).unwrap();
    world.put(&done, DiagnosticChange::Done);
    let step = world.store.undo_step(None).unwrap().unwrap();
    assert_eq!(step.act, "MRI lumbar spine done");
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert_eq!(world.test(&test).step(), Step::Requested);
}

#[test]
fn at_the_close_a_request_moves_its_day_and_a_result_waits_or_is_let_go() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let overdue = world.requested(patient, None, 20);
    let result = world.requested(patient, None, 30);
    world.put(&result.stepped(day(23), world.now).unwrap(), DiagnosticChange::Done);
    let (first, second) = (ItemKey::Diagnostic(overdue.id), ItemKey::Diagnostic(result.id));
    assert_eq!(world.open(day(24)), [second, first]);

    world.close(day(24), Some(day(26)));
    assert_eq!((world.open(day(25)), world.open(day(26)).len()), (Vec::new(), 2));
    assert_eq!(world.test(&overdue).due, Some(day(26)));
    assert_eq!(world.test(&result).due, Some(day(30)), "a result that is there has no day to be moved");

    let decision = world.decision(second, day(26), None);
    world.commit(Write::Decide(decision));
    let gone = world.test(&result);
    assert_eq!((gone.step(), gone.let_go.as_deref()), (Step::LetGo, Some("no longer needed")));
    assert_eq!(world.open(day(26)), [first]);

    // A result that comes for what was carried is news at once.
    world.clock(day(25), "09:00:00");
    world.put(&world.test(&overdue).stepped(day(25), world.now).unwrap(), DiagnosticChange::Done);
    assert_eq!(world.open(day(25)), [first]);
}

#[test]
fn a_result_changes_the_summary_of_its_visit_once_that_has_one() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(20), "09:00:00", VisitKind::FollowUp);
    let test = world.requested(patient, Some(visit.id), 30);
    assert_eq!(world.seen(visit.id).recorded_at, None, "asking for a test alone is no record of the visit");
    world.assessed(&visit, 5);
    let before = world.seen(visit.id).recorded_at;
    world.put(&test.stepped(day(24), world.now).unwrap(), DiagnosticChange::Done);
    assert!(world.seen(visit.id).recorded_at > before);
}

#[test]
fn the_file_refuses_a_test_that_contradicts_itself() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let test = world.requested(patient, None, 20);
    let at = Some(world.now);
    for wrong in [
        Diagnostic { what: String::new(), ..test.clone() },
        Diagnostic { requested: None, ..test.clone() },
        Diagnostic { read_at: at, ..test.clone() },
        Diagnostic { acted_at: at, ..test.clone() },
        Diagnostic { action: "told".to_owned(), ..test.clone() },
    ] {
        let write = Write::PutDiagnostic { diagnostic: wrong.clone(), change: DiagnosticChange::Changed };
        assert!(world.store.commit(write, world.clock_says()).is_err(), "{wrong:?}");
    }
    assert_eq!(world.test(&test), test);
}

#[test]
fn beside_the_form_of_a_test_stand_the_last_of_each_kind_however_many_there_were() {
    let cost = |tests: u32| {
        let mut world = World::new();
        let patient = world.known("Okafor");
        for n in 0..tests {
            let test = world.requested(patient, None, 30);
            let done = Some(day(4 + n % 20));
            let kind = if n % 2 == 0 { DiagnosticKind::Mri } else { DiagnosticKind::Lab };
            world.put(&Diagnostic { kind, done, ..test }, DiagnosticChange::Done);
        }
        let work = world.store.count_work();
        let last = world.store.last_diagnostics(patient).unwrap();
        let mut all = world.store.diagnostics(patient).unwrap();
        for kind in [DiagnosticKind::Mri, DiagnosticKind::Lab] {
            let of_kind = |tests: &[Diagnostic]| {
                let mut tests: Vec<_> = tests.iter().filter(|test| test.kind == kind).cloned().collect();
                tests.truncate(2);
                tests
            };
            assert_eq!(of_kind(&last), of_kind(&all));
        }
        assert_eq!(last.len(), 4);
        all.retain(|test| last.contains(test));
        assert_eq!(all, last, "newest first");
        let statements = work.statements();
        statements
            .into_iter()
            .filter(|(sql, _)| sql.contains("diagnostic_of_kind"))
            .map(|(_, steps)| steps)
            .sum::<u64>()
    };
    let (few, many) = (cost(6), cost(120));
    assert!(few > 0 && many <= few, "{few} steps beside 6 tests, {many} beside 120");
}

#[test]
fn a_summary_tells_the_tests_of_its_day_and_reads_no_others() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let other = world.known("Hale");
    let visit = world.booked(patient, day(24), "08:00", VisitKind::FollowUp);
    let earlier = world.booked(patient, day(3), "08:00", VisitKind::FollowUp);
    let read_today = {
        let test = world.requested(patient, None, 20);
        let done = Diagnostic { done: Some(day(20)), ..test };
        done.stepped(day(24), world.now).unwrap()
    };
    world.put(&read_today, DiagnosticChange::Read);
    let of_visit = world.requested(patient, Some(visit.id), 30);
    let done_today = world.requested(patient, None, 30).stepped(day(24), world.now).unwrap();
    world.put(&done_today, DiagnosticChange::Done);
    let asked_today =
        Diagnostic { requested: Some(day(24)), done: Some(day(25)), ..world.requested(patient, None, 30) };
    world.put(&asked_today, DiagnosticChange::Changed);
    let elsewhere = world.requested(other, None, 20);
    world.put(&elsewhere.stepped(day(24), world.now).unwrap(), DiagnosticChange::Done);
    world.requested(patient, Some(earlier.id), 30);
    let told = |world: &World| {
        let mut told: Vec<_> =
            world.store.visit_summary(visit.id).unwrap().diagnostics.iter().map(|test| test.id).collect();
        told.sort();
        told
    };
    let mut expected = vec![read_today.id, of_visit.id, done_today.id, asked_today.id];
    expected.sort();
    assert_eq!(told(&world), expected);
    let steps = |world: &mut World| {
        let work = world.store.count_work();
        assert_eq!(told(world), expected);
        let of_tests = |(sql, steps): (String, u64)| sql.contains("FROM diagnostic ").then_some(steps);
        work.statements().into_iter().filter_map(of_tests).sum::<u64>()
    };
    let before = steps(&mut world);
    for _ in 0..60 {
        world.requested(patient, Some(earlier.id), 30);
    }
    assert_eq!(steps(&mut world), before);
}
