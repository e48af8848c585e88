//! Patients, and what must be known of them: allergies, antithrombotics, medicines, goals.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::Connection;
use uuid::{Builder, Uuid};

use super::error::StoreError;
use super::problem;
use super::row::{
    self, Cells, Owned, Put, Reading, date, flag, key, list, number, opt, opt_text, statements, text, word,
};
use super::tx::Tx;
use super::{instrument, medicine, vital};
use crate::clinical::exposure::Exposure;
use crate::clinical::find::PatientName;
use crate::clinical::id::{GoalId, PatientId, ReviewedId};
use crate::clinical::models::PatientLine;
use crate::clinical::patient::{Allergy, Antithrombotic, Facts, Goal, Known, ListKind, Patient, PatientFile};
use crate::clinical::vocab::Vocab;

statements! {
    PATIENTS = "SELECT id, number, family, given, birth_date, sex, phone, language, interpreter, capacity, decides,
        pregnancy, pregnancy_on, kidney, kidney_on, note
        FROM patient WHERE id IN (SELECT value FROM json_each(?1))";
    REVIEWED = "SELECT id, patient_id, list, status, on_date FROM reviewed
        WHERE patient_id IN (SELECT value FROM json_each(?1))";
    ALLERGIES = "SELECT id, patient_id, substance, reaction FROM allergy
        WHERE patient_id IN (SELECT value FROM json_each(?1)) ORDER BY patient_id, position";
    ANTITHROMBOTICS = "SELECT id, patient_id, drug, dose FROM antithrombotic
        WHERE patient_id IN (SELECT value FROM json_each(?1)) ORDER BY patient_id, position";
    GOALS = "SELECT id, patient_id, text, since FROM goal
        WHERE patient_id IN (SELECT value FROM json_each(?1)) AND ended = 0 ORDER BY patient_id, position";
    ALL_GOALS = "SELECT id, patient_id, text, since, ended, position FROM goal
        WHERE patient_id IN (SELECT value FROM json_each(?1)) ORDER BY patient_id, ended, position";
    GOAL_KNOWN = "SELECT id FROM goal WHERE id = ?1";
    GOAL_SCORED = "SELECT id FROM goal_score WHERE goal_id = ?1 LIMIT 1";
    OF_NUMBER = "SELECT id FROM patient WHERE number = ?1 AND id <> ?2";
    /// The one statement that reads a whole table: all names are held in memory for finding as one types.
    NAMES = "SELECT id, number, family, given, birth_date FROM patient";
    LAST_VISIT = "SELECT patient_id, date FROM visit
        WHERE patient_id = ?1 AND date < ?2 AND state NOT IN ('no_show','cancelled') ORDER BY date DESC LIMIT 1";
    NEXT_VISIT = "SELECT patient_id, date FROM visit
        WHERE patient_id = ?1 AND date >= ?2 AND state NOT IN ('no_show','cancelled','left') ORDER BY date LIMIT 1";
}

const READING: Reading = Reading { table: "patient", doing: "reading patients" };
const KEEPING: &str = "keeping a patient";

fn read(cells: &mut Cells) -> Result<Patient, StoreError> {
    Ok(Patient {
        id: cells.id()?,
        number: cells.opt_text()?,
        family: cells.text()?,
        given: cells.text()?,
        birth_date: cells.opt_date()?,
        sex: cells.opt_word()?,
        phone: cells.opt_text()?,
        language: cells.opt_text()?,
        interpreter: cells.opt_word()?,
        capacity: cells.opt_word()?,
        decides: cells.opt_text()?,
        pregnancy: dated(cells)?,
        kidney: dated(cells)?,
        note: cells.opt_text()?,
    })
}

fn dated<T: Vocab>(cells: &mut Cells) -> Result<Option<(T, NaiveDate)>, StoreError> {
    match (cells.opt_word()?, cells.opt_date()?) {
        (None, None) => Ok(None),
        (Some(word), Some(on)) => Ok(Some((word, on))),
        _ => Err(cells.wrong()),
    }
}

/// Everything the band shows, of many patients at once.
pub(super) fn files(
    conn: &Connection,
    ids: impl IntoIterator<Item = PatientId>,
) -> Result<BTreeMap<PatientId, PatientFile>, StoreError> {
    let ids: BTreeSet<PatientId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids = list(ids);
    let mut facts = facts(conn, &ids)?;
    let mut problems = problem::current(conn, &ids)?;
    let patients = READING.all(conn, PATIENTS, [&ids], read)?;
    let file = |patient: Patient| {
        let facts = facts.remove(&patient.id).unwrap_or_default();
        let problems = problems.remove(&patient.id).unwrap_or_default();
        (patient.id, PatientFile { patient, facts, problems })
    };
    Ok(patients.into_iter().map(file).collect())
}

