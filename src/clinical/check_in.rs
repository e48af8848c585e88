//! A check-in after a procedure: how the patient is, what they understood, and when the next contact is.
//!
//! A call without an answer is counted and comes again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::id::{CheckInId, PatientId, SessionId, VisitId};
use super::patient::YesNo;
use super::task::Owner;
use super::time::Instant;
use super::visit::Way;

/// A check-in, due or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Identity.
    pub id: CheckInId,
    /// Of whom.
    pub patient: PatientId,
    /// After which session.
    pub session: Option<SessionId>,
    /// The visit of that session.
    pub visit: Option<VisitId>,
    /// What it follows, in words: `TFESI L5 LEFT, 24 Nov 2026`.
    pub about: String,
    /// When it is due.
    pub due: NaiveDate,
    /// Whose it is.
    pub owner: Owner,
    /// How often nobody answered.
    pub attempts: u8,
    /// What was found; none while it is due.
    pub done: Option<CheckInDone>,
    /// Why it will not be made, decided at the close of a day.
    pub let_go: Option<String>,
}

/// What a check-in found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInDone {
    /// When.
    pub at: Instant,
    /// By phone or in person.
    pub way: Way,
    /// Pain now.
    pub pain: Option<Answer>,
    /// Relief in percent, as the patient says: 0 to 100.
    pub relief_percent: Option<u8>,
    /// Whether a red flag (fever, new weakness, bladder or bowel, rash) was said.
    pub red_flag: Option<YesNo>,
    /// Whether aftercare was understood, in the patient's own words.
    pub understood: Option<YesNo>,
    /// Complication, in words; empty is none said.
    pub complication: String,
    /// Anything else.
    pub note: String,
    /// The next contact.
    pub next_contact: Option<NaiveDate>,
}

/// A check-in as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckInDraft {
    /// By phone or in person; blank is by phone.
    pub way: Option<Way>,
    /// Pain now.
    pub pain: Option<Answer>,
    /// Relief in percent as the patient says.
    pub relief_percent: Option<u8>,
    /// Red flag.
    pub red_flag: Option<YesNo>,
    /// Aftercare understood.
    pub understood: Option<YesNo>,
    /// Complication.
    pub complication: String,
    /// Anything else.
    pub note: String,
    /// The next contact.
    pub next_contact: Option<NaiveDate>,
    /// The fields that were copied forward.
    pub carried: Vec<String>,
}

impl CheckInDraft {
    /// Whether nothing was said of the patient: such a check-in took place only on paper. How it was made, and when the
    /// next contact is, say nothing of the patient.
    pub fn is_blank(&self) -> bool {
        let words = [&self.complication, &self.note];
        self.pain.is_none()
            && self.relief_percent.is_none()
            && self.red_flag.is_none()
            && self.understood.is_none()
            && words.iter().all(|words| words.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_no_answer_is_blank_however_it_was_made() {
        let draft = CheckInDraft::default;
        let next_contact = NaiveDate::from_ymd_opt(2026, 12, 1);
        let blank = CheckInDraft { way: Some(Way::Phone), note: " \n".to_owned(), next_contact, ..draft() };
        assert!(blank.is_blank());
        for answered in [
            CheckInDraft { pain: Some(Answer::Declined), ..draft() },
            CheckInDraft { relief_percent: Some(0), ..draft() },
            CheckInDraft { red_flag: Some(YesNo::No), ..draft() },
            CheckInDraft { understood: Some(YesNo::No), ..draft() },
            CheckInDraft { complication: "bruise".to_owned(), ..draft() },
            CheckInDraft { note: "well".to_owned(), ..draft() },
        ] {
            assert!(!answered.is_blank(), "{answered:?}");
        }
    }
}
