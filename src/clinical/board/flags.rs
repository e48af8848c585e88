//! The flags of a row: what decides the next move, most urgent first.

use super::item::Flag;
use super::records::{DayRecords, VisitRecord};
use crate::clinical::instrument::OpenScreen;
use crate::clinical::patient::{Capacity, Kidney, Known, PatientFile, Pregnancy, YesNo};
use crate::clinical::visit::{Visit, VisitKind};

/// The flags that follow from the patient alone.
pub fn of_patient(file: &PatientFile) -> Vec<Flag> {
    let mut flags: Vec<Flag> = file.facts.screens.iter().map(of_screen).collect();
    if let Some(first) = file.facts.antithrombotics.items().first() {
        flags.push(Flag::Anticoagulant(first.drug.clone()));
    }
    if matches!(file.patient.pregnancy, Some((Pregnancy::Yes | Pregnancy::Possible, _))) {
        flags.push(Flag::Pregnant);
    }
    flags.extend(file.facts.opioid.figure.clone().map(Flag::Opioid));
    if !file.facts.allergies.items().is_empty() {
        flags.push(Flag::Allergy);
    }
    if matches!(file.patient.kidney, Some((Kidney::Impaired | Kidney::Dialysis, _))) {
        flags.push(Flag::Kidney);
    }
    if file.patient.interpreter == Some(YesNo::Yes) {
        flags.push(Flag::Interpreter);
    }
    if matches!(file.patient.capacity, Some(Capacity::Lacks | Capacity::Supported)) {
        flags.push(Flag::Decides);
    }
    flags
}

fn of_screen(screen: &OpenScreen) -> Flag {
    if screen.grave { Flag::Alarm(screen.word().to_owned()) } else { Flag::Screen(screen.short.clone()) }
}

/// The flags of a visit's row.
pub fn of_visit(record: &VisitRecord, day: &DayRecords) -> Vec<Flag> {
    let mut flags = record.file.as_ref().map(of_patient).unwrap_or_default();
    if record.red_flag {
        flags.push(Flag::RedFlag);
    }
    if record.waiting > 0 {
        flags.push(Flag::ToConfirm(record.waiting));
    }
    flags.extend(record.observed.clone().map(Flag::Observed));
    if record.file.is_some() && !record.visit.patient_confirmed {
        flags.push(Flag::PatientUnconfirmed);
    }
    if let Some(file) = &record.file
        && day.shares_family_name(file.patient.id, &file.patient.family)
    {
        flags.push(Flag::NameAlert);
    }
    if record.visit.kind == VisitKind::Procedure
        && let Some(file) = &record.file
        && matches!(file.facts.antithrombotics, Known::Unknown)
    {
        flags.push(Flag::AnticoagulantUnknown);
    }
    if overlaps(record, day) {
        flags.push(Flag::Overlap);
    }
    flags.sort();
    flags
}

/// Whether something else wants the same minutes: another visit, or a block that is not the frame of a session.
fn overlaps(record: &VisitRecord, day: &DayRecords) -> bool {
    day.visits.iter().map(|other| &other.visit).any(|other| other.overlaps(&record.visit) && !is_frame(other, day))
}

/// Whether a block is the frame of a session rather than time taken: it holds two or more whole visits.
pub fn is_frame(block: &Visit, day: &DayRecords) -> bool {
    let holds = |visit: &&Visit| {
        visit.kind != VisitKind::Block
            && visit.state.is_live()
            && visit.start.is_some()
            && block.starts() <= visit.starts()
            && visit.ends() <= block.ends()
    };
    block.kind == VisitKind::Block && day.visits.iter().map(|record| &record.visit).filter(holds).nth(1).is_some()
}

/// What a procedure visit misses that does not say which procedure it is for.
pub const WHICH_PROCEDURE: &str = "which procedure";

/// What a case of the next clinic day misses, in a few words each; empty where it is prepared.
pub fn missing_for(record: &VisitRecord) -> Vec<&'static str> {
    let mut missing = Vec::new();
    let Some(file) = &record.file else { return missing };
    if !record.visit.patient_confirmed {
        missing.push("who it is");
    }
    if file.patient.birth_date.is_none() {
        missing.push("birth date");
    }
    if record.visit.kind == VisitKind::Procedure {
        if record.visit.reason.is_none() && record.planned.is_none() {
            missing.push(WHICH_PROCEDURE);
        }
        if file.facts.antithrombotics.is_unknown() {
            missing.push("antithrombotics unasked");
        }
        if file.facts.allergies.is_unknown() {
            missing.push("allergies unasked");
        }
    }
    missing
}
