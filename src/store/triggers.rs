//! The triggers that write the log and keep the full-text index, generated from the schema after every migration.
//!
//! Every one of them begins with `auto_` and is dropped before a migration; none is ever written by hand. The log's
//! ask the connection for the open change set (`open_change_set()`, registered in [`super::tx`]): outside one, and with
//! any other tool, a write of a fact fails.

use std::fmt::Write;

use rusqlite::Connection;

use super::error::{Doing, StoreError};
use super::schema::{Column, Kind, Schema, Table, quote};
use super::search::{self, Searched};

/// Drops all generated triggers: a migration writes facts without them, and logs them in its own way.
pub(super) fn drop_all(conn: &Connection) -> Result<(), StoreError> {
    const DOING: &str = "dropping the triggers of the log";
    let mut statement =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'auto_*'").doing(DOING)?;
    let names = statement.query_map([], |row| row.get(0)).and_then(Iterator::collect::<Result<Vec<String>, _>>);
    for name in names.doing(DOING)? {
        conn.execute_batch(&format!("DROP TRIGGER {}", quote(&name))).doing(DOING)?;
    }
    Ok(())
}

/// Makes the triggers of every fact table and of the full-text index.
pub(super) fn make_all(conn: &Connection, schema: &Schema, searched: &[Searched]) -> Result<(), StoreError> {
    let mut sql = String::new();
    for table in &schema.tables {
        sql.push_str(&log_triggers(table));
    }
    sql.push_str(&search::triggers(searched));
    conn.execute_batch(&sql).doing("making the triggers of the log")
}

/// The three triggers that log one table.
fn log_triggers(table: &Table) -> String {
    let (on, name) = (quote(&table.name), table.name.replace('\'', "''"));
    let trigger = |op: &str| quote(&format!("auto_log_{}_{op}", table.name));
    let columns = &table.columns;
    let mut sql = String::new();
    let _ = write!(
        sql,
        "CREATE TRIGGER {} AFTER INSERT ON {on} BEGIN
           INSERT INTO change (change_set, table_name, row_id, op, after)
           VALUES (open_change_set(), '{name}', NEW.id, 'insert', {});
         END;",
        trigger("insert"),
        image(columns, "NEW"),
    );
    let _ = write!(
        sql,
        "CREATE TRIGGER {} AFTER UPDATE ON {on} WHEN {} BEGIN
           SELECT RAISE(ABORT, 'an identity does not change') WHERE NEW.id IS NOT OLD.id COLLATE BINARY;
           INSERT INTO change (change_set, table_name, row_id, op, before, after)
           VALUES (open_change_set(), '{name}', NEW.id, 'update', {}, {});
         END;",
        trigger("update"),
        any_changed(columns),
        changed(columns, "OLD"),
        changed(columns, "NEW"),
    );
    let _ = write!(
        sql,
        "CREATE TRIGGER {} AFTER DELETE ON {on} BEGIN
           INSERT INTO change (change_set, table_name, row_id, op, before)
           VALUES (open_change_set(), '{name}', OLD.id, 'delete', {});
         END;",
        trigger("delete"),
        image(columns, "OLD"),
    );
    sql
}

/// SQL for the JSON of a whole row: all columns that are not NULL.
pub(super) fn image(columns: &[Column], row: &str) -> String {
    object(columns, |column| {
        let value = format!("{row}.{}", quote(&column.name));
        format!("iif({value} IS NULL, '', {})", member(column, row))
    })
}

/// SQL for the JSON of the columns that an update changed, NULL among them.
fn changed(columns: &[Column], row: &str) -> String {
    object(columns, |column| format!("iif({}, {}, '')", differs(column), member(column, row)))
}

/// SQL for an object of members that each begin with a comma, or are empty.
fn object(columns: &[Column], member: impl Fn(&Column) -> String) -> String {
    if columns.is_empty() {
        return "'{}'".to_owned();
    }
    let members: Vec<_> = columns.iter().map(member).collect();
    format!("'{{' || substr({}, 2) || '}}'", members.join(" || "))
}

/// SQL for `,"name":value`, exact for every kind: integers as decimals, text quoted, bytes in hex.
fn member(column: &Column, row: &str) -> String {
    let value = format!("{row}.{}", quote(&column.name));
    let name = serde_json::Value::from(column.name.as_str()).to_string();
    let key = format!("',{}:'", name.replace('\'', "''"));
    match column.kind {
        Kind::Integer | Kind::Text => format!("{key} || json_quote({value})"),
        Kind::Blob => format!("{key} || json_quote(iif({value} IS NULL, NULL, hex({value})))"),
    }
}

fn any_changed(columns: &[Column]) -> String {
    let differences = columns.iter().map(differs);
    std::iter::once("NEW.id IS NOT OLD.id COLLATE BINARY".to_owned())
        .chain(differences)
        .collect::<Vec<_>>()
        .join(" OR ")
}

/// The collation is named so that a column which folds case still logs a change of case.
fn differs(column: &Column) -> String {
    let name = quote(&column.name);
    format!("NEW.{name} IS NOT OLD.{name} COLLATE BINARY")
}
