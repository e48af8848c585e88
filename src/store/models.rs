//! Read models: what a screen needs, put together at once. What is not in the record (any more) is [`StoreError::Gone`].

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;

use super::chart::END_OF_TIME;
use super::error::StoreError;
use super::import::ImportedVisit;
use super::{
    Store, asked, assessment, body, check_in, close, diagnostic, education, elsewhere, import, instrument, medicine,
    monitoring, page, patient, plan, practice, problem, referral, reflection, response, score, session, taper, task,
    treatments, visit,
};
use crate::clinical::assessment::Assessment;
use crate::clinical::check_in::CheckIn;
use crate::clinical::close::DayRecord;
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::elsewhere::{ElsewhereLine, PastProcedure};
use crate::clinical::find::PatientName;
use crate::clinical::id::{CheckInId, DiagnosticId, PatientId, ProblemId, TaskId, VisitId};
use crate::clinical::medicine_change::{ListSince, of_list};
use crate::clinical::models::{
    AssessmentModel, CheckInModel, PatientLine, PlanModel, SessionModel, VisitSummary, WeekDay,
};
use crate::clinical::patient::PatientFile;
use crate::clinical::practice::Practice;
use crate::clinical::reflection::Reflection;
use crate::clinical::response::ResponseFacts;
use crate::clinical::score::Scores;
use crate::clinical::task::Task;
use crate::clinical::time::{Now, instant, wall};
use crate::clinical::visit::Visit;

/// The patient is not in the record, or the visit is nobody's.
const NO_PATIENT: StoreError = StoreError::Gone { table: "patient" };

impl Store {
    /// The practice; none before the first run is done.
    pub fn practice(&self) -> Result<Option<Practice>, StoreError> {
        practice::load(&self.conn)
    }

    /// A visit.
    pub fn visit(&self, id: VisitId) -> Result<Option<Visit>, StoreError> {
        visit::by_id(&self.conn, id)
    }

    /// The visit a patient has on a day: the one in room, else the one that waits here, else the first that is not over.
    pub fn visit_of_day(&self, patient: PatientId, day: NaiveDate) -> Result<Option<Visit>, StoreError> {
        visit::of_patient_on(&self.conn, patient, day)
    }

