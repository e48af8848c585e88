//! The editor: text, cursor, selection, and the one primitive through which all changes go.

use std::ops::Range;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::undo::{History, Step};
use super::wrap::Wrap;
use crate::clinical::text::clean;

/// One line or several?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Line breaks become blanks.
    One,
    /// Line breaks are kept.
    Many,
}

/// What became of a text put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// All of it stands.
    All,
    /// Only the first characters fitted.
    Part {
        /// How many characters stand.
        kept: usize,
        /// How many came.
        of: usize,
    },
}

/// A text being edited.
#[derive(Debug, Clone)]
pub struct Edit {
    pub(super) text: String,
    pub(super) at: usize,
    pub(super) anchor: Option<usize>,
    /// The column that Up and Down aim for.
    pub(super) goal: Option<usize>,
    pub(super) wrap: Wrap,
    /// First visible row of an area that is taller than its place.
    pub(super) top: usize,
    lines: Lines,
    limit: usize,
    history: History,
}

/// The width of an editor that is not wrapped.
const UNWRAPPED: usize = usize::MAX / 4;

impl Edit {
    /// A text of one line, at most so many characters, the cursor at its end.
    pub fn line(text: &str, limit: usize) -> Self {
        Self::new(text, Lines::One, limit, UNWRAPPED)
    }
    /// A text of several lines, wrapped at a width.
    pub fn area(text: &str, limit: usize, width: usize) -> Self {
        Self::new(text, Lines::Many, limit, width)
    }

    fn new(text: &str, lines: Lines, limit: usize, width: usize) -> Self {
        let text = cleaned(text, lines);
        let (at, wrap) = (text.len(), Wrap::new(&text, width));
        Self { text, at, anchor: None, goal: None, wrap, top: 0, lines, limit, history: History::default() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The cursor, a byte offset between two clusters.
    pub const fn at(&self) -> usize {
        self.at
    }
    /// Does it hold several lines?
    pub fn is_area(&self) -> bool {
        self.lines == Lines::Many
    }
    /// The rows at the width it is wrapped to.
    pub const fn wrap(&self) -> &Wrap {
        &self.wrap
    }
    /// First visible row.
    pub const fn top(&self) -> usize {
        self.top
    }
    /// The other end of the selection.
    pub const fn anchor(&self) -> Option<usize> {
        self.anchor
    }
    /// What is selected; none if nothing is.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor.filter(|anchor| *anchor != self.at)?;
        Some(anchor.min(self.at)..anchor.max(self.at))
    }
    /// The selected text.
    pub fn selected(&self) -> &str {
        self.selection().and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    /// Wraps at another width.
    pub fn wrap_at(&mut self, width: usize) {
        if self.lines == Lines::Many && self.wrap.width() != width.max(1) {
            self.wrap = Wrap::new(&self.text, width);
        }
    }
    /// Moves the first visible row so that the cursor's row is among so many.
    pub fn show_cursor_in(&mut self, rows: usize) {
        let row = self.wrap.row_of(self.at);
        let most = self.wrap.rows().len().saturating_sub(rows);
        self.top = self
            .top
            .min(row)
            .max((row + 1).saturating_sub(rows.max(1)))
            .min(most.max((row + 1).saturating_sub(rows.max(1))));
    }
    /// Puts the cursor at an offset, snapped between clusters; ends the selection.
    pub fn put(&mut self, at: usize) {
        self.anchor = None;
        self.goal = None;
        self.at = self.snapped(at);
        self.history.close();
    }
    /// Puts both ends of a selection.
    pub fn select(&mut self, anchor: usize, at: usize) {
        self.put(at);
        self.anchor = Some(self.snapped(anchor));
    }

    /// The same kind of editor with another text and no history.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Self {
        Self::new(text, self.lines, self.limit, self.wrap.width())
    }
    /// Sets the first visible row.
    pub fn set_top(&mut self, top: usize) {
        self.top = top.min(self.wrap.rows().len().saturating_sub(1));
    }

    /// Types text at the cursor, in place of what is selected.
    pub fn insert(&mut self, text: &str) -> Taken {
        let text = cleaned(text, self.lines);
        let range = self.selection().unwrap_or(self.at..self.at);
        self.replace(range, &text)
    }

    /// Deletes what is selected; false if nothing is.
    pub fn delete_selection(&mut self) -> bool {
        let Some(range) = self.selection() else { return false };
        self.replace(range, "");
        true
    }

    /// The one change: a range becomes a text, cut to the limit. The range is widened to whole clusters.
    pub fn replace(&mut self, range: Range<usize>, new: &str) -> Taken {
        let start = self.snapped_back(range.start.min(range.end));
        let end = self.snapped(range.end.max(range.start)).max(start);
        let (new, taken) = self.fitting(start..end, new);
        if start == end && new.is_empty() {
            return taken;
        }
        let old = self.text.get(start..end).unwrap_or_default().to_owned();
        if old != new {
            self.history.note(Step { at: start, old, new: new.to_owned() });
        }
        self.apply(start, end - start, new);
        taken
    }

    fn apply(&mut self, at: usize, removed: usize, new: &str) {
        self.text.replace_range(at..at + removed, new);
        if self.lines == Lines::Many {
            self.wrap.changed(&self.text, at, removed, new.len());
        } else {
            self.wrap = Wrap::new(&self.text, UNWRAPPED);
        }
        self.anchor = None;
        self.goal = None;
        self.at = self.snapped(at + new.len());
    }

    /// As much of a text as the limit leaves room for, cut between clusters.
    fn fitting<'a>(&self, range: Range<usize>, new: &'a str) -> (&'a str, Taken) {
        if self.text.len() - range.len() + new.len() <= self.limit {
            return (new, Taken::All);
        }
        let going = self.text.get(range).unwrap_or_default().chars().count();
        let room = self.limit.saturating_sub(self.text.chars().count() - going);
        let of = new.chars().count();
        if of <= room {
            return (new, Taken::All);
        }
        let mut kept = 0;
        let mut end = 0;
        for (at, cluster) in new.grapheme_indices(true) {
            let more = cluster.chars().count();
            if kept + more > room {
                break;
            }
            kept += more;
            end = at + cluster.len();
        }
        (&new[..end], Taken::Part { kept, of })
    }

