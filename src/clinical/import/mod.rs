//! Bringing a schedule in: what was read is compared with the record, and a plan comes out. Nothing is changed here.
//!
//! - *Who* ([`who`]): number, else name and birth date; a name alone proposes; two or more are refused; nobody is merged by
//!   guess. A title names a patient by the whole name of one, or by a saved [`pattern`]; every other title is a block.
//!   Rows are taken in the order of the file: a patient made for one row is known to the next.
//! - *What* ([`kind`]): the kind of visit, by its words.
//! - *Again* ([`change`]): a visit remembers its source and the values last imported; only what the source changed since
//!   is applied, and what the physician changed stays. Both changed, or begun and changed: a line says so and nothing is
//!   remembered, so that the next import says it again until the two agree.
//!
//! [`plan`] puts it together; [`outcome`] is what it gives.

pub mod ask;
pub mod cancelled;
pub mod change;
pub mod kind;
pub mod outcome;
mod partner;
mod patient;
pub mod pattern;
pub mod plan;
#[cfg(test)]
mod tests;
pub mod who;
