//! The chart of somebody who has been seen for twenty years: what it reads is counted, and does not grow.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::world::{World, day, given};
use crate::action::follow::{FollowWrite, ReferralChange, UrineChange};
use crate::action::write::{DiagnosticChange, Write};
use crate::action::{MedicineWrite, ScaleWrite};
use crate::clinical::diagnostic::{DiagnosticDraft, DiagnosticKind};
use crate::clinical::education::HandoutGiven;
use crate::clinical::id::PatientId;
use crate::clinical::instrument::{Catalogue, InstrumentResult, Replies, Reply, Setting};
use crate::clinical::monitoring::urine::{Finding, Found, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::patient::Medication;
use crate::clinical::plan::Modality;
use crate::clinical::referral::ReferralDraft;
use crate::clinical::visit::{Visit, VisitKind};

/// A patient with so many visits, each with everything that a visit can leave behind and nothing of it open.
fn seen(visits: u32) -> (World, PatientId) {
    let mut world = World::new();
    let patient = world.known("Okafor");
    for n in 0..visits {
        let date = day(1).checked_sub_days(chrono::Days::new(u64::from(visits - n))).unwrap();
        let visit = world.booked(patient, date, "09:00:00", VisitKind::FollowUp);
        let assessment = world.assessed(&visit, 5);
        let item = world.item(Modality::SelfCare, "walk");
        let plan = world.plan(patient, Some(visit.id), n + 1, vec![item]);
        let (_, check_in) = world.operated(&visit, date);
        world.checked_in(&check_in);
        let mut task = world.task(Some(patient), "call the pharmacy", Some(date));
        (task.done_at, task.result) = (Some(world.now), "done".to_owned());
        let writes = vec![
            Write::SetPlan { plan, goals: Vec::new(), answers: vec![assessment.id], booked: Vec::new() },
            Write::PutTask { task, change: crate::action::write::TaskChange::Caught },
            tested(&mut world, patient, date),
            questioned(&mut world, &visit),
            checked(&mut world, patient, date),
            sampled(&mut world, patient, date),
            referred(&mut world, &visit),
            handed_out(&mut world, &visit),
        ]
        .into_iter()
        .chain(medicated(&mut world, patient, date))
        .collect();
        world.commit(Write::Many("a visit".to_owned(), writes));
    }
    (world, patient)
}

/// A test that was acted on.
fn tested(world: &mut World, patient: PatientId, on: NaiveDate) -> Write {
    let draft = DiagnosticDraft {
        kind: Some(DiagnosticKind::Lab),
        what: "creatinine".to_owned(),
        requested: Some(on),
        done: Some(on),
        report: "as before".to_owned(),
        ..DiagnosticDraft::default()
    };
    let id = world.ids.next(world.now);
    let test = draft.finish(None, id, patient, None, on, world.now).unwrap();
    let diagnostic = test.acted_on("told".to_owned(), on, world.now);
    Write::PutDiagnostic { diagnostic, change: DiagnosticChange::ActedOn }
}

/// One of two questionnaires.
fn questioned(world: &mut World, visit: &Visit) -> Write {
    let catalogue = Catalogue::default();
    let entry = catalogue.get(if visit.date.to_string().ends_with('1') { "gad2" } else { "phq2" }).unwrap();
    let replies: Replies = entry.questions().into_iter().map(|question| (question.id, Reply::Number(0))).collect();
    let outcome = entry.outcome(&replies, None).unwrap();
    let setting = Setting { patient: visit.patient.unwrap(), visit: Some(visit.id), date: visit.date };
    let result = InstrumentResult::of(world.ids.next(world.now), setting, &entry, replies, &outcome, given(world.now));
    Write::Scale(ScaleWrite::Result { result: Box::new(result), again: false })
}

fn checked(world: &mut World, patient: PatientId, on: NaiveDate) -> Write {
    let check = Check {
        id: world.ids.next(world.now),
        patient,
        visit: None,
        kind: CheckKind::Pdmp,
        on,
        by: "IK".to_owned(),
        outcome: Outcome::Expected,
        note: String::new(),
        next: None,
        kept_at: world.now.plus_millis(1000),
    };
    Write::Follow(FollowWrite::Check { check, again: false })
}

fn sampled(world: &mut World, patient: PatientId, on: NaiveDate) -> Write {
    let mut test = UrineTest::ordered(world.ids.next(world.now), patient, None, on);
    (test.collected, test.resulted) = (Some(on), Some(on));
    test.read_at = Some(world.now);
    test.findings = vec![Finding {
        id: world.ids.next(world.now),
        drug: "tapentadol".to_owned(),
        listed: true,
        found: Found::Found,
        confirmed: None,
    }];
    Write::Follow(FollowWrite::Urine { test, change: UrineChange::Read })
}

/// A letter that was answered and acted on.
fn referred(world: &mut World, visit: &Visit) -> Write {
    let draft = ReferralDraft { to: "orthopaedics".to_owned(), written: Some(visit.date), ..ReferralDraft::default() };
    let who = (world.ids.next(world.now), visit.patient.unwrap(), Some(visit.id));
    let referral = draft.finish(None, who, None, (visit.date, world.now)).unwrap();
    let referral = referral.acted_on("told".to_owned(), world.now);
    Write::Follow(FollowWrite::Referral { referral, change: ReferralChange::ActedOn })
}

fn handed_out(world: &mut World, visit: &Visit) -> Write {
    Write::Follow(FollowWrite::Handout(HandoutGiven {
        id: world.ids.next(world.now),
        patient: visit.patient.unwrap(),
        visit: Some(visit.id),
        topic: "pacing".to_owned(),
        on: visit.date,
        by: "IK".to_owned(),
        teach_back: Some(true),
        kept_at: world.now,
    }))
}

/// A medicine that was begun, raised and stopped.
fn medicated(world: &mut World, patient: PatientId, on: NaiveDate) -> [Write; 3] {
    let (first, raised) = ("gabapentin 300 mg tid", "gabapentin 600 mg tid");
    let medicine = Medication::new(world.ids.next(world.now), first, Some(on));
    let id = medicine.id;
    let put = |medicine, before| MedicineWrite::Put { patient, medicine, before, class: None, on };
    let begun = put(medicine, None);
    let more = put(Medication::new(id, raised, Some(on)), Some(first.to_owned()));
    let reason = "dizzy".to_owned();
    let stop = MedicineWrite::Stop { patient, medicine: id, line: raised.to_owned(), on, reason };
    [Write::Medicine(begun), Write::Medicine(more), Write::Medicine(stop)]
}

fn cost(visits: u32) -> BTreeMap<String, u64> {
    let (mut world, patient) = seen(visits);
    let work = world.store.count_work();
    let chart = world.store.chart(patient).unwrap();
    let beside = &chart.treatments;
    for read in [beside.stopped.len(), beside.doses.len(), beside.referrals.len(), beside.handouts.len()] {
        assert_eq!(
            read,
            usize::try_from(visits.min(24)).unwrap(),
            "one of each visit, and no more than there is room for"
        );
    }
    assert_eq!(chart.has_more_visits, visits > 50);
    work.statements()
}

/// A few thousand steps of the database's machine are a millisecond: what fifty lines cost rather than two.
const NOT_FELT: u64 = 20_000;

#[test]
fn the_chart_after_many_visits_opens_as_the_chart_after_two() {
    let (two, some, many) = (cost(2), cost(60), cost(180));
    assert!(two.len() > 20, "{}", two.len());
    // Once the cover shows what it has room for, it reads no more: not one statement takes a step for a visit longer ago.
    for (sql, steps) in &many {
        let before = some.get(sql).copied().unwrap_or(0);
        assert!(*steps <= before, "{before} steps with 60 visits, {steps} with 180: {sql}");
    }
    let all = |cost: &BTreeMap<String, u64>| cost.values().sum::<u64>();
    let most = many.iter().max_by_key(|(_, steps)| **steps).unwrap();
    assert!(
        all(&many) < all(&two) + NOT_FELT,
        "{} steps with two, {} with 180, most of it {most:?}",
        all(&two),
        all(&many)
    );
}
