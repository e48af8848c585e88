//! All keys that work here, in columns over the screen.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::columns, canvas::inset, canvas::row, modal::Modal, words::Words};
use crate::clinical::text::width;
use crate::form::text::Wrap;
use crate::ui::theme::Role;

/// Keys that belong together.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// What they are for.
    pub title: Cow<'a, str>,
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

/// The columns that keys have at least, so that they line up.
const KEYS: usize = 9;

#[derive(Clone, Copy)]
enum Line<'a> {
    Title(&'a str),
    /// Key, what it does, and the columns that the keys of its group have.
    Key(&'a str, &'a str, usize),
    /// More of what it does, below the first words of it.
    More(&'a str, usize),
    Blank,
}

impl Help<'_> {
    /// Draws the overlay in two columns, in one where the screen is narrow.
    pub fn paint(&self, canvas: &mut Canvas<'_>, screen: Rect) {
        let column = self.column(screen.width);
        let sides = self.sides(screen.width);
        let tallest = sides.iter().map(Vec::len).max().unwrap_or(0);
        let wide = columns(sides.len()).saturating_mul(column);
        let note = Words::of(Role::Second, "Esc");
        let modal = Modal { title: self.title, note, width: wide, height: columns(tallest) };
        let inside = modal.paint(canvas, screen);
        let top = self.top.min(self.last_top(screen));
        let each = inside.width / columns(sides.len()).max(1);
        for (at, side) in (0..).zip(&sides) {
            let area = Rect { width: each, ..inset(inside, each * at, 0) };
            for (down, line) in (0..area.height).zip(side.iter().skip(top)) {
                paint_line(canvas, row(area, down), *line);
            }
        }
        let below = tallest.saturating_sub(top + usize::from(inside.height));
        if below > 0 && inside.height > 0 {
            let more = Words::new().gap(1).say(Role::Second, format!("↓ {below}"));
            canvas.words_right(row(inside, inside.height - 1), &more);
        }
    }

    /// How many columns there are side by side.
    const fn count(&self, screen: u16) -> u16 {
        if screen >= COLUMN + 26 + 4 && !self.in_one { 2 } else { 1 }
    }

    /// How wide one is.
    fn column(&self, screen: u16) -> u16 {
        let room = screen.saturating_sub(4) / self.count(screen);
        columns(self.widest()).max(COLUMN).min(room)
    }

    /// What the longest line takes, with a gap behind it.
    fn widest(&self) -> usize {
        let of =
            |group: &Group<'_>| group.keys.iter().map(|(_, word)| width(word)).max().map(|word| word + keys(group));
        self.groups.iter().filter_map(of).max().map_or(0, |longest| longest + 4)
    }

    /// The furthest the overlay can be scrolled on such a screen.
    pub fn last_top(&self, screen: Rect) -> usize {
        let tallest = self.sides(screen.width).iter().map(Vec::len).max().unwrap_or(0);
        tallest.saturating_sub(usize::from(screen.height.saturating_sub(2)))
    }

    /// The lines of each column: groups stay whole, the columns as even as that allows.
    fn sides(&self, screen: u16) -> Vec<Vec<Line<'_>>> {
        let room = usize::from(self.column(screen));
        let groups: Vec<Vec<Line<'_>>> = self.groups.iter().map(|group| lines(group, room)).collect();
        let total: usize = groups.iter().map(Vec::len).sum();
        let split = usize::from(self.count(screen));
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

/// The columns of the keys of a group.
fn keys(group: &Group<'_>) -> usize {
    group.keys.iter().map(|(key, _)| width(key)).max().unwrap_or(0).max(KEYS)
}

/// A group in lines of at most so many columns: no name is cut, what is too long goes on below.
fn lines<'a>(group: &'a Group<'a>, room: usize) -> Vec<Line<'a>> {
    let keys = keys(group);
    let mut out = vec![Line::Title(&group.title)];
    for (key, word) in &group.keys {
        let rows = Wrap::new(word, room.saturating_sub(keys + 3).max(8));
        let mut rows = rows.rows().iter().map(|row| word[row.range()].trim_end());
        out.push(Line::Key(key, rows.next().unwrap_or_default(), keys));
        out.extend(rows.map(|more| Line::More(more, keys)));
    }
    out
}

fn paint_line(canvas: &mut Canvas<'_>, area: Rect, line: Line<'_>) {
    match line {
        Line::Title(title) => canvas.words(area, &Words::new().bold(Role::Text, title)),
        Line::Blank => 0,
        Line::Key(key, word, keys) => {
            let gap = keys + 1 - width(key);
            canvas.words(inset(area, 1, 1), &Words::new().bold(Role::Focus, key).gap(gap).say(Role::Second, word))
        }
        Line::More(word, keys) => canvas.words(inset(area, 1, 1), &Words::new().gap(keys + 1).say(Role::Second, word)),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_cut_it_goes_on_below() {
        let names = ["Patient one step on", "Further scores and questionnaires of the patient", "Now"];
        let keys = ["Space", "Shift-Tab", "Ctrl-Space"].map(str::to_owned);
        let group = Group { title: "On the board".into(), keys: keys.into_iter().zip(names).collect() };
        for room in [30, 38, 60, 90] {
            let (mut said, mut widest) = (Vec::new(), 0);
            for line in lines(&group, room) {
                match line {
                    Line::Key(_, word, keys) => {
                        said.push(word.to_owned());
                        widest = widest.max(keys + 3 + width(word));
                    }
                    Line::More(word, keys) => {
                        let last = said.last_mut().unwrap();
                        *last += &format!(" {word}");
                        widest = widest.max(keys + 3 + width(word));
                    }
                    Line::Title(_) | Line::Blank => {}
                }
            }
            assert_eq!(said, names, "{room}");
            assert!(widest <= room, "{widest} in {room}");
        }
    }
}
