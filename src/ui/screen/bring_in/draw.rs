//! How rows that are brought in are drawn.

use ratatui::layout::Rect;

use super::{BringInModel, BringInScreen};
use crate::action::{Command, Context};
use crate::clinical::bring_in::{Fate, Read, Row};
use crate::clinical::text::clean_line;
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{Foot, Linear, band, message_line, parts, plain};
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::bar::Item;
use crate::ui::widget::columns::{Column, lay};
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, columns, inset, mark, row};

/// The band that names the patient.
const TOP: u16 = 2;
/// The rows in which the chosen line stands in full.
const DETAIL: u16 = 3;

struct Areas {
    pane: Rect,
    list: Rect,
    detail: Rect,
}

fn areas(area: Rect) -> Areas {
    let body = parts(area, TOP).body;
    let detail = if body.height >= 10 { DETAIL } else { 0 };
    let pane = Rect { height: body.height - detail, ..body };
    let framed = pane.width >= 4 && pane.height >= 2;
    let list = if framed {
        Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width - 2, height: pane.height - 2 }
    } else {
        Rect { height: 0, ..pane }
    };
    Areas { pane, list, detail: Rect { y: pane.y.saturating_add(pane.height), height: detail, ..body } }
}

/// Where the rows are listed.
pub(super) fn list_area(area: Rect) -> Rect {
    areas(area).list
}

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy ?   anticoag ?
/// Bring in   3 wait · 8 taken · 1 dropped
/// ╭ Lines ─────────────────── gone through with the patient today ╮
/// │ ● waits   allergy    penicillin (rash)                       already here │
/// │ ✓ taken   medicine   gabapentin 300 mg capsule, three times daily        │
/// │ ✓ kept    procedure  TFESI L5 left, Apr 2023, by Dr Reyes                │
/// ╰──────────────────────────────────────────────────────────╯
///  written: Gabapentin 300mg caps 1 TDS
///  goes to the medicines · gabapentin: anticonvulsant
/// ```
pub(super) fn paint(screen: &BringInScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let place = vec![Item::new(0, Words::new().bold(Role::Focus, "Bring in")), Item::new(1, counts(screen))];
    let band = band(&screen.model.file, place, Words::new(), view);
    let foot = foot(screen, view);
    let hide = |text: &str| view.names().asked(text).into_owned();
    if view.preferences.plain {
        let mut head = plain::band_lines(&band);
        head.push(said(screen));
        head.retain(|line| !line.is_empty());
        let line = |one: &Row| {
            let [fate, kind, text, note] = cells(screen, one);
            let note = if note.is_empty() { note } else { format!(", {note}") };
            hide(&format!("{fate}: {kind}: {text}{note}"))
        };
        let mut rows: Vec<String> = screen.sheet.rows.iter().map(line).collect();
        if rows.is_empty() {
            rows.push(EMPTY.join(" "));
        }
        let chosen = Some(screen.cursor.at.min(rows.len() - 1));
        Linear { head, rows, chosen }.paint(canvas, area, &foot, view);
        return;
    }
    let around = parts(area, TOP);
    let areas = areas(area);
    band.paint(canvas, around.top);
    paint_list(screen, canvas, &areas, view);
    if let Some(one) = screen.chosen() {
        let (first, second) = detail(one, view);
        canvas.words(inset(row(areas.detail, 0), 1, 1), &first);
        canvas.words(inset(row(areas.detail, 1), 1, 1), &second);
    }
    message_line(canvas, around.message, Context::BringIn, view);
    foot.paint(canvas, around.foot);
}

/// What stands where no line is.
const EMPTY: [&str; 3] = [
    "Paste the lists of the clinic system here: problems, allergies, medicines, procedures.",
    "Each line becomes a row to take, mend or drop; nothing enters unseen,",
    "and what cannot be read stays as text.",
];

fn counts(screen: &BringInScreen) -> Words<'static> {
    let sheet = &screen.sheet;
    let mut words = Words::new();
    for (count, role, word) in [
        (sheet.waiting(), Role::Wants, "wait"),
        (sheet.new_with(Fate::Accepted), Role::Second, "taken"),
        (sheet.new_with(Fate::Dropped), Role::Second, "dropped"),
    ] {
        if count > 0 {
            words = if words.is_empty() { words } else { words.say(Role::Faint, " · ") };
            let ending = if word == "wait" && count == 1 { "s" } else { "" };
            words = words.say(role, format!("{count} {word}{ending}"));
        }
    }
    words
}

/// What holds for the lists as a whole.
fn said(screen: &BringInScreen) -> String {
    let mut parts: Vec<String> = screen.sheet.asked.iter().map(|list| format!("asked: no {}", list.label())).collect();
    parts.extend(screen.sheet.reviewed.then(|| "gone through with the patient today".to_owned()));
    parts.join(" · ")
}

