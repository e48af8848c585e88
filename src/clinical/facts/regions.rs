//! `regions.toml`: what differs between regions: entry formats, units, names, codes, dose tables, letters.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Provenance, table};
use crate::clinical::exact::Exact;
use crate::clinical::practice::Region as RegionId;

table! {
    /// The regions.
    regions: Regions = "regions.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regions {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How it is read.
    pub conventions: Conventions,
    /// The regions.
    pub region: Vec<Region>,
    /// Units and their conversions.
    pub unit_conversion: Vec<UnitConversion>,
    /// Which names medicines have.
    pub drug_name_rule: Vec<DrugNameRule>,
    /// Names that differ.
    pub display_name: Vec<DisplayName>,
    /// Code sets.
    pub code_set: Vec<CodeSet>,
    /// Codes that differ.
    pub code_map: Vec<CodeMap>,
    /// Controlled medicines.
    pub controlled_class: Vec<ControlledClass>,
    /// Monitoring.
    pub monitoring: Vec<Monitoring>,
    /// Thresholds of the opioid dose.
    pub dose_threshold: Vec<DoseThreshold>,
    /// Tables of the opioid dose.
    pub dose_table: Vec<DoseTable>,
    /// Letters.
    pub letter: Vec<Letter>,
    /// Learning.
    pub education: Vec<Education>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Regions {
    /// The region.
    pub fn get(&self, id: RegionId) -> Option<&Region> {
        self.region.iter().find(|region| region.id == id)
    }
    /// The dose table with this id, if it may be used.
    pub fn dose_table(&self, id: &str) -> Option<&DoseTable> {
        self.dose_table.iter().find(|table| table.id == id && table.enabled)
    }
}

/// How it is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// The regions.
    pub regions: Vec<RegionId>,
    /// How dates are shown.
    pub shown_date: String,
    /// ISO dates.
    pub iso_always: String,
    /// Decimal marks.
    pub decimal: String,
    /// Units.
    pub units: String,
    /// No dose table.
    pub no_table: String,
    /// Totals that are never mixed.
    pub never_mix: String,
    /// Scope of the thresholds.
    pub scope: String,
}

