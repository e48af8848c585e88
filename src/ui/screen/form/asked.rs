//! What a form asks while it handles a key: completions, phrases and what they hold.

use super::lookup::Suggestions;
use super::parts::Parts;
use super::phrases::Unfolding;
use crate::action::form_command::FormCommand;
use crate::clinical::patient::PatientFile;
use crate::clinical::typed::Reading;
use crate::form::In;
use crate::ui::env::Env;

/// What the form asks for.
pub(super) struct Asked<'a> {
    suggestions: Suggestions<'a>,
    pub(super) phrases: Unfolding<'a>,
}

impl<'a> Asked<'a> {
    pub(super) fn of<'e: 'a>(env: &Env<'e>, file: Option<&'a PatientFile>) -> Self {
        let phrases = Unfolding { book: &env.preferences.phrases, values: Vec::new() };
        Self { suggestions: Suggestions::of(env, file), phrases }
    }

    pub(super) fn engine(&self, env: &Env<'_>, parts: &Parts) -> crate::form::Env<'_> {
        crate::form::Env {
            reading: Reading::of(env.practice.region, env.now.wall()),
            size: (parts.form.width, parts.form.height),
            lookup: &self.suggestions,
            phrases: &self.phrases,
        }
    }
}

/// Whether a key can make a phrase of its word.
pub(super) fn unfolds(input: &In) -> bool {
    matches!(input, In::Char(' ') | In::Cmd(FormCommand::Enter | FormCommand::Next) | In::Click(..))
}
