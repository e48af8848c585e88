//! How trends are drawn.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{TrendsScreen, layout, said, table};
use crate::action::{Command, Context};
use crate::clinical::text::cut;
use crate::clinical::time::show_date;
use crate::clinical::trend::{MarkKind, Series};
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{self, Foot, Linear, band, plain};
use crate::ui::env::View;
use crate::ui::screen::chart::page::{Page, paint_top, place, top};
use crate::ui::theme::Role;
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::course::{Course, colour, paint_days, plot};
use crate::ui::widget::lanes::Lanes;
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, inset, row};

/// The longest name of a value among the others.
const CHIP: usize = 26;

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Chart   anticoag none
/// 1 Cover  2 Trends  3 Timeline  4 Notes
/// ╭ Trends · average pain, lower is better ──── 2 years: Nov 2024 – Nov 2026 ╮
/// │ average pain 4   pain now 5   PEG 4.3   PHQ-9 8   weight 71.5 kg         │
/// │ 27 Oct 2026  average pain 4 moderate   spoken, by the patient · AR       │
/// │ −3, −43 % from 7 (3 Mar 2025), 30 % reached                              │
/// │  10 ┊                                                                    │
/// │     ●⠉⠒⠤⣀●┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ baseline      │
/// │   5          ⠉⠒●⠤⠤⠤●                                       30 % better   │
/// │   0                                                                      │
/// │     Nov 2024     Mar          Jul         2026          May              │
/// │         ▴ TFESI L5 LEFT    ▸ gabapentin 300 mg                           │
/// ╰──────────────────────────────────────────────────────────────────────────╯
/// ```
pub(super) fn paint(screen: &TrendsScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let foot = foot(screen, view);
    if view.preferences.plain {
        paint_plain(screen, canvas, area, view, &foot);
        return;
    }
    let parts = chrome::parts(area, top(area.height));
    paint_top(canvas, parts.top, Page::Trends, &patient_band(screen, view), view);
    paint_pane(screen, canvas, (area.width, area.height), view);
    chrome::message_line(canvas, parts.message, Context::Trends, view);
    foot.paint(canvas, parts.foot);
}

fn patient_band<'a>(screen: &'a TrendsScreen, view: &View<'_>) -> PatientBand<'a> {
    band(&screen.trends.file, place(Page::Trends, screen.over.as_deref(), view), Words::new(), view)
}

fn foot<'a>(screen: &TrendsScreen, view: &View<'_>) -> Foot<'a> {
    let mut without = vec![Command::CopyOut, Command::Edit, Command::Plan, Command::NewVisit];
    let own = [
        Command::Open,
        Command::ZoomIn,
        Command::ZoomOut,
        Command::EarlierEntry,
        Command::NextSeries,
        Command::AsTable,
    ];
    without.extend(own.into_iter().filter(|command| screen.idle(*command).is_some()));
    if view.preferences.plain {
        without.push(Command::AsTable);
    }
    let foot = Foot::new(Context::Trends, view).without(&without);
    if screen.table { foot.saying(Command::AsTable, "drawn") } else { foot }
}

fn paint_pane(screen: &TrendsScreen, canvas: &mut Canvas<'_>, size: (u16, u16), view: &View<'_>) {
    let frame = layout::frame(size);
    let Some(series) = screen.series() else {
        let inside = Pane { name: "Trends", focus: Focus::Here, ..Pane::default() }.paint(canvas, frame);
        let words = "no score, questionnaire or weight is in this chart yet: the first assessment brings them";
        canvas.text(inset(inside, 1, 1), Role::Second, words);
        return;
    };
    let name = match series.direction_in_words() {
        Some(words) => format!("{}, {words}", series.name),
        None => series.name.clone(),
    };
    let rows = layout::table_rows(size);
    let list = screen.cursor.list(screen.rows().len(), rows.height);
    let foot = if screen.table { list.hidden(rows.height) } else { Words::new() };
    Pane { name: &name, note: span(screen), foot, focus: Focus::Here, ..Pane::default() }.paint(canvas, frame);
    if screen.table {
        paint_table(screen, canvas, size, series, view);
    } else {
        paint_courses(screen, canvas, size, series, view);
    }
}

/// How much time, from when to when.
fn span(screen: &TrendsScreen) -> Words<'static> {
    let (from, to) = (show_date(screen.window.from), show_date(screen.window.to));
    let words = Words::of(Role::Second, format!("{}: {from} – {to}", screen.zoom.label()));
    if screen.trends.cut { words.say(Role::Wants, ", the oldest left out") } else { words }
}

/// Every series with its newest value, the chosen one lit; as many as have room, those around it.
fn chips(screen: &TrendsScreen, room: u16) -> Words<'static> {
    let chip = |at: usize, series: &Series| {
        let here = at == screen.at;
        let name = if here {
            Words::new().bold(Role::Focus, cut(&series.name, CHIP))
        } else {
            Words::of(Role::Second, cut(&series.name, CHIP))
        };
        match series.newest() {
            Some(given) => name.gap(1).bold(colour(series, given.value), given.shown.clone()),
            None => name,
        }
    };
    let all: Vec<Words<'static>> = screen.trends.series.iter().enumerate().map(|(at, one)| chip(at, one)).collect();
    let mut first = 0;
    let width = |from: usize, to: usize| all[from..=to].iter().map(|chip| chip.width() + 3).sum::<usize>();
    while first < screen.at && width(first, screen.at) > usize::from(room).saturating_sub(4) {
        first += 1;
    }
    let mut words = if first > 0 { Words::of(Role::Second, "‹ ") } else { Words::new() };
    for (at, chip) in all.iter().enumerate().skip(first) {
        if at > screen.at && words.width() + chip.width() + 3 > usize::from(room) {
            return words.say(Role::Second, " ›");
        }
        words = if at == first { words } else { words.gap(3) };
        words = words.join(chip.clone());
    }
    words
}