/// Everything the band shows, of one patient.
pub(super) fn file(conn: &Connection, id: PatientId) -> Result<Option<PatientFile>, StoreError> {
    Ok(files(conn, [id])?.remove(&id))
}

fn facts(conn: &Connection, ids: &str) -> Result<BTreeMap<PatientId, Facts>, StoreError> {
    let mut reviews = Reviews::load(conn, ids)?;
    let allergies = of_each(conn, ("allergy", ALLERGIES), ids, |cells| {
        let (id, patient) = (cells.id()?, cells.id()?);
        Ok((patient, Allergy { id, substance: cells.text()?, reaction: cells.opt_text()? }))
    })?;
    let antithrombotics = of_each(conn, ("antithrombotic", ANTITHROMBOTICS), ids, |cells| {
        let (id, patient) = (cells.id()?, cells.id()?);
        Ok((patient, Antithrombotic { id, drug: cells.text()?, dose: cells.opt_text()? }))
    })?;
    let medications = medicine::of_patients(conn, ids)?;
    let goals = of_each(conn, ("goal", GOALS), ids, |cells| {
        let (id, patient) = (cells.id()?, cells.id()?);
        Ok((patient, Goal { id, text: cells.text()?, since: cells.date()? }))
    })?;
    let mut facts: BTreeMap<PatientId, Facts> = BTreeMap::new();
    for (patient, known) in reviews.known(ListKind::Allergies, allergies)? {
        facts.entry(patient).or_default().allergies = known;
    }
    for (patient, known) in reviews.known(ListKind::Antithrombotics, antithrombotics)? {
        facts.entry(patient).or_default().antithrombotics = known;
    }
    for (patient, known) in reviews.known(ListKind::Medications, medications)? {
        facts.entry(patient).or_default().medications = known;
    }
    for (patient, goals) in goals {
        facts.entry(patient).or_default().goals = goals;
    }
    for (patient, opioid) in medicine::opioid_facts(conn, ids)? {
        facts.entry(patient).or_default().opioid = opioid;
    }
    for facts in facts.values_mut().filter(|facts| medicine::has_opioid(&facts.medications)) {
        facts.opioid.figure = Exposure::of(&facts.medications, &facts.opioid).flag();
    }
    for (patient, weight) in vital::weights(conn, ids)? {
        facts.entry(patient).or_default().weight = Some(weight);
    }
    for (patient, screens) in instrument::screens(conn, ids)? {
        facts.entry(patient).or_default().screens = screens;
    }
    Ok(facts)
}

