//! All that happened to a patient, newest first, page by page.
//!
//! Each source is read by its own index from where it was left, a page at most; the pages are merged by day. So a page costs
//! the same however much there is, and nothing is ever read as a whole.

use std::collections::VecDeque;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::row::{Reading, statements};
use super::{Store, elsewhere, medicine, monitoring, practice, problem, session};
use crate::clinical::answer::Answer;
use crate::clinical::diagnostic::DiagnosticKind;
use crate::clinical::exact::Exact;
use crate::clinical::id::{CheckInId, DiagnosticId, PatientId, TaskId, VisitId};
use crate::clinical::medicine_change::{by_day, first_line};
use crate::clinical::since::Since;
use crate::clinical::task::TaskKind;
use crate::clinical::time::{show_time, wall};
use crate::clinical::timeline::{Event, EventKind, Opens, Read, Sought, Source, TimelinePage};
use crate::clinical::visit::{VisitKind, VisitState, Way};
use crate::clinical::vocab::Vocab;

statements! {
    VISITS = "SELECT visit.id, visit.date, visit.start, visit.kind, visit.way, visit.reason, visit.state, visit.end_reason,
        assessment.impression, assessment.history, assessment.examination,
        EXISTS (SELECT 1 FROM session WHERE session.visit_id = visit.id)
        FROM visit INDEXED BY visit_of LEFT JOIN assessment ON assessment.visit_id = visit.id
        WHERE visit.patient_id = ?1 AND visit.date <= ?2 AND (visit.date < ?2 OR visit.id < ?3)
        ORDER BY visit.date DESC, visit.id DESC LIMIT ?4";
    PLANS = "SELECT plan.id, plan.version, plan.set_at, plan.unchanged, plan.note,
        (SELECT group_concat(what, ' · ') FROM plan_item WHERE plan_item.plan_id = plan.id)
        FROM plan WHERE plan.patient_id = ?1 AND plan.version < ?2 ORDER BY plan.version DESC LIMIT ?3";
    TESTS = "SELECT id, coalesce(done, requested), kind, what, done IS NOT NULL, question, report, reading, action
        FROM diagnostic INDEXED BY diagnostic_of
        WHERE patient_id = ?1 AND coalesce(done, requested) <= ?2 AND (coalesce(done, requested) < ?2 OR id < ?3)
        ORDER BY coalesce(done, requested) DESC, id DESC LIMIT ?4";
    RESULTS = "SELECT id, date, visit_id, instrument, name, shown, total, high, band, raised, action, waiting
        FROM instrument_result INDEXED BY instrument_result_by_day
        WHERE patient_id = ?1 AND date <= ?2 AND (date < ?2 OR id < ?3) ORDER BY date DESC, id DESC LIMIT ?4";
    CHECK_INS = "SELECT id, done_at, about, way, pain_answer, pain_value, relief_percent, complication, note
        FROM check_in INDEXED BY check_in_made
        WHERE patient_id = ?1 AND done_at IS NOT NULL AND done_at <= ?2 AND (done_at < ?2 OR id < ?3)
        ORDER BY done_at DESC, id DESC LIMIT ?4";
    TASKS = "SELECT id, done_at, kind, what, result FROM task INDEXED BY task_done_of
        WHERE patient_id = ?1 AND done_at IS NOT NULL AND done_at <= ?2 AND (done_at < ?2 OR id < ?3)
        ORDER BY done_at DESC, id DESC LIMIT ?4";
    MEDICINES = "SELECT id, line, started, stopped, stop_reason FROM medication WHERE patient_id = ?1";
}

const fn reading(table: &'static str) -> Reading {
    Reading { table, doing: "reading the timeline" }
}

/// How many lines are looked through for one page where words are looked for.
const SEARCHED: usize = 400;

/// A line with the key by which its source is read on.
struct Keyed {
    event: Event,
    key: String,
}

/// A source, and what was read of it and not yet taken.
struct Stream {
    source: Source,
    ahead: VecDeque<Keyed>,
    /// Where the next read begins.
    next: Option<(String, String)>,
    ended: bool,
}

