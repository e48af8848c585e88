//! Draws and edits. Screens take input and give back effects; they perform none and decide nothing about medicine.
//!
//! - [`place`]: what can be opened, [`question`]: what can be asked over it, both as data. [`effect`]: what a screen asks for. [`env`](mod@env): what it is told.
//! - [`screen`]: one file or folder per screen, behind one trait.
//! - [`chrome`]: what every screen has around it: patient band, title bar, message, keys; and plain lines.
//! - [`modal`]: what lies over a screen: a choice, a question, the keys, the palette.
//! - [`theme`] and [`widget`]: colours, signs, and the parts every screen is drawn with.

pub mod chrome;
pub mod effect;
pub mod env;
pub mod line;
pub mod modal;
pub mod place;
pub mod question;
pub mod screen;
pub mod theme;
pub mod widget;

pub use effect::Effect;
pub use env::{Env, Message, Preferences, View};
pub use place::Place;
