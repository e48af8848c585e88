//! Every change a user can make, as a value. `store.commit(Write, now)` is the one way down.
//!
//! A `Write` is one act: one transaction, one named change set, one step of undo. It carries the identities of
//! everything it makes, so the store invents nothing.

use chrono::NaiveDate;

use super::follow::FollowWrite;
use super::medicine::MedicineWrite;
use super::scale::ScaleWrite;
use crate::clinical::answer::Answer;
use crate::clinical::asked::PatientLists;
use crate::clinical::assessment::Assessment;
use crate::clinical::bring_in::BroughtIn;
use crate::clinical::check_in::CheckIn;
use crate::clinical::close::{DayRecord, Decision};
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::id::{AssessmentId, DayId, PatientId, ReflectionId, VisitId, VisitSourceId};
use crate::clinical::import::outcome::{Action, ImportPlan, ImportRows, WithGone};
use crate::clinical::patient::{Facts, Goal, Patient};
use crate::clinical::plan::Plan;
use crate::clinical::practice::Practice;
use crate::clinical::procedure::ProcedureSession;
use crate::clinical::reflection::Reflection;
use crate::clinical::score::Score;
use crate::clinical::task::Task;
use crate::clinical::text::cut;
use crate::clinical::time::{Instant, show_date, show_time};
use crate::clinical::visit::{Visit, VisitSource, VisitState};
use crate::clinical::vocab::Vocab;

/// So many columns of what a task says stand in the name of its act.
const WHAT: usize = 48;

/// An assessment that was complete is complete again.
const CHANGED_ASSESSMENT: &str = "changed assessment";
/// The same of a procedure.
const CHANGED_PROCEDURE: &str = "changed procedure";

/// Whether the act of this name, as the log keeps it, changed a record of a visit that was complete before.
pub fn corrects(act: &str) -> bool {
    [CHANGED_ASSESSMENT, CHANGED_PROCEDURE].contains(&act)
}

/// How a visit was changed; it names the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitChange {
    /// One step on, with its stamp.
    Advanced,
    /// To another time or day.
    Moved,
    /// Reason, length, way, place, patient…
    Edited,
    /// A block of time became a patient's visit.
    FromBlock,
    /// Its kind, in place.
    KindChanged,
    /// The patient did not come.
    NoShow,
    /// Called off.
    Cancelled,
    /// Back to booked: it was marked by mistake.
    Reinstated,
    /// The proposed patient was confirmed, or chosen.
    PatientConfirmed,
    /// What follows a no-show was decided.
    Followed,
    /// The summary was copied out.
    CopiedOut,
    /// The summary need not be copied out.
    CopyNotNeeded,
}

