//! The line through the schedule that says what time it is and how late we are.

use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::inset, canvas::row, words::Words};
use crate::ui::theme::Role;

/// The now line.
#[derive(Debug, Clone, Copy)]
pub struct NowLine<'a> {
    /// The time, as shown.
    pub time: &'a str,
    /// How late, in words; nothing when on time.
    pub late: Option<&'a str>,
}

impl NowLine<'_> {
    /// Draws the line across the area.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.clear(area);
        let role = if self.late.is_some() { Role::Wants } else { Role::Second };
        let dashes = canvas.glyphs().dashes;
        canvas.rule(area, if self.late.is_some() { Role::Wants } else { Role::Border }, dashes);
        let lead = if area.width >= 40 { 7 } else { 2 };
        let at = inset(area, lead, 0);
        let used = canvas.words(at, &Words::new().gap(1).say(role, self.time).gap(1));
        if let Some(late) = self.late {
            let at = inset(at, used.saturating_add(2), 0);
            canvas.words(at, &Words::new().gap(1).say(role, late).gap(1));
        }
    }
}
