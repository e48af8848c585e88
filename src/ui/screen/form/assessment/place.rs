//! Where it hurts.

use super::A;
use crate::form::build::line;
use crate::form::{FormDef, Slot, Source};

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section(
        "Where",
        vec![
            line("place", "Where it hurts", |v: &mut A, _| Slot::Text(&mut v.place))
                .completes(|_| Some(Source::Hurts.into())),
        ],
    )
}
