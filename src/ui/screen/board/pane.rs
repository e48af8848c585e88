//! A pane on the screen: its frame and lines, or the one line it folds to.

use chrono::NaiveTime;
use ratatui::layout::Rect;

use super::decides::flag_words;
use super::layout::Slot;
use super::paper::paper;
use super::phase::{self, Order, Phase, Whose};
use super::row::{Needs, Rows};
use super::scene::{Line, Scene, Shown};
use crate::action::{Command, Context};
use crate::clinical::board::{Board, Flag, Item, Mark as Sign};
use crate::clinical::time::show_time;
use crate::ui::chrome::names::Names;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::list::List;
use crate::ui::widget::now_line::NowLine;
use crate::ui::widget::pane::{Focus, Folded, Pane};
use crate::ui::widget::{Canvas, Words, inset, mark};

/// How much a pane holds, for its title.
pub fn note(board: &Board, phase: Phase, order: Order) -> Words<'static> {
    let items = phase::items(board, phase, order, Whose::Mine);
    let coming = || items.iter().filter(|item| item.mark != Sign::NotComing);
    let open = items.iter().filter(|item| item.is_open_on(board.date)).count();
    let words = match phase {
        Phase::Morning | Phase::Afternoon => {
            format!("{} of {}", coming().filter(|item| item.done).count(), coming().count())
        }
        Phase::Midday => format!("{open} due"),
        Phase::Late => format!("{open} open"),
    };
    Words::of(Role::Second, words)
}

/// Draws the panes of a scene.
pub fn panes(canvas: &mut Canvas<'_>, scene: &Scene<'_>, view: &View<'_>, names: Names<'_>, order: Order) {
    for (at, pane) in scene.panes.iter().enumerate() {
        match scene.layout.slots[pane.phase.at()] {
            Slot::Open(area) => open(canvas, area, pane, view, names, order, at == scene.focus),
            Slot::Folded(area) => folded(canvas, area, pane, view, names, order),
            Slot::Nowhere => {}
        }
    }
}

fn open(
    canvas: &mut Canvas<'_>,
    area: Rect,
    pane: &Shown<'_>,
    view: &View<'_>,
    names: Names<'_>,
    order: Order,
    is_here: bool,
) {
    let key = view.keymap.key_for(Context::Board, pane.phase.command()).unwrap_or_default();
    let chosen = pane.chosen.filter(|_| is_here);
    let list = List { count: pane.lines.len(), top: pane.top, chosen };
    let frame = Pane {
        key: &key,
        name: pane.phase.title(order),
        note: note(view.board, pane.phase, order),
        foot: list.hidden(area.height.saturating_sub(2)),
        focus: if is_here { Focus::Here } else { Focus::Away },
    };
    let inside = frame.paint(canvas, area);
    let rows = rows_of(pane, inside, view, names, order);
    list.paint(canvas, inside, |canvas, line, at| {
        let line = inset(line, 1, 1);
        match &pane.lines[at] {
            Line::Item(item) => rows.paint(canvas, line, item, chosen == Some(at)),
            Line::Now => now_line(canvas, line, view),
            Line::Blank => {}
            Line::Purpose => {
                let (words, command) = pane.phase.purpose(order);
                canvas.words(line, &purpose(view, words, command, usize::from(line.width)));
            }
            Line::First(command) => {
                canvas.words(line, &first_step(view, *command));
            }
            Line::Free(gaps) => {
                let line = inset(line, 2, 0);
                canvas.words(line, &free(view, gaps, usize::from(line.width)));
            }
            Line::Others(count) => {
                canvas.words(inset(line, 2, 0), &others(view, *count));
            }
        }
    });
}

/// What the rows of a pane are drawn with, inside its frame.
pub fn rows_of<'a>(pane: &Shown<'_>, inside: Rect, view: &'a View<'a>, names: Names<'a>, order: Order) -> Rows<'a> {
    let needs = Needs::of(pane.items().map(|(_, item)| item), pane.phase, view, names);
    Rows { view, names, phase: pane.phase, order, width: inside.width.saturating_sub(2), needs }
}

fn now_line(canvas: &mut Canvas<'_>, line: Rect, view: &View<'_>) {
    let late = late(view);
    NowLine { time: &show_time(view.now.time()), late: late.as_deref() }.paint(canvas, line);
}

/// How late the day is, in words; nothing on time.
pub fn late(view: &View<'_>) -> Option<String> {
    let late = view.board.header.late_min;
    (late > 0).then(|| format!("{late} min late"))
}

fn key_of(view: &View<'_>, command: Command) -> String {
    view.keymap.key_for(Context::Board, command).unwrap_or_default()
}

