//! What can be written about scales: instruments filled in, what was done about them, pages typed in ahead, vital signs.

use chrono::NaiveDate;

use crate::clinical::id::{InstrumentResultId, PatientId, ScoreId, VisitId};
use crate::clinical::instrument::InstrumentResult;
use crate::clinical::page::PageNote;
use crate::clinical::score::Score;
use crate::clinical::vital::Vital;

/// One change about scales.
#[derive(Debug, Clone, PartialEq)]
pub enum ScaleWrite {
    /// An instrument filled in.
    Result {
        /// The result.
        result: Box<InstrumentResult>,
        /// Whether it stood before.
        again: bool,
    },
    /// What was done about a positive screen.
    Action {
        /// About which result.
        result: InstrumentResultId,
        /// Of whom.
        patient: PatientId,
        /// What was done.
        action: String,
    },
    /// A page of answers typed in ahead: each value waits to be confirmed in the room.
    Page(Page),
    /// Values that waited are confirmed, all of one patient's at once.
    Confirm {
        /// Whose.
        patient: PatientId,
        /// The scores.
        scores: Vec<ScoreId>,
        /// The instruments.
        results: Vec<InstrumentResultId>,
        /// The visits they belong to.
        visits: Vec<VisitId>,
    },
    /// Vital signs.
    Vitals {
        /// Whose.
        patient: PatientId,
        /// What was measured.
        vitals: Vec<Vital>,
    },
    /// Scores brought in from a table.
    Import {
        /// The file's name.
        from: String,
        /// Scores of visits: visit, patient, day, score.
        scores: Vec<(VisitId, PatientId, NaiveDate, Score)>,
        /// Instruments.
        results: Vec<InstrumentResult>,
    },
}

/// One page of answers, typed in ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Of which visit.
    pub visit: VisitId,
    /// Whose.
    pub patient: PatientId,
    /// On which day.
    pub date: NaiveDate,
    /// Scores; those of the visit that are not among them stay.
    pub scores: Vec<Score>,
    /// Instruments.
    pub results: Vec<InstrumentResult>,
    /// What stood on it in words; it also says that the page was typed in.
    pub note: PageNote,
}

impl ScaleWrite {
    /// The act in a few words.
    pub fn act(&self) -> String {
        match self {
            Self::Result { result, again: false, .. } => result.kept(),
            Self::Result { result, .. } => format!("changed {}", result.kept()),
            Self::Action { .. } => "acted on a positive screen".to_owned(),
            Self::Page(page) => {
                let count = page.scores.len() + page.results.len();
                format!("typed in a page, {count} {} to confirm", if count == 1 { "value" } else { "values" })
            }
            Self::Confirm { scores, results, .. } => {
                let count = scores.len() + results.len();
                format!("confirmed {count} typed-in {}", if count == 1 { "value" } else { "values" })
            }
            Self::Vitals { vitals, .. } => vitals.iter().map(Vital::show).collect::<Vec<_>>().join(", "),
            Self::Import { from, .. } => format!("import of {from}"),
        }
    }

    /// The patient it concerns, where it is one.
    pub const fn patient(&self) -> Option<PatientId> {
        match self {
            Self::Result { result, .. } => Some(result.patient),
            Self::Action { patient, .. } | Self::Confirm { patient, .. } | Self::Vitals { patient, .. } => {
                Some(*patient)
            }
            Self::Page(page) => Some(page.patient),
            Self::Import { .. } => None,
        }
    }
}
