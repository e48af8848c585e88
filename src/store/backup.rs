//! Copies of the record: whole, encrypted with its own key, proved before they bear their name.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::error::{Doing, DoingTo, StoreError};
use super::files;
use super::key::RawKey;
use super::migrate::Plan;
use super::open;
use super::verify;
use super::watch::{Stage, Watch};
use super::{Mode, Store};
use crate::clinical::time::{Instant, Now, wall};

const DOING: &str = "copying the record";

/// How a moment stands in the name of a copy.
const STAMP: &str = "%Y%m%d-%H%M%S";

/// How the name of a rotating copy ends.
pub(super) const ENDING: &str = ".backup";

impl Store {
    /// Copies the record to a file and proves the copy. A file of that name is replaced only if it is an earlier copy
    /// that opens with the same key, and only once the new one is proved.
    pub fn back_up(&self, key: &RawKey, to: &Path, watch: &mut Watch) -> Result<(), StoreError> {
        copy(&self.conn, self.plan, key, to, watch)
    }

    /// Copies the record into a folder under a name with this moment, and lets all but the newest `keep` copies of this
    /// record go, or none for 0. Gives the new copy's path.
    pub fn back_up_in(
        &self,
        key: &RawKey,
        folder: &Path,
        keep: usize,
        at: Instant,
        watch: &mut Watch,
    ) -> Result<PathBuf, StoreError> {
        let name = self.path().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let to = folder.join(format!("{name}.{}{ENDING}", stamp(at)));
        // One that was cut off bears another moment's name: nobody else would ever let it go.
        files::make_folder(&to).map_err(|error| no_place(error, &to))?;
        copies_in(folder, &name, ".backup.part")?.iter().try_for_each(|part| files::remove_database(part))?;
        self.back_up(key, &to, watch)?;
        let mut others = copies_in(folder, &name, ENDING)?;
        // The new one stays also where a clock that once ran ahead has named others later.
        others.retain(|copy| *copy != to);
        others.sort_unstable();
        let surplus = if keep == 0 { 0 } else { (others.len() + 1).saturating_sub(keep) };
        others.iter().take(surplus).try_for_each(|old| files::remove(old))?;
        Ok(to)
    }

