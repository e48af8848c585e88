//! What speaks against a medicine in this patient: kidney, pregnancy, age.

use chrono::NaiveDate;

use super::{Caution, Input, Seen, lines};
use crate::clinical::facts::Severity;
use crate::clinical::facts::medications::{Medication, medications};
use crate::clinical::patient::{Kidney, Patient, Pregnancy, Sex};
use crate::clinical::time::{age_in_years, show_date};
use crate::clinical::vocab::Vocab;
use crate::clinical::why::Fact;

pub(super) fn cautions(known: &[Seen<'_>], input: &Input<'_>, open: &mut Vec<String>) -> Vec<Caution> {
    let patient = &input.file.patient;
    let mut out = Vec::new();
    match patient.kidney {
        Some((kidney @ (Kidney::Impaired | Kidney::Dialysis), on)) => {
            let said = format!("kidney function {}, {}", kidney.label(), show_date(on));
            out.extend(flagged(known, ("renal", "kidney"), ("kidney impaired", said), Severity::Caution));
        }
        Some((Kidney::Normal, _)) => {}
        None => unknown(known, |one| carries(one, "renal").is_some(), "kidney function", open),
    }
    match patient.pregnancy {
        Some((pregnancy @ (Pregnancy::Yes | Pregnancy::Possible), on)) => {
            let said = format!("pregnancy {}, asked {}", pregnancy.label(), show_date(on));
            let fact = ("pregnant or possibly", said.clone());
            out.extend(flagged(known, ("pregnancy", "pregnancy"), fact, Severity::High));
            out.extend(teratogens(known, &said));
        }
        None if may_be_pregnant(patient, input.today) => {
            unknown(known, |one| carries(one, "pregnancy").is_some() || is_teratogen(one), "pregnancy", open);
        }
        Some((Pregnancy::No | Pregnancy::NotApplicable, _)) | None => {}
    }
    match patient.birth_date {
        Some(birth) if age_in_years(birth, input.today) >= 65 => {
            let said = format!("born {}", show_date(birth));
            out.extend(flagged(known, ("older", "age"), ("65 or over", said), Severity::Caution));
        }
        Some(_) => {}
        None => unknown(known, |one| carries(one, "older").is_some(), "age", open),
    }
    out
}

/// Whether nobody can leave out a pregnancy by sex and age alone: 12 to 55 years, some on either side of the 15 to 49 that
/// the WHO counts as reproductive age.
fn may_be_pregnant(patient: &Patient, today: NaiveDate) -> bool {
    let age = patient.birth_date.map(|birth| age_in_years(birth, today));
    patient.sex != Some(Sex::Male) && age.is_none_or(|age| (12..=55).contains(&age))
}

fn is_teratogen(one: &Seen<'_>) -> bool {
    one.meant.iter().any(|name| name.pregnancy_role.as_deref() == Some("teratogen"))
}

fn entries<'a>(one: &'a Seen<'_>) -> impl Iterator<Item = &'static Medication> + 'a {
    one.meant.iter().flat_map(|name| &name.medication_id).filter_map(|id| medications().get(id))
}

fn carries(one: &Seen<'_>, flag: &str) -> Option<&'static Medication> {
    let flagged = |entry: &&Medication| entry.flags.iter().any(|own| own == flag);
    entries(one).find(flagged).filter(|_| one.systemic)
}

/// All medicines that carry a flag which a fact of the patient makes count, as one caution.
fn flagged(
    known: &[Seen<'_>],
    (flag, name): (&str, &str),
    (fact, said): (&str, String),
    severity: Severity,
) -> Option<Caution> {
    let of: Vec<(&Seen<'_>, &'static Medication)> =
        known.iter().filter_map(|one| Some((one, carries(one, flag)?))).collect();
    let (_, first) = of.first()?;
    let names: Vec<&str> = of.iter().map(|(one, _)| one.name.as_str()).collect();
    let label = medications().flag_labels.get(flag).cloned().unwrap_or_default();
    Some(Caution {
        name: format!("{name}/{}", names.join("+")),
        severity,
        short: format!("{fact}: {}", names.join(", ")),
        inputs: lines(of.iter().map(|(one, _)| *one)).into_iter().chain([said]).collect(),
        fact: Fact::new(format!("{}: {label} ({fact})", names.join(", ")), &first.source, first.verified),
    })
}

/// What is not known of the patient, where a medicine would make it count.
fn unknown(known: &[Seen<'_>], counts: impl Fn(&Seen<'_>) -> bool, what: &str, open: &mut Vec<String>) {
    let names: Vec<&str> = known.iter().filter(|one| counts(one)).map(|one| one.name.as_str()).collect();
    if !names.is_empty() {
        open.push(format!("{what} unknown: {} not checked for it", names.join(", ")));
    }
}

fn teratogens(known: &[Seen<'_>], said: &str) -> Vec<Caution> {
    known
        .iter()
        .filter(|one| is_teratogen(one) && carries(one, "pregnancy").is_none())
        .map(|one| Caution {
            name: format!("pregnancy/{}", one.name),
            severity: Severity::High,
            short: format!("pregnant or possibly: {}", one.name),
            inputs: lines([one]).into_iter().chain([said.to_owned()]).collect(),
            fact: one.meant.first().map_or_else(
                || Fact::own("harms an unborn child"),
                |name| Fact::new(format!("{}: harms an unborn child", one.name), &name.source, name.verified),
            ),
        })
        .collect()
}
