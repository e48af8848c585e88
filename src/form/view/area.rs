//! A text area: its label above, its text below over the whole width.

use std::borrow::Cow;
use std::ops::Range;

use crate::clinical::time::show_date;
use crate::form::core::Ghost;
use crate::form::def::Meta;
use crate::form::key::Key;
use crate::form::sheet::Sheet;
use crate::form::slot::Slot;
use crate::form::text::{Edit, Wrap, width_of};

use super::field::{Drawn, Place, head};
use super::layout::{MARGIN, text_width};
use super::line::Build;
use super::role::{Role, Target};
use super::typed::styled;

/// The text of an area as far as it is in view.
struct Shown<'a> {
    text: &'a str,
    wrap: Cow<'a, Wrap>,
    top: usize,
    selection: Option<Range<usize>>,
}

/// Draws an area.
pub(super) fn area(sheet: &mut dyn Sheet, place: &Place<'_>, meta: &Meta, key: Key) -> Drawn {
    let mut drawn = Drawn::default();
    let Slot::Text(text) = sheet.slot(place.field) else { return drawn };
    let ghost = place.core.ghosts.get(place.field).and_then(Option::as_ref);
    if !meta.label.is_empty() {
        head(&mut drawn, place, meta, key, ghost, text.trim().is_empty());
    }
    let head = drawn.lines.len();
    let rows = place.main.saturating_sub(head);
    let edit = place.core.edit.as_ref().filter(|_| place.focused);
    let shown = shown(edit, text, place.width, rows);
    drawn.focus = (MARGIN, head);
    for at in 0..rows {
        let mut line = Build::new(place.width);
        line.at(MARGIN);
        if let Some(row) = shown.wrap.rows().get(shown.top + at) {
            styled(&mut line, shown.text, row.range(), shown.selection.clone());
        }
        let mut line = line.done();
        line.band = place.focused;
        drawn.lines.push(line);
        drawn.hits.push((head + at, 0..place.width, Target::Text(key, shown.top + at, MARGIN)));
    }
    if let Some(ghost) = ghost.filter(|_| shown.text.is_empty()) {
        haunt(&mut drawn, place, head, rows, ghost);
    }
    match edit {
        Some(edit) => drawn.cursor = cursor(edit, &shown, place.width, rows).map(|(x, y)| (x, head + y)),
        None if shown.wrap.rows().len() > rows => more(&mut drawn, place.width),
        None => {}
    }
    drawn
}

fn shown<'a>(edit: Option<&'a Edit>, text: &'a str, width: usize, rows: usize) -> Shown<'a> {
    let width = text_width(width);
    let Some(edit) = edit else {
        return Shown { text, wrap: Cow::Owned(Wrap::head(text, width, rows + 1)), top: 0, selection: None };
    };
    let (text, selection) = (edit.text(), edit.selection());
    if edit.wrap().width() == width {
        return Shown { text, wrap: Cow::Borrowed(edit.wrap()), top: edit.top(), selection };
    }
    // Drawn at another width than the last key was handled at: wrap anew, the cursor on the last row.
    let wrap = Wrap::new(text, width);
    let top = wrap.row_of(edit.at()).saturating_sub(rows.saturating_sub(1));
    Shown { text, wrap: Cow::Owned(wrap), top, selection }
}

/// The last visit's text where nothing stands yet, with its date before it.
fn haunt(drawn: &mut Drawn, place: &Place<'_>, head: usize, rows: usize, ghost: &Ghost) {
    let text = format!("{} · {}", show_date(ghost.date), ghost.words);
    let width = text_width(place.width);
    for (at, row) in Wrap::head(&text, width, rows).rows().iter().enumerate() {
        let mut line = Build::new(place.width);
        line.at(MARGIN);
        line.put(text.get(row.range()).unwrap_or_default().trim_end(), Role::Ghost);
        if let Some(place) = drawn.lines.get_mut(head + at) {
            place.spans = line.done().spans;
        }
    }
}

/// The last line of a text that is longer than its place.
fn more(drawn: &mut Drawn, width: usize) {
    let mut line = Build::new(width);
    line.at(MARGIN);
    line.put("… more", Role::Faint);
    if let Some(last) = drawn.lines.last_mut() {
        *last = line.done();
    }
}

fn cursor(edit: &Edit, shown: &Shown<'_>, width: usize, rows: usize) -> Option<(usize, usize)> {
    let row = shown.wrap.row_of(edit.at());
    let start = shown.wrap.rows().get(row).map_or(0, |row| row.start);
    let column = width_of(edit.text().get(start..edit.at()).unwrap_or_default());
    let x = (MARGIN + column).min(width.checked_sub(1)?);
    let y = row.checked_sub(shown.top).filter(|y| *y < rows)?;
    Some((x, y))
}
