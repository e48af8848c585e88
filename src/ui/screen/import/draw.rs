//! How the preview of an import is drawn.

use ratatui::layout::Rect;

use super::asking::Basis;
use super::lines::{self, Row, Shown};
use super::{ImportScreen, State};
use crate::action::input::Mouse;
use crate::action::{Command, Context};
use crate::clinical::import::outcome::{Action, ImportPlan, PlanLine, WithGone};
use crate::clinical::import::who::MatchedBy;
use crate::clinical::text::{clean_line, cut, width};
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{Foot, Linear, around, parts, plain, title_bar};
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::bar::{Bar, Item};
use crate::ui::widget::columns::{Column, lay};
use crate::ui::widget::pane::{Focus, Pane, inside};
use crate::ui::widget::tabs::{Tab, Tabs};
use crate::ui::widget::{Canvas, Words, inset, row};

/// Where the parts of the body stand: which lines are shown, the pane, its list, the chosen line in full.
struct Areas {
    tabs: Rect,
    pane: Rect,
    list: Rect,
    detail: Rect,
}

fn areas(area: Rect) -> Areas {
    let body = parts(area, 1).body;
    let tabs = u16::from(body.height >= 5);
    let detail = if body.height >= 12 { 2 } else { 0 };
    let pane = Rect { y: body.y.saturating_add(tabs), height: body.height - tabs - detail, ..body };
    let list = inside(pane);
    let detail = Rect { y: pane.y.saturating_add(pane.height), height: detail, ..body };
    Areas { tabs: Rect { height: tabs, ..body }, pane, list, detail }
}

/// Where the list is drawn.
pub(super) fn list_area(area: Rect) -> Rect {
    areas(area).list
}

fn tab_names(plan: &ImportPlan) -> Vec<String> {
    lines::kinds(plan).into_iter().map(|kind| format!("{} {}", kind.label(), lines::count(plan, kind))).collect()
}

fn open_tab(plan: &ImportPlan, shown: Shown) -> usize {
    lines::kinds(plan).iter().position(|kind| *kind == shown).unwrap_or(0)
}

/// The kind of lines a click falls on.
pub(super) fn kind_at(plan: &ImportPlan, shown: Shown, area: Rect, mouse: Mouse) -> Option<Shown> {
    let names = tab_names(plan);
    let tabs: Vec<Tab<'_>> = names.iter().map(|name| Tab { name, mark: None }).collect();
    let tabs = Tabs { tabs: &tabs, open: open_tab(plan, shown) };
    let at = tabs.tab_at(areas(area).tabs, mouse.x, mouse.y)?;
    lines::kinds(plan).get(at).copied()
}

/// Draws the screen.
///
/// ```text
/// Import   clinic.ics                                      Tue 24 Nov 2026  07:40
/// all 45  new 3  changed 2  left 1  refused 1  as it was 38  gone 2
/// ╭ 24 Nov 2026 – 23 Nov 2027 · by front desk ──── times of an unknown zone … +1 ╮
/// │ new        25 Nov 2026 09:20  follow-up   OKAFOR Adaeze   back, leg left       │
/// │ refused    25 Nov 2026 10:00              two patients have this name          │
/// ╰──────────────────────────────────────────────────────────────────────────────╯
///  clinic.ics:120   by name alone   back, leg left
/// ```
pub(super) fn paint(screen: &ImportScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let bar = bar(screen, view);
    let foot = foot(screen, view);
    if view.preferences.plain {
        paint_plain(screen, canvas, area, view, &bar, &foot);
        return;
    }
    around(canvas, area, &bar, &foot, Context::Import, view);
    let areas = areas(area);
    match screen.plan() {
        None => {
            Pane { name: "Lines", focus: Focus::Here, ..Pane::default() }.paint(canvas, areas.pane);
            let (role, words) = state(screen, view);
            let wide = usize::from(areas.list.width.saturating_sub(2));
            let wrapped = crate::ui::modal::reading::wrap(&words, wide);
            for (down, line) in (0..areas.list.height).zip(wrapped) {
                canvas.text(inset(row(areas.list, down), 1, 1), role, &line);
            }
        }
        Some(plan) => paint_plan(screen, plan, canvas, &areas, view),
    }
}

