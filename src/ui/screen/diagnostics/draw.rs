//! How a patient's tests and results are drawn.

use chrono_tz::Tz;
use ratatui::layout::Rect;

use super::DiagnosticsScreen;
use super::step::next_of;
use crate::action::{Command, Context};
use crate::clinical::diagnostic::{Diagnostic, Step};
use crate::clinical::text::{clean, clean_line, plural, width as columns_wide};
use crate::clinical::time::{show_date, show_time, wall};
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{Foot, Linear, band, message_line, parts, plain};
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::screen::halves::{TOP, areas, inside};
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::bar::Item;
use crate::ui::widget::columns::{Column, lay_holding};
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, columns, inset, mark, row};

/// Where the tests are listed.
pub(super) fn list_rows(area: Rect, tests: usize) -> Rect {
    inside(areas(area, tests).list)
}

/// Where the words of one stand.
pub(super) fn text_area(area: Rect, tests: usize) -> Rect {
    let text = inset(inside(areas(area, tests).text), 1, 1);
    Rect { width: text.width.min(140), ..text }
}

/// What was found in lines of at most so many columns, each with its role.
pub(super) fn lines(test: &Diagnostic, width: usize, zone: Tz) -> Vec<(Role, String)> {
    let mut out = Vec::new();
    let at = |at| {
        let wall = wall(at, zone);
        format!("{} {}", show_date(wall.date()), show_time(wall.time()))
    };
    let steps = [
        test.requested.map(|on| format!("requested {}", show_date(on))),
        test.due.filter(|_| test.done.is_none()).map(|on| format!("result by {}", show_date(on))),
        test.done.map(|on| format!("done {}", show_date(on))),
        test.read_at.map(|read| format!("read {}", at(read))),
        test.acted_at.map(|acted| format!("acted on {}", at(acted))),
        test.let_go.as_ref().map(|why| format!("let go: {}", clean_line(why))),
    ];
    let steps: Vec<String> = steps.into_iter().flatten().collect();
    let narrow = width.clamp(1, LONGEST);
    let mut add = |role, text: &str| out.extend(wrap(text, narrow).into_iter().map(|line| (role, line)));
    add(Role::Second, &steps.join(" · "));
    let mut said = |label: &str, text: &str| {
        if !text.trim().is_empty() {
            add(Role::Faint, "\n");
            add(Role::Faint, label);
            add(Role::Text, &clean(text.trim()));
        }
    };
    said("question", &test.question);
    let is_read = [&test.report, &test.reading].iter().all(|text| !text.trim().is_empty());
    if width < ABREAST_FROM || !is_read {
        said("report", &test.report);
        said("own reading", &test.reading);
        said("done about it", &test.action);
        return out;
    }
    add(Role::Faint, "\n");
    out.extend(abreast(("report", &test.report), ("own reading", &test.reading), width));
    let mut add = |role, text: &str| out.extend(wrap(text, narrow).into_iter().map(|line| (role, line)));
    if !test.action.trim().is_empty() {
        add(Role::Faint, "\n");
        add(Role::Faint, "done about it");
        add(Role::Text, &clean(test.action.trim()));
    }
    out
}

/// The longest line of one text.
const LONGEST: usize = 90;
/// From this width on the report stands beside the own reading.
const ABREAST_FROM: usize = 96;

/// Two texts beside each other, each under its label.
fn abreast(left: (&str, &str), right: (&str, &str), width: usize) -> Vec<(Role, String)> {
    let half = (width / 2).saturating_sub(2).max(1);
    let column = |(label, text): (&str, &str)| {
        let mut lines = vec![label.to_owned()];
        lines.extend(wrap(&clean(text.trim()), half));
        lines
    };
    let (left, right) = (column(left), column(right));
    let line = |at: usize| {
        let (left, right) = (left.get(at).map_or("", String::as_str), right.get(at).map_or("", String::as_str));
        let gap = " ".repeat((half + 3).saturating_sub(columns_wide(left)));
        (if at == 0 { Role::Faint } else { Role::Text }, format!("{left}{gap}{right}").trim_end().to_owned())
    };
    (0..left.len().max(right.len())).map(line).collect()
}

/// Sign, test, question, done or due, how far.
const COLUMNS: [Column; 5] = [
    Column::fixed(1, 0),
    Column::between(14, 30, 0),
    Column::rest(8, 3).after(2),
    Column::fixed(15, 1).after(2).right(),
    Column::fixed(9, 0).after(2),
];

fn sign(test: &Diagnostic, view: &View<'_>) -> Mark {
    match test.step() {
        Step::Done | Step::Read => Mark::Wants,
        Step::Requested if test.is_overdue_on(view.now.today()) => Mark::Wants,
        Step::Requested => Mark::ToCome,
        Step::ActedOn => Mark::Done,
        Step::LetGo => Mark::NotComing,
    }
}

fn when(test: &Diagnostic) -> String {
    match (test.done, test.due) {
        (Some(done), _) => show_date(done),
        (None, Some(due)) => format!("by {}", show_date(due)),
        (None, None) => String::new(),
    }
}

