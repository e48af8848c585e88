//! What the scores of a visit are compared with: the first and the last of each measure, and the procedure since the last
//! visit with the pain before it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::row::{Reading, list, statements};
use super::session;
use crate::clinical::exact::Exact;
use crate::clinical::id::{PatientId, ProblemId, VisitId};
use crate::clinical::procedure::Session;
use crate::clinical::response::{Earlier, Measure, ResponseFacts, Treated};
use crate::clinical::score::{Peg, Scores};
use crate::clinical::visit::Visit;

statements! {
    OLDEST = "SELECT id, visit_id, date, item, answer, value FROM score
        WHERE patient_id = ?1 AND date < ?2 ORDER BY date, visit_id";
    NEWEST = "SELECT id, visit_id, date, item, answer, value FROM score
        WHERE patient_id = ?1 AND date < ?2 ORDER BY date DESC, visit_id DESC";
    OF_PROBLEMS = "SELECT problem_score.id, problem_score.problem_id, assessment.date, problem_score.value
        FROM problem_score JOIN assessment ON assessment.id = problem_score.assessment_id
        WHERE problem_score.problem_id IN (SELECT value FROM json_each(?1)) AND problem_score.answer = 'given'
        AND assessment.date < ?2 ORDER BY assessment.date, assessment.completed_at";
}

const READING: Reading = Reading { table: "score", doing: "reading scores" };
/// How many visits are looked through from either end for a measure that was not always asked.
const VISITS: usize = 40;

/// What the scores of a visit are compared with. `last` is the day of the assessment before it.
pub(super) fn facts(
    conn: &Connection,
    visit: &Visit,
    patient: PatientId,
    problems: &[ProblemId],
    last: Option<NaiveDate>,
) -> Result<ResponseFacts, StoreError> {
    let first = of_whole(conn, OLDEST, patient, visit.date)?;
    let newest = of_whole(conn, NEWEST, patient, visit.date)?;
    let whole = newest.into_iter().map(|(measure, last)| {
        let first =
            first.iter().find(|(of, _)| *of == measure).map_or_else(|| last.clone(), |(_, first)| first.clone());
        (measure, first, last)
    });
    let mut earlier: Vec<(Measure, Earlier, Earlier)> = whole.collect();
    let own = of_problems(conn, problems, visit.date)?;
    for (problem, scores) in &own {
        if let (Some(first), Some(last)) = (scores.first(), scores.last()) {
            earlier.push((Measure::Problem(*problem), first.clone(), last.clone()));
        }
    }
    let session = session::last_before(conn, patient, visit.date.succ_opt().unwrap_or(visit.date))?;
    let since = |session: &Session| session.visit != visit.id && last.is_none_or(|last| session.date >= last);
    let treated = session.filter(since).map(|session| treated(&session, &own));
    Ok(ResponseFacts { earlier, treated })
}

fn treated(session: &Session, own: &BTreeMap<ProblemId, Vec<Earlier>>) -> Treated {
    let problem = session.procedures.iter().find_map(|procedure| procedure.problem);
    let before = |scores: &Vec<Earlier>| scores.iter().rev().find(|score| score.date <= session.date).cloned();
    let pain = session.before.and_then(crate::clinical::answer::Answer::value);
    Treated {
        session: session.id,
        date: session.date,
        what: session.summary(),
        problem,
        problem_before: problem.and_then(|problem| own.get(&problem)).and_then(before),
        pain_before: pain.map(|pain| Earlier { date: session.date, value: Exact::whole(pain.into()) }),
    }
}

/// The first of each measure that the statement's order gives.
fn of_whole(
    conn: &Connection,
    sql: &str,
    patient: PatientId,
    before: NaiveDate,
) -> Result<Vec<(Measure, Earlier)>, StoreError> {
    let mut out: Vec<(Measure, Earlier)> = Vec::new();
    let mut open: Option<(VisitId, NaiveDate, Scores)> = None;
    let mut visits = 0;
    READING.each(conn, sql, params![patient.to_string(), before.to_string()], |cells| {
        cells.skip();
        let (visit, date, item, answer) = (cells.id()?, cells.date()?, cells.word()?, cells.answer()?);
        if open.as_ref().is_none_or(|(of, ..)| *of != visit) {
            take(&mut out, open.as_ref());
            visits += 1;
            if out.len() == 3 || visits > VISITS {
                open = None;
                return Ok(false);
            }
            open = Some((visit, date, Scores::default()));
        }
        if let Some((.., scores)) = &mut open {
            *scores.slot(item) = Some(answer);
        }
        Ok(true)
    })?;
    take(&mut out, open.as_ref());
    Ok(out)
}

fn take(out: &mut Vec<(Measure, Earlier)>, visit: Option<&(VisitId, NaiveDate, Scores)>) {
    let Some((_, date, scores)) = visit else { return };
    let value = |answer: Option<crate::clinical::answer::Answer>| {
        answer.and_then(crate::clinical::answer::Answer::value).map(|value| Exact::whole(value.into()))
    };
    let found = [
        (Measure::Average, value(scores.average)),
        (Measure::Now, value(scores.now)),
        (Measure::Peg, scores.peg().map(Peg::exact)),
    ];
    for (measure, value) in found {
        if let (Some(value), false) = (value, out.iter().any(|(of, _)| *of == measure)) {
            out.push((measure, Earlier { date: *date, value }));
        }
    }
}

/// The scores of each problem, oldest first.
fn of_problems(
    conn: &Connection,
    problems: &[ProblemId],
    before: NaiveDate,
) -> Result<BTreeMap<ProblemId, Vec<Earlier>>, StoreError> {
    let mut out: BTreeMap<ProblemId, Vec<Earlier>> = BTreeMap::new();
    let reading = Reading { table: "problem_score", ..READING };
    reading.each(conn, OF_PROBLEMS, params![list(problems), before.to_string()], |cells| {
        cells.skip();
        let (problem, date, value) = (cells.id()?, cells.date()?, cells.number::<u8>()?);
        out.entry(problem).or_default().push(Earlier { date, value: Exact::whole(value.into()) });
        Ok(true)
    })?;
    Ok(out)
}
