//! What goes into the board: the visits of the day, and what is open from any day.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use chrono::NaiveDate;

use super::follow::FollowRecords;
use super::{ItemKey, Unclosed};
use crate::clinical::body::MapOn;
use crate::clinical::check_in::CheckIn;
use crate::clinical::close::{DayRecord, Decision};
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::draft::{ASSESSMENT_FORM, DraftKey, SESSION_FORM};
use crate::clinical::id::{AssessmentId, InstrumentResultId, PatientId, PlanId, VisitId};
use crate::clinical::instrument::OpenScreen;
use crate::clinical::patient::{Patient, PatientFile};
use crate::clinical::plan::PlanItem;
use crate::clinical::plan::wake::Found;
use crate::clinical::score::Scores;
use crate::clinical::task::Task;
use crate::clinical::text::fold;
use crate::clinical::visit::{Visit, VisitKind};

/// A visit with what the board must know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRecord {
    /// The visit.
    pub visit: Visit,
    /// Whose.
    pub file: Option<PatientFile>,
    /// Scores taken in this visit so far.
    pub scores: Scores,
    /// The headline scores of earlier visits, oldest first, at most six.
    pub earlier: Vec<u8>,
    /// Whether the assessment is complete.
    pub assessed: bool,
    /// Whether the red flags of the assessment were asked and one is present.
    pub red_flag: bool,
    /// What was done in a complete procedure session, in one line.
    pub session: Option<String>,
    /// What the plan meant to do in a procedure visit, in one line.
    pub planned: Option<String>,
    /// Whether a page that the patient filled in was typed in.
    pub page: bool,
    /// How many values were typed in ahead and wait to be confirmed.
    pub waiting: usize,
    /// The last scale of pain as it was seen in this visit: `PAINAD 4`.
    pub observed: Option<String>,
}

impl VisitRecord {
    /// A visit in which nothing was done yet.
    pub fn new(visit: Visit, file: Option<PatientFile>) -> Self {
        Self {
            visit,
            file,
            scores: Scores::default(),
            earlier: Vec::new(),
            assessed: false,
            red_flag: false,
            session: None,
            planned: None,
            page: false,
            waiting: 0,
            observed: None,
        }
    }
}

/// A completed assessment and the plan it waits for, or got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRecord {
    /// The assessment.
    pub assessment: AssessmentId,
    /// Its visit.
    pub visit: VisitId,
    /// Its day.
    pub date: NaiveDate,
    /// Whose.
    pub file: PatientFile,
    /// The headline score of the assessment.
    pub score: Option<u8>,
    /// The plan that answered it.
    pub answered_by: Option<PlanId>,
    /// The patient's newest version, and whether it keeps the one before unchanged; none where no plan exists.
    pub version: Option<(u32, bool)>,
    /// The day on which the newest version was set.
    pub version_on: Option<NaiveDate>,
    /// The items of the newest version: what is kept when the plan is kept unchanged.
    pub keeps: Vec<PlanItem>,
}

/// A step of a plan that waits: by its date, or asleep until something is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// The step.
    pub item: PlanItem,
    /// Whose.
    pub file: PatientFile,
    /// What was found since the newest version of the plan was set.
    pub evidence: Vec<Found>,
    /// The newest version of the plan.
    pub version: u32,
    /// The day on which it was set.
    pub version_on: Option<NaiveDate>,
    /// The items of the newest version: what is kept when the plan is kept unchanged.
    pub keeps: Vec<PlanItem>,
    /// Whether it still waits; one that was decided at the close of the day is only named.
    pub is_open: bool,
}

/// A red flag on which nothing was written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedFlagRecord {
    /// The assessment.
    pub assessment: AssessmentId,
    /// Its visit.
    pub visit: VisitId,
    /// Its day.
    pub date: NaiveDate,
    /// Whose.
    pub file: PatientFile,
    /// Which flag, in words.
    pub note: String,
}

/// An answer to an instrument that must not wait, and on which nothing was written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmRecord {
    /// The result.
    pub result: InstrumentResultId,
    /// The visit.
    pub visit: Option<VisitId>,
    /// Its day.
    pub date: NaiveDate,
    /// Whose.
    pub file: PatientFile,
    /// What it says, and what it asks for.
    pub screen: OpenScreen,
}

/// The red flags that were due in an assessment and not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotAsked {
    /// By their ids.
    pub flags: Vec<String>,
    /// Whether others were asked.
    pub begun: bool,
}

/// A visit from any day out of which something is open, with its patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenVisit {
    /// The visit.
    pub visit: Visit,
    /// Whose.
    pub file: PatientFile,
}