fn paint_plan(screen: &ImportScreen, plan: &ImportPlan, canvas: &mut Canvas<'_>, areas: &Areas, view: &View<'_>) {
    let names = tab_names(plan);
    let tabs: Vec<Tab<'_>> = names.iter().map(|name| Tab { name, mark: None }).collect();
    Tabs { tabs: &tabs, open: open_tab(plan, screen.shown) }.paint(canvas, areas.tabs);
    let rows = screen.rows();
    let list = screen.cursor.list(rows.len(), areas.list.height);
    let read_as = screen.basis.as_ref().map(read_as).unwrap_or_default();
    let pane = Pane {
        name: &read_as,
        note: note(plan, usize::from(areas.pane.width).saturating_sub(width(&read_as) + 9)),
        foot: list.hidden(areas.list.height),
        focus: Focus::Here,
        ..Pane::default()
    };
    pane.paint(canvas, areas.pane);
    list.paint(canvas, areas.list, |canvas, line, at| {
        if let Some(of) = rows.get(at) {
            paint_line(*of, canvas, inset(line, 1, 1), list.chosen == Some(at), view);
        }
    });
    if rows.is_empty() {
        let wide = usize::from(areas.list.width.saturating_sub(2));
        let said =
            std::iter::once("the schedule holds nothing in these days").chain(plan.notes.iter().map(String::as_str));
        let lines = said.flat_map(|words| crate::ui::modal::reading::wrap(words, wide));
        for (down, line) in (0..areas.list.height).zip(lines) {
            canvas.text(inset(row(areas.list, down), 1, 1), Role::Second, &line);
        }
    }
    if let Some(line) = screen.chosen() {
        let (first, second) = detail(line, view);
        canvas.words(inset(row(areas.detail, 0), 1, 1), &first);
        canvas.words(inset(row(areas.detail, 1), 1, 1), &second);
    }
}

fn bar<'a>(screen: &ImportScreen, view: &View<'_>) -> Bar<'a> {
    let files = screen.paths().iter().filter_map(|path| path.file_name());
    let file = files.map(|file| file.to_string_lossy().into_owned()).collect::<Vec<_>>().join(", ");
    let from = clean_line(screen.plan().map_or(&file, |plan| &plan.from));
    let mut items = vec![Item::new(1, Words::of(Role::Text, from))];
    if let Some(plan) = screen.plan() {
        items.push(Item::new(2, summary(plan)));
    }
    title_bar("Import", items, view)
}

/// What applying it would do.
fn summary(plan: &ImportPlan) -> Words<'static> {
    if plan.rows(WithGone::Keep).is_empty() {
        return Words::of(Role::Second, "changes nothing");
    }
    Words::of(Role::Second, "a preview: nothing is changed yet")
}

/// The days looked at, and the mapping.
fn read_as(basis: &Basis) -> String {
    let by = basis.by.as_ref().map(|by| format!(" · by {}", clean_line(by))).unwrap_or_default();
    format!("{}{by}", basis.days())
}

/// What was decided for the file as a whole; the mapping is named elsewhere.
fn note(plan: &ImportPlan, room: usize) -> Words<'static> {
    let notes: Vec<&String> = plan.notes.iter().filter(|note| !note.contains(": read by the mapping ")).collect();
    let Some(first) = notes.first().filter(|_| !plan.lines.is_empty()) else { return Words::new() };
    let more = if notes.len() > 1 { format!(" +{}", notes.len() - 1) } else { String::new() };
    // Of one file its name stands on top.
    let first = first.strip_prefix(&format!("{}: ", plan.from)).unwrap_or(first);
    let first = cut(&clean_line(first), room.saturating_sub(width(&more)).max(12));
    Words::of(Role::Info, format!("{first}{more}"))
}

fn state(screen: &ImportScreen, view: &View<'_>) -> (Role, String) {
    let key = view.keymap.key_for(Context::Import, Command::Open).unwrap_or_default();
    match &screen.state {
        State::Asking => (Role::Second, format!("a calendar (.ics) or a table (.csv)   {key} asks for the file")),
        State::Reading | State::Plan(_) => (Role::Second, "reading…".to_owned()),
        State::Failed(why) => (Role::Danger, format!("{}\n\n{key} asks for another file", clean_line(why))),
    }
}

fn foot<'a>(screen: &ImportScreen, view: &View<'_>) -> Foot<'a> {
    let foot = Foot::new(Context::Import, view).without(&[Command::CopyOut]);
    let Some(plan) = screen.plan() else {
        let word = "choose a file";
        let none = [Command::Complete, Command::CarryAll, Command::ImportDays, Command::ImportMapping];
        return foot.saying(Command::Open, word).without(&none);
    };
    let mut without = Vec::new();
    if plan.rows(WithGone::Keep).is_empty() {
        without.push(Command::Complete);
    }
    if lines::to_cancel(plan).next().is_none() {
        without.push(Command::CarryAll);
    }
    let foot = foot.saying(Command::Open, "whole line").without(&without);
    foot.first(Command::Right, "filter", Context::Import, view)
}

