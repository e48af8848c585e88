//! One line of text with a cursor.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::{canvas::Canvas, canvas::columns, canvas::row, words::Words};
use crate::clinical::text::width;
use crate::ui::theme::Role;

/// Whether what is typed can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// As typed.
    #[default]
    Plain,
    /// One dot for each character: a passphrase.
    Masked,
}

/// A line being edited.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// What is typed.
    pub text: &'a str,
    /// The cursor, in bytes; between characters it moves to the start of the one it is in.
    pub cursor: usize,
    /// Whether it can be read.
    pub shown: Shown,
    /// What is said while nothing is typed.
    pub hint: &'a str,
}

impl Input<'_> {
    /// Draws the line, moved so far that the cursor is in view, and places the cursor.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.clear(area);
        if area.is_empty() {
            return;
        }
        if self.text.is_empty() {
            canvas.text(area, Role::Faint, self.hint);
        }
        let dot = canvas.glyphs().masked;
        let (from, column) = self.window(area.width);
        let shown: String = match self.shown {
            Shown::Plain => self.text.graphemes(true).skip(from).collect(),
            Shown::Masked => dot.repeat(self.text.graphemes(true).skip(from).count()),
        };
        let mut fitting = String::new();
        let mut used = 0;
        for cluster in shown.graphemes(true) {
            used += width(cluster);
            if used > usize::from(area.width) {
                break;
            }
            fitting.push_str(cluster);
        }
        canvas.words(area, &Words::of(Role::Text, fitting));
        if from > 0 && column > 0 {
            let sign = canvas.glyphs().more;
            canvas.sign(area.x, area.y, Role::Faint, sign);
        }
        canvas.place_cursor(area.x.saturating_add(column), area.y);
    }

    /// The first character in view, and the column of the cursor.
    fn window(&self, columns_wide: u16) -> (usize, u16) {
        let wide = |cluster: &str| match self.shown {
            Shown::Plain => width(cluster),
            Shown::Masked => 1,
        };
        let before: Vec<usize> = self
            .text
            .grapheme_indices(true)
            .take_while(|(at, cluster)| at + cluster.len() <= self.cursor)
            .map(|(_, cluster)| wide(cluster))
            .collect();
        let room = usize::from(columns_wide).saturating_sub(1);
        let mut column: usize = before.iter().sum();
        let mut from = 0;
        while column > room {
            column -= before.get(from).copied().unwrap_or(column);
            from += 1;
        }
        (from, columns(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_always_in_view() {
        for (text, cursor, wide, expected) in [
            ("", 0, 8, (0, 0)),
            ("abc", 3, 8, (0, 3)),
            ("abcdefgh", 8, 8, (1, 7)),
            ("日本語", 9, 5, (1, 4)),
            ("日本語", 9, 4, (2, 2)),
            ("e\u{301}x", 2, 8, (0, 0)),
            ("e\u{301}x", 3, 8, (0, 1)),
            ("abc", 3, 1, (3, 0)),
            ("abc", 3, 0, (3, 0)),
        ] {
            let input = Input { text, cursor, ..Input::default() };
            assert_eq!(input.window(wide), expected, "{text} {cursor} {wide}");
        }
    }

    #[test]
    fn a_masked_line_counts_characters_not_columns() {
        let input = Input { text: "日本", cursor: 6, shown: Shown::Masked, hint: "" };
        assert_eq!(input.window(10), (0, 2));
    }
}
