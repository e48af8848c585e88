//! Problems with the history of their certainty, and their own scores; treatments tried.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::StoreError;
use super::row::{self, Cells, Owned, Put, Reading, date, key, list, number, opt, opt_text, statements, text, word};
use super::tx::Tx;
use crate::clinical::code_set::Code;
use crate::clinical::history::TreatmentTried;
use crate::clinical::id::{PatientId, ProblemId};
use crate::clinical::problem::{CertaintyOn, Problem};
use crate::clinical::since::Since;

macro_rules! columns {
    () => {
        "id, patient_id, condition, condition_id, code, code_set, place, side, mechanism, since, ended"
    };
}

statements! {
    CURRENT = concat!("SELECT ", columns!(), " FROM problem
        WHERE patient_id IN (SELECT value FROM json_each(?1)) AND ended IS NULL ORDER BY patient_id, position");
    ENDED = concat!("SELECT ", columns!(), " FROM problem WHERE patient_id = ?1 AND ended IS NOT NULL
        ORDER BY ended DESC, position");
    CERTAINTY = "SELECT id, problem_id, on_date, certainty FROM problem_certainty
        WHERE problem_id IN (SELECT value FROM json_each(?1)) ORDER BY problem_id, position";
    TRIED = "SELECT id, what, from_time, to_time, best_dose, effect_percent, why_stopped, modality, outcome FROM treatment_tried
        WHERE patient_id = ?1 ORDER BY position";
    POINTED_TO = "SELECT id FROM problem_score WHERE problem_id = ?1
        UNION ALL SELECT id FROM procedure WHERE problem_id = ?1
        UNION ALL SELECT id FROM plan_item WHERE problem_id = ?1 LIMIT 1";
}

const READING: Reading = Reading { table: "problem", doing: "reading problems" };
const KEEPING: &str = "keeping a problem";

fn since(cells: &mut Cells) -> Result<Option<Since>, StoreError> {
    let Some(text) = cells.opt_text()? else { return Ok(None) };
    Since::from_iso(&text).map(Some).ok_or_else(|| cells.wrong())
}

fn read(cells: &mut Cells) -> Result<(PatientId, Problem), StoreError> {
    let (id, patient) = (cells.id()?, cells.id()?);
    let (condition, condition_id) = (cells.text()?, cells.opt_text()?);
    let code = match (cells.opt_text()?, cells.opt_text()?) {
        (Some(code), Some(set)) => Some(Code { set, code }),
        (None, None) => None,
        _ => return Err(cells.wrong()),
    };
    let problem = Problem {
        id,
        condition,
        condition_id,
        code,
        place: cells.text()?,
        side: cells.opt_word()?,
        mechanism: cells.opt_word()?,
        certainty: Vec::new(),
        since: since(cells)?,
        ended: cells.opt_date()?,
    };
    Ok((patient, problem))
}

fn with_certainty(
    conn: &Connection,
    mut found: Vec<(PatientId, Problem)>,
) -> Result<Vec<(PatientId, Problem)>, StoreError> {
    if found.is_empty() {
        return Ok(found);
    }
    let mut certainty: BTreeMap<ProblemId, Vec<CertaintyOn>> = BTreeMap::new();
    let ids = list(found.iter().map(|(_, problem)| problem.id));
    Reading { table: "problem_certainty", ..READING }.each(conn, CERTAINTY, [ids], |cells| {
        let (id, problem) = (cells.id()?, cells.id()?);
        let one = CertaintyOn { id, on: cells.date()?, certainty: cells.word()? };
        certainty.entry(problem).or_default().push(one);
        Ok(true)
    })?;
    for (_, problem) in &mut found {
        problem.certainty = certainty.remove(&problem.id).unwrap_or_default();
    }
    Ok(found)
}

/// The problems of many patients that still are some, each in their order.
pub(super) fn current(conn: &Connection, patients: &str) -> Result<BTreeMap<PatientId, Vec<Problem>>, StoreError> {
    let mut out: BTreeMap<PatientId, Vec<Problem>> = BTreeMap::new();
    for (patient, problem) in with_certainty(conn, READING.all(conn, CURRENT, [patients], read)?)? {
        out.entry(patient).or_default().push(problem);
    }
    Ok(out)
}

/// The problems of a patient that are none any more, those that ended last first.
pub(super) fn ended(conn: &Connection, patient: PatientId) -> Result<Vec<Problem>, StoreError> {
    let found = with_certainty(conn, READING.all(conn, ENDED, [patient.to_string()], read)?)?;
    Ok(found.into_iter().map(|(_, problem)| problem).collect())
}

/// Keeps problems of a patient in this order: those that still are some, and those that ended. What is not among them
/// stays as it is.
pub(super) fn put(tx: &Tx, patient: PatientId, problems: &[Problem]) -> Result<(), StoreError> {
    for (position, problem) in (0_i64..).zip(problems) {
        Put::new("problem", KEEPING, problem.id)
            .set("patient_id", key(patient))
            .set("position", number(position))
            .set("condition", text(&problem.condition))
            .set("condition_id", opt_text(problem.condition_id.as_ref()))
            .set("code", opt(problem.code.as_ref(), |code| text(&code.code)))
            .set("code_set", opt(problem.code.as_ref(), |code| text(&code.set)))
            .set("place", text(&problem.place))
            .set("side", opt(problem.side, word))
            .set("mechanism", opt(problem.mechanism, word))
            .set("since", opt(problem.since, |since| text(&since.iso())))
            .set("ended", opt(problem.ended, date))
            .put(tx)?;
        let owner_id = problem.id.to_string();
        let rows = problem.certainty.iter().map(|at| {
            Put::new("problem_certainty", KEEPING, at.id)
                .set("on_date", date(at.on))
                .set("certainty", word(at.certainty))
        });
        let owned = Owned { table: "problem_certainty", doing: KEEPING, owner: "problem_id", owner_id: &owner_id };
        owned.put(tx, rows.collect())?;
    }
    Ok(())
}

/// Takes away problems that ended on the day they were first thought of, where nothing points to them: they were a slip,
/// not a problem that ended.
pub(super) fn drop_slips(tx: &Tx, problems: &[Problem]) -> Result<(), StoreError> {
    for problem in problems {
        let Some(ended) = problem.ended else { continue };
        let is_pointed_to = || READING.one(tx.conn(), POINTED_TO, [problem.id.to_string()], |_| Ok(()));
        if problem.certainty.iter().any(|at| at.on != ended) || is_pointed_to()?.is_some() {
            continue;
        }
        for at in &problem.certainty {
            row::delete(tx, "problem_certainty", KEEPING, at.id)?;
        }
        row::delete(tx, "problem", KEEPING, problem.id)?;
    }
    Ok(())
}

/// The treatments a patient has tried.
pub(super) fn tried(conn: &Connection, patient: PatientId) -> Result<Vec<TreatmentTried>, StoreError> {
    let reading = Reading { table: "treatment_tried", doing: "reading treatments tried" };
    reading.all(conn, TRIED, [patient.to_string()], |cells| {
        Ok(TreatmentTried {
            id: cells.id()?,
            what: cells.text()?,
            from: since(cells)?,
            to: since(cells)?,
            best_dose: cells.text()?,
            effect_percent: cells.opt_number()?,
            why_stopped: cells.text()?,
            modality: cells.opt_word()?,
            outcome: cells.opt_word()?,
        })
    })
}

/// Keeps all treatments a patient has tried.
pub(super) fn put_tried(tx: &Tx, patient: PatientId, tried: &[TreatmentTried]) -> Result<(), StoreError> {
    let doing = "keeping a treatment tried";
    let owner_id = patient.to_string();
    let rows = tried.iter().map(|one| {
        Put::new("treatment_tried", doing, one.id)
            .set("what", text(&one.what))
            .set("from_time", opt(one.from, |from| text(&from.iso())))
            .set("to_time", opt(one.to, |to| text(&to.iso())))
            .set("best_dose", text(&one.best_dose))
            .set("effect_percent", opt(one.effect_percent, number))
            .set("why_stopped", text(&one.why_stopped))
            .set("modality", opt(one.modality, word))
            .set("outcome", opt(one.outcome, word))
    });
    Owned { table: "treatment_tried", doing, owner: "patient_id", owner_id: &owner_id }.put(tx, rows.collect())?;
    Ok(())
}
