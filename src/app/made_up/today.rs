//! The day around now, with something of everything: seen and planned, a plan still due, a no-show, a red flag, somebody in
//! the room and somebody here, procedures to come, calls and tasks of several owners, and a next day that misses something.
//!
//! The day is laid so that now falls into its morning, whatever the clock says; only what had happened by now is written.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::diagnostics;
use super::dice::{Dice, Of};
use super::follow;
use super::past::{Past, at, evening};
use super::people::{Person, cast, is_clinic_day, last_clinic_day, person};
use super::record::{self, PlanFor, later};
use super::{Act, days_ago};
use crate::action::Write;
use crate::action::write::{CheckInChange, TaskChange, VisitChange};
use crate::clinical::answer::Answer;
use crate::clinical::asked::PatientLists;
use crate::clinical::assessment::RedFlags;
use crate::clinical::booked;
use crate::clinical::check_in::CheckIn;
use crate::clinical::id::{AssessmentId, PlanItemId};
use crate::clinical::plan::{Modality, PlanItem};
use crate::clinical::red_flag::{self, FlagAnswer};
use crate::clinical::score::{Score, ScoreItem};
use crate::clinical::task::{Owner, Task, TaskKind};
use crate::clinical::time::{Instant, Now, instant, show_date};
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState, Way};

/// How a visit of today goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Assessed, the plan kept unchanged, copied out.
    Kept,
    /// Assessed, and a plan that books a procedure; not copied out.
    Books,
    /// Assessed, the plan still due.
    PlanDue,
    /// The procedure is written.
    Procedure,
    /// Did not come.
    NoShow,
    /// Assessed with a red flag on which nothing was done yet; the plan still due.
    RedFlag,
    /// Left, with only a quick score taken.
    LeftOpen,
}

/// Minutes from the start of the day, length, kind, how it goes. The patient's number is the place in this list.
const DAY: [(i64, u16, VisitKind, Turn); 18] = [
    (0, 20, VisitKind::FollowUp, Turn::Kept),
    (20, 20, VisitKind::FollowUp, Turn::Books),
    (40, 40, VisitKind::New, Turn::PlanDue),
    (80, 20, VisitKind::Procedure, Turn::Procedure),
    (100, 20, VisitKind::FollowUp, Turn::NoShow),
    (120, 20, VisitKind::FollowUp, Turn::RedFlag),
    (140, 15, VisitKind::FollowUp, Turn::LeftOpen),
    (155, 20, VisitKind::FollowUp, Turn::Kept),
    (175, 20, VisitKind::FollowUp, Turn::Kept),
    (195, 40, VisitKind::New, Turn::PlanDue),
    (235, 20, VisitKind::FollowUp, Turn::Kept),
    (255, 20, VisitKind::FollowUp, Turn::Kept),
    (275, 30, VisitKind::New, Turn::PlanDue),
    (350, 30, VisitKind::Procedure, Turn::Procedure),
    (380, 30, VisitKind::Procedure, Turn::Procedure),
    (410, 30, VisitKind::Procedure, Turn::Procedure),
    (440, 45, VisitKind::Procedure, Turn::Procedure),
    (485, 30, VisitKind::Procedure, Turn::Procedure),
];
/// When the block of time without patients begins, and how long it is.
const LUNCH: (i64, u16) = (305, 45);
/// How far into the day now is.
const NOW_IN_DAY: i64 = 165;
/// The latest start, so that the whole day ends before midnight.
const LATEST: i64 = 15 * 60;
const MINUTE: i64 = 60_000;

/// Whom the next clinic day awaits; the first patient's number is 18.
const NEXT: [(u32, u16, VisitKind); 7] = [
    (0, 20, VisitKind::FollowUp),
    (20, 20, VisitKind::FollowUp),
    (40, 40, VisitKind::New),
    (80, 20, VisitKind::Procedure),
    (100, 30, VisitKind::Procedure),
    (130, 30, VisitKind::Procedure),
    (160, 20, VisitKind::FollowUp),
];

