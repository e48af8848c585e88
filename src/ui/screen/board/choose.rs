//! The short choices of the board. Each names the patient, and says first what must be known before choosing.

use chrono::NaiveDate;

use super::acts::change;
use super::cannot::who;
use crate::action::Write;
use crate::action::write::{TaskChange, VisitChange};
use crate::clinical::board::records::PlanRecord;
use crate::clinical::board::{DayRecords, Item, ItemKey};
use crate::clinical::booked;
use crate::clinical::id::{AssessmentId, VisitId};
use crate::clinical::patient::{Goal, Known, Medication, PatientFile};
use crate::clinical::plan::{ItemState, Plan, PlanItem};
use crate::clinical::practice::Region;
use crate::clinical::supply::{Supply, missed_first};
use crate::clinical::task::{Owner, Task, TaskKind};
use crate::clinical::time::{Now, show_date, show_day, show_time};
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState};
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::modal::{Choice, Choose, Modal, Prompt, Purpose};
use crate::ui::place::Place;

/// Whom a question is about, with the visit it concerns.
pub fn about(item: &Item) -> String {
    match (item.start, item.state) {
        (Some(start), Some(_)) => format!("{} {}", show_time(start), who(item)),
        _ => who(item),
    }
}

fn prompt(purpose: Purpose, item: &Item) -> Vec<Effect> {
    vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about(item)))))]
}

fn choice(title: &str, item: &Item, lines: Vec<String>, options: Vec<Choose>) -> Modal {
    Modal::Choice(Choice { title: title.to_owned(), about: about(item), lines, options, enter: false })
}

/// No-show, cancelled or wrong day; of one already marked, back to booked.
pub fn not_coming(item: &Item, visit: &Visit, now: Now) -> Modal {
    let boxed = || Box::new(visit.clone());
    let mut options = Vec::new();
    match visit.state {
        VisitState::Booked | VisitState::Here => {
            if visit.date <= now.today() && visit.state == VisitState::Booked {
                let visit = visit.with_state(VisitState::NoShow, now.instant);
                options.push(Choose::new('n', "no-show", vec![change(visit, VisitChange::NoShow)]));
            }
            options.push(Choose::new('c', "cancelled", prompt(Purpose::Cancel(boxed()), item)));
            options.push(Choose::new('w', "wrong day: move it", prompt(Purpose::Move(boxed()), item)));
        }
        VisitState::InRoom | VisitState::Left | VisitState::NoShow | VisitState::Cancelled => {}
    }
    if visit.state != VisitState::Booked {
        let words = if visit.state.is_live() { "not here after all: booked" } else { "comes after all: booked again" };
        let booked = visit.with_state(VisitState::Booked, now.instant);
        options.push(Choose::new('r', words, vec![change(booked, VisitChange::Reinstated)]));
    }
    let state = format!("{} on {}", visit.state.label(), show_day(visit.date));
    choice("Not coming", item, vec![state], options)
}

/// What the visit is for.
pub fn kind(item: &Item, visit: &Visit) -> Modal {
    let kinds = [('n', VisitKind::New), ('f', VisitKind::FollowUp), ('p', VisitKind::Procedure)];
    let options = kinds
        .into_iter()
        .filter(|(_, kind)| *kind != visit.kind)
        .map(|(key, kind)| {
            let visit = Visit { kind, ..visit.clone() };
            Choose::new(key, kind.label(), vec![change(visit, VisitChange::KindChanged)])
        })
        .collect();
    let lines = vec![format!("now: {}; nothing recorded is lost", visit.kind.label())];
    choice("Kind of visit", item, lines, options)
}

/// Whether the patient an import proposed is the right one.
pub fn patient(item: &Item, visit: &Visit) -> Modal {
    let mut options = Vec::new();
    let mut lines = Vec::new();
    if let Some(patient) = &item.patient {
        let birth = patient.birth_date.map_or_else(|| "birth date unknown".to_owned(), show_date);
        let number = patient.number.as_ref().map_or_else(String::new, |number| format!(", {number}"));
        lines.push(format!("{}, {birth}{number}", patient.list_name()));
        lines.push("found by the bare name in the schedule".to_owned());
        let sure = Visit { patient_confirmed: true, ..visit.clone() };
        options.push(Choose::new('y', "this is the patient", vec![change(sure, VisitChange::PatientConfirmed)]));
    }
    options.push(Choose::new('o', "another: choose", vec![Effect::Open(Place::Visit(visit.id))]));
    Modal::Choice(Choice { title: "Who is it?".to_owned(), about: about(item), lines, options, enter: false })
}

