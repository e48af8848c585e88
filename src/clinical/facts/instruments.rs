//! `instruments.toml`: assessment instruments as data. Scored by [`crate::clinical::instrument`].
//!
//! Why so long: it is the shape of one table, each part of which is a few lines and makes sense beside the others.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Provenance, Severity, table};
use crate::clinical::exact::Exact;

table! {
    /// The instruments shipped.
    instruments: Instruments = "instruments.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instruments {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How to read it.
    pub conventions: Conventions,
    /// How change is reckoned.
    pub change: ChangeRule,
    /// Thresholds of change.
    pub responder: Vec<Responder>,
    /// States patients call acceptable.
    pub acceptable_state: Vec<AcceptableState>,
    /// The instruments.
    pub instrument: Vec<Instrument>,
    /// Instruments that may not be shipped: a total typed from the licensed form is kept and banded.
    pub excluded: Vec<Excluded>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Instruments {
    /// The instrument with this id.
    pub fn get(&self, id: &str) -> Option<&Instrument> {
        self.instrument.iter().find(|instrument| instrument.id == id)
    }
    /// The excluded instrument with this id.
    pub fn excluded(&self, id: &str) -> Option<&Excluded> {
        self.excluded.iter().find(|instrument| instrument.id == id)
    }
    /// The threshold of change with this id.
    pub fn responder(&self, id: &str) -> Option<&Responder> {
        self.responder.iter().find(|responder| responder.id == id)
    }
}

/// How the table is to be read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// The kinds of scoring.
    pub scoring_types: Vec<Scoring>,
    /// Which way is worse.
    pub direction: String,
    /// What a missing item means where nothing else is said.
    pub missing_default: String,
    /// The kinds of licence.
    pub licence_status: Vec<LicenceStatus>,
    /// How band edges are read.
    pub band_rule: String,
}

/// How change is reckoned.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRule {
    /// The formula of the percentage.
    pub formula_percent: String,
    /// When there is no percentage.
    pub undefined_when: String,
    /// Where it is rounded.
    pub rounding: String,
}

/// A threshold of change.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responder {
    /// Id.
    pub id: String,
    /// What reaching it is called.
    pub label: String,
    /// The instrument it was made for; none: any scale of pain intensity.
    pub instrument: Option<String>,
    /// Reached from this improvement in percent.
    pub percent_from: Option<Exact>,
    /// Reached down to this (negative) improvement in percent.
    pub percent_to: Option<Exact>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
    /// Note.
    pub note: Option<String>,
}

/// A state patients call acceptable.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptableState {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Of which instrument.
    pub instrument: String,
    /// At or below this score.
    pub at_or_below: i32,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// How the items make the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scoring {
    /// The one item is the score.
    Single,
    /// The sum.
    Sum,
    /// The mean.
    Mean,
    /// The highest item.
    Max,
    /// 1 if any item is above 0.
    Any,
    /// The sum of the marked items' weights, by sex.
    WeightedSum,
    /// A set of criteria: rules of their own.
    Criteria,
    /// One of an ordered list of levels.
    Ordinal,
}

/// Which way is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A fall is an improvement.
    HigherIsWorse,
    /// A rise is an improvement.
    HigherIsBetter,
    /// Nought is the aim; neither way is better by itself.
    ZeroIsTarget,
}

/// Whom an instrument was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ages {
    /// Adults: not for anybody below 18.
    Adults,
    /// Children.
    Children,
}

/// What the licence allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceStatus {
    /// Free.
    Free,
    /// Free with the notice shown.
    FreeWithNotice,
    /// The wording needs permission; only category names and scores are held.
    PermissionNeeded,
}

