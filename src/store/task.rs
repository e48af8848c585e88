//! Tasks and calls.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Cells, Put, Reading, at, date, key, opt, statements, text, word};
use super::tx::Tx;
use crate::clinical::id::{PatientId, TaskId};
use crate::clinical::task::{Owner, Task};
use crate::clinical::time::Instant;

macro_rules! columns {
    () => {
        "id, patient_id, visit_id, kind, what, due, owner, caught_at, done_at, result, let_go"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM task WHERE id = ?1");
    OPEN = concat!("SELECT ", columns!(), " FROM task INDEXED BY task_open WHERE done_at IS NULL AND let_go IS NULL AND caught_at < ?1
        ORDER BY caught_at, id");
    DONE = concat!("SELECT ", columns!(), " FROM task INDEXED BY task_done WHERE done_at IS NOT NULL AND done_at >= ?1 AND done_at < ?2
        ORDER BY done_at, id");
    OPEN_OF = concat!("SELECT ", columns!(), " FROM task INDEXED BY task_open_of WHERE patient_id = ?1 AND done_at IS NULL AND let_go IS NULL
        ORDER BY caught_at, id");
}

const READING: Reading = Reading { table: "task", doing: "reading tasks" };
const KEEPING: &str = "keeping a task";

fn read(cells: &mut Cells) -> Result<Task, StoreError> {
    Ok(Task {
        id: cells.id()?,
        patient: cells.opt_id()?,
        visit: cells.opt_id()?,
        kind: cells.word()?,
        what: cells.text()?,
        due: cells.opt_date()?,
        owner: Owner::from(cells.text()?),
        caught_at: cells.at()?,
        done_at: cells.opt_at()?,
        result: cells.text()?,
        let_go: cells.opt_text()?,
    })
}

/// One task.
pub(super) fn by_id(conn: &Connection, id: TaskId) -> Result<Option<Task>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// Open tasks caught before a moment.
pub(super) fn open(conn: &Connection, before: Instant) -> Result<Vec<Task>, StoreError> {
    READING.all(conn, OPEN, [before.millis()], read)
}

/// Tasks done from one moment up to another.
pub(super) fn done(conn: &Connection, from: Instant, to: Instant) -> Result<Vec<Task>, StoreError> {
    READING.all(conn, DONE, [from.millis(), to.millis()], read)
}

/// A patient's open tasks.
pub(super) fn open_of(conn: &Connection, patient: PatientId) -> Result<Vec<Task>, StoreError> {
    READING.all(conn, OPEN_OF, [patient.to_string()], read)
}

/// Keeps a task.
pub(super) fn put(tx: &Tx, task: &Task) -> Result<(), StoreError> {
    Put::new("task", KEEPING, task.id)
        .set("patient_id", opt(task.patient, key))
        .set("visit_id", opt(task.visit, key))
        .set("kind", word(task.kind))
        .set("what", text(&task.what))
        .set("due", opt(task.due, date))
        .set("owner", text(&task.owner.to_string()))
        .set("caught_at", at(task.caught_at))
        .set("done_at", opt(task.done_at, at))
        .set("result", text(&task.result))
        .set("let_go", opt(task.let_go.as_deref(), text))
        .put(tx)
}

/// Moves a task to a date.
pub(super) fn carry(tx: &Tx, id: TaskId, to: NaiveDate) -> Result<(), StoreError> {
    Put::new("task", KEEPING, id).set("due", date(to)).put_existing(tx)
}

/// Notes why a task will not be done.
pub(super) fn let_go(tx: &Tx, id: TaskId, reason: &str) -> Result<(), StoreError> {
    Put::new("task", KEEPING, id).set("let_go", text(reason)).put_existing(tx)
}