/// Everything of the day up to now, oldest first.
pub fn acts(seed: u64, past: &mut Past, now: Now) -> Vec<Act> {
    let mut day = Day { seed, dice: Dice::of(seed, Of::Ahead(0)), now, starts: starts(now), past, acts: Vec::new() };
    let booked = day.booked();
    day.ahead();
    for (n, visit) in (0..).zip(booked) {
        day.visit(n, visit);
    }
    day.paperwork();
    let mut acts = day.acts;
    acts.retain(|act| act.at <= now.instant);
    acts.sort_by_key(|act| act.at);
    acts
}

/// When the day begins on the wall.
fn starts(now: Now) -> NaiveDateTime {
    let minutes = i64::from(now.time().num_seconds_from_midnight() / 60);
    let from = (minutes - NOW_IN_DAY) / 5 * 5;
    now.today().and_time(NaiveTime::MIN) + Duration::minutes(from.clamp(0, LATEST))
}

struct Day<'a> {
    seed: u64,
    dice: Dice,
    now: Now,
    starts: NaiveDateTime,
    past: &'a mut Past,
    acts: Vec<Act>,
}

impl Day<'_> {
    fn person(&self, n: u32) -> Person {
        person(self.seed, n, self.now)
    }

    fn act(&mut self, at: Instant, write: Write) {
        self.acts.push(Act { at, write });
    }

    /// The bookings of today, made the evening before.
    fn booked(&mut self) -> Vec<Visit> {
        let booked_at = evening(days_ago(self.now.today(), 1), self.now.zone);
        let mut visits = Vec::new();
        for (n, (offset, minutes, kind, _)) in (0..).zip(DAY) {
            let person = self.person(n);
            let start = self.starts + Duration::minutes(offset);
            let mut visit =
                record::booking(&mut self.dice, &person, (start.date(), start.time()), (kind, minutes), booked_at);
            match n {
                6 => visit.way = Way::Phone,
                10 => visit.way = Way::Video,
                cast::UNCONFIRMED => visit.patient_confirmed = false,
                _ => {}
            }
            visits.push(visit);
        }
        let start = self.starts + Duration::minutes(LUNCH.0);
        let mut lunch = Visit::booked(self.dice.id(booked_at), None, start.date(), start.time(), VisitKind::Block);
        lunch.minutes = LUNCH.1;
        lunch.title = Some("Lunch, journal club".to_owned());
        let all = visits.iter().cloned().chain([lunch]);
        let writes = all.map(|visit| Write::BookVisit { visit, new_patient: None }).collect();
        self.act(booked_at, Write::Many("made up the bookings of today".to_owned(), writes));
        visits
    }

    /// The next clinic day, which misses something, and lighter days after it.
    fn ahead(&mut self) {
        let today = self.now.today();
        let booked_at = evening(days_ago(today, 1), self.now.zone);
        let mut days = (1..=16).map(|on| later(today, on)).filter(|date| is_clinic_day(*date));
        let mut writes = Vec::new();
        let next = days.next().unwrap_or(today);
        for (n, (offset, minutes, kind)) in (18..).zip(NEXT) {
            let mut visit = self.book(n, next, 8 * 60 + offset, (kind, minutes), booked_at);
            if n == 21 {
                visit.reason = None;
            }
            writes.push(Write::BookVisit { visit, new_patient: None });
        }
        let last = self.past.patients().min(cast::END + 40);
        let mut n = cast::END;
        for date in days {
            for slot in 0..6 {
                let kind = if slot < 5 { VisitKind::FollowUp } else { VisitKind::Procedure };
                let visit = self.book(n, date, 8 * 60 + slot * 30, (kind, 20), booked_at);
                writes.push(Write::BookVisit { visit, new_patient: None });
                n = if n + 1 < last { n + 1 } else { cast::END };
            }
        }
        self.act(booked_at, Write::Many("made up the days ahead".to_owned(), writes));
    }

    fn book(&mut self, n: u32, date: NaiveDate, minute: u32, of: (VisitKind, u16), at: Instant) -> Visit {
        let person = self.person(n);
        let start = NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).unwrap_or_default();
        record::booking(&mut self.dice, &person, (date, start), of, at)
    }

    /// One visit of today, act by act.
    fn visit(&mut self, n: u32, mut visit: Visit) {
        let Some(&(_, minutes, _, turn)) = usize::try_from(n).ok().and_then(|n| DAY.get(n)) else { return };
        let start = instant(visit.starts(), self.now.zone);
        let after = |minutes: i64| start.plus_millis(minutes * MINUTE);
        let mut dice = self.dice.apart();
        if turn == Turn::NoShow {
            let visit = visit.with_state(VisitState::NoShow, after(15));
            return self.act(after(15), Write::ChangeVisit { visit, change: VisitChange::NoShow });
        }
        for (state, at) in [(VisitState::Here, after(-12)), (VisitState::InRoom, after(4))] {
            visit = visit.with_state(state, at);
            self.act(at, Write::ChangeVisit { visit: visit.clone(), change: VisitChange::Advanced });
        }
        let left = after(i64::from(minutes) + 2);
        let recorded = left.plus_millis(-2 * MINUTE);
        let planned = left.plus_millis(-MINUTE);
        let person = self.person(n);
        // In the room the first question is how much it hurts.
        if visit.kind == VisitKind::FollowUp {
            self.quick_score(&mut dice, &person, &visit, after(5));
        }
        match turn {
            Turn::Procedure => {
                let write = record::session(&mut dice, &person, &visit, recorded, None);
                self.act(recorded, write);
                visit.recorded_at = Some(recorded);
            }
            Turn::Kept | Turn::Books | Turn::PlanDue | Turn::RedFlag => {
                let answers = self.assess(&mut dice, &person, &visit, turn, recorded);
                visit.recorded_at = Some(recorded);
                if matches!(turn, Turn::Kept | Turn::Books) {
                    self.plan(&mut dice, n, &visit, (turn, answers), planned);
                    visit.recorded_at = Some(planned);
                }
            }
            Turn::LeftOpen | Turn::NoShow => {}
        }
        visit = visit.with_state(VisitState::Left, left);
        self.act(left, Write::ChangeVisit { visit: visit.clone(), change: VisitChange::Advanced });
        if turn == Turn::Kept {
            let copied = left.plus_millis(3 * MINUTE);
            visit.copied_at = Some(copied);
            self.act(copied, Write::ChangeVisit { visit, change: VisitChange::CopiedOut });
        }
    }

    fn quick_score(&mut self, dice: &mut Dice, person: &Person, visit: &Visit, at: Instant) {
        let pain = record::pain_on(dice, person, visit.date);
        let given = record::given(visit.way, at);
        let score = Score::new(dice.id(at), ScoreItem::Now, Answer::Given(pain), given);
        let write =
            Write::QuickScore { visit: visit.id, patient: person.patient.id, date: visit.date, score, before: None };
        self.act(at, write);
    }

    fn assess(&mut self, dice: &mut Dice, person: &Person, visit: &Visit, turn: Turn, at: Instant) -> AssessmentId {
        let (mut assessment, scores) = record::assessment(dice, person, visit, None, at);
        assessment.red_flags = Some(RedFlags::NonePresent);
        if turn == Turn::RedFlag {
            assessment.red_flags = Some(RedFlags::Present);
            "new numbness in the saddle, says it in passing".clone_into(&mut assessment.red_flag_note);
            let flags = &mut assessment.asked.red_flags;
            flags.retain(|(id, _)| id != "saddle_numbness");
            flags.push(("saddle_numbness".to_owned(), FlagAnswer::Yes));
            red_flag::sort(flags);
        }
        let id = assessment.id;
        let lists = PatientLists::default();
        self.act(at, Write::CompleteAssessment { assessment, scores, lists, again: false });
        id
    }

    fn plan(&mut self, dice: &mut Dice, n: u32, visit: &Visit, (turn, answers): (Turn, AssessmentId), at: Instant) {
        let person = self.person(n);
        let version = self.past.next_version(n);
        let unchanged = turn == Turn::Kept && version > 1;
        let books = (turn == Turn::Books).then(|| {
            let date =
                (9..30).map(|days| later(visit.date, days)).find(|date| is_clinic_day(*date)).unwrap_or(visit.date);
            let start = NaiveTime::from_hms_opt(13, 0, 0).unwrap_or_default();
            record::booking(dice, &person, (date, start), (VisitKind::Procedure, 30), at)
        });
        let mut write = record::plan(dice, &person, PlanFor { visit, answers, version, unchanged, books }, at);
        if turn == Turn::Books {
            to_refer(&mut write, dice.id(at));
        }
        self.act(at, write);
    }

    /// What of the paperwork is done already.
    fn paperwork(&mut self) {
        let early = instant(self.starts, self.now.zone).plus_millis(6 * MINUTE);
        let (check_ins, tasks) = paperwork(self.seed, self.now);
        if let Some(check_in) = check_ins.last().cloned() {
            let done = Some(record::check_in_done(&mut self.dice, 3, early));
            let check_in = CheckIn { done, ..check_in };
            self.act(early, Write::PutCheckIn { check_in, change: CheckInChange::Done });
        }
        for task in tasks.into_iter().filter(|task| task.what == DONE) {
            let task = Task { done_at: Some(early), result: "sent".to_owned(), ..task };
            self.act(early, Write::PutTask { task, change: TaskChange::Done });
        }
    }
}

