//! Identities: one newtype per kind of record, all of them `UUIDv7`, made from a moment and a source of chance.
//!
//! Records made on two machines never collide, and sort roughly by when they were made. Where chance comes from
//! (the system, or a fixed seed in tests) is decided above this layer.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::{Builder, Uuid};

use super::time::Instant;

/// A text that is no identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an identity of the record")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.hyphenated().fmt(f) }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(s: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(s).map(Self).map_err(|_| NotAnId)
            }
        }
    )+};
}

ids! {
    /// The practice of this record; there is one.
    PracticeId
    /// A patient.
    PatientId
    /// An allergy of a patient.
    AllergyId
    /// An antithrombotic medicine of a patient.
    AntithromboticId
    /// A medicine of a patient.
    MedicationId
    /// A medicine of a patient given otherwise from a day on.
    MedicationChangeId
    /// The class that was said of a medicine no table knows.
    MedicineClassId
    /// What opioids are given to a patient for.
    OpioidContextId
    /// One risk of a patient that bears on opioids.
    OpioidRiskId
    /// The reason kept for a caution.
    CautionReasonId
    /// The answer to a refill request.
    RefillId
    /// The review of one of a patient's lists.
    ReviewedId
    /// A visit, or a block of time.
    VisitId
    /// Where an imported visit came from.
    VisitSourceId
    /// An assessment.
    AssessmentId
    /// One answered (or declined) item of an instrument.
    ScoreId
    /// One instrument filled in once.
    InstrumentResultId
    /// What a patient wrote on a page that was typed in.
    PageNoteId
    /// One vital sign measured once.
    VitalId
    /// One version of a patient's plan.
    PlanId
    /// One piece of a plan, in one version.
    PlanItemId
    /// A piece, the same in every version of a plan that holds it.
    PieceId
    /// What a plan aims at.
    PlanTargetId
    /// One way that was offered.
    PlanOptionId
    /// How far a goal was reached on a day.
    GoalScoreId
    /// A goal in the patient's words.
    GoalId
    /// A procedure session: what was done in one visit.
    SessionId
    /// One procedure of a session.
    ProcedureId
    /// One target (level, side) of a procedure.
    ProcedureTargetId
    /// A check-in after a procedure.
    CheckInId
    /// A task or call.
    TaskId
    /// A test asked for, or its result.
    DiagnosticId
    /// A procedure that was done elsewhere.
    PastProcedureId
    /// A line of another record system.
    ElsewhereLineId
    /// A check of a patient's treatment kept once: PDMP, agreement, ECG.
    CheckId
    /// A urine drug test.
    UrineTestId
    /// One drug of a urine test.
    UrineFindingId
    /// A referral.
    ReferralId
    /// Somebody who takes part in a patient's care.
    CareTeamId
    /// A handout given.
    HandoutGivenId
    /// A taper.
    TaperId
    /// A decision about an open item at the close of a day.
    DecisionId
    /// A day of the practice.
    DayId
    /// An evening's reflection.
    ReflectionId
    /// A problem of a patient.
    ProblemId
    /// How certain a problem was held to be from a day on.
    ProblemCertaintyId
    /// The pain of one problem in one visit.
    ProblemScoreId
    /// A treatment tried.
    TreatmentTriedId
    /// A side effect of a medicine.
    SideEffectId
    /// One named change set of the record's log.
    ChangeSetId
}

/// The identity of a part that another record has at most one of under each name of letters: always the same, so that
/// two machines that change the same part change the same row.
pub fn part_of(whole: impl Into<Uuid>, name: &str) -> Uuid {
    let mut bytes = whole.into().into_bytes();
    // The last bytes are chance; time, version and variant stand before them.
    for (byte, letter) in bytes.iter_mut().rev().zip(name.bytes().take(4)) {
        *byte ^= letter & 0x1f;
    }
    Uuid::from_bytes(bytes)
}

/// A source of chance. The system's in the app, a fixed seed in tests.
pub trait Chance: Send {
    /// Fills the buffer with bytes.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// Makes identities.
pub struct Ids {
    chance: Box<dyn Chance>,
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}

impl Ids {
    /// Identities drawn from this source.
    pub fn new(chance: impl Chance + 'static) -> Self {
        Self { chance: Box::new(chance) }
    }

    /// Identities that are the same in every run with the same seed: for tests and made-up data.
    pub fn seeded(seed: u64) -> Self {
        Self::new(Seeded(seed))
    }

    /// A new identity, made at this moment.
    pub fn next<T: From<Uuid>>(&mut self, at: Instant) -> T {
        let mut random = [0; 10];
        self.chance.fill(&mut random);
        let millis = u64::try_from(at.millis()).unwrap_or(0);
        T::from(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// Bytes of chance, for keys and salts.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }
}

/// `SplitMix64` from a fixed seed: repeatable, not secret.
#[derive(Debug, Clone)]
pub struct Seeded(pub u64);

impl Seeded {
    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Chance for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.next_u64().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_they_differ_among_themselves() {
        let at = Instant::from_millis(1_795_000_000_000);
        let (mut a, mut b) = (Ids::seeded(7), Ids::seeded(7));
        let first: PatientId = a.next(at);
        assert_eq!(first, b.next(at));
        assert_ne!(first, a.next(at));
    }

    #[test]
    fn an_id_is_a_version_seven_uuid_and_survives_text() {
        let id: VisitId = Ids::seeded(1).next(Instant::from_millis(1_795_000_000_000));
        let text = id.to_string();
        assert_eq!(text.as_bytes()[14], b'7');
        assert_eq!(text.parse::<VisitId>(), Ok(id));
        assert_eq!("no id".parse::<VisitId>(), Err(NotAnId));
    }
}
