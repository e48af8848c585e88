//! A patient's values over time, and what was done and changed beside them.
//!
//! Read from a day on and by index, newest first where it could be much: the work grows with the stretch of time looked at,
//! never with the years behind it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::row::{Cells, Reading, provenance, statements};
use super::{Store, instrument, patient, practice, problem, session};
use crate::clinical::answer::Answer;
use crate::clinical::exact::Exact;
use crate::clinical::id::{PatientId, ProblemId, VisitId};
use crate::clinical::instrument::{Catalogue, OwnedEntry};
use crate::clinical::medicine_change::{by_day, first_line};
use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::Provenance;
use crate::clinical::score::{Score, ScoreItem, Scores};
use crate::clinical::text::clean_line;
use crate::clinical::time::wall;
use crate::clinical::trend::mark::{MedicinePlan, changes, joined};
use crate::clinical::trend::{Baseline, Given, Mark, MarkKind, Reading as Said, Sample, Series, SeriesKey, Trends};
use crate::clinical::vital::{VitalKind, show};
use crate::clinical::vocab::Vocab;

statements! {
    SCORES = "SELECT id, visit_id, date, item, answer, value, at, how, reported_by, initials, waiting
        FROM score INDEXED BY score_of WHERE patient_id = ?1 AND date >= ?2 ORDER BY date DESC, visit_id DESC LIMIT ?3";
    FIRST_SCORES = "SELECT id, visit_id, date, item, answer, value, at, how, reported_by, initials, waiting
        FROM score INDEXED BY score_of WHERE patient_id = ?1 ORDER BY date, visit_id LIMIT ?2";
    ASSESSED = "SELECT id, visit_id, date FROM assessment INDEXED BY assessment_of
        WHERE patient_id = ?1 AND date >= ?2 ORDER BY date DESC LIMIT ?3";
    OF_PROBLEMS = "SELECT problem_score.id, assessment.visit_id, assessment.date, problem_score.problem_id,
        problem_score.answer, problem_score.value, problem_score.at, problem_score.how, problem_score.reported_by,
        problem_score.initials
        FROM assessment INDEXED BY assessment_of JOIN problem_score ON problem_score.assessment_id = assessment.id
        WHERE assessment.patient_id = ?1 AND assessment.date >= ?2 ORDER BY assessment.date DESC LIMIT ?3";
    FIRST_OF_PROBLEM = "SELECT problem_score.id, assessment.date, problem_score.value
        FROM problem_score INDEXED BY problem_score_of JOIN assessment ON assessment.id = problem_score.assessment_id
        WHERE problem_score.problem_id = ?1 AND problem_score.answer = 'given' ORDER BY problem_score.rowid LIMIT 1";
    RESULTS = "SELECT id, visit_id, date, name, total, shown, band, low, high, at, how, reported_by, initials, waiting
        FROM instrument_result INDEXED BY instrument_result_of WHERE patient_id = ?1 AND instrument = ?2 AND date >= ?3
        ORDER BY date DESC, at DESC LIMIT ?4";
    FIRST_RESULT = "SELECT id, date, total, shown FROM instrument_result INDEXED BY instrument_result_of
        WHERE patient_id = ?1 AND instrument = ?2 AND waiting = 0 AND total IS NOT NULL ORDER BY date, at LIMIT 1";
    VITALS = "SELECT id, visit_id, date, value, at, how, reported_by, initials FROM vital INDEXED BY vital_of
        WHERE patient_id = ?1 AND kind = ?2 AND date >= ?3 AND copied_from IS NULL
        ORDER BY date DESC, at DESC LIMIT ?4";
    FIRST_VITAL = "SELECT id, date, value FROM vital INDEXED BY vital_of
        WHERE patient_id = ?1 AND kind = ?2 AND copied_from IS NULL ORDER BY date, at LIMIT 1";
    PLANS = "SELECT plan.id, plan.visit_id, plan.version, plan.set_at, plan_item.what, plan_item.state
        FROM plan LEFT JOIN plan_item ON plan_item.plan_id = plan.id AND plan_item.modality = 'medication'
        WHERE plan.patient_id = ?1 AND plan.unchanged = 0 ORDER BY plan.version DESC, plan_item.position LIMIT ?2";
    MEDICINES = "SELECT id, line, started, stopped, stop_reason FROM medication WHERE patient_id = ?1";
}

