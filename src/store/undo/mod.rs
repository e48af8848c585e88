//! Taking acts back and doing them again, newest first, across restarts, back to the last step of the schema.
//!
//! An undo is a change set of its own that refers to the act it takes back; the log only grows. An act is *live* unless
//! the newest change set about it is an undo. Nothing is kept beside the log: what comes next is read from it, through
//! indexes, newest first, so the work never grows with its years.

mod apply;
#[cfg(test)]
mod tests;

use std::fmt;

use rusqlite::{Connection, OptionalExtension, Row, params};

use self::apply::{Direction, apply};
use super::Store;
use super::error::{Doing, StoreError};
use super::log::{self, Act, Committed, Kind, short};
use crate::clinical::id::{ChangeSetId, PatientId};
use crate::clinical::time::Instant;

/// Whose acts are taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of the record: on the board.
    Record,
    /// Those on one patient: in a chart.
    Patient(PatientId),
}

impl Scope {
    fn patient(self) -> Option<[u8; 16]> {
        match self {
            Self::Record => None,
            Self::Patient(patient) => Some(short(patient)),
        }
    }
}

/// An act that can be taken back, or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoInfo {
    /// Its change set.
    pub change_set: ChangeSetId,
    /// What it is called.
    pub name: String,
    /// Whom it was about.
    pub patient: Option<PatientId>,
    /// When it was done.
    pub at: Instant,
    seq: i64,
}

/// An act that was taken back, or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The act.
    pub act: UndoInfo,
    /// The change set that did so.
    pub committed: Committed,
}

/// Why an act is not taken back or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The act.
    pub act: String,
    /// Why not.
    pub because: Because,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// A later act changed the same rows.
    Changed {
        /// Its name.
        by: String,
    },
    /// What a later act wrote refers to it.
    Referred {
        /// Its name.
        by: String,
    },
    /// What it refers to was taken away by a later act.
    Gone {
        /// Its name.
        by: String,
    },
    /// It sets a plan, and the summary that tells the plan was copied out since: it may stand in the clinic system.
    CopiedOut,
    /// A rule of the record stands in the way now.
    Rule {
        /// The rule, in the words of the database.
        rule: String,
    },
    /// Meanwhile another act comes first.
    NotNext,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” stays: ", self.act)?;
        match &self.because {
            Because::Changed { by } => write!(f, "“{by}” has changed the same since."),
            Because::Referred { by } => write!(f, "“{by}” builds on it."),
            Because::Gone { by } => write!(f, "“{by}” has taken away what it needs."),
            Because::CopiedOut => f.write_str("its summary was copied out. A change makes the next version."),
            Because::Rule { rule } => write!(f, "it no longer fits ({rule})."),
            Because::NotNext => f.write_str("another act comes first."),
        }
    }
}

/// The newest change set about an act is an undo.
const IS_UNDONE: &str =
    "(SELECT kind FROM change_set AS about WHERE about.act = a.seq ORDER BY about.seq DESC LIMIT 1) IS 'undo'";
const COLUMNS: &str = "a.id, a.name, a.patient_id, a.at, a.seq";

impl UndoInfo {
    fn from_row(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            change_set: log::id(row.get(0)?),
            name: row.get(1)?,
            patient: row.get::<_, Option<[u8; 16]>>(2)?.map(log::id),
            at: Instant::from_millis(row.get(3)?),
            seq: row.get(4)?,
        })
    }
}

impl Store {
    /// The act that `undo` would take back now.
    pub fn next_undo(&self, scope: Scope) -> Result<Option<UndoInfo>, StoreError> {
        next_undo(&self.conn, scope)
    }

    /// The act that `redo` would do again now: the last one taken back, until the next new act.
    pub fn next_redo(&self, scope: Scope) -> Result<Option<UndoInfo>, StoreError> {
        next_redo(&self.conn, scope)
    }

