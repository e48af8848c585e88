//! The lines of one field.

use chrono::NaiveDate;
use std::ops::Range;

use crate::clinical::text::{clean_line, cut};
use crate::clinical::time::{show_date, show_date_within, show_day, show_time};
use crate::form::core::{Core, Ghost};
use crate::form::def::{Kind, Meta};
use crate::form::key::Key;
use crate::form::read::words;
use crate::form::sheet::Sheet;
use crate::form::slot::Slot;
use crate::form::spec::Source;
use crate::form::text::{Edit, width_of};
use crate::form::vocab::letters;

use super::layout::{MARGIN, has_label_column};
use super::line::Build;
use super::role::{Line, Role, Target};
use super::score::{ScoreLine, columns};
use super::typed::edit_line;

/// The lines of a field, what a click on them hits, and where the cursor is.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub lines: Vec<Line>,
    pub hits: Vec<(usize, Range<usize>, Target)>,
    /// Column and line of the text cursor.
    pub cursor: Option<(usize, usize)>,
    /// Column and line where the focus begins.
    pub focus: (usize, usize),
}

/// What drawing a field needs.
pub(super) struct Place<'a> {
    pub core: &'a Core,
    pub field: usize,
    pub focused: bool,
    pub value_x: usize,
    pub width: usize,
    /// Lines the layout gave the field.
    pub main: usize,
}

/// Draws a field.
pub(super) fn draw(sheet: &mut dyn Sheet, place: &Place<'_>) -> Drawn {
    let meta = Meta { label: sheet.label(place.field), ..sheet.meta(place.field).clone() };
    let key = sheet.key(place.field);
    let mut drawn = match meta.kind {
        Kind::Ask => super::ask::ask(sheet, place, &meta, key),
        Kind::Area { .. } => super::area::area(sheet, place, &meta, key),
        Kind::Checklist => checklist(sheet, place, &meta, key),
        Kind::Rows => super::rows::rows(sheet, place, &meta, key),
        Kind::Note => note(sheet, place, &meta),
        _ => single(sheet, place, &meta, key),
    };
    if place.focused && !matches!(meta.kind, Kind::Rows | Kind::Area { .. }) {
        for line in &mut drawn.lines {
            line.band = true;
        }
    }
    drawn
}

pub(super) fn label(place: &Place<'_>, meta: &Meta, wants: bool) -> Build {
    let mut line = Build::new(place.width);
    if wants {
        line.put("•", Role::Wants);
    }
    line.at(MARGIN);
    let role = if place.focused { Role::LabelFocus } else { Role::Label };
    if has_label_column(&meta.kind) {
        let room = place.value_x.saturating_sub(MARGIN + 1);
        line.put(&crate::clinical::text::cut(&meta.label, room), role);
    } else {
        line.put(&meta.label, role);
    }
    line
}

/// The first line of a field that takes several: its label, and of which day the text was taken over.
pub(super) fn head(drawn: &mut Drawn, place: &Place<'_>, meta: &Meta, key: Key, ghost: Option<&Ghost>, blank: bool) {
    let mut line = label(place, meta, meta.required && blank);
    if let Some(ghost) = ghost.filter(|_| place.core.taken.contains(&key)) {
        line.gap(2);
        line.put(&format!("as on {}", show_date(ghost.date)), Role::Taken);
    }
    drawn.hits.push((0, 0..place.width, Target::Field(key)));
    drawn.lines.push(line.done());
}

fn note(sheet: &mut dyn Sheet, place: &Place<'_>, meta: &Meta) -> Drawn {
    let mut line = Build::new(place.width);
    line.at(MARGIN);
    line.put(&meta.label, Role::Second);
    if let Some(beside) = sheet.beside(place.field) {
        line.gap(if meta.label.is_empty() { 0 } else { 2 });
        line.put(&clean_line(&beside), Role::Computed);
    }
    Drawn { lines: vec![line.done()], ..Drawn::default() }
}

