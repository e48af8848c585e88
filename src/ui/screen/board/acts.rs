//! What a command does to the chosen item: every act as the effects it asks for. What is not possible was refused before
//! (`cannot`).

use chrono::{Days, NaiveDate};

use super::cannot::{blocks, visit_of, who};
use super::scene::Day;
use super::{BoardScreen, choose, follow, screen, why};
use crate::action::write::{CheckInChange, TaskChange, VisitChange};
use crate::action::{Command, Write};
use crate::clinical::board::{Item, ItemKey, flags};
use crate::clinical::page::next_page;
use crate::clinical::provenance::Given;
use crate::clinical::visit::{Aftermath, Visit};
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::modal::{Modal, Prompt, Purpose, QuickScore, Reading};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::screen::diagnostics::step;

impl BoardScreen {
    /// Carries out a command that is more than moving; `None` for what works the same on every screen.
    pub(super) fn acts(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        if let Some(effects) = self.day_acts(command, env) {
            return Some(effects);
        }
        let item = self.scene(Day::of(env), screen(env)).here().item()?.clone();
        self.who = item.patient_id().or(self.who);
        item_acts(command, &item, env)
    }

    /// What concerns the day rather than an item.
    fn day_acts(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let date = env.board.date;
        let one = Days::new(1);
        let show = |date: Option<NaiveDate>| date.map(Effect::ShowDay).into_iter().collect::<Vec<_>>();
        Some(match command {
            Command::PaneEvening => vec![Effect::Open(Place::Reflection(date))],
            Command::NewVisit => {
                vec![Effect::Open(Place::NewVisit { date, start: None, patient: None, instead_of: None })]
            }
            Command::BlockToVisit => {
                let blocks: Vec<Visit> = blocks(Day::of(env)).cloned().collect();
                match blocks.as_slice() {
                    [only] => vec![Effect::Open(Place::FromBlock(only.id))],
                    _ => vec![Effect::show(choose::block(&blocks))],
                }
            }
            Command::TypePages => self.type_pages(env),
            Command::Catch => vec![Effect::Open(Place::NewTask(None))],
            Command::DayBack => show(date.checked_sub_days(one)),
            Command::DayOn => show(date.checked_add_days(one)),
            Command::Today => vec![Effect::ShowDay(env.now.today())],
            Command::Back if !env.board.is_today => vec![Effect::ShowDay(env.now.today())],
            Command::Now => {
                self.to_now = true;
                vec![Effect::ShowDay(env.now.today())]
            }
            Command::GoToDate => {
                vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(Purpose::GoToDate, String::new()))))]
            }
            Command::Week => vec![Effect::Open(Place::Week(date))],
            Command::CloseDay => {
                // A day that was never closed is carried over at once, and what was carried is shown.
                let unclosed = env.board.unclosed.map(|unclosed| unclosed.date);
                let mut effects = vec![Effect::Open(Place::Close(unclosed.unwrap_or(date)))];
                effects.extend(unclosed.map(|_| Effect::Run(Command::CarryAll)));
                effects
            }
            _ => return None,
        })
    }
}

impl BoardScreen {
    /// The page of the chosen patient where one waits, to mend it; else the first that is still to be typed in.
    fn type_pages(&self, env: &Env<'_>) -> Vec<Effect> {
        let record = self.chosen(env).and_then(|item| env.records.visit(item.visit?));
        let mend = record.filter(|record| record.page && record.waiting > 0).map(|record| record.visit.id);
        match mend.or_else(|| next_page(env.records, None)) {
            Some(visit) => vec![Effect::Open(Place::Page(visit))],
            None if env.records.visits.is_empty() => vec![Effect::refuse("nobody is booked on this day")],
            None => vec![Effect::refuse("every page of this day is typed in")],
        }
    }
}

