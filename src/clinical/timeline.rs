//! All that happened to a patient, newest first: what each line says, what is looked for, and how far one has come.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{CheckId, CheckInId, DiagnosticId, InstrumentResultId, TaskId, UrineTestId, VisitId};
use super::text::holds;
use super::visit::VisitState;
use super::vocab::Vocab;

crate::vocab! {
    /// What kind of event.
    pub enum EventKind {
        /// A visit, with what was found.
        Visit "visit" "visits",
        /// A procedure.
        Procedure "procedure" "procedures",
        /// A version of the plan.
        Plan "plan" "plans",
        /// A test or its result, a check of what is monitored.
        Result "result" "results",
        /// A medicine begun or stopped.
        Medicine "medicine" "medicines",
        /// An instrument filled in.
        Instrument "instrument" "instruments",
        /// A check-in, a call or a task done.
        Call "call" "calls",
    }
}

impl EventKind {
    /// The letter that shows or hides it.
    pub const fn letter(self) -> char {
        match self {
            Self::Visit => 'v',
            Self::Procedure => 'p',
            Self::Plan => 'l',
            Self::Result => 'r',
            Self::Medicine => 'm',
            Self::Instrument => 'i',
            Self::Call => 'c',
        }
    }

    /// The kind of a letter.
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.letter() == letter.to_ascii_lowercase())
    }

    /// One of it, in a word.
    pub const fn one(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Procedure => "procedure",
            Self::Plan => "plan",
            Self::Result => "result",
            Self::Medicine => "medicine",
            Self::Instrument => "instrument",
            Self::Call => "call",
        }
    }
}

/// What is opened from a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// A visit's own data: nothing was recorded in it.
    Visit(VisitId),
    /// The assessment of a visit.
    Assessment(VisitId),
    /// The procedure of a visit.
    Procedure(VisitId),
    /// The plan.
    Plan,
    /// A test.
    Diagnostic(DiagnosticId),
    /// The list of medicines.
    Medicines,
    /// The patient's lists.
    Lists,
    /// An instrument.
    Instrument {
        /// In which visit.
        visit: Option<VisitId>,
        /// Its id.
        instrument: String,
        /// The result.
        result: InstrumentResultId,
    },
    /// A check-in.
    CheckIn(CheckInId),
    /// A task.
    Task(TaskId),
    /// A check of what is monitored.
    Check(CheckId),
    /// A urine drug test.
    Urine(UrineTestId),
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub date: NaiveDate,
    /// Which kind.
    pub kind: EventKind,
    /// By what it is known again.
    pub id: String,
    /// How far a visit is; none of everything else.
    pub state: Option<VisitState>,
    /// What it is: `follow-up 09:40`, `plan 4`, `MRI lumbar spine`.
    pub what: String,
    /// What came of it.
    pub detail: String,
    /// What else was written there, for finding.
    pub text: String,
    /// What is opened from it.
    pub opens: Opens,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sought {
    /// These kinds; none are all.
    pub kinds: BTreeSet<EventKind>,
    /// Events that hold all these words, each as the beginning of one of theirs.
    pub words: String,
}

