//! Tapers: what was asked for. Their steps are computed, never kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::medicine;
use super::row::{Cells, Put, Reading, at, date, key, list, number, opt, opt_text, statements, text, word};
use super::tx::Tx;
use crate::clinical::dose::Micrograms;
use crate::clinical::id::{PatientId, TaperId, VisitId};
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::time::Instant;

macro_rules! columns {
    () => {
        "id, patient_id, visit_id, drug, start, target, cut_kind, cut, unit, step_days, first_day, stop_points, pauses, \
         called, called_at, ask_again, ended, kept_at"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM taper WHERE id = ?1");
    OPEN = concat!("SELECT ", columns!(), " FROM taper INDEXED BY taper_open WHERE open_from <= ?1 ORDER BY open_from, id");
    CALLED = concat!("SELECT ", columns!(), " FROM taper INDEXED BY taper_called
        WHERE called_at >= ?1 AND called_at < ?2 ORDER BY called_at, id");
    OPEN_OF = concat!("SELECT ", columns!(), " FROM taper INDEXED BY taper_open_of
        WHERE patient_id = ?1 AND open_from IS NOT NULL LIMIT 50");
    OF_PATIENT = concat!("SELECT ", columns!(), " FROM taper INDEXED BY taper_of WHERE patient_id = ?1
        ORDER BY kept_at DESC, id DESC");
}

const READING: Reading = Reading { table: "taper", doing: "reading tapers" };
const KEEPING: &str = "keeping a taper";

fn json<T: DeserializeOwned>(cells: &mut Cells) -> Result<T, StoreError> {
    let text = cells.text()?;
    serde_json::from_str(&text).map_err(|_| cells.wrong())
}

fn read(cells: &mut Cells) -> Result<TaperPlan, StoreError> {
    Ok(TaperPlan {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        drug: cells.text()?,
        start: Micrograms::new(cells.number()?),
        target: Micrograms::new(cells.number()?),
        cut_kind: cells.word()?,
        cut: cells.number()?,
        unit: Micrograms::new(cells.number()?),
        step_days: cells.number()?,
        first_day: cells.date()?,
        stop_points: json::<BTreeSet<Micrograms>>(cells)?,
        pauses: json(cells)?,
        called: cells.number()?,
        called_at: cells.opt_at()?,
        ask_again: cells.opt_date()?,
        ended: cells.opt_text()?,
        kept_at: cells.at()?,
    })
}

/// One taper.
pub(super) fn by_id(conn: &Connection, id: TaperId) -> Result<Option<TaperPlan>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// Tapers whose next call is due, up to a day.
pub(super) fn open(conn: &Connection, to: NaiveDate) -> Result<Vec<TaperPlan>, StoreError> {
    READING.all(conn, OPEN, [to.to_string()], read)
}

/// Those about which was called from one moment up to another.
pub(super) fn called(conn: &Connection, from: Instant, to: Instant) -> Result<Vec<TaperPlan>, StoreError> {
    READING.all(conn, CALLED, [from.millis(), to.millis()], read)
}

/// A patient's tapers that go on, newest first: what a cover shows of them.
pub(super) fn open_of(conn: &Connection, patient: PatientId) -> Result<Vec<TaperPlan>, StoreError> {
    let mut open = READING.all(conn, OPEN_OF, [patient.to_string()], read)?;
    open.sort_by_key(|taper| std::cmp::Reverse((taper.kept_at, taper.id)));
    Ok(open)
}

/// A patient's tapers, newest first.
pub(super) fn of_patient(conn: &Connection, patient: PatientId) -> Result<Vec<TaperPlan>, StoreError> {
    READING.all(conn, OF_PATIENT, [patient.to_string()], read)
}

/// As JSON in a column.
fn kept(value: &impl Serialize) -> Value {
    serde_json::to_string(value).map_or(Value::Null, Value::Text)
}

/// An amount as the file holds it.
fn amount(amount: u64) -> Value {
    Value::Integer(i64::try_from(amount).unwrap_or(i64::MAX))
}

/// Keeps a taper; gives the visit it belongs to.
pub(super) fn put(tx: &Tx, taper: &TaperPlan) -> Result<Option<VisitId>, StoreError> {
    Put::new("taper", KEEPING, taper.id)
        .set("patient_id", key(taper.patient))
        .set("visit_id", opt(taper.visit, key))
        .set("drug", text(&taper.drug))
        .set("start", amount(taper.start.get()))
        .set("target", amount(taper.target.get()))
        .set("cut_kind", word(taper.cut_kind))
        .set("cut", amount(taper.cut))
        .set("unit", amount(taper.unit.get()))
        .set("step_days", number(taper.step_days))
        .set("first_day", date(taper.first_day))
        .set("stop_points", kept(&taper.stop_points))
        .set("pauses", kept(&taper.pauses))
        .set("called", amount(u64::try_from(taper.called).unwrap_or(u64::MAX)))
        .set("called_at", opt(taper.called_at, at))
        .set("ask_again", opt(taper.ask_again, date))
        .set("ended", opt_text(taper.ended.as_ref()))
        .set("kept_at", at(taper.kept_at))
        .set("open_from", opt(taper.open_from(), date))
        .put(tx)?;
    Ok(taper.visit)
}

/// Asks no more about a patient's list that follows its taper now.
pub(super) fn settle(tx: &Tx, patient: PatientId) -> Result<(), StoreError> {
    let waiting: Vec<TaperPlan> =
        open_of(tx.conn(), patient)?.into_iter().filter(|taper| taper.ask_again.is_some()).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let taken = medicine::of_patients(tx.conn(), &list([patient]))?.remove(&patient).unwrap_or_default();
    for taper in waiting.into_iter().filter(|taper| taper.list_left(&taken).is_none()) {
        put(tx, &TaperPlan { ask_again: None, ..taper })?;
    }
    Ok(())
}

/// Notes why a taper ended before its end.
pub(super) fn end(tx: &Tx, id: TaperId, reason: &str) -> Result<(), StoreError> {
    let taper = by_id(tx.conn(), id)?.ok_or(StoreError::Gone { table: "taper" })?;
    put(tx, &TaperPlan { ended: Some(reason.to_owned()), ..taper }).map(drop)
}
