//! What the lines of the long follow-up do and say on the board.

use super::cannot::who;
use crate::clinical::board::follow::FollowRecords;
use crate::clinical::board::{DayRecords, FollowKey, Item};
use crate::clinical::monitoring::CheckKind;
use crate::clinical::monitoring::urine::Step;
use crate::clinical::referral::Step as Referred;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::place::{FollowPlace, Place};
use crate::ui::screen::follow::step as lists;
use crate::ui::screen::monitoring::step;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// What `Enter` opens.
pub fn open(key: FollowKey) -> Place {
    Place::Follow(match key {
        FollowKey::Clock(patient, _) => FollowPlace::Monitoring { patient, visit: None },
        FollowKey::Urine(id) => FollowPlace::Urine(id),
        FollowKey::Supply(patient, _) => return Place::Medicines(patient),
        FollowKey::Referral(id) => FollowPlace::Referral(id),
        FollowKey::ToRefer(patient, item) => FollowPlace::NewReferral { patient, visit: None, plan: Some(item) },
        FollowKey::Taper(id) => FollowPlace::Taper(id),
    })
}

/// The next step in one key.
pub fn done(key: FollowKey, item: &Item, env: &mut Env<'_>) -> Option<Vec<Effect>> {
    match key {
        FollowKey::Clock(patient, CheckKind::Urine) => Some(vec![step::order(patient, None, env)]),
        FollowKey::Clock(patient, kind) => Some(vec![step::as_expected(patient, None, kind, env)]),
        FollowKey::Urine(id) => {
            let test = env.records.follow.urine(id)?.0.clone();
            Some(step::step(&test, &who(item), env))
        }
        FollowKey::Supply(patient, medicine) => {
            Some(vec![Effect::Open(Place::Medicine { patient, medicine: Some(medicine) })])
        }
        FollowKey::Referral(id) => {
            let referral = env.records.follow.referral(id)?.0.clone();
            Some(lists::step_referral(&referral, &who(item), env))
        }
        FollowKey::ToRefer(..) => Some(vec![Effect::Open(open(key))]),
        FollowKey::Taper(id) => Some(vec![Effect::CallTaper(id)]),
    }
}

/// What the next step is, as the footer names it.
pub fn word(key: FollowKey, records: &FollowRecords) -> Option<&'static str> {
    match key {
        FollowKey::Clock(_, CheckKind::Urine) => Some("order"),
        FollowKey::Clock(..) => Some("as expected"),
        FollowKey::Urine(id) => step::next_of(&records.urine(id)?.0),
        FollowKey::Supply(..) => Some("prescribe"),
        FollowKey::Referral(id) => lists::next_of(&records.referral(id)?.0),
        FollowKey::ToRefer(..) => Some("write it"),
        FollowKey::Taper(_) => Some("called"),
    }
}

/// What the line says beside the name, and what presses.
pub fn paper(key: FollowKey, item: &Item, records: &DayRecords) -> (String, Words<'static>) {
    let follow = &records.follow;
    match key {
        FollowKey::Clock(patient, kind) if !item.done => {
            let last = follow.clock(patient, kind).map(|(clock, _)| clock.last);
            let note = match last {
                Some(None) => Words::of(Role::Wants, "never"),
                _ => {
                    Words::of(Role::Wants, item.due.map_or_else(String::new, |due| format!("since {}", show_date(due))))
                }
            };
            let last = last.flatten().map_or_else(String::new, |last| format!(" · last {}", show_date(last)));
            (format!("{}{last}", kind.label()), note)
        }
        FollowKey::Clock(..) | FollowKey::Supply(..) => (item.text.clone(), Words::new()),
        FollowKey::Referral(id) => {
            let Some((referral, _)) = follow.referral(id) else { return (item.text.clone(), Words::new()) };
            let note = match referral.step() {
                Referred::Written => "not sent",
                Referred::Sent => "no appointment",
                Referred::Booked => "seen?",
                Referred::Seen => "no answer",
                Referred::Read => "act",
                Referred::ActedOn | Referred::LetGo => "",
            };
            (referral.to.clone(), if note.is_empty() { Words::new() } else { Words::of(Role::Wants, note) })
        }
        FollowKey::ToRefer(_, id) => {
            let Some((planned, _)) = follow.planned(id) else { return (item.text.clone(), Words::new()) };
            let by = planned.due.map_or_else(String::new, |due| format!(" by {}", show_date(due)));
            (format!("{}{by}", planned.what), Words::of(Role::Wants, "to write"))
        }
        FollowKey::Taper(_) if item.done => (item.text.clone(), Words::new()),
        FollowKey::Taper(_) => (item.text.clone(), Words::of(Role::Wants, "call")),
        FollowKey::Urine(id) => {
            let Some((urine, _)) = follow.urine(id) else { return (item.text.clone(), Words::new()) };
            let note = match urine.step() {
                Step::Ordered => "no sample",
                Step::Collected => "no result",
                Step::Resulted => "unread",
                Step::Confirming => "not confirmed",
                Step::Read | Step::Confirmed => "act",
                Step::Settled | Step::LetGo => "",
            };
            let text = if urine.read_at.is_some() { urine.verdict() } else { "test".to_owned() };
            (text, if note.is_empty() { Words::new() } else { Words::of(Role::Wants, note) })
        }
    }
}

/// What wants you of it.
pub fn wants(key: FollowKey, item: &Item) -> String {
    match (key, item.due) {
        (FollowKey::Clock(..), Some(due)) => format!("it was due on {}", show_date(due)),
        (FollowKey::Clock(..), None) => "it was never done here".to_owned(),
        (FollowKey::Supply(..), _) => "the supply ends before the next visit".to_owned(),
        (FollowKey::Urine(_), Some(due)) => format!("it was expected by {}", show_date(due)),
        (FollowKey::ToRefer(..), Some(due)) => format!("the letter was to be written by {}", show_date(due)),
        (FollowKey::ToRefer(..), None) => "the referral was planned, and its letter is not written".to_owned(),
        (FollowKey::Referral(_), Some(due)) => format!("its next step was expected by {}", show_date(due)),
        (FollowKey::Referral(_), None) => "the answer was read, and nobody has acted on it".to_owned(),
        (FollowKey::Taper(_), due) => {
            format!("the call was due on {}", due.map_or_else(|| "its step".to_owned(), show_date))
        }
        (FollowKey::Urine(_), None) => "a result is there, and nobody has acted on it".to_owned(),
    }
}
