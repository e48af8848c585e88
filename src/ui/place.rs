//! Places: what can be opened, as data. A place names what is shown and nothing of how; the app loads what it needs and
//! builds its screen. The stack of places is kept, so that a restart or an unlock comes back to where one was.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::action::Command;
use crate::clinical::body::BodyRegion;
use crate::clinical::id::{
    CheckId, CheckInId, DiagnosticId, InstrumentResultId, MedicationId, PatientId, PlanItemId, ReferralId, TaperId,
    TaskId, UrineTestId, VisitId,
};
use crate::clinical::monitoring::CheckKind;
use crate::clinical::timeline::Sought;
use crate::clinical::trend::{SeriesKey, Zoom};

/// What is looked at among trends.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TrendsLook {
    /// Which values; none are those that were given most often.
    pub series: Option<SeriesKey>,
    /// How much time; none is two years.
    pub zoom: Option<Zoom>,
    /// The day under the cursor; none is the newest.
    pub at: Option<NaiveDate>,
    /// Whether as a table.
    pub table: bool,
}

/// What is looked for on a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelineLook {
    /// Kinds and words.
    pub sought: Sought,
}

/// What is looked for among notes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NotesLook {
    /// The note that is read; none is the newest.
    pub visit: Option<VisitId>,
    /// The words that are looked for.
    pub words: String,
}

/// Somewhere one can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The board of a day: home.
    Board(NaiveDate),
    /// The week that holds a day.
    Week(NaiveDate),
    /// A patient's chart.
    Chart(PatientId),
    /// The trends of a patient's chart.
    Trends {
        /// Whose.
        patient: PatientId,
        /// What was looked at.
        look: TrendsLook,
    },
    /// The timeline of a patient's chart.
    Timeline {
        /// Whose.
        patient: PatientId,
        /// What was looked for.
        look: TimelineLook,
    },
    /// The notes of a patient's chart.
    Notes {
        /// Whose.
        patient: PatientId,
        /// What was looked for.
        look: NotesLook,
    },
    /// The assessment of a visit.
    Assessment(VisitId),
    /// The assessment of a visit, at the first red flag that was not asked.
    RedFlags(VisitId),
    /// The body map over the assessment of a visit.
    BodyMap {
        /// Of which visit.
        visit: VisitId,
        /// Which region is chosen; none is the first that hurts.
        at: Option<BodyRegion>,
    },
    /// A patient's plan.
    Plan(PatientId),
    /// A patient's jigsaw and trial ledger.
    Jigsaw(PatientId),
    /// The procedure session of a visit.
    Procedure(VisitId),
    /// A check-in.
    CheckIn(CheckInId),
    /// The page of a visit that the patient filled in, to type it in.
    Page(VisitId),
    /// An instrument, to fill in or to change.
    Instrument {
        /// Of whom.
        patient: PatientId,
        /// In which visit; none where it is given outside of one.
        visit: Option<VisitId>,
        /// Its id.
        instrument: String,
        /// The result that is opened again.
        result: Option<InstrumentResultId>,
    },
    /// A new patient (`None`) or a patient's data.
    Patient(Option<PatientId>),
    /// A new patient of this name, as it was typed.
    NewPatient(String),
    /// A new visit.
    NewVisit {
        /// On which day.
        date: NaiveDate,
        /// At which time; none leaves it to the form (empty is a walk-in).
        start: Option<NaiveTime>,
        /// For whom.
        patient: Option<PatientId>,
        /// The visit that did not take place and is booked again.
        #[serde(default)]
        instead_of: Option<VisitId>,
    },
    /// A visit's own data.
    Visit(VisitId),
    /// A block of time, to be made a visit.
    FromBlock(VisitId),
    /// A new task or call about somebody (or nobody).
    NewTask(Option<PatientId>),
    /// A task or call.
    Task(TaskId),
    /// A patient's tests and results.
    Diagnostics {
        /// Whose.
        patient: PatientId,
        /// The visit out of which they are opened.
        visit: Option<VisitId>,
    },
    /// A patient's medicines.
    Medicines(PatientId),
    /// A medicine of a patient's list, or a new one.
    Medicine {
        /// Whose.
        patient: PatientId,
        /// Which; none is a new one.
        medicine: Option<MedicationId>,
    },
    /// What opioids are given to a patient for, and the risks.
    OpioidContext(PatientId),
    /// A test or result.
    Diagnostic(DiagnosticId),
    /// A new test or result.
    NewDiagnostic {
        /// Of whom.
        patient: PatientId,
        /// In which visit.
        visit: Option<VisitId>,
    },
    /// A patient's weight and height.
    Vitals(PatientId),
    /// Lists of another record system, brought in for a patient.
    BringIn(PatientId),
    /// Something of the long follow-up.
    Follow(FollowPlace),
    /// The close of a day.
    Close(NaiveDate),
    /// The reflection of an evening.
    Reflection(NaiveDate),
    /// Earlier reflections.
    Entries,
    /// Find patients and text: what is typed.
    Find(String),
    /// The preview of an import of these files; none asks for one.
    Import(Vec<PathBuf>),
    /// The practice's name, region and zone.
    Practice,
}