/// Which block of time becomes a visit.
pub fn block(blocks: &[Visit]) -> Modal {
    let keys = "123456789abcdefghijklmnopqrstuvwxyz".chars();
    let options = keys
        .zip(blocks)
        .map(|(key, block)| {
            let time = block.start.map_or_else(|| "all day".to_owned(), show_time);
            let title = block.title.as_deref().unwrap_or("block");
            Choose::new(key, format!("{time}  {title}"), vec![Effect::Open(Place::FromBlock(block.id))])
        })
        .collect();
    let lines = Vec::new();
    Modal::Choice(Choice {
        title: "Make a block a visit".to_owned(),
        about: String::new(),
        lines,
        options,
        enter: false,
    })
}

/// Which section of the summary goes out.
pub fn section(item: &Item, visit: &Visit) -> Modal {
    Modal::Choice(Choice::section(visit.id, about(item)))
}

/// What follows a no-show or a cancellation. What must not be interrupted by a missed visit is said first.
pub fn aftermath(item: &Item, visit: &Visit, env: &mut Env<'_>) -> Modal {
    let followed = |aftermath| {
        let visit = Visit { aftermath, ..visit.clone() };
        change(visit, VisitChange::Followed)
    };
    let rebook =
        Place::NewVisit { date: env.board.date, start: None, patient: visit.patient, instead_of: Some(visit.id) };
    let options = vec![
        Choose::new('b', "book again", vec![Effect::Open(rebook)]),
        Choose::new('d', "is booked again already", vec![followed(Aftermath::Rebooked)]),
        Choose::new('l', "a letter: note it as a task", vec![letter_after(visit, env)]),
        Choose::new('g', "let go, because …", prompt(Purpose::LetVisitGo(Box::new(visit.clone())), item)),
        Choose::new('r', "it was marked by mistake: booked again", {
            vec![change(visit.with_state(VisitState::Booked, env.now.instant), VisitChange::Reinstated)]
        }),
    ];
    let mut lines = vec![format!("{} on {}", visit.state.label(), show_day(visit.date))];
    lines.extend(visit.end_reason.iter().map(|reason| format!("because: {reason}")));
    lines.extend(visit.patient.and_then(|id| env.records.file(id)).map(at_stake).unwrap_or_default());
    choice("What follows?", item, lines, options)
}

/// A letter follows a missed visit: that it does, and the task of writing it, are one act. Otherwise the visit would be
/// settled by a task that nobody went on to catch.
fn letter_after(visit: &Visit, env: &mut Env<'_>) -> Effect {
    let now = env.now.instant;
    let about = booked::shown_for(visit).map(|reason| format!(", {reason}")).unwrap_or_default();
    let what = if visit.state == VisitState::Cancelled { "cancellation" } else { "no-show" };
    let task = Task {
        id: env.ids.next(now),
        patient: visit.patient,
        visit: Some(visit.id),
        kind: TaskKind::Letter,
        what: format!("letter after {what} of {}{about}", show_date(visit.date)),
        due: Some(env.now.today()),
        owner: Owner::Me,
        caught_at: now,
        done_at: None,
        result: String::new(),
        let_go: None,
    };
    let settled = Visit { aftermath: Aftermath::Letter, ..visit.clone() };
    let settled = Write::ChangeVisit { visit: settled, change: VisitChange::Followed };
    Effect::write(settled.with(vec![Write::PutTask { task, change: TaskChange::Caught }]))
}

/// What may be at stake when a patient does not come: antithrombotics that may be held, medicines that may run out.
fn at_stake(file: &PatientFile) -> Vec<String> {
    let antithrombotics = match &file.facts.antithrombotics {
        Known::Unknown => "antithrombotic: nobody has asked".to_owned(),
        Known::NoneOn(on) => format!("antithrombotic: none, asked {}", show_date(*on)),
        Known::Listed(items, _) => {
            let names: Vec<&str> = items.iter().map(|item| item.drug.as_str()).collect();
            format!("antithrombotic: {}; is it held?", names.join(", "))
        }
    };
    let medicines = match &file.facts.medications {
        Known::Unknown => "medicines: nobody has asked".to_owned(),
        Known::NoneOn(on) => format!("medicines: none, asked {}", show_date(*on)),
        Known::Listed(items, _) => {
            let region = file.facts.opioid.region.unwrap_or(Region::Other);
            let out = |one: &Medication| one.supply.as_ref().map(Supply::runs_out).map(show_date);
            let until = |one: &Medication| out(one).map(|on| format!(" (until {on})")).unwrap_or_default();
            let lines: Vec<String> =
                missed_first(items, region).map(|one| format!("{}{}", one.line, until(one))).collect();
            format!("medicines: {}", lines.join(" · "))
        }
    };
    let wrap = |line: String| crate::ui::modal::reading::wrap(&line, 70);
    [antithrombotics, medicines].into_iter().flat_map(wrap).collect()
}

