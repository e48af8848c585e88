//! How the lists of the long follow-up are drawn.

use ratatui::layout::Rect;

use super::lines::{Line, details, lines, title};
use super::{FollowScreen, Listed, step};
use crate::action::{Command, Context};
use crate::ui::chrome::{Foot, Linear, band, message_line, parts, plain};
use crate::ui::env::View;
use crate::ui::screen::halves::{TOP, areas, inside};
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::bar::Item;
use crate::ui::widget::columns::{Column, lay_holding};
use crate::ui::widget::list::List;
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, columns, inset, mark, row};

/// Where the lines stand.
pub(super) fn list_rows(area: Rect, count: usize) -> Rect {
    inside(areas(area, count).list)
}

/// Where the details stand.
pub(super) fn text_area(area: Rect, count: usize) -> Rect {
    let text = inset(inside(areas(area, count).text), 1, 1);
    Rect { width: text.width.min(90), ..text }
}

/// Sign, what, what is said, when.
const COLUMNS: [Column; 4] = [
    Column::fixed(1, 0),
    Column::between(14, 36, 0),
    Column::rest(10, 2).after(2),
    Column::fixed(15, 1).after(2).right(),
];

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Referrals   1 wants you
/// ╭ Referrals ───────────────────────────────────────────────────────────╮
/// │ ● orthopaedics             sent                      by 18 Nov 2026  │
/// │ ○ pain psychology          in the plan, not written yet              │
/// ╰──────────────────────────────────────────────────────────────────────╯
/// ╭ orthopaedics ────────────────────────────────────────────────────────╮
/// │ Referral to orthopaedics, written 3 Nov 2026, sent 4 Nov 2026.       │
/// ```
pub(super) fn paint(screen: &FollowScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let hide = |text: &str| view.names().asked(text).into_owned();
    let today = view.now.today();
    let lines = lines(&screen.listed, today);
    let (name, nothing) = title(&screen.listed);
    let wants = lines.iter().filter(|line| line.mark == Mark::Wants).count();
    let mut place = vec![Item::new(0, Words::new().bold(Role::Focus, name))];
    if wants > 0 {
        let words = if wants == 1 { "1 wants you".to_owned() } else { format!("{wants} want you") };
        place.push(Item::new(1, Words::of(Role::Wants, words)));
    }
    let band = band(&screen.file, place, Words::new(), view);
    let foot = foot(screen, view);
    if view.preferences.plain {
        let said = |line: &Line| {
            let wants = if line.mark == Mark::Wants { "wants you: " } else { "" };
            let parts: Vec<&str> = [&line.what, &line.text, &line.when]
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(String::as_str)
                .collect();
            hide(&format!("{wants}{}", parts.join(", ")))
        };
        let mut rows: Vec<String> = lines.iter().map(said).collect();
        let mut head = plain::band_lines(&band);
        let told = details(&screen.listed, screen.pager.cursor.at, usize::from(area.width), today);
        head.extend(told.iter().map(|(_, line)| hide(line)));
        if rows.is_empty() {
            rows.push(nothing.to_owned());
        }
        let chosen = Some(screen.pager.cursor.at.min(rows.len() - 1));
        Linear { head, rows, chosen }.paint(canvas, area, &foot, view);
        return;
    }
    let around = parts(area, TOP);
    band.paint(canvas, around.top);
    paint_list(screen, &lines, canvas, areas(area, lines.len()).list, view);
    paint_text(screen, &lines, canvas, area, view);
    message_line(canvas, around.message, Context::Follow, view);
    foot.paint(canvas, around.foot);
}

fn foot<'a>(screen: &FollowScreen, view: &View<'_>) -> Foot<'a> {
    let mut without = vec![Command::CopyOut];
    for command in
        [Command::Open, Command::Done, Command::NewFollow, Command::CareTeam, Command::Pause, Command::CloseOne]
    {
        if step::cannot(screen, command, view.now.today()).is_some() {
            without.push(command);
        }
    }
    // Giving a handout is what opening it means too.
    if matches!(screen.listed, Listed::Handouts(_)) {
        without.push(Command::Open);
    }
    let foot = Foot::new(Context::Follow, view).without(&without);
    match step::word(screen) {
        Some(word) => foot.saying(Command::Done, word),
        None => foot,
    }
}

fn paint_list(screen: &FollowScreen, lines: &[Line], canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let hide = |text: &str| view.names().asked(text).into_owned();
    let rows = inside(area);
    let list = screen.pager.cursor.list(lines.len(), rows.height);
    let (name, nothing) = title(&screen.listed);
    let pane = Pane { name, foot: list.hidden(rows.height), focus: Focus::Here, ..Pane::default() };
    let rows = pane.paint(canvas, area);
    let cells: Vec<[Words<'_>; 4]> = lines
        .iter()
        .map(|said| {
            let text = Words::of(said.role, hide(&said.text));
            let what = Words::of(Role::Text, hide(&said.what));
            [mark(said.mark), what, text, Words::of(Role::Second, said.when.as_str())]
        })
        .collect();
    let laid = lay_holding(&COLUMNS, &cells, rows.width.saturating_sub(2));
    list.paint(canvas, rows, |canvas, line, at| {
        for (column, words) in cells.get(at).into_iter().flatten().enumerate() {
            laid.write(canvas, inset(line, 1, 1), column, words);
        }
    });
    if lines.is_empty() {
        let key = view.keymap.key_for(Context::Follow, Command::NewFollow).unwrap_or_default();
        let words = Words::of(Role::Second, nothing).gap(2).bold(Role::Focus, key).say(Role::Second, " new");
        canvas.words(inset(row(rows, 0), 1, 1), &words);
    }
}

/// What the words below are called where no line is chosen.
const fn without(listed: &Listed) -> &'static str {
    match listed {
        Listed::Referrals(_) => "Care team",
        Listed::Handouts(_) => "Handout",
        Listed::Tapers(_) => "Steps",
    }
}

fn paint_text(screen: &FollowScreen, lines: &[Line], canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let pane = areas(area, lines.len()).text;
    if pane.height <= 2 {
        return;
    }
    let hide = |text: &str| view.names().asked(text).into_owned();
    let words = text_area(area, lines.len());
    let told = details(&screen.listed, screen.pager.cursor.at, usize::from(words.width), view.now.today());
    // Where nothing is to be said stands no empty frame, and none is taller than what it holds.
    if told.is_empty() {
        return;
    }
    let pane = Rect { height: pane.height.min(columns(told.len()).saturating_add(2)), ..pane };
    let top = screen.pager.shown_from(told.len(), words.height);
    let list = List { count: told.len(), top, chosen: None };
    let chosen = lines.get(screen.pager.cursor.at).map(|line| hide(&line.what));
    let name = chosen.unwrap_or_else(|| without(&screen.listed).to_owned());
    Pane { name: &name, foot: list.hidden(words.height), ..Pane::default() }.paint(canvas, pane);
    for (down, (role, line)) in (0..words.height).zip(told.iter().skip(top)) {
        canvas.text(row(words, down), *role, &hide(line));
    }
}
