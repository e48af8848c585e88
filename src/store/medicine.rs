//! Medicines: the list with its reading and its supply, what was stopped, classes remembered, what opioids are given for,
//! reasons kept, and refills answered.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::Store;
use super::error::StoreError;
use super::patient::put_review;
use super::row::{self, Cells, Put, Reading, date, key, number, opt, opt_text, statements, text, word};
use super::tx::Tx;
use crate::clinical::calc::mme::OpioidContext;
use crate::clinical::id::{
    CautionReasonId, MedicationChangeId, MedicationId, MedicineClassId, OpioidContextId, OpioidRiskId, PatientId,
};
use crate::clinical::medicine::spelling;
use crate::clinical::medicine_change::{DoseChange, is_other_dose};
use crate::clinical::models::{MedicinesModel, StoppedMedicine};
use crate::clinical::monitoring::group::stored;
use crate::clinical::opioid::is_opioid;
use crate::clinical::opioid_context::{OpioidFacts, Risk};
use crate::clinical::patient::{Known, ListKind, Medication, YesNo};
use crate::clinical::supply::{Refill, Supply};
use crate::clinical::vocab::Vocab;

macro_rules! columns {
    () => {
        "medication.id, medication.patient_id, medication.line, medication.started, medication.last_day, \
         medication.reason, medicine_class.class, medication.written, medication.days, medication.quantity, medication.prescriber, \
         medication.earliest"
    };
}

macro_rules! with_class {
    () => {
        " LEFT JOIN medicine_class ON medicine_class.spelled = medication.spelled"
    };
}

