//! What a screen needs, loaded at once: read models. The store fills them, screens show them, nobody changes them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::assessment::Assessment;
use super::body::MapOn;
use super::booking::Bookings;
use super::check_in::{CheckIn, CheckInDone};
use super::diagnostic::Diagnostic;
use super::education::HandoutGiven;
use super::elsewhere::{ElsewhereLine, PastProcedure};
use super::history::TreatmentTried;
use super::id::{AssessmentId, ChangeSetId, MedicationId, PatientId, ProblemId};
use super::instrument::InstrumentResult;
use super::medicine_change::OfList;
use super::monitoring::Monitoring;
use super::page::PageNote;
use super::patient::{Patient, PatientFile};
use super::plan::Plan;
use super::plan::goal::GoalScore;
use super::plan::ledger::Treatments;
use super::problem::Problem;
use super::procedure::ProcedureSession;
use super::referral::{CareMember, Referral};
use super::response::{ProcedureResponse, ResponseFacts};
use super::score::{Score, Scores};
use super::supply::Refill;
use super::taper_plan::TaperPlan;
use super::task::Task;
use super::time::Instant;
use super::visit::{Visit, VisitKind};

/// One visit's scores on the trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrendPoint {
    /// The day.
    pub date: NaiveDate,
    /// The scores of that visit.
    pub scores: Scores,
}

/// What the assessment form shows beside its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentModel {
    /// The visit.
    pub visit: Visit,
    /// The patient.
    pub file: PatientFile,
    /// The assessment, where it is already complete.
    pub current: Option<Assessment>,
    /// The scores taken in this visit so far (a quick score, a page typed in ahead), with how each was given.
    pub scores: Vec<Score>,
    /// What the patient wrote on the page that was typed in.
    pub page: Option<PageNote>,
    /// Instruments filled in during this visit.
    pub results: Vec<InstrumentResult>,
    /// The last complete assessment of an earlier visit: the source of ghosts.
    pub last: Option<Assessment>,
    /// The newest body map of an earlier visit, to compare with.
    pub last_map: Option<MapOn>,
    /// The scores of earlier visits, oldest first, at most twelve.
    pub trend: Vec<TrendPoint>,
    /// The current plan.
    pub plan: Option<Plan>,
    /// The last procedure session.
    pub session: Option<ProcedureSession>,
    /// The treatments tried.
    pub tried: Vec<TreatmentTried>,
    /// What the scores are compared with, and the procedure since the last visit.
    pub response: ResponseFacts,
    /// What was checked, and when.
    pub monitoring: Monitoring,
}

/// What the plan form shows beside its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanModel {
    /// The patient.
    pub file: PatientFile,
    /// The current plan, with the items it keeps where it was unchanged.
    pub last: Option<Plan>,
    /// Assessments without a plan, newest first: setting the plan answers them all.
    pub unanswered: Vec<AssessmentId>,
    /// The newest assessment.
    pub assessment: Option<Assessment>,
    /// The visit for which the plan is made: that of the newest assessment, or the one in room.
    pub visit: Option<Visit>,
    /// Visits booked ahead.
    pub ahead: Vec<Visit>,
    /// The scores of earlier visits, oldest first, at most twelve.
    pub trend: Vec<TrendPoint>,
    /// What is taken in the schedule, for the visits that the plan books.
    pub bookings: Bookings,
    /// What the trial ledger is computed from.
    pub treatments: Treatments,
    /// How far the patient's goals were reached, oldest first.
    pub goal_scores: Vec<GoalScore>,
    /// What was checked, and when.
    pub monitoring: Monitoring,
    /// What the list of medicines alone changed since the last version was set.
    pub of_list: Vec<OfList>,
    /// Classes that were said of names no table knows, of anybody's medicines: each spelled name with its class.
    pub said: BTreeMap<String, String>,
}

/// What the procedure form shows beside its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionModel {
    /// The visit.
    pub visit: Visit,
    /// The patient.
    pub file: PatientFile,
    /// The session, where it is already complete.
    pub current: Option<ProcedureSession>,
    /// The session before, of an earlier visit.
    pub last: Option<ProcedureSession>,
    /// What the plan meant to do, in one line.
    pub planned: Option<String>,
    /// The problem it meant to treat.
    pub planned_for: Option<ProblemId>,
    /// The relief that was expected of it.
    pub expected: Option<u8>,
    /// The check-in this session already made due.
    pub check_in: Option<CheckIn>,
    /// The current plan.
    pub plan: Option<Plan>,
    /// Scores of earlier visits, oldest first.
    pub trend: Vec<TrendPoint>,
}

