//! What the board shows at one size: the lines of each pane, which is chosen, what is in view. Drawing, scrolling and the
//! mouse all read the same scene.

use std::ops::Range;

use chrono::NaiveTime;
use ratatui::layout::Rect;

use super::layout::{Asked, Layout, layout};
use super::phase::{self, Order, Phase};
use super::{At, BoardScreen};
use crate::action::{Command, Keymap};
use crate::clinical::board::{Board, DayRecords, Item, clock};
use crate::clinical::find::PatientIndex;
use crate::clinical::time::Now;
use crate::clinical::visit::VisitState;
use crate::ui::env::{Env, Preferences, View};
use crate::ui::widget::list::scroll;

/// The day as it is lent to the board, with input or with drawing.
#[derive(Debug, Clone, Copy)]
pub struct Day<'a> {
    /// The moment.
    pub now: Now,
    /// The board.
    pub board: &'a Board,
    /// The records it was computed from.
    pub records: &'a DayRecords,
    /// The settings.
    pub preferences: &'a Preferences,
    /// The keys.
    pub keymap: &'a Keymap,
    /// Every patient there is.
    pub patients: &'a PatientIndex,
}

impl<'a> Day<'a> {
    /// As it goes with input.
    pub fn of(env: &'a Env<'_>) -> Self {
        Self {
            now: env.now,
            board: env.board,
            records: env.records,
            preferences: env.preferences,
            keymap: env.keymap,
            patients: env.patients,
        }
    }

    /// Whether the practice has no patient yet.
    fn nobody_is_known(self) -> bool {
        !self.patients.is_unread() && self.patients.is_empty()
    }

    /// As it goes with drawing.
    pub fn seen(view: &View<'a>) -> Self {
        Self {
            now: view.now,
            board: view.board,
            records: view.records,
            preferences: view.preferences,
            keymap: view.keymap,
            patients: view.patients,
        }
    }
}

/// One line of a pane.
#[derive(Debug, Clone, PartialEq)]
pub enum Line<'a> {
    /// An item: the only line that can be chosen.
    Item(&'a Item),
    /// The now line.
    Now,
    /// Nothing.
    Blank,
    /// What the empty pane is for.
    Purpose,
    /// A first step of a practice that has no patient yet.
    First(Command),
    /// How to book, and what is free.
    Free(Vec<(NaiveTime, NaiveTime)>),
    /// How many items of others are not shown.
    Others(usize),
}

/// A pane as it stands on the board.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// Which.
    pub phase: Phase,
    /// Everything it holds, in order.
    pub lines: Vec<Line<'a>>,
    /// The chosen line.
    pub chosen: Option<usize>,
    /// The first line in view.
    pub top: usize,
    /// How many lines are in view; 0 while it is folded.
    pub rows: usize,
}

impl<'a> Shown<'a> {
    /// The chosen item.
    pub fn item(&self) -> Option<&'a Item> {
        self.item_at(self.chosen?)
    }

    /// The item of a line.
    pub fn item_at(&self, line: usize) -> Option<&'a Item> {
        match self.lines.get(line)? {
            Line::Item(item) => Some(item),
            Line::Now | Line::Blank | Line::Purpose | Line::First(_) | Line::Free(_) | Line::Others(_) => None,
        }
    }

    /// The lines in view.
    pub fn in_view(&self) -> Range<usize> {
        self.top..(self.top + self.rows).min(self.lines.len())
    }

    /// The items, in order.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Item)> {
        self.lines.iter().enumerate().filter_map(|(at, line)| match line {
            Line::Item(item) => Some((at, *item)),
            Line::Now | Line::Blank | Line::Purpose | Line::First(_) | Line::Free(_) | Line::Others(_) => None,
        })
    }
}

/// The board at one size.
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    /// Where everything stands.
    pub layout: Layout,
    /// The panes, in the order of the day.
    pub panes: Vec<Shown<'a>>,
    /// Which of them is under the hands.
    pub focus: usize,
}

impl<'a> Scene<'a> {
    /// The pane under the hands.
    pub fn here(&self) -> &Shown<'a> {
        &self.panes[self.focus]
    }

    /// A pane.
    pub fn pane(&self, phase: Phase) -> Option<&Shown<'a>> {
        self.panes.iter().find(|pane| pane.phase == phase)
    }
}

/// The lines of the notices above the panes: an earlier day never closed, this day closed.
pub fn notices(board: &Board) -> u16 {
    u16::from(board.unclosed.is_some()) + u16::from(board.closed)
}

impl BoardScreen {
    /// How visits are listed on this day's weekday.
    pub(super) fn order(&self, day: Day<'_>) -> Order {
        self.order_on(day.board.date)
    }

