//! What the keys do in the lists of the long follow-up, and on the board: one step on, something new, the care team, a pause.

use chrono::NaiveDate;

use super::{FollowScreen, Listed};
use crate::action::follow::{ReferralChange, TaperChange};
use crate::action::{Command, FollowWrite, MedicineWrite, Write};
use crate::clinical::board::{FollowKey, ItemKey};
use crate::clinical::calc::taper::Step;
use crate::clinical::draft::{DraftKey, REFERRAL_FORM, TAPER_FORM};
use crate::clinical::education::{HANDOUTS, HandoutGiven};
use crate::clinical::figure::{self, Account};
use crate::clinical::id::{PatientId, PlanItemId, VisitId};
use crate::clinical::medicine_change::plan_stays;
use crate::clinical::models::MedicinesModel;
use crate::clinical::patient::Medication;
use crate::clinical::referral::{PlannedReferral, Referral, Step as Referred};
use crate::clinical::taper_plan::{Follows, TaperPlan};
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::modal::follow::FollowAsk;
use crate::ui::modal::{Choice, Choose, Modal, Prompt, Purpose, Reading};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::screen::form::medicine::plan_after;

/// What is under the hands.
enum Chosen<'a> {
    Planned(&'a PlannedReferral),
    Referral(&'a Referral),
    Topic(&'static str),
    Taper(&'a TaperPlan),
}

fn chosen(screen: &FollowScreen) -> Option<Chosen<'_>> {
    let at = screen.pager.cursor.at;
    match &screen.listed {
        Listed::Referrals(all) => match all.planned.get(at) {
            Some(what) => Some(Chosen::Planned(what)),
            None => all.referrals.get(at - all.planned.len()).map(Chosen::Referral),
        },
        Listed::Handouts(_) => HANDOUTS.get(at).map(|handout| Chosen::Topic(handout.id)),
        Listed::Tapers(tapers) => tapers.get(at).map(Chosen::Taper),
    }
}

/// The step that comes next, as the footer names it.
pub const fn next_of(referral: &Referral) -> Option<&'static str> {
    match referral.step() {
        Referred::Written => Some("sent today"),
        Referred::Sent => Some("booked"),
        Referred::Booked => Some("seen"),
        Referred::Seen => Some("answer read"),
        Referred::Read => Some("act"),
        Referred::ActedOn | Referred::LetGo => None,
    }
}

/// Why the step that comes next cannot be taken on this day: nobody is seen before the appointment.
fn not_yet(referral: &Referral, today: NaiveDate) -> Option<String> {
    let on = referral.ahead(today).filter(|_| referral.step() == Referred::Booked)?;
    Some(format!(
        "the appointment is on {}: seen can be noted from then on; if it was earlier, change it first",
        show_date(on)
    ))
}

/// The word for the next step of what is under the hands.
pub fn word(screen: &FollowScreen) -> Option<&'static str> {
    match chosen(screen)? {
        Chosen::Planned(_) => Some("write it"),
        Chosen::Referral(referral) => next_of(referral),
        Chosen::Topic(_) => Some("give"),
        Chosen::Taper(taper) => {
            taper.open_from().map(|_| if taper.next_call().is_none() { "the list" } else { "called" })
        }
    }
}

/// Takes the next step of a referral; an appointment asks for its day, acting for words.
pub fn step_referral(referral: &Referral, who: &str, env: &Env<'_>) -> Vec<Effect> {
    let ask = |ask| {
        let about = format!("{who} · {}", referral.to);
        vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(Purpose::Follow(Box::new(ask)), about))))]
    };
    match referral.step() {
        Referred::Sent => ask(FollowAsk::BookReferral(referral.clone())),
        Referred::Read => ask(FollowAsk::ActOnReferral(referral.clone())),
        _ if let Some(why) = not_yet(referral, env.now.today()) => vec![Effect::refuse(why)],
        _ => match referral.stepped(env.now.today(), env.now.instant) {
            Some(referral) => vec![put_referral(referral, ReferralChange::Stepped)],
            None => vec![Effect::refuse("this is acted on already")],
        },
    }
}

/// A referral, to be written; what was half-typed of it ends, for it speaks of a step that is over.
pub fn put_referral(referral: Referral, change: ReferralChange) -> Effect {
    let typed = DraftKey::of(REFERRAL_FORM, referral.id);
    Effect::complete(Write::Follow(FollowWrite::Referral { referral, change }), typed)
}

/// A taper, to be written; what was half-typed of it ends, for it speaks of a step that is over.
pub fn put_taper(taper: TaperPlan, change: TaperChange) -> Effect {
    let typed = draft_of(&taper);
    Effect::complete(Write::Follow(FollowWrite::Taper { taper, change }), typed)
}

fn draft_of(taper: &TaperPlan) -> DraftKey {
    DraftKey::of(TAPER_FORM, taper.id)
}

