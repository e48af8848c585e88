//! The week as it is drawn.

use chrono::{Datelike, NaiveDate, Timelike};
use ratatui::layout::Rect;

use super::{Layout, WeekScreen, layout};
use crate::action::{Command, Context};
use crate::clinical::booked;
use crate::clinical::models::WeekDay;
use crate::clinical::text::{clean_line, width};
use crate::clinical::time::{show_date, show_day, show_day_month, show_time};
use crate::clinical::visit::{Visit, VisitKind, VisitState, Way};
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::names::{HIDDEN, Names};
use crate::ui::chrome::{Foot, Linear, message_line, parts, title_bar};
use crate::ui::env::View;
use crate::ui::screen::board::header::{block, hours};
use crate::ui::theme::{Mark, Role, Surface};
use crate::ui::widget::bar::Item;
use crate::ui::widget::columns::{Column, lay};
use crate::ui::widget::list::List;
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::ribbon::{Block, Ribbon};
use crate::ui::widget::{Canvas, Words, columns, inset, mark, row};

/// The columns of a day's name and mark.
const NAME: u16 = 13;
/// Below this many columns the shape of the days gives way to their figures.
const RIBBON: u16 = 46;

/// Draws the screen.
pub fn render(screen: &WeekScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let names = view.names();
    let today = (screen.chosen == view.now.today()).then_some(Command::Today);
    let foot = Foot::new(Context::Week, view).without(&[Command::CopyOut]).without(today.as_slice());
    let title = title(screen);
    if view.preferences.plain {
        plain(screen, view, names, title).paint(canvas, area, &foot, view);
        return;
    }
    let parts = parts(area, 1);
    title_bar(&title, totals(screen), view).paint(canvas, parts.top);
    let layout = layout(parts.body);
    let range = range(screen, view);
    days(screen, canvas, &layout, range, view);
    if let Some(day) = screen.day() {
        detail(canvas, layout.detail, day, screen.top, names);
    }
    message_line(canvas, parts.message, Context::Week, view);
    foot.paint(canvas, parts.foot);
}

fn title(screen: &WeekScreen) -> String {
    let week = screen.chosen.iso_week().week();
    match (screen.days.first(), screen.days.last()) {
        (Some(first), Some(last)) => {
            let same_year = first.date.year() == last.date.year();
            let from = if same_year { show_day_month(first.date) } else { show_date(first.date) };
            format!("Week {week} · {from} – {}", show_date(last.date))
        }
        _ => format!("Week {week}"),
    }
}

fn totals(screen: &WeekScreen) -> Vec<Item<'static>> {
    let visits: usize = screen.days.iter().map(visits).sum();
    let minutes: u32 = screen.days.iter().map(WeekDay::minutes).sum();
    vec![
        Item::new(2, Words::of(Role::Second, count(visits))),
        Item::new(3, Words::of(Role::Second, show_minutes(minutes))),
    ]
}

/// Live visits of a day, blocks aside.
fn visits(day: &WeekDay) -> usize {
    [VisitKind::New, VisitKind::FollowUp, VisitKind::Procedure].into_iter().map(|kind| day.count(kind)).sum()
}

fn count(visits: usize) -> String {
    if visits == 1 { "1 visit".to_owned() } else { format!("{visits} visits") }
}

