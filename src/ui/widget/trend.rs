//! The course of one value over months: points with their figures, a target line, what was begun when.

use chrono::{Datelike, Days, NaiveDate};
use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::columns, canvas::row, words::Words};
use crate::clinical::text::width;
use crate::clinical::time::MONTHS;
use crate::ui::theme::Role;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// When.
    pub date: NaiveDate,
    /// How much.
    pub value: f64,
    /// The figure above the point.
    pub label: String,
    /// Its colour.
    pub role: Role,
}

/// What was begun, changed or done, below the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub date: NaiveDate,
    /// What.
    pub label: String,
    /// Its colour.
    pub role: Role,
}

/// A chart.
#[derive(Debug, Clone)]
pub struct Trend<'a> {
    /// The values, in any order.
    pub points: &'a [Point],
    /// The value aimed at, and its words.
    pub target: Option<(f64, &'a str)>,
    /// What happened.
    pub events: &'a [Event],
}

/// The part of the area for the values, and the days from left to right.
struct Plot {
    area: Rect,
    low: f64,
    high: f64,
    from: NaiveDate,
    days: u64,
}

impl Trend<'_> {
    /// Draws the chart; where there is not room, figures go before points, events before figures.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.clear(area);
        let Some(plot) = self.plot(area) else {
            canvas.text(area, Role::Faint, "no values yet");
            return;
        };
        paint_months(canvas, row(area, area.height - 1), &plot);
        let mut taken = Vec::new();
        self.paint_events(canvas, area, &plot);
        if let Some((target, _)) = self.target {
            let dashes = canvas.glyphs().dashes;
            canvas.rule(Rect { y: plot.y(target), height: 1, ..plot.area }, Role::Done, dashes);
        }
        for point in self.points {
            let at = Rect { x: plot.x(point.date), y: plot.y(point.value), width: 1, height: 1 };
            let sign = canvas.glyphs().point;
            canvas.sign(at.x, at.y, point.role, sign);
            taken.push(at);
        }
        let mut newest: Vec<&Point> = self.points.iter().collect();
        newest.sort_by_key(|point| std::cmp::Reverse(point.date));
        for point in newest {
            paint_figure(canvas, &plot, point, &mut taken);
        }
        self.paint_target_label(canvas, &plot, &taken);
    }

    /// Below its line at the right, or above it, or where nothing stands.
    fn paint_target_label(&self, canvas: &mut Canvas<'_>, plot: &Plot, taken: &[Rect]) {
        let Some((target, words)) = self.target else { return };
        let wide = columns(width(words)).min(plot.area.width);
        let line = plot.y(target);
        let x = plot.area.right() - wide;
        for y in [line.saturating_add(1), line.saturating_sub(1)] {
            let at = Rect { x, y, width: wide, height: 1 };
            let inside = plot.area.intersection(at) == at;
            if inside && taken.iter().all(|other| !other.intersects(at)) {
                canvas.text(at, Role::Done, words);
                return;
            }
        }
    }

    fn paint_events(&self, canvas: &mut Canvas<'_>, area: Rect, plot: &Plot) {
        let rows = area.height - 1 - plot.area.height;
        for (event, down) in self.events.iter().zip(self.event_rows(plot)) {
            let x = plot.x(event.date);
            if down < rows {
                let words = Words::of(event.role, canvas.glyphs().event).gap(1).say(event.role, event.label.as_str());
                let line = row(area, plot.area.height.saturating_add(down));
                canvas.words(Rect { x, width: area.right().saturating_sub(x), ..line }, &words);
            }
        }
    }

    /// On which row each event stands, so that none covers another.
    fn event_rows(&self, plot: &Plot) -> Vec<u16> {
        let mut free: Vec<u16> = Vec::new();
        let mut rows = Vec::new();
        for event in self.events {
            let x = plot.x(event.date);
            let end = x.saturating_add(columns(width(&event.label) + 4));
            let down = free.iter().position(|from| *from <= x).unwrap_or(free.len());
            match free.get_mut(down) {
                Some(from) => *from = end,
                None => free.push(end),
            }
            rows.push(columns(down));
        }
        rows
    }

    fn plot(&self, area: Rect) -> Option<Plot> {
        let first = self.points.iter().map(|point| point.date).min()?;
        let last = self.points.iter().map(|point| point.date).max()?;
        if area.width < 3 || area.height < 2 {
            return None;
        }
        let values = self.points.iter().map(|point| point.value).chain(self.target.map(|(value, _)| value));
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let days = u64::try_from((last - first).num_days()).unwrap_or(0);
        let mut plot = Plot { area, low, high, from: first, days };
        let wanted = self.event_rows(&plot).into_iter().max().map_or(0, |last| last + 1);
        let spare = area.height.saturating_sub(6) / 2;
        plot.area.height = area.height - 1 - wanted.min(spare);
        Some(plot)
    }
}

