//! Text with what was looked for standing out.

pub use crate::clinical::text::holds;
use crate::clinical::text::{clean_line, fold};
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// The text on one line, the words that were looked for in bold.
pub fn highlight(text: &str, query: &str, role: Role, hit: Role) -> Words<'static> {
    let wanted = fold(query);
    let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
    let line = clean_line(text);
    let mut words = Words::new();
    for piece in line.split_inclusive(|c: char| !is_of_a_word(c)) {
        let word = piece.trim_end_matches(|c: char| !is_of_a_word(c));
        let rest = &piece[word.len()..];
        let folded = fold(word);
        let is_hit = !word.is_empty() && wanted.iter().any(|wanted| folded.starts_with(wanted));
        words = if is_hit { words.bold(hit, word.to_owned()) } else { words.say(role, word.to_owned()) };
        words = words.say(role, rest.to_owned());
    }
    words
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
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
    fn all_words_are_needed() {
        for (query, expected) in
            [("", true), ("tir", true), ("TIRED enough", true), ("ired", false), ("tired no", false)]
        {
            assert_eq!(holds("Tired, but enough.", query), expected, "{query}");
        }
    }
}