/// Minutes as hours and minutes: `4 h 20 min`.
pub fn show_minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// Live visits by kind, and who does not come, in words.
fn kinds(day: &WeekDay) -> String {
    let kinds = [
        (VisitKind::New, "new", "new"),
        (VisitKind::FollowUp, "follow-up", "follow-ups"),
        (VisitKind::Procedure, "procedure", "procedures"),
        (VisitKind::Block, "block", "blocks"),
    ];
    let mut parts: Vec<String> = kinds
        .into_iter()
        .map(|(kind, one, many)| (day.count(kind), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let gone = day.visits.iter().filter(|(visit, _)| !visit.state.is_live()).count();
    if gone > 0 {
        parts.push(format!("{gone} not coming"));
    }
    parts.join(", ")
}

fn blocks(day: &WeekDay) -> Vec<Block> {
    day.visits
        .iter()
        .map(|(visit, _)| visit)
        .filter(|visit| visit.state != VisitState::Cancelled)
        .filter_map(|visit| Some(block(visit.start?, visit.minutes, visit.kind, visit.state, false)))
        .collect()
}

/// The hours all days share, so that a time stands in the same column on each.
fn range(screen: &WeekScreen, view: &View<'_>) -> (u16, u16) {
    let all: Vec<Block> = screen.days.iter().flat_map(blocks).collect();
    Ribbon { blocks: &all, now: None, hours: hours(view.preferences) }.shown_hours()
}

/// The columns at the right of a day: its load.
fn load_width(width: u16) -> u16 {
    if width >= 100 { 26 } else { 17 }
}

fn days(screen: &WeekScreen, canvas: &mut Canvas<'_>, layout: &Layout, hours: (u16, u16), view: &View<'_>) {
    let wide = layout.days.width;
    let shape = |area: Rect| inset(area, NAME, load_width(wide));
    if wide >= RIBBON {
        // Hours and, below them, an empty ribbon that the first day then covers.
        let both = Rect { height: layout.hours.height + layout.days.height.min(1), ..layout.hours };
        if both.height == 2 {
            Ribbon { blocks: &[], now: None, hours }.paint(canvas, shape(both));
        }
    }
    for (at, day) in (0u16..).zip(&screen.days) {
        let down = at * layout.each;
        if down >= layout.days.height {
            break;
        }
        let line = row(layout.days, down);
        let chosen = day.date == screen.chosen;
        canvas.on(if chosen { Surface::Band } else { Surface::Ground }, |canvas| {
            canvas.clear(line);
            name(canvas, line, day, chosen, view);
            load(canvas, line, day);
            if wide >= RIBBON {
                let now = (day.date == view.now.today()).then(|| view.now.time().num_seconds_from_midnight() / 60);
                let now = now.and_then(|minute| u16::try_from(minute).ok());
                Ribbon { blocks: &blocks(day), now, hours }.paint(canvas, shape(line));
            }
        });
        if layout.each > 1 {
            let words = Words::of(Role::Faint, kinds(day));
            canvas.words(inset(row(layout.days, down + 1), NAME + 1, 1), &words);
        }
    }
}

fn name(canvas: &mut Canvas<'_>, line: Rect, day: &WeekDay, chosen: bool, view: &View<'_>) {
    let today = day.date == view.now.today();
    let role = match (chosen, today) {
        (true, _) => Role::Strong,
        (false, true) => Role::Focus,
        (false, false) if day.visits.is_empty() => Role::Faint,
        (false, false) => Role::Text,
    };
    let words = Words::of(role, format!("{:<10}", short_day(day.date)));
    let sign = sign(day, view).map_or_else(Words::new, |sign| Words::new().gap(1).join(mark(sign)));
    canvas.words(inset(line, 1, 0), &words.join(sign));
}

/// `Tue 24 Nov`: the year stands in the title.
fn short_day(date: NaiveDate) -> String {
    format!("{} {}", date.weekday(), show_day_month(date))
}

/// Closed, or gone by without being closed.
fn sign(day: &WeekDay, view: &View<'_>) -> Option<Mark> {
    if day.closed {
        return Some(Mark::Done);
    }
    (day.date < view.now.today() && visits(day) > 0).then_some(Mark::Wants)
}

fn load(canvas: &mut Canvas<'_>, line: Rect, day: &WeekDay) {
    let count_of = visits(day);
    if count_of == 0 && day.minutes() == 0 {
        return;
    }
    let wide = load_width(line.width);
    let area = inset(line, line.width.saturating_sub(wide), 1);
    let visits = if wide > 20 { count(count_of) } else { count_of.to_string() };
    let laid = lay(&[Column::rest(3, 0).right(), Column::fixed(11, 1).right()], area.width);
    laid.write(canvas, area, 0, &Words::of(Role::Text, visits));
    laid.write(canvas, area, 1, &Words::of(Role::Second, show_minutes(day.minutes())));
}

fn detail(canvas: &mut Canvas<'_>, area: Rect, day: &WeekDay, top: usize, names: Names<'_>) {
    if area.height < 2 {
        return;
    }
    let rows = area.height.saturating_sub(2);
    let list = List {
        count: day.visits.len(),
        top: top.min(day.visits.len().saturating_sub(usize::from(rows))),
        chosen: None,
    };
    let title = show_day(day.date);
    let pane = Pane {
        name: &title,
        note: Words::of(Role::Second, kinds(day)),
        foot: list.hidden(rows),
        focus: Focus::Away,
        ..Pane::default()
    };
    let inside = pane.paint(canvas, area);
    if day.visits.is_empty() {
        canvas.text(inset(row(inside, 0), 1, 1), Role::Faint, "nothing is booked");
        return;
    }
    list.paint(canvas, inside, |canvas, line, at| {
        if let Some(visit) = day.visits.get(at) {
            visit_row(canvas, inset(line, 1, 1), day, visit, names);
        }
    });
}

fn visit_row(canvas: &mut Canvas<'_>, line: Rect, day: &WeekDay, (visit, who): &(Visit, String), names: Names<'_>) {
    let longest = day.visits.iter().map(|(_, who)| columns(width(who))).max().unwrap_or(0);
    let all_day = day.visits.iter().any(|(visit, _)| visit.start.is_none());
    let laid = lay(
        &[
            Column::fixed(1, 0),
            Column::fixed(if all_day { 7 } else { 5 }, 1),
            Column::between(12, if line.width < 90 { 20 } else { longest.clamp(24, 32) }, 0),
            Column::fixed(14, 3).after(2),
            Column::rest(8, 4).after(2),
            Column::fixed(8, 2).right(),
        ],
        line.width,
    );
    let quiet = !visit.state.is_live();
    let second = if quiet { Role::Faint } else { Role::Second };
    let kind = match visit.kind {
        VisitKind::Procedure if !quiet => Role::Procedure,
        VisitKind::Block => Role::Faint,
        _ => second,
    };
    let start = visit.start.map_or_else(|| "all day".to_owned(), show_time);
    laid.write(canvas, line, 0, &mark(visit.state.into()));
    laid.write(canvas, line, 1, &Words::of(second, start));
    let name = Words::of(if quiet { Role::Faint } else { Role::Text }, shown_name(visit, who, names));
    laid.write(canvas, line, 2, &name);
    laid.write(canvas, line, 3, &Words::of(kind, if quiet { visit.state.label() } else { visit.kind.label() }));
    let reason = booked::shown_for(visit).unwrap_or_default();
    let mut reason = Words::of(second, names.text(&reason).into_owned());
    if visit.way != Way::InPerson {
        let gap = if reason.is_empty() { 0 } else { 2 };
        reason = reason.gap(gap).say(Role::Info, visit.way.label());
    }
    laid.write(canvas, line, 4, &reason);
    let minutes = if visit.start.is_some() { format!("{} min", visit.minutes) } else { String::new() };
    laid.write(canvas, line, 5, &Words::of(second, minutes));
}

/// The name of a visit's patient, or the title of a block, as it may be read.
fn shown_name(visit: &Visit, who: &str, names: Names<'_>) -> String {
    match visit.patient {
        Some(patient) if names.shows(patient) => clean_line(who),
        Some(_) => HIDDEN.to_owned(),
        None => names.text(&clean_line(who)).into_owned(),
    }
}

/// The week as plain lines: a day each, and below the chosen one its visits.
fn plain(screen: &WeekScreen, view: &View<'_>, names: Names<'_>, title: String) -> Linear {
    let mut rows = Vec::new();
    let mut chosen = None;
    for day in &screen.days {
        if day.date == screen.chosen {
            chosen = Some(rows.len());
        }
        let mut parts = vec![short_day(day.date)];
        parts.extend((day.date == view.now.today()).then(|| "today".to_owned()));
        parts.extend(sign(day, view).map(|sign| {
            let word = if sign == Mark::Done { "closed" } else { "never closed" };
            word.to_owned()
        }));
        if visits(day) > 0 {
            parts.push(format!("{}, {}", count(visits(day)), show_minutes(day.minutes())));
        }
        parts.push(if day.visits.is_empty() { "nothing is booked".to_owned() } else { kinds(day) });
        rows.push(parts.join(". "));
        if day.date == screen.chosen {
            rows.extend(day.visits.iter().map(|(visit, who)| {
                let start = visit.start.map_or_else(|| "all day".to_owned(), show_time);
                let kind = if visit.state.is_live() { visit.kind.label() } else { visit.state.label() };
                let reason = booked::shown_for(visit).unwrap_or_default();
                let name = shown_name(visit, who, names);
                format!("  {start}. {name}. {kind}. {} min. {}", visit.minutes, names.text(&reason))
            }));
        }
    }
    Linear { head: vec![title], rows, chosen }
}
