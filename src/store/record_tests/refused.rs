//! What the file refuses to hold, and what is said of a value it should not hold.

use super::world::{World, day, mapped};
use crate::action::Write;
use crate::clinical::answer::Answer;
use crate::clinical::assessment::Assessment;
use crate::clinical::score::ScoreItem;
use crate::clinical::visit::VisitKind;
use crate::store::StoreError;

#[test]
fn the_file_refuses_what_the_program_should_never_write() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "13:00:00", VisitKind::Procedure);
    let assessment = Assessment { body: mapped(), ..world.assessment(&visit) };
    world.commit(Write::CompleteAssessment {
        assessment,
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(5));
    world.operated(&visit, day(25));
    world.caught("call");
    world.close(day(24), None);
    let before = world.store.facts();
    for sql in [
        "UPDATE patient SET family = '', given = ''",
        "UPDATE patient SET birth_date = '1971-02-30'",
        "UPDATE patient SET sex = 'f'",
        "UPDATE patient SET pregnancy = 'yes'",
        "UPDATE patient SET number = ''",
        "UPDATE visit SET start = '24:00'",
        "UPDATE visit SET start = '9:00'",
        "UPDATE visit SET start = NULL",
        "UPDATE visit SET patient_id = NULL",
        "UPDATE visit SET patient_id = 'nobody'",
        "UPDATE visit SET minutes = -1",
        "UPDATE visit SET state = 'gone'",
        "UPDATE visit SET date = '24.11.2026'",
        "UPDATE score SET value = 11",
        "UPDATE score SET value = NULL",
        "UPDATE score SET answer = 'declined'",
        "UPDATE score SET item = 'nrs'",
        "UPDATE assessment SET red_flags = 'maybe'",
        "UPDATE pain_region SET region = 'bum'",
        "UPDATE pain_region SET region = 'cal'",
        "UPDATE pain_region SET radiates_to = 'leg'",
        "UPDATE pain_region SET radiates_to = region",
        "UPDATE pain_region SET intensity = 11",
        "UPDATE pain_region SET intensity = 0",
        "UPDATE pain_region SET quality = 'aching dull'",
        "UPDATE pain_region SET quality = 'achingburning'",
        "UPDATE pain_region SET carried = 2",
        "UPDATE symptom_severity SET fatigue_value = 4",
        "UPDATE symptom_severity SET fatigue_answer = 'declined'",
        "UPDATE symptom_severity SET headache = 2",
        "UPDATE symptom_severity SET months = -1",
        "UPDATE assessment SET answered_by = 'no plan'",
        "UPDATE session SET before_value = NULL",
        "UPDATE session SET after_value = 3",
        "UPDATE procedure SET name = ''",
        "UPDATE procedure_target SET side = 'l'",
        "UPDATE check_in SET done_at = 5",
        "UPDATE check_in SET relief_percent = 50",
        "UPDATE check_in SET attempts = 256",
        "UPDATE task SET what = ''",
        "UPDATE task SET owner = ''",
        "UPDATE decision SET kind = 'carried'",
        "UPDATE day SET done = -1",
        "UPDATE practice SET reflection_key = 'short'",
        "INSERT INTO plan (id, patient_id, version, set_at, unchanged, note) SELECT 'p', id, 1, 1, 1, '' FROM patient",
        "INSERT INTO plan (id, patient_id, version, set_at, unchanged, note) SELECT 'p', id, 0, 1, 0, '' FROM patient",
        "INSERT INTO reflection (id, date, sealed) VALUES ('r', '2026-11-24', 'plain words')",
        "DELETE FROM visit",
        "DELETE FROM patient",
    ] {
        let refused = world.store.act("wrong", &[sql]);
        assert!(matches!(refused, Err(StoreError::Constraint { .. })), "{sql}: {refused:?}");
    }
    assert_eq!(world.store.facts(), before);
}

