//! `conditions.toml`: pain conditions with their codes and red flags.

use serde::Deserialize;

use super::{Provenance, table};

table! {
    /// The conditions.
    conditions: Conditions = "conditions.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditions {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How it is read.
    pub conventions: Conventions,
    /// Which red flags are asked by the place.
    pub red_flag_place: PlaceWords,
    /// The code set.
    pub code_set: CodeSet,
    /// Codes no longer billable.
    pub retired_code: Vec<RetiredCode>,
    /// The ICD-11 block of chronic pain.
    pub icd11: Vec<Icd11>,
    /// Red flags.
    pub red_flag: Vec<RedFlag>,
    /// Conditions.
    pub condition: Vec<Condition>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Conditions {
    /// The condition with this id.
    pub fn get(&self, id: &str) -> Option<&Condition> {
        self.condition.iter().find(|condition| condition.id == id)
    }
    /// The red flag with this id.
    pub fn red_flag(&self, id: &str) -> Option<&RedFlag> {
        self.red_flag.iter().find(|flag| flag.id == id)
    }
}

/// Which red flags are asked by the place, where no condition was chosen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    /// About it.
    pub note: String,
    /// Where it comes from.
    pub source: String,
    /// Whether it was checked against what is published.
    pub verified: bool,
    /// The words, with the groups of conditions that hurt there.
    pub words: Vec<PlaceWord>,
}

/// How the words of a place begin, folded, and the groups of conditions that hurt there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWord {
    /// The beginning of a word.
    pub word: String,
    /// The groups.
    pub groups: Vec<String>,
}

/// How it is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// Groups.
    pub groups: Vec<String>,
    /// How a code is written.
    pub code_format: String,
    /// What `side` holds.
    pub code_side_rule: String,
    /// What `icd11` holds.
    pub icd11_rule: String,
    /// About the mapping.
    pub mapping_note: String,
    /// Whether it is verified.
    pub mapping_verified: bool,
}

/// The code set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSet {
    /// Name.
    pub name: String,
    /// Checked from.
    pub checked_from: String,
    /// Checked to.
    pub checked_to: String,
    /// Licence.
    pub licence: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A code no longer billable.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetiredCode {
    /// The code.
    pub code: String,
    /// What to use.
    #[serde(rename = "use")]
    pub instead: Vec<String>,
    /// Note.
    pub note: Option<String>,
}

/// An entry of the ICD-11 block.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Icd11 {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Verified.
    pub verified: bool,
    /// Source.
    pub source: String,
}

crate::vocab! {
    /// How soon a red flag must be acted on.
    pub enum Urgency {
        /// Now.
        Emergency "emergency" "emergency",
        /// Within days.
        Urgent "urgent" "urgent",
        /// Soon.
        Prompt "prompt" "prompt",
    }
}

/// A red flag.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedFlag {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Groups in which it is asked.
    pub groups: Vec<String>,
    /// How soon.
    pub urgency: Urgency,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is called as well, long and short: it is found by these words.
    #[serde(default)]
    pub also: Vec<String>,
    /// Group.
    pub group: String,
    /// ICD-10-CM codes.
    pub icd10: Vec<Icd10>,
    /// ICD-11 code of pain over three months; empty: none.
    pub icd11: String,
    /// Red flags to ask.
    pub red_flags: Vec<String>,
    /// Instruments that fit.
    pub instruments: Vec<String>,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// An ICD-10-CM code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Icd10 {
    /// Code.
    pub code: String,
    /// Label in our own words.
    pub label: String,
    /// Left, right, bilateral, unspecified or empty.
    pub side: String,
}
