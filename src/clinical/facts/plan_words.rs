//! `plan_words.toml`: words that plans are often written with, for completion.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::table;

table! {
    /// The words of plans.
    plan_words: PlanWords = "plan_words.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanWords {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
    /// The words by the piece of the plan, named as the record names it.
    pub words: BTreeMap<String, Vec<String>>,
    /// What the shorthand line means.
    pub short: Vec<Short>,
}

/// What a short word of the shorthand line means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Short {
    /// The short words.
    pub codes: Vec<String>,
    /// Several words that mean the same.
    #[serde(default)]
    pub also: Vec<String>,
    /// The piece, named as the record names it.
    pub piece: String,
    /// What it stands for.
    pub text: String,
    /// What it books on its date, named as the record names it.
    pub books: Option<String>,
}
