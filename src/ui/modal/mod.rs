//! Modals: what lies over a screen and takes all input until it is answered. A modal is a barrier.
//!
//! A modal answers with [`Done`]: stay, or close and these effects. It names the patient it is about. Most are data: a
//! [`Choice`] lists options with the effects each has, a [`Prompt`] asks for one line and says what it is for.

pub mod choice;
pub mod follow;
pub mod instruments;
pub mod keys;
mod medicine;
pub mod palette;
pub mod prompt;
pub mod quick_score;
pub mod reading;

use ratatui::layout::Rect;

pub use choice::{Choice, Choose};
pub use instruments::{InstrumentLine, Instruments, Standing};
pub use keys::Keys;
pub use palette::Palette;
pub use prompt::{Prompt, Purpose};
pub use quick_score::QuickScore;
pub use reading::Reading;

use super::effect::Effect;
use super::env::{Env, View};
use super::widget::Canvas;
use crate::action::input::Input;

/// What came of an input.
#[derive(Debug)]
pub enum Done {
    /// Not answered yet.
    Stay,
    /// Answered, or left: these effects follow.
    Close(Vec<Effect>),
}

impl Done {
    /// Left without an answer.
    pub const fn left() -> Self {
        Self::Close(Vec::new())
    }
}

/// Something over a screen.
#[derive(Debug)]
pub enum Modal {
    /// A few options, one key each.
    Choice(Choice),
    /// One line to type.
    Prompt(Box<Prompt>),
    /// Pain now, in one key.
    QuickScore(Box<QuickScore>),
    /// Every key that works here.
    Keys(Keys),
    /// Commands by name or key.
    Palette(Palette),
    /// Instruments to choose from.
    Instruments(Box<Instruments>),
    /// Text to read: why a figure is what it is.
    Reading(Reading),
}

impl Modal {
    /// Takes an input.
    pub fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Done {
        match self {
            Self::Choice(modal) => modal.input(input),
            Self::Prompt(modal) => modal.input(input, env),
            Self::QuickScore(modal) => modal.input(input, env),
            Self::Keys(modal) => modal.input(input, env),
            Self::Palette(modal) => modal.input(input, env),
            Self::Instruments(modal) => modal.input(input),
            Self::Reading(modal) => modal.input(input),
        }
    }

    /// Draws the modal over the screen.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        match self {
            Self::Choice(modal) => modal.render(canvas, area, view),
            Self::Prompt(modal) => modal.render(canvas, area, view),
            Self::QuickScore(modal) => modal.render(canvas, area, view),
            Self::Keys(modal) => modal.render(canvas, area, view),
            Self::Palette(modal) => modal.render(canvas, area, view),
            Self::Instruments(modal) => modal.render(canvas, area),
            Self::Reading(modal) => modal.render(canvas, area, view),
        }
    }
}
