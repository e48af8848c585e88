//! What is known of a patient from elsewhere, each list as a whole.

use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Owned, Put, Reading, opt, statements, text, word};
use super::tx::Tx;
use crate::clinical::elsewhere::{ElsewhereLine, PastProcedure};
use crate::clinical::id::PatientId;
use crate::clinical::since::Since;

statements! {
    PAST = "SELECT id, what, level, side, on_time, by_whom, steroid FROM past_procedure WHERE patient_id = ?1 ORDER BY position, id";
    LINES = "SELECT id, kind, line FROM elsewhere_line WHERE patient_id = ?1 ORDER BY position, id";
}

const READING: Reading = Reading { table: "past_procedure", doing: "reading what is known from elsewhere" };
const READING_LINES: Reading = Reading { table: "elsewhere_line", ..READING };
const KEEPING: &str = "keeping what was brought in";

/// A patient's procedures elsewhere.
pub(super) fn past(conn: &Connection, patient: PatientId) -> Result<Vec<PastProcedure>, StoreError> {
    READING.all(conn, PAST, [patient.to_string()], |cells| {
        Ok(PastProcedure {
            id: cells.id()?,
            what: cells.text()?,
            level: cells.text()?,
            side: cells.opt_word()?,
            on: match cells.opt_text()? {
                Some(iso) => Some(Since::from_iso(&iso).ok_or_else(|| cells.wrong())?),
                None => None,
            },
            by: cells.text()?,
            steroid: cells.text()?,
        })
    })
}

/// A patient's lines from elsewhere.
pub(super) fn lines(conn: &Connection, patient: PatientId) -> Result<Vec<ElsewhereLine>, StoreError> {
    READING_LINES.all(conn, LINES, [patient.to_string()], |cells| {
        Ok(ElsewhereLine { id: cells.id()?, kind: cells.word()?, text: cells.text()? })
    })
}

/// Keeps both lists as they now are.
pub(super) fn put(
    tx: &Tx,
    patient: PatientId,
    past: &[PastProcedure],
    lines: &[ElsewhereLine],
) -> Result<(), StoreError> {
    let owner_id = patient.to_string();
    let owned = |table| Owned { table, doing: KEEPING, owner: "patient_id", owner_id: &owner_id };
    let rows = past.iter().map(|one| {
        Put::new("past_procedure", KEEPING, one.id)
            .set("what", text(&one.what))
            .set("level", text(&one.level))
            .set("side", opt(one.side, word))
            .set("on_time", opt(one.on, |on| text(&on.iso())))
            .set("by_whom", text(&one.by))
            .set("steroid", text(&one.steroid))
    });
    owned("past_procedure").put(tx, rows.collect())?;
    let rows = lines.iter().map(|line| {
        Put::new("elsewhere_line", KEEPING, line.id).set("kind", word(line.kind)).set("line", text(&line.text))
    });
    owned("elsewhere_line").put(tx, rows.collect())?;
    Ok(())
}
