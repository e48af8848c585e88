//! Tasks and calls: what somebody must do, by when, and whose it is.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{PatientId, TaskId, VisitId};
use super::time::Instant;

/// Whose an item is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Owner {
    /// The physician's own.
    #[default]
    Me,
    /// The nurse's.
    Nurse,
    /// The front desk's.
    Desk,
    /// Somebody else's, by name.
    Named(String),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Me => "me",
            Self::Nurse => "nurse",
            Self::Desk => "desk",
            Self::Named(name) => name,
        })
    }
}

impl From<String> for Owner {
    fn from(name: String) -> Self {
        match name.trim() {
            "" | "me" => Self::Me,
            "nurse" => Self::Nurse,
            "desk" => Self::Desk,
            other => Self::Named(other.to_owned()),
        }
    }
}

impl From<Owner> for String {
    fn from(owner: Owner) -> Self {
        owner.to_string()
    }
}

crate::vocab! {
    /// What a task is.
    pub enum TaskKind {
        /// Something to do.
        Task "task" "task",
        /// A call to make.
        Call "call" "call",
        /// A letter or form to write.
        Letter "letter" "letter",
        /// A result to read and act on.
        Result "result" "result",
        /// A referral that waits for an answer.
        Referral "referral" "referral",
        /// A refill.
        Refill "refill" "refill",
    }
}

/// A task or call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Identity.
    pub id: TaskId,
    /// About whom; none for the practice itself.
    pub patient: Option<PatientId>,
    /// The visit out of which it came.
    pub visit: Option<VisitId>,
    /// What it is.
    pub kind: TaskKind,
    /// What to do.
    pub what: String,
    /// By when; none is today's as long as it is open.
    pub due: Option<NaiveDate>,
    /// Whose.
    pub owner: Owner,
    /// When it was caught.
    pub caught_at: Instant,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// What came of it.
    pub result: String,
    /// Why it will not be done, decided at the close of a day.
    pub let_go: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_me_nurse_desk_or_a_name() {
        for (text, owner) in [
            ("", Owner::Me),
            ("me", Owner::Me),
            ("nurse", Owner::Nurse),
            ("desk", Owner::Desk),
            ("Ines", Owner::Named("Ines".to_owned())),
        ] {
            let read = Owner::from(text.to_owned());
            assert_eq!(read, owner);
            assert_eq!(Owner::from(read.to_string()), owner);
        }
    }
}
