//! What screens are put together from. Each widget is plain data with a `paint` that writes into an area of a
//! [`Canvas`] and changes nothing else; each works in any area from 0×0 up.
//!
//! Where a layout decides what a click or a key means, the widget has a pure function for it that `paint` uses too.

pub mod band;
pub mod bar;
pub mod body;
pub mod canvas;
pub mod columns;
pub mod course;
pub mod fit;
pub mod form;
pub mod help;
pub mod input;
pub mod lanes;
pub mod list;
pub mod modal;
pub mod month;
pub mod now_line;
pub mod pane;
pub mod progress;
pub mod ribbon;
pub mod scale;
pub mod spark;
pub mod tabs;
pub mod trend;
pub mod words;

pub use canvas::{Canvas, columns, inset, row};
pub use words::{Words, mark};
