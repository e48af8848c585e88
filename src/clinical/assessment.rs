//! An assessment in its plain form: scores, where it hurts, history, examination, impression, red flags.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::body::Body;
use super::code_set;
use super::coded::Coded;
use super::follow_record::{self, ListsBegan};
use super::history::{HistoryLetters, TreatmentDraft, TreatmentTried};
use super::id::{AssessmentId, PatientId, PlanId, ProblemId, VisitId};
use super::not_typed::NotTyped;
use super::opioid_review::{OpioidReview, SideEffect, SideEffectDraft};
use super::patient::Goal;
use super::plan::GoalDraft;
use super::problem::{Problem, ProblemDraft};
use super::provenance::GivenDraft;
use super::red_flag::{FlagAnswers, Grounds};
use super::response::{ResponseDraft, ResponseFacts};
use super::score::Scores;
use super::time::Instant;
use super::typed::Reading;

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What was asked beyond scores and texts.
    pub asked: Box<Asked>,
}

impl Assessment {
    /// One in which nothing was asked yet.
    pub fn new(id: AssessmentId, visit: VisitId, patient: PatientId, date: NaiveDate, completed_at: Instant) -> Self {
        Self {
            id,
            visit,
            patient,
            date,
            completed_at,
            scores: Scores::default(),
            place: String::new(),
            body: Body::default(),
            history: String::new(),
            examination: String::new(),
            impression: String::new(),
            red_flags: None,
            red_flag_note: String::new(),
            red_flag_action: String::new(),
            answered_by: None,
            plan_let_go: None,
            asked: Box::default(),
        }
    }
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
    /// What the patient says of a procedure since the last visit.
    pub response: ResponseDraft,
    /// The problems.
    pub problems: Vec<ProblemDraft>,
    /// The history by letters.
    pub letters: HistoryLetters,
    /// Treatments tried.
    pub treatments: Vec<TreatmentDraft>,
    /// Goals in the patient's words.
    pub goals: Vec<GoalDraft>,
    /// The lists of the patient as the record had them when this draft began, or last followed it.
    pub began: ListsBegan,
    /// Red flags, one by one.
    pub red_flags: FlagAnswers,
    /// Which, in words.
    pub red_flag_note: String,
    /// What was done about it.
    pub red_flag_action: String,
    /// Whether the follow-up of an opioid is asked.
    pub asks_opioid: Option<bool>,
    /// The follow-up of an opioid.
    pub opioid: OpioidReview,
    /// Side effects.
    pub side_effects: Vec<SideEffectDraft>,
    /// The fields taken over from the last visit, set when the form is completed.
    #[serde(skip)]
    pub carried: Vec<String>,
    /// What the record says beside it.
    #[serde(skip)]
    pub beside: NotTyped<Beside>,
}

/// What the record says beside a draft: which questions are asked depends on it. It is loaded anew whenever the form opens,
/// and is not kept.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// How typed times are read.
    pub reading: Option<Reading>,
    /// What is compared with the scores.
    pub response: ResponseFacts,
    /// The opioids among the patient's medicines.
    pub opioids: Vec<String>,
    /// What instruments of this visit gave, a line each.
    pub results: Vec<String>,
    /// Why PEG is not for this patient: `not for children`.
    pub peg_not_for: Option<&'static str>,
}

impl AssessmentDraft {
    /// The draft of a completed assessment, to change it. The lists of the patient (problems, treatments, goals) are not in
    /// an assessment; [`Self::with_lists`] puts them in.
    pub fn of(assessment: &Assessment) -> Self {
        let asked = &assessment.asked;
        let effect = |effect: &SideEffect| SideEffectDraft {
            drug: Coded::free(&effect.drug),
            effect: effect.effect.clone(),
            severity: effect.severity,
        };
        Self {
            scores: assessment.scores,
            given: GivenDraft::default(),
            place: assessment.place.clone(),
            body: assessment.body.clone(),
            history: assessment.history.clone(),
            examination: assessment.examination.clone(),
            impression: assessment.impression.clone(),
            response: asked.response.as_ref().map(ResponseDraft::of).unwrap_or_default(),
            letters: asked.letters.clone(),
            red_flags: FlagAnswers::of(&asked.red_flags),
            red_flag_note: assessment.red_flag_note.clone(),
            red_flag_action: assessment.red_flag_action.clone(),
            asks_opioid: (!asked.opioid.is_blank()).then_some(true),
            opioid: asked.opioid.clone(),
            side_effects: asked.side_effects.iter().map(effect).collect(),
            ..Self::default()
        }
    }

    /// With the patient's problems, treatments and goals as they stand.
    #[must_use]
    pub fn with_lists(mut self, problems: &[Problem], tried: &[TreatmentTried], goals: &[Goal]) -> Self {
        self.problems = problems.iter().map(ProblemDraft::of).collect();
        self.treatments = tried.iter().map(TreatmentDraft::of).collect();
        self.goals = goals.iter().map(GoalDraft::of).collect();
        self.began = ListsBegan::of(problems, tried, goals);
        self
    }

    /// Follows the lists of the record, which may have changed since the draft began: a goal set with the plan, a list
    /// brought in. What was typed stays; what was added to the record meanwhile is added here, and what was taken out of it
    /// goes unless something was typed of it.
    pub fn follow(&mut self, problems: &[Problem], tried: &[TreatmentTried], goals: &[Goal]) {
        let now = ListsBegan::of(problems, tried, goals);
        if now != self.began {
            let began = std::mem::replace(&mut self.began, now.clone());
            follow_record::problems(&mut self.problems, &began.problems, &now.problems);
            follow_record::treatments(&mut self.treatments, &began.treatments, &now.treatments);
            let texts = |goals: &[Goal]| goals.iter().map(|goal| goal.text.clone()).collect::<Vec<_>>();
            let was = |text: &str| began.goals.iter().find(|goal| goal.text == text).cloned();
            follow_record::goals(&mut self.goals, &texts(&began.goals), &texts(&now.goals), was);
        }
    }

    /// How much each known problem hurts now, where a number was given.
    pub fn problem_values(&self) -> Vec<(ProblemId, String, u8)> {
        let one = |row: &ProblemDraft| Some((row.id?, row.label(), row.now?.value()?));
        self.problems.iter().filter_map(one).collect()
    }

    /// What decides which red flags are asked.
    pub fn grounds(&self) -> Grounds<'_> {
        let rows = || self.problems.iter().filter(|problem| !problem.condition.is_blank());
        let texts = rows().flat_map(|problem| [problem.condition.text.as_str(), problem.place.as_str()]);
        Grounds {
            conditions: rows().filter_map(|problem| code_set::condition_of(&problem.condition)).collect(),
            places: std::iter::once(self.place.as_str()).chain(texts).filter(|place| !place.is_empty()).collect(),
            after_procedure: self.beside.response.treated.is_some(),
        }
    }

    /// Whether the follow-up of an opioid is asked: where one is among the medicines, or on purpose.
    pub fn asks_opioid(&self) -> bool {
        self.asks_opioid.unwrap_or(!self.beside.opioids.is_empty())
    }
}