/// What a command does to an item.
pub fn item_acts(command: Command, item: &Item, env: &mut Env<'_>) -> Option<Vec<Effect>> {
    let visit = visit_of(item, Day::of(env)).cloned();
    let open = |place: Option<Place>| place.map(Effect::Open).into_iter().collect::<Vec<_>>();
    Some(match command {
        Command::Open => open_item(item, env),
        Command::Advance => advance(&visit?, env),
        Command::Edit => match (item.key, visit) {
            (ItemKey::Task(id), _) => open(Some(Place::Task(id))),
            (ItemKey::Diagnostic(id), _) => open(Some(Place::Diagnostic(id))),
            (ItemKey::Follow(key), _) => open(Some(follow::open(key))),
            (ItemKey::CheckIn(id), _) => open(Some(Place::CheckIn(id))),
            (_, Some(visit)) => open(Some(Place::Visit(visit.id))),
            (_, None) => open(item.patient_id().map(|patient| Place::Patient(Some(patient)))),
        },
        Command::Move => vec![moving(item, visit, env)],
        Command::NotComing => vec![Effect::show(choose::not_coming(item, &visit?, env.now))],
        Command::ChangeKind => vec![Effect::show(choose::kind(item, &visit?))],
        Command::ConfirmPatient => vec![Effect::show(choose::patient(item, &visit?))],
        Command::QuickScore => quick_score(item, env)?,
        Command::Instruments => {
            let choose = |patient| Effect::ChooseInstrument { patient, visit: item.visit };
            item.patient_id().map(choose).into_iter().collect()
        }
        Command::ConfirmWaiting => item.patient_id().map(Effect::ConfirmWaiting).into_iter().collect(),
        Command::Patient => open(item.patient_id().map(Place::Chart)),
        Command::Vitals => open(item.patient_id().map(Place::Vitals)),
        Command::BringIn => open(item.patient_id().map(Place::BringIn)),
        Command::Diagnostics => open(item.patient_id().map(|patient| Place::Diagnostics { patient, visit: None })),
        Command::Medicines => open(item.patient_id().map(Place::Medicines)),
        Command::Monitoring | Command::Referrals | Command::Handouts | Command::Tapers => {
            open(item.patient_id().and_then(|patient| FollowPlace::of(command, patient, item.visit)).map(Place::Follow))
        }
        Command::Plan => open(item.patient_id().map(Place::Plan)),
        Command::Jigsaw => open(item.patient_id().map(Place::Jigsaw)),
        Command::Procedure => open(item.visit.map(Place::Procedure)),
        Command::KeepPlan => choose::keep_plan(item, env).into_iter().collect(),
        Command::Done => match item.key {
            ItemKey::Diagnostic(id) => {
                let found = env.records.diagnostics.iter().find(|(test, _)| test.id == id);
                found.map(|(test, _)| step::step(test, &who(item), env))?
            }
            ItemKey::Follow(key) => follow::done(key, item, env)?,
            _ => task_done(item, env)?,
        },
        Command::NoAnswer => no_answer(item, env)?,
        Command::CopyOut => item.visit.map(|visit| Effect::CopyOut { visit, section: None }).into_iter().collect(),
        Command::CopySection => vec![Effect::show(choose::section(item, &visit?))],
        Command::CopyNotNeeded => {
            let mut visit = visit?;
            visit.copy_not_needed = true;
            vec![change(visit, VisitChange::CopyNotNeeded)]
        }
        Command::Why => {
            let day = Day::of(env);
            vec![Effect::show(Modal::Reading(Reading::new(why::title(item), &why::text(item, day))))]
        }
        _ => return None,
    })
}

/// A change of a visit, as an effect.
pub fn change(visit: Visit, change: VisitChange) -> Effect {
    Effect::write(Write::ChangeVisit { visit, change })
}

/// What `Enter` opens.
pub fn open_item(item: &Item, env: &mut Env<'_>) -> Vec<Effect> {
    let place = match item.key {
        ItemKey::Assessment(id) | ItemKey::Procedure(id) => return open_visit(item, id, env),
        ItemKey::Plan(_) | ItemKey::Step(_) => item.patient_id().map(Place::Plan),
        ItemKey::CheckIn(id) => Some(Place::CheckIn(id)),
        ItemKey::Task(id) => Some(Place::Task(id)),
        ItemKey::NotAsked(visit) => Some(Place::RedFlags(visit)),
        ItemKey::Diagnostic(id) => Some(Place::Diagnostic(id)),
        ItemKey::Follow(key) => Some(follow::open(key)),
        ItemKey::Copy(visit) => return vec![Effect::CopyOut { visit, section: None }],
        ItemKey::Aftermath(id) => {
            let visit = env.records.any_visit(id).cloned();
            return visit.map(|visit| Effect::show(choose::aftermath(item, &visit, env))).into_iter().collect();
        }
        ItemKey::RedFlag(assessment) => {
            let Some(patient) = item.patient_id() else { return Vec::new() };
            let about = format!("{} · {}", who(item), item.text);
            let prompt = Prompt::new(Purpose::RedFlag { assessment, patient }, about);
            return vec![Effect::show(Modal::Prompt(Box::new(prompt)))];
        }
        ItemKey::Screen(result) => {
            let Some(patient) = item.patient_id() else { return Vec::new() };
            let alarm = env.records.alarms.iter().find(|alarm| alarm.result == result);
            let named = alarm.map(|alarm| alarm.screen.named()).unwrap_or_default();
            let about = format!("{} · {named}", who(item));
            let prompt = Prompt::new(Purpose::Screen { result, patient }, about);
            return vec![Effect::show(Modal::Prompt(Box::new(prompt)))];
        }
        ItemKey::Tomorrow(id) => return open_tomorrow(item, id, env),
    };
    place.map(Effect::Open).into_iter().collect()
}

