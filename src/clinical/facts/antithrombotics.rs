//! `antithrombotics.toml`: stop and restart windows by drug and bleeding-risk category. Used by
//! [`crate::clinical::calc::antithrombotic`].

use serde::Deserialize;

use super::{Provenance, WorkedExample, table};
use crate::clinical::exact::Exact;

table! {
    /// The antithrombotic table.
    antithrombotics: Antithrombotics = "antithrombotics.toml"
}

crate::vocab! {
    /// Bleeding risk of a procedure.
    pub enum Risk {
        /// Low.
        Low "low" "low risk",
        /// Intermediate.
        Intermediate "intermediate" "intermediate risk",
        /// High.
        High "high" "high risk",
    }

    /// What the table says to do.
    pub enum Action {
        /// Stop it in time.
        Hold "hold" "hold",
        /// It need not be stopped.
        NoHold "no_hold" "no hold needed",
        /// Decide with the prescriber.
        SharedAssessment "shared_assessment" "decide with the prescriber",
        /// Do not do the procedure.
        Contraindicated "contraindicated" "contraindicated",
    }
}

impl Risk {
    /// The category after the upgrade for patient risk: low counts as intermediate, intermediate as high.
    #[must_use]
    pub const fn upgraded(self) -> Self {
        match self {
            Self::Low => Self::Intermediate,
            Self::Intermediate | Self::High => Self::High,
        }
    }
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Antithrombotics {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// The guideline.
    pub guideline: Guideline,
    /// How the table is read.
    pub conventions: Conventions,
    /// The categories.
    pub risk_category: Vec<RiskCategory>,
    /// Where others disagree.
    pub category_contradiction: Vec<Contradiction>,
    /// The drugs.
    pub drug: Vec<Drug>,
    /// Laboratory checks.
    pub lab_check: Vec<LabCheck>,
    /// Worked examples.
    pub worked_example: Vec<WorkedExample>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Antithrombotics {
    /// The drug with this id.
    pub fn get(&self, id: &str) -> Option<&Drug> {
        self.drug.iter().find(|drug| drug.id == id)
    }
    /// The INR check.
    pub fn inr(&self) -> Option<&LabCheck> {
        self.lab_check.iter().find(|check| check.id == "inr")
    }
}

/// The guideline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guideline {
    /// Name.
    pub name: String,
    /// Year.
    pub year: u32,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
    /// Licence.
    pub licence: String,
    /// What is newer.
    pub newer_note: String,
}

/// How the table is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// The actions.
    pub actions: Vec<Action>,
    /// Least hours.
    pub hold_hours: String,
    /// Most hours.
    pub hold_hours_max: String,
    /// Between the two.
    pub between_min_and_max: String,
    /// Kidney impairment.
    pub renal_hold: String,
    /// When restart times count.
    pub restart_applies: String,
    /// Drugs that are missing.
    pub unlisted_drug: String,
    /// More than one drug.
    pub several_drugs: String,
    /// Restart.
    pub restart: String,
    /// How hours are compared.
    pub comparison: String,
    /// Shared assessment.
    pub shared_assessment: String,
    /// Upgrade for patient risk.
    pub patient_upgrade: String,
    /// No last dose on file.
    pub unknown_last_dose: String,
}

/// A category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskCategory {
    /// Which.
    pub id: Risk,
    /// Label.
    pub label: String,
    /// Procedures in words.
    pub procedures: Vec<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Where others disagree.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contradiction {
    /// Id.
    pub id: String,
    /// What they say.
    pub text: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A drug.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drug {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: String,
    /// High-risk work.
    pub high: Hold,
    /// Intermediate-risk work.
    pub intermediate: Hold,
    /// Low-risk work.
    pub low: Hold,
    /// Restart.
    pub restart: Restart,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Aspirin, by what it is taken for.
const ASPIRIN: [&str; 2] = ["aspirin_primary", "aspirin_secondary"];

impl Drug {
    /// Whether it is aspirin, whatever for.
    pub fn is_aspirin(&self) -> bool {
        ASPIRIN.contains(&self.id.as_str())
    }

    /// What holds in a category.
    pub const fn hold(&self, risk: Risk) -> &Hold {
        match risk {
            Risk::Low => &self.low,
            Risk::Intermediate => &self.intermediate,
            Risk::High => &self.high,
        }
    }
}

/// What to do in one category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// The action.
    pub action: Action,
    /// Least hours from the last dose.
    pub hold_hours: Option<Exact>,
    /// Most hours, where a range is given.
    pub hold_hours_max: Option<Exact>,
    /// Instead, with kidney impairment.
    pub renal_impaired_hold_hours: Option<Exact>,
    /// Its upper end.
    pub renal_impaired_hold_hours_max: Option<Exact>,
    /// Hours shown as information beside a shared assessment.
    pub information_hold_hours: Option<Exact>,
    /// Whether the INR must be normal too.
    #[serde(default)]
    pub requires_normal_inr: bool,
}

/// Hours after which to restart.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restart {
    /// After low-risk work.
    pub low_hours: Exact,
    /// Its upper end.
    pub low_hours_max: Option<Exact>,
    /// After intermediate-risk work.
    pub intermediate_hours: Exact,
    /// Its upper end.
    pub intermediate_hours_max: Option<Exact>,
    /// After high-risk work.
    pub high_hours: Exact,
    /// Its upper end.
    pub high_hours_max: Option<Exact>,
    /// With a loading dose.
    pub loading_dose_hours: Option<Exact>,
}

impl Restart {
    /// Least hours and, where a range is given, most hours after work of this risk.
    pub const fn after(&self, risk: Risk) -> (Exact, Option<Exact>) {
        match risk {
            Risk::Low => (self.low_hours, self.low_hours_max),
            Risk::Intermediate => (self.intermediate_hours, self.intermediate_hours_max),
            Risk::High => (self.high_hours, self.high_hours_max),
        }
    }
}

/// A laboratory check.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabCheck {
    /// Id.
    pub id: String,
    /// For drugs of this class.
    pub drug_class: String,
    /// The rule.
    pub rule: String,
    /// Normal at or below.
    pub normal_at_or_below: Option<Exact>,
    /// At least so many.
    pub min_per_microlitre: Option<u32>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}
