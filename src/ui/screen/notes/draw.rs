//! How notes are drawn: the visits at the left, the chosen one in full at the right.

use ratatui::layout::Rect;

use super::NotesScreen;
use crate::action::{Command, Context};
use crate::clinical::note::Note;
use crate::clinical::text::{clean, clean_line};
use crate::clinical::time::{show_date, show_day, show_time, wall};
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{self, Foot, Linear, band, plain};
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::screen::chart::page::{Page, paint_top, place, top};
use crate::ui::screen::highlight::highlight;
use crate::ui::theme::{Role, Surface};
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::list::List;
use crate::ui::widget::pane::{Focus, Pane, inside};
use crate::ui::widget::{Canvas, Words, inset, row};

/// Below this width only the note is shown.
const BOTH_FROM: u16 = 72;

struct Areas {
    search: Rect,
    list: Rect,
    text: Rect,
}

fn areas(size: (u16, u16), searching: bool) -> Areas {
    let body = chrome::parts(Rect::new(0, 0, size.0, size.1), top(size.1)).body;
    let search = u16::from(searching && body.height >= 6);
    let rest = Rect { y: body.y.saturating_add(search), height: body.height - search, ..body };
    let list = match body.width {
        ..BOTH_FROM => 0,
        wide => (wide / 3).clamp(26, 48),
    };
    Areas {
        search: Rect { height: search, ..body },
        list: Rect { width: list, ..rest },
        text: Rect { x: rest.x.saturating_add(list), width: rest.width - list, ..rest },
    }
}

/// Where the visits are listed.
pub(super) fn list_rows(size: (u16, u16), searching: bool) -> Rect {
    inside(areas(size, searching).list)
}

/// Where the words of a note stand: in lines that are not too long to read.
pub(super) fn text_area(size: (u16, u16), searching: bool) -> Rect {
    let text = inset(inside(areas(size, searching).text), 1, 1);
    Rect { width: text.width.min(92), ..text }
}

/// A note in lines of at most so many columns, each with whether it is a heading.
pub(super) fn lines(note: &Note, columns: usize, zone: chrono_tz::Tz) -> Vec<(Role, String)> {
    let mut out = Vec::new();
    let (again, undone) = note.marks();
    let mut marks = Vec::new();
    if again > 0 {
        marks.push(format!(
            "changed after it was first complete{}",
            if again > 1 { format!(", {again} times") } else { String::new() }
        ));
    }
    if undone > 0 {
        marks.push(format!("{undone} taken back"));
    }
    if !marks.is_empty() {
        out.push((Role::Wants, marks.join(", ")));
        out.push((Role::Text, String::new()));
    }
    let sections = note.sections();
    if sections.is_empty() {
        out.push((Role::Second, "nothing was written in this visit".to_owned()));
    }
    for (at, (section, lines)) in sections.iter().enumerate() {
        if at > 0 {
            out.push((Role::Text, String::new()));
        }
        out.push((Role::Second, section.label().to_uppercase()));
        out.extend(lines.iter().flat_map(|line| wrap(&clean(line), columns)).map(|line| (Role::Text, line)));
    }
    if !note.changes.is_empty() {
        out.extend([(Role::Text, String::new()), (Role::Second, "CHANGES".to_owned())]);
    }
    for change in &note.changes {
        let at = wall(change.at, zone);
        let taken = if change.undone { ", taken back" } else { "" };
        let line = format!("{} {}  {}{taken}", show_date(at.date()), show_time(at.time()), clean_line(&change.act));
        let role = if change.undone { Role::Wants } else { Role::Second };
        out.extend(wrap(&line, columns).into_iter().map(|line| (role, line)));
    }
    out
}

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Chart  1 Cover  2 Trends  3 Timeline  4 Notes
/// ╭ Notes ─────────────────╮╭ Tue 27 Oct 2026 follow-up ─────────────────────╮
/// │ 27 Oct 2026 migraine,… ││ HISTORY                                        │
/// │  1 Sep 2026 shorter …  ││ Attacks are shorter …                          │
/// │                        ││ CHANGES                                        │
/// │                        ││ 27 Oct 2026 09:31  completed assessment        │
/// ╰────────────────────────╯╰────────────────────────────────────────────────╯
/// ```
pub(super) fn paint(screen: &NotesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let foot = foot(screen, view);
    if view.preferences.plain {
        paint_plain(screen, canvas, area, view, &foot);
        return;
    }
    let size = (area.width, area.height);
    let parts = chrome::parts(area, top(area.height));
    paint_top(canvas, parts.top, Page::Notes, &patient_band(screen, view), view);
    let areas = areas(size, screen.searches());
    paint_words(screen, canvas, areas.search);
    if !areas.list.is_empty() {
        paint_list(screen, canvas, areas.list, view);
    }
    paint_note(screen, canvas, size, view);
    chrome::message_line(canvas, parts.message, Context::Notes, view);
    foot.paint(canvas, parts.foot);
}

fn patient_band<'a>(screen: &'a NotesScreen, view: &View<'_>) -> PatientBand<'a> {
    band(&screen.file, place(Page::Notes, screen.over.as_deref(), view), Words::new(), view)
}

