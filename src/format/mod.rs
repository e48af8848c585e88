//! Bytes in and out, as pure functions: iCalendar, CSV, text.
