//! `columns.toml`: names of columns as other programs write them. What a column is for is said in `format::csv::role`.

use serde::Deserialize;

use super::{Provenance, table};

table! {
    /// The names of columns.
    columns: Columns = "columns.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// What columns are for, each with its names.
    pub column: Vec<Column>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// What a column is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The role, by its name.
    pub role: String,
    /// Its names, in small letters without blanks, signs and accents.
    pub names: Vec<String>,
}
