//! What a key does: dispatch by what is focused. Each kind of field has a file of its own.

mod area;
mod choice;
mod click;
mod coded;
mod rows;
mod score;
mod take;
mod text;
mod undo;
mod walk;

pub(crate) use walk::tabs;

use crate::action::form_command::{FieldContext, FormCommand};

use super::core::Core;
use super::def::{Kind, Meta};
use super::event::{Env, In, Out, Picker};
use super::key::Key;
use super::sheet::Sheet;
use super::slot::Slot;

/// Most characters of a line, and of an area.
pub(crate) const LINE_LIMIT: usize = 1_000;
/// Most characters of an area.
pub(crate) const AREA_LIMIT: usize = 200_000;

/// One key at work: the struct, the state, the world.
pub(crate) struct Desk<'a, 'e> {
    pub sheet: &'a mut dyn Sheet,
    pub core: &'a mut Core,
    pub env: &'a Env<'e>,
}

impl Desk<'_, '_> {
    /// Does what was asked, then brings focus, editor and scroll in order.
    pub fn handle(&mut self, input: In) -> Out {
        self.core.reading = self.env.reading;
        // A click means the rows as they are seen, with what was said among them.
        let said = match input {
            In::Resize => None,
            In::Click(..) => self.core.message.clone(),
            In::Cmd(_) | In::Char(_) | In::Paste(_) => self.core.message.take(),
        };
        let scrolls = matches!(input, In::Cmd(FormCommand::ScrollUp | FormCommand::ScrollDown));
        let out = match input {
            In::Cmd(command) => self.command(command),
            In::Char(c) => self.char(c),
            In::Paste(text) => self.paste(&text),
            In::Click(x, y) => {
                let out = self.click(x, y);
                self.core.message.take_if(|message| said.as_ref() == Some(&*message));
                out
            }
            In::Resize => Out::Moved,
        };
        self.settle();
        let left = std::mem::take(&mut self.core.dirty);
        let out = if left && matches!(out, Out::Same | Out::Moved) { Out::Changed } else { out };
        if left || out == Out::Changed {
            self.core.rev += 1;
        }
        self.core.hint = self.phrase_hint();
        if !scrolls {
            self.scroll_to_focus();
        }
        let says = self.core.message.is_some() || said.is_some();
        if out == Out::Same && says { Out::Moved } else { out }
    }

    fn command(&mut self, command: FormCommand) -> Out {
        use FormCommand as C;
        // Whatever comes after a `1` that waits for a `0`, but a `0`, keeps the 1.
        self.core.pending = false;
        match command {
            C::Next => self.tab(),
            C::Previous => self.previous(),
            C::NextSection => self.next_section(),
            C::PreviousSection => self.previous_section(),
            C::First => self.first(),
            C::Last => self.last(),
            C::NextProblem => self.next_problem(),
            C::Complete => self.complete(),
            C::TakeField => self.take_field(),
            C::TakeSection => self.take_section(),
            C::Undo => self.undo(),
            C::Redo => self.redo(),
            C::Clear => self.clear(),
            C::RowAdd | C::RowDelete | C::RowUp | C::RowDown | C::RowDuplicate => self.row_command(command),
            C::ScrollUp => self.scroll(-3),
            C::ScrollDown => self.scroll(3),
            C::Back => self.back(),
            _ => self.in_field(command),
        }
    }

    /// A command that means something else in each kind of field.
    fn in_field(&mut self, command: FormCommand) -> Out {
        if self.core.popup.is_some()
            && let Some(out) = self.popup_command(command)
        {
            return out;
        }
        let Some(meta) = self.meta() else { return self.walk_command(command) };
        let out = match meta.kind {
            Kind::Area { .. } => self.area_command(command),
            _ if self.core.edit.is_some() => self.line_command(command),
            Kind::Score(_) | Kind::Flag | Kind::Ask => self.blanking_command(command),
            Kind::Pick => self.pick_command(command),
            Kind::Chips | Kind::Checklist => self.options_command(command, &meta.kind),
            Kind::Body => self.body_command(command),
            _ => None,
        };
        out.unwrap_or_else(|| self.walk_command(command))
    }

