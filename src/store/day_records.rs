//! Everything the board of one day is computed from: the day's visits, and what is open from any day.
//!
//! What is open is read through partial indexes, what is the day's by its date; the work grows with neither the patients
//! nor the years of the record.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use rusqlite::Connection;

use super::assessment::{self, Brief};
use super::error::{Doing, StoreError};
use super::follow::Follow;
use super::{
    Store, asked, body, check_in, close, diagnostic, drafts, follow, instrument, page, patient, plan, reflection,
    score, session, step, task, visit,
};
use crate::clinical::assessment::RedFlags;
use crate::clinical::board::records::{AlarmRecord, OpenVisit, PlanRecord, RedFlagRecord, StepRecord};
use crate::clinical::board::{DayRecords, ItemKey, NotAsked, Unclosed, VisitRecord, board};
use crate::clinical::body::MapOn;
use crate::clinical::check_in::CheckIn;
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::id::{AssessmentId, PatientId, VisitId};
use crate::clinical::instrument::{InstrumentResult, OpenScreen};
use crate::clinical::patient::PatientFile;
use crate::clinical::plan::PlanItem;
use crate::clinical::plan::wake::Found;
use crate::clinical::procedure::ProcedureSession;
use crate::clinical::score::Scores;
use crate::clinical::task::Task;
use crate::clinical::time::{Instant, Now, instant, wall};
use crate::clinical::visit::Visit;

/// How far back summaries not copied out are followed.
const COPY_DAYS: u64 = 60;
/// How far ahead the next clinic day is looked for.
const NEXT_DAYS: u64 = 14;
/// How far back a day that was never closed is looked for.
const UNCLOSED_DAYS: u64 = 30;

impl Store {
    /// Everything the board of a day is computed from. Only today's names an earlier day that was never closed.
    pub fn board_records<'a>(
        &self,
        date: NaiveDate,
        now: Now,
        follow: impl Into<Follow<'a>>,
    ) -> Result<DayRecords, StoreError> {
        // One view of the record, whatever is written beside it meanwhile.
        let reading = self.conn.unchecked_transaction().doing("reading the day")?;
        let day = Day::new(date, now.zone, follow.into());
        let mut records = day.load(&reading)?;
        if date == now.today() {
            records.unclosed = day.unclosed(&reading)?;
        }
        Ok(records)
    }
}

/// How much of a day is open, summaries to be copied out aside, and clocks, which belong to no day.
pub(super) fn open(conn: &Connection, date: NaiveDate, zone: Tz) -> Result<usize, StoreError> {
    Day::new(date, zone, Follow { copies: false, clocks: None }).open(conn)
}

/// A day of the practice, from midnight to midnight on its wall.
#[derive(Debug, Clone, Copy)]
struct Day<'a> {
    date: NaiveDate,
    zone: Tz,
    starts: Instant,
    ends: Instant,
    follow: Follow<'a>,
}

impl<'a> Day<'a> {
    fn new(date: NaiveDate, zone: Tz, follow: Follow<'a>) -> Self {
        let midnight = |date: NaiveDate| instant(date.and_time(NaiveTime::MIN), zone);
        Self { date, zone, starts: midnight(date), ends: midnight(later(date, 1)), follow }
    }

    fn load(self, conn: &Connection) -> Result<DayRecords, StoreError> {
        let gathered = Gathered::load(conn, self)?;
        let more = More::load(conn, self, &gathered)?;
        let mut records = more.records(self, gathered);
        records.decisions = close::decisions(conn, items(&records))?;
        records.decided = close::decided(conn, self.date)?;
        records.drafts = drafts::keys(conn)?;
        records.day = close::day(conn, self.date)?;
        records.reflection = reflection::is_written(conn, self.date)?;
        Ok(records)
    }

    /// How many items of the day are open. That does not depend on the hour; the day's last moment stands for all of it.
    fn open(self, conn: &Connection) -> Result<usize, StoreError> {
        let records = self.load(conn)?;
        Ok(board(&records, Now { instant: self.ends.plus_millis(-1), zone: self.zone }).open().count())
    }

