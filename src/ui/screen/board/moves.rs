//! Moving about: between panes, along a pane, and with the mouse. None of it changes a record.

use ratatui::layout::Rect;

use super::header::{hours, ribbon_blocks};
use super::layout::Slot;
use super::phase::{Order, Phase, Whose};
use super::scene::{Day, Shown};
use super::{At, BoardScreen, screen};
use crate::action::Command;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::clinical::board::{Item, ItemKey};
use crate::clinical::id::VisitId;
use crate::clinical::visit::VisitState;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::screen::Surface;
use crate::ui::widget::ribbon::Ribbon;

/// Lines a turn of the wheel moves.
const WHEEL: usize = 3;

impl BoardScreen {
    /// Carries out a command that only moves; false where it is none.
    pub(super) fn moves(&mut self, command: Command, env: &Env<'_>) -> bool {
        match command {
            Command::Up => self.step(env, |at, _, _| at.saturating_sub(1)),
            Command::Down => self.step(env, |at, last, _| (at + 1).min(last)),
            Command::First => self.step(env, |_, _, _| 0),
            Command::Last => self.step(env, |_, last, _| last),
            Command::PageUp => self.step(env, |at, _, page| at.saturating_sub(page)),
            Command::PageDown => self.step(env, |at, last, page| (at + page).min(last)),
            Command::NextPane => self.turn(env, 1),
            Command::PreviousPane => self.turn(env, -1),
            Command::Left | Command::Right => self.sideways(env, command),
            Command::PaneMorning => self.go(Phase::Morning, env),
            Command::PaneMidday => self.go(Phase::Midday, env),
            Command::PaneAfternoon => self.go(Phase::Afternoon, env),
            Command::PaneLate => self.go(Phase::Late, env),
            Command::ByClock => {
                self.settle(env);
                let weekday = chrono::Datelike::weekday(&env.board.date).num_days_from_monday() as usize;
                self.by_clock[weekday] = !self.by_clock[weekday];
                self.regroup(env);
            }
            Command::OthersItems => {
                self.whose = match self.whose {
                    Whose::Mine => Whose::Everybodys,
                    Whose::Everybodys => Whose::Mine,
                };
                self.go(Phase::Late, env);
            }
            Command::Now if env.board.is_today => {
                self.now(Day::of(env));
                self.settle(env);
            }
            _ => return false,
        }
        true
    }

    /// Chooses another item of the pane: `to` gives its place from the place of the chosen one, the last place and the
    /// items of a page.
    fn step(&mut self, env: &Env<'_>, to: impl Fn(usize, usize, usize) -> usize) {
        let scene = self.scene(Day::of(env), screen(env));
        let pane = scene.here();
        let lines: Vec<usize> = pane.items().map(|(line, _)| line).collect();
        let Some(last) = lines.len().checked_sub(1) else { return };
        let at = pane.chosen.and_then(|chosen| lines.iter().position(|line| *line == chosen)).unwrap_or(0);
        let screenful = pane.rows.saturating_sub(1).max(1);
        let line = lines[to(at, last, screenful).min(last)];
        let (phase, item) = (pane.phase, pane.item_at(line));
        self.choose(phase, item, line);
        self.settle(env);
    }

    /// Goes to the next pane, or the one before.
    fn turn(&mut self, env: &Env<'_>, by: isize) {
        let panes = Phase::panes(self.order(Day::of(env)));
        let here = self.focus.shown(self.order(Day::of(env)));
        let at = panes.iter().position(|phase| *phase == here).unwrap_or(0);
        let next = at.cast_signed().saturating_add(by).rem_euclid(panes.len().cast_signed());
        self.go(panes[next.cast_unsigned()], env);
    }

    /// Goes to the pane beside this one; where panes are folded, to the one before or after.
    fn sideways(&mut self, env: &Env<'_>, command: Command) {
        let scene = self.scene(Day::of(env), screen(env));
        let left = command == Command::Left;
        let Slot::Open(here) = scene.layout.slots[scene.here().phase.at()] else { return };
        let open = scene.panes.iter().filter_map(|pane| match scene.layout.slots[pane.phase.at()] {
            Slot::Open(area) => Some((pane.phase, area)),
            Slot::Folded(_) | Slot::Nowhere => None,
        });
        let two_columns = open.clone().any(|(_, area)| area.x != here.x);
        if !two_columns {
            self.turn(env, if left { -1 } else { 1 });
            return;
        }
        let beside = open
            .filter(|(_, area)| if left { area.x < here.x } else { area.x > here.x })
            .min_by_key(|(_, area)| area.y.abs_diff(here.y));
        if let Some((phase, _)) = beside {
            self.go(phase, env);
        }
    }

