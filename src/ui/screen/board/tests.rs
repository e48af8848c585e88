//! The board as it is seen, and what each key asks for.

mod keys;
mod look;
mod moves;
