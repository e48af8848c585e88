//! Writing an act's rows back, or again, and finding out what stands in the way.

use std::collections::BTreeSet;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde_json::Value;

use super::{Because, IS_UNDONE, Refusal, UndoInfo};
use crate::store::error::{Doing, StoreError};
use crate::store::image::{Image, unhex};
use crate::store::log::Change;
use crate::store::schema::{Column, Kind, Schema, Table, quote};
use crate::store::tx::Tx;

const DOING: &str = "undoing";

/// Back, or again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    Again,
}

/// What is done to one row.
struct Step {
    table: String,
    row: String,
    write: Write,
}

enum Write {
    Insert(Image),
    Update(Image),
    Delete,
}

/// Takes an act back or does it again, all of it or nothing.
pub(super) fn apply(tx: &Tx, act: &UndoInfo, direction: Direction) -> Result<(), StoreError> {
    let refuse = |because| StoreError::Refused(Refusal { act: act.name.clone(), because });
    let schema = Schema::load(tx.conn())?;
    let steps = steps(tx.conn(), act, direction)?;
    if let Some(by) = changed_since(tx.conn(), act, &steps)? {
        return Err(refuse(Because::Changed { by }));
    }
    // Rows that point to each other are written one by one: whether all still points somewhere is asked at the end.
    tx.conn().execute_batch("PRAGMA defer_foreign_keys = ON").doing(DOING)?;
    for step in &steps {
        match write(tx, &schema, step) {
            Err(StoreError::Constraint { rule, .. }) => return Err(refuse(Because::Rule { rule })),
            other => other?,
        }
    }
    for step in &steps {
        if let Some(because) = loose_end(tx.conn(), &schema, act, step)? {
            return Err(refuse(because));
        }
    }
    Ok(())
}

/// What is to be done, in order: backwards for taking back.
fn steps(conn: &Connection, act: &UndoInfo, direction: Direction) -> Result<Vec<Step>, StoreError> {
    let order = match direction {
        Direction::Back => "DESC",
        Direction::Again => "ASC",
    };
    let sql = format!("SELECT {} FROM change WHERE change_set = ?1 ORDER BY seq {order}", Change::COLUMNS);
    let mut statement = conn.prepare_cached(&sql).doing(DOING)?;
    let changes = statement.query_map([act.seq], Change::from_row).doing(DOING)?;
    changes.map(|change| step(change.doing(DOING)?, direction)).collect()
}

fn step(change: Change, direction: Direction) -> Result<Step, StoreError> {
    let unreadable = || StoreError::Damaged { doing: DOING };
    let image =
        |json: Option<String>| json.and_then(|json| serde_json::from_str::<Image>(&json).ok()).ok_or_else(unreadable);
    let write = match (change.op.as_str(), direction) {
        ("insert", Direction::Back) | ("delete", Direction::Again) => Write::Delete,
        ("insert", Direction::Again) => Write::Insert(image(change.after)?),
        ("delete", Direction::Back) => Write::Insert(image(change.before)?),
        ("update", Direction::Back) => Write::Update(image(change.before)?),
        ("update", Direction::Again) => Write::Update(image(change.after)?),
        _ => return Err(unreadable()),
    };
    Ok(Step { table: change.table, row: change.row, write })
}

/// A later live act that changed one of the rows.
fn changed_since(conn: &Connection, act: &UndoInfo, steps: &[Step]) -> Result<Option<String>, StoreError> {
    let rows: BTreeSet<_> = steps.iter().map(|step| (&step.table, &step.row)).collect();
    for (table, row) in rows {
        if let Some(by) = last_act_on(conn, table, row, act.seq)? {
            return Ok(Some(by));
        }
    }
    Ok(None)
}

/// The newest live act after another that wrote a row.
fn last_act_on(conn: &Connection, table: &str, row: &str, after: i64) -> Result<Option<String>, StoreError> {
    let mut statement = conn.prepare_cached(&last_act_sql()).doing(DOING)?;
    statement.query_row(params![row, table, after], |row| row.get(0)).optional().doing(DOING)
}

