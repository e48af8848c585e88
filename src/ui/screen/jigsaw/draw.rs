//! How the jigsaw is drawn.

use ratatui::layout::Rect;

use super::sign::{role, sign};
use super::{Hands, JigsawScreen, Lists};
use crate::action::{Command, Context};
use crate::clinical::plan::jigsaw::Cell;
use crate::clinical::plan::ledger::{Standing, Trial};
use crate::clinical::text::{clean_line, cut, width};
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{Foot, Linear, band, message_line, parts, plain};
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::columns::{Column, lay_holding};
use crate::ui::widget::list::List;
use crate::ui::widget::pane::{Focus, Pane, inside};
use crate::ui::widget::{Canvas, Words, columns, inset, row};

/// The band that names the patient.
const TOP: u16 = 2;
/// From this width on the cells stand four in a row.
const WIDE: u16 = 110;
/// The cells there are.
const CELLS: usize = 8;

struct Areas {
    grid: Rect,
    list: Rect,
    story: Rect,
}

/// How many cells stand beside each other.
pub(super) fn across(area: Rect) -> usize {
    if area.width >= WIDE { 4 } else { 2 }
}

/// The cells on top; below them the pieces, and where there is room the story of one. While the hands are among the pieces
/// of a small screen, the cells make room.
fn areas(screen: &JigsawScreen, area: Rect) -> Areas {
    let body = parts(area, TOP).body;
    let down = columns(CELLS / across(area));
    let small = body.height < 26;
    // A cell holds its pieces by name where there is room: at most so much that list and story keep theirs.
    let pieces = screen.cells.iter().map(|cell| columns(cell.trials.len())).max().unwrap_or(0);
    let third = (body.height / 3 / down).clamp(4, 8);
    let each = if small { 3 } else { pieces.saturating_add(3).clamp(third, third.max(body.height / 2 / down)) };
    let grid = if small && screen.hands == Hands::Pieces { 0 } else { (each * down).min(body.height) };
    let rest = body.height - grid;
    let wanted = columns(screen.listed().len().max(1)).saturating_add(2);
    let story = if rest >= 12 { rest - wanted.clamp(4, rest * 3 / 5) } else { 0 };
    let list = rest - story;
    Areas {
        grid: Rect { height: grid, ..body },
        list: Rect { y: body.y + grid, height: list, ..body },
        story: Rect { y: body.y + grid + list, height: story, ..body },
    }
}

/// Where the pieces are listed.
pub(super) fn rows(screen: &JigsawScreen, area: Rect) -> Rect {
    inside(areas(screen, area).list)
}

fn cell_area(grid: Rect, across: usize, at: usize) -> Rect {
    let (across, down) = (columns(across), columns(CELLS / across));
    let (x, y) = (columns(at) % across, columns(at) / across);
    let (width, height) = (grid.width / across, grid.height / down);
    let last = x + 1 == across;
    Rect {
        x: grid.x + x * width,
        y: grid.y + y * height,
        width: if last { grid.width - x * width } else { width },
        height,
    }
}

