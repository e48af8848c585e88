//! The text core: one text, one cursor, edits that can be undone, and soft wrap. One editor serves every text field.
//!
//! The cursor is a byte offset that always stands between two grapheme clusters, so that Backspace takes what a reader
//! sees as one character: a family emoji, a letter with its accents. Every change goes through one primitive that
//! notes what it replaced. Widths are those of `unicode-width` per cluster, the table the terminal layer draws by.

mod edit;
mod motion;
mod undo;
mod wrap;

pub use edit::{Edit, Lines, Taken};
pub use motion::Motion;
pub use undo::Step;
pub use wrap::{Row, Wrap, width_of};

#[cfg(test)]
mod tests;
