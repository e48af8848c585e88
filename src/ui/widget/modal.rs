//! A box in the middle, over what was there.

use ratatui::layout::Rect;

use super::{
    canvas::Canvas,
    pane::{Focus, Pane},
    words::Words,
};
use crate::ui::theme::Role;

/// A box.
#[derive(Debug, Clone, Default)]
pub struct Modal<'a> {
    /// What it is about.
    pub title: &'a str,
    /// At the right of the title: whom it is about.
    pub note: Words<'a>,
    /// The columns its inside wants.
    pub width: u16,
    /// The rows its inside wants.
    pub height: u16,
}

impl Modal<'_> {
    /// Where the box stands: in the middle, a third of the spare rows above it, and never larger than the screen.
    pub fn place(&self, screen: Rect) -> Rect {
        let width = self.width.saturating_add(4).min(screen.width);
        let note = u16::from(!self.has_note_beside(width));
        let height = self.height.saturating_add(2 + note).min(screen.height);
        Rect {
            x: screen.x.saturating_add((screen.width - width) / 2),
            y: screen.y.saturating_add((screen.height - height) / 3),
            width,
            height,
        }
    }

    /// Whether the note stands beside the title. Where it has no room there it is the first line inside: whom a question
    /// is about is never left out.
    fn has_note_beside(&self, width: u16) -> bool {
        let needed = crate::clinical::text::width(self.title) + self.note.width() + 9;
        self.note.is_empty() || needed <= usize::from(width)
    }

    /// Where its own lines stand on such a screen: what `paint` gives back, for the mouse.
    pub fn inside(&self, screen: Rect) -> Rect {
        let place = self.place(screen);
        let inside = super::inset(super::pane::inside(place), 1, 1);
        if self.has_note_beside(place.width) {
            return inside;
        }
        Rect { y: inside.y.saturating_add(1), height: inside.height.saturating_sub(1), ..inside }
    }

    /// Draws the frame, takes the cursor from what lies below, and gives back the inside.
    pub fn paint(&self, canvas: &mut Canvas<'_>, screen: Rect) -> Rect {
        canvas.hide_cursor();
        if canvas.look().plain {
            return self.plain(canvas, screen);
        }
        let place = self.place(screen);
        let beside = self.has_note_beside(place.width);
        let note = if beside { self.note.clone() } else { Words::new() };
        let pane = Pane { name: self.title, note, focus: Focus::Here, ..Pane::default() };
        let inside = super::inset(pane.paint(canvas, place), 1, 1);
        if beside {
            return inside;
        }
        canvas.words(super::row(inside, 0), &self.note);
        Rect { y: inside.y.saturating_add(1), height: inside.height.saturating_sub(1), ..inside }
    }

    /// The same without a box, for screen readers: the screen is its alone, the title first, then whom it is about.
    fn plain(&self, canvas: &mut Canvas<'_>, screen: Rect) -> Rect {
        canvas.clear(screen);
        canvas.words(super::row(screen, 0), &Words::new().bold(Role::Strong, self.title));
        let about = u16::from(!self.note.is_empty());
        if about > 0 {
            canvas.words(super::row(screen, 1), &self.note);
        }
        let head = about.saturating_add(1).min(screen.height);
        let height = self.height.min(screen.height - head);
        Rect { y: screen.y.saturating_add(head), height, ..screen }
    }
}
