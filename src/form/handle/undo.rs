//! Undo and redo: first the typing in this field, then earlier states of the whole form.

use crate::form::event::Out;
use crate::form::sheet::Side;

use super::Desk;

impl Desk<'_, '_> {
    pub(crate) fn undo(&mut self) -> Out {
        self.core.popup = None;
        if self.core.edit.as_mut().is_some_and(crate::form::text::Edit::undo) {
            return self.after_typing();
        }
        let now = self.core.side();
        match self.sheet.undo(now) {
            Some(side) => self.back_to(side),
            None => self.nothing("nothing to undo in this form"),
        }
    }

    pub(crate) fn redo(&mut self) -> Out {
        self.core.popup = None;
        if self.core.edit.as_mut().is_some_and(crate::form::text::Edit::redo) {
            return self.after_typing();
        }
        let now = self.core.side();
        match self.sheet.redo(now) {
            Some(side) => self.back_to(side),
            None => self.nothing("nothing to redo in this form"),
        }
    }

    fn after_typing(&mut self) -> Out {
        let out = self.changed_text();
        self.core.popup = None;
        out
    }

    fn back_to(&mut self, side: Side) -> Out {
        self.core.pos = side.pos;
        self.core.bad = side.bad;
        self.core.taken = side.taken;
        self.core.edit = None;
        self.core.noted = false;
        self.core.option = 0;
        Out::Changed
    }

    fn nothing(&mut self, words: &str) -> Out {
        self.core.message = Some(words.to_owned());
        Out::Moved
    }
}
