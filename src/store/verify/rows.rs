//! Every live row against its newest image in the log, both ways.
//!
//! The log is read in the order of the rows, each folded from its first image to its newest, and compared with the row
//! as it stands. The same walk proves a file, and logs what a step of the schema did to the rows.

use std::collections::HashMap;
use std::mem;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::store::error::{Doing, StoreError};
use crate::store::image::{self, Image};
use crate::store::schema::{Schema, Table, quote};

const DOING: &str = "comparing the rows with the log";

/// A row that is not what the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Difference {
    pub table: String,
    pub row: String,
    /// As the log has it; none if it was deleted or never there.
    pub logged: Option<Image>,
    /// As the table has it.
    pub live: Option<Image>,
}

/// A row of which the log holds something unreadable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum Seen {
    Differs(Difference),
    Unreadable { table: String, row: String },
}

/// Compares all rows with the log. `tell` hears every now and then how many changes were read, and may stop the walk.
pub(in crate::store) fn compare(
    conn: &Connection,
    schema: &Schema,
    tell: &mut dyn FnMut(u64) -> Result<(), StoreError>,
) -> Result<Vec<Seen>, StoreError> {
    const TELL_EACH: u64 = 5_000;
    let mut walk = Walk { conn, schema, alive: HashMap::new(), found: Vec::new() };
    let mut statement =
        conn.prepare("SELECT row_id, table_name, op, before, after FROM change ORDER BY row_id, seq").doing(DOING)?;
    let mut rows = statement.query([]).doing(DOING)?;
    let (mut id, mut folded, mut read) = (String::new(), Vec::new(), 0);
    while let Some(row) = rows.next().doing(DOING)? {
        let next = row.get_ref(0).doing(DOING)?.as_str().unwrap_or_default();
        if next != id {
            walk.settle(&mem::replace(&mut id, next.to_owned()), &mem::take(&mut folded))?;
        }
        fold(&mut folded, &Step::from_row(row).doing(DOING)?);
        read += 1;
        if read % TELL_EACH == 0 {
            tell(read)?;
        }
    }
    walk.settle(&id, &folded)?;
    walk.never_logged()?;
    tell(read)?;
    Ok(walk.found)
}

/// Logs all differences as part of one change set: what a step of the schema did.
pub(in crate::store) fn log_differences(conn: &Connection, schema: &Schema, seq: i64) -> Result<(), StoreError> {
    let mut insert = conn
        .prepare(
            "INSERT INTO change (change_set, table_name, row_id, op, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .doing(DOING)?;
    for seen in compare(conn, schema, &mut |_| Ok(()))? {
        let Seen::Differs(Difference { table, row, logged, live }) = seen else {
            return Err(StoreError::Damaged { doing: DOING });
        };
        let (op, before, after) = match (logged, live) {
            (None, Some(live)) => ("insert", None, Some(live)),
            (Some(logged), None) => ("delete", Some(logged), None),
            (Some(logged), Some(live)) => {
                let (before, after) = changed(&logged, &live);
                ("update", Some(before), Some(after))
            }
            (None, None) => continue,
        };
        let json = |image: Option<Image>| image.map(|image| Value::Object(image).to_string());
        insert.execute(params![seq, table, row, op, json(before), json(after)]).doing(DOING)?;
    }
    Ok(())
}

/// The columns that differ, NULL where one side has none.
fn changed(logged: &Image, live: &Image) -> (Image, Image) {
    let (mut before, mut after) = (Image::new(), Image::new());
    for column in logged.keys().chain(live.keys()) {
        let of = |image: &Image| image.get(column).cloned().unwrap_or(Value::Null);
        if of(logged) != of(live) {
            before.insert(column.clone(), of(logged));
            after.insert(column.clone(), of(live));
        }
    }
    (before, after)
}

/// One change of a row, as it is folded.
struct Step {
    table: String,
    op: String,
    after: Option<String>,
}

impl Step {
    fn from_row(row: &rusqlite::Row) -> rusqlite::Result<Self> {
        Ok(Self { table: row.get(1)?, op: row.get(2)?, after: row.get(4)? })
    }
}

/// The newest image of a row on its way.
enum Folded {
    Image(Image),
    Deleted,
    Unreadable,
}

/// The same id may stand in more than one table: one fold each.
fn fold(folded: &mut Vec<(String, Folded)>, step: &Step) {
    let at = folded.iter().position(|(table, _)| *table == step.table).unwrap_or_else(|| {
        folded.push((step.table.clone(), Folded::Deleted));
        folded.len() - 1
    });
    let slot = &mut folded[at].1;
    let after = step.after.as_deref().map(serde_json::from_str::<Image>);
    *slot = match (mem::replace(slot, Folded::Unreadable), step.op.as_str(), after) {
        (Folded::Unreadable, ..) | (_, _, Some(Err(_))) => Folded::Unreadable,
        (_, "delete", None) => Folded::Deleted,
        (Folded::Deleted, "insert", Some(Ok(image))) => Folded::Image(image),
        (Folded::Image(mut image), "update", Some(Ok(after))) => {
            for (column, value) in after {
                if value.is_null() {
                    image.remove(&column)
                } else {
                    image.insert(column, value)
                };
            }
            Folded::Image(image)
        }
        _ => Folded::Unreadable,
    };
}

struct Walk<'a> {
    conn: &'a Connection,
    schema: &'a Schema,
    /// Rows found alive, by table.
    alive: HashMap<String, i64>,
    found: Vec<Seen>,
}

