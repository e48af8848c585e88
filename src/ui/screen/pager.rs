//! A list whose chosen line is read in full beside it or below: the place in the list, how far the words are scrolled away,
//! and what moves both.

use ratatui::layout::Rect;

use super::cursor::{Cursor, Pointed};
use crate::action::Command;
use crate::action::input::{Mouse, MouseKind};
use crate::ui::env::Env;

/// The lines of text one turn of the wheel moves.
const WHEEL: usize = 3;

/// The place in a list, and in the words of its chosen line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pager {
    /// The place in the list.
    pub cursor: Cursor,
    /// How many lines of the words are scrolled away.
    pub top: usize,
}

/// What is on the screen: the rows of the list and of how many lines, the words of the chosen one and in how many lines.
#[derive(Debug, Clone, Copy)]
pub struct Pages {
    /// Where the list is drawn.
    pub rows: Rect,
    /// How many lines it has.
    pub count: usize,
    /// Where the words of the chosen line are drawn.
    pub text: Rect,
    /// In how many lines.
    pub lines: usize,
}

impl Pages {
    /// The furthest the words can be scrolled.
    fn last(&self) -> usize {
        self.lines.saturating_sub(usize::from(self.text.height))
    }
}

impl Pager {
    /// At this line, its words from the beginning.
    pub const fn new(at: usize) -> Self {
        Self { cursor: Cursor::new(at), top: 0 }
    }

    /// Pages through the words, moves through the list; another line is read from its beginning. False where it is no
    /// moving.
    pub fn command(&mut self, command: Command, pages: &Pages) -> bool {
        let page = usize::from(pages.text.height.max(2)) - 1;
        match command {
            Command::PageDown => self.scroll_down(page, pages),
            Command::PageUp => self.scroll_up(page, pages),
            _ => {
                let before = self.cursor.at;
                if !self.cursor.command(command, pages.count, pages.rows.height) {
                    return false;
                }
                self.begin_anew(before);
            }
        }
        true
    }

    /// The same where entries have keys of their own.
    pub fn command_of_entries(&mut self, command: Command, pages: &Pages, env: &Env<'_>) -> bool {
        match command {
            Command::EarlierEntry => self.command(Command::Down, pages),
            Command::LaterEntry => self.command(Command::Up, pages),
            _ if env.preferences.plain => self.command_by_line(command, pages),
            _ => self.command(command, pages),
        }
    }

    /// Why a key of entries would do nothing among so many lines: it leads beyond their end. The newest stands first.
    pub const fn beyond(&self, command: Command, count: usize) -> Option<&'static str> {
        match command {
            Command::EarlierEntry if self.cursor.at + 1 >= count => Some("there is none before this one"),
            Command::LaterEntry if self.cursor.at == 0 => Some("there is none after this one"),
            _ => None,
        }
    }

    /// The arrows of a screen reader go line by line through the words.
    fn command_by_line(&mut self, command: Command, pages: &Pages) -> bool {
        match command {
            Command::Down => self.top = (self.top + 1).min(pages.lines.saturating_sub(1)),
            Command::Up => self.top = self.top.saturating_sub(1),
            other => return self.command(other, pages),
        }
        true
    }

    /// Selects in the list; the wheel moves what is beneath the pointer.
    pub fn mouse(&mut self, mouse: Mouse, pages: &Pages) -> Pointed {
        let over_text = pages.text.contains((mouse.x, mouse.y).into());
        match mouse.kind {
            MouseKind::ScrollDown if over_text => self.scroll_down(WHEEL, pages),
            MouseKind::ScrollUp if over_text => self.scroll_up(WHEEL, pages),
            _ => {
                let before = self.cursor.at;
                let pointed = self.cursor.mouse(mouse, pages.rows, pages.count);
                self.begin_anew(before);
                return pointed;
            }
        }
        Pointed::Elsewhere
    }

    /// The first line of the words in view: never so far that less than a page is left.
    pub fn shown_from(&self, lines: usize, height: u16) -> usize {
        self.top.min(lines.saturating_sub(usize::from(height)))
    }

    fn scroll_down(&mut self, by: usize, pages: &Pages) {
        self.top = (self.top + by).min(pages.last());
    }

    fn scroll_up(&mut self, by: usize, pages: &Pages) {
        self.top = self.top.min(pages.last()).saturating_sub(by);
    }

    fn begin_anew(&mut self, before: usize) {
        if self.cursor.at != before {
            self.top = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::input::MouseButton;

    fn pages() -> Pages {
        Pages { rows: Rect::new(0, 1, 10, 4), count: 6, text: Rect::new(10, 1, 30, 5), lines: 12 }
    }

    #[test]
    fn the_words_are_paged_and_another_line_is_read_from_its_beginning() {
        let mut pager = Pager::default();
        for (command, at, top) in [
            (Command::PageDown, 0, 4),
            (Command::PageDown, 0, 7),
            (Command::PageDown, 0, 7),
            (Command::PageUp, 0, 3),
            (Command::Down, 1, 0),
            (Command::PageDown, 1, 4),
            (Command::Up, 0, 0),
            (Command::PageDown, 0, 4),
            (Command::Up, 0, 4),
        ] {
            assert!(pager.command(command, &pages()));
            assert_eq!((pager.cursor.at, pager.top), (at, top), "{command:?}");
        }
        assert!(!pager.command(Command::Undo, &pages()));
    }

    #[test]
    fn the_wheel_moves_what_is_beneath_the_pointer() {
        let mut pager = Pager::default();
        for (kind, x, y, at, top) in [
            (MouseKind::ScrollDown, 20, 3, 0, 3),
            (MouseKind::ScrollDown, 20, 3, 0, 6),
            (MouseKind::ScrollDown, 20, 3, 0, 7),
            (MouseKind::ScrollUp, 20, 3, 0, 4),
            (MouseKind::ScrollDown, 4, 3, 1, 0),
            (MouseKind::Press(MouseButton::Left), 4, 4, 3, 0),
            (MouseKind::Press(MouseButton::Left), 20, 4, 3, 0),
        ] {
            pager.mouse(Mouse { kind, x, y }, &pages());
            assert_eq!((pager.cursor.at, pager.top), (at, top), "{kind:?} {x}");
        }
    }

    #[test]
    fn beyond_the_first_and_the_last_nothing_is_offered() {
        for (at, count, earlier, later) in
            [(0, 1, false, false), (0, 3, true, false), (1, 3, true, true), (2, 3, false, true)]
        {
            let pager = Pager::new(at);
            assert_eq!(pager.beyond(Command::EarlierEntry, count).is_none(), earlier, "{at} of {count}");
            assert_eq!(pager.beyond(Command::LaterEntry, count).is_none(), later, "{at} of {count}");
        }
    }
}
