//! The course of one value: a line through its points, the levels it is held against, and the day under the cursor.
//!
//! Lines are drawn by the library's canvas in dots of braille, in ASCII in cells; figures and signs stand over them. Every
//! kind of point has a sign of its own, so that colour never tells alone.

use chrono::NaiveDate;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use ratatui::symbols::Marker;
use ratatui::widgets::canvas::{Canvas as Dots, Line};

use super::canvas::{Canvas, columns, row};
use super::words::Words;
use crate::clinical::exact::Exact;
use crate::clinical::text::width;
use crate::clinical::trend::level::bands;
use crate::clinical::trend::{Given, Level, LevelKind, Sample, Series, ValueAxis, Window, runs};
use crate::ui::theme::{Role, Signs};

/// Columns of the figures at the left.
pub const LEFT: u16 = 5;
/// Columns of the words at the right, where there is room for them.
pub const RIGHT: u16 = 13;
/// From this width on there is.
const RIGHT_FROM: u16 = 64;

/// The course of one value.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The value.
    pub series: &'a Series,
    /// The stretch of time.
    pub window: Window,
    /// What it is held against.
    pub levels: &'a [Level],
    /// The days on which a procedure was done.
    pub through: &'a [NaiveDate],
    /// The day under the cursor.
    pub cursor: Option<NaiveDate>,
    /// Whether the hands are on it: else it is one of those beside.
    pub leads: bool,
}

/// The part of an area in which days stand, without the figures at its sides.
pub fn plot(area: Rect) -> Rect {
    let right = if area.width >= RIGHT_FROM { RIGHT } else { 0 };
    let left = LEFT.min(area.width);
    Rect { x: area.x.saturating_add(left), width: (area.width - left).saturating_sub(right), ..area }
}

/// The day nearest to a column of a plot.
pub fn day_at(window: Window, plot: Rect, x: u16) -> Option<NaiveDate> {
    let column = x.checked_sub(plot.x).filter(|column| *column < plot.width)?;
    window
        .from
        .iter_days()
        .take_while(|day| *day <= window.to)
        .find(|day| window.column(*day, plot.width).is_some_and(|at| at >= column))
}

/// Where values stand in a plot: how many dots there are from its foot to its top.
struct Scale {
    plot: Rect,
    low: f64,
    span: f64,
    /// Dots of a cell, across and down.
    dots: (u16, u16),
}

/// A value for drawing; what is said of it is said by [`Exact`].
fn float(value: Exact) -> f64 {
    value.show(4).parse().unwrap_or(0.0)
}

impl Scale {
    fn new(plot: Rect, axis: &ValueAxis, signs: Signs) -> Self {
        let (low, high) = (float(axis.low), float(axis.high));
        let dots = if signs == Signs::Ascii { (1, 1) } else { (2, 4) };
        Self { plot, low, span: (high - low).max(f64::MIN_POSITIVE), dots }
    }

    /// How far up a value is, in dots from the foot.
    fn up(&self, value: Exact) -> f64 {
        let most = f64::from((self.plot.height * self.dots.1).saturating_sub(1));
        ((float(value) - self.low) / self.span).clamp(0.0, 1.0) * most
    }

    /// The row of a value.
    fn row(&self, value: Exact) -> u16 {
        let up = self.up(value).round();
        let down = (0..self.plot.height).rev().find(|cells| f64::from(cells * self.dots.1) <= up).unwrap_or(0);
        (self.plot.bottom() - 1).saturating_sub(down).max(self.plot.y)
    }

    /// How far right a day is, in dots; a day outside runs on beyond the edge.
    fn right(&self, window: Window, day: NaiveDate) -> f64 {
        let most = f64::from(self.plot.width.saturating_sub(1) * self.dots.0);
        let days = i32::try_from((day - window.from).num_days()).unwrap_or(i32::MAX);
        let all = u32::try_from(window.days().max(1)).unwrap_or(u32::MAX);
        f64::from(days) / f64::from(all) * most
    }
}

