//! Opening, making and closing the record.
//!
//! A connection is keyed first and proved next; only then is anything else asked of it. One process may write
//! ([`super::lock`]); any number may read beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Once;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::backup;
use super::error::{Doing, StoreError};
use super::files;
use super::forget::forget;
use super::image;
use super::key::RawKey;
use super::lock::WriteLock;
use super::machine;
use super::migrate::{self, Plan};
use super::names::Names;
use super::restore;
use super::sniff::{Seen, sniff};
use super::tx::OpenSet;
use super::watch::{Stage, Watch};
use crate::clinical::id::Ids;
use crate::clinical::time::Instant;

/// Tells a record from any other database: the letters `days`.
pub(super) const APPLICATION: i32 = 0x6461_7973;

/// Bytes of pages a connection keeps in memory.
pub(super) const CACHE: usize = 32_000 << 10;
/// The same while one act writes rows by the thousand: what does not fit is encrypted and written more than once.
pub(super) const CACHE_FOR_MANY: usize = 512_000 << 10;
/// Bytes of pages that others of this process may have freed shortly before.
const FREED_BESIDE: usize = 8 << 20;

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Read and write, as the one process that does.
    Write,
    /// Only read, beside whoever writes.
    Read,
}

/// One open connection to a record.
#[derive(Debug)]
pub struct Store {
    pub(super) conn: Connection,
    pub(super) path: Option<PathBuf>,
    pub(super) plan: &'static Plan,
    pub(super) open_set: OpenSet,
    /// What writing needs; none where only reading is allowed.
    pub(super) writing: Option<Writing>,
}

/// What a connection that writes holds.
#[derive(Debug)]
pub(super) struct Writing {
    pub machine: String,
    pub ids: Ids,
    pub lock: Option<Arc<WriteLock>>,
    /// The names of the log, read when first something is written.
    pub names: Option<Names>,
}

impl Writing {
    fn new(machine: String, ids: Ids, lock: Option<Arc<WriteLock>>) -> Self {
        Self { machine, ids, lock, names: None }
    }
}

impl Store {
    /// Makes a new record and opens it for writing. The folder is made too, both for their owner alone.
    ///
    /// # Errors
    /// A file that is there is never touched: [`StoreError::AlreadyThere`].
    pub fn create(path: &Path, key: &RawKey, ids: Ids, now: Instant) -> Result<Self, StoreError> {
        Self::create_with(&migrate::PLAN, path, key, ids, now)
    }

    /// Opens a record. For writing, the schema is brought up to date first, after a backup beside the file.
    pub fn open(path: &Path, key: &RawKey, mode: Mode, ids: Ids, now: Instant) -> Result<Self, StoreError> {
        Self::open_watched(path, key, mode, ids, now, &mut Watch::nobody())
    }

    /// The same, and somebody is told how far the backup and the change of the schema are.
    pub fn open_watched(
        path: &Path,
        key: &RawKey,
        mode: Mode,
        ids: Ids,
        now: Instant,
        watch: &mut Watch,
    ) -> Result<Self, StoreError> {
        Self::open_told(&migrate::PLAN, path, key, mode, ids, now, watch)
    }

    /// A record in memory, without a key, gone when dropped: for tests and for what is made up.
    pub fn in_memory(ids: Ids, now: Instant) -> Result<Self, StoreError> {
        Self::in_memory_with(&migrate::PLAN, ids, now)
    }

    pub(super) fn create_with(
        plan: &'static Plan,
        path: &Path,
        key: &RawKey,
        mut ids: Ids,
        now: Instant,
    ) -> Result<Self, StoreError> {
        let no_place = |error| backup::no_place(error, path);
        files::make_folder(path).map_err(no_place)?;
        let lock = WriteLock::take(path, now).map_err(no_place)?;
        if path.exists() {
            return Err(StoreError::AlreadyThere(path.to_owned()));
        }
        // Made under another name: what bears the record's name is whole, also after a crash in between.
        let unfinished = files::beside(path, ".new");
        files::remove_database(&unfinished)?;
        let made = make(plan, &unfinished, key, &mut ids, now).and_then(|()| files::rename(&unfinished, path));
        if let Err(error) = made {
            files::remove_database(&unfinished)?;
            return Err(match error {
                StoreError::Migration { source, .. } => *source,
                error => error,
            });
        }
        Self::open_locked(plan, path, key, ids, now, Arc::new(lock), &mut Watch::nobody())
    }

    #[cfg(test)]
    pub(super) fn open_with(
        plan: &'static Plan,
        path: &Path,
        key: &RawKey,
        mode: Mode,
        ids: Ids,
        now: Instant,
    ) -> Result<Self, StoreError> {
        Self::open_told(plan, path, key, mode, ids, now, &mut Watch::nobody())
    }

