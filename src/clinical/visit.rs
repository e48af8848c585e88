//! A visit: a patient's time with the physician, or a block of time that is nobody's.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::id::{PatientId, VisitId};
use super::schedule::{SourceKey, SourcePatient};
use super::time::Instant;

crate::vocab! {
    /// What a visit is for. It chooses the pane, and may change in place.
    pub enum VisitKind {
        /// First evaluation.
        New "new" "new evaluation",
        /// Follow-up.
        FollowUp "follow_up" "follow-up",
        /// Procedure.
        Procedure "procedure" "procedure",
        /// Time that is not a patient's.
        Block "block" "block",
    }

    /// How the two meet.
    pub enum Way {
        /// In person.
        InPerson "in_person" "in person",
        /// By phone.
        Phone "phone" "by phone",
        /// By video.
        Video "video" "by video",
    }

    /// Where the patient is.
    pub enum VisitState {
        /// Expected.
        Booked "booked" "booked",
        /// In the building.
        Here "here" "here",
        /// With the physician.
        InRoom "in_room" "in room",
        /// Gone home.
        Left "left" "left",
        /// Did not come.
        NoShow "no_show" "no-show",
        /// Called off.
        Cancelled "cancelled" "cancelled",
    }

    /// What was decided after a no-show or a cancellation.
    pub enum Aftermath {
        /// Nothing to follow: an import or a wrong day.
        NotNeeded "not_needed" "not needed",
        /// Still to be decided.
        Open "open" "to be decided",
        /// Booked again.
        Rebooked "rebooked" "rebooked",
        /// Written to.
        Letter "letter" "letter",
        /// Let go, with a reason.
        LetGo "let_go" "let go",
    }
}

impl VisitKind {
    /// The usual length in minutes where nothing says otherwise.
    pub const fn usual_minutes(self) -> u16 {
        match self {
            Self::New => 40,
            Self::FollowUp => 20,
            Self::Procedure | Self::Block => 30,
        }
    }
}

impl VisitState {
    /// The state one step on: booked, here, in room, left. None beyond, and none from no-show or cancelled.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Booked => Some(Self::Here),
            Self::Here => Some(Self::InRoom),
            Self::InRoom => Some(Self::Left),
            Self::Left | Self::NoShow | Self::Cancelled => None,
        }
    }
    /// Whether the patient came or may still come.
    pub const fn is_live(self) -> bool {
        !matches!(self, Self::NoShow | Self::Cancelled)
    }
}

/// A visit or block as the record holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Identity; kept when the visit moves or changes its kind.
    pub id: VisitId,
    /// Whose; none for a block, or before a patient was found for an imported title.
    pub patient: Option<PatientId>,
    /// Whether the patient was matched by more than the bare name. False shows `patient?` until confirmed.
    pub patient_confirmed: bool,
    /// Day in the practice's zone.
    pub date: NaiveDate,
    /// Time on the wall; none for an all-day block.
    pub start: Option<NaiveTime>,
    /// Planned length in minutes.
    pub minutes: u16,
    /// What for.
    pub kind: VisitKind,
    /// How the two meet.
    pub way: Way,
    /// Where: clinic, surgery centre, ward… as the practice names it.
    pub place: Option<String>,
    /// Why the patient comes, in a few words.
    pub reason: Option<String>,
    /// Title of a block, or of an imported event.
    pub title: Option<String>,
    /// Where the patient is.
    pub state: VisitState,
    /// When the patient arrived.
    pub here_at: Option<Instant>,
    /// When the patient was called in.
    pub in_room_at: Option<Instant>,
    /// When the patient left.
    pub left_at: Option<Instant>,
    /// What follows a no-show or cancellation.
    pub aftermath: Aftermath,
    /// Why it was cancelled, or why the patient was let go.
    pub end_reason: Option<String>,
    /// When anything was last recorded in this visit (assessment, plan, procedure, check-in).
    pub recorded_at: Option<Instant>,
    /// When its summary was last copied out.
    pub copied_at: Option<Instant>,
    /// Marked as not to be copied out.
    pub copy_not_needed: bool,
}

