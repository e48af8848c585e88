//! The keys that work here and now: the rows of the key map that have a place in the footer, without what is not possible
//! on the chosen item.

use ratatui::layout::Rect;

use super::acts::next_step;
use super::cannot::cannot;
use super::scene::Day;
use crate::action::{Command, Context};
use crate::clinical::board::{Item, ItemKey};
use crate::clinical::time::show_date;
use crate::ui::env::View;
use crate::ui::widget::Canvas;
use crate::ui::widget::bar::{Footer, Hint};

/// Draws the footer.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, item: Option<&Item>, view: &View<'_>) {
    let keys = keys(item, view);
    let hints: Vec<Hint<'_>> = keys.iter().map(|(key, word, rank)| Hint { key, word, rank: *rank }).collect();
    Footer { hints: &hints }.paint(canvas, area);
}

/// Key, word and how soon it goes, in their order.
pub fn keys(item: Option<&Item>, view: &View<'_>) -> Vec<(String, String, u8)> {
    let day = Day::seen(view);
    let place = |command, declared: Option<u8>| match item {
        Some(_) => footer_place(command, declared, item),
        None => declared,
    };
    let mut rows: Vec<_> = view
        .keymap
        .rows(Context::Board)
        .into_iter()
        .filter_map(|info| Some((place(info.command, info.footer)?, info)))
        .collect();
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter()
        .filter(|(_, info)| cannot(info.command, item, day).is_none())
        .filter_map(|(place, info)| {
            let key = view.keymap.keys(info).first()?.to_string();
            let word = word(info.command, item, day).unwrap_or_else(|| info.short.to_owned());
            Some((key, word, rank(info.command, place)))
        })
        .collect()
}

/// The place in the footer: that of the key map. The one act an item waits for comes right after opening it; among plans
/// and paperwork catching a task has the place of the score.
fn footer_place(command: Command, declared: Option<u8>, item: Option<&Item>) -> Option<u8> {
    match (command, item?.key) {
        (Command::KeepPlan, ItemKey::Plan(_))
        | (Command::Done, ItemKey::Task(_) | ItemKey::Follow(_))
        | (Command::NoAnswer, ItemKey::CheckIn(_))
        | (Command::CopyNotNeeded, ItemKey::Copy(_)) => Some(2),
        // In the room: offered as soon as the assessment asks for a plan.
        (Command::KeepPlan, ItemKey::Assessment(_) | ItemKey::Procedure(_)) => Some(3),
        (_, ItemKey::Assessment(_) | ItemKey::Procedure(_)) => declared,
        (Command::Catch, _) => Some(5),
        (Command::QuickScore | Command::Advance, _) | (Command::CopyOut, ItemKey::Copy(_)) => None,
        _ => declared,
    }
}

/// How soon a key goes where there is not room for all: help and opening stay longest.
const fn rank(command: Command, place: u8) -> u8 {
    match command {
        Command::Open | Command::Help => 0,
        Command::Palette => 2,
        _ => place,
    }
}

/// The word where the item says more than the table: which step is next.
fn word(command: Command, item: Option<&Item>, day: Day<'_>) -> Option<String> {
    // An earlier day that was never closed comes first: the key says which day it closes.
    if let (Command::CloseDay, Some(unclosed)) = (command, day.board.unclosed) {
        return Some(format!("close {}", show_date(unclosed.date)));
    }
    let item = item?;
    match (command, item.key) {
        (Command::Advance, _) => next_step(item, day).map(str::to_owned),
        (Command::Move, ItemKey::Assessment(_) | ItemKey::Procedure(_) | ItemKey::Tomorrow(_)) => None,
        (Command::Move, _) => Some("to a date".to_owned()),
        (Command::Open, ItemKey::NotAsked(_)) => Some("ask".to_owned()),
        (Command::Open, ItemKey::Copy(_)) => Some("copy out".to_owned()),
        (Command::Open, ItemKey::Aftermath(_)) => Some("decide".to_owned()),
        (Command::Open, ItemKey::RedFlag(_) | ItemKey::Screen(_)) => Some("act".to_owned()),
        (Command::Done, ItemKey::Diagnostic(id)) => {
            let test = day.records.diagnostics.iter().find(|(test, _)| test.id == id);
            test.and_then(|(test, _)| crate::ui::screen::diagnostics::step::next_of(test)).map(str::to_owned)
        }
        (Command::Done, ItemKey::Follow(key)) => super::follow::word(key, &day.records.follow).map(str::to_owned),
        (Command::CopyNotNeeded, _) => Some("not needed".to_owned()),
        _ => None,
    }
}
