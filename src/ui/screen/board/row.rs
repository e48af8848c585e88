//! One line of a pane: only what decides the next move, in columns that line up across the panes.

use ratatui::layout::Rect;

use super::decides::{decides, fitting};
use super::pane::sign_words;
use super::paper::paper;
use super::phase::{Order, Phase};
use crate::clinical::board::{Item, ItemKey};
use crate::clinical::text::{cut, width};
use crate::clinical::time::show_time;
use crate::ui::chrome::names::{HIDDEN, Names};
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::columns::{Column, Laid, lay};
use crate::ui::widget::spark::{change, score, spark};
use crate::ui::widget::{Canvas, Words, columns, inset};

/// What the rows of a pane are drawn with.
pub struct Rows<'a> {
    /// The day.
    pub view: &'a View<'a>,
    /// Whose names may be read.
    pub names: Names<'a>,
    /// The pane.
    pub phase: Phase,
    /// How visits are listed.
    pub order: Order,
    /// The columns of a row.
    pub width: u16,
}

/// The cells of a spark line.
const SPARK: u16 = 4;

/// How wide names are: the same in every pane of a width, so that what follows lines up.
const fn name_width(width: u16) -> u16 {
    match width {
        ..60 => 14,
        60..90 => 16,
        90.. => 24,
    }
}

/// Sign, time, name, age and sex, reason, spark line, score, change, flags.
fn visit_columns(width: u16) -> Laid {
    let flags = if width >= 90 { 30 } else { 15 };
    lay(
        &[
            Column::fixed(1, 0),
            Column::fixed(5, 2),
            Column::between(12, name_width(width), 0),
            Column::between(3, 4, 5),
            Column::rest(9, 4),
            Column::fixed(SPARK, 6),
            Column::fixed(2, 1).right(),
            Column::between(2, 3, 3),
            Column::between(9, flags, 1),
        ],
        width,
    )
}

/// Sign, time, name, age and sex; what is planned and the flags share the rest: a procedure is not told by its scores.
fn procedure_columns(width: u16) -> Laid {
    lay(
        &[
            Column::fixed(1, 0),
            Column::fixed(5, 2),
            Column::between(12, name_width(width), 0),
            Column::between(3, if width < 60 { 3 } else { 4 }, 5),
            Column::rest(9, 1),
        ],
        width,
    )
}

/// Sign, what it is, name; the text and the note at the right share the rest.
fn paper_columns(width: u16) -> Laid {
    lay(
        &[Column::fixed(1, 0), Column::fixed(8, 3), Column::between(12, name_width(width), 0), Column::rest(9, 2)],
        width,
    )
}

