//! `medicine_names.toml`: what a typed medicine name means. A name that matches nothing is not checked, never harmless.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Provenance, table};

table! {
    /// The medicine names.
    medicine_names: MedicineNames = "medicine_names.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MedicineNames {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// Title.
    pub title: String,
    /// How it is read.
    pub conventions: Conventions,
    /// The closed list of classes.
    pub class: Vec<Class>,
    /// Lists of controlled medicines.
    pub controlled_list: Vec<ControlledList>,
    /// Brands that mean different medicines.
    pub shared_brand: Vec<SharedBrand>,
    /// Brands that stand for one form alone.
    pub brand_release: Vec<BrandRelease>,
    /// Names taken for each other.
    pub confusable: Vec<Confusable>,
    /// The names.
    pub name: Vec<Name>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl MedicineNames {
    /// The class with this id.
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.class.iter().find(|class| class.id == id)
    }
    /// The entry whose name or synonym this is, letter case aside.
    pub fn named(&self, name: &str) -> Option<&Name> {
        let same = |known: &String| known.eq_ignore_ascii_case(name);
        self.name.iter().find(|entry| same(&entry.name) || entry.synonyms.iter().any(same))
    }
}

/// How it is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// Names that match nothing.
    pub not_found: String,
    /// How names are compared.
    pub r#match: String,
    /// Words that are dropped.
    pub match_ignore: Vec<String>,
    /// When they are dropped.
    pub match_ignore_rule: String,
    /// Near matches.
    pub guess: String,
    /// What is shown after a match.
    pub shown: String,
    /// Which name is preferred.
    pub preferred: String,
    /// Combinations.
    pub combination: String,
    /// Ids of other tables.
    pub ids: String,
    /// Opioids without an id.
    pub no_opioid_id: String,
    /// Antithrombotics without an id.
    pub no_antithrombotic_id: String,
    /// About carisoprodol.
    pub carisoprodol: String,
    /// About sedatives and alcohol.
    pub sedative_or_alcohol: String,
    /// About routes.
    pub route: String,
    /// About controlled status.
    pub controlled: String,
    /// What verified means here.
    pub verified_means: String,
    /// Source of the brands.
    pub brands_source: String,
    /// Whether they are verified.
    pub brands_verified: bool,
    /// Roles in pregnancy.
    pub pregnancy_role: Vec<String>,
}

/// A class of medicines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Therapeutic or a property.
    pub kind: String,
    /// The rules of other tables it feeds.
    pub rules: Vec<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A list of controlled medicines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlledList {
    /// Region.
    pub region: String,
    /// Name of the list.
    pub name: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A brand that means different medicines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedBrand {
    /// Brand.
    pub brand: String,
    /// What it means where.
    pub meanings: Vec<Meaning>,
    /// Note.
    pub note: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// What a brand means in a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// Region.
    pub region: String,
    /// Medicine.
    pub name: String,
}

/// Brands whose label knows one long-acting form alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandRelease {
    /// Which form.
    pub form: BrandForm,
    /// The brands.
    pub brands: Vec<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// A long-acting form that a brand stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrandForm {
    /// By mouth, given off over hours.
    Extended,
    /// A patch, over days.
    Patch,
}

impl BrandForm {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Extended => "extended release",
            Self::Patch => "patch",
        }
    }
}

/// Names taken for each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confusable {
    /// The two.
    pub pair: [String; 2],
    /// Why it matters.
    pub why: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

/// The class of the opioids.
pub const OPIOID: &str = "opioid";

/// A medicine by name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Generic name.
    pub name: String,
    /// Other generic names.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// Brands.
    #[serde(default)]
    pub brands: Vec<String>,
    /// Classes.
    pub classes: Vec<String>,
    /// Ingredients of a combination.
    #[serde(default)]
    pub contains: Vec<String>,
    /// ATC code.
    pub atc: Option<String>,
    /// Controlled status by region; `checked` names the regions where it was seen in a list.
    #[serde(default)]
    pub controlled: BTreeMap<String, Controlled>,
    /// Ids of the medication table.
    #[serde(default)]
    pub medication_id: Vec<String>,
    /// Ids of the opioid table.
    #[serde(default)]
    pub opioid_id: Vec<String>,
    /// Ids of the antithrombotic table.
    #[serde(default)]
    pub antithrombotic_id: Vec<String>,
    /// Ids of the steroid table.
    #[serde(default)]
    pub steroid_id: Vec<String>,
    /// Bearing on pregnancy.
    pub pregnancy_role: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

impl Name {
    /// Whether it is of this class.
    pub fn is_of(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own == class)
    }
    /// Whether it is an opioid.
    pub fn is_opioid(&self) -> bool {
        self.is_of(OPIOID)
    }
    /// The controlled status in a region; none: nothing is known.
    pub fn controlled_in(&self, region: &str) -> Option<&str> {
        match self.controlled.get(region)? {
            Controlled::Schedule(schedule) => Some(schedule),
            Controlled::Checked(_) => None,
        }
    }
}

/// A schedule, or the regions where it was checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Controlled {
    /// The schedule.
    Schedule(String),
    /// Regions.
    Checked(Vec<String>),
}
