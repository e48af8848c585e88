//! History: what changed since, in words.

use super::A;
use crate::form::build::area;
use crate::form::{FormDef, Slot};

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section_as(
        "History",
        "History: what changed, in words",
        vec![area("history", "", 4, |v: &mut A, _| Slot::Text(&mut v.history))],
    )
}
