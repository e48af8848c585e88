//! The day on the board: its records as loaded, and the board computed from them.

use chrono::NaiveDate;

use crate::clinical::board::{Board, DayRecords, board};
use crate::clinical::time::Now;
use crate::store::{Follow, Store, StoreError};
use crate::ui::env::Preferences;

/// The records of one day and their board.
#[derive(Debug)]
pub struct Day {
    /// As loaded.
    pub records: DayRecords,
    /// As computed from them.
    pub board: Board,
}

/// What a day follows beside its visits, by the settings.
pub fn follow(preferences: &Preferences) -> Follow<'_> {
    Follow { copies: preferences.follow_copies, clocks: Some(&preferences.clocks) }
}

impl Day {
    /// Loads a day.
    pub fn load(store: &Store, date: NaiveDate, now: Now, preferences: &Preferences) -> Result<Self, StoreError> {
        let records = store.board_records(date, now, follow(preferences))?;
        let board = board(&records, now);
        Ok(Self { records, board })
    }

    /// Computes the board again for another moment.
    pub fn recompute(&mut self, now: Now) {
        self.board = board(&self.records, now);
    }
}
