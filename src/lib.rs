//! daysheet: one pain physician's working day in a terminal.
//!
//! # The map of the house
//!
//! Modules are layers; a module may use those to its left and never those to its right. `tests/all/layers.rs` reads the
//! sources and holds this:
//!
//! ```text
//! clinical ─▶ action ─▶ form ─▶ ui ─────▶ app ─▶ cli ─▶ main        (▶ is used by)
//!             action ─▶ store ─▶ jobs ──▶ app
//! clinical ─▶ format ─▶ jobs
//! ```
//!
//! | module | what lives there |
//! |---|---|
//! | [`clinical`] | pure rules: what a day is made of; the [board](clinical::board) is one pure function of the records and the clock |
//! | [`action`] | the vocabulary: commands with their keys ([`action::command`]), and [`action::Write`], every change a user can make |
//! | [`store`] | the only SQL: the encrypted record, its change log, undo, drafts, search, backup, proof |
//! | [`format`](mod@format) | bytes in and out, as pure functions: iCalendar, CSV, pasted lists, calculators' JSON, text for paper |
//! | [`jobs`] | work in which files and the record meet (imports), or which takes long (backup, proof), with progress and cancel |
//! | [`form`] | the form engine and the text core; knows neither ratatui nor crossterm |
//! | [`ui`] | draws and edits: theme, widgets, screens, modals, one table per form; gives back effects, performs none |
//! | [`app`] | wires: owns the record, the screens, the clock and the loop; performs effects |
//! | [`cli`] | commands outside the board |
//!
//! # The path of an event
//!
//! ```text
//! terminal ─▶ one Input ─▶ locked? only the gate
//!                       ─▶ a modal on top? it alone (a modal is a barrier), but for locking and hiding names
//!                       ─▶ a text field that wants this character? it has it
//!                       ─▶ key map (nearest context, then everywhere) ─▶ Command ─▶ not possible here? its reason is said
//!                       ─▶ screen, else what works on every screen ─▶ Vec<Effect>
//!                       ─▶ app performs them in order, stops at the first that fails
//!                       ─▶ changed read models load again ─▶ when no input waits: draw once
//! ```
//!
//! The loop ([`app::program`]) sleeps in the kernel: terminal, workers, signals and the next due moment wake it; nothing else
//! does. `render(&self)` changes nothing, not even a scroll offset. Focus is state, never a by-product of drawing.
//!
//! # The path of a write
//!
//! ```text
//! keys ─▶ draft ─▶ finish() gives the valid value, or errors at their fields
//!      ─▶ Effect::complete(Write::…, draft) ─▶ store.commit_typed(write, now, drafts): ONE transaction
//!             rows ─▶ triggers write before and after into the change log
//!                  ─▶ the draft in which it was typed ends ─▶ the change set is sealed into the hash chain
//!      ─▶ loaded again ─▶ "kept 09:14"
//! ```
//!
//! `store.commit` is the one public way to change a fact, for screens, jobs and the command line alike; `commit_typed` is the
//! same for what was typed in a form. The act says which draft ends with it, and no other does. If it fails, nothing
//! changed and the form stays open with every character. Undo is a change set of its own: the log only grows.
//!
//! # Where the next thing goes
//!
//! - A command: a variant and a row in [`action::command`], and one arm where it is carried out: in its screen, or in
//!   `app/session/commands.rs` where it works on every one.
//! - A form: a draft type in `clinical`, a table of fields and a `Subject` in `ui/screen/form/`.
//! - A screen: a [`ui::Place`], a file in `ui/screen/`, a variant of its enum, and in `app/session/` an arm where its kind is
//!   opened (`open.rs`, `lists.rs`, `follow.rs`, `medicines.rs`) and a `Load` (`load/`): the one read for opening it and for
//!   every time the record changed under it.
//! - A table: a migration in `store/migrations/`, a file per aggregate in `store/`, an arm in `store/apply.rs`.
//! - A rule of medicine: `clinical`, with its source, and its cases as a table beside it.
//! - A fact: `assets/`, with source, date and whether it was verified.

pub mod action;
pub mod app;
pub mod cli;
pub mod clinical;
pub mod form;
pub mod format;
pub mod jobs;
pub mod store;
pub mod ui;
