//! The change log: named change sets, sealed one after the other into a chain of hashes for each machine.
//!
//! Triggers write the changes ([`super::triggers`]); this module writes the one row of the set at the end of the
//! transaction. A row is never updated or deleted: the file itself refuses that.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::chain::{self, Hash, Link};
use super::error::{Doing, StoreError};
use super::image::{self, Image};
use super::names::{self, Names};
use super::{Store, machine};
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
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change<'n> {
    pub table: &'n str,
    pub row: String,
    /// None of an insert.
    pub before: Option<Image<'n>>,
    /// None of a delete.
    pub after: Option<Image<'n>>,
}

impl<'n> Change<'n> {
    pub(super) const COLUMNS: &'static str = "in_table, row_id, before, after";

    /// Reads one; none if it is not whole, or speaks of what has no name.
    pub(super) fn from_row(row: &Row, names: &'n Names) -> rusqlite::Result<Option<Self>> {
        let image = |at| match row.get_ref(at)? {
            ValueRef::Null => Ok(Some(None)),
            ValueRef::Blob(bytes) => Ok(image::read(bytes, names).map(Some)),
            ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) => Ok::<_, rusqlite::Error>(None),
        };
        let table = names.get(row.get(0)?);
        let id = image::row_id(row.get_ref(1)?);
        let (before, after) = (image(2)?, image(3)?);
        Ok((|| Some(Self { table: table?, row: id, before: before?, after: after? }))())
    }
}

/// SQL for the changes of the set `?1`, in the order in which they were made.
pub(super) fn changes_sql(order: &str) -> String {
    let columns = Change::COLUMNS;
    format!(
        "SELECT {columns} FROM change WHERE seq >= ?1 << {PLACES} AND seq < (?1 + 1) << {PLACES} ORDER BY seq {order}"
    )
}

/// Bits for the places of one change set.
const PLACES: u32 = 24;

/// Where the change of this place in a set stands in the log.
pub(super) const fn place(set: i64, at: i64) -> i64 {
    set << PLACES | at
}

/// Whether after this one the set is full.
pub(super) const fn is_last_place(seq: i64) -> bool {
    (seq + 1).trailing_zeros() >= PLACES
}

/// The number the next change set has in this file.
pub(super) fn next_seq(conn: &Connection) -> Result<i64, StoreError> {
    let newest: Option<i64> =
        conn.query_row("SELECT max(seq) FROM change_set", [], |row| row.get(0)).doing("counting the log")?;
    Ok(newest.unwrap_or(0) + 1)
}

/// The last number and hash of a machine: 0 and zeros before its first.
pub(super) fn head(conn: &Connection, machine: &str) -> Result<(i64, Hash), StoreError> {
    const SQL: &str = "SELECT number, hash FROM change_set WHERE machine = (SELECT n FROM log_name WHERE name = ?1)
                       ORDER BY number DESC LIMIT 1";
    let mut statement = conn.prepare_cached(SQL).doing("reading the head of the log")?;
    let head = statement.query_row([machine], |row| Ok((row.get(0)?, row.get(1)?))).optional();
    Ok(head.doing("reading the head of the log")?.unwrap_or((0, chain::START)))
}

impl Store {
    /// How far this machine's log has come: how many change sets, and the hash of the last, which stands for all before it.
    pub fn head(&self) -> Result<(i64, [u8; 32]), StoreError> {
        let machine = machine::get(&self.conn, machine::MACHINE)?.unwrap_or_default();
        head(&self.conn, &machine)
    }
}

/// Where and when a change set is written.
pub(super) struct Place<'a> {
    pub seq: i64,
    pub machine: &'a str,
    pub at: Instant,
    pub names: &'a Names,
}

/// Seals the changes of a transaction into one change set, and lets `see` look at each. Without changes nothing is
/// written; a step of the schema is always told.
pub(super) fn seal<'n>(
    conn: &Connection,
    act: &Act,
    place: &Place<'n>,
    ids: &mut Ids,
    see: &mut dyn FnMut(&Change<'n>),
) -> Result<Committed, StoreError> {
    const DOING: &str = "sealing the change set";
    let committed = |change_set| Committed { change_set, name: act.name.clone(), at: place.at };
    let mut changes = conn.prepare_cached(&changes_sql("ASC")).doing(DOING)?;
    let mut rows = changes.query([place.seq]).doing(DOING)?;
    let (number, previous) = head(conn, place.machine)?;
    let id: ChangeSetId = ids.next(place.at);
    let link = Link {
        previous,
        machine: place.machine.to_owned(),
        number: number + 1,
        id,
        name: act.name.clone(),
        kind: act.kind.word().to_owned(),
        act: act.about,
        patient: act.patient,
        at: place.at.millis(),
    };
    let mut hasher = link.hasher();
    while let Some(row) = rows.next().doing(DOING)? {
        let change = Change::from_row(row, place.names).doing(DOING)?.ok_or(StoreError::Damaged { doing: DOING })?;
        hasher.change(&change);
        see(&change);
    }
    if hasher.is_empty() && act.kind != Kind::Migration {
        return Ok(committed(None));
    }
    insert(conn, place.seq, &link, &hasher.finish())?;
    Ok(committed(Some(id)))
}

fn insert(conn: &Connection, seq: i64, link: &Link, hash: &Hash) -> Result<(), StoreError> {
    const DOING: &str = "sealing the change set";
    let mut insert = conn
        .prepare_cached(
            "INSERT INTO change_set (seq, id, machine, number, name, kind, act, patient_id, at, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT seq FROM change_set WHERE id = ?7), ?8, ?9, ?10)",
        )
        .doing(DOING)?;
    insert
        .execute(params![
            seq,
            short(link.id),
            names::number(conn, &link.machine)?,
            link.number,
            link.name,
            link.kind,
            link.act.map(short),
            link.patient.map(short),
            link.at,
            hash,
        ])
        .doing(DOING)?;
    Ok(())
}

/// An identity as the log has it.
pub(super) fn short(id: impl Into<Uuid>) -> [u8; 16] {
    id.into().into_bytes()
}

/// Reads an identity that [`short`] made.
pub(super) fn id<T: From<Uuid>>(bytes: [u8; 16]) -> T {
    T::from(Uuid::from_bytes(bytes))
}
