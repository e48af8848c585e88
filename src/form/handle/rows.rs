//! Repeating rows: adding, deleting, moving, and what a row takes along when it moves.

use std::collections::{BTreeMap, BTreeSet};

use crate::action::form_command::FormCommand;
use crate::form::event::Out;
use crate::form::key::Key;
use crate::form::sheet::small;

use super::Desk;

impl Desk<'_, '_> {
    /// How many rows the focused field has; `None` if it has none to speak of.
    fn count(&mut self) -> Option<usize> {
        let field = self.sheet.find(self.core.pos)?;
        self.sheet.rows(field).map(|rows| rows.len())
    }

    /// Is the focus on rows without a row?
    pub(super) fn has_no_row(&mut self) -> bool {
        self.count() == Some(0)
    }

    /// A character in rows without a row begins the first, unless nothing comes of it.
    pub(super) fn in_first_row(&mut self, key: impl FnOnce(&mut Self) -> Out) -> Out {
        let here = self.core.pos;
        self.add_row(0);
        let out = key(self);
        if !matches!(out, Out::Pass | Out::Same | Out::Moved) {
            return out;
        }
        if let Some(rows) = self.sheet.find(here).and_then(|field| self.sheet.rows(field)) {
            rows.remove(0);
        }
        self.core.pos = here;
        self.core.edit = None;
        out
    }

    fn add_row(&mut self, at: usize) {
        self.note();
        let pos = self.core.pos;
        let Some(field) = self.sheet.find(pos) else { return };
        if let Some(rows) = self.sheet.rows(field) {
            rows.add(at);
        }
        self.renumber(|row| Some(if row >= at { row + 1 } else { row }));
        self.core.edit = None;
        self.core.pos = pos.at(small(at), 0);
        let first = self.sheet.stops().into_iter().find(|key| key.field() == pos.field() && key.row == small(at));
        self.core.pos = first.unwrap_or(self.core.pos);
        self.build_edit();
    }

    pub(super) fn row_command(&mut self, command: FormCommand) -> Out {
        let Some(count) = self.count() else {
            self.core.message = Some("there are no rows here".to_owned());
            return Out::Moved;
        };
        let row = usize::from(self.core.pos.row);
        match command {
            FormCommand::RowAdd => self.add_row(if count == 0 { 0 } else { row + 1 }),
            _ if count == 0 => {
                self.core.message = Some("there is no row yet".to_owned());
                return Out::Moved;
            }
            FormCommand::RowDelete => self.delete_row(row, count),
            FormCommand::RowDuplicate => self.duplicate_row(row),
            FormCommand::RowUp if row > 0 => self.swap_rows(row, row - 1),
            FormCommand::RowDown if row + 1 < count => self.swap_rows(row, row + 1),
            _ => return Out::Same,
        }
        Out::Changed
    }

    fn delete_row(&mut self, row: usize, count: usize) {
        self.note();
        let pos = self.core.pos;
        if let Some(rows) = self.sheet.find(pos).and_then(|field| self.sheet.rows(field)) {
            rows.remove(row);
        }
        self.renumber(|at| match at.cmp(&row) {
            std::cmp::Ordering::Less => Some(at),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(at - 1),
        });
        self.core.edit = None;
        let last = count.saturating_sub(2);
        self.core.pos = if count <= 1 { pos.field() } else { pos.at(small(row.min(last)), pos.col) };
    }

    fn duplicate_row(&mut self, row: usize) {
        self.note();
        let pos = self.core.pos;
        if let Some(rows) = self.sheet.find(pos).and_then(|field| self.sheet.rows(field)) {
            rows.duplicate(row);
        }
        self.renumber(|at| Some(if at > row { at + 1 } else { at }));
        self.core.edit = None;
        self.core.pos = pos.at(small(row + 1), pos.col);
    }

    fn swap_rows(&mut self, row: usize, with: usize) {
        self.note();
        let pos = self.core.pos;
        if let Some(rows) = self.sheet.find(pos).and_then(|field| self.sheet.rows(field)) {
            rows.swap(row, with);
        }
        self.renumber(|at| {
            Some(if at == row {
                with
            } else if at == with {
                row
            } else {
                at
            })
        });
        self.core.edit = None;
        self.core.pos = pos.at(small(with), pos.col);
    }

    /// Texts that could not be read go where their row goes.
    fn renumber(&mut self, to: impl Fn(usize) -> Option<usize>) {
        let here = self.core.pos.field();
        let moved = |key: Key| {
            if key.field() != here {
                return Some(key);
            }
            to(usize::from(key.row)).map(|row| key.at(small(row), key.col))
        };
        let bad = std::mem::take(&mut self.core.bad);
        self.core.bad = bad.into_iter().filter_map(|(key, bad)| Some((moved(key)?, bad))).collect::<BTreeMap<_, _>>();
    }

    /// On leaving rows: a row without anything in it goes.
    pub(super) fn drop_blank_rows(&mut self) {
        let here = self.core.pos.field();
        let Some(field) = self.sheet.find(here) else { return };
        let Some(rows) = self.sheet.rows(field) else { return };
        let cols = rows.cols();
        let unread: BTreeSet<usize> =
            self.core.bad.keys().filter(|key| key.field() == here).map(|key| usize::from(key.row)).collect();
        for row in (0..rows.len()).rev() {
            let Some(rows) = self.sheet.rows(field) else { return };
            if !unread.contains(&row) && (0..cols).all(|col| rows.cell(row, col).is_blank()) {
                rows.remove(row);
                self.core.dirty = true;
                self.renumber(|at| Some(if at > row { at - 1 } else { at }));
            }
        }
    }

    /// Enter in rows: on to the next cell; behind the last cell of the last row a new row; in a first cell with nothing
    /// in its row, on to the next field.
    pub(super) fn enter_in_rows(&mut self) -> Option<Out> {
        let count = self.count().filter(|count| *count > 0)?;
        let pos = self.core.pos;
        let row = usize::from(pos.row);
        if row + 1 < count {
            return None;
        }
        let field = self.sheet.find(pos)?;
        let rows = self.sheet.rows(field)?;
        let cols: Vec<usize> = (0..rows.cols()).filter(|col| rows.shown(row, *col)).collect();
        let blank = (0..rows.cols()).all(|col| rows.cell(row, col).is_blank());
        let unread = self.core.bad.keys().any(|key| key.field() == pos.field() && usize::from(key.row) == row);
        if blank && !unread {
            return Some(self.walk_to_next_field());
        }
        if cols.last() != Some(&usize::from(pos.col)) {
            return None;
        }
        self.code_if_exact();
        self.add_row(row + 1);
        Some(Out::Changed)
    }
}