    /// Takes back the act that was shown as the next.
    ///
    /// # Errors
    /// [`StoreError::Refused`] names what stands in the way; nothing was changed.
    pub fn undo(&mut self, scope: Scope, shown: ChangeSetId, at: Instant) -> Result<Undone, StoreError> {
        let act = self.next_undo(scope)?;
        self.turn(act, shown, at, Direction::Back)
    }

    /// Does again the act that was shown as the next.
    ///
    /// # Errors
    /// [`StoreError::Refused`] names what stands in the way; nothing was changed.
    pub fn redo(&mut self, scope: Scope, shown: ChangeSetId, at: Instant) -> Result<Undone, StoreError> {
        let act = self.next_redo(scope)?;
        self.turn(act, shown, at, Direction::Again)
    }

    fn turn(
        &mut self,
        act: Option<UndoInfo>,
        shown: ChangeSetId,
        at: Instant,
        direction: Direction,
    ) -> Result<Undone, StoreError> {
        let Some(act) = act.filter(|act| act.change_set == shown) else {
            let act = name_of(&self.conn, shown)?.unwrap_or_default();
            return Err(StoreError::Refused(Refusal { act, because: Because::NotNext }));
        };
        let (kind, word) = match direction {
            Direction::Back => (Kind::Undo, "undid"),
            Direction::Again => (Kind::Redo, "did again"),
        };
        let set = Act::about(format!("{word}: {}", act.name), kind, act.change_set, act.patient);
        let ((), committed) = self.transaction(&set, at, |tx| apply(tx, &act, direction))?;
        Ok(Undone { act, committed })
    }
}

fn next_undo(conn: &Connection, scope: Scope) -> Result<Option<UndoInfo>, StoreError> {
    const DOING: &str = "looking for what can be undone";
    conn.prepare_cached(&next_undo_sql(scope))
        .and_then(|mut statement| statement.query_row(params![scope.patient()], UndoInfo::from_row).optional())
        .doing(DOING)
}

fn next_undo_sql(scope: Scope) -> String {
    format!(
        "SELECT {COLUMNS} FROM change_set AS a
         WHERE a.kind = 'act' AND {of_scope} AND NOT {IS_UNDONE}
           AND a.seq > (SELECT coalesce(max(seq), 0) FROM change_set WHERE kind = 'migration')
         ORDER BY a.seq DESC LIMIT 1",
        of_scope = of_scope(scope, "a"),
    )
}

fn next_redo(conn: &Connection, scope: Scope) -> Result<Option<UndoInfo>, StoreError> {
    const DOING: &str = "looking for what can be done again";
    conn.prepare_cached(&next_redo_sql(scope))
        .and_then(|mut statement| statement.query_row(params![scope.patient()], UndoInfo::from_row).optional())
        .doing(DOING)
}

fn next_redo_sql(scope: Scope) -> String {
    format!(
        "SELECT {COLUMNS} FROM change_set AS u CROSS JOIN change_set AS a ON a.seq = u.act
         WHERE u.kind = 'undo' AND {u} AND {IS_UNDONE}
           AND u.seq = (SELECT max(seq) FROM change_set AS about WHERE about.act = u.act)
           AND u.seq > (SELECT coalesce(max(seq), 0) FROM change_set WHERE kind = 'migration')
           AND u.seq > coalesce((SELECT n.seq FROM change_set AS n WHERE n.kind IN ('act', 'final') AND {n}
                                 ORDER BY n.seq DESC LIMIT 1), 0)
         ORDER BY u.seq DESC LIMIT 1",
        u = of_scope(scope, "u"),
        n = of_scope(scope, "n"),
    )
}

/// The parameter is there in both scopes, so that both are asked in the same way.
fn of_scope(scope: Scope, set: &str) -> String {
    match scope {
        Scope::Record => "?1 IS NULL".to_owned(),
        Scope::Patient(_) => format!("{set}.patient_id = ?1"),
    }
}

fn name_of(conn: &Connection, change_set: ChangeSetId) -> Result<Option<String>, StoreError> {
    conn.query_row("SELECT name FROM change_set WHERE id = ?1", [short(change_set)], |row| row.get(0))
        .optional()
        .doing("looking for what can be undone")
}
