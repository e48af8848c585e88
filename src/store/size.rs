//! How much of the file is what.

use rusqlite::Connection;

use super::Store;
use super::error::{Doing, StoreError};
use super::schema::{self, Schema};

/// Bytes of whole pages, each table with its indexes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bytes {
    /// The facts.
    pub records: u64,
    /// The change log.
    pub log: u64,
    /// The full-text index and its texts.
    pub search: u64,
    /// Drafts, what the machine keeps, the schema.
    pub rest: u64,
}

impl Store {
    /// How many bytes of the file each part takes.
    pub fn bytes(&self) -> Result<Bytes, StoreError> {
        let schema = Schema::load(&self.conn)?;
        let mut bytes = Bytes::default();
        for (table, size) in sizes(&self.conn)? {
            let part = if schema.table(&table).is_some() {
                &mut bytes.records
            } else if schema::is_log(&table) {
                &mut bytes.log
            } else if schema::is_search(&table) {
                &mut bytes.search
            } else {
                &mut bytes.rest
            };
            *part += size;
        }
        Ok(bytes)
    }
}

/// The pages of every table and its indexes.
fn sizes(conn: &Connection) -> Result<Vec<(String, u64)>, StoreError> {
    const DOING: &str = "measuring the record";
    let mut statement = conn
        .prepare(
            "SELECT coalesce(of.tbl_name, tree.name), sum(tree.pgsize) FROM dbstat('main', 1) AS tree
             LEFT JOIN sqlite_schema AS of ON of.name = tree.name
             GROUP BY 1 ORDER BY 2 DESC",
        )
        .doing(DOING)?;
    let size = |row: &rusqlite::Row| Ok((row.get(0)?, u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0)));
    statement.query_map([], size).and_then(Iterator::collect).doing(DOING)
}

#[cfg(test)]
mod tests {
    use crate::store::testing::memory;

    #[test]
    fn every_page_belongs_to_one_part() {
        let mut store = memory();
        store.add_patient(1, "OKAFOR");
        let bytes = store.bytes().unwrap();
        let whole = store.number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
        assert_eq!(i64::try_from(bytes.records + bytes.log + bytes.search + bytes.rest), Ok(whole));
        assert!([bytes.records, bytes.log, bytes.search, bytes.rest].iter().all(|part| *part > 0), "{bytes:?}");
    }
}