/// Who comes last on the last clinic day: one is still without a plan, one without a summary, one did not come.
pub const LEFT_OPEN: [u32; 3] = [30, 31, 25];

/// What the last clinic day leaves open, to be written before it is closed: a summary not carried over, a plan still
/// due, a cancellation to follow, check-ins and tasks.
pub fn left_open(seed: u64, past: &mut Past, now: Now) -> Vec<Write> {
    let (_, date) = last_clinic_day(now.today());
    let zone = now.zone;
    let booked_at = at(date, (7, 0), zone);
    let mut dice = Dice::of(seed, Of::Ahead(1));
    let mut writes = Vec::new();
    for (n, hour) in LEFT_OPEN.into_iter().zip(15..) {
        let person = person(seed, n, now);
        let start = NaiveTime::from_hms_opt(hour, 30, 0).unwrap_or_default();
        let mut visit = record::booking(&mut dice, &person, (date, start), (VisitKind::FollowUp, 20), booked_at);
        if n == 25 {
            visit.state = VisitState::Cancelled;
            visit.aftermath = Aftermath::Open;
            visit.end_reason = Some("has a cold, wants to come next week".to_owned());
            writes.push(Write::BookVisit { visit, new_patient: None });
            continue;
        }
        writes.push(Write::BookVisit { visit: visit.clone(), new_patient: None });
        let left = at(date, (hour, 50), zone);
        let (assessment, scores) = record::assessment(&mut dice, &person, &visit, None, left);
        let answers = assessment.id;
        let lists = PatientLists::default();
        writes.push(Write::CompleteAssessment { assessment, scores, lists, again: false });
        // The one is without a plan since then, of the other only the summary is not carried over.
        if n == 30 {
            let version = past.next_version(n);
            let plan = PlanFor { visit: &visit, answers, version, unchanged: false, books: None };
            let mut write = record::plan(&mut dice.apart(), &person, plan, left);
            steps(&mut write, now.today());
            writes.push(write);
        }
        visit.state = VisitState::Left;
        visit.in_room_at = Some(at(date, (hour, 32), zone));
        visit.left_at = Some(left);
        visit.recorded_at = Some(left);
        writes.push(Write::ChangeVisit { visit, change: VisitChange::Advanced });
    }
    let (check_ins, tasks) = paperwork(seed, now);
    let planned = |check_in| Write::PutCheckIn { check_in, change: CheckInChange::Planned };
    writes.extend(check_ins.into_iter().map(planned));
    writes.extend(tasks.into_iter().map(|task| Write::PutTask { task, change: TaskChange::Caught }));
    writes.extend(diagnostics::left_open(seed, now));
    writes.extend(follow::left_open(seed, now));
    writes
}