/// What an empty pane is for, and the key that fills it; where there is not room for both, the key stays.
pub fn purpose(view: &View<'_>, words: &'static str, command: Command, room: usize) -> Words<'static> {
    let does = match command {
        Command::Catch => "catch one",
        Command::PaneMorning => "to the assessments",
        _ => "new visit",
    };
    let key = || Words::new().bold(Role::Focus, key_of(view, command)).gap(1).say(Role::Second, does);
    let both = Words::of(Role::Faint, words).gap(3).join(key());
    if both.width() <= room { both } else { key() }
}

/// A first step of a practice that has no patient yet.
pub fn first_step(view: &View<'_>, command: Command) -> Words<'static> {
    let does = match command {
        Command::Import => "import a schedule: a calendar (.ics) or a table (.csv)",
        Command::NewPatient => "new patient",
        _ => "all keys",
    };
    Words::new().bold(Role::Focus, key_of(view, command)).gap(1).say(Role::Second, does)
}

/// How to book, and the next times nobody has, as many as stand there whole.
pub fn free(view: &View<'_>, gaps: &[(NaiveTime, NaiveTime)], room: usize) -> Words<'static> {
    let words = Words::new().bold(Role::Focus, key_of(view, Command::NewVisit)).gap(1).say(Role::Faint, "new visit");
    let gaps: Vec<String> =
        gaps.iter().take(3).map(|(from, to)| format!("{}–{}", show_time(*from), show_time(*to))).collect();
    let with = |count: usize| words.clone().gap(4).say(Role::Second, format!("free {}", gaps[..count].join(", ")));
    let fitting = (1..=gaps.len()).rev().map(with).find(|words| words.width() <= room);
    fitting.unwrap_or_else(|| words.clone())
}

/// How many items of others are not shown, and the key that shows them.
pub fn others(view: &View<'_>, count: usize) -> Words<'static> {
    let are = if count == 1 { "1 more is another's".to_owned() } else { format!("{count} more are others'") };
    Words::of(Role::Faint, are)
        .gap(3)
        .bold(Role::Focus, key_of(view, Command::OthersItems))
        .gap(1)
        .say(Role::Second, "shows them")
}

fn folded(canvas: &mut Canvas<'_>, area: Rect, pane: &Shown<'_>, view: &View<'_>, names: Names<'_>, order: Order) {
    let key = key_of(view, pane.phase.command());
    Folded {
        key: &key,
        name: pane.phase.title(order),
        teaser: teaser(pane, view, names),
        note: note(view.board, pane.phase, order),
    }
    .paint(canvas, area);
}

/// What is most pressing in a pane, in one line.
pub fn teaser(pane: &Shown<'_>, view: &View<'_>, names: Names<'_>) -> Words<'static> {
    let Some(item) = most_pressing(pane) else { return Words::new() };
    let name = names.of_item(item);
    let lead = match (item.start, pane.phase) {
        (Some(start), Phase::Morning | Phase::Afternoon) => format!("{} {name}", show_time(start)),
        _ => name,
    };
    let role = match item.mark {
        Sign::WantsYou => Role::Wants,
        Sign::InRoom => Role::Focus,
        Sign::Here => Role::Info,
        Sign::Done | Sign::ToCome | Sign::NotComing => Role::Second,
    };
    let danger = item.flags.iter().find(|flag| matches!(flag, Flag::Alarm(_) | Flag::RedFlag | Flag::Anticoagulant(_)));
    if let (Some(flag), Phase::Morning | Phase::Afternoon) = (danger, pane.phase) {
        let (_, words) = flag_words(flag, item.key);
        return Words::of(role, lead).say(Role::Second, " · ").say(Role::Danger, words);
    }
    let text = paper(item, view).text;
    Words::of(
        role,
        if lead.is_empty() { names.text(&text).into_owned() } else { format!("{lead} · {}", names.text(&text)) },
    )
}

/// The item that wants the physician most: what has waited too long, who is in room or here, what comes next.
fn most_pressing<'a>(pane: &Shown<'a>) -> Option<&'a Item> {
    let rank = |item: &Item| match item.mark {
        Sign::WantsYou => 0,
        Sign::InRoom => 1,
        Sign::Here => 2,
        Sign::ToCome => 3,
        Sign::NotComing | Sign::Done => 9,
    };
    pane.items().map(|(_, item)| item).filter(|item| rank(item) < 9).min_by_key(|item| rank(item))
}

/// The sign of an item's mark.
pub fn sign(item: &Item) -> crate::ui::theme::Mark {
    item.mark.into()
}

/// The sign of an item's mark, as words.
pub fn sign_words(item: &Item) -> Words<'static> {
    mark(sign(item))
}
