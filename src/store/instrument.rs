//! Instruments filled in: what was answered, what came of it, what it still asks for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::Store;
use super::error::StoreError;
use super::row::{
    Cells, Put, Reading, copied, copied_cell, date, flag, key, list, number, opt, provenance, statements, text, word,
};
use super::tx::Tx;
use crate::clinical::exact::Exact;
use crate::clinical::id::{InstrumentResultId, PatientId, VisitId};
use crate::clinical::instrument::{Catalogue, InstrumentResult, OpenScreen, Raises, Seen, due};
use crate::clinical::page::{PageAsk, PageNote, Waiting};
use crate::clinical::score::Score;

macro_rules! columns {
    () => {
        "id, patient_id, visit_id, date, instrument, name, version, replies, total, shown, low, high, band, severity, \
         raises, raised, action, at, how, reported_by, initials, waiting, copied"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM instrument_result WHERE id = ?1");
    OF_VISIT = concat!("SELECT ", columns!(), " FROM instrument_result WHERE visit_id = ?1 ORDER BY at, id");
    OF_PATIENT = concat!("SELECT ", columns!(), " FROM instrument_result INDEXED BY instrument_result_of
        WHERE patient_id = ?1 AND instrument = ?2 ORDER BY date, at, id");
    ALL_OF_PATIENT = concat!("SELECT ", columns!(), " FROM instrument_result INDEXED BY instrument_result_of
        WHERE patient_id = ?1 ORDER BY date, at, id");
    /// From one instrument to the next, over all results between.
    EVER = "WITH RECURSIVE ever (instrument) AS (
        SELECT min(instrument) FROM instrument_result INDEXED BY instrument_result_of WHERE patient_id = ?1
        UNION ALL SELECT (SELECT min(later.instrument) FROM instrument_result AS later INDEXED BY instrument_result_of
            WHERE later.patient_id = ?1 AND later.instrument > ever.instrument)
        FROM ever WHERE ever.instrument IS NOT NULL)
        SELECT instrument FROM ever WHERE instrument IS NOT NULL";
    NEWEST = concat!("SELECT ", columns!(), " FROM instrument_result INDEXED BY instrument_result_of
        WHERE patient_id = ?1 AND instrument = ?2 ORDER BY date DESC, at DESC, id DESC LIMIT 1");
    BEFORE = concat!("SELECT ", columns!(), " FROM instrument_result INDEXED BY instrument_result_of
        WHERE patient_id = ?1 AND instrument = ?2 AND date < ?3 AND waiting = 0
        ORDER BY date DESC, at DESC, id DESC LIMIT 1");
    ALARMS = concat!("SELECT ", columns!(), " FROM instrument_result INDEXED BY instrument_result_alarm
        WHERE raises = 'alarm' AND action = '' AND date <= ?1 ORDER BY date, at, id");
    SCREENS = concat!("SELECT ", columns!(), " FROM instrument_result INDEXED BY instrument_result_flag
        WHERE raises <> 'nothing' AND action = '' AND patient_id IN (SELECT value FROM json_each(?1))
        ORDER BY patient_id, date, at");
    LATER = "SELECT id FROM instrument_result INDEXED BY instrument_result_of
        WHERE patient_id = ?1 AND instrument = ?2 AND (date > ?3 OR (date = ?3 AND at > ?4)) LIMIT 1";
    WAITING = concat!("SELECT ", columns!(), " FROM instrument_result INDEXED BY instrument_result_waiting
        WHERE waiting = 1 AND patient_id = ?1 ORDER BY date, at, id");
    WAITING_OF_VISITS = "SELECT id, visit_id FROM instrument_result INDEXED BY instrument_result_visit
        WHERE visit_id IN (SELECT value FROM json_each(?1)) AND waiting = 1";
    OBSERVED_OF_VISITS = "SELECT id, visit_id, instrument, name, shown FROM instrument_result INDEXED BY instrument_result_visit
        WHERE visit_id IN (SELECT value FROM json_each(?1)) AND how = 'observed' AND waiting = 0 ORDER BY at";
}

const READING: Reading = Reading { table: "instrument_result", doing: "reading instruments" };
const KEEPING: &str = "keeping an instrument";

fn read(cells: &mut Cells) -> Result<InstrumentResult, StoreError> {
    Ok(InstrumentResult {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        date: cells.date()?,
        instrument: cells.text()?,
        name: cells.text()?,
        version: cells.text()?,
        replies: {
            let replies = cells.text()?;
            serde_json::from_str(&replies).map_err(|_| cells.wrong())?
        },
        total: cells.opt_number::<i64>()?.map(|thousandths| Exact::decimal(thousandths, 3)),
        shown: cells.text()?,
        range: match (cells.opt_number()?, cells.opt_number()?) {
            (Some(low), Some(high)) => Some([low, high]),
            _ => None,
        },
        band: cells.text()?,
        severity: cells.opt_number()?,
        raises: cells.word()?,
        raised: cells.text()?,
        action: cells.text()?,
        given: provenance(cells)?,
        waiting: cells.flag()?,
        copied: copied(cells)?,
    })
}

/// A total in thousandths.
fn thousandths(total: Exact) -> Value {
    let scaled = total.times(Exact::whole(1000)).ok().map(Exact::floor);
    scaled.and_then(|whole| i64::try_from(whole).ok()).map_or(Value::Null, Value::Integer)
}

/// The results of a visit, in the order in which they were given.
pub(super) fn of_visit(conn: &Connection, visit: VisitId) -> Result<Vec<InstrumentResult>, StoreError> {
    READING.all(conn, OF_VISIT, [visit.to_string()], read)
}

/// A result.
pub(super) fn by_id(conn: &Connection, id: InstrumentResultId) -> Result<Option<InstrumentResult>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// All of a patient's results of one instrument, oldest first.
pub(super) fn of_patient(
    conn: &Connection,
    patient: PatientId,
    instrument: &str,
) -> Result<Vec<InstrumentResult>, StoreError> {
    READING.all(conn, OF_PATIENT, [patient.to_string().as_str(), instrument], read)
}

fn read_name(cells: &mut Cells) -> Result<String, StoreError> {
    cells.text()
}

/// Every instrument a patient was ever given.
pub(super) fn ever(conn: &Connection, patient: PatientId) -> Result<Vec<String>, StoreError> {
    READING.all(conn, EVER, [patient.to_string()], read_name)
}

/// The newest result of each instrument a patient was ever given.
pub(super) fn newest(conn: &Connection, patient: PatientId) -> Result<Vec<InstrumentResult>, StoreError> {
    let ever = ever(conn, patient)?;
    let patient = patient.to_string();
    let mut out = Vec::new();
    for instrument in ever {
        out.extend(READING.one(conn, NEWEST, [&patient, &instrument], read)?);
    }
    Ok(out)
}

/// The result before each of these, of an earlier day; those that nobody confirmed are none.
pub(super) fn before(conn: &Connection, results: &[InstrumentResult]) -> Result<Vec<InstrumentResult>, StoreError> {
    let mut out = Vec::new();
    for result in results {
        let day = result.date.format("%Y-%m-%d").to_string();
        let params = rusqlite::params![result.patient.to_string(), result.instrument, day];
        out.extend(READING.one(conn, BEFORE, params, read)?);
    }
    Ok(out)
}

/// Answers of any day up to this one that must not wait, and on which nothing was written.
pub(super) fn alarms(conn: &Connection, to: NaiveDate) -> Result<Vec<InstrumentResult>, StoreError> {
    READING.all(conn, ALARMS, [to.to_string()], read)
}

/// Positive screens on which nothing was written: one that must not wait always, another as long as it is the newest of
/// its instrument.
pub(super) fn screens(conn: &Connection, patients: &str) -> Result<BTreeMap<PatientId, Vec<OpenScreen>>, StoreError> {
    let mut out: BTreeMap<PatientId, Vec<OpenScreen>> = BTreeMap::new();
    for result in READING.all(conn, SCREENS, [patients], read)? {
        if result.raises != Raises::Alarm && has_later(conn, &result)? {
            continue;
        }
        out.entry(result.patient).or_default().push(OpenScreen::of(&result));
    }
    Ok(out)
}

fn has_later(conn: &Connection, result: &InstrumentResult) -> Result<bool, StoreError> {
    let (patient, day, at) =
        (result.patient.to_string(), result.date.format("%Y-%m-%d").to_string(), result.given.at.millis());
    let params = rusqlite::params![patient, result.instrument, day, at];
    Ok(READING.one(conn, LATER, params, |_| Ok(()))?.is_some())
}

/// What waits to be confirmed of a patient.
pub(super) fn waiting(conn: &Connection, patient: PatientId) -> Result<Vec<InstrumentResult>, StoreError> {
    READING.all(conn, WAITING, [patient.to_string()], read)
}

/// How many results wait to be confirmed, by visit.
pub(super) fn waiting_of_visits(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, usize>, StoreError> {
    READING.count_by_visit(conn, WAITING_OF_VISITS, visits)
}

/// The last scale of what was seen, by visit: `PAINAD 4`.
pub(super) fn observed_of_visits(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, String>, StoreError> {
    let mut out = BTreeMap::new();
    READING.each(conn, OBSERVED_OF_VISITS, [list(visits)], |cells| {
        cells.skip();
        let visit = cells.id()?;
        cells.skip();
        out.insert(visit, format!("{} {}", cells.text()?, cells.text()?));
        Ok(true)
    })?;
    Ok(out)
}

/// Keeps a result. Filled in again with the same answers, given the same way, it keeps when, and who took it down; what was
/// done about it stays as long as it asks for the same.
pub(super) fn put(tx: &Tx, result: &InstrumentResult) -> Result<(), StoreError> {
    let stored = by_id(tx.conn(), result.id)?;
    let same = stored.as_ref().filter(|old| old.replies == result.replies && old.given.same_way(&result.given));
    let given = same.map_or(&result.given, |old| &old.given);
    let replies = serde_json::to_string(&result.replies).unwrap_or_else(|_| "{}".to_owned());
    Put::new("instrument_result", KEEPING, result.id)
        .set("patient_id", key(result.patient))
        .set("visit_id", opt(result.visit, key))
        .set("date", date(result.date))
        .set("instrument", text(&result.instrument))
        .set("name", text(&result.name))
        .set("version", text(&result.version))
        .set("replies", text(&replies))
        .set("total", opt(result.total, thousandths))
        .set("shown", text(&result.shown))
        .set("low", opt(result.range, |[low, _]| number(low)))
        .set("high", opt(result.range, |[_, high]| number(high)))
        .set("band", text(&result.band))
        .set("severity", opt(result.severity, number))
        .set("raises", word(result.raises))
        .set("raised", text(&result.raised))
        .set("action", text(&result.action))
        .set_provenance(given)
        .set("waiting", flag(result.waiting))
        .set("copied", opt(result.copied.as_ref(), copied_cell))
        .put(tx)
}

/// Notes what was done about a positive screen; gives its visit.
pub(super) fn act(tx: &Tx, id: InstrumentResultId, action: &str) -> Result<Option<VisitId>, StoreError> {
    Put::new("instrument_result", KEEPING, id).set("action", text(action)).put_existing(tx)?;
    Ok(by_id(tx.conn(), id)?.and_then(|result| result.visit))
}

/// A result waits no more.
pub(super) fn confirm(tx: &Tx, id: InstrumentResultId) -> Result<(), StoreError> {
    Put::new("instrument_result", KEEPING, id).set("waiting", flag(false)).put_existing(tx)
}

impl Store {
    /// What the page of a visit asks: the patient, and what is due on its day.
    pub fn page_ask(&self, visit: VisitId, catalogue: &Catalogue) -> Result<PageAsk, StoreError> {
        let visit = super::visit::by_id(&self.conn, visit)?.ok_or(StoreError::Gone { table: "visit" })?;
        let gone = StoreError::Gone { table: "patient" };
        let file = visit.patient.map_or(Ok(None), |patient| super::patient::file(&self.conn, patient))?.ok_or(gone)?;
        // What was typed in from this very page does not make it ask less.
        let seen: Vec<Seen> = newest(&self.conn, file.patient.id)?
            .iter()
            .filter(|result| result.visit != Some(visit.id))
            .map(Seen::of)
            .collect();
        let due = due(catalogue, &file, visit.kind, visit.date, &seen);
        let due = due.iter().filter_map(|due| catalogue.get(&due.instrument)).map(Into::into).collect();
        Ok(PageAsk::new(file, (visit.date, visit.start), due, catalogue))
    }

    /// What was typed in ahead of a patient and waits to be confirmed.
    pub fn waiting(&self, patient: PatientId) -> Result<Waiting, StoreError> {
        Ok(Waiting { scores: super::score::waiting(&self.conn, patient)?, results: waiting(&self.conn, patient)? })
    }

    /// What stood in words on the page of a visit that was typed in.
    pub fn page_note(&self, visit: VisitId) -> Result<Option<PageNote>, StoreError> {
        super::page::of_visit(&self.conn, visit)
    }

    /// The newest result of each instrument a patient was ever given.
    pub fn newest_results(&self, patient: PatientId) -> Result<Vec<InstrumentResult>, StoreError> {
        newest(&self.conn, patient)
    }

    /// A result.
    pub fn instrument_result(&self, id: InstrumentResultId) -> Result<Option<InstrumentResult>, StoreError> {
        by_id(&self.conn, id)
    }

    /// All of a patient's results of one instrument, oldest first.
    pub fn instrument_results(
        &self,
        patient: PatientId,
        instrument: &str,
    ) -> Result<Vec<InstrumentResult>, StoreError> {
        of_patient(&self.conn, patient, instrument)
    }

    /// All of a patient's results, oldest first.
    pub fn results_of_patient(&self, patient: PatientId) -> Result<Vec<InstrumentResult>, StoreError> {
        READING.all(&self.conn, ALL_OF_PATIENT, [patient.to_string()], read)
    }

    /// The scores of a visit with how each was given, those that wait among them.
    pub fn scores_of_visit(&self, visit: VisitId) -> Result<Vec<Score>, StoreError> {
        super::score::whole_of_visit(&self.conn, visit)
    }

    /// The results of a visit.
    pub fn results_of_visit(&self, visit: VisitId) -> Result<Vec<InstrumentResult>, StoreError> {
        of_visit(&self.conn, visit)
    }
}
