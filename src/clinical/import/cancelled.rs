//! Words by which a schedule says that something does not take place.

const WORDS: [&str; 11] = [
    "cancel",
    "abgesagt",
    "absage",
    "storn",
    "annul",
    "cancelad",
    "gelöscht",
    "deleted",
    "entfallen",
    "entfällt",
    "ausgefallen",
];

/// Whether a word of state says that it does not take place.
pub fn says_cancelled(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    matches!(text.as_str(), "x" | "%" | "can" | "canc" | "canx" | "cx" | "cxl" | "cncl") || in_words(&text)
}

fn in_words(lower: &str) -> bool {
    let negated = ["not ", "un", "nicht "]
        .iter()
        .any(|not| lower.contains(&format!("{not}cancel")) || lower.contains(&format!("{not}abgesagt")));
    !negated && WORDS.iter().any(|word| lower.contains(word))
}

/// What follows the word that calls a title off (`Canceled: …`, `Abgesagt: …`); none if it begins with no such word.
pub fn without_cancelled(title: &str) -> Option<&str> {
    let (first, rest) = title.split_once(':')?;
    (!first.trim().contains(' ') && in_words(&first.to_lowercase())).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_state_and_titles_say_that_it_is_off() {
        for (text, off) in [
            ("Canceled", true),
            ("CX", true),
            ("abgesagt", true),
            ("not cancelled", false),
            ("Booked", false),
            ("", false),
        ] {
            assert_eq!(says_cancelled(text), off, "{text}");
        }
        for (title, rest) in [
            ("Canceled: Pain visit", Some("Pain visit")),
            ("ABGESAGT: Kontrolle: Knie", Some("Kontrolle: Knie")),
            ("Uncancelled: Pain visit", None),
            ("X: Pain visit", None),
            ("To discuss cancelled shift: Pain", None),
            ("Pain visit", None),
        ] {
            assert_eq!(without_cancelled(title), rest, "{title}");
        }
    }
}