const SCORE: Reading = Reading { table: "score", doing: "reading scores" };
const ASSESSMENT: Reading = Reading { table: "assessment", doing: "reading assessments" };
const PROBLEM_SCORE: Reading = Reading { table: "problem_score", doing: "reading scores of problems" };
const RESULT: Reading = Reading { table: "instrument_result", doing: "reading instruments" };
const VITAL: Reading = Reading { table: "vital", doing: "reading vital signs" };
const PLAN: Reading = Reading { table: "plan", doing: "reading plans" };
const MEDICATION: Reading = Reading { table: "medication", doing: "reading medicines" };

/// How many rows of one kind are read at most: more than 2,500 visits have.
const MOST: u32 = 20_000;
/// In how many rows from the beginning the first value of each score is looked for.
const FIRST: u32 = 210;

/// From which day on is read, and of whom.
#[derive(Clone, Copy)]
struct Since<'a> {
    conn: &'a Connection,
    patient: PatientId,
    from: NaiveDate,
}

impl Store {
    /// A patient's values and events from a day on; none reads from the beginning.
    pub fn trends(
        &self,
        patient: PatientId,
        from: Option<NaiveDate>,
        catalogue: &Catalogue,
    ) -> Result<Trends, StoreError> {
        let conn = &self.conn;
        let file = patient::file(conn, patient)?.ok_or(StoreError::Gone { table: "patient" })?;
        let since = Since { conn, patient, from: from.unwrap_or(NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default()) };
        let (visits, cut) = visits(since)?;
        let firsts = first_visits(since)?;
        let mut series = Vec::new();
        let own = |key, name, id| score_series((key, name), catalogue.get(id).map(Into::into), &visits, &firsts);
        series.push(own(SeriesKey::Average, "average pain", "nrs_average"));
        series.push(own(SeriesKey::Now, "pain now", "nrs_current"));
        series.push(own(SeriesKey::Peg, "PEG", "peg"));
        series.extend(problem_series(since, &file, catalogue)?);
        series.push(own(SeriesKey::Worst, "worst pain", "nrs_worst"));
        series.push(own(SeriesKey::Least, "least pain", "nrs_least"));
        series.extend(instrument_series(since, catalogue)?);
        series.extend(vital_series(since)?);
        series.retain(|series| series.first.is_some() || series.samples.iter().any(|sample| sample.given().is_some()));
        let first = series.iter().filter_map(|series| series.first.as_ref()).map(|first| first.date).min();
        Ok(Trends { marks: marks(since)?, file, series, from, first, cut })
    }
}

/// The scores of one visit, all there are of it.
struct VisitScores {
    date: NaiveDate,
    visit: VisitId,
    scores: Vec<Score>,
    assessed: bool,
}

fn read_score(cells: &mut Cells) -> Result<(VisitId, NaiveDate, Score), StoreError> {
    let id = cells.id()?;
    let (visit, date) = (cells.id()?, cells.date()?);
    let (item, answer) = (cells.word()?, cells.answer()?);
    Ok((visit, date, Score { id, item, answer, given: provenance(cells)?, waiting: cells.flag()? }))
}

fn grouped(rows: Vec<(VisitId, NaiveDate, Score)>) -> Vec<VisitScores> {
    let mut out: Vec<VisitScores> = Vec::new();
    for (visit, date, score) in rows {
        match out.last_mut().filter(|last| last.visit == visit && last.date == date) {
            Some(last) => last.scores.push(score),
            None => out.push(VisitScores { date, visit, scores: vec![score], assessed: false }),
        }
    }
    out
}

/// The visits that have scores or an assessment, oldest first, and whether older ones were left out.
fn visits(since: Since<'_>) -> Result<(Vec<VisitScores>, bool), StoreError> {
    let asked = params![since.patient.to_string(), since.from.to_string(), MOST];
    let mut rows = SCORE.all(since.conn, SCORES, asked, read_score)?;
    let cut = rows.len() >= MOST as usize;
    rows.reverse();
    let mut visits = grouped(rows);
    let mut assessed: BTreeMap<VisitId, NaiveDate> = BTreeMap::new();
    ASSESSMENT.each(since.conn, ASSESSED, asked, |cells| {
        cells.skip();
        assessed.insert(cells.id()?, cells.date()?);
        Ok(true)
    })?;
    for visit in &mut visits {
        visit.assessed = assessed.remove(&visit.visit).is_some();
    }
    let none = |(visit, date)| VisitScores { date, visit, scores: Vec::new(), assessed: true };
    visits.extend(assessed.into_iter().map(none));
    visits.sort_by_key(|visit| (visit.date, visit.visit));
    Ok((visits, cut))
}