    /// A task.
    pub fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        task::by_id(&self.conn, id)
    }

    /// A check-in.
    pub fn check_in(&self, id: CheckInId) -> Result<Option<CheckIn>, StoreError> {
        check_in::by_id(&self.conn, id)
    }

    /// A test and its patient.
    pub fn diagnostic_model(&self, id: DiagnosticId) -> Result<(Diagnostic, PatientFile), StoreError> {
        let test = diagnostic::by_id(&self.conn, id)?.ok_or(StoreError::Gone { table: "diagnostic" })?;
        let file = patient::file(&self.conn, test.patient)?.ok_or(NO_PATIENT)?;
        Ok((test, file))
    }

    /// The two last tests of each kind, newest first: what the form of a test is compared with.
    pub fn last_diagnostics(&self, patient: PatientId) -> Result<Vec<Diagnostic>, StoreError> {
        diagnostic::last_of_kinds(&self.conn, patient)
    }

    /// A patient's tests and results, newest first.
    pub fn diagnostics(&self, patient: PatientId) -> Result<Vec<Diagnostic>, StoreError> {
        diagnostic::of_patient(&self.conn, patient)
    }

    /// What is known of a patient from elsewhere: procedures, and lines.
    pub fn elsewhere(&self, patient: PatientId) -> Result<(Vec<PastProcedure>, Vec<ElsewhereLine>), StoreError> {
        Ok((elsewhere::past(&self.conn, patient)?, elsewhere::lines(&self.conn, patient)?))
    }

    /// What the summary of a visit says of tests: those of the visit, and what came, was read or acted on on its day.
    fn diagnostics_of(&self, visit: &Visit, patient: PatientId) -> Result<Vec<Diagnostic>, StoreError> {
        let zone = practice::load(&self.conn)?.map_or(chrono_tz::UTC, |practice| practice.zone);
        let starts = |date: NaiveDate| instant(date.and_time(NaiveTime::MIN), zone);
        let day = (starts(visit.date), starts(visit.date.succ_opt().unwrap_or(visit.date)));
        diagnostic::of_day(&self.conn, (visit.id, patient), visit.date, day)
    }

    /// A day's own row; none before anything was decided about it.
    pub fn day(&self, date: NaiveDate) -> Result<Option<DayRecord>, StoreError> {
        close::day(&self.conn, date)
    }

    /// A patient with everything the band shows.
    pub fn patient_file(&self, id: PatientId) -> Result<Option<PatientFile>, StoreError> {
        patient::file(&self.conn, id)
    }

    /// Every patient's name, number and birth date, for finding as one types.
    pub fn patient_names(&self) -> Result<Vec<PatientName>, StoreError> {
        patient::names(&self.conn)
    }

    /// Patients as a list of finds shows them, in this order.
    pub fn patient_lines(&self, ids: &[PatientId], today: NaiveDate) -> Result<Vec<PatientLine>, StoreError> {
        patient::lines(&self.conn, ids, today)
    }

    /// Everything that came from a calendar, with its visits as they are now and whether they have begun.
    pub fn imported_visits(&self, calendar: &str) -> Result<Vec<ImportedVisit>, StoreError> {
        import::imported(&self.conn, calendar)
    }

    /// The visits of patients from one day to another, both included, that came from no schedule and are not called off.
    pub fn visits_by_hand(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Visit>, StoreError> {
        visit::by_hand(&self.conn, from, to)
    }

    /// The calendars from which something with one of these identities came.
    pub fn calendars_with(&self, uids: &BTreeSet<&str>) -> Result<Vec<String>, StoreError> {
        import::calendars_with(&self.conn, uids)
    }

    /// What the assessment form of a visit shows.
    pub fn assessment_model(&self, id: VisitId) -> Result<AssessmentModel, StoreError> {
        let conn = &self.conn;
        let (visit, file) = self.of_visit(id)?;
        let patient = file.patient.id;
        let last = assessment::last_before(conn, patient, visit.date)?;
        Ok(AssessmentModel {
            current: assessment::of_visit(conn, id)?,
            scores: score::whole_of_visit(conn, id)?,
            page: page::of_visit(conn, id)?,
            results: instrument::of_visit(conn, id)?,
            last_map: body::last_before(conn, patient, visit.date)?,
            tried: problem::tried(conn, patient)?,
            response: Self::response_facts(conn, &visit, &file, last.as_ref())?,
            monitoring: monitoring::of_patient(conn, patient)?,
            last,
            trend: score::trend(conn, patient, visit.date)?,
            plan: plan::current(conn, patient)?,
            session: session::last_before(conn, patient, END_OF_TIME)?,
            visit,
            file,
        })
    }

    /// What the plan form of a patient shows.
    pub fn plan_model(&self, patient: PatientId, now: Now) -> Result<PlanModel, StoreError> {
        let conn = &self.conn;
        let file = patient::file(conn, patient)?.ok_or(NO_PATIENT)?;
        let today = now.today();
        let assessment = assessment::last_before(conn, patient, END_OF_TIME)?;
        let visit = match visit::in_room(conn, patient, today)? {
            Some(visit) => Some(visit),
            None => assessment.as_ref().map_or(Ok(None), |assessment| visit::by_id(conn, assessment.visit))?,
        };
        let last = plan::current(conn, patient)?;
        let of_list = match &last {
            Some(plan) => {
                let from = wall(plan.set_at, now.zone).date();
                let changed = medicine::changed(conn, patient, from)?;
                let stopped = medicine::stopped(conn, patient, from, treatments::ALL)?;
                of_list(plan, file.facts.medications.items(), &ListSince { from, changed, stopped })
            }
            None => Vec::new(),
        };
        Ok(PlanModel {
            file,
            last,
            of_list,
            unanswered: assessment::unanswered_of(conn, patient)?,
            assessment,
            visit,
            ahead: visit::ahead(conn, patient, today)?,
            trend: score::trend(conn, patient, END_OF_TIME)?,
            bookings: visit::bookings(conn, today)?,
            treatments: treatments::of(conn, patient, treatments::BESIDE, Some(today))?,
            goal_scores: asked::goal_scores(conn, patient)?,
            monitoring: monitoring::of_patient(conn, patient)?,
            said: medicine::said(conn)?,
        })
    }

    /// What the jigsaw of a patient shows: the same, with the whole trial ledger.
    pub fn jigsaw_model(&self, patient: PatientId, now: Now) -> Result<PlanModel, StoreError> {
        let treatments = treatments::of(&self.conn, patient, treatments::ALL, Some(now.today()))?;
        Ok(PlanModel { treatments, ..self.plan_model(patient, now)? })
    }

    /// What the procedure form of a visit shows.
    pub fn session_model(&self, id: VisitId) -> Result<SessionModel, StoreError> {
        let conn = &self.conn;
        let (visit, file) = self.of_visit(id)?;
        let patient = file.patient.id;
        let current = session::of_visit(conn, id)?;
        let check_in = current.as_ref().map_or(Ok(None), |session| check_in::after_session(conn, session.id))?;
        Ok(SessionModel {
            current,
            last: session::last_before(conn, patient, visit.date)?,
            planned: plan::planned(conn, [id])?.remove(&id),
            planned_for: plan::planned_for(conn, id)?,
            expected: plan::expected(conn, id)?,
            check_in,
            plan: plan::current(conn, patient)?,
            trend: score::trend(conn, patient, visit.date)?,
            visit,
            file,
        })
    }

    /// What the form of a check-in shows.
    pub fn check_in_model(&self, id: CheckInId) -> Result<CheckInModel, StoreError> {
        let conn = &self.conn;
        let check_in = check_in::by_id(conn, id)?.ok_or(StoreError::Gone { table: "check_in" })?;
        let file = patient::file(conn, check_in.patient)?.ok_or(NO_PATIENT)?;
        let session = check_in.session.map_or(Ok(None), |session| session::by_id(conn, session))?;
        let expected = check_in.visit.map_or(Ok(None), |visit| plan::expected(conn, visit))?;
        let plan = plan::current(conn, check_in.patient)?;
        let trend = score::trend(conn, check_in.patient, END_OF_TIME)?;
        let zone = practice::load(conn)?.map_or(chrono_tz::UTC, |practice| practice.zone);
        let last = check_in::before(conn, &check_in)?;
        let last = last.map(|done| (crate::clinical::time::wall(done.at, zone).date(), done));
        Ok(CheckInModel { check_in, file, session, expected, plan, trend, last })
    }

    /// Everything the summary of a visit is written from.
    pub fn visit_summary(&self, id: VisitId) -> Result<VisitSummary, StoreError> {
        let conn = &self.conn;
        let (visit, file) = self.of_visit(id)?;
        let patient = file.patient.id;
        let plan = plan::of_visit(conn, id)?;
        let plan_before = match &plan {
            Some(plan) => plan::before_version(conn, patient, plan.version)?,
            None => None,
        };
        let last = assessment::last_before(conn, patient, visit.date)?;
        let results = instrument::of_visit(conn, id)?;
        let scored = score::whole_of_visit(conn, id)?;
        Ok(VisitSummary {
            scores: Scores::of(&scored),
            scored,
            results_before: instrument::before(conn, &results)?,
            results,
            assessment: assessment::of_visit(conn, id)?,
            last_map: body::last_before(conn, patient, visit.date)?,
            diagnostics: self.diagnostics_of(&visit, patient)?,
            monitoring: monitoring::of_patient(conn, patient)?,
            referrals: referral::of_patient(conn, patient)?,
            team: referral::team(conn, patient)?,
            handouts: education::of_patient(conn, patient)?,
            tapers: taper::of_patient(conn, patient)?,
            response: Self::response_facts(conn, &visit, &file, last.as_ref())?,
            tried: problem::tried(conn, patient)?,
            last,
            plan,
            plan_before,
            session: session::of_visit(conn, id)?,
            check_ins: check_in::done_of_visit(conn, id)?,
            goal_scores: asked::goal_scores(conn, patient)?,
            trend: score::trend(conn, patient, visit.date.succ_opt().unwrap_or(visit.date))?,
            expected: plan::expected(conn, id)?,
            visit,
            file,
        })
    }

    /// The seven days from this one on, each with its visits by the clock.
    pub fn week(&self, from: NaiveDate) -> Result<Vec<WeekDay>, StoreError> {
        let days: Vec<NaiveDate> = from.iter_days().take(7).collect();
        let to = days.last().copied().unwrap_or(from);
        let closed = close::closed(&self.conn, from, to)?;
        let visits = visit::of_days(&self.conn, from, to)?;
        let files = patient::files(&self.conn, visits.iter().filter_map(|visit| visit.patient))?;
        let named = |visit: Visit| {
            let file = visit.patient.and_then(|patient| files.get(&patient));
            let name = file.map(|file| file.patient.list_name()).or_else(|| visit.title.clone()).unwrap_or_default();
            (visit, name)
        };
        let mut week: Vec<WeekDay> =
            days.into_iter().map(|date| WeekDay { date, visits: Vec::new(), closed: closed.contains(&date) }).collect();
        for visit in visits {
            if let Some(day) = week.iter_mut().find(|day| day.date == visit.date) {
                day.visits.push(named(visit));
            }
        }
        Ok(week)
    }

    /// The reflection of an evening, opened.
    pub fn reflection(&self, date: NaiveDate) -> Result<Option<Reflection>, StoreError> {
        reflection::on(&self.conn, date)
    }

    /// Every reflection, opened, newest first.
    pub fn reflections(&self) -> Result<Vec<Reflection>, StoreError> {
        reflection::all(&self.conn)
    }

    /// What the scores of a visit are compared with.
    fn response_facts(
        conn: &Connection,
        visit: &Visit,
        file: &PatientFile,
        last: Option<&Assessment>,
    ) -> Result<ResponseFacts, StoreError> {
        let problems: Vec<ProblemId> = file.problems.iter().map(|problem| problem.id).collect();
        response::facts(conn, visit, file.patient.id, &problems, last.map(|last| last.date))
    }

    /// A visit and its patient's file.
    fn of_visit(&self, id: VisitId) -> Result<(Visit, PatientFile), StoreError> {
        let visit = visit::by_id(&self.conn, id)?.ok_or(StoreError::Gone { table: "visit" })?;
        let file = visit.patient.map_or(Ok(None), |patient| patient::file(&self.conn, patient))?;
        Ok((visit, file.ok_or(NO_PATIENT)?))
    }
}