fn of_each<T>(
    conn: &Connection,
    (table, sql): (&'static str, &str),
    ids: &str,
    read: impl FnMut(&mut Cells) -> Result<(PatientId, T), StoreError>,
) -> Result<BTreeMap<PatientId, Vec<T>>, StoreError> {
    let mut out: BTreeMap<PatientId, Vec<T>> = BTreeMap::new();
    for (patient, item) in (Reading { table, ..READING }).all(conn, sql, [ids], read)? {
        out.entry(patient).or_default().push(item);
    }
    Ok(out)
}

/// Which lists were asked for, and what came of it.
struct Reviews(BTreeMap<(ListKind, PatientId), Review>);

struct Review {
    id: String,
    is_none: bool,
    on: NaiveDate,
}

impl Reviews {
    fn load(conn: &Connection, ids: &str) -> Result<Self, StoreError> {
        let reading = Reading { table: "reviewed", ..READING };
        let rows = reading.all(conn, REVIEWED, [ids], |cells| {
            let (id, patient, kind) = (cells.text()?, cells.id()?, cells.word()?);
            let is_none = match cells.text()?.as_str() {
                "none" => true,
                "listed" => false,
                _ => return Err(cells.wrong()),
            };
            Ok(((kind, patient), Review { id, is_none, on: cells.date()? }))
        })?;
        Ok(Self(rows.into_iter().collect()))
    }

    /// Joins the entries of a list with its review: unknown, none and listed are three things.
    fn known<T>(
        &mut self,
        kind: ListKind,
        mut items: BTreeMap<PatientId, Vec<T>>,
    ) -> Result<Vec<(PatientId, Known<T>)>, StoreError> {
        let mut out = Vec::new();
        let reviewed: Vec<_> = self.0.keys().filter(|(of, _)| *of == kind).copied().collect();
        for at in reviewed {
            let Some(review) = self.0.remove(&at) else { continue };
            let known = match (items.remove(&at.1), review.is_none) {
                (None, true) => Known::NoneOn(review.on),
                (listed, false) => Known::Listed(listed.unwrap_or_default(), Some(review.on)),
                (Some(_), true) => {
                    return Err(StoreError::WrongValue {
                        table: "reviewed",
                        row: review.id,
                        column: "status".to_owned(),
                    });
                }
            };
            out.push((at.1, known));
        }
        out.extend(items.into_iter().map(|(patient, items)| (patient, Known::Listed(items, None))));
        Ok(out)
    }
}

/// Every patient's name, number and birth date.
pub(super) fn names(conn: &Connection) -> Result<Vec<PatientName>, StoreError> {
    READING.all(conn, NAMES, [], |cells| {
        Ok(PatientName {
            id: cells.id()?,
            number: cells.opt_text()?,
            family: cells.text()?,
            given: cells.text()?,
            birth_date: cells.opt_date()?,
        })
    })
}

/// Patients as a list of finds shows them, in the order asked for.
pub(super) fn lines(conn: &Connection, ids: &[PatientId], today: NaiveDate) -> Result<Vec<PatientLine>, StoreError> {
    let patients = READING.all(conn, PATIENTS, [list(ids)], read)?;
    let mut patients: BTreeMap<_, _> = patients.into_iter().map(|patient| (patient.id, patient)).collect();
    let mut out = Vec::with_capacity(ids.len());
    for patient in ids.iter().filter_map(|id| patients.remove(id)) {
        let day = |sql| {
            READING.one(conn, sql, rusqlite::params![patient.id.to_string(), today.to_string()], |cells| {
                cells.skip();
                cells.date()
            })
        };
        let (last_visit, next_visit) = (day(LAST_VISIT)?, day(NEXT_VISIT)?);
        out.push(PatientLine { patient, last_visit, next_visit });
    }
    Ok(out)
}

/// The day of a patient's next visit, that day included.
pub(super) fn next_visit(
    conn: &Connection,
    patient: PatientId,
    on: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    READING.one(conn, NEXT_VISIT, rusqlite::params![patient.to_string(), on.to_string()], |cells| {
        cells.skip();
        cells.date()
    })
}

/// Keeps a patient's own data.
///
/// # Errors
/// A record number that another patient has is refused in words.
pub(super) fn put(tx: &Tx, patient: &Patient) -> Result<(), StoreError> {
    if let Some(number) = patient.number.as_ref().filter(|number| !number.is_empty()) {
        let taken = READING.one(tx.conn(), OF_NUMBER, [number, &patient.id.to_string()], |_| Ok(()))?;
        if taken.is_some() {
            let rule = "another patient has this record number".to_owned();
            return Err(StoreError::Constraint { doing: KEEPING, rule });
        }
    }
    Put::new("patient", KEEPING, patient.id)
        .set("number", opt_text(patient.number.as_ref()))
        .set("family", text(&patient.family))
        .set("given", text(&patient.given))
        .set("birth_date", opt(patient.birth_date, date))
        .set("sex", opt(patient.sex, word))
        .set("phone", opt_text(patient.phone.as_ref()))
        .set("language", opt_text(patient.language.as_ref()))
        .set("interpreter", opt(patient.interpreter, word))
        .set("capacity", opt(patient.capacity, word))
        .set("decides", opt_text(patient.decides.as_ref()))
        .set("pregnancy", opt(patient.pregnancy, |(pregnancy, _)| word(pregnancy)))
        .set("pregnancy_on", opt(patient.pregnancy, |(_, on)| date(on)))
        .set("kidney", opt(patient.kidney, |(kidney, _)| word(kidney)))
        .set("kidney_on", opt(patient.kidney, |(_, on)| date(on)))
        .set("note", opt_text(patient.note.as_ref()))
        .put(tx)
}

/// Keeps what must be known of a patient, each list as a whole.
pub(super) fn put_facts(tx: &Tx, patient: PatientId, facts: &Facts, on: NaiveDate) -> Result<(), StoreError> {
    put_known(tx, patient, ListKind::Allergies, &facts.allergies, |allergy| {
        Put::new("allergy", KEEPING, allergy.id)
            .set("substance", text(&allergy.substance))
            .set("reaction", opt_text(allergy.reaction.as_ref()))
    })?;
    put_known(tx, patient, ListKind::Antithrombotics, &facts.antithrombotics, |medicine| {
        Put::new("antithrombotic", KEEPING, medicine.id)
            .set("drug", text(&medicine.drug))
            .set("dose", opt_text(medicine.dose.as_ref()))
    })?;
    medicine::put_list(tx, patient, &facts.medications, on)?;
    put_goals(tx, patient, &facts.goals)
}

fn put_known<T>(
    tx: &Tx,
    patient: PatientId,
    kind: ListKind,
    known: &Known<T>,
    row: impl Fn(&T) -> Put,
) -> Result<(), StoreError> {
    let owner_id = patient.to_string();
    // Each list is kept in the table of its name.
    let owned = Owned { table: kind.name(), doing: KEEPING, owner: "patient_id", owner_id: &owner_id };
    owned.put(tx, known.items().iter().map(row).collect())?;
    put_review(tx, patient, kind, known)
}

/// Keeps what is known of a list beside its rows: nothing, none, or when it was reviewed.
pub(super) fn put_review<T>(tx: &Tx, patient: PatientId, kind: ListKind, known: &Known<T>) -> Result<(), StoreError> {
    let review = |status, on| {
        Put::new("reviewed", KEEPING, reviewed_id(patient, kind))
            .set("patient_id", key(patient))
            .set("list", word(kind))
            .set("status", text(status))
            .set("on_date", date(on))
            .put(tx)
    };
    match known {
        Known::NoneOn(on) => review("none", *on),
        Known::Listed(_, Some(on)) => review("listed", *on),
        Known::Unknown | Known::Listed(_, None) => row::delete(tx, "reviewed", KEEPING, reviewed_id(patient, kind)),
    }
}

/// The review of a patient's list has one row, with an identity that follows from the patient's: two machines that
/// both ask make the same row.
fn reviewed_id(patient: PatientId, kind: ListKind) -> ReviewedId {
    let mut bytes = Uuid::from(patient).into_bytes();
    // Bytes 7 and 9 to 15 of a UUIDv7 are chance throughout; the low bits of the last tell the lists apart.
    let n = ListKind::ALL.iter().position(|&other| other == kind).and_then(|n| u8::try_from(n + 1).ok());
    bytes[15] ^= n.unwrap_or_default();
    ReviewedId::from(Builder::from_bytes(bytes).into_uuid())
}

/// Keeps all goals of a patient. A goal in the same words stays the goal it was, with its date; one that is no longer there
/// but was scored is kept as ended.
pub(super) fn put_goals(tx: &Tx, patient: PatientId, goals: &[Goal]) -> Result<(), StoreError> {
    let all = of_each(tx.conn(), ("goal", ALL_GOALS), &list([patient]), |cells| {
        let (id, patient) = (cells.id()?, cells.id()?);
        let goal = Goal { id, text: cells.text()?, since: cells.date()? };
        Ok((patient, (goal, cells.flag()?, cells.number::<i64>()?)))
    })?;
    let stored = all.get(&patient).map(Vec::as_slice).unwrap_or_default();
    let same = |goal: &Goal| {
        let by_id = stored.iter().find(|(old, ..)| old.id == goal.id);
        by_id.or_else(|| stored.iter().find(|(old, ..)| old.text == goal.text)).map(|(old, ..)| old)
    };
    let mut kept: Vec<GoalId> = Vec::new();
    for (position, goal) in (0_i64..).zip(goals) {
        let (id, since) = same(goal).filter(|old| !kept.contains(&old.id)).map_or((goal.id, goal.since), |old| {
            let by_words = old.id != goal.id;
            (old.id, if by_words { old.since } else { goal.since })
        });
        kept.push(id);
        let goal = Goal { id, text: goal.text.clone(), since };
        // A plan brings all goals, most often as they stand.
        if !stored.iter().any(|(old, ended, at)| *old == goal && !ended && *at == position) {
            put_goal(patient, &goal, position, false).put(tx)?;
        }
    }
    for (position, (old, ended, _)) in (i64::try_from(goals.len()).unwrap_or(0)..).zip(stored) {
        if kept.contains(&old.id) || *ended {
            continue;
        }
        let reading = Reading { table: "goal_score", doing: KEEPING };
        if reading.one(tx.conn(), GOAL_SCORED, [old.id.to_string()], |_| Ok(()))?.is_some() {
            put_goal(patient, old, position, true).put(tx)?;
        } else {
            row::delete(tx, "goal", KEEPING, old.id)?;
        }
    }
    Ok(())
}

/// Keeps goals that ended before they were scored for the first time: the score has something to point to.
pub(super) fn put_ended_goals(tx: &Tx, patient: PatientId, ended: &[Goal]) -> Result<(), StoreError> {
    for goal in ended {
        let reading = Reading { table: "goal", doing: KEEPING };
        let known = reading.one(tx.conn(), GOAL_KNOWN, [goal.id.to_string()], |_| Ok(()))?;
        if known.is_none() {
            put_goal(patient, goal, 0, true).put(tx)?;
        }
    }
    Ok(())
}

fn put_goal(patient: PatientId, goal: &Goal, position: i64, ended: bool) -> Put {
    Put::new("goal", KEEPING, goal.id)
        .set("patient_id", key(patient))
        .set("position", number(position))
        .set("text", text(&goal.text))
        .set("since", date(goal.since))
        .set("ended", flag(ended))
}
