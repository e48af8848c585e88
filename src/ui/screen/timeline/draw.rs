//! How the timeline is drawn.

use ratatui::layout::Rect;

use super::{Mode, TimelineScreen};
use crate::action::{Command, Context};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::timeline::{Event, EventKind};
use crate::clinical::visit::VisitState;
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{self, Foot, Linear, band, plain};
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::screen::chart::page::{Page, paint_top, place, top};
use crate::ui::screen::highlight::highlight;
use crate::ui::theme::{Role, Surface};
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::columns::{Column, lay};
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, inset, row};

/// From this height on the chosen line is shown in full below the list.
const WHOLE_FROM: u16 = 20;

/// Day, kind, what, what came of it.
const COLUMNS: [Column; 4] = [
    Column::fixed(11, 0).right(),
    Column::fixed(10, 3).after(2),
    Column::between(14, 30, 1).after(1),
    Column::rest(12, 2).after(2),
];

/// Where the parts stand.
struct Areas {
    pane: Rect,
    /// Kinds, and the words that are looked for.
    head: Rect,
    rows: Rect,
    /// The chosen line in full.
    whole: Rect,
}

fn areas(size: (u16, u16)) -> Areas {
    let pane = chrome::parts(Rect::new(0, 0, size.0, size.1), top(size.1)).body;
    let inside = if pane.width < 4 || pane.height < 2 {
        Rect { height: 0, ..pane }
    } else {
        Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width - 2, height: pane.height - 2 }
    };
    let head = inside.height.min(2);
    let whole = if size.1 >= WHOLE_FROM { (inside.height / 5).clamp(2, 7) } else { 0 };
    let rows = inside.height.saturating_sub(head + whole + u16::from(whole > 0));
    Areas {
        pane,
        head: inset(Rect { height: head, ..inside }, 1, 1),
        rows: Rect { y: inside.y + head, height: rows, ..inside },
        whole: inset(Rect { y: inside.bottom() - whole, height: whole, ..inside }, 1, 1),
    }
}

/// Where the lines stand.
pub(super) fn rows(size: (u16, u16)) -> Rect {
    areas(size).rows
}

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Chart  1 Cover  2 Trends  3 Timeline
/// ╭ Timeline ────────────────────────────────────────────── all kinds ╮
/// │ v visits  p procedures  l plans  r results  m medicines …          │
/// │ 27 Oct 2026  plan       plan 4              propranolol 80 mg …    │
/// │              visit      follow-up 09:40     migraine, better       │
/// ╰────────────────────────────────────────────────────────────────────╯
/// ```
pub(super) fn paint(screen: &TimelineScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let foot = foot(screen, view);
    if view.preferences.plain {
        paint_plain(screen, canvas, area, view, &foot);
        return;
    }
    let parts = chrome::parts(area, top(area.height));
    paint_top(canvas, parts.top, Page::Timeline, &patient_band(screen, view), view);
    let areas = areas((area.width, area.height));
    let list = screen.cursor.list(screen.page.events.len(), areas.rows.height);
    let note = Words::of(Role::Second, note(screen));
    Pane { name: "Timeline", note, foot: list.hidden(areas.rows.height), focus: Focus::Here, ..Pane::default() }
        .paint(canvas, areas.pane);
    canvas.words(row(areas.head, 0), &kinds(screen, areas.head.width));
    paint_words(screen, canvas, row(areas.head, 1));
    list.paint(canvas, areas.rows, |canvas, line, at| paint_line(screen, canvas, line, at, at == list.top, view));
    if screen.page.events.is_empty() {
        canvas.text(inset(row(areas.rows, 0), 1, 1), Role::Second, &nothing(screen));
    }
    paint_whole(screen, canvas, areas.whole, view);
    chrome::message_line(canvas, parts.message, Context::Timeline, view);
    foot.paint(canvas, parts.foot);
}

fn patient_band<'a>(screen: &'a TimelineScreen, view: &View<'_>) -> PatientBand<'a> {
    band(&screen.file, place(Page::Timeline, screen.over.as_deref(), view), Words::new(), view)
}

fn foot<'a>(screen: &TimelineScreen, view: &View<'_>) -> Foot<'a> {
    match screen.mode {
        Mode::Kinds | Mode::Words => Foot::typing(Context::Timeline, &[(Command::Open, "keep these")], view),
        Mode::Going => {
            let mut without = vec![Command::Edit, Command::Plan, Command::NewVisit];
            if screen.chosen().and_then(super::visit).is_none() {
                without.push(Command::CopyOut);
            }
            if screen.chosen().is_none() {
                without.push(Command::Open);
            }
            Foot::new(Context::Timeline, view).without(&without)
        }
    }
}

/// What is shown of all there is.
fn note(screen: &TimelineScreen) -> String {
    let kinds: Vec<&str> = screen.sought.kinds.iter().map(|kind| kind.label()).collect();
    let kinds = if kinds.is_empty() { "all kinds".to_owned() } else { kinds.join(", ") };
    match screen.page.searched_to {
        Some(to) if !screen.page.is_end => format!("{kinds}, read back to {}", show_date(to)),
        _ => kinds,
    }
}

fn nothing(screen: &TimelineScreen) -> String {
    match (screen.page.searched_to, screen.page.is_end) {
        (Some(to), false) => format!("nothing like it back to {}; page down looks further", show_date(to)),
        _ if screen.sought == crate::clinical::timeline::Sought::default() => "nothing happened yet".to_owned(),
        _ => "nothing like it in this chart; Esc shows all again".to_owned(),
    }
}

