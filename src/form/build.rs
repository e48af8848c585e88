//! One short function per kind of field. All can stand in a `const`, as the columns of a row do.

use std::borrow::Cow;

use super::def::{Field, Kind};
use super::slot::{At, Slot};
use super::spec::{DateSpec, NRS, NumSpec, ScoreSpec, Source};

/// A score from 0 to 10, coloured as pain. For another range: [`score_of`].
pub const fn score<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    score_of(id, label, NRS, at)
}
/// A score of a range of its own.
pub const fn score_of<T>(id: &'static str, label: &'static str, spec: ScoreSpec, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Score(spec), at)
}
/// A number with unit and range.
pub const fn num<T>(id: &'static str, label: &'static str, spec: &'static NumSpec, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Num(Cow::Borrowed(spec)), at)
}
/// A choice of one.
pub const fn pick<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Pick, at)
}
/// A choice of any number, on one line.
pub const fn chips<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Chips, at)
}
/// A choice of any number, one a line.
pub const fn checklist<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Checklist, at)
}
/// Yes, no or not asked.
pub const fn flag<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Flag, at)
}
/// A question of a list: yes, no or not asked.
pub const fn ask<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Ask, at)
}
/// A date.
pub const fn date<T>(id: &'static str, label: &'static str, spec: DateSpec, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Date(spec), at)
}
/// A time of day.
pub const fn time<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Time, at)
}
/// One line of text.
pub const fn line<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Line, at)
}
/// Text of several lines.
pub const fn area<T>(id: &'static str, label: &'static str, rows: u16, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Area { rows }, at)
}
/// A text with completion.
pub const fn coded<T>(id: &'static str, label: &'static str, source: Source, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Coded(source), at)
}
/// Repeating rows; their columns are those of the row type.
pub const fn rows<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Rows, at)
}
/// Something a screen of its own edits: the body map.
pub const fn body<T>(id: &'static str, label: &'static str, at: At<T>) -> Field<T> {
    Field::new(id, label, Kind::Body, at)
}
/// A line of words between fields.
pub const fn note<T>(id: &'static str, words: &'static str) -> Field<T> {
    Field::new(id, words, Kind::Note, nothing::<T>)
}

const fn nothing<T>(_: &mut T, _: usize) -> Slot<'_> {
    Slot::Nothing
}

/// The items of a questionnaire: one field per text, all under one id, told apart by their number.
pub fn items<T>(
    id: &'static str,
    texts: impl IntoIterator<Item = impl Into<Cow<'static, str>>>,
    spec: &ScoreSpec,
    at: At<T>,
) -> Vec<Field<T>> {
    let field = |(ix, text): (usize, _)| score_of(id, "", spec.clone(), at).item(ix).labelled(text);
    texts.into_iter().enumerate().map(field).collect()
}
