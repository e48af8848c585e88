//! All keys that work here, in columns over the screen.

use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::columns, canvas::inset, canvas::row, modal::Modal, words::Words};
use crate::clinical::text::width;
use crate::ui::theme::Role;

/// Keys that belong together.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// What they are for.
    pub title: &'a str,
    /// Key and what it does, as the binding table has them.
    pub keys: Vec<(String, &'a str)>,
}

/// The overlay.
#[derive(Debug, Clone, Copy)]
pub struct Help<'a> {
    /// What these are the keys of.
    pub title: &'a str,
    /// The groups, in their order.
    pub groups: &'a [Group<'a>],
    /// How many rows are scrolled away.
    pub top: usize,
    /// In one column whatever room there is, for screen readers.
    pub in_one: bool,
}

/// One column of the overlay wants this many columns of the screen, and where there is room as many as its longest line.
const COLUMN: u16 = 42;

enum Line<'a> {
    Title(&'a str),
    Key(&'a str, &'a str),
    Blank,
}

impl Help<'_> {
    /// Draws the overlay in two columns, in one where the screen is narrow.
    pub fn paint(&self, canvas: &mut Canvas<'_>, screen: Rect) {
        let sides = self.sides(screen.width);
        let tallest = sides.iter().map(Vec::len).max().unwrap_or(0);
        let room = screen.width.saturating_sub(4) / columns(sides.len()).max(1);
        let column = columns(self.widest()).min(room).max(COLUMN);
        let wide = columns(sides.len()).saturating_mul(column);
        let note = Words::of(Role::Second, "Esc");
        let modal = Modal { title: self.title, note, width: wide, height: columns(tallest) };
        let inside = modal.paint(canvas, screen);
        let top = self.top.min(self.last_top(screen));
        let each = inside.width / columns(sides.len()).max(1);
        for (at, side) in (0..).zip(&sides) {
            let area = Rect { width: each, ..inset(inside, each * at, 0) };
            for (down, line) in (0..area.height).zip(side.iter().skip(top)) {
                paint_line(canvas, row(area, down), line);
            }
        }
        let below = tallest.saturating_sub(top + usize::from(inside.height));
        if below > 0 && inside.height > 0 {
            let more = Words::new().gap(1).say(Role::Second, format!("↓ {below}"));
            canvas.words_right(row(inside, inside.height - 1), &more);
        }
    }

    /// What the longest line takes, with a gap behind it.
    fn widest(&self) -> usize {
        let keys = self.groups.iter().flat_map(|group| &group.keys);
        keys.map(|(key, word)| 1 + width(key).max(9) + 1 + width(word) + 2).max().unwrap_or(0)
    }

    /// The furthest the overlay can be scrolled on such a screen.
    pub fn last_top(&self, screen: Rect) -> usize {
        let tallest = self.sides(screen.width).iter().map(Vec::len).max().unwrap_or(0);
        tallest.saturating_sub(usize::from(screen.height.saturating_sub(2)))
    }

    /// The lines of each column: groups stay whole, the columns as even as that allows.
    fn sides(&self, screen: u16) -> Vec<Vec<Line<'_>>> {
        let groups: Vec<Vec<Line<'_>>> = self.groups.iter().map(lines).collect();
        let total: usize = groups.iter().map(Vec::len).sum();
        let split = if screen >= COLUMN + 26 + 4 && !self.in_one { 2 } else { 1 };
        let mut sides: Vec<Vec<Line<'_>>> = vec![Vec::new()];
        for group in groups {
            let side = sides.last().map_or(0, Vec::len);
            if sides.len() < split && side > 0 && side + group.len() / 2 > total / 2 {
                sides.push(Vec::new());
            }
            if let Some(side) = sides.last_mut() {
                if !side.is_empty() {
                    side.push(Line::Blank);
                }
                side.extend(group);
            }
        }
        sides
    }
}

fn lines<'a>(group: &'a Group<'a>) -> Vec<Line<'a>> {
    let title = std::iter::once(Line::Title(group.title));
    title.chain(group.keys.iter().map(|(key, word)| Line::Key(key, word))).collect()
}

fn paint_line(canvas: &mut Canvas<'_>, area: Rect, line: &Line<'_>) {
    match line {
        Line::Title(title) => canvas.words(area, &Words::new().bold(Role::Text, *title)),
        Line::Blank => 0,
        Line::Key(key, word) => {
            let at = width(key).max(9) + 1;
            let gap = at - width(key);
            canvas.words(inset(area, 1, 1), &Words::new().bold(Role::Focus, *key).gap(gap).say(Role::Second, *word))
        }
    };
}
