//! Text to read over a screen: why a figure is what it is, or what was said in full.

use ratatui::layout::Rect;

use super::{Done, screen};
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::text::width;
use crate::form::text::Wrap;
use crate::ui::env::{Env, View};
use crate::ui::theme::Role;
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, Words, row};

/// The columns text is read in, where the screen has as many.
const WIDE: u16 = 74;

/// Text to read; any key that does not scroll closes it.
#[derive(Debug)]
pub struct Reading {
    /// What it is about.
    pub title: String,
    /// The text, its lines not yet wrapped.
    pub text: String,
    /// How many lines are scrolled away.
    pub top: usize,
}

impl Reading {
    /// Text under a title.
    pub fn new(title: impl Into<String>, text: &str) -> Self {
        Self { title: title.into(), text: text.to_owned(), top: 0 }
    }

    /// The text in lines that fit on such a screen.
    fn lines(&self, screen: Rect) -> Vec<String> {
        wrap(&self.text, usize::from(WIDE.min(screen.width.saturating_sub(4)).max(1)))
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input, env: &Env<'_>) -> Done {
        let Input::Key(key) = input else { return Done::Stay };
        let lines = self.lines(screen(env));
        let rows = usize::from(frame(&self.title, &lines, usize::MAX).inside(screen(env)).height);
        let (page, last) = (rows.saturating_sub(1).max(1), lines.len().saturating_sub(rows));
        self.top = match key.code {
            KeyCode::Down | KeyCode::Char('j') => (self.top + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => self.top.min(last).saturating_sub(1),
            KeyCode::PgDn | KeyCode::Char(' ') => (self.top + page).min(last),
            KeyCode::PgUp => self.top.min(last).saturating_sub(page),
            KeyCode::Home => 0,
            KeyCode::End => last,
            _ => return Done::left(),
        };
        Done::Stay
    }

    /// Draws the text.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let names = view.names();
        let title = names.asked(&self.title);
        let lines = self.lines(area);
        let rows = usize::from(frame(&title, &lines, usize::MAX).inside(area).height);
        let top = self.top.min(lines.len().saturating_sub(rows));
        let inside = frame(&title, &lines, lines.len().saturating_sub(top + rows)).paint(canvas, area);
        for (down, line) in (0..inside.height).zip(lines.iter().skip(top)) {
            canvas.text(row(inside, down), Role::Text, &names.asked(line));
        }
    }
}

/// The box around these lines, of which so many are out of sight below.
fn frame<'a>(title: &'a str, lines: &[String], below: usize) -> Frame<'a> {
    let wide = lines.iter().map(|line| width(line)).max().unwrap_or(0).max(40);
    let note = match below {
        0 => "Esc".to_owned(),
        usize::MAX => "↓ 99  PgDn  Esc".to_owned(),
        below => format!("↓ {below}  PgDn  Esc"),
    };
    Frame {
        title,
        note: Words::of(Role::Second, note),
        width: u16::try_from(wide).unwrap_or(u16::MAX),
        height: u16::try_from(lines.len()).unwrap_or(u16::MAX),
    }
}

/// Text in lines of at most so many columns, broken at blanks, and within a word that is longer than a line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.lines() {
        let rows = Wrap::new(line, columns);
        out.extend(rows.rows().iter().map(|row| line[row.range()].trim_end().to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_at_blanks_and_a_long_word_where_it_must() {
        for (text, columns, lines) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("one\n\n two", 9, vec!["one", "", " two"]),
            ("abcdefgh", 3, vec!["abc", "def", "gh"]),
            ("日本語です", 4, vec!["日本", "語で", "す"]),
            ("", 4, vec![]),
            ("a b", 0, vec!["a", "b"]),
        ] {
            assert_eq!(wrap(text, columns), lines, "{text} in {columns}");
        }
    }
}
