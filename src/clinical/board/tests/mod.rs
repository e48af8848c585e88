//! The rules of the board, case by case: each test a claim, each case a day made for it.

mod clock;
mod diagnostics;
mod flags;
mod late;
mod made;
mod steps;
mod visits;
