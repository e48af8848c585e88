//! Follow-up and paperwork: what stands there, and until when.

use chrono::NaiveDate;

use super::item::{Item, ItemKey, Mark, Rank};
use super::panes::{decided_away, of_file};
use super::records::{DayRecords, OpenVisit, VisitRecord};
use super::{VisitKind, VisitState, flags};
use crate::clinical::booked;
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::patient::PatientFile;
use crate::clinical::supply::controlled_words;
use crate::clinical::task::{Task, TaskKind};
use crate::clinical::time::{Now, show_date, wall};
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;

/// Follow-up and paperwork: answers that must not wait first, then red flags, then results and check-ins, what follows a
/// no-show, tasks, summaries, tomorrow.
pub fn late(records: &DayRecords, now: Now) -> Vec<Item> {
    let mut items = Vec::new();
    for alarm in &records.alarms {
        let text = format!("{}: {}", alarm.screen.word(), alarm.screen.told());
        let mut item = of_file(records, ItemKey::Screen(alarm.result), &alarm.file, alarm.date, text);
        item.rank = Rank::Alarm;
        item.mark = Mark::WantsYou;
        item.visit = alarm.visit;
        items.push(item);
    }
    for flag in &records.red_flags {
        let mut item = of_file(records, ItemKey::RedFlag(flag.assessment), &flag.file, flag.date, flag.note.clone());
        item.rank = Rank::RedFlag;
        item.mark = Mark::WantsYou;
        item.visit = Some(flag.visit);
        items.push(item);
    }
    for (check_in, file) in records.check_ins.iter().filter(|(check_in, _)| check_in.let_go.is_none()) {
        let mut text = check_in.about.clone();
        if check_in.attempts > 0 && check_in.done.is_none() {
            text = format!("{text} · no answer ×{}", check_in.attempts);
        }
        let mut item = of_file(records, ItemKey::CheckIn(check_in.id), file, check_in.due, text);
        item.rank = Rank::Result;
        item.owner = check_in.owner.clone();
        item.due = Some(check_in.due);
        item.done = check_in.done.is_some();
        item.mark = open_mark(item.done, check_in.due, records.date);
        item.visit = check_in.visit;
        items.push(item);
    }
    for (test, file) in records.diagnostics.iter().filter(|(test, _)| is_shown(test, records.date)) {
        items.push(of_diagnostic(records, test, file));
    }
    items.extend(records.visits.iter().filter_map(|record| of_not_asked(records, record)));
    items.extend(super::follow::items(records));
    for open in &records.to_follow {
        // A controlled medicine goes on, or ends, without the visit: that is said first.
        let controlled = controlled_words(&open.file).map(|words| format!(" · {words}")).unwrap_or_default();
        let text = format!("{}{controlled}", ended(&open.visit, records.date));
        let mut item = of_file(records, ItemKey::Aftermath(open.visit.id), &open.file, open.visit.date, text);
        item.rank = Rank::Aftermath;
        item.visit = Some(open.visit.id);
        items.push(item);
    }
    for (task, file) in records.tasks.iter().filter(|(task, _)| is_due(records, task, now)) {
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

/// How a visit ended to which nobody came: on which day, where it was another, and what it was for.
fn ended(visit: &Visit, day: NaiveDate) -> String {
    let state = visit.state.label();
    let text = if visit.date == day { state.to_owned() } else { format!("{state} {}", show_date(visit.date)) };
    match booked::shown_for(visit) {
        Some(reason) => format!("{text} · {reason}"),
        None => text,
    }
}

fn of_not_asked(records: &DayRecords, record: &VisitRecord) -> Option<Item> {
    let visit = &record.visit;
    let left_out = records.left_out(record)?;
    let text = format!("{} not asked", left_out.flags.len());
    let mut item = of_file(records, ItemKey::NotAsked(visit.id), record.file.as_ref()?, visit.date, text);
    item.rank = Rank::Rest;
    item.visit = Some(visit.id);
    Some(item)
}

/// The mark of something to do: it wants you once its day is over.
pub(super) fn open_mark(done: bool, due: impl Into<Option<NaiveDate>>, day: NaiveDate) -> Mark {
    match due.into() {
        _ if done => Mark::Done,
        Some(due) if due < day => Mark::WantsYou,
        _ => Mark::ToCome,
    }
}

/// Whether a task stands on this day: from its due day on, and on the day it was caught, so that catching it is seen.
fn is_due(records: &DayRecords, task: &Task, now: Now) -> bool {
    let caught = wall(task.caught_at, now.zone).date();
    task.let_go.is_none() && (task.due.is_none_or(|due| due <= records.date) || caught == records.date)
}

/// Whether a test stands on this day: while it is open, and on the day it was acted on.
fn is_shown(test: &Diagnostic, day: NaiveDate) -> bool {
    test.acted_at.is_some() || test.is_open_on(day)
}

/// A result until it is acted on, first of all that is not urgent; a test whose result is overdue, among the tasks.
fn of_diagnostic(records: &DayRecords, test: &Diagnostic, file: &PatientFile) -> Item {
    let date = test.date().unwrap_or(records.date);
    let mut item = of_file(records, ItemKey::Diagnostic(test.id), file, date, test.line());
    let has_result = test.done.is_some();
    item.rank = if has_result { Rank::Result } else { Rank::Task };
    item.done = test.acted_at.is_some();
    item.due = test.due.filter(|_| !has_result);
    item.mark = open_mark(item.done, date, records.date);
    item.visit = test.visit;
    item
}

fn of_task(records: &DayRecords, task: &Task, file: Option<&PatientFile>) -> Item {
    let key = ItemKey::Task(task.id);
    let date = task.due.unwrap_or(records.date);
    let text =
        if task.kind == TaskKind::Task { task.what.clone() } else { format!("{}: {}", task.kind.label(), task.what) };
    Item {
        patient: file.map(|file| file.patient.clone()),
        flags: file.map(flags::of_patient).unwrap_or_default(),
        mark: open_mark(task.done_at.is_some(), date, records.date),
        done: task.done_at.is_some(),
        rank: Rank::Task,
        owner: task.owner.clone(),
        due: task.due,
        visit: task.visit,
        ..Item::of_day(key, date, text)
    }
}

/// Finished visits whose summary is not carried over, or was changed since.
fn copies(records: &DayRecords) -> impl Iterator<Item = Item> {
    records.to_copy.iter().filter(|open| is_finished(records, open)).map(|open| {
        let text = if open.visit.copied_at.is_some() { "changed since copied out" } else { "not copied out" };
        let mut item = of_file(records, ItemKey::Copy(open.visit.id), &open.file, open.visit.date, text.to_owned());
        item.rank = Rank::Copy;
        item.visit = Some(open.visit.id);
        if open.visit.date != records.date {
            item.text = format!("{} · visit of {}", item.text, show_date(open.visit.date));
        }
        item
    })
}

/// A visit counts as finished for copying out when its day is over, or when the patient has left and neither assessment
/// nor procedure of it is open.
fn is_finished(records: &DayRecords, open: &OpenVisit) -> bool {
    let visit = &open.visit;
    visit.date < records.date || visit.state == VisitState::Left && records.visit(visit.id).is_none_or(nothing_open)
}

fn nothing_open(record: &VisitRecord) -> bool {
    match record.visit.kind {
        VisitKind::New | VisitKind::FollowUp => record.assessed,
        VisitKind::Procedure => record.session.is_some(),
        VisitKind::Block => true,
    }
}

fn of_tomorrow(records: &DayRecords, record: &VisitRecord) -> Option<Item> {
    let file = record.file.as_ref()?;
    let missing = flags::missing_for(record);
    if missing.is_empty() || !record.visit.state.is_live() {
        return None;
    }
    let text = format!("missing: {}", missing.join(", "));
    let mut item = of_file(records, ItemKey::Tomorrow(record.visit.id), file, record.visit.date, text);
    item.rank = Rank::Tomorrow;
    item.visit = Some(record.visit.id);
    item.start = record.visit.start;
    Some(item)
}