impl Sought {
    /// Whether a kind is looked for.
    pub fn shows(&self, kind: EventKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Shows or hides a kind; all of them shown is none chosen.
    pub fn turn(&mut self, kind: EventKind) {
        if !self.kinds.remove(&kind) {
            self.kinds.insert(kind);
        }
        if self.kinds.len() == EventKind::ALL.len() {
            self.kinds.clear();
        }
    }

    /// Whether an event is looked for.
    pub fn finds(&self, event: &Event) -> bool {
        let words = self.words.trim();
        // A visit for a procedure alone is told by the line of the procedure, where that is shown.
        let is_told = event.kind == EventKind::Visit && matches!(event.opens, Opens::Procedure(_));
        if is_told && words.is_empty() && self.shows(EventKind::Procedure) {
            return false;
        }
        self.shows(event.kind)
            && (words.is_empty()
                || holds(&format!("{} {} {} {}", event.kind.one(), event.what, event.detail, event.text), words))
    }
}

crate::vocab! {
    /// Where lines come from: each is read newest first by a key of its own.
    pub enum Source {
        /// Check-ins made.
        CheckIn "check_in" "check-ins",
        /// Tasks and calls done.
        Task "task" "tasks",
        /// Versions of the plan.
        Plan "plan" "plans",
        /// Tests.
        Diagnostic "diagnostic" "tests",
        /// Checks and urine tests of what is monitored.
        Monitoring "monitoring" "monitoring",
        /// Instruments.
        Instrument "instrument" "instruments",
        /// Medicines and treatments.
        Medicine "medicine" "medicines",
        /// Procedures.
        Session "session" "procedures",
        /// Procedures elsewhere.
        Elsewhere "elsewhere" "procedures elsewhere",
        /// Visits: on their day the last, as everything else of the day came of them.
        Visit "visit" "visits",
    }
}

impl Source {
    /// The kind of its lines.
    pub const fn kind(self) -> EventKind {
        match self {
            Self::CheckIn | Self::Task => EventKind::Call,
            Self::Plan => EventKind::Plan,
            Self::Diagnostic | Self::Monitoring => EventKind::Result,
            Self::Instrument => EventKind::Instrument,
            Self::Medicine => EventKind::Medicine,
            Self::Session | Self::Elsewhere => EventKind::Procedure,
            Self::Visit => EventKind::Visit,
        }
    }
}

/// How far each source was read: the key and the identity of the last line that was taken from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read(pub BTreeMap<Source, (String, String)>);

/// A page of lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimelinePage {
    /// The lines, newest first.
    pub events: Vec<Event>,
    /// How far was read.
    pub read: Read,
    /// Whether there is nothing older.
    pub is_end: bool,
    /// The day down to which it was searched, where not everything was.
    pub searched_to: Option<NaiveDate>,
}

impl TimelinePage {
    /// Adds the next page below this one.
    pub fn extend(&mut self, next: Self) {
        self.events.extend(next.events);
        (self.read, self.is_end, self.searched_to) = (next.read, next.is_end, next.searched_to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind, what: &str, text: &str) -> Event {
        Event {
            date: NaiveDate::MIN,
            kind,
            id: String::new(),
            state: None,
            what: what.to_owned(),
            detail: String::new(),
            text: text.to_owned(),
            opens: Opens::Plan,
        }
    }

    #[test]
    fn letters_choose_kinds_and_no_choice_is_all() {
        let letters: BTreeSet<char> = EventKind::ALL.iter().map(|kind| kind.letter()).collect();
        assert_eq!(letters.len(), EventKind::ALL.len());
        let mut sought = Sought::default();
        let plan = event(EventKind::Plan, "plan 4", "");
        assert!(sought.finds(&plan));
        sought.turn(EventKind::of_letter('V').unwrap());
        assert!(!sought.finds(&plan));
        sought.turn(EventKind::Plan);
        assert!(sought.finds(&plan));
        for &kind in EventKind::ALL {
            if !sought.kinds.contains(&kind) {
                sought.turn(kind);
            }
        }
        assert!(sought.kinds.is_empty(), "all of them is no choice");
        sought.turn(EventKind::Plan);
        sought.turn(EventKind::Plan);
        assert!(sought.kinds.is_empty());
        assert_eq!(EventKind::of_letter('z'), None);
    }

    #[test]
    fn a_visit_for_a_procedure_is_not_told_twice() {
        let visit = |opens| Event { opens, ..event(EventKind::Visit, "procedure 09:20", "patch") };
        let id: VisitId = "0193f2a0-0000-7000-8000-000000000001".parse().unwrap();
        let only = |kind| Sought { kinds: BTreeSet::from([kind]), ..Sought::default() };
        let words = Sought { words: "patch".to_owned(), ..Sought::default() };
        for (name, sought, opens, found) in [
            ("its procedure says it", Sought::default(), Opens::Procedure(id), false),
            ("visits alone", only(EventKind::Visit), Opens::Procedure(id), true),
            ("found by its words", words, Opens::Procedure(id), true),
            ("nothing was recorded", Sought::default(), Opens::Visit(id), true),
            ("assessed too", Sought::default(), Opens::Assessment(id), true),
        ] {
            assert_eq!(sought.finds(&visit(opens)), found, "{name}");
        }
    }

    #[test]
    fn words_are_found_in_what_it_is_and_in_what_was_written() {
        let visit = event(EventKind::Visit, "follow-up 09:40", "Worse on stairs; José came too.");
        for (words, found) in
            [("", true), ("stair", true), ("jose worse", true), ("visit foll", true), ("tairs", false), ("neck", false)]
        {
            let sought = Sought { words: words.to_owned(), ..Sought::default() };
            assert_eq!(sought.finds(&visit), found, "{words}");
        }
    }
}
