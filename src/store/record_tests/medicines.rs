//! Medicines in the record: the list, its review, classes remembered, what opioids are given for, refills; each there and
//! back, and taken back as one act.

use super::world::{World, day};
use crate::action::MedicineWrite;
use crate::action::medicine::{KeptReason, SaidClass};
use crate::action::write::VisitChange;
use crate::action::write::Write;
use crate::clinical::board::{FollowKey, ItemKey};
use crate::clinical::calc::mme::OpioidContext;
use crate::clinical::id::{MedicationId, PatientId};
use crate::clinical::opioid_context::Risk;
use crate::clinical::patient::{Facts, Known, Medication, YesNo};
use crate::clinical::practice::Region;
use crate::clinical::supply::{Refill, RefillAnswer, Supply};
use crate::clinical::task::{Owner, Task, TaskKind};
use crate::clinical::visit::{VisitKind, VisitState};

impl World {
    fn known_patient(&mut self, family: &str, given: &str) -> PatientId {
        let patient = self.patient(family, given);
        let id = patient.id;
        self.commit(Write::PutPatient { patient, facts: None, is_new: true });
        id
    }

    fn put_medicine(&mut self, patient: PatientId, line: &str, id: Option<MedicationId>) -> MedicationId {
        let id = id.unwrap_or_else(|| self.ids.next(self.now));
        let medicine = Medication::new(id, line, Some(day(1)));
        let put = MedicineWrite::Put { patient, medicine, before: None, class: None, on: day(24) };
        self.commit(Write::Medicine(put));
        id
    }

    fn facts(&self, patient: PatientId) -> Facts {
        self.store.patient_file(patient).unwrap().unwrap().facts
    }

    fn lines(&self, patient: PatientId) -> Vec<String> {
        self.facts(patient).medications.items().iter().map(|one| one.line.clone()).collect()
    }

    fn take_back(&mut self, patient: PatientId) {
        let step = self.store.undo_step(Some(patient)).unwrap().unwrap();
        self.store.take_back(&step, crate::clinical::time::Now { instant: self.now, zone: chrono_tz::UTC }).unwrap();
    }
}

#[test]
fn a_list_is_unknown_then_listed_reviewed_and_none_again_each_taken_back() {
    let mut world = World::new();
    let patient = world.known_patient("Okafor", "Adaeze");
    assert_eq!(world.facts(patient).medications, Known::Unknown);
    let id = world.put_medicine(patient, "gabapentin 300 1-1-1", None);
    assert!(matches!(world.facts(patient).medications, Known::Listed(_, None)), "nobody reviewed it");
    world.commit(Write::Medicine(MedicineWrite::Review { patient, on: day(24) }));
    assert!(matches!(world.facts(patient).medications, Known::Listed(_, Some(on)) if on == day(24)));
    world.put_medicine(patient, "gabapentin 600 1-1-1", Some(id));
    assert_eq!(world.lines(patient), ["gabapentin 600 1-1-1"]);
    let stop = MedicineWrite::Stop {
        patient,
        medicine: id,
        line: "gabapentin 600 1-1-1".to_owned(),
        on: day(24),
        reason: "tired".to_owned(),
    };
    world.commit(Write::Medicine(stop));
    assert_eq!(world.facts(patient).medications, Known::NoneOn(day(24)));
    let stopped = world.store.stopped_medicines(patient).unwrap();
    assert_eq!((stopped.len(), stopped[0].reason.as_str()), (1, "tired"));
    for lines in [&["gabapentin 600 1-1-1"][..], &["gabapentin 300 1-1-1"], &["gabapentin 300 1-1-1"], &[]] {
        world.take_back(patient);
        assert_eq!(world.lines(patient), lines);
    }
    assert_eq!(world.facts(patient).medications, Known::Unknown);
}

#[test]
fn a_class_that_was_said_once_is_remembered_for_everybody() {
    let mut world = World::new();
    let (one, two) = (world.known_patient("Okafor", "Adaeze"), world.known_patient("Hale", "Ruth"));
    world.put_medicine(two, "BENZOLINIUM 2 mg at night", None);
    assert_eq!(world.facts(two).medications.items()[0].class, None);
    let class =
        SaidClass { id: world.ids.next(world.now), name: "benzolinium".to_owned(), class: "benzodiazepine".to_owned() };
    let reason = KeptReason {
        id: world.ids.next(world.now),
        caution: "with_opioid/benzodiazepine".to_owned(),
        reason: "taper is agreed".to_owned(),
    };
    let medicine = Medication::new(world.ids.next(world.now), "benzolinium 1 mg bid", None);
    let put = MedicineWrite::Put { patient: one, medicine, before: None, class: Some(class), on: day(24) };
    let kept = Write::Medicine(MedicineWrite::Reason { patient: one, kept: reason, on: day(24) });
    world.commit(Write::Medicine(put).with(vec![kept]));
    for patient in [one, two] {
        assert_eq!(world.facts(patient).medications.items()[0].class.as_deref(), Some("benzodiazepine"));
    }
    let kept = world.facts(one).opioid.reasons;
    assert_eq!(kept, [("with_opioid/benzodiazepine".to_owned(), "taper is agreed".to_owned(), day(24))]);
    world.take_back(one);
    assert_eq!(world.facts(two).medications.items()[0].class, None, "with the act goes what it taught");
    assert!(world.facts(one).opioid.reasons.is_empty());
}