/// A referral that is planned, its letter not yet written.
fn to_refer(write: &mut Write, id: PlanItemId) {
    let Write::SetPlan { plan, .. } = write else { return };
    plan.items.push(PlanItem {
        next_step: "group for sleep and pacing?".to_owned(),
        ..PlanItem::new(id, Modality::Referral, "Pain psychology")
    });
}

/// A step whose day has come, and one that sleeps until relief is known.
fn steps(write: &mut Write, today: NaiveDate) {
    let Write::SetPlan { plan, .. } = write else { return };
    let mut open = plan.items.iter_mut().filter(|item| item.booked.is_none());
    if let Some(item) = open.next() {
        item.due = Some(today);
        item.state = crate::clinical::plan::ItemState::Active;
    }
    if let Some(item) = open.next() {
        item.wakes = crate::clinical::plan::wake::Wakes::read("<50%").ok();
        item.due = Some(later(today, 28));
        item.state = crate::clinical::plan::ItemState::Proposed;
    }
}

/// Check-ins and tasks as the last clinic day left them.
fn paperwork(seed: u64, now: Now) -> (Vec<CheckIn>, Vec<Task>) {
    let today = now.today();
    let (_, yesterday) = last_clinic_day(today);
    let caught = at(yesterday, (12, 0), now.zone);
    let mut dice = Dice::of(seed, Of::Ahead(2));
    let check_ins = [
        (26, today, Owner::Me, 0),
        (27, yesterday, Owner::Me, 2),
        (28, today, Owner::Nurse, 1),
        (29, today, Owner::Me, 0),
    ];
    let check_ins = check_ins.map(|(n, due, owner, attempts)| {
        let person = person(seed, n, now);
        let (name, level, _) = person.course.procedure;
        CheckIn {
            id: dice.id(caught),
            patient: person.patient.id,
            session: None,
            visit: None,
            about: format!("{}, {}", booked::shown(&format!("{name} {level}")), show_date(yesterday)),
            due,
            owner,
            attempts,
            done: None,
            let_go: None,
        }
    });
    let tasks = TASKS.map(|(patient, kind, what, days, owner)| Task {
        id: dice.id(caught),
        patient: patient.map(|n| person(seed, n, now).patient.id),
        visit: None,
        kind,
        what: what.to_owned(),
        due: days.map(|days| if days < 0 { yesterday } else { later(today, days.unsigned_abs()) }),
        owner: Owner::from(owner.to_owned()),
        caught_at: caught,
        done_at: None,
        result: String::new(),
        let_go: None,
    });
    (check_ins.into(), tasks.into())
}

/// The one task that is done already.
const DONE: &str = "exercise sheet for the neck";

/// About whom, what kind, what, due in so many days, whose.
type Caught = (Option<u32>, TaskKind, &'static str, Option<i64>, &'static str);

const TASKS: [Caught; 8] = [
    (Some(8), TaskKind::Call, "pharmacy asks about the patch", Some(0), "me"),
    (Some(5), TaskKind::Letter, "disability office wants the form", Some(-1), "me"),
    (Some(10), TaskKind::Refill, "gabapentin for a month", Some(0), "nurse"),
    (Some(4), TaskKind::Call, "find a new date", Some(0), "desk"),
    (Some(7), TaskKind::Referral, "orthopaedics: no answer for three weeks", Some(0), "Ines"),
    (Some(1), TaskKind::Task, DONE, Some(0), "me"),
    (None, TaskKind::Task, "order contrast for the C-arm", Some(2), "nurse"),
    (None, TaskKind::Call, "radiology about the new referral form", None, "me"),
];
