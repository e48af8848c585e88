//! `procedures.toml`: the procedure catalogue. Used by the hold windows, the block response and the procedure record.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::antithrombotics::Risk;
use super::{Provenance, table};
use crate::clinical::exact::Exact;

table! {
    /// The procedure catalogue.
    procedures: Procedures = "procedures.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedures {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How it is read.
    pub conventions: Conventions,
    /// Level lists that entries refer to with `@`.
    pub levels: Levels,
    /// Vertebrae by region.
    pub vertebra_counts: VertebraCounts,
    /// What counts as success.
    pub success_threshold: Vec<SuccessThreshold>,
    /// How a diagnostic block is read.
    pub block_response: BlockResponse,
    /// When the diary asks.
    pub diary_window: Vec<DiaryWindow>,
    /// Sets of checks.
    pub check_set: Vec<CheckSet>,
    /// Aftercare.
    pub aftercare: Vec<Aftercare>,
    /// The procedures.
    pub procedure: Vec<Procedure>,
    /// Sites of botulinum toxin for migraine.
    pub botulinum_migraine_map: BotulinumMap,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Procedures {
    /// The procedure with this id.
    pub fn get(&self, id: &str) -> Option<&Procedure> {
        self.procedure.iter().find(|procedure| procedure.id == id)
    }
    /// The set of checks with this id.
    pub fn checks(&self, set: &str) -> &[String] {
        self.check_set.iter().find(|entry| entry.id == set).map_or(&[], |entry| &entry.checks)
    }
    /// The levels of a procedure, lists it refers to written out.
    pub fn levels_of<'a>(&'a self, procedure: &'a Procedure) -> Vec<&'a str> {
        let mut levels = Vec::new();
        for level in &procedure.levels {
            match level.strip_prefix('@') {
                Some(list) => levels.extend(self.levels.list(list).iter().map(String::as_str)),
                None => levels.push(level.as_str()),
            }
        }
        levels
    }
    /// The thresholds of success that apply to a procedure.
    pub fn thresholds<'a>(&'a self, procedure: &'a str) -> impl Iterator<Item = &'a SuccessThreshold> {
        self.success_threshold.iter().filter(move |entry| entry.applies_to.iter().any(|id| id == procedure))
    }
}

/// How it is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// The families.
    pub families: Vec<String>,
    /// The sides.
    pub laterality: Vec<String>,
    /// The kinds of guidance.
    pub guidance: Vec<String>,
    /// How levels are written.
    pub level_rule: String,
    /// Source of the risk categories.
    pub risk_source: String,
    /// What `steroid_site` means.
    pub steroid_site_rule: String,
    /// Whether that mapping is verified.
    pub steroid_site_verified: bool,
    /// Where checks are.
    pub checks_ref: String,
    /// About the code numbers.
    pub codes_notice: String,
    /// What they are not for.
    pub codes_rule: String,
}

/// Lists of levels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// Interspaces of the neck.
    pub cervical_interspaces: Vec<String>,
    /// Interspaces of the chest.
    pub thoracic_interspaces: Vec<String>,
    /// Interspaces of the low back.
    pub lumbar_interspaces: Vec<String>,
    /// Foramina of the sacrum.
    pub sacral_foramina: Vec<String>,
    /// Medial branches of the neck.
    pub cervical_medial_branches: Vec<String>,
    /// Medial branches of the chest.
    pub thoracic_medial_branches: Vec<String>,
    /// Medial branches of the low back.
    pub lumbar_medial_branches: Vec<String>,
    /// Lateral branches of the sacrum.
    pub sacral_lateral_branches: Vec<String>,
    /// Which nerves serve which joint.
    pub joint_to_nerve_rule: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

