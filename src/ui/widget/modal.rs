//! A box in the middle, over what was there.

use ratatui::layout::Rect;

use super::{
    canvas::Canvas,
    pane::{Focus, Pane},
    words::Words,
};

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
        let height = self.height.saturating_add(2).min(screen.height);
        Rect {
            x: screen.x.saturating_add((screen.width - width) / 2),
            y: screen.y.saturating_add((screen.height - height) / 3),
            width,
            height,
        }
    }

    /// Draws the frame, takes the cursor from what lies below, and gives back the inside.
    pub fn paint(&self, canvas: &mut Canvas<'_>, screen: Rect) -> Rect {
        canvas.hide_cursor();
        let pane = Pane { name: self.title, note: self.note.clone(), focus: Focus::Here, ..Pane::default() };
        let inside = pane.paint(canvas, self.place(screen));
        super::inset(inside, 1, 1)
    }
}