#[test]
fn a_value_the_file_should_not_hold_is_named_by_table_row_and_column() {
    type Read = fn(&World) -> Option<StoreError>;
    let board: Read = |world| world.store.board_records(day(24), world.clock_says(), true).err();
    let cases: [(&str, &str, &str, Read); 9] = [
        ("UPDATE patient SET sex = 'f'", "patient", "sex", board),
        ("UPDATE patient SET kidney = 'normal'", "patient", "kidney_on", board),
        ("UPDATE visit SET kind = 'party'", "visit", "kind", board),
        ("UPDATE visit SET start = 'noon'", "visit", "start", board),
        ("UPDATE visit SET patient_confirmed = 2", "visit", "patient_confirmed", board),
        ("UPDATE visit SET minutes = -5", "visit", "minutes", board),
        ("UPDATE score SET value = NULL", "score", "value", board),
        ("UPDATE task SET kind = 'wish'", "task", "kind", board),
        ("UPDATE practice SET zone = 'Nowhere/Land'", "practice", "zone", |world| world.store.practice().err()),
    ];
    for (sql, table, column, read) in cases {
        let mut world = World::new();
        let patient = world.known("Okafor");
        let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
        world.assessed(&visit, 5);
        world.caught("call");
        world.store.conn.execute_batch("PRAGMA ignore_check_constraints = ON").unwrap();
        world.store.act("wrong", &[sql]).unwrap();
        let id = world.store.text(&format!("SELECT id FROM {table}"));
        match read(&world) {
            Some(StoreError::WrongValue { table: of, row, column: at }) => {
                assert_eq!((of, row, at.as_str()), (table, id, column), "{sql}");
            }
            other => panic!("{sql}: {other:?}"),
        }
    }
}

#[test]
fn what_is_not_there_any_more_is_said_so() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.visit(patient, day(24), "08:00:00", VisitKind::FollowUp);
    assert!(matches!(world.store.assessment_model(visit.id), Err(StoreError::Gone { table: "visit" })));
    let mut block = world.visit(patient, day(24), "12:00:00", VisitKind::Block);
    block.patient = None;
    let write = crate::action::write::Write::BookVisit { visit: block.clone(), new_patient: None };
    world.commit(write);
    assert!(matches!(world.store.visit_summary(block.id), Err(StoreError::Gone { table: "patient" })));
    let assessment = world.assessment(&visit);
    let action =
        crate::action::write::Write::ActOnRedFlag { assessment: assessment.id, patient, action: "called".to_owned() };
    let refused = world.store.commit(action, world.clock_says());
    assert!(matches!(refused, Err(StoreError::Gone { table: "assessment" })), "{refused:?}");
}

#[test]
fn a_record_number_belongs_to_one_patient_and_a_planned_visit_to_its_own() {
    let mut world = World::new();
    let [mut first, mut second] = ["Okafor", "Hale"].map(|family| world.patient(family, "Ruth"));
    (first.number, second.number) = (Some("70002".to_owned()), Some("70002".to_owned()));
    let write = |patient: &crate::clinical::patient::Patient| crate::action::write::Write::PutPatient {
        patient: patient.clone(),
        facts: None,
        is_new: true,
    };
    world.commit(write(&first));
    let said = world.store.commit(write(&second), world.clock_says()).unwrap_err().to_string();
    assert!(said.contains("another patient has this record number"), "{said}");
    second.number = Some(String::new());
    world.commit(write(&second));

    let visit = world.booked(first.id, day(24), "08:00:00", VisitKind::FollowUp);
    let assessment = world.assessed(&visit, 5);
    world.planned(&assessment, day(26));
    let given = crate::clinical::visit::Visit { patient: Some(second.id), ..world.seen(visit.id) };
    let change = crate::action::write::VisitChange::PatientConfirmed;
    let write = crate::action::write::Write::ChangeVisit { visit: given, change };
    let said = world.store.commit(write, world.clock_says()).unwrap_err().to_string();
    assert!(said.contains("a plan was set for it"), "{said}");
    assert_eq!(world.seen(visit.id).patient, Some(first.id));
}
