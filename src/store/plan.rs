//! Plans and their items. An unchanged version has no items of its own: it points to the version whose items it keeps.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::error::StoreError;
use super::row::{
    Cells, Owned, Put, Reading, at, date, flag, key, list, number, opt, opt_text, statements, text, word,
};
use super::tx::Tx;
use crate::clinical::id::{PatientId, PlanId, ProblemId, ReferralId, VisitId};
use crate::clinical::plan::target::{Aim, PlanTarget};
use crate::clinical::plan::wake::Wakes;
use crate::clinical::plan::{Modality, Plan, PlanItem, PlanOption};
use crate::clinical::time::Instant;

macro_rules! columns {
    () => {
        "id, patient_id, visit_id, version, set_at, unchanged, note, keeps"
    };
}

/// The columns of an item; the statement names its table `plan_item`.
macro_rules! items {
    () => {
        "plan_item.id, plan_item.piece_id, plan_item.modality, plan_item.what, plan_item.state, plan_item.next_step, \
         plan_item.due, plan_item.wakes_of, plan_item.wakes_than, plan_item.wakes_tenths, plan_item.books, \
         plan_item.booked_visit_id, plan_item.expected_relief, plan_item.problem_id, plan_item.effect_percent, \
         plan_item.outcome, plan_item.why"
    };
}
pub(super) use items;