/// What the check-in form shows beside its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckInModel {
    /// The check-in.
    pub check_in: CheckIn,
    /// The patient.
    pub file: PatientFile,
    /// The session it follows.
    pub session: Option<ProcedureSession>,
    /// The relief that was expected when it was planned.
    pub expected: Option<u8>,
    /// The current plan.
    pub plan: Option<Plan>,
    /// Scores of earlier visits, oldest first.
    pub trend: Vec<TrendPoint>,
    /// The check-in before it after the same session, and its day.
    pub last: Option<(NaiveDate, CheckInDone)>,
}

/// A medicine that was taken once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoppedMedicine {
    /// Identity.
    pub id: MedicationId,
    /// Its last line.
    pub line: String,
    /// Since when.
    pub started: Option<NaiveDate>,
    /// Until when.
    pub stopped: NaiveDate,
    /// Why it was stopped.
    pub reason: String,
}

/// A patient's medicines with everything that rules and the screen need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MedicinesModel {
    /// The patient.
    pub file: PatientFile,
    /// What was taken once, newest first.
    pub stopped: Vec<StoppedMedicine>,
    /// The next visit.
    pub next_visit: Option<NaiveDate>,
    /// The newest complete PEG: its day and its mean in tenths.
    pub function: Option<(NaiveDate, u16)>,
    /// What was checked, and when.
    pub monitoring: Monitoring,
    /// The current plan.
    pub plan: Option<Plan>,
    /// Refill requests that were answered, newest first.
    pub refills: Vec<Refill>,
    /// Classes that were said of names no table knows, of anybody's medicines: each spelled name with its class.
    pub said: BTreeMap<String, String>,
}

/// One line of a chart's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartLine {
    /// The visit.
    pub visit: Visit,
    /// The scores of the visit.
    pub scores: Scores,
    /// The impression of its assessment, where one is complete.
    pub impression: Option<String>,
    /// What was done, where a procedure was.
    pub session: Option<String>,
    /// The plan version set for it, and whether it was unchanged.
    pub plan: Option<(u32, bool)>,
}

/// What the cover of a chart shows of scales and of the response to treatment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverFacts {
    /// The newest result of each instrument, and the one before it.
    pub results: Vec<(InstrumentResult, Option<InstrumentResult>)>,
    /// What the scores of the newest assessment are compared with.
    pub compared: ResponseFacts,
    /// The last procedure, and what became of it.
    pub procedure: Option<LastProcedure>,
}

/// The last procedure, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastProcedure {
    /// What was done.
    pub session: ProcedureSession,
    /// What the patient said of it, at the newest visit that asked.
    pub said: Option<(NaiveDate, ProcedureResponse)>,
    /// The newest check-in after it.
    pub check_in: Option<CheckIn>,
}

/// A patient's chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The patient.
    pub file: PatientFile,
    /// The current plan.
    pub plan: Option<Plan>,
    /// The plan before it, for the difference.
    pub plan_before: Option<Plan>,
    /// The newest complete assessment.
    pub assessment: Option<Assessment>,
    /// The newest body map.
    pub map: Option<MapOn>,
    /// The body map before that one, to compare with.
    pub map_before: Option<MapOn>,
    /// Scales and responses, as the cover shows them.
    pub cover: CoverFacts,
    /// The treatments tried.
    pub tried: Vec<TreatmentTried>,
    /// What the trial ledger is computed from.
    pub treatments: Treatments,
    /// How far the patient's goals were reached, oldest first.
    pub goal_scores: Vec<GoalScore>,
    /// The problems that are none any more.
    pub ended: Vec<Problem>,
    /// The scores of earlier visits, oldest first, at most twelve.
    pub trend: Vec<TrendPoint>,
    /// The visits, newest first; the first fifty.
    pub visits: Vec<ChartLine>,
    /// Whether there are visits before those.
    pub has_more_visits: bool,
    /// Procedures that others did.
    pub past: Vec<PastProcedure>,
    /// Lines of another record system.
    pub elsewhere: Vec<ElsewhereLine>,
    /// Open tests and the newest others, newest first.
    pub diagnostics: Vec<Diagnostic>,
    /// The patient's newest checks and urine tests.
    pub monitoring: Monitoring,
    /// The patient's referrals that are not over, newest first.
    pub referrals: Vec<Referral>,
    /// Who else takes part in the care.
    pub team: Vec<CareMember>,
    /// The newest handouts the patient was given, newest first.
    pub handouts: Vec<HandoutGiven>,
    /// The patient's tapers that go on, newest first.
    pub tapers: Vec<TaperPlan>,
    /// Open tasks and check-ins.
    pub tasks: Vec<Task>,
    /// Open check-ins.
    pub check_ins: Vec<CheckIn>,
}

