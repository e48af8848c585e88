//! Fields edited as text: each change is read and stored at once; what cannot be read is kept as it was typed.

use crate::action::form_command::FormCommand;
use crate::form::def::Kind;
use crate::form::event::Out;
use crate::form::read::{store, typed};
use crate::form::sheet::Bad;
use crate::form::text::{Edit, Motion, Taken};

use super::{AREA_LIMIT, Desk, LINE_LIMIT};

/// The motion behind a command, and whether it selects.
pub(super) const fn motion(command: FormCommand) -> Option<(Motion, bool)> {
    use FormCommand as C;
    Some(match command {
        C::Left => (Motion::Left, false),
        C::Right => (Motion::Right, false),
        C::Up => (Motion::Up, false),
        C::Down => (Motion::Down, false),
        C::WordLeft => (Motion::WordLeft, false),
        C::WordRight => (Motion::WordRight, false),
        C::LineStart => (Motion::LineStart, false),
        C::LineEnd => (Motion::LineEnd, false),
        C::TextStart => (Motion::TextStart, false),
        C::TextEnd => (Motion::TextEnd, false),
        C::SelectLeft => (Motion::Left, true),
        C::SelectRight => (Motion::Right, true),
        C::SelectUp => (Motion::Up, true),
        C::SelectDown => (Motion::Down, true),
        C::SelectWordLeft => (Motion::WordLeft, true),
        C::SelectWordRight => (Motion::WordRight, true),
        C::SelectLineStart => (Motion::LineStart, true),
        C::SelectLineEnd => (Motion::LineEnd, true),
        _ => return None,
    })
}

/// What a deleting command deletes.
const fn deleting(command: FormCommand) -> Option<Motion> {
    use FormCommand as C;
    Some(match command {
        C::Backspace => Motion::Left,
        C::Delete => Motion::Right,
        C::DeleteWordLeft => Motion::WordLeft,
        C::DeleteWordRight => Motion::WordRight,
        C::DeleteLineStart => Motion::LineStart,
        C::DeleteLineEnd => Motion::LineEnd,
        _ => return None,
    })
}

impl Desk<'_, '_> {
    /// Commands of the editor that are the same in a line and in an area; `None` if it is none of them.
    pub(super) fn edit_command(&mut self, command: FormCommand) -> Option<Out> {
        let edit = self.core.edit.as_mut()?;
        if let Some((motion, selecting)) = motion(command) {
            let moved = if selecting { edit.reach(motion) } else { edit.go(motion) };
            return Some(if moved { Out::Moved } else { Out::Same });
        }
        if let Some(motion) = deleting(command) {
            if !edit.can_delete(motion) {
                return Some(Out::Same);
            }
            self.note_visit();
            let deleted = self.core.edit.as_mut().is_some_and(|edit| edit.delete(motion));
            return Some(if deleted { self.changed_text() } else { Out::Same });
        }
        match command {
            FormCommand::Suggest => Some(self.suggest()),
            FormCommand::SelectAll => {
                edit.select_all();
                Some(Out::Moved)
            }
            FormCommand::Copy | FormCommand::Cut => Some(self.cut_or_copy(command)),
            FormCommand::PutBack => {
                let clip = self.core.clip.clone();
                Some(if clip.is_empty() { Out::Same } else { self.type_text(&clip) })
            }
            _ => None,
        }
    }

    fn cut_or_copy(&mut self, command: FormCommand) -> Out {
        let Some(edit) = &mut self.core.edit else { return Out::Same };
        if edit.selection().is_none() {
            edit.go(Motion::LineStart);
            edit.reach(Motion::LineEnd);
        }
        if edit.selection().is_none() {
            return Out::Same;
        }
        edit.selected().clone_into(&mut self.core.clip);
        if command == FormCommand::Cut { self.type_text("") } else { Out::Moved }
    }

    /// A line: Up, Down and Enter lead to other fields.
    pub(super) fn line_command(&mut self, command: FormCommand) -> Option<Out> {
        match command {
            FormCommand::Up | FormCommand::Down | FormCommand::Enter => None,
            FormCommand::SelectUp | FormCommand::SelectDown => Some(Out::Same),
            _ => self.edit_command(command),
        }
    }

    /// Puts text in at the cursor, in place of what is selected.
    pub(super) fn type_text(&mut self, text: &str) -> Out {
        self.note_visit();
        let Some(edit) = &mut self.core.edit else { return Out::Same };
        if let Taken::Part { kept, of } = edit.insert(text) {
            self.core.message = Some(match kept {
                0 => "the field is full".to_owned(),
                kept => format!("kept {} of {} characters: the field is full", grouped(kept), grouped(of)),
            });
        }
        self.changed_text()
    }

    /// Notes the state before the first change of this visit to the field: undo then takes the visit back as one.
    pub(super) fn note_visit(&mut self) {
        if !self.core.noted {
            self.note();
            self.core.noted = true;
        }
    }

    /// The text has changed: read and store it.
    pub(super) fn changed_text(&mut self) -> Out {
        let Some(meta) = self.meta() else { return Out::Same };
        let text = self.core.edit.as_ref().map(|edit| edit.text().to_owned()).unwrap_or_default();
        let reading = self.core.reading;
        let read = store(&mut self.slot(), &meta.kind, &text, &reading);
        let key = self.core.pos;
        match read {
            Ok(()) => {
                self.core.bad.remove(&key);
            }
            Err(why) => {
                self.core.bad.insert(key, Bad { text: text.clone(), why });
            }
        }
        // Prose stays marked as taken over while it is worked on; a figure is another figure.
        let prose = matches!(meta.kind, Kind::Area { .. } | Kind::Line | Kind::Rows);
        if !prose || text.is_empty() {
            self.untake();
        }
        if text.trim().is_empty() {
            self.core.popup = None;
        } else {
            self.look_up(&meta.kind, &text);
        }
        Out::Changed
    }

    /// Builds the editor for the focused field, if it is edited as text.
    pub(super) fn build_edit(&mut self) {
        self.core.edit = None;
        let Some(meta) = self.meta().filter(|meta| meta.kind.is_text()) else { return };
        let key = self.core.pos;
        let reading = self.core.reading;
        let slot = self.slot();
        if matches!(slot, crate::form::slot::Slot::Nothing) {
            return;
        }
        let stored = typed(&slot, &meta.kind, &reading);
        let text = self.core.bad.get(&key).map_or(stored, |bad| bad.text.clone());
        self.core.edit = Some(match meta.kind {
            Kind::Area { .. } => Edit::area(&text, AREA_LIMIT, self.area_width()),
            _ => Edit::line(&text, LINE_LIMIT),
        });
    }
}

/// A number with its thousands set apart, for reading only.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
