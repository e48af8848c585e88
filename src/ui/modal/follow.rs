//! What the long follow-up asks in one line: what was done about a urine test.

use crate::action::follow::UrineChange;
use crate::action::{FollowWrite, Write};
use crate::clinical::monitoring::urine::UrineTest;
use crate::ui::effect::Effect;
use crate::ui::env::Env;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum FollowAsk {
    /// What was done about a urine test.
    ActOnUrine(UrineTest),
}

impl FollowAsk {
    /// The title and a hint.
    pub const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::ActOnUrine(_) => ("Done about the urine test", "what was said and done; or: nothing to do"),
        }
    }

    /// What is written, from the line as it was typed.
    ///
    /// # Errors
    /// What is missing, in words.
    pub fn finish(&self, said: String, env: &Env<'_>) -> Result<Vec<Effect>, String> {
        match self {
            Self::ActOnUrine(test) => {
                if said.is_empty() {
                    return Err("write what was done, also where that is: nothing".to_owned());
                }
                let test = test.acted_on(said, env.now.today(), env.now.instant);
                let write = FollowWrite::Urine { test, change: UrineChange::ActedOn };
                Ok(vec![Effect::write(Write::Follow(write))])
            }
        }
    }
}
