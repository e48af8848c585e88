//! Check-ins, due and done.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Cells, Put, Reading, at, date, key, number, opt, statements, text, word};
use super::tx::Tx;
use crate::clinical::check_in::{CheckIn, CheckInDone};
use crate::clinical::id::{CheckInId, PatientId, SessionId, VisitId};
use crate::clinical::task::Owner;
use crate::clinical::time::Instant;

macro_rules! columns {
    () => {
        "id, patient_id, session_id, visit_id, about, due, owner, attempts, let_go, done_at, way, pain_answer, \
         pain_value, relief_percent, red_flag, understood, complication, note, next_contact"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM check_in WHERE id = ?1");
    OPEN = concat!("SELECT ", columns!(), " FROM check_in INDEXED BY check_in_open WHERE done_at IS NULL AND let_go IS NULL AND due <= ?1
        ORDER BY due, id");
    DONE = concat!("SELECT ", columns!(), " FROM check_in INDEXED BY check_in_done WHERE done_at IS NOT NULL AND done_at >= ?1 AND done_at < ?2
        ORDER BY done_at, id");
    OPEN_OF = concat!("SELECT ", columns!(), " FROM check_in INDEXED BY check_in_open_of WHERE patient_id = ?1 AND done_at IS NULL AND let_go IS NULL
        ORDER BY due, id");
    AFTER_SESSION = concat!("SELECT ", columns!(), " FROM check_in WHERE session_id = ?1 ORDER BY due, id LIMIT 1");
    LAST_AFTER = concat!("SELECT ", columns!(), " FROM check_in WHERE session_id = ?1 AND done_at IS NOT NULL
        ORDER BY done_at DESC, id DESC LIMIT 1");
    BEFORE = concat!("SELECT ", columns!(), " FROM check_in INDEXED BY check_in_after
        WHERE session_id = ?1 AND done_at IS NOT NULL AND done_at < ?2 ORDER BY done_at DESC, id DESC LIMIT 1");
    DONE_OF_VISIT = concat!("SELECT ", columns!(), " FROM check_in WHERE visit_id = ?1 AND done_at IS NOT NULL
        ORDER BY done_at, id");
}

const READING: Reading = Reading { table: "check_in", doing: "reading check-ins" };
const KEEPING: &str = "keeping a check-in";

fn read(cells: &mut Cells) -> Result<CheckIn, StoreError> {
    Ok(CheckIn {
        id: cells.id()?,
        patient: cells.id()?,
        session: cells.opt_id()?,
        visit: cells.opt_id()?,
        about: cells.text()?,
        due: cells.date()?,
        owner: Owner::from(cells.text()?),
        attempts: cells.number()?,
        let_go: cells.opt_text()?,
        done: read_done(cells)?,
    })
}

fn read_done(cells: &mut Cells) -> Result<Option<CheckInDone>, StoreError> {
    let Some(at) = cells.opt_at()? else { return Ok(None) };
    Ok(Some(CheckInDone {
        at,
        way: cells.word()?,
        pain: cells.opt_answer()?,
        relief_percent: cells.opt_number()?,
        red_flag: cells.opt_word()?,
        understood: cells.opt_word()?,
        complication: cells.text()?,
        note: cells.text()?,
        next_contact: cells.opt_date()?,
    }))
}

/// One check-in.
pub(super) fn by_id(conn: &Connection, id: CheckInId) -> Result<Option<CheckIn>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// Check-ins open from any day up to this one.
pub(super) fn open(conn: &Connection, to: NaiveDate) -> Result<Vec<CheckIn>, StoreError> {
    READING.all(conn, OPEN, [to.to_string()], read)
}

/// Check-ins made from one moment up to another.
pub(super) fn done(conn: &Connection, from: Instant, to: Instant) -> Result<Vec<CheckIn>, StoreError> {
    READING.all(conn, DONE, [from.millis(), to.millis()], read)
}

/// A patient's open check-ins, whenever they are due.
pub(super) fn open_of(conn: &Connection, patient: PatientId) -> Result<Vec<CheckIn>, StoreError> {
    READING.all(conn, OPEN_OF, [patient.to_string()], read)
}

/// The check-in that a session made due.
pub(super) fn after_session(conn: &Connection, session: SessionId) -> Result<Option<CheckIn>, StoreError> {
    READING.one(conn, AFTER_SESSION, [session.to_string()], read)
}

/// The newest check-in that was made after a session.
pub(super) fn last_after(conn: &Connection, session: SessionId) -> Result<Option<CheckIn>, StoreError> {
    READING.one(conn, LAST_AFTER, [session.to_string()], read)
}

/// What the check-in before this one found, after the same session.
pub(super) fn before(conn: &Connection, check_in: &CheckIn) -> Result<Option<CheckInDone>, StoreError> {
    let Some(session) = check_in.session else { return Ok(None) };
    let until = check_in.done.as_ref().map_or(i64::MAX, |done| done.at.millis());
    let last = READING.one(conn, BEFORE, rusqlite::params![session.to_string(), until], read)?;
    Ok(last.and_then(|last| last.done))
}

/// The check-ins made after a visit.
pub(super) fn done_of_visit(conn: &Connection, visit: VisitId) -> Result<Vec<CheckIn>, StoreError> {
    READING.all(conn, DONE_OF_VISIT, [visit.to_string()], read)
}

/// Keeps a check-in.
pub(super) fn put(tx: &Tx, check_in: &CheckIn) -> Result<(), StoreError> {
    let done = check_in.done.as_ref();
    Put::new("check_in", KEEPING, check_in.id)
        .set("patient_id", key(check_in.patient))
        .set("session_id", opt(check_in.session, key))
        .set("visit_id", opt(check_in.visit, key))
        .set("about", text(&check_in.about))
        .set("due", date(check_in.due))
        .set("owner", text(&check_in.owner.to_string()))
        .set("attempts", number(check_in.attempts))
        .set("let_go", opt(check_in.let_go.as_deref(), text))
        .set("done_at", opt(done, |done| at(done.at)))
        .set("way", opt(done, |done| word(done.way)))
        .set_answer(["pain_answer", "pain_value"], done.and_then(|done| done.pain))
        .set("relief_percent", opt(done.and_then(|done| done.relief_percent), number))
        .set("red_flag", opt(done.and_then(|done| done.red_flag), word))
        .set("understood", opt(done.and_then(|done| done.understood), word))
        .set("complication", opt(done, |done| text(&done.complication)))
        .set("note", opt(done, |done| text(&done.note)))
        .set("next_contact", opt(done.and_then(|done| done.next_contact), date))
        .put(tx)
}

/// Moves a check-in to a date.
pub(super) fn carry(tx: &Tx, id: CheckInId, to: NaiveDate) -> Result<(), StoreError> {
    Put::new("check_in", KEEPING, id).set("due", date(to)).put_existing(tx)
}

/// Notes why a check-in will not be made.
pub(super) fn let_go(tx: &Tx, id: CheckInId, reason: &str) -> Result<(), StoreError> {
    Put::new("check_in", KEEPING, id).set("let_go", text(reason)).put_existing(tx)
}
