//! The place in a list: which row is under the hands, which is the first in view. What moves it is the same everywhere.

use ratatui::layout::Rect;

use super::Surface;
use crate::action::Command;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::widget::list::{List, scroll};

/// The place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The row under the hands.
    pub at: usize,
    top: usize,
}

/// What the mouse did in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointed {
    /// Nothing: it was not on a row.
    Elsewhere,
    /// A row is chosen.
    Chosen,
    /// The row that was chosen already was clicked: it is opened.
    Again,
}

impl Pointed {
    /// What follows in a list that only opens: a row clicked again.
    pub fn follow(self, screen: &mut impl Surface, env: &mut Env<'_>) -> Vec<Effect> {
        match self {
            Self::Again => screen.command(Command::Open, env).unwrap_or_default(),
            Self::Chosen | Self::Elsewhere => Vec::new(),
        }
    }
}

impl Cursor {
    /// A place at this row.
    pub const fn new(at: usize) -> Self {
        Self { at, top: 0 }
    }

    /// Goes to a row.
    pub fn go(&mut self, at: usize, count: usize, height: u16) {
        self.at = at.min(count.saturating_sub(1));
        self.top = scroll(self.top, self.at, usize::from(height), count);
    }

    /// Moves as a command says; false where it is no moving.
    pub fn command(&mut self, command: Command, count: usize, height: u16) -> bool {
        let page = usize::from(height).saturating_sub(1).max(1);
        let last = count.saturating_sub(1);
        let at = match command {
            Command::Up => self.at.saturating_sub(1),
            Command::Down => self.at + 1,
            Command::First => 0,
            Command::Last => last,
            Command::PageUp => self.at.saturating_sub(page),
            Command::PageDown => self.at.saturating_add(page),
            _ => return false,
        };
        self.go(at, count, height);
        true
    }

    /// Moves as a command says through lines of which some are headings; false where it is no moving. Where the first row
    /// is chosen the headings above it are in view too.
    pub fn command_over(
        &mut self,
        command: Command,
        count: usize,
        height: u16,
        is_row: impl Fn(usize) -> bool,
    ) -> bool {
        let from = self.at;
        if !self.command(command, count, height) {
            return false;
        }
        let back = matches!(command, Command::Up | Command::PageUp | Command::Last);
        let before = || (0..=self.at.min(count.saturating_sub(1))).rev().find(|&at| is_row(at));
        let after = || (self.at..count).find(|&at| is_row(at));
        let at = if count == 0 {
            None
        } else if back {
            before().or_else(after)
        } else {
            after().or_else(before)
        };
        self.go(at.unwrap_or(from), count, height);
        if !(0..self.at).any(is_row) {
            self.top = 0;
        }
        true
    }

    /// Selects by the mouse, and moves by its wheel; `rows` is where the list is drawn.
    pub fn mouse(&mut self, mouse: Mouse, rows: Rect, count: usize) -> Pointed {
        self.mouse_over(mouse, rows, count, |_| true)
    }

    /// The same in lines of which some are headings: none is chosen, and the wheel passes over them.
    pub fn mouse_over(&mut self, mouse: Mouse, rows: Rect, count: usize, is_row: impl Fn(usize) -> bool) -> Pointed {
        let by = match mouse.kind {
            MouseKind::Press(MouseButton::Left) => {
                let list = self.list(count, rows.height);
                let Some(at) = list.row_at(rows, mouse.x, mouse.y).filter(|&at| is_row(at)) else {
                    return Pointed::Elsewhere;
                };
                let again = list.chosen == Some(at);
                self.go(at, count, rows.height);
                return if again { Pointed::Again } else { Pointed::Chosen };
            }
            MouseKind::ScrollUp => Command::Up,
            MouseKind::ScrollDown => Command::Down,
            MouseKind::Press(_) | MouseKind::Drag(_) | MouseKind::Release => return Pointed::Elsewhere,
        };
        self.command_over(by, count, rows.height, is_row);
        Pointed::Chosen
    }

