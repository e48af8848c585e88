//! One line of a pane: only what decides the next move, in columns that line up across the panes.

use ratatui::layout::Rect;

use super::decides::{decides, fitting, wants_count};
use super::pane::sign_words;
use super::paper::paper;
use super::phase::{Order, Phase};
use crate::clinical::board::{Item, ItemKey};
use crate::clinical::booked;
use crate::clinical::text::{cut, width};
use crate::clinical::time::show_time;
use crate::clinical::vocab::Vocab;
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
    /// What the items of the pane need in each column.
    pub needs: Needs,
}

/// The cells of a spark line.
const SPARK: u16 = 4;

/// What the widest of a pane's items needs in each column, so that none keeps room that another wants. All items count,
/// also those out of view: nothing moves while a pane is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    what: u16,
    name: u16,
    age: u16,
    flag: u16,
    /// The first flag with how many more there are.
    counted: u16,
    flags: u16,
    /// The words of a visit, or of a paper with its note.
    text: u16,
    scores: bool,
    change: u16,
}

impl Needs {
    /// What these items need.
    pub fn of<'a>(items: impl Iterator<Item = &'a Item>, phase: Phase, view: &View<'_>, names: Names<'_>) -> Self {
        let mut needs = Self::default();
        let wide = |text: &str| columns(width(text));
        for item in items {
            let flags = decides(item, view);
            let all = columns(fitting(&flags, u16::MAX).width());
            let age = item.patient.as_ref().map(|patient| patient.age_sex(item.date)).unwrap_or_default();
            needs.name = needs.name.max(wide(&names.of_item(item)));
            needs.age = needs.age.max(wide(&age));
            // Where no score stands before them flags may begin earlier: they make no column wider.
            let first = flags.first().map_or(0, |(_, word)| wide(word));
            let first = if has_no_score(item) { first.min(9) } else { first };
            // In a narrow pane the count of the others stands close to the first, but where something is to be done about them.
            let count = match flags.len() {
                0 | 1 => 0,
                _ if wants_count(item) => 3,
                _ => 2,
            };
            needs.flag = needs.flag.max(first + count);
            needs.counted = needs.counted.max(if flags.len() > 1 { first + 3 } else { first });
            needs.flags = needs.flags.max(all);
            needs.scores |= !item.scores.is_empty();
            let change = item.change().map_or(0, |change| if change.unsigned_abs() > 9 { 3 } else { 2 });
            needs.change = needs.change.max(change);
            let text = match phase {
                Phase::Morning => wide(&item.text),
                Phase::Afternoon => wide(&item.text) + if all > 0 { all + 2 } else { 0 },
                Phase::Midday | Phase::Late => {
                    let paper = paper(item, view);
                    let note = columns(paper.note.width());
                    needs.what = needs.what.max(wide(&paper.what));
                    wide(&paper.text) + if note > 0 { note + 2 } else { 0 }
                }
            };
            needs.text = needs.text.max(text);
        }
        needs
    }

    /// The columns of the name in a row whose other columns but the text take so many: what the text leaves it, but never
    /// less than tells people apart.
    fn name_width(self, width: u16, others: u16, phase: Phase) -> u16 {
        let least = match phase {
            Phase::Morning => 16,
            Phase::Afternoon | Phase::Late => 18,
            Phase::Midday => 20,
        };
        let least = if width < 60 { least } else { least + 4 };
        let left = width.saturating_sub(others).saturating_sub(self.text);
        left.clamp(least.min(self.name), self.name).max(12)
    }

    fn age_column(self, width: u16) -> Column {
        taking(self.age, Column::between(self.age.min(3), self.age.min(9), 5).after(gap(width)))
    }
}

/// A column with its gap; none where nothing needs it.
const fn taking(wide: u16, column: Column) -> Column {
    if wide == 0 { column.after(0) } else { column }
}

/// Blank columns before what is read apart: more where there is room.
const fn gap(width: u16) -> u16 {
    if width < 70 { 1 } else { 2 }
}

/// What columns take with their gaps when there is room.
fn taken(columns: &[Column]) -> u16 {
    columns.iter().map(|column| column.most.saturating_add(column.gap)).fold(0, u16::saturating_add)
}

