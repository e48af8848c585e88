//! The close of a day: decisions about open items, carried out on their records, and the day's own row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{self, Cells, Put, Reading, at, date, key, list, number, opt, statements, text, word};
use super::tx::Tx;
use super::{assessment, check_in, diagnostic, follow, instrument, step, task, visit};
use crate::clinical::board::ItemKey;
use crate::clinical::board::follow::FollowKey;
use crate::clinical::close::{DayRecord, Decision, DecisionKind};
use crate::clinical::id::{DayId, PatientId, VisitId};

statements! {
    OF_ITEMS = "SELECT decision.id, item, visit_id, day, kind, to_date, reason, at FROM json_each(?1) AS asked
        CROSS JOIN decision ON decision.item = asked.value";
    OF_DAY = "SELECT id, item, visit_id, day, kind, to_date, reason, at FROM decision WHERE day = ?1 ORDER BY at, id";
    WAITING = "SELECT id, visit_id FROM decision INDEXED BY decision_waiting WHERE kind = 'carried' AND visit_id IS NOT NULL AND to_date <= ?1";
    DAY = "SELECT id, date, closed_at, done, carried, let_go FROM day WHERE date = ?1";
    OF_VISIT = "SELECT id, patient_id FROM visit WHERE id = ?1";
    OF_ASSESSMENT = "SELECT id, patient_id FROM assessment WHERE id = ?1";
    OF_STEP = "SELECT plan.id, patient_id FROM plan_item JOIN plan ON plan.id = plan_id WHERE plan_item.id = ?1";
    OF_CHECK_IN = "SELECT id, patient_id FROM check_in WHERE id = ?1";
    OF_TASK = "SELECT id, patient_id FROM task WHERE id = ?1";
    OF_RESULT = "SELECT id, patient_id FROM instrument_result WHERE id = ?1";
    OF_DIAGNOSTIC = "SELECT id, patient_id FROM diagnostic WHERE id = ?1";
    OF_URINE = "SELECT id, patient_id FROM urine_test WHERE id = ?1";
    OF_REFERRAL = "SELECT id, patient_id FROM referral WHERE id = ?1";
    OF_TAPER = "SELECT id, patient_id FROM taper WHERE id = ?1";
    CLOSED = "SELECT id, date FROM day WHERE date BETWEEN ?1 AND ?2 AND closed_at IS NOT NULL";
}

const READING: Reading = Reading { table: "decision", doing: "reading decisions" };
const READING_DAY: Reading = Reading { table: "day", doing: "reading a day" };
const DECIDING: &str = "keeping a decision";
const KEEPING: &str = "keeping a day";

/// The decisions about these items, by item.
pub(super) fn decisions(
    conn: &Connection,
    items: impl IntoIterator<Item = ItemKey>,
) -> Result<BTreeMap<ItemKey, Decision>, StoreError> {
    let decisions = READING.all(conn, OF_ITEMS, [list(items)], of_cells)?;
    Ok(decisions.into_iter().map(|decision| (decision.item, decision)).collect())
}

/// What was decided at the close of a day and was not decided again since, in its order.
pub(super) fn decided(conn: &Connection, day: NaiveDate) -> Result<Vec<Decision>, StoreError> {
    READING.all(conn, OF_DAY, [day.to_string()], of_cells)
}

/// The patient about whose item something is decided; none where it is nobody's.
pub(super) fn whose(conn: &Connection, decision: &Decision) -> Result<Option<PatientId>, StoreError> {
    let item = decision.item;
    let sql = match item {
        ItemKey::Assessment(_)
        | ItemKey::Procedure(_)
        | ItemKey::Copy(_)
        | ItemKey::Aftermath(_)
        | ItemKey::NotAsked(_)
        | ItemKey::Tomorrow(_) => OF_VISIT,
        ItemKey::Plan(_) | ItemKey::RedFlag(_) => OF_ASSESSMENT,
        ItemKey::Step(_) => OF_STEP,
        ItemKey::CheckIn(_) => OF_CHECK_IN,
        ItemKey::Task(_) => OF_TASK,
        ItemKey::Screen(_) => OF_RESULT,
        ItemKey::Diagnostic(_) => OF_DIAGNOSTIC,
        ItemKey::Follow(FollowKey::Urine(_)) => OF_URINE,
        ItemKey::Follow(FollowKey::Referral(_)) => OF_REFERRAL,
        ItemKey::Follow(FollowKey::Taper(_)) => OF_TAPER,
        ItemKey::Follow(FollowKey::Clock(of, _) | FollowKey::Supply(of, _) | FollowKey::ToRefer(of, _)) => {
            return Ok(Some(of));
        }
    };
    let found = READING.one(conn, sql, [item.record_id()], |cells| {
        cells.skip();
        cells.opt_id()
    })?;
    Ok(found.flatten())
}

fn of_cells(cells: &mut Cells) -> Result<Decision, StoreError> {
    Ok(Decision {
        id: cells.id()?,
        item: cells.id()?,
        visit: cells.opt_id()?,
        day: cells.date()?,
        kind: cells.word()?,
        to: cells.opt_date()?,
        reason: cells.text()?,
        at: cells.at()?,
    })
}

/// The visits whose assessment or procedure was carried to a day up to this one.
pub(super) fn waiting(conn: &Connection, to: NaiveDate) -> Result<Vec<VisitId>, StoreError> {
    READING.all(conn, WAITING, [to.to_string()], |cells| {
        cells.skip();
        cells.id()
    })
}

