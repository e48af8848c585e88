//! An instrument over time, for a chart: what is drawn, with everything its points need.

use chrono::NaiveDate;

use crate::clinical::exact::Exact;
use crate::clinical::id::VisitId;
use crate::clinical::provenance::Provenance;

/// One result on the trend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentPoint {
    /// The day.
    pub date: NaiveDate,
    /// The visit.
    pub visit: Option<VisitId>,
    /// The total.
    pub total: Exact,
    /// As it is shown.
    pub shown: String,
    /// What it is called.
    pub band: String,
    /// How it was given.
    pub given: Provenance,
}

/// One instrument over time. Points that wait to be confirmed are not among them, and scales of what is seen are never
/// mixed with what is reported: each has a trend of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InstrumentTrend {
    /// The instrument's id.
    pub instrument: String,
    /// Its name in a row.
    pub name: String,
    /// Lowest and highest total.
    pub range: Option<[i32; 2]>,
    /// Points, oldest first.
    pub points: Vec<InstrumentPoint>,
}
