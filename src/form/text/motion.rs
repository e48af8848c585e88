//! Motions of the cursor, and deleting by them.

use super::edit::Edit;
use super::wrap::width_of;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Where the cursor can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One cluster to the left.
    Left,
    /// One cluster to the right.
    Right,
    /// To the start of the word, or of the one before.
    WordLeft,
    /// Behind the word, or the next one.
    WordRight,
    /// To the start of the visible row.
    LineStart,
    /// To the end of the visible row.
    LineEnd,
    /// A visible row up.
    Up,
    /// A visible row down.
    Down,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

/// Does a motion take the selection along?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Selecting {
    Yes,
    No,
}

impl Edit {
    /// Moves the cursor and ends the selection; false if it stands where it stood.
    ///
    /// With a selection, Left and Right go to its end on that side.
    pub fn go(&mut self, motion: Motion) -> bool {
        self.travel(motion, Selecting::No)
    }
    /// Moves the cursor and the selection with it.
    pub fn reach(&mut self, motion: Motion) -> bool {
        self.travel(motion, Selecting::Yes)
    }
    /// Selects the whole text, the cursor at its end.
    pub fn select_all(&mut self) {
        self.select(0, self.text.len());
    }

    fn travel(&mut self, motion: Motion, selecting: Selecting) -> bool {
        let (from, had) = (self.at, self.selection());
        let goal = self.goal.unwrap_or_else(|| self.column());
        let to = match (motion, &had, selecting) {
            (Motion::Left, Some(range), Selecting::No) => range.start,
            (Motion::Right, Some(range), Selecting::No) => range.end,
            _ => self.target(motion, goal),
        };
        let anchor = match selecting {
            Selecting::Yes => Some(self.anchor.unwrap_or(from)),
            Selecting::No => None,
        };
        self.put(to);
        self.anchor = anchor;
        if matches!(motion, Motion::Up | Motion::Down) {
            self.goal = Some(goal);
        }
        self.at != from || had != self.selection()
    }

    /// Deletes from the cursor to where a motion leads, or what is selected; false if nothing was there.
    pub fn delete(&mut self, motion: Motion) -> bool {
        if self.delete_selection() {
            return true;
        }
        let to = self.target(motion, self.column());
        if to == self.at {
            return false;
        }
        self.replace(to.min(self.at)..to.max(self.at), "");
        true
    }

    /// Would [`Edit::delete`] delete anything?
    pub fn can_delete(&self, motion: Motion) -> bool {
        self.selection().is_some() || self.target(motion, self.column()) != self.at
    }

    fn target(&self, motion: Motion, goal: usize) -> usize {
        let row = self.wrap.row_of(self.at);
        let rows = self.wrap.rows();
        match motion {
            Motion::Left => self.before(self.at),
            Motion::Right => self.after(self.at),
            Motion::WordLeft => self.word_left(),
            Motion::WordRight => self.word_right(),
            Motion::LineStart => rows.get(row).map_or(0, |row| row.start),
            Motion::LineEnd => self.row_end(row),
            Motion::Up if row == 0 => self.at,
            Motion::Up => self.at_column(row - 1, goal),
            Motion::Down if row + 1 >= rows.len() => self.at,
            Motion::Down => self.at_column(row + 1, goal),
            Motion::TextStart => 0,
            Motion::TextEnd => self.text.len(),
        }
    }

    /// The last place that is drawn on a row: at a soft break, before the blanks that hang over it.
    fn row_end(&self, row: usize) -> usize {
        let rows = self.wrap.rows();
        let Some(this) = rows.get(row) else { return self.text.len() };
        if this.hard || row + 1 == rows.len() {
            return this.end;
        }
        let shown = self.text.get(this.range()).unwrap_or_default();
        if shown.ends_with(' ') { this.start + shown.len() - 1 } else { self.before(this.end).max(this.start) }
    }

    /// The column of the cursor on its row.
    pub fn column(&self) -> usize {
        let start = self.wrap.rows().get(self.wrap.row_of(self.at)).map_or(0, |row| row.start);
        width_of(self.text.get(start..self.at).unwrap_or_default())
    }

    /// The offset at a column of a row, or the last one of the row.
    pub fn at_column(&self, row: usize, column: usize) -> usize {
        let Some(this) = self.wrap.rows().get(row) else { return self.text.len() };
        let end = self.row_end(row);
        let mut used = 0;
        for (at, cluster) in self.text.get(this.start..end).unwrap_or_default().grapheme_indices(true) {
            let wide = cluster.width();
            if used + wide > column {
                return this.start + at;
            }
            used += wide;
        }
        end
    }

    fn word_left(&self) -> usize {
        let before = self.text.get(..self.at).unwrap_or_default();
        let word_end = before.trim_end_matches(is_blank).len();
        let word = &before[..word_end];
        let Some(kind) = word.chars().next_back().map(is_word) else { return 0 };
        let start = word.trim_end_matches(|c: char| !is_blank(c) && is_word(c) == kind).len();
        let start = self.snapped(start);
        // Snapping goes forward; inside one long cluster that could lead back to where the cursor stands.
        if start < self.at { start } else { self.before(self.at) }
    }

    fn word_right(&self) -> usize {
        let after = self.text.get(self.at..).unwrap_or_default();
        let blanks = after.len() - after.trim_start_matches(is_blank).len();
        let word = &after[blanks..];
        let Some(kind) = word.chars().next().map(is_word) else { return self.text.len() };
        let rest = word.trim_start_matches(|c: char| !is_blank(c) && is_word(c) == kind).len();
        self.snapped(self.text.len() - rest)
    }
}

const fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Letters, digits, accents and joiners hold a word together; other signs make words of their own.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '\'' || c == '\u{2019}' || ('\u{300}'..='\u{36f}').contains(&c)
}
