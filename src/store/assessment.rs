//! Assessments; their scores are in [`super::score`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::asked::Kept;
use super::error::StoreError;
use super::row::{Cells, Put, Reading, at, date, flag, key, list, opt, statements, text, word};
use super::tx::Tx;
use super::{asked, body, score};
use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::body::Body;
use crate::clinical::id::{AssessmentId, PatientId, PlanId, VisitId};
use crate::clinical::red_flag;
use crate::clinical::score::Scores;
use crate::clinical::time::Instant;

macro_rules! columns {
    () => {
        "id, visit_id, patient_id, date, completed_at, place, history, examination, impression, red_flags, \
         red_flag_note, red_flag_action, answered_by, plan_let_go"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM assessment WHERE id = ?1");
    OF_VISIT = concat!("SELECT ", columns!(), " FROM assessment WHERE visit_id = ?1");
    LAST_BEFORE = concat!("SELECT ", columns!(), " FROM assessment WHERE patient_id = ?1 AND date < ?2
        ORDER BY date DESC, completed_at DESC LIMIT 1");
    BRIEFS = "SELECT id, visit_id, patient_id, date, completed_at, answered_by, red_flags, impression FROM assessment
        WHERE visit_id IN (SELECT value FROM json_each(?1))";
    WITHOUT_PLAN = "SELECT id, visit_id, patient_id, date, completed_at, answered_by, red_flags, impression FROM assessment INDEXED BY assessment_without_plan
        WHERE answered_by IS NULL AND plan_let_go IS NULL AND date <= ?1 ORDER BY date, id";
    UNANSWERED_OF = "SELECT id FROM assessment WHERE patient_id = ?1 AND answered_by IS NULL AND plan_let_go IS NULL
        ORDER BY date DESC, completed_at DESC";
    RED_FLAGS = "SELECT id, visit_id, patient_id, date, red_flag_note,
        (SELECT present FROM assessment_red_flags WHERE assessment_red_flags.id = assessment.id)
        FROM assessment INDEXED BY assessment_red_flag
        WHERE red_flags = 'present' AND red_flag_action = '' AND date <= ?1 ORDER BY date, id";
}

const READING: Reading = Reading { table: "assessment", doing: "reading assessments" };
const KEEPING: &str = "keeping an assessment";

fn read(cells: &mut Cells) -> Result<Assessment, StoreError> {
    Ok(Assessment {
        id: cells.id()?,
        visit: cells.id()?,
        patient: cells.id()?,
        date: cells.date()?,
        completed_at: cells.at()?,
        scores: Scores::default(),
        place: cells.text()?,
        body: Body::default(),
        history: cells.text()?,
        examination: cells.text()?,
        impression: cells.text()?,
        red_flags: cells.opt_word()?,
        red_flag_note: cells.text()?,
        red_flag_action: cells.text()?,
        answered_by: cells.opt_id()?,
        plan_let_go: cells.opt_text()?,
        asked: Box::default(),
    })
}

fn with_scores(conn: &Connection, assessment: Option<Assessment>) -> Result<Option<Assessment>, StoreError> {
    let Some(mut assessment) = assessment else { return Ok(None) };
    assessment.scores = score::of_visit(conn, assessment.visit)?;
    assessment.body = body::of(conn, assessment.id)?;
    assessment.asked = Box::new(asked::of(conn, assessment.id)?);
    Ok(Some(assessment))
}

/// The assessment of a visit.
pub(super) fn of_visit(conn: &Connection, visit: VisitId) -> Result<Option<Assessment>, StoreError> {
    with_scores(conn, READING.one(conn, OF_VISIT, [visit.to_string()], read)?)
}

/// A patient's last assessment before a day.
pub(super) fn last_before(
    conn: &Connection,
    patient: PatientId,
    day: NaiveDate,
) -> Result<Option<Assessment>, StoreError> {
    with_scores(conn, READING.one(conn, LAST_BEFORE, [patient.to_string(), day.to_string()], read)?)
}

/// What lists need to know of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Brief {
    pub id: AssessmentId,
    pub visit: VisitId,
    pub patient: PatientId,
    pub date: NaiveDate,
    pub completed_at: Instant,
    pub answered_by: Option<PlanId>,
    pub red_flags: Option<RedFlags>,
    pub impression: String,
}

fn read_brief(cells: &mut Cells) -> Result<Brief, StoreError> {
    Ok(Brief {
        id: cells.id()?,
        visit: cells.id()?,
        patient: cells.id()?,
        date: cells.date()?,
        completed_at: cells.at()?,
        answered_by: cells.opt_id()?,
        red_flags: cells.opt_word()?,
        impression: cells.text()?,
    })
}

/// The assessments of many visits at once, in short.
pub(super) fn briefs(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, Brief>, StoreError> {
    let briefs = READING.all(conn, BRIEFS, [list(visits)], read_brief)?;
    Ok(briefs.into_iter().map(|brief| (brief.visit, brief)).collect())
}

/// Assessments of any day up to this one for which a plan is due.
pub(super) fn without_plan(conn: &Connection, to: NaiveDate) -> Result<Vec<Brief>, StoreError> {
    READING.all(conn, WITHOUT_PLAN, [to.to_string()], read_brief)
}

fn read_id(cells: &mut Cells) -> Result<AssessmentId, StoreError> {
    cells.id()
}

/// A patient's assessments for which a plan is due, newest first.
pub(super) fn unanswered_of(conn: &Connection, patient: PatientId) -> Result<Vec<AssessmentId>, StoreError> {
    READING.all(conn, UNANSWERED_OF, [patient.to_string()], read_id)
}

/// A red flag on which nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenRedFlag {
    pub assessment: AssessmentId,
    pub visit: VisitId,
    pub patient: PatientId,
    pub date: NaiveDate,
    pub note: String,
}

/// Red flags of any day up to this one on which nothing was written.
pub(super) fn open_red_flags(conn: &Connection, to: NaiveDate) -> Result<Vec<OpenRedFlag>, StoreError> {
    READING.all(conn, RED_FLAGS, [to.to_string()], |cells| {
        Ok(OpenRedFlag {
            assessment: cells.id()?,
            visit: cells.id()?,
            patient: cells.id()?,
            date: cells.date()?,
            note: {
                let note = cells.text()?;
                red_flag::present(&asked::present(cells)?, &note)
            },
        })
    })
}

/// Keeps an assessment; a visit has one, which keeps its identity and the moment at which it was first complete. Which
/// plan answered it is set by the plan alone. What it asked is in [`super::asked`]; `findings` is what is read from its
/// examination. Gives the identity it has in the file.
pub(super) fn put(tx: &Tx, assessment: &Assessment, findings: &str) -> Result<(AssessmentId, Kept), StoreError> {
    let stored = READING.one(tx.conn(), OF_VISIT, [assessment.visit.to_string()], read)?;
    let first = stored.as_ref();
    let answered_by = first.map_or(assessment.answered_by, |old| old.answered_by);
    let plan_let_go = first.map_or(assessment.plan_let_go.as_ref(), |old| old.plan_let_go.as_ref());
    let id = first.map_or(assessment.id, |old| old.id);
    Put::new("assessment", KEEPING, id)
        .set("visit_id", key(assessment.visit))
        .set("patient_id", key(assessment.patient))
        .set("date", date(assessment.date))
        .set("completed_at", at(first.map_or(assessment.completed_at, |old| old.completed_at)))
        .set("place", text(&assessment.place))
        .set("history", text(&assessment.history))
        .set("examination", text(&assessment.examination))
        .set("findings", text(findings))
        .set("impression", text(&assessment.impression))
        .set("red_flags", opt(assessment.red_flags, word))
        .set("red_flag_note", text(&assessment.red_flag_note))
        .set("red_flag_action", text(&assessment.red_flag_action))
        .set("answered_by", opt(answered_by, key))
        .set("plan_let_go", opt(plan_let_go.map(String::as_str), text))
        .set("opioid_reviewed", opt((!assessment.asked.opioid.is_blank()).then_some(true), flag))
        .put(tx)?;
    let kept = if stored.is_some() { Kept::Again } else { Kept::First };
    body::put(tx, (id, kept), &assessment.body)?;
    Ok((id, kept))
}

/// Notes what was done about a red flag; gives the visit.
pub(super) fn act_on_red_flag(tx: &Tx, id: AssessmentId, action: &str) -> Result<VisitId, StoreError> {
    Put::new("assessment", KEEPING, id).set("red_flag_action", text(action)).put_existing(tx)?;
    let stored = READING.one(tx.conn(), BY_ID, [id.to_string()], read)?;
    stored.map(|assessment| assessment.visit).ok_or(StoreError::Gone { table: READING.table })
}

/// Notes the plan version that answers an assessment.
pub(super) fn answer(tx: &Tx, id: AssessmentId, plan: PlanId) -> Result<(), StoreError> {
    Put::new("assessment", KEEPING, id)
        .set("answered_by", key(plan))
        .set("plan_let_go", rusqlite::types::Value::Null)
        .put_existing(tx)
}

/// Notes why no plan will be made for an assessment.
pub(super) fn let_plan_go(tx: &Tx, id: AssessmentId, reason: &str) -> Result<(), StoreError> {
    Put::new("assessment", KEEPING, id).set("plan_let_go", text(reason)).put_existing(tx)
}
