//! What a lock must not forget, and how a session comes back after the passphrase.

use chrono::NaiveDate;

use super::{Day, Session, Setting};
use crate::ui::screen::Screen;
use crate::ui::screen::board::BoardScreen;
use crate::ui::screen::cursor::Cursor;

/// What is remembered over a lock beside the drafts and places in the file: of patients no more than identities.
#[derive(Debug, Default)]
pub struct Aside {
    /// The day on the board, where it was not today.
    pub date: Option<NaiveDate>,
    /// Whether all names were hidden.
    pub names_hidden: bool,
    /// The board as it was: what is chosen in each pane.
    board: Option<BoardScreen>,
    /// Of each screen over it the place in its list.
    rows: Vec<Option<usize>>,
}

impl Session {
    /// What a lock must not forget: which day was shown, and whether names were hidden.
    pub fn aside(&mut self) -> Aside {
        let today = self.now().today();
        let board = match self.stack.first() {
            Some(Screen::Board(board)) => Some((**board).clone()),
            _ => None,
        };
        let row = |screen: &mut Screen| screen.surface_mut().cursor().map(|cursor| cursor.at);
        Aside {
            date: (self.date() != today).then_some(self.date()),
            names_hidden: self.names_hidden,
            board,
            rows: self.stack.iter_mut().skip(1).map(row).collect(),
        }
    }

    /// After the passphrase: the same day, names hidden as they were, and the hands where they were in every list.
    pub fn come_back(&mut self, aside: Aside, setting: &Setting) {
        self.names_hidden = aside.names_hidden;
        if let (Some(board), Some(Screen::Board(home))) = (aside.board, self.stack.first_mut()) {
            **home = board;
        }
        if aside.rows.len() + 1 == self.stack.len() {
            for (screen, row) in self.stack.iter_mut().skip(1).zip(aside.rows) {
                if let (Some(cursor), Some(row)) = (screen.surface_mut().cursor(), row) {
                    *cursor = Cursor::new(row);
                    screen.surface_mut().came_back();
                }
            }
        }
        self.with_env(setting, |screen, env| screen.surface_mut().day_changed(env));
        let Some(date) = aside.date else { return };
        let now = self.clock.now();
        // Where it cannot be loaded today stays, with the reason.
        match Day::load(&self.store, date, now, &setting.preferences) {
            Ok(day) => {
                self.day = day;
                self.with_env(setting, |screen, env| screen.surface_mut().day_changed(env));
            }
            Err(error) => self.fail(&error, "today is shown instead"),
        }
    }
}
