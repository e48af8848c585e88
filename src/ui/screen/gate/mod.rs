//! The gate: what is shown while the record is not open. First run, or unlock; nothing of any patient is here.

pub mod setup;
pub mod strength;
pub mod unlock;

use ratatui::layout::Rect;
use zeroize::Zeroizing;

pub use setup::Setup;
pub use unlock::Unlock;

use crate::action::input::Input;
use crate::clinical::practice::Region;
use crate::ui::widget::Canvas;

/// What the gate asks for.
#[derive(Debug)]
pub enum GateEffect {
    /// Open the record with this passphrase.
    Unlock(Zeroizing<String>),
    /// Make a record.
    Create(Box<NewRecord>),
    /// Open the record with this passphrase only to read: another window holds it.
    ReadOnly(Zeroizing<String>),
    /// End the program.
    Quit,
}

/// What first run has asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// The physician's name.
    pub physician: String,
    /// Where the practice is.
    pub region: Region,
    /// Its zone.
    pub zone: chrono_tz::Tz,
    /// The passphrase.
    pub passphrase: Zeroizing<String>,
}

/// First run, or unlock.
#[derive(Debug)]
pub enum Gate {
    /// First run.
    Setup(Box<Setup>),
    /// A record is there.
    Unlock(Box<Unlock>),
}

impl Gate {
    /// Takes an input.
    pub fn input(&mut self, input: &Input) -> Option<GateEffect> {
        match self {
            Self::Setup(gate) => gate.input(input),
            Self::Unlock(gate) => gate.input(input),
        }
    }

    /// Says why it did not open, or that it is busy.
    pub fn say(&mut self, words: impl Into<String>) {
        match self {
            Self::Setup(gate) => gate.say(words.into()),
            Self::Unlock(gate) => gate.say(words.into()),
        }
    }

    /// The key is being derived, or no longer.
    pub fn set_busy(&mut self, busy: bool) {
        match self {
            Self::Setup(gate) => gate.busy = busy,
            Self::Unlock(gate) => {
                gate.busy = busy;
                gate.under_way = None;
            }
        }
    }

    /// How far opening is: what is being done, of how many steps.
    pub fn tell(&mut self, what: &'static str, done: u64, of: u64) {
        if let Self::Unlock(gate) = self {
            gate.under_way = Some((what, done, of));
        }
    }

    /// Draws the gate.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect) {
        match self {
            Self::Setup(gate) => gate.render(canvas, area),
            Self::Unlock(gate) => gate.render(canvas, area),
        }
    }
}
