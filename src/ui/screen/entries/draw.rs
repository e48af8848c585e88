//! How earlier reflections are drawn.

use ratatui::layout::Rect;

use super::EntriesScreen;
use crate::action::{Command, Context};
use crate::clinical::reflection::Reflection;
use crate::clinical::text::clean;
use crate::clinical::time::{show_date, show_day};
use crate::ui::chrome::{Foot, Linear, around, parts, plain, title_bar};
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::screen::highlight::highlight;
use crate::ui::theme::{Role, Surface};
use crate::ui::widget::bar::{Bar, Item};
use crate::ui::widget::pane::{Focus, Pane, inside};
use crate::ui::widget::{Canvas, Words, inset, row};

/// The columns of the list of evenings.
const LIST: u16 = 35;
/// Below this width only the entry is shown.
const BOTH_FROM: u16 = 72;

struct Areas {
    search: Rect,
    list: Rect,
    text: Rect,
}

fn areas(area: Rect) -> Areas {
    let body = parts(area, 1).body;
    let search = u16::from(body.height >= 6);
    let rest = Rect { y: body.y.saturating_add(search), height: body.height - search, ..body };
    let list = if area.width >= BOTH_FROM { LIST } else { 0 };
    Areas {
        search: Rect { height: search, ..body },
        list: Rect { width: list, ..rest },
        text: Rect { x: rest.x.saturating_add(list), width: rest.width - list, ..rest },
    }
}

/// Where the evenings are listed.
pub(super) fn list_rows(area: Rect) -> Rect {
    inside(areas(area).list)
}

/// Where the words of an entry stand: in lines that are not too long to read.
pub(super) fn text_area(area: Rect) -> Rect {
    let text = inset(inside(areas(area).text), 1, 1);
    Rect { width: text.width.min(78), ..text }
}

/// What a line of an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Energy and strain.
    Figures,
    /// A prompt.
    Prompt,
    /// What was written.
    Text,
}

/// An entry in lines of at most so many columns.
pub(super) fn lines(entry: &Reflection, columns: usize) -> Vec<(Line, String)> {
    let figure = |label: &str, value: Option<u8>| value.map(|value| format!("{label} {value} of 5"));
    let figures = [figure("energy", entry.text.energy), figure("strain", entry.text.strain)];
    let figures: Vec<String> = figures.into_iter().flatten().collect();
    let mut lines = Vec::new();
    if !figures.is_empty() {
        lines.push((Line::Figures, figures.join("   ")));
        lines.push((Line::Text, String::new()));
    }
    let mut add = |line, text: &str| lines.extend(wrap(&clean(text), columns).into_iter().map(|row| (line, row)));
    add(Line::Text, entry.text.text.trim_end());
    for (prompt, answer) in entry.text.answers.iter().filter(|(_, answer)| !answer.trim().is_empty()) {
        add(Line::Text, "\n");
        add(Line::Prompt, prompt);
        add(Line::Text, answer.trim_end());
    }
    lines
}

/// Draws the screen.
///
/// ```text
/// Earlier reflections   2 of 41                             Tue 24 Nov 2026  18:30
/// search slept
/// ╭ Evenings ───────────────────────╮╭ Mon 23 Nov 2026 ──────────────────────────╮
/// │ 24 Nov 2026  energy 3  strain 4 ││ energy 2 of 5   strain 4 of 5             │
/// │ 23 Nov 2026  energy 2  strain 4 ││                                           │
/// │ 19 Nov 2026                     ││ Slept badly after the long day…           │
/// ╰─────────────────────────────────╯╰───────────────────────────────────────────╯
/// ```
pub(super) fn paint(screen: &EntriesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let bar = bar(screen, view);
    let foot = foot(screen, view);
    if view.preferences.plain {
        paint_plain(screen, canvas, area, view, &bar, &foot);
        return;
    }
    around(canvas, area, &bar, &foot, Context::Entries, view);
    let areas = areas(area);
    if screen.typing || !screen.line.text().is_empty() {
        let surface = if screen.typing { Surface::Band } else { Surface::Ground };
        canvas.on(surface, |canvas| {
            canvas.clear(areas.search);
            let used = canvas.words(inset(areas.search, 1, 1), &Words::new().bold(Role::Focus, "search "));
            let at = inset(areas.search, used.saturating_add(1), 1);
            if screen.typing {
                screen.line.widget("words of any evening").paint(canvas, at);
            } else {
                canvas.text(at, Role::Text, screen.line.text());
            }
        });
    }
    if !areas.list.is_empty() {
        paint_list(screen, canvas, areas.list);
    }
    paint_entry(screen, canvas, area, view);
}

