//! Input: the one type in which everything a person does at the terminal reaches the house.

use super::key::Key;

/// One thing that happened at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Text pasted as one piece; lines end in `\n`, nothing else about it is cleaned yet.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The terminal now has this many columns and rows.
    Resize(u16, u16),
    /// The window came to the front.
    FocusGained,
    /// Another window came to the front.
    FocusLost,
}

/// What the mouse did, and on which cell, counted from 0 at the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// A button went down.
    Press(MouseButton),
    /// It moved with the button down.
    Drag(MouseButton),
    /// The button came up.
    Release,
    /// The wheel turned away from the hand.
    ScrollUp,
    /// The wheel turned towards the hand.
    ScrollDown,
}

/// A button of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseButton {
    /// Left.
    Left,
    /// Middle.
    Middle,
    /// Right.
    Right,
}

impl From<Key> for Input {
    fn from(key: Key) -> Self {
        Self::Key(key)
    }
}
