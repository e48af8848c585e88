//! The week: seven days with their load and their shape, and the visits of the chosen one. `Enter` shows it on the board.

mod draw;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Days, NaiveDate};
use ratatui::layout::Rect;

use super::Surface;
use crate::action::input::{Input, Mouse, MouseButton, MouseKind};
use crate::action::{Command, Context};
use crate::clinical::models::WeekDay;
use crate::ui::chrome::parts;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// From this many rows of the body on, each day has a second line with its visits by kind.
const TWO_LINES: u16 = 32;

/// A week.
#[derive(Debug, Clone)]
pub struct WeekScreen {
    days: Vec<WeekDay>,
    chosen: NaiveDate,
    /// Visits of the chosen day that are scrolled away.
    top: usize,
}

/// The Monday of the week that holds a day.
pub fn monday(date: NaiveDate) -> NaiveDate {
    let into = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(into)).unwrap_or(date)
}

/// Where everything stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
    /// The hours above the days.
    hours: Rect,
    /// The seven days.
    days: Rect,
    /// Rows of one day.
    each: u16,
    /// The visits of the chosen day.
    detail: Rect,
}

fn layout(body: Rect) -> Layout {
    let hours = Rect { height: body.height.min(1), ..body };
    let rest = Rect { y: body.y + hours.height, height: body.height - hours.height, ..body };
    let each = if body.height >= TWO_LINES { 2 } else { 1 };
    let days = Rect { height: rest.height.min(7 * each), ..rest };
    let left = rest.height - days.height;
    let gap = u16::from(left > 6);
    let detail = Rect { y: days.bottom() + gap, height: left - gap, ..rest };
    Layout { hours, days, each, detail }
}

impl WeekScreen {
    /// The week of these days, with one of them chosen.
    pub fn new(days: Vec<WeekDay>, chosen: NaiveDate) -> Self {
        Self { days, chosen, top: 0 }
    }

    /// The day that is chosen.
    pub const fn chosen(&self) -> NaiveDate {
        self.chosen
    }

    fn at(&self) -> usize {
        self.days.iter().position(|day| day.date == self.chosen).unwrap_or(0)
    }

    fn day(&self) -> Option<&WeekDay> {
        self.days.get(self.at())
    }

    /// Chooses a day: of this week in place, of another by opening that week.
    fn choose(&mut self, date: Option<NaiveDate>) -> Vec<Effect> {
        let Some(date) = date else { return Vec::new() };
        if self.days.iter().any(|day| day.date == date) {
            self.chosen = date;
            self.top = 0;
            return Vec::new();
        }
        vec![Effect::Replace(Place::Week(date))]
    }

    fn by(&mut self, days: i64) -> Vec<Effect> {
        let by = Days::new(days.unsigned_abs());
        let to = if days < 0 { self.chosen.checked_sub_days(by) } else { self.chosen.checked_add_days(by) };
        self.choose(to)
    }

    fn scroll(&mut self, down: bool, area: Rect) {
        let rows = usize::from(layout(parts(area, 1).body).detail.height.saturating_sub(2)).max(1);
        let last = self.day().map_or(0, |day| day.visits.len()).saturating_sub(rows);
        self.top = if down { (self.top + rows).min(last) } else { self.top.saturating_sub(rows) };
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect) -> Vec<Effect> {
        let layout = layout(parts(area, 1).body);
        let at = (mouse.x, mouse.y).into();
        match mouse.kind {
            MouseKind::Press(MouseButton::Left) if layout.days.contains(at) => {
                let line = usize::from((mouse.y - layout.days.y) / layout.each);
                let date = self.days.get(line).map(|day| day.date);
                let again = date == Some(self.chosen);
                let effects = self.choose(date);
                if again { vec![Effect::ShowDay(self.chosen)] } else { effects }
            }
            MouseKind::ScrollDown | MouseKind::ScrollUp if layout.detail.contains(at) => {
                self.scroll(mouse.kind == MouseKind::ScrollDown, area);
                Vec::new()
            }
            MouseKind::ScrollDown if layout.days.contains(at) => self.by(1),
            MouseKind::ScrollUp if layout.days.contains(at) => self.by(-1),
            _ => Vec::new(),
        }
    }
}

impl Surface for WeekScreen {
    fn place(&self) -> Place {
        Place::Week(self.chosen)
    }

    fn context(&self) -> Context {
        Context::Week
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        Some(match command {
            Command::Up | Command::Left => self.by(-1),
            Command::Down | Command::Right => self.by(1),
            Command::First => self.choose(self.days.first().map(|day| day.date)),
            Command::Last => self.choose(self.days.last().map(|day| day.date)),
            Command::PageUp | Command::PageDown => {
                self.scroll(command == Command::PageDown, area);
                Vec::new()
            }
            Command::DayBack => self.by(-7),
            Command::DayOn => self.by(7),
            Command::Today => self.choose(Some(env.now.today())),
            Command::Open => vec![Effect::ShowDay(self.chosen)],
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, env: &Env<'_>) -> Option<String> {
        let why = match command {
            Command::CopyOut | Command::CopySection => "A summary is copied out from its day",
            Command::Patient => "A chart is opened from its day",
            Command::Today if self.chosen == env.now.today() => return Some("today is chosen".to_owned()),
            _ => return None,
        };
        Some(format!("{why}: {} shows it.", env.key(Context::Week, Command::Open)))
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        env.mouse(input).map_or_else(Vec::new, |mouse| self.mouse(mouse, area))
    }

    /// At 80 columns:
    ///
    /// ```text
    ///  Week 48 · 23 Nov – 29 Nov 2026   61 visits   26 h 20 min    Tue 24 Nov  10:14
    ///               07    08    09    10    11 …
    ///  Mon 23 Nov ✓ ██▐██▌██  ███▌             9 visits   4 h 20 min
    ///  Tue 24 Nov   ██▐██▌█│  ▐██              13 visits   5 h 40 min
    /// ╭─ Tuesday 24 Nov 2026 ───────── 2 new, 7 follow-up, 4 procedure ─╮
    /// │ ✓ 08:00 OKAFOR Adaeze   follow-up   back, leg left     20 min   │
    /// ```
    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::render(self, canvas, area, view);
    }
}
