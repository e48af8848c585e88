//! `steroids.toml`: potency, particles, usual doses, limits, interactions. Used by
//! [`crate::clinical::calc::steroid_total`] and [`crate::clinical::calc::steroid_rule`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Provenance, Severity, table};
use crate::clinical::exact::Exact;

table! {
    /// The steroid table.
    steroids: Steroids = "steroids.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steroids {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// Equivalence.
    pub equivalence: Equivalence,
    /// The steroids.
    pub steroid: Vec<Steroid>,
    /// Usual doses by site.
    pub range: Vec<DoseRange>,
    /// Rules for a site.
    pub site_rule: Vec<SiteRule>,
    /// Limits over time.
    pub limit: Vec<Limit>,
    /// Which dates count.
    pub window: Window,
    /// Effects on the whole body.
    pub systemic_effect: Vec<SystemicEffect>,
    /// Worked examples.
    pub worked_example: Vec<WorkedExample>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Steroids {
    /// The steroid with this id.
    pub fn get(&self, id: &str) -> Option<&Steroid> {
        self.steroid.iter().find(|steroid| steroid.id == id)
    }
    /// The limit with this id.
    pub fn limit(&self, id: &str) -> Option<&Limit> {
        self.limit.iter().find(|limit| limit.id == id)
    }
    /// The sites that ranges and rules speak of.
    pub fn knows_site(&self, site: &str) -> bool {
        self.range.iter().any(|range| range.site == site) || self.site_rule.iter().any(|rule| rule.site == site)
    }
}

/// Equivalence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalence {
    /// All is reckoned in this.
    pub reference: String,
    /// Milligrams that equal 5 mg of prednisone.
    pub prednisone_5mg_equals_mg: BTreeMap<String, Exact>,
    /// The formula.
    pub formula: String,
    /// Where it is rounded.
    pub rounding: String,
    /// What it cannot say.
    pub caveat: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A steroid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steroid {
    /// Id.
    pub id: String,
    /// Its name in the table of equivalence.
    pub equivalence: String,
    /// Whether it counts in the total of injections.
    pub adds_to_total: Option<bool>,
    /// Name.
    pub name: String,
    /// Whether it holds particles.
    pub particulate: bool,
    /// Strengths.
    pub strengths_mg_per_ml: Vec<Exact>,
    /// Potency, hydrocortisone 1.
    pub relative_potency_hydrocortisone_1: Exact,
    /// Factor to the reference, rounded; the exact one comes from the equivalence.
    pub to_methylprednisolone: Exact,
    /// Duration.
    pub duration: String,
    /// Notes.
    pub notes: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// The usual dose at a site.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoseRange {
    /// Site.
    pub site: String,
    /// Steroid; empty: none is usual.
    pub steroid: String,
    /// From.
    pub min_mg: Exact,
    /// To.
    pub max_mg: Exact,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A rule for a site.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteRule {
    /// Id.
    pub id: String,
    /// Site.
    pub site: String,
    /// How grave.
    pub severity: Severity,
    /// The rule.
    pub rule: String,
    /// Label.
    pub label: String,
    /// How it is overridden.
    #[serde(rename = "override")]
    pub overridden_by: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A limit over time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Id.
    pub id: String,
    /// For what.
    pub scope: String,
    /// Over so many days.
    pub window_days: Option<u32>,
    /// So many sessions.
    pub max_sessions: Option<u32>,
    /// So many days apart.
    pub min_interval_days: Option<u32>,
    /// Caution from this total.
    pub caution_from_mg: Option<Exact>,
    /// Caution from this total over three years.
    pub caution_3y_from_mg: Option<Exact>,
    /// Relief expected from the last one.
    pub relief_percent_from: Option<Exact>,
    /// For so many days.
    pub duration_days_from: Option<u32>,
    /// How grave.
    pub severity: Severity,
    /// Label.
    pub label: String,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Which dates count.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The rule.
    pub rule: String,
    /// Which records.
    pub include: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// An effect on the whole body.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemicEffect {
    /// Id.
    pub id: String,
    /// Comes with medicines of this class.
    pub with_class: Option<String>,
    /// Comes with these steroids, the gravest first.
    #[serde(default)]
    pub steroids: Vec<String>,
    /// Label.
    pub label: String,
    /// What to do.
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
    /// The doses.
    pub inputs: Vec<ExampleDose>,
    /// Their sum.
    pub expected_methylprednisolone_mg: Exact,
    /// Published or derived.
    pub kind: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A dose of an example.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleDose {
    /// Steroid.
    pub steroid: String,
    /// Dose.
    pub dose_mg: Exact,
}