impl Course<'_> {
    /// Draws the course with its figures; in less than three rows only the line.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let plot = plot(area);
        if plot.is_empty() {
            return;
        }
        let axis = ValueAxis::of(self.series, self.window, plot.height);
        let scale = Scale::new(plot, &axis, canvas.look().signs);
        self.paint_ticks(canvas, area, &axis, &scale);
        for day in self.through {
            self.paint_down(canvas, *day, Role::Border, &scale);
        }
        self.paint_levels(canvas, &scale);
        self.paint_lines(canvas, &scale);
        if let Some(day) = self.cursor {
            self.paint_down(canvas, day, Role::Focus, &scale);
        }
        self.paint_points(canvas, &scale);
        if area.width >= RIGHT_FROM {
            self.paint_words(canvas, area, &scale);
        }
    }

    fn x(&self, day: NaiveDate, scale: &Scale) -> Option<u16> {
        Some(scale.plot.x + self.window.column(day, scale.plot.width)?)
    }

    fn paint_ticks(&self, canvas: &mut Canvas<'_>, area: Rect, axis: &ValueAxis, scale: &Scale) {
        let role = if self.leads { Role::Second } else { Role::Faint };
        let few = area.height < 5;
        for (at, (value, label)) in axis.ticks.iter().enumerate() {
            if few && at > 0 && at + 1 < axis.ticks.len() {
                continue;
            }
            let y = scale.row(*value);
            canvas.words_right(Rect { x: area.x, y, width: LEFT - 1, height: 1 }, &Words::of(role, label.as_str()));
        }
    }

    fn paint_down(&self, canvas: &mut Canvas<'_>, day: NaiveDate, role: Role, scale: &Scale) {
        let Some(x) = self.x(day, scale) else { return };
        let sign = if role == Role::Focus { canvas.glyphs().side } else { canvas.glyphs().down_through };
        for y in scale.plot.top()..scale.plot.bottom() {
            if role != Role::Focus || canvas.is_blank(x, y) {
                canvas.sign(x, y, role, sign);
            }
        }
    }

    fn paint_levels(&self, canvas: &mut Canvas<'_>, scale: &Scale) {
        for level in self.levels {
            let dashes = canvas.glyphs().dashes;
            let y = scale.row(level.value);
            canvas.rule(Rect { y, height: 1, ..scale.plot }, Role::Border, dashes);
        }
    }

    fn paint_lines(&self, canvas: &mut Canvas<'_>, scale: &Scale) {
        let Rect { width, height, .. } = scale.plot;
        let runs = runs(self.series, self.window, width);
        let value = |sample: &Sample| sample.confirmed().map(|given| given.value);
        let place = |at: &usize| {
            let sample = &self.series.samples[*at];
            Some((scale.right(self.window, sample.date), scale.up(value(sample)?)))
        };
        let style = canvas.style(if self.leads { Role::Text } else { Role::Second });
        let ground = canvas.look().theme.surface(crate::ui::theme::Surface::Ground).bg;
        let marker = if canvas.look().signs == Signs::Ascii { Marker::Custom('.') } else { Marker::Braille };
        let ends = |cells: u16, dots: u16| [0.0, f64::from((cells * dots).saturating_sub(1))];
        let dots = Dots::default()
            .marker(marker)
            .background_color(ground.unwrap_or(Color::Reset))
            .x_bounds(ends(width, scale.dots.0))
            .y_bounds(ends(height, scale.dots.1))
            .paint(|draw| {
                for run in &runs {
                    let points: Vec<(f64, f64)> = run.iter().filter_map(place).collect();
                    for pair in points.windows(2) {
                        let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
                        draw.draw(&Line { x1, y1, x2, y2, color: style.fg.unwrap_or(Color::Reset) });
                    }
                }
            });
        canvas.widget(scale.plot, dots);
    }

    /// Signs over the line: each point by itself where there is room for it, else those that say more than the line does.
    fn paint_points(&self, canvas: &mut Canvas<'_>, scale: &Scale) {
        let seen = || self.series.samples.iter().filter(|sample| self.window.holds(sample.date));
        let crowded = seen().count() > usize::from(scale.plot.width / 2);
        for sample in seen() {
            let Some(x) = self.x(sample.date, scale) else { continue };
            let here = self.cursor == Some(sample.date);
            let Some(given) = sample.given() else {
                let sign = canvas.glyphs().missing;
                canvas.sign(x, scale.plot.bottom() - 1, if here { Role::Focus } else { Role::Second }, sign);
                continue;
            };
            if crowded && !here && !given.waiting && !given.by_proxy() {
                continue;
            }
            let (role, sign) = self.point(canvas, given);
            let role = if here { Role::Focus } else { role };
            let style = canvas.style(role);
            let add = if here { Modifier::BOLD } else { Modifier::empty() };
            canvas.put(x, scale.row(given.value), sign, style.add_modifier(add));
        }
    }

    fn point(&self, canvas: &Canvas<'_>, given: &Given) -> (Role, &'static str) {
        let glyphs = canvas.glyphs();
        if given.waiting {
            return (Role::Wants, glyphs.to_come);
        }
        let sign = if given.by_proxy() { glyphs.proxy } else { glyphs.point };
        (colour(self.series, given.value), sign)
    }

    /// What the levels are, and the names of the bands where nothing else stands.
    fn paint_words(&self, canvas: &mut Canvas<'_>, area: Rect, scale: &Scale) {
        let room = |y: u16| Rect { x: area.right() - RIGHT + 1, y, width: RIGHT - 1, height: 1 };
        let mut taken: Vec<u16> = Vec::new();
        let mut write = |canvas: &mut Canvas<'_>, y: u16, words: &Words<'_>| {
            if !taken.contains(&y) && scale.plot.top() <= y && y < scale.plot.bottom() {
                taken.push(y);
                canvas.words(room(y), words);
            }
        };
        for level in self.levels {
            let role = if level.kind == LevelKind::Baseline { Role::Second } else { Role::Done };
            write(canvas, scale.row(level.value), &Words::of(role, level_words(level.kind)));
        }
        if !self.leads || area.height < 8 {
            return;
        }
        let bands = bands(self.series);
        let top = self.series.range.map(|[_, high]| Exact::from(high));
        for (at, (from, name)) in bands.iter().enumerate() {
            let next = bands.get(at + 1).map(|(next, _)| *next).or(top);
            let middle = next.and_then(|next| from.plus(next).ok()).and_then(|sum| sum.over(Exact::whole(2)).ok()?);
            let name = if width(name) > usize::from(RIGHT) { "" } else { name };
            write(canvas, scale.row(middle.unwrap_or(*from)), &Words::of(Role::Faint, name));
        }
    }
}

/// The words of a level beside a course.
const fn level_words(kind: LevelKind) -> &'static str {
    match kind {
        LevelKind::Baseline => "baseline",
        LevelKind::Important => "30 % better",
        LevelKind::Substantial => "50 % better",
        LevelKind::Matters => "matters",
    }
}

/// The colour of a value: pain has the ramp, nothing else has a colour of its own.
pub fn colour(series: &Series, value: Exact) -> Role {
    if !series.is_pain() {
        return Role::Strong;
    }
    let score = value.plus(Exact::decimal(5, 1)).map_or(0, Exact::floor);
    Role::Pain(u8::try_from(score.clamp(0, 10)).unwrap_or(10))
}

/// Draws dates below a plot.
pub fn paint_days(canvas: &mut Canvas<'_>, area: Rect, window: Window) {
    let plot = plot(row(area, 0));
    for tick in crate::clinical::trend::axis::day_ticks(window, plot.width) {
        let at = Rect { x: plot.x + tick.column, width: columns(width(&tick.label)), ..plot };
        canvas.text(at, Role::Second, &tick.label);
    }
}
