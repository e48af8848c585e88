//! Files stay small enough to be read at a sitting.

use crate::source::{Source, sources};

/// Past this many lines a file says why.
const EXPLAIN: usize = 500;
/// Past this many there is no reason.
const NEVER: usize = 800;
const REASON: &str = "Why so long:";

fn too_long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    let mut header = source.text.lines().take_while(|line| line.starts_with("//"));
    let says_why = header.any(|line| line.contains(REASON));
    match lines {
        _ if lines > NEVER => Some(format!("{}: {lines} lines, more than {NEVER}", source.path)),
        _ if lines > EXPLAIN && !says_why => {
            Some(format!("{}: {lines} lines and no `{REASON}` in its header", source.path))
        }
        _ => None,
    }
}

#[test]
fn no_file_is_long_without_a_reason() {
    let long: Vec<String> = sources(&["src", "tests", "benches"]).iter().filter_map(too_long).collect();
    assert!(long.is_empty(), "\n{}\n", long.join("\n"));
}

#[test]
fn long_files_are_found_and_a_reason_is_heard() {
    let file = |header: &str, lines: usize| Source::new("src/x.rs", &format!("{header}\n{}", "x\n".repeat(lines - 1)));
    for (header, lines, found) in [
        ("//! Short.", 500, false),
        ("//! Long.", 501, true),
        ("//! Long. Why so long: one table.", 501, false),
        ("//! Long. Why so long: one table.", 800, false),
        ("//! Long. Why so long: one table.", 801, true),
        ("fn f() {} // Why so long:", 501, true),
    ] {
        assert_eq!(too_long(&file(header, lines)).is_some(), found, "{header} {lines}");
    }
}
