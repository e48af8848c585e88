//! The one engine that scores every instrument from its data: items, missing items, bands, flags, direction, change.
//!
//! [`score`](fn@score) makes the total, [`change`](fn@change) compares two, [`total_typed`] bands a total typed from a
//! licensed form, and [`read_own`] reads a physician's own instruments from the settings folder. Criteria sets have rules of
//! their own in [`super::calc`].

mod change;
mod condition;
mod own;
mod score;

pub use change::{Change, acceptable, change};
pub use condition::Condition;
pub use own::{Fault, read_own};
pub use score::{Answers, Scored, item_values, score, total_typed};
