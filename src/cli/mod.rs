//! Commands outside the board.

pub mod calc;