impl Rows<'_> {
    /// Draws the row of an item.
    pub fn paint(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        match self.phase {
            Phase::Morning | Phase::Afternoon => self.visit(canvas, line, item, is_chosen),
            Phase::Midday | Phase::Late => self.paper(canvas, line, item, is_chosen),
        }
    }

    fn visit(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        let laid = match self.phase {
            Phase::Afternoon => procedure_columns(self.width),
            Phase::Morning | Phase::Midday | Phase::Late => visit_columns(self.width),
        };
        let quiet = item.state.is_some_and(|state| !state.is_live());
        let second = if quiet { Role::Faint } else { Role::Second };
        let procedure = matches!(item.key, ItemKey::Procedure(_));
        let by_clock = procedure && self.order == Order::ByClock && !quiet;
        let time = if by_clock { Role::Procedure } else { second };
        laid.write(canvas, line, 0, &sign_words(item));
        laid.write(canvas, line, 1, &Words::of(time, item.start.map(show_time).unwrap_or_default()));
        laid.write(canvas, line, 2, &self.name(item, is_chosen));
        let age = item.patient.as_ref().map(|patient| patient.age_sex(item.date)).unwrap_or_default();
        laid.write(canvas, line, 3, &Words::of(second, age));
        let mut decides = decides(item, self.view);
        if by_clock {
            decides.push((Role::Procedure, "procedure".to_owned()));
        }
        let text = self.names.text(&item.text).into_owned();
        let rest = laid.area(line, 4);
        if self.phase == Phase::Afternoon {
            let flags = fitting(&decides, rest.width / 2);
            let taken = if flags.is_empty() { 0 } else { flags.width() + 2 };
            let text = keeping_side(&text, usize::from(rest.width).saturating_sub(taken));
            share(canvas, rest, &Words::of(second, text), &flags);
            return;
        }
        let flags = laid.area(line, 8);
        canvas.words(flags, &fitting(&decides, flags.width));
        let no_scores = procedure && item.scores.is_empty() && laid.shows(4) && laid.shows(8);
        let room = if no_scores { flags.x.saturating_sub(rest.x + 1) } else { rest.width };
        let text = if procedure { keeping_side(&text, usize::from(room)) } else { text };
        canvas.words(Rect { width: room, ..rest }, &Words::of(second, text));
        if !quiet && !no_scores {
            let look = canvas.look();
            let scores: Vec<Option<u8>> = item.scores.iter().copied().map(Some).collect();
            laid.write(canvas, line, 5, &spark(look, &scores, usize::from(SPARK)));
            if item.score.is_some() {
                laid.write(canvas, line, 6, &score(item.score));
                laid.write(canvas, line, 7, &change(look, item.score, item.scores.iter().rev().nth(1).copied()));
            }
        }
    }

    fn paper(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        let laid = paper_columns(self.width);
        let paper = paper(item, self.view);
        laid.write(canvas, line, 0, &sign_words(item));
        laid.write(canvas, line, 1, &Words::of(paper.what_role, paper.what));
        let text = self.names.text(&paper.text).into_owned();
        let second = if item.done { Role::Faint } else { Role::Second };
        let (name, rest) = (laid.area(line, 2), laid.area(line, 3));
        if item.patient.is_some() {
            laid.write(canvas, line, 2, &self.name(item, is_chosen));
            share(canvas, rest, &Words::of(second, text), &paper.note);
        } else {
            let end = if laid.shows(3) { rest.right() } else { name.right() };
            let both = Rect { width: end.saturating_sub(name.x), ..name };
            share(canvas, both, &Words::of(name_role(item, is_chosen), text), &paper.note);
        }
    }

    fn name(&self, item: &Item, is_chosen: bool) -> Words<'static> {
        match &item.patient {
            Some(patient) if !self.names.shows(patient.id) => Words::of(Role::Faint, HIDDEN),
            Some(patient) => Words::of(name_role(item, is_chosen), patient.list_name()),
            None => Words::of(Role::Wants, "patient?"),
        }
    }
}

/// A procedure cut to a width so that its side stays: the wrong side is the last thing to be read into a row.
fn keeping_side(text: &str, room: usize) -> String {
    const SIDES: [&str; 5] = [" LEFT", " RIGHT", " BOTH sides", " left", " right"];
    let side = SIDES.iter().find(|side| text.ends_with(*side)).copied().unwrap_or_default();
    let (wide, whole) = (width(side), width(text));
    if side.is_empty() || whole <= room || wide + 4 > room {
        return text.to_owned();
    }
    format!("{}{side}", cut(text.strip_suffix(side).unwrap_or(text), room - wide))
}

/// Text from the left and a note at the right, which takes at most half: the text gets what the note leaves.
fn share(canvas: &mut Canvas<'_>, area: Rect, text: &Words<'_>, note: &Words<'_>) {
    let wide = columns(note.width()).min(area.width / 2);
    canvas.words_right(inset(area, area.width - wide, 0), note);
    canvas.words(inset(area, 0, if wide > 0 { wide + 2 } else { 0 }), text);
}

fn name_role(item: &Item, is_chosen: bool) -> Role {
    let quiet = item.state.is_some_and(|state| !state.is_live());
    match (is_chosen, quiet, item.done) {
        (true, _, _) => Role::Strong,
        (false, true, _) => Role::Faint,
        (false, false, true) => Role::Second,
        (false, false, false) => Role::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_of_a_procedure_is_never_cut_off() {
        for (text, room, shown) in [
            ("SI joint injection RIGHT", 24, "SI joint injection RIGHT"),
            ("SI joint injection RIGHT", 23, "SI joint injecti… RIGHT"),
            ("SI joint injection RIGHT", 12, "SI jo… RIGHT"),
            ("MBB L3–L5 BOTH sides", 18, "MBB L3… BOTH sides"),
            ("stellate ganglion", 9, "stellate ganglion"),
        ] {
            assert_eq!(keeping_side(text, room), shown, "{room}");
        }
    }
}
