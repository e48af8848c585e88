//! What some invented patients bring from elsewhere: procedures that others did, other diagnoses, a line of text. Made from
//! the patient's number alone, so that no other chance is moved.

use chrono::Datelike;

use super::people::Person;
use crate::clinical::asked::PatientLists;
use crate::clinical::bring_in::BroughtIn;
use crate::clinical::elsewhere::{ElsewhereLine, LineKind, PastProcedure};
use crate::clinical::id::part_of;
use crate::clinical::since::Since;
use crate::clinical::time::Now;

/// What was done elsewhere: what, level, whether on the side of the pain, years ago, steroid.
const DONE: [(&str, &str, bool, i32, &str); 5] = [
    ("Transforaminal epidural steroid injection", "L5", true, 2, "triamcinolone 40 mg"),
    ("Microdiscectomy", "L4/5", true, 6, ""),
    ("Medial branch block", "L3-L5", false, 3, ""),
    ("Knee arthroscopy", "", true, 9, ""),
    ("Appendectomy", "", false, 31, ""),
];
/// By whom: nobody who exists.
const BY: [&str; 3] = ["Dr Test Reyes", "another clinic", "Dr Test Halloran"];
/// Diagnoses that are no pain problem.
const DIAGNOSES: [&str; 5] = [
    "Essential hypertension",
    "Type 2 diabetes mellitus",
    "Hypothyroidism",
    "Obstructive sleep apnoea",
    "Gastro-oesophageal reflux",
];
/// Lines that belong to no list.
const TEXTS: [&str; 3] = ["Brings her daughter", "Prefers mornings", "Works nights, calls before noon not wanted"];

/// What the patient of this number brought; every third did.
pub fn brought(n: u32, person: &Person, lists: &PatientLists, now: Now) -> Option<BroughtIn> {
    let at = usize::try_from(n / 3).ok()?;
    if n % 3 != 1 || person.problem.is_none() {
        return None;
    }
    let id = |name: &str| part_of(person.patient.id, name);
    let (what, level, sided, years, steroid) = DONE[at % DONE.len()];
    let year = now.today().year() - years;
    let past = PastProcedure {
        id: id("past").into(),
        what: what.to_owned(),
        level: level.to_owned(),
        side: sided.then_some(person.side),
        on: Some(if years > 5 { Since::Year(year) } else { Since::Month(year, 1 + n % 12) }),
        by: BY[at % BY.len()].to_owned(),
        steroid: steroid.to_owned(),
    };
    let line = |name, kind, text: &str| ElsewhereLine { id: id(name).into(), kind, text: text.to_owned() };
    let mut lines = vec![line("diagnosis", LineKind::Diagnosis, DIAGNOSES[at % DIAGNOSES.len()])];
    if at.is_multiple_of(2) {
        lines.push(line("text", LineKind::Text, TEXTS[at % TEXTS.len()]));
    }
    let count = 1 + lines.len();
    let problems = lists.problems.clone().unwrap_or_default();
    Some(BroughtIn { facts: person.facts.clone(), past: vec![past], problems, lines, count })
}