    /// A plain character goes to the focused field.
    fn char(&mut self, c: char) -> Out {
        if self.has_no_row() {
            return if c == '=' { self.take_field() } else { self.in_first_row(|desk| desk.char(c)) };
        }
        let Some(meta) = self.meta() else { return Out::Pass };
        if !matches!(meta.kind, Kind::Score(_)) {
            self.core.pending = false;
        }
        if self.core.edit.is_some() {
            return if matches!(meta.kind, Kind::Area { .. }) {
                self.area_char(c)
            } else {
                self.type_text(c.encode_utf8(&mut [0; 4]))
            };
        }
        if c == '=' {
            self.core.pending = false;
            return self.take_field();
        }
        match meta.kind {
            Kind::Score(spec) => self.score_char(c, &spec),
            Kind::Flag => self.flag_char(c),
            Kind::Ask => self.ask_char(c),
            Kind::Pick => self.pick_char(c),
            Kind::Chips | Kind::Checklist => self.options_char(c),
            Kind::Body if c == ' ' => Out::Open(Picker::Body, self.core.pos),
            _ => Out::Pass,
        }
    }

    /// A paste changes text fields only; elsewhere it changes nothing and says so.
    fn paste(&mut self, text: &str) -> Out {
        self.core.pending = false;
        if self.has_no_row() {
            return self.in_first_row(|desk| desk.paste(text));
        }
        if self.core.edit.is_some() {
            return self.type_text(text);
        }
        self.core.message = Some("nothing was pasted: this is not a text field".to_owned());
        Out::Moved
    }

    fn back(&mut self) -> Out {
        if self.core.popup.take().is_some() {
            return Out::Moved;
        }
        Out::Pass
    }

    /// Blanks the field.
    fn clear(&mut self) -> Out {
        if let Some(edit) = &mut self.core.edit {
            if edit.text().is_empty() {
                return Out::Same;
            }
            edit.select_all();
            return self.type_text("");
        }
        if self.slot().is_blank() {
            return Out::Same;
        }
        self.note();
        self.slot().clear();
        self.untake();
        Out::Changed
    }

    fn complete(&mut self) -> Out {
        self.leave();
        self.drop_blank_rows();
        self.core.tried = true;
        let first = self.problems().into_iter().find(|problem| problem.level == super::problem::Level::Error);
        match first {
            Some(problem) => {
                self.go(problem.key);
                self.core.message = Some(problem.text);
                Out::Moved
            }
            None => Out::Submit,
        }
    }

    /// Goes to a field from outside.
    pub fn visit(&mut self, key: Key) -> Out {
        self.core.message = None;
        let was = self.core.pos;
        if self.sheet.stops().contains(&key) {
            self.go_to_section(Some(key));
        }
        self.settle();
        self.scroll_to_focus();
        if std::mem::take(&mut self.core.dirty) {
            self.core.rev += 1;
            return Out::Changed;
        }
        if self.core.pos == was { Out::Same } else { Out::Moved }
    }

    // What the handlers share.

    pub(super) fn problems(&mut self) -> Vec<super::problem::Problem> {
        super::problem::problems(self.sheet, &self.core.bad, &self.core.reading)
    }
    /// What is known of the focused field or cell.
    pub(super) fn meta(&mut self) -> Option<Meta> {
        self.sheet.meta_at(self.core.pos)
    }
    /// The slot of the focused field or cell.
    pub(super) fn slot(&mut self) -> Slot<'_> {
        self.sheet.slot_at(self.core.pos)
    }
    /// Notes the state before a change, for undo.
    pub(super) fn note(&mut self) {
        let side = self.core.side();
        self.sheet.remember(side);
        self.core.noted = false;
    }
    /// The value is no longer the one taken over.
    pub(super) fn untake(&mut self) {
        self.core.taken.remove(&self.core.pos.field());
    }
    /// Is a key within the field that has the focus?
    pub(super) fn in_focus(&self, key: Key) -> bool {
        self.core.pos.field() == key.field()
    }
}

/// Where the hands are.
pub(crate) fn context(sheet: &mut dyn Sheet, core: &Core) -> FieldContext {
    if core.popup.is_some() {
        return FieldContext::Popup;
    }
    let Some(field) = sheet.find(core.pos) else { return FieldContext::Choice };
    match &sheet.meta(field).kind {
        Kind::Rows => FieldContext::Rows,
        Kind::Area { .. } => FieldContext::Area,
        Kind::Score(_) => FieldContext::Digits,
        Kind::Line | Kind::Num(_) | Kind::Date(_) | Kind::Time | Kind::Coded(_) => FieldContext::Text,
        Kind::Flag | Kind::Ask | Kind::Pick | Kind::Chips | Kind::Checklist | Kind::Body | Kind::Note => {
            FieldContext::Choice
        }
    }
}