/// The day's own row.
pub(super) fn day(conn: &Connection, day: NaiveDate) -> Result<Option<DayRecord>, StoreError> {
    READING_DAY.one(conn, DAY, [day.to_string()], |cells| {
        Ok(DayRecord {
            id: cells.id()?,
            date: cells.date()?,
            closed_at: cells.opt_at()?,
            done: cells.number()?,
            carried: cells.number()?,
            let_go: cells.number()?,
        })
    })
}

/// The closed days from one to another, both included.
pub(super) fn closed(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<NaiveDate>, StoreError> {
    READING_DAY.all(conn, CLOSED, [from.to_string(), to.to_string()], |cells| {
        cells.skip();
        cells.date()
    })
}

/// Keeps a day's own row; there is one a day.
pub(super) fn put_day(tx: &Tx, day: &DayRecord) -> Result<(), StoreError> {
    let id = self::day(tx.conn(), day.date)?.map_or(day.id, |stored| stored.id);
    Put::new("day", KEEPING, id)
        .set("date", date(day.date))
        .set("closed_at", opt(day.closed_at, at))
        .set("done", number(day.done))
        .set("carried", number(day.carried))
        .set("let_go", number(day.let_go))
        .put(tx)
}

/// Opens a day again; what was decided stays.
pub(super) fn reopen(tx: &Tx, day: DayId) -> Result<(), StoreError> {
    Put::new("day", KEEPING, day).set("closed_at", rusqlite::types::Value::Null).put_existing(tx)
}

/// Keeps a decision in place of an earlier one about the same item, and carries it out on the record it concerns.
///
/// What has a date of its own is moved to the new one; what is closed says so with its reason. For everything else the
/// decision itself takes the item out of the day.
pub(super) fn decide(tx: &Tx, decision: &Decision) -> Result<(), StoreError> {
    let item = decision.item;
    let stored = decisions(tx.conn(), [item])?.remove(&item);
    Put::new("decision", DECIDING, stored.map_or(decision.id, |old| old.id))
        .set("item", key(item))
        .set("visit_id", opt(visit_of(item), key))
        .set("day", date(decision.day))
        .set("kind", word(decision.kind))
        .set("to_date", opt(decision.to, date))
        .set("reason", text(&decision.reason))
        .set("at", at(decision.at))
        .put(tx)?;
    match (decision.kind, decision.to) {
        (DecisionKind::Carried, Some(to)) => carry(tx, item, to),
        (DecisionKind::Carried, None) => Ok(()),
        (DecisionKind::Closed, _) => let_go(tx, item, &decision.reason),
    }
}

/// The visit that has to show on the day its item was carried to.
fn visit_of(item: ItemKey) -> Option<VisitId> {
    match item {
        ItemKey::Assessment(visit) | ItemKey::Procedure(visit) => Some(visit),
        ItemKey::Plan(_)
        | ItemKey::Step(_)
        | ItemKey::CheckIn(_)
        | ItemKey::Task(_)
        | ItemKey::Diagnostic(_)
        | ItemKey::Follow(_)
        | ItemKey::Copy(_)
        | ItemKey::Aftermath(_)
        | ItemKey::RedFlag(_)
        | ItemKey::NotAsked(_)
        | ItemKey::Screen(_)
        | ItemKey::Tomorrow(_) => None,
    }
}

fn carry(tx: &Tx, item: ItemKey, to: NaiveDate) -> Result<(), StoreError> {
    match item {
        ItemKey::CheckIn(id) => check_in::carry(tx, id, to),
        ItemKey::Task(id) => task::carry(tx, id, to),
        ItemKey::Diagnostic(id) => diagnostic::carry(tx, id, to),
        ItemKey::Follow(key) => follow::carry(tx, key, to),
        ItemKey::Assessment(_)
        | ItemKey::Procedure(_)
        | ItemKey::Plan(_)
        | ItemKey::Step(_)
        | ItemKey::Copy(_)
        | ItemKey::Aftermath(_)
        | ItemKey::RedFlag(_)
        | ItemKey::NotAsked(_)
        | ItemKey::Screen(_)
        | ItemKey::Tomorrow(_) => Ok(()),
    }
}

fn let_go(tx: &Tx, item: ItemKey, reason: &str) -> Result<(), StoreError> {
    match item {
        ItemKey::Plan(assessment) => assessment::let_plan_go(tx, assessment, reason),
        ItemKey::Step(id) => step::let_go(tx, id, reason),
        ItemKey::CheckIn(id) => check_in::let_go(tx, id, reason),
        ItemKey::Task(id) => task::let_go(tx, id, reason),
        ItemKey::Diagnostic(id) => diagnostic::let_go(tx, id, reason),
        ItemKey::Follow(key) => follow::let_go(tx, key, reason),
        ItemKey::Copy(visit) => visit::let_copy_go(tx, visit),
        ItemKey::Aftermath(visit) => visit::let_aftermath_go(tx, visit, reason),
        ItemKey::RedFlag(assessment) => assessment::act_on_red_flag(tx, assessment, reason).map(|_| ()),
        ItemKey::Screen(result) => instrument::act(tx, result, reason).map(|_| ()),
        ItemKey::Assessment(_) | ItemKey::Procedure(_) | ItemKey::NotAsked(_) | ItemKey::Tomorrow(_) => Ok(()),
    }
}

/// Lets go what was decided about items that were since done, moved or changed by hand.
pub(super) fn undecide(tx: &Tx, items: impl IntoIterator<Item = ItemKey>) -> Result<(), StoreError> {
    for decision in decisions(tx.conn(), items)?.into_values() {
        row::delete(tx, "decision", DECIDING, decision.id)?;
    }
    Ok(())
}
