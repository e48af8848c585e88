//! A full day, part of it done: assessments in every state, procedures, plans due, paperwork of every kind.

use chrono::NaiveDate;

use super::World;
use crate::clinical::answer::Answer;
use crate::clinical::board::VisitRecord;
use crate::clinical::board::records::{OpenVisit, PlanRecord, RedFlagRecord};
use crate::clinical::draft::{DraftKey, PLAN_FORM};
use crate::clinical::id::VisitId;
use crate::clinical::patient::{Known, PatientFile};
use crate::clinical::task::{Owner, TaskKind};
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState};

/// A visit of the full day: when, what for, where the patient is, who, why, earlier scores, today's.
type Row<'a> = (&'a str, VisitKind, VisitState, &'a PatientFile, &'a str, &'a [u8], Option<u8>);

/// Fills an empty day.
pub fn full_day(world: &mut World) {
    use VisitKind::{FollowUp, New};
    use VisitState::{Booked, Here, InRoom, Left, NoShow};
    let mut okafor = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
    world.takes(&mut okafor, "apixaban");
    world.allergic_to(&mut okafor, "penicillin");
    let lindqvist = world.patient("Lindqvist Per 1965-07-14 M A-1011");
    let tanaka = world.patient("Tanaka Yui 1993-01-30 F A-1093");
    let mut brandt = world.patient("Brandt Elke 1956-05-21 F A-0933");
    brandt.facts.antithrombotics = Known::NoneOn(world.records.date);
    let santos = world.patient("Santos Rui 1981-10-10 M A-1055");
    let mut nguyen = world.patient("Nguyen Linh 1988-05-09 F A-1042");
    world.allergic_to(&mut nguyen, "latex");
    let hale = world.patient("Hale Ruth 1960-02-11 F A-0871");
    let diallo = world.patient("Diallo Awa 1997-08-08 F");
    let kovac = world.patient("Kovac Ana 1974-04-17 F A-1100");
    let rows: [Row<'_>; 9] = [
        ("08:00", FollowUp, Left, &okafor, "back, leg left", &[4, 5, 8], Some(6)),
        ("08:20", FollowUp, Left, &lindqvist, "neck", &[7, 7, 6], Some(6)),
        ("08:40", New, Left, &tanaka, "new: migraine", &[], Some(7)),
        ("09:20", FollowUp, Left, &brandt, "opioid, 4 weeks", &[5, 5, 5], Some(4)),
        ("09:40", FollowUp, Left, &santos, "shoulder", &[5, 6, 6], Some(7)),
        ("10:00", FollowUp, InRoom, &nguyen, "migraine", &[5, 5, 6], None),
        ("10:20", FollowUp, Here, &hale, "8 weeks after RF left", &[7, 7, 7], None),
        ("10:40", New, Booked, &diallo, "new: CRPS right hand", &[], None),
        ("11:20", FollowUp, NoShow, &kovac, "review", &[6], None),
    ];
    let mut visits = Vec::new();
    for (start, kind, state, file, reason, earlier, score) in rows {
        let id = world.visit(start, kind, state, file, reason, earlier);
        if let Some(score) = score {
            world.assessed(id, score);
        }
        visits.push(id);
    }
    world.record(visits[2]).red_flag = true;
    let called = world.moment("10:06");
    world.record(visits[5]).visit.in_room_at = Some(called);
    world.record(visits[5]).scores.now = Some(Answer::Given(7));
    world.record(visits[8]).visit.aftermath = Aftermath::Open;
    plans(world, &visits);
    procedures(world, &okafor);
    paperwork(world, &visits, &tanaka, &kovac);
}

fn plans(world: &mut World, visits: &[VisitId]) {
    let date = |text: &str| text.parse::<NaiveDate>().ok();
    let keeps = vec![world.plan_item("gabapentin 300 mg three times"), world.plan_item("graded walking")];
    *world.plan(visits[0]) = PlanRecord {
        version: Some((3, false)),
        version_on: date("2026-10-27"),
        keeps,
        ..world.plan(visits[0]).clone()
    };
    world.plan(visits[1]).version = Some((2, false));
    world.plan(visits[1]).version_on = date("2026-10-03");
    let set = world.id();
    world.plan(visits[3]).answered_by = Some(set);
    world.plan(visits[3]).version = Some((9, true));
    let santos = world.plan(visits[4]).file.patient.id;
    world.records.drafts.insert(DraftKey::of(PLAN_FORM, santos));
}