    /// Goes to a pane; where the chosen patient has an item there, to that one.
    pub(super) fn go(&mut self, phase: Phase, env: &Env<'_>) {
        let order = self.order(Day::of(env));
        let day = Day::of(env);
        let scene = self.scene(day, screen(env));
        let here = scene.here();
        let patient = self.who.or_else(|| here.item().and_then(Item::patient_id));
        let wanted = phase.shown(order);
        let from_here = here.phase == wanted;
        let target = scene.pane(wanted).and_then(|pane| {
            let same = |done| {
                let (line, item) = pane.items().find(|(_, item)| {
                    patient.is_some()
                        && item.patient_id() == patient
                        && item.done == done
                        && right_kind(phase, order, item)
                })?;
                Some((line, item.key, item.patient_id()))
            };
            let keeps = from_here && pane.item().is_some_and(|item| right_kind(phase, order, item));
            let first = |pane: &Shown<'_>| {
                let (line, item) = pane.items().find(|(_, item)| right_kind(phase, order, item) && !item.done)?;
                (phase != wanted).then(|| (line, item.key, item.patient_id()))
            };
            if keeps { None } else { same(false).or_else(|| same(true)).or_else(|| first(pane)) }
        });
        self.focus = wanted;
        self.who = patient;
        if let Some((line, key, patient)) = target {
            self.at[wanted.at()] = At { key: Some(key), patient, line, loose: false, ..self.at[wanted.at()] };
        }
        self.settle(env);
    }

    /// Keeps the chosen visit chosen when the way of listing has changed.
    fn regroup(&mut self, env: &Env<'_>) {
        let order = self.order(Day::of(env));
        let key = self.at[self.focus.at()].key;
        let phase = match (self.focus, order) {
            (Phase::Afternoon, Order::ByClock) => Phase::Morning,
            (Phase::Morning, Order::ByPhase) if matches!(key, Some(ItemKey::Procedure(_))) => Phase::Afternoon,
            (phase, _) => phase,
        };
        if phase != self.focus {
            self.at[phase.at()] = At { top: 0, ..self.at[self.focus.at()] };
            self.at[self.focus.at()] = At::default();
            self.focus = phase;
        }
        self.settle(env);
    }

    /// Chooses the visit at the now line: who is in room, who is here, who comes next.
    pub(super) fn now(&mut self, day: Day<'_>) {
        let state = |state| {
            let held = |item: &&Item| item.state == Some(state) && item.date == day.board.date;
            day.board.morning.iter().chain(&day.board.afternoon).filter(held).min_by_key(|item| item.start)
        };
        let coming =
            state(VisitState::InRoom).or_else(|| state(VisitState::Here)).or_else(|| state(VisitState::Booked));
        if let Some(item) = coming {
            self.choose_visit(item, day);
        }
    }

    /// Chooses the visit at a column of the ribbon.
    fn choose_at(&mut self, ribbon: Rect, x: u16, env: &Env<'_>) {
        let blocks = ribbon_blocks(env.board);
        let shown = Ribbon { blocks: &blocks, now: None, hours: hours(env.preferences) };
        let Some(minute) = shown.minute_at(ribbon, x) else { return };
        let at = blocks.iter().position(|block| (block.from..block.to).contains(&minute));
        let Some(visit) = at.and_then(|at| env.board.ribbon.get(at)).map(|block| block.visit) else { return };
        self.visit(visit, Day::of(env));
        self.settle(env);
    }

    /// Chooses a visit where it stands on the board.
    pub(super) fn visit(&mut self, visit: VisitId, day: Day<'_>) {
        let of_visit = |item: &&Item| item.visit == Some(visit) && item.state.is_some();
        if let Some(item) = day.board.morning.iter().chain(&day.board.afternoon).find(of_visit) {
            self.choose_visit(item, day);
        }
    }

    fn choose_visit(&mut self, item: &Item, day: Day<'_>) {
        let phase = if matches!(item.key, ItemKey::Procedure(_)) { Phase::Afternoon } else { Phase::Morning };
        self.focus = phase.shown(self.order(day));
        self.choose(self.focus, Some(item), 0);
    }

    fn choose(&mut self, phase: Phase, item: Option<&Item>, line: usize) {
        let at = &mut self.at[phase.at()];
        at.key = item.map(|item| item.key);
        at.patient = item.and_then(Item::patient_id);
        at.line = line;
        at.loose = false;
        self.who = item.and_then(Item::patient_id).or(self.who);
    }

    /// Writes down what is now chosen and in view in every pane, so that whatever arrives, moves or sorts next changes
    /// neither.
    pub(super) fn settle(&mut self, env: &Env<'_>) {
        let scene = self.scene(Day::of(env), screen(env));
        let held: Vec<_> = scene
            .panes
            .iter()
            .map(|pane| (pane.phase, pane.chosen, pane.item().map(|item| (item.key, item.patient_id())), pane.top))
            .collect();
        for (phase, line, item, top) in held {
            let at = &mut self.at[phase.at()];
            at.top = top;
            at.line = line.unwrap_or(at.line);
            if let Some((key, patient)) = item {
                at.key = Some(key);
                at.patient = patient.or(at.patient);
            }
        }
        self.focus = self.focus.shown(self.order(Day::of(env)));
    }

    /// The mouse: a click chooses, a click on what is chosen opens it, the wheel scrolls.
    pub(super) fn mouse(&mut self, mouse: Mouse, env: &mut Env<'_>) -> Vec<Effect> {
        let scene = self.scene(Day::of(env), screen(env));
        let layout = scene.layout;
        if layout.evening.contains((mouse.x, mouse.y).into()) && mouse.kind == MouseKind::Press(MouseButton::Left) {
            return self.command(Command::PaneEvening, env).unwrap_or_default();
        }
        if layout.ribbon.contains((mouse.x, mouse.y).into()) && mouse.kind == MouseKind::Press(MouseButton::Left) {
            self.choose_at(layout.ribbon, mouse.x, env);
            return Vec::new();
        }
        let Some(phase) = layout.phase_at(mouse.x, mouse.y) else { return Vec::new() };
        let Some(pane) = scene.pane(phase) else { return Vec::new() };
        match mouse.kind {
            MouseKind::Press(MouseButton::Left) => {
                let inside = layout.inside(phase);
                let line = inside
                    .contains((mouse.x, mouse.y).into())
                    .then(|| pane.top + usize::from(mouse.y - inside.y))
                    .filter(|line| pane.item_at(*line).is_some());
                let again = line.is_some() && line == pane.chosen && scene.here().phase == phase;
                if let Some(line) = line {
                    let item = pane.item_at(line);
                    // Copying out replaces the clipboard: only its key does that.
                    let opens = again && !matches!(item.map(|item| item.key), Some(ItemKey::Copy(_)));
                    self.focus = phase;
                    self.choose(phase, item, line);
                    self.settle(env);
                    return if opens { self.command(Command::Open, env).unwrap_or_default() } else { Vec::new() };
                }
                self.focus = phase;
                self.settle(env);
            }
            MouseKind::ScrollUp | MouseKind::ScrollDown => {
                let last = pane.lines.len().saturating_sub(pane.rows.max(1));
                let top = if mouse.kind == MouseKind::ScrollUp {
                    pane.top.saturating_sub(WHEEL)
                } else {
                    (pane.top + WHEEL).min(last)
                };
                let at = &mut self.at[phase.at()];
                at.top = top;
                at.loose = true;
            }
            MouseKind::Press(_) | MouseKind::Drag(_) | MouseKind::Release => {}
        }
        Vec::new()
    }
}

/// Whether the key of a pane may land on an item: by the clock, the key of the procedures on a procedure.
fn right_kind(phase: Phase, order: Order, item: &Item) -> bool {
    match (phase, order) {
        (Phase::Afternoon, Order::ByClock) => matches!(item.key, ItemKey::Procedure(_)),
        _ => true,
    }
}
