//! The vocabulary: commands with their names, help and keys, and every change a user can make.

pub mod input;
pub mod key;
