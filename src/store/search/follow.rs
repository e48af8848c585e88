//! What a transaction wrote, followed into the index at its end.
//!
//! Not by triggers: the index would then write all it holds in memory to its pages at every single statement, and they
//! would be read anew whenever a file is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

/// What is asked about the rows of one table: the same for all of them.
struct OfTable<'n> {
    table: &'n str,
    sql: String,
    /// Its searched columns, each as the index calls it.
    texts: Vec<(&'static str, Arc<str>)>,
}

/// A row as the index must say it now.
struct Now {
    patient: Option<[u8; 16]>,
    day: Option<Arc<str>>,
    base: i64,
    /// The text of each searched column of its table.
    texts: Vec<Option<String>>,
}

/// A text that the index must say.
struct Said {
    base: i64,
    record: Value,
    field: Arc<str>,
    patient: Option<[u8; 16]>,
    day: Option<Arc<str>>,
    text: String,
}

/// From so many rows in one act on the index gathers more in memory before it writes it down.
const MANY: usize = 4096;
/// Bytes the index gathers before it writes them down as a part of its own, to be merged with others later: as the
/// library has it, and while one act writes rows by the thousand.
const GATHERED: i64 = 1 << 20;
const GATHERED_OF_MANY: i64 = 64 << 20;

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
        let are_many = self.rows.len() >= MANY;
        let gather = |bytes: i64| run(conn, "INSERT INTO search (search, rank) VALUES ('hashsize', ?1)", [bytes]);
        let mut said = self.said(conn)?;
        // In the order of its keys the index takes them in one go, and its texts lie behind one another.
        said.sort_by_key(|said| said.base);
        if are_many {
            gather(GATHERED_OF_MANY)?;
        }
        let mut last_of_day = BTreeMap::new();
        for said in said {
            let id = next_id(conn, said.base, &mut last_of_day)?;
            insert(conn, id, &said)?;
        }
        if are_many { gather(GATHERED) } else { Ok(()) }
    }

    /// Takes what the index said of these rows out of it; gives what it must say, table by table and row by row.
    fn said(self, conn: &Connection) -> Result<Vec<Said>, StoreError> {
        let mut said = Vec::new();
        let mut of_table: Option<OfTable> = None;
        for ((table, row), touched) in self.rows {
            let of = match of_table.take() {
                Some(of) if of.table == table => of_table.insert(of),
                _ => of_table.insert(OfTable::new(table, self.searched)),
            };
            let now = of.now(conn, &row)?;
            let record = row_key(&row);
            let mut texts = now.as_ref().map(|now| now.texts.iter());
            for (column, field) in &of.texts {
                let text = texts.as_mut().and_then(Iterator::next).and_then(Option::as_ref);
                if !touched.columns.contains(column) {
                    continue;
                }
                if !touched.is_new {
                    remove(conn, &record, field)?;
                }
                if let (Some(now), Some(text)) = (&now, text.filter(|text| !text.is_empty())) {
                    said.push(Said {
                        base: now.base,
                        record: record.clone(),
                        field: Arc::clone(field),
                        patient: now.patient,
                        day: now.day.clone(),
                        text: text.clone(),
                    });
                }
            }
        }
        Ok(said)
    }
}

impl<'n> OfTable<'n> {
    fn new(table: &'n str, searched: &[Searched]) -> Self {
        let texts: Vec<&Searched> = searched.iter().filter(|text| text.table == table).collect();
        // The columns of a table are about the same patient and day.
        let (day, patient) =
            texts.first().map_or_else(Default::default, |first| (of_row(first.date), patient_of_row(first.patient)));
        let columns = texts.iter().fold(String::new(), |columns, text| columns + ", row." + &quote(text.column));
        let sql = format!(
            "SELECT {patient}, {day}, {base}{columns} FROM {} AS row WHERE id = ?1",
            quote(table),
            base = base(&day)
        );
        Self { table, sql, texts: texts.iter().map(|text| (text.column, text.field().into())).collect() }
    }

    /// What the texts of a row are now; none if it is gone.
    fn now(&self, conn: &Connection, row: &str) -> Result<Option<Now>, StoreError> {
        let mut statement = conn.prepare_cached(&self.sql).doing(DOING)?;
        let read = |row: &rusqlite::Row| {
            Ok(Now {
                patient: row.get(0)?,
                day: row.get(1)?,
                base: row.get(2)?,
                texts: (3..3 + self.texts.len()).map(|n| row.get(n)).collect::<Result<_, _>>()?,
            })
        };
        statement.query_row([row], read).optional().doing(DOING)
    }
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

fn insert(conn: &Connection, id: i64, said: &Said) -> Result<(), StoreError> {
    let Said { record, field, patient, day, text, .. } = said;
    run(
        conn,
        "INSERT INTO search_text (id, record, field, patient, date, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, record, field, patient, day, text],
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