/// The cell at a place on the screen.
pub(super) fn cell_at(screen: &JigsawScreen, area: Rect, (x, y): (u16, u16)) -> Option<usize> {
    let grid = areas(screen, area).grid;
    (0..CELLS).find(|at| cell_area(grid, across(area), *at).contains((x, y).into()))
}

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Jigsaw   plan 3 of 27 Oct 2026
/// ╭ medication ─────────────────── running ╮╭ physical therapy ──────────────── helped ╮
/// │ ▶ Gabapentin  ✗ Naproxen  ⚠ Tramadol   ││ ✓ Physiotherapy                          │
/// ╰────────────────────────────────────────╯╰──────────────────────────────────────────╯
/// ╭ medication ─────────────────────────────────────────────────────────────── 3 pieces ╮
/// │ ▶ Gabapentin   since 27 Oct 2026   600 mg three times a day   20 %   running        │
/// ```
pub(super) fn paint(screen: &JigsawScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let mut place = vec![Item::new(0, Words::new().bold(Role::Focus, "Jigsaw"))];
    if let Some(plan) = &screen.model.last {
        let on = show_date(crate::clinical::time::wall(plan.set_at, view.now.zone).date());
        place.push(Item::new(2, Words::of(Role::Second, format!("plan {} of {on}", plan.version))));
    }
    if screen.not_sorted() > 0 {
        let words = format!("{} not sorted", screen.not_sorted());
        place.push(Item::new(1, Words::of(Role::Wants, words)));
    }
    let band = band(&screen.model.file, place, Words::new(), view);
    let foot = foot(screen, view);
    let hide = |text: &str| view.names().asked(text).into_owned();
    if view.preferences.plain {
        let cells = screen.cells.iter().map(|cell| cell.show(&screen.trials));
        let pieces = screen.trials.iter().map(|trial| format!("ledger: {}", hide(&clean_line(&trial.show()))));
        let rows: Vec<String> = cells.chain(pieces).collect();
        let chosen = Some(screen.line.min(rows.len().saturating_sub(1)));
        Linear { head: plain::band_lines(&band), rows, chosen }.paint(canvas, area, &foot, view);
        return;
    }
    let around = parts(area, TOP);
    band.paint(canvas, around.top);
    let areas = areas(screen, area);
    if areas.grid.height > 0 {
        for (at, cell) in screen.cells.iter().enumerate() {
            let focus = if screen.at == at && screen.hands == Hands::Cells { Focus::Here } else { Focus::Away };
            paint_cell(screen, cell, canvas, (cell_area(areas.grid, across(area), at), focus), &hide);
        }
    }
    paint_list(screen, canvas, areas.list, view, &hide);
    paint_story(screen, canvas, areas.story, &hide);
    message_line(canvas, around.message, Context::Jigsaw, view);
    foot.paint(canvas, around.foot);
}

fn foot<'a>(screen: &JigsawScreen, view: &View<'_>) -> Foot<'a> {
    let mut without = vec![Command::CopyOut];
    if screen.model.last.is_none() {
        without.push(Command::KeepPlan);
    }
    if screen.trials.is_empty() {
        without.push(Command::Ledger);
    }
    let foot = Foot::new(Context::Jigsaw, view).without(&without);
    let word = if screen.lists == Lists::All { "jigsaw" } else { "whole ledger" };
    foot.saying(Command::Ledger, word)
}

/// A cell: its standing in the title, its pieces inside, in one line where there is one.
fn paint_cell(
    screen: &JigsawScreen,
    cell: &Cell,
    canvas: &mut Canvas<'_>,
    (area, focus): (Rect, Focus),
    hide: &dyn Fn(&str) -> String,
) {
    let whole = sign(cell.standing).gap(1).say(role(cell.standing), cell.standing.label());
    let is_line = area.height <= 3;
    // Where the words do not fit beside the name, the first of them stands there, else the sign alone.
    let room = usize::from(area.width).saturating_sub(cell.modality.label().len() + 9);
    let note = match is_line {
        true if whole.width() <= room => whole.clone(),
        true => {
            let first = cell.standing.label().split(',').next().unwrap_or_default();
            let short = sign(cell.standing).gap(1).say(role(cell.standing), first);
            if short.width() <= room { short } else { sign(cell.standing) }
        }
        false => Words::new(),
    };
    // An empty cell has a line for its words where they do not fit beside the name.
    let says_inside = is_line && cell.trials.is_empty() && note.width() < whole.width();
    let inside = inset(Pane { name: cell.modality.label(), note, focus, ..Pane::default() }.paint(canvas, area), 1, 1);
    let pieces: Vec<&Trial> = cell.trials.iter().map(|at| &screen.trials[*at]).collect();
    if says_inside {
        canvas.words(row(inside, 0), &Words::of(role(cell.standing), cell.standing.label()));
        return;
    }
    if is_line {
        canvas.words(row(inside, 0), &in_one_line(&pieces, usize::from(inside.width), hide));
        return;
    }
    canvas.words(row(inside, 0), &whole);
    let room = usize::from(inside.height.saturating_sub(1));
    let more = pieces.len() > room;
    let shown = room.saturating_sub(usize::from(more)).min(pieces.len());
    for (down, trial) in (1..inside.height).zip(&pieces[..shown]) {
        canvas.words(row(inside, down), &piece_line(trial, usize::from(inside.width), hide));
    }
    if more {
        canvas.words(row(inside, inside.height.saturating_sub(1)), &rest(&pieces[shown..]));
    }
}

