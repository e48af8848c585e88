//! Commands outside the board.
