//! Text to read over a screen: why a figure is what it is, or what was said in full.

use ratatui::layout::Rect;

use super::Done;
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::text::width;
use crate::form::text::Wrap;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, Words, row};

/// Text to read; any key that does not scroll closes it.
#[derive(Debug)]
pub struct Reading {
    /// What it is about.
    pub title: String,
    /// The lines, already short enough for 74 columns.
    pub lines: Vec<String>,
    /// How many are scrolled away.
    pub top: usize,
}

impl Reading {
    /// Text under a title, wrapped at blanks.
    pub fn new(title: impl Into<String>, text: &str) -> Self {
        Self { title: title.into(), lines: wrap(text, 74), top: 0 }
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input) -> Done {
        let Input::Key(key) = input else { return Done::Stay };
        let last = self.lines.len().saturating_sub(1);
        self.top = match key.code {
            KeyCode::Down | KeyCode::Char('j') => (self.top + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => self.top.saturating_sub(1),
            KeyCode::PgDn => (self.top + 10).min(last),
            KeyCode::PgUp => self.top.saturating_sub(10),
            _ => return Done::left(),
        };
        Done::Stay
    }

    /// Draws the text.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let names = view.names();
        let title = names.asked(&self.title);
        let wide = self.lines.iter().map(|line| width(line)).max().unwrap_or(0).max(40);
        let below = self.lines.len().saturating_sub(self.top + usize::from(area.height.saturating_sub(4)));
        let note = if below > 0 { format!("↓ {below}  PgDn  Esc") } else { "Esc".to_owned() };
        let frame = Frame {
            title: &title,
            note: Words::of(Role::Second, note),
            width: u16::try_from(wide).unwrap_or(u16::MAX),
            height: u16::try_from(self.lines.len()).unwrap_or(u16::MAX),
        };
        let inside = frame.paint(canvas, area);
        for (down, line) in (0..inside.height).zip(self.lines.iter().skip(self.top)) {
            canvas.text(row(inside, down), Role::Text, &names.asked(line));
        }
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