impl Chart {
    /// Of a patient of whom nothing is recorded.
    pub fn new(file: PatientFile) -> Self {
        Self {
            file,
            plan: None,
            plan_before: None,
            assessment: None,
            map: None,
            map_before: None,
            cover: CoverFacts::default(),
            tried: Vec::new(),
            treatments: Treatments::default(),
            goal_scores: Vec::new(),
            ended: Vec::new(),
            trend: Vec::new(),
            visits: Vec::new(),
            has_more_visits: false,
            past: Vec::new(),
            elsewhere: Vec::new(),
            diagnostics: Vec::new(),
            monitoring: Monitoring::default(),
            referrals: Vec::new(),
            team: Vec::new(),
            handouts: Vec::new(),
            tapers: Vec::new(),
            tasks: Vec::new(),
            check_ins: Vec::new(),
        }
    }
}

/// A patient as a list of finds shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientLine {
    /// The patient.
    pub patient: Patient,
    /// The day of the last visit.
    pub last_visit: Option<NaiveDate>,
    /// The day of the next visit.
    pub next_visit: Option<NaiveDate>,
}

/// One day of the week view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekDay {
    /// The day.
    pub date: NaiveDate,
    /// Its visits and blocks by start: start, minutes, kind, state, and the patient's name or the title.
    pub visits: Vec<(Visit, String)>,
    /// Whether it was closed.
    pub closed: bool,
}

impl WeekDay {
    /// How many live visits of a kind there are.
    pub fn count(&self, kind: VisitKind) -> usize {
        self.visits.iter().filter(|(visit, _)| visit.kind == kind && visit.state.is_live()).count()
    }
    /// Booked minutes of live visits, blocks aside.
    pub fn minutes(&self) -> u32 {
        self.visits
            .iter()
            .filter(|(visit, _)| visit.kind != VisitKind::Block && visit.state.is_live())
            .map(|(visit, _)| u32::from(visit.minutes))
            .sum()
    }
}

/// Everything the plain summary of a visit is written from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitSummary {
    /// The visit.
    pub visit: Visit,
    /// The patient.
    pub file: PatientFile,
    /// The scores of the visit.
    pub scores: Scores,
    /// The same one by one, each with how it was given.
    pub scored: Vec<Score>,
    /// Its questionnaires and scales.
    pub results: Vec<InstrumentResult>,
    /// The result before, of each of those.
    pub results_before: Vec<InstrumentResult>,
    /// Its assessment.
    pub assessment: Option<Assessment>,
    /// The assessment before it, for what changed.
    pub last: Option<Assessment>,
    /// The newest body map of an earlier visit, to compare with.
    pub last_map: Option<MapOn>,
    /// What its scores are compared with.
    pub response: ResponseFacts,
    /// The treatments tried.
    pub tried: Vec<TreatmentTried>,
    /// The plan set for it.
    pub plan: Option<Plan>,
    /// The plan before that.
    pub plan_before: Option<Plan>,
    /// How far the patient's goals were reached, oldest first.
    pub goal_scores: Vec<GoalScore>,
    /// The scores up to this visit, oldest first.
    pub trend: Vec<TrendPoint>,
    /// Its procedure session.
    pub session: Option<ProcedureSession>,
    /// Tests asked for, done, read or acted on in it or on its day.
    pub diagnostics: Vec<Diagnostic>,
    /// The patient's checks and urine tests.
    pub monitoring: Monitoring,
    /// The patient's referrals, newest first.
    pub referrals: Vec<Referral>,
    /// Who else takes part in the care.
    pub team: Vec<CareMember>,
    /// The handouts the patient was given, newest first.
    pub handouts: Vec<HandoutGiven>,
    /// The patient's tapers, newest first.
    pub tapers: Vec<TaperPlan>,
    /// Check-ins done after it.
    pub check_ins: Vec<CheckIn>,
    /// The relief that was expected of its procedure.
    pub expected: Option<u8>,
}

impl VisitSummary {
    /// Of a visit of which nothing was recorded.
    pub fn new(visit: Visit, file: PatientFile) -> Self {
        Self {
            visit,
            file,
            scores: Scores::default(),
            scored: Vec::new(),
            results: Vec::new(),
            results_before: Vec::new(),
            assessment: None,
            last: None,
            last_map: None,
            response: ResponseFacts::default(),
            tried: Vec::new(),
            plan: None,
            plan_before: None,
            goal_scores: Vec::new(),
            trend: Vec::new(),
            session: None,
            diagnostics: Vec::new(),
            monitoring: Monitoring::default(),
            referrals: Vec::new(),
            team: Vec::new(),
            handouts: Vec::new(),
            tapers: Vec::new(),
            check_ins: Vec::new(),
            expected: None,
        }
    }
}

/// The newest act that can be undone or redone, as it is named to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoStep {
    /// The change set.
    pub change_set: ChangeSetId,
    /// The act: "score 6 → 7".
    pub act: String,
    /// The patient it concerns, and the name as lists show it.
    pub patient: Option<(PatientId, String)>,
    /// When it was done.
    pub at: Instant,
}