/// What becomes of it, when, kind, whom, what and why.
const LINE: [Column; 6] = [
    Column::fixed(9, 0),
    Column::fixed(11, 1).right(),
    Column::fixed(7, 3),
    Column::between(13, 14, 4),
    Column::between(10, 20, 2),
    Column::rest(24, 0).after(2),
];

fn paint_line((kind, line): Row<'_>, canvas: &mut Canvas<'_>, area: Rect, chosen: bool, view: &View<'_>) {
    let laid = lay(&LINE, area.width);
    let (date, time) = lines::when(line);
    let quiet = kind == Shown::Of(Action::Unchanged);
    let text = if quiet { Role::Faint } else { Role::Text };
    let second = if quiet { Role::Faint } else { Role::Second };
    let name = if chosen { Role::Strong } else { text };
    laid.write(canvas, area, 0, &Words::of(kind.role(), kind.label()));
    laid.write(canvas, area, 1, &Words::of(text, date));
    laid.write(canvas, area, 2, &Words::of(second, time));
    laid.write(canvas, area, 3, &Words::of(second, lines::kind(line)));
    laid.write(canvas, area, 4, &Words::of(name, who(line, view)));
    let reason = lines::reason(line);
    let title = title(line, view);
    let words = if title.is_empty() || reason.is_empty() { Words::new() } else { Words::of(Role::Faint, " · ") };
    let why = view.names().text(&reason).into_owned();
    let title = Words::of(second, title);
    let why_role = match kind {
        Shown::Of(_) if quiet => Role::Faint,
        Shown::Of(Action::Refuse) => Role::Danger,
        _ => Role::Wants,
    };
    // The reason decides what to do: it stands before the title.
    let words = Words::of(why_role, why).join(words).join(title);
    laid.write(canvas, area, 5, &words);
}

/// A patient of the file may not be known yet: where names are hidden, that of the line is as a whole.
fn who(line: &PlanLine, view: &View<'_>) -> String {
    lines::who(line).map(|name| view.names().stranger(name)).unwrap_or_default()
}

fn title(line: &PlanLine, view: &View<'_>) -> String {
    view.names().stranger(lines::title(line))
}

/// The chosen line: where it stands and whom it means; then why.
fn detail(line: &PlanLine, view: &View<'_>) -> (Words<'static>, Words<'static>) {
    let kind = lines::kind(line);
    let gap = if kind.is_empty() { 0 } else { 3 };
    let mut first = Words::of(Role::Faint, lines::source(line)).gap(gap).say(Role::Second, kind);
    if let Some(patient) = &line.patient {
        first = first.gap(3).say(Role::Text, who(line, view));
        if !view.names().hide_some() {
            let born = patient.birth_date.map(|born| format!("  {}", crate::clinical::time::show_date(born)));
            let number = patient.number.as_ref().map(|number| format!("  {}", clean_line(number)));
            first = first.say(Role::Second, born.unwrap_or_default()).say(Role::Second, number.unwrap_or_default());
        }
        let role = match patient.matched {
            MatchedBy::NameOnly | MatchedBy::New => Role::Wants,
            MatchedBy::Number | MatchedBy::BirthDate => Role::Second,
        };
        let words = match patient.matched {
            MatchedBy::New => "a new patient",
            matched => matched.label(),
        };
        first = first.gap(3).say(role, words);
    }
    let reason = view.names().text(&lines::reason(line)).into_owned();
    let second = Words::of(Role::Text, reason);
    let title = title(line, view);
    let second = if second.is_empty() || title.is_empty() { second } else { second.gap(3) };
    (first, second.say(Role::Second, title))
}

fn paint_plain(
    screen: &ImportScreen,
    canvas: &mut Canvas<'_>,
    area: Rect,
    view: &View<'_>,
    bar: &Bar<'_>,
    foot: &Foot<'_>,
) {
    let mut head = vec![plain::bar_line(bar)];
    let rows = match screen.plan() {
        None => vec![state(screen, view).1],
        Some(plan) => {
            head.push(format!("{}; shown: {}", tab_names(plan).join(", "), screen.shown.label()));
            head.extend(screen.basis.as_ref().map(read_as));
            head.extend(plan.notes.iter().map(|note| clean_line(note)));
            screen.rows().into_iter().map(|row| say(row, view)).collect()
        }
    };
    Linear { head, rows, chosen: Some(screen.cursor.at) }.paint(canvas, area, foot, view);
}

fn say((kind, line): Row<'_>, view: &View<'_>) -> String {
    let (date, time) = lines::when(line);
    let reason = view.names().text(&lines::reason(line)).into_owned();
    let parts = [
        kind.label().to_owned(),
        format!("{date} {time}").trim().to_owned(),
        lines::kind(line).to_owned(),
        who(line, view),
        title(line, view),
        reason,
        lines::source(line),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
