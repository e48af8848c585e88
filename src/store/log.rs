//! The change log: named change sets, sealed one after the other into a chain of hashes for each machine.
//!
//! Triggers write the changes ([`super::triggers`]); this module writes the one row of the set at the end of the
//! transaction. A row is never updated or deleted: the file itself refuses that.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::chain::{self, Hash, Link};
use super::error::{Doing, StoreError};
use crate::clinical::id::{ChangeSetId, Ids, PatientId};
use crate::clinical::time::Instant;

/// What kind of change set it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An act that can be taken back.
    Act,
    /// An act that cannot.
    Final,
    /// Takes an act back.
    Undo,
    /// Does an act again that was taken back.
    Redo,
    /// A step of the schema.
    Migration,
}

impl Kind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Final => "final",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Migration => "migration",
        }
    }
}

/// What a transaction is called, whom it is about, and whether it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub(super) name: String,
    pub(super) patient: Option<PatientId>,
    pub(super) kind: Kind,
    pub(super) about: Option<ChangeSetId>,
}

impl Act {
    /// An act of this name, as undo will name it: "score 7 → 4 for OKAFOR".
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), patient: None, kind: Kind::Act, about: None }
    }

    /// The same act, about this patient.
    #[must_use]
    pub fn on(mut self, patient: impl Into<Option<PatientId>>) -> Self {
        self.patient = patient.into();
        self
    }

    /// The same act, never to be taken back.
    #[must_use]
    pub fn not_undoable(mut self) -> Self {
        self.kind = Kind::Final;
        self
    }

    pub(super) fn about(name: String, kind: Kind, act: ChangeSetId, patient: Option<PatientId>) -> Self {
        Self { name, patient, kind, about: Some(act) }
    }
}

/// What a transaction left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Its change set; none if it changed no fact.
    pub change_set: Option<ChangeSetId>,
    /// What it is called.
    pub name: String,
    /// When it was written.
    pub at: Instant,
}

/// One row that a change set wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub seq: i64,
    pub table: String,
    pub row: String,
    pub op: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Change {
    pub(super) const COLUMNS: &str = "seq, table_name, row_id, op, before, after";

    pub(super) fn from_row(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            table: row.get(1)?,
            row: row.get(2)?,
            op: row.get(3)?,
            before: row.get(4)?,
            after: row.get(5)?,
        })
    }
}

/// The number the next change set has in this file.
pub(super) fn next_seq(conn: &Connection) -> Result<i64, StoreError> {
    let newest: Option<i64> =
        conn.query_row("SELECT max(seq) FROM change_set", [], |row| row.get(0)).doing("counting the log")?;
    Ok(newest.unwrap_or(0) + 1)
}

/// The last number and hash of a machine: 0 and zeros before its first.
pub(super) fn head(conn: &Connection, machine: &str) -> Result<(i64, Hash), StoreError> {
    const SQL: &str = "SELECT number, hash FROM change_set WHERE machine = ?1 ORDER BY number DESC LIMIT 1";
    let mut statement = conn.prepare_cached(SQL).doing("reading the head of the log")?;
    let head = statement.query_row([machine], |row| Ok((row.get(0)?, row.get(1)?))).optional();
    Ok(head.doing("reading the head of the log")?.unwrap_or((0, chain::START)))
}

/// Where and when a change set is written.
pub(super) struct Place<'a> {
    pub seq: i64,
    pub machine: &'a str,
    pub at: Instant,
}

/// Seals the changes of a transaction into one change set. Without changes nothing is written; a step of the schema
/// is always told.
pub(super) fn seal(conn: &Connection, act: &Act, place: &Place, ids: &mut Ids) -> Result<Committed, StoreError> {
    const DOING: &str = "sealing the change set";
    let committed = |change_set| Committed { change_set, name: act.name.clone(), at: place.at };
    let mut changes = conn
        .prepare_cached(
            "SELECT seq, table_name, row_id, op, before, after FROM change WHERE change_set = ?1 ORDER BY seq",
        )
        .doing(DOING)?;
    let mut rows = changes.query([place.seq]).doing(DOING)?;
    let (number, previous) = head(conn, place.machine)?;
    let id: ChangeSetId = ids.next(place.at);
    let link = Link {
        previous,
        machine: place.machine.to_owned(),
        number: number + 1,
        id: id.to_string(),
        name: act.name.clone(),
        kind: act.kind.word().to_owned(),
        act: act.about.map(|act| act.to_string()),
        patient: act.patient.map(|patient| patient.to_string()),
        at: place.at.millis(),
    };
    let mut hasher = link.hasher();
    while let Some(row) = rows.next().doing(DOING)? {
        hasher.change(&Change::from_row(row).doing(DOING)?);
    }
    if hasher.is_empty() && act.kind != Kind::Migration {
        return Ok(committed(None));
    }
    let mut insert = conn
        .prepare_cached(
            "INSERT INTO change_set (seq, id, machine, number, name, kind, act, patient_id, at, previous, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )
        .doing(DOING)?;
    insert
        .execute(params![
            place.seq,
            link.id,
            link.machine,
            link.number,
            link.name,
            link.kind,
            link.act,
            link.patient,
            link.at,
            link.previous,
            hasher.finish(),
        ])
        .doing(DOING)?;
    Ok(committed(Some(id)))
}