/// The call of the next step was made. Where the list has the medicine in another dose, the list follows in the same act, is
/// changed by hand, or stays.
pub fn call(taper: &TaperPlan, model: &MedicinesModel, env: &mut Env<'_>) -> Vec<Effect> {
    let today = env.now.today();
    let list = model.file.facts.medications.items();
    // Between two calls the list that was left in another dose is asked about again.
    let left = taper.list_left(list).filter(|_| taper.ended.is_none() && taper.is_asked_again(today));
    let at = if left.is_some() { taper.called.saturating_sub(1) } else { taper.called };
    let step = taper.steps().ok().and_then(|all| all.steps.get(at).copied());
    let Some(step) = step.filter(|_| taper.open_from().is_some()) else {
        return vec![Effect::refuse("every step was called about")];
    };
    let (next, change) = if left.is_some() {
        (TaperPlan { ask_again: None, ..taper.clone() }, TaperChange::AskedAgain)
    } else {
        (taper.with_call(env.now.instant), TaperChange::Called)
    };
    let put = |taper| Write::Follow(FollowWrite::Taper { taper, change });
    let (write, later) = (put(next.clone()), put(next.asked_again(today)));
    // Whoever changes it by hand may leave it again: until the list follows, it is asked.
    let later = || Effect::complete(later.clone(), draft_of(taper));
    let word = if left.is_some() { "the list follows" } else { "called" };
    let Some((medicine, follows)) = left.or_else(|| taper.list_behind(list)) else {
        return vec![Effect::complete(write, draft_of(taper))];
    };
    let (patient, on) = (taper.patient, env.now.today());
    let (words, follows) = match follows {
        Follows::Line(line) => {
            let new = Medication { line: line.clone(), ..medicine.clone() };
            let before = Some(medicine.line.clone());
            (format!("{word}, and now {line}"), MedicineWrite::Put { patient, medicine: new, before, class: None, on })
        }
        Follows::Stops => {
            let (id, line) = (medicine.id, medicine.line.clone());
            let ends = MedicineWrite::Stop { patient, medicine: id, line, on, reason: "tapered off".to_owned() };
            (format!("{word}, and stopped on the list"), ends)
        }
        Follows::ByHand => return vec![ask((taper, &step), (model, medicine), Vec::new(), (&later, word))],
    };
    let after = match &follows {
        MedicineWrite::Put { medicine, .. } => Some(medicine.line.clone()),
        _ => None,
    };
    let plan = plan_after(model, &medicine.line, after.as_deref(), env);
    let with = std::iter::once(Write::Medicine(follows)).chain(plan).collect();
    let both = Choose::new('l', words, vec![Effect::complete(write.with(with), draft_of(taper))]);
    vec![ask((taper, &step), (model, medicine), vec![both], (&later, word))]
}

/// What becomes of the list with a call.
fn ask(
    (taper, step): (&TaperPlan, &Step),
    (model, medicine): (&MedicinesModel, &Medication),
    mut options: Vec<Choose>,
    (later, word): (&dyn Fn() -> Effect, &str),
) -> Effect {
    let unit = taper.unit_words();
    let hand = Place::Medicine { patient: taper.patient, medicine: Some(medicine.id) };
    let by_hand = vec![later(), Effect::Open(hand)];
    let enter = !options.is_empty();
    let plan_stays = model.plan.as_ref().and_then(|plan| plan_stays(plan, &medicine.line));
    options.push(Choose::new('e', format!("{word}, and change the list by hand"), by_hand));
    let stays = if word == "called" {
        "called; the list stays for now, asked again tomorrow"
    } else {
        "not yet: asked again tomorrow"
    };
    options.push(Choose::new('-', stays, vec![later()]));
    Effect::show(Modal::Choice(Choice {
        title: format!("{}: {} {unit} from {}", taper.drug, step.dose, show_date(step.date)),
        about: model.file.patient.list_name(),
        lines: std::iter::once(format!("The list says {}.", medicine.line)).chain(plan_stays).collect(),
        options,
        enter,
    }))
}

/// Gives a handout: whether it was said back is asked with it.
fn give(topic: &'static str, (patient, visit): (PatientId, Option<VisitId>), who: String, env: &mut Env<'_>) -> Effect {
    let now = env.now.instant;
    let given = HandoutGiven {
        id: env.ids.next(now),
        patient,
        visit,
        topic: topic.to_owned(),
        on: env.now.today(),
        by: env.initials(),
        teach_back: None,
        kept_at: now,
    };
    let title = given.title();
    let option = |key, label: &str, teach_back| {
        let given = HandoutGiven { teach_back, ..given.clone() };
        Choose::new(key, label, vec![Effect::write(Write::Follow(FollowWrite::Handout(given)))])
    };
    Effect::show(Modal::Choice(Choice {
        title: title.clone(),
        about: who,
        lines: vec!["Given. Did the patient say it back in own words?".to_owned()],
        options: vec![
            option('y', "yes", Some(true)),
            option('n', "no: explain again next time", Some(false)),
            option('-', "not asked", None),
        ],
        enter: false,
    }))
}

