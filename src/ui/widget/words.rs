//! A line of words, each with its role: what widgets are given to write.

use std::borrow::Cow;

use ratatui::style::Modifier;

use crate::clinical::text::width;
use crate::ui::theme::{Mark, Role};

/// Words of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// What is written.
    pub text: Cow<'a, str>,
    /// What it means.
    pub role: Role,
    /// What is added to the look of the role.
    pub add: Modifier,
}

/// A line of words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words<'a>(pub Vec<Word<'a>>);

impl<'a> Words<'a> {
    /// No words yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Words of one role.
    pub fn of(role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        Self::new().say(role, text)
    }

    /// Adds words.
    #[must_use]
    pub fn say(self, role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        self.say_with(role, Modifier::empty(), text)
    }

    /// Adds words in bold.
    #[must_use]
    pub fn bold(self, role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        self.say_with(role, Modifier::BOLD, text)
    }

    /// Adds words with a modifier.
    #[must_use]
    pub fn say_with(mut self, role: Role, add: Modifier, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Word { text, role, add });
        }
        self
    }

    /// Adds a number of blanks.
    #[must_use]
    pub fn gap(self, columns: usize) -> Self {
        self.say(Role::Second, " ".repeat(columns))
    }

    /// Adds the words of another line.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The columns the line takes.
    pub fn width(&self) -> usize {
        self.0.iter().map(|word| width(&word.text)).sum()
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text alone, as the linear mode and tests read it.
    pub fn plain(&self) -> String {
        self.0.iter().map(|word| word.text.as_ref()).collect()
    }
}

/// The sign of a mark, in its colour.
pub fn mark(mark: Mark) -> Words<'static> {
    // The Unicode sign: the canvas folds it where the terminal shows ASCII only.
    Words::of(mark.role(), mark.glyph(crate::ui::theme::Signs::Unicode))
}
