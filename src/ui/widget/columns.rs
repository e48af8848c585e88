//! Columns that line up across rows: which are shown at a width, how wide, and where.
//!
//! [`lay`] knows the width alone. [`lay_holding`] also looks at what the rows hold, so that no text is cut while another
//! column stands half empty; it is for lists that are whole in memory.

use ratatui::layout::Rect;

use super::canvas::{Canvas, columns};
use super::words::Words;

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
    let (shown, mut widths, mut spare) = least(list, width);
    let mut order: Vec<usize> = (0..list.len()).filter(|at| shown[*at]).collect();
    order.sort_by_key(|at| (list[*at].most == u16::MAX, list[*at].rank));
    for at in order {
        let more = list[at].most.saturating_sub(list[at].least).min(spare);
        widths[at] += more;
        spare -= more;
    }
    placed(list, &shown, &widths)
}

/// Lays columns into a width by what the rows hold: a column that holds nothing takes no room; the others grow, the most
/// important first, to what they usually want, then until each holds its widest text. What is left goes to the last.
pub fn lay_holding<'a, const N: usize>(
    list: &[Column; N],
    rows: impl IntoIterator<Item = &'a [Words<'a>; N]>,
    width: u16,
) -> Laid {
    let mut needs = [0u16; N];
    for row in rows {
        for (wide, words) in needs.iter_mut().zip(row) {
            *wide = (*wide).max(columns(words.width()));
        }
    }
    let held: [Column; N] = std::array::from_fn(|at| {
        let column = list[at];
        let least =
            if column.least == column.most && needs[at] > 0 { column.least } else { needs[at].min(column.least) };
        Column { least, gap: if needs[at] == 0 { 0 } else { column.gap }, ..column }
    });
    let (shown, mut widths, mut spare) = least(&held, width);
    let mut order: Vec<usize> = (0..N).filter(|at| shown[*at] && held[*at].least != held[*at].most).collect();
    let hindmost = order.iter().rfind(|at| needs[**at] > 0).copied();
    order.sort_by_key(|at| (held[*at].most == u16::MAX, held[*at].rank));
    for no_more in [true, false] {
        for at in &order {
            let wanted = if no_more { needs[*at].min(held[*at].most) } else { needs[*at] };
            let more = wanted.saturating_sub(widths[*at]).min(spare);
            widths[*at] += more;
            spare -= more;
        }
    }
    if let Some(at) = hindmost {
        widths[at] += spare;
    }
    placed(&held, &shown, &widths)
}

/// Which columns are shown at all, each at its least, and what is left.
fn least(list: &[Column], width: u16) -> (Vec<bool>, Vec<u16>, u16) {
    let mut shown: Vec<bool> = vec![true; list.len()];
    while needed(list, &shown) > u32::from(width) {
        let going = (0..list.len()).filter(|at| shown[*at]).max_by_key(|at| (list[*at].rank, *at));
        let Some(at) = going else { break };
        shown[at] = false;
    }
    let spare = width - u16::try_from(needed(list, &shown)).unwrap_or(width).min(width);
    (shown, list.iter().map(|column| column.least).collect(), spare)
}

/// The columns shown, one behind the other.
fn placed(list: &[Column], shown: &[bool], widths: &[u16]) -> Laid {
    let mut x = 0u16;
    let mut first = true;
    let slots = list
        .iter()
        .zip(shown)
        .zip(widths)
        .map(|((column, shown), wide)| {
            shown.then(|| {
                let at = if first { 0 } else { x.saturating_add(column.gap) };
                first = false;
                x = at.saturating_add(*wide);
                (at, *wide, column.align)
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
    fn no_text_is_cut_while_another_column_stands_half_empty() {
        type Held<'a> = &'a [(usize, usize, usize)];
        let row = |a: usize, b: usize, c: usize| {
            [1, a, b, c].map(|wide| Words::of(crate::ui::theme::Role::Text, "x".repeat(wide)))
        };
        // What the rows hold, the width, and what each column gets.
        let cases: [(Held<'_>, u16, [u16; 4]); 7] = [
            (&[(30, 5, 2), (12, 9, 1)], 60, [1, 30, 23, 2]),
            (&[(30, 5, 2), (12, 9, 1)], 45, [1, 29, 9, 2]),
            (&[(30, 5, 2), (12, 9, 1)], 40, [1, 24, 9, 2]),
            (&[(30, 30, 2)], 40, [1, 15, 18, 2]),
            (&[(3, 2, 2)], 40, [1, 3, 30, 2]),
            (&[(3, 2, 0)], 40, [1, 3, 33, 0]),
            (&[(9, 9, 2)], 13, [1, 8, 0, 2]),
        ];
        for (held, width, expected) in cases {
            let rows: Vec<_> = held.iter().map(|(a, b, c)| row(*a, *b, *c)).collect();
            let laid = lay_holding(&LIST, &rows, width);
            let widths: Vec<u16> = (0..4).map(|at| laid.area(Rect::new(0, 0, width, 1), at).width).collect();
            assert_eq!(widths, expected, "{held:?} {width}");
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
