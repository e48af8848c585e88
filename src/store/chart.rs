//! A patient's chart: the newest of everything, and the visits, newest first.

use chrono::NaiveDate;

use super::error::StoreError;
use super::{
    Store, asked, assessment, body, check_in, diagnostic, education, elsewhere, instrument, monitoring, patient, plan,
    problem, referral, response, score, session, taper, task, treatments, visit,
};
use crate::clinical::assessment::Assessment;
use crate::clinical::id::PatientId;
use crate::clinical::instrument::InstrumentResult;
use crate::clinical::models::{Chart, ChartLine, CoverFacts, LastProcedure};
use crate::clinical::procedure::ProcedureSession;
use crate::clinical::response::ResponseFacts;
use crate::clinical::visit::Visit;

/// How many visits the chart lists.
const VISITS: u32 = 50;

/// How many handouts the cover looks back over.
const HANDOUTS: u32 = 8;

/// Later than every date of a record: reads all that is earlier.
pub(super) const END_OF_TIME: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date of the calendar");

impl Store {
    /// A patient's chart. Each read stops after so many rows or takes only what is open, each by an index of its own: the
    /// chart of somebody seen two thousand times opens like any other.
    pub fn chart(&self, id: PatientId) -> Result<Chart, StoreError> {
        let conn = &self.conn;
        let file = patient::file(conn, id)?.ok_or(StoreError::Gone { table: "patient" })?;
        let plan = plan::current(conn, id)?;
        let plan_before = match &plan {
            Some(plan) => plan::before_version(conn, id, plan.version)?,
            None => None,
        };
        let map = body::last_before(conn, id, END_OF_TIME)?;
        let map_before = map.as_ref().map_or(Ok(None), |map| body::last_before(conn, id, map.date))?;
        Ok(Chart {
            file,
            plan,
            plan_before,
            assessment: assessment::last_before(conn, id, END_OF_TIME)?,
            map,
            map_before,
            cover: self.cover_facts(id)?,
            tried: problem::tried(conn, id)?,
            treatments: treatments::of(conn, id, treatments::BESIDE, None)?,
            goal_scores: asked::goal_scores(conn, id)?,
            ended: problem::ended(conn, id)?,
            trend: score::trend(conn, id, END_OF_TIME)?,
            has_more_visits: visit::has_more(conn, id, VISITS)?,
            visits: self.chart_lines(id)?,
            past: elsewhere::past(conn, id)?,
            elsewhere: elsewhere::lines(conn, id)?,
            diagnostics: diagnostic::for_cover(conn, id)?,
            monitoring: monitoring::for_cover(conn, id)?,
            referrals: referral::open_of(conn, id)?,
            team: referral::team(conn, id)?,
            handouts: education::newest(conn, id, HANDOUTS)?,
            tapers: taper::open_of(conn, id)?,
            tasks: task::open_of(conn, id)?,
            check_ins: check_in::open_of(conn, id)?,
        })
    }

    /// Scales and the response to treatment, as the cover shows them.
    fn cover_facts(&self, id: PatientId) -> Result<CoverFacts, StoreError> {
        let conn = &self.conn;
        let newest = instrument::newest(conn, id)?;
        let mut before = instrument::before(conn, &newest)?;
        let pair = |newest: InstrumentResult| {
            let at = before.iter().position(|earlier| earlier.instrument == newest.instrument);
            let earlier = at.map(|at| before.swap_remove(at));
            (newest, earlier)
        };
        let results = newest.into_iter().map(pair).collect();
        let procedure = match session::last_before(conn, id, END_OF_TIME)? {
            Some(session) => Some(LastProcedure {
                said: asked::response_to(conn, session.id)?,
                check_in: check_in::last_after(conn, session.id)?,
                session,
            }),
            None => None,
        };
        let compared = match assessment::last_before(conn, id, END_OF_TIME)? {
            Some(newest) => self.compared_at(&newest)?,
            None => ResponseFacts::default(),
        };
        Ok(CoverFacts { results, compared, procedure })
    }

    /// What the scores of an assessment are compared with.
    fn compared_at(&self, newest: &Assessment) -> Result<ResponseFacts, StoreError> {
        let conn = &self.conn;
        let Some(visit) = visit::by_id(conn, newest.visit)? else { return Ok(ResponseFacts::default()) };
        let problems: Vec<_> = newest.asked.problem_scores.iter().map(|score| score.problem).collect();
        let last = assessment::last_before(conn, newest.patient, visit.date)?;
        response::facts(conn, &visit, newest.patient, &problems, last.map(|last| last.date))
    }

    fn chart_lines(&self, id: PatientId) -> Result<Vec<ChartLine>, StoreError> {
        let conn = &self.conn;
        let visits = visit::of_patient(conn, id, VISITS)?;
        let ids = || visits.iter().map(|visit| visit.id);
        let scores = score::of_visits(conn, ids())?;
        let mut impressions = assessment::briefs(conn, ids())?;
        let sessions = session::of_visits(conn, ids())?;
        let plans = plan::briefs_of_visits(conn, ids())?;
        let line = |visit: Visit| ChartLine {
            scores: scores.get(&visit.id).copied().unwrap_or_default(),
            impression: impressions.remove(&visit.id).map(|brief| brief.impression),
            session: sessions.get(&visit.id).map(ProcedureSession::summary),
            plan: plans.get(&visit.id).map(|plan| (plan.version, plan.unchanged)),
            visit,
        };
        Ok(visits.into_iter().map(line).collect())
    }
}