/// Of whom, in which zone, and how many lines at once.
#[derive(Clone, Copy)]
struct Of<'a> {
    conn: &'a Connection,
    patient: PatientId,
    zone: chrono_tz::Tz,
    most: usize,
}

impl Store {
    /// A page of what happened to a patient and is sought, read on from where the last page ended.
    pub fn timeline(
        &self,
        patient: PatientId,
        sought: &Sought,
        after: &Read,
        most: usize,
    ) -> Result<TimelinePage, StoreError> {
        let conn = &self.conn;
        let zone = practice::load(conn)?.map_or(chrono_tz::UTC, |practice| practice.zone);
        let of = Of { conn, patient, zone, most: most.max(1) };
        let sources = Source::ALL.iter().copied().filter(|source| sought.shows(source.kind()));
        let start = |source| {
            let next = after.0.get(&source).cloned();
            Stream { source, ahead: VecDeque::new(), next, ended: false }
        };
        let mut streams: Vec<Stream> = sources.map(start).collect();
        let mut page = TimelinePage { read: after.clone(), ..TimelinePage::default() };
        for _ in 0..SEARCHED.max(most) {
            if page.events.len() == most {
                return Ok(page);
            }
            let Some(line) = newest(of, &mut streams)? else {
                page.is_end = true;
                return Ok(page);
            };
            let (source, Keyed { event, key }) = line;
            page.read.0.insert(source, (key, event.id.clone()));
            page.searched_to = Some(event.date);
            if sought.finds(&event) {
                page.events.push(event);
            }
        }
        Ok(page)
    }
}

/// Takes the newest line of all sources.
fn newest(of: Of<'_>, streams: &mut [Stream]) -> Result<Option<(Source, Keyed)>, StoreError> {
    for stream in streams.iter_mut() {
        if stream.ahead.is_empty() && !stream.ended {
            let lines = lines(of, stream.source, stream.next.as_ref())?;
            stream.ended = lines.len() < of.most;
            stream.next = lines.last().map(|last| (last.key.clone(), last.event.id.clone()));
            stream.ahead = lines.into();
        }
    }
    let day = |stream: &Stream| stream.ahead.front().map(|line| line.event.date);
    // Of one day the source that stands first in its list.
    let at = (0..streams.len()).rev().filter(|at| day(&streams[*at]).is_some()).max_by_key(|at| day(&streams[*at]));
    Ok(at.and_then(|at| Some((streams[at].source, streams[at].ahead.pop_front()?))))
}

/// The next lines of a source, newest first.
fn lines(of: Of<'_>, source: Source, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    match source {
        Source::Visit => visits(of, after),
        Source::Session => sessions(of, after),
        Source::Plan => plans(of, after),
        Source::Diagnostic => tests(of, after),
        Source::Instrument => results(of, after),
        Source::CheckIn => check_ins(of, after),
        Source::Task => tasks(of, after),
        Source::Medicine => Ok(rest(medicines(of)?, of, after)),
        Source::Monitoring => Ok(rest(monitored(of)?, of, after)),
        Source::Elsewhere => Ok(rest(done_elsewhere(of)?, of, after)),
    }
}

/// The day and the identity after which is read on; from the beginning later than every day.
fn day(after: Option<&(String, String)>) -> (&str, &str) {
    after.map_or(("9999-12-31", "~"), |(key, id)| (key, id))
}

fn moment(after: Option<&(String, String)>) -> (i64, &str) {
    after.and_then(|(key, id)| Some((key.parse().ok()?, id.as_str()))).unwrap_or((i64::MAX, "~"))
}

fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

fn event(date: NaiveDate, kind: EventKind, id: String, what: String, opens: Opens) -> Event {
    Event { date, kind, id, state: None, what, detail: String::new(), text: String::new(), opens }
}

/// Parts that say something, with a dot between.
fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ")
}

