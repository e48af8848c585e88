//! What of a day is measured without a terminal.

use std::path::Path;
use std::time::{Duration, Instant};

use daysheet::action::Write;
use daysheet::clinical::asked::PatientLists;
use daysheet::clinical::assessment::Assessment;
use daysheet::clinical::board::{Board, board};
use daysheet::clinical::id::{Ids, VisitId};
use daysheet::clinical::score::Score;
use daysheet::clinical::visit::{Visit, VisitKind};
use daysheet::store::Store;

use super::files;

/// A record, and what is done with it.
pub struct Part {
    store: Store,
    ids: Ids,
    /// A completed assessment of today, which the saves repeat for further visits.
    like: (Assessment, Vec<Score>),
    minute: u32,
}

impl Part {
    /// Opens a record.
    pub fn open(path: &Path) -> Self {
        let store = files::open(path);
        let now = files::now();
        let records = store.board_records(now.today(), now, true).unwrap();
        let assessed: VisitId = records.visits.iter().find(|record| record.assessed).unwrap().visit.id;
        let model = store.assessment_model(assessed).unwrap();
        let scores = model.scores;
        Self { store, ids: Ids::seeded(99), like: (model.current.unwrap(), scores), minute: 0 }
    }

    /// The board, read and computed.
    pub fn board(&self) -> Board {
        let now = files::now();
        board(&self.store.board_records(now.today(), now, true).unwrap(), now)
    }

    /// All texts that hold these words.
    pub fn find(&self, words: &str) -> usize {
        self.store.find_hits(words, 50).unwrap().len()
    }

    /// Completes an assessment, and says how long that took: the visit it belongs to is booked before.
    pub fn save(&mut self) -> Duration {
        let now = files::now();
        self.minute += 1;
        let start = chrono::NaiveTime::from_hms_opt(7 + self.minute / 60 % 12, self.minute % 60, 0);
        let (like, scores) = &self.like;
        let id = self.ids.next(now.instant);
        let visit = Visit::booked(id, Some(like.patient), now.today(), start.unwrap(), VisitKind::FollowUp);
        self.store.commit(Write::BookVisit { visit, new_patient: None }, now).unwrap();
        let assessment = Assessment { id: self.ids.next(now.instant), visit: id, answered_by: None, ..like.clone() };
        let scores = scores.iter().map(|score| Score { id: self.ids.next(now.instant), ..score.clone() }).collect();
        let write = Write::CompleteAssessment { assessment, scores, lists: PatientLists::default(), again: false };
        let began = Instant::now();
        self.store.commit(write, now).unwrap();
        began.elapsed()
    }
}
