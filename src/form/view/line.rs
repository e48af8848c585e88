//! Building one line from left to right within a width.

use std::ops::Range;

use crate::clinical::text::cut;
use crate::form::text::width_of;

use super::role::{Line, Role, Span};

/// A line being built.
#[derive(Debug, Clone)]
pub(super) struct Build {
    spans: Vec<Span>,
    x: usize,
    width: usize,
}

impl Build {
    pub fn new(width: usize) -> Self {
        Self { spans: Vec::new(), x: 0, width }
    }
    /// The column behind what stands.
    pub const fn x(&self) -> usize {
        self.x
    }
    pub const fn width(&self) -> usize {
        self.width
    }
    pub const fn room(&self) -> usize {
        self.width.saturating_sub(self.x)
    }
    /// Fills with blanks up to a column; if that lies behind, nothing.
    pub fn at(&mut self, x: usize) -> &mut Self {
        let to = x.min(self.width);
        if to > self.x {
            self.push(" ".repeat(to - self.x), Role::Text, to - self.x);
        }
        self
    }
    /// Leaves a gap, unless the line is empty there.
    pub fn gap(&mut self, columns: usize) -> &mut Self {
        self.at(self.x + columns)
    }
    /// Puts text; what does not fit is cut with `…`. Says where it stands.
    pub fn put(&mut self, text: &str, role: Role) -> Range<usize> {
        let from = self.x;
        let wide = width_of(text);
        if wide <= self.room() {
            self.push(text.to_owned(), role, wide);
        } else {
            let short = cut(text, self.room());
            let wide = width_of(&short);
            self.push(short, role, wide);
        }
        from..self.x
    }
    /// Puts text at a column, or with one blank between where something stands already.
    pub fn put_at(&mut self, x: usize, text: &str, role: Role) -> Range<usize> {
        if x > self.x || self.x == 0 {
            self.at(x);
        } else {
            self.gap(1);
        }
        self.put(text, role)
    }
    /// Puts text that ends at a column.
    pub fn put_to(&mut self, end: usize, text: &str, role: Role) -> Range<usize> {
        self.put_at(end.saturating_sub(width_of(text)), text, role)
    }
    /// Puts a mark on the blank before the next column.
    pub fn mark_before(&mut self, role: Role) {
        if let Some(last) = self.spans.last_mut().filter(|span| span.text.ends_with(' ')) {
            last.text.pop();
            self.x -= 1;
            self.push("▸".to_owned(), role, 1);
        }
    }
    fn push(&mut self, text: String, role: Role, wide: usize) {
        if text.is_empty() {
            return;
        }
        self.x += wide;
        match self.spans.last_mut() {
            Some(last) if last.role == role => last.text.push_str(&text),
            _ => self.spans.push(Span { text, role }),
        }
    }
    pub fn done(self) -> Line {
        Line { spans: self.spans, band: false, part: None }
    }
}

/// As many of the parts as fit, joined by ` · `.
pub(super) fn joined(parts: &[String], width: usize) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let gap = if out.is_empty() { 0 } else { 3 };
        if width_of(&out) + gap + width_of(part) > width && !out.is_empty() {
            continue;
        }
        if gap > 0 {
            out.push_str(" · ");
        }
        out.push_str(part);
    }
    out
}
