//! Whether a steroid fits a procedure and level: particles near the neck's arteries, entry height, interactions.
//!
//! Rathmell JP et al., Anesthesiology, 2015 (FDA Safe Use Initiative); FDA drug safety communication, 2014.

use super::CalcError;
use super::error::known;
use crate::clinical::facts::Severity;
use crate::clinical::facts::procedures::procedures;
use crate::clinical::facts::steroids::{SiteRule, Steroid, SystemicEffect, steroids};
use crate::clinical::why::{Fact, Why};

/// A steroid at a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The procedure, or its site in the steroid table.
    pub procedure: String,
    /// The steroid.
    pub steroid: String,
    /// The level, as `C7-T1`.
    pub level: Option<String>,
}

/// What the rules say about one pair.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// How grave; none where no rule speaks against it.
    pub severity: Option<Severity>,
    /// The rules that speak.
    pub rules: Vec<&'static SiteRule>,
    /// Interactions with the other medicines.
    pub interactions: Vec<&'static SystemicEffect>,
    /// What could not be checked, in words.
    pub notes: Vec<String>,
}

/// What the rules say about all pairs.
#[derive(Debug, Clone)]
pub struct SteroidRules {
    /// Each pair, in the order given.
    pub verdicts: Vec<Verdict>,
    /// Why.
    pub why: Why,
}

/// The highest entry into the neck that is not discouraged is C6-C7.
const LOWEST_DISCOURAGED: &str = "C5-C6";

/// Applies the rules to each pair, with the classes of the patient's other medicines.
///
/// # Errors
/// Names the row: an unknown procedure, steroid or level.
pub fn steroid_rule(pairs: &[Pair], other_classes: &[String]) -> Result<SteroidRules, CalcError> {
    let table = steroids();
    let mut why = Why::new(Fact::own("The gravest rule for the site governs; no rule is ok"));
    let mut verdicts = Vec::with_capacity(pairs.len());
    if pairs.is_empty() {
        return Err(CalcError::missing("pairs"));
    }
    for (index, pair) in pairs.iter().enumerate() {
        let field = format!("pairs[{index}]");
        let site = site(&field, &pair.procedure)?;
        let steroid = table.get(&pair.steroid).ok_or_else(|| {
            let names = known(table.steroid.iter().map(|steroid| steroid.id.as_str()));
            CalcError::unknown(format!("{field}.steroid"), &pair.steroid, names)
        })?;
        let verdict = verdict(&field, site.as_deref(), steroid, pair.level.as_deref(), other_classes)?;
        let particles = if steroid.particulate { "holds particles" } else { "holds no particles" };
        why.add(Fact::new(
            format!("{} {particles}. {}", steroid.name, steroid.notes),
            &steroid.source,
            steroid.verified,
        ));
        for rule in &verdict.rules {
            why.add(Fact::new(format!("{}: {}", rule.label, rule.rule), &rule.source, rule.verified));
        }
        for effect in &verdict.interactions {
            why.add(Fact::new(format!("{}. {}", effect.label, effect.prompt), &effect.source, effect.verified));
        }
        verdicts.push(verdict);
    }
    Ok(SteroidRules { verdicts, why })
}

/// The site in the steroid table; none for a procedure that has none.
fn site(field: &str, procedure: &str) -> Result<Option<String>, CalcError> {
    if let Some(entry) = procedures().get(procedure) {
        return Ok(entry.steroid_site.clone());
    }
    if steroids().knows_site(procedure) {
        return Ok(Some(procedure.to_owned()));
    }
    Err(CalcError::unknown(format!("{field}.procedure"), procedure, "it is an id of the procedure catalogue"))
}

fn verdict(
    field: &str,
    site: Option<&str>,
    steroid: &'static Steroid,
    level: Option<&str>,
    other_classes: &[String],
) -> Result<Verdict, CalcError> {
    let mut notes = Vec::new();
    let entry = level.map(|level| interspace(field, level)).transpose()?.flatten();
    let speaks = |rule: &&'static SiteRule| match rule.id.as_str() {
        "cervical_il_level" => entry.is_some_and(|place| Some(place) <= height(LOWEST_DISCOURAGED)),
        "cervical_tf_no_particulate" | "thoracic_tf_no_particulate" | "lumbar_tf_dexamethasone_first" => {
            steroid.particulate
        }
        // Expected of every epidural, whatever the steroid: the record asks for it, the pair does not decide it.
        _ => false,
    };
    let rules: Vec<&SiteRule> =
        steroids().site_rule.iter().filter(|rule| site == Some(&rule.site)).filter(speaks).collect();
    if site == Some("epidural_interlaminar_cervical") && entry.is_none() {
        let why = level.map_or_else(|| "No level given".to_owned(), |level| format!("{level} is no interspace"));
        notes.push(format!("{why}: the height of entry was not checked."));
    }
    let interactions: Vec<&SystemicEffect> = steroids()
        .systemic_effect
        .iter()
        .filter(|effect| effect.steroids.contains(&steroid.id))
        .filter(|effect| effect.with_class.as_ref().is_some_and(|class| other_classes.contains(class)))
        .collect();
    let severity = rules.iter().map(|rule| rule.severity).max();
    let interaction = (!interactions.is_empty()).then_some(Severity::Caution);
    Ok(Verdict { severity: severity.max(interaction), rules, interactions, notes })
}

