//! A question of a list: its answer first, then its words over as many lines as they need.

use crate::form::def::Meta;
use crate::form::key::Key;
use crate::form::sheet::Sheet;
use crate::form::slot::Slot;
use crate::form::text::Wrap;

use super::field::{Drawn, Place};
use super::layout::MARGIN;
use super::line::Build;
use super::role::{Role, Target};

/// Columns of the answer, with what stands between it and the words.
const ANSWER: usize = 5;

fn room(width: usize) -> usize {
    width.saturating_sub(MARGIN + ANSWER).max(1)
}

/// How many lines a question takes.
pub(super) fn lines(words: &str, width: usize) -> usize {
    Wrap::new(words, room(width)).rows().len()
}

/// Draws a question.
pub(super) fn ask(sheet: &mut dyn Sheet, place: &Place<'_>, meta: &Meta, key: Key) -> Drawn {
    let mut drawn = Drawn { focus: (MARGIN, 0), ..Drawn::default() };
    let (answer, role) = match sheet.slot(place.field) {
        Slot::Flag(Some(true)) => ("yes", Role::Error),
        Slot::Flag(Some(false)) => ("no", Role::Text),
        _ => ("–", Role::Faint),
    };
    let wrap = Wrap::new(&meta.label, room(place.width));
    for (at, row) in wrap.rows().iter().enumerate() {
        let mut line = Build::new(place.width);
        line.at(MARGIN);
        if at == 0 {
            line.put(answer, role);
        }
        line.at(MARGIN + ANSWER);
        let words = meta.label.get(row.range()).unwrap_or_default().trim_end();
        line.put(words, if place.focused { Role::LabelFocus } else { Role::Text });
        drawn.hits.push((at, 0..place.width, Target::Field(key)));
        drawn.lines.push(line.done());
    }
    drawn
}
