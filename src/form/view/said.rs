//! Words under a field, each with its meaning, over as many lines as they need.

use std::ops::Range;

use crate::clinical::text::clean;
use crate::form::text::Wrap;

use super::layout::MARGIN;
use super::line::Build;
use super::role::{Line, Role, Span};

/// The words as lines of a width.
pub(super) fn lines(spans: &[Span], width: usize) -> Vec<Line> {
    if spans.is_empty() {
        return Vec::new();
    }
    let mut text = String::new();
    let mut places: Vec<(Range<usize>, Role)> = Vec::new();
    for span in spans {
        let from = text.len();
        text.push_str(&clean(&span.text));
        places.push((from..text.len(), span.role));
    }
    let wrap = Wrap::new(&text, width.saturating_sub(MARGIN + 1).max(1));
    let mut first = 0;
    let line = |row: &crate::form::text::Row| {
        let row = row.range();
        // The rows follow one another, and so do the places.
        first += places.iter().skip(first).take_while(|(place, _)| place.end <= row.start).count();
        let mut line = Build::new(width);
        line.at(MARGIN);
        for (place, role) in places.iter().skip(first).take_while(|(place, _)| place.start < row.end) {
            let part = place.start.max(row.start)..place.end.min(row.end);
            line.put(text.get(part).unwrap_or_default().trim_end_matches('\n'), *role);
        }
        line.done()
    };
    wrap.rows().iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_meaning_where_a_line_breaks() {
        let span = |text: &str, role| Span { text: text.to_owned(), role };
        let spans = [span("read ", Role::Faint), span("one two three", Role::Computed), span("\nnew", Role::Info)];
        let lines = lines(&spans, 12);
        let seen: Vec<Vec<(String, Role)>> = lines
            .iter()
            .map(|line| line.spans.iter().map(|span| (span.text.trim().to_owned(), span.role)).collect())
            .collect();
        let texts: Vec<String> = lines.iter().map(|line| line.text().trim().to_owned()).collect();
        assert_eq!(texts, ["read one", "two three", "new"]);
        assert!(
            seen[0].contains(&("read".to_owned(), Role::Faint))
                && seen[0].contains(&("one".to_owned(), Role::Computed))
        );
        assert!(seen[2].contains(&("new".to_owned(), Role::Info)));
    }
}