/// One change a user can make.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// The practice, at first run or changed in the settings.
    PutPractice(Practice),
    /// A patient, new or changed, with the lists where they were touched.
    PutPatient {
        /// Who.
        patient: Patient,
        /// Allergies, antithrombotics, medicines and goals as a whole; `None` leaves them as they are.
        facts: Option<Facts>,
        /// Whether the patient is new.
        is_new: bool,
    },
    /// Lists brought in from another record system: everything that was accepted, in one act.
    BringIn {
        /// Of whom.
        patient: PatientId,
        /// The lists as they then are.
        brought: Box<BroughtIn>,
    },
    /// A new visit or block; a new patient comes with it where one was typed in.
    BookVisit {
        /// The visit.
        visit: Visit,
        /// The patient, where new.
        new_patient: Option<Patient>,
    },
    /// A visit as it is now, and how it changed.
    ChangeVisit {
        /// The visit after the change.
        visit: Visit,
        /// How.
        change: VisitChange,
    },
    /// One score, outside a form.
    QuickScore {
        /// In which visit.
        visit: VisitId,
        /// Of whom.
        patient: PatientId,
        /// On which day.
        date: NaiveDate,
        /// The score.
        score: Score,
        /// The answer it replaces.
        before: Option<Answer>,
    },
    /// A completed assessment with all scores of the visit. Removes any decision about it.
    CompleteAssessment {
        /// The assessment.
        assessment: Assessment,
        /// Its scores, one an answered item.
        scores: Vec<Score>,
        /// The patient's lists that it changes.
        lists: PatientLists,
        /// Whether it was complete before.
        again: bool,
    },
    /// Lists of a patient outside an assessment: problems, treatments tried, goals.
    PutLists {
        /// Whose.
        patient: PatientId,
        /// The lists; `None` leaves one as it is.
        lists: PatientLists,
    },
    /// What was done about a red flag.
    ActOnRedFlag {
        /// Of which assessment.
        assessment: AssessmentId,
        /// Of whom.
        patient: PatientId,
        /// What was done.
        action: String,
    },
    /// A new version of a plan; it answers the patient's open assessments and books its visits.
    SetPlan {
        /// The version; an unchanged one keeps the items of the version before.
        plan: Plan,
        /// All goals of the patient, as they now are.
        goals: Vec<Goal>,
        /// The assessments it answers.
        answers: Vec<AssessmentId>,
        /// The visits it books.
        booked: Vec<Visit>,
    },
    /// A completed procedure session and the check-in it makes due. Removes any decision about it.
    CompleteSession {
        /// The session.
        session: ProcedureSession,
        /// The check-in, where none was made for this session before.
        check_in: Option<CheckIn>,
        /// Whether it was complete before.
        again: bool,
    },
    /// A check-in: due, tried without an answer, or done.
    PutCheckIn {
        /// The check-in after the change.
        check_in: CheckIn,
        /// What happened.
        change: CheckInChange,
    },
    /// A task: caught, changed or done.
    PutTask {
        /// The task after the change.
        task: Task,
        /// What happened.
        change: TaskChange,
    },
    /// A test: asked for, changed, or one step on.
    PutDiagnostic {
        /// The test after the change.
        diagnostic: Diagnostic,
        /// What happened.
        change: DiagnosticChange,
    },
    /// The close of a day: a decision about each item that was open, and the proof. Decisions are carried out on the
    /// records they concern.
    CloseDay {
        /// The day with its counts.
        day: DayRecord,
        /// What was decided.
        decisions: Vec<Decision>,
    },
    /// One decision outside the close: an item carried to a date or let go.
    Decide(Decision),
    /// The day is open again.
    ReopenDay(DayId),
    /// An evening's reflection, sealed by the store.
    PutReflection(Reflection),
    /// An evening's reflection, deleted.
    DeleteReflection(ReflectionId),
    /// A schedule brought in: everything in one act.
    Import(ImportBatch),
    /// Scales: instruments, pages typed in ahead, vital signs.
    Scale(ScaleWrite),
    /// The long follow-up: checks, urine tests.
    Follow(FollowWrite),
    /// Medicines: the list, its review, what opioids are given for, refills.
    Medicine(MedicineWrite),
    /// Several parts that are one act of the physician, taken back as one: a plan that is set and the medicines it changes,
    /// what is carried together at the close of a day.
    Together(String, Vec<Write>),
    /// Many acts in one transaction and one change set that is never taken back: made-up records.
    Many(String, Vec<Write>),
}

/// What happened to a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckInChange {
    /// It fell due by hand.
    Planned,
    /// Nobody answered.
    NoAnswer,
    /// It was made.
    Done,
}

/// What happened to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskChange {
    /// Caught.
    Caught,
    /// Changed.
    Changed,
    /// Done.
    Done,
    /// Open again.
    Reopened,
}

/// What happened to a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiagnosticChange {
    /// Asked for.
    Requested,
    /// A result came that nobody had asked for here.
    Brought,
    /// Its words or dates changed.
    Changed,
    /// It was done.
    Done,
    /// The result was read.
    Read,
    /// Something was done about it.
    ActedOn,
}

/// The rows of an import, all or nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportBatch {
    /// What was read: the file's name, for the name of the act.
    pub from: String,
    /// Patients made.
    pub patients: Vec<Patient>,
    /// Visits and blocks made.
    pub visits: Vec<Visit>,
    /// Visits changed.
    pub changed: Vec<Visit>,
    /// Where visits came from, new or with the values of this import.
    pub sources: Vec<(VisitSourceId, VisitId, VisitSource)>,
    /// How many rows were refused.
    pub refused: usize,
}

