//! The struct under the form, seen without its type: what the engine needs of it, and nothing else.
//!
//! The engine's code is compiled once, not once per form: it works on this trait. `Form<T>` makes a sheet of its
//! members for the time of one key or one drawing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::def::{Field, FormDef, Meta, Section, Test};
use super::key::Key;
use super::lookup::Wanted;
use super::problem::Level;
use super::rows::Rows;
use super::slot::Slot;
use super::view::Span;

/// What the engine keeps beside the struct and takes back together with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Side {
    pub pos: Key,
    pub bad: BTreeMap<Key, Bad>,
    pub taken: BTreeSet<Key>,
}

/// A text that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bad {
    pub text: String,
    pub why: String,
}

/// A rule that did not hold.
pub(crate) struct Broken {
    pub id: &'static str,
    pub level: Level,
    /// Row and column id, for a rule over rows.
    pub cell: Option<(usize, &'static str)>,
    pub text: String,
}

/// The struct under the form.
pub(crate) trait Sheet {
    fn sections(&self) -> &[Section];
    fn fields(&self) -> usize;
    /// Whether labels take up to half of the width.
    fn long_labels(&self) -> bool;
    fn meta(&self, field: usize) -> &Meta;
    fn ix(&self, field: usize) -> u16;
    fn label(&self, field: usize) -> Cow<'static, str>;
    /// Does its label follow from the struct?
    fn is_named(&self, field: usize) -> bool;
    fn shown(&self, field: usize) -> bool;
    fn beside(&self, field: usize) -> Option<String>;
    /// The words under a field.
    fn below(&self, field: usize) -> Vec<Span>;
    fn wanted(&self, field: usize) -> Option<Wanted>;
    fn slot(&mut self, field: usize) -> Slot<'_>;
    /// Copies the field from the last visit; false if there is none or it does not fit.
    fn take(&mut self, field: usize) -> bool;
    fn broken(&self) -> Vec<Broken>;
    /// Notes the struct as it is, before a change.
    fn remember(&mut self, side: Side);
    /// Brings back what was noted; `None` if there is nothing that differs.
    fn undo(&mut self, now: Side) -> Option<Side>;
    fn redo(&mut self, now: Side) -> Option<Side>;
}

impl dyn Sheet + '_ {
    /// The number of a field.
    pub fn find(&self, key: Key) -> Option<usize> {
        (0..self.fields()).find(|field| self.meta(*field).id == key.id && self.ix(*field) == key.ix)
    }
    /// The name of a field.
    pub fn key(&self, field: usize) -> Key {
        Key::item(self.meta(field).id, self.ix(field))
    }
    /// The rows of a field, if it has rows.
    pub fn rows(&mut self, field: usize) -> Option<&mut (dyn Rows + '_)> {
        match self.slot(field) {
            Slot::Rows(rows) => Some(rows),
            _ => None,
        }
    }
    /// The slot of a field or of one of its cells.
    pub fn slot_at(&mut self, key: Key) -> Slot<'_> {
        let Some(field) = self.find(key) else { return Slot::Nothing };
        match self.slot(field) {
            Slot::Rows(rows) => rows.cell(usize::from(key.row), usize::from(key.col)),
            slot => slot,
        }
    }
    /// What is known of a field or of one of its cells.
    pub fn meta_at(&mut self, key: Key) -> Option<Meta> {
        let field = self.find(key)?;
        let column = self.rows(field).map(|rows| rows.meta(usize::from(key.col)));
        match column {
            Some(column) => column.cloned(),
            None => Some(self.meta(field).clone()),
        }
    }
    /// What a field or one of its cells is completed from.
    pub fn wanted_at(&mut self, key: Key) -> Option<Wanted> {
        let field = self.find(key)?;
        match self.rows(field) {
            Some(rows) => rows.wanted(usize::from(key.row), usize::from(key.col)),
            None => self.wanted(field),
        }
    }
    /// Every place the focus can be, in order. Rows without a row are one place.
    pub fn stops(&mut self) -> Vec<Key> {
        let mut out = Vec::with_capacity(self.fields());
        for field in 0..self.fields() {
            let meta = self.meta(field);
            if meta.aside || matches!(meta.kind, super::def::Kind::Note) || !self.shown(field) {
                continue;
            }
            let key = self.key(field);
            let Some(rows) = self.rows(field) else {
                out.push(key);
                continue;
            };
            if rows.is_empty() {
                out.push(key);
            }
            for row in 0..rows.len() {
                let cells = (0..rows.cols()).filter(|col| rows.shown(row, *col));
                out.extend(cells.map(|col| key.at(small(row), small(col))));
            }
        }
        out
    }
}

