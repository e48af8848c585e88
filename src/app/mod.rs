//! Wires: owns the record, the screens, the clock and the loop, and performs effects.

pub mod chance;
pub mod clipboard;
pub mod clock;
pub mod code_sets;
pub mod due;
pub mod events;
pub mod fault;
pub mod instruments;
pub mod made_up;
pub mod opening;
pub mod paths;
pub mod program;
pub mod session;
pub mod settings;
pub mod terminal;