fn role(test: &Diagnostic, view: &View<'_>) -> Role {
    match sign(test, view) {
        Mark::Wants => Role::Wants,
        Mark::Done | Mark::NotComing => Role::Faint,
        _ => Role::Second,
    }
}

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Tests and results   1 unread
/// ╭ Tests ────────────────────────────────────────────────────── 3 tests ╮
/// │ ● MRI lumbar spine     foot drop?            20 Nov 2026  unread     │
/// │ ○ lab HbA1c            before the steroid by 1 Dec 2026   requested  │
/// ╰──────────────────────────────────────────────────────────────────────╯
/// ╭ MRI lumbar spine ────────────────────────────────────────────────────╮
/// │ requested 3 Nov 2026 · done 20 Nov 2026                              │
/// ```
pub(super) fn paint(screen: &DiagnosticsScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let unread = screen.tests.iter().filter(|test| test.step() == Step::Done).count();
    let mut place = vec![Item::new(0, Words::new().bold(Role::Focus, "Tests and results"))];
    if unread > 0 {
        place.push(Item::new(1, Words::of(Role::Wants, format!("{unread} unread"))));
    }
    let band = band(&screen.file, place, Words::new(), view);
    let foot = foot(screen, view);
    if view.preferences.plain {
        let hide = |text: &str| view.names().asked(text).into_owned();
        let mut rows: Vec<String> = screen.tests.iter().map(|test| hide(&test.line())).collect();
        let mut head = plain::band_lines(&band);
        if let Some(test) = screen.chosen() {
            // Read aloud, texts beside each other would be mixed line by line.
            let width = usize::from(area.width).min(ABREAST_FROM - 1);
            head.extend(lines(test, width, view.now.zone).iter().map(|(_, line)| hide(line)));
        }
        if rows.is_empty() {
            rows.push("no test was asked for yet".to_owned());
        }
        let chosen = Some(screen.pager.cursor.at.min(rows.len() - 1));
        Linear { head, rows, chosen }.paint(canvas, area, &foot, view);
        return;
    }
    let around = parts(area, TOP);
    let areas = areas(area, screen.tests.len());
    band.paint(canvas, around.top);
    paint_list(screen, canvas, areas.list, view);
    paint_text(screen, canvas, area, view);
    message_line(canvas, around.message, Context::Diagnostics, view);
    foot.paint(canvas, around.foot);
}

fn foot<'a>(screen: &DiagnosticsScreen, view: &View<'_>) -> Foot<'a> {
    let foot = Foot::new(Context::Diagnostics, view).without(&[Command::CopyOut]);
    match screen.chosen() {
        None => foot.without(&[Command::Open, Command::Done, Command::CloseOne]),
        Some(test) => match next_of(test) {
            Some(word) => foot.saying(Command::Done, word),
            None => foot.without(&[Command::Done, Command::CloseOne]),
        },
    }
}

fn paint_list(screen: &DiagnosticsScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let rows = inside(area);
    let list = screen.pager.cursor.list(screen.tests.len(), rows.height);
    let count = screen.tests.len();
    let note = Words::of(Role::Second, format!("{count} test{}", plural(count)));
    let pane = Pane { name: "Tests", note, foot: list.hidden(rows.height), focus: Focus::Here, ..Pane::default() };
    let rows = pane.paint(canvas, area);
    let hide = |text: &str| view.names().asked(text).into_owned();
    let cells: Vec<[Words<'_>; 5]> = screen
        .tests
        .iter()
        .map(|test| {
            [
                mark(sign(test, view)),
                Words::of(Role::Text, hide(&test.name())),
                Words::of(Role::Second, hide(&clean_line(&test.question))),
                Words::of(Role::Second, when(test)),
                Words::of(role(test, view), test.step().label()),
            ]
        })
        .collect();
    let laid = lay_holding(&COLUMNS, &cells, rows.width.saturating_sub(2));
    list.paint(canvas, rows, |canvas, line, at| {
        for (column, words) in cells.get(at).into_iter().flatten().enumerate() {
            laid.write(canvas, inset(line, 1, 1), column, words);
        }
    });
    if screen.tests.is_empty() {
        let key = view.keymap.key_for(Context::Diagnostics, Command::NewDiagnostic).unwrap_or_default();
        let words = Words::of(Role::Second, "no test was asked for yet").gap(2).bold(Role::Focus, key);
        canvas.words(inset(row(rows, 0), 1, 1), &words.say(Role::Second, " new test or result"));
    }
}

fn paint_text(screen: &DiagnosticsScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let pane = areas(area, screen.tests.len()).text;
    let Some(test) = screen.chosen().filter(|_| pane.height > 2) else { return };
    let words = text_area(area, screen.tests.len());
    let lines = lines(test, usize::from(words.width), view.now.zone);
    let pane = Rect { height: pane.height.min(columns(lines.len()).saturating_add(2)), ..pane };
    let top = screen.pager.shown_from(lines.len(), words.height);
    let list = crate::ui::widget::list::List { count: lines.len(), top, chosen: None };
    let hide = |text: &str| view.names().asked(text).into_owned();
    let name = hide(&test.name());
    Pane { name: &name, foot: list.hidden(words.height), ..Pane::default() }.paint(canvas, pane);
    for (down, (role, line)) in (0..words.height).zip(lines.iter().skip(top)) {
        canvas.text(row(words, down), *role, &hide(line));
    }
}
