//! Slots: how a field reaches the member of the struct it edits.
//!
//! A field has one function from the struct to a [`Slot`]; reading, writing, the last visit's ghost and taking over all
//! go through it. The traits here make plain domain types fit: `Option<E>` is a choice, `BTreeSet<E>` are chips, `Vec<R>`
//! are rows.

use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeSet;

use crate::clinical::answer::Answer;
use crate::clinical::coded::Coded;
use crate::clinical::vocab::Vocab;

use super::rows::Rows;

/// One member of a struct, open for reading and writing.
pub enum Slot<'a> {
    /// Text of a line or an area.
    Text(&'a mut String),
    /// A measure, such as a weight.
    Num(&'a mut Option<f64>),
    /// An exact number, such as a dose: an integer of the smallest unit the field keeps.
    Exact(&'a mut dyn Exact),
    /// The answer to a score.
    Score(&'a mut Option<Answer>),
    /// Yes, no or not asked.
    Flag(&'a mut Option<bool>),
    /// A date.
    Date(&'a mut Option<NaiveDate>),
    /// A time of day.
    Time(&'a mut Option<NaiveTime>),
    /// One of a closed set.
    Pick(&'a mut dyn Pick),
    /// Any number of a closed set.
    Multi(&'a mut dyn Multi),
    /// A text with a code.
    Coded(&'a mut Coded),
    /// Repeating rows.
    Rows(&'a mut dyn Rows),
    /// Something a screen of its own edits (a body map).
    Other(&'a mut dyn Other),
    /// Nothing: a line of words, or a cell that is not there.
    Nothing,
}

/// The function that binds a field: from the struct (and the item's number, in forms made at run time) to the slot.
pub type At<T> = for<'a> fn(&'a mut T, usize) -> Slot<'a>;

/// An exact number: blank, or an integer of the smallest unit the field keeps.
pub trait Exact {
    /// The number.
    fn get(&self) -> Option<i64>;
    /// Sets or blanks it; false, and nothing changed, if the type cannot hold it.
    fn set(&mut self, value: Option<i64>) -> bool;
}

impl<N: Copy + TryFrom<i64> + TryInto<i64>> Exact for Option<N> {
    fn get(&self) -> Option<i64> {
        (*self).and_then(|n| n.try_into().ok())
    }
    fn set(&mut self, value: Option<i64>) -> bool {
        match value.map(N::try_from) {
            None => *self = None,
            Some(Ok(n)) => *self = Some(n),
            Some(Err(_)) => return false,
        }
        true
    }
}

/// A choice of one.
pub trait Pick {
    /// How many there are to choose from.
    fn count(&self) -> usize;
    /// The words of one.
    fn label(&self, option: usize) -> &str;
    /// Which is chosen.
    fn get(&self) -> Option<usize>;
    /// Chooses one, or none.
    fn set(&mut self, option: Option<usize>);
}

impl<E: Vocab> Pick for Option<E> {
    fn count(&self) -> usize {
        E::ALL.len()
    }
    fn label(&self, option: usize) -> &str {
        E::ALL.get(option).map_or("", |value| value.label())
    }
    fn get(&self) -> Option<usize> {
        (*self).and_then(|value| E::ALL.iter().position(|one| *one == value))
    }
    fn set(&mut self, option: Option<usize>) {
        *self = option.and_then(|option| E::ALL.get(option).copied());
    }
}

/// A choice of any number.
pub trait Multi {
    /// How many there are to choose from.
    fn count(&self) -> usize;
    /// The words of one.
    fn label(&self, option: usize) -> &str;
    /// Is it chosen?
    fn has(&self, option: usize) -> bool;
    /// Chooses it or takes it out.
    fn turn(&mut self, option: usize);
}

impl<E: Vocab> Multi for BTreeSet<E> {
    fn count(&self) -> usize {
        E::ALL.len()
    }
    fn label(&self, option: usize) -> &str {
        E::ALL.get(option).map_or("", |value| value.label())
    }
    fn has(&self, option: usize) -> bool {
        E::ALL.get(option).is_some_and(|value| self.contains(value))
    }
    fn turn(&mut self, option: usize) {
        if let Some(value) = E::ALL.get(option)
            && !self.remove(value)
        {
            self.insert(*value);
        }
    }
}

/// Something a screen of its own edits: the form shows it in words and opens it.
pub trait Other {
    /// What stands there, in words; empty if blank.
    fn words(&self) -> String;
    /// Blanks it.
    fn clear(&mut self);
    /// As JSON, to take it over from another struct of the same kind.
    fn json(&self) -> serde_json::Value;
    /// From JSON; false, and nothing changed, if it does not fit.
    fn set_json(&mut self, json: serde_json::Value) -> bool;
}

impl Slot<'_> {
    /// Is nothing there?
    pub fn is_blank(&self) -> bool {
        match self {
            Slot::Text(text) => text.trim().is_empty(),
            Slot::Num(n) => n.is_none(),
            Slot::Exact(n) => n.get().is_none(),
            Slot::Score(answer) => answer.is_none(),
            Slot::Flag(flag) => flag.is_none(),
            Slot::Date(date) => date.is_none(),
            Slot::Time(time) => time.is_none(),
            Slot::Pick(pick) => pick.get().is_none(),
            Slot::Multi(multi) => !(0..multi.count()).any(|option| multi.has(option)),
            Slot::Coded(coded) => coded.is_blank(),
            Slot::Rows(rows) => rows.is_empty(),
            Slot::Other(other) => other.words().is_empty(),
            Slot::Nothing => true,
        }
    }

    /// Blanks it.
    pub fn clear(&mut self) {
        match self {
            Slot::Text(text) => text.clear(),
            Slot::Num(n) => **n = None,
            Slot::Exact(n) => {
                n.set(None);
            }
            Slot::Score(answer) => **answer = None,
            Slot::Flag(flag) => **flag = None,
            Slot::Date(date) => **date = None,
            Slot::Time(time) => **time = None,
            Slot::Pick(pick) => pick.set(None),
            Slot::Multi(multi) => {
                for option in 0..multi.count() {
                    if multi.has(option) {
                        multi.turn(option);
                    }
                }
            }
            Slot::Coded(coded) => **coded = Coded::default(),
            Slot::Rows(rows) => {
                while !rows.is_empty() {
                    rows.remove(rows.len() - 1);
                }
            }
            Slot::Other(other) => other.clear(),
            Slot::Nothing => {}
        }
    }

    /// Copies what stands in another slot of the same kind; false, and nothing changed, if the kinds differ.
    pub fn copy_from(&mut self, from: &mut Slot<'_>) -> bool {
        match (self, from) {
            (Slot::Text(to), Slot::Text(from)) => (**to).clone_from(from),
            (Slot::Num(to), Slot::Num(from)) => **to = **from,
            (Slot::Exact(to), Slot::Exact(from)) => return to.set(from.get()),
            (Slot::Score(to), Slot::Score(from)) => **to = **from,
            (Slot::Flag(to), Slot::Flag(from)) => **to = **from,
            (Slot::Date(to), Slot::Date(from)) => **to = **from,
            (Slot::Time(to), Slot::Time(from)) => **to = **from,
            (Slot::Pick(to), Slot::Pick(from)) => to.set(from.get()),
            (Slot::Multi(to), Slot::Multi(from)) => {
                for option in 0..to.count().min(from.count()) {
                    if to.has(option) != from.has(option) {
                        to.turn(option);
                    }
                }
            }
            (Slot::Coded(to), Slot::Coded(from)) => (**to).clone_from(from),
            (Slot::Rows(to), Slot::Rows(from)) => copy_rows(*to, *from),
            (Slot::Other(to), Slot::Other(from)) => return to.set_json(from.json()),
            _ => return false,
        }
        true
    }
}

/// Rows are copied cell by cell: what a row keeps beside its cells (an identity) stays new.
fn copy_rows(to: &mut dyn Rows, from: &mut dyn Rows) {
    while !to.is_empty() {
        to.remove(to.len() - 1);
    }
    for row in 0..from.len() {
        to.add(row);
        for col in 0..from.cols() {
            to.cell(row, col).copy_from(&mut from.cell(row, col));
        }
    }
}

impl std::fmt::Debug for Slot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind())
    }
}

impl Slot<'_> {
    /// The name of the slot's kind, for messages of the checks.
    pub const fn kind(&self) -> &'static str {
        match self {
            Slot::Text(_) => "Text",
            Slot::Num(_) => "Num",
            Slot::Exact(_) => "Exact",
            Slot::Score(_) => "Score",
            Slot::Flag(_) => "Flag",
            Slot::Date(_) => "Date",
            Slot::Time(_) => "Time",
            Slot::Pick(_) => "Pick",
            Slot::Multi(_) => "Multi",
            Slot::Coded(_) => "Coded",
            Slot::Rows(_) => "Rows",
            Slot::Other(_) => "Other",
            Slot::Nothing => "Nothing",
        }
    }
}
