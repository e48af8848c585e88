//! What the scores of a visit are compared with: the first and the last of each measure, and the procedure since the last
//! visit with the pain before it.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::row::{Reading, statements};
use super::session;
use crate::clinical::exact::Exact;
use crate::clinical::id::{PatientId, ProblemId, VisitId};
use crate::clinical::procedure::ProcedureSession;
use crate::clinical::response::{Earlier, Measure, ResponseFacts, Treated};
use crate::clinical::score::{Peg, Scores};
use crate::clinical::visit::Visit;

statements! {
    OLDEST = "SELECT id, visit_id, date, item, answer, value FROM score
        WHERE patient_id = ?1 AND date < ?2 ORDER BY date, visit_id";
    NEWEST = "SELECT id, visit_id, date, item, answer, value FROM score
        WHERE patient_id = ?1 AND date < ?2 ORDER BY date DESC, visit_id DESC";
    FIRST_OF_PROBLEM = "SELECT id, date, value FROM problem_score INDEXED BY problem_score_of
        WHERE problem_id = ?1 AND answer = 'given' AND date < ?2 ORDER BY date, at LIMIT 1";
    LAST_OF_PROBLEM = "SELECT id, date, value FROM problem_score INDEXED BY problem_score_of
        WHERE problem_id = ?1 AND answer = 'given' AND date < ?2 ORDER BY date DESC, at DESC LIMIT 1";
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
    for &problem in problems {
        if let Some(last) = of_problem(conn, LAST_OF_PROBLEM, problem, visit.date)? {
            let first = of_problem(conn, FIRST_OF_PROBLEM, problem, visit.date)?;
            earlier.push((Measure::Problem(problem), first.unwrap_or_else(|| last.clone()), last));
        }
    }
    let session = session::last_before(conn, patient, visit.date.succ_opt().unwrap_or(visit.date))?;
    let since = |session: &ProcedureSession| session.visit != visit.id && last.is_none_or(|last| session.date >= last);
    let treated = session.filter(since).map(|session| treated(&session, &earlier));
    Ok(ResponseFacts { earlier, treated })
}

/// The procedure since the last assessment: so the last score of its problem is the one before it.
fn treated(session: &ProcedureSession, earlier: &[(Measure, Earlier, Earlier)]) -> Treated {
    let problem = session.procedures.iter().find_map(|procedure| procedure.problem);
    let before = problem.and_then(|problem| earlier.iter().find(|(of, ..)| *of == Measure::Problem(problem)));
    let pain = session.before.and_then(crate::clinical::answer::Answer::value);
    Treated {
        session: session.id,
        date: session.date,
        what: session.summary(),
        problem,
        problem_before: before.map(|(.., last)| last.clone()),
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

/// The score of a problem that the statement gives.
fn of_problem(
    conn: &Connection,
    sql: &str,
    problem: ProblemId,
    before: NaiveDate,
) -> Result<Option<Earlier>, StoreError> {
    let reading = Reading { table: "problem_score", ..READING };
    reading.one(conn, sql, [problem.to_string(), before.to_string()], |cells| {
        cells.skip();
        let (date, value) = (cells.date()?, cells.number::<u8>()?);
        Ok(Earlier { date, value: Exact::whole(value.into()) })
    })
}
