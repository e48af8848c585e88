//! `safety_checks.toml`: checks before, during and after procedures and prescribing, and the time-out.

use serde::Deserialize;

use super::{Provenance, Statement, table};
use crate::clinical::exact::Exact;

table! {
    /// The safety checks.
    safety_checks: SafetyChecks = "safety_checks.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyChecks {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How it is read.
    pub conventions: Conventions,
    /// The checks.
    pub check: Vec<Check>,
    /// The time-out, in order.
    pub time_out: Vec<TimeOut>,
    /// How it is held.
    pub time_out_rule: Statement,
    /// What is recorded and never scored.
    pub not_computed: NotComputed,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl SafetyChecks {
    /// The check with this id.
    pub fn get(&self, id: &str) -> Option<&Check> {
        self.check.iter().find(|check| check.id == id)
    }
}

/// How it is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// States of a check.
    pub states: Vec<String>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// Levels.
    pub levels: Vec<CheckLevel>,
    /// How a check is overridden.
    #[serde(rename = "override")]
    pub overridden_by: String,
}

crate::vocab! {
    /// When a check is due.
    pub enum Phase {
        /// When booking.
        Booking "booking" "booking",
        /// Before the procedure.
        PreProcedure "pre_procedure" "before the procedure",
        /// At the time-out.
        TimeOut "time_out" "time-out",
        /// During it.
        Intra "intra" "during the procedure",
        /// In recovery.
        Recovery "recovery" "recovery",
        /// When prescribing.
        Prescribing "prescribing" "prescribing",
    }

    /// How strongly a check is asked for.
    pub enum CheckLevel {
        /// Required.
        Required "required" "required",
        /// Expected.
        Expected "expected" "expected",
        /// To consider.
        Consider "consider" "consider",
    }
}

/// A check.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// When.
    pub phase: Phase,
    /// How strongly.
    pub level: CheckLevel,
    /// In which case, in words.
    pub when: String,
    /// Detail.
    pub detail: String,
    /// Again after so many days.
    pub interval_days: Option<u32>,
    /// First review within so many days.
    pub first_review_days_max: Option<u32>,
    /// Glucose: defer above.
    pub defer_above_mg_dl: Option<Exact>,
    /// Glucose: caution above.
    pub caution_above_mg_dl: Option<Exact>,
    /// Glucose: conversion.
    pub mmol_per_mg_dl: Option<Exact>,
    /// Fasting: clear fluids.
    pub clear_fluid_hours: Option<Exact>,
    /// Fasting: breast milk.
    pub breast_milk_hours: Option<Exact>,
    /// Fasting: light meal.
    pub light_meal_hours: Option<Exact>,
    /// Fasting: heavy meal.
    pub heavy_meal_hours: Option<Exact>,
    /// QT: discuss from.
    pub discuss_from_ms: Option<u32>,
    /// QT: act from.
    pub act_from_ms: Option<u32>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A step of the time-out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeOut {
    /// Its place.
    pub order: u32,
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Whether it can never be left out.
    pub core: bool,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// What is recorded and never scored.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotComputed {
    /// Items.
    pub items: Vec<String>,
    /// Why.
    pub reason: String,
}