/// Sign, time, name, age and sex, reason, spark line, score, change, flags.
fn visit_columns(width: u16, needs: Needs) -> Laid {
    let least = match (needs.flag, width) {
        (11.., _) => 12,
        (_, 0..60) => 10,
        (_, 60..) => 11,
    };
    let (spark, score) = if needs.scores { (SPARK, 2) } else { (0, 0) };
    let (sign, time, age) = (Column::fixed(1, 0), Column::fixed(5, 2), needs.age_column(width));
    let spark = taking(spark, Column::fixed(spark, 6));
    let score = taking(score, Column::fixed(score, 1).right());
    let change = taking(needs.change, Column::fixed(needs.change, 3));
    let others = taken(&[sign, time, age, spark, score, change]) + gap(width);
    // More than the first flag only where the words of no visit are cut for it.
    let name = needs.name_width(width, others, Phase::Morning).min(needs.name);
    let left_over = width.saturating_sub(others + name + gap(width)).saturating_sub(needs.text);
    let least = if width < 60 { needs.flag } else { needs.counted }.min(least);
    let most = needs.flags.min(left_over.clamp(least, 30));
    let flags = taking(most, Column::between(least, most, 1).after(gap(width)));
    let others = others + taken(&[flags]);
    let name = Column::between(12, needs.name_width(width, others, Phase::Morning), 0);
    lay(&[sign, time, name, age, Column::rest(9, 4).after(gap(width)), spark, score, change, flags], width)
}

/// Sign, time, name, age and sex; what is planned and the flags share the rest: a procedure is not told by its scores.
fn procedure_columns(width: u16, needs: Needs) -> Laid {
    let (sign, time, age) = (Column::fixed(1, 0), Column::fixed(5, 2), needs.age_column(width));
    let others = taken(&[sign, time, age]) + gap(width);
    let name = Column::between(12, needs.name_width(width, others, Phase::Afternoon), 0);
    lay(&[sign, time, name, age, Column::rest(9, 1).after(gap(width))], width)
}

/// Sign, what it is, name; the text and the note at the right share the rest.
fn paper_columns(width: u16, needs: Needs, phase: Phase) -> Laid {
    let (sign, what) = (Column::fixed(1, 0), taking(needs.what, Column::fixed(needs.what.min(9), 3)));
    let others = taken(&[sign, what]) + gap(width);
    let name = Column::between(12, needs.name_width(width, others, phase), 0);
    lay(&[sign, what, name, Column::rest(9, 2).after(gap(width))], width)
}

impl Rows<'_> {
    /// Draws the row of an item.
    pub fn paint(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        match self.phase {
            Phase::Morning | Phase::Afternoon => self.visit(canvas, line, item, is_chosen),
            Phase::Midday | Phase::Late => self.paper(canvas, line, item, is_chosen),
        }
    }

    /// Whether the row of an item has to cut its name or its words. Flags that find no room are counted, not cut.
    pub fn is_cut(&self, item: &Item) -> bool {
        let laid = self.laid();
        let line = Rect::new(0, 0, self.width, 1);
        let area = |column: usize| laid.area(line, column);
        let noted = |note: &Words<'_>| if note.is_empty() { 0 } else { note.width() + 2 };
        let flags = || decides(item, self.view);
        let (words, room) = match self.phase {
            Phase::Morning if has_no_score(item) => {
                let first = flags().first().map_or(0, |(_, word)| width(word) + 1);
                (width(&item.text) + first, self.width.saturating_sub(area(4).x))
            }
            Phase::Morning => (width(&item.text), area(4).width),
            Phase::Afternoon => (width(&item.text) + noted(&fitting(&flags(), area(4).width / 2)), area(4).width),
            Phase::Midday | Phase::Late => {
                let paper = paper(item, self.view);
                let room = if item.patient.is_some() { area(3).width } else { self.width.saturating_sub(area(2).x) };
                (width(&paper.text) + noted(&paper.note), room)
            }
        };
        let name = item.patient.is_some() && width(&self.names.of_item(item)) > usize::from(area(2).width);
        name || words > usize::from(room)
    }

    fn laid(&self) -> Laid {
        match self.phase {
            Phase::Morning => visit_columns(self.width, self.needs),
            Phase::Afternoon => procedure_columns(self.width, self.needs),
            Phase::Midday | Phase::Late => paper_columns(self.width, self.needs, self.phase),
        }
    }

    fn visit(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        let laid = self.laid();
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
        let no_scores = has_no_score(item) && laid.shows(4);
        if no_scores {
            without_scores(canvas, line, &laid, (second, &text), &decides);
            return;
        }
        let flags = laid.area(line, 8);
        canvas.words(flags, &fitting(&decides, flags.width));
        canvas.words(rest, &Words::of(second, text));
        if !quiet {
            let look = canvas.look();
            let scores: Vec<Option<u8>> = item.scores.iter().copied().map(Some).collect();
            laid.write(canvas, line, 5, &spark(look, &scores, usize::from(SPARK)));
            if item.score.is_some() {
                laid.write(canvas, line, 6, &score(item.score));
                laid.write(canvas, line, 7, &change(look, item.score, item.scores.iter().rev().nth(1).copied()));
            } else if let Some(last) = item.scores.last() {
                // The figure of the last visit, that the line is not told by its shape alone.
                laid.write(canvas, line, 6, &Words::of(Role::Faint, last.to_string()));
            }
        }
    }

    fn paper(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        let laid = self.laid();
        let paper = paper(item, self.view);
        laid.write(canvas, line, 0, &sign_words(item));
        laid.write(canvas, line, 1, &Words::of(paper.what_role, paper.what));
        let text = self.names.text(&paper.text).into_owned();
        let second = if item.done { Role::Faint } else { Role::Second };
        let (name, rest) = (laid.area(line, 2), laid.area(line, 3));
        if item.patient.is_some() {
            laid.write(canvas, line, 2, &self.name(item, is_chosen));
            let note = self.fitting_note(paper.note, width(&text), rest.width);
            share(canvas, rest, &Words::of(second, text), &note);
        } else {
            let end = if laid.shows(3) { rest.right() } else { name.right() };
            let both = Rect { width: end.saturating_sub(name.x), ..name };
            let note = self.fitting_note(paper.note, width(&text), both.width);
            share(canvas, both, &Words::of(name_role(item, is_chosen), text), &note);
        }
    }

    /// A note beside words that would be cut for it: the year of a date of this year can be left out.
    fn fitting_note(&self, mut note: Words<'static>, text: usize, room: u16) -> Words<'static> {
        let year = self.view.board.date.format(" %Y").to_string();
        if text + note.width() + 2 > usize::from(room) {
            for word in &mut note.0 {
                if let Some(short) = word.text.strip_suffix(&year) {
                    word.text = short.to_owned().into();
                }
            }
        }
        note
    }

    fn name(&self, item: &Item, is_chosen: bool) -> Words<'static> {
        match &item.patient {
            Some(patient) if !self.names.shows(patient.id) => Words::of(Role::Faint, HIDDEN),
            Some(patient) => Words::of(name_role(item, is_chosen), patient.list_name()),
            None => Words::of(Role::Wants, "patient?"),
        }
    }
}

