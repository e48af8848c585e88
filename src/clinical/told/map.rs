//! The body map in the summary: what became of each region first, then where it hurts, with codes that read back.

use crate::clinical::body::widespread::widespread;
use crate::clinical::models::VisitSummary;

/// New and gone regions first, then worse, better, and what was not asked again.
pub fn changes(summary: &VisitSummary) -> Vec<String> {
    let (Some(now), Some(last)) = (&summary.assessment, &summary.last_map) else { return Vec::new() };
    now.body.map.changes(&last.map, last.date)
}

/// Where it hurts, region by region, and what it says of widespread pain.
pub fn lines(summary: &VisitSummary) -> Vec<String> {
    let Some(assessment) = &summary.assessment else { return Vec::new() };
    let mut out = assessment.body.map.prose(summary.last_map.as_ref().map(|last| last.date));
    out.extend(widespread(&assessment.body).and_then(|found| found.sentence()));
    out
}
