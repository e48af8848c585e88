//! `opioids.toml`: morphine-equivalent factors, thresholds, naloxone triggers, cautions. Used by
//! [`crate::clinical::calc::mme`].

use serde::Deserialize;

use super::{Provenance, Severity, Statement, table};
use crate::clinical::exact::Exact;

table! {
    /// The opioid table.
    opioids: Opioids = "opioids.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opioids {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// Title.
    pub title: String,
    /// How the total is made.
    pub method: String,
    /// Where it is rounded.
    pub rounding: String,
    /// What an as-needed dose counts as.
    pub as_needed_rule: String,
    /// The domains of the follow-up of an opioid.
    pub follow_up: Statement,
    /// What the total must not be used for.
    pub not_for_conversion: Statement,
    /// Factors of the clinical table.
    pub factor: Vec<Factor>,
    /// Factors published for research only: off unless a site turns them on.
    pub research_factor: Vec<Factor>,
    /// Opioids that have no factor.
    pub no_factor: Vec<NoFactor>,
    /// Thresholds of the total.
    pub threshold: Vec<Threshold>,
    /// Bands of the total.
    pub band: Vec<Band>,
    /// Published risk ratios.
    pub risk_ratio: Vec<RiskRatio>,
    /// Reasons to offer naloxone.
    pub naloxone_trigger: Vec<NaloxoneTrigger>,
    /// Cautions with other medicines.
    pub coprescription_caution: Vec<Caution>,
    /// Worked examples.
    pub worked_example: Vec<WorkedExample>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Opioids {
    /// The factor of the clinical table.
    pub fn factor(&self, id: &str) -> Option<&Factor> {
        self.factor.iter().find(|factor| factor.id == id)
    }
    /// The research factor.
    pub fn research_factor(&self, id: &str) -> Option<&Factor> {
        self.research_factor.iter().find(|factor| factor.id == id)
    }
    /// The entry without a factor.
    pub fn no_factor(&self, id: &str) -> Option<&NoFactor> {
        self.no_factor.iter().find(|entry| entry.id == id)
    }
    /// Every id a medicine list may name, in the order of the table.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let factors = self.factor.iter().chain(&self.research_factor).map(|factor| factor.id.as_str());
        factors.chain(self.no_factor.iter().map(|entry| entry.id.as_str()))
    }
}

/// The amount a factor is multiplied with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum InputUnit {
    /// Milligrams a day.
    #[serde(rename = "mg/day")]
    MgPerDay,
    /// Micrograms a day.
    #[serde(rename = "mcg/day")]
    McgPerDay,
    /// Micrograms an hour, of a patch.
    #[serde(rename = "mcg/hour")]
    McgPerHour,
}

/// A factor.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Id.
    pub id: String,
    /// Drug.
    pub drug: String,
    /// Routes for which it holds.
    pub routes: Vec<String>,
    /// What it is multiplied with.
    pub input_unit: InputUnit,
    /// The factor.
    pub factor: Exact,
    /// Research factors are off by default.
    pub enabled_by_default: Option<bool>,
    /// Notes.
    pub notes: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// An opioid without a factor.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFactor {
    /// Id.
    pub id: String,
    /// Drug.
    pub drug: String,
    /// Routes.
    pub routes: Vec<String>,
    /// Why there is none.
    pub reason: String,
    /// What to do.
    pub behaviour: String,
    /// Naloxone triggers that its presence is by itself.
    #[serde(default)]
    pub naloxone_triggers: Vec<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A threshold of the total.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Id.
    pub id: String,
    /// From this total.
    pub from_mme: Exact,
    /// Whether exactly at it counts.
    pub inclusive: bool,
    /// How grave.
    pub severity: Severity,
    /// Label.
    pub label: String,
    /// What to think of.
    pub prompts: Vec<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A band of the total.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// From this total, inclusive.
    pub from_mme: Exact,
    /// Below this total.
    pub to_mme_exclusive: Option<Exact>,
}

/// A published risk ratio.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskRatio {
    /// Id.
    pub id: String,
    /// Compared with.
    pub comparator: String,
    /// Exposure.
    pub exposure: String,
    /// Lowest ratio reported.
    pub ratio_low: Exact,
    /// Highest ratio reported.
    pub ratio_high: Exact,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A reason to offer naloxone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NaloxoneTrigger {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Classes of other medicines that raise it.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A caution with another class of medicine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    /// Id.
    pub id: String,
    /// The class, or classes joined by `+` that must come together.
    pub with_class: String,
    /// Only with these opioids, where its label names them; empty: with any.
    #[serde(default)]
    pub only_with: Vec<String>,
    /// How grave.
    pub severity: Severity,
    /// Label.
    pub label: String,
    /// What to think of.
    pub prompt: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A worked example.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkedExample {
    /// Id.
    pub id: String,
    /// The list of opioids.
    pub inputs: Vec<toml::Table>,
    /// The total.
    pub expected_mme: Exact,
    /// The flags.
    #[serde(default)]
    pub expected_flags: Vec<String>,
    /// Published or derived.
    pub kind: String,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}
