//! What a visit asked beyond the plain scores and texts: the pain of each problem, the history by letters, red flags one by
//! one, the response to a procedure, the follow-up of an opioid, side effects. It belongs to the assessment of that visit.

use super::history::HistoryLetters;
use super::history::TreatmentTried;
use super::opioid_review::{OpioidReview, SideEffect};
use super::patient::Goal;
use super::plan::goal::GoalScore;
use super::problem::{Problem, ProblemScore};
use super::red_flag::FlagAnswer;
use super::response::ProcedureResponse;

/// What was asked in one visit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The pain of each problem.
    pub problem_scores: Vec<ProblemScore>,
    /// The history by letters.
    pub letters: HistoryLetters,
    /// Red flags by id, each answered or not asked though due.
    pub red_flags: Vec<(String, FlagAnswer)>,
    /// What the patient says of a procedure since the last visit.
    pub response: Option<ProcedureResponse>,
    /// The follow-up of an opioid.
    pub opioid: OpioidReview,
    /// Side effects.
    pub side_effects: Vec<SideEffect>,
    /// The fields whose answer was copied forward from the last visit, by the names they have in the form.
    pub carried: Vec<String>,
    /// How far the patient's goals were reached.
    pub goal_scores: Vec<GoalScore>,
}

/// The lists of a patient that an assessment keeps besides; `None` leaves a list as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PatientLists {
    /// All problems that still are some, and those that ended with this visit.
    pub problems: Option<Vec<Problem>>,
    /// All treatments tried.
    pub treatments: Option<Vec<TreatmentTried>>,
    /// All goals.
    pub goals: Option<Vec<Goal>>,
    /// Goals that ended while they stood scored in the assessment: kept as ended, for their score.
    pub ended_goals: Vec<Goal>,
}
