//! Examination: shorthand, and under it what was read, while it is typed.

use super::A;
use crate::clinical::examination::change::{Change, changes};
use crate::clinical::examination::sentence::{Tone, parts};
use crate::clinical::examination::{Piece, budapest, findings, guide, read};
use crate::clinical::figure;
use crate::form::build::area;
use crate::form::{FormDef, Role, Slot, Span};

/// The field's name.
const FIELD: &str = "examination";

/// Beyond this a text is kept, and read when the form is completed.
const LIVE: usize = 20_000;

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section(
        "Examination",
        vec![
            area(FIELD, "", 4, |v: &mut A, _| Slot::Text(&mut v.examination))
                .below(reading)
                .help("shorthand: slr r45+ ehl l4 lt l5r- · F2 all words"),
        ],
    )
}

/// What was read of the text: findings in full words, what was not read, what changed since the last visit.
fn reading(draft: &A, last: Option<&A>) -> Vec<Span> {
    if draft.examination.len() > LIVE {
        return vec![span("too long to be read while you type; it is kept as it stands", Role::Faint)];
    }
    let pieces = read(&draft.examination);
    if !pieces.iter().any(|piece| matches!(piece, Piece::Finding(_) | Piece::Unread(..))) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for part in parts(&pieces) {
        let line = out.last().is_none_or(|span: &Span| span.text.ends_with('\n'));
        let (text, role) = match part.tone {
            Tone::Said => (part.text, Role::Computed),
            Tone::Typed => (part.text, Role::Second),
            Tone::Unread(doubt) => (format!("? {} ({})", part.text, doubt.words()), Role::Wants),
            Tone::Line if line => continue,
            Tone::Line => ("\n".to_owned(), Role::Text),
        };
        if !line && part.tone != Tone::Line {
            let ends = out.last().is_some_and(|span| span.text.ends_with(['.', ':', '!', '?', ')']));
            out.push(span(if ends { " " } else { ". " }, Role::Second));
        }
        out.push(span(text, role));
    }
    let now = findings(&draft.examination);
    out.extend(budapest::line(&now).map(|line| span(format!("\n{line}"), Role::Second)));
    let earlier = last.map(|last| findings(&last.examination)).unwrap_or_default();
    // Against an examination without shorthand everything would be new.
    if !earlier.is_empty() {
        let changed: Vec<String> = changes(&now, &earlier).iter().map(Change::words).collect();
        if !changed.is_empty() {
            out.push(span(format!("\n{}", changed.join(" · ")), Role::Info));
        }
    }
    out
}

fn span(text: impl Into<String>, role: Role) -> Span {
    Span { text: text.into(), role }
}

/// How the text is read, with every word that can be typed.
pub fn why(field: &str, text: &str) -> Option<String> {
    let crps = figure::crps(&findings(text)).map(|account| format!("{}\n\n", account.page()));
    (field == FIELD).then(|| crps.unwrap_or_default() + &guide::text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, last: Option<&str>) -> String {
        let draft = |text: &str| A { examination: text.to_owned(), ..A::default() };
        let last = last.map(draft);
        reading(&draft(text), last.as_ref()).into_iter().map(|span| span.text).collect()
    }

    #[test]
    fn what_was_read_stands_under_the_text_and_prose_alone_says_nothing() {
        for (text, last, expected) in [
            ("walks well", None, ""),
            ("ehl l4", None, "Big toe extension (EHL, L5) left 4/5."),
            (
                "walks well; ehl l4",
                Some("ehl b5"),
                "walks well. Big toe extension (EHL, L5) left 4/5.\nleft EHL 5/5 → 4/5",
            ),
            ("ehl l4", Some("well"), "Big toe extension (EHL, L5) left 4/5."),
            ("sle r45+\nehl l5", None, "? sle r45+ (not a known word)\nBig toe extension (EHL, L5) left 5/5."),
        ] {
            assert_eq!(said(text, last), expected, "{text}");
        }
        assert!(said(&"slr r45+ ".repeat(4_000), None).starts_with("too long"));
    }
}
