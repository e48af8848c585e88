//! daysheet: one pain physician's working day in a terminal.
//!
//! # The map of the house
//!
//! Modules are layers; a module may use those to its left and never those to its right
//! (`tests/all/layers.rs` reads the sources and holds this):
//!
//! ```text
//! clinical ─▶ action ─▶ form ─▶ ui ─────▶ app ─▶ cli ─▶ main        (▶ is used by)
//!             action ─▶ store ─▶ jobs ──▶ app
//! clinical ─▶ format ─▶ jobs
//! ```
//!
//! - [`clinical`]: pure. What a pain physician's day is made of, and its rules. No clock, no file, no terminal, no SQL.
//! - [`action`]: the vocabulary. Commands with their names and keys, and `action::Write`: every change a user can make.
//! - [`store`]: the only SQL. The encrypted record, its change log, undo, drafts, search, backup, verify.
//! - [`mod@format`]: bytes in and out (iCalendar, CSV, text…), as pure functions.
//! - [`jobs`]: one worker thread for long work, with progress and cancel.
//! - [`form`]: the form engine and the text core; knows neither ratatui nor crossterm.
//! - [`ui`]: draws and edits; gives back effects, performs none.
//! - [`app`]: wires. Owns the record, the screens, the clock and the loop; performs effects.
//! - [`cli`]: commands outside the board.

pub mod action;
pub mod app;
pub mod cli;
pub mod clinical;
pub mod form;
pub mod format;
pub mod jobs;
pub mod store;
pub mod ui;
