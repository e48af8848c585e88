//! What the close of a day is about: its items by kind, how many are done, open, carried and closed, and what may be
//! carried without a word. Pure: computed from the day's records.

use chrono::NaiveDate;

use crate::clinical::board::FollowKey;
use crate::clinical::board::{Board, DayRecords, Item, ItemKey, What, board};
use crate::clinical::booked;
use crate::clinical::close::{Decision, DecisionKind};
use crate::clinical::id::TaskId;
use crate::clinical::patient::{Patient, PatientFile};
use crate::clinical::task::TaskKind;
use crate::clinical::time::Now;
use crate::clinical::vocab::Vocab;

/// What kind of item it is, in the order of the list: what cannot wait first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An answer that must not wait, on which nothing was written.
    Screen,
    /// A red flag on which nothing was written.
    RedFlag,
    /// A result nobody has acted on.
    Result,
    /// A test without its result, overdue.
    Request,
    /// A check that is due.
    Clock,
    /// A referral.
    Referral,
    /// A call of a taper.
    Taper,
    /// A visit that is not over and of which nothing is written.
    Visit,
    /// An assessment.
    Assessment,
    /// A plan.
    Plan,
    /// A procedure record.
    Procedure,
    /// A check-in.
    CheckIn,
    /// What follows a no-show.
    Aftermath,
    /// A task or call.
    Task,
    /// A summary.
    Copy,
    /// What a case of the next clinic day misses.
    Tomorrow,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Screen,
        Self::RedFlag,
        Self::Result,
        Self::Request,
        Self::Visit,
        Self::Assessment,
        Self::Plan,
        Self::Procedure,
        Self::CheckIn,
        Self::Aftermath,
        Self::Task,
        Self::Copy,
        Self::Referral,
        Self::Taper,
        Self::Clock,
        Self::Tomorrow,
    ];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Screen => "Answers that must not wait",
            Self::RedFlag => "Red flags",
            Self::Result => "Results",
            Self::Request => "Results overdue",
            Self::Clock => "Checks due",
            Self::Referral => "Referrals",
            Self::Taper => "Calls of tapers",
            Self::Visit => "Visits not over",
            Self::Assessment => "Assessments",
            Self::Plan => "Plans",
            Self::Procedure => "Procedures",
            Self::CheckIn => "Check-ins",
            Self::Aftermath => "After no-shows",
            Self::Task => "Tasks and calls",
            Self::Copy => "Not copied out",
            Self::Tomorrow => "Tomorrow misses",
        }
    }

    /// One of them and several, in a sentence.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Screen => ("answer that must not wait", "answers that must not wait"),
            Self::RedFlag => ("red flag", "red flags"),
            Self::Result => ("result", "results"),
            Self::Request => ("overdue result", "overdue results"),
            Self::Clock => ("check due", "checks due"),
            Self::Referral => ("referral", "referrals"),
            Self::Taper => ("call of a taper", "calls of tapers"),
            Self::Visit => ("visit not over", "visits not over"),
            Self::Assessment => ("assessment", "assessments"),
            Self::Plan => ("plan", "plans"),
            Self::Procedure => ("procedure", "procedures"),
            Self::CheckIn => ("check-in", "check-ins"),
            Self::Aftermath => ("no-show", "no-shows"),
            Self::Task => ("task", "tasks"),
            Self::Copy => ("summary", "summaries"),
            Self::Tomorrow => ("case of tomorrow", "cases of tomorrow"),
        }
    }

    /// Whether it is never carried along with the rest: each wants an answer of its own. A visit that never began is no
    /// paperwork: whoever was to come is still to come, comes another day, or did not come.
    pub const fn wants_own_answer(self) -> bool {
        matches!(self, Self::Screen | Self::RedFlag | Self::Result | Self::Visit | Self::Tomorrow)
    }

    /// The kind of an item.
    fn of(key: ItemKey, records: &DayRecords) -> Self {
        match key.what() {
            What::Screen => Self::Screen,
            What::RedFlag | What::NotAsked => Self::RedFlag,
            What::Assessment | What::Procedure if is_not_over(key, records) => Self::Visit,
            What::Assessment => Self::Assessment,
            What::Plan | What::Step => Self::Plan,
            What::Procedure => Self::Procedure,
            What::CheckIn => Self::CheckIn,
            What::Aftermath => Self::Aftermath,
            What::Task if is_result(key, records) => Self::Result,
            What::Diagnostic | What::Urine if is_awaited(key, records) => Self::Request,
            What::Diagnostic | What::Urine => Self::Result,
            What::Referral => Self::Referral,
            What::Taper => Self::Taper,
            What::Clock => Self::Clock,
            What::Task | What::Supply => Self::Task,
            What::Copy => Self::Copy,
            What::Tomorrow => Self::Tomorrow,
        }
    }
}

