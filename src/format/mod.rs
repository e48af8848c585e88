//! Bytes in and out, as pure functions: iCalendar, CSV, text.
//!
//! [`schedule::read`] takes any schedule; [`ics`] and [`csv`] are the readers behind it.

pub mod calc;
pub mod csv;
pub mod emergency;
pub mod ics;
pub mod schedule;
