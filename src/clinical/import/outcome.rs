//! What an import would do: a line for each thing that was read, and the rows behind them.

use chrono::{NaiveDate, NaiveDateTime};

use super::who::MatchedBy;
use crate::clinical::id::{VisitId, VisitSourceId};
use crate::clinical::patient::Patient;
use crate::clinical::time::Instant;
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitSource, VisitState};

crate::vocab! {
    /// What becomes of a line.
    pub enum Action {
        /// A visit or block is made.
        Create "create" "new",
        /// A visit is changed.
        Update "update" "change",
        /// It is in the record as it is.
        Unchanged "unchanged" "as it was",
        /// It is left as it is, for a reason.
        Skip "skip" "left",
        /// It could not be taken.
        Refuse "refuse" "refused",
    }
}

/// The patient of a line, as the source names them, and how they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePatient {
    /// Family name, as the source has it or as the record does.
    pub family: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Record number.
    pub number: Option<String>,
    /// How they were found.
    pub matched: MatchedBy,
}

/// One line of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// What becomes of it.
    pub action: Action,
    /// Start on the practice's wall.
    pub start: Option<NaiveDateTime>,
    /// End on the practice's wall, where the source says one.
    pub end: Option<NaiveDateTime>,
    /// Start as the source wrote it.
    pub as_written: Option<String>,
    /// Whether it is about days.
    pub all_day: bool,
    /// Title or reason.
    pub title: Option<String>,
    /// Kind, where it is a visit.
    pub kind: Option<VisitKind>,
    /// Whether the source says that it does not take place.
    pub cancelled: bool,
    /// Whom.
    pub patient: Option<LinePatient>,
    /// File, and the line in it.
    pub source: (String, Option<u32>),
    /// Why, or what had to be decided.
    pub reason: Option<String>,
    /// The visit in the record, known or made.
    pub visit: Option<VisitId>,
}

/// A visit that is not in the schedule any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its line.
    pub line: PlanLine,
    /// The visit and its source as they are when it is cancelled; none if it has begun or holds a record.
    cancelled: Option<(Visit, VisitSourceId, VisitSource)>,
}

impl Gone {
    /// A visit that is gone. One that has begun or holds a record will not be cancelled.
    pub(super) fn of(line: PlanLine, visit: &Visit, source: (VisitSourceId, &VisitSource), begun: bool) -> Self {
        let cancelled = (!begun).then(|| {
            let mut visit = visit.clone();
            visit.state = VisitState::Cancelled;
            visit.aftermath = Aftermath::NotNeeded;
            visit.end_reason = Some("gone from the schedule".to_owned());
            (visit, source.0, VisitSource { cancelled: true, ..source.1.clone() })
        });
        Self { line, cancelled }
    }

    /// Whether it is cancelled when what is gone is cancelled.
    pub fn can_be_cancelled(&self) -> bool {
        self.cancelled.is_some()
    }
}

/// What becomes of visits that are gone from the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithGone {
    /// They are listed and stay.
    Keep,
    /// They are cancelled.
    Cancel,
}

/// Everything an import would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// The files it comes from.
    pub from: String,
    /// A line for each thing read, in the order of the files.
    pub lines: Vec<PlanLine>,
    /// Visits of these calendars inside the window that are not in them any more.
    pub gone: Vec<Gone>,
    /// What was decided for a file as a whole.
    pub notes: Vec<String>,
    /// Patients made.
    pub(super) patients: Vec<Patient>,
    /// Visits and blocks made.
    pub(super) made: Vec<Visit>,
    /// Visits changed.
    pub(super) changed: Vec<Visit>,
    /// What visits remember of their source, new or changed.
    pub(super) sources: Vec<(VisitSourceId, VisitId, VisitSource)>,
}

/// The rows of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportRows {
    /// Patients made.
    pub patients: Vec<Patient>,
    /// Visits and blocks made.
    pub visits: Vec<Visit>,
    /// Visits changed.
    pub changed: Vec<Visit>,
    /// What visits remember of their source, new or changed.
    pub sources: Vec<(VisitSourceId, VisitId, VisitSource)>,
}

impl ImportRows {
    /// Whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.patients.is_empty() && self.visits.is_empty() && self.changed.is_empty() && self.sources.is_empty()
    }
}

impl ImportPlan {
    /// The rows to write.
    pub fn rows(&self, gone: WithGone) -> ImportRows {
        let mut rows = ImportRows {
            patients: self.patients.clone(),
            visits: self.made.clone(),
            changed: self.changed.clone(),
            sources: self.sources.clone(),
        };
        if gone == WithGone::Cancel {
            for (visit, id, source) in self.gone.iter().filter_map(|gone| gone.cancelled.clone()) {
                rows.sources.push((id, visit.id, source));
                rows.changed.push(visit);
            }
        }
        rows
    }

    /// All lines, those of visits that are gone last and as they will be.
    pub fn all_lines(&self, gone: WithGone) -> impl Iterator<Item = PlanLine> {
        let of_gone = self.gone.iter().map(move |one| {
            let mut line = one.line.clone();
            if gone == WithGone::Cancel && one.can_be_cancelled() {
                line.action = Action::Update;
                line.cancelled = true;
            }
            line
        });
        self.lines.iter().cloned().chain(of_gone)
    }

    /// How many lines have this action, without those of visits that are gone.
    pub fn count(&self, action: Action) -> usize {
        self.lines.iter().filter(|line| line.action == action).count()
    }
}

/// Whether a visit has begun or holds a record: then no import moves or cancels it.
pub fn is_begun(visit: &Visit) -> bool {
    let stamps: [Option<Instant>; 4] = [visit.here_at, visit.in_room_at, visit.left_at, visit.recorded_at];
    !matches!(visit.state, VisitState::Booked | VisitState::Cancelled) || stamps.iter().any(Option::is_some)
}
