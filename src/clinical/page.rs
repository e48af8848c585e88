//! The page that a patient fills in before the visit: what it asks, in the order of the keys that type it in; and what was
//! typed, which waits to be confirmed in the room.

use serde::{Deserialize, Serialize};

use super::id::{PageNoteId, VisitId};
use super::instrument::InstrumentResult;
use super::provenance::Provenance;
use super::score::Score;

/// What a patient wrote in words on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageNote {
    /// Identity.
    pub id: PageNoteId,
    /// Where it hurts.
    pub place: String,
    /// What changed in the medicines.
    pub medicines: String,
    /// When, how, from whom, by whom.
    pub given: Provenance,
}

/// What was typed in ahead of a patient and waits for one confirming key in the room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Scores, each with its visit.
    pub scores: Vec<(VisitId, Score)>,
    /// Instruments.
    pub results: Vec<InstrumentResult>,
}

impl Waiting {
    /// How many values wait.
    pub const fn count(&self) -> usize {
        self.scores.len() + self.results.len()
    }

    /// The visits they belong to, each once.
    pub fn visits(&self) -> Vec<VisitId> {
        let scores = self.scores.iter().map(|(visit, _)| *visit);
        let mut visits: Vec<VisitId> = scores.chain(self.results.iter().filter_map(|result| result.visit)).collect();
        visits.sort();
        visits.dedup();
        visits
    }
}