/// Place of an interspace from the skull down.
fn interspace(field: &str, level: &str) -> Result<Option<usize>, CalcError> {
    let levels = &procedures().levels;
    let known_levels = [
        &levels.cervical_interspaces,
        &levels.thoracic_interspaces,
        &levels.lumbar_interspaces,
        &levels.sacral_foramina,
        &levels.cervical_medial_branches,
        &levels.thoracic_medial_branches,
        &levels.lumbar_medial_branches,
    ];
    let place = height(level);
    let listed = || procedures().procedure.iter().any(|entry| entry.levels.iter().any(|own| own == level));
    if place.is_none() && !known_levels.iter().any(|list| list.iter().any(|own| own == level)) && !listed() {
        let ways = "an interspace is written as C7-T1 or L4-L5, a branch as L4, a foramen as S1";
        return Err(CalcError::unknown(format!("{field}.level"), level, ways));
    }
    Ok(place)
}

fn height(level: &str) -> Option<usize> {
    let levels = &procedures().levels;
    let all = levels.cervical_interspaces.iter().chain(&levels.thoracic_interspaces).chain(&levels.lumbar_interspaces);
    all.into_iter().position(|own| own == level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(procedure: &str, steroid: &str, level: Option<&str>) -> Pair {
        Pair { procedure: procedure.to_owned(), steroid: steroid.to_owned(), level: level.map(str::to_owned) }
    }

    fn severity(pair: Pair) -> Option<Severity> {
        steroid_rule(&[pair], &[]).unwrap().verdicts[0].severity
    }

    #[test]
    fn particles_are_stopped_in_the_neck_and_chest_and_cautioned_in_the_low_back() {
        for (procedure, particulate, soluble) in [
            ("tfesi_cervical", Some(Severity::Block), None),
            ("tfesi_thoracic", Some(Severity::Block), None),
            ("tfesi_lumbar", Some(Severity::Caution), None),
            ("epidural_transforaminal_cervical", Some(Severity::Block), None),
            ("esi_il_lumbar", None, None),
            ("esi_caudal", None, None),
            ("joint_knee", None, None),
            ("scs_trial", None, None),
        ] {
            for steroid in ["methylprednisolone_acetate", "triamcinolone_acetonide", "betamethasone_mix"] {
                assert_eq!(severity(pair(procedure, steroid, None)), particulate, "{procedure} {steroid}");
            }
            assert_eq!(severity(pair(procedure, "dexamethasone_phosphate", None)), soluble, "{procedure}");
        }
    }

    #[test]
    fn entry_above_c6_c7_is_discouraged() {
        for (level, found) in [
            ("C7-T1", None),
            ("C6-C7", None),
            ("C5-C6", Some(Severity::Caution)),
            ("C4-C5", Some(Severity::Caution)),
            ("C2-C3", Some(Severity::Caution)),
            ("C6", None),
        ] {
            assert_eq!(severity(pair("esi_il_cervical", "dexamethasone_phosphate", Some(level))), found, "{level}");
        }
        let without = steroid_rule(&[pair("esi_il_cervical", "dexamethasone_phosphate", None)], &[]).unwrap();
        assert_eq!((without.verdicts[0].severity, without.verdicts[0].notes.len()), (None, 1));
        let branch = steroid_rule(&[pair("esi_il_cervical", "dexamethasone_phosphate", Some("C6"))], &[]).unwrap();
        assert_eq!(branch.verdicts[0].notes, ["C6 is no interspace: the height of entry was not checked."]);
    }

    #[test]
    fn a_strong_inhibitor_makes_depot_steroids_a_caution() {
        let classes = ["strong_cyp3a4_inhibitor".to_owned()];
        for (steroid, found) in [
            ("triamcinolone_acetonide", Some(Severity::Caution)),
            ("methylprednisolone_acetate", Some(Severity::Caution)),
            ("dexamethasone_phosphate", None),
        ] {
            let answer = steroid_rule(&[pair("joint_knee", steroid, None)], &classes).unwrap();
            assert_eq!(answer.verdicts[0].severity, found, "{steroid}");
        }
        let neck = steroid_rule(&[pair("tfesi_cervical", "triamcinolone_acetonide", None)], &classes).unwrap();
        assert_eq!(neck.verdicts[0].severity, Some(Severity::Block), "the graver one governs");
    }

    #[test]
    fn what_is_unknown_is_named() {
        for (pair, field) in [
            (pair("tfesi_neck", "dexamethasone_phosphate", None), "pairs[0].procedure"),
            (pair("tfesi_lumbar", "kenalog", None), "pairs[0].steroid"),
            (pair("esi_il_cervical", "dexamethasone_phosphate", Some("C9-T1")), "pairs[0].level"),
        ] {
            assert_eq!(steroid_rule(&[pair], &[]).unwrap_err().field(), field);
        }
        assert_eq!(steroid_rule(&[], &[]).unwrap_err(), CalcError::missing("pairs"));
    }
}
