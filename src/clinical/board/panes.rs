//! Assessments, plans and procedures: what is an item of which pane, and when it is done.

use chrono::NaiveDate;

use super::clock::DayClock;
use super::item::{Flag, Item, ItemKey, Mark, Rank};
use super::records::{DayRecords, StepRecord, VisitRecord};
use super::{VisitKind, VisitState, flags};
use crate::clinical::booked;
use crate::clinical::close::DecisionKind;
use crate::clinical::draft::{ASSESSMENT_FORM, PLAN_FORM, SESSION_FORM};
use crate::clinical::patient::PatientFile;
use crate::clinical::plan::wake::{Wake, says, wake};
use crate::clinical::task::Owner;
use crate::clinical::time::{Now, show_date, wall};
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;

/// Whether a decision takes the item out of this day: closed, or carried to a later date.
pub(super) fn decided_away(records: &DayRecords, key: ItemKey) -> bool {
    records.decisions.get(&key).is_some_and(|decision| match decision.kind {
        DecisionKind::Closed => true,
        DecisionKind::Carried => decision.to.is_some_and(|to| to > records.date),
    })
}

/// The due date a decision gave the item, where it was carried to this day or earlier.
pub(super) fn carried_to(records: &DayRecords, key: ItemKey) -> Option<NaiveDate> {
    records.decisions.get(&key).and_then(|decision| decision.to)
}

/// Whether the patient is to be met today: here, in room, or booked for a time that is not over yet. Whatever the close
/// decided about the records, the one who is in the house must be seen, called in and let go.
fn is_to_be_met(visit: &Visit, now: Now) -> bool {
    visit.date == now.today()
        && match visit.state {
            VisitState::Here | VisitState::InRoom => true,
            VisitState::Booked => visit.ends() > now.wall(),
            VisitState::Left | VisitState::NoShow | VisitState::Cancelled => false,
        }
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
    // A visit of another day that nobody ended says nothing about minutes.
    let in_room = (visit.state == VisitState::InRoom && visit.date == now.today())
        .then(|| visit.in_room_at.map(|at| now.wall() - wall(at, now.zone)))
        .flatten();
    let (session, reason, planned) = (record.session.clone(), visit.reason.clone(), record.planned.clone());
    let mut text = match key {
        ItemKey::Procedure(_) => session.or_else(|| reason.or(planned).map(|text| booked::shown(&text))),
        _ => reason.or(planned),
    };
    if carried {
        text = Some(format!("of {} · {}", show_date(visit.date), text.unwrap_or_default()));
    }
    let decided = !done && decided_away(records, key);
    if decided {
        flags.push(Flag::Decided(carried_to(records, key)));
    }
    let mut scores = record.earlier.clone();
    let score = record.scores.headline();
    scores.extend(score);
    Item {
        key,
        mark: if carried && !done && visit.state.is_live() { Mark::WantsYou } else { mark(visit.state, done) },
        done,
        decided,
        rank: Rank::Rest,
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
        draft: records.has_draft(form_of(key), visit.id),
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
        let begun = record.assessed || records.has_draft(ASSESSMENT_FORM, visit.id);
        matches!(visit.kind, VisitKind::New | VisitKind::FollowUp) || (visit.kind == VisitKind::Procedure && begun)
    };
    visits(records, wanted, |record| (ItemKey::Assessment(record.visit.id), record.assessed), clock, now)
}

/// Visits for a procedure, and any other visit in which one was begun or done.
pub fn afternoon(records: &DayRecords, now: Now, clock: &DayClock) -> Vec<Item> {
    let wanted = |record: &&VisitRecord| {
        let visit = &record.visit;
        let begun = record.session.is_some() || records.has_draft(SESSION_FORM, visit.id);
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
            let away = !done && decided_away(records, key) && !(of_today && is_to_be_met(&record.visit, now));
            if away || (!of_today && carried_to(records, key).is_none()) {
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
            let draft = records.has_draft(PLAN_FORM, plan.file.patient.id);
            let text = match (done, plan.version, plan.version_on) {
                (_, None, _) => "no plan yet".to_owned(),
                (true, Some((version, unchanged)), _) => {
                    format!("plan {version}{}", if unchanged { " · unchanged" } else { "" })
                }
                (false, Some((version, _)), Some(on)) => {
                    format!("plan {version} · {} · unchanged?", show_date(on))
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
            if !done {
                let of = |step: &&StepRecord| step.file.patient.id == plan.file.patient.id;
                let woken = awake(records).find(|(step, _)| of(step)).map(|(step, why)| says(&step.item, &why));
                item.text.extend(woken.map(|woken| format!(" · {woken}")));
            }
            item.visit = Some(plan.visit);
            item.score = plan.score;
            item.draft = draft && !done;
            Some(item)
        })
        .collect();
    items.extend(steps(records, &items));
    let today = now.today();
    items.sort_by_key(|item| {
        (item.done, std::cmp::Reverse((today - item.date).num_days()), std::cmp::Reverse(item.score), item.name())
    });
    items
}

/// Steps that are awake. One of a patient whose plan is due anyway stands in that row: deciding the plan decides it.
fn steps(records: &DayRecords, plans: &[Item]) -> Vec<Item> {
    let plan_due = |item: &&Item| !item.done && matches!(item.key, ItemKey::Plan(_));
    let due: Vec<_> = plans.iter().filter(plan_due).filter_map(Item::patient_id).collect();
    awake(records)
        .filter(|(step, _)| !due.contains(&step.file.patient.id))
        .map(|(step, why)| {
            let key = ItemKey::Step(step.item.id);
            let date = step.item.due.filter(|due| *due <= records.date).unwrap_or(records.date);
            let mut item = of_file(records, key, &step.file, date, says(&step.item, &why));
            item.mark = Mark::WantsYou;
            item
        })
        .collect()
}

/// The steps of all plans that are awake on this day and not decided away, with why.
pub fn awake(records: &DayRecords) -> impl Iterator<Item = (&StepRecord, Wake)> {
    let open = records.steps.iter().filter(|step| step.is_open);
    let open = open.filter(|step| !decided_away(records, ItemKey::Step(step.item.id)));
    open.filter_map(|step| Some((step, wake(&step.item, &step.evidence, records.date)?)))
}

/// An item about a patient, not a visit of the day.
pub(super) fn of_file(records: &DayRecords, key: ItemKey, file: &PatientFile, date: NaiveDate, text: String) -> Item {
    Item {
        due: carried_to(records, key),
        patient: Some(file.patient.clone()),
        flags: flags::of_patient(file),
        ..Item::of_day(key, date, text)
    }
}
