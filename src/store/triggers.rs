//! The triggers that write the log, generated from the schema after every migration.
//!
//! Every one of them begins with `auto_` and is dropped before a migration; none is ever written by hand. They are made
//! only then: a change of this module reaches files that are there with the next step of the schema, be it an empty one.
//! They ask the connection for the next place in the open change set (`next_change()`, registered in [`super::tx`]): outside
//! one, and with any other tool, a write of a fact fails.

use std::fmt::Write;

use rusqlite::Connection;

use super::error::{Doing, StoreError};
use super::image::{column_numbers, hex};
use super::names;
use super::schema::{Column, Schema, Table, quote};

/// Drops all generated triggers: a migration writes facts without them, and logs them in its own way.
pub(super) fn drop_all(conn: &Connection) -> Result<(), StoreError> {
    const DOING: &str = "dropping the triggers of the log";
    let mut statement =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'auto_*'").doing(DOING)?;
    let names = statement.query_map([], |row| row.get(0));
    let names = names.and_then(Iterator::collect::<Result<Vec<String>, _>>).doing(DOING)?;
    for name in names {
        conn.execute_batch(&format!("DROP TRIGGER {}", quote(&name))).doing(DOING)?;
    }
    Ok(())
}

/// Makes the triggers of every fact table.
pub(super) fn make_all(conn: &Connection, schema: &Schema) -> Result<(), StoreError> {
    let mut sql = String::new();
    for table in &schema.tables {
        sql.push_str(&log_triggers(conn, table)?);
    }
    conn.execute_batch(&sql).doing("making the triggers of the log")
}

/// The three triggers that log one table. They are parsed whenever the file is opened, so what can be said once, in
/// the functions of [`super::image`], is not spelled out for every column.
fn log_triggers(conn: &Connection, table: &Table) -> Result<String, StoreError> {
    let (on, n) = (quote(&table.name), names::number(conn, &table.name)?);
    let trigger = |op: &str| quote(&format!("auto_log_{}_{op}", table.name));
    let (old, new) = (columns(&table.columns, "OLD"), columns(&table.columns, "NEW"));
    let numbers = numbers(conn, &table.columns)?;
    let mut sql = String::new();
    let _ = write!(
        sql,
        "CREATE TRIGGER {} AFTER INSERT ON {on} BEGIN
           INSERT INTO change (seq, in_table, row_id, after)
           VALUES (next_change(), {n}, row_key(NEW.id), row_image({numbers}{new}));
         END;",
        trigger("insert"),
    );
    let _ = write!(
        sql,
        "CREATE TRIGGER {} AFTER UPDATE ON {on} WHEN row_changed({numbers}, OLD.id{old}, NEW.id{new}) BEGIN
           INSERT INTO change (seq, in_table, row_id, before, after)
           VALUES (next_change(), {n}, row_key(NEW.id), row_before(), row_after());
         END;",
        trigger("update"),
    );
    let _ = write!(
        sql,
        "CREATE TRIGGER {} AFTER DELETE ON {on} BEGIN
           INSERT INTO change (seq, in_table, row_id, before)
           VALUES (next_change(), {n}, row_key(OLD.id), row_image({numbers}{old}));
         END;",
        trigger("delete"),
    );
    Ok(sql)
}

/// SQL for the image of a whole row.
#[cfg(test)]
pub(super) fn image(conn: &Connection, table: &[Column], row: &str) -> String {
    format!("row_image({}{})", numbers(conn, table).unwrap(), columns(table, row))
}

/// The numbers of the columns' names, as the functions of the log take them.
fn numbers(conn: &Connection, columns: &[Column]) -> Result<String, StoreError> {
    let numbers = columns.iter().map(|column| names::number(conn, &column.name)).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("x'{}'", hex(&column_numbers(numbers))))
}

/// The values of a row, each after a comma.
fn columns(columns: &[Column], row: &str) -> String {
    columns.iter().fold(String::new(), |sql, column| sql + ", " + row + "." + &quote(&column.name))
}
