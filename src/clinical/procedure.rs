//! A procedure session in its plain form: one or more procedures, each with targets and their outcome; pain before and
//! after. Completing it makes the check-in due.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::booked::level_beside;
use super::coded::Coded;
use super::id::{PatientId, ProblemId, ProcedureId, ProcedureTargetId, SessionId, VisitId};
use super::time::Instant;

crate::vocab! {
    /// The side of a target.
    pub enum Side {
        /// The patient's left.
        Left "left" "LEFT",
        /// The patient's right.
        Right "right" "RIGHT",
        /// Both sides.
        Both "both" "BOTH sides",
        /// In the midline.
        Midline "midline" "midline",
    }

    /// What came of a target.
    pub enum Outcome {
        /// Done.
        Done "done" "done",
        /// Partly done.
        Partly "partly" "partly done",
        /// Begun and stopped.
        Stopped "stopped" "stopped",
        /// Not done.
        NotDone "not_done" "not done",
    }
}

/// One target of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Identity.
    pub id: ProcedureTargetId,
    /// Level or structure: `L5`, `SI joint`.
    pub level: String,
    /// Side.
    pub side: Option<Side>,
    /// What came of it.
    pub outcome: Outcome,
    /// Why it was not simply done.
    pub reason: String,
}

/// One procedure of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Identity.
    pub id: ProcedureId,
    /// What was done, by name.
    pub name: String,
    /// Where.
    pub targets: Vec<Target>,
    /// The problem it treats.
    pub problem: Option<ProblemId>,
}

/// What was done in one visit, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureSession {
    /// Identity.
    pub id: SessionId,
    /// The visit.
    pub visit: VisitId,
    /// Of whom.
    pub patient: PatientId,
    /// On which day.
    pub date: NaiveDate,
    /// When it was completed first.
    pub completed_at: Instant,
    /// The procedures.
    pub procedures: Vec<Procedure>,
    /// Pain before.
    pub before: Option<Answer>,
    /// Pain after.
    pub after: Option<Answer>,
    /// What happened, in words.
    pub text: String,
}

/// One row of a session as a form edits it: a target, with the procedure it belongs to. A blank name continues the
/// procedure of the row above.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetDraft {
    /// Procedure by name; blank continues the one above.
    pub procedure: String,
    /// Level or structure.
    pub level: String,
    /// Side.
    pub side: Option<Side>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Why it was not simply done.
    pub reason: String,
    /// The problem the procedure treats: its name, and which of the record.
    pub problem: Coded,
}

/// A session as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionDraft {
    /// Pain before.
    pub before: Option<Answer>,
    /// The rows.
    pub targets: Vec<TargetDraft>,
    /// Pain after.
    pub after: Option<Answer>,
    /// What happened.
    pub text: String,
    /// When to check in; blank is the next day.
    pub check_in: Option<NaiveDate>,
    /// The fields that were copied forward.
    pub carried: Vec<String>,
}

/// The day on which a check-in after a procedure falls due where nothing else is said: the day after.
pub fn usual_check_in(procedure: NaiveDate) -> NaiveDate {
    procedure.checked_add_days(Days::new(1)).unwrap_or(procedure)
}

impl ProcedureSession {
    /// In one line: `TFESI L5 LEFT, SI joint RIGHT (not done)`. What the name says already stands once.
    pub fn summary(&self) -> String {
        let mut out = Vec::new();
        for procedure in &self.procedures {
            let mut line = procedure.name.clone();
            for target in &procedure.targets {
                let side = target.side.map(super::vocab::Vocab::label).unwrap_or_default();
                for word in [level_beside(&procedure.name, &target.level), side] {
                    if !word.is_empty() {
                        line.push(' ');
                        line.push_str(word);
                    }
                }
                if target.outcome != Outcome::Done {
                    line.push_str(" (");
                    line.push_str(super::vocab::Vocab::label(target.outcome));
                    line.push(')');
                }
            }
            out.push(line);
        }
        out.join(", ")
    }
}