fn first_visits(since: Since<'_>) -> Result<Vec<VisitScores>, StoreError> {
    Ok(grouped(SCORE.all(since.conn, FIRST_SCORES, params![since.patient.to_string(), FIRST], read_score)?))
}

/// The item of a series of scores; PEG is made of three.
const fn item_of(key: &SeriesKey) -> Option<ScoreItem> {
    match key {
        SeriesKey::Average => Some(ScoreItem::Average),
        SeriesKey::Now => Some(ScoreItem::Now),
        SeriesKey::Worst => Some(ScoreItem::Worst),
        SeriesKey::Least => Some(ScoreItem::Least),
        SeriesKey::Peg | SeriesKey::Problem(_) | SeriesKey::Instrument(_) | SeriesKey::Weight | SeriesKey::Height => {
            None
        }
    }
}

const PEG: [ScoreItem; 3] = [ScoreItem::PegPain, ScoreItem::PegEnjoyment, ScoreItem::PegActivity];

/// What a visit says of a series; none where nothing was to be said.
fn said(key: &SeriesKey, visit: &VisitScores) -> Option<Said> {
    let missing = |words: &str| Some(Said::Missing(words.to_owned()));
    if let Some(item) = item_of(key) {
        let Some(score) = visit.scores.iter().find(|score| score.item == item) else {
            return if visit.assessed { missing("left blank") } else { None };
        };
        return Some(match score.answer {
            Answer::Given(value) => figure(Exact::whole(value.into()), value.to_string(), &score.given, score.waiting),
            other => Said::Missing(other.show()),
        });
    }
    let all = Scores::of(&visit.scores);
    let asked: Vec<&Score> = visit.scores.iter().filter(|score| PEG.contains(&score.item)).collect();
    match (all.peg(), asked.first()) {
        (Some(peg), Some(first)) => {
            let waiting = asked.iter().any(|score| score.waiting);
            Some(figure(peg.exact(), peg.show(), &first.given, waiting))
        }
        (_, Some(_)) => Some(Said::Missing(format!("{} of 3 answered", all.peg_answered()))),
        (_, None) if visit.assessed => missing("left blank"),
        (_, None) => None,
    }
}

fn figure(value: Exact, shown: String, how: &Provenance, waiting: bool) -> Said {
    Said::Given(Given { value, shown, band: String::new(), how: how.clone(), waiting })
}

fn score_series(
    (key, name): (SeriesKey, &str),
    entry: Option<OwnedEntry>,
    visits: &[VisitScores],
    firsts: &[VisitScores],
) -> Series {
    let sample = |visit: &VisitScores| {
        Some(Sample { date: visit.date, visit: Some(visit.visit), result: None, reading: said(&key, visit)? })
    };
    let samples: Vec<Sample> = visits.iter().filter_map(sample).collect();
    let first = firsts.iter().filter_map(sample).find_map(|sample| Baseline::of(&sample));
    let first = first.or_else(|| samples.iter().find_map(Baseline::of));
    Series { key, name: name.to_owned(), entry, range: Some([0, 10]), samples, first }
}

fn problem_series(since: Since<'_>, file: &PatientFile, catalogue: &Catalogue) -> Result<Vec<Series>, StoreError> {
    let mut samples: BTreeMap<ProblemId, Vec<Sample>> = BTreeMap::new();
    let asked = params![since.patient.to_string(), since.from.to_string(), MOST];
    PROBLEM_SCORE.each(since.conn, OF_PROBLEMS, asked, |cells| {
        cells.skip();
        let (visit, date, problem) = (cells.id()?, cells.date()?, cells.id()?);
        let (answer, how) = (cells.answer()?, provenance(cells)?);
        let reading = match answer {
            Answer::Given(value) => figure(Exact::whole(value.into()), value.to_string(), &how, false),
            other => Said::Missing(other.show()),
        };
        samples.entry(problem).or_default().push(Sample { date, visit: Some(visit), result: None, reading });
        Ok(true)
    })?;
    let mut problems = file.problems.clone();
    problems.extend(problem::ended(since.conn, since.patient)?.into_iter().filter(|old| samples.contains_key(&old.id)));
    let mut out = Vec::new();
    for problem in problems {
        let mut samples = samples.remove(&problem.id).unwrap_or_default();
        samples.reverse();
        let first = PROBLEM_SCORE.one(since.conn, FIRST_OF_PROBLEM, [problem.id.to_string()], |cells| {
            cells.skip();
            let (date, value): (_, u8) = (cells.date()?, cells.number()?);
            Ok(Baseline { date, value: Exact::whole(value.into()), shown: value.to_string() })
        })?;
        let entry = catalogue.get("nrs_current").map(Into::into);
        let key = SeriesKey::Problem(problem.id);
        out.push(Series { key, name: problem.name(), entry, range: Some([0, 10]), samples, first });
    }
    Ok(out)
}