fn hidden(mut words: Words<'static>, view: &View<'_>) -> Words<'static> {
    for word in &mut words.0 {
        word.text = view.names().asked(&word.text).into_owned().into();
    }
    words
}

fn paint_said(screen: &TrendsScreen, canvas: &mut Canvas<'_>, area: Rect, series: &Series, view: &View<'_>) {
    let Some(day) = screen.day else {
        canvas.text(row(area, 0), Role::Second, "nothing in this time");
        return;
    };
    canvas.words(row(area, 0), &hidden(said::value(series, day, screen.sample()), view));
    canvas.words(row(area, 1), &hidden(said::comparison(screen, series, "−"), view));
}

fn paint_courses(screen: &TrendsScreen, canvas: &mut Canvas<'_>, size: (u16, u16), series: &Series, view: &View<'_>) {
    let at = layout::of(size, screen.trends.series.len(), &screen.trends.marks, screen.window);
    let chips = hidden(chips(screen, at.chips.width), view);
    canvas.words(at.chips, &chips);
    paint_said(screen, canvas, at.said, series, view);
    let done = screen.trends.marks.iter().filter(|mark| mark.kind == MarkKind::Procedure);
    let through: Vec<NaiveDate> = done.map(|mark| mark.date).collect();
    let levels = screen.levels();
    let course =
        Course { series, window: screen.window, levels: &levels, through: &through, cursor: screen.day, leads: true };
    course.paint(canvas, at.lead);
    let others = (1..screen.trends.series.len()).map(|n| (screen.at + n) % screen.trends.series.len());
    for (area, other) in at.small.iter().zip(others) {
        let series = &screen.trends.series[other];
        let inside = plot(*area);
        let on = screen.day.and_then(|day| series.on(day)).and_then(|sample| sample.given());
        let name = Words::of(Role::Second, series.name.clone());
        let name = match on {
            Some(given) => name.gap(1).bold(colour(series, given.value), given.shown.clone()),
            None => name,
        };
        canvas.words(row(inside, 0), &hidden(name, view));
        let below = Rect { y: area.y + 1, height: area.height - 1, ..*area };
        Course { series, levels: &[], leads: false, ..course }.paint(canvas, below);
    }
    paint_days(canvas, at.days, screen.window);
    let lanes = Lanes { marks: &screen.trends.marks, window: screen.window, cursor: screen.day };
    lanes.paint(canvas, at.lanes, |text| view.names().asked(text).into_owned());
}

fn paint_table(screen: &TrendsScreen, canvas: &mut Canvas<'_>, size: (u16, u16), series: &Series, view: &View<'_>) {
    let rows = layout::table_rows(size);
    let top = rows.y.saturating_sub(4);
    let chips = hidden(chips(screen, rows.width), view);
    canvas.words(Rect { y: top, height: 1, ..rows }, &chips);
    if let Some(baseline) = screen.baseline() {
        let words = format!("baseline {} of {}", baseline.shown, show_date(baseline.date));
        canvas.text(Rect { y: top + 1, height: 1, ..rows }, Role::Second, &words);
    }
    table::heads(canvas, Rect { y: top + 3, height: 1, ..rows });
    let all = screen.rows();
    if all.is_empty() {
        canvas.text(row(rows, 0), Role::Second, &format!("no {} in this time", series.name));
    }
    screen.cursor.list(all.len(), rows.height).paint(canvas, rows, |canvas, line, at| {
        if let Some(row) = all.get(at) {
            table::paint(canvas, line, screen, *row, |text| view.names().asked(text).into_owned());
        }
    });
}

fn paint_plain(screen: &TrendsScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>, foot: &Foot<'_>) {
    let mut head = plain::band_lines(&patient_band(screen, view));
    let hide = |text: &str| view.names().asked(text).into_owned();
    let Some(series) = screen.series() else {
        let rows = vec!["no score, questionnaire or weight is in this chart yet".to_owned()];
        Linear { head, rows, chosen: Some(0) }.paint(canvas, area, foot, view);
        return;
    };
    let which = format!("{} of {}", screen.at + 1, screen.trends.series.len());
    let better = series.direction_in_words().map(|words| format!(", {words}")).unwrap_or_default();
    head.push(hide(&format!("values {which}: {}{better}, {}", series.name, span(screen).plain())));
    let mut against: Vec<String> = Vec::new();
    if let Some(baseline) = screen.baseline() {
        against.push(format!("baseline {} of {}", baseline.shown, show_date(baseline.date)));
    }
    let levels = screen.levels();
    against.extend(levels.iter().skip(1).map(|level| format!("{} at {}", level.kind.label(), level.value.show(1))));
    head.push(against.join(", "));
    head.retain(|line| !line.is_empty());
    let mut rows: Vec<String> = screen.rows().into_iter().map(|row| hide(&table::line(screen, row))).collect();
    if rows.is_empty() {
        rows.push(format!("no {} in this time", series.name));
    }
    let chosen = Some(screen.cursor.at.min(rows.len() - 1));
    Linear { head, rows, chosen }.paint(canvas, area, foot, view);
}
