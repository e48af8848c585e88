//! Handouts given.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::error::StoreError;
use super::row::{Put, Reading, at, date, flag, key, opt, statements, text};
use super::tx::Tx;
use crate::clinical::education::HandoutGiven;
use crate::clinical::id::{PatientId, VisitId};

statements! {
    OF_PATIENT = "SELECT id, patient_id, visit_id, topic, on_date, given_by, teach_back, kept_at
        FROM handout_given INDEXED BY handout_given_of WHERE patient_id = ?1
        ORDER BY on_date DESC, kept_at DESC, id DESC LIMIT ?2";
}

const READING: Reading = Reading { table: "handout_given", doing: "reading handouts given" };

/// What a patient was given, newest first.
pub(super) fn of_patient(conn: &Connection, patient: PatientId) -> Result<Vec<HandoutGiven>, StoreError> {
    newest(conn, patient, u32::MAX)
}

/// The newest handouts of a patient, at most so many.
pub(super) fn newest(conn: &Connection, patient: PatientId, most: u32) -> Result<Vec<HandoutGiven>, StoreError> {
    READING.all(conn, OF_PATIENT, rusqlite::params![patient.to_string(), most], |cells| {
        Ok(HandoutGiven {
            id: cells.id()?,
            patient: cells.id()?,
            visit: cells.opt_id()?,
            topic: cells.text()?,
            on: cells.date()?,
            by: cells.text()?,
            teach_back: match cells.opt_number::<i64>()? {
                None => None,
                Some(0) => Some(false),
                Some(1) => Some(true),
                Some(_) => return Err(cells.wrong()),
            },
            kept_at: cells.at()?,
        })
    })
}

/// Keeps a handout given; gives the visit it belongs to.
pub(super) fn put(tx: &Tx, given: &HandoutGiven) -> Result<Option<VisitId>, StoreError> {
    Put::new("handout_given", "keeping a handout", given.id)
        .set("patient_id", key(given.patient))
        .set("visit_id", opt(given.visit, key))
        .set("topic", text(&given.topic))
        .set("on_date", date(given.on))
        .set("given_by", text(&given.by))
        .set("teach_back", given.teach_back.map_or(Value::Null, flag))
        .set("kept_at", at(given.kept_at))
        .put(tx)?;
    Ok(given.visit)
}
