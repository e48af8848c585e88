//! Finding: every free text of the record, with its patient, its day and its field.

use super::world::{World, day};
use crate::action::write::{VisitChange, Write};
use crate::clinical::assessment::RedFlags;
use crate::clinical::hit::Opens;
use crate::clinical::patient::{Allergy, Facts, Goal, Known, Medication};
use crate::clinical::visit::VisitKind;
use crate::store::find::SEARCHED;

#[test]
fn every_free_text_is_found_with_its_field_patient_and_day() {
    let mut world = World::new();
    let mut patient = world.patient("Zephyrine", "Quillon");
    patient.note = Some("uses a magpiestick".to_owned());
    let now = world.now;
    let allergy = Allergy { id: world.ids.next(now), substance: "lanolinum".to_owned(), reaction: None };
    let goal = Goal { id: world.ids.next(now), text: "reach the larchwood".to_owned(), since: day(3) };
    let line = Medication::new(world.ids.next(now), "gabapentin 300 mg 1-1-1", None);
    let facts = Facts {
        allergies: Known::Listed(vec![allergy], Some(day(1))),
        medications: Known::Listed(vec![line], Some(day(1))),
        goals: vec![goal],
        ..Facts::default()
    };
    world.commit(Write::PutPatient { patient: patient.clone(), facts: Some(facts), is_new: true });
    let mut visit = world.visit(patient.id, day(24), "08:00:00", VisitKind::FollowUp);
    visit.reason = Some("thumbjoint ache".to_owned());
    world.commit(Write::BookVisit { visit: visit.clone(), new_patient: None });
    let mut assessment = world.assessment(&visit);
    assessment.history = "Fell off a tricycle in Ålesund.".to_owned();
    assessment.red_flags = Some(RedFlags::Present);
    assessment.red_flag_note = "nightfever".to_owned();
    world.commit(Write::CompleteAssessment {
        assessment: assessment.clone(),
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    let (_, procedure) = world.planned(&assessment, day(26));
    let (_, check_in) = world.operated(&procedure, day(27));
    world.checked_in(&check_in);
    let caught = world.caught("order glovebags");

    let (who, assessed) = (patient.id, Opens::Assessment(visit.id));
    for (words, field, date, visit, opens) in [
        ("zephyr", "name", None, None, Opens::Name(who)),
        ("magpiestick", "note on the patient", None, None, Opens::Chart(who)),
        ("lanolinum", "allergy", None, None, Opens::Chart(who)),
        ("gabapentin", "medicine", None, None, Opens::Medicines(who)),
        ("larchwood", "goal", Some(day(3)), None, Opens::Chart(who)),
        ("thumbjoint", "reason", Some(day(24)), Some(visit.id), Opens::Visit(visit.id)),
        ("ALESUND tricycle", "history", Some(day(24)), Some(visit.id), assessed),
        ("nightfever", "red flag", Some(day(24)), Some(visit.id), assessed),
        ("medial l4", "plan item", Some(day(24)), Some(visit.id), Opens::Plan(who)),
        ("uneventful", "procedure text", Some(day(26)), Some(procedure.id), Opens::Procedure(procedure.id)),
        ("walks again", "check-in", Some(day(26)), Some(procedure.id), Opens::CheckIn(check_in.id)),
    ] {
        let hits = world.store.find_hits(words, 9).unwrap();
        assert_eq!(hits.len(), 1, "{words}: {hits:?}");
        let hit = &hits[0];
        assert_eq!((hit.field, hit.date, hit.visit), (field, date, visit), "{words}");
        assert_eq!(hit.patient, Some((patient.id, "ZEPHYRINE Quillon".to_owned())), "{words}");
        assert_eq!(hit.opens, Some(opens), "{words}");
    }
    let task = world.store.find_hits("glovebags", 9).unwrap();
    assert_eq!((task[0].field, task[0].patient.clone(), task[0].date), ("task", None, Some(day(24))));
    assert_eq!(task[0].opens, Some(Opens::Task(caught.id)));
    assert!(world.store.find_hits("tricycle glovebags", 9).unwrap().is_empty());

    // A visit that was moved says its new day.
    world.change(visit.id, VisitChange::Moved, |visit| visit.date = day(30));
    assert_eq!(world.store.find_hits("thumbjoint", 9).unwrap()[0].date, Some(day(30)));
    // One that was given to another patient says the other.
    let (other, booked) = (world.known("Hale"), world.booked(patient.id, day(30), "10:00:00", VisitKind::FollowUp));
    world.change(booked.id, VisitChange::Edited, |visit| visit.reason = Some("elbowpatch".to_owned()));
    world.change(booked.id, VisitChange::PatientConfirmed, |visit| visit.patient = Some(other));
    let hit = world.store.find_hits("elbowpatch", 9).unwrap().remove(0);
    assert_eq!(hit.patient, Some((other, "HALE Adaeze".to_owned())));
}

/// Text that names, chooses or links, but is not written to be found.
const NOT_SEARCHED: &[&str] = &[
    "practice.physician",
    "practice.zone",
    "practice.reflection_key",
    "patient.number",
    "patient.phone",
    "patient.language",
    "patient.decides",
    "allergy.reaction",
    "antithrombotic.dose",
    "visit.place",
    "visit.end_reason",
    "visit_source.calendar",
    "visit_source.uid",
    "visit_source.recurrence",
    "visit_source.file",
    "visit_source.title",
    "visit_source.who",
    // The same as the examination beside it, taken apart.
    "assessment.findings",
    "assessment.plan_let_go",
    "plan_item.let_go",
    "pain_region.quality",
    "problem.code",
    "problem.code_set",
    "assessment_carried.fields",
    "assessment_letters.quality",
    "assessment_letters.timing",
    "assessment_letters.worse",
    "assessment_letters.better",
    "assessment_letters.sleep",
    "assessment_letters.mood",
    "assessment_red_flags.present",
    "assessment_red_flags.absent",
    "assessment_red_flags.not_asked",
    "procedure_target.level",
    "procedure_target.reason",
    "check_in.about",
    "check_in.let_go",
    "check_in.owner",
    "decision.item",
    "diagnostic.let_go",
    "diagnostic.copied",
    "past_procedure.level",
    "past_procedure.on_time",
    "past_procedure.by_whom",
    "past_procedure.steroid",
    "medication.monitored",
    "monitoring_check.checked_by",
    "referral.from_plan",
    "referral.let_go",
    "care_team.reach",
    "handout_given.topic",
    "handout_given.given_by",
    "taper.stop_points",
    "taper.pauses",
    "taper.ended",
    "urine_test.let_go",
    "task.owner",
    "decision.reason",
    "instrument_result.band",
    "instrument_result.copied",
    "instrument_result.initials",
    "instrument_result.instrument",
    "instrument_result.name",
    "instrument_result.raised",
    "instrument_result.replies",
    "instrument_result.shown",
    "instrument_result.version",
    "page_note.initials",
    "problem_score.initials",
    "score.initials",
    "vital.initials",
    // The reading of a medicine's line, which is searched itself, and the ways a name is compared.
    "medication.drug",
    "medication.strength",
    "medication.dose",
    "medication.route",
    "medication.frequency",
    "medication.spelled",
    "medication.prescriber",
    "medication_change.was",
    "medication_change.became",
    "medicine_class.spelled",
    "medicine_class.name",
    "medicine_class.class",
    "caution_reason.caution",
    "refill.medicine",
    "task.let_go",
    "reflection.sealed",
];

#[test]
fn the_texts_of_a_table_are_about_one_patient_and_day() {
    for text in SEARCHED {
        let first = SEARCHED.iter().find(|first| first.table == text.table).unwrap();
        assert_eq!((text.patient, text.date), (first.patient, first.date), "{}.{}", text.table, text.column);
    }
}

#[test]
fn a_new_text_column_is_searched_or_left_out_on_purpose() {
    let world = World::new();
    let schema = world.store.text("SELECT group_concat(sql, ' ') FROM sqlite_schema WHERE type = 'table'");
    let fact_tables = crate::store::schema::Schema::load(&world.store.conn).unwrap();
    let mut unknown = Vec::new();
    for table in &fact_tables.tables {
        for column in &table.columns {
            let name = format!("{}.{}", table.name, column.name);
            // Closed sets, dates, times and keys say so in their declaration.
            let is_free = schema.contains(&format!("{} TEXT", column.name))
                && !column.name.ends_with("_id")
                && is_free_text(&world, &table.name, &column.name);
            let searched = SEARCHED.iter().any(|text| text.table == table.name && text.column == column.name);
            if is_free && !searched && !NOT_SEARCHED.contains(&name.as_str()) {
                unknown.push(name);
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Whether the column's line in the schema is text without a list of values, a date or a reference.
fn is_free_text(world: &World, table: &str, column: &str) -> bool {
    let sql = world.store.text(&format!("SELECT sql FROM sqlite_schema WHERE name = '{table}'"));
    let line = sql.lines().map(str::trim).find(|line| line.starts_with(&format!("{column} TEXT")));
    let listed = format!("({column} = '");
    let signs = ["IN (", &listed, "instr(", "date(", "strftime(", "REFERENCES"];
    line.is_some_and(|line| !signs.iter().any(|sign| line.contains(sign)))
}
