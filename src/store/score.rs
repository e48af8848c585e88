//! Scores, item by item with their provenance.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{self, Put, Reading, date, flag, key, list, provenance, statements, word};
use super::tx::Tx;
use crate::clinical::id::{PatientId, ScoreId, VisitId};
use crate::clinical::models::TrendPoint;
use crate::clinical::score::{Score, Scores};

statements! {
    OF_VISITS = "SELECT id, visit_id, item, answer, value FROM score
        WHERE visit_id IN (SELECT value FROM json_each(?1)) AND waiting = 0";
    WHOLE_OF_VISIT = "SELECT id, item, answer, value, at, how, reported_by, initials, waiting FROM score
        WHERE visit_id = ?1";
    WAITING_OF_VISITS = "SELECT id, visit_id FROM score INDEXED BY score_waiting
        WHERE visit_id IN (SELECT value FROM json_each(?1)) AND waiting = 1";
    WAITING = "SELECT id, visit_id, item, answer, value, at, how, reported_by, initials FROM score
        INDEXED BY score_waiting_of WHERE patient_id = ?1 AND waiting = 1 ORDER BY date, visit_id";
    HEADLINES = "SELECT visit_id, item, value FROM score INDEXED BY score_headline
        WHERE patient_id = ?1 AND date < ?2 AND answer = 'given' AND item IN ('nrs_now','nrs_average') AND waiting = 0
        ORDER BY date DESC, visit_id DESC";
    NEWEST = "SELECT id, visit_id, date, item, answer, value FROM score
        WHERE patient_id = ?1 AND date < ?2 AND waiting = 0 ORDER BY date DESC, visit_id DESC";
}

const READING: Reading = Reading { table: "score", doing: "reading scores" };
const KEEPING: &str = "keeping a score";

/// How many earlier visits the spark line of a row shows.
const SPARK: usize = 6;
/// How many earlier visits a trend shows.
const TREND: usize = 12;

