//! The day on paper, and as JSON: the same board the screen shows, printed.
//!
//! [`text`] is plain and at most 80 columns wide, with a box to tick before each line; [`json`] is one object of a fixed
//! shape. The reflection itself is in neither: only whether it is written.

pub mod json;
pub mod text;

/// The widest line of a printed day.
pub const COLUMNS: usize = 80;
