//! The form engine and the text core: knows neither the terminal nor how things are drawn.
//!
//! A form is a table of fields bound to one struct; the engine moves, reads, draws, keeps drafts and checks them all.
//! A new form is a struct (all optional, `serde`, `Default`) and a table like this one:
//!
//! ```
//! use daysheet::clinical::answer::Answer;
//! use daysheet::form::{FormDef, Level, Slot, build::{area, score}};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
//! #[serde(default)]
//! struct Visit { now: Option<Answer>, worst: Option<Answer>, note: String }
//!
//! type V = Visit;
//! fn visit_form() -> FormDef<V> {
//!     FormDef::new("visit", 1)
//!         .section("Pain", vec![
//!             score("now", "now", |v: &mut V, _| Slot::Score(&mut v.now)).required(),
//!             score("worst", "worst", |v: &mut V, _| Slot::Score(&mut v.worst)),
//!         ])
//!         .section("In words", vec![area("note", "", 4, |v: &mut V, _| Slot::Text(&mut v.note))])
//!         .rule("worst", Level::Error, |v| {
//!             (v.worst?.value()? < v.now?.value()?).then(|| "worst lies below now".to_owned())
//!         })
//! }
//! assert_eq!(daysheet::form::check::all(visit_form), Vec::<String>::new());
//! ```
//!
//! At work it is a [`Form`]: `Form::open(visit_form(), value, prev, &env)`, then `handle(In, &Env) -> Out` for each key
//! and `view(size) -> FormView` for each drawing (trait [`AnyForm`], which is also a trait object for screens that hold
//! several). `ctx()` says where the hands are, for the key table and the footer. On `Out::Changed` keep `draft_json()`;
//! `restore_json` opens the same field and cursor again. On `Out::Submit` nothing blocks: `value()` is ready for its
//! `finish()`. `Out::Pass` is for the next layer; Esc (`FormCommand::Back`) passes unless completions are open.
//!
//! Rules that hold everywhere:
//! - The focus is `pos`, nothing else. What a `show` rule hides has no focus, no problem and no line.
//! - A text that cannot be read is kept as typed, blanks the value, and blocks completing, never moving.
//! - There are no timers: the same keys give the same record however fast they come.
//! - `view` changes nothing; the first visible line moves only in `handle`, by the same layout.
//!
//! Where things are: [`def`] and [`build`] what a form is; [`slot`] and [`rows`] how fields reach members; [`state`] the
//! form at work and [`any`] what it shows of itself; `handle` what keys do, a file per kind of field; [`view`] what is
//! drawn; [`text`] the editor; `read` between texts and values; [`problem`], [`draft`], [`lookup`], [`phrases`];
//! [`check`] for the tests of each form.

pub mod any;
pub mod build;
pub mod check;
mod core;
pub mod def;
pub mod draft;
pub mod event;
mod handle;
pub mod key;
pub mod lookup;
pub mod phrases;
pub mod problem;
mod read;
pub mod rows;
mod sheet;
pub mod slot;
pub mod spec;
pub mod state;
pub mod text;
pub mod view;
pub mod vocab;

pub use crate::action::form_command::{FieldContext, FormCommand};
pub use any::AnyForm;
pub use def::{Field, FormDef, Kind, Meta};
pub use draft::{Draft, DraftError, Restored};
pub use event::{Env, In, KeyNames, Out, Picker};
pub use key::Key;
pub use lookup::{Hit, Lookup, NoLookup, Wanted};
pub use phrases::{NoPhrases, Phrases};
pub use problem::{Cause, Level, Problem};
pub use rows::Row;
pub use slot::Slot;
pub use spec::{DateSpec, NRS, NumSpec, ScoreSpec, Source, Tone};
pub use state::{Form, Prev, Value};
pub use view::{FormView, HitArea, Line, PopupView, Role, SectionView, Span, Target};

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
