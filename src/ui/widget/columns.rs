//! Columns that line up across rows: which are shown at a width, how wide, and where.

use ratatui::layout::Rect;

use super::{canvas::Canvas, words::Words};

/// At which end of its column a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// One column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Below this it goes instead.
    pub least: u16,
    /// What it takes when there is room.
    pub most: u16,
    /// Which goes first when there is not room for all: the highest.
    pub rank: u8,
    /// Blank columns before it.
    pub gap: u16,
    /// Where its text stands.
    pub align: Align,
}

impl Column {
    /// A column of one width.
    pub const fn fixed(width: u16, rank: u8) -> Self {
        Self { least: width, most: width, rank, gap: 1, align: Align::Left }
    }

    /// A column that shrinks and grows.
    pub const fn between(least: u16, most: u16, rank: u8) -> Self {
        Self { least, most, rank, gap: 1, align: Align::Left }
    }

    /// A column that takes what is left.
    pub const fn rest(least: u16, rank: u8) -> Self {
        Self { least, most: u16::MAX, rank, gap: 1, align: Align::Left }
    }

    /// The same with its text at the right.
    #[must_use]
    pub const fn right(mut self) -> Self {
        self.align = Align::Right;
        self
    }

    /// The same with another gap before it.
    #[must_use]
    pub const fn after(mut self, gap: u16) -> Self {
        self.gap = gap;
        self
    }
}

/// Where columns stand at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    slots: Vec<Option<(u16, u16, Align)>>,
}

/// Lays columns into a width: the least important go until the rest fit, then each grows to what it wants, the most
/// important first.
pub fn lay(list: &[Column], width: u16) -> Laid {
    let mut shown: Vec<bool> = vec![true; list.len()];
    while needed(list, &shown) > u32::from(width) {
        let going = (0..list.len()).filter(|at| shown[*at]).max_by_key(|at| (list[*at].rank, *at));
        let Some(at) = going else { break };
        shown[at] = false;
    }
    let mut widths: Vec<u16> = list.iter().map(|column| column.least).collect();
    let mut spare = width - u16::try_from(needed(list, &shown)).unwrap_or(width).min(width);
    let mut order: Vec<usize> = (0..list.len()).filter(|at| shown[*at]).collect();
    order.sort_by_key(|at| (list[*at].most == u16::MAX, list[*at].rank));
    for at in order {
        let more = list[at].most.saturating_sub(list[at].least).min(spare);
        widths[at] += more;
        spare -= more;
    }
    let mut x = 0u16;
    let mut first = true;
    let slots = list
        .iter()
        .zip(&shown)
        .zip(widths)
        .map(|((column, shown), wide)| {
            shown.then(|| {
                let at = if first { 0 } else { x.saturating_add(column.gap) };
                first = false;
                x = at.saturating_add(wide);
                (at, wide, column.align)
            })
        })
        .collect();
    Laid { slots }
}

fn needed(list: &[Column], shown: &[bool]) -> u32 {
    let kept = list.iter().zip(shown).filter(|(_, shown)| **shown).map(|(column, _)| column);
    kept.enumerate().map(|(at, column)| u32::from(column.least) + if at == 0 { 0 } else { u32::from(column.gap) }).sum()
}

impl Laid {
    /// Where a column stands in a row; empty when it is not shown.
    pub fn area(&self, row: Rect, column: usize) -> Rect {
        match self.slots.get(column).copied().flatten() {
            Some((x, width, _)) => {
                Rect { x: row.x.saturating_add(x), width: width.min(row.width.saturating_sub(x)), ..row }
            }
            None => Rect { width: 0, ..row },
        }
    }

    /// Whether a column is shown.
    pub fn shows(&self, column: usize) -> bool {
        matches!(self.slots.get(column), Some(Some(_)))
    }

    /// Writes words into a column of a row, at the end where they belong.
    pub fn write(&self, canvas: &mut Canvas<'_>, row: Rect, column: usize, words: &Words<'_>) {
        let area = self.area(row, column);
        match self.slots.get(column).copied().flatten() {
            Some((_, _, Align::Right)) => canvas.words_right(area, words),
            Some((_, _, Align::Left)) => canvas.words(area, words),
            None => 0,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [Column; 4] =
        [Column::fixed(1, 0), Column::between(8, 15, 1), Column::rest(4, 3).after(2), Column::fixed(2, 2).right()];

    fn widths(width: u16) -> Vec<u16> {
        let laid = lay(&LIST, width);
        (0..LIST.len()).map(|at| laid.area(Rect::new(0, 0, width, 1), at).width).collect()
    }

    #[test]
    fn columns_shrink_then_go_by_rank() {
        for (width, expected) in [
            (60, [1, 15, 38, 2]),
            (26, [1, 15, 4, 2]),
            (20, [1, 9, 4, 2]),
            (19, [1, 8, 4, 2]),
            (18, [1, 13, 0, 2]),
            (13, [1, 8, 0, 2]),
            (12, [1, 10, 0, 0]),
            (9, [1, 0, 0, 0]),
            (0, [0, 0, 0, 0]),
        ] {
            assert_eq!(widths(width), expected, "{width}");
        }
    }

    #[test]
    fn columns_never_overlap_and_never_leave_the_row() {
        for width in 0..80 {
            let laid = lay(&LIST, width);
            let row = Rect::new(3, 0, width, 1);
            let mut end = 0;
            for at in 0..LIST.len() {
                let area = laid.area(row, at);
                if area.width > 0 {
                    assert!(area.x >= end && area.right() <= row.right(), "{width} {at}");
                    end = area.right();
                }
            }
        }
    }
}
