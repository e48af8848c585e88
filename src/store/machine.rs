//! What a machine keeps about itself in the record: keys and values outside the log, never facts.

use rusqlite::{Connection, OptionalExtension};

use super::Store;
use super::error::{Doing, StoreError};

/// The identity of the machine in the log.
pub(super) const MACHINE: &str = "machine";
/// In a backup: how far the log had come when it was made.
pub(super) const HEAD: &str = "backup.head";

impl Store {
    /// What this machine keeps under a key.
    pub fn machine_value(&self, key: &str) -> Result<Option<String>, StoreError> {
        get(&self.conn, key)
    }

    /// Keeps a value under a key, in place of the one before.
    pub fn keep_machine_value(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.must_write()?;
        put(&self.conn, key, value)
    }
}

pub(super) fn get(conn: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    const DOING: &str = "reading what this machine keeps";
    let mut statement = conn.prepare_cached("SELECT value FROM machine WHERE key = ?1").doing(DOING)?;
    statement.query_row([key], |row| row.get(0)).optional().doing(DOING)
}

pub(super) fn put(conn: &Connection, key: &str, value: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO machine (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")
        .and_then(|mut statement| statement.execute([key, value]))
        .doing("keeping what this machine knows")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::store::testing::memory;

    #[test]
    fn a_value_replaces_the_one_before() {
        let mut store = memory();
        assert_eq!(store.machine_value("board.by_the_clock").unwrap(), None);
        store.keep_machine_value("board.by_the_clock", "mon").unwrap();
        store.keep_machine_value("board.by_the_clock", "tue").unwrap();
        assert_eq!(store.machine_value("board.by_the_clock").unwrap().as_deref(), Some("tue"));
    }
}
