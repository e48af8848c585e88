//! What a transaction wrote, followed into the index at its end.
//!
//! Not by triggers: the index would then write all it holds in memory to its pages at every single statement, and they
//! would be read anew whenever a file is opened.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::{PER_DAY, Searched, base, of_row, patient_of_row};
use crate::store::error::{Doing, StoreError};
use crate::store::image::row_key;
use crate::store::log::Change;
use crate::store::schema::quote;

const DOING: &str = "keeping the index";

/// The rows whose searched texts a transaction touched, each with its columns.
#[derive(Debug)]
pub(in crate::store) struct Touched<'n> {
    searched: &'static [Searched],
    rows: BTreeMap<(&'n str, String), Row>,
}

/// What of a row was touched.
#[derive(Debug, Default)]
struct Row {
    columns: BTreeSet<&'static str>,
    /// It was not there before: the index says nothing of it yet.
    is_new: bool,
}

/// A row as the index must say it now.
struct Now {
    patient: Option<[u8; 16]>,
    day: Option<String>,
    base: i64,
    /// The text of each searched column of its table.
    texts: Vec<Option<String>>,
}

impl<'n> Touched<'n> {
    /// Nothing yet.
    pub(in crate::store) fn new(searched: &'static [Searched]) -> Self {
        Self { searched, rows: BTreeMap::new() }
    }

    /// Adds what a change touched.
    pub(in crate::store) fn add(&mut self, change: &Change<'n>) {
        let of_table = self.searched.iter().filter(|text| text.table == change.table);
        let has =
            |column| [&change.before, &change.after].into_iter().flatten().any(|image| image.contains_key(column));
        let columns: Vec<_> = of_table.map(|text| text.column).filter(|column| has(*column)).collect();
        if !columns.is_empty() {
            let first = || Row { is_new: change.before.is_none(), ..Row::default() };
            self.rows.entry((change.table, change.row.clone())).or_insert_with(first).columns.extend(columns);
        }
    }

    /// Brings the index up to what these rows say now.
    pub(in crate::store) fn follow(self, conn: &Connection) -> Result<(), StoreError> {
        let mut last_of_day = BTreeMap::new();
        let mut of_table: (&str, Vec<&Searched>) = ("", Vec::new());
        for ((table, row), touched) in self.rows {
            if of_table.0 != table {
                of_table = (table, self.searched.iter().filter(|text| text.table == table).collect());
            }
            let now = now(conn, table, &of_table.1, &row)?;
            let record = row_key(&row);
            for (at, text) in of_table.1.iter().enumerate().filter(|(_, text)| touched.columns.contains(text.column)) {
                let field = text.field();
                if !touched.is_new {
                    remove(conn, &record, &field)?;
                }
                let said = now.as_ref().and_then(|now| Some((now, now.texts[at].as_deref()?)));
                if let Some((now, text)) = said.filter(|(_, text)| !text.is_empty()) {
                    let id = next_id(conn, now.base, &mut last_of_day)?;
                    insert(conn, id, (&record, &field), now, text)?;
                }
            }
        }
        Ok(())
    }
}

/// What the texts of a row are now; none if it is gone.
fn now(conn: &Connection, table: &str, texts: &[&Searched], row: &str) -> Result<Option<Now>, StoreError> {
    let Some(first) = texts.first() else { return Ok(None) };
    // The columns of a table are about the same patient and day.
    let (day, patient) = (of_row(first.date), patient_of_row(first.patient));
    let columns = texts.iter().fold(String::new(), |columns, text| columns + ", row." + &quote(text.column));
    let sql = format!(
        "SELECT {patient}, {day}, {base}{columns} FROM {} AS row WHERE id = ?1",
        quote(table),
        base = base(&day)
    );
    let mut statement = conn.prepare_cached(&sql).doing(DOING)?;
    let read = |row: &rusqlite::Row| {
        Ok(Now {
            patient: row.get(0)?,
            day: row.get(1)?,
            base: row.get(2)?,
            texts: (3..3 + texts.len()).map(|n| row.get(n)).collect::<Result<_, _>>()?,
        })
    };
    statement.query_row([row], read).optional().doing(DOING)
}

/// Takes a text out of the index, where it is there.
fn remove(conn: &Connection, record: &Value, field: &str) -> Result<(), StoreError> {
    let mut there =
        conn.prepare_cached("SELECT id, text FROM search_text WHERE record = ?1 AND field = ?2").doing(DOING)?;
    let found: Option<(i64, String)> =
        there.query_row(params![record, field], |row| Ok((row.get(0)?, row.get(1)?))).optional().doing(DOING)?;
    let Some((id, text)) = found else { return Ok(()) };
    run(conn, "INSERT INTO search (search, rowid, text) VALUES ('delete', ?1, ?2)", params![id, text])?;
    run(conn, "DELETE FROM search_text WHERE id = ?1", params![id])
}

fn insert(
    conn: &Connection,
    id: i64,
    (record, field): (&Value, &str),
    now: &Now,
    text: &str,
) -> Result<(), StoreError> {
    run(
        conn,
        "INSERT INTO search_text (id, record, field, patient, date, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, record, field, now.patient, now.day, text],
    )?;
    run(conn, "INSERT INTO search (rowid, text) VALUES (?1, ?2)", params![id, text])
}

fn run(conn: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute(values)).doing(DOING).map(|_| ())
}

/// The next free key of a day.
fn next_id(conn: &Connection, base: i64, last_of_day: &mut BTreeMap<i64, i64>) -> Result<i64, StoreError> {
    let last = if let Some(last) = last_of_day.get(&base) {
        *last
    } else {
        let sql = "SELECT max(id) FROM search_text WHERE id >= ?1 AND id < ?2";
        let mut statement = conn.prepare_cached(sql).doing(DOING)?;
        let last: Option<i64> = statement.query_row([base, base + PER_DAY], |row| row.get(0)).doing(DOING)?;
        last.unwrap_or(base)
    };
    last_of_day.insert(base, last + 1);
    Ok(last + 1)
}