impl ImportBatch {
    /// The rows of a plan, with the visits that are gone from the schedule kept or cancelled.
    pub fn of(plan: &ImportPlan, gone: WithGone) -> Self {
        let ImportRows { patients, visits, changed, sources } = plan.rows(gone);
        Self { from: plan.from.clone(), patients, visits, changed, sources, refused: plan.count(Action::Refuse) }
    }

    /// The act in a few words: `import of s.csv: 2 new, 1 refused`.
    fn act(&self) -> String {
        let counts = [(self.visits.len(), "new"), (self.changed.len(), "changed"), (self.refused, "refused")];
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let counts = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
        format!("import of {}{counts}", self.from)
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.patients.is_empty() && self.visits.is_empty() && self.changed.is_empty() && self.sources.is_empty()
    }
}

impl Write {
    /// The act in a few words, without the patient's name: "score 6 → 7", "completed assessment".
    pub fn act(&self) -> String {
        match self {
            Self::PutPractice(_) => "changed the practice".to_owned(),
            Self::PutPatient { is_new: true, .. } => "new patient".to_owned(),
            Self::PutPatient { .. } => "changed the patient's data".to_owned(),
            Self::BringIn { brought, .. } => match brought.count {
                0 => "changed what is known from elsewhere".to_owned(),
                1 => "brought in 1 line".to_owned(),
                count => format!("brought in {count} lines"),
            },
            Self::BookVisit { visit, .. } => match visit.state {
                VisitState::Booked => format!("booked {} on {}", visit.kind.label(), show_date(visit.date)),
                _ => "walk-in".to_owned(),
            },
            Self::ChangeVisit { visit, change } => visit_act(visit, *change),
            Self::QuickScore { score, before, .. } => {
                let label = score.item.label();
                match before {
                    Some(before) => format!("{label} {} → {}", before.show(), score.answer.show()),
                    None => format!("{label} {}", score.answer.show()),
                }
            }
            Self::CompleteAssessment { again: false, .. } => "completed assessment".to_owned(),
            Self::CompleteAssessment { .. } => CHANGED_ASSESSMENT.to_owned(),
            Self::PutLists { .. } => "changed problems or treatments".to_owned(),
            Self::ActOnRedFlag { .. } => "acted on red flag".to_owned(),
            Self::SetPlan { plan, .. } if plan.unchanged => format!("kept plan unchanged as version {}", plan.version),
            Self::SetPlan { plan, booked, .. } => {
                let when = |visit: &Visit| {
                    let start = visit.start.map(|start| format!(" {}", show_time(start))).unwrap_or_default();
                    format!(", booked {} {}{start}", visit.kind.label(), show_date(visit.date))
                };
                let booked: String = booked.iter().map(when).collect();
                format!("set plan {}{booked}", plan.version)
            }
            Self::CompleteSession { again: false, .. } => "completed procedure".to_owned(),
            Self::CompleteSession { .. } => CHANGED_PROCEDURE.to_owned(),
            Self::PutCheckIn { change, .. } => match change {
                CheckInChange::Planned => "planned check-in".to_owned(),
                CheckInChange::NoAnswer => "check-in: no answer".to_owned(),
                CheckInChange::Done => "checked in".to_owned(),
            },
            Self::PutTask { task, change } => {
                let (kind, what) = (task.kind.label(), cut(&task.what, WHAT));
                match change {
                    TaskChange::Caught => format!("caught {kind}: {what}"),
                    TaskChange::Changed => format!("changed {kind}: {what}"),
                    TaskChange::Done => format!("{kind} done: {what}"),
                    TaskChange::Reopened => format!("{kind} open again: {what}"),
                }
            }
            Self::PutDiagnostic { diagnostic, change } => {
                let name = diagnostic.name();
                match change {
                    DiagnosticChange::Requested => format!("requested {name}"),
                    DiagnosticChange::Brought => format!("noted {name}"),
                    DiagnosticChange::Changed => format!("changed {name}"),
                    DiagnosticChange::Done => format!("{name} done"),
                    DiagnosticChange::Read => format!("read {name}"),
                    DiagnosticChange::ActedOn => format!("acted on {name}"),
                }
            }
            Self::CloseDay { day, .. } => format!("closed {}", show_date(day.date)),
            Self::Decide(decision) => {
                let what = decision.item.what().word();
                match decision.to {
                    Some(to) => format!("carried {what} to {}", show_date(to)),
                    None => format!("closed {what} with a reason"),
                }
            }
            Self::ReopenDay(_) => "opened the day again".to_owned(),
            Self::PutReflection(reflection) => format!("reflection of {}", show_date(reflection.date)),
            Self::DeleteReflection(_) => "deleted a reflection".to_owned(),
            Self::Import(batch) => batch.act(),
            Self::Scale(scale) => scale.act(),
            Self::Follow(follow) => follow.act(),
            Self::Medicine(medicine) => medicine.act(),
            Self::Together(name, _) | Self::Many(name, _) => name.clone(),
        }
    }