    /// The board at a size.
    pub(super) fn scene<'a>(&self, day: Day<'a>, area: Rect) -> Scene<'a> {
        let order = self.order(day);
        let phases = Phase::panes(order);
        let all: Vec<Vec<Line<'a>>> = phases.iter().map(|&phase| self.lines(day, phase)).collect();
        let mut counts = [0; 4];
        for (phase, lines) in phases.iter().zip(&all) {
            counts[phase.at()] = lines.len();
        }
        let asked = Asked { area, lines: counts, focus: self.focus, order, notices: notices(day.board) };
        let layout = layout(&asked);
        let focus = self.focus.shown(order);
        let panes = phases.iter().zip(all).map(|(&phase, mut lines)| {
            let at = &self.at[phase.at()];
            let rows = usize::from(layout.inside(phase).height);
            if rows < lines.len() {
                // How to book gives way before a visit does.
                lines.retain(|line| !matches!(line, Line::Blank | Line::Free(_)));
            }
            let chosen = chosen(at, &lines, phase, day);
            let top = match chosen {
                Some(chosen) if !at.loose => scroll(at.top, chosen, rows, lines.len()),
                _ => at.top.min(lines.len().saturating_sub(rows.max(1))),
            };
            Shown { phase, lines, chosen, top, rows }
        });
        let panes: Vec<Shown<'a>> = panes.collect();
        let focus = panes.iter().position(|pane| pane.phase == focus).unwrap_or(0);
        Scene { layout, panes, focus }
    }

    /// The lines of a pane.
    fn lines<'a>(&self, day: Day<'a>, phase: Phase) -> Vec<Line<'a>> {
        let order = self.order(day);
        let items = phase::items(day.board, phase, order, self.whose);
        let now = now_at(&items, day);
        let mut lines: Vec<Line<'a>> = Vec::with_capacity(items.len() + 3);
        for (at, item) in items.iter().enumerate() {
            if now == Some(at) {
                lines.push(Line::Now);
            }
            lines.push(Line::Item(item));
        }
        if now == Some(items.len()) {
            lines.push(Line::Now);
        }
        if items.is_empty() {
            lines.push(Line::Purpose);
            if phase == Phase::Morning && day.nobody_is_known() {
                lines.extend([Command::Import, Command::NewPatient, Command::Help].map(Line::First));
            }
        } else if phase == Phase::Morning && day.board.date >= day.now.today() {
            let least = day.preferences.usual_minutes.follow_up;
            lines.extend([Line::Blank, Line::Free(clock::gaps(day.records, day.now, least))]);
        }
        if phase == Phase::Late && self.whose == phase::Whose::Mine {
            let others = phase::others(day.board);
            if others > 0 {
                lines.push(Line::Others(others));
            }
        }
        lines
    }
}

/// Before which of a pane's visits the now line stands; none on another day, before the first visit, and when all of the
/// pane is over.
fn now_at(items: &[&Item], day: Day<'_>) -> Option<usize> {
    if !day.board.is_today {
        return None;
    }
    let time = day.now.time();
    let visits: Vec<&Item> =
        items.iter().copied().take_while(|item| item.date == day.board.date && item.state.is_some()).collect();
    let passed = visits.iter().take_while(|item| item.start.is_none_or(|start| start <= time)).count();
    let waits = |item: &&Item| matches!(item.state, Some(VisitState::Booked | VisitState::Here | VisitState::InRoom));
    (passed > 0 && (passed < visits.len() || visits.iter().any(waits))).then_some(passed)
}

/// The chosen line: the item itself, else another of the same patient, else what stands where it stood; before anything
/// was chosen, what comes next.
fn chosen(at: &At, lines: &[Line<'_>], phase: Phase, day: Day<'_>) -> Option<usize> {
    let items = || {
        lines.iter().enumerate().filter_map(|(line, held)| match held {
            Line::Item(item) => Some((line, *item)),
            Line::Now | Line::Blank | Line::Purpose | Line::First(_) | Line::Free(_) | Line::Others(_) => None,
        })
    };
    let Some(key) = at.key else { return next(items(), phase, day) };
    let same = items().find(|(_, item)| item.key == key);
    let patient = || at.patient.and_then(|patient| items().find(|(_, item)| item.patient_id() == Some(patient)));
    let place = || items().min_by_key(|(line, _)| line.abs_diff(at.line));
    same.or_else(patient).or_else(place).map(|(line, _)| line)
}

/// What comes next in a pane: who is in room, who is here, who is booked from now on; of plans and paperwork the first.
fn next<'a>(items: impl Iterator<Item = (usize, &'a Item)>, phase: Phase, day: Day<'_>) -> Option<usize> {
    let items: Vec<(usize, &Item)> = items.collect();
    let first = || items.iter().find(|(_, item)| !item.done).or(items.first());
    let in_state = |state| items.iter().find(|(_, item)| item.state == Some(state));
    let found = match phase {
        Phase::Midday | Phase::Late => first(),
        Phase::Morning | Phase::Afternoon if !day.board.is_today => items.first(),
        Phase::Morning | Phase::Afternoon => in_state(VisitState::InRoom)
            .or_else(|| in_state(VisitState::Here))
            .or_else(|| in_state(VisitState::Booked))
            .or(items.last()),
    };
    found.map(|(line, _)| *line)
}