fn total(cells: &mut Cells) -> Result<Option<Exact>, StoreError> {
    Ok(cells.opt_number::<i64>()?.map(|thousandths| Exact::decimal(thousandths, 3)))
}

fn instrument_series(since: Since<'_>, catalogue: &Catalogue) -> Result<Vec<Series>, StoreError> {
    let patient = since.patient.to_string();
    let ever = instrument::ever(since.conn, since.patient)?;
    let mut out = Vec::new();
    for id in ever {
        let entry: Option<OwnedEntry> = catalogue.get(&id).map(Into::into);
        let mut name = entry.as_ref().map_or_else(|| id.clone(), |entry| entry.entry().short());
        let mut range = entry.as_ref().and_then(|entry| entry.entry().range());
        let mut samples = Vec::new();
        RESULT.each(since.conn, RESULTS, params![patient, id, since.from.to_string(), MOST], |cells| {
            let (result, visit, date) = (cells.id()?, cells.opt_id()?, cells.date()?);
            let called = cells.text()?;
            let (total, shown, band) = (total(cells)?, cells.text()?, cells.text()?);
            let ends = (cells.opt_number()?, cells.opt_number()?);
            let (how, waiting) = (provenance(cells)?, cells.flag()?);
            if samples.is_empty() {
                name = called;
                range = range.or_else(|| Some([ends.0?, ends.1?]));
            }
            let reading = match total {
                Some(value) => Said::Given(Given { value, shown, band, how, waiting }),
                None => Said::Missing(shown),
            };
            samples.push(Sample { date, visit, result: Some(result), reading });
            Ok(true)
        })?;
        samples.reverse();
        let first = RESULT.one(since.conn, FIRST_RESULT, [&patient, &id], |cells| {
            cells.skip();
            let (date, value) = (cells.date()?, total(cells)?);
            Ok(Baseline { date, value: value.unwrap_or(Exact::ZERO), shown: cells.text()? })
        })?;
        out.push(Series { key: SeriesKey::Instrument(id), name, entry, range, samples, first });
    }
    Ok(out)
}

fn vital_series(since: Since<'_>) -> Result<Vec<Series>, StoreError> {
    let mut out = Vec::new();
    for &kind in VitalKind::ALL {
        let (key, decimals) = match kind {
            VitalKind::Weight => (SeriesKey::Weight, 3),
            VitalKind::Height => (SeriesKey::Height, 1),
        };
        let value = |raw: u32| Exact::decimal(raw.into(), decimals);
        let patient = since.patient.to_string();
        let asked = params![patient, kind.name(), since.from.to_string(), MOST];
        let mut samples = VITAL.all(since.conn, VITALS, asked, |cells| {
            cells.skip();
            let (visit, date, raw) = (cells.opt_id()?, cells.date()?, cells.number()?);
            let reading = figure(value(raw), show(kind, raw), &provenance(cells)?, false);
            Ok(Sample { date, visit, result: None, reading })
        })?;
        samples.reverse();
        let first = VITAL.one(since.conn, FIRST_VITAL, params![patient, kind.name()], |cells| {
            cells.skip();
            let (date, raw) = (cells.date()?, cells.number()?);
            Ok(Baseline { date, value: value(raw), shown: show(kind, raw) })
        })?;
        out.push(Series { key, name: kind.label().to_owned(), entry: None, range: None, samples, first });
    }
    Ok(out)
}

fn marks(since: Since<'_>) -> Result<Vec<Mark>, StoreError> {
    let done = session::since(since.conn, since.patient, since.from, u32::MAX)?.into_iter().map(|session| {
        let pain = match (session.before.and_then(Answer::value), session.after.and_then(Answer::value)) {
            (Some(before), Some(after)) => format!(", pain {before} → {after}"),
            _ => String::new(),
        };
        let what = format!("{}{pain}", session.summary());
        Mark { date: session.date, roughly: None, kind: MarkKind::Procedure, what, visit: Some(session.visit) }
    });
    let mut all = joined(vec![done.collect(), elsewhere(since)?, planned(since)?, listed(since)?, tried(since)?]);
    all.retain(|mark| mark.date >= since.from);
    Ok(all)
}