fn foot<'a>(screen: &NotesScreen, view: &View<'_>) -> Foot<'a> {
    if screen.typing {
        return Foot::typing(Context::Notes, &[(Command::Open, "keep these")], view);
    }
    let mut without = vec![Command::Edit, Command::Plan, Command::NewVisit];
    if screen.chosen().is_none() {
        without.extend([Command::Open, Command::CopyOut]);
    }
    let beyond = |command: &Command| screen.pager.beyond(*command, screen.page.lines.len()).is_some();
    without.extend([Command::EarlierEntry, Command::LaterEntry].into_iter().filter(beyond));
    Foot::new(Context::Notes, view).without(&without)
}

fn paint_words(screen: &NotesScreen, canvas: &mut Canvas<'_>, area: Rect) {
    if !screen.searches() {
        return;
    }
    let surface = if screen.typing { Surface::Band } else { Surface::Ground };
    canvas.on(surface, |canvas| {
        canvas.clear(area);
        let used = canvas.words(inset(area, 2, 1), &Words::new().bold(Role::Focus, "search "));
        let at = inset(area, used.saturating_add(2), 1);
        if screen.typing {
            screen.line.widget("words of any note, as they begin").paint(canvas, at);
        } else {
            canvas.text(at, Role::Text, screen.line.text());
        }
    });
}

fn paint_list(screen: &NotesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let rows = inside(area);
    let list = screen.pager.cursor.list(screen.page.lines.len(), rows.height);
    let note = match screen.page.searched_to {
        Some(to) if !screen.page.is_end && area.width > 34 => Words::of(Role::Second, format!("to {}", show_date(to))),
        _ => Words::new(),
    };
    Pane { name: "Notes", note, foot: list.hidden(rows.height), focus: Focus::Here, ..Pane::default() }
        .paint(canvas, area);
    list.paint(canvas, rows, |canvas, line, at| {
        let Some(note) = screen.page.lines.get(at) else { return };
        let line = inset(line, 1, 1);
        let date = Rect { width: line.width.min(11), ..line };
        canvas.words_right(date, &Words::of(Role::Text, show_date(note.date)));
        let about = if note.about.is_empty() { note.kind.label() } else { &note.about };
        let about = view.names().asked(about).into_owned();
        canvas.words(inset(line, 13, 0), &highlight(&about, screen.line.text(), Role::Second, Role::Focus));
    });
}

fn title(screen: &NotesScreen) -> String {
    screen.chosen().map_or_else(String::new, |line| {
        let at = line.start.map(|start| format!(" {}", show_time(start))).unwrap_or_default();
        format!("{}{at} · {}", show_day(line.date), line.kind.label())
    })
}

fn nothing(screen: &NotesScreen) -> String {
    match (screen.page.searched_to, screen.page.is_end) {
        (Some(to), false) => format!("no note holds these words back to {}", show_date(to)),
        _ if screen.line.text().is_empty() => {
            "nothing is written yet: the first assessment is the first note".to_owned()
        }
        _ => "no note of this chart holds these words; Esc shows all again".to_owned(),
    }
}

fn paint_note(screen: &NotesScreen, canvas: &mut Canvas<'_>, size: (u16, u16), view: &View<'_>) {
    let areas = areas(size, screen.searches());
    let (pane, text) = (areas.text, text_area(size, screen.searches()));
    let focus = if areas.list.is_empty() { Focus::Here } else { Focus::Away };
    if screen.chosen().is_none() {
        Pane { name: "Notes", focus, ..Pane::default() }.paint(canvas, pane);
        canvas.text(row(text, 0), Role::Second, &nothing(screen));
        return;
    }
    let title = title(screen);
    let Some(note) = screen.read() else {
        Pane { name: &title, focus, ..Pane::default() }.paint(canvas, pane);
        return;
    };
    let lines = lines(note, usize::from(text.width), view.now.zone);
    let top = screen.pager.shown_from(lines.len(), text.height);
    let list = List { count: lines.len(), top, chosen: None };
    Pane { name: &title, foot: list.hidden(text.height), focus, ..Pane::default() }.paint(canvas, pane);
    for (down, (role, words)) in (0..text.height).zip(lines.iter().skip(top)) {
        let words = view.names().asked(words).into_owned();
        canvas.words(row(text, down), &highlight(&words, screen.line.text(), *role, Role::Focus));
    }
}

fn paint_plain(screen: &NotesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>, foot: &Foot<'_>) {
    let mut head = plain::band_lines(&patient_band(screen, view));
    if screen.searches() {
        head.push(format!("search: {}", screen.line.text()));
    }
    let hide = |text: &str| view.names().asked(text).into_owned();
    let rows = match (screen.chosen(), screen.read()) {
        (None, _) => vec![nothing(screen)],
        (Some(_), note) => {
            head.push(format!("note {} of {}: {}", screen.pager.cursor.at + 1, screen.page.lines.len(), title(screen)));
            let wide = usize::from(area.width.saturating_sub(2));
            note.map(|note| lines(note, wide, view.now.zone))
                .unwrap_or_default()
                .iter()
                .map(|(_, line)| hide(line))
                .collect()
        }
    };
    let chosen = Some(screen.pager.top.min(rows.len().saturating_sub(1)));
    Linear { head, rows, chosen }.paint(canvas, area, foot, view);
}
