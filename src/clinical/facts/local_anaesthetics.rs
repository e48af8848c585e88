//! `local_anaesthetics.toml`: ceilings, concentrations, toxicity signs, lipid rescue. Used by
//! [`crate::clinical::calc::local_anaesthetic`] and [`crate::clinical::calc::lipid_rescue`].

use serde::Deserialize;

use super::{Provenance, Statement, WorkedExample, table};
use crate::clinical::exact::Exact;

table! {
    /// The local anaesthetic table.
    local_anaesthetics: LocalAnaesthetics = "local_anaesthetics.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalAnaesthetics {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How doses and fractions are reckoned.
    pub arithmetic: Arithmetic,
    /// Which weight is used.
    pub dosing_weight: DosingWeight,
    /// Ceilings.
    pub limit: Vec<Limit>,
    /// Concentrations on the market.
    pub concentration: Vec<Concentration>,
    /// Who gets less.
    pub modifier: Vec<Modifier>,
    /// Allergy.
    pub allergy_note: Vec<AllergyNote>,
    /// Steps of a safe injection.
    pub safety_step: Vec<SafetyStep>,
    /// Signs of toxicity.
    pub toxicity_sign: Vec<ToxicitySign>,
    /// What to know about them.
    pub toxicity_note: Statement,
    /// Lipid rescue.
    pub lipid_rescue: LipidRescue,
    /// Worked examples.
    pub worked_example: Vec<WorkedExample>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl LocalAnaesthetics {
    /// The ceiling of a drug in a variant.
    pub fn limit(&self, drug: &str, variant: Variant) -> Option<&Limit> {
        self.limit.iter().find(|limit| limit.drug == drug && limit.variant == variant)
    }
    /// The concentrations of a drug.
    pub fn concentration(&self, drug: &str) -> Option<&Concentration> {
        self.concentration.iter().find(|entry| entry.drug == drug)
    }
    /// The drugs that have a ceiling, each once.
    pub fn drugs(&self) -> Vec<&str> {
        let mut drugs: Vec<&str> = self.limit.iter().map(|limit| limit.drug.as_str()).collect();
        drugs.dedup();
        drugs
    }
}

/// How doses and fractions are reckoned.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arithmetic {
    /// Milligrams in a millilitre.
    pub mg_per_ml: String,
    /// The dose.
    pub dose_mg: String,
    /// The ceiling in milligrams.
    pub max_mg: String,
    /// The ceiling in millilitres.
    pub max_ml: String,
    /// The fraction of the ceiling.
    pub fraction: String,
    /// Mixtures.
    pub mixture_rule: String,
    /// From this fraction a warning.
    pub warn_at_fraction: Exact,
    /// Above this fraction an alert.
    pub alert_above_fraction: Exact,
    /// Epinephrine 1 in 200,000.
    pub epinephrine_1_in_200000: String,
    /// Epinephrine 1 in 100,000.
    pub epinephrine_1_in_100000: String,
    /// How the ceiling is compared.
    pub comparison: String,
    /// What is not computed.
    pub not_covered: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Which weight is used.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DosingWeight {
    /// The rule.
    pub rule: String,
    /// Ideal weight of men.
    pub ideal_weight_male_kg: String,
    /// Ideal weight of women.
    pub ideal_weight_female_kg: String,
    /// Short people.
    pub below_152_4_cm: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

crate::vocab! {
    /// With or without epinephrine.
    pub enum Variant {
        /// Without.
        Plain "plain" "plain",
        /// With.
        Epinephrine "epinephrine" "with epinephrine",
    }
}

/// A ceiling.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Drug.
    pub drug: String,
    /// With or without epinephrine.
    pub variant: Variant,
    /// Amide or ester.
    pub class: String,
    /// By weight.
    pub mg_per_kg: Option<Exact>,
    /// At most.
    pub cap_mg: Exact,
    /// At most in 24 hours.
    pub cap_24h_mg: Option<Exact>,
    /// The lower figure of other texts, by weight.
    pub conservative_mg_per_kg: Option<Exact>,
    /// Note.
    pub note: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Concentrations on the market.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concentration {
    /// Drug.
    pub drug: String,
    /// Percent.
    pub percents: Vec<Exact>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Who gets less.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modifier {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Multiply the ceiling with this.
    pub factor: Option<Exact>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Allergy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllergyNote {
    /// Amide or ester.
    pub class: String,
    /// Label.
    pub label: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A step of a safe injection.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyStep {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
}

/// Signs of toxicity.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToxicitySign {
    /// Order of appearance.
    pub order: u32,
    /// Stage.
    pub stage: String,
    /// The signs.
    pub labels: Vec<String>,
}

/// Lipid rescue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LipidRescue {
    /// Product.
    pub product: String,
    /// The weight at which the branch changes.
    pub weight_split_kg: Exact,
    /// What holds exactly there.
    pub at_exactly_split: String,
    /// Which weight is used.
    pub weight_used: String,
    /// The most in all.
    pub max_total_ml_per_kg: Exact,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
    /// The two branches.
    pub branch: Vec<RescueBranch>,
    /// If still unstable.
    pub if_still_unstable: StillUnstable,
    /// What comes first.
    pub first_steps: Vec<FirstSteps>,
}

/// A branch of lipid rescue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RescueBranch {
    /// Id.
    pub id: String,
    /// When.
    pub applies: String,
    /// Bolus by weight.
    pub bolus_ml_per_kg: Option<Exact>,
    /// Bolus for everyone.
    pub bolus_ml: Option<Exact>,
    /// Over so many minutes.
    pub bolus_minutes: [u32; 2],
    /// Infusion by weight and minute.
    pub infusion_ml_per_kg_per_min: Option<Exact>,
    /// Infusion for everyone, lower and upper.
    pub infusion_ml: Option<[Exact; 2]>,
    /// Over so many minutes.
    pub infusion_minutes: Option<[u32; 2]>,
}

/// If still unstable.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StillUnstable {
    /// Bolus again.
    pub repeat_bolus: String,
    /// Infusion faster.
    pub double_infusion: String,
    /// Go on so long after recovery.
    pub continue_after_stable_minutes: u32,
    /// What to know about it.
    pub continue_note: String,
}

/// What comes first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstSteps {
    /// The steps.
    pub labels: Vec<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}
