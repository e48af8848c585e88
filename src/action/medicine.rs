//! What can be written about medicines: the list, its review, what opioids are given for, refills.

use chrono::NaiveDate;

use crate::clinical::calc::mme::OpioidContext;
use crate::clinical::id::{CautionReasonId, MedicationId, MedicineClassId, OpioidContextId, OpioidRiskId, PatientId};
use crate::clinical::opioid_context::Risk;
use crate::clinical::patient::{Medication, YesNo};
use crate::clinical::supply::Refill;
use crate::clinical::task::Task;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

/// A reason kept for the one caution that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReason {
    /// Identity.
    pub id: CautionReasonId,
    /// The caution, by its name.
    pub caution: String,
    /// The reason; empty: none was given.
    pub reason: String,
}

/// A class that was said of a name no table knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidClass {
    /// Identity.
    pub id: MedicineClassId,
    /// The name, as typed.
    pub name: String,
    /// The class, by its name in the table.
    pub class: String,
}

/// One change about medicines.
#[derive(Debug, Clone, PartialEq)]
pub enum MedicineWrite {
    /// A medicine of the list, new or changed.
    Put {
        /// Whose.
        patient: PatientId,
        /// The medicine as it is now.
        medicine: Medication,
        /// Its line before; none where it is new.
        before: Option<String>,
        /// The class that was said of it.
        class: Option<SaidClass>,
        /// On which day.
        on: NaiveDate,
    },
    /// A medicine is stopped; it leaves the list and stays in the record.
    Stop {
        /// Whose.
        patient: PatientId,
        /// Which.
        medicine: MedicationId,
        /// Its line, for the name of the act.
        line: String,
        /// On which day.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
    /// The list was gone through: these are all, or there is none.
    Review {
        /// Whose.
        patient: PatientId,
        /// On which day.
        on: NaiveDate,
    },
    /// The reason kept for a caution.
    Reason {
        /// Whose.
        patient: PatientId,
        /// The caution and the reason.
        kept: KeptReason,
        /// On which day.
        on: NaiveDate,
    },
    /// What opioids are given for, and the risks asked about.
    Context {
        /// Whose.
        patient: PatientId,
        /// What for.
        context: Option<(OpioidContextId, OpioidContext)>,
        /// Risks: present or not.
        risks: Vec<(OpioidRiskId, Risk, YesNo)>,
        /// On which day.
        on: NaiveDate,
    },
    /// A refill request is answered: its task is done, and what was written reaches so far.
    Refill {
        /// The request, done.
        task: Task,
        /// The answer.
        refill: Refill,
        /// The medicine with its new supply, where something was written.
        medicine: Option<Medication>,
    },
}

/// A line short enough for the name of an act.
fn short(line: &str) -> String {
    crate::clinical::text::cut(line, 40)
}

impl MedicineWrite {
    /// The act in a few words.
    pub fn act(&self) -> String {
        match self {
            Self::Put { medicine, before: None, .. } => format!("new medicine {}", short(&medicine.line)),
            Self::Put { medicine, before: Some(before), .. } if *before == medicine.line => {
                format!("changed {}", short(&medicine.line))
            }
            Self::Put { medicine, before: Some(before), .. } => {
                format!("changed {} to {}", short(before), short(&medicine.line))
            }
            Self::Stop { line, .. } => format!("stopped {}", short(line)),
            Self::Review { on, .. } => format!("reviewed the medicines {}", show_date(*on)),
            Self::Reason { kept, .. } => format!("reason kept: {}", short(&kept.reason)),
            Self::Context { context: Some((_, context)), .. } => format!("opioids for {}", context.label()),
            Self::Context { .. } => "risks with opioids".to_owned(),
            Self::Refill { refill, .. } => format!("refill: {}", refill.answer.label()),
        }
    }

    /// The patient it concerns.
    pub const fn patient(&self) -> PatientId {
        match self {
            Self::Put { patient, .. }
            | Self::Stop { patient, .. }
            | Self::Review { patient, .. }
            | Self::Reason { patient, .. }
            | Self::Context { patient, .. } => *patient,
            Self::Refill { refill, .. } => refill.patient,
        }
    }
}
