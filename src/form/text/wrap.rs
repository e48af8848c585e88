//! Soft wrap: rows as byte ranges that never cut a cluster.
//!
//! After an edit only the rows around it are made anew: wrapping starts a row before the change and stops as soon as
//! it meets a row it knew, moved by what was added. Text of plain ASCII goes byte by byte, without segmentation.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One row: the bytes it shows. A line break at its end is not part of it; blanks at a soft break are, and hang over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Where it starts.
    pub start: usize,
    /// Where it ends, before a line break.
    pub end: usize,
    /// Does a line break end it?
    pub hard: bool,
}

impl Row {
    /// The bytes it shows.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
    /// Where the next row starts.
    const fn next(self) -> usize {
        if self.hard { self.end + 1 } else { self.end }
    }
}

/// Columns a text takes, cluster by cluster as it is drawn.
pub fn width_of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The rows of a text at a width. There is always at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrap {
    width: usize,
    rows: Vec<Row>,
}

impl Wrap {
    /// Wraps a text; a width of 0 counts as 1.
    pub fn new(text: &str, width: usize) -> Self {
        let mut wrap = Self { width: width.max(1), rows: Vec::new() };
        wrap.again(text);
        wrap
    }

    /// The first so many rows of a text: what a field shows of a long one.
    pub fn head(text: &str, width: usize, most: usize) -> Self {
        let mut wrap = Self { width: width.max(1), rows: Vec::new() };
        let mut at = 0;
        while wrap.rows.len() < most.max(1) {
            let row = next_row(text, at, wrap.width);
            wrap.rows.push(row);
            if row.next() >= text.len() && !row.hard {
                break;
            }
            at = row.next();
        }
        wrap
    }

    /// The width it was made for.
    pub const fn width(&self) -> usize {
        self.width
    }
    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
    /// The row in which an offset stands; at a soft break the later one.
    pub fn row_of(&self, at: usize) -> usize {
        self.rows.partition_point(|row| row.start <= at).saturating_sub(1)
    }

    fn again(&mut self, text: &str) {
        self.rows.clear();
        self.rows_from(text, 0);
    }

    fn rows_from(&mut self, text: &str, mut at: usize) {
        loop {
            let row = next_row(text, at, self.width);
            self.rows.push(row);
            at = row.next();
            if at >= text.len() && !row.hard {
                return;
            }
        }
    }

    /// Brings the rows up to date after `removed` bytes at `at` became `added` bytes of the text as it is now.
    pub fn changed(&mut self, text: &str, at: usize, removed: usize, added: usize) {
        // A word may now fit on a row before, an accent may join the character before: three rows back is far enough,
        // since what ends a row stands at most at the start of the second row after it.
        let first = self.row_of(at).saturating_sub(3);
        let Some(start) = self.rows.get(first).map(|row| row.start) else {
            self.again(text);
            return;
        };
        let old_end = at + removed;
        let moved = |old: usize| old + added - removed;
        // From the first old row that begins behind the change, the text is the one it was.
        let mut known = self.rows.partition_point(|row| row.start <= old_end);
        let tail = self.rows.split_off(first);
        known = known.saturating_sub(first);
        let mut from = start;
        loop {
            let row = next_row(text, from, self.width);
            self.rows.push(row);
            from = row.next();
            if from >= text.len() && !row.hard {
                return;
            }
            while tail.get(known).is_some_and(|old| moved(old.start) < from) {
                known += 1;
            }
            if let Some(old) = tail.get(known)
                && moved(old.start) == from
            {
                let rest = tail[known..].iter();
                self.rows.extend(rest.map(|row| Row { start: moved(row.start), end: moved(row.end), ..*row }));
                return;
            }
        }
    }
}

/// The row that begins at an offset.
fn next_row(text: &str, start: usize, width: usize) -> Row {
    let rest = text.get(start..).unwrap_or_default();
    ascii_row(rest.as_bytes(), start, width).unwrap_or_else(|| cluster_row(rest, start, width))
}

/// The row, if all of it up to the first character behind it is ASCII, where each byte is a cluster of one column.
fn ascii_row(rest: &[u8], start: usize, width: usize) -> Option<Row> {
    let mut break_after = None;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            0x80.. => return None,
            b'\n' => return Some(Row { start, end: start + at, hard: true }),
            b' ' => break_after = Some(at + 1),
            _ if at >= width => {
                // An accent that follows would belong to this character: the clusters decide.
                let joined = rest.get(at + 1).is_some_and(|next| !next.is_ascii());
                let end = break_after.unwrap_or(at);
                return (!joined).then_some(Row { start, end: start + end, hard: false });
            }
            _ => {}
        }
    }
    Some(Row { start, end: start + rest.len(), hard: false })
}

fn cluster_row(rest: &str, start: usize, width: usize) -> Row {
    let mut used = 0;
    let mut break_after = None;
    for (at, cluster) in rest.grapheme_indices(true) {
        if cluster == "\n" || cluster == "\r\n" {
            let end = start + at + cluster.len() - 1;
            return Row { start, end, hard: true };
        }
        let wide = cluster.width();
        if cluster == " " {
            used += 1;
            break_after = Some(at + 1);
            continue;
        }
        if used + wide > width && at > 0 {
            return Row { start, end: start + break_after.unwrap_or(at), hard: false };
        }
        used += wide;
    }
    Row { start, end: start + rest.len(), hard: false }
}