impl Levels {
    /// The list of this name; empty where there is none.
    pub fn list(&self, name: &str) -> &[String] {
        match name {
            "cervical_interspaces" => &self.cervical_interspaces,
            "thoracic_interspaces" => &self.thoracic_interspaces,
            "lumbar_interspaces" => &self.lumbar_interspaces,
            "sacral_foramina" => &self.sacral_foramina,
            "cervical_medial_branches" => &self.cervical_medial_branches,
            "thoracic_medial_branches" => &self.thoracic_medial_branches,
            "lumbar_medial_branches" => &self.lumbar_medial_branches,
            "sacral_lateral_branches" => &self.sacral_lateral_branches,
            _ => &[],
        }
    }
}

/// Vertebrae by region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VertebraCounts {
    /// Neck.
    pub cervical: u8,
    /// Chest.
    pub thoracic: u8,
    /// Low back.
    pub lumbar: u8,
    /// Sacrum.
    pub sacral: u8,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// What counts as success.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuccessThreshold {
    /// Id.
    pub id: String,
    /// For these procedures.
    pub applies_to: Vec<String>,
    /// From this relief.
    pub percent_from: Exact,
    /// In so many blocks.
    pub blocks_required: Option<u32>,
    /// For so many days.
    pub duration_days_from: Option<u32>,
    /// Label.
    pub label: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// How a diagnostic block is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockResponse {
    /// The formula.
    pub formula: String,
    /// No pain before.
    pub pre_zero: String,
    /// Under this start the percentage is unreliable.
    pub min_pre_score: i32,
    /// What to say then.
    pub min_pre_score_note: String,
    /// What to ask for.
    pub provoked: String,
    /// Hours that fit lidocaine.
    pub concordant_duration_lidocaine_hours: [Exact; 2],
    /// Hours that fit bupivacaine.
    pub concordant_duration_bupivacaine_hours: [Exact; 2],
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// When the diary asks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiaryWindow {
    /// Id.
    pub id: String,
    /// At these minutes.
    #[serde(default)]
    pub minutes: Vec<u32>,
    /// On these days.
    #[serde(default)]
    pub days: Vec<u32>,
    /// Note.
    pub note: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A set of checks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckSet {
    /// Id.
    pub id: String,
    /// The checks of the safety table.
    pub checks: Vec<String>,
}

/// Aftercare.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aftercare {
    /// Id.
    pub id: String,
    /// What to tell.
    pub points: Vec<String>,
}

/// A procedure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Family.
    pub family: String,
    /// Its site in the steroid table.
    pub steroid_site: Option<String>,
    /// Regions of the body.
    pub regions: Vec<String>,
    /// Sides.
    pub laterality: Vec<String>,
    /// Levels; `@name` refers to a list.
    pub levels: Vec<String>,
    /// Guidance.
    pub guidance: Vec<String>,
    /// Bleeding risk.
    pub asra_risk: Risk,
    /// Sets of checks.
    pub check_sets: Vec<String>,
    /// Aftercare.
    pub aftercare: Vec<String>,
    /// Billing code numbers, for reference.
    pub codes: Vec<Code>,
    /// Whether they are verified.
    pub codes_verified: bool,
    /// Which diary.
    pub diary: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A billing code number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Number.
    pub number: String,
    /// Label in our own words.
    pub label: String,
    /// Whether it only adds to another.
    pub add_on: bool,
}

/// Sites of botulinum toxin for migraine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BotulinumMap {
    /// Units a site.
    pub units_per_site: u32,
    /// Units in all.
    pub total_units: u32,
    /// Sites in all.
    pub total_sites: u32,
    /// Most units.
    pub max_units: u32,
    /// Most sites.
    pub max_sites: u32,
    /// Weeks between sessions.
    pub interval_weeks: u32,
    /// The muscles.
    pub areas: Vec<BotulinumArea>,
    /// Extra units where the pain is.
    pub optional_extra: BTreeMap<String, u32>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A muscle of the botulinum map.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BotulinumArea {
    /// Id.
    pub id: String,
    /// Units.
    pub units: u32,
    /// Sites.
    pub sites: u32,
}
