//! What accepted rows make of a patient's lists.

use super::{BroughtMedicine, BroughtProblem, BroughtProcedure, Fate, Kept, Read, Row, already, take_in};
use crate::clinical::elsewhere::LineKind;
use crate::clinical::id::Ids;
use crate::clinical::patient::{Allergy, Facts, Known, ListKind, Patient, PatientFile};
use crate::clinical::procedure::Side;
use crate::clinical::since::Since;
use crate::clinical::time::{Now, instant};

pub(super) fn now() -> Now {
    let zone = chrono_tz::Europe::Berlin;
    Now { instant: instant("2026-11-24T10:14:00".parse().unwrap(), zone), zone }
}

pub(super) fn file(facts: Facts) -> PatientFile {
    let patient = Patient::named(Ids::seeded(2).next(now().instant), "Okafor", "Adaeze");
    PatientFile { patient, facts, problems: Vec::new() }
}

fn problem(text: &str, code: Option<&str>) -> Read {
    let code = code.map(str::to_owned);
    Read::Problem(BroughtProblem { text: text.to_owned(), code, ..BroughtProblem::default() })
}

#[test]
fn a_pain_problem_keeps_its_code_and_more_than_five_stay_diagnoses() {
    let mut rows = vec![accepted(problem("Sciatica left", Some("M54.32")))];
    rows.extend((0..6).map(|n| accepted(problem(&format!("pain {n}"), None))));
    let taken = take_in(&rows, &file(Facts::default()), (&[], false), "icd10cm", &mut Ids::seeded(1), now());
    assert_eq!((taken.problems.len(), taken.lines.len(), taken.count), (5, 2, 7));
    let first = &taken.problems[0];
    assert_eq!(first.condition_id.as_deref(), Some("lumbar_radiculopathy"));
    assert_eq!(first.code.as_ref().map(|code| (code.set.as_str(), code.code.as_str())), Some(("icd10cm", "M54.32")));
    assert!(taken.lines.iter().all(|line| line.kind == LineKind::Diagnosis));
}

pub(super) fn accepted(read: Read) -> Row {
    Row { fate: Fate::Accepted, ..Row::waiting(read.show(), read) }
}

fn medicine(name: &str, strength: &str) -> Read {
    Read::Medicine(BroughtMedicine {
        name: name.to_owned(),
        strength: strength.to_owned(),
        ..BroughtMedicine::default()
    })
}

pub(super) fn allergy(substance: &str) -> Read {
    Read::Allergy(substance.to_owned(), None)
}

#[test]
fn only_what_was_accepted_enters_and_each_finds_its_list() {
    let procedure = BroughtProcedure {
        what: "TFESI".to_owned(),
        level: "L5".to_owned(),
        side: Some(Side::Left),
        on: Some(Since::Month(2023, 4)),
        ..BroughtProcedure::default()
    };
    let rows = [
        accepted(allergy("penicillin")),
        Row::waiting("latex", allergy("latex")),
        Row { fate: Fate::Dropped, ..accepted(allergy("sulfa")) },
        accepted(medicine("gabapentin", "300 mg")),
        accepted(medicine("apixaban", "5 mg")),
        accepted(Read::Procedure(procedure)),
        accepted(Read::Text("walks with a stick".to_owned())),
    ];
    let taken = take_in(&rows, &file(Facts::default()), (&[], false), "icd10cm", &mut Ids::seeded(1), now());
    assert_eq!(taken.count, 5);
    let Known::Listed(allergies, None) = &taken.facts.allergies else { panic!("mentioned, not reviewed") };
    assert_eq!(allergies.iter().map(|a| a.substance.as_str()).collect::<Vec<_>>(), ["penicillin"]);
    assert_eq!(taken.facts.medications.items()[0].line, "gabapentin 300 mg");
    assert_eq!(taken.facts.antithrombotics.items()[0].drug, "apixaban");
    assert_eq!(taken.facts.antithrombotics.items()[0].dose.as_deref(), Some("5 mg"));
    assert_eq!(taken.past[0].show(), "TFESI L5 left, Apr 2023");
    assert_eq!((taken.lines[0].kind, taken.lines[0].text.as_str()), (LineKind::Text, "walks with a stick"));
}

#[test]
fn unknown_none_and_listed_stay_three_things() {
    let today = now().today();
    let before = Facts {
        allergies: Known::NoneOn("2025-01-05".parse().unwrap()),
        medications: Known::Listed(Vec::new(), Some("2025-01-05".parse().unwrap())),
        ..Facts::default()
    };
    let take = |rows: &[Row], asked: &[ListKind], reviewed| {
        take_in(rows, &file(before.clone()), (asked, reviewed), "icd10cm", &mut Ids::seeded(1), now())
    };

    // What is brought in is mentioned; the list is not what was reviewed before.
    let taken = take(&[accepted(allergy("latex")), accepted(medicine("gabapentin", ""))], &[], false);
    assert!(matches!(taken.facts.allergies, Known::Listed(_, None)));
    assert!(matches!(taken.facts.medications, Known::Listed(_, None)));
    assert!(taken.facts.antithrombotics.is_unknown(), "nobody has asked");

    // Gone through with the patient.
    let taken = take(&[accepted(allergy("latex"))], &[], true);
    assert!(matches!(taken.facts.allergies, Known::Listed(_, Some(on)) if on == today));
    assert!(matches!(taken.facts.medications, Known::Listed(_, Some(on)) if on != today), "that list was not touched");

    // That there is none is asked on purpose, or written there; a list with entries is none of it.
    let taken = take(&[accepted(allergy("latex"))], &[ListKind::Antithrombotics, ListKind::Allergies], false);
    assert_eq!(taken.facts.antithrombotics, Known::NoneOn(today));
    assert!(matches!(taken.facts.allergies, Known::Listed(..)));
    let taken = take(&[accepted(Read::Nothing(ListKind::Allergies))], &[], false);
    assert_eq!(taken.facts.allergies, Known::NoneOn(today));
}

#[test]
fn what_the_record_holds_keeps_its_identity_and_what_is_dropped_goes() {
    let mut ids = Ids::seeded(9);
    let (first, second) = (ids.next(now().instant), ids.next(now().instant));
    let kept = |id, fate, text: &str| Row {
        kept: Some(Kept::Line(id)),
        fate,
        ..Row::waiting(text, Read::Text(text.to_owned()))
    };
    let rows = [kept(first, Fate::Accepted, "mended"), kept(second, Fate::Dropped, "wrong")];
    let taken = take_in(&rows, &file(Facts::default()), (&[], false), "icd10cm", &mut ids, now());
    assert_eq!(taken.count, 0, "nothing new was taken in");
    assert_eq!(taken.lines.iter().map(|line| (line.id, line.text.as_str())).collect::<Vec<_>>(), [(first, "mended")]);
}

#[test]
fn what_is_known_already_is_recognised() {
    let mut ids = Ids::seeded(1);
    let at = now().instant;
    let known = Allergy { id: ids.next(at), substance: "Penicillin".to_owned(), reaction: None };
    let file = file(Facts { allergies: Known::Listed(vec![known], None), ..Facts::default() });
    assert!(already(&allergy("PENICILLIN"), &file));
    assert!(!already(&allergy("latex"), &file));
    assert!(!already(&medicine("gabapentin", "300 mg"), &file));
    assert!(!already(&Read::Nothing(ListKind::Allergies), &file));
}