    /// The same act with further writes, under its own name.
    #[must_use]
    pub fn with(self, more: Vec<Self>) -> Self {
        if more.is_empty() {
            return self;
        }
        let name = self.act();
        match self {
            Self::Together(name, mut all) => {
                all.extend(more);
                Self::Together(name, all)
            }
            one => Self::Together(name, std::iter::once(one).chain(more).collect()),
        }
    }

    /// The patient the act concerns, where it is one.
    pub fn patient(&self) -> Option<PatientId> {
        match self {
            Self::PutPatient { patient, .. } => Some(patient.id),
            Self::BringIn { patient, .. } => Some(*patient),
            Self::BookVisit { visit, .. } | Self::ChangeVisit { visit, .. } => visit.patient,
            Self::QuickScore { patient, .. } | Self::ActOnRedFlag { patient, .. } | Self::PutLists { patient, .. } => {
                Some(*patient)
            }
            Self::CompleteAssessment { assessment, .. } => Some(assessment.patient),
            Self::SetPlan { plan, .. } => Some(plan.patient),
            Self::CompleteSession { session, .. } => Some(session.patient),
            Self::PutCheckIn { check_in, .. } => Some(check_in.patient),
            Self::PutTask { task, .. } => task.patient,
            Self::Scale(scale) => scale.patient(),
            Self::Follow(follow) => Some(follow.patient()),
            Self::Medicine(medicine) => Some(medicine.patient()),
            // What is done together concerns a patient where every part does.
            Self::Together(_, parts) => {
                let mut all = parts.iter().map(Self::patient);
                let first = all.next().flatten()?;
                all.all(|other| other == Some(first)).then_some(first)
            }
            Self::PutDiagnostic { diagnostic, .. } => Some(diagnostic.patient),
            Self::PutPractice(_)
            | Self::CloseDay { .. }
            | Self::Decide(_)
            | Self::ReopenDay(_)
            | Self::PutReflection(_)
            | Self::DeleteReflection(_)
            | Self::Import(_)
            | Self::Many(..) => None,
        }
    }
}

fn visit_act(visit: &Visit, change: VisitChange) -> String {
    match change {
        VisitChange::Advanced => visit.state.label().to_owned(),
        VisitChange::Moved => match visit.start {
            Some(start) => format!("moved to {} {}", show_date(visit.date), crate::clinical::time::show_time(start)),
            None => format!("moved to {}", show_date(visit.date)),
        },
        VisitChange::Edited => "changed the visit".to_owned(),
        VisitChange::FromBlock => format!("made the block a visit: {}", visit.kind.label()),
        VisitChange::KindChanged => format!("visit is now {}", visit.kind.label()),
        VisitChange::NoShow => "no-show".to_owned(),
        VisitChange::Cancelled => "cancelled".to_owned(),
        VisitChange::Reinstated => "booked again as it was".to_owned(),
        VisitChange::PatientConfirmed => "confirmed the patient".to_owned(),
        VisitChange::Followed => {
            let missed = if visit.state == VisitState::Cancelled { "cancellation" } else { "no-show" };
            format!("follows the {missed}: {}", visit.aftermath.label())
        }
        VisitChange::CopiedOut => "copied out".to_owned(),
        VisitChange::CopyNotNeeded => "copy not needed".to_owned(),
    }
}

/// What a commit gave back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The act, as [`Write::act`] names it.
    pub act: String,
    /// The patient it concerns.
    pub patient: Option<PatientId>,
    /// Whether anything changed: what is kept again as it stands is no act, and nothing to take back.
    pub changed: bool,
    /// When.
    pub at: Instant,
}
