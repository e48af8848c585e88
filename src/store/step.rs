//! Steps of plans that wait: by their date, or asleep until something is so; and what was found since, by which they wake.
//!
//! A new version answers every step of the one before; a version that keeps the plan answers the steps whose date has
//! come. What is answered or let go is not looked at again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::plan::{self, items, read_item};
use super::row::{Put, Reading, key, statements, text};
use super::score;
use super::tx::Tx;
use crate::clinical::id::{PatientId, PieceId, PlanId, PlanItemId, ReferralId};
use crate::clinical::plan::target::Measured;
use crate::clinical::plan::wake::{Found, Gauge};
use crate::clinical::plan::{Modality, Plan, PlanItem};
use crate::clinical::referral::PlannedReferral;
use crate::clinical::time::{Instant, wall};

/// The terms of both partial indexes; the planner takes an index only where they are said word for word.
macro_rules! open {
    () => {
        "plan_item.answered_by IS NULL AND plan_item.let_go IS NULL AND plan_item.booked_visit_id IS NULL \
         AND plan_item.referral_id IS NULL \
         AND (plan_item.state = 'proposed' OR plan_item.state = 'active' OR plan_item.state = 'changed')"
    };
}

statements! {
    DUE = concat!("SELECT ", items!(), ", plan.patient_id FROM plan_item INDEXED BY plan_item_due
        JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.due IS NOT NULL AND ", open!(), " AND plan_item.due <= ?1");
    ASLEEP = concat!("SELECT ", items!(), ", plan.patient_id FROM plan_item INDEXED BY plan_item_asleep
        JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.wakes_of IS NOT NULL AND ", open!(), " AND plan_item.wakes_of > ''");
    TO_REFER = concat!("SELECT ", items!(), ", plan.patient_id, plan.visit_id, plan.set_at
        FROM plan_item INDEXED BY plan_item_to_refer JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.modality = 'referral' AND plan_item.wakes_of IS NULL AND ", open!());
    PLANNED = concat!("SELECT ", items!(), ", plan.patient_id, plan.visit_id, plan.set_at
        FROM plan_item JOIN plan ON plan.id = plan_item.plan_id WHERE plan_item.id = ?1");
    PLANNED_OF = concat!("SELECT ", items!(), ", plan.patient_id, plan.visit_id, plan.set_at
        FROM plan_item JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.plan_id = ?1 AND plan_item.modality = 'referral' AND plan_item.let_go IS NULL
        AND plan_item.referral_id IS NULL AND plan_item.state IN ('proposed','active','changed')
        ORDER BY plan_item.position");
    OF_PIECE = "SELECT id, referral_id FROM plan_item WHERE plan_id = ?1 AND piece_id = ?2";
    BY_ID = concat!("SELECT ", items!(), ", plan.patient_id FROM plan_item JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.id = ?1");
    OF_VERSION = "SELECT id, due, wakes_of, modality, referral_id FROM plan_item
        WHERE plan_id = ?1 AND answered_by IS NULL";
    CHECKED = "SELECT id, relief_percent, done_at FROM check_in
        WHERE patient_id = ?1 AND done_at > ?2 AND relief_percent IS NOT NULL ORDER BY done_at DESC LIMIT 1";
    ASKED = "SELECT procedure_response.id, procedure_response.best_relief, assessment.date
        FROM assessment JOIN procedure_response ON procedure_response.id = assessment.id
        WHERE assessment.patient_id = ?1 AND assessment.date > ?2 AND procedure_response.best_relief IS NOT NULL
        ORDER BY assessment.date DESC LIMIT 1";
}

const READING: Reading = Reading { table: "plan_item", doing: "reading steps of plans" };
const KEEPING: &str = "answering a step of a plan";

/// A step that waits, with whose it is.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub item: PlanItem,
    pub patient: PatientId,
}

/// The steps whose date has come, and those that sleep until something is so.
pub(super) fn waiting(conn: &Connection, to: NaiveDate) -> Result<Vec<Waiting>, StoreError> {
    let mut out = READING.all(conn, DUE, [to.to_string()], read)?;
    for step in READING.all(conn, ASLEEP, [], read)? {
        if !out.iter().any(|due| due.item.id == step.item.id) {
            out.push(step);
        }
    }
    Ok(out)
}

fn read(cells: &mut super::row::Cells) -> Result<Waiting, StoreError> {
    Ok(Waiting { item: read_item(cells)?, patient: cells.id()? })
}

fn read_planned(cells: &mut super::row::Cells, zone: Tz) -> Result<PlannedReferral, StoreError> {
    let (item, patient, visit) = (read_item(cells)?, cells.id()?, cells.opt_id()?);
    let on = wall(cells.at()?, zone).date();
    Ok(PlannedReferral::of(&item, patient, visit, on))
}

/// The referrals that are planned and not yet written, of everybody.
pub(super) fn to_refer(conn: &Connection, zone: Tz) -> Result<Vec<PlannedReferral>, StoreError> {
    READING.all(conn, TO_REFER, [], |cells| read_planned(cells, zone))
}

/// A planned referral, whether it waits or not.
pub(super) fn planned(conn: &Connection, id: PlanItemId, zone: Tz) -> Result<Option<PlannedReferral>, StoreError> {
    READING.one(conn, PLANNED, [id.to_string()], |cells| read_planned(cells, zone))
}

/// What a version of a plan means to refer and nobody has written yet, those that sleep included.
pub(super) fn planned_of(conn: &Connection, plan: PlanId, zone: Tz) -> Result<Vec<PlannedReferral>, StoreError> {
    READING.all(conn, PLANNED_OF, [plan.to_string()], |cells| read_planned(cells, zone))
}

/// A referral was written for a piece: nothing of it waits in this version any more.
pub(super) fn referred(tx: &Tx, plan: PlanId, piece: PieceId, referral: ReferralId) -> Result<(), StoreError> {
    let found = READING.all(tx.conn(), OF_PIECE, [plan.to_string(), piece.to_string()], |cells| {
        let id: PlanItemId = cells.id()?;
        Ok((id, cells.opt_text()?))
    })?;
    for (id, _) in found.into_iter().filter(|(_, written)| written.is_none()) {
        Put::new("plan_item", KEEPING, id).set("referral_id", key(referral)).put_existing(tx)?;
    }
    Ok(())
}

/// One step, whether it waits or not.
pub(super) fn by_id(conn: &Connection, id: PlanItemId) -> Result<Option<Waiting>, StoreError> {
    READING.one(conn, BY_ID, [id.to_string()], read)
}

/// What was found of these patients since the newest version of their plans was set, the newest of each measure.
pub(super) fn evidence(
    conn: &Connection,
    since: &BTreeMap<PatientId, plan::Brief>,
    steps: &[Waiting],
    zone: Tz,
) -> Result<BTreeMap<PatientId, Vec<Found>>, StoreError> {
    let mut out: BTreeMap<PatientId, Vec<Found>> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.item.wakes.is_some()) {
        let Some(newest) = since.get(&step.patient) else { continue };
        if let Entry::Vacant(free) = out.entry(step.patient) {
            free.insert(found_of(conn, step.patient, newest.set_at, zone)?);
        }
    }
    Ok(out)
}

/// What was found of a patient since then, the newest of each measure.
pub(super) fn found_of(
    conn: &Connection,
    patient: PatientId,
    since: Instant,
    zone: Tz,
) -> Result<Vec<Found>, StoreError> {
    let (id, day) = (patient.to_string(), wall(since, zone).date());
    let relief = |tenths: u16, on| Found { of: Gauge::Relief, tenths: tenths * 10, on };
    let checked = READING.one(conn, CHECKED, params![id, since.millis()], |cells| {
        cells.skip();
        let percent: u8 = cells.number()?;
        Ok(relief(percent.into(), wall(cells.at()?, zone).date()))
    })?;
    let asked = READING.one(conn, ASKED, params![id, day.to_string()], |cells| {
        cells.skip();
        let percent: u8 = cells.number()?;
        Ok(relief(percent.into(), cells.date()?))
    })?;
    let mut out: Vec<Found> = Vec::new();
    out.extend(checked.into_iter().chain(asked).max_by_key(|found| found.on));
    let trend = score::since(conn, patient, day)?;
    for (of, measure) in [(Gauge::Peg, Measured::Peg), (Gauge::Average, Measured::Average), (Gauge::Now, Measured::Now)]
    {
        out.extend(measure.newest(&trend).map(|(tenths, on)| Found { of, tenths, on }));
    }
    Ok(out)
}

/// Answers the steps that a version answers: all of those before it; where it keeps the plan, those whose date has come.
pub(super) fn answer(tx: &Tx, plan: &Plan, today: NaiveDate) -> Result<Vec<PlanItemId>, StoreError> {
    let mut answered: Vec<PlanItemId> = Vec::new();
    let Some(before) = plan::held_before(tx.conn(), plan)? else { return Ok(answered) };
    READING.each(tx.conn(), OF_VERSION, [before.to_string()], |cells| {
        let id = cells.id()?;
        let (due, wakes) = (cells.opt_date()?, cells.opt_text()?);
        let modality: Modality = cells.word()?;
        let is_referral = modality == Modality::Referral;
        let is_step = due.is_some() || wakes.is_some() || is_referral;
        // A letter that waits to be written is not written by keeping the plan.
        let to_write = is_referral && wakes.is_none() && cells.opt_text()?.is_none();
        let has_come = !plan.unchanged || !to_write && due.is_some_and(|due| due <= today);
        if is_step && has_come {
            answered.push(id);
        }
        Ok(true)
    })?;
    for id in &answered {
        Put::new("plan_item", KEEPING, id).set("answered_by", key(plan.id)).put_existing(tx)?;
    }
    Ok(answered)
}

/// Notes why a step will not be looked at again.
pub(super) fn let_go(tx: &Tx, id: PlanItemId, reason: &str) -> Result<(), StoreError> {
    Put::new("plan_item", KEEPING, id).set("let_go", text(reason)).put_existing(tx)
}
