//! What was done and changed beside a course: procedures, and medicines begun, changed and stopped.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::clinical::id::VisitId;
use crate::clinical::medicine::{meant_by, spelling};
use crate::clinical::plan::ItemState;

crate::vocab! {
    /// What happened.
    pub enum MarkKind {
        /// A procedure.
        Procedure "procedure" "procedure",
        /// A medicine was begun.
        Started "started" "started",
        /// Its dose or how it is taken was changed.
        Changed "changed" "changed",
        /// It was stopped.
        Stopped "stopped" "stopped",
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub date: NaiveDate,
    /// Whether the day is known only roughly: a month, or a year.
    pub roughly: Option<String>,
    /// What kind.
    pub kind: MarkKind,
    /// What: `TFESI L5 LEFT`, `gabapentin 600 mg`.
    pub what: String,
    /// The visit, where it was in one.
    pub visit: Option<VisitId>,
}

impl Mark {
    /// Of which treatment it tells: a medicine without its dose, a procedure without what the pain was.
    pub fn treatment(&self) -> String {
        match self.kind {
            MarkKind::Procedure => spelling(self.what.split(", pain ").next().unwrap_or_default()),
            MarkKind::Started | MarkKind::Changed | MarkKind::Stopped => first_words(&self.what),
        }
    }

    /// In words: `started gabapentin 300 mg`; a procedure is its name.
    pub fn words(&self) -> String {
        let words = match self.kind {
            MarkKind::Procedure => self.what.clone(),
            MarkKind::Started => format!("started {}", self.what),
            MarkKind::Changed => format!("changed to {}", self.what),
            MarkKind::Stopped => format!("stopped {}", self.what),
        };
        match &self.roughly {
            Some(when) => format!("{words} ({when})"),
            None => words,
        }
    }
}

/// The medicines of one version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MedicinePlan {
    /// When it was set.
    pub date: NaiveDate,
    /// For which visit.
    pub visit: Option<VisitId>,
    /// What each medicine is, how much of it, and where it stands.
    pub items: Vec<(String, ItemState)>,
}

/// By what a medicine is known again in the next version: the medicine it means, else its first word.
fn name(line: &str) -> String {
    if let Some(known) = meant_by(line).first() {
        return spelling(&known.name);
    }
    first_words(line)
}

/// The words before a dose, two at most, in one spelling.
fn first_words(line: &str) -> String {
    let is_dose = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = line.split_whitespace().take_while(|word| !is_dose(word)).take(2).collect();
    spelling(&words.join(" "))
}

/// What the versions of a plan, oldest first, say was begun, changed and stopped. What the first of them holds stands as it
/// was: of it nobody knows here when it was begun, unless it is the patient's first plan.
pub fn changes(versions: &[MedicinePlan], is_first: bool) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut running: BTreeMap<String, String> = BTreeMap::new();
    for (at, version) in versions.iter().enumerate() {
        let tell = at > 0 || is_first;
        let mut mark = |kind, what: &str| {
            if tell {
                let (date, visit) = (version.date, version.visit);
                out.push(Mark { date, roughly: None, kind, what: what.to_owned(), visit });
            }
        };
        let mut now: BTreeMap<String, String> = BTreeMap::new();
        for (what, state) in &version.items {
            let (key, what) = (name(what), what.trim());
            let before = running.remove(&key);
            match (state, before) {
                (ItemState::Active | ItemState::Changed, before) => {
                    match before {
                        None => mark(MarkKind::Started, what),
                        Some(before) if before.to_lowercase() != what.to_lowercase() => mark(MarkKind::Changed, what),
                        Some(_) => {}
                    }
                    now.insert(key, what.to_owned());
                }
                (ItemState::Stopped | ItemState::Completed | ItemState::Declined, Some(_)) => {
                    mark(MarkKind::Stopped, what);
                }
                (ItemState::Proposed, Some(before)) => _ = now.insert(key, before),
                (ItemState::Stopped | ItemState::Completed | ItemState::Declined | ItemState::Proposed, None) => {}
            }
        }
        for (_, gone) in std::mem::replace(&mut running, now) {
            mark(MarkKind::Stopped, &gone);
        }
    }
    out
}

/// How much of a medicine a line says, however it is written.
fn dose(line: &str) -> String {
    crate::clinical::sig::read(line).reading()
}

/// How near two days must be to be one event told twice.
const SAME_EVENT: i64 = 21;

/// Everything in the order of days; what two lists tell of one event (the plan and the list of medicines) stands once, as
/// the first of them tells it.
pub fn joined(lists: Vec<Vec<Mark>>) -> Vec<Mark> {
    let mut told: BTreeMap<(MarkKind, String), Vec<(NaiveDate, String)>> = BTreeMap::new();
    let mut out: Vec<Mark> = Vec::new();
    for mark in lists.into_iter().flatten() {
        if mark.kind != MarkKind::Procedure {
            let before = told.entry((mark.kind, name(&mark.what))).or_default();
            let days = |day: NaiveDate| (day - mark.date).num_days().abs();
            // A dose may change again within days: only the same dose is the same event.
            let dose = if mark.kind == MarkKind::Changed { dose(&mark.what) } else { String::new() };
            if before.iter().any(|(day, other)| days(*day) == 0 || days(*day) <= SAME_EVENT && *other == dose) {
                continue;
            }
            before.push((mark.date, dose));
        }
        out.push(mark);
    }
    out.sort_by_key(|mark| (mark.date, mark.kind));
    out
}
