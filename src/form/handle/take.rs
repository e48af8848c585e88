//! Taking over what the last visit held. Nothing is taken over by itself, and what was is marked.

use crate::form::def::Kind;
use crate::form::event::Out;
use crate::form::key::Key;

use super::Desk;

impl Desk<'_, '_> {
    /// Takes the last value over for the field. Fields that are not text move on, as after an answer.
    pub(super) fn take_field(&mut self) -> Out {
        let key = self.core.pos.field();
        let Some(field) = self.sheet.find(key) else { return Out::Same };
        if self.core.ghosts.get(field).is_none_or(Option::is_none) {
            self.core.message = Some("there is no last value to take over".to_owned());
            return Out::Moved;
        }
        let is_rows = matches!(self.sheet.meta(field).kind, Kind::Rows);
        if is_rows && self.sheet.rows(field).is_some_and(|rows| !rows.is_empty()) {
            self.core.message = Some("there are rows already: the last visit's are not taken over".to_owned());
            return Out::Moved;
        }
        self.core.popup = None;
        self.note();
        if !self.copy(field) {
            return Out::Same;
        }
        let was_text = self.core.edit.take().is_some();
        if !was_text && !is_rows {
            self.advance_after_answer();
        }
        Out::Changed
    }

    /// Takes over what the last visit held for every blank field of the section.
    pub(super) fn take_section(&mut self) -> Out {
        let Some(range) = self.sheet.find(self.core.pos).map(|field| self.section_of(field)) else { return Out::Same };
        let blank: Vec<usize> = range
            .filter(|field| {
                let key = self.sheet.key(*field);
                let unread = self.core.bad.keys().any(|bad| bad.field() == key);
                let has_ghost = self.core.ghosts.get(*field).is_some_and(Option::is_some);
                has_ghost && !unread && self.sheet.shown(*field) && self.sheet.slot(*field).is_blank()
            })
            .collect();
        if blank.is_empty() {
            self.core.message = Some("nothing to take over: no blank field here has a last value".to_owned());
            return Out::Moved;
        }
        self.core.popup = None;
        self.note();
        let count = blank.into_iter().filter(|field| self.copy(*field)).count();
        self.core.edit = None;
        let fields = if count == 1 { "field" } else { "fields" };
        self.core.message = Some(format!("took over {count} {fields} of the last visit"));
        Out::Changed
    }

    fn copy(&mut self, field: usize) -> bool {
        if !self.sheet.take(field) {
            return false;
        }
        let key: Key = self.sheet.key(field);
        self.core.bad.retain(|bad, _| bad.field() != key);
        self.core.taken.insert(key);
        true
    }
}