/// The plan that is due for the patient of a line: among the plans that of the line itself, elsewhere the newest.
pub fn plan_due<'a>(item: &Item, records: &'a DayRecords) -> Option<&'a PlanRecord> {
    if let ItemKey::Plan(assessment) = item.key {
        return records.plans.iter().find(|plan| plan.assessment == assessment);
    }
    let patient = item.patient_id()?;
    let open = |plan: &&PlanRecord| plan.file.patient.id == patient && plan.answered_by.is_none();
    records.plans.iter().filter(open).max_by_key(|plan| plan.date)
}

/// What can be kept unchanged of a line: the newest version of a plan that is due, or of one with a step awake.
struct Keepable<'a> {
    version: u32,
    version_on: Option<NaiveDate>,
    keeps: &'a [PlanItem],
    goals: &'a [Goal],
    visit: Option<VisitId>,
}

fn keepable<'a>(item: &Item, records: &'a DayRecords) -> Option<Keepable<'a>> {
    if let Some(plan) = plan_due(item, records) {
        let (keeps, goals, visit) = (&plan.keeps, &plan.file.facts.goals, Some(plan.visit));
        return plan.version.map(|(version, _)| Keepable { version, version_on: plan.version_on, keeps, goals, visit });
    }
    let ItemKey::Step(id) = item.key else { return None };
    let step = records.steps.iter().find(|step| step.item.id == id)?;
    let (keeps, goals) = (&step.keeps, &step.file.facts.goals);
    Some(Keepable { version: step.version, version_on: step.version_on, keeps, goals, visit: None })
}

/// The plan kept unchanged, on purpose. What is kept is shown before it is; `Enter` keeps it.
pub fn keep_plan(item: &Item, env: &mut Env<'_>) -> Option<Effect> {
    let patient = item.patient_id()?;
    let Some(plan) = keepable(item, env.records) else {
        return Some(Effect::refuse(format!("{} has no plan yet that could be kept.", who(item))));
    };
    let version = plan.version;
    let answers: Vec<AssessmentId> = env
        .records
        .plans
        .iter()
        .filter(|plan| plan.file.patient.id == patient && plan.answered_by.is_none())
        .map(|plan| plan.assessment)
        .collect();
    let mut lines: Vec<String> = plan.keeps.iter().filter(|item| runs(item)).map(kept).collect();
    if lines.is_empty() {
        lines.push("no running item".to_owned());
    }
    lines.extend(crate::ui::screen::form::plan::waiting(patient, env.records));
    let set = Plan {
        visit: plan.visit,
        unchanged: true,
        items: plan.keeps.to_vec(),
        ..Plan::new(env.ids.next(env.now.instant), patient, version + 1, env.now.instant)
    };
    let write = Write::SetPlan { plan: set, goals: plan.goals.to_vec(), answers, booked: Vec::new() };
    let since = plan.version_on.map_or_else(String::new, |on| format!(" of {}", show_date(on)));
    let keep = Choose::new('k', format!("keep plan {version}{since} as it is"), vec![Effect::write(write)]);
    let change = Choose::new('c', "change it", vec![Effect::Open(Place::Plan(patient))]);
    Some(Effect::show(Modal::Choice(Choice {
        title: "Keep the plan unchanged?".to_owned(),
        about: who(item),
        lines,
        options: vec![keep, change],
        enter: true,
    })))
}

fn runs(item: &PlanItem) -> bool {
    !matches!(item.state, ItemState::Stopped | ItemState::Completed | ItemState::Declined)
}

/// A running item in one line: what, its next step, when.
fn kept(item: &PlanItem) -> String {
    let mut line = format!("{}: {}", item.modality.label(), item.what);
    if item.state != ItemState::Active {
        line.push_str(&format!(" ({})", item.state.label()));
    }
    if !item.next_step.is_empty() {
        line.push_str(&format!("; next {}", item.next_step));
    }
    if let Some(due) = item.due {
        line.push_str(&format!(", {}", show_date(due)));
    }
    crate::clinical::text::cut(&line, 70)
}
