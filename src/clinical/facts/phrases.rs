//! `phrases.toml`: the dot-phrases that ship with the program.

use serde::Deserialize;

use super::table;

table! {
    /// The shipped phrases.
    phrases: Phrases = "phrases.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
    /// The phrases, in the order in which they are listed.
    pub phrase: Vec<Phrase>,
}

/// A phrase.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// The word after the dot.
    pub word: String,
    /// Where it is listed.
    pub group: String,
    /// What it is.
    pub title: String,
    /// What it becomes.
    pub text: String,
}
