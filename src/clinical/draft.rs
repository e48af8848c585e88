//! Which draft: the form that is typed into, and what it is about. One row is kept for each, until the act for which it was
//! typed is carried out.

use std::fmt::Display;

use super::id::PatientId;

/// The form of an assessment; its subject is the visit.
pub const ASSESSMENT_FORM: &str = "assessment";
/// The plan's form; its subject is the patient.
pub const PLAN_FORM: &str = "plan";
/// The procedure session's form; its subject is the visit.
pub const SESSION_FORM: &str = "procedure";
/// The check-in's form; its subject is the check-in.
pub const CHECK_IN_FORM: &str = "check_in";
/// The form of an instrument; its subject is where it is given and which.
pub const INSTRUMENT_FORM: &str = "instrument";
/// The form of a page typed in ahead; its subject is the visit.
pub const PAGE_FORM: &str = "page";
/// The form of weight and height; its subject is the patient.
pub const VITAL_FORM: &str = "vital";
/// The form of a test; its subject is the test.
pub const DIAGNOSTIC_FORM: &str = "diagnostic";
/// The form of a check; its subject is the check, or which one is made of whom.
pub const CHECK_FORM: &str = "monitoring_check";
/// The form of a urine test; its subject is the test.
pub const URINE_FORM: &str = "urine_test";
/// The form of a referral; its subject is the referral.
pub const REFERRAL_FORM: &str = "referral";
/// The form of the care team; its subject is the patient.
pub const TEAM_FORM: &str = "care_team";
/// The form of a taper; its subject is the taper.
pub const TAPER_FORM: &str = "taper";
/// The form of one medicine; its subject is the line of the list.
pub const MEDICINE_FORM: &str = "medicine";
/// The form of what opioids are given for; its subject is the patient.
pub const OPIOID_CONTEXT_FORM: &str = "opioid_context";
/// The form that answers a refill request; its subject is the task.
pub const REFILL_FORM: &str = "refill";
/// The form of a visit; its subject is the visit.
pub const VISIT_FORM: &str = "visit";
/// The form of a patient; its subject is the patient.
pub const PATIENT_FORM: &str = "patient";
/// The form of a task; its subject is the task.
pub const TASK_FORM: &str = "task";
/// The form of the practice; there is one.
pub const PRACTICE_FORM: &str = "practice";
/// The sheet of lists brought in; its subject is the patient.
pub const BRING_IN_FORM: &str = "bring_in";
/// The reflection's form; its subject is the evening's date. Its drafts are sealed.
pub const REFLECTION_FORM: &str = "reflection";
/// An answer that is being typed over a screen; its subject is the question.
pub const QUESTION_FORM: &str = "question";

/// Which draft.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftKey {
    /// The form.
    pub form: String,
    /// What it is about: the identity of a visit or patient, or a word.
    pub subject: String,
}

impl DraftKey {
    /// The draft of a form about a subject.
    pub fn of(form: &str, subject: impl Display) -> Self {
        Self { form: form.to_owned(), subject: subject.to_string() }
    }

    /// The draft of a form about one thing of a patient, or about a new one: of each kind a patient has one that is new.
    pub fn of_one(form: &str, one: Option<impl Display>, patient: PatientId) -> Self {
        match one {
            Some(one) => Self::of(form, one),
            None => Self::of(form, format_args!("new {patient}")),
        }
    }
}
