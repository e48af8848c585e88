//! A list: rows of which one is chosen, and a part of which is in view.

use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::row, words::Words};
use crate::ui::theme::{Role, Surface};

/// The first row in view after the choice or the height changed: it moves no further than it must.
pub fn scroll(top: usize, chosen: usize, height: usize, count: usize) -> usize {
    if height == 0 {
        return top.min(count.saturating_sub(1));
    }
    let last = count.saturating_sub(height);
    let lowest = (chosen + 1).saturating_sub(height);
    top.clamp(lowest, chosen.max(lowest)).min(last)
}

/// The first of rows of several lines that is drawn, so that all of the chosen one is in view.
pub fn first_in_view(heights: &[usize], chosen: usize, room: usize) -> usize {
    let chosen = chosen.min(heights.len().saturating_sub(1));
    let fits = |top: &usize| heights.get(*top..=chosen).is_none_or(|rows| rows.iter().sum::<usize>() <= room);
    (0..=chosen).find(fits).unwrap_or(chosen)
}

/// A list.
#[derive(Debug, Clone, Copy, Default)]
pub struct List {
    /// How many rows there are.
    pub count: usize,
    /// The first in view.
    pub top: usize,
    /// The one under the hands.
    pub chosen: Option<usize>,
}

impl List {
    /// Draws the rows in view, the chosen one on the band; `draw` writes one row.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect, mut draw: impl FnMut(&mut Canvas<'_>, Rect, usize)) {
        canvas.clear(area);
        for (down, at) in (0..area.height).zip(self.top..self.count) {
            let line = row(area, down);
            if self.chosen == Some(at) {
                canvas.on(Surface::Band, |canvas| {
                    canvas.clear(line);
                    draw(canvas, line, at);
                    if canvas.look().plain {
                        canvas.sign(line.x, line.y, Role::Focus, ">");
                    }
                });
            } else {
                draw(canvas, line, at);
            }
        }
    }

    /// The row a click in the area falls on.
    pub fn row_at(&self, area: Rect, x: u16, y: u16) -> Option<usize> {
        let at = self.top + usize::from(y.checked_sub(area.y)?);
        (area.contains((x, y).into()) && at < self.count).then_some(at)
    }

    /// How many rows are out of sight above and below, for the foot of a pane; empty when all are in view.
    pub fn hidden(&self, height: u16) -> Words<'static> {
        let below = self.count.saturating_sub(self.top + usize::from(height));
        let mut words = Words::new();
        if self.top > 0 {
            words = words.say(Role::Second, format!("↑ {}", self.top));
        }
        if below > 0 {
            words = if words.is_empty() { words } else { words.gap(2) };
            words = words.say(Role::Second, format!("↓ {below}"));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_row_stays_in_view_and_the_view_stays_in_the_list() {
        for (top, chosen, height, count, expected) in [
            (0, 0, 5, 20, 0),
            (0, 4, 5, 20, 0),
            (0, 5, 5, 20, 1),
            (10, 3, 5, 20, 3),
            (18, 19, 5, 20, 15),
            (7, 2, 5, 3, 0),
            (3, 0, 0, 2, 1),
            (9, 0, 5, 0, 0),
        ] {
            assert_eq!(scroll(top, chosen, height, count), expected, "{top} {chosen} {height} {count}");
        }
    }

    #[test]
    fn a_click_finds_its_row() {
        let list = List { count: 8, top: 3, chosen: None };
        let area = Rect::new(2, 5, 10, 6);
        for (x, y, expected) in
            [(2, 5, Some(3)), (11, 9, Some(7)), (4, 10, None), (1, 5, None), (12, 5, None), (4, 4, None), (4, 11, None)]
        {
            assert_eq!(list.row_at(area, x, y), expected, "{x} {y}");
        }
    }

    #[test]
    fn what_is_out_of_sight_is_counted() {
        for (top, height, words) in [(0, 9, ""), (0, 5, "↓ 3"), (2, 6, "↑ 2"), (2, 5, "↑ 2  ↓ 1")] {
            assert_eq!(List { count: 8, top, chosen: None }.hidden(height).plain(), words);
        }
    }

    #[test]
    fn all_lines_of_the_chosen_row_are_in_view() {
        for (heights, chosen, room, top) in [
            (&[1, 1, 1][..], 2, 3, 0),
            (&[1, 2, 1], 2, 3, 1),
            (&[2, 2, 2], 2, 3, 2),
            (&[9, 9], 1, 3, 1),
            (&[], 0, 3, 0),
            (&[1], 5, 0, 0),
        ] {
            assert_eq!(first_in_view(heights, chosen, room), top, "{heights:?} {chosen} {room}");
        }
    }
}