    /// The list to draw: the row under the hands is always in view, whatever the height has become.
    pub fn list(self, count: usize, height: u16) -> List {
        let chosen = self.at.min(count.saturating_sub(1));
        let top = scroll(self.top, chosen, usize::from(height), count);
        List { count, top, chosen: (count > 0).then_some(chosen) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_under_the_hands_stays_in_the_list_and_in_view() {
        let mut cursor = Cursor::default();
        for (command, at, top) in [
            (Command::Up, 0, 0),
            (Command::Down, 1, 0),
            (Command::PageDown, 4, 1),
            (Command::Last, 9, 6),
            (Command::Down, 9, 6),
            (Command::PageUp, 6, 6),
            (Command::First, 0, 0),
        ] {
            assert!(cursor.command(command, 10, 4), "{command:?}");
            assert_eq!((cursor.at, cursor.list(10, 4).top), (at, top), "{command:?}");
        }
        assert!(!cursor.command(Command::Undo, 10, 4));
        for command in [Command::Last, Command::PageDown, Command::Down] {
            cursor.command(command, 0, 0);
            assert_eq!((cursor.at, cursor.list(0, 0).chosen), (0, None));
        }
    }

    #[test]
    fn headings_are_passed_over() {
        let is_row = |at: usize| !matches!(at, 0 | 4);
        let mut cursor = Cursor::new(1);
        for (command, at, top) in [
            (Command::Up, 1, 0),
            (Command::Down, 2, 0),
            (Command::Down, 3, 1),
            (Command::Down, 5, 3),
            (Command::Up, 3, 3),
            (Command::First, 1, 0),
            (Command::Last, 7, 5),
        ] {
            assert!(cursor.command_over(command, 8, 3, is_row));
            assert_eq!((cursor.at, cursor.list(8, 3).top), (at, top), "{command:?}");
        }
        assert!(cursor.command_over(Command::Down, 0, 3, |_| false));
    }

    #[test]
    fn a_click_selects_a_second_one_opens_and_the_wheel_moves() {
        let mut cursor = Cursor::new(5);
        let rows = Rect::new(1, 3, 20, 4);
        let mouse = |kind, y| Mouse { kind, x: 4, y };
        let click = MouseKind::Press(MouseButton::Left);
        cursor.go(5, 10, 4);
        for (kind, y, pointed, at) in [
            // Two rows are scrolled away.
            (click, 4, Pointed::Chosen, 3),
            (click, 4, Pointed::Again, 3),
            (MouseKind::ScrollDown, 4, Pointed::Chosen, 4),
            (click, 9, Pointed::Elsewhere, 4),
            (MouseKind::Press(MouseButton::Middle), 4, Pointed::Elsewhere, 4),
            (MouseKind::ScrollUp, 4, Pointed::Chosen, 3),
        ] {
            assert_eq!((cursor.mouse(mouse(kind, y), rows, 10), cursor.at), (pointed, at), "{kind:?}");
        }
    }

    #[test]
    fn the_wheel_passes_over_headings_and_a_click_on_one_is_on_nothing() {
        let mut cursor = Cursor::new(1);
        let rows = Rect::new(0, 0, 20, 8);
        let is_row = |at: usize| !matches!(at, 0 | 2 | 5);
        let mut seen = Vec::new();
        for kind in [[MouseKind::ScrollDown; 4], [MouseKind::ScrollUp; 4]].concat() {
            cursor.mouse_over(Mouse { kind, x: 1, y: 1 }, rows, 7, is_row);
            seen.push(cursor.at);
        }
        assert_eq!(seen, [3, 4, 6, 6, 4, 3, 1, 1]);
        let click = Mouse { kind: MouseKind::Press(MouseButton::Left), x: 1, y: 2 };
        assert_eq!(cursor.mouse_over(click, rows, 7, is_row), Pointed::Elsewhere);
        assert_eq!(cursor.at, 1);
    }
}
