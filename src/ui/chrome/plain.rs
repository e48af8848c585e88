//! A screen as plain lines, for screen readers: no boxes, one line an item, what changed as one line at the cursor.

use ratatui::layout::Rect;

use super::foot::{Foot, message_words};
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::bar::{Bar, Item};
use crate::ui::widget::list::scroll;
use crate::ui::widget::{Canvas, Words, inset, row};

/// A screen as plain lines.
#[derive(Debug, Clone, Default)]
pub struct Linear {
    /// What stays on top: where this is, and of whom.
    pub head: Vec<String>,
    /// The items, one line each.
    pub rows: Vec<String>,
    /// Which one is under the hands; the cursor stands on it.
    pub chosen: Option<usize>,
}

impl Linear {
    /// Draws the lines. The message stands below the chosen line, where the reader is.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect, foot: &Foot<'_>, view: &View<'_>) {
        canvas.clear(area);
        let wide = usize::from(area.width);
        let head: Vec<String> = self.head.iter().flat_map(|line| wrap(line, wide)).collect();
        let most = usize::from(area.height.saturating_sub(2));
        let mut down = 0;
        for line in head.iter().take(most) {
            canvas.text(row(area, down), Role::Text, line);
            down += 1;
        }
        let keys = u16::from(area.height > 2);
        let message = message_words(view);
        let room = area.height.saturating_sub(down + keys + u16::from(message.is_some()));
        let top = scroll(0, self.chosen.unwrap_or(0), usize::from(room), self.rows.len());
        let shown = self.rows.iter().enumerate().skip(top).take(usize::from(room));
        if self.chosen.is_none() {
            down += say(canvas, row(area, down), message.as_deref());
        }
        for (at, line) in shown {
            let here = row(area, down);
            let chosen = self.chosen == Some(at);
            let words = Words::of(if chosen { Role::Strong } else { Role::Text }, line.as_str());
            canvas.words(
                inset(here, if chosen { 0 } else { 2 }, 0),
                &if chosen { Words::new().bold(Role::Focus, "> ").join(words) } else { words },
            );
            down += 1;
            if chosen {
                canvas.place_cursor(here.x, here.y);
                down += say(canvas, row(area, down), message.as_deref());
            }
        }
        if keys > 0 {
            canvas.text(row(area, area.height - 1), Role::Second, &foot.plain(area.width));
        }
    }
}

fn say(canvas: &mut Canvas<'_>, area: Rect, message: Option<&str>) -> u16 {
    let Some(message) = message else { return 0 };
    canvas.text(area, Role::Text, message);
    1
}

/// A patient band in lines: who, what must be known, where this is.
pub fn band_lines(band: &PatientBand<'_>) -> Vec<String> {
    let right = if band.right.is_empty() { String::new() } else { format!(", {}", band.right.plain()) };
    let lines = [join(&band.who, ", "), join(&band.facts, "; "), format!("{}{right}", join(&band.place, ", "))];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// A title bar in one line.
pub fn bar_line(bar: &Bar<'_>) -> String {
    let right = bar.right.as_ref().map(|right| format!(", {}", right.words.plain())).unwrap_or_default();
    format!("{}{right}", join(&bar.items, ", "))
}

fn join(items: &[Item<'_>], between: &str) -> String {
    items.iter().map(|item| item.words.plain()).collect::<Vec<_>>().join(between)
}
