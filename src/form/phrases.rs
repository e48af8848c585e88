//! Dot-phrases: short words that become the physician's own sentences, with live data in them.
//!
//! A phrase may hold `{name}`, the value of a field of the form or of the chart, and `***`, a blank to jump to. A name
//! that nobody knows and a value that is not there become a blank too: nothing is made up.

/// The blank that Tab jumps to.
pub const BLANK: &str = "***";

/// Where phrases and the values in them come from.
pub trait Phrases {
    /// The text of a phrase, by its word without the dot.
    fn text(&self, word: &str) -> Option<String>;
    /// A value of the chart by its name.
    fn value(&self, name: &str) -> Option<String>;
    /// The phrases whose word begins so, with what they are; at most so many.
    fn beginning(&self, with: &str, most: usize) -> Vec<(String, String)>;
}

/// No phrases.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPhrases;

impl Phrases for NoPhrases {
    fn text(&self, _: &str) -> Option<String> {
        None
    }
    fn value(&self, _: &str) -> Option<String> {
        None
    }
    fn beginning(&self, _: &str, _: usize) -> Vec<(String, String)> {
        Vec::new()
    }
}

/// The dot-word that ends a text, with the offset of its dot: `pain .neuro` gives `neuro` at 5.
pub(crate) fn word_before(text: &str) -> Option<(usize, &str)> {
    let start = text
        .rfind(|c: char| c.is_whitespace())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = text.get(start..)?.strip_prefix('.')?;
    let fits = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    fits.then_some((start, word))
}

/// A phrase with its values in place.
pub(crate) fn filled(phrase: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        match inner.find('}') {
            Some(close) if is_name(&inner[..close]) => {
                out.push_str(&value(&inner[..close]).unwrap_or_else(|| BLANK.to_owned()));
                rest = &inner[close + 1..];
            }
            _ => {
                out.push('{');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dot_word_before_the_cursor_is_found() {
        for (text, expected) in [
            (".neuro", Some((0, "neuro"))),
            ("pain .sleep", Some((5, "sleep"))),
            ("line\n.a1", Some((5, "a1"))),
            ("end.", None),
            ("3.5", None),
            (".", None),
            ("...", None),
            ("", None),
        ] {
            assert_eq!(word_before(text), expected, "{text:?}");
        }
    }

    #[test]
    fn values_stand_in_their_place_and_what_is_not_known_is_a_blank() {
        let value = |name: &str| (name == "weight").then(|| "70 kg".to_owned());
        for (phrase, expected) in [
            ("Weighs {weight}.", "Weighs 70 kg."),
            ("Sleeps {hours} h", "Sleeps *** h"),
            ("a {b c} {", "a {b c} {"),
            ("{weight}{weight}", "70 kg70 kg"),
        ] {
            assert_eq!(filled(phrase, value), expected);
        }
    }
}