/// One instrument.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its name in a row; none takes it from the name or the id.
    pub short: Option<String>,
    /// Whom it was made for; none: for all ages.
    pub ages: Option<Ages>,
    /// Days after which it is asked again once it was used; none: whenever the physician wants it. A rule of this product.
    pub again_after_days: Option<u32>,
    /// Its version, as its author counts; none: that of the table, or of the file it stands in.
    pub version: Option<String>,
    /// What it is about.
    pub domain: String,
    /// How it is scored.
    pub scoring: Scoring,
    /// Lowest and highest score.
    pub range: Option<[i32; 2]>,
    /// Scores go in steps of this.
    pub step: Option<i32>,
    /// The only scores there are, where they are not simply the range.
    pub allowed_values: Option<Vec<i32>>,
    /// Decimals shown.
    pub decimals: Option<u32>,
    /// Which way is worse.
    pub direction: Direction,
    /// The time it asks about.
    pub recall: String,
    /// Who completes it.
    pub completed_by: String,
    /// What must be known to score it.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The published question over all items, where its licence allows it.
    pub stem: Option<String>,
    /// The items.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Items asked and kept but not scored.
    #[serde(default)]
    pub extra_items: Vec<ExtraItem>,
    /// The words of the answers, from the lowest, where all items share them.
    #[serde(default)]
    pub options: Vec<String>,
    /// The levels of an ordinal scale.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// What a missing item means, in words; none: no total.
    pub missing: Option<String>,
    /// What a missing item counts as; none: no total.
    pub missing_counts_as: Option<i32>,
    /// Bands of the score.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Source of the bands, where it is another.
    pub band_source: Option<String>,
    /// Whether the bands are verified, where it differs.
    pub band_verified: Option<bool>,
    /// Whether the cut-off is verified, where it differs.
    pub cutoff_verified: Option<bool>,
    /// Flags.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// Source of the flags, where it is another.
    pub flag_source: Option<String>,
    /// The smallest change that matters.
    pub mcic: Option<Mcic>,
    /// Another published figure for it.
    pub mcic_alternative: Option<Mcic>,
    /// The range of published figures.
    pub mcic_range: Option<[Exact; 2]>,
    /// What to know about it.
    pub mcic_notes: Option<String>,
    /// Whether it is verified, where it differs.
    pub mcic_verified: Option<bool>,
    /// When a value by itself is an important change.
    pub important_when: Option<String>,
    /// Checks against other instruments, in words.
    #[serde(default)]
    pub checks: Vec<String>,
    /// Published accuracy.
    #[serde(default)]
    pub accuracy: BTreeMap<String, Exact>,
    /// Whether the descriptors are included.
    pub descriptors_included: Option<bool>,
    /// Fibromyalgia: range of the widespread pain index.
    pub wpi_range: Option<[i32; 2]>,
    /// Fibromyalgia: range of the symptom severity.
    pub sss_range: Option<[i32; 2]>,
    /// Fibromyalgia: the five regions and their sites.
    #[serde(default)]
    pub regions: Vec<PainRegion>,
    /// Fibromyalgia: sites that do not make a region count.
    #[serde(default)]
    pub sites_not_counted_for_generalised_pain: Vec<String>,
    /// Fibromyalgia: symptoms graded 0 to 3.
    #[serde(default)]
    pub severity_items: Vec<Item>,
    /// Fibromyalgia: symptoms present or not.
    #[serde(default)]
    pub presence_items: Vec<Item>,
    /// Fibromyalgia: the words of the grades.
    #[serde(default)]
    pub severity_options: Vec<String>,
    /// The criteria in words.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// When the criteria are met, in words.
    pub met_when: Option<String>,
    /// What is reported beside.
    pub also_report: Option<String>,
    /// Derived scores.
    #[serde(default)]
    pub derived: Vec<Derived>,
    /// Budapest: what must hold before categories count.
    #[serde(default)]
    pub preconditions: Vec<Precondition>,
    /// Budapest: the categories.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// Budapest: counts for the clinical criteria.
    pub clinical_rule: Option<CountRule>,
    /// Budapest: counts for the research criteria.
    pub research_rule: Option<CountRule>,
    /// Licence.
    pub licence: String,
    /// What it allows.
    pub licence_status: LicenceStatus,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
    /// Notes.
    pub notes: Option<String>,
}

/// One item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Id, within the instrument.
    pub id: String,
    /// Label in our own words.
    pub label: String,
    /// The published wording, where its licence allows it: for patients who answer on paper.
    pub wording: Option<String>,
    /// Lowest answer.
    pub min: Option<i32>,
    /// Highest answer.
    pub max: Option<i32>,
    /// Answers go in steps of this.
    pub step: Option<i32>,
    /// The only answers there are.
    pub allowed: Option<Vec<i32>>,
    /// What the lowest means.
    pub anchor_min: Option<String>,
    /// What the highest means.
    pub anchor_max: Option<String>,
    /// The words of the answers, from the lowest.
    #[serde(default)]
    pub options: Vec<String>,
    /// Weight for women, where weighted.
    pub weight_female: Option<i32>,
    /// Weight for men, where weighted.
    pub weight_male: Option<i32>,
}

