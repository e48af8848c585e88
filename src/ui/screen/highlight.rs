//! Text with what was looked for standing out.

pub use crate::clinical::text::holds;
use unicode_segmentation::UnicodeSegmentation;

use crate::clinical::text::{clean_line, fold};
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// The text on one line, the words that were looked for in bold.
pub fn highlight(text: &str, query: &str, role: Role, hit: Role) -> Words<'static> {
    let wanted = fold(query);
    let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
    let line = clean_line(text);
    let mut words = Words::new();
    for word in pieces(&line) {
        let folded = fold(word);
        let is_hit = begins_word(word) && wanted.iter().any(|wanted| folded.starts_with(wanted));
        words = if is_hit { words.bold(hit, word.to_owned()) } else { words.say(role, word.to_owned()) };
    }
    words
}

/// Words and what stands between them, in turn. A mark belongs to its letter and a joiner to what it joins, in every
/// script: parted from it neither could be drawn.
fn pieces(line: &str) -> Vec<&str> {
    let (mut out, mut from, mut before) = (Vec::new(), 0, None);
    for (at, grapheme) in line.grapheme_indices(true) {
        let is_word = begins_word(grapheme);
        if before.is_some_and(|before| before != is_word) {
            out.push(&line[from..at]);
            from = at;
        }
        before = Some(is_word);
    }
    out.push(&line[from..]);
    out
}

fn begins_word(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_stands_out_whatever_its_accents() {
        let words = highlight("…wakes, at night (José)\nwoken", "wake jose", Role::Text, Role::Focus);
        let hits: Vec<&str> =
            words.0.iter().filter(|word| word.role == Role::Focus).map(|word| word.text.as_ref()).collect();
        assert_eq!(hits, ["wakes", "José"]);
        assert_eq!(words.plain(), "…wakes, at night (José) woken");
        assert_eq!(highlight("nothing", "", Role::Text, Role::Focus).0.len(), 1);
    }

    #[test]
    fn no_mark_is_parted_from_its_letter_in_any_script() {
        for text in ["दर्द पीठ", "👩‍👩‍👧 é́̂", "ألمٌ شديد", "a👍🏽b", "\u{301}x", ""]
        {
            let words = highlight(text, "", Role::Text, Role::Focus);
            assert_eq!(words.plain(), text);
            for word in &words.0 {
                let apart: Vec<&str> = word.text.graphemes(true).collect();
                assert!(apart.iter().all(|part| text.graphemes(true).any(|whole| whole == *part)), "{text}: {apart:?}");
            }
        }
        let words = highlight("mein दर्द hier", "दर्द", Role::Text, Role::Focus);
        assert!(words.0.iter().any(|word| word.role == Role::Focus && word.text == "दर्द"), "{words:?}");
    }

    #[test]
    fn all_words_are_needed() {
        for (query, expected) in
            [("", true), ("tir", true), ("TIRED enough", true), ("ired", false), ("tired no", false)]
        {
            assert_eq!(holds("Tired, but enough.", query), expected, "{query}");
        }
    }
}
