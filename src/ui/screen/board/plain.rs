//! The board for screen readers: one pane, one line an item, no boxes, marks as words. What changed stands as one line at
//! the cursor, below the chosen item.

use ratatui::layout::Rect;

use super::decides::decides;
use super::footer;
use super::header::{away, notice_words, tomorrow_words};
use super::pane::{first_step, free, late, note, others, purpose, sign};
use super::paper::paper;
use super::phase::{Order, Phase};
use super::scene::{Line, Scene, Shown};
use crate::action::{Command, Context};
use crate::clinical::board::Item;
use crate::clinical::time::{show_day, show_time};
use crate::ui::chrome::in_demo;
use crate::ui::chrome::names::Names;
use crate::ui::env::{Message, View};
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::list::first_in_view;
use crate::ui::widget::{Canvas, Words, columns, inset, row};

/// Draws the board as lines of text.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, scene: &Scene<'_>, view: &View<'_>, names: Names<'_>, order: Order) {
    let pane = scene.here();
    let lines = |role, text: &str| {
        let lines = wrap(text, usize::from(area.width)).into_iter().map(move |line| Words::of(role, line));
        lines.collect::<Vec<_>>()
    };
    let mut head = lines(Role::Text, &day_line(view));
    head.extend(lines(Role::Second, &panes_line(view, order)));
    head.extend(notice_words(view));
    head.push(Words::new().bold(Role::Strong, title(pane, view, order)));
    let mut foot = lines(Role::Second, &evening_line(view));
    foot.extend(lines(Role::Second, &keys_line(pane, view)));
    let spare = usize::from(area.height / 3);
    head.truncate(spare.max(3));
    foot.truncate(spare.max(1));
    let (head_rows, foot_rows) = (columns(head.len()), columns(foot.len()));
    let rows = area.height.saturating_sub(head_rows).saturating_sub(foot_rows);
    for (down, words) in (0..area.height).zip(&head) {
        canvas.words(row(area, down), words);
    }
    let body = Rect { y: area.y.saturating_add(head_rows.min(area.height)), height: rows, ..area };
    items(canvas, body, pane, view, names);
    let at = area.height.saturating_sub(foot_rows);
    for (down, words) in (at..area.height).zip(&foot) {
        canvas.words(row(area, down), words);
    }
}

fn items(canvas: &mut Canvas<'_>, area: Rect, pane: &Shown<'_>, view: &View<'_>, names: Names<'_>) {
    let wide = usize::from(area.width.saturating_sub(2));
    let said = said(view.message).map(|(role, words)| (role, wrap(&names.message(&words), wide)));
    let rows: Vec<(Role, Vec<String>)> = (0..pane.lines.len()).map(|at| line(pane, at, wide, view, names)).collect();
    let chosen = pane.chosen.unwrap_or(0);
    let below = said.as_ref().map_or(0, |(_, lines)| lines.len());
    let room = usize::from(area.height).saturating_sub(below);
    let heights: Vec<usize> = rows.iter().map(|(_, lines)| lines.len().max(1)).collect();
    let top = first_in_view(&heights, chosen, room);
    let mut down = 0;
    for (at, (role, lines)) in rows.iter().enumerate().skip(top) {
        if down >= area.height {
            break;
        }
        let here = row(area, down);
        let is_here = pane.chosen == Some(at) || (pane.chosen.is_none() && at == top);
        say(canvas, inset(area, 2, 0), &mut down, *role, lines);
        if lines.is_empty() {
            down += 1;
        }
        if is_here {
            if pane.chosen.is_some() {
                canvas.words(here, &Words::new().bold(Role::Focus, ">"));
            }
            canvas.place_cursor(here.x, here.y);
            if let Some((role, lines)) = &said {
                say(canvas, inset(area, 2, 0), &mut down, *role, lines);
            }
        }
    }
}

/// A line of the pane, whole: nobody hears what is cut off.
fn line(pane: &Shown<'_>, at: usize, wide: usize, view: &View<'_>, names: Names<'_>) -> (Role, Vec<String>) {
    let role = if pane.chosen == Some(at) { Role::Strong } else { Role::Text };
    let words = match &pane.lines[at] {
        Line::Item(item) => {
            let place = pane.items().take_while(|(line, _)| *line < at).count() + 1;
            return (role, wrap(&item_line(item, place, pane.items().count(), pane.phase, view, names), wide));
        }
        Line::Now => {
            let late = late(view).map_or_else(String::new, |late| format!(", {late}"));
            Words::of(Role::Second, format!("now {}{late}", show_time(view.now.time())))
        }
        Line::Blank => Words::new(),
        Line::Purpose => {
            let (words, command) = pane.phase.purpose(Order::ByPhase);
            purpose(view, words, command, wide)
        }
        Line::First(command) => first_step(view, *command),
        Line::Free(gaps) => free(view, gaps, wide),
        Line::Others(count) => others(view, *count),
    };
    let text = words.plain();
    (Role::Second, if text.trim().is_empty() { Vec::new() } else { wrap(text.trim_end(), wide) })
}

