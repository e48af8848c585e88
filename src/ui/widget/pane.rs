//! A pane: a frame with its title in the border, and the one line it folds to.

use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::columns, canvas::inset, canvas::row, words::Words};
use crate::ui::theme::Role;

/// Whether the hands are in this pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// Here.
    Here,
    /// Elsewhere.
    #[default]
    Away,
}

/// A framed pane.
#[derive(Debug, Clone, Default)]
pub struct Pane<'a> {
    /// The key that goes there, where there is one.
    pub key: &'a str,
    /// What it holds.
    pub name: &'a str,
    /// How much, at the right of the title.
    pub note: Words<'a>,
    /// What is out of sight, at the right of the lower border.
    pub foot: Words<'a>,
    /// Where the hands are.
    pub focus: Focus,
}

/// What a pane leaves within its frame; no rows where there is no room for a frame.
pub fn inside(pane: Rect) -> Rect {
    if pane.width < 4 || pane.height < 2 {
        return Rect { height: 0, ..pane };
    }
    Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width - 2, height: pane.height - 2 }
}

impl Pane<'_> {
    /// Draws frame and title, empties the inside and gives it back. Where there is no room for a frame, the title
    /// stays.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        canvas.clear(area);
        if area.width < 4 || area.height < 2 {
            let title = self.title();
            canvas.words(row(area, 0), &title);
            return inside(area);
        }
        self.frame(canvas, area);
        let top = inset(row(area, 0), 2, 2);
        let note_width = if self.note.is_empty() { 0 } else { columns(self.note.width() + 2) };
        let title = self.title();
        let wanted = columns(title.width() + 2);
        let shows_note = wanted.saturating_add(note_width) < top.width;
        let note_width = if shows_note { note_width } else { 0 };
        let name = inset(top, 0, note_width);
        canvas.words(name, &Words::new().gap(1).join(title).gap(1));
        if shows_note && note_width > 0 {
            canvas.words_right(top, &Words::new().gap(1).join(self.lit(&self.note)).gap(1));
        }
        if !self.foot.is_empty() {
            let foot = inset(row(area, area.height - 1), 2, 2);
            canvas.words_right(foot, &Words::new().gap(1).join(self.foot.clone()).gap(1));
        }
        inside(area)
    }

    fn title(&self) -> Words<'_> {
        let name = match self.focus {
            Focus::Here => Role::Strong,
            Focus::Away => Role::Text,
        };
        let words = Words::new().bold(self.key_role(), self.key);
        let words = if self.key.is_empty() { words } else { words.gap(1) };
        words.bold(name, self.name)
    }

    fn key_role(&self) -> Role {
        match self.focus {
            Focus::Here => Role::Focus,
            Focus::Away => Role::Second,
        }
    }

    /// The note in the colour of the focus where it has none of its own.
    fn lit<'w>(&self, note: &Words<'w>) -> Words<'w> {
        let mut note = note.clone();
        if self.focus == Focus::Here {
            for word in &mut note.0 {
                if word.role == Role::Second {
                    word.role = Role::Focus;
                }
            }
        }
        note
    }

    fn frame(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let glyphs = canvas.glyphs();
        let role = match self.focus {
            Focus::Here => Role::Focus,
            Focus::Away => Role::Border,
        };
        let (left, right) = (area.left(), area.right() - 1);
        let (top, foot) = (area.top(), area.bottom() - 1);
        canvas.rule(row(area, 0), role, glyphs.line);
        canvas.rule(row(area, area.height - 1), role, glyphs.line);
        for y in top..foot {
            canvas.sign(left, y, role, glyphs.side);
            canvas.sign(right, y, role, glyphs.side);
        }
        let corner = &glyphs.corner;
        canvas.sign(left, top, role, corner.top_left);
        canvas.sign(right, top, role, corner.top_right);
        canvas.sign(left, foot, role, corner.foot_left);
        canvas.sign(right, foot, role, corner.foot_right);
    }
}

/// A pane folded to one line: its title, what is most pressing in it, how much it holds.
#[derive(Debug, Clone, Default)]
pub struct Folded<'a> {
    /// The key that opens it.
    pub key: &'a str,
    /// What it holds.
    pub name: &'a str,
    /// What is most pressing.
    pub teaser: Words<'a>,
    /// How much, at the right.
    pub note: Words<'a>,
}

impl Folded<'_> {
    /// Draws the line; the teaser gives way to title and note.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.clear(area);
        let line = canvas.glyphs().line;
        canvas.rule(Rect { width: area.width.min(1), ..area }, Role::Border, line);
        let inside = inset(area, 2, 2);
        let title = Words::new().bold(Role::Second, self.key).gap(1).bold(Role::Text, self.name);
        let used = canvas.words(inside, &title);
        let left = inset(inside, used.saturating_add(2), 0);
        let note = columns(self.note.width());
        if note <= left.width {
            canvas.words_right(left, &self.note);
            canvas.words(inset(left, 0, note.saturating_add(2)), &self.teaser);
        }
    }
}
