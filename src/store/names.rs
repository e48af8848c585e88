//! The names that the log uses: tables and columns of facts, and machines, each written once and numbered.
//!
//! The log says the same few names millions of times; by number it stays smaller than what it is about. The hash chain
//! covers the names and not the numbers, so that a name altered here is found like any other change, and another
//! machine's file may number them otherwise.

use std::collections::HashMap;

use rusqlite::Connection;

use super::error::{Doing, StoreError};

const DOING: &str = "reading the names of the log";

/// All names of a file's log.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<i64, String>);

impl Names {
    pub(super) fn load(conn: &Connection) -> Result<Self, StoreError> {
        let mut statement = conn.prepare("SELECT n, name FROM log_name").doing(DOING)?;
        let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        names.and_then(Iterator::collect).map(Self).doing(DOING)
    }

    /// The name with this number, if there is one.
    pub(super) fn get(&self, number: i64) -> Option<&str> {
        self.0.get(&number).map(String::as_str)
    }
}

/// The number of a name; one that was not there is added.
pub(super) fn number(conn: &Connection, name: &str) -> Result<i64, StoreError> {
    if let Some(number) = find(conn, name)? {
        return Ok(number);
    }
    let mut insert = conn.prepare_cached("INSERT INTO log_name (name) VALUES (?1)").doing(DOING)?;
    insert.insert([name]).doing(DOING)
}

/// The number of a name that may not be there.
pub(super) fn find(conn: &Connection, name: &str) -> Result<Option<i64>, StoreError> {
    use rusqlite::OptionalExtension;
    let mut find = conn.prepare_cached("SELECT n FROM log_name WHERE name = ?1").doing(DOING)?;
    find.query_row([name], |row| row.get(0)).optional().doing(DOING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::memory;

    #[test]
    fn a_name_is_written_once_and_keeps_its_number() {
        let store = memory();
        let first = number(&store.conn, "lumbar").unwrap();
        assert_eq!(number(&store.conn, "lumbar").unwrap(), first);
        let names = Names::load(&store.conn).unwrap();
        assert_eq!(names.get(first), Some("lumbar"));
        assert_eq!((names.get(0), find(&store.conn, "thoracic").unwrap()), (None, None));
        assert!(find(&store.conn, "patient").unwrap().is_some(), "tables and columns are named with the triggers");
    }
}
