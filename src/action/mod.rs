//! The vocabulary: commands with their names, help and keys, and every change a user can make.

pub mod input;
pub mod key;
pub mod write;

pub use write::Write;
