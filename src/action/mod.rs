//! The vocabulary: commands with their names, help and keys, and every change a user can make.

pub mod command;
mod context;
pub mod follow;
pub mod form_command;
pub mod heading;
pub mod input;
pub mod key;
pub mod keymap;
pub mod medicine;
pub mod scale;
pub mod write;

pub use command::Command;
pub use context::Context;
pub use follow::FollowWrite;
pub use keymap::Keymap;
pub use medicine::MedicineWrite;
pub use scale::ScaleWrite;
pub use write::Write;