/// A region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Id.
    pub id: RegionId,
    /// Name.
    pub name: String,
    /// Order of typed dates.
    pub date_entry: String,
    /// What stands between day and month.
    pub date_separator: Option<String>,
    /// First day of the week.
    pub week_start: String,
    /// 12 or 24 hours.
    pub clock: String,
    /// Decimal marks that are read.
    pub decimal_accepted: Vec<String>,
    /// Weight is typed in this.
    pub weight_unit: String,
    /// And shown in this.
    pub weight_second: Option<String>,
    /// Height is typed in this.
    pub height_unit: String,
    /// And shown in this.
    pub height_second: Option<String>,
    /// Temperature.
    pub temperature_unit: String,
    /// Glucose.
    pub glucose_unit: String,
    /// About glucose.
    pub glucose_note: Option<String>,
    /// Creatinine.
    pub creatinine_unit: String,
    /// About creatinine.
    pub creatinine_note: Option<String>,
    /// `HbA1c`.
    pub hba1c_unit: String,
    /// And shown in this.
    pub hba1c_second: Option<String>,
    /// Which names medicines have.
    pub drug_names: String,
    /// Diagnosis codes.
    pub diagnosis_code_set: String,
    /// Procedure codes.
    pub procedure_code_set: String,
    /// Controlled medicines.
    pub controlled_scheme: String,
    /// Table of the opioid dose.
    pub dose_table: String,
    /// About it.
    pub dose_table_note: Option<String>,
    /// What the total is called.
    pub dose_word: String,
    /// Its thresholds.
    pub dose_thresholds: Vec<String>,
    /// Whether there is prescription monitoring.
    pub prescription_monitoring: bool,
    /// Emergency number; empty: ask.
    pub emergency_number: String,
    /// About it.
    pub emergency_number_note: Option<String>,
    /// Another one.
    pub emergency_number_also: Option<String>,
    /// Urgent advice.
    pub urgent_advice_number: Option<String>,
    /// Crisis line.
    pub crisis_line: Option<String>,
    /// Paper.
    pub paper: String,
    /// Language.
    pub language: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A unit and its conversion.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitConversion {
    /// Id.
    pub id: String,
    /// From this unit.
    pub from: String,
    /// To this unit.
    pub to: String,
    /// By division.
    pub divide_by: Option<Exact>,
    /// By multiplication.
    pub multiply_by: Option<Exact>,
    /// By a formula in words.
    pub formula: Option<String>,
    /// Decimals of the first unit.
    pub show_decimals_from: Option<u32>,
    /// Decimals of the second unit.
    pub show_decimals_to: Option<u32>,
    /// Plausible in the first unit.
    pub plausible_from: Option<[Exact; 2]>,
    /// Plausible in the second unit.
    pub plausible_to: Option<[Exact; 2]>,
    /// Example.
    pub example: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Which names medicines have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrugNameRule {
    /// Id.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A name that differs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisplayName {
    /// Name in the tables.
    pub name: String,
    /// In the United States, where it differs.
    pub us: Option<String>,
    /// In the United Kingdom.
    pub uk: String,
    /// In Germany.
    pub de: String,
}

/// A code set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSet {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Region.
    pub region: RegionId,
    /// When it changes.
    pub changes: Option<String>,
    /// What is shipped.
    pub shipped: String,
    /// Marks beside a code.
    pub marks: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A code that differs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeMap {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// ICD-10-CM.
    pub icd10cm: Vec<String>,
    /// ICD-10 of the WHO.
    pub icd10who5: Vec<String>,
    /// ICD-10-GM.
    pub icd10gm: Vec<String>,
    /// What is easily mistaken.
    pub danger: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Controlled medicines of a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlledClass {
    /// Region.
    pub region: RegionId,
    /// Classes.
    pub classes: Vec<String>,
    /// Hints.
    pub hints: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Monitoring of a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monitoring {
    /// Region.
    pub region: RegionId,
    /// Prescription monitoring.
    pub pdmp: String,
    /// Its clock; 0: none.
    pub pdmp_clock_days: u32,
    /// Urine test.
    pub urine_test: String,
    /// Its clock; 0: none.
    pub urine_clock_days: u32,
    /// Agreement.
    pub agreement: String,
    /// Whether naloxone is offered.
    pub naloxone_offer: bool,
    /// About it.
    pub naloxone_note: Option<String>,
    /// Review.
    pub review: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A threshold of the opioid dose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoseThreshold {
    /// Id.
    pub id: String,
    /// Region.
    pub region: RegionId,
    /// The table it is made for.
    pub needs_table: String,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// From this total.
    pub from_mg_per_day: Exact,
    /// Whether exactly at it counts.
    pub inclusive: bool,
    /// The same threshold in the opioid table.
    pub same_as: Option<String>,
    /// Label.
    pub label: Option<String>,
    /// What to think of.
    #[serde(default)]
    pub prompts: Vec<String>,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A table of the opioid dose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoseTable {
    /// Id.
    pub id: String,
    /// Region.
    pub region: RegionId,
    /// Whether it may be used.
    pub enabled: bool,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Factors of milligrams a day.
    pub factors: BTreeMap<String, Exact>,
    /// Fentanyl patches by strength.
    #[serde(default)]
    pub fentanyl_patch_mcg_per_hour: BTreeMap<String, Exact>,
    /// Weekly buprenorphine patches by strength.
    #[serde(default)]
    pub buprenorphine_weekly_patch_mcg_per_hour: BTreeMap<String, Exact>,
    /// Buprenorphine patches for three or four days, by strength.
    #[serde(default)]
    pub buprenorphine_3_4_day_patch_mcg_per_hour: BTreeMap<String, Exact>,
    /// Other strengths.
    pub other_patch_strengths: Option<String>,
    /// Drugs without a factor.
    #[serde(default)]
    pub no_factor: Vec<String>,
    /// About them.
    pub no_factor_rule: Option<String>,
    /// Caution.
    pub caution: Option<String>,
    /// How it differs.
    pub differs_from_us: Option<String>,
    /// What was seen elsewhere.
    pub seen_range: Option<String>,
    /// Why it is off.
    pub why_off: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Letters of a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// Region.
    pub region: RegionId,
    /// Kinds.
    pub kinds: Vec<String>,
    /// Headings.
    #[serde(default)]
    pub first_lines: Vec<String>,
    /// Whether the patient gets a copy.
    pub copy_to_patient: String,
    /// Greeting.
    pub greeting: String,
    /// Closing.
    pub closing: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// Learning in a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Education {
    /// Region.
    pub region: RegionId,
    /// Its words.
    pub words: BTreeMap<String, String>,
    /// Note.
    pub note: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}
