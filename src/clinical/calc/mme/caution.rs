//! What comes with an opioid list: naloxone and cautions with other classes of medicines.
//!
//! CDC guideline, recommendations 8 and 11, 2022; FDA drug safety communications of 2016, 2019 and 2020.

use std::collections::BTreeSet;

use super::{MmeInput, OpioidContext};
use crate::clinical::calc::CalcError;
use crate::clinical::calc::error::known;
use crate::clinical::exact::Exact;
use crate::clinical::facts::medicine_names::medicine_names;
use crate::clinical::facts::opioids::{Caution, NaloxoneTrigger, opioids};

/// Words of the opioid table that are no class of the names table, and alcohol.
const OWN_CLASSES: [&str; 3] = ["carisoprodol", "sedative_or_alcohol", "alcohol"];

/// The classes given, with the words of the opioid table that they stand for: a Z-drug is a `sedative_or_alcohol`, an SSRI
/// is `serotonergic`.
pub(super) fn expanded(given: &[String]) -> Result<BTreeSet<&str>, CalcError> {
    let names = medicine_names();
    let mut classes = BTreeSet::new();
    for (index, id) in given.iter().enumerate() {
        let id = id.as_str();
        classes.insert(id);
        if id == "alcohol" {
            classes.insert("sedative_or_alcohol");
        }
        let Some(class) = names.class(id) else {
            if OWN_CLASSES.contains(&id) {
                continue;
            }
            let all = names.class.iter().map(|class| class.id.as_str()).chain(OWN_CLASSES);
            return Err(CalcError::unknown(format!("other_classes[{index}]"), id, known(all)));
        };
        for rule in &class.rules {
            if rule.starts_with("medications:serotonergic_rule") {
                classes.insert("serotonergic");
            }
            let Some(caution) = rule.strip_prefix("opioids:coprescription_caution/") else { continue };
            let caution = opioids().coprescription_caution.iter().find(|entry| entry.id == caution);
            classes.extend(caution.map(|entry| entry.with_class.as_str()).filter(|class| !class.contains('+')));
        }
    }
    Ok(classes)
}

/// Reasons to offer naloxone, in the order of the table. Without an opioid there is none.
pub(super) fn naloxone(
    present: &[&str],
    classes: &BTreeSet<&str>,
    dose: Option<Exact>,
    input: &MmeInput,
) -> Result<Vec<&'static NaloxoneTrigger>, CalcError> {
    let table = opioids();
    if let Some(wrong) = input.risks.iter().find(|id| !table.naloxone_trigger.iter().any(|entry| &entry.id == *id)) {
        return Err(CalcError::unknown(
            "risks",
            wrong,
            known(table.naloxone_trigger.iter().map(|entry| entry.id.as_str())),
        ));
    }
    if present.is_empty() {
        return Ok(Vec::new());
    }

    let by_presence = |id: &str| {
        present
            .iter()
            .filter_map(|drug| table.no_factor(drug))
            .any(|entry| entry.naloxone_triggers.iter().any(|own| own == id))
    };
    let high_dose =
        table.threshold.iter().find(|entry| entry.id == "mme_50").is_some_and(|entry| dose >= Some(entry.from_mme));
    let raised = |trigger: &&NaloxoneTrigger| match trigger.id.as_str() {
        "dose_50" => high_dose,
        id if input.risks.iter().any(|risk| risk == id) => true,
        "substance_use" => input.context == OpioidContext::UseDisorder || by_presence("substance_use"),
        id => by_presence(id) || trigger.classes.iter().any(|class| classes.contains(class.as_str())),
    };
    Ok(table.naloxone_trigger.iter().filter(raised).collect())
}

/// Cautions with the other medicines, in the order of the table. Without an opioid there is none.
pub(super) fn coprescription(present: &[&str], classes: &BTreeSet<&str>) -> Vec<&'static Caution> {
    let raised = |caution: &&Caution| {
        caution.with_class.split('+').all(|class| classes.contains(class))
            && (caution.only_with.is_empty()
                || present.iter().any(|drug| caution.only_with.iter().any(|own| own == drug)))
    };
    if present.is_empty() { Vec::new() } else { opioids().coprescription_caution.iter().filter(raised).collect() }
}
