//! What speaks against a medicine in this patient: kidney, pregnancy, age, allergies.

use super::{Caution, Input, Seen, lines};
use crate::clinical::facts::Severity;
use crate::clinical::facts::medications::{Medication, medications};
use crate::clinical::medicine;
use crate::clinical::patient::{Kidney, Known, Pregnancy};
use crate::clinical::text::fold;
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
        None => unknown(known, "renal", "kidney function", open),
    }
    match patient.pregnancy {
        Some((pregnancy @ (Pregnancy::Yes | Pregnancy::Possible), on)) => {
            let said = format!("pregnancy {}, asked {}", pregnancy.label(), show_date(on));
            let fact = ("pregnant or possibly", said.clone());
            out.extend(flagged(known, ("pregnancy", "pregnancy"), fact, Severity::High));
            out.extend(teratogens(known, &said));
        }
        Some((Pregnancy::No | Pregnancy::NotApplicable, _)) | None => {}
    }
    match patient.birth_date {
        Some(birth) if age_in_years(birth, input.today) >= 65 => {
            let said = format!("born {}", show_date(birth));
            out.extend(flagged(known, ("older", "age"), ("65 or over", said), Severity::Caution));
        }
        Some(_) => {}
        None => unknown(known, "older", "age", open),
    }
    match &input.file.facts.allergies {
        Known::Unknown => open.push("allergies unknown: not checked against them".to_owned()),
        Known::NoneOn(_) => {}
        Known::Listed(allergies, _) => {
            for allergy in allergies {
                out.extend(known.iter().filter(|one| is_allergic(one, &allergy.substance)).map(|one| Caution {
                    name: format!("allergy/{}", one.name),
                    severity: Severity::High,
                    short: format!("allergy to {}: {}", allergy.substance, one.name),
                    inputs: [lines([one]), vec![format!("allergy: {}", allergy.substance)]].concat(),
                    fact: Fact::own(format!(
                        "Allergy to {} is on the list, and {} is taken: the same medicine or its group",
                        allergy.substance, one.name
                    )),
                }));
            }
        }
    }
    out
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
fn unknown(known: &[Seen<'_>], flag: &str, what: &str, open: &mut Vec<String>) {
    let names: Vec<&str> =
        known.iter().filter(|one| carries(one, flag).is_some()).map(|one| one.name.as_str()).collect();
    if !names.is_empty() {
        open.push(format!("{what} unknown: {} not checked for it", names.join(", ")));
    }
}

fn teratogens(known: &[Seen<'_>], said: &str) -> Vec<Caution> {
    let role = |one: &&Seen<'_>| one.meant.iter().any(|name| name.pregnancy_role.as_deref() == Some("teratogen"));
    known
        .iter()
        .filter(|one| role(one) && carries(one, "pregnancy").is_none())
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

/// Whether an allergy names this medicine, an ingredient of it, or its group.
fn is_allergic(one: &Seen<'_>, substance: &str) -> bool {
    let allergy = medicine::named(substance);
    let same =
        |name: &str| one.name == name || one.meant.iter().any(|own| own.contains.iter().any(|part| part == name));
    if allergy.iter().any(|name| same(&name.name)) || fold(substance) == fold(&one.name) {
        return true;
    }
    let group = match fold(substance).as_str() {
        "nsaids" | "nsaid" => "nsaid",
        "opioids" | "opioid" => "opioid",
        "benzodiazepines" | "benzodiazepine" => "benzodiazepine",
        "triptans" => "triptan",
        _ => return false,
    };
    one.classes.contains(group)
}