fn paint_list(screen: &BringInScreen, canvas: &mut Canvas<'_>, areas: &Areas, view: &View<'_>) {
    let rows = &screen.sheet.rows;
    let list = screen.cursor.list(rows.len(), areas.list.height);
    let note = Words::of(Role::Info, said(screen));
    let foot = list.hidden(areas.list.height);
    Pane { name: "Lines", note, foot, focus: Focus::Here, ..Pane::default() }.paint(canvas, areas.pane);
    list.paint(canvas, areas.list, |canvas, line, at| {
        if let Some(one) = rows.get(at) {
            paint_row(screen, one, canvas, inset(line, 1, 1), (list.chosen == Some(at), view));
        }
    });
    if screen.sheet.new_rows() == 0 {
        let under = if rows.is_empty() { 0 } else { columns(rows.len() + 1) };
        let wide = usize::from(areas.list.width.saturating_sub(2));
        let lines = EMPTY.iter().flat_map(|line| wrap(line, wide));
        for (down, line) in (under..areas.list.height).zip(lines) {
            canvas.text(inset(row(areas.list, down), 1, 1), Role::Second, &line);
        }
    }
}

/// Sign, what was decided, kind, what was read, what is worth knowing.
const LINE: [Column; 5] = [
    Column::fixed(1, 0),
    Column::fixed(7, 2),
    Column::fixed(9, 1),
    Column::rest(16, 0).after(2),
    Column::between(12, 34, 3).after(2).right(),
];

fn sign(one: &Row) -> Mark {
    match one.fate {
        Fate::Waiting => Mark::Wants,
        Fate::Accepted => Mark::Done,
        Fate::Dropped => Mark::NotComing,
    }
}

/// What was decided, kind, what was read, what is worth knowing.
fn cells(screen: &BringInScreen, one: &Row) -> [String; 4] {
    let BringInModel { file, .. } = &screen.model;
    let fate = match (one.fate, one.kept) {
        (Fate::Waiting, _) => "waits",
        (Fate::Accepted, None) => "taken",
        (Fate::Accepted, Some(_)) => "kept",
        (Fate::Dropped, None) => "dropped",
        (Fate::Dropped, Some(_)) => "goes",
    };
    let is_known = screen.sheet.is_known(one, file);
    let note = if is_known { "already here".to_owned() } else { clean_line(&one.read.told()) };
    [fate.to_owned(), one.read.kind().label().to_owned(), clean_line(&one.read.show()), note]
}

fn paint_row(
    screen: &BringInScreen,
    one: &Row,
    canvas: &mut Canvas<'_>,
    area: Rect,
    (chosen, view): (bool, &View<'_>),
) {
    let hide = |text: &str| view.names().asked(text).into_owned();
    let [fate, kind, text, note] = cells(screen, one);
    // Where nothing stands beside it a line has the whole width.
    let laid = lay(if note.is_empty() { &LINE[..4] } else { &LINE }, area.width);
    let quiet = one.fate == Fate::Dropped || one.kept.is_some();
    let role = match (&one.read, quiet) {
        (_, true) => Role::Faint,
        (Read::Text(_), false) => Role::Second,
        (_, false) => Role::Text,
    };
    let role = if chosen { Role::Strong } else { role };
    let wants = one.fate == Fate::Waiting;
    laid.write(canvas, area, 0, &mark(sign(one)));
    laid.write(canvas, area, 1, &Words::of(if wants { Role::Wants } else { Role::Second }, fate));
    laid.write(canvas, area, 2, &Words::of(Role::Second, kind));
    laid.write(canvas, area, 3, &Words::of(role, hide(&text)));
    if note.is_empty() {
        return;
    }
    let unread = one.read.is_unread() && !screen.sheet.is_known(one, &screen.model.file);
    laid.write(canvas, area, 4, &Words::of(if unread { Role::Wants } else { Role::Info }, hide(&note)));
}

/// The chosen line as it was written, and where it goes.
fn detail(one: &Row, view: &View<'_>) -> (Words<'static>, Words<'static>) {
    let hide = |text: &str| view.names().asked(text).into_owned();
    let written = Words::of(Role::Faint, "written: ").say(Role::Second, hide(&clean_line(&one.line)));
    let goes = match one.fate {
        Fate::Dropped if one.kept.is_some() => "it leaves the record when this is kept".to_owned(),
        Fate::Dropped => "not taken".to_owned(),
        Fate::Waiting | Fate::Accepted => one.read.goes(),
    };
    (written, Words::of(Role::Second, goes))
}

fn foot<'a>(screen: &BringInScreen, view: &View<'_>) -> Foot<'a> {
    let foot = Foot::new(Context::BringIn, view).without(&[Command::CopyOut, Command::Undo, Command::Find]);
    if screen.sheet.rows.is_empty() {
        let none = [Command::TakeRow, Command::DropRow, Command::TakeRest, Command::Open, Command::RowKind];
        return foot.without(&none).without(if screen.sheet.asked.is_empty() { &[Command::Complete] } else { &[] });
    }
    let foot = foot.saying(Command::Open, "mend");
    if screen.sheet.waiting() > 0 {
        return foot.without(&[Command::Complete]);
    }
    let BringInModel { past, lines, .. } = &screen.model;
    if screen.sheet.is_begun(past, lines) {
        foot.without(&[Command::TakeRest]).first(Command::Complete, "keep", Context::BringIn, view)
    } else {
        foot.without(&[Command::TakeRest, Command::Complete])
    }
}
