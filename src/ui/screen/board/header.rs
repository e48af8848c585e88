//! The header of the day, the ribbon, the notices and the evening's line.

use chrono::{NaiveTime, Timelike};
use ratatui::layout::Rect;

use super::phase;
use crate::action::{Command, Context};
use crate::clinical::board::{Board, RibbonBlock};
use crate::clinical::text::cut;
use crate::clinical::time::{show_date, show_day, show_day_short, show_time};
use crate::clinical::visit::{VisitKind, VisitState};
use crate::ui::chrome::in_demo;
use crate::ui::env::{Preferences, View};
use crate::ui::theme::{Mark, Role, Surface};
use crate::ui::widget::bar::{Bar, Item};
use crate::ui::widget::pane::Folded;
use crate::ui::widget::ribbon::{Block, Ribbon};
use crate::ui::widget::{Canvas, Words, inset, mark, row};

/// The columns to which a long name of the physician is cut before it would go.
const SHORT_NAME: usize = 24;

/// The header: which day, what time, how far, how late, when home.
pub fn header(canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let board = view.board;
    let header = &board.header;
    let time = show_time(view.now.time());
    let day = if board.is_today { Role::Second } else { Role::Info };
    let short = show_day_short(board.date, view.now.today());
    let with_time = |day_words: String| Words::of(day, day_words).gap(2).bold(Role::Strong, time.clone());
    let mut items = vec![Item::new(7, Words::new().bold(Role::Focus, "daysheet"))];
    if view.demo {
        items.push(Item::new(1, Words::new().bold(Role::Wants, in_demo(view))));
    }
    items.push(Item::new(0, with_time(show_day(board.date))).or(with_time(short)));
    if let Some(away) = away(board, view) {
        items.push(Item::new(2, Words::new().bold(Role::Info, away)));
    }
    let counts = [
        (Mark::Done, header.seen, "seen", 4),
        (Mark::InRoom, header.in_room, "in room", 3),
        (Mark::Here, header.here, "here", 3),
        (Mark::ToCome, header.to_go, "to go", 3),
    ];
    for (sign, count, word, rank) in counts {
        if count > 0 || matches!(sign, Mark::Done | Mark::ToCome) {
            let said = |words: String| mark(sign).gap(1).say(sign.role(), words);
            items.push(Item::new(rank, said(format!("{count} {word}"))).or(said(count.to_string())));
        }
    }
    if let Some(all_day) = all_day(view) {
        items.push(Item::new(2, Words::of(Role::Info, all_day)).or(Words::of(Role::Info, "all day block")));
    }
    if header.late_min > 0 {
        items.push(Item::new(1, Words::new().bold(Role::Wants, format!("{} min late", header.late_min))));
    }
    if let Some(ends) = header.ends_words(view.board.date) {
        items.push(Item::new(4, Words::of(Role::Second, ends)));
    }
    if view.read_only {
        items.push(Item::new(1, Words::new().bold(Role::Wants, "read only")));
    }
    if view.names_hidden {
        items.push(Item::new(2, Words::of(Role::Info, "names hidden")));
    }
    let name = view.practice.physician.as_str();
    let right = Some(Item::new(6, Words::of(Role::Second, name)).or(Words::of(Role::Second, cut(name, SHORT_NAME))));
    Bar { surface: Surface::BarTop, items, right }.paint(canvas, area);
}

/// The blocks that are about the whole day: they have no place on the ribbon.
fn all_day(view: &View<'_>) -> Option<String> {
    let visits = view.records.visits.iter().map(|record| &record.visit);
    let whole = visits.filter(|visit| visit.date == view.board.date && visit.start.is_none() && visit.state.is_live());
    let titles: Vec<&str> = whole
        .filter(|visit| visit.kind == VisitKind::Block)
        .map(|visit| visit.title.as_deref().unwrap_or("a block"))
        .collect();
    let names = view.names();
    (!titles.is_empty()).then(|| cut(&format!("all day: {}", names.asked(&titles.join(", "))), 40))
}

/// How far the day on the board is from today; nothing on today's.
pub fn away(board: &Board, view: &View<'_>) -> Option<String> {
    let days = (board.date - view.now.today()).num_days();
    match days {
        0 => None,
        1 => Some("tomorrow".to_owned()),
        -1 => Some("yesterday".to_owned()),
        2.. => Some(format!("in {days} days")),
        _ => Some(format!("{} days ago", -days)),
    }
}

/// The day ribbon.
pub fn ribbon(canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    if area.is_empty() {
        return;
    }
    let blocks = ribbon_blocks(view.board);
    let now = view.board.is_today.then(|| minute(view.now.time()));
    Ribbon { blocks: &blocks, now, hours: hours(view.preferences) }.paint(canvas, area);
}

/// The blocks of the ribbon, as it is drawn.
pub fn ribbon_blocks(board: &Board) -> Vec<Block> {
    board.ribbon.iter().map(|block| ribbon_block(block, board)).collect()
}

/// The hours of the settings, as the ribbon takes them: the last hour belongs to the day.
pub fn hours(preferences: &Preferences) -> (u16, u16) {
    (u16::from(preferences.day_hours.0), u16::from(preferences.day_hours.1).saturating_add(1))
}

