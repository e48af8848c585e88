//! Bringing a copy back: proved first, and what it replaces is kept beside.

use std::path::{Path, PathBuf};

use super::backup;
use super::error::StoreError;
use super::files;
use super::key::RawKey;
use super::lock::WriteLock;
use super::machine;
use super::migrate::{PLAN, Plan};
use super::open;
use super::watch::Watch;
use crate::clinical::id::Ids;
use crate::clinical::time::Instant;

/// Puts a proved copy in the place of a record. Gives the path under which the replaced record is kept, if there was one.
///
/// The restored record goes on under a new machine identity: change sets made after the copy carry numbers of the old
/// one, and must never be confused with those made from now on.
///
/// # Errors
/// [`StoreError::NotSound`] if the copy is wrong, [`StoreError::Held`] while anyone writes to the record; in any case
/// nothing was replaced.
pub fn restore(
    copy: &Path,
    key: &RawKey,
    to: &Path,
    ids: &mut Ids,
    now: Instant,
    watch: &mut Watch,
) -> Result<Option<PathBuf>, StoreError> {
    restore_with(&PLAN, copy, key, to, ids, now, watch)
}

pub(super) fn restore_with(
    plan: &'static Plan,
    copy: &Path,
    key: &RawKey,
    to: &Path,
    ids: &mut Ids,
    now: Instant,
    watch: &mut Watch,
) -> Result<Option<PathBuf>, StoreError> {
    const DOING: &str = "restoring the record";
    if backup::is_same(copy, to) {
        return Err(StoreError::AlreadyThere(to.to_owned()));
    }
    let from = open::connect_reading(copy, key)?;
    open::check_record(&from, copy, plan)?;
    files::make_folder(to)?;
    let lock = WriteLock::take(to, now)?;
    let proved = files::beside(to, ".restored");
    backup::finish(plan, key, &proved, watch, |unfinished, watch| {
        let conn = backup::pages(&from, key, unfinished, watch)?;
        let machine: uuid::Uuid = ids.next(now);
        machine::put(&conn, machine::MACHINE, &machine.to_string())?;
        conn.close().map_err(|(_, source)| StoreError::sql(DOING, source))
    })?;
    drop(from);
    let kept = set_aside(to, now)?;
    files::rename(&proved, to)?;
    drop(lock);
    Ok(kept)
}

/// Moves a record, with all that lies beside it, to a name of its own. A log beside it may hold its newest changes, and
/// must never be taken for one of the restored file.
fn set_aside(record: &Path, now: Instant) -> Result<Option<PathBuf>, StoreError> {
    if !record.exists() {
        files::remove_database(record)?;
        return Ok(None);
    }
    let name = |n: u32| match n {
        0 => files::beside(record, &format!(".replaced-{}", backup::stamp(now))),
        n => files::beside(record, &format!(".replaced-{}-{n}", backup::stamp(now))),
    };
    let kept = (0..10_000).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(0));
    for ending in ["", "-wal", "-shm", "-journal"] {
        let (from, to) = (files::beside(record, ending), files::beside(&kept, ending));
        if from.exists() {
            files::rename(&from, &to)?;
        }
    }
    Ok(Some(kept))
}

#[cfg(test)]
mod tests;