    /// The newest earlier clinic day that was never closed though something of it is open, and how much. Of a day with
    /// nothing open there is nothing to carry, and nothing is said.
    fn unclosed(self, conn: &Connection) -> Result<Option<Unclosed>, StoreError> {
        let first = earlier(self.date, UNCLOSED_DAYS);
        let closed: BTreeSet<NaiveDate> = close::closed(conn, first, self.date)?.into_iter().collect();
        let mut before = self.date;
        while let Some(date) = visit::last_day_with_visits(conn, before, first)? {
            if !closed.contains(&date) {
                let open = Self::new(date, self.zone, Follow { clocks: None, ..self.follow }).open(conn)?;
                if open > 0 {
                    return Ok(Some(Unclosed { date, open }));
                }
            }
            before = date;
        }
        Ok(None)
    }
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

fn earlier(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// What is the day's, and what is open.
struct Gathered {
    visits: Vec<Visit>,
    tomorrow: Vec<Visit>,
    without_plan: Vec<Brief>,
    to_copy: Vec<Visit>,
    to_follow: Vec<Visit>,
    red_flags: Vec<assessment::OpenRedFlag>,
    alarms: Vec<InstrumentResult>,
    check_ins: Vec<CheckIn>,
    tasks: Vec<Task>,
    /// What was decided at the close of the day and is open no more.
    settled: (Vec<CheckIn>, Vec<Task>),
    diagnostics: Vec<Diagnostic>,
    follow: follow::Gathered,
    steps: Vec<step::Waiting>,
    /// Steps decided at the close of the day that wait no more: only to name them.
    settled_steps: Vec<step::Waiting>,
    /// Of whom the rest was that was decided at the close of the day.
    decided_of: BTreeMap<ItemKey, PatientId>,
}

impl Gathered {
    fn load(conn: &Connection, day: Day<'_>) -> Result<Self, StoreError> {
        let date = day.date;
        let mut visits = visit::of_day(conn, date)?;
        let carried = visit::by_ids(conn, close::waiting(conn, date)?)?.into_values();
        visits.extend(carried.filter(|visit| visit.date < date));
        let tomorrow = match visit::next_day_with_visits(conn, date, later(date, NEXT_DAYS))? {
            Some(next) => visit::of_day(conn, next)?,
            None => Vec::new(),
        };
        let to_copy =
            if day.follow.copies { visit::to_copy(conn, earlier(date, COPY_DAYS), date)? } else { Vec::new() };
        let mut check_ins = check_in::open(conn, date)?;
        check_ins.extend(check_in::done(conn, day.starts, day.ends)?);
        let mut tasks = task::open(conn, day.ends)?;
        tasks.extend(task::done(conn, day.starts, day.ends)?);
        let mut diagnostics = diagnostic::open(conn, date)?;
        diagnostics.extend(diagnostic::acted(conn, day.starts, day.ends)?);
        let mut follow = follow::Gathered::load(conn, date, (day.starts, day.ends), day.follow, day.zone)?;
        let steps = step::waiting(conn, date)?;
        let mut settled_steps = Vec::new();
        let mut decided_of = BTreeMap::new();
        let mut settled = (Vec::new(), Vec::new());
        for decision in close::decided(conn, date)? {
            match decision.item {
                ItemKey::CheckIn(id) if !check_ins.iter().any(|check_in| check_in.id == id) => {
                    settled.0.extend(check_in::by_id(conn, id)?);
                }
                ItemKey::Task(id) if !tasks.iter().any(|task| task.id == id) => {
                    settled.1.extend(task::by_id(conn, id)?);
                }
                ItemKey::Follow(key) => follow.add(conn, key, day.zone)?,
                ItemKey::Step(id) if !steps.iter().any(|step| step.item.id == id) => {
                    settled_steps.extend(step::by_id(conn, id)?);
                }
                // The board passes over those that are open no more.
                ItemKey::Diagnostic(id) if !diagnostics.iter().any(|test| test.id == id) => {
                    diagnostics.extend(diagnostic::by_id(conn, id)?);
                }
                ItemKey::CheckIn(_) | ItemKey::Task(_) | ItemKey::Step(_) | ItemKey::Diagnostic(_) => {}
                item => decided_of.extend(close::whose(conn, &decision)?.map(|patient| (item, patient))),
            }
        }
        Ok(Self {
            settled,
            visits,
            tomorrow,
            without_plan: assessment::without_plan(conn, date)?,
            to_copy,
            to_follow: visit::to_follow(conn, date)?,
            red_flags: assessment::open_red_flags(conn, date)?,
            alarms: instrument::alarms(conn, date)?,
            check_ins,
            tasks,
            diagnostics,
            follow,
            settled_steps,
            decided_of,
            steps,
        })
    }

    fn visit_ids(&self) -> Vec<VisitId> {
        self.visits.iter().chain(&self.tomorrow).map(|visit| visit.id).collect()
    }

    fn patients(&self) -> BTreeSet<PatientId> {
        let visits = self.visits.iter().chain(&self.tomorrow).chain(&self.to_copy).chain(&self.to_follow);
        visits
            .filter_map(|visit| visit.patient)
            .chain(self.without_plan.iter().map(|brief| brief.patient))
            .chain(self.red_flags.iter().map(|flag| flag.patient))
            .chain(self.alarms.iter().map(|alarm| alarm.patient))
            .chain(self.check_ins.iter().chain(&self.settled.0).map(|check_in| check_in.patient))
            .chain(self.tasks.iter().chain(&self.settled.1).filter_map(|task| task.patient))
            .chain(self.diagnostics.iter().map(|test| test.patient))
            .chain(self.follow.patients())
            .chain(self.steps.iter().chain(&self.settled_steps).map(|step| step.patient))
            .chain(self.decided_of.values().copied())
            .collect()
    }
}

/// What is known of the patients and visits that were gathered.
struct More {
    files: BTreeMap<PatientId, PatientFile>,
    scores: BTreeMap<VisitId, Scores>,
    earlier: BTreeMap<PatientId, Vec<u8>>,
    maps: BTreeMap<PatientId, MapOn>,
    assessments: BTreeMap<VisitId, Brief>,
    not_asked: BTreeMap<AssessmentId, NotAsked>,
    sessions: BTreeMap<VisitId, ProcedureSession>,
    planned: BTreeMap<VisitId, String>,
    plans: BTreeMap<PatientId, plan::Brief>,
    kept: BTreeMap<PatientId, Vec<PlanItem>>,
    waiting: BTreeMap<VisitId, usize>,
    observed: BTreeMap<VisitId, String>,
    pages: BTreeSet<VisitId>,
    evidence: BTreeMap<PatientId, Vec<Found>>,
}

impl More {
    fn load(conn: &Connection, day: Day<'_>, gathered: &Gathered) -> Result<Self, StoreError> {
        let visits = gathered.visit_ids();
        let assessments = assessment::briefs(conn, visits.iter().copied())?;
        let with_plans = assessments.values().chain(&gathered.without_plan);
        let scored = visits.iter().copied().chain(gathered.without_plan.iter().map(|brief| brief.visit));
        let mut earlier = BTreeMap::new();
        for visit in &gathered.visits {
            if let Some(patient) = visit.patient {
                earlier.insert(patient, score::headlines(conn, patient, visit.date)?);
            }
        }
        let mut waiting = score::waiting_of_visits(conn, visits.iter().copied())?;
        for (visit, count) in instrument::waiting_of_visits(conn, visits.iter().copied())? {
            *waiting.entry(visit).or_insert(0) += count;
        }
        let waiting_steps = gathered.steps.iter().map(|step| step.patient);
        let plans = plan::briefs(conn, with_plans.clone().map(|brief| brief.patient).chain(waiting_steps.clone()))?;
        Ok(Self {
            waiting,
            observed: instrument::observed_of_visits(conn, visits.iter().copied())?,
            pages: page::of_visits(conn, visits.iter().copied())?,
            files: patient::files(conn, gathered.patients())?,
            scores: score::of_visits(conn, scored)?,
            earlier,
            evidence: step::evidence(conn, &plans, &gathered.steps, day.zone)?,
            plans,
            kept: plan::newest_items(conn, with_plans.map(|brief| brief.patient).chain(waiting_steps))?,
            maps: body::newest_of(conn, gathered.visits.iter().filter_map(|visit| visit.patient), day.date)?,
            not_asked: asked::not_asked(conn, assessments.values().map(|brief| brief.id))?,
            assessments,
            sessions: session::of_visits(conn, visits.iter().copied())?,
            planned: plan::planned(conn, visits)?,
        })
    }

    fn records(&self, day: Day<'_>, gathered: Gathered) -> DayRecords {
        // What was answered on the day stands there as done, beside what still waits.
        let of_day = gathered.visits.iter().filter(|visit| visit.date == day.date);
        let answered = of_day.filter_map(|visit| self.assessments.get(&visit.id));
        let answered = answered.filter(|brief| brief.answered_by.is_some());
        let plans = gathered.without_plan.iter().chain(answered);
        let red_flags = gathered.red_flags.into_iter().filter_map(|flag| {
            Some(RedFlagRecord {
                assessment: flag.assessment,
                visit: flag.visit,
                date: flag.date,
                file: self.files.get(&flag.patient)?.clone(),
                note: flag.note,
            })
        });
        let alarms = gathered.alarms.into_iter().filter_map(|alarm| {
            Some(AlarmRecord {
                file: self.files.get(&alarm.patient)?.clone(),
                result: alarm.id,
                visit: alarm.visit,
                date: alarm.date,
                screen: OpenScreen::of(&alarm),
            })
        });
        let with_file = |patient: Option<PatientId>| patient.and_then(|patient| self.files.get(&patient)).cloned();
        let check_ins = |all: Vec<CheckIn>| {
            all.into_iter().filter_map(|c| with_file(Some(c.patient)).map(|file| (c, file))).collect()
        };
        let tasks = |all: Vec<Task>| {
            let with_file = |task: Task| {
                let file = with_file(task.patient);
                (task, file)
            };
            all.into_iter().map(with_file).collect()
        };
        let of_patient = |test: Diagnostic| self.files.get(&test.patient).cloned().map(|file| (test, file));
        DayRecords {
            date: day.date,
            steps: self.steps(gathered.steps, gathered.settled_steps, day.zone),
            diagnostics: gathered.diagnostics.into_iter().filter_map(of_patient).collect(),
            follow: gathered.follow.records(&self.files),
            plans: plans.filter_map(|brief| self.plan(brief, day.zone)).collect(),
            visits: gathered.visits.into_iter().map(|visit| self.visit(visit)).collect(),
            tomorrow: gathered.tomorrow.into_iter().map(|visit| self.visit(visit)).collect(),
            decided_of: gathered
                .decided_of
                .into_iter()
                .filter_map(|(item, patient)| Some((item, self.files.get(&patient)?.patient.clone())))
                .collect(),
            check_ins: check_ins(gathered.check_ins),
            tasks: tasks(gathered.tasks),
            settled_check_ins: check_ins(gathered.settled.0),
            settled_tasks: tasks(gathered.settled.1),
            to_copy: self.open_visits(gathered.to_copy),
            to_follow: self.open_visits(gathered.to_follow),
            red_flags: red_flags.collect(),
            alarms: alarms.collect(),
            not_asked: self.not_asked(),
            maps: self.maps.clone(),
            follow_copies: day.follow.copies,
            ..DayRecords::default()
        }
    }

    fn visit(&self, visit: Visit) -> VisitRecord {
        let assessment = self.assessments.get(&visit.id);
        VisitRecord {
            file: visit.patient.and_then(|patient| self.files.get(&patient)).cloned(),
            scores: self.scores.get(&visit.id).copied().unwrap_or_default(),
            earlier: visit.patient.and_then(|patient| self.earlier.get(&patient)).cloned().unwrap_or_default(),
            assessed: assessment.is_some(),
            red_flag: assessment.is_some_and(|brief| brief.red_flags == Some(RedFlags::Present)),
            session: self.sessions.get(&visit.id).map(ProcedureSession::summary),
            planned: self.planned.get(&visit.id).cloned(),
            waiting: self.waiting.get(&visit.id).copied().unwrap_or_default(),
            observed: self.observed.get(&visit.id).cloned(),
            page: self.pages.contains(&visit.id),
            visit,
        }
    }

    fn plan(&self, brief: &Brief, zone: Tz) -> Option<PlanRecord> {
        let newest = self.plans.get(&brief.patient);
        Some(PlanRecord {
            assessment: brief.id,
            visit: brief.visit,
            date: brief.date,
            file: self.files.get(&brief.patient)?.clone(),
            score: self.scores.get(&brief.visit).and_then(Scores::headline),
            answered_by: brief.answered_by,
            version: newest.map(|plan| (plan.version, plan.unchanged)),
            version_on: newest.map(|plan| wall(plan.set_at, zone).date()),
            keeps: self.kept.get(&brief.patient).cloned().unwrap_or_default(),
        })
    }

    fn steps(&self, waiting: Vec<step::Waiting>, settled: Vec<step::Waiting>, zone: Tz) -> Vec<StepRecord> {
        let record = |(step, is_open): (step::Waiting, bool)| {
            let evidence = self.evidence.get(&step.patient).cloned().unwrap_or_default();
            let newest = self.plans.get(&step.patient);
            Some(StepRecord {
                file: self.files.get(&step.patient)?.clone(),
                item: step.item,
                evidence,
                version: newest.map_or(0, |plan| plan.version),
                version_on: newest.map(|plan| wall(plan.set_at, zone).date()),
                keeps: self.kept.get(&step.patient).cloned().unwrap_or_default(),
                is_open,
            })
        };
        let waiting = waiting.into_iter().map(|step| (step, true));
        waiting.chain(settled.into_iter().map(|step| (step, false))).filter_map(record).collect()
    }

    fn not_asked(&self) -> BTreeMap<VisitId, NotAsked> {
        let flags = |brief: &Brief| Some((brief.visit, self.not_asked.get(&brief.id)?.clone()));
        self.assessments.values().filter_map(flags).collect()
    }

    fn open_visits(&self, visits: Vec<Visit>) -> Vec<OpenVisit> {
        let with_file = |visit: Visit| {
            let file = self.files.get(&visit.patient?)?.clone();
            Some(OpenVisit { visit, file })
        };
        visits.into_iter().filter_map(with_file).collect()
    }
}

/// Every item that the board may make of these records.
fn items(records: &DayRecords) -> Vec<ItemKey> {
    let mut items = Vec::new();
    for record in &records.visits {
        items.extend([ItemKey::Assessment(record.visit.id), ItemKey::Procedure(record.visit.id)]);
    }
    items.extend(records.plans.iter().map(|plan| ItemKey::Plan(plan.assessment)));
    items.extend(records.steps.iter().map(|step| ItemKey::Step(step.item.id)));
    items.extend(records.check_ins.iter().map(|(check_in, _)| ItemKey::CheckIn(check_in.id)));
    items.extend(records.diagnostics.iter().map(|(test, _)| ItemKey::Diagnostic(test.id)));
    items.extend(records.follow.items().map(ItemKey::Follow));
    items.extend(records.tasks.iter().map(|(task, _)| ItemKey::Task(task.id)));
    items.extend(records.to_copy.iter().map(|open| ItemKey::Copy(open.visit.id)));
    items.extend(records.to_follow.iter().map(|open| ItemKey::Aftermath(open.visit.id)));
    items.extend(records.red_flags.iter().map(|flag| ItemKey::RedFlag(flag.assessment)));
    items.extend(records.alarms.iter().map(|alarm| ItemKey::Screen(alarm.result)));
    items.extend(records.tomorrow.iter().map(|record| ItemKey::Tomorrow(record.visit.id)));
    items
}
