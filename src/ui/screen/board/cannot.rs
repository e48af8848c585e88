//! Why a command is not possible on the chosen item, here and now, in words.

use super::choose::plan_due;
use super::phase;
use super::scene::Day;
use crate::action::{Command, Context};
use crate::clinical::board::{Flag, Item, ItemKey, What};
use crate::clinical::time::{show_date, show_day};
use crate::clinical::visit::{Visit, VisitKind, VisitState};
use crate::clinical::vocab::Vocab;

/// Why a command is not possible; `None` where it is.
pub fn cannot(command: Command, item: Option<&Item>, day: Day<'_>) -> Option<String> {
    match command {
        Command::OthersItems if phase::others_all(day.board) == 0 => {
            Some("Nobody else has anything on this board.".to_owned())
        }
        Command::BlockToVisit if blocks(day).next().is_none() => {
            Some("There is no block of time on this day.".to_owned())
        }
        Command::CloseDay => close(day),
        Command::Open
        | Command::Advance
        | Command::Edit
        | Command::Move
        | Command::NotComing
        | Command::ChangeKind
        | Command::ConfirmPatient
        | Command::QuickScore
        | Command::Instruments
        | Command::ConfirmWaiting
        | Command::Patient
        | Command::KeepPlan
        | Command::Plan
        | Command::BringIn
        | Command::Vitals
        | Command::Diagnostics
        | Command::Monitoring
        | Command::Medicines
        | Command::Jigsaw
        | Command::Referrals
        | Command::Handouts
        | Command::Tapers
        | Command::Procedure
        | Command::Done
        | Command::NoAnswer
        | Command::CopyOut
        | Command::CopySection
        | Command::CopyNotNeeded
        | Command::Why => match item {
            Some(item) => on_item(command, item, day),
            None => Some(nothing_here(day)),
        },
        _ => None,
    }
}

/// Why nothing can be done where no line is: the pane is empty, and this is how it is filled.
fn nothing_here(day: Day<'_>) -> String {
    let key = day.keymap.key_for(Context::Board, Command::NewVisit);
    let books = key.map_or_else(String::new, |key| format!(": {key} books a visit"));
    format!("Nothing is selected in this pane{books}.")
}

/// The blocks of time of the day, by start.
pub fn blocks(day: Day<'_>) -> impl Iterator<Item = &Visit> {
    let date = day.board.date;
    let visits = day.records.visits.iter().map(|record| &record.visit);
    visits.filter(move |visit| visit.kind == VisitKind::Block && visit.state.is_live() && visit.date == date)
}

/// The visit of an item, of whatever day.
pub fn visit_of<'a>(item: &Item, day: Day<'a>) -> Option<&'a Visit> {
    day.records.any_visit(item.visit?)
}

fn close(day: Day<'_>) -> Option<String> {
    if day.board.unclosed.is_some() {
        return None;
    }
    if day.board.date > day.now.today() {
        return Some(format!("{} lies ahead: it can be closed when it has come.", show_day(day.board.date)));
    }
    day.board.closed.then(|| "This day is closed; nothing came after.".to_owned())
}

fn on_item(command: Command, item: &Item, day: Day<'_>) -> Option<String> {
    let name = who(item);
    match command {
        Command::Advance => advance(item, day),
        Command::Move => moving(item, day),
        Command::NotComing => visit_needed(item, day, "this line").or_else(|| not_coming(item, day)),
        Command::ChangeKind => visit_needed(item, day, "this line").or_else(|| {
            let visit = visit_of(item, day)?;
            (!visit.state.is_live()).then(|| format!("{name} does not come to this visit."))
        }),
        Command::ConfirmPatient => visit_needed(item, day, "this line").or_else(|| {
            let unsure = item.flags.contains(&Flag::PatientUnconfirmed) || item.patient.is_none();
            (!unsure).then(|| format!("{name} is confirmed."))
        }),
        Command::QuickScore => score(item, day),
        Command::ConfirmWaiting => {
            let waits =
                day.records.visits.iter().any(|record| record.waiting > 0 && record.visit.patient == item.patient_id());
            (!waits).then(|| format!("Nothing of {name} that was typed in ahead waits."))
        }
        Command::Patient
        | Command::Plan
        | Command::Instruments
        | Command::BringIn
        | Command::Diagnostics
        | Command::Monitoring
        | Command::Medicines
        | Command::Vitals
        | Command::Jigsaw
        | Command::Referrals
        | Command::Handouts
        | Command::Tapers
            if item.patient.is_none() =>
        {
            Some("This line is about nobody.".to_owned())
        }
        Command::Procedure => visit_needed(item, day, "this line").or_else(|| begun_needed(item, day)),
        Command::KeepPlan => keep_plan(item, day),
        Command::Done => done(item),
        Command::NoAnswer => match item.key {
            ItemKey::CheckIn(_) if item.done => Some(format!("{name} is checked in already.")),
            ItemKey::CheckIn(_) => None,
            _ => Some("This is no check-in: there is nobody to answer.".to_owned()),
        },
        Command::CopyOut | Command::CopySection => copy(item, day),
        Command::CopyNotNeeded => copy(item, day).or_else(|| {
            visit_of(item, day)?.copy_not_needed.then(|| "It is said already that this copy is not needed.".to_owned())
        }),
        _ => None,
    }
}

