//! Monitoring of medicines that want it: what is checked (PDMP, urine test, agreement, ECG, kidney and liver), when it
//! was, and when it is due again.
//!
//! A [`Check`] is kept in one key; a [`urine::UrineTest`] goes from ordered to read, and only a read result moves its
//! clock. Which clocks run and how often is in [`rule`]: tables by region, and the physician's own settings. A rule without
//! a table for the region is off and says so. [`clock`] puts both together; nothing about a clock is ever kept.

pub mod clock;
pub mod draft;
pub mod group;
pub mod rule;
pub mod urine;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{CheckId, PatientId, VisitId};
use super::patient::{Known, PatientFile};
use super::time::{Instant, show_date};
use super::vocab::Vocab;
use clock::{Course, Last, Watch};
use group::groups_of;
use rule::{Risk, Rules, Whom};
use urine::{Step, UrineTest};

crate::vocab! {
    /// What is checked.
    pub enum CheckKind {
        /// The prescription monitoring programme was asked.
        Pdmp "pdmp" "PDMP",
        /// A urine drug test; kept as a test of its own.
        Urine "urine" "urine test",
        /// The treatment agreement.
        Agreement "agreement" "agreement",
        /// Benefits and harms of an opioid reviewed.
        Review "review" "opioid review",
        /// An ECG for the QT time.
        Ecg "ecg" "ECG",
        /// Kidney and liver tests.
        Organs "kidney_liver" "kidney and liver",
        /// Naloxone was offered.
        Naloxone "naloxone" "naloxone",
    }

    /// What a check showed.
    pub enum Outcome {
        /// As expected.
        Expected "expected" "as expected",
        /// Not as expected.
        Unexpected "unexpected" "not as expected",
    }
}

/// A check, made once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Identity.
    pub id: CheckId,
    /// Of whom.
    pub patient: PatientId,
    /// The visit in which it was made.
    pub visit: Option<VisitId>,
    /// Of what.
    pub kind: CheckKind,
    /// When.
    pub on: NaiveDate,
    /// By whom: initials or a name.
    pub by: String,
    /// What it showed.
    pub outcome: Outcome,
    /// A note.
    pub note: String,
    /// The next date, where it was set by hand; otherwise the rule says it.
    pub next: Option<NaiveDate>,
    /// When it was kept.
    pub kept_at: Instant,
}

impl Check {
    /// In a line: `PDMP 3 Nov 2026, by AR, as expected`.
    pub fn line(&self) -> String {
        let note = self.note.trim();
        let note = if note.is_empty() { String::new() } else { format!(": {note}") };
        format!(
            "{} {}, by {}, {}{note}",
            self.kind.label(),
            show_date(self.on),
            if self.by.is_empty() { "?" } else { &self.by },
            self.outcome.label()
        )
    }
}

/// Everything that is known of a patient's monitoring: what screens, refills and the strip of cautions read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Monitoring {
    /// The checks, newest first.
    pub checks: Vec<Check>,
    /// The urine tests, newest first.
    pub urine: Vec<UrineTest>,
    /// The risk as last found by a questionnaire, and on which day.
    pub risk: Option<(Risk, NaiveDate)>,
    /// The last assessment in which the opioid was reviewed.
    pub reviewed: Option<NaiveDate>,
}

impl Monitoring {
    /// The newest check of a kind.
    pub fn last(&self, kind: CheckKind) -> Option<&Check> {
        self.checks.iter().find(|check| check.kind == kind)
    }

    /// The newest PDMP check.
    pub fn last_pdmp(&self) -> Option<&Check> {
        self.last(CheckKind::Pdmp)
    }

    /// The newest urine test whose result was read.
    pub fn last_urine(&self) -> Option<&UrineTest> {
        self.urine.iter().filter(|test| test.read_at.is_some()).max_by_key(|test| (test.sample_date(), test.read_at))
    }

    /// The urine test that is under way.
    pub fn urine_under_way(&self) -> Option<&UrineTest> {
        self.urine.iter().find(|test| matches!(test.step(), Step::Ordered | Step::Collected | Step::Resulted))
    }

    /// The course of treatment the clocks run for.
    pub fn course(&self, file: &PatientFile) -> Course {
        let whom = Whom { risk: self.risk.map(|(risk, _)| risk), given_for: file.facts.opioid.given_for() };
        let mut course = Course { whom, ..Course::default() };
        for medicine in file.facts.medications.items() {
            course.drug(groups_of(medicine), medicine.started);
        }
        for check in &self.checks {
            course.done(check.kind, Last { on: check.on, next: check.next });
        }
        if let Some(on) = self.last_urine().and_then(UrineTest::sample_date) {
            course.done(CheckKind::Urine, Last { on, next: None });
        }
        if let Some(on) = self.reviewed {
            course.done(CheckKind::Review, Last { on, next: None });
        }
        course
    }

    /// The clocks of this patient: those that run, and those that are off with their reason.
    pub fn watch(&self, file: &PatientFile, rules: &Rules) -> Watch {
        let mut watch = self.course(file).watch(rules);
        watch.list_unknown = matches!(file.facts.medications, Known::Unknown);
        watch
    }

    /// What the summary of a visit says: the checks and urine tests of its day.
    pub fn lines_of(&self, day: NaiveDate, visit: VisitId) -> Vec<String> {
        let of_visit = |of: Option<VisitId>, on: Option<NaiveDate>| of == Some(visit) || on == Some(day);
        let checks = self.checks.iter().rev().filter(|check| of_visit(check.visit, Some(check.on)));
        let tests = self.urine.iter().rev().filter(|test| of_visit(test.visit, test.sample_date()));
        checks.map(|check| format!("{}.", check.line())).chain(tests.flat_map(UrineTest::lines)).collect()
    }
}
