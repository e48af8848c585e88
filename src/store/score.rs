//! Scores, item by item with their provenance.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{self, Put, Reading, at, date, key, list, statements, word};
use super::tx::Tx;
use crate::clinical::id::{PatientId, ScoreId, VisitId};
use crate::clinical::models::TrendPoint;
use crate::clinical::score::{Score, Scores};

statements! {
    OF_VISITS = "SELECT id, visit_id, item, answer, value FROM score
        WHERE visit_id IN (SELECT value FROM json_each(?1))";
    WHOLE_OF_VISIT = "SELECT id, item, answer, value, at, how FROM score WHERE visit_id = ?1";
    HEADLINES = "SELECT visit_id, item, value FROM score INDEXED BY score_headline
        WHERE patient_id = ?1 AND date < ?2 AND answer = 'given' AND item IN ('nrs_now','nrs_average')
        ORDER BY date DESC, visit_id DESC";
    NEWEST = "SELECT id, visit_id, date, item, answer, value FROM score
        WHERE patient_id = ?1 AND date < ?2 ORDER BY date DESC, visit_id DESC";
}

const READING: Reading = Reading { table: "score", doing: "reading scores" };
const KEEPING: &str = "keeping a score";

/// How many earlier visits the spark line of a row shows.
const SPARK: usize = 6;
/// How many earlier visits a trend shows.
const TREND: usize = 12;

/// The answers of many visits at once; a visit without any is not among them.
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
        Ok(Score { id: cells.id()?, item: cells.word()?, answer: cells.answer()?, at: cells.at()?, how: cells.word()? })
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
    let mut points: Vec<(VisitId, TrendPoint)> = Vec::new();
    READING.each(conn, NEWEST, [patient.to_string(), before.to_string()], |cells| {
        cells.skip();
        let (visit, date, item, answer) = (cells.id()?, cells.date()?, cells.word()?, cells.answer()?);
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
    put_over(tx, visit, patient, day, score, old)?;
    Ok(old.is_none_or(|old| old.answer != score.answer || old.how != score.how))
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
    for score in scores {
        put_over(tx, visit, patient, day, score, stored.iter().find(|old| old.item == score.item))?;
    }
    Ok(())
}

fn put_over(
    tx: &Tx,
    visit: VisitId,
    patient: PatientId,
    day: NaiveDate,
    score: &Score,
    stored: Option<&Score>,
) -> Result<(), StoreError> {
    let same = stored.filter(|old| old.answer == score.answer && old.how == score.how);
    let id: ScoreId = stored.map_or(score.id, |old| old.id);
    Put::new("score", KEEPING, id)
        .set("visit_id", key(visit))
        .set("patient_id", key(patient))
        .set("date", date(day))
        .set("item", word(score.item))
        .set_answer(["answer", "value"], Some(score.answer))
        .set("at", at(same.map_or(score.at, |old| old.at)))
        .set("how", word(score.how))
        .put(tx)
}
