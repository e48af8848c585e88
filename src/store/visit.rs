//! Visits and blocks.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::row::{Cells, Put, Reading, at, date, flag, key, list, number, opt, opt_text, statements, text, time, word};
use super::schema::{Schema, quote};
use super::tx::Tx;
use crate::clinical::booking::{Bookings, Taken};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::time::Instant;
use crate::clinical::visit::{Aftermath, Visit, VisitState};

macro_rules! columns {
    () => {
        "id, patient_id, patient_confirmed, date, start, minutes, kind, way, place, reason, title, state, here_at, \
         in_room_at, left_at, aftermath, end_reason, recorded_at, copied_at, copy_not_needed"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM visit WHERE id = ?1");
    BY_IDS = concat!("SELECT ", columns!(), " FROM visit WHERE id IN (SELECT value FROM json_each(?1))");
    OF_DAY = concat!("SELECT ", columns!(), " FROM visit WHERE date = ?1 ORDER BY start, id");
    OF_DAYS = concat!("SELECT ", columns!(), " FROM visit WHERE date BETWEEN ?1 AND ?2 ORDER BY date, start, id");
    OF_PATIENT = concat!("SELECT ", columns!(), " FROM visit WHERE patient_id = ?1 ORDER BY date DESC, start DESC LIMIT ?2");
    MORE_OF_PATIENT =
        concat!("SELECT ", columns!(), " FROM visit INDEXED BY visit_of WHERE patient_id = ?1 LIMIT 1 OFFSET ?2");
    AHEAD = concat!("SELECT ", columns!(), " FROM visit WHERE patient_id = ?1 AND date >= ?2 AND state = 'booked'
        ORDER BY date, start, id");
    TAKEN = "SELECT date, start, minutes, kind, CASE kind WHEN 'block' THEN title END FROM visit
        WHERE date BETWEEN ?1 AND ?2 AND state NOT IN ('no_show','cancelled')";
    BY_HAND = concat!("SELECT ", columns!(), " FROM visit WHERE date BETWEEN ?1 AND ?2 AND patient_id IS NOT NULL
        AND state NOT IN ('no_show','cancelled')
        AND NOT EXISTS (SELECT 1 FROM visit_source WHERE visit_id = visit.id) ORDER BY date, start, id");
    IN_ROOM = concat!("SELECT ", columns!(), " FROM visit WHERE patient_id = ?1 AND date = ?2 AND state = 'in_room'
        ORDER BY in_room_at DESC LIMIT 1");
    OF_PATIENT_ON = concat!("SELECT ", columns!(), " FROM visit WHERE patient_id = ?1 AND date = ?2
        AND state NOT IN ('no_show','cancelled') ORDER BY start, id");
    TO_COPY = concat!("SELECT ", columns!(), " FROM visit INDEXED BY visit_to_copy
        WHERE recorded_at IS NOT NULL AND copy_not_needed = 0 AND (copied_at IS NULL OR copied_at < recorded_at)
        AND patient_id IS NOT NULL AND date BETWEEN ?1 AND ?2 ORDER BY date, start, id");
    TO_FOLLOW = concat!("SELECT ", columns!(), " FROM visit INDEXED BY visit_to_follow
        WHERE aftermath = 'open' AND state IN ('no_show','cancelled') AND patient_id IS NOT NULL AND date <= ?1
        ORDER BY date, start, id");
    NEXT_CLINIC_DAY = "SELECT min(date) FROM visit INDEXED BY visit_clinic_day
        WHERE kind <> 'block' AND state NOT IN ('no_show','cancelled') AND date > ?1 AND date <= ?2";
    LAST_CLINIC_DAY = "SELECT max(date) FROM visit INDEXED BY visit_clinic_day
        WHERE kind <> 'block' AND state NOT IN ('no_show','cancelled') AND date < ?1 AND date >= ?2";
}

const READING: Reading = Reading { table: "visit", doing: "reading visits" };
const KEEPING: &str = "keeping a visit";

fn read(cells: &mut Cells) -> Result<Visit, StoreError> {
    Ok(Visit {
        id: cells.id()?,
        patient: cells.opt_id()?,
        patient_confirmed: cells.flag()?,
        date: cells.date()?,
        start: cells.opt_time()?,
        minutes: cells.number()?,
        kind: cells.word()?,
        way: cells.word()?,
        place: cells.opt_text()?,
        reason: cells.opt_text()?,
        title: cells.opt_text()?,
        state: cells.word()?,
        here_at: cells.opt_at()?,
        in_room_at: cells.opt_at()?,
        left_at: cells.opt_at()?,
        aftermath: cells.word()?,
        end_reason: cells.opt_text()?,
        recorded_at: cells.opt_at()?,
        copied_at: cells.opt_at()?,
        copy_not_needed: cells.flag()?,
    })
}

fn read_day(cells: &mut Cells) -> Result<Option<NaiveDate>, StoreError> {
    cells.opt_date()
}

/// One visit.
pub(super) fn by_id(conn: &Connection, id: VisitId) -> Result<Option<Visit>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// Many visits at once.
pub(super) fn by_ids(
    conn: &Connection,
    ids: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, Visit>, StoreError> {
    let visits = READING.all(conn, BY_IDS, [list(ids)], read)?;
    Ok(visits.into_iter().map(|visit| (visit.id, visit)).collect())
}

/// The visits and blocks of a day, by the clock.
pub(super) fn of_day(conn: &Connection, day: NaiveDate) -> Result<Vec<Visit>, StoreError> {
    READING.all(conn, OF_DAY, [day.to_string()], read)
}

/// The visits and blocks from one day to another, both included.
pub(super) fn of_days(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Visit>, StoreError> {
    READING.all(conn, OF_DAYS, [from.to_string(), to.to_string()], read)
}

/// The visits of patients from one day to another, both included, that came from no schedule and are not called off.
pub(super) fn by_hand(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Visit>, StoreError> {
    READING.all(conn, BY_HAND, [from.to_string(), to.to_string()], read)
}

/// A patient's visits, newest first, at most so many.
pub(super) fn of_patient(conn: &Connection, patient: PatientId, most: u32) -> Result<Vec<Visit>, StoreError> {
    READING.all(conn, OF_PATIENT, params![patient.to_string(), most], read)
}

/// Whether a patient has more visits than so many. They are not counted: that would take longer with every year.
pub(super) fn has_more(conn: &Connection, patient: PatientId, than: u32) -> Result<bool, StoreError> {
    let more = READING.one(conn, MORE_OF_PATIENT, params![patient.to_string(), than], read)?;
    Ok(more.is_some())
}

/// A patient's booked visits from a day on.
pub(super) fn ahead(conn: &Connection, patient: PatientId, from: NaiveDate) -> Result<Vec<Visit>, StoreError> {
    READING.all(conn, AHEAD, [patient.to_string(), from.to_string()], read)
}

fn read_taken(cells: &mut Cells) -> Result<Taken, StoreError> {
    Ok(Taken {
        date: cells.date()?,
        start: cells.opt_time()?,
        minutes: cells.number()?,
        kind: cells.word()?,
        title: cells.opt_text()?,
    })
}

/// Weeks back in which the usual hours are looked for, and weeks ahead for which a time is proposed.
const AROUND: (u64, u64) = (6, 30);

/// The schedule around a day, as far as it decides where there is room.
pub(super) fn bookings(conn: &Connection, today: NaiveDate) -> Result<Bookings, StoreError> {
    let from = today.checked_sub_days(Days::new(AROUND.0 * 7)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(AROUND.1 * 7)).unwrap_or(today);
    Ok(Bookings { taken: READING.all(conn, TAKEN, [from.to_string(), to.to_string()], read_taken)? })
}

/// The visit in which a patient is in room on a day.
pub(super) fn in_room(conn: &Connection, patient: PatientId, day: NaiveDate) -> Result<Option<Visit>, StoreError> {
    READING.one(conn, IN_ROOM, [patient.to_string(), day.to_string()], read)
}

/// The visit a patient has on a day: the one in room, else the one that waits here, else the first that is not over.
pub(super) fn of_patient_on(
    conn: &Connection,
    patient: PatientId,
    day: NaiveDate,
) -> Result<Option<Visit>, StoreError> {
    let visits = READING.all(conn, OF_PATIENT_ON, [patient.to_string(), day.to_string()], read)?;
    let rank = |visit: &Visit| match visit.state {
        VisitState::InRoom => 0,
        VisitState::Here => 1,
        VisitState::Booked => 2,
        VisitState::Left | VisitState::NoShow | VisitState::Cancelled => 3,
    };
    Ok(visits.into_iter().min_by_key(rank))
}

/// Visits whose summary is not carried over, or was changed since.
pub(super) fn to_copy(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Visit>, StoreError> {
    READING.all(conn, TO_COPY, [from.to_string(), to.to_string()], read)
}

/// No-shows and cancellations of which nobody has decided what follows.
pub(super) fn to_follow(conn: &Connection, to: NaiveDate) -> Result<Vec<Visit>, StoreError> {
    READING.all(conn, TO_FOLLOW, [to.to_string()], read)
}

/// The first day after this one, up to the last, on which somebody comes.
pub(super) fn next_day_with_visits(
    conn: &Connection,
    after: NaiveDate,
    last: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    let day = READING.one(conn, NEXT_CLINIC_DAY, [after.to_string(), last.to_string()], read_day)?;
    Ok(day.flatten())
}

/// The newest day before this one, down to the first, on which somebody came.
pub(super) fn last_day_with_visits(
    conn: &Connection,
    before: NaiveDate,
    first: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    let day = READING.one(conn, LAST_CLINIC_DAY, [before.to_string(), first.to_string()], read_day)?;
    Ok(day.flatten())
}

/// Keeps a visit as it now is.
///
/// When something was last recorded in it is stamped by what is recorded, never by this: a visit read a moment ago
/// does not take a newer stamp back.
pub(super) fn put(tx: &Tx, visit: &Visit) -> Result<(), StoreError> {
    let stored = by_id(tx.conn(), visit.id)?;
    let recorded_at = stored.as_ref().map_or(visit.recorded_at, |stored| stored.recorded_at);
    let row = Put::new("visit", KEEPING, visit.id)
        .set("patient_id", opt(visit.patient, key))
        .set("patient_confirmed", flag(visit.patient_confirmed))
        .set("date", date(visit.date))
        .set("start", opt(visit.start, time))
        .set("minutes", number(visit.minutes))
        .set("kind", word(visit.kind))
        .set("way", word(visit.way))
        .set("place", opt_text(visit.place.as_ref()))
        .set("reason", opt_text(visit.reason.as_ref()))
        .set("title", opt_text(visit.title.as_ref()))
        .set("state", word(visit.state))
        .set("here_at", opt(visit.here_at, at))
        .set("in_room_at", opt(visit.in_room_at, at))
        .set("left_at", opt(visit.left_at, at))
        .set("aftermath", word(visit.aftermath))
        .set("end_reason", opt_text(visit.end_reason.as_ref()))
        .set("recorded_at", opt(recorded_at, at))
        .set("copied_at", opt(visit.copied_at, at))
        .set("copy_not_needed", flag(visit.copy_not_needed));
    if stored.is_some() {
        row.put_existing(tx)?;
    } else {
        row.put(tx)?;
    }
    match stored {
        Some(stored) if stored.date != visit.date || stored.patient != visit.patient => take_along(tx, &stored, visit),
        _ => Ok(()),
    }
}

/// What was recorded in a visit follows it to another day or patient, whatever tables that stands in.
fn take_along(tx: &Tx, before: &Visit, visit: &Visit) -> Result<(), StoreError> {
    const DOING: &str = "moving what was recorded in a visit";
    let schema = Schema::load(tx.conn())?;
    let with = |column: &'static str| {
        let of_visits = schema.tables.iter().filter(|table| table.column("visit_id").is_some() && table.name != "plan");
        of_visits.filter(move |table| table.column(column).is_some())
    };
    let (id, from, to) = (visit.id.to_string(), before.date.to_string(), visit.date.to_string());
    for table in with("date") {
        let sql =
            format!("UPDATE {} SET date = ?3 WHERE visit_id = ?1 AND date = ?2 AND date <> ?3", quote(&table.name));
        tx.execute(DOING, &sql, params![id, from, to])?;
    }
    let scores = "UPDATE problem_score SET date = ?2
                  WHERE assessment_id IN (SELECT id FROM assessment WHERE visit_id = ?1) AND date <> ?2";
    tx.execute(DOING, scores, params![id, to])?;
    if before.patient == visit.patient {
        return Ok(());
    }
    // A plan is one of a patient's numbered versions: it cannot change its owner.
    if super::plan::of_visit(tx.conn(), visit.id)?.is_some() {
        let rule = "a plan was set for it".to_owned();
        return Err(StoreError::Constraint { doing: "giving a visit to another patient", rule });
    }
    let patient = visit.patient.map(|patient| patient.to_string());
    for table in with("patient_id") {
        let sql =
            format!("UPDATE {} SET patient_id = ?2 WHERE visit_id = ?1 AND patient_id IS NOT ?2", quote(&table.name));
        tx.execute(DOING, &sql, params![id, patient])?;
    }
    Ok(())
}

/// Stamps that something was recorded in a visit now.
pub(super) fn stamp_recorded(tx: &Tx, visit: VisitId, now: Instant) -> Result<(), StoreError> {
    Put::new("visit", KEEPING, visit).set("recorded_at", at(now)).put_existing(tx)
}

/// Stamps that what was recorded in a visit changed now; a visit of which nothing is recorded yet stays so.
pub(super) fn stamp_if_recorded(tx: &Tx, visit: VisitId, now: Instant) -> Result<(), StoreError> {
    match by_id(tx.conn(), visit)?.and_then(|visit| visit.recorded_at) {
        Some(_) => stamp_recorded(tx, visit, now),
        None => Ok(()),
    }
}

/// Marks a visit's summary as not to be copied out.
pub(super) fn let_copy_go(tx: &Tx, visit: VisitId) -> Result<(), StoreError> {
    Put::new("visit", KEEPING, visit).set("copy_not_needed", flag(true)).put_existing(tx)
}

/// Lets what follows a no-show go, with its reason.
pub(super) fn let_aftermath_go(tx: &Tx, visit: VisitId, reason: &str) -> Result<(), StoreError> {
    Put::new("visit", KEEPING, visit)
        .set("aftermath", word(Aftermath::LetGo))
        .set("end_reason", text(reason))
        .put_existing(tx)
}
