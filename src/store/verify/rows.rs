//! Every live row against its newest image in the log, both ways.
//!
//! The log is read in the order of the rows, each folded from its first image to its newest, and compared with the row
//! as it stands. The same walk proves a file, and logs what a step of the schema did to the rows.

use std::collections::HashMap;
use std::mem;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::error::{Doing, StoreError};
use crate::store::image::{self, Image, row_id, row_key};
use crate::store::log::{Change, place};
use crate::store::names::{self, Names};
use crate::store::schema::{Schema, Table, quote};

const DOING: &str = "comparing the rows with the log";

/// A row that is not what the log says.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) struct Difference<'a> {
    pub table: &'a str,
    pub row: String,
    /// As the log has it; none if it was deleted or never there.
    pub logged: Option<Image<'a>>,
    /// As the table has it.
    pub live: Option<Image<'a>>,
}

/// A row of which the log holds something unreadable.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) enum Seen<'a> {
    Differs(Difference<'a>),
    Unreadable { table: &'a str, row: String },
}

/// Compares all rows with the log. `tell` hears every now and then how many changes were read, and may stop the walk.
pub(in crate::store) fn compare<'a>(
    conn: &'a Connection,
    schema: &'a Schema,
    names: &'a Names,
    tell: &mut dyn FnMut(u64) -> Result<(), StoreError>,
) -> Result<Vec<Seen<'a>>, StoreError> {
    const TELL_EACH: u64 = 5_000;
    let mut walk = Walk { conn, schema, alive: HashMap::new(), found: Vec::new() };
    let sql = format!("SELECT {} FROM change ORDER BY row_id, seq", Change::COLUMNS);
    let mut statement = conn.prepare(&sql).doing(DOING)?;
    let mut rows = statement.query([]).doing(DOING)?;
    let (mut id, mut folded, mut read) = (String::new(), Vec::new(), 0);
    while let Some(row) = rows.next().doing(DOING)? {
        let next = row_id(row.get_ref(1).doing(DOING)?);
        if next != id {
            walk.settle(&mem::replace(&mut id, next), mem::take(&mut folded))?;
        }
        let table = names.get(row.get(0).doing(DOING)?).unwrap_or("?");
        fold(&mut folded, table, Change::from_row(row, names).doing(DOING)?);
        read += 1;
        if read % TELL_EACH == 0 {
            tell(read)?;
        }
    }
    walk.settle(&id, folded)?;
    walk.never_logged()?;
    tell(read)?;
    Ok(walk.found)
}

/// Logs all differences as part of one change set: what a step of the schema did.
pub(in crate::store) fn log_differences(conn: &Connection, schema: &Schema, set: i64) -> Result<(), StoreError> {
    let mut insert = conn
        .prepare("INSERT INTO change (seq, in_table, row_id, before, after) VALUES (?1, ?2, ?3, ?4, ?5)")
        .doing(DOING)?;
    let names = Names::load(conn)?;
    for (at, seen) in (0..).zip(compare(conn, schema, &names, &mut |_| Ok(()))?) {
        let Seen::Differs(Difference { table, row, logged, live }) = seen else {
            return Err(StoreError::Damaged { doing: DOING });
        };
        let (before, after) = match (logged, live) {
            (Some(logged), Some(live)) => {
                let (before, after) = changed(&logged, &live);
                (Some(before), Some(after))
            }
            one => one,
        };
        let written = |image: Option<Image>| image.map(|image| write(conn, &image)).transpose();
        let table = names::number(conn, table)?;
        insert
            .execute(params![place(set, at), table, row_key(&row), written(before)?, written(after)?])
            .doing(DOING)?;
    }
    Ok(())
}

/// An image as the log keeps it.
fn write(conn: &Connection, image: &Image) -> Result<Vec<u8>, StoreError> {
    let mut written = Vec::new();
    for (column, value) in image {
        image::put(&mut written, names::number(conn, column)?, value.into()).doing(DOING)?;
    }
    Ok(written)
}

