//! What a line of plans or paperwork says: what it is, what it is about, what presses.

use chrono::NaiveDate;

use super::decides::flag_words;
use crate::clinical::board::{Flag, Item, ItemKey};
use crate::clinical::booked;
use crate::clinical::diagnostic::Step;
use crate::clinical::task::Owner;
use crate::clinical::time::{show_date, show_time};
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::Words;
use crate::ui::widget::spark::score;

/// What a line of plans or paperwork says beside the name.
pub struct Paper {
    /// What it is, in a word.
    pub what: String,
    /// How that word looks.
    pub what_role: Role,
    /// What it is about.
    pub text: String,
    /// What presses, at the right.
    pub note: Words<'static>,
}

/// The word of what a case of the next clinic day misses, where that is not tomorrow.
const NEXT_DAY: &str = "next day";

/// What a line of plans or paperwork says.
pub fn paper(item: &Item, view: &View<'_>) -> Paper {
    let day = view.board.date;
    let records = view.records;
    let mut out = Paper {
        what: item.key.what().word().to_owned(),
        what_role: Role::Faint,
        text: item.text.clone(),
        note: Words::new(),
    };
    match item.key {
        ItemKey::Plan(_) => {
            // Its pane is of plans alone: no word is needed for what it is.
            out.what = String::new();
            out.note = plan_note(item, day);
        }
        ItemKey::Step(_) => {
            // Beside the plans themselves: a column of its own would take the room of all their words.
            out.what = String::new();
            out.text = format!("step: {}", item.text);
        }
        ItemKey::Diagnostic(id) => {
            if let Some((test, _)) = records.diagnostics.iter().find(|(test, _)| test.id == id) {
                out.text = test.name();
                out.note = match test.step() {
                    Step::Requested => Words::of(Role::Wants, "no result"),
                    Step::Done => Words::of(Role::Wants, "unread"),
                    Step::Read => Words::of(Role::Wants, "act"),
                    Step::ActedOn | Step::LetGo => Words::new(),
                };
            }
        }
        ItemKey::Follow(key) => (out.text, out.note) = super::follow::paper(key, item, records),
        ItemKey::RedFlag(_) => {
            out.what_role = Role::Danger;
            out.note = Words::of(Role::Danger, "act");
        }
        ItemKey::Screen(id) => {
            if let Some(alarm) = records.alarms.iter().find(|alarm| alarm.result == id) {
                alarm.screen.word().clone_into(&mut out.what);
                out.text = alarm.screen.told();
            }
            out.what_role = Role::Danger;
            out.note = Words::of(Role::Danger, "act");
        }
        ItemKey::CheckIn(id) => {
            let check_in = records.check_ins.iter().map(|(check_in, _)| check_in).find(|check_in| check_in.id == id);
            if let Some(check_in) = check_in {
                out.text.clone_from(&check_in.about);
                if check_in.attempts > 0 && !item.done {
                    out.note = Words::of(Role::Wants, format!("no answer ×{}", check_in.attempts));
                }
            }
        }
        ItemKey::Task(id) => {
            if let Some((task, _)) = records.tasks.iter().find(|(task, _)| task.id == id) {
                task.kind.label().clone_into(&mut out.what);
                out.text.clone_from(&task.what);
            }
        }
        ItemKey::Tomorrow(_) => {
            // The next clinic day is named where it is not tomorrow.
            let is_tomorrow = day.succ_opt() == Some(item.date);
            let time = item.start.map(show_time).unwrap_or_default();
            if is_tomorrow {
                out.note = Words::of(Role::Second, time);
            } else {
                NEXT_DAY.clone_into(&mut out.what);
                out.note = Words::of(Role::Second, show_date(item.date)).gap(1).say(Role::Second, time);
            }
        }
        ItemKey::Aftermath(_) => {
            let first = item.flags.first().filter(|flag| matches!(flag, Flag::Anticoagulant(_)));
            out.note = first.map_or_else(Words::new, |flag| {
                let (role, words) = flag_words(flag, item.key);
                Words::of(role, words)
            });
        }
        ItemKey::Copy(id) => {
            item.text.split(" · ").next().unwrap_or_default().clone_into(&mut out.text);
            if let Some(visit) = records.any_visit(id).filter(|visit| visit.copied_at.is_none()) {
                out.text = visit_words(visit);
            }
            if item.date != day {
                out.note = Words::of(Role::Second, show_date(item.date));
            }
        }
        ItemKey::Assessment(_) | ItemKey::Procedure(_) | ItemKey::NotAsked(_) => {}
    }
    if out.note.is_empty() {
        out.note = due_note(item, day);
    }
    out
}

/// What a visit was, in words, that is to be copied out.
fn visit_words(visit: &Visit) -> String {
    let kind = visit.kind.label();
    match booked::shown_for(visit) {
        Some(reason) => format!("{kind} · {reason}"),
        None => kind.to_owned(),
    }
}

fn plan_note(item: &Item, day: NaiveDate) -> Words<'static> {
    let mut words = Words::new();
    if item.date != day && !item.done {
        words = words.say(Role::Wants, format!("since {}", show_date(item.date))).gap(2);
    }
    if item.draft {
        words = words.say(Role::Wants, "draft").gap(2);
    }
    if item.done {
        return words.say(Role::Faint, "set");
    }
    if item.score.is_some() { words.join(score(item.score)) } else { words }
}

/// Done, whose it is, or how long it has waited.
fn due_note(item: &Item, day: NaiveDate) -> Words<'static> {
    if item.done {
        return Words::of(Role::Faint, "done");
    }
    if item.owner != Owner::Me {
        return Words::of(Role::Info, item.owner.to_string());
    }
    match item.due {
        Some(due) if due < day => Words::of(Role::Wants, format!("since {}", show_date(due))),
        Some(due) if due > day => Words::of(Role::Faint, format!("by {}", show_date(due))),
        _ => Words::new(),
    }
}