/// Somewhere in the long follow-up of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowPlace {
    /// A patient's monitoring.
    Monitoring {
        /// Whose.
        patient: PatientId,
        /// The visit out of which it is opened.
        visit: Option<VisitId>,
    },
    /// A check that was made.
    Check(CheckId),
    /// A check to be noted with its details.
    NewCheck {
        /// Of whom.
        patient: PatientId,
        /// In which visit.
        visit: Option<VisitId>,
        /// Of what.
        kind: CheckKind,
    },
    /// A urine test.
    Urine(UrineTestId),
    /// A new urine test.
    NewUrine {
        /// Of whom.
        patient: PatientId,
        /// In which visit.
        visit: Option<VisitId>,
    },
    /// A patient's referrals and care team.
    Referrals {
        /// Whose.
        patient: PatientId,
        /// The visit out of which they are opened.
        visit: Option<VisitId>,
    },
    /// A referral.
    Referral(ReferralId),
    /// A new referral.
    NewReferral {
        /// Of whom.
        patient: PatientId,
        /// In which visit.
        visit: Option<VisitId>,
        /// The piece of the plan it comes from.
        plan: Option<PlanItemId>,
    },
    /// A patient's care team.
    CareTeam(PatientId),
    /// The handouts, and which of them a patient was given.
    Handouts {
        /// Whose.
        patient: PatientId,
        /// The visit out of which they are opened.
        visit: Option<VisitId>,
    },
    /// A patient's tapers.
    Tapers {
        /// Whose.
        patient: PatientId,
        /// The visit out of which they are opened.
        visit: Option<VisitId>,
    },
    /// A taper.
    Taper(TaperId),
    /// A new taper.
    NewTaper {
        /// Of whom.
        patient: PatientId,
        /// In which visit.
        visit: Option<VisitId>,
    },
}

impl Place {
    /// The place of a patient that a command opens, out of this visit; none where it opens none.
    pub fn of_patient(command: Command, patient: PatientId, visit: Option<VisitId>) -> Option<Self> {
        Some(match command {
            Command::Patient => Self::Chart(patient),
            Command::Plan => Self::Plan(patient),
            Command::Medicines => Self::Medicines(patient),
            Command::Jigsaw => Self::Jigsaw(patient),
            Command::Diagnostics => Self::Diagnostics { patient, visit },
            Command::Vitals => Self::Vitals(patient),
            Command::BringIn => Self::BringIn(patient),
            other => Self::Follow(FollowPlace::of(other, patient, visit)?),
        })
    }

    /// The place that a command opens on every page of a patient's chart.
    pub fn of_chart(command: Command, patient: PatientId, today: NaiveDate) -> Option<Self> {
        Some(match command {
            Command::Edit => Self::Patient(Some(patient)),
            Command::Plan => Self::Plan(patient),
            Command::NewVisit => Self::NewVisit { date: today, start: None, patient: Some(patient), instead_of: None },
            _ => return None,
        })
    }
}

impl FollowPlace {
    /// The place of a patient that a command opens, where it is one of these.
    pub const fn of(command: Command, patient: PatientId, visit: Option<VisitId>) -> Option<Self> {
        match command {
            Command::Monitoring => Some(Self::Monitoring { patient, visit }),
            Command::Referrals => Some(Self::Referrals { patient, visit }),
            Command::Handouts => Some(Self::Handouts { patient, visit }),
            Command::Tapers => Some(Self::Tapers { patient, visit }),
            _ => None,
        }
    }
}
