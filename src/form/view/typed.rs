//! Text under the hands: the visible part of a line, its selection and its open blanks.

use std::ops::Range;

use crate::form::phrases::BLANK;
use crate::form::text::{Edit, Wrap, width_of};

use super::line::Build;
use super::role::Role;

/// The text of an editor on one line, scrolled so that the cursor is in view; gives the cursor's column.
pub(super) fn edit_line(line: &mut Build, edit: &Edit, room: usize) -> Option<usize> {
    if room == 0 {
        return None;
    }
    let (text, at) = (edit.text(), edit.at());
    let before = width_of(text.get(..at)?);
    let skip = (before + 1).saturating_sub(room);
    let start = if skip == 0 { 0 } else { edit.at_column(0, skip + usize::from(edit.at_column(0, skip) < at)) };
    let start = start.min(at);
    let mut end = start;
    let wrap = Wrap::head(text.get(start..)?, room, 1);
    end += wrap.rows().first().map_or(0, |row| row.end);
    let end = end.max(at).min(text.len());
    let x = line.x() + width_of(text.get(start..at)?);
    styled(line, text, start..end, edit.selection());
    Some(x)
}

/// A stretch of text with its selection and open blanks.
pub(super) fn styled(line: &mut Build, text: &str, range: Range<usize>, selection: Option<Range<usize>>) {
    let selection = selection.unwrap_or(0..0);
    let mut at = range.start;
    while at < range.end {
        let selected = selection.contains(&at);
        let until = if selected {
            selection.end
        } else if at < selection.start {
            selection.start
        } else {
            range.end
        };
        let piece = text.get(at..until.min(range.end)).unwrap_or_default();
        if piece.is_empty() {
            return;
        }
        if selected {
            line.put(piece, Role::Selected);
        } else {
            let mut rest = piece;
            while let Some(blank) = rest.find(BLANK) {
                line.put(&rest[..blank], Role::Text);
                line.put(BLANK, Role::Blank);
                rest = &rest[blank + BLANK.len()..];
            }
            line.put(rest, Role::Text);
        }
        at += piece.len();
    }
}
