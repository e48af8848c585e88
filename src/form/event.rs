//! What goes into a form and what comes out.

use crate::action::form_command::FormCommand;
use crate::action::{Command, Context, Keymap};
use crate::clinical::typed::Reading;

use super::key::Key;
use super::lookup::Lookup;
use super::phrases::Phrases;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum In {
    /// A command of the key table.
    Cmd(FormCommand),
    /// A plain character.
    Char(char),
    /// Pasted text.
    Paste(String),
    /// A click at column and row of the form's place on the screen.
    Click(u16, u16),
    /// The place on the screen has another size now.
    Resize,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// Nothing changed, nothing to draw.
    Same,
    /// Focus, cursor or a message changed: draw.
    Moved,
    /// The value or the text changed: draw, and keep the draft.
    Changed,
    /// A screen of its own is wanted for a field; its result comes back through `Form::change`.
    Open(Picker, Key),
    /// The form is complete and wants to be kept.
    Submit,
    /// Not the form's: the next layer may have it.
    Pass,
}

/// Screens a field can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picker {
    /// The body map, or whatever edits the field.
    Body,
}

/// What the form needs from outside for one key. Tests give their own.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    /// Day, time and habits of the region.
    pub reading: Reading,
    /// Columns and rows of the form's place on the screen.
    pub size: (u16, u16),
    /// Completion.
    pub lookup: &'a dyn Lookup,
    /// Dot-phrases.
    pub phrases: &'a dyn Phrases,
}

impl std::fmt::Debug for Env<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Env").field("reading", &self.reading).field("size", &self.size).finish_non_exhaustive()
    }
}

/// The names of keys that help lines speak of; the key table knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyNames {
    /// Next field.
    pub next: String,
    /// Take over the last value.
    pub take: String,
    /// Accept.
    pub enter: String,
    /// Add a row.
    pub row_add: String,
    /// Delete the row.
    pub row_delete: String,
}

impl Default for KeyNames {
    fn default() -> Self {
        Self::of(&Keymap::default())
    }
}

impl KeyNames {
    /// The names as the keys are bound.
    pub fn of(keymap: &Keymap) -> Self {
        let editing = |command: FormCommand| command.keys().next().unwrap_or_default().to_owned();
        Self {
            next: editing(FormCommand::Next),
            take: keymap.key_for(Context::Form, Command::TakeOver).unwrap_or_default(),
            enter: editing(FormCommand::Enter),
            row_add: editing(FormCommand::RowAdd),
            row_delete: editing(FormCommand::RowDelete),
        }
    }
}