fn visits(of: Of<'_>, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    let (key, last) = day(after);
    let most = i64::try_from(of.most).unwrap_or(i64::MAX);
    reading("visit").all(of.conn, VISITS, params![of.patient.to_string(), key, last, most], |cells| {
        let id: VisitId = cells.id()?;
        let (date, start, kind) = (cells.date()?, cells.opt_time()?, cells.word::<VisitKind>()?);
        let (way, reason, state): (Way, _, VisitState) = (cells.word()?, cells.opt_text()?, cells.word()?);
        let (ended, impression) = (cells.opt_text()?, cells.opt_text()?);
        let written = [cells.opt_text()?, cells.opt_text()?].map(Option::unwrap_or_default);
        let way = if way == Way::InPerson { String::new() } else { format!(" {}", way.label()) };
        let at = start.map(|start| format!(" {}", show_time(start))).unwrap_or_default();
        let reason = reason.unwrap_or_default();
        let has_session = cells.flag()?;
        let opens = match (&impression, has_session) {
            (Some(_), _) => Opens::Assessment(id),
            (None, true) => Opens::Procedure(id),
            (None, false) => Opens::Visit(id),
        };
        let detail = match (state, impression) {
            (VisitState::NoShow | VisitState::Cancelled, _) => {
                joined([state.label().to_owned(), ended.unwrap_or_default(), reason.clone()])
            }
            (_, Some(impression)) if !impression.trim().is_empty() => impression,
            (_, _) => reason.clone(),
        };
        let mut event = event(date, EventKind::Visit, id.to_string(), format!("{}{at}{way}", kind.label()), opens);
        (event.state, event.detail, event.text) = (Some(state), detail, format!("{reason} {}", written.join(" ")));
        Ok(Keyed { event, key: iso(date) })
    })
}

fn sessions(of: Of<'_>, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    let found = session::before(of.conn, of.patient, day(after), of.most)?;
    let line = |session: crate::clinical::procedure::ProcedureSession| {
        let pain = match (session.before.and_then(Answer::value), session.after.and_then(Answer::value)) {
            (Some(before), Some(after)) => format!("pain {before} → {after}"),
            _ => String::new(),
        };
        let opens = Opens::Procedure(session.visit);
        let mut event = event(session.date, EventKind::Procedure, session.id.to_string(), session.summary(), opens);
        (event.detail, event.text) = (joined([pain, session.text.clone()]), session.text);
        Keyed { key: iso(event.date), event }
    };
    Ok(found.into_iter().map(line).collect())
}

fn plans(of: Of<'_>, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    let (version, _) = moment(after);
    let most = i64::try_from(of.most).unwrap_or(i64::MAX);
    reading("plan").all(of.conn, PLANS, params![of.patient.to_string(), version, most], |cells| {
        let id = cells.text()?;
        let (version, set_at): (u32, _) = (cells.number()?, cells.at()?);
        let (unchanged, note, items) = (cells.flag()?, cells.text()?, cells.opt_text()?);
        let what = format!("plan {version}{}", if unchanged { ", unchanged" } else { "" });
        let mut event = event(wall(set_at, of.zone).date(), EventKind::Plan, id, what, Opens::Plan);
        event.detail = joined([items.unwrap_or_default(), note]);
        Ok(Keyed { event, key: version.to_string() })
    })
}

fn tests(of: Of<'_>, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    let (key, last) = day(after);
    let most = i64::try_from(of.most).unwrap_or(i64::MAX);
    reading("diagnostic").all(of.conn, TESTS, params![of.patient.to_string(), key, last, most], |cells| {
        let id: DiagnosticId = cells.id()?;
        let (date, kind, what) = (cells.date()?, cells.word::<DiagnosticKind>()?, cells.text()?);
        let done = cells.flag()?;
        let (question, report, own, action) = (cells.text()?, cells.text()?, cells.text()?, cells.text()?);
        let name = if kind == DiagnosticKind::Other { what } else { format!("{} {what}", kind.label()) };
        let mut event = event(date, EventKind::Result, id.to_string(), name, Opens::Diagnostic(id));
        event.detail = if done {
            joined([if own.trim().is_empty() { report.clone() } else { own.clone() }, action.clone()])
        } else {
            joined(["requested".to_owned(), question.clone()])
        };
        event.text = format!("{question} {report} {own} {action}");
        Ok(Keyed { event, key: iso(date) })
    })
}