statements! {
    LISTED = concat!("SELECT ", columns!(), " FROM medication INDEXED BY medication_listed", with_class!(), "
        WHERE medication.patient_id IN (SELECT value FROM json_each(?1))
        AND medication.stopped IS NULL ORDER BY medication.patient_id, medication.position");
    RUNNING_OUT = concat!("SELECT ", columns!(), " FROM medication", with_class!(), " WHERE medication.runs_out IS NOT NULL AND medication.stopped IS NULL
        AND medication.runs_out >= ?1 AND medication.runs_out <= ?2 ORDER BY medication.runs_out, medication.id");
    ONE = concat!("SELECT ", columns!(), " FROM medication", with_class!(), " WHERE medication.id = ?1");
    STOPPED = "SELECT id, line, started, stopped, stop_reason FROM medication INDEXED BY medication_stopped
        WHERE patient_id = ?1 AND stopped IS NOT NULL AND stopped >= ?2 ORDER BY stopped DESC, position LIMIT ?3";
    CHANGED_LAST = "SELECT id, medication_id, was, became, on_date FROM medication_change INDEXED BY medication_change_of
        WHERE patient_id = ?1 ORDER BY on_date DESC, id DESC LIMIT ?2";
    CHANGED = "SELECT id, medication_id, was, became, on_date FROM medication_change INDEXED BY medication_change_of
        WHERE patient_id = ?1 AND on_date >= ?2 ORDER BY on_date, id";
    CHANGES_IN = "SELECT id FROM medication_change INDEXED BY medication_change_in WHERE medication_id = ?1";
    CURRENT = "SELECT id, line FROM medication INDEXED BY medication_listed
        WHERE patient_id = ?1 AND stopped IS NULL ORDER BY position";
    CONTEXTS = "SELECT id, patient_id, context, on_date FROM opioid_context
        WHERE patient_id IN (SELECT value FROM json_each(?1))";
    RISKS = "SELECT id, patient_id, risk, present, on_date FROM opioid_risk
        WHERE patient_id IN (SELECT value FROM json_each(?1))";
    REASONS = "SELECT id, patient_id, caution, reason, on_date FROM caution_reason
        WHERE patient_id IN (SELECT value FROM json_each(?1)) ORDER BY patient_id, on_date, id";
    CONTEXT_OF = "SELECT id FROM opioid_context WHERE patient_id = ?1";
    RISK_OF = "SELECT id FROM opioid_risk WHERE patient_id = ?1 AND risk = ?2";
    CLASS_OF = "SELECT id FROM medicine_class WHERE spelled = ?1";
    SAID_CLASSES = "SELECT id, spelled, class FROM medicine_class WHERE spelled > '' ORDER BY spelled LIMIT 5000";
    SAID_CLASS = "SELECT id, class FROM medicine_class WHERE spelled = ?1";
    NAMED = "SELECT id, line FROM medication INDEXED BY medication_named WHERE spelled = ?1 AND stopped IS NULL";
    REFILLS = "SELECT id, task_id, patient_id, medicine, answer, days, reason, on_date FROM refill
        WHERE patient_id = ?1 ORDER BY on_date DESC, id DESC";
}

const READING: Reading = Reading { table: "medication", doing: "reading medicines" };
const KEEPING: &str = "keeping a medicine";

fn id_of<T: std::str::FromStr>(cells: &mut Cells) -> Result<T, StoreError> {
    cells.id()
}

fn read(cells: &mut Cells) -> Result<(PatientId, Medication), StoreError> {
    let (id, patient) = (cells.id()?, cells.id()?);
    let (line, started, last_day) = (cells.text()?, cells.opt_date()?, cells.opt_date()?);
    let (reason, class) = (cells.opt_text()?, cells.opt_text()?);
    let (written, days) = (cells.opt_date()?, cells.opt_number()?);
    let (quantity, prescriber, earliest) = (cells.opt_number()?, cells.opt_text()?, cells.opt_date()?);
    let supply = written.zip(days).map(|(written, days)| Supply { written, days, quantity, prescriber, earliest });
    Ok((patient, Medication { id, line, started, last_day, reason, class, supply }))
}

/// Whether an opioid is among the medicines.
pub(super) fn has_opioid(known: &Known<Medication>) -> bool {
    known.items().iter().any(is_opioid)
}

/// The medicines that these patients take, as JSON list of their ids.
pub(super) fn of_patients(
    conn: &Connection,
    patients: &str,
) -> Result<BTreeMap<PatientId, Vec<Medication>>, StoreError> {
    let mut out: BTreeMap<PatientId, Vec<Medication>> = BTreeMap::new();
    for (patient, medicine) in READING.all(conn, LISTED, [patients], read)? {
        out.entry(patient).or_default().push(medicine);
    }
    Ok(out)
}

/// Supplies that end from one day to another.
pub(super) fn running_out(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(PatientId, Medication)>, StoreError> {
    READING.all(conn, RUNNING_OUT, [from.to_string(), to.to_string()], read)
}

/// The doses of a patient's medicines that changed from a day on, in the order of days.
pub(super) fn changed(conn: &Connection, patient: PatientId, from: NaiveDate) -> Result<Vec<DoseChange>, StoreError> {
    let reading = Reading { table: "medication_change", ..READING };
    reading.all(conn, CHANGED, [patient.to_string(), from.to_string()], read_change)
}

/// Those that changed last, at most so many, in the order of days.
pub(super) fn changed_last(conn: &Connection, patient: PatientId, most: u32) -> Result<Vec<DoseChange>, StoreError> {
    let reading = Reading { table: "medication_change", ..READING };
    let mut last = reading.all(conn, CHANGED_LAST, rusqlite::params![patient.to_string(), most], read_change)?;
    last.reverse();
    Ok(last)
}

fn read_change(cells: &mut Cells) -> Result<DoseChange, StoreError> {
    Ok(DoseChange {
        id: cells.id()?,
        medicine: cells.id()?,
        was: cells.text()?,
        became: cells.text()?,
        on: cells.date()?,
    })
}

/// What a patient took once and stopped from a day on, newest first, at most so many.
pub(super) fn stopped(
    conn: &Connection,
    patient: PatientId,
    from: NaiveDate,
    most: u32,
) -> Result<Vec<StoppedMedicine>, StoreError> {
    READING.all(conn, STOPPED, rusqlite::params![patient.to_string(), from.to_string(), most], |cells| {
        Ok(StoppedMedicine {
            id: cells.id()?,
            line: cells.text()?,
            started: cells.opt_date()?,
            stopped: cells.date()?,
            reason: cells.opt_text()?.unwrap_or_default(),
        })
    })
}

/// One medicine, whosever it is.
pub(super) fn by_id(conn: &Connection, id: MedicationId) -> Result<Option<(PatientId, Medication)>, StoreError> {
    READING.one(conn, ONE, [id.to_string()], read)
}

impl Store {
    /// What a patient took once, newest first.
    pub fn stopped_medicines(&self, patient: PatientId) -> Result<Vec<StoppedMedicine>, StoreError> {
        stopped(&self.conn, patient, super::treatments::START_OF_TIME, super::treatments::ALL)
    }

    /// A patient's medicines with everything the screen needs.
    pub fn medicines_model(&self, patient: PatientId, today: NaiveDate) -> Result<MedicinesModel, StoreError> {
        let conn = &self.conn;
        let file = super::patient::file(conn, patient)?.ok_or(StoreError::Gone { table: "patient" })?;
        let next_visit = super::patient::next_visit(conn, patient, today)?;
        let trend = super::score::trend(conn, patient, super::chart::END_OF_TIME)?;
        let function = trend.iter().rev().find_map(|point| Some((point.date, point.scores.peg()?.tenths())));
        Ok(MedicinesModel {
            stopped: self.stopped_medicines(patient)?,
            plan: super::plan::current(conn, patient)?,
            refills: self.refills(patient)?,
            said: said(conn)?,
            monitoring: super::monitoring::of_patient(conn, patient)?,
            file,
            next_visit,
            function,
        })
    }

    /// One medicine and whose it is.
    pub fn medicine(&self, id: MedicationId) -> Result<Option<(PatientId, Medication)>, StoreError> {
        by_id(&self.conn, id)
    }

    /// A patient's refill requests that were answered, newest first.
    pub fn refills(&self, patient: PatientId) -> Result<Vec<Refill>, StoreError> {
        let reading = Reading { table: "refill", ..READING };
        reading.all(&self.conn, REFILLS, [patient.to_string()], |cells| {
            Ok(Refill {
                id: cells.id()?,
                task: cells.id()?,
                patient: cells.id()?,
                medicine: cells.text()?,
                answer: cells.word()?,
                days: cells.opt_number()?,
                reason: cells.text()?,
                on: cells.date()?,
            })
        })
    }
}

/// What opioids are given for and what is known of the risks, of these patients, as JSON list of their ids.
pub(super) fn opioid_facts(conn: &Connection, patients: &str) -> Result<BTreeMap<PatientId, OpioidFacts>, StoreError> {
    let region = super::practice::load(conn)?.map(|practice| practice.region);
    let mut out: BTreeMap<PatientId, OpioidFacts> = BTreeMap::new();
    let ids: Vec<String> = serde_json::from_str(patients).unwrap_or_default();
    for patient in ids.iter().filter_map(|id| id.parse().ok()) {
        out.entry(patient).or_default().region = region;
    }
    Reading { table: "opioid_context", ..READING }.each(conn, CONTEXTS, [patients], |cells| {
        cells.skip();
        let patient: PatientId = cells.id()?;
        out.entry(patient).or_default().context = Some((cells.word()?, cells.date()?));
        Ok(true)
    })?;
    Reading { table: "opioid_risk", ..READING }.each(conn, RISKS, [patients], |cells| {
        cells.skip();
        let (patient, risk): (PatientId, Risk) = (cells.id()?, cells.word()?);
        out.entry(patient).or_default().risks.insert(risk, (cells.word()?, cells.date()?));
        Ok(true)
    })?;
    Reading { table: "caution_reason", ..READING }.each(conn, REASONS, [patients], |cells| {
        cells.skip();
        let patient: PatientId = cells.id()?;
        out.entry(patient).or_default().reasons.push((cells.text()?, cells.text()?, cells.date()?));
        Ok(true)
    })?;
    Ok(out)
}

/// For what opioids are given to these patients, as JSON list of their ids, where somebody has said so.
pub(super) fn contexts(conn: &Connection, patients: &str) -> Result<Vec<(PatientId, OpioidContext)>, StoreError> {
    let reading = Reading { table: "opioid_context", ..READING };
    reading.all(conn, CONTEXTS, [patients], |cells| {
        cells.skip();
        Ok((cells.id()?, cells.word()?))
    })
}

/// The row of a medicine: its line, its reading for other tools, its groups that are monitored, and its supply.
fn row(conn: &Connection, medicine: &Medication) -> Result<Put, StoreError> {
    let sig = medicine.sig();
    let said = if sig.meant().is_empty() { class_of(conn, &sig.name)? } else { None };
    let monitored = stored(&Medication { class: said.or_else(|| medicine.class.clone()), ..medicine.clone() });
    let some = |words: String| opt_text(Some(&words));
    let supply = medicine.supply.as_ref();
    Ok(Put::new("medication", KEEPING, medicine.id)
        .set("line", text(&medicine.line))
        .set("started", opt(medicine.started, date))
        .set("last_day", opt(medicine.last_day, date))
        .set("drug", text(&sig.name))
        .set("strength", some(sig.strength_words()))
        .set("dose", some(sig.dose_words()))
        .set("route", opt(sig.route, word))
        .set("frequency", some(sig.often_words()))
        .set("spelled", text(&spelling(&sig.name)))
        .set("reason", opt_text(medicine.reason.as_ref()))
        .set("monitored", opt_text(monitored.as_ref()))
        .set("written", opt(supply.map(|supply| supply.written), date))
        .set("days", opt(supply.map(|supply| supply.days), number))
        // Of a prescription how many it says, also where it says nothing; without one the line alone can say it.
        .set("quantity", opt(supply.map_or(sig.quantity, |supply| supply.quantity), number))
        .set("prescriber", opt_text(supply.and_then(|supply| supply.prescriber.as_ref())))
        .set("earliest", opt(supply.and_then(|supply| supply.earliest), date))
        .set("runs_out", opt(supply.map(Supply::runs_out), date)))
}

/// Every class that was once said of a name, by the name as it is compared: a physician says some hundred in a life.
pub(super) fn said(conn: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let reading = Reading { table: "medicine_class", ..READING };
    let all = reading.all(conn, SAID_CLASSES, [], |cells| {
        cells.skip();
        Ok((cells.text()?, cells.text()?))
    })?;
    Ok(all.into_iter().collect())
}

/// The class that was once said of a name.
fn class_of(conn: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let reading = Reading { table: "medicine_class", ..READING };
    reading.one(conn, SAID_CLASS, [spelling(name)], |cells| {
        cells.skip();
        cells.text()
    })
}

/// Keeps the whole list of what a patient takes. A medicine is known again by its identity, else by its line: what did not
/// change is not written again, also where a form made it anew. What is not in the list any more was never taken: it is
/// deleted; what was stopped stays, with its reason. A line that is given otherwise from this day on is noted as a change.
pub(super) fn put_list(
    tx: &Tx,
    patient: PatientId,
    known: &Known<Medication>,
    on: NaiveDate,
) -> Result<(), StoreError> {
    let items = known.items();
    let stored: Vec<(MedicationId, String)> =
        READING.all(tx.conn(), CURRENT, [patient.to_string()], |cells| Ok((cells.id()?, cells.text()?)))?;
    let is_kept = |id: &MedicationId| items.iter().any(|item| item.id == *id);
    let mut left: Vec<&(MedicationId, String)> = stored.iter().filter(|(id, _)| !is_kept(id)).collect();
    let mut rows = Vec::with_capacity(items.len());
    for medicine in items {
        let is_new = !stored.iter().any(|(id, _)| *id == medicine.id);
        let same = left.iter().position(|(_, line)| is_new && *line == medicine.line);
        let id = same.map_or(medicine.id, |at| left.swap_remove(at).0);
        rows.push(row(tx.conn(), &Medication { id, ..medicine.clone() })?);
    }
    for (id, _) in left {
        for change in READING.all(tx.conn(), CHANGES_IN, [id.to_string()], id_of::<MedicationChangeId>)? {
            row::delete(tx, "medication_change", KEEPING, change)?;
        }
        row::delete(tx, "medication", KEEPING, *id)?;
    }
    for (position, row) in (0_i64..).zip(rows) {
        row.set("patient_id", key(patient)).set("position", number(position)).put(tx)?;
    }
    for medicine in items {
        let before = stored.iter().find(|(id, _)| *id == medicine.id);
        if let Some((_, was)) = before.filter(|(_, was)| is_other_dose(was, &medicine.line)) {
            put_change(tx, patient, medicine, (was, on))?;
        }
    }
    put_review(tx, patient, ListKind::Medications, known)
}

/// Notes that a medicine is given otherwise from a day on. The same change of the same day is one row, on every machine.
fn put_change(
    tx: &Tx,
    patient: PatientId,
    medicine: &Medication,
    (was, on): (&str, NaiveDate),
) -> Result<(), StoreError> {
    Put::new("medication_change", KEEPING, change_id(medicine.id, was, &medicine.line, on))
        .set("patient_id", key(patient))
        .set("medication_id", key(medicine.id))
        .set("was", text(was))
        .set("became", text(&medicine.line))
        .set("on_date", date(on))
        .put(tx)
}

/// The identity of a change: that of its medicine, with what changed and when in place of its chance.
fn change_id(medicine: MedicationId, was: &str, became: &str, on: NaiveDate) -> MedicationChangeId {
    let digest = Sha256::digest(format!("{on}\n{was}\n{became}"));
    let mut bytes = uuid::Uuid::from(medicine).into_bytes();
    for (byte, other) in bytes.iter_mut().rev().zip(digest).take(7) {
        *byte ^= other;
    }
    uuid::Uuid::from_bytes(bytes).into()
}

/// Keeps one medicine: in its place where it stands already, else at the end. A list that was "none" becomes one that is
/// known since the same day; one that nobody asked for stays without a review.
pub(super) fn put(tx: &Tx, patient: PatientId, medicine: &Medication, on: NaiveDate) -> Result<(), StoreError> {
    let known = known(tx.conn(), patient)?;
    let known = match known {
        Known::Unknown => Known::Listed(vec![medicine.clone()], None),
        Known::NoneOn(on) => Known::Listed(vec![medicine.clone()], Some(on)),
        Known::Listed(mut items, on) => {
            match items.iter_mut().find(|item| item.id == medicine.id) {
                Some(item) => *item = medicine.clone(),
                None => items.push(medicine.clone()),
            }
            Known::Listed(items, on)
        }
    };
    put_list(tx, patient, &known, on)
}

fn known(conn: &Connection, patient: PatientId) -> Result<Known<Medication>, StoreError> {
    Ok(super::patient::file(conn, patient)?.map_or(Known::Unknown, |file| file.facts.medications))
}

/// A medicine is stopped: it leaves the list and stays in the record. Where it was the last of a reviewed list, there is
/// none from that day; where nobody reviewed the list, it is unknown again.
pub(super) fn stop(
    tx: &Tx,
    patient: PatientId,
    id: MedicationId,
    (on, reason): (NaiveDate, &str),
) -> Result<(), StoreError> {
    let before = known(tx.conn(), patient)?;
    Put::new("medication", KEEPING, id)
        .set("stopped", date(on))
        .set("stop_reason", opt_text(Some(&reason.to_owned())))
        .set("monitored", opt(None, text))
        .put_existing(tx)?;
    match before {
        Known::Listed(items, reviewed) if items.iter().all(|item| item.id == id) => {
            let left: Known<Medication> = reviewed.map_or(Known::Unknown, |_| Known::NoneOn(on));
            put_review(tx, patient, ListKind::Medications, &left)
        }
        Known::Listed(..) | Known::Unknown | Known::NoneOn(_) => Ok(()),
    }
}

/// The list was reviewed on a day: these, or none.
pub(super) fn review(tx: &Tx, patient: PatientId, on: NaiveDate) -> Result<(), StoreError> {
    let known = match known(tx.conn(), patient)? {
        Known::Listed(items, _) if !items.is_empty() => Known::Listed(items, Some(on)),
        Known::Listed(..) | Known::Unknown | Known::NoneOn(_) => Known::NoneOn(on),
    };
    put_review(tx, patient, ListKind::Medications, &known)
}

/// Remembers the class that was said of a name: whoever takes it is watched as the class wants it.
pub(super) fn remember(tx: &Tx, id: MedicineClassId, name: &str, class: &str) -> Result<(), StoreError> {
    let spelled = spelling(name);
    let kept: Option<MedicineClassId> = READING.one(tx.conn(), CLASS_OF, [&spelled], id_of)?;
    Put::new("medicine_class", KEEPING, kept.unwrap_or(id))
        .set("spelled", text(&spelled))
        .set("name", text(name))
        .set("class", text(class))
        .put(tx)?;
    let taken: Vec<(MedicationId, String)> =
        READING.all(tx.conn(), NAMED, [&spelled], |cells| Ok((cells.id()?, cells.text()?)))?;
    for (id, line) in taken {
        let one = Medication { class: Some(class.to_owned()), ..Medication::new(id, line, None) };
        let monitored = stored(&one);
        Put::new("medication", KEEPING, id).set("monitored", opt_text(monitored.as_ref())).put_existing(tx)?;
    }
    Ok(())
}

/// Keeps what opioids are given for.
pub(super) fn put_context(
    tx: &Tx,
    id: OpioidContextId,
    patient: PatientId,
    context: impl Vocab,
    on: NaiveDate,
) -> Result<(), StoreError> {
    let stored: Option<OpioidContextId> = READING.one(tx.conn(), CONTEXT_OF, [patient.to_string()], id_of)?;
    Put::new("opioid_context", KEEPING, stored.unwrap_or(id))
        .set("patient_id", key(patient))
        .set("context", word(context))
        .set("on_date", date(on))
        .put(tx)
}

/// Keeps whether a risk is present.
pub(super) fn put_risk(
    tx: &Tx,
    id: OpioidRiskId,
    patient: PatientId,
    (risk, present): (Risk, YesNo),
    on: NaiveDate,
) -> Result<(), StoreError> {
    let at = [patient.to_string(), risk.name().to_owned()];
    let stored: Option<OpioidRiskId> = READING.one(tx.conn(), RISK_OF, at, id_of)?;
    Put::new("opioid_risk", KEEPING, stored.unwrap_or(id))
        .set("patient_id", key(patient))
        .set("risk", word(risk))
        .set("present", word(present))
        .set("on_date", date(on))
        .put(tx)
}

/// Keeps the reason that was given for a caution.
pub(super) fn put_reason(
    tx: &Tx,
    id: CautionReasonId,
    patient: PatientId,
    (caution, reason): (&str, &str),
    on: NaiveDate,
) -> Result<(), StoreError> {
    Put::new("caution_reason", KEEPING, id)
        .set("patient_id", key(patient))
        .set("caution", text(caution))
        .set("reason", text(reason))
        .set("on_date", date(on))
        .put(tx)
}

/// Keeps how a refill request was answered.
pub(super) fn put_refill(tx: &Tx, refill: &Refill) -> Result<(), StoreError> {
    Put::new("refill", KEEPING, refill.id)
        .set("task_id", key(refill.task))
        .set("patient_id", key(refill.patient))
        .set("medicine", text(&refill.medicine))
        .set("answer", word(refill.answer))
        .set("days", opt(refill.days, number))
        .set("reason", text(&refill.reason))
        .set("on_date", date(refill.on))
        .put(tx)
}