fn ribbon_block(block: &RibbonBlock, board: &Board) -> Block {
    let open = board
        .items()
        .any(|item| item.visit == Some(block.visit) && item.state.is_some() && !item.done && !item.decided);
    self::block(block.start, block.minutes, block.kind, block.state, open)
}

/// A visit on a ribbon: in the colour of its state, one to come in that of its kind. One that left something open
/// wants the physician.
pub fn block(start: NaiveTime, minutes: u16, kind: VisitKind, state: VisitState, is_open: bool) -> Block {
    let from = minute(start);
    let sign = if is_open && state == VisitState::Left { Mark::Wants } else { state.into() };
    let role = match (kind, sign) {
        (VisitKind::Block, _) => Role::Border,
        (VisitKind::Procedure, Mark::ToCome) => Role::Procedure,
        (_, Mark::ToCome) => Role::Info,
        (_, sign) => sign.role(),
    };
    Block { from, to: from.saturating_add(minutes), role, mark: sign }
}

fn minute(time: NaiveTime) -> u16 {
    u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0)
}

/// What must be said of the day, a line each: an earlier day never closed, this day closed.
pub fn notices(canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    for (down, words) in (0..area.height).zip(notice_words(view)) {
        canvas.words(inset(row(area, down), 1, 1), &words);
    }
}

/// The notices as words.
pub fn notice_words(view: &View<'_>) -> Vec<Words<'static>> {
    let mut out = Vec::new();
    if let Some(unclosed) = view.board.unclosed {
        let said = format!("{} was never closed, {} open", show_day(unclosed.date), unclosed.open);
        let words = mark(Mark::Wants).gap(1).say(Role::Wants, said).gap(3);
        out.push(key(words, view, Command::CloseDay, "carries all to today"));
    }
    if view.board.closed {
        let words = mark(Mark::Done).gap(1).say(Role::Done, "this day is closed").gap(3);
        out.push(words.say(Role::Second, format!("{}something new opens it again", proof(view))));
    }
    out
}

/// Words, then the key of a command and what it does here.
pub fn key(words: Words<'static>, view: &View<'_>, command: Command, does: &'static str) -> Words<'static> {
    match view.keymap.key_for(Context::Board, command) {
        Some(key) => words.bold(Role::Focus, key).gap(1).say(Role::Second, does),
        None => words,
    }
}

/// The proof kept when the day was closed, in words.
fn proof(view: &View<'_>) -> String {
    view.records
        .day
        .as_ref()
        .map_or_else(String::new, |day| format!("{} done, {} carried, {} closed; ", day.done, day.carried, day.let_go))
}

/// The line of the evening: the reflection, once the last visit is over, and tomorrow in two numbers.
pub fn evening(canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    if area.is_empty() {
        return;
    }
    let key = view.keymap.key_for(Context::Board, Command::PaneEvening).unwrap_or_default();
    let teaser = match view.board.reflection {
        None => Words::new(),
        Some(true) => mark(Mark::Done).gap(1).say(Role::Second, "written"),
        Some(false) => Words::of(Role::Second, "not written yet"),
    };
    let note = tomorrow_words(view, area.width >= 100);
    Folded { key: &key, name: "Evening · Reflection", teaser, note }.paint(canvas, area);
}

/// Tomorrow in two numbers; by its date where the next clinic day is another.
pub fn tomorrow_words(view: &View<'_>, long: bool) -> Words<'static> {
    let tomorrow = view.board.tomorrow;
    let Some(date) = tomorrow.date else {
        let words = if long { "nothing booked on the next clinic day" } else { "nothing booked next" };
        return Words::of(Role::Faint, words);
    };
    let next = view.board.date.succ_opt() == Some(date) && view.board.is_today;
    let day = if next { "tomorrow".to_owned() } else { show_date(date) };
    let visits = if tomorrow.visits == 1 { "1 visit".to_owned() } else { format!("{} visits", tomorrow.visits) };
    let words = Words::of(Role::Second, day).gap(1).say(Role::Text, visits);
    match tomorrow.missing {
        0 => words,
        1 if tomorrow.visits == 1 => words.gap(3).say(Role::Wants, "misses something"),
        1 => words.gap(3).say(Role::Wants, "1 misses something"),
        n => words.gap(3).say(Role::Wants, format!("{n} miss something")),
    }
}

/// All panes on one line, for a screen of few rows.
pub fn strip(canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>, order: phase::Order) {
    if area.is_empty() {
        return;
    }
    let items = phase::Phase::panes(order).iter().map(|&phase| {
        let key = view.keymap.key_for(Context::Board, phase.command()).unwrap_or_default();
        let note = super::pane::note(view.board, phase, order);
        let words = Words::new().bold(Role::Focus, key).gap(1).join(note);
        Item::new(0, words)
    });
    let mut items: Vec<Item<'_>> = items.collect();
    let key = view.keymap.key_for(Context::Board, Command::PaneEvening).unwrap_or_default();
    items.push(Item::new(2, Words::new().bold(Role::Focus, key).gap(1).say(Role::Second, "evening")));
    Bar { surface: Surface::Ground, items, right: None }.paint(canvas, area);
}