statements! {
    NEWEST_BELOW = concat!("SELECT ", columns!(), " FROM plan WHERE patient_id = ?1 AND version < ?2
        ORDER BY version DESC LIMIT 1");
    OF_VISIT = concat!("SELECT ", columns!(), " FROM plan WHERE visit_id = ?1 ORDER BY version DESC LIMIT 1");
    NEWEST = concat!("SELECT ", columns!(), " FROM plan WHERE patient_id = ?1 ORDER BY version DESC LIMIT ?2");
    ITEMS = concat!("SELECT ", items!(), " FROM plan_item WHERE plan_id = ?1 ORDER BY position");
    ALL_ITEMS = concat!("SELECT ", items!(), ", plan_item.plan_id
        FROM plan_item WHERE plan_item.plan_id IN (SELECT value FROM json_each(?1)) ORDER BY plan_item.position");
    TARGETS = "SELECT id, measure, fall_percent, to_tenths, from_tenths, from_date, by_date FROM plan_target
        WHERE plan_id = ?1 ORDER BY position";
    OPTIONS = "SELECT id, what, chosen, why FROM plan_option WHERE plan_id = ?1 ORDER BY position";
    /// The newest version is looked up at the end of each patient's versions: there may be hundreds before it.
    BRIEFS = "SELECT plan.id, plan.patient_id, plan.version, plan.unchanged, plan.set_at
        FROM json_each(?1) AS asked CROSS JOIN plan ON plan.patient_id = asked.value
        AND plan.version = (SELECT max(version) FROM plan AS newer WHERE newer.patient_id = asked.value)";
    NEWEST_ITEMS = concat!("SELECT ", items!(), ", plan.patient_id
        FROM json_each(?1) AS asked CROSS JOIN plan ON plan.patient_id = asked.value
        AND plan.version = (SELECT max(version) FROM plan AS newer WHERE newer.patient_id = asked.value)
        CROSS JOIN plan_item ON plan_item.plan_id = coalesce(plan.keeps, plan.id)
        ORDER BY plan_item.position");
    BRIEFS_OF_VISITS = "SELECT id, visit_id, max(version), unchanged, set_at FROM plan
        WHERE visit_id IN (SELECT value FROM json_each(?1)) GROUP BY visit_id";
    /// The referral that was written for a piece.
    REFERRED = "SELECT id FROM referral INDEXED BY referral_piece WHERE piece_id = ?1 ORDER BY written, id LIMIT 1";
    /// Why the letter of a piece is not written, where the piece stands as it stood.
    LET_GO = "SELECT id, let_go FROM plan_item WHERE plan_id = ?1 AND piece_id = ?2 AND what = ?3 AND due IS ?4
        AND wakes_of IS NULL AND let_go IS NOT NULL LIMIT 1";
    PLANNED_FOR = "SELECT plan_item.id, plan_item.problem_id FROM plan_item JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.booked_visit_id = ?1 ORDER BY plan.version DESC LIMIT 1";
    EXPECTED = "SELECT plan_item.id, plan_item.expected_relief FROM plan_item JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.booked_visit_id = ?1 AND plan_item.expected_relief IS NOT NULL ORDER BY plan.version DESC LIMIT 1";
    PLANNED = "SELECT plan_item.id, plan_item.booked_visit_id, max(plan.version), plan_item.what
        FROM plan_item JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.booked_visit_id IN (SELECT value FROM json_each(?1)) GROUP BY plan_item.booked_visit_id";
}

const READING: Reading = Reading { table: "plan", doing: "reading plans" };
const READING_ITEMS: Reading = Reading { table: "plan_item", doing: "reading plans" };
const KEEPING: &str = "keeping a plan";

fn read(cells: &mut Cells) -> Result<(Plan, Option<PlanId>), StoreError> {
    let plan = Plan {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        version: cells.number()?,
        set_at: cells.at()?,
        unchanged: cells.flag()?,
        items: Vec::new(),
        targets: Vec::new(),
        options: Vec::new(),
        note: cells.text()?,
    };
    Ok((plan, cells.opt_id()?))
}

/// An item, from the columns of `items!`.
pub(super) fn read_item(cells: &mut Cells) -> Result<PlanItem, StoreError> {
    Ok(PlanItem {
        id: cells.id()?,
        piece: cells.id()?,
        modality: cells.word()?,
        what: cells.text()?,
        state: cells.word()?,
        next_step: cells.text()?,
        due: cells.opt_date()?,
        wakes: read_wakes(cells)?,
        books: cells.opt_word()?,
        booked: cells.opt_id()?,
        expected_relief: cells.opt_number()?,
        problem: cells.opt_id()?,
        effect_percent: cells.opt_number()?,
        outcome: cells.opt_word()?,
        why: cells.text()?,
    })
}

fn read_wakes(cells: &mut Cells) -> Result<Option<Wakes>, StoreError> {
    match (cells.opt_word()?, cells.opt_word()?, cells.opt_number()?) {
        (Some(of), Some(than), Some(tenths)) => Ok(Some(Wakes { of, than, tenths })),
        (None, None, None) => Ok(None),
        _ => Err(cells.wrong()),
    }
}

fn read_target(cells: &mut Cells) -> Result<PlanTarget, StoreError> {
    let (id, of) = (cells.id()?, cells.word()?);
    let aim = match (cells.opt_number()?, cells.opt_number()?) {
        (Some(percent), None) => Aim::Fall(percent),
        (None, Some(tenths)) => Aim::To(tenths),
        _ => return Err(cells.wrong()),
    };
    let from = match (cells.opt_number()?, cells.opt_date()?) {
        (Some(tenths), Some(on)) => Some((tenths, on)),
        (None, None) => None,
        _ => return Err(cells.wrong()),
    };
    Ok(PlanTarget { id, of, aim, from, by: cells.date()? })
}

fn read_option(cells: &mut Cells) -> Result<PlanOption, StoreError> {
    Ok(PlanOption { id: cells.id()?, what: cells.text()?, chosen: cells.word()?, why: cells.text()? })
}

/// The newest versions of a patient's plan, at most so many, each with its own items, oldest first: one that kept the plan
/// has none.
pub(super) fn newest(conn: &Connection, patient: PatientId, most: u32) -> Result<Vec<Plan>, StoreError> {
    let mut plans = READING.all(conn, NEWEST, params![patient.to_string(), most], read)?;
    plans.reverse();
    let ids = list(plans.iter().map(|(plan, _)| plan.id));
    let mut items: BTreeMap<PlanId, Vec<PlanItem>> = BTreeMap::new();
    READING_ITEMS.each(conn, ALL_ITEMS, [ids], |cells| {
        let item = read_item(cells)?;
        items.entry(cells.id()?).or_default().push(item);
        Ok(true)
    })?;
    for (plan, _) in &mut plans {
        plan.items = items.remove(&plan.id).unwrap_or_default();
    }
    Ok(plans.into_iter().map(|(plan, _)| plan).collect())
}

fn with_items(conn: &Connection, found: Option<(Plan, Option<PlanId>)>) -> Result<Option<Plan>, StoreError> {
    let Some((mut plan, keeps)) = found else { return Ok(None) };
    let of = keeps.unwrap_or(plan.id).to_string();
    plan.items = READING_ITEMS.all(conn, ITEMS, [&of], read_item)?;
    plan.targets = Reading { table: "plan_target", ..READING }.all(conn, TARGETS, [&of], read_target)?;
    plan.options = Reading { table: "plan_option", ..READING }.all(conn, OPTIONS, [&of], read_option)?;
    Ok(Some(plan))
}

/// A patient's current plan, with the items it keeps where it was unchanged.
pub(super) fn current(conn: &Connection, patient: PatientId) -> Result<Option<Plan>, StoreError> {
    before_version(conn, patient, u32::MAX)
}

/// The newest version before one.
pub(super) fn before_version(conn: &Connection, patient: PatientId, version: u32) -> Result<Option<Plan>, StoreError> {
    with_items(conn, READING.one(conn, NEWEST_BELOW, params![patient.to_string(), version], read)?)
}

/// The plan set for a visit.
pub(super) fn of_visit(conn: &Connection, visit: VisitId) -> Result<Option<Plan>, StoreError> {
    with_items(conn, READING.one(conn, OF_VISIT, [visit.to_string()], read)?)
}

/// What lists need to know of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Brief {
    pub version: u32,
    pub unchanged: bool,
    pub set_at: Instant,
}

fn read_brief<T: std::str::FromStr>(cells: &mut Cells) -> Result<(T, Brief), StoreError> {
    cells.skip();
    Ok((cells.id()?, Brief { version: cells.number()?, unchanged: cells.flag()?, set_at: cells.at()? }))
}

/// The newest versions of many patients at once, in short.
pub(super) fn briefs(
    conn: &Connection,
    patients: impl IntoIterator<Item = PatientId>,
) -> Result<BTreeMap<PatientId, Brief>, StoreError> {
    Ok(READING.all(conn, BRIEFS, [list(patients)], read_brief)?.into_iter().collect())
}

/// The items of the newest versions of many patients at once: those that an unchanged version would keep.
pub(super) fn newest_items(
    conn: &Connection,
    patients: impl IntoIterator<Item = PatientId>,
) -> Result<BTreeMap<PatientId, Vec<PlanItem>>, StoreError> {
    let rows = READING_ITEMS.all(conn, NEWEST_ITEMS, [list(patients)], |cells| {
        let item = read_item(cells)?;
        Ok((cells.id()?, item))
    })?;
    let mut items: BTreeMap<PatientId, Vec<PlanItem>> = BTreeMap::new();
    for (patient, item) in rows {
        items.entry(patient).or_default().push(item);
    }
    Ok(items)
}

/// The plans set for many visits at once, in short.
pub(super) fn briefs_of_visits(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, Brief>, StoreError> {
    Ok(READING.all(conn, BRIEFS_OF_VISITS, [list(visits)], read_brief)?.into_iter().collect())
}

/// What the plan meant to do in the visits it booked, in one line each.
pub(super) fn planned(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, String>, StoreError> {
    let planned = READING_ITEMS.all(conn, PLANNED, [list(visits)], |cells| {
        cells.skip();
        let visit = cells.id()?;
        cells.skip();
        Ok((visit, cells.text()?))
    })?;
    Ok(planned.into_iter().collect())
}

/// The problem for which the plan booked a visit.
pub(super) fn planned_for(conn: &Connection, visit: VisitId) -> Result<Option<ProblemId>, StoreError> {
    let found = READING_ITEMS.one(conn, PLANNED_FOR, [visit.to_string()], |cells| {
        cells.skip();
        cells.opt_id()
    })?;
    Ok(found.flatten())
}

/// The relief that the plan expected of what a visit was booked for.
pub(super) fn expected(conn: &Connection, visit: VisitId) -> Result<Option<u8>, StoreError> {
    READING_ITEMS.one(conn, EXPECTED, [visit.to_string()], |cells| {
        cells.skip();
        cells.number()
    })
}

/// Keeps a version of a plan; its visit and the visits it booked must be there.
pub(super) fn put(tx: &Tx, plan: &Plan) -> Result<(), StoreError> {
    let keeps = if plan.unchanged { kept_by(tx.conn(), plan)? } else { None };
    let is_new = Put::new("plan", KEEPING, plan.id)
        .set("patient_id", key(plan.patient))
        .set("visit_id", opt(plan.visit, key))
        .set("version", number(plan.version))
        .set("set_at", at(plan.set_at))
        .set("unchanged", flag(plan.unchanged))
        .set("keeps", opt(keeps, key))
        .set("note", text(&plan.note))
        .put_telling(tx)?;
    if plan.unchanged {
        return Ok(());
    }
    let owner_id = plan.id.to_string();
    let before = held_before(tx.conn(), plan)?;
    let letters: Vec<Letter> =
        plan.items.iter().map(|item| letter_of(tx.conn(), before, item)).collect::<Result<_, _>>()?;
    let rows = plan.items.iter().zip(letters).map(|(item, letter)| {
        Put::new("plan_item", KEEPING, item.id)
            .set("referral_id", opt(letter.referral, key))
            .set("let_go", opt_text(letter.let_go.as_ref()))
            .set("piece_id", key(item.piece))
            .set("modality", word(item.modality))
            .set("what", text(&item.what))
            .set("state", word(item.state))
            .set("next_step", text(&item.next_step))
            .set("due", opt(item.due, date))
            .set("books", opt(item.books, word))
            .set("booked_visit_id", opt(item.booked, key))
            .set("problem_id", opt(item.problem, key))
            .set("wakes_of", opt(item.wakes, |wakes| word(wakes.of)))
            .set("wakes_than", opt(item.wakes, |wakes| word(wakes.than)))
            .set("wakes_tenths", opt(item.wakes, |wakes| number(wakes.tenths)))
            .set("expected_relief", opt(item.expected_relief, number))
            .set("effect_percent", opt(item.effect_percent, number))
            .set("outcome", opt(item.outcome, word))
            .set("why", text(&item.why))
    });
    let owned = |table| Owned { table, doing: KEEPING, owner: "plan_id", owner_id: &owner_id };
    owned("plan_item").put_knowing(tx, rows.collect(), is_new)?;
    owned("plan_target").put_knowing(tx, plan.targets.iter().map(target_row).collect(), is_new)?;
    owned("plan_option").put_knowing(tx, plan.options.iter().map(option_row).collect(), is_new)?;
    Ok(())
}

/// What became of the letter of a piece that means a referral.
#[derive(Debug, Default)]
struct Letter {
    referral: Option<ReferralId>,
    let_go: Option<String>,
}

/// A new version asks for no letter that is written already, and for none that somebody let go while the piece stood as it
/// stands.
fn letter_of(conn: &Connection, before: Option<PlanId>, item: &PlanItem) -> Result<Letter, StoreError> {
    if item.modality != Modality::Referral {
        return Ok(Letter::default());
    }
    let piece = item.piece.to_string();
    let reading = Reading { table: "referral", ..READING };
    let referral: Option<ReferralId> = reading.one(conn, REFERRED, [&piece], |cells: &mut Cells| cells.id())?;
    let let_go = match before.filter(|_| referral.is_none() && item.wakes.is_none()) {
        Some(before) => {
            let due = item.due.map(|due| due.to_string());
            let asked = params![before.to_string(), piece, item.what, due];
            READING_ITEMS.one(conn, LET_GO, asked, |cells| {
                cells.skip();
                cells.text()
            })?
        }
        None => None,
    };
    Ok(Letter { referral, let_go })
}

/// The version of a patient's plan that holds its items: the newest, or the one that it keeps.
pub(super) fn holding(conn: &Connection, patient: PatientId) -> Result<Option<PlanId>, StoreError> {
    let newest = READING.one(conn, NEWEST_BELOW, params![patient.to_string(), u32::MAX], read)?;
    Ok(newest.map(|(plan, keeps)| keeps.unwrap_or(plan.id)))
}

fn target_row(target: &PlanTarget) -> Put {
    let (fall, to) = match target.aim {
        Aim::Fall(percent) => (Some(percent), None),
        Aim::To(tenths) => (None, Some(tenths)),
    };
    Put::new("plan_target", KEEPING, target.id)
        .set("measure", word(target.of))
        .set("fall_percent", opt(fall, number))
        .set("to_tenths", opt(to, number))
        .set("from_tenths", opt(target.from, |(tenths, _)| number(tenths)))
        .set("from_date", opt(target.from, |(_, on)| date(on)))
        .set("by_date", date(target.by))
}

fn option_row(option: &PlanOption) -> Put {
    Put::new("plan_option", KEEPING, option.id)
        .set("what", text(&option.what))
        .set("chosen", word(option.chosen))
        .set("why", text(&option.why))
}

/// The version whose items held before this one.
pub(super) fn held_before(conn: &Connection, plan: &Plan) -> Result<Option<PlanId>, StoreError> {
    kept_by(conn, plan)
}

/// The version whose items an unchanged one keeps; none where there is no version before, which the file refuses.
fn kept_by(conn: &Connection, plan: &Plan) -> Result<Option<PlanId>, StoreError> {
    let before = READING.one(conn, NEWEST_BELOW, params![plan.patient.to_string(), plan.version], read)?;
    Ok(before.map(|(before, keeps)| keeps.unwrap_or(before.id)))
}
