//! Tests and results of the invented patients: those of the past that were acted on, and what the last clinic day left.

use chrono::NaiveDate;

use super::dice::{Dice, Of};
use super::past::at;
use super::people::{Person, last_clinic_day, person};
use super::record::later;
use super::{course, days_ago};
use crate::action::Write;
use crate::action::write::DiagnosticChange;
use crate::clinical::diagnostic::{Diagnostic, DiagnosticKind};
use crate::clinical::time::{Instant, Now};
use crate::clinical::visit::Visit;

/// Kind, of what, question, report, own reading, what was done.
type Made = (DiagnosticKind, &'static str, &'static str, &'static str, &'static str, &'static str);

const MINUTE: i64 = 60_000;

/// What is asked for with each kind of pain; the last is for all others.
const TESTS: [(&str, Made); 7] = [
    (
        "L-spine, leg pain",
        (
            DiagnosticKind::Mri,
            "lumbar spine",
            "does the disc fit the L5 signs?",
            "Disc protrusion L4/5 towards the {side}, touching the L5 root in the recess. No stenosis. Other levels by age.",
            "Fits the leg: L5 {side} in the recess.",
            "Shown and explained; injection stays as planned.",
        ),
    ),
    (
        "L-spine, facet joints",
        (
            DiagnosticKind::XRay,
            "lumbar spine, two planes",
            "slip on standing?",
            "No slip. Facet joints L4 to S1 with narrowed space and sclerosis, more {side}.",
            "As expected.",
            "Nothing changes.",
        ),
    ),
    (
        "knee",
        (
            DiagnosticKind::XRay,
            "{side} knee standing",
            "how much joint space is left?",
            "Inner joint space narrowed by half, small osteophytes.",
            "Third grade.",
            "Talked through; no operation wanted yet.",
        ),
    ),
    (
        "neck and arm",
        (
            DiagnosticKind::Emg,
            "{side} arm",
            "root or carpal tunnel?",
            "Chronic changes in muscles of C6 {side}, median nerve conduction normal.",
            "Root, not the wrist.",
            "Told by phone.",
        ),
    ),
    (
        "feet, neuropathy",
        (
            DiagnosticKind::Lab,
            "HbA1c, creatinine, B12",
            "sugar, kidney for the dose",
            "HbA1c 7.4 %, creatinine normal, B12 normal.",
            "Dose may stay.",
            "Copy to the family doctor.",
        ),
    ),
    (
        "after back surgery",
        (
            DiagnosticKind::Mri,
            "lumbar spine with contrast",
            "scar or new disc?",
            "Scar around the S1 root {side}, no new disc.",
            "Scar. No target for the surgeon.",
            "Told; stimulator talk next time.",
        ),
    ),
    (
        "",
        (
            DiagnosticKind::Lab,
            "blood count, CRP, liver values",
            "before the new medicine",
            "All within range.",
            "Nothing in the way.",
            "Medicine begun.",
        ),
    ),
];

fn of(person: &Person) -> &'static Made {
    let fits = |(reason, _): &&(&str, Made)| reason.is_empty() || *reason == person.course.reason;
    TESTS.iter().find(fits).map_or(&TESTS[TESTS.len() - 1].1, |(_, made)| made)
}

/// A request for what goes with this patient's pain.
fn request(dice: &mut Dice, person: &Person, requested: NaiveDate, moment: Instant) -> Diagnostic {
    let &(kind, what, question, ..) = of(person);
    Diagnostic {
        question: question.to_owned(),
        requested: Some(requested),
        due: Some(later(requested, 28)),
        ..Diagnostic::new(dice.id(moment), person.patient.id, kind, course::about(what, person.side))
    }
}

fn reported(mut test: Diagnostic, person: &Person, done: NaiveDate) -> Diagnostic {
    test.report = course::about(of(person).3, person.side);
    test.done = Some(done);
    test
}

fn read(mut test: Diagnostic, person: &Person, moment: Instant) -> Diagnostic {
    test.reading = course::about(of(person).4, person.side);
    test.read_at = Some(moment);
    test
}

/// A test that was asked for weeks ago and is talked through in this visit, now and then.
pub fn talked_through(dice: &mut Dice, person: &Person, visit: &Visit, moment: Instant) -> Option<Write> {
    if !dice.percent(7) {
        return None;
    }
    let ago = |days| days_ago(visit.date, days);
    let test = request(dice, person, ago(30), moment);
    let test = read(reported(test, person, ago(9)), person, moment);
    let mut test = test.acted_on(of(person).5.to_owned(), visit.date, moment.plus_millis(MINUTE));
    test.visit = Some(visit.id);
    Some(Write::PutDiagnostic { diagnostic: test, change: DiagnosticChange::ActedOn })
}

/// What the last clinic day left open: results unread, one read and not acted on, one overdue, one to come.
pub fn left_open(seed: u64, now: Now) -> Vec<Write> {
    let (ago, yesterday) = last_clinic_day(now.today());
    let moment = at(yesterday, (12, 30), now.zone);
    let mut dice = Dice::of(seed, Of::Ahead(3));
    let day = |days: u32| days_ago(now.today(), ago + days);
    let mut writes = Vec::new();
    for (n, requested, done, is_read) in [
        (0, 12, Some(1), false),
        (21, 20, Some(0), false),
        (9, 16, Some(2), true),
        (28, 40, None, false),
        (7, 3, None, false),
    ] {
        let person = person(seed, n, now);
        let mut test = request(&mut dice, &person, day(requested), moment);
        if let Some(days) = done {
            test = reported(test, &person, day(days));
        }
        if is_read {
            test = read(test, &person, moment);
        }
        let change = if done.is_some() { DiagnosticChange::Done } else { DiagnosticChange::Requested };
        writes.push(Write::PutDiagnostic { diagnostic: test, change });
    }
    writes
}