fn procedures(world: &mut World, okafor: &PatientFile) {
    use VisitKind::Procedure;
    let mut marsh = world.patient("Marsh Edwin 1968-12-01 M A-0712");
    marsh.facts.antithrombotics = Known::NoneOn(world.records.date);
    marsh.facts.allergies = Known::NoneOn(world.records.date);
    let mut petrova = world.patient("Petrova Zoya 1979-06-18 F A-1021");
    petrova.facts.antithrombotics = Known::NoneOn(world.records.date);
    let johansson = world.patient("Johansson Ulf 1954-09-09 M A-0645");
    for (start, file, what) in [
        ("13:00", &marsh, "TFESI L5 LEFT"),
        ("13:30", &petrova, "MBB L3–L5 BOTH sides"),
        ("14:00", okafor, "SI joint LEFT"),
        ("14:50", &johansson, "genicular RF"),
    ] {
        world.visit(start, Procedure, VisitState::Booked, file, what, &[]);
    }
    let block = world.id();
    let mut visit = Visit::booked(block, None, world.records.date, "16:00:00".parse().unwrap(), VisitKind::Block);
    visit.minutes = 60;
    visit.title = Some("Team meeting".to_owned());
    world.records.visits.push(VisitRecord::new(visit, None));
}

fn paperwork(world: &mut World, visits: &[VisitId], tanaka: &PatientFile, kovac: &PatientFile) {
    let amari = world.patient("Amari Leila 1990-03-03 F A-1066");
    let rossi = world.patient("Rossi Marco 1949-11-30 M A-0500");
    let stolz = world.patient("Stolz Kurt 1962-01-19 M");
    world.check_in("TFESI L5 RIGHT, 23 Nov 2026", 0, &amari);
    world.check_in("genicular RF LEFT, 20 Nov 2026", 1, &rossi);
    world.task("no answer from neurosurgery for 21 days", TaskKind::Referral, Owner::Me, Some(&stolz));
    let read = world.task("MRI lumbar", TaskKind::Result, Owner::Me, Some(&rossi));
    world.task("order printer paper", TaskKind::Task, Owner::Desk, None);
    world.task("wound check", TaskKind::Call, Owner::Nurse, Some(&amari));
    if let Some((task, _)) = world.records.tasks.iter_mut().find(|(task, _)| task.id == read.id) {
        task.due = "2026-11-23".parse().ok();
    }
    let assessment = world.plan(visits[2]).assessment;
    world.records.red_flags.push(RedFlagRecord {
        assessment,
        visit: visits[2],
        date: world.records.date,
        file: tanaka.clone(),
        note: "thunderclap onset".to_owned(),
    });
    for id in [visits[0], visits[3]] {
        let record = world.record(id).clone();
        world.records.to_copy.push(OpenVisit { visit: record.visit, file: record.file.unwrap() });
    }
    let missed = world.record(visits[8]).visit.clone();
    world.records.to_follow.push(OpenVisit { visit: missed, file: kovac.clone() });
    let ibsen = world.patient("Ibsen Nora 1971-02-02 F");
    let date = "2026-11-25".parse().unwrap();
    for (start, kind, file, reason) in
        [("09:00", VisitKind::Procedure, &ibsen, "ESI L4/5"), ("10:00", VisitKind::FollowUp, &amari, "day after ESI")]
    {
        let id = world.id();
        let start = format!("{start}:00").parse().unwrap();
        let mut visit = Visit::booked(id, Some(file.patient.id), date, start, kind);
        visit.reason = Some(reason.to_owned());
        world.records.tomorrow.push(VisitRecord::new(visit, Some(file.clone())));
    }
}
