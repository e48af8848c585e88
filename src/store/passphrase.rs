//! Another passphrase for the record.
//!
//! The record is written anew with the new key, proved, and only then takes the place of the old file. Changing the key
//! in place would do with less room, but a full disk in the middle of it would go unnoticed: the cipher library does
//! not look whether its own commit succeeded.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::Store;
use super::backup;
use super::error::{Doing, StoreError};
use super::files;
use super::key::RawKey;
use super::open;
use super::watch::Watch;

const DOING: &str = "changing the passphrase";

impl Store {
    /// Gives the record another key; needs as much free room as the record takes. Copies made before keep their old
    /// passphrase.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`] if `old` is not its key, [`StoreError::Busy`] while another window or the worker
    /// has it open. In any case the record and its passphrase are as before.
    pub fn change_key(&mut self, old: &RawKey, new: &RawKey, watch: &mut Watch) -> Result<(), StoreError> {
        self.must_write()?;
        let path = self.path.clone().ok_or(StoreError::ReadOnly)?;
        drop(open::connect(&path, old, OpenFlags::SQLITE_OPEN_READ_WRITE)?);
        self.conn.flush_prepared_statement_cache();
        let written = be_alone(&self.conn).and_then(|()| {
            backup::finish(self.plan, new, &files::beside(&path, ".rekeyed"), watch, |unfinished, watch| {
                let copied = backup::pages(&self.conn, new, unfinished, watch)?;
                copied.close().map_err(|(_, source)| StoreError::sql(DOING, source))
            })
        });
        if let Err(error) = written {
            self.conn.execute_batch("PRAGMA journal_mode = WAL").doing(DOING)?;
            return Err(error);
        }
        self.take_over(&path, old, new)
    }

    /// Puts the proved file in the place of the old one and goes on with it.
    fn take_over(&mut self, path: &Path, old: &RawKey, new: &RawKey) -> Result<(), StoreError> {
        let nothing = Connection::open_in_memory().doing(DOING)?;
        drop(std::mem::replace(&mut self.conn, nothing));
        let renamed = files::rename(&files::beside(path, ".rekeyed"), path);
        let key = if renamed.is_ok() { new } else { old };
        let conn = open::connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        conn.execute_batch("PRAGMA journal_mode = WAL").doing(DOING)?;
        conn.set_prepared_statement_cache_capacity(128);
        self.open_set.register(&conn)?;
        self.conn = conn;
        renamed
    }
}

/// Folds everything into the one file. That only works while nobody else has it open, which is what is wanted.
fn be_alone(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(std::time::Duration::ZERO).doing(DOING)?;
    let alone = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0));
    conn.busy_timeout(std::time::Duration::from_secs(5)).doing(DOING)?;
    match alone.doing(DOING)?.as_str() {
        "delete" => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

#[cfg(test)]
mod tests;
