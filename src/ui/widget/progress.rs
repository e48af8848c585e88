//! How far long work has come, on one line.

use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::columns, canvas::inset, canvas::row, words::Words};
use crate::ui::theme::Role;

/// Work under way.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// What is being done.
    pub what: &'a str,
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 while nobody knows.
    pub of: u64,
}

impl Progress<'_> {
    /// Draws what is done, a bar and the percentage; the bar gives way to the words.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.clear(area);
        let area = inset(area, 1, 1);
        let used = canvas.words(area, &Words::of(Role::Text, self.what));
        let rest = inset(area, used.saturating_add(2), 0);
        let Some(percent) = self.percent() else {
            let steps = format!("{} done", self.done);
            canvas.text(rest, Role::Second, &steps);
            return;
        };
        let label = format!("{percent:>3} %");
        let bar = inset(rest, 0, columns(label.len() + 2));
        let bar = Rect { width: bar.width.min(40), ..bar };
        let full = columns(usize::from(bar.width) * percent / 100);
        let glyphs = canvas.glyphs();
        canvas.rule(bar, Role::Border, glyphs.rest);
        canvas.rule(Rect { width: full, ..bar }, Role::Focus, glyphs.full);
        let gap = if bar.width > 0 { 2 } else { 0 };
        canvas.text(inset(rest, bar.width + gap, 0), Role::Second, &label);
    }

    fn percent(&self) -> Option<usize> {
        let percent = u128::from(self.done.min(self.of)) * 100;
        percent.checked_div(u128::from(self.of)).and_then(|percent| usize::try_from(percent).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_is_only_said_when_all_is_done() {
        for (done, of, percent) in [
            (0, 10, Some(0)),
            (999, 1000, Some(99)),
            (10, 10, Some(100)),
            (12, 10, Some(100)),
            (3, 0, None),
            (u64::MAX, u64::MAX, Some(100)),
        ] {
            assert_eq!(Progress { what: "", done, of }.percent(), percent, "{done} of {of}");
        }
    }
}
