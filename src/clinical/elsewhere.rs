//! What is known of a patient from elsewhere: procedures that others did, and lines of another record system that belong
//! to no list of ours.

use serde::{Deserialize, Serialize};

use super::id::{ElsewhereLineId, PastProcedureId};
use super::procedure::Side;
use super::since::Since;

/// A procedure that was done elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastProcedure {
    /// Identity.
    pub id: PastProcedureId,
    /// What was done.
    pub what: String,
    /// Level or place.
    pub level: String,
    /// Side.
    pub side: Option<Side>,
    /// When, as exactly as it is known.
    pub on: Option<Since>,
    /// By whom, or where.
    pub by: String,
    /// The steroid that was given, with its dose, as it was written.
    pub steroid: String,
}

impl PastProcedure {
    /// In one line: `Epidural steroid injection L4/5 left, Mar 2019, triamcinolone 40 mg, by Dr Reyes`.
    pub fn show(&self) -> String {
        let mut first = self.what.clone();
        for part in [self.level.as_str(), self.side.map_or("", side_words)] {
            if !part.is_empty() {
                first.push(' ');
                first.push_str(part);
            }
        }
        let mut parts = vec![first];
        parts.extend(self.on.map(Since::show));
        parts.extend((!self.steroid.is_empty()).then(|| self.steroid.clone()));
        parts.extend((!self.by.is_empty()).then(|| format!("by {}", self.by)));
        parts.join(", ")
    }
}

/// A side as a sentence says it.
pub const fn side_words(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Both => "both sides",
        Side::Midline => "midline",
    }
}

crate::vocab! {
    /// What a line from elsewhere speaks of.
    pub enum LineKind {
        /// A diagnosis that is no pain problem.
        Diagnosis "diagnosis" "diagnosis",
        /// Anything else, as it was written.
        Text "text" "text",
    }
}

/// A line of another record system, kept as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElsewhereLine {
    /// Identity.
    pub id: ElsewhereLineId,
    /// What it speaks of.
    pub kind: LineKind,
    /// The line.
    pub text: String,
}