/// An item asked but not scored.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraItem {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// The words of the answers.
    pub options: Vec<String>,
    /// Always false: says that it does not count.
    pub scored: bool,
}

/// A level of an ordinal scale.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The score.
    pub value: i32,
    /// What it means.
    pub label: String,
}

/// A band of the score: whole numbers inclusive, or exact edges.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// What it is called.
    pub label: String,
    /// From this whole score.
    pub from: Option<i32>,
    /// To this whole score, inclusive.
    pub to: Option<i32>,
    /// From this exact score, inclusive.
    pub from_exact: Option<Exact>,
    /// Below this exact score.
    pub to_exclusive: Option<Exact>,
    /// To this exact score, inclusive.
    pub to_exact: Option<Exact>,
    /// 0 is the best.
    pub severity: Option<u8>,
    /// Whether a score in it is a positive screen, which stands on the patient's row until something is written.
    #[serde(default)]
    pub positive: bool,
    /// What follows from it.
    pub next: Option<String>,
}

/// A flag raised by an item or the total.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Id.
    pub id: String,
    /// When, as `name comparison number`.
    pub when: String,
    /// How grave.
    pub severity: Severity,
    /// What it means and asks for.
    pub label: String,
    /// Whether it stands first among the paperwork until an action is written. A rule of this product.
    #[serde(default)]
    pub stays: bool,
}

/// The smallest change that matters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mcic {
    /// In points.
    pub absolute: Option<Exact>,
    /// In percent of the baseline.
    pub percent: Option<Exact>,
    /// Source, where it is another.
    pub source: Option<String>,
}

/// A region of generalised pain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PainRegion {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Its sites.
    pub sites: Vec<String>,
}

/// A criterion in words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Id.
    pub id: String,
    /// The rule.
    pub rule: String,
}

/// A precondition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Precondition {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
}

/// A derived score.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// How it is made.
    pub formula: String,
    /// Lowest and highest.
    pub range: [i32; 2],
}

/// A category of signs and symptoms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// What counts as a symptom.
    pub symptom: String,
    /// What counts as a sign.
    pub sign: String,
}

/// How many categories are needed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountRule {
    /// Categories with a symptom.
    pub symptom_categories_min: usize,
    /// Categories with a sign.
    pub sign_categories_min: usize,
}

/// An instrument whose wording may not be shipped.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its name in a row; none takes it from the name or the id.
    pub short: Option<String>,
    /// Whom it was made for; none: for all ages.
    pub ages: Option<Ages>,
    /// Days after which it is asked again once it was used. A rule of this product.
    pub again_after_days: Option<u32>,
    /// Decimals of the total; none: a whole number.
    pub decimals: Option<u8>,
    /// Why it is not shipped.
    pub reason: String,
    /// Whether a total may be typed in.
    pub score_entry_allowed: bool,
    /// Lowest and highest total.
    pub range: Option<[i32; 2]>,
    /// Range of its subscale.
    pub subscale_range: Option<[i32; 2]>,
    /// Unit of the total.
    pub unit: Option<String>,
    /// Which way is worse.
    pub direction: Option<Direction>,
    /// Bands.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Whether the bands are verified, where it differs.
    pub bands_verified: Option<bool>,
    /// A single cut-off.
    pub cutoff: Option<CutOff>,
    /// How the total is made, in words.
    pub formula: Option<String>,
    /// How it is read, in words.
    pub rule: Option<String>,
    /// Codes where it has no number.
    #[serde(default)]
    pub levels_as_codes: Vec<String>,
    /// Codes that ask for action.
    #[serde(default)]
    pub action_codes: Vec<String>,
    /// The smallest change that matters.
    pub mcic: Option<Mcic>,
    /// What that change is measured on.
    pub mcic_scope: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
    /// Note.
    pub note: Option<String>,
}

/// A single cut-off.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// At or above this total.
    pub at_or_above: i32,
    /// What it then means.
    pub label: String,
}