/// A procedure cut to a width so that its side stays, and its level before the words of its name: the wrong side is the
/// last thing to be read into a row.
fn keeping_side(text: &str, room: usize) -> String {
    let booked = booked::read(text);
    let Some(side) = booked.side.filter(|_| width(text) > room) else { return text.to_owned() };
    let side = side.label();
    let with_level = format!(" {} {side}", booked.level);
    let ends = [with_level, format!(" {side}")];
    let fits = |end: &&String| text.ends_with(end.as_str()) && width(end) + 4 <= room;
    match ends.iter().find(fits) {
        Some(end) => format!("{}{end}", cut(text.strip_suffix(end.as_str()).unwrap_or(text), room - width(end))),
        None => text.to_owned(),
    }
}

/// A row in which no score stands: its words have the room up to its flags, and flags that need more than their
/// column begin earlier.
fn without_scores(
    canvas: &mut Canvas<'_>,
    line: Rect,
    laid: &Laid,
    (role, text): (Role, &str),
    decides: &[(Role, String)],
) {
    /// Columns of the words that flags leave them.
    const WORDS: u16 = 9;
    let (rest, flags) = (laid.area(line, 4), laid.area(line, 8));
    let end = if flags.width > 0 { flags.right() } else { line.right() };
    let first = decides.first().map_or(0, |(_, word)| columns(width(word)));
    let most = end.saturating_sub(rest.x).saturating_sub(WORDS + 1);
    let wide = flags.width.max(first).min(most.max(flags.width));
    let words = fitting(decides, wide);
    let from = end.saturating_sub(columns(words.width()).max(flags.width).min(wide));
    canvas.words(Rect { x: from, width: end.saturating_sub(from), ..line }, &words);
    let until = if words.is_empty() { end } else { from.saturating_sub(1) };
    let room = until.saturating_sub(rest.x);
    // Of a procedure the side is the last to be cut.
    canvas.words(Rect { width: room, ..rest }, &Words::of(role, keeping_side(text, usize::from(room))));
}

/// Whether no score is shown of an item: none was ever given, the patient does not come, or it is a procedure, which is
/// not told by its scores.
fn has_no_score(item: &Item) -> bool {
    let quiet = item.state.is_some_and(|state| !state.is_live());
    quiet || matches!(item.key, ItemKey::Procedure(_)) || (item.score.is_none() && item.scores.is_empty())
}

/// Text from the left and a note at the right: the text gets what the note leaves, and always a word.
fn share(canvas: &mut Canvas<'_>, area: Rect, text: &Words<'_>, note: &Words<'_>) {
    const WORD: u16 = 7;
    let wide = columns(note.width()).min(area.width.saturating_sub(WORD).max(area.width / 2));
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
            ("Medial branch block L4, L5 LEFT", 22, "Medial br… L4, L5 LEFT"),
            ("Medial branch block L4, L5 LEFT", 12, "Medial… LEFT"),
            ("stellate ganglion", 9, "stellate ganglion"),
        ] {
            assert_eq!(keeping_side(text, room), shown, "{room}");
        }
    }
}
