//! Long work, watched: how far it is, and whether it is asked to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::error::{Doing, StoreError};

/// A request to stop, given from another thread.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks the work to stop. It does so without harm, as soon as it can.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether someone asked.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What long work is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Backing the file up before its schema changes.
    BackingUp,
    /// Changing the schema.
    Schema,
    /// Copying pages.
    Copying,
    /// Proving that each page is as it was written.
    Pages,
    /// Proving the structure of tables and indexes.
    Structure,
    /// Proving that every row pointed to is there.
    References,
    /// Proving or rebuilding the full-text index.
    Search,
    /// Proving the chain of change sets.
    Chain,
    /// Comparing every live row with the log.
    Rows,
}

impl Stage {
    /// What is being done, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::BackingUp => "backing the record up before it is brought up to date",
            Self::Schema => "bringing the record up to date",
            Self::Copying => "copying",
            Self::Pages => "proving the pages",
            Self::Structure => "proving the structure",
            Self::References => "proving the references",
            Self::Search => "proving the full-text index",
            Self::Chain => "proving the chain of changes",
            Self::Rows => "comparing every row with the log",
        }
    }
}

/// How far long work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is busy with.
    pub stage: Stage,
    /// How much of this stage is done.
    pub done: u64,
    /// How much there is to do in this stage; 0 where nobody knows.
    pub total: u64,
}

/// Who watches long work.
pub struct Watch<'a> {
    told: Option<&'a mut dyn FnMut(Progress)>,
    stop: Stop,
}

impl<'a> Watch<'a> {
    /// Tells this function how far the work is, and stops when asked.
    pub fn new(stop: Stop, told: &'a mut dyn FnMut(Progress)) -> Self {
        Self { told: Some(told), stop }
    }

    /// Nobody watches, nobody stops it.
    pub fn nobody() -> Self {
        Self { told: None, stop: Stop::default() }
    }

    /// Whether the work was asked to stop: for work that is done in many steps.
    pub fn is_stopped(&self) -> bool {
        self.stop.is_asked()
    }

    /// Tells how far the work is.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] if the work was asked to stop.
    pub(super) fn tell(&mut self, stage: Stage, done: u64, total: u64) -> Result<(), StoreError> {
        if self.stop.is_asked() {
            return Err(StoreError::Stopped);
        }
        if let Some(told) = &mut self.told {
            told(Progress { stage, done, total });
        }
        Ok(())
    }

    /// Lets a request to stop interrupt also one long statement, while the work runs.
    pub(super) fn interrupting<T>(
        &mut self,
        conn: &mut Connection,
        work: impl FnOnce(&mut Connection, &mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        const STEPS: i32 = 100_000;
        const DOING: &str = "preparing long work";
        let stop = self.stop.clone();
        conn.progress_handler(STEPS, Some(move || stop.is_asked())).doing(DOING)?;
        let result = work(conn, self);
        conn.progress_handler(0, None::<fn() -> bool>).doing(DOING)?;
        result
    }
}