    pub(super) fn open_told(
        plan: &'static Plan,
        path: &Path,
        key: &RawKey,
        mode: Mode,
        ids: Ids,
        now: Instant,
        watch: &mut Watch,
    ) -> Result<Self, StoreError> {
        match mode {
            Mode::Write => {
                sniff(path)?;
                let lock = Arc::new(WriteLock::take(path, now)?);
                let opened = Self::open_locked(plan, path, key, ids, now, lock, watch);
                // What lies beside the file while it is written could not be made: the library does not say that it is
                // the room which is missing.
                opened.map_err(|error| match error {
                    StoreError::Disk { .. } if files::is_full(path) => StoreError::DiskFull,
                    error => error,
                })
            }
            Mode::Read => {
                let conn = connect_reading(path, key)?;
                let (version, newest) = (check_record(&conn, path, plan)?, plan.newest());
                if version < newest {
                    return Err(StoreError::OlderSchema { file: version, program: newest });
                }
                Self::finish(conn, Some(path.to_owned()), plan, None)
            }
        }
    }

    fn open_locked(
        plan: &'static Plan,
        path: &Path,
        key: &RawKey,
        mut ids: Ids,
        now: Instant,
        lock: Arc<WriteLock>,
        watch: &mut Watch,
    ) -> Result<Self, StoreError> {
        let mut conn = connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        if conn.is_readonly(rusqlite::MAIN_DB).doing("opening the record")? {
            return Err(StoreError::ReadOnly);
        }
        let version = check_record(&conn, path, plan)?;
        // Only now: beside a file that is no record of this program, nothing is its own. Where the folder cannot be written,
        // that is told below.
        drop(restore::let_go_of_unused(path));
        conn.execute_batch("PRAGMA journal_mode = WAL").doing("opening the record")?;
        if version < plan.newest() {
            watch.tell(Stage::BackingUp, 0, 0)?;
            migrate::back_up_first(&conn, plan, path, key, version, watch)?;
            watch.tell(Stage::Schema, 0, 0)?;
            migrate::migrate(&mut conn, plan, &mut ids, now)?;
        }
        let machine = machine_of(&conn)?;
        Self::finish(conn, Some(path.to_owned()), plan, Some(Writing::new(machine, ids, Some(lock))))
    }

    /// A second connection that writes, in the same process and under the same lock: for the worker.
    pub fn beside(&self, key: &RawKey, ids: Ids) -> Result<Self, StoreError> {
        let (Some(path), Some(writing)) = (&self.path, &self.writing) else {
            return Err(StoreError::ReadOnly);
        };
        let conn = connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let writing = Writing::new(writing.machine.clone(), ids, writing.lock.clone());
        Self::finish(conn, Some(path.clone()), self.plan, Some(writing))
    }

    pub(super) fn in_memory_with(plan: &'static Plan, mut ids: Ids, now: Instant) -> Result<Self, StoreError> {
        make_ready();
        let mut conn = Connection::open_in_memory().doing("making a record in memory")?;
        settle(&conn)?;
        migrate::begin(&mut conn, plan, &mut ids, now)?;
        let machine = machine_of(&conn)?;
        Self::finish(conn, None, plan, Some(Writing::new(machine, ids, None)))
    }

    fn finish(
        conn: Connection,
        path: Option<PathBuf>,
        plan: &'static Plan,
        writing: Option<Writing>,
    ) -> Result<Self, StoreError> {
        conn.set_prepared_statement_cache_capacity(512);
        let open_set = OpenSet::default();
        open_set.register(&conn)?;
        if writing.is_none() {
            conn.execute_batch("PRAGMA query_only = ON").doing("opening the record")?;
        }
        Ok(Self { conn, path, plan, open_set, writing })
    }

    /// The file; none for a record in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that another one takes the place of as soon as any other connection has changed the record.
    pub fn version_of_others(&self) -> Result<i64, StoreError> {
        self.conn.query_row("PRAGMA data_version", [], |row| row.get(0)).doing("looking whether the record changed")
    }

    /// What this connection may do.
    pub fn mode(&self) -> Mode {
        if self.writing.is_some() { Mode::Write } else { Mode::Read }
    }

    /// Closes the record: everything in the one file, the connection and its pages gone from memory, the lock let go.
    pub fn close(self) -> Result<(), StoreError> {
        const DOING: &str = "closing the record";
        let Self { conn, path, writing, .. } = self;
        // A reader beside us, or a full disk, may keep the newest changes from being folded into the file. They are
        // safe beside it, and are folded in when the last one closes, or at the next start.
        let folded = match (&path, &writing) {
            (Some(_), Some(_)) => conn.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)").doing(DOING),
            _ => Ok(()),
        };
        let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap_or(i64::MAX);
        conn.flush_prepared_statement_cache();
        let closed = conn.close().map_err(|(_, source)| StoreError::sql(DOING, source));
        drop(writing);
        forget(usize::try_from(pages.saturating_mul(4096)).unwrap_or(usize::MAX).min(CACHE) + FREED_BESIDE);
        match folded {
            Ok(()) | Err(StoreError::Busy | StoreError::DiskFull | StoreError::Disk { .. }) => closed,
            Err(error) => Err(error),
        }
    }

    pub(super) fn must_write(&self) -> Result<(), StoreError> {
        if self.writing.is_some() { Ok(()) } else { Err(StoreError::ReadOnly) }
    }
}

