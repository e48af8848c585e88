//! Weight and height, each with its date and how it came about.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Store;
use super::error::StoreError;
use super::row::{Cells, Put, Reading, date, key, number, opt, provenance, statements, word};
use super::tx::Tx;
use crate::clinical::id::PatientId;
use crate::clinical::vital::{Vital, Weight};

statements! {
    OF_PATIENT = "SELECT id, patient_id, visit_id, date, kind, value, copied_from, at, how, reported_by, initials FROM vital
        WHERE patient_id = ?1 ORDER BY date, at, id";
    WEIGHTS = "SELECT vital.id, vital.patient_id, vital.value,
        coalesce(vital.copied_from, vital.date) FROM json_each(?1) AS wanted
        JOIN vital ON vital.id = (SELECT newest.id FROM vital AS newest INDEXED BY vital_measured
            WHERE newest.patient_id = wanted.value AND newest.kind = 'weight'
            ORDER BY coalesce(newest.copied_from, newest.date) DESC, newest.at DESC LIMIT 1)";
}

const READING: Reading = Reading { table: "vital", doing: "reading vital signs" };
const KEEPING: &str = "keeping a vital sign";

fn read(cells: &mut Cells) -> Result<Vital, StoreError> {
    Ok(Vital {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        date: cells.date()?,
        kind: cells.word()?,
        value: cells.number()?,
        copied_from: cells.opt_date()?,
        given: provenance(cells)?,
    })
}

/// The newest weight of each of these patients, as JSON list of their ids.
pub(super) fn weights(conn: &Connection, patients: &str) -> Result<BTreeMap<PatientId, Weight>, StoreError> {
    let mut out = BTreeMap::new();
    READING.each(conn, WEIGHTS, [patients], |cells| {
        cells.skip();
        out.insert(cells.id()?, Weight { grams: cells.number()?, on: cells.date()? });
        Ok(true)
    })?;
    Ok(out)
}

/// Keeps a vital sign.
pub(super) fn put(tx: &Tx, vital: &Vital) -> Result<(), StoreError> {
    Put::new("vital", KEEPING, vital.id)
        .set("patient_id", key(vital.patient))
        .set("visit_id", opt(vital.visit, key))
        .set("date", date(vital.date))
        .set("kind", word(vital.kind))
        .set("value", number(vital.value))
        .set("copied_from", opt(vital.copied_from, date))
        .set_provenance(&vital.given)
        .put(tx)
}

impl Store {
    /// A patient's vital signs, oldest first.
    pub fn vitals(&self, patient: PatientId) -> Result<Vec<Vital>, StoreError> {
        READING.all(&self.conn, OF_PATIENT, [patient.to_string()], read)
    }
}
