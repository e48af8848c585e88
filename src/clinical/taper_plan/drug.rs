//! Which medicine a taper is of, and what its doses are in: a patch has a rate, everything else an amount a day.

use std::collections::BTreeSet;

use super::super::dose::Micrograms;
use super::super::exposure::{opioid_part, part_of_unlisted};
use super::super::facts::medicine_names::{BrandForm, Name};
use super::super::facts::opioids::opioids;
use super::super::medicine::{form_of_brand, meant_by};
use super::super::patient::Medication;
use super::super::sig::{self, Daily};
use super::super::vocab::Vocab;

/// What the doses of a medicine are in: those of a patch in micrograms an hour, kept with the same three decimals.
pub fn unit_words(drug: &str) -> &'static str {
    if is_patch(drug) { "mcg/h" } else { "mg a day" }
}

pub(super) fn is_patch(drug: &str) -> bool {
    let sig = sig::read(drug);
    let by_brand = form_of_brand(&sig.name).is_some_and(|brand| brand.form == BrandForm::Patch);
    sig.route.map_or(by_brand, |route| route == sig::Route::Transdermal)
}

/// Whether a medicine comes as a patch and in other forms, and what was typed says neither: its doses may be a rate or
/// milligrams.
pub fn is_form_open(typed: &str) -> bool {
    match meant(typed).as_slice() {
        [only] => has_both_forms(only) && !is_patch(typed) && sig::read(typed).route.is_none() && !says_tablets(typed),
        _ => false,
    }
}

/// By the ways in which the table of opioids has it.
fn has_both_forms(name: &Name) -> bool {
    let routes_of = |id: &String| {
        let factor = opioids().factor(id).or_else(|| opioids().research_factor(id)).map(|one| &one.routes);
        factor.or_else(|| opioids().no_factor(id).map(|one| &one.routes))
    };
    let routes: BTreeSet<&String> = name.opioid_id.iter().filter_map(routes_of).flatten().collect();
    routes.len() > 1 && routes.iter().any(|route| *route == "transdermal")
}

/// The medicines that may be meant; a way may stand between the name and the dose.
fn meant(typed: &str) -> Vec<&'static Name> {
    let found = meant_by(typed);
    if found.is_empty() { sig::read(typed).meant() } else { found }
}

fn says_tablets(typed: &str) -> bool {
    typed.split_whitespace().any(|word| word.to_lowercase().starts_with("tab"))
}

/// The plain name of a medicine, where one is meant; a patch says so, and what else could be one says what it is.
pub(super) fn drug_of(typed: &str) -> String {
    match meant(typed).as_slice() {
        [only] if is_patch(typed) => format!("{} patch", only.name),
        [only] if has_both_forms(only) => match sig::read(typed).route {
            Some(route) => format!("{} {}", only.name, route.name()),
            None if says_tablets(typed) => format!("{} tablets", only.name),
            None => only.name.clone(),
        },
        [only] => only.name.clone(),
        _ => typed.to_owned(),
    }
}

/// Which of the strengths of a line is that of the medicine a taper is of: of a combination its opioid. None where that is
/// not known.
fn part_of(sig: &sig::Sig) -> Option<usize> {
    if let Some(at) = part_of_unlisted(sig) {
        return at.ok();
    }
    match sig.meant().as_slice() {
        [only] if !only.contains.is_empty() => opioid_part(only, sig).ok(),
        _ => Some(0),
    }
}

/// What a medicine of the list comes to in a day (of a patch: in an hour), in thousandths: of a combination its opioid, of
/// which a taper is. None where that is not known.
pub(super) fn dose_of(medicine: &Medication) -> Option<u64> {
    let sig = medicine.sig();
    let dose = match sig.daily().ok()? {
        Daily::Mg { total, .. } => *total.get(part_of(&sig)?)?,
        Daily::Patch { mcg_per_hour, .. } => mcg_per_hour,
    };
    Micrograms::from_mg(dose).map(Micrograms::get).filter(|dose| *dose > 0)
}

/// What several lines of one medicine come to together; none where that is not known of one of them.
pub(super) fn dose_of_all(lines: &[&Medication]) -> Option<u64> {
    let doses: Option<Vec<u64>> = lines.iter().map(|one| dose_of(one)).collect();
    doses.filter(|doses| !doses.is_empty()).map(|doses| doses.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::facts::medicine_names::medicine_names;

    #[test]
    fn a_brand_that_is_a_patch_alone_is_not_asked_for_its_form() {
        for (typed, open, drug, unit) in [
            ("Butrans 10", false, "buprenorphine patch", "mcg/h"),
            ("durogesic", false, "fentanyl patch", "mcg/h"),
            ("Subutex 8 mg", true, "buprenorphine", "mg a day"),
            ("buprenorphine 10", true, "buprenorphine", "mg a day"),
            ("buprenorphine patch 10 mcg/h", false, "buprenorphine patch", "mcg/h"),
            ("oxycodone", false, "oxycodone", "mg a day"),
        ] {
            assert_eq!(
                (is_form_open(typed), drug_of(typed).as_str(), unit_words(typed)),
                (open, drug, unit),
                "{typed}"
            );
        }
        for entry in medicine_names().brand_release.iter().filter(|entry| entry.form == BrandForm::Patch) {
            for brand in &entry.brands {
                assert!(!is_form_open(brand) && is_patch(brand), "{brand}");
            }
        }
    }
}
