//! `body_map.toml`: regions of the body map and the widespread-pain sites they count toward.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Provenance, table};

table! {
    /// The body map.
    body_map: BodyMap = "body_map.toml"
}

crate::vocab! {
    /// Front or back.
    pub enum View {
        /// Front.
        Front "front" "front",
        /// Back.
        Back "back" "back",
    }

    /// A side of the patient.
    pub enum MapSide {
        /// The patient's left.
        Left "left" "LEFT",
        /// The patient's right.
        Right "right" "RIGHT",
        /// Midline.
        Midline "midline" "midline",
    }
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyMap {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// How it is read.
    pub conventions: Conventions,
    /// Sites of the widespread pain index.
    pub wpi_site: Vec<WpiSite>,
    /// Regions.
    pub region: Vec<MapRegion>,
    /// Groups of regions.
    pub group: Vec<Group>,
    /// Qualities of pain and their keys.
    pub pain_quality: Vec<PainQuality>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl BodyMap {
    /// The region with this id.
    pub fn get(&self, id: &str) -> Option<&MapRegion> {
        self.region.iter().find(|region| region.id == id)
    }
    /// The region with this code.
    pub fn of_code(&self, code: &str) -> Option<&MapRegion> {
        self.region.iter().find(|region| region.code == code)
    }
    /// The widespread-pain sites that these regions make positive, each once, in the order of the table.
    pub fn wpi_sites<'a>(&'a self, regions: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let positive: BTreeSet<&str> =
            regions.into_iter().filter_map(|id| self.get(id)).map(|region| region.wpi.as_str()).collect();
        self.wpi_site.iter().map(|site| site.id.as_str()).filter(|site| positive.contains(site)).collect()
    }
}

/// How it is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// Views.
    pub views: Vec<View>,
    /// Sides.
    pub sides: Vec<MapSide>,
    /// Whose left.
    pub side_rule: String,
    /// When a site counts.
    pub wpi_rule: String,
    /// Regions that count toward none.
    pub empty_wpi: String,
    /// Our own choices.
    pub mapping_choices: String,
    /// Whether they are verified.
    pub mapping_verified: bool,
    /// Source of the sites.
    pub widespread_source: String,
    /// Source of the count of regions.
    pub segments_source: String,
    /// Verified.
    pub verified: bool,
    /// Licence.
    pub licence: String,
}

/// A site of the widespread pain index.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WpiSite {
    /// Id.
    pub id: String,
    /// Its region of generalised pain.
    pub region: String,
    /// Whether it makes that region count.
    pub counted_for_generalised: bool,
}

/// A region of the map.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapRegion {
    /// Id.
    pub id: String,
    /// The three letters it is typed and kept by.
    pub code: String,
    /// Label.
    pub label: String,
    /// View.
    pub view: View,
    /// Side.
    pub side: MapSide,
    /// Group.
    pub group: String,
    /// Site it counts toward; empty: none.
    pub wpi: String,
}

/// A group of regions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
}

/// A quality of pain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PainQuality {
    /// Id.
    pub id: String,
    /// Its key.
    pub key: char,
}