/// Writes lines below each other, as far as there is room.
fn say(canvas: &mut Canvas<'_>, area: Rect, down: &mut u16, role: Role, lines: &[String]) {
    for line in lines {
        if *down < area.height {
            canvas.text(row(area, *down), role, line);
            *down += 1;
        }
    }
}

/// One item as one line: its place, its mark as a word, when, who, what, and what decides the next move.
fn item_line(item: &Item, place: usize, of: usize, phase: Phase, view: &View<'_>, names: Names<'_>) -> String {
    let mut parts = vec![format!("{place} of {of}"), sign(item).word().to_owned()];
    let visits = matches!(phase, Phase::Morning | Phase::Afternoon);
    let paper = paper(item, view);
    if visits {
        let age = item.patient.as_ref().map(|patient| patient.age_sex(item.date)).unwrap_or_default();
        let start = item.start.map(show_time).unwrap_or_default();
        let name = if item.patient.is_some() { names.of_item(item) } else { "patient unknown".to_owned() };
        parts.push(format!("{start} {name} {age}").trim().to_owned());
    } else {
        parts.push(paper.what.clone());
        parts.extend(item.patient.is_some().then(|| names.of_item(item)));
    }
    parts.push(names.text(&paper.text).into_owned());
    if let Some(score) = item.score {
        let change = match item.change() {
            Some(0) => ", same".to_owned(),
            Some(change) if change < 0 => format!(", {} better", change.unsigned_abs()),
            Some(change) => format!(", {change} worse"),
            None => String::new(),
        };
        parts.push(format!("pain {score}{change}"));
    }
    if visits {
        parts.extend(decides(item, view).into_iter().map(|(_, words)| words));
    } else if !paper.note.is_empty() && item.score.is_none() {
        parts.push(paper.note.plain());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(". ")
}

/// The header as a sentence.
fn day_line(view: &View<'_>) -> String {
    let header = &view.board.header;
    let mut parts = vec![format!("{} {}", show_day(view.board.date), show_time(view.now.time()))];
    parts.extend(view.demo.then(|| in_demo(view).to_owned()));
    parts.extend(away(view.board, view));
    let counts = [(header.seen, "seen"), (header.in_room, "in room"), (header.here, "here"), (header.to_go, "to go")];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    parts.push(counts.collect::<Vec<_>>().join(", "));
    parts.extend(late(view));
    parts.extend(header.ends_words(view.board.date));
    parts.extend(view.read_only.then(|| "read only".to_owned()));
    parts.extend(view.names_hidden.then(|| "names hidden".to_owned()));
    parts.retain(|part| !part.is_empty());
    parts.join(". ")
}

/// Every pane with its key and how much it holds.
fn panes_line(view: &View<'_>, order: Order) -> String {
    let panes = Phase::panes(order).iter().map(|&phase| {
        let key = view.keymap.key_for(Context::Board, phase.command()).unwrap_or_default();
        let name = phase.title(order).split(" · ").next().unwrap_or_default();
        format!("{key} {name} {}", note(view.board, phase, order).plain())
    });
    panes.collect::<Vec<_>>().join(". ")
}

fn title(pane: &Shown<'_>, view: &View<'_>, order: Order) -> String {
    let name = pane.phase.title(order).replace(" · ", ", ");
    format!("{name}: {}", note(view.board, pane.phase, order).plain())
}

fn evening_line(view: &View<'_>) -> String {
    let key = view.keymap.key_for(Context::Board, Command::PaneEvening).unwrap_or_default();
    let written = match view.board.reflection {
        None => "",
        Some(true) => ", written",
        Some(false) => ", not written yet",
    };
    let tomorrow = tomorrow_words(view, true).plain();
    format!("{key} Evening, reflection{written}. {}", tomorrow.replace("   ", ", "))
}

fn keys_line(pane: &Shown<'_>, view: &View<'_>) -> String {
    let keys = footer::keys(pane.item(), view).into_iter().map(|(key, word, _)| format!("{key} {word}"));
    keys.collect::<Vec<_>>().join(", ")
}

/// What changed, or why something is not possible.
fn said(message: &Message) -> Option<(Role, String)> {
    match message {
        Message::None => None,
        Message::Kept(words) | Message::Draft(words) | Message::Said(words) => Some((Role::Text, words.clone())),
        Message::Refused(words) => Some((Role::Wants, format!("Not possible. {words}"))),
        Message::Failed(words) => Some((Role::Danger, format!("failed: {words}"))),
    }
}
