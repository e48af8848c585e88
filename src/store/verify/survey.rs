//! What of a damaged file can still be read.
//!
//! After the first page that is not as it was written the cipher gives nothing more to a connection, sound or not. So
//! each table is read by itself, and a new connection goes on after one that failed. A file that was cut off is opened
//! all the same: nothing is written, and what is there is looked at.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::page_of;
use crate::store::backup;
use crate::store::error::{Doing, StoreError};
use crate::store::key::RawKey;
use crate::store::open::{has_waiting, immutable, open_keyed};
use crate::store::schema::quote;
use crate::store::sniff::{PAGE, sniff};
use crate::store::watch::{Stage, Watch};

const DOING: &str = "looking at what can still be read";

/// What of a file can be read, and what not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// How many pages the file has.
    pub held: u64,
    /// Those not as they were written, in order.
    pub pages: Vec<u64>,
    /// Whether the file ends before it should.
    pub is_cut_off: bool,
    /// Whether the list of the tables is damaged too, so that some may be missing below.
    pub is_list_damaged: bool,
    /// Tables that can be read to their end.
    pub whole: Vec<String>,
    /// Tables that cannot, and how many rows came before the damage.
    pub broken: Vec<(String, u64)>,
}

/// Looks at a file that opens with this key, but is damaged. Changes nothing in it.
pub fn survey(path: &Path, key: &RawKey, watch: &mut Watch) -> Result<Survey, StoreError> {
    watch.tell(Stage::Pages, 0, 1)?;
    let mut conn = look(path, key)?;
    let mut seen = Survey { is_cut_off: is_cut_off(path, key), ..Survey::default() };
    seen.held = std::fs::metadata(path).map_or(0, |meta| meta.len().div_ceil(PAGE));
    seen.pages = damaged_pages(&conn)?;
    // What was just looked at may have ended this connection.
    conn = look(path, key)?;
    let (tables, whole) = tables(&conn);
    seen.is_list_damaged = !whole;
    let total = u64::try_from(tables.len()).unwrap_or(0);
    for (done, table) in (0..).zip(tables) {
        watch.tell(Stage::Structure, done, total)?;
        match rows(&conn, &table) {
            (_, true) => seen.whole.push(table),
            (rows, false) => {
                seen.broken.push((table, rows));
                conn = look(path, key)?;
            }
        }
    }
    Ok(seen)
}

/// The newest automatic copy of a record in the folder of such copies.
pub fn newest_copy(record: &Path, folder: &Path) -> Option<std::path::PathBuf> {
    let name = record.file_name()?.to_string_lossy().into_owned();
    backup::copies_in(folder, &name, backup::ENDING).ok()?.into_iter().max()
}

/// Opens a file without proving anything, only to read, however short it is and wherever it lies.
fn look(path: &Path, key: &RawKey) -> Result<Connection, StoreError> {
    let conn = opened(path, key).doing(DOING)?;
    // Without the last, what is not whole would not be looked at.
    let settings = "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA writable_schema = ON";
    conn.execute_batch(settings).doing(DOING)?;
    Ok(conn)
}

fn opened(path: &Path, key: &RawKey) -> rusqlite::Result<Connection> {
    if has_waiting(path) {
        return open_keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE);
    }
    let lying = immutable(path);
    open_keyed(Path::new(&lying), key, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
}

/// Whether the file says that it is longer than it is, or ends within a page: then not even its first page is given.
fn is_cut_off(path: &Path, key: &RawKey) -> bool {
    let is_ragged = sniff(path).is_ok_and(|seen| seen.ragged);
    let first = || opened(path, key)?.query_row("PRAGMA user_version", [], |_| Ok(()));
    is_ragged || first().is_err()
}

fn damaged_pages(conn: &Connection) -> Result<Vec<u64>, StoreError> {
    let said = super::texts(conn, "PRAGMA cipher_integrity_check")?;
    Ok(said.iter().filter_map(|said| page_of(said)).collect())
}

/// The tables by name, and whether the list could be read to its end.
fn tables(conn: &Connection) -> (Vec<String>, bool) {
    const SQL: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
                       AND name NOT LIKE 'sqlite%'";
    let mut tables = Vec::new();
    let Ok(mut statement) = conn.prepare(SQL) else { return (tables, false) };
    let Ok(mut found) = statement.query([]) else { return (tables, false) };
    loop {
        match found.next().and_then(|row| row.map(|row| row.get(0)).transpose()) {
            Ok(Some(table)) => tables.push(table),
            Ok(None) => return (tables, true),
            Err(_) => return (tables, false),
        }
    }
}

/// How many rows of a table can be read, each with all it holds, and whether those are all.
fn rows(conn: &Connection, table: &str) -> (u64, bool) {
    let mut count = 0;
    let mut read = || -> rusqlite::Result<()> {
        let mut statement = conn.prepare(&format!("SELECT * FROM {} NOT INDEXED", quote(table)))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                // A value that runs over several pages is read only when it is asked for.
                row.get_ref(column)?;
            }
            count += 1;
        }
        Ok(())
    };
    let is_whole = read().is_ok();
    (count, is_whole)
}
