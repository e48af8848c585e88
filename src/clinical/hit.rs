//! A text that was found, and where it is read.

use chrono::NaiveDate;

use super::id::{CheckId, CheckInId, DiagnosticId, PatientId, ReferralId, TaperId, TaskId, UrineTestId, VisitId};

/// One hit of the full-text search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextHit {
    /// Whose.
    pub patient: Option<(PatientId, String)>,
    /// The visit it belongs to, where it belongs to one.
    pub visit: Option<VisitId>,
    /// The day.
    pub date: Option<NaiveDate>,
    /// What it is, as lists name it: "history", "plan item"…
    pub field: &'static str,
    /// What it was written in, and is opened with; none where that is nobody's and of no visit.
    pub opens: Option<Opens>,
    /// The text around the hit.
    pub snippet: String,
}

impl TextHit {
    /// Whether it is a name: who is found by name is found as a patient already.
    pub const fn is_name(&self) -> bool {
        matches!(self.opens, Some(Opens::Name(_)))
    }
}

/// What a text that was found was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// A patient's name.
    Name(PatientId),
    /// Something that the chart shows and no screen of its own.
    Chart(PatientId),
    /// A patient's medicines.
    Medicines(PatientId),
    /// A patient's plan.
    Plan(PatientId),
    /// What was ever tried with a patient.
    Ledger(PatientId),
    /// Who else takes part in a patient's care.
    CareTeam(PatientId),
    /// A patient's checks and urine tests.
    Monitoring(PatientId),
    /// A visit's own data.
    Visit(VisitId),
    /// The assessment of a visit.
    Assessment(VisitId),
    /// The procedures of a visit.
    Procedure(VisitId),
    /// A check-in.
    CheckIn(CheckInId),
    /// A test or result.
    Diagnostic(DiagnosticId),
    /// A referral.
    Referral(ReferralId),
    /// A taper.
    Taper(TaperId),
    /// A check.
    Check(CheckId),
    /// A urine test.
    Urine(UrineTestId),
    /// A task or call.
    Task(TaskId),
}
