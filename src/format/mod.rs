//! Bytes in and out, as pure functions: iCalendar, CSV, text.
//!
//! [`schedule::read`] takes any schedule; [`ics`] and [`csv`] are the readers behind it. [`import_line`] shows what an
//! import would do.

pub mod bring_in;
pub mod calc;
pub mod csv;
pub mod encoding;
pub mod ics;
pub mod import_line;
pub mod page;
pub mod schedule;
pub mod score_line;
pub mod sheet;