    /// Whether a copy is to be made unasked: the record began before today, and the folder holds no copy of today.
    pub fn wants_copy(&self, folder: &Path, now: Now) -> Result<bool, StoreError> {
        const FIRST: &str = "SELECT at FROM change_set ORDER BY seq LIMIT 1";
        let Some(path) = self.path().filter(|_| self.mode() == Mode::Write) else { return Ok(false) };
        let began: Option<i64> = self.conn.query_row(FIRST, [], |row| row.get(0)).optional().doing(DOING)?;
        let is_of_today = |at: Instant| wall(at, now.zone).date() == now.today();
        if began.is_none_or(|at| is_of_today(Instant::from_millis(at))) {
            return Ok(false);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let copies = if folder.exists() { copies_in(folder, &name, ENDING)? } else { Vec::new() };
        Ok(!copies.iter().filter_map(|copy| made_at(copy)).any(is_of_today))
    }
}

/// When a rotating copy was made, by its name.
fn made_at(copy: &Path) -> Option<Instant> {
    let stamp = copy.file_stem()?.to_str()?.rsplit_once('.')?.1;
    let at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
    Some(Instant::from_millis(at.and_utc().timestamp_millis()))
}

/// A moment as names of files carry it: in UTC, so that names sort by time.
pub(super) fn stamp(at: Instant) -> String {
    at.utc().format(STAMP).to_string()
}

/// The rotating copies of a record in a folder, or what goes by another ending of them.
pub(super) fn copies_in(folder: &Path, name: &str, ending: &str) -> Result<Vec<PathBuf>, StoreError> {
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(folder).doing_to(DOING, folder)? {
        let path = entry.doing_to(DOING, folder)?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stamp = file.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')?.strip_suffix(ending));
        // Only what this function named itself is ever removed.
        if stamp.is_some_and(|stamp| stamp.len() == 15 && stamp.bytes().all(|b| b.is_ascii_digit() || b == b'-')) {
            copies.push(path);
        }
    }
    Ok(copies)
}

/// Copies an open record to a file, proves it there, and only then gives it its name.
pub(super) fn copy(
    conn: &Connection,
    plan: &Plan,
    key: &RawKey,
    to: &Path,
    watch: &mut Watch,
) -> Result<(), StoreError> {
    files::make_folder(to).map_err(|error| no_place(error, to))?;
    refuse_to_replace(conn, plan, key, to)?;
    finish(plan, key, to, watch, |unfinished, watch| {
        let copied = pages(conn, key, unfinished, watch)?;
        copied.close().map_err(|(_, source)| StoreError::sql(DOING, source))
    })
    .map_err(|error| no_place(error, to))
}

/// It is not the record that cannot be written, but where something new was to stand.
pub(super) fn no_place(error: StoreError, to: &Path) -> StoreError {
    match error {
        StoreError::ReadOnly | StoreError::NoAccess(_) => StoreError::NoPlace(to.to_owned()),
        error => error,
    }
}

/// Writes a database beside its later name, proves it, and gives it the name. Whatever fails, nothing is left behind.
pub(super) fn finish(
    plan: &Plan,
    key: &RawKey,
    to: &Path,
    watch: &mut Watch,
    write: impl FnOnce(&Path, &mut Watch) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let unfinished = files::beside(to, ".part");
    files::remove_database(&unfinished)?;
    let done = write(&unfinished, watch)
        .and_then(|()| files::sync(&unfinished))
        .and_then(|()| prove(plan, key, &unfinished, watch))
        .and_then(|()| files::rename(&unfinished, to));
    if done.is_err() {
        files::remove_database(&unfinished)?;
    }
    done
}

/// Copies all pages into a new file with this key. The copy knows how far its log had come, and is one file: nothing
/// beside it is needed to read it.
pub(super) fn pages(from: &Connection, key: &RawKey, to: &Path, watch: &mut Watch) -> Result<Connection, StoreError> {
    files::make_file(to)?;
    let mut conn = open::open_keyed(to, key, OpenFlags::SQLITE_OPEN_READ_WRITE).doing(DOING)?;
    // One moment of the record, whatever is written meanwhile: otherwise each write would begin the copy anew.
    let moment = from.unchecked_transaction().doing(DOING)?;
    moment.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).doing(DOING)?;
    step_through(&moment, &mut conn, watch)?;
    moment.commit().doing(DOING)?;
    open::settle(&conn)?;
    conn.execute_batch("PRAGMA journal_mode = DELETE").doing(DOING)?;
    verify::keep_heads(&conn)?;
    Ok(conn)
}

fn step_through(from: &Connection, to: &mut Connection, watch: &mut Watch) -> Result<(), StoreError> {
    const PAGES_A_STEP: i32 = 64;
    let backup = Backup::new(from, to).doing(DOING)?;
    loop {
        let step = backup.step(PAGES_A_STEP).doing(DOING)?;
        let progress = backup.progress();
        let total = u64::try_from(progress.pagecount).unwrap_or(0);
        let left = u64::try_from(progress.remaining).unwrap_or(0);
        watch.tell(Stage::Copying, total.saturating_sub(left), total)?;
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => return Err(StoreError::Busy),
        }
    }
}

/// Opens a finished copy with its key and proves all of it.
pub(super) fn prove(plan: &Plan, key: &RawKey, path: &Path, watch: &mut Watch) -> Result<(), StoreError> {
    let mut conn = open::connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let version = open::check_record(&conn, path, plan)?;
    let searched = if version == plan.newest() { plan.searched } else { &[] };
    let proof = watch.interrupting(&mut conn, |conn, watch| verify::prove(conn, searched, watch))?;
    conn.close().map_err(|(_, source)| StoreError::sql(DOING, source))?;
    if proof.is_sound() { Ok(()) } else { Err(StoreError::NotSound(proof.findings)) }
}

/// Only an earlier copy that opens with the same key may be replaced, and never the record itself.
fn refuse_to_replace(conn: &Connection, plan: &Plan, key: &RawKey, to: &Path) -> Result<(), StoreError> {
    if !to.exists() {
        return Ok(());
    }
    let there = || StoreError::AlreadyThere(to.to_owned());
    if conn.path().is_some_and(|from| is_same(Path::new(from), to)) {
        return Err(there());
    }
    let old = open::connect(to, key, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|_| there())?;
    open::check_record(&old, to, plan).map_err(|_| there()).map(|_| ())
}

/// Whether two paths lead to one file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

#[cfg(test)]
mod tests;
