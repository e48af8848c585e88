//! When the program itself is at fault: what a panic says.
//!
//! A panic's own message may hold what a patient's record says, so it is never shown: only where it happened, which is
//! enough to find the fault. The hooks of color-eyre would show it; of that library the report alone is used.

use std::panic::{Location, PanicHookInfo};

/// Words for a panic at this place of the source.
pub fn words(at: Option<&Location<'_>>) -> String {
    let place = at.map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
    format!(
        "daysheet stopped by a fault of its own{place}. What was kept in the record is safe. \
         Please report this place; no patient's data is part of it."
    )
}

/// From here on a panic says [`words`] on standard error, and nothing else.
pub fn install() {
    std::panic::set_hook(Box::new(say));
}

/// Says the words; to whom nobody listens, nothing is said.
pub(super) fn say(info: &PanicHookInfo<'_>) {
    use std::io::Write;
    drop(writeln!(std::io::stderr(), "{}", words(info.location())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_by_its_place_alone() {
        let text = words(Some(Location::caller()));
        assert!(text.contains("src/app/fault.rs:"), "{text}");
        assert!(words(None).starts_with("daysheet stopped by a fault of its own. "));
    }
}