/// The kinds with their letters; one that is not shown has a stroke before it.
fn kinds(screen: &TimelineScreen, room: u16) -> Words<'static> {
    let choosing = screen.mode == Mode::Kinds;
    let gap = if room < 90 { 1 } else { 3 };
    EventKind::ALL.iter().enumerate().fold(Words::new(), |words, (at, kind)| {
        let words = if at == 0 { words } else { words.gap(gap) };
        let shown = screen.sought.shows(*kind);
        let words = if shown { words } else { words.say(Role::Faint, "-") };
        let letter = if choosing { Role::Focus } else { Role::Second };
        let name = match (shown, screen.sought.kinds.is_empty()) {
            (true, true) => Role::Second,
            (true, false) => Role::Strong,
            (false, _) => Role::Faint,
        };
        words.bold(letter, kind.letter().to_string()).gap(1).say(name, kind.one())
    })
}

fn paint_words(screen: &TimelineScreen, canvas: &mut Canvas<'_>, area: Rect) {
    let typing = screen.mode == Mode::Words;
    if screen.mode == Mode::Kinds {
        canvas.text(area, Role::Focus, "a letter shows or hides its kind, a shows all, Enter keeps them");
        return;
    }
    if !typing && screen.line.text().is_empty() {
        return;
    }
    let surface = if typing { Surface::Band } else { Surface::Ground };
    canvas.on(surface, |canvas| {
        canvas.clear(area);
        let used = canvas.words(area, &Words::new().bold(Role::Focus, "search "));
        let at = inset(area, used.saturating_add(1), 1);
        if typing {
            screen.line.widget("words of any line, as they begin").paint(canvas, at);
        } else {
            canvas.text(at, Role::Text, screen.line.text());
        }
    });
}

const fn role(kind: EventKind) -> Role {
    match kind {
        EventKind::Procedure => Role::Procedure,
        EventKind::Plan | EventKind::Medicine => Role::Info,
        EventKind::Visit | EventKind::Result | EventKind::Instrument | EventKind::Call => Role::Second,
    }
}

/// Whether it did not take place, or lies ahead.
fn is_faint(event: &Event) -> bool {
    matches!(event.state, Some(VisitState::NoShow | VisitState::Cancelled))
}

fn paint_line(
    screen: &TimelineScreen,
    canvas: &mut Canvas<'_>,
    area: Rect,
    at: usize,
    is_first: bool,
    view: &View<'_>,
) {
    let Some(event) = screen.page.events.get(at) else { return };
    let area = inset(area, 1, 1);
    let laid = lay(&COLUMNS, area.width);
    let hide = |text: &str| view.names().asked(&clean_line(text)).into_owned();
    let before = at.checked_sub(1).and_then(|before| screen.page.events.get(before));
    let same_day = before.is_some_and(|before| before.date == event.date);
    let ahead = event.date > view.now.today();
    let text = if is_faint(event) {
        Role::Faint
    } else if ahead {
        Role::Info
    } else {
        Role::Text
    };
    if !same_day || is_first || at == screen.cursor.at {
        laid.write(canvas, area, 0, &Words::of(text, show_date(event.date)));
    }
    let words = screen.line.text();
    laid.write(canvas, area, 1, &Words::of(role(event.kind), event.kind.one()));
    laid.write(canvas, area, 2, &highlight(&hide(&event.what), words, text, Role::Focus));
    let second = if is_faint(event) { Role::Faint } else { Role::Second };
    laid.write(canvas, area, 3, &highlight(&hide(&event.detail), words, second, Role::Focus));
}

/// The chosen line in full, with what else was written there where words are looked for.
fn paint_whole(screen: &TimelineScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let Some(event) = screen.chosen().filter(|_| !area.is_empty()) else { return };
    let dashes = canvas.glyphs().dashes;
    canvas.rule(Rect { y: area.y.saturating_sub(1), height: 1, ..area }, Role::Border, dashes);
    let sought = screen.line.text();
    let mut lines = Vec::new();
    for text in [&event.what, &event.detail, &event.text] {
        if !text.trim().is_empty() && !lines.contains(&clean_line(text)) {
            lines.push(clean_line(text));
        }
    }
    let wide = usize::from(area.width);
    let lines = lines.iter().flat_map(|line| wrap(line, wide));
    for (down, line) in (0..area.height).zip(lines) {
        let line = view.names().asked(&line).into_owned();
        let role = if down == 0 { Role::Text } else { Role::Second };
        canvas.words(row(area, down), &highlight(&line, sought, role, Role::Focus));
    }
}

/// One line in words.
fn line(event: &Event) -> String {
    let state = event.state.filter(|state| *state != VisitState::Left).map(VisitState::label).unwrap_or_default();
    let mut parts = vec![event.what.clone(), state.to_owned(), event.detail.clone()];
    parts.retain(|part| !part.trim().is_empty());
    clean_line(&format!("{}: {}, {}", show_date(event.date), event.kind.one(), parts.join(", ")))
}

fn paint_plain(screen: &TimelineScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>, foot: &Foot<'_>) {
    let mut head = plain::band_lines(&patient_band(screen, view));
    head.push(match screen.mode {
        Mode::Kinds => format!("choosing kinds: {}", kinds(screen, 200).plain()),
        Mode::Going | Mode::Words => note(screen),
    });
    if screen.mode == Mode::Words || !screen.line.text().is_empty() {
        head.push(format!("search: {}", screen.line.text()));
    }
    let hide = |text: &str| view.names().asked(text).into_owned();
    let mut rows: Vec<String> = screen.page.events.iter().map(|event| hide(&line(event))).collect();
    if rows.is_empty() {
        rows.push(nothing(screen));
    }
    let chosen = Some(screen.cursor.at.min(rows.len() - 1));
    Linear { head, rows, chosen }.paint(canvas, area, foot, view);
}