/// The columns that differ, NULL where one side has none.
fn changed<'a>(logged: &Image<'a>, live: &Image<'a>) -> (Image<'a>, Image<'a>) {
    let (mut before, mut after) = (Image::new(), Image::new());
    for &column in logged.keys().chain(live.keys()) {
        let of = |image: &Image| image.get(column).cloned().unwrap_or(Value::Null);
        if of(logged) != of(live) {
            before.insert(column, of(logged));
            after.insert(column, of(live));
        }
    }
    (before, after)
}

/// The newest image of a row on its way.
enum Folded<'a> {
    Image(Image<'a>),
    Deleted,
    Unreadable,
}

/// The same id may stand in more than one table: one fold each.
fn fold<'a>(folded: &mut Vec<(&'a str, Folded<'a>)>, table: &'a str, change: Option<Change<'a>>) {
    let at = folded.iter().position(|(of, _)| *of == table).unwrap_or_else(|| {
        folded.push((table, Folded::Deleted));
        folded.len() - 1
    });
    let slot = &mut folded[at].1;
    let images = change.map(|change| (change.before, change.after));
    *slot = match (mem::replace(slot, Folded::Unreadable), images) {
        (Folded::Image(_), Some((Some(_), None))) => Folded::Deleted,
        (Folded::Deleted, Some((None, Some(image)))) => Folded::Image(image),
        (Folded::Image(mut image), Some((Some(_), Some(after)))) => {
            image.extend(after);
            image.retain(|_, value| *value != Value::Null);
            Folded::Image(image)
        }
        _ => Folded::Unreadable,
    };
}

struct Walk<'a> {
    conn: &'a Connection,
    schema: &'a Schema,
    /// Rows found alive, by table.
    alive: HashMap<&'a str, i64>,
    found: Vec<Seen<'a>>,
}

impl<'a> Walk<'a> {
    /// Compares one row, in every table the log knows it of.
    fn settle(&mut self, row: &str, folded: Vec<(&'a str, Folded<'a>)>) -> Result<(), StoreError> {
        for (table, newest) in folded {
            let live = match self.schema.table(table) {
                Some(table) => live(self.conn, table, row)?,
                None => None,
            };
            if live.is_some() {
                *self.alive.entry(table).or_default() += 1;
            }
            let logged = match newest {
                Folded::Image(image) => Some(image),
                Folded::Deleted => None,
                Folded::Unreadable => {
                    self.found.push(Seen::Unreadable { table, row: row.to_owned() });
                    continue;
                }
            };
            if logged != live {
                self.found.push(Seen::Differs(Difference { table, row: row.to_owned(), logged, live }));
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
            if count == self.alive.get(table.name.as_str()).copied().unwrap_or(0) {
                continue;
            }
            let mut all = self.conn.prepare(&format!("SELECT coalesce(id, '') FROM {name}")).doing(DOING)?;
            let mut logged = self
                .conn
                .prepare(
                    "SELECT 1 FROM change WHERE row_id = ?1 AND in_table = (SELECT n FROM log_name WHERE name = ?2)",
                )
                .doing(DOING)?;
            let ids = all.query_map([], |row| row.get::<_, String>(0)).doing(DOING)?;
            for id in ids {
                let row = id.doing(DOING)?;
                if logged.exists(params![row_key(&row), table.name]).doing(DOING)? {
                    continue;
                }
                let live = live(self.conn, table, &row)?.or_else(|| Some(Image::new()));
                self.found.push(Seen::Differs(Difference { table: &table.name, row, logged: None, live }));
            }
        }
        Ok(())
    }
}

/// A row as it stands, or none.
fn live<'a>(conn: &Connection, table: &'a Table, id: &str) -> Result<Option<Image<'a>>, StoreError> {
    let columns: Vec<_> = table.columns.iter().map(|column| quote(&column.name)).collect();
    let columns = if columns.is_empty() { "1".to_owned() } else { columns.join(", ") };
    let sql = format!("SELECT {columns} FROM {} WHERE id = ?1", quote(&table.name));
    let mut statement = conn.prepare_cached(&sql).doing(DOING)?;
    let read = |row: &rusqlite::Row| {
        let mut image = Image::new();
        for (at, column) in table.columns.iter().enumerate() {
            let value: Value = row.get(at)?;
            if value != Value::Null {
                image.insert(column.name.as_str(), value);
            }
        }
        Ok(image)
    };
    statement.query_row([id], read).optional().doing(DOING)
}
