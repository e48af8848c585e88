//! The one engine that scores every instrument from its data: items, missing items, bands, flags, direction, change.
//!
//! [`score`](fn@score) makes the total, [`change`](fn@change) compares two, [`total_typed`] bands a total typed from a
//! licensed form, and [`read_own`] reads a physician's own instruments from the settings folder. Criteria sets have rules of
//! their own in [`super::calc`].

mod behind;
pub mod change;
mod condition;
mod draft;
mod due;
mod entry;
mod outcome;
mod own;
mod question;
mod result;
mod score;

pub use change::{Change, Figures, acceptable, change, figures};
pub use condition::Condition;
pub use draft::{Cells, InstrumentDraft, put_replies, replies_of};
pub use due::{Due, Seen, due};
pub use entry::{ADULT, Again, Catalogue, Entry, OwnedEntry, is_child};
pub use outcome::{Outcome, Raises, Replies, Reply, USUAL_NEXT, Without};
pub use own::{Fault, read_own};
pub use question::{Asks, MOST_QUESTIONS, Question};
pub use result::{InstrumentResult, OpenScreen, Setting, change_words};
pub use score::{Answers, Scored, item_values, score, show_band, total_typed};