impl Plot {
    /// The column of a day, with room for half a figure at both ends.
    fn x(&self, date: NaiveDate) -> u16 {
        let edge = self.area.width.min(6) / 2;
        let room = u64::from(self.area.width.saturating_sub(2 * edge).saturating_sub(1));
        let day = u64::try_from((date - self.from).num_days()).unwrap_or(0).min(self.days);
        let into = (day * room).checked_div(self.days).unwrap_or(room / 2);
        self.area.x + edge + columns(usize::try_from(into).unwrap_or(0)).min(self.area.width.saturating_sub(1))
    }

    /// The row of a value: the highest on the second row, as its figure stands above it.
    fn y(&self, value: f64) -> u16 {
        let top = u16::from(self.area.height > 2);
        let room = self.area.height.saturating_sub(1 + top + u16::from(self.area.height > 4));
        let span = self.high - self.low;
        let from_top = if span > 0.0 { (self.high - value) / span } else { 0.5 };
        let steps = (0..room).find(|step| f64::from(*step) + 0.5 >= from_top * f64::from(room)).unwrap_or(room);
        self.area.y + top + steps
    }
}

/// The figure above its point, or below it; left out where something stands already.
fn paint_figure(canvas: &mut Canvas<'_>, plot: &Plot, point: &Point, taken: &mut Vec<Rect>) {
    let wide = columns(width(&point.label));
    let (x, y) = (plot.x(point.date), plot.y(point.value));
    let x = x.saturating_sub(wide / 2).min(plot.area.right().saturating_sub(wide)).max(plot.area.x);
    for y in [y.saturating_sub(1), y + 1] {
        let at = Rect { x, y, width: wide, height: 1 };
        let around = Rect { x: x.saturating_sub(1), width: wide + 2, ..at };
        if plot.area.intersection(at) == at && taken.iter().all(|other| !other.intersects(around)) {
            canvas.text(at, Role::Second, &point.label);
            taken.push(at);
            return;
        }
    }
}

/// The names of the months, as many as have room at even steps. A January shows its year; without one the last does, or
/// the first, so that the years are told.
fn paint_months(canvas: &mut Canvas<'_>, area: Rect, plot: &Plot) {
    let mut months = months(area, plot);
    let with_year = |date: &NaiveDate| format!("{} {}", MONTHS[date.month0() as usize], date.year());
    if months.iter().all(|(_, date, _)| date.month0() > 0) {
        let ends: Vec<u16> = months.iter().skip(1).map(|(x, ..)| *x).chain([area.right() + 1]).collect();
        let fits = |(at, (x, ..)): &(usize, &(u16, NaiveDate, String))| x.saturating_add(9) <= ends[*at];
        if let Some(at) = months.iter().enumerate().rev().find(fits).map(|(at, _)| at) {
            months[at].2 = with_year(&months[at].1);
        }
    }
    for (x, _, label) in months {
        canvas.text(Rect { x, width: columns(label.len()), ..area }, Role::Faint, &label);
    }
}

/// Where months are named, which, and how.
fn months(area: Rect, plot: &Plot) -> Vec<(u16, NaiveDate, String)> {
    let mut out = Vec::new();
    let Some(last) = plot.from.checked_add_days(Days::new(plot.days)) else { return out };
    let months = (plot.days / 30 + 1).max(1);
    let wide = u64::from(area.width);
    let step = [1, 2, 3, 6, 12].into_iter().find(|step| wide * step / months >= 5).unwrap_or(12);
    let mut free = area.x;
    let mut date = plot.from;
    while date <= last {
        let month = date.month0();
        let label = if month == 0 { date.year().to_string() } else { MONTHS[month as usize].to_owned() };
        let x = plot.x(date);
        let end = x.saturating_add(columns(label.len()));
        if u64::from(month).is_multiple_of(step) && x >= free && end <= area.right() {
            free = end.saturating_add(1);
            out.push((x, date, label));
        }
        let next = date.with_day(1).and_then(|first| first.checked_add_months(chrono::Months::new(1)));
        let Some(next) = next else { break };
        date = next;
    }
    out
}
