//! Examination.

use super::A;
use crate::form::build::area;
use crate::form::{FormDef, Slot};

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section("Examination", vec![area("examination", "", 4, |v: &mut A, _| Slot::Text(&mut v.examination))])
}