impl Visit {
    /// A new booking with nothing recorded.
    pub fn booked(id: VisitId, patient: Option<PatientId>, date: NaiveDate, start: NaiveTime, kind: VisitKind) -> Self {
        Self {
            id,
            patient,
            patient_confirmed: true,
            date,
            start: Some(start),
            minutes: kind.usual_minutes(),
            kind,
            way: Way::InPerson,
            place: None,
            reason: None,
            title: None,
            state: VisitState::Booked,
            here_at: None,
            in_room_at: None,
            left_at: None,
            aftermath: Aftermath::NotNeeded,
            end_reason: None,
            recorded_at: None,
            copied_at: None,
            copy_not_needed: false,
        }
    }

    /// When it starts on the wall; midnight for an all-day block.
    pub fn starts(&self) -> NaiveDateTime {
        self.date.and_time(self.start.unwrap_or(NaiveTime::MIN))
    }

    /// When it is planned to end on the wall.
    pub fn ends(&self) -> NaiveDateTime {
        self.starts() + Duration::minutes(i64::from(self.minutes))
    }

    /// Whether two visits want the same time.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.id != other.id
            && self.start.is_some()
            && other.start.is_some()
            && self.state.is_live()
            && other.state.is_live()
            && self.starts() < other.ends()
            && other.starts() < self.ends()
    }

    /// Whether the summary was copied out and something was recorded since.
    pub fn changed_since_copied(&self) -> bool {
        matches!((self.recorded_at, self.copied_at), (Some(recorded), Some(copied)) if recorded > copied)
    }

    /// The visit with its state set and the matching moment stamped. Going back clears the stamps that no longer hold.
    #[must_use]
    pub fn with_state(&self, state: VisitState, at: Instant) -> Self {
        let mut next = self.clone();
        next.state = state;
        match state {
            VisitState::Booked => {
                next.here_at = None;
                next.in_room_at = None;
                next.left_at = None;
                next.aftermath = Aftermath::NotNeeded;
                next.end_reason = None;
            }
            VisitState::Here => next.here_at = Some(at),
            VisitState::InRoom => next.in_room_at = Some(at),
            VisitState::Left => next.left_at = Some(at),
            VisitState::NoShow | VisitState::Cancelled => next.aftermath = Aftermath::Open,
        }
        next
    }
}

/// Where an imported visit came from, and the values last imported, so that only what the source changed is applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitSource {
    /// What names it for good in its source.
    pub key: SourceKey,
    /// The file it first came with; sources without a name are told apart by it.
    pub file: String,
    /// Start as last imported; midnight if all-day.
    pub start: NaiveDateTime,
    /// Whether it was about days, not times, as last imported.
    pub all_day: bool,
    /// Length in minutes as last imported; none where the source gave none.
    pub minutes: Option<u16>,
    /// Title or reason as last imported.
    pub title: Option<String>,
    /// Kind as last read from the words of the source.
    pub kind: VisitKind,
    /// Whether it was cancelled there as last imported.
    pub cancelled: bool,
    /// The patient as the source named them when last imported; none where it named nobody.
    pub who: Option<SourcePatient>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;

    fn visit(start: &str, minutes: u16) -> Visit {
        let at = Instant::from_millis(1_795_000_000_000);
        let seed = start.bytes().map(u64::from).sum();
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let mut visit =
            Visit::booked(Ids::seeded(seed).next(at), None, date, start.parse().unwrap(), VisitKind::FollowUp);
        visit.minutes = minutes;
        visit
    }

    #[test]
    fn visits_overlap_only_when_they_want_the_same_minutes() {
        let nine = visit("09:00:00", 20);
        for (start, minutes, overlaps) in
            [("09:20:00", 20, false), ("09:19:00", 20, true), ("08:40:00", 20, false), ("08:00:00", 180, true)]
        {
            assert_eq!(nine.overlaps(&visit(start, minutes)), overlaps, "{start}");
        }
        let mut gone = visit("09:10:00", 20);
        gone.state = VisitState::Cancelled;
        assert!(!nine.overlaps(&gone));
    }

    #[test]
    fn each_state_has_one_next_step_and_stamps_its_time() {
        let at = Instant::from_millis(5);
        let here = visit("09:00:00", 20).with_state(VisitState::Here, at);
        assert_eq!((here.state, here.here_at), (VisitState::Here, Some(at)));
        assert_eq!(VisitState::Left.next(), None);
        assert_eq!(here.with_state(VisitState::NoShow, at).aftermath, Aftermath::Open);
        assert_eq!(here.with_state(VisitState::Booked, at).here_at, None);
    }
}
