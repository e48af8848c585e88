//! Repeating rows: what a row type declares, and how the engine reaches its cells without knowing the type.

use super::def::{Field, Meta};
use super::lookup::Wanted;
use super::slot::Slot;

/// One row of repeating rows: its columns are fields like any other.
pub trait Row: Default + Clone + 'static {
    /// The columns, from left to right.
    const COLS: &'static [Field<Self>];
    /// What duplicating the row makes; a row that carries an identity gives a new one here.
    #[must_use]
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

/// Rows of whatever type.
pub trait Rows {
    /// How many rows.
    fn len(&self) -> usize;
    /// No rows?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// How many columns.
    fn cols(&self) -> usize;
    /// What is known of a column.
    fn meta(&self, col: usize) -> Option<&'static Meta>;
    /// Does the row show this column?
    fn shown(&self, row: usize, col: usize) -> bool;
    /// The computed text beside a cell.
    fn beside(&self, row: usize, col: usize) -> Option<String>;
    /// What a cell is completed from.
    fn wanted(&self, row: usize, col: usize) -> Option<Wanted>;
    /// A cell; [`Slot::Nothing`] if it is not there.
    fn cell(&mut self, row: usize, col: usize) -> Slot<'_>;
    /// Puts an empty row at a place.
    fn add(&mut self, at: usize);
    /// Takes a row out.
    fn remove(&mut self, at: usize);
    /// Exchanges two rows.
    fn swap(&mut self, a: usize, b: usize);
    /// Puts a copy of a row below it.
    fn duplicate(&mut self, at: usize);
}

impl<R: Row> Rows for Vec<R> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn cols(&self) -> usize {
        R::COLS.len()
    }
    fn meta(&self, col: usize) -> Option<&'static Meta> {
        R::COLS.get(col).map(Field::meta)
    }
    fn shown(&self, row: usize, col: usize) -> bool {
        match (self.get(row), R::COLS.get(col)) {
            (Some(row), Some(field)) => field.is_shown(row),
            _ => false,
        }
    }
    fn beside(&self, row: usize, col: usize) -> Option<String> {
        R::COLS.get(col)?.beside_of(self.get(row)?)
    }
    fn wanted(&self, row: usize, col: usize) -> Option<Wanted> {
        R::COLS.get(col)?.wanted(self.get(row)?)
    }
    fn cell(&mut self, row: usize, col: usize) -> Slot<'_> {
        match (self.get_mut(row), R::COLS.get(col)) {
            (Some(row), Some(field)) => field.slot(row),
            _ => Slot::Nothing,
        }
    }
    fn add(&mut self, at: usize) {
        let at = at.min(Vec::len(self));
        self.insert(at, R::default());
    }
    fn remove(&mut self, at: usize) {
        if at < Vec::len(self) {
            Vec::remove(self, at);
        }
    }
    fn swap(&mut self, a: usize, b: usize) {
        if a.max(b) < Vec::len(self) {
            self.as_mut_slice().swap(a, b);
        }
    }
    fn duplicate(&mut self, at: usize) {
        if let Some(row) = self.get(at) {
            let copy = row.duplicate();
            self.insert(at + 1, copy);
        }
    }
}
