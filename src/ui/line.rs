//! One line of text being typed outside a form: a prompt, the palette, a find, a passphrase.

use crate::action::input::Input;
use crate::action::key::{Key, KeyCode};
use crate::form::text::{Edit, Motion};
use crate::ui::widget::input;

/// The longest line that can be typed here.
const LONGEST: usize = 2_000;

/// A line being typed.
#[derive(Debug, Clone)]
pub struct Line {
    edit: Edit,
}

impl Default for Line {
    fn default() -> Self {
        Self::new("")
    }
}

impl Line {
    /// A line with this text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { edit: Edit::line(text, LONGEST) }
    }

    /// The same with the cursor at this byte, or at the nearest place before it where one can be.
    #[must_use]
    pub fn at(mut self, cursor: usize) -> Self {
        self.edit.put(cursor);
        self
    }

    /// Where the cursor is, in bytes.
    pub fn cursor(&self) -> usize {
        self.edit.at()
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.edit.text()
    }

    /// Takes a key or a paste; false where it is not the line's.
    pub fn take(&mut self, input: &Input) -> bool {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Paste(text) => {
                self.edit.insert(text);
                true
            }
            _ => false,
        }
    }

    fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.types() {
            self.edit.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        let motion = match (key.code, key.ctrl) {
            (KeyCode::Left, false) => Motion::Left,
            (KeyCode::Right, false) => Motion::Right,
            (KeyCode::Left, true) => Motion::WordLeft,
            (KeyCode::Right, true) => Motion::WordRight,
            (KeyCode::Home, _) | (KeyCode::Char('a'), true) => Motion::TextStart,
            (KeyCode::End, _) => Motion::TextEnd,
            (KeyCode::Backspace, false) => return self.edit.delete(Motion::Left),
            (KeyCode::Backspace | KeyCode::Char('w'), true) => return self.edit.delete(Motion::WordLeft),
            (KeyCode::Delete, _) => return self.edit.delete(Motion::Right),
            (KeyCode::Char('u'), true) => return self.edit.delete(Motion::TextStart),
            _ => return false,
        };
        self.edit.go(motion);
        true
    }

    /// The line as a widget, with a hint while nothing is typed.
    pub fn widget<'a>(&'a self, hint: &'a str) -> input::Input<'a> {
        input::Input { text: self.text(), cursor: self.edit.at(), shown: input::Shown::Plain, hint }
    }

    /// The line as a widget, one dot for each character.
    pub fn masked<'a>(&'a self, hint: &'a str) -> input::Input<'a> {
        input::Input { shown: input::Shown::Masked, ..self.widget(hint) }
    }
}
