//! The tables of facts shipped in the binary (`assets/*.toml`), read on first use and never before.
//!
//! Each table has its types and its lookups in one file here. Columns nobody has typed are refused, so nothing in a table
//! is lost on the way. The rules that use the tables are in [`super::calc`] and [`super::instrument`].

pub mod antithrombotics;
pub mod body_map;
pub mod bring_in;
pub mod columns;
pub mod conditions;
pub mod examination;
pub mod instruments;
pub mod local_anaesthetics;
pub mod medications;
pub mod medicine_names;
pub mod opioid_contexts;
pub mod opioids;
pub mod phrases;
pub mod plan_words;
pub mod procedures;
pub mod regions;
pub mod safety_checks;
pub mod steroids;

use serde::Deserialize;

/// Reads the tables that the day's board asks: while a passphrase is typed or its key derived, so that the first look at
/// the day does not wait for them.
pub fn read_for_the_day() {
    let _ = (regions::regions(), safety_checks::safety_checks(), opioid_contexts::opioid_contexts());
    let _ = (medicine_names::medicine_names(), opioids::opioids(), conditions::conditions());
}

/// Where a whole table comes from; entries without a source of their own inherit it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The source of entries without one.
    pub source: String,
    /// Whether they are verified.
    pub verified: bool,
    /// The licence of the table.
    pub licence: String,
    /// How entries inherit.
    pub inherit_rule: String,
    /// What the table is not for.
    pub not_for: String,
}

/// A sentence with its source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A worked example of a table: what goes in, and what must come out of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkedExample {
    /// Id.
    pub id: String,
    /// Inputs.
    pub inputs: toml::Table,
    /// Answers.
    pub expected: toml::Table,
    /// Published or derived, where the table tells them apart.
    pub kind: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A number in the row of a worked example.
#[cfg(test)]
pub(super) fn number(row: &toml::Table, key: &str) -> Option<super::exact::Exact> {
    row.get(key).map(|value| value.to_string().parse().unwrap())
}

/// How grave a flag or caution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Caution,
    /// Worth stopping for.
    High,
    /// Stops signing until it is changed or a reason is typed.
    Block,
}

/// A table of the binary, read once.
///
/// The text is a constant of the build and a test reads every table, so a fault here is a broken build.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident: $type:ty = $file:literal) => {
        $(#[$doc])*
        pub fn $name() -> &'static $type {
            static TABLE: std::sync::OnceLock<$type> = std::sync::OnceLock::new();
            TABLE.get_or_init(|| {
                toml::from_str(include_str!(concat!("../../../assets/", $file)))
                    .unwrap_or_else(|fault| panic!("{}: {fault}", $file))
            })
        }
    };
}
use table;

#[cfg(test)]
mod tests;