/// Everything the board of one day is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayRecords {
    /// The day.
    pub date: NaiveDate,
    /// The visits and blocks of the day, and visits of earlier days carried to it.
    pub visits: Vec<VisitRecord>,
    /// Assessments of any day up to this one without a plan, and those of this day with one.
    pub plans: Vec<PlanRecord>,
    /// Steps of plans that wait, from any day: those whose date has come, and all that sleep until something is so.
    pub steps: Vec<StepRecord>,
    /// Check-ins open from any day up to this one, and those done on this day.
    pub check_ins: Vec<(CheckIn, PatientFile)>,
    /// Tasks open from any day, and those done on this day.
    pub tasks: Vec<(Task, Option<PatientFile>)>,
    /// Results of any day that nobody acted on, requests overdue, what was acted on on this day, and what was decided at
    /// its close.
    pub diagnostics: Vec<(Diagnostic, PatientFile)>,
    /// The long follow-up: clocks that are due, urine tests.
    pub follow: FollowRecords,
    /// Visits with a record not copied out (or changed since), from any day up to this one.
    pub to_copy: Vec<OpenVisit>,
    /// No-shows and cancellations not yet followed, from any day up to this one.
    pub to_follow: Vec<OpenVisit>,
    /// Red flags on which nothing was written, from any day up to this one.
    pub red_flags: Vec<RedFlagRecord>,
    /// Answers that must not wait, and on which nothing was written, from any day up to this one.
    pub alarms: Vec<AlarmRecord>,
    /// The red flags that were due and not asked in an assessment of this day, by their ids.
    pub not_asked: BTreeMap<VisitId, NotAsked>,
    /// Where the patients of this day hurt, as their newest body map up to this day says.
    pub maps: BTreeMap<PatientId, MapOn>,
    /// The visits of the next clinic day.
    pub tomorrow: Vec<VisitRecord>,
    /// The decisions about any of these items, by item.
    pub decisions: BTreeMap<ItemKey, Decision>,
    /// Everything decided at the close of this day, in its order, also about what is open no more.
    pub decided: Vec<Decision>,
    /// Of whom that was, where it is in no other list any more: only to name them.
    pub decided_of: BTreeMap<ItemKey, Patient>,
    /// Check-ins decided at the close of this day that are open no more: only to name them.
    pub settled_check_ins: Vec<(CheckIn, PatientFile)>,
    /// Tasks decided at the close of this day that are open no more: only to name them.
    pub settled_tasks: Vec<(Task, Option<PatientFile>)>,
    /// The forms that hold a draft.
    pub drafts: BTreeSet<DraftKey>,
    /// The day's own record.
    pub day: Option<DayRecord>,
    /// Whether the evening's reflection is written.
    pub reflection: bool,
    /// An earlier clinic day that was never closed.
    pub unclosed: Option<Unclosed>,
    /// Whether summaries not yet copied out are followed (a setting).
    pub follow_copies: bool,
}

impl DayRecords {
    /// The red flags that a visit of this day left out, where they were to be asked: a first visit, or one in which others
    /// were. A routine follow-up in which none was asked says nothing.
    pub fn left_out(&self, record: &VisitRecord) -> Option<&NotAsked> {
        let visit = &record.visit;
        let left_out = self.not_asked.get(&visit.id).filter(|left_out| !left_out.flags.is_empty())?;
        (visit.date == self.date && (left_out.begun || visit.kind == VisitKind::New)).then_some(left_out)
    }

    /// The record of a visit of this day.
    pub fn visit(&self, id: VisitId) -> Option<&VisitRecord> {
        self.visits.iter().find(|record| record.visit.id == id)
    }

    /// A visit of this day, or one out of which something is open here.
    pub fn any_visit(&self, id: VisitId) -> Option<&Visit> {
        let of_day = self.visits.iter().chain(&self.tomorrow).map(|record| &record.visit);
        let open = self.to_copy.iter().chain(&self.to_follow).map(|open| &open.visit);
        of_day.chain(open).find(|visit| visit.id == id)
    }

    /// Whether a form was begun and not completed.
    pub fn has_draft(&self, form: &str, subject: impl Display) -> bool {
        self.drafts.contains(&DraftKey::of(form, subject))
    }

    /// Whether anything is written of a visit: a record, or the beginning of its assessment or procedure.
    pub fn has_begun(&self, visit: &Visit) -> bool {
        let begun = |form| self.has_draft(form, visit.id);
        visit.recorded_at.is_some() || begun(ASSESSMENT_FORM) || begun(SESSION_FORM)
    }

    /// What is known of a patient who appears anywhere on this day.
    pub fn file(&self, patient: PatientId) -> Option<&PatientFile> {
        let visits = self.visits.iter().chain(&self.tomorrow).filter_map(|record| record.file.as_ref());
        let open = self.to_copy.iter().chain(&self.to_follow).map(|open| &open.file);
        visits
            .chain(open)
            .chain(self.plans.iter().map(|plan| &plan.file))
            .chain(self.steps.iter().map(|step| &step.file))
            .chain(self.red_flags.iter().map(|flag| &flag.file))
            .chain(self.alarms.iter().map(|alarm| &alarm.file))
            .chain(self.check_ins.iter().map(|(_, file)| file))
            .chain(self.diagnostics.iter().map(|(_, file)| file))
            .chain(self.follow.files())
            .chain(self.tasks.iter().filter_map(|(_, file)| file.as_ref()))
            .find(|file| file.patient.id == patient)
    }

    /// Whether two different patients of the day share this patient's family name, whatever the accents and the case.
    pub fn shares_family_name(&self, patient: PatientId, family: &str) -> bool {
        let family = fold(family);
        let live = self.visits.iter().filter(|record| record.visit.state.is_live());
        !family.is_empty()
            && live
                .filter_map(|record| record.file.as_ref())
                .any(|file| file.patient.id != patient && fold(&file.patient.family) == family)
    }
}
