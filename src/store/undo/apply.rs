//! Writing an act's rows back, or again, and finding out what stands in the way.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::{Because, IS_UNDONE, Refusal, UndoInfo};
use crate::store::error::{Doing, StoreError};
use crate::store::image::{Image, row_key};
use crate::store::log::{Change, changes_sql, place};
use crate::store::names::{self, Names};
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
struct Step<'n> {
    table: &'n str,
    row: String,
    write: Write<'n>,
}

enum Write<'n> {
    Insert(Image<'n>),
    Update(Image<'n>),
    Delete,
}

/// Takes an act back or does it again, all of it or nothing.
pub(super) fn apply(tx: &Tx, act: &UndoInfo, direction: Direction) -> Result<(), StoreError> {
    let refuse = |because| StoreError::Refused(Refusal { act: act.name.clone(), because });
    let schema = Schema::load(tx.conn())?;
    let names = Names::load(tx.conn())?;
    let steps = steps(tx.conn(), &names, act, direction)?;
    if let Some(by) = changed_since(tx.conn(), act, &steps)? {
        return Err(refuse(Because::Changed { by }));
    }
    if direction == Direction::Back && is_copied_out(tx.conn(), act, &steps)? {
        return Err(refuse(Because::CopiedOut));
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
fn steps<'n>(
    conn: &Connection,
    names: &'n Names,
    act: &UndoInfo,
    direction: Direction,
) -> Result<Vec<Step<'n>>, StoreError> {
    let order = match direction {
        Direction::Back => "DESC",
        Direction::Again => "ASC",
    };
    let mut statement = conn.prepare_cached(&changes_sql(order)).doing(DOING)?;
    let changes = statement.query_map([act.seq], |row| Change::from_row(row, names)).doing(DOING)?;
    changes.map(|change| step(change.doing(DOING)?, direction)).collect()
}

fn step(change: Option<Change>, direction: Direction) -> Result<Step, StoreError> {
    let unreadable = || StoreError::Damaged { doing: DOING };
    let change = change.ok_or_else(unreadable)?;
    let write = match (change.before, change.after, direction) {
        (None, Some(_), Direction::Back) | (Some(_), None, Direction::Again) => Write::Delete,
        (None, Some(whole), Direction::Again) | (Some(whole), None, Direction::Back) => Write::Insert(whole),
        (Some(before), Some(_), Direction::Back) => Write::Update(before),
        (Some(_), Some(after), Direction::Again) => Write::Update(after),
        (None, None, _) => return Err(unreadable()),
    };
    Ok(Step { table: change.table, row: change.row, write })
}

/// A later live act that changed one of the rows.
fn changed_since(conn: &Connection, act: &UndoInfo, steps: &[Step]) -> Result<Option<String>, StoreError> {
    let rows: BTreeSet<_> = steps.iter().map(|step| (step.table, &step.row)).collect();
    for (table, row) in rows {
        if let Some(by) = last_act_on(conn, table, row, act.seq)? {
            return Ok(Some(by));
        }
    }
    Ok(None)
}

/// Whether the summary that tells a plan was copied out after the act that set it. That this was taken back since says only
/// that it is to be copied again: what left the house is not taken out of it.
fn is_copied_out(conn: &Connection, act: &UndoInfo, steps: &[Step]) -> Result<bool, StoreError> {
    let plans = steps.iter().filter(|step| step.table == "plan" && matches!(step.write, Write::Delete));
    for plan in plans {
        let visit = one_text(conn, "SELECT visit_id FROM plan WHERE id = ?1 AND visit_id IS NOT NULL", &plan.row)?;
        let Some(visit) = visit else { continue };
        let mut statement = conn.prepare_cached(COPIED_SINCE).doing(DOING)?;
        let values = params![row_key(&visit), names::find(conn, "visit")?, place(act.seq + 1, 0)];
        if statement.exists(values).doing(DOING)? {
            return Ok(true);
        }
    }
    Ok(false)
}

const COPIED_SINCE: &str = "SELECT 1 FROM change AS c CROSS JOIN change_set AS a ON a.seq = c.change_set
     WHERE c.row_id = ?1 AND c.in_table = ?2 AND c.seq >= ?3 AND a.kind = 'act' AND a.name = 'copied out' LIMIT 1";

/// The newest live act after another that wrote a row.
fn last_act_on(conn: &Connection, table: &str, row: &str, after: i64) -> Result<Option<String>, StoreError> {
    let mut statement = conn.prepare_cached(&last_act_sql()).doing(DOING)?;
    let values = params![row_key(row), names::find(conn, table)?, place(after + 1, 0)];
    statement.query_row(values, |row| row.get(0)).optional().doing(DOING)
}

pub(super) fn last_act_sql() -> String {
    format!(
        "SELECT a.name FROM change AS c CROSS JOIN change_set AS a ON a.seq = c.change_set
         WHERE c.row_id = ?1 AND c.in_table = ?2 AND c.seq >= ?3
           AND a.kind IN ('act', 'final', 'migration') AND NOT {IS_UNDONE}
         ORDER BY c.seq DESC LIMIT 1"
    )
}

fn write(tx: &Tx, schema: &Schema, step: &Step) -> Result<(), StoreError> {
    let table = schema.table(step.table).ok_or(StoreError::Damaged { doing: DOING })?;
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
    values.insert(0, Value::Text(step.row.clone()));
    match tx.execute(DOING, &sql, params_from_iter(values))? {
        1 => Ok(()),
        // The log says the row is there (or not), the table says otherwise.
        _ => Err(StoreError::Damaged { doing: DOING }),
    }
}

/// The columns of an image with their values, each exactly as the log has it.
fn columns(table: &Table, image: &Image) -> Result<(Vec<String>, Vec<Value>), StoreError> {
    let mut names = Vec::with_capacity(image.len());
    let mut values = Vec::with_capacity(image.len() + 1);
    for (&name, value) in image {
        let column = table.column(name).filter(|column| fits(column, value));
        column.ok_or(StoreError::Damaged { doing: DOING })?;
        names.push(quote(name));
        values.push(value.clone());
    }
    Ok((names, values))
}

const fn fits(column: &Column, value: &Value) -> bool {
    matches!(
        (value, column.kind),
        (Value::Null, _)
            | (Value::Integer(_), Kind::Integer)
            | (Value::Text(_), Kind::Text)
            | (Value::Blob(_), Kind::Blob)
    )
}

/// After all is written: a row that points to what is no longer there, and the act that made it so.
fn loose_end(conn: &Connection, schema: &Schema, act: &UndoInfo, step: &Step) -> Result<Option<Because>, StoreError> {
    if let Write::Delete = step.write {
        for reference in schema.pointing_to(step.table) {
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
    for reference in schema.pointing_from(step.table) {
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
