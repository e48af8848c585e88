//! What is an item of which pane, and when it is done: the rules of the day's flow.

use std::cmp::Ordering;

use chrono::{Duration, NaiveDate};

use super::clock::DayClock;
use super::item::{Flag, Item, ItemKey, Mark};
use super::records::{DayRecords, VisitRecord};
use super::{RibbonBlock, Tomorrow, VisitKind, VisitState, flags};
use crate::clinical::close::DecisionKind;
use crate::clinical::patient::PatientFile;
use crate::clinical::task::{Owner, TaskKind};
use crate::clinical::time::{Now, show_day_month, wall};
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;

/// The draft forms by which an open item says that it was begun.
pub const ASSESSMENT_FORM: &str = "assessment";
/// The plan's form; its subject is the patient.
pub const PLAN_FORM: &str = "plan";
/// The procedure session's form; its subject is the visit.
pub const SESSION_FORM: &str = "procedure";
/// The check-in's form; its subject is the check-in.
pub const CHECK_IN_FORM: &str = "check_in";
/// The reflection's form; its subject is the evening's date. Its drafts are sealed.
pub const REFLECTION_FORM: &str = "reflection";

fn has_draft(records: &DayRecords, form: &str, subject: &str) -> bool {
    records.drafts.contains(&(form.to_owned(), subject.to_owned()))
}

/// Whether a decision takes the item out of this day: closed, or carried to a later date.
fn decided_away(records: &DayRecords, key: ItemKey) -> bool {
    records.decisions.get(&key.to_string()).is_some_and(|decision| match decision.kind {
        DecisionKind::Closed => true,
        DecisionKind::Carried => decision.to.is_some_and(|to| to > records.date),
    })
}

/// The due date a decision gave the item, where it was carried to this day or earlier.
fn carried_to(records: &DayRecords, key: ItemKey) -> Option<NaiveDate> {
    records.decisions.get(&key.to_string()).and_then(|decision| decision.to)
}

fn mark(state: VisitState, done: bool) -> Mark {
    match state {
        VisitState::NoShow | VisitState::Cancelled => Mark::NotComing,
        _ if done => Mark::Done,
        VisitState::InRoom => Mark::InRoom,
        VisitState::Here => Mark::Here,
        VisitState::Left => Mark::WantsYou,
        VisitState::Booked => Mark::ToCome,
    }
}

fn of_visit(records: &DayRecords, record: &VisitRecord, key: ItemKey, done: bool, clock: &DayClock, now: Now) -> Item {
    let visit = &record.visit;
    let mut flags = flags::of_visit(record, records);
    let left_open = visit.state == VisitState::Left && !done;
    let carried = visit.date != records.date;
    if left_open {
        flags.push(Flag::Missing(format!("{} open", key.what().name())));
    }
    let in_room = (visit.state == VisitState::InRoom)
        .then(|| visit.in_room_at.map(|at| now.wall() - wall(at, now.zone)))
        .flatten();
    let mut text = record.session.clone().or_else(|| visit.reason.clone()).or_else(|| record.planned.clone());
    if carried {
        text = Some(format!("of {} · {}", show_day_month(visit.date), text.unwrap_or_default()));
    }
    let mut scores = record.earlier.clone();
    let score = record.scores.headline();
    scores.extend(score);
    Item {
        key,
        mark: if carried && !done && visit.state.is_live() { Mark::WantsYou } else { mark(visit.state, done) },
        done,
        rank: 0,
        owner: Owner::Me,
        due: carried_to(records, key),
        visit: Some(visit.id),
        patient: record.file.as_ref().map(|file| file.patient.clone()),
        date: visit.date,
        start: visit.start,
        expected: if visit.state == VisitState::Booked { clock.later_start(visit) } else { None },
        in_room_min: in_room.and_then(|time| u32::try_from(time.num_minutes()).ok()),
        state: Some(visit.state),
        text: text.unwrap_or_else(|| match visit.kind {
            VisitKind::New => "new".to_owned(),
            kind => kind.label().to_owned(),
        }),
        scores,
        score,
        flags,
        draft: has_draft(records, form_of(key), &visit.id.to_string()),
    }
}

fn form_of(key: ItemKey) -> &'static str {
    match key {
        ItemKey::Procedure(_) => SESSION_FORM,
        _ => ASSESSMENT_FORM,
    }
}

/// Visits for evaluation or follow-up, and any other visit in which an assessment was begun or made.
pub fn morning(records: &DayRecords, now: Now, clock: &DayClock) -> Vec<Item> {
    let wanted = |record: &&VisitRecord| {
        let visit = &record.visit;
        let begun = record.assessed || has_draft(records, ASSESSMENT_FORM, &visit.id.to_string());
        matches!(visit.kind, VisitKind::New | VisitKind::FollowUp) || (visit.kind == VisitKind::Procedure && begun)
    };
    visits(records, wanted, |record| (ItemKey::Assessment(record.visit.id), record.assessed), clock, now)
}

