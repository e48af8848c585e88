//! Under which heading of its context a command stands in the help: long lists of keys are read in parts.

use super::command::{COMMANDS, Info};

/// The command with which a heading begins; it holds until the next one of the same context.
const HEADINGS: [(&str, &str); 8] = [
    ("visit.advance", "the visit"),
    ("plan.keep", "plan and papers"),
    ("pane.next", "panes"),
    ("day.back", "days"),
    ("item.open", "moving"),
    ("copy.visit", "copy out and find"),
    ("patient.open", "the patient's record"),
    ("undo", "undo and help"),
];

/// The heading of a command; none in a context whose keys are few.
pub fn heading(info: &Info) -> Option<&'static str> {
    let mut heading = None;
    for row in COMMANDS.iter().filter(|row| row.context == info.context) {
        heading = HEADINGS.iter().find(|(id, _)| *id == row.id).map(|(_, words)| *words).or(heading);
        if row.id == info.id {
            break;
        }
    }
    heading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_begins_with_a_command_there_is_and_long_contexts_have_some() {
        for (id, words) in HEADINGS {
            let info = COMMANDS.iter().find(|row| row.id == id);
            assert_eq!(info.and_then(heading), Some(words), "{id}");
        }
        for info in COMMANDS {
            let count = COMMANDS.iter().filter(|row| row.context == info.context).count();
            assert!(count < 25 || heading(info).is_some(), "{}: one of {count} keys without a heading", info.id);
        }
    }

    #[test]
    fn a_command_stands_under_the_heading_before_it() {
        for (id, words) in [
            ("visit.move", Some("the visit")),
            ("procedure.open", Some("plan and papers")),
            ("day.week", Some("days")),
            ("medicines.open", Some("the patient's record")),
            ("redo", Some("undo and help")),
            ("chart.trends", None),
        ] {
            let info = COMMANDS.iter().find(|row| row.id == id).unwrap();
            assert_eq!(heading(info), words, "{id}");
        }
    }
}