fn is_not_over(key: ItemKey, records: &DayRecords) -> bool {
    let (ItemKey::Assessment(id) | ItemKey::Procedure(id)) = key else { return false };
    records.any_visit(id).is_some_and(|visit| visit.state.next().is_some() && !records.has_begun(visit))
}

fn is_awaited(key: ItemKey, records: &DayRecords) -> bool {
    if let ItemKey::Follow(FollowKey::Urine(id)) = key {
        return records.follow.urine(id).is_some_and(|(test, _)| test.open_from() == test.due);
    }
    let mut tests = records.diagnostics.iter().map(|(test, _)| test);
    tests.any(|test| ItemKey::Diagnostic(test.id) == key && test.done.is_none())
}

fn is_result(key: ItemKey, records: &DayRecords) -> bool {
    let mut tasks = records.tasks.iter().chain(&records.settled_tasks);
    let mut is = |id: TaskId| tasks.any(|(task, _)| task.id == id && task.kind == TaskKind::Result);
    matches!(key, ItemKey::Task(id) if is(id))
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Done on the day.
    pub done: usize,
    /// Still open.
    pub open: usize,
    /// Carried to a later day.
    pub carried: usize,
    /// Closed with a reason.
    pub closed: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.done += other.done;
        self.open += other.open;
        self.carried += other.carried;
        self.closed += other.closed;
    }
}

/// The items of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub kind: Kind,
    /// How many.
    pub counts: Counts,
    /// The open ones.
    pub items: Vec<Item>,
}

/// The close of a day as a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The board it comes from.
    pub board: Board,
    /// The kinds of which the day holds anything.
    pub groups: Vec<Group>,
    /// All of them.
    pub total: Counts,
    /// Whether the day is over and was never closed.
    pub overdue: bool,
}

impl Sheet {
    /// The sheet of a day.
    pub fn new(records: &DayRecords, now: Now) -> Self {
        let board = board(records, now);
        let overdue = records.date < now.today() && !board.closed;
        let groups: Vec<Group> = Kind::ALL
            .into_iter()
            .map(|kind| group(kind, &board, records, now.today()))
            .filter(|group| group.counts != Counts::default())
            .collect();
        let mut total = Counts::default();
        for group in &groups {
            total.add(group.counts);
        }
        Self { board, groups, total, overdue }
    }

    /// Every open item.
    pub fn open(&self) -> impl Iterator<Item = (Kind, &Item)> {
        self.groups.iter().flat_map(|group| group.items.iter().map(move |item| (group.kind, item)))
    }

    /// Those that may be carried along with the rest: of a day that was never closed all, as today shows them again.
    pub fn rest(&self) -> Vec<&Item> {
        self.open().filter(|(kind, _)| self.overdue || !kind.wants_own_answer()).map(|(_, item)| item).collect()
    }

    /// The open items of a kind.
    pub fn of_kind(&self, kind: Kind) -> Vec<&Item> {
        self.open().filter(|(of, _)| *of == kind).map(|(_, item)| item).collect()
    }

    /// What is open in words: `1 red flag, 2 plans`.
    pub fn open_words(&self) -> String {
        let open = self.groups.iter().filter(|group| group.counts.open > 0);
        open.map(|group| count(group.kind, group.counts.open)).collect::<Vec<_>>().join(", ")
    }

    /// What is open and wants its own answer, in words; empty where nothing is.
    pub fn own_words(&self) -> String {
        let own = self.groups.iter().filter(|group| group.counts.open > 0 && group.kind.wants_own_answer());
        own.map(|group| count(group.kind, group.counts.open)).collect::<Vec<_>>().join(", ")
    }
}