#[test]
fn what_opioids_are_given_for_and_the_risks_come_back() {
    let mut world = World::new();
    let patient = world.known_patient("Okafor", "Adaeze");
    for context in [OpioidContext::Cancer, OpioidContext::Palliative] {
        let write = MedicineWrite::Context {
            patient,
            context: Some((world.ids.next(world.now), context)),
            risks: vec![
                (world.ids.next(world.now), Risk::Breathing, YesNo::Yes),
                (world.ids.next(world.now), Risk::Household, YesNo::No),
            ],
            on: day(24),
        };
        world.commit(Write::Medicine(write));
        let opioid = world.facts(patient).opioid;
        assert_eq!(opioid.context, Some((context, day(24))));
        assert_eq!(opioid.present(), ["sleep_disordered_breathing"]);
        assert_eq!(opioid.region, Some(Region::De));
    }
    world.take_back(patient);
    assert_eq!(world.facts(patient).opioid.context(), OpioidContext::Cancer);
}

#[test]
fn a_refill_that_is_answered_is_done_and_the_supply_reaches_further() {
    let mut world = World::new();
    let patient = world.known_patient("Okafor", "Adaeze");
    let id = world.put_medicine(patient, "oxycodone er 20 mg bid", None);
    let task = Task {
        id: world.ids.next(world.now),
        patient: Some(patient),
        visit: None,
        kind: TaskKind::Refill,
        what: "oxycodone".to_owned(),
        due: Some(day(24)),
        owner: Owner::Me,
        caught_at: world.now,
        done_at: Some(world.now),
        result: "as is".to_owned(),
        let_go: None,
    };
    let supply = Supply { written: day(24), days: 28, quantity: Some(56), prescriber: None, earliest: None };
    let medicine =
        Medication { supply: Some(supply.clone()), ..Medication::new(id, "oxycodone er 20 mg bid", Some(day(1))) };
    let refill = Refill {
        id: world.ids.next(world.now),
        task: task.id,
        patient,
        medicine: medicine.line.clone(),
        answer: RefillAnswer::AsIs,
        days: Some(28),
        reason: String::new(),
        on: day(24),
    };
    world.commit(Write::Medicine(MedicineWrite::Refill { task, refill: refill.clone(), medicine: Some(medicine) }));
    assert_eq!(world.facts(patient).medications.items()[0].supply, Some(supply));
    assert_eq!(world.store.refills(patient).unwrap(), [refill]);
    world.take_back(patient);
    assert_eq!(world.facts(patient).medications.items()[0].supply, None);
    assert!(world.store.refills(patient).unwrap().is_empty());
}

#[test]
fn how_many_were_prescribed_is_what_the_prescription_says_and_only_without_one_what_the_line_says() {
    let mut world = World::new();
    let patient = world.known_patient("Okafor", "Adaeze");
    let supply = |quantity| Supply { written: day(24), days: 30, quantity, prescriber: None, earliest: None };
    for (supply, stored) in [(Some(supply(None)), None), (Some(supply(Some(56))), Some(56)), (None, Some(60))] {
        let id = world.ids.next(world.now);
        let medicine = Medication { supply, ..Medication::new(id, "oxycodone er 20 mg bid #60", Some(day(1))) };
        world.commit(Write::Medicine(MedicineWrite::Put {
            patient,
            medicine: medicine.clone(),
            before: None,
            class: None,
            on: day(24),
        }));
        let kept = world.facts(patient).medications.items().iter().find(|one| one.id == id).cloned();
        assert_eq!(kept, Some(medicine), "nothing of it comes back that was blanked");
        let column: Option<i64> = world
            .store
            .conn
            .query_row("SELECT quantity FROM medication WHERE id = ?1", [id.to_string()], |row| row.get(0))
            .unwrap();
        assert_eq!(column, stored);
    }
}

#[test]
fn the_last_day_of_a_course_is_kept_and_the_file_refuses_one_before_its_first() {
    let mut world = World::new();
    let patient = world.known_patient("Okafor", "Adaeze");
    let id = world.ids.next(world.now);
    let course =
        |last| Medication { last_day: Some(day(last)), ..Medication::new(id, "naproxen 500 mg bid", Some(day(3))) };
    let put = |last| {
        Write::Medicine(MedicineWrite::Put { patient, medicine: course(last), before: None, class: None, on: day(3) })
    };
    assert!(world.store.commit(put(2), world.clock_says()).is_err());
    world.commit(put(17));
    assert_eq!(world.facts(patient).medications.items(), [course(17)]);
}

#[test]
fn a_supply_is_told_from_a_week_before_its_end_until_a_visit_lies_before_it() {
    let mut world = World::new();
    let patient = world.known_patient("Okafor", "Adaeze");
    let id = world.ids.next(world.now);
    let supply = Supply { written: day(3), days: 21, quantity: None, prescriber: None, earliest: None };
    let medicine = Medication { supply: Some(supply), ..Medication::new(id, "oxycodone er 20 mg bid", Some(day(1))) };
    let put = MedicineWrite::Put { patient, medicine, before: None, class: None, on: day(3) };
    world.commit(Write::Medicine(put));
    let key = ItemKey::Follow(FollowKey::Supply(patient, id));
    let told = |world: &World, n: u32| world.board(day(n)).items().any(|item| item.key == key);
    for (n, expected) in [(16, false), (17, true), (24, true), (30, true)] {
        assert_eq!(told(&world, n), expected, "on the {n}th, the supply ends on the 24th");
    }
    // A visit before the end takes it away; once the patient has left, it is none that lies ahead.
    let visit = world.booked(patient, day(20), "09:00:00", VisitKind::FollowUp);
    assert!(!told(&world, 18), "a visit lies before the end");
    let left = visit.with_state(VisitState::Left, world.now);
    world.commit(Write::ChangeVisit { visit: left, change: VisitChange::Advanced });
    assert!(told(&world, 20), "the visit of the day is over and nothing else is booked");
}
