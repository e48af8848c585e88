//! Tests asked for and their results.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Cells, Put, Reading, at, copied, copied_cell, date, key, opt, opt_text, statements, text, word};
use super::tx::Tx;
use crate::clinical::diagnostic::{Diagnostic, DiagnosticKind};
use crate::clinical::id::{DiagnosticId, PatientId, VisitId};
use crate::clinical::time::Instant;
use crate::clinical::vocab::Vocab;

macro_rules! columns {
    () => {
        "id, patient_id, visit_id, kind, what, question, requested, due, done, report, reading, read_at, action, \
         acted_at, let_go, copied"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM diagnostic WHERE id = ?1");
    /// A request waits unseen until its result is due; a result is open from its day on.
    OPEN = concat!("SELECT ", columns!(), " FROM diagnostic INDEXED BY diagnostic_open
        WHERE acted_at IS NULL AND let_go IS NULL AND coalesce(done, due) <= ?1 ORDER BY coalesce(done, due), id");
    ACTED = concat!("SELECT ", columns!(), " FROM diagnostic INDEXED BY diagnostic_acted
        WHERE acted_at IS NOT NULL AND acted_at >= ?1 AND acted_at < ?2 ORDER BY acted_at, id");
    OPEN_OF = concat!("SELECT ", columns!(), " FROM diagnostic INDEXED BY diagnostic_open_of
        WHERE patient_id = ?1 AND acted_at IS NULL AND let_go IS NULL LIMIT 50");
    NEWEST_OF = concat!("SELECT ", columns!(), " FROM diagnostic INDEXED BY diagnostic_of WHERE patient_id = ?1
        ORDER BY coalesce(done, requested) DESC LIMIT 12");
    /// The one that is open and the one before it: no more is looked at beside a form.
    LAST_OF_KIND = concat!("SELECT ", columns!(), " FROM diagnostic INDEXED BY diagnostic_of_kind
        WHERE patient_id = ?1 AND kind = ?2 ORDER BY coalesce(done, requested) DESC, id DESC LIMIT 2");
    /// Each part is found by its own index: what a summary costs does not grow with the years before it.
    OF_DAY = concat!("SELECT ", columns!(), " FROM diagnostic WHERE +patient_id = ?1 AND id IN (
            SELECT id FROM diagnostic INDEXED BY diagnostic_visit WHERE visit_id = ?2
            UNION ALL SELECT id FROM diagnostic INDEXED BY diagnostic_of
                WHERE patient_id = ?1 AND coalesce(done, requested) = ?3
            UNION ALL SELECT id FROM diagnostic INDEXED BY diagnostic_requested WHERE patient_id = ?1 AND requested = ?3
            UNION ALL SELECT id FROM diagnostic INDEXED BY diagnostic_read
                WHERE patient_id = ?1 AND read_at >= ?4 AND read_at < ?5
            UNION ALL SELECT id FROM diagnostic INDEXED BY diagnostic_acted
                WHERE acted_at IS NOT NULL AND acted_at >= ?4 AND acted_at < ?5)
        ORDER BY coalesce(done, requested) DESC, id DESC");
    OF_PATIENT = concat!("SELECT ", columns!(), " FROM diagnostic WHERE patient_id = ?1
        ORDER BY coalesce(done, requested) DESC, id DESC");
}

const READING: Reading = Reading { table: "diagnostic", doing: "reading tests and results" };
const KEEPING: &str = "keeping a test";

fn read(cells: &mut Cells) -> Result<Diagnostic, StoreError> {
    Ok(Diagnostic {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        kind: cells.word()?,
        what: cells.text()?,
        question: cells.text()?,
        requested: cells.opt_date()?,
        due: cells.opt_date()?,
        done: cells.opt_date()?,
        report: cells.text()?,
        reading: cells.text()?,
        read_at: cells.opt_at()?,
        action: cells.text()?,
        acted_at: cells.opt_at()?,
        let_go: cells.opt_text()?,
        copied: copied(cells)?,
    })
}

/// One test.
pub(super) fn by_id(conn: &Connection, id: DiagnosticId) -> Result<Option<Diagnostic>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// Results not acted on and requests overdue, up to a day.
pub(super) fn open(conn: &Connection, to: NaiveDate) -> Result<Vec<Diagnostic>, StoreError> {
    READING.all(conn, OPEN, [to.to_string()], read)
}

/// What was acted on from one moment up to another.
pub(super) fn acted(conn: &Connection, from: Instant, to: Instant) -> Result<Vec<Diagnostic>, StoreError> {
    READING.all(conn, ACTED, [from.millis(), to.millis()], read)
}

/// Those of a patient that are open, and the newest others, newest first: what a cover shows of them.
pub(super) fn for_cover(conn: &Connection, patient: PatientId) -> Result<Vec<Diagnostic>, StoreError> {
    let mut tests = READING.all(conn, OPEN_OF, [patient.to_string()], read)?;
    let newest = READING.all(conn, NEWEST_OF, [patient.to_string()], read)?;
    let open: Vec<DiagnosticId> = tests.iter().map(|test| test.id).collect();
    tests.extend(newest.into_iter().filter(|test| !open.contains(&test.id)));
    tests.sort_by_key(|test| std::cmp::Reverse((test.done.or(test.requested), test.id)));
    Ok(tests)
}

/// The two last tests of each kind, newest first: what stands beside the form of a test.
pub(super) fn last_of_kinds(conn: &Connection, patient: PatientId) -> Result<Vec<Diagnostic>, StoreError> {
    let mut tests = Vec::new();
    for kind in DiagnosticKind::ALL {
        tests.extend(READING.all(conn, LAST_OF_KIND, [patient.to_string().as_str(), kind.name()], read)?);
    }
    tests.sort_by_key(|test| std::cmp::Reverse((test.done.or(test.requested), test.id)));
    Ok(tests)
}

/// What a visit's day knows of its patient's tests, newest first: those of the visit, and what was asked for, done, read or
/// acted on that day, which is between these moments.
pub(super) fn of_day(
    conn: &Connection,
    (visit, patient): (VisitId, PatientId),
    day: NaiveDate,
    (from, to): (Instant, Instant),
) -> Result<Vec<Diagnostic>, StoreError> {
    let asked = (patient.to_string(), visit.to_string(), day.to_string(), from.millis(), to.millis());
    READING.all(conn, OF_DAY, asked, read)
}

/// A patient's tests, newest first.
pub(super) fn of_patient(conn: &Connection, patient: PatientId) -> Result<Vec<Diagnostic>, StoreError> {
    READING.all(conn, OF_PATIENT, [patient.to_string()], read)
}

/// Keeps a test; gives the visit it belongs to.
pub(super) fn put(tx: &Tx, test: &Diagnostic) -> Result<Option<VisitId>, StoreError> {
    Put::new("diagnostic", KEEPING, test.id)
        .set("patient_id", key(test.patient))
        .set("visit_id", opt(test.visit, key))
        .set("kind", word(test.kind))
        .set("what", text(&test.what))
        .set("question", text(&test.question))
        .set("requested", opt(test.requested, date))
        .set("due", opt(test.due, date))
        .set("done", opt(test.done, date))
        .set("report", text(&test.report))
        .set("reading", text(&test.reading))
        .set("read_at", opt(test.read_at, at))
        .set("action", text(&test.action))
        .set("acted_at", opt(test.acted_at, at))
        .set("let_go", opt_text(test.let_go.as_ref()))
        .set("copied", opt(test.copied.as_ref(), copied_cell))
        .put(tx)?;
    Ok(test.visit)
}

/// Moves the day by which a result is expected; of a result that is there the decision alone hides it.
pub(super) fn carry(tx: &Tx, id: DiagnosticId, to: NaiveDate) -> Result<(), StoreError> {
    match by_id(tx.conn(), id)? {
        Some(test) if test.done.is_none() => Put::new("diagnostic", KEEPING, id).set("due", date(to)).put_existing(tx),
        _ => Ok(()),
    }
}

/// Notes why a test is followed no longer.
pub(super) fn let_go(tx: &Tx, id: DiagnosticId, reason: &str) -> Result<(), StoreError> {
    Put::new("diagnostic", KEEPING, id).set("let_go", text(reason)).put_existing(tx)
}
