//! `medications.toml`: pain medicines with their labelled ceilings and caution flags.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Provenance, table};
use crate::clinical::exact::Exact;

table! {
    /// The pain medicines.
    medications: Medications = "medications.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medications {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How it is read.
    pub conventions: Conventions,
    /// The caution flags and what they mean.
    pub flag_labels: BTreeMap<String, String>,
    /// The medicines.
    pub medication: Vec<Medication>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Medications {
    /// The medicine with this id.
    pub fn get(&self, id: &str) -> Option<&Medication> {
        self.medication.iter().find(|medication| medication.id == id)
    }
}

/// How it is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// Unit of the ceilings.
    pub max_daily_unit: String,
    /// Kinds of ceilings.
    pub max_kind: Vec<MaxKind>,
    /// No ceiling.
    pub missing_max: String,
    /// How a ceiling is compared.
    pub compare_rule: String,
    /// Combination products.
    pub combination_rule: String,
    /// Duplicates.
    pub duplicate_rule: String,
    /// Serotonergic medicines.
    pub serotonergic_rule: String,
    /// Sedative medicines.
    pub sedative_rule: String,
    /// QT-prolonging medicines.
    pub qt_rule: String,
    /// Medicines that raise bleeding.
    pub bleeding_rule: String,
}

crate::vocab! {
    /// Whose ceiling it is.
    pub enum MaxKind {
        /// The label's.
        Label "label" "label",
        /// Specialist use, off label.
        Specialist "specialist" "specialist use",
        /// There is none.
        None "none" "no ceiling",
    }
}

/// A pain medicine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medication {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: String,
    /// Routes.
    pub routes: Vec<String>,
    /// Unit.
    pub unit: String,
    /// Ceiling a day; none: no comparison is made.
    pub max_daily: Option<Exact>,
    /// Whose ceiling it is.
    pub max_kind: MaxKind,
    /// The ceiling's period, where it is not a day.
    pub max_period: Option<String>,
    /// About the ceiling.
    pub max_note: Option<String>,
    /// A common cautious ceiling.
    pub cautious_max_daily: Option<Exact>,
    /// The usual dose for pain.
    pub usual_pain_dose: Option<Exact>,
    /// The ceiling of the labelled indication.
    pub label_indication_max: Option<Exact>,
    /// The ceiling after the first days.
    pub maintenance_max_daily: Option<Exact>,
    /// Gel: a joint of the leg.
    pub per_joint_lower: Option<Exact>,
    /// Gel: a joint of the arm.
    pub per_joint_upper: Option<Exact>,
    /// Extended release.
    pub max_daily_er: Option<Exact>,
    /// Over 75 years.
    pub max_daily_over_75: Option<Exact>,
    /// Creatinine clearance under 30 mL/min.
    pub max_daily_crcl_under_30: Option<Exact>,
    /// Cirrhosis.
    pub max_daily_cirrhosis: Option<Exact>,
    /// Moderate liver impairment.
    pub max_daily_moderate_hepatic: Option<Exact>,
    /// Extended release, moderate liver impairment.
    pub max_daily_er_moderate_hepatic: Option<Exact>,
    /// With propranolol.
    pub max_daily_with_propranolol: Option<Exact>,
    /// On the first day.
    pub day_1_max_daily: Option<Exact>,
    /// Botulinum toxin following the pain.
    pub max_with_follow_the_pain: Option<Exact>,
    /// Its id in the opioid table.
    pub mme_id: Option<String>,
    /// Caution flags.
    pub flags: Vec<String>,
    /// Cautions in words.
    pub caution: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}
