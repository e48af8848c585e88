//! An assessment in its plain form: scores, where it hurts, history, examination, impression, red flags.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::id::{AssessmentId, PatientId, PlanId, VisitId};
use super::provenance::GivenDraft;
use super::score::Scores;
use super::time::Instant;

crate::vocab! {
    /// Whether red flags were asked for, and what came of it.
    pub enum RedFlags {
        /// Asked, none present.
        NonePresent "none" "asked, none",
        /// At least one is present: say which.
        Present "present" "present",
    }
}

/// A completed assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Identity.
    pub id: AssessmentId,
    /// The visit in which it was made.
    pub visit: VisitId,
    /// Of whom.
    pub patient: PatientId,
    /// On which day of the practice.
    pub date: NaiveDate,
    /// When it was completed first.
    pub completed_at: Instant,
    /// The scores of the visit; kept item by item with their provenance.
    pub scores: Scores,
    /// Where it hurts.
    pub place: String,
    /// Where it hurts on the body map, and the symptoms that go with widespread pain.
    pub body: Body,
    /// History: what changed, in words.
    pub history: String,
    /// Examination.
    pub examination: String,
    /// Impression.
    pub impression: String,
    /// Red flags; `None` is not asked, and shown as such.
    pub red_flags: Option<RedFlags>,
    /// Which red flags, in words.
    pub red_flag_note: String,
    /// What was done about a present red flag; empty until it is written.
    pub red_flag_action: String,
    /// The plan version that answered it; none while the plan is due.
    pub answered_by: Option<PlanId>,
    /// Why no plan will be made for it, decided at the close of a day.
    pub plan_let_go: Option<String>,
}

/// An assessment as a form edits it: nothing is required until it is completed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AssessmentDraft {
    /// The scores.
    pub scores: Scores,
    /// How they are given, and by whom.
    pub given: GivenDraft,
    /// Where it hurts.
    pub place: String,
    /// The body map.
    pub body: Body,
    /// History.
    pub history: String,
    /// Examination.
    pub examination: String,
    /// Impression.
    pub impression: String,
    /// Red flags.
    pub red_flags: Option<RedFlags>,
    /// Which.
    pub red_flag_note: String,
    /// What was done about it.
    pub red_flag_action: String,
}

impl AssessmentDraft {
    /// The draft of a completed assessment, to change it.
    pub fn of(assessment: &Assessment) -> Self {
        Self {
            scores: assessment.scores,
            given: GivenDraft::default(),
            place: assessment.place.clone(),
            body: assessment.body.clone(),
            history: assessment.history.clone(),
            examination: assessment.examination.clone(),
            impression: assessment.impression.clone(),
            red_flags: assessment.red_flags,
            red_flag_note: assessment.red_flag_note.clone(),
            red_flag_action: assessment.red_flag_action.clone(),
        }
    }
}