/// How a sentence names whom an item is about.
pub fn who(item: &Item) -> String {
    if item.patient.is_some() { item.name() } else { "Nobody".to_owned() }
}

fn visit_needed(item: &Item, day: Day<'_>, what: &str) -> Option<String> {
    visit_of(item, day).is_none().then(|| format!("There is no visit behind {what}."))
}

fn advance(item: &Item, day: Day<'_>) -> Option<String> {
    let name = who(item);
    let Some(visit) = visit_of(item, day) else { return visit_needed(item, day, "this line") };
    if visit.date > day.now.today() {
        return Some(format!("{name} is booked for {}: a day that lies ahead cannot begin.", show_day(visit.date)));
    }
    match visit.state {
        VisitState::Booked | VisitState::Here | VisitState::InRoom => None,
        VisitState::Left => Some(format!("{name} has left; there is no step beyond.")),
        VisitState::NoShow | VisitState::Cancelled => {
            Some(format!("{name}: {}. The visit must be booked again first.", visit.state.label()))
        }
    }
}

fn moving(item: &Item, day: Day<'_>) -> Option<String> {
    if matches!(item.key, ItemKey::NotAsked(_)) {
        return Some("This belongs to its visit and is not carried to another day.".to_owned());
    }
    if item.done && !matches!(item.key, ItemKey::Assessment(_) | ItemKey::Procedure(_)) {
        return Some("This is done; there is nothing to move.".to_owned());
    }
    if !matches!(item.key, ItemKey::Assessment(_) | ItemKey::Procedure(_) | ItemKey::Tomorrow(_)) {
        return None;
    }
    let name = who(item);
    let Some(visit) = visit_of(item, day) else { return visit_needed(item, day, "this line") };
    match visit.state {
        VisitState::Booked | VisitState::Here => None,
        VisitState::InRoom => Some(format!("{name} is in room: the visit has begun and is not moved.")),
        VisitState::Left => Some(format!("{name} was here: the visit is over and is not moved.")),
        VisitState::NoShow | VisitState::Cancelled => {
            Some(format!("{name}: {}. The visit must be booked again first.", visit.state.label()))
        }
    }
}

fn not_coming(item: &Item, day: Day<'_>) -> Option<String> {
    let visit = visit_of(item, day)?;
    let recorded = visit.recorded_at.is_some() && visit.state.is_live();
    recorded.then(|| format!("{} was seen: this visit holds a record.", who(item)))
}

fn begun_needed(item: &Item, day: Day<'_>) -> Option<String> {
    let visit = visit_of(item, day)?;
    if !visit.state.is_live() {
        return Some(format!("{}: {}.", who(item), visit.state.label()));
    }
    visit.patient.is_none().then(|| "Nobody is named in this visit yet.".to_owned())
}

fn score(item: &Item, day: Day<'_>) -> Option<String> {
    let name = who(item);
    let Some(record) = item.visit.and_then(|id| day.records.visit(id)) else {
        return Some("Only a visit of this day takes a score.".to_owned());
    };
    if record.visit.patient.is_none() {
        return Some("Nobody is named in this visit yet.".to_owned());
    }
    if record.visit.date > day.now.today() {
        return Some(format!("{name} is booked for {}; there is nothing to score yet.", show_date(record.visit.date)));
    }
    (!record.visit.state.is_live()).then(|| format!("{name}: {}.", record.visit.state.label()))
}

fn keep_plan(item: &Item, day: Day<'_>) -> Option<String> {
    let name = who(item);
    if item.patient.is_none() {
        return Some("This line is about nobody.".to_owned());
    }
    if matches!(item.key, ItemKey::Plan(_)) && item.done {
        return Some(format!("The plan of {name} is set."));
    }
    if matches!(item.key, ItemKey::Step(_)) {
        return None;
    }
    match plan_due(item, day.records) {
        None => Some(format!("No plan of {name} is due: it is kept unchanged once an assessment is complete.")),
        Some(plan) => plan.version.is_none().then(|| format!("{name} has no plan yet that could be kept.")),
    }
}

fn done(item: &Item) -> Option<String> {
    let how = match item.key.what() {
        What::Task | What::Clock | What::Urine | What::Taper if item.done => {
            return Some("This is done already.".to_owned());
        }
        What::Diagnostic | What::Referral if item.done => return Some("This is acted on already.".to_owned()),
        What::Task | What::Diagnostic | What::Clock | What::Urine | What::Supply | What::Referral | What::Taper => {
            return None;
        }
        What::Assessment => "An assessment is done when it is complete",
        What::Plan => "A plan is done when it is set, or kept unchanged",
        What::Step => "A step is done when the plan is changed, or kept on purpose",
        What::Procedure => "A procedure is done when its record is complete",
        What::CheckIn => "A check-in is done when it is made",
        What::Copy => "A summary is done when it is copied out, or not needed",
        What::Aftermath => "This is done when it is decided what follows",
        What::Screen => "This is done when what was done about the answer is written",
        What::NotAsked => "This is done when the red flags are asked",
        What::RedFlag => "A red flag is done when what was done about it is written",
        What::Tomorrow => "This is done when nothing is missing",
    };
    Some(format!("{how}."))
}

fn copy(item: &Item, day: Day<'_>) -> Option<String> {
    let Some(visit) = visit_of(item, day) else { return visit_needed(item, day, "this line") };
    visit.recorded_at.is_none().then(|| format!("Nothing is recorded yet in the visit of {}.", who(item)))
}
