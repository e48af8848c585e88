//! Procedure sessions: procedures and their targets.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{self, Cells, Owned, Put, Reading, at, date, key, list, number, opt, statements, text, word};
use super::tx::Tx;
use crate::clinical::id::{PatientId, ProcedureId, SessionId, VisitId};
use crate::clinical::procedure::{Procedure, ProcedureSession, Target};

macro_rules! columns {
    () => {
        "id, visit_id, patient_id, date, completed_at, before_answer, before_value, after_answer, after_value, text"
    };
}

statements! {
    BY_IDS = concat!("SELECT ", columns!(), " FROM session WHERE id IN (SELECT value FROM json_each(?1))");
    OF_VISITS = concat!("SELECT ", columns!(), " FROM session WHERE visit_id IN (SELECT value FROM json_each(?1))");
    LAST_BEFORE = concat!("SELECT ", columns!(), " FROM session WHERE patient_id = ?1 AND date < ?2
        ORDER BY date DESC, completed_at DESC LIMIT 1");
    SINCE = concat!("SELECT ", columns!(), " FROM session INDEXED BY session_of WHERE patient_id = ?1 AND date >= ?2
        ORDER BY date DESC, completed_at DESC LIMIT ?3");
    BEFORE = concat!("SELECT ", columns!(), " FROM session INDEXED BY session_of
        WHERE patient_id = ?1 AND date <= ?2 AND (date < ?2 OR id < ?3) ORDER BY date DESC, id DESC LIMIT ?4");
    PROCEDURES = "SELECT id, session_id, name, problem_id FROM procedure WHERE session_id IN (SELECT value FROM json_each(?1))
        ORDER BY session_id, position";
    TARGETS = "SELECT id, procedure_id, level, side, outcome, reason FROM procedure_target
        WHERE procedure_id IN (SELECT value FROM json_each(?1)) ORDER BY procedure_id, position";
}

const READING: Reading = Reading { table: "session", doing: "reading procedures" };
const KEEPING: &str = "keeping a procedure";

fn read(cells: &mut Cells) -> Result<ProcedureSession, StoreError> {
    Ok(ProcedureSession {
        id: cells.id()?,
        visit: cells.id()?,
        patient: cells.id()?,
        date: cells.date()?,
        completed_at: cells.at()?,
        procedures: Vec::new(),
        before: cells.opt_answer()?,
        after: cells.opt_answer()?,
        text: cells.text()?,
    })
}

/// The sessions with their procedures and targets.
fn whole(conn: &Connection, mut sessions: Vec<ProcedureSession>) -> Result<Vec<ProcedureSession>, StoreError> {
    if sessions.is_empty() {
        return Ok(sessions);
    }
    let procedures = Reading { table: "procedure", ..READING }.all(
        conn,
        PROCEDURES,
        [list(sessions.iter().map(|s| s.id))],
        |cells| {
            let (id, session): (ProcedureId, SessionId) = (cells.id()?, cells.id()?);
            let (name, problem) = (cells.text()?, cells.opt_id()?);
            Ok((session, Procedure { id, name, targets: Vec::new(), problem }))
        },
    )?;
    let mut targets: BTreeMap<ProcedureId, Vec<Target>> = BTreeMap::new();
    let of = list(procedures.iter().map(|(_, procedure)| procedure.id));
    Reading { table: "procedure_target", ..READING }.each(conn, TARGETS, [of], |cells| {
        let (id, procedure) = (cells.id()?, cells.id()?);
        let target =
            Target { id, level: cells.text()?, side: cells.opt_word()?, outcome: cells.word()?, reason: cells.text()? };
        targets.entry(procedure).or_default().push(target);
        Ok(true)
    })?;
    for (session, mut procedure) in procedures {
        procedure.targets = targets.remove(&procedure.id).unwrap_or_default();
        if let Some(session) = sessions.iter_mut().find(|whole| whole.id == session) {
            session.procedures.push(procedure);
        }
    }
    Ok(sessions)
}

/// One session.
pub(super) fn by_id(conn: &Connection, id: SessionId) -> Result<Option<ProcedureSession>, StoreError> {
    Ok(whole(conn, READING.all(conn, BY_IDS, [list([id])], read)?)?.pop())
}

/// The sessions of many visits at once.
pub(super) fn of_visits(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, ProcedureSession>, StoreError> {
    let sessions = whole(conn, READING.all(conn, OF_VISITS, [list(visits)], read)?)?;
    Ok(sessions.into_iter().map(|session| (session.visit, session)).collect())
}

/// The session of a visit.
pub(super) fn of_visit(conn: &Connection, visit: VisitId) -> Result<Option<ProcedureSession>, StoreError> {
    Ok(of_visits(conn, [visit])?.remove(&visit))
}

/// A patient's last session before a day.
pub(super) fn last_before(
    conn: &Connection,
    patient: PatientId,
    day: NaiveDate,
) -> Result<Option<ProcedureSession>, StoreError> {
    let last = READING.all(conn, LAST_BEFORE, [patient.to_string(), day.to_string()], read)?;
    Ok(whole(conn, last)?.pop())
}

/// A patient's newest sessions from a day on, at most so many, oldest first.
pub(super) fn since(
    conn: &Connection,
    patient: PatientId,
    from: NaiveDate,
    most: u32,
) -> Result<Vec<ProcedureSession>, StoreError> {
    let from = from.format("%Y-%m-%d").to_string();
    let mut sessions = READING.all(conn, SINCE, rusqlite::params![patient.to_string(), from, most], read)?;
    sessions.reverse();
    whole(conn, sessions)
}

/// A patient's sessions before one of a day, newest first, at most so many.
pub(super) fn before(
    conn: &Connection,
    patient: PatientId,
    (day, id): (&str, &str),
    most: usize,
) -> Result<Vec<ProcedureSession>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sessions = READING.all(conn, BEFORE, rusqlite::params![patient.to_string(), day, id, most], read)?;
    whole(conn, sessions)
}

/// Keeps a session with its procedures and their targets; a visit has one, which keeps its identity and the moment at
/// which it was first complete. Gives the identity it has in the file.
pub(super) fn put(tx: &Tx, session: &ProcedureSession) -> Result<SessionId, StoreError> {
    let stored = READING.one(tx.conn(), OF_VISITS, [list([session.visit])], read)?;
    let id = stored.as_ref().map_or(session.id, |old| old.id);
    Put::new("session", KEEPING, id)
        .set("visit_id", key(session.visit))
        .set("patient_id", key(session.patient))
        .set("date", date(session.date))
        .set("completed_at", at(stored.as_ref().map_or(session.completed_at, |old| old.completed_at)))
        .set_answer(["before_answer", "before_value"], session.before)
        .set_answer(["after_answer", "after_value"], session.after)
        .set("text", text(&session.text))
        .put(tx)?;
    put_procedures(tx, id, &session.procedures)?;
    Ok(id)
}

/// Keeps the procedures of a session. One is known again by its identity, else by its name in its turn; targets go
/// before the procedure they belong to.
fn put_procedures(tx: &Tx, session: SessionId, procedures: &[Procedure]) -> Result<(), StoreError> {
    let stored = Reading { table: "procedure", ..READING }.all(tx.conn(), PROCEDURES, [list([session])], |cells| {
        let id: ProcedureId = cells.id()?;
        cells.skip();
        Ok((id, cells.text()?))
    })?;
    let mut left = stored;
    let mut ids = Vec::new();
    for procedure in procedures {
        let found = left
            .iter()
            .position(|(id, _)| *id == procedure.id)
            .or_else(|| left.iter().position(|(id, name)| *name == procedure.name && !is_among(*id, procedures)));
        ids.push(found.map_or(procedure.id, |found| left.remove(found).0));
    }
    for (gone, _) in left {
        put_targets(tx, gone, &[], false)?;
        row::delete(tx, "procedure", KEEPING, gone)?;
    }
    for (position, (id, procedure)) in (0_i64..).zip(ids.into_iter().zip(procedures)) {
        let is_new = Put::new("procedure", KEEPING, id)
            .set("name", text(&procedure.name))
            .set("session_id", key(session))
            .set("problem_id", opt(procedure.problem, key))
            .set("position", number(position))
            .put_telling(tx)?;
        put_targets(tx, id, &procedure.targets, is_new)?;
    }
    Ok(())
}

fn is_among(id: ProcedureId, procedures: &[Procedure]) -> bool {
    procedures.iter().any(|procedure| procedure.id == id)
}

fn put_targets(tx: &Tx, procedure: ProcedureId, targets: &[Target], is_new: bool) -> Result<(), StoreError> {
    let owner_id = procedure.to_string();
    let rows = targets.iter().map(|target| {
        Put::new("procedure_target", KEEPING, target.id)
            .set("level", text(&target.level))
            .set("side", opt(target.side, word))
            .set("outcome", word(target.outcome))
            .set("reason", text(&target.reason))
    });
    let owned = Owned { table: "procedure_target", doing: KEEPING, owner: "procedure_id", owner_id: &owner_id };
    owned.put_knowing(tx, rows.collect(), is_new)?;
    Ok(())
}