/// A piece in a cell: its name, and to the right its relief, else its dose where there is room for both.
fn piece_line(trial: &Trial, room: usize, hide: &dyn Fn(&str) -> String) -> Words<'static> {
    let name = hide(&clean_line(&trial.what));
    let relief = trial.effect_percent.map(|percent| format!("{percent} %"));
    let dose = hide(&clean_line(&trial.best_dose));
    let fits = width(&name) + width(&dose) + 4 <= room;
    let more = relief.or_else(|| Some(dose).filter(|dose| fits && !dose.is_empty())).unwrap_or_default();
    let name = cut(&name, room.saturating_sub(2 + if more.is_empty() { 0 } else { width(&more) + 1 }));
    let gap = room.saturating_sub(2 + width(&name) + width(&more));
    let words = sign(trial.standing).gap(1).say(Role::Text, name);
    if more.is_empty() { words } else { words.gap(gap).say(Role::Second, more) }
}

/// The pieces that fit by name; of the rest how many stand how.
fn in_one_line(pieces: &[&Trial], room: usize, hide: &dyn Fn(&str) -> String) -> Words<'static> {
    let mut words = Words::new();
    for (at, trial) in pieces.iter().enumerate() {
        let after = if at + 1 < pieces.len() { rest(&pieces[at + 1..]).width() + 2 } else { 0 };
        // The count of the others is never cut: the name of the first gives way to it.
        let most = if pieces.len() == 1 { room.saturating_sub(2) } else { 22.min(room.saturating_sub(after + 2)) };
        let name = cut(&hide(&clean_line(&trial.what)), most);
        let piece = sign(trial.standing).gap(1).say(Role::Text, name);
        if at > 0 && words.width() + 2 + piece.width() + after > room {
            return words.gap(2).join(rest(&pieces[at..]));
        }
        words = if at > 0 { words.gap(2) } else { words }.join(piece);
    }
    words
}

/// How many stand how: `⚠ 1  ✗ 2`.
fn rest(pieces: &[&Trial]) -> Words<'static> {
    let mut words = Words::of(Role::Faint, "+");
    for &standing in Standing::ALL {
        let count = pieces.iter().filter(|trial| trial.standing == standing).count();
        if count > 0 {
            words = words.gap(1).join(sign(standing)).say(role(standing), format!(" {count}"));
        }
    }
    words
}

/// Sign, what, when, best dose, effect, where it stands and why.
const COLUMNS: [Column; 6] = [
    Column::fixed(1, 0),
    Column::between(14, 30, 0),
    // A day is read whole: since 24 Oct 2026.
    Column::between(17, 27, 1).after(2),
    Column::between(8, 13, 3).after(2),
    Column::between(8, 19, 2).after(2),
    Column::rest(19, 0).after(2),
];

