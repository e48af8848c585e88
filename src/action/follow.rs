//! What can be written about the long follow-up of a patient: checks and urine tests.

use crate::clinical::id::PatientId;
use crate::clinical::monitoring::urine::UrineTest;
use crate::clinical::monitoring::{Check, Outcome};
use crate::clinical::vocab::Vocab;

/// One change about follow-up.
#[derive(Debug, Clone, PartialEq)]
pub enum FollowWrite {
    /// A check, made once or corrected. Removes its draft and any decision about its clock.
    Check {
        /// The check after the change.
        check: Check,
        /// Whether it stood before.
        again: bool,
    },
    /// A urine test: asked for, changed, or one step on. Removes its draft and any decision about it.
    Urine {
        /// The test after the change.
        test: UrineTest,
        /// What happened.
        change: UrineChange,
    },
}

/// What happened to a urine test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrineChange {
    /// Asked for.
    Ordered,
    /// The sample was taken.
    Collected,
    /// The result came.
    Resulted,
    /// It was read.
    Read,
    /// A confirmation was asked for.
    Confirming,
    /// The confirmation came.
    Confirmed,
    /// Something was done about it.
    ActedOn,
    /// Its words or dates changed.
    Changed,
}

impl FollowWrite {
    /// The act in a few words.
    pub fn act(&self) -> String {
        match self {
            Self::Check { check, again } => {
                let expected = match check.outcome {
                    Outcome::Expected => String::new(),
                    Outcome::Unexpected => format!(" {}", check.outcome.label()),
                };
                let kind = check.kind.label();
                if *again { format!("changed {kind}{expected}") } else { format!("checked {kind}{expected}") }
            }
            Self::Urine { test, change } => match change {
                UrineChange::Ordered => "ordered urine test".to_owned(),
                UrineChange::Collected => "urine sample taken".to_owned(),
                UrineChange::Resulted => "urine result came".to_owned(),
                UrineChange::Read => format!("read urine test: {}", test.verdict()),
                UrineChange::Confirming => "urine test: confirmation asked".to_owned(),
                UrineChange::Confirmed => "urine test: confirmation came".to_owned(),
                UrineChange::ActedOn => "acted on urine test".to_owned(),
                UrineChange::Changed => "changed urine test".to_owned(),
            },
        }
    }

    /// The patient it concerns.
    pub const fn patient(&self) -> PatientId {
        match self {
            Self::Check { check, .. } => check.patient,
            Self::Urine { test, .. } => test.patient,
        }
    }
}
