//! What was written of a patient, visit by visit: the list, one of them in full, and how it came to be so.

use chrono::{NaiveDate, NaiveTime};

use super::id::VisitId;
use super::models::VisitSummary;
use super::summary::{Section, written};
use super::time::Instant;
use super::visit::VisitKind;

/// A visit of which something was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    /// The visit.
    pub visit: VisitId,
    /// Its day.
    pub date: NaiveDate,
    /// Its time.
    pub start: Option<NaiveTime>,
    /// Its kind.
    pub kind: VisitKind,
    /// What came of it, in a line.
    pub about: String,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotesPage {
    /// The visits, newest first.
    pub lines: Vec<NoteLine>,
    /// The day and the identity of the last that was read; none before the first.
    pub after: Option<(String, String)>,
    /// Whether there is nothing older.
    pub is_end: bool,
    /// The day down to which it was searched.
    pub searched_to: Option<NaiveDate>,
}

impl NotesPage {
    /// Adds the next page below this one.
    pub fn extend(&mut self, next: Self) {
        self.lines.extend(next.lines);
        (self.after, self.is_end, self.searched_to) = (next.after, next.is_end, next.searched_to);
    }
}

/// One act by which a note came to be what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteChange {
    /// When.
    pub at: Instant,
    /// What it is called: `completed assessment`.
    pub act: String,
    /// Whether it changed what was complete before.
    pub again: bool,
    /// Whether it was taken back and not done again.
    pub undone: bool,
}

/// A note in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What the records say.
    pub summary: VisitSummary,
    /// How they came to say it, oldest first.
    pub changes: Vec<NoteChange>,
}

impl Note {
    /// The visit.
    pub const fn visit(&self) -> VisitId {
        self.summary.visit.id
    }

    /// What was written, section by section.
    pub fn sections(&self) -> Vec<(Section, Vec<String>)> {
        written(&self.summary)
    }

    /// Whether it was changed after it was first written, and whether any of it was taken back.
    pub fn marks(&self) -> (usize, usize) {
        let undone = self.changes.iter().filter(|change| change.undone).count();
        let again = self.changes.iter().filter(|change| !change.undone && change.again).count();
        (again, undone)
    }
}