    /// Takes the last step back; false if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.history.back.pop() else { return false };
        self.history.close();
        if self.text.get(step.at..step.at + step.new.len()) != Some(step.new.as_str()) {
            return false;
        }
        self.apply(step.at, step.new.len(), &step.old);
        self.history.on.push(step);
        true
    }
    /// Does again what was taken back; false if there is nothing.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.history.on.pop() else { return false };
        self.history.close();
        if self.text.get(step.at..step.at + step.old.len()) != Some(step.old.as_str()) {
            return false;
        }
        self.apply(step.at, step.old.len(), &step.new);
        self.history.back.push(step);
        true
    }
    /// The steps back and the steps on, to keep them over a lock.
    pub fn steps(&self) -> (&[Step], &[Step]) {
        (&self.history.back, &self.history.on)
    }
    /// Puts kept steps back in place. Steps that do not fit the text end the history instead of spoiling the text.
    pub fn set_steps(&mut self, back: Vec<Step>, on: Vec<Step>) {
        self.history = History { back, on, open: false };
    }
    /// The next letter begins an undo step of its own.
    pub const fn close_step(&mut self) {
        self.history.close();
    }

    /// The nearest place between clusters at or after an offset.
    pub(super) fn snapped(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        if self.is_boundary(at) { at } else { self.after(at) }
    }
    fn snapped_back(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        if self.is_boundary(at) { at } else { self.before(at) }
    }
    /// Does an offset stand between clusters?
    pub fn is_boundary(&self, at: usize) -> bool {
        self.text.is_char_boundary(at)
            && GraphemeCursor::new(at, self.text.len(), true).is_boundary(&self.text, 0).unwrap_or(true)
    }
    /// The place one cluster before an offset.
    pub(super) fn before(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }
    /// The place one cluster after an offset.
    pub(super) fn after(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }
}

/// Clean text, on one line where there is only one.
fn cleaned(text: &str, lines: Lines) -> String {
    let text = clean(text);
    if lines == Lines::One && text.contains('\n') { text.replace('\n', " ") } else { text }
}