/// Visits for a procedure, and any other visit in which one was begun or done.
pub fn afternoon(records: &DayRecords, now: Now, clock: &DayClock) -> Vec<Item> {
    let wanted = |record: &&VisitRecord| {
        let visit = &record.visit;
        let begun = record.session.is_some() || has_draft(records, SESSION_FORM, &visit.id.to_string());
        visit.kind == VisitKind::Procedure || (visit.kind != VisitKind::Block && begun)
    };
    visits(records, wanted, |record| (ItemKey::Procedure(record.visit.id), record.session.is_some()), clock, now)
}

fn visits(
    records: &DayRecords,
    wanted: impl Fn(&&VisitRecord) -> bool,
    key: impl Fn(&VisitRecord) -> (ItemKey, bool),
    clock: &DayClock,
    now: Now,
) -> Vec<Item> {
    let mut items: Vec<Item> = records
        .visits
        .iter()
        .filter(wanted)
        .filter_map(|record| {
            let (key, done) = key(record);
            // A visit of an earlier day shows only what was carried of it.
            let of_today = record.visit.date == records.date;
            if !done && decided_away(records, key) || (!of_today && carried_to(records, key).is_none()) {
                return None;
            }
            Some(of_visit(records, record, key, done, clock, now))
        })
        .collect();
    items.sort_by_key(|item| (item.date != records.date, item.start, item.name(), item.visit));
    items
}

/// Assessments without a plan, worst first, then those whose plan was set for this day.
pub fn midday(records: &DayRecords, now: Now) -> Vec<Item> {
    let mut items: Vec<Item> = records
        .plans
        .iter()
        .filter_map(|plan| {
            let key = ItemKey::Plan(plan.assessment);
            let done = plan.answered_by.is_some();
            if !done && decided_away(records, key) {
                return None;
            }
            let draft = has_draft(records, PLAN_FORM, &plan.file.patient.id.to_string());
            let text = match (done, plan.version, plan.version_on) {
                (_, None, _) => "no plan yet".to_owned(),
                (true, Some((version, unchanged)), _) => {
                    format!("plan {version}{}", if unchanged { " · unchanged" } else { "" })
                }
                (false, Some((version, _)), Some(on)) => {
                    format!("plan {version} of {} · unchanged?", show_day_month(on))
                }
                (false, Some((version, _)), None) => format!("plan {version} · unchanged?"),
            };
            let mut item = of_file(records, key, &plan.file, plan.date, text);
            item.done = done;
            item.mark = if done {
                Mark::Done
            } else if draft || plan.date < records.date {
                Mark::WantsYou
            } else {
                Mark::ToCome
            };
            item.visit = Some(plan.visit);
            item.score = plan.score;
            item.draft = draft && !done;
            Some(item)
        })
        .collect();
    let today = now.today();
    items.sort_by_key(|item| {
        (item.done, std::cmp::Reverse((today - item.date).num_days()), std::cmp::Reverse(item.score), item.name())
    });
    items
}

fn of_file(records: &DayRecords, key: ItemKey, file: &PatientFile, date: NaiveDate, text: String) -> Item {
    Item {
        key,
        mark: Mark::ToCome,
        done: false,
        rank: 5,
        owner: Owner::Me,
        due: carried_to(records, key),
        visit: None,
        patient: Some(file.patient.clone()),
        date,
        start: None,
        expected: None,
        in_room_min: None,
        state: None,
        text,
        scores: Vec::new(),
        score: None,
        flags: flags::of_patient(file),
        draft: false,
    }
}

/// Follow-up and paperwork: red flags first, then check-ins, what follows a no-show, tasks, summaries, tomorrow.
pub fn late(records: &DayRecords) -> Vec<Item> {
    let mut items = Vec::new();
    for flag in &records.red_flags {
        let mut item = of_file(records, ItemKey::RedFlag(flag.assessment), &flag.file, flag.date, flag.note.clone());
        item.rank = 0;
        item.mark = Mark::WantsYou;
        item.visit = Some(flag.visit);
        items.push(item);
    }
    for (check_in, file) in &records.check_ins {
        let mut text = check_in.about.clone();
        if check_in.attempts > 0 && check_in.done.is_none() {
            text = format!("{text} · no answer ×{}", check_in.attempts);
        }
        let mut item = of_file(records, ItemKey::CheckIn(check_in.id), file, check_in.due, text);
        item.rank = 1;
        item.owner = check_in.owner.clone();
        item.due = Some(check_in.due);
        item.done = check_in.done.is_some();
        item.mark = open_mark(item.done, check_in.due, records.date);
        item.visit = check_in.visit;
        items.push(item);
    }
    for open in &records.to_follow {
        let text = format!("{} {}", open.visit.state.label(), show_day_month(open.visit.date));
        let mut item = of_file(records, ItemKey::Aftermath(open.visit.id), &open.file, open.visit.date, text);
        item.rank = 2;
        item.visit = Some(open.visit.id);
        items.push(item);
    }
    for (task, file) in &records.tasks {
        items.push(of_task(records, task, file.as_ref()));
    }
    if records.follow_copies {
        items.extend(copies(records));
    }
    for record in &records.tomorrow {
        items.extend(of_tomorrow(records, record));
    }
    items.retain(|item| item.done || !decided_away(records, item.key));
    items
}

