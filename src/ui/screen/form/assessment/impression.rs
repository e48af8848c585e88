//! Impression, and red flags.

use super::A;
use crate::clinical::assessment::RedFlags;
use crate::form::build::{area, line, pick};
use crate::form::{FormDef, Level, Slot, Source};

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section(
        "Impression",
        vec![
            area("impression", "", 3, |v: &mut A, _| Slot::Text(&mut v.impression))
                .completes(|_| Some(Source::Condition.into())),
            pick("red_flags", "Red flags", |v: &mut A, _| Slot::Pick(&mut v.red_flags)),
            line("red_flag_note", "Which", |v: &mut A, _| Slot::Text(&mut v.red_flag_note)).show(is_flagged),
            line("red_flag_action", "Done about it", |v: &mut A, _| Slot::Text(&mut v.red_flag_action))
                .show(is_flagged)
                .help("empty: it stays first in the Late pane until something is written"),
        ],
    )
    .rule("red_flag_note", Level::Error, |v| {
        (is_flagged(v) && v.red_flag_note.trim().is_empty()).then(|| "say which red flag".to_owned())
    })
}

/// Whether a red flag is present.
pub fn is_flagged(draft: &A) -> bool {
    draft.red_flags == Some(RedFlags::Present)
}