fn results(of: Of<'_>, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    let (key, last) = day(after);
    let most = i64::try_from(of.most).unwrap_or(i64::MAX);
    let asked = params![of.patient.to_string(), key, last, most];
    reading("instrument_result").all(of.conn, RESULTS, asked, |cells| {
        let result: crate::clinical::id::InstrumentResultId = cells.id()?;
        let (date, visit, instrument) = (cells.date()?, cells.opt_id()?, cells.text()?);
        let (name, shown) = (cells.text()?, cells.text()?);
        let total = cells.opt_number::<i64>()?.map(|thousandths| Exact::decimal(thousandths, 3));
        let high: Option<i32> = cells.opt_number()?;
        let (band, raised, action, waiting) = (cells.text()?, cells.text()?, cells.text()?, cells.flag()?);
        let end = total.and(high).map(|high| format!(" of {high}")).unwrap_or_default();
        let opens = Opens::Instrument { visit, instrument, result };
        let what = format!("{name} {shown}{end}");
        let mut event = event(date, EventKind::Instrument, result.to_string(), what, opens);
        let waits = if waiting { "waits to be confirmed".to_owned() } else { String::new() };
        event.detail = joined([waits, band, raised, action]);
        Ok(Keyed { event, key: iso(date) })
    })
}

fn check_ins(of: Of<'_>, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    let (key, last) = moment(after);
    let most = i64::try_from(of.most).unwrap_or(i64::MAX);
    reading("check_in").all(of.conn, CHECK_INS, params![of.patient.to_string(), key, last, most], |cells| {
        let id: CheckInId = cells.id()?;
        let (done, about, way) = (cells.at()?, cells.text()?, cells.word::<Way>()?);
        let pain = cells.opt_answer()?.map(|pain| format!("pain {}", pain.show())).unwrap_or_default();
        let relief = cells.opt_number::<u8>()?.map(|relief| format!("relief {relief} %")).unwrap_or_default();
        let (complication, note) = (cells.text()?, cells.text()?);
        let what = format!("check-in {}", way.label());
        let date = wall(done, of.zone).date();
        let mut event = event(date, EventKind::Call, id.to_string(), what, Opens::CheckIn(id));
        event.detail = joined([pain, relief, complication, note, about]);
        Ok(Keyed { event, key: done.millis().to_string() })
    })
}

fn tasks(of: Of<'_>, after: Option<&(String, String)>) -> Result<Vec<Keyed>, StoreError> {
    let (key, last) = moment(after);
    let most = i64::try_from(of.most).unwrap_or(i64::MAX);
    reading("task").all(of.conn, TASKS, params![of.patient.to_string(), key, last, most], |cells| {
        let id: TaskId = cells.id()?;
        let (done, kind) = (cells.at()?, cells.word::<TaskKind>()?);
        let (what, result) = (cells.text()?, cells.text()?);
        let what = if kind == TaskKind::Task { what } else { format!("{}: {what}", kind.label()) };
        let date = wall(done, of.zone).date();
        let mut event = event(date, EventKind::Call, id.to_string(), what, Opens::Task(id));
        event.detail = joined(["done".to_owned(), if result == "done" { String::new() } else { result }]);
        Ok(Keyed { event, key: done.millis().to_string() })
    })
}

/// Of a short list that is read whole: what comes after a line.
fn rest(mut all: Vec<Keyed>, of: Of<'_>, after: Option<&(String, String)>) -> Vec<Keyed> {
    all.sort_by(|a, b| (&b.key, &b.event.id).cmp(&(&a.key, &a.event.id)));
    let (key, id) = day(after);
    all.retain(|line| (line.key.as_str(), line.event.id.as_str()) < (key, id));
    all.truncate(of.most);
    all
}

fn told(when: Option<Since>, id: String, kind: EventKind, what: String) -> Option<Keyed> {
    let when = when?;
    let date = when.first_day()?;
    let mut event = event(date, kind, id, what, Opens::Lists);
    if !matches!(when, Since::Day(_)) {
        event.detail = when.show();
    }
    Some(Keyed { key: iso(date), event })
}

