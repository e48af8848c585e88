//! The board: home.
