//! The signs of complex regional pain syndrome among the findings: they feed the Budapest criteria of
//! [`crate::clinical::calc::budapest`]. Symptoms are the patient's to tell and are not among them.

use std::collections::BTreeSet;

use super::Finding;
use crate::clinical::calc::budapest::BudapestInput;
use crate::clinical::facts::examination::examination;
use crate::clinical::facts::instruments::instruments;

/// The categories in which a sign was found today, in the words the criteria use for them.
pub fn signs(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().filter_map(category).collect()
}

/// The category that a finding counts toward: it departs from the normal, and a figure passes the bound of its term.
fn category(finding: &Finding) -> Option<String> {
    let term = finding.known()?;
    let category = term.category.as_ref()?;
    let passes = match (finding.tenths, term.over) {
        (Some(tenths), Some(over)) => tenths > over,
        _ => finding.is_abnormal(),
    };
    passes.then(|| category.clone())
}

/// The criteria's input, with the signs of this examination.
pub fn input(
    findings: &[Finding],
    symptoms: BTreeSet<String>,
    disproportionate: bool,
    no_better_dx: bool,
) -> BudapestInput {
    BudapestInput { disproportionate, no_better_dx, symptoms, signs: signs(findings) }
}

/// The signs in one line, where any term of CRPS was examined; none else.
pub fn line(findings: &[Finding]) -> Option<String> {
    let family = examination().family.iter().find(|family| family.id == "crps")?;
    let is_crps =
        |finding: &Finding| family.terms.iter().any(|term| term.key == finding.term && term.category.is_some());
    if !findings.iter().any(is_crps) {
        return None;
    }
    let form = instruments().instrument.iter().find(|form| form.id == "budapest_clinical")?;
    let signs = signs(findings);
    let wanted = form.clinical_rule?.sign_categories_min;
    let named: Vec<&str> = form
        .categories
        .iter()
        .filter(|category| signs.contains(&category.id))
        .map(|category| category.label.as_str())
        .collect();
    let which = if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ").to_lowercase()) };
    let (met, all) = (signs.len() >= wanted, form.categories.len());
    let met = if met { "as many as the criteria ask" } else { "fewer than the criteria ask" };
    Some(format!("Budapest signs in {} of {all} categories{which}: {met}.", signs.len()))
}
