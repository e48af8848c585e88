//! Referrals, and who else takes part in a patient's care.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Cells, Owned, Put, Reading, at, date, key, opt, opt_text, statements, text};
use super::tx::Tx;
use super::{plan, step};
use crate::clinical::id::{PatientId, ReferralId, VisitId};
use crate::clinical::referral::{CareMember, Referral};
use crate::clinical::time::Instant;

macro_rules! columns {
    () => {
        "id, patient_id, visit_id, recipient, question, piece_id, from_plan, written, sent, appointment, seen, due, answer, read_at, \
         action, acted_at, let_go"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM referral WHERE id = ?1");
    OPEN = concat!("SELECT ", columns!(), " FROM referral INDEXED BY referral_open
        WHERE open_from <= ?1 ORDER BY open_from, id");
    ACTED = concat!("SELECT ", columns!(), " FROM referral INDEXED BY referral_acted
        WHERE acted_at >= ?1 AND acted_at < ?2 ORDER BY acted_at, id");
    OPEN_OF = concat!("SELECT ", columns!(), " FROM referral INDEXED BY referral_open_of
        WHERE patient_id = ?1 AND acted_at IS NULL AND let_go IS NULL LIMIT 50");
    OF_PATIENT = concat!("SELECT ", columns!(), " FROM referral INDEXED BY referral_of WHERE patient_id = ?1
        ORDER BY written DESC, id DESC LIMIT ?2");
    TEAM = "SELECT id, name, role, reach FROM care_team INDEXED BY care_team_of WHERE patient_id = ?1 ORDER BY position";
}

const READING: Reading = Reading { table: "referral", doing: "reading referrals" };
const KEEPING: &str = "keeping a referral";
const KEEPING_TEAM: &str = "keeping the care team";

fn read(cells: &mut Cells) -> Result<Referral, StoreError> {
    Ok(Referral {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        to: cells.text()?,
        question: cells.text()?,
        piece: cells.opt_id()?,
        from_plan: cells.opt_text()?,
        written: cells.date()?,
        sent: cells.opt_date()?,
        appointment: cells.opt_date()?,
        seen: cells.opt_date()?,
        due: cells.opt_date()?,
        answer: cells.text()?,
        read_at: cells.opt_at()?,
        action: cells.text()?,
        acted_at: cells.opt_at()?,
        let_go: cells.opt_text()?,
    })
}

/// One referral.
pub(super) fn by_id(conn: &Connection, id: ReferralId) -> Result<Option<Referral>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// Referrals about which somebody has to do something, up to a day.
pub(super) fn open(conn: &Connection, to: NaiveDate) -> Result<Vec<Referral>, StoreError> {
    READING.all(conn, OPEN, [to.to_string()], read)
}

/// What was acted on from one moment up to another.
pub(super) fn acted(conn: &Connection, from: Instant, to: Instant) -> Result<Vec<Referral>, StoreError> {
    READING.all(conn, ACTED, [from.millis(), to.millis()], read)
}

/// A patient's referrals without an answer that was acted on, newest first: what a cover shows of them.
pub(super) fn open_of(conn: &Connection, patient: PatientId) -> Result<Vec<Referral>, StoreError> {
    let mut open = READING.all(conn, OPEN_OF, [patient.to_string()], read)?;
    open.sort_by_key(|referral| std::cmp::Reverse((referral.written, referral.id)));
    Ok(open)
}

/// A patient's referrals, newest first.
pub(super) fn of_patient(conn: &Connection, patient: PatientId) -> Result<Vec<Referral>, StoreError> {
    newest(conn, patient, u32::MAX)
}

/// The newest of them, at most so many.
pub(super) fn newest(conn: &Connection, patient: PatientId, most: u32) -> Result<Vec<Referral>, StoreError> {
    READING.all(conn, OF_PATIENT, rusqlite::params![patient.to_string(), most], read)
}

/// Keeps a referral; gives the visit it belongs to.
pub(super) fn put(tx: &Tx, referral: &Referral) -> Result<Option<VisitId>, StoreError> {
    Put::new("referral", KEEPING, referral.id)
        .set("patient_id", key(referral.patient))
        .set("visit_id", opt(referral.visit, key))
        .set("recipient", text(&referral.to))
        .set("question", text(&referral.question))
        .set("piece_id", opt(referral.piece, key))
        .set("from_plan", opt_text(referral.from_plan.as_ref()))
        .set("written", date(referral.written))
        .set("sent", opt(referral.sent, date))
        .set("appointment", opt(referral.appointment, date))
        .set("seen", opt(referral.seen, date))
        .set("due", opt(referral.due, date))
        .set("answer", text(&referral.answer))
        .set("read_at", opt(referral.read_at, at))
        .set("action", text(&referral.action))
        .set("acted_at", opt(referral.acted_at, at))
        .set("let_go", opt_text(referral.let_go.as_ref()))
        .set("open_from", opt(referral.open_from(), date))
        .put(tx)?;
    if let (Some(piece), Some(plan)) = (referral.piece, plan::holding(tx.conn(), referral.patient)?) {
        step::referred(tx, plan, piece, referral.id)?;
    }
    Ok(referral.visit)
}

/// Moves the day by which the next step is expected; an answer that was read waits for nothing but the hand.
pub(super) fn carry(tx: &Tx, id: ReferralId, to: NaiveDate) -> Result<(), StoreError> {
    match by_id(tx.conn(), id)? {
        Some(referral) if referral.read_at.is_none() => put(tx, &Referral { due: Some(to), ..referral }).map(drop),
        _ => Ok(()),
    }
}

/// Notes why a referral is followed no longer.
pub(super) fn let_go(tx: &Tx, id: ReferralId, reason: &str) -> Result<(), StoreError> {
    let referral = by_id(tx.conn(), id)?.ok_or(StoreError::Gone { table: "referral" })?;
    put(tx, &Referral { let_go: Some(reason.to_owned()), ..referral }).map(drop)
}

/// Who else takes part in a patient's care.
pub(super) fn team(conn: &Connection, patient: PatientId) -> Result<Vec<CareMember>, StoreError> {
    let reading = Reading { table: "care_team", doing: "reading the care team" };
    reading.all(conn, TEAM, [patient.to_string()], |cells| {
        Ok(CareMember { id: cells.id()?, name: cells.text()?, role: cells.text()?, reach: cells.text()? })
    })
}

/// Keeps the care team as a whole.
pub(super) fn put_team(tx: &Tx, patient: PatientId, members: &[CareMember]) -> Result<(), StoreError> {
    let owner_id = patient.to_string();
    let rows = members.iter().map(|member| {
        Put::new("care_team", KEEPING_TEAM, member.id)
            .set("name", text(&member.name))
            .set("role", text(&member.role))
            .set("reach", text(&member.reach))
    });
    let owned = Owned { table: "care_team", doing: KEEPING_TEAM, owner: "patient_id", owner_id: &owner_id };
    owned.put(tx, rows.collect()).map(drop)
}
