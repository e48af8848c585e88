//! `bring_in.toml`: words of other record systems. How lines are read is in `format::bring_in`.

use serde::Deserialize;

use super::{Provenance, table};

table! {
    /// The words of other record systems.
    bring_in: BringIn = "bring_in.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BringIn {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// Headings of lists.
    pub heading: Vec<Words>,
    /// Ways of saying that a list is empty.
    pub nothing: Vec<Words>,
    /// Ways of giving a medicine.
    pub route: Vec<Phrase>,
    /// How often.
    pub frequency: Vec<Phrase>,
    /// Units and forms.
    pub units: Units,
    /// Words that say what a line is.
    pub shape: Shape,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Words that open or empty a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Which list.
    pub kind: String,
    /// The words, folded.
    pub words: Vec<String>,
}

/// One meaning with the ways it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// As we say it.
    pub words: String,
    /// As it is written, folded.
    pub typed: Vec<String>,
}

/// Units and forms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Units of a strength.
    pub strength: Vec<String>,
    /// Forms that are counted.
    pub form: Vec<String>,
    /// Words of an order that say nothing.
    pub drop: Vec<String>,
}

/// Words that by themselves say what a line is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Of an allergy.
    pub allergy: Vec<String>,
    /// Of a procedure.
    pub procedure: Vec<String>,
    /// Of a pain problem among diagnoses.
    pub pain: Vec<String>,
    /// Of a reaction.
    pub reaction: Vec<String>,
    /// Of a sentence.
    pub prose: Vec<String>,
    /// Words that say that a medicine is over.
    pub ended: Vec<String>,
}
