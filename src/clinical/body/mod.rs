//! The body map: where it hurts, how much, how it feels and where it goes, region by region, front and back.
//!
//! [`region`] names the regions and their three-letter codes; [`map`] holds what was marked and every way to change it;
//! [`change`] sets it against the last visit; [`words`] says it with the side spelled out; [`widespread`] reckons the
//! widespread pain index and the fibromyalgia criteria from it; [`shape`] is the drawing as outlines and [`figure`] what
//! becomes of it in cells of a terminal: which region a cell belongs to, and which region lies beside another.
//!
//! Left and right are always the patient's own. What was not marked is not known to be free of pain; a region that was
//! asked about and does not hurt holds a 0.

pub mod change;
pub mod figure;
pub mod map;
pub mod region;
pub mod shape;
pub mod widespread;
pub mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use change::{Change, Line};
pub use map::{Intensity, Mark, PainMap, Quality};
pub use region::{BodyRegion, Site};
pub use widespread::Symptoms;

/// What an assessment holds of the body map.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Body {
    /// Where it hurts.
    pub map: PainMap,
    /// The symptoms that go with widespread pain.
    pub symptoms: Symptoms,
}

/// The map of an earlier day, to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapOn {
    /// The day.
    pub date: NaiveDate,
    /// Where it hurt.
    pub map: PainMap,
}

impl Body {
    /// Whether nothing was asked.
    pub fn is_blank(&self) -> bool {
        self.map.is_blank() && self.symptoms == Symptoms::default()
    }

    /// What the next visit can take over: the regions that hurt, marked as copied. A region that was gone is not asked
    /// of again, and symptoms are asked anew.
    #[must_use]
    pub fn to_take_over(&self) -> Self {
        Self { map: self.map.to_take_over(), symptoms: Symptoms::default() }
    }
}