pub(super) fn last_act_sql() -> String {
    format!(
        "SELECT a.name FROM change AS c CROSS JOIN change_set AS a ON a.seq = c.change_set
         WHERE c.row_id = ?1 AND c.table_name = ?2 AND c.change_set > ?3
           AND a.kind IN ('act', 'final', 'migration') AND NOT {IS_UNDONE}
         ORDER BY c.seq DESC LIMIT 1"
    )
}

fn write(tx: &Tx, schema: &Schema, step: &Step) -> Result<(), StoreError> {
    let table = schema.table(&step.table).ok_or(StoreError::Damaged { doing: DOING })?;
    let name = quote(&table.name);
    let (sql, mut values) = match &step.write {
        Write::Delete => (format!("DELETE FROM {name} WHERE id = ?1"), Vec::new()),
        Write::Insert(image) => {
            let (columns, values) = columns(table, image)?;
            let into = [vec!["id".to_owned()], columns].concat();
            let places: Vec<_> = (1..=into.len()).map(|n| format!("?{n}")).collect();
            (format!("INSERT INTO {name} ({}) VALUES ({})", into.join(", "), places.join(", ")), values)
        }
        Write::Update(image) => {
            let (columns, values) = columns(table, image)?;
            let sets: Vec<_> = columns.iter().enumerate().map(|(n, column)| format!("{column} = ?{}", n + 2)).collect();
            (format!("UPDATE {name} SET {} WHERE id = ?1", sets.join(", ")), values)
        }
    };
    values.insert(0, Sql::Text(step.row.clone()));
    match tx.execute(DOING, &sql, params_from_iter(values))? {
        1 => Ok(()),
        // The log says the row is there (or not), the table says otherwise.
        _ => Err(StoreError::Damaged { doing: DOING }),
    }
}

/// The columns of an image with their values, each exactly as the log has it.
fn columns(table: &Table, image: &Image) -> Result<(Vec<String>, Vec<Sql>), StoreError> {
    let mut names = Vec::with_capacity(image.len());
    let mut values = Vec::with_capacity(image.len() + 1);
    for (name, value) in image {
        let column = table.column(name).ok_or(StoreError::Damaged { doing: DOING })?;
        names.push(quote(name));
        values.push(sql_value(column, value).ok_or(StoreError::Damaged { doing: DOING })?);
    }
    Ok((names, values))
}

fn sql_value(column: &Column, value: &Value) -> Option<Sql> {
    match (value, column.kind) {
        (Value::Null, _) => Some(Sql::Null),
        (Value::Number(number), Kind::Integer) => number.as_i64().map(Sql::Integer),
        (Value::String(text), Kind::Text) => Some(Sql::Text(text.clone())),
        (Value::String(text), Kind::Blob) => unhex(text).map(Sql::Blob),
        _ => None,
    }
}

/// After all is written: a row that points to what is no longer there, and the act that made it so.
fn loose_end(conn: &Connection, schema: &Schema, act: &UndoInfo, step: &Step) -> Result<Option<Because>, StoreError> {
    if let Write::Delete = step.write {
        for reference in schema.pointing_to(&step.table) {
            let (table, column) = (quote(&reference.from), quote(&reference.column));
            let sql = format!("SELECT id FROM {table} WHERE {column} = ?1 LIMIT 1");
            let row = one_text(conn, &sql, &step.row)?;
            if let Some(row) = row {
                let by = last_act_on(conn, &reference.from, &row, act.seq)?;
                return Ok(Some(Because::Referred { by: by.unwrap_or_else(|| reference.from.clone()) }));
            }
        }
        return Ok(None);
    }
    for reference in schema.pointing_from(&step.table) {
        let (table, column, to) = (quote(&reference.from), quote(&reference.column), quote(&reference.to));
        let sql = format!(
            "SELECT {column} FROM {table} AS r WHERE id = ?1 AND {column} IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM {to} WHERE id = r.{column})"
        );
        if let Some(gone) = one_text(conn, &sql, &step.row)? {
            let by = last_act_on(conn, &reference.to, &gone, act.seq)?;
            return Ok(Some(Because::Gone { by: by.unwrap_or_else(|| reference.to.clone()) }));
        }
    }
    Ok(None)
}

fn one_text(conn: &Connection, sql: &str, row: &str) -> Result<Option<String>, StoreError> {
    let mut statement = conn.prepare_cached(sql).doing(DOING)?;
    statement.query_row([row], |row| row.get(0)).optional().doing(DOING)
}
