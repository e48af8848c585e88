//! What is done to the record as a whole while the physician goes on: on a connection of its own, with progress and cancel.

use std::path::Path;

use crate::clinical::time::Instant;
use crate::store::{Proof, RawKey, Store, StoreError, Watch, told};

/// Long work on the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A verified copy beside the record.
    Backup,
    /// The same unasked, once a day: only a failure is told.
    DailyBackup,
    /// Prove the record.
    Verify,
}

/// Where automatic copies lie, and how many are kept.
#[derive(Debug, Clone, Copy)]
pub struct Copies<'a> {
    /// Their folder.
    pub folder: &'a Path,
    /// How many.
    pub keep: u16,
}

impl Work {
    /// What is said while it goes on.
    pub const fn begun(self) -> Option<&'static str> {
        match self {
            Self::Backup => Some("making a backup…"),
            Self::DailyBackup => None,
            Self::Verify => Some("proving the record…"),
        }
    }

    /// What is said where it failed, by the sentence of the error.
    pub fn failed(self, error: &str) -> String {
        match self {
            Self::DailyBackup => format!("no backup was made today: {error}"),
            Self::Backup | Self::Verify => error.to_owned(),
        }
    }

    /// Carries it out with a connection that is closed then. What came of it, in a sentence where there is one to say.
    pub fn carry_out(
        self,
        mut store: Store,
        key: &RawKey,
        copies: Copies<'_>,
        at: Instant,
        watch: &mut Watch,
    ) -> Result<Option<String>, StoreError> {
        let done = match self {
            Self::Backup | Self::DailyBackup => store
                .back_up_in(key, copies.folder, usize::from(copies.keep), at, watch)
                .map(|path| (self == Self::Backup).then(|| format!("backup made and verified: {}", path.display()))),
            Self::Verify => store.verify(None, watch).map(|proof| Some(words_of(&proof))),
        };
        drop(store.close());
        done
    }
}

/// A proof in one sentence.
fn words_of(proof: &Proof) -> String {
    match told(&proof.findings).first() {
        None => format!("the record is sound: {} change sets proved", proof.change_sets),
        Some(first) => format!("NOT sound: {first}; `daysheet verify` tells the rest"),
    }
}