fn paint_list(
    screen: &JigsawScreen,
    canvas: &mut Canvas<'_>,
    area: Rect,
    view: &View<'_>,
    hide: &dyn Fn(&str) -> String,
) {
    let listed = screen.listed();
    let rows = inside(area);
    let here = screen.hands == Hands::Pieces;
    let list = screen.cursor.list(listed.len(), rows.height);
    let list = List { chosen: list.chosen.filter(|_| here), ..list };
    let count = listed.len();
    let name = match screen.lists {
        Lists::All => "Trial ledger",
        Lists::Cell => screen.cell().modality.label(),
    };
    let pane = Pane {
        name,
        note: Words::of(Role::Second, format!("{count} tried or planned")),
        foot: list.hidden(rows.height),
        focus: if here { Focus::Here } else { Focus::Away },
        ..Pane::default()
    };
    let rows = pane.paint(canvas, area);
    let trials = listed.iter().filter_map(|at| screen.trials.get(*at));
    let cells: Vec<[Words<'_>; 6]> = trials.map(|trial| cells(trial, hide)).collect();
    let laid = lay_holding(&COLUMNS, &cells, rows.width.saturating_sub(2));
    list.paint(canvas, rows, |canvas, line, at| {
        for (column, words) in cells.get(at).into_iter().flatten().enumerate() {
            laid.write(canvas, inset(line, 1, 1), column, words);
        }
    });
    if listed.is_empty() {
        let standing = screen.cells.get(screen.at).map_or(Standing::Never, |cell| cell.standing);
        let key = view.keymap.key_for(Context::Jigsaw, Command::Plan).unwrap_or_default();
        let words = Words::of(Role::Second, standing.label()).gap(2).bold(Role::Focus, key);
        canvas.words(inset(row(rows, 0), 1, 1), &words.say(Role::Second, " plan it"));
    }
}

fn cells(trial: &Trial, hide: &dyn Fn(&str) -> String) -> [Words<'static>; 6] {
    let second = |text: String| Words::of(Role::Second, text);
    let mut standing = Words::of(role(trial.standing), trial.stands());
    if !trial.why_stopped.is_empty() {
        // After "helped" a mere colon would read as if the reason had helped.
        let lead = if matches!(trial.standing, Standing::Helped | Standing::Tried) { ", stopped: " } else { ": " };
        standing = standing.say(Role::Second, format!("{lead}{}", hide(&clean_line(&trial.why_stopped))));
    }
    let what = Words::of(Role::Text, hide(&clean_line(&trial.what)));
    let best_dose = second(hide(&clean_line(&trial.best_dose)));
    [sign(trial.standing), what, second(trial.when()), best_dose, second(trial.effect()), standing]
}

/// What happened to the chosen piece, or to all pieces of the chosen cell, newest last.
fn paint_story(screen: &JigsawScreen, canvas: &mut Canvas<'_>, area: Rect, hide: &dyn Fn(&str) -> String) {
    if area.height < 3 {
        return;
    }
    let of_one = screen.hands == Hands::Pieces;
    let chosen = screen.chosen().filter(|_| of_one);
    let name = chosen.map_or_else(|| "History".to_owned(), |trial| hide(&clean_line(&trial.what)));
    let problem = chosen.and_then(|trial| screen.problem_of(trial));
    let note = problem.map_or_else(Words::new, |problem| Words::of(Role::Second, format!("for {}", hide(&problem))));
    let inside = inset(Pane { name: &cut(&name, 50), note, ..Pane::default() }.paint(canvas, area), 1, 1);
    let trials = match chosen {
        Some(trial) => vec![trial],
        None => screen.cell().trials.iter().map(|at| &screen.trials[*at]).collect(),
    };
    let mut lines: Vec<_> = trials.iter().flat_map(|trial| &trial.story).collect();
    lines.sort_by_key(|(when, _)| when.first_day());
    let first = lines.len().saturating_sub(usize::from(inside.height));
    if lines.is_empty() {
        canvas.text(row(inside, 0), Role::Faint, "nothing happened here yet");
    }
    for (down, (when, line)) in (0..inside.height).zip(&lines[first..]) {
        let words = Words::of(Role::Second, format!("{:>11}", when.show())).gap(2);
        canvas.words(row(inside, down), &words.say(Role::Text, hide(&clean_line(line))));
    }
}
