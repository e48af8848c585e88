//! Pieces as shorthand again: what is printed reads as the same pieces.

use super::{Finding, Piece};
use crate::clinical::text::show_tenths;

/// The pieces as shorthand: one way of writing each.
pub fn canonical(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut before: Option<&Finding> = None;
    for piece in pieces {
        let gap = !out.is_empty() && !out.ends_with('\n');
        match piece {
            Piece::Finding(finding) => {
                if gap {
                    out.push(' ');
                }
                if !before.is_some_and(|before| goes_on(before, finding)) {
                    // Behind a word `lt` may be its left side.
                    let is_left = finding.term == "lt" && before.is_none() && gap;
                    out.push_str(if is_left { "light touch" } else { &finding.term });
                    out.push(' ');
                }
                out.push_str(&answer(finding));
            }
            Piece::Heading(text) => {
                if gap {
                    out.push(' ');
                }
                out.push_str(text);
                out.push(':');
            }
            Piece::Prose(text) | Piece::Unread(text, _) => {
                // Text behind an answer is none of it.
                if before.is_some() {
                    out.push(',');
                }
                if gap {
                    out.push(' ');
                }
                out.push_str(text);
            }
            Piece::Stop(sign) => out.push(*sign),
        }
        before = if let Piece::Finding(finding) = piece { Some(finding) } else { None };
    }
    out
}

/// Whether a finding can stand behind another without its term, and still read as itself.
fn goes_on(before: &Finding, finding: &Finding) -> bool {
    let begins = finding.site.is_some() || finding.side.is_some();
    // A side behind an answer that has none would be its own.
    let placed = before.site.is_some() || before.side.is_some();
    // A place behind sides that differ would be theirs.
    let valued = before.tenths.is_some() || before.grade.is_some();
    before.term == finding.term && begins && placed && valued && (before.site.is_none() || finding.site.is_some())
}

/// The answer: `l5r-`, `r45+`, `trap r+`.
fn answer(finding: &Finding) -> String {
    let mut out = String::new();
    if let Some(site) = &finding.site {
        out.push_str(site.typed());
        if site.is_named() {
            out.push(' ');
        }
    }
    out.extend(finding.side.map(super::Side::typed));
    if let Some(tenths) = finding.tenths {
        out.push_str(&show_tenths(tenths));
    }
    if let Some(grade) = &finding.grade {
        // A word as grade stands by itself; a sign or a number stands behind its side.
        let is_word = grade.starts_with(|c: char| c.is_alphabetic());
        // `power l5` is the level L5; the left side with grade 5 is `power l 5`.
        let levels = finding.known().is_some_and(|term| term.sites.iter().any(|set| set == "root" || set == "segment"));
        let is_level = levels && out == "l" && grade.starts_with(|c: char| c.is_ascii_digit());
        if (is_word || is_level) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(grade);
    }
    out
}