fn count(kind: Kind, count: usize) -> String {
    let (one, several) = kind.words();
    format!("{count} {}", if count == 1 { one } else { several })
}

fn group(kind: Kind, board: &Board, records: &DayRecords, today: NaiveDate) -> Group {
    let of_kind = |item: &&Item| Kind::of(item.key, records) == kind;
    // What a case missed that is over by now is nothing to be decided any more.
    let is_over = |item: &Item| kind == Kind::Tomorrow && item.date <= today && board.date < today;
    let items: Vec<Item> = board.open().filter(of_kind).filter(|item| !is_over(item)).cloned().collect();
    let decided = |wanted: DecisionKind| {
        let decisions = records.decided.iter().filter(|decision| decision.kind == wanted);
        decisions.filter(|decision| Kind::of(decision.item, records) == kind).count()
    };
    let counts = Counts {
        done: board.items().filter(|item| item.done).filter(of_kind).count(),
        open: items.len(),
        carried: decided(DecisionKind::Carried),
        closed: decided(DecisionKind::Closed),
    };
    Group { kind, counts, items }
}

/// Of whom a decision was, and what it was about, as far as the day still knows.
pub fn about<'a>(decision: &Decision, records: &'a DayRecords) -> (Option<&'a Patient>, String) {
    let key = decision.item;
    let name = |file: &'a PatientFile| &file.patient;
    let of_visit = |id| {
        let visit = records.any_visit(id);
        let file = visit.and_then(|visit| visit.patient).and_then(|patient| records.file(patient));
        let reason = visit.and_then(booked::shown_for).unwrap_or_default();
        (file.map(name), reason)
    };
    let mut word = key.what().word();
    let (who, what) = match key {
        ItemKey::Assessment(id)
        | ItemKey::Procedure(id)
        | ItemKey::Copy(id)
        | ItemKey::Aftermath(id)
        | ItemKey::NotAsked(id)
        | ItemKey::Tomorrow(id) => of_visit(id),
        ItemKey::Plan(id) => {
            (records.plans.iter().find(|plan| plan.assessment == id).map(|plan| name(&plan.file)), String::new())
        }
        ItemKey::Step(id) => {
            let step = records.steps.iter().find(|step| step.item.id == id);
            (step.map(|step| name(&step.file)), step.map(|step| step.item.what.clone()).unwrap_or_default())
        }
        ItemKey::RedFlag(id) => {
            let flag = records.red_flags.iter().find(|flag| flag.assessment == id);
            (flag.map(|flag| name(&flag.file)), flag.map(|flag| flag.note.clone()).unwrap_or_default())
        }
        ItemKey::Screen(id) => {
            let alarm = records.alarms.iter().find(|alarm| alarm.result == id);
            (alarm.map(|alarm| name(&alarm.file)), alarm.map(|alarm| alarm.screen.named()).unwrap_or_default())
        }
        ItemKey::Diagnostic(id) => {
            let found = records.diagnostics.iter().find(|(test, _)| test.id == id);
            (found.map(|(_, file)| name(file)), found.map(|(test, _)| test.name()).unwrap_or_default())
        }
        ItemKey::Follow(key) => match records.follow.named(key) {
            Some((file, what)) => (Some(name(file)), what),
            None => (None, String::new()),
        },
        ItemKey::CheckIn(id) => {
            let found =
                records.check_ins.iter().chain(&records.settled_check_ins).find(|(check_in, _)| check_in.id == id);
            let about = found.map(|(check_in, _)| check_in.about.clone()).unwrap_or_default();
            (found.map(|(_, file)| name(file)), about)
        }
        ItemKey::Task(id) => {
            let found = records.tasks.iter().chain(&records.settled_tasks).find(|(task, _)| task.id == id);
            word = found.map_or(word, |(task, _)| task.kind.label());
            let what = found.map(|(task, _)| task.what.clone()).unwrap_or_default();
            (found.and_then(|(_, file)| file.as_ref()).map(name), what)
        }
    };
    let who = who.or_else(|| records.decided_of.get(&key));
    (who, format!("{word}{}{what}", if what.is_empty() { "" } else { ": " }))
}