/// Makes the file of a new record, whole and on the disk.
fn make(plan: &Plan, path: &Path, key: &RawKey, ids: &mut Ids, now: Instant) -> Result<(), StoreError> {
    const DOING: &str = "making the record";
    files::make_file(path)?;
    let mut conn = open_keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE).doing(DOING)?;
    settle(&conn)?;
    migrate::begin(&mut conn, plan, ids, now)?;
    conn.close().map_err(|(_, source)| StoreError::sql(DOING, source))?;
    files::sync(path)
}

/// Opens and proves a file that is there.
pub(super) fn connect(path: &Path, key: &RawKey, flags: OpenFlags) -> Result<Connection, StoreError> {
    let seen = sniff(path)?;
    let conn = open_keyed(path, key, flags).doing("opening the record")?;
    prove_key(&conn, path, seen)?;
    settle(&conn)?;
    Ok(conn)
}

/// Opens for reading. A record that stands where nothing can be written, not even the shared memory of its readers,
/// is read as it lies, if nothing waits beside it to be folded in.
pub(super) fn connect_reading(path: &Path, key: &RawKey) -> Result<Connection, StoreError> {
    match connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        Err(StoreError::Disk { .. } | StoreError::ReadOnly) if !has_waiting(path) => {
            let lying = immutable(path);
            let seen = sniff(path)?;
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            let conn = open_keyed(Path::new(&lying), key, flags).doing("opening the record")?;
            prove_key(&conn, path, seen)?;
            settle(&conn)?;
            Ok(conn)
        }
        other => other,
    }
}

/// Whether a log waits beside the file.
pub(super) fn has_waiting(path: &Path) -> bool {
    std::fs::metadata(files::beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0)
}

/// The address of a file that nobody changes while it is read.
pub(super) fn immutable(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => address.push(char::from(*byte)),
            _ => {
                address.push('%');
                address.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])));
            }
        }
    }
    address.push_str("?immutable=1");
    address
}

/// Makes the library ready, once for the whole program. Its encryption is set up behind its own first opening and outside
/// its lock: a second thread that opens a record meanwhile is told that the key cannot be taken.
fn make_ready() {
    static READY: Once = Once::new();
    READY.call_once(|| drop(Connection::open_in_memory()));
}

/// Opens a connection and hands it the key, before anything else is asked of it.
pub(super) fn open_keyed(path: &Path, key: &RawKey, flags: OpenFlags) -> rusqlite::Result<Connection> {
    make_ready();
    // The library takes such a name for an address, unless it stands in a folder.
    let is_address = flags.contains(OpenFlags::SQLITE_OPEN_URI);
    let own =
        (!is_address && path.as_os_str().as_encoded_bytes().starts_with(b"file:")).then(|| Path::new(".").join(path));
    let path = own.as_deref().unwrap_or(path);
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // The library would write its own lines to the terminal, over the screen.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    conn.execute_batch(&key.pragma())?;
    conn.busy_timeout(Duration::from_secs(5))?;
    Ok(conn)
}

/// Reads the first page: only the right key gets through.
fn prove_key(conn: &Connection, path: &Path, seen: Seen) -> Result<(), StoreError> {
    let first = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    match first {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            let path = path.to_owned();
            Err(if seen.ragged { StoreError::NotADatabase(path) } else { StoreError::WrongPassphrase(path) })
        }
        Err(source) => Err(StoreError::sql("opening the record", source)),
    }
}

/// What every connection is set to.
pub(super) fn settle(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;
         PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;",
    )
    .doing("opening the record")?;
    set_cache(conn, CACHE)?;
    image::register(conn)
}

/// Lets a connection keep so many bytes of pages in memory.
pub(super) fn set_cache(conn: &Connection, bytes: usize) -> Result<(), StoreError> {
    conn.execute_batch(&format!("PRAGMA cache_size = -{}", bytes >> 10)).doing("opening the record")
}

/// Whether an open file is a record of a schema this program knows; gives its schema.
pub(super) fn check_record(conn: &Connection, path: &Path, plan: &Plan) -> Result<u32, StoreError> {
    let number = |sql| conn.query_row(sql, [], |row| row.get::<_, i32>(0)).doing("opening the record");
    if number("PRAGMA application_id")? != APPLICATION {
        return Err(StoreError::NotARecord(path.to_owned()));
    }
    let file = u32::try_from(number("PRAGMA user_version")?).unwrap_or(0);
    let program = plan.newest();
    if file > program {
        return Err(StoreError::NewerSchema { file, program });
    }
    Ok(file)
}

fn machine_of(conn: &Connection) -> Result<String, StoreError> {
    machine::get(conn, machine::MACHINE)?.ok_or(StoreError::Damaged { doing: "reading whose machine this is" })
}

#[cfg(test)]
mod tests;
