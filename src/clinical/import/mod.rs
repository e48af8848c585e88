//! Bringing a schedule in.
pub mod kind;
pub mod pattern;
pub mod who;