fn open_mark(done: bool, due: NaiveDate, day: NaiveDate) -> Mark {
    match (done, due < day) {
        (true, _) => Mark::Done,
        (false, true) => Mark::WantsYou,
        (false, false) => Mark::ToCome,
    }
}

fn of_task(records: &DayRecords, task: &crate::clinical::task::Task, file: Option<&PatientFile>) -> Item {
    let key = ItemKey::Task(task.id);
    let date = task.due.unwrap_or(records.date);
    let text =
        if task.kind == TaskKind::Task { task.what.clone() } else { format!("{}: {}", task.kind.label(), task.what) };
    Item {
        patient: file.map(|file| file.patient.clone()),
        flags: file.map(flags::of_patient).unwrap_or_default(),
        key,
        mark: open_mark(task.done_at.is_some(), date, records.date),
        done: task.done_at.is_some(),
        rank: 3,
        owner: task.owner.clone(),
        due: task.due,
        visit: task.visit,
        date,
        start: None,
        expected: None,
        in_room_min: None,
        state: None,
        text,
        scores: Vec::new(),
        score: None,
        draft: false,
    }
}

/// Finished visits whose summary is not carried over, or was changed since.
fn copies(records: &DayRecords) -> impl Iterator<Item = Item> {
    records.to_copy.iter().filter(|open| is_finished(records, open)).map(|open| {
        let text = if open.visit.copied_at.is_some() { "changed since copied out" } else { "not copied out" };
        let mut item = of_file(records, ItemKey::Copy(open.visit.id), &open.file, open.visit.date, text.to_owned());
        item.rank = 4;
        item.visit = Some(open.visit.id);
        if open.visit.date != records.date {
            item.text = format!("{} · visit of {}", item.text, show_day_month(open.visit.date));
        }
        item
    })
}

/// A visit counts as finished for copying out when the patient has left, or its day is over.
fn is_finished(records: &DayRecords, open: &super::records::OpenVisit) -> bool {
    open.visit.state == VisitState::Left || open.visit.date < records.date
}

fn of_tomorrow(records: &DayRecords, record: &VisitRecord) -> Option<Item> {
    let file = record.file.as_ref()?;
    let missing = flags::missing_for(record);
    if missing.is_empty() || !record.visit.state.is_live() {
        return None;
    }
    let text = format!("missing: {}", missing.join(", "));
    let mut item = of_file(records, ItemKey::Tomorrow(record.visit.id), file, record.visit.date, text);
    item.rank = 6;
    item.visit = Some(record.visit.id);
    item.start = record.visit.start;
    Some(item)
}

/// The ribbon: every visit and timed block of the day.
pub fn ribbon(records: &DayRecords) -> Vec<RibbonBlock> {
    let mut blocks: Vec<RibbonBlock> = records
        .visits
        .iter()
        .filter(|record| record.visit.date == records.date && record.visit.state != VisitState::Cancelled)
        .filter_map(|record| {
            let visit = &record.visit;
            let start = visit.start?;
            Some(RibbonBlock { visit: visit.id, start, minutes: visit.minutes, kind: visit.kind, state: visit.state })
        })
        .collect();
    blocks.sort_by_key(|block| (block.start, block.visit));
    blocks
}

/// Tomorrow in two numbers.
pub fn tomorrow(records: &DayRecords) -> Tomorrow {
    let cases = || {
        records.tomorrow.iter().filter(|record| record.visit.state.is_live() && record.visit.kind != VisitKind::Block)
    };
    Tomorrow {
        date: records.tomorrow.first().map(|record| record.visit.date),
        visits: cases().count(),
        missing: cases().filter(|record| !flags::missing_for(record).is_empty()).count(),
    }
}

/// How long after its planned end a visit that was never marked counts as over: longer than any day runs late.
const FORGOTTEN_MIN: i64 = 120;

/// Whether the reflection is written; nothing is said of it before the last visit of today is over.
pub fn reflection(records: &DayRecords, now: Now) -> Option<bool> {
    if records.reflection {
        return Some(true);
    }
    let mut visits = records
        .visits
        .iter()
        .map(|record| &record.visit)
        .filter(|visit| visit.date == records.date && visit.kind != VisitKind::Block);
    let is_over = |visit: &Visit| match visit.state {
        VisitState::Here | VisitState::InRoom => false,
        VisitState::Booked => visit.ends() + Duration::minutes(FORGOTTEN_MIN) < now.wall(),
        VisitState::Left | VisitState::NoShow | VisitState::Cancelled => true,
    };
    let said = match records.date.cmp(&now.today()) {
        Ordering::Less => true,
        Ordering::Equal => visits.all(is_over),
        Ordering::Greater => false,
    };
    said.then_some(false)
}

/// Whether the day is closed. A new item opens it again as it is kept.
pub fn is_closed(records: &DayRecords) -> bool {
    records.day.as_ref().is_some_and(|day| day.closed_at.is_some())
}
