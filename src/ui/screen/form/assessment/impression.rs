//! Impression.

use super::A;
use crate::form::build::area;
use crate::form::{FormDef, Slot, Source};

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section(
        "Impression",
        vec![
            area("impression", "", 3, |v: &mut A, _| Slot::Text(&mut v.impression))
                .completes(|_| Some(Source::Condition.into())),
        ],
    )
}