/// The answers of many visits at once; a visit without any is not among them, nor what waits to be confirmed.
pub(super) fn of_visits(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, Scores>, StoreError> {
    let mut out: BTreeMap<VisitId, Scores> = BTreeMap::new();
    READING.each(conn, OF_VISITS, [list(visits)], |cells| {
        cells.skip();
        let (visit, item, answer) = (cells.id()?, cells.word()?, cells.answer()?);
        *out.entry(visit).or_default().slot(item) = Some(answer);
        Ok(true)
    })?;
    Ok(out)
}

/// The answers of one visit.
pub(super) fn of_visit(conn: &Connection, visit: VisitId) -> Result<Scores, StoreError> {
    Ok(of_visits(conn, [visit])?.remove(&visit).unwrap_or_default())
}

/// The scores of one visit with their provenance.
pub(super) fn whole_of_visit(conn: &Connection, visit: VisitId) -> Result<Vec<Score>, StoreError> {
    READING.all(conn, WHOLE_OF_VISIT, [visit.to_string()], |cells| {
        Ok(Score {
            id: cells.id()?,
            item: cells.word()?,
            answer: cells.answer()?,
            given: provenance(cells)?,
            waiting: cells.flag()?,
        })
    })
}

/// The headline scores of a patient's visits before a day, oldest first: the last six.
pub(super) fn headlines(conn: &Connection, patient: PatientId, before: NaiveDate) -> Result<Vec<u8>, StoreError> {
    let mut visits: Vec<(String, Option<u8>, Option<u8>)> = Vec::new();
    READING.each(conn, HEADLINES, [patient.to_string(), before.to_string()], |cells| {
        let (visit, item, value) = (cells.text()?, cells.text()?, cells.number::<u8>()?);
        if visits.last().is_none_or(|(last, ..)| *last != visit) {
            if visits.len() == SPARK {
                return Ok(false);
            }
            visits.push((visit, None, None));
        }
        if let Some((_, now, average)) = visits.last_mut() {
            *(if item == "nrs_now" { now } else { average }) = Some(value);
        }
        Ok(true)
    })?;
    Ok(visits.into_iter().rev().filter_map(|(_, now, average)| now.or(average)).collect())
}

/// The scores of a patient's visits before a day, oldest first: the last twelve.
pub(super) fn trend(conn: &Connection, patient: PatientId, before: NaiveDate) -> Result<Vec<TrendPoint>, StoreError> {
    newest(conn, patient, before, NaiveDate::MIN)
}

/// The scores of a patient's visits after a day, oldest first: the last twelve.
pub(super) fn since(conn: &Connection, patient: PatientId, day: NaiveDate) -> Result<Vec<TrendPoint>, StoreError> {
    newest(conn, patient, super::chart::END_OF_TIME, day)
}

fn newest(
    conn: &Connection,
    patient: PatientId,
    before: NaiveDate,
    after: NaiveDate,
) -> Result<Vec<TrendPoint>, StoreError> {
    let mut points: Vec<(VisitId, TrendPoint)> = Vec::new();
    READING.each(conn, NEWEST, [patient.to_string(), before.to_string()], |cells| {
        cells.skip();
        let (visit, date, item, answer) = (cells.id()?, cells.date()?, cells.word()?, cells.answer()?);
        if date <= after {
            return Ok(false);
        }
        if points.last().is_none_or(|(last, _)| *last != visit) {
            if points.len() == TREND {
                return Ok(false);
            }
            points.push((visit, TrendPoint { date, scores: Scores::default() }));
        }
        if let Some((_, point)) = points.last_mut() {
            *point.scores.slot(item) = Some(answer);
        }
        Ok(true)
    })?;
    Ok(points.into_iter().rev().map(|(_, point)| point).collect())
}

/// The scores of a visit that wait to be confirmed, of many visits: how many each has.
pub(super) fn waiting_of_visits(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, usize>, StoreError> {
    READING.count_by_visit(conn, WAITING_OF_VISITS, visits)
}

/// The scores of a patient that wait to be confirmed, each with its visit.
pub(super) fn waiting(conn: &Connection, patient: PatientId) -> Result<Vec<(VisitId, Score)>, StoreError> {
    READING.all(conn, WAITING, [patient.to_string()], |cells| {
        let id = cells.id()?;
        let visit = cells.id()?;
        let (item, answer) = (cells.word()?, cells.answer()?);
        Ok((visit, Score { id, item, answer, given: provenance(cells)?, waiting: true }))
    })
}

/// A score waits no more.
pub(super) fn confirm(tx: &Tx, id: ScoreId) -> Result<(), StoreError> {
    Put::new("score", KEEPING, id).set("waiting", flag(false)).put_existing(tx)
}

/// Keeps the score of an item; a visit has one of each. Asked again it keeps its identity, and where the answer and the
/// way it was given are the same, also when it was given. Says whether it is news.
pub(super) fn put(
    tx: &Tx,
    visit: VisitId,
    patient: PatientId,
    day: NaiveDate,
    score: &Score,
) -> Result<bool, StoreError> {
    let stored = whole_of_visit(tx.conn(), visit)?;
    let old = stored.iter().find(|old| old.item == score.item);
    row_over((visit, patient, day), score, old).put(tx)?;
    Ok(old.is_none_or(|old| !is_same(old, score) || old.waiting != score.waiting))
}

/// Keeps all scores of a visit: those not among them go.
pub(super) fn put_all(
    tx: &Tx,
    visit: VisitId,
    patient: PatientId,
    day: NaiveDate,
    scores: &[Score],
) -> Result<(), StoreError> {
    let stored = whole_of_visit(tx.conn(), visit)?;
    for gone in stored.iter().filter(|old| !scores.iter().any(|score| score.item == old.item)) {
        row::delete(tx, "score", KEEPING, gone.id)?;
    }
    let over = |score: &Score| stored.iter().find(|old| old.item == score.item);
    let rows: Vec<Put> = scores.iter().map(|score| row_over((visit, patient, day), score, over(score))).collect();
    row::put_all(tx, &rows, stored.is_empty())
}

fn row_over((visit, patient, day): (VisitId, PatientId, NaiveDate), score: &Score, stored: Option<&Score>) -> Put {
    let same = stored.filter(|old| is_same(old, score));
    let id: ScoreId = stored.map_or(score.id, |old| old.id);
    let given = same.map_or(&score.given, |old| &old.given);
    Put::new("score", KEEPING, id)
        .set("visit_id", key(visit))
        .set("patient_id", key(patient))
        .set("date", date(day))
        .set("item", word(score.item))
        .set_answer(["answer", "value"], Some(score.answer))
        .set_provenance(given)
        .set("waiting", flag(score.waiting))
}

/// Whether the same answer was given the same way: then it keeps when, and who took it down.
fn is_same(old: &Score, new: &Score) -> bool {
    old.answer == new.answer && old.given.same_way(&new.given)
}