/// What the versions of the plan say of medicines.
fn planned(since: Since<'_>) -> Result<Vec<Mark>, StoreError> {
    let zone = practice::load(since.conn)?.map_or(chrono_tz::UTC, |practice| practice.zone);
    let mut versions: Vec<(u32, MedicinePlan)> = Vec::new();
    PLAN.each(since.conn, PLANS, params![since.patient.to_string(), MOST], |cells| {
        cells.skip();
        let (visit, version, set_at) = (cells.opt_id()?, cells.number()?, cells.at()?);
        let item = (cells.opt_text()?, cells.opt_word()?);
        if versions.last().is_none_or(|(last, _)| *last != version) {
            // The version before the first of the stretch is what its changes are told against.
            if versions.last().is_some_and(|(_, plan)| plan.date < since.from) {
                return Ok(false);
            }
            versions.push((version, MedicinePlan { date: wall(set_at, zone).date(), visit, items: Vec::new() }));
        }
        if let (Some((_, plan)), (Some(what), Some(state))) = (versions.last_mut(), item) {
            plan.items.push((what, state));
        }
        Ok(true)
    })?;
    versions.reverse();
    let is_first = versions.first().is_some_and(|(version, _)| *version == 1);
    let plans: Vec<MedicinePlan> = versions.into_iter().map(|(_, plan)| plan).collect();
    Ok(changes(&plans, is_first))
}

/// What the list of medicines says.
fn listed(since: Since<'_>) -> Result<Vec<Mark>, StoreError> {
    let mut out = Vec::new();
    let changed = by_day(super::medicine::changed(since.conn, since.patient, NaiveDate::MIN)?);
    MEDICATION.each(since.conn, MEDICINES, [since.patient.to_string()], |cells| {
        let id = cells.id()?;
        let (what, started, stopped) = (cells.text()?, cells.opt_date()?, cells.opt_date()?);
        let why = cells.opt_text()?.map(|why| format!(": {}", clean_line(&why))).unwrap_or_default();
        let mark = |date, kind, what| Mark { date, roughly: None, kind, what, visit: None };
        let began = first_line(&changed, id).unwrap_or(&what).to_owned();
        out.extend(started.map(|date| mark(date, MarkKind::Started, began)));
        out.extend(stopped.map(|date| mark(date, MarkKind::Stopped, format!("{what}{why}"))));
        Ok(true)
    })?;
    out.extend(changed.into_iter().map(|change| Mark {
        date: change.on,
        roughly: None,
        kind: MarkKind::Changed,
        what: change.became,
        visit: None,
    }));
    Ok(out)
}

/// Procedures elsewhere, as exactly as it is known when.
fn elsewhere(since: Since<'_>) -> Result<Vec<Mark>, StoreError> {
    let past = super::elsewhere::past(since.conn, since.patient)?.into_iter().filter_map(|past| {
        let (when, date) = past.on.and_then(|when| Some((when, when.first_day()?)))?;
        let roughly = (!matches!(when, crate::clinical::since::Since::Day(_))).then(|| when.show());
        let side = past.side.map(crate::clinical::elsewhere::side_words).unwrap_or_default();
        let what = clean_line(&format!("{} {} {side}", past.what, past.level));
        let what = format!("{what}, elsewhere");
        Some(Mark { date, roughly, kind: MarkKind::Procedure, what, visit: None })
    });
    Ok(past.collect())
}

/// What is known of treatments tried, as exactly as it is known.
fn tried(since: Since<'_>) -> Result<Vec<Mark>, StoreError> {
    use crate::clinical::since::Since as When;
    let mut out = Vec::new();
    for tried in problem::tried(since.conn, since.patient)? {
        let mut tell = |when: Option<When>, kind| {
            let Some((when, date)) = when.and_then(|when| Some((when, when.first_day()?))) else { return };
            let roughly = (!matches!(when, When::Day(_))).then(|| when.show());
            out.push(Mark { date, roughly, kind, what: tried.what.clone(), visit: None });
        };
        tell(tried.from, MarkKind::Started);
        tell(tried.to, MarkKind::Stopped);
    }
    Ok(out)
}
