//! The board: home. The day as four panes and the evening's line.
//!
//! The screen holds only where the hands are (the pane, the item chosen in each, how far each is scrolled) and two ways of
//! looking (by the clock, others' items); the board and its records are lent with every call. What stands where is in
//! [`layout`], what each pane shows in [`scene`], what a command does to the chosen item in [`acts`].

pub mod acts;
pub(in crate::ui::screen) mod cannot;
mod choose;
mod decides;
mod follow;
mod footer;
mod glance;
pub(in crate::ui::screen) mod header;
pub mod layout;
mod moves;
mod pane;
mod paper;
pub mod phase;
mod plain;
mod row;
pub mod scene;
#[cfg(test)]
mod tests;
mod whole;
mod why;

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

use self::phase::{Order, Phase, Whose};
use self::scene::Day;
use super::Surface;
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::board::{Item, ItemKey};
use crate::clinical::id::{PatientId, VisitId};
use crate::ui::chrome::{message_line, too_small};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// What is chosen in a pane, and how far it is scrolled. The choice belongs to the item and its patient; the line is
/// only where it stood last.
#[derive(Debug, Clone, Copy, Default)]
struct At {
    key: Option<ItemKey>,
    patient: Option<PatientId>,
    line: usize,
    top: usize,
    /// Whether the wheel moved the view away from the choice.
    loose: bool,
}

/// The board.
#[derive(Debug, Clone)]
pub struct BoardScreen {
    date: NaiveDate,
    focus: Phase,
    at: [At; 4],
    /// Who was chosen or acted on last: a pane that is entered shows this patient's item, where it has one.
    who: Option<PatientId>,
    by_clock: [bool; 7],
    whose: Whose,
    /// Whether the visit at the now line is to be chosen when today has come.
    to_now: bool,
    /// The visit to be chosen once it stands on the board: who walked in has the hands of the physician.
    to_visit: Option<VisitId>,
}

impl BoardScreen {
    /// The board of a day, with the weekdays (Monday first) that are listed by the clock.
    pub fn new(date: NaiveDate, by_clock: [bool; 7]) -> Self {
        Self {
            date,
            focus: Phase::Morning,
            at: [At::default(); 4],
            who: None,
            by_clock,
            whose: Whose::Mine,
            to_now: false,
            to_visit: None,
        }
    }

    /// Chooses a visit as soon as it stands on the board that is shown.
    pub const fn choose_when_there(&mut self, visit: VisitId) {
        self.to_visit = Some(visit);
    }

    /// The weekdays (Monday first) that are listed by the clock, to be kept.
    pub const fn by_clock(&self) -> [bool; 7] {
        self.by_clock
    }

    /// Whether a patient's line is in view, so that what is undone can be seen where it happens.
    pub fn shows(&self, patient: PatientId, env: &Env<'_>) -> bool {
        let scene = self.scene(Day::of(env), screen(env));
        let glance = !scene.layout.glance.is_empty();
        glance && scene.here().item().and_then(Item::patient_id) == Some(patient)
            || scene
                .panes
                .iter()
                .any(|pane| pane.in_view().any(|line| pane.item_at(line).and_then(Item::patient_id) == Some(patient)))
    }

    /// The chosen item.
    pub fn chosen<'a>(&self, env: &'a Env<'_>) -> Option<&'a Item> {
        self.scene(Day::of(env), screen(env)).here().item()
    }

    /// How visits are listed on a day.
    fn order_on(&self, date: NaiveDate) -> Order {
        let weekday = date.weekday().num_days_from_monday() as usize;
        if self.by_clock[weekday] { Order::ByClock } else { Order::ByPhase }
    }
}

/// The whole screen, as input sees it.
fn screen(env: &Env<'_>) -> Rect {
    Rect::new(0, 0, env.size.0, env.size.1)
}

impl Surface for BoardScreen {
    fn place(&self) -> Place {
        Place::Board(self.date)
    }

    fn context(&self) -> Context {
        Context::Board
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        if self.moves(command, env) {
            return Some(Vec::new());
        }
        self.acts(command, env)
    }

    fn cannot(&self, command: Command, env: &Env<'_>) -> Option<String> {
        let day = Day::of(env);
        cannot::cannot(command, self.scene(day, screen(env)).here().item(), day)
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if let Input::Resize(..) = input {
            self.settle(env);
        }
        env.mouse(input).map_or_else(Vec::new, |mouse| self.mouse(mouse, env))
    }

    /// At 80×24 (one pane open, the others folded):
    ///
    /// ```text
    /// Tue 24 Nov  10:14   ✓ 5   ▶ 1   ○ 10   12 min late   ends 17:40
    ///  07       08       09      10▾     11 …            the day ribbon
    /// ╭─ 1 Morning · Assessments ───────────────────────── 5 of 8 ─╮
    /// │ ✓ 08:00 OKAFOR Adaeze   54F back, leg left ▄▅▇▆  6 ▼2 …    │
    /// ╰────────────────────────────────────────────────────────────╯
    /// ─ 2 Midday · Plans  SANTOS Rui · no plan yet            4 due
    /// ─ 3 Afternoon · Procedures  13:00 MARSH Edwin           0 of 4
    /// ─ 4 Late · Follow-up & paperwork  TANAKA Yui · …        8 open
    ///   5 Evening · Reflection       tomorrow 2 visits   1 misses something
    ///  ✓ kept 10:13  NGUYEN Linh: score 6 → 7   u undo
    ///  Enter open  Space left  s score …
    /// ```
    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        canvas.clear(area);
        let day = Day::seen(view);
        let names = view.names();
        let order = self.order(day);
        let scene = self.scene(day, area);
        if scene.layout.too_small {
            too_small(canvas, area);
            return;
        }
        if view.preferences.plain {
            plain::render(canvas, area, &scene, view, names, order);
            return;
        }
        let layout = &scene.layout;
        header::header(canvas, layout.header, view);
        header::ribbon(canvas, layout.ribbon, view);
        header::notices(canvas, layout.notices, view);
        pane::panes(canvas, &scene, view, names, order);
        header::strip(canvas, layout.strip, view, order);
        header::evening(canvas, layout.evening, view);
        if let Some(item) = scene.here().item() {
            glance::render(canvas, layout.glance, item, view, names);
        }
        whole::render(canvas, layout.whole, &scene, view, names, order);
        message_line(canvas, layout.message, Context::Board, view);
        footer::render(canvas, layout.footer, scene.here().item(), view);
    }

    fn day_changed(&mut self, env: &mut Env<'_>) {
        if self.date != env.board.date {
            self.date = env.board.date;
            for at in &mut self.at {
                *at = At { patient: at.patient, ..At::default() };
            }
        }
        if self.to_now && env.board.is_today {
            self.to_now = false;
            self.now(Day::of(env));
        }
        if let Some(visit) = self.to_visit.take() {
            self.visit(visit, Day::of(env));
        }
        self.settle(env);
    }
}
