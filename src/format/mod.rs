//! Bytes in and out, as pure functions: iCalendar, CSV, text.
pub mod calc;
pub mod ics;
