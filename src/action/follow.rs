//! What can be written about the long follow-up of a patient: checks and urine tests, referrals, handouts, tapers.

use crate::clinical::education::HandoutGiven;
use crate::clinical::id::PatientId;
use crate::clinical::monitoring::urine::UrineTest;
use crate::clinical::monitoring::{Check, Outcome};
use crate::clinical::referral::{CareMember, Referral};
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::vocab::Vocab;

/// One change about follow-up.
#[derive(Debug, Clone, PartialEq)]
pub enum FollowWrite {
    /// A check, made once or corrected. Removes any decision about its clock.
    Check {
        /// The check after the change.
        check: Check,
        /// Whether it stood before.
        again: bool,
    },
    /// A urine test: asked for, changed, or one step on. Removes any decision about it.
    Urine {
        /// The test after the change.
        test: UrineTest,
        /// What happened.
        change: UrineChange,
    },
    /// A referral: written, changed, or one step on. Removes any decision about it.
    Referral {
        /// The referral after the change.
        referral: Referral,
        /// What happened.
        change: ReferralChange,
    },
    /// Who else takes part in a patient's care, as a whole.
    CareTeam {
        /// Whose.
        patient: PatientId,
        /// Who.
        members: Vec<CareMember>,
    },
    /// A handout was given.
    Handout(HandoutGiven),
    /// A taper: planned, changed, or one call further. Removes any decision about it.
    Taper {
        /// The taper after the change.
        taper: TaperPlan,
        /// What happened.
        change: TaperChange,
    },
}

/// What happened to a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferralChange {
    /// It was written.
    Written,
    /// It went one step on.
    Stepped,
    /// Something was done about the answer.
    ActedOn,
    /// Its words or dates changed.
    Changed,
}

/// What happened to a taper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaperChange {
    /// It was planned.
    Planned,
    /// It was changed.
    Changed,
    /// The call of a step was made.
    Called,
    /// It was decided what becomes of the list, asked again after a call.
    AskedAgain,
    /// A step is kept longer.
    Paused,
    /// It ended before its end.
    Ended,
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
            Self::Referral { referral, change, .. } => {
                let to = &referral.to;
                match change {
                    ReferralChange::Written => format!("wrote referral to {to}"),
                    ReferralChange::Stepped => format!("referral to {to}: {}", referral.step().label()),
                    ReferralChange::ActedOn => format!("acted on referral to {to}"),
                    ReferralChange::Changed => format!("changed referral to {to}"),
                }
            }
            Self::CareTeam { .. } => "changed the care team".to_owned(),
            Self::Handout(given) => format!("gave handout: {}", given.title()),
            Self::Taper { taper, change, .. } => {
                let drug = &taper.drug;
                match change {
                    TaperChange::Planned => format!("planned taper of {drug}"),
                    TaperChange::Changed => format!("changed taper of {drug}"),
                    TaperChange::Called => format!("called about taper of {drug}"),
                    TaperChange::AskedAgain => format!("taper of {drug}: the list looked at again"),
                    TaperChange::Paused => format!("paused taper of {drug}"),
                    TaperChange::Ended => format!("ended taper of {drug}"),
                }
            }
        }
    }

    /// The patient it concerns.
    pub const fn patient(&self) -> PatientId {
        match self {
            Self::Check { check, .. } => check.patient,
            Self::Urine { test, .. } => test.patient,
            Self::Referral { referral, .. } => referral.patient,
            Self::CareTeam { patient, .. } => *patient,
            Self::Handout(given) => given.patient,
            Self::Taper { taper, .. } => taper.patient,
        }
    }
}
