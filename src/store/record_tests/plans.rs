//! The work each read does: no statement walks a table of facts, and a day costs the same in a large record.

use rusqlite::StatementStatus;

use super::world::{World, day};
use crate::action::write::Write;
use crate::clinical::visit::{VisitKind, VisitState};
use crate::store::work::walks;
use crate::store::{
    asked, assessment, body, check_in, close, commit, diagnostic, drafts, education, elsewhere, find, import,
    instrument, medicine, monitoring, note, page, patient, plan, practice, problem, referral, reflection, response,
    score, session, taper, task, timeline, trend, visit, vital,
};
use crate::store::{step, treatments};

fn statements() -> Vec<(&'static str, &'static str)> {
    [
        drafts::STATEMENTS,
        asked::STATEMENTS,
        assessment::STATEMENTS,
        body::STATEMENTS,
        check_in::STATEMENTS,
        close::STATEMENTS,
        commit::STATEMENTS,
        diagnostic::STATEMENTS,
        elsewhere::STATEMENTS,
        find::STATEMENTS,
        import::STATEMENTS,
        instrument::STATEMENTS,
        medicine::STATEMENTS,
        monitoring::STATEMENTS,
        education::STATEMENTS,
        referral::STATEMENTS,
        taper::STATEMENTS,
        page::STATEMENTS,
        patient::STATEMENTS,
        plan::STATEMENTS,
        practice::STATEMENTS,
        problem::STATEMENTS,
        response::STATEMENTS,
        reflection::STATEMENTS,
        score::STATEMENTS,
        session::STATEMENTS,
        step::STATEMENTS,
        treatments::STATEMENTS,
        task::STATEMENTS,
        note::STATEMENTS,
        timeline::STATEMENTS,
        trend::STATEMENTS,
        visit::STATEMENTS,
        vital::STATEMENTS,
    ]
    .concat()
}

/// What may be walked: one row, one list held in memory, the open forms, sealed texts that no index can hold, what a
/// statement found itself step by step.
const WALKED: [&str; 6] = [
    "patient::NAMES",
    "practice::THE",
    "practice::KEY",
    "drafts::KEYS",
    "reflection::NEWEST_FIRST",
    "instrument::EVER",
];

#[test]
fn no_statement_walks_a_table_of_facts() {
    let world = World::new();
    for (name, sql) in statements() {
        let walks = walks(&world.store.conn, sql);
        let allowed = WALKED.iter().any(|walked| name.ends_with(walked));
        assert_eq!(!walks.is_empty(), allowed, "{name}: {walks:#?}");
    }
}

/// Steps of the database's own machine that something took, over all statements.
fn steps(world: &World, act: impl Fn(&World)) -> i64 {
    let count = || {
        statements().into_iter().map(|(_, sql)| {
            let statement = world.store.conn.prepare_cached(sql).unwrap();
            i64::from(statement.get_status(StatementStatus::VmStep))
        })
    };
    let before: i64 = count().sum();
    act(world);
    count().sum::<i64>() - before
}

/// Past visits with their records, all of them done and closed, and one day of today with six.
fn record_of(visits: u32) -> World {
    let mut world = World::new();
    let mut writes = Vec::new();
    let mut patients = Vec::new();
    for n in 0..visits.max(60) / 10 {
        let patient = world.patient(&format!("Invented{n}"), "Person");
        patients.push(patient.id);
        writes.push(Write::PutPatient { patient, facts: None, is_new: true });
    }
    for n in 0..visits {
        let patient = patients[n as usize % patients.len()];
        let date = day(1).checked_sub_days(chrono::Days::new(u64::from(n / 20))).unwrap();
        let mut visit =
            world.visit(patient, date, "09:00:00", VisitKind::FollowUp).with_state(VisitState::Left, world.now);
        visit.copy_not_needed = true;
        let mut assessment = world.assessment(&visit);
        assessment.plan_let_go = Some("made up".to_owned());
        writes.push(Write::BookVisit { visit, new_patient: None });
        if n % 5 == 0 {
            writes.push(Write::CompleteAssessment {
                assessment,
                scores: Vec::new(),
                lists: crate::clinical::asked::PatientLists::default(),
                again: false,
            });
        }
    }
    for &patient in &patients[..6] {
        let visit = world.visit(patient, day(24), "09:00:00", VisitKind::FollowUp);
        writes.push(Write::BookVisit { visit, new_patient: None });
    }
    world.commit(Write::Many("made up a practice".to_owned(), writes));
    world
}

#[test]
fn a_day_costs_the_same_in_a_large_record() {
    let board = |world: &World| drop(world.store.board_records(day(24), world.clock_says(), true).unwrap());
    let (small, large) = (steps(&record_of(200), board), steps(&record_of(20_000), board));
    assert!(small > 0 && large <= small + small / 10, "{small} steps with 200 visits, {large} with 20,000");
}