/// What is computed of it, with all it rests on; none where nothing is.
fn account(one: &Chosen<'_>) -> Option<Account> {
    match one {
        Chosen::Referral(referral) => Some(figure::referral(referral)),
        Chosen::Taper(taper) => figure::taper(taper),
        Chosen::Planned(_) | Chosen::Topic(_) => None,
    }
}

/// Carries out a command; `None` for what works the same on every screen.
pub fn command(screen: &FollowScreen, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
    let (patient, visit) = (screen.file.patient.id, screen.visit);
    let who = screen.file.patient.list_name();
    let open = |place| vec![Effect::Open(Place::Follow(place))];
    let new_referral = |plan: Option<PlanItemId>| FollowPlace::NewReferral { patient, visit, plan };
    Some(match (command, chosen(screen)) {
        (Command::NewFollow, _) => match screen.listed {
            Listed::Referrals(_) => open(new_referral(None)),
            Listed::Tapers(_) => open(FollowPlace::NewTaper { patient, visit }),
            Listed::Handouts(_) => return None,
        },
        (Command::CareTeam, _) => open(FollowPlace::CareTeam(patient)),
        (Command::Why, Some(one)) => {
            let account = account(&one)?;
            vec![Effect::show(Modal::Reading(Reading::new(
                format!("Why: {}", account.figure.label()),
                &account.page(),
            )))]
        }
        (Command::Open | Command::Done, Some(Chosen::Planned(planned))) => open(new_referral(Some(planned.item))),
        (Command::Open, Some(Chosen::Referral(referral))) => open(FollowPlace::Referral(referral.id)),
        (Command::Open, Some(Chosen::Taper(taper))) => open(FollowPlace::Taper(taper.id)),
        (Command::Done, Some(Chosen::Referral(referral))) => step_referral(referral, &who, env),
        (Command::Open | Command::Done, Some(Chosen::Topic(topic))) => vec![give(topic, (patient, visit), who, env)],
        (Command::Done, Some(Chosen::Taper(taper))) => vec![Effect::CallTaper(taper.id)],
        (Command::Pause, Some(Chosen::Taper(taper))) => {
            let ask = FollowAsk::PauseTaper(taper.clone());
            let about = format!("{who} · {}", taper.line());
            vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(Purpose::Follow(Box::new(ask)), about))))]
        }
        (Command::CloseOne, Some(Chosen::Taper(taper))) => {
            let ask = Purpose::Follow(Box::new(FollowAsk::EndTaper(taper.clone())));
            vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(ask, format!("{who} · {}", taper.drug)))))]
        }
        (Command::CloseOne, Some(one)) => {
            let (key, about) = match one {
                Chosen::Referral(referral) => (FollowKey::Referral(referral.id), referral.to.clone()),
                Chosen::Planned(planned) if planned.wakes.is_none() => (planned.key(), planned.what.clone()),
                Chosen::Planned(_) | Chosen::Topic(_) | Chosen::Taper(_) => return None,
            };
            let purpose = Purpose::LetGo { item: ItemKey::Follow(key), visit: None, day: env.now.today() };
            vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, format!("{who} · {about}")))))]
        }
        _ => return None,
    })
}

/// Why a command is not possible on a day.
pub fn cannot(screen: &FollowScreen, command: Command, today: NaiveDate) -> Option<String> {
    let handouts = matches!(screen.listed, Listed::Handouts(_));
    let why = match (command, chosen(screen)) {
        (Command::NewFollow, _) if handouts => "the handouts are those shipped: one is given, none is made",
        (Command::CareTeam, _) if !matches!(screen.listed, Listed::Referrals(_)) => {
            "the care team stands at the referrals"
        }
        (Command::Open | Command::Done | Command::CloseOne | Command::Pause | Command::Why, None) => {
            "there is nothing here yet"
        }
        (Command::Why, Some(one)) if account(&one).is_none() => "nothing is computed here",
        (Command::Done, Some(Chosen::Referral(referral))) if let Some(why) = not_yet(referral, today) => {
            return Some(why);
        }
        (Command::Done, Some(_)) if word(screen).is_none() => "nothing of this is open",
        (Command::Pause, Some(Chosen::Taper(taper))) if taper.ended.is_some() => "this taper has ended",
        (Command::Pause, Some(Chosen::Taper(_))) => return None,
        (Command::Pause, Some(_)) => "only a taper is paused",
        (Command::CloseOne, Some(Chosen::Referral(referral))) if next_of(referral).is_some() => return None,
        (Command::CloseOne, Some(Chosen::Taper(taper))) if taper.ended.is_none() => return None,
        (Command::CloseOne, Some(Chosen::Planned(planned))) if planned.wakes.is_none() => return None,
        (Command::CloseOne, Some(Chosen::Planned(_))) => "it sleeps: the plan decides about it",
        (Command::CloseOne, Some(_)) => "nothing of this is open",
        (Command::CopyOut | Command::CopySection, _) => "this is copied out with the summary of its visit",
        _ => return None,
    };
    Some(why.to_owned())
}
