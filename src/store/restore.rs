//! Bringing a copy back: proved first, and what it replaces is kept beside.

use std::fmt;
use std::path::{Path, PathBuf};

use super::backup;
use super::error::{DoingTo, StoreError};
use super::files;
use super::key::RawKey;
use super::lock::WriteLock;
use super::machine;
use super::migrate::{PLAN, Plan};
use super::open;
use super::watch::Watch;
use crate::clinical::id::Ids;
use crate::clinical::time::Instant;

/// What a proved copy is called until the record is set aside: a name that nobody gives a file of their own.
const PROVED: &str = ".restore-under-way";
/// How the name of a record begins that was set aside.
const REPLACED: &str = ".replaced-";

/// Puts a proved copy in the place of a record. Gives the path under which the replaced record is kept, if there was
/// one; after a restore that was cut off, the record that it had set aside.
///
/// The restored record goes on under a new machine identity: change sets made after the copy carry numbers of the old
/// one, and must never be confused with those made from now on.
///
/// # Errors
/// [`StoreError::NotSound`] if the copy is wrong, [`StoreError::InUse`] if it is the record itself, [`StoreError::Held`] while anyone writes to the record; in any case
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
        return Err(StoreError::InUse(to.to_owned()));
    }
    let from = open::connect_reading(copy, key)?;
    open::check_record(&from, copy, plan)?;
    files::make_folder(to)?;
    let lock = WriteLock::take(to, now)?;
    // Before a proved copy lies here: from then on it looks as if this restore had been cut off.
    let before = if to.exists() { None } else { finish_set_aside(to, now)? };
    let proved = files::beside(to, PROVED);
    backup::finish(plan, key, &proved, watch, |unfinished, watch| {
        let conn = backup::pages(&from, key, unfinished, watch)?;
        let machine: uuid::Uuid = ids.next(now);
        machine::put(&conn, machine::MACHINE, &machine.to_string())?;
        conn.close().map_err(|(_, source)| StoreError::sql(DOING, source))
    })?;
    drop(from);
    let kept = set_aside(to, now)?;
    if let Err(error) = files::rename(&proved, to) {
        // What was replaced is the record again: whoever is told that it failed finds everything as it was.
        if let Some(kept) = &kept {
            move_all(kept, to)?;
        }
        return Err(error);
    }
    drop(lock);
    Ok(kept.or(before))
}

/// A restore that was cut off after the record was set aside, and is finished now.
#[derive(Debug, PartialEq, Eq)]
pub struct Finished {
    /// The record that was set aside last, where there is one.
    pub kept: Option<PathBuf>,
}

impl fmt::Display for Finished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A restore that was cut off is finished: the proved copy is the record now")?;
        match &self.kept {
            Some(kept) => write!(f, ", and the record set aside last is kept as {}", kept.display()),
            None => Ok(()),
        }
    }
}

/// Finishes a restore that was cut off between setting the record aside and giving the proved copy its name. Without
/// that it would look as if there were no record. Does nothing where there is one.
///
/// # Errors
/// Where the copy cannot be given its name, or another program works on it at this moment.
pub fn finish_restore(record: &Path, now: Instant) -> Result<Option<Finished>, StoreError> {
    let proved = files::beside(record, PROVED);
    let is_cut_off = || !record.exists() && proved.exists();
    if !is_cut_off() {
        return Ok(None);
    }
    let lock = match WriteLock::take(record, now) {
        // Whoever held it may have been done by now.
        Err(StoreError::Held(_)) if !is_cut_off() => return Ok(None),
        taken => taken?,
    };
    if !is_cut_off() {
        return Ok(None);
    }
    let kept = finish_set_aside(record, now)?;
    files::rename(&proved, record)?;
    drop(lock);
    Ok(Some(Finished { kept }))
}

/// Lets a proved copy go that a restore, cut off before it replaced anything, left behind. The lock is held.
pub(super) fn let_go_of_unused(record: &Path) -> Result<(), StoreError> {
    files::remove_database(&files::beside(record, PROVED))?;
    files::remove_database(&files::beside(record, &format!("{PROVED}.part")))
}

/// What still lies beside a record that is missing. Where a restore was cut off, a log follows the record that was set
/// aside last, which is given: it may hold its newest changes. Any other log belongs to nothing that is known here, and is
/// set aside alone: it must never be taken for one of the restored file.
fn finish_set_aside(record: &Path, now: Instant) -> Result<Option<PathBuf>, StoreError> {
    let is_cut_off = files::beside(record, PROVED).exists();
    let last = if is_cut_off { last_set_aside(record)? } else { None };
    if let Some(kept) = &last {
        move_all(record, kept)?;
    }
    set_aside(record, now)?;
    Ok(last)
}

/// The record that was set aside last.
fn last_set_aside(record: &Path) -> Result<Option<PathBuf>, StoreError> {
    const DOING: &str = "looking for what a restore replaced";
    let beginning = files::beside(record, REPLACED);
    let beginning = beginning.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = record.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut kept = Vec::new();
    for entry in std::fs::read_dir(folder).doing_to(DOING, folder)? {
        let path = entry.doing_to(DOING, folder)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(stamp) = name.strip_prefix(&beginning) else { continue };
        if !stamp.is_empty() && stamp.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            // Of one second, the one with the longer or greater number came later.
            kept.push((stamp.get(..15).map(str::to_owned), stamp.len(), stamp.to_owned(), path));
        }
    }
    kept.sort_unstable();
    Ok(kept.pop().map(|(.., path)| path))
}

/// Moves a record, with all that lies beside it, to a name that nothing bears yet. A log beside it may hold its newest
/// changes. Gives the name, where there was a record and not only what lay beside it.
fn set_aside(record: &Path, now: Instant) -> Result<Option<PathBuf>, StoreError> {
    let was_there = record.exists();
    let name = |n: u32| match n {
        0 => files::beside(record, &format!("{REPLACED}{}", backup::stamp(now))),
        n => files::beside(record, &format!("{REPLACED}{}-{n}", backup::stamp(now))),
    };
    let is_free = |name: &PathBuf| !files::ENDINGS.iter().any(|ending| files::beside(name, ending).exists());
    let kept = (0..10_000).map(name).find(is_free).ok_or_else(|| StoreError::AlreadyThere(name(0)))?;
    move_all(record, &kept)?;
    Ok(was_there.then_some(kept))
}

/// Gives a database another name, with all that lies beside it; what bears that name already stays as it is. The file
/// itself goes first: it is what tells that the rest has to follow.
fn move_all(from: &Path, to: &Path) -> Result<(), StoreError> {
    for ending in files::ENDINGS {
        let (from, to) = (files::beside(from, ending), files::beside(to, ending));
        if from.exists() && !to.exists() {
            files::rename(&from, &to)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