/// Medicines begun, and treatments begun and stopped, as exactly as it is known.
fn medicines(of: Of<'_>) -> Result<Vec<Keyed>, StoreError> {
    let mut out: Vec<Keyed> = Vec::new();
    let changed = by_day(medicine::changed(of.conn, of.patient, NaiveDate::MIN)?);
    reading("medication").each(of.conn, MEDICINES, [of.patient.to_string()], |cells| {
        let (id, line) = (cells.text()?, cells.text()?);
        let (started, stopped, why) = (cells.opt_date()?, cells.opt_date()?, cells.opt_text()?);
        let mut tell = |day: Option<NaiveDate>, id: String, what: String, why: Option<&str>| {
            out.extend(told(day.map(Since::Day), id, EventKind::Medicine, what).map(|mut line| {
                (line.event.opens, line.event.detail) = (Opens::Medicines, why.unwrap_or_default().to_owned());
                line
            }));
        };
        let began = id.parse().ok().and_then(|id| first_line(&changed, id)).unwrap_or(&line).to_owned();
        tell(started, id.clone(), format!("started {began}"), None);
        tell(stopped, format!("{id}-to"), format!("stopped {line}"), why.as_deref());
        Ok(true)
    })?;
    for change in changed {
        let what = format!("changed {}", crate::clinical::sig::read(&change.became).name);
        out.extend(told(Some(Since::Day(change.on)), change.id.to_string(), EventKind::Medicine, what).map(
            |mut line| {
                (line.event.opens, line.event.detail) =
                    (Opens::Medicines, format!("{} → {}", change.was, change.became));
                line
            },
        ));
    }
    for tried in problem::tried(of.conn, of.patient)? {
        let id = tried.id.to_string();
        out.extend(told(tried.from, id.clone(), EventKind::Medicine, format!("began {}", tried.what)));
        let mut ended = told(tried.to, format!("{id}-to"), EventKind::Medicine, format!("ended {}", tried.what));
        if let Some(ended) = &mut ended {
            let effect = tried.effect_percent.map(|percent| format!("relief {percent} %")).unwrap_or_default();
            let detail = std::mem::take(&mut ended.event.detail);
            ended.event.detail = joined([detail, tried.why_stopped.clone(), effect]);
        }
        out.extend(ended);
    }
    Ok(out)
}

/// Checks and urine tests: few a year.
fn monitored(of: Of<'_>) -> Result<Vec<Keyed>, StoreError> {
    let known = monitoring::of_patient(of.conn, of.patient)?;
    let checks = known.checks.into_iter().map(|check| {
        let what = format!("{} {}", check.kind.label(), check.outcome.label());
        let mut event = event(check.on, EventKind::Result, check.id.to_string(), what, Opens::Check(check.id));
        let by = if check.by.is_empty() { String::new() } else { format!("by {}", check.by) };
        let next = check.next.map(|next| format!("next {}", crate::clinical::time::show_date(next)));
        event.detail = joined([by, check.note, next.unwrap_or_default()]);
        Keyed { key: iso(event.date), event }
    });
    let tests = known.urine.into_iter().filter_map(|test| {
        let date = test.sample_date().or(test.ordered)?;
        let what = format!("urine test {}", test.verdict_or_step());
        let mut event = event(date, EventKind::Result, test.id.to_string(), what, Opens::Urine(test.id));
        let action = if test.action.is_empty() { String::new() } else { format!("done: {}", test.action) };
        event.detail = joined([action, test.note.clone(), test.let_go.clone().unwrap_or_default()]);
        event.text = test.lines().join(" ");
        Some(Keyed { key: iso(event.date), event })
    });
    Ok(checks.chain(tests).collect())
}

fn done_elsewhere(of: Of<'_>) -> Result<Vec<Keyed>, StoreError> {
    let past = elsewhere::past(of.conn, of.patient)?.into_iter();
    Ok(past
        .filter_map(|past| {
            told(past.on, past.id.to_string(), EventKind::Procedure, format!("elsewhere: {}", past.show()))
        })
        .collect())
}