/// A field of one line, label to the left.
fn single(sheet: &mut dyn Sheet, place: &Place<'_>, meta: &Meta, key: Key) -> Drawn {
    let beside = sheet.beside(place.field).map(|text| clean_line(&text));
    let score_columns =
        matches!(meta.kind, Kind::Score(_)).then(|| columns(sheet, place.value_x, place.width, &place.core.ghosts));
    let mut slot = sheet.slot(place.field);
    let bad = place.core.bad.get(&key);
    let wants = meta.required && slot.is_blank() && bad.is_none();
    let mut line = label(place, meta, wants);
    // The answer to words that stand on the line above begins below them.
    let value_x = if meta.label.is_empty() { MARGIN + 2 } else { place.value_x };
    let mut drawn = Drawn { focus: (value_x, 0), ..Drawn::default() };
    drawn.hits.push((0, 0..place.width, Target::Field(key)));
    let ghost = place.core.ghosts.get(place.field).and_then(Option::as_ref);
    let taken = place.core.taken.contains(&key);
    let today = place.core.reading.today;
    if let (Kind::Score(spec), Slot::Score(answer), Some(score_columns)) = (&meta.kind, &slot, score_columns) {
        let score = ScoreLine { key, spec, answer: **answer, ghost, taken, today };
        if place.core.in_words {
            line.at(value_x);
            line.put(&score.in_words(), Role::Text);
        } else {
            let hits = score.draw(&mut line, score_columns);
            drawn.hits.extend(hits.into_iter().map(|(range, target)| (0, range, target)));
        }
        drawn.lines.push(line.done());
        if let Some(beside) = beside {
            let mut under = Build::new(place.width);
            under.at(place.value_x);
            under.put(&beside, Role::Computed);
            drawn.lines.push(under.done());
        }
        return drawn;
    }
    line.at(value_x);
    let text = words(&mut slot, &meta.kind, &place.core.reading);
    let edit = place.core.edit.as_ref().filter(|_| place.focused);
    // While a list is offered for the words nobody can say yet what they are.
    let is_offered = edit.is_some() && place.core.popup.is_some() && matches!(meta.kind, Kind::Coded(_));
    let shown_blank = if let Some(edit) = edit {
        let x = line.x();
        let room = line.room().saturating_sub(tail_room(&meta.kind));
        drawn.cursor = edit_line(&mut line, edit, room).map(|x| (x, 0));
        drawn.hits.push((0, x..place.width, Target::Text(key, 0, 0)));
        edit.text().is_empty()
    } else {
        let shown = bad.map_or(text.as_str(), |bad| bad.text.as_str());
        let role = if bad.is_some() { Role::Error } else { Role::Text };
        line.put(&clean_line(shown), role);
        shown.is_empty()
    };
    if shown_blank {
        if let Some(ghost) = ghost {
            line.put(&ghost_words(&ghost.words, ghost.date, today, line.room()), Role::Ghost);
        } else if !place.focused {
            line.put(if meta.blank.is_empty() { "–" } else { meta.blank }, Role::Faint);
        }
    } else {
        if !is_offered {
            tail(&mut line, &slot, meta, edit, &text);
        }
        if taken && let Some(ghost) = ghost {
            line.gap(2);
            line.put(&format!("as on {}", show_date(ghost.date)), Role::Taken);
        }
    }
    if let Some(beside) = beside.filter(|_| !is_offered) {
        line.gap(2);
        line.put(&beside, Role::Computed);
    }
    drawn.lines.push(line.done());
    drawn
}

/// Columns kept free behind an edited text for what was read from it.
const fn tail_room(kind: &Kind) -> usize {
    match kind {
        Kind::Date(_) => 18,
        Kind::Time | Kind::Num(_) | Kind::Coded(Source::Patient) => 12,
        Kind::Coded(_) => 10,
        _ => 1,
    }
}

/// Behind the value: its unit, what was read from it, whether it is coded.
fn tail(line: &mut Build, slot: &Slot<'_>, meta: &Meta, edit: Option<&Edit>, text: &str) {
    match (&meta.kind, slot) {
        (Kind::Num(spec), _) if !spec.unit.is_empty() => {
            line.gap(1);
            line.put(spec.unit, Role::Second);
        }
        (Kind::Date(_), Slot::Date(Some(date))) if edit.is_some() => {
            line.gap(2);
            line.put(&show_day(*date), Role::Computed);
        }
        (Kind::Time, Slot::Time(Some(time))) if edit.is_some_and(|edit| edit.text() != text) => {
            line.gap(2);
            line.put(&show_time(*time), Role::Computed);
        }
        (Kind::Coded(source), Slot::Coded(coded)) if coded.code.is_none() => {
            line.gap(2);
            line.put(no_code(*source), Role::Faint);
        }
        _ => {}
    }
}

/// What is said of a text that is none of what its source knows.
const fn no_code(source: Source) -> &'static str {
    match source {
        Source::Patient => "not known",
        // Any name will do.
        Source::Place | Source::Owner => "",
        Source::Medicine
        | Source::Antithrombotic
        | Source::Condition
        | Source::Diagnosis
        | Source::Problem
        | Source::Procedure
        | Source::Target
        | Source::Allergen
        | Source::Hurts
        | Source::PlanPiece => "uncoded",
    }
}

fn checklist(sheet: &mut dyn Sheet, place: &Place<'_>, meta: &Meta, key: Key) -> Drawn {
    let mut drawn = Drawn::default();
    let slot = sheet.slot(place.field);
    if !meta.label.is_empty() {
        drawn.hits.push((0, 0..place.width, Target::Field(key)));
        drawn.lines.push(label(place, meta, meta.required && slot.is_blank()).done());
    }
    let Slot::Multi(multi) = slot else { return drawn };
    let keys = letters((0..multi.count()).map(|option| multi.label(option)));
    for (option, letter) in keys.iter().enumerate() {
        let mut line = Build::new(place.width);
        line.at(MARGIN);
        if place.focused {
            line.put(&letter.map_or_else(|| " ".to_owned(), String::from), Role::Key);
        }
        line.at(MARGIN + 2);
        let has = multi.has(option);
        let sign = match (place.core.in_words, has) {
            (false, true) => "✓ ",
            (false, false) => "○ ",
            (true, true) => "yes: ",
            (true, false) => "not: ",
        };
        line.put(sign, if has { Role::Chosen } else { Role::Faint });
        let here = place.focused && option == place.core.option;
        line.put(
            multi.label(option),
            if here {
                Role::Cell
            } else if has {
                Role::Text
            } else {
                Role::Second
            },
        );
        if here {
            drawn.focus = (MARGIN, drawn.lines.len());
        }
        drawn.hits.push((drawn.lines.len(), 0..place.width, Target::Option(key, option)));
        drawn.lines.push(line.done());
    }
    drawn
}

/// A last value with its date, in so many columns. The value is cut before its date is: a value without its date, or half
/// a date, says less than nothing.
pub(super) fn ghost_words(words: &str, date: NaiveDate, today: NaiveDate, room: usize) -> String {
    const LEAST: usize = 8;
    let wide = width_of(words);
    let date = show_date_within(date, today, room.saturating_sub(wide.min(LEAST) + 3));
    format!("{} · {date}", cut(words, room.saturating_sub(date.len() + 3)))
}