impl Walk<'_> {
    /// Compares one row, in every table the log knows it of.
    fn settle(&mut self, row: &str, folded: &[(String, Folded)]) -> Result<(), StoreError> {
        for (table, newest) in folded {
            let live = match self.schema.table(table) {
                Some(table) => live(self.conn, table, row)?,
                None => None,
            };
            if live.is_some() {
                *self.alive.entry(table.clone()).or_default() += 1;
            }
            let logged = match newest {
                Folded::Image(image) => Some(image),
                Folded::Deleted => None,
                Folded::Unreadable => {
                    self.found.push(Seen::Unreadable { table: table.clone(), row: row.to_owned() });
                    continue;
                }
            };
            if logged != live.as_ref() {
                self.found.push(Seen::Differs(Difference {
                    table: table.clone(),
                    row: row.to_owned(),
                    logged: logged.cloned(),
                    live,
                }));
            }
        }
        Ok(())
    }

    /// Finds the rows the log never heard of. Counting tells whether there are any.
    fn never_logged(&mut self) -> Result<(), StoreError> {
        for table in &self.schema.tables {
            let name = quote(&table.name);
            let count: i64 =
                self.conn.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0)).doing(DOING)?;
            if count == self.alive.get(&table.name).copied().unwrap_or(0) {
                continue;
            }
            let sql = format!(
                "SELECT coalesce(id, '') FROM {name} AS live WHERE NOT EXISTS
                   (SELECT 1 FROM change WHERE row_id = live.id AND table_name = ?1)"
            );
            let mut statement = self.conn.prepare(&sql).doing(DOING)?;
            let ids = statement.query_map([&table.name], |row| row.get::<_, String>(0)).doing(DOING)?;
            for id in ids {
                let row = id.doing(DOING)?;
                let live = live(self.conn, table, &row)?.or_else(|| Some(Image::new()));
                self.found.push(Seen::Differs(Difference { table: table.name.clone(), row, logged: None, live }));
            }
        }
        Ok(())
    }
}

/// A row as it stands, or none.
fn live(conn: &Connection, table: &Table, id: &str) -> Result<Option<Image>, StoreError> {
    let columns: Vec<_> = table.columns.iter().map(|column| quote(&column.name)).collect();
    let columns = if columns.is_empty() { "1".to_owned() } else { columns.join(", ") };
    let sql = format!("SELECT {columns} FROM {} WHERE id = ?1", quote(&table.name));
    let mut statement = conn.prepare_cached(&sql).doing(DOING)?;
    let read = |row: &rusqlite::Row| {
        let mut image = Image::new();
        for (at, column) in table.columns.iter().enumerate() {
            if let Some(value) = image::value(row.get_ref(at)?)? {
                image.insert(column.name.clone(), value);
            }
        }
        Ok(image)
    };
    statement.query_row([id], read).optional().doing(DOING)
}