/// A number of rows or columns as keys hold it.
pub(crate) fn small(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// How many states undo goes back.
const MOST_MOMENTS: usize = 200;

/// Earlier and later states of the struct.
#[derive(Debug, Clone)]
pub(crate) struct Ring<T> {
    pub back: VecDeque<(T, Side)>,
    pub on: Vec<(T, Side)>,
}

impl<T> Default for Ring<T> {
    fn default() -> Self {
        Self { back: VecDeque::new(), on: Vec::new() }
    }
}

/// A struct with the form that describes it.
pub(crate) struct Bound<'a, T> {
    pub def: &'a FormDef<T>,
    pub value: &'a mut T,
    pub last: Option<&'a mut T>,
    /// The same, where it is only looked at.
    pub seen: Option<&'a T>,
    pub ring: Option<&'a mut Ring<T>>,
}

impl<T> Bound<'_, T> {
    fn field(&self, field: usize) -> &Field<T> {
        &self.def.fields[field]
    }
}

fn differs(a: &Side, b: &Side) -> bool {
    a.bad != b.bad || a.taken != b.taken
}

impl<T: Clone + PartialEq> Sheet for Bound<'_, T> {
    fn sections(&self) -> &[Section] {
        &self.def.sections
    }
    fn fields(&self) -> usize {
        self.def.fields.len()
    }
    fn long_labels(&self) -> bool {
        self.def.long_labels
    }
    fn meta(&self, field: usize) -> &Meta {
        &self.field(field).meta
    }
    fn ix(&self, field: usize) -> u16 {
        small(self.field(field).ix)
    }
    fn label(&self, field: usize) -> Cow<'static, str> {
        self.field(field).label_of(self.value)
    }
    fn is_named(&self, field: usize) -> bool {
        self.field(field).label_item.is_some()
    }
    fn shown(&self, field: usize) -> bool {
        self.field(field).is_shown(self.value)
    }
    fn beside(&self, field: usize) -> Option<String> {
        self.field(field).beside_of(self.value)
    }
    fn below(&self, field: usize) -> Vec<Span> {
        let last = self.last.as_deref().or(self.seen);
        self.field(field).below.map(|below| below(self.value, last)).unwrap_or_default()
    }
    fn wanted(&self, field: usize) -> Option<Wanted> {
        self.field(field).wanted(self.value)
    }
    fn slot(&mut self, field: usize) -> Slot<'_> {
        self.def.fields[field].slot(self.value)
    }
    fn take(&mut self, field: usize) -> bool {
        let Some(last) = self.last.as_deref_mut() else { return false };
        let field = &self.def.fields[field];
        field.slot(self.value).copy_from(&mut field.slot(last))
    }
    fn broken(&self) -> Vec<Broken> {
        let mut out = Vec::new();
        for rule in &self.def.rules {
            let (id, level) = (rule.id, rule.level);
            match rule.test {
                Test::Whole(test) => {
                    out.extend(test(self.value).map(|text| Broken { id, level, cell: None, text }));
                }
                Test::Rows(test) => out.extend(test(self.value).into_iter().map(|(row, column, words)| {
                    let words = format!("row {}: {words}", row + 1);
                    Broken { id, level, cell: Some((row, column)), text: words }
                })),
            }
        }
        out
    }
    fn remember(&mut self, side: Side) {
        if let Some(ring) = self.ring.as_deref_mut() {
            ring.on.clear();
            if ring.back.len() >= MOST_MOMENTS {
                ring.back.pop_front();
            }
            ring.back.push_back((self.value.clone(), side));
        }
    }
    fn undo(&mut self, now: Side) -> Option<Side> {
        let ring = self.ring.as_deref_mut()?;
        while let Some((value, side)) = ring.back.pop_back() {
            if value != *self.value || differs(&side, &now) {
                ring.on.push((std::mem::replace(self.value, value), now));
                return Some(side);
            }
        }
        None
    }
    fn redo(&mut self, now: Side) -> Option<Side> {
        let ring = self.ring.as_deref_mut()?;
        while let Some((value, side)) = ring.on.pop() {
            if value != *self.value || differs(&side, &now) {
                ring.back.push_back((std::mem::replace(self.value, value), now));
                return Some(side);
            }
        }
        None
    }
}