/// The record of a visit; of one to which nobody came, what follows; of one that names nobody, its data.
fn open_visit(item: &Item, id: crate::clinical::id::VisitId, env: &mut Env<'_>) -> Vec<Effect> {
    let records = env.records;
    let Some(visit) = records.any_visit(id) else { return Vec::new() };
    if visit.patient.is_none() {
        return vec![Effect::Open(Place::Visit(id))];
    }
    if !visit.state.is_live() {
        if visit.aftermath == Aftermath::Open {
            return vec![Effect::show(choose::aftermath(item, visit, env))];
        }
        return vec![Effect::show(choose::not_coming(item, visit, env.now))];
    }
    match item.key {
        ItemKey::Procedure(_) => vec![Effect::Open(Place::Procedure(id))],
        _ => vec![Effect::Open(Place::Assessment(id))],
    }
}

/// Where what a case of the next clinic day misses can be put right: at the visit, or in the patient's lists.
fn open_tomorrow(item: &Item, id: crate::clinical::id::VisitId, env: &Env<'_>) -> Vec<Effect> {
    let Some(record) = env.records.tomorrow.iter().find(|record| record.visit.id == id) else { return Vec::new() };
    if !record.visit.patient_confirmed {
        return vec![Effect::show(choose::patient(item, &record.visit))];
    }
    let of_visit = flags::missing_for(record).contains(&flags::WHICH_PROCEDURE);
    let place = match item.patient_id() {
        Some(patient) if !of_visit => Place::Patient(Some(patient)),
        _ => Place::Visit(id),
    };
    vec![Effect::Open(place)]
}

fn advance(visit: &Visit, env: &Env<'_>) -> Vec<Effect> {
    let next = visit.state.next().map(|state| visit.with_state(state, env.now.instant));
    next.map(|visit| change(visit, VisitChange::Advanced)).into_iter().collect()
}

/// The step `Space` takes next, as the footer names it.
pub fn next_step(item: &Item, day: Day<'_>) -> Option<&'static str> {
    Some(visit_of(item, day)?.state.next()?.label())
}

/// A visit to another time; anything else to another day.
fn moving(item: &Item, visit: Option<Visit>, env: &Env<'_>) -> Effect {
    let of_visit = matches!(item.key, ItemKey::Assessment(_) | ItemKey::Procedure(_) | ItemKey::Tomorrow(_));
    let purpose = match visit {
        Some(visit) if of_visit => Purpose::Move(Box::new(visit)),
        visit => Purpose::Carry { item: item.key, visit: visit.map(|visit| visit.id), day: env.board.date },
    };
    Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, choose::about(item)))))
}

fn quick_score(item: &Item, env: &Env<'_>) -> Option<Vec<Effect>> {
    let record = env.records.visit(item.visit?)?;
    let score = QuickScore {
        visit: record.visit.id,
        date: record.visit.date,
        patient: record.visit.patient?,
        name: who(item),
        before: record.scores.now,
        last: record.earlier.last().copied(),
        given: Given::usual(record.visit.way, &record.file.as_ref()?.patient, record.visit.date),
        one: false,
    };
    Some(vec![Effect::show(Modal::QuickScore(Box::new(score)))])
}

fn task_done(item: &Item, env: &Env<'_>) -> Option<Vec<Effect>> {
    let ItemKey::Task(id) = item.key else { return None };
    let mut task = env.records.tasks.iter().find(|(task, _)| task.id == id)?.0.clone();
    task.done_at = Some(env.now.instant);
    Some(vec![Effect::write(Write::PutTask { task, change: TaskChange::Done })])
}

fn no_answer(item: &Item, env: &Env<'_>) -> Option<Vec<Effect>> {
    let ItemKey::CheckIn(id) = item.key else { return None };
    let mut check_in = env.records.check_ins.iter().find(|(check_in, _)| check_in.id == id)?.0.clone();
    check_in.attempts = check_in.attempts.saturating_add(1);
    check_in.due = env.preferences.clinic_days.after(env.now.today().max(env.board.date));
    Some(vec![Effect::write(Write::PutCheckIn { check_in, change: CheckInChange::NoAnswer })])
}