fn bar<'a>(screen: &EntriesScreen, view: &View<'_>) -> Bar<'a> {
    let (at, count) = (screen.pager.cursor.at + 1, screen.shown.len());
    let mut items = Vec::new();
    if count > 0 {
        items.push(Item::new(1, Words::of(Role::Second, format!("{at} of {count}"))));
    }
    title_bar("Earlier reflections", items, view)
}

fn foot<'a>(screen: &EntriesScreen, view: &View<'_>) -> Foot<'a> {
    if screen.typing {
        return Foot::typing(Context::Entries, &[(Command::Open, "keep these"), (Command::Back, "all again")], view);
    }
    let foot = Foot::new(Context::Entries, view).saying(Command::Open, "change it").without(&[Command::CopyOut]);
    let beyond = |command: &Command| screen.pager.beyond(*command, screen.shown.len()).is_some();
    let mut without: Vec<Command> = [Command::EarlierEntry, Command::LaterEntry].into_iter().filter(beyond).collect();
    if screen.chosen().is_none() {
        without.push(Command::Open);
    }
    if screen.all.0.is_empty() {
        without.push(Command::SearchEntries);
    }
    foot.without(&without)
}

fn figures(entry: &Reflection) -> String {
    let figure = |word: &str, value: Option<u8>| value.map_or_else(String::new, |value| format!("{word} {value}"));
    format!("{:8}  {:8}", figure("energy", entry.text.energy), figure("strain", entry.text.strain))
}

fn paint_list(screen: &EntriesScreen, canvas: &mut Canvas<'_>, area: Rect) {
    let rows = inside(area);
    let list = screen.pager.cursor.list(screen.shown.len(), rows.height);
    let pane = Pane { name: "Evenings", foot: list.hidden(rows.height), focus: Focus::Here, ..Pane::default() };
    pane.paint(canvas, area);
    list.paint(canvas, rows, |canvas, line, at| {
        let Some(entry) = screen.shown.get(at).and_then(|&at| screen.all.0.get(at)) else { return };
        let line = inset(line, 1, 1);
        let date = Rect { width: line.width.min(11), ..line };
        canvas.words_right(date, &Words::of(Role::Text, show_date(entry.date)));
        canvas.text(inset(line, 13, 0), Role::Second, &figures(entry));
    });
}

fn paint_entry(screen: &EntriesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let pane_area = areas(area).text;
    let text = text_area(area);
    let Some(entry) = screen.chosen() else {
        Pane { name: "Reflections", ..Pane::default() }.paint(canvas, pane_area);
        let words = if screen.all.0.is_empty() {
            let key = view.keymap.key_for(Context::Board, Command::PaneEvening).unwrap_or_default();
            let words = Words::of(Role::Second, "none yet").gap(3).bold(Role::Focus, key);
            words.say(Role::Second, " on the board: this evening's")
        } else {
            Words::of(Role::Second, "no reflection holds these words")
        };
        canvas.words(row(text, 0), &words);
        return;
    };
    let lines = lines(entry, usize::from(text.width));
    let top = screen.pager.shown_from(lines.len(), text.height);
    let list = crate::ui::widget::list::List { count: lines.len(), top, chosen: None };
    let day = show_day(entry.date);
    let focus = if areas(area).list.is_empty() { Focus::Here } else { Focus::Away };
    Pane { name: &day, foot: list.hidden(text.height), focus, ..Pane::default() }.paint(canvas, pane_area);
    for (down, (line, words)) in (0..text.height).zip(lines.iter().skip(top)) {
        let words = view.names().asked(words);
        let role = if *line == Line::Text { Role::Text } else { Role::Second };
        canvas.words(row(text, down), &highlight(&words, screen.line.text(), role, Role::Focus));
    }
}

fn paint_plain(
    screen: &EntriesScreen,
    canvas: &mut Canvas<'_>,
    area: Rect,
    view: &View<'_>,
    bar: &Bar<'_>,
    foot: &Foot<'_>,
) {
    let mut head = vec![plain::bar_line(bar)];
    if screen.typing || !screen.line.text().is_empty() {
        head.push(format!("search: {}", screen.line.text()));
    }
    let rows = match screen.chosen() {
        None if screen.all.0.is_empty() => vec!["none is written yet".to_owned()],
        None => vec!["no reflection holds these words".to_owned()],
        Some(entry) => {
            head.push(show_day(entry.date));
            let lines = lines(entry, usize::from(area.width.saturating_sub(2)));
            let hide = |text: &str| view.names().asked(text).into_owned();
            lines.iter().map(|(_, line)| hide(line)).collect()
        }
    };
    let chosen = Some(screen.pager.top.min(rows.len().saturating_sub(1)));
    Linear { head, rows, chosen }.paint(canvas, area, foot, view);
}
