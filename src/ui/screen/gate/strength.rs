//! How hard a passphrase is to guess, in words: an honest hint, not a promise.

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing: never allowed.
    Blank,
    /// Falls to a list or to a short search.
    Weak,
    /// Holds against somebody who tries at a keyboard, not against a machine for long.
    Fair,
    /// Holds against machines for years.
    Strong,
}

impl Strength {
    /// The hint beside the field.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Blank => "",
            Self::Weak => "weak: a machine finds it within hours",
            Self::Fair => "fair: four or more unrelated words would be strong",
            Self::Strong => "strong",
        }
    }
}

/// What people choose first; a passphrase made of these is weak at any length.
const COMMON: &[&str] = &[
    "password",
    "passwort",
    "passphrase",
    "letmein",
    "welcome",
    "willkommen",
    "qwerty",
    "qwertz",
    "asdf",
    "admin",
    "login",
    "doctor",
    "doktor",
    "clinic",
    "klinik",
    "praxis",
    "daysheet",
    "geheim",
    "secret",
    "hallo",
    "hello",
    "monkey",
    "dragon",
    "summer",
    "sommer",
    "winter",
    "iloveyou",
    "master",
    "test",
];

/// How hard this is to guess.
///
/// Counts what a guesser must try: words and characters that are not a repeat, a run (abc, 123) or a common choice.
pub fn strength(passphrase: &str) -> Strength {
    if passphrase.trim().is_empty() {
        return Strength::Blank;
    }
    let lower = passphrase.to_lowercase();
    let mut rest = lower.clone();
    for word in COMMON {
        rest = rest.replace(word, "");
    }
    let bits = bits(&rest) + if rest.len() < lower.len() { 4 } else { 0 };
    match bits {
        0..=39 => Strength::Weak,
        40..=63 => Strength::Fair,
        _ => Strength::Strong,
    }
}

fn bits(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3).count();
    if words >= 3 && text.chars().all(|c| c.is_alphabetic() || !c.is_alphanumeric()) {
        // Words out of a dictionary of some thousand, not letters one by one.
        return words * 13 + 4;
    }
    let chars: Vec<char> = text.chars().collect();
    let fresh = chars
        .iter()
        .enumerate()
        .filter(|&(n, &c)| {
            let before = n.checked_sub(1).and_then(|n| chars.get(n)).copied();
            let runs = before.is_some_and(|b| u32::from(c).abs_diff(u32::from(b)) <= 1);
            !runs && !chars[..n].windows(2).any(|pair| Some(pair[0]) == before && pair[1] == c)
        })
        .count();
    let kinds = [
        chars.iter().any(char::is_ascii_digit),
        chars.iter().any(|c| c.is_alphabetic()),
        chars.iter().any(|c| !c.is_alphanumeric()),
    ];
    let each = 3 + kinds.iter().filter(|kind| **kind).count();
    fresh * each
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_is_honest() {
        for (passphrase, expected) in [
            ("", Strength::Blank),
            ("   ", Strength::Blank),
            ("a", Strength::Weak),
            ("password", Strength::Weak),
            ("Passwort123", Strength::Weak),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength::Weak),
            ("abcdefghijklmnop", Strength::Weak),
            ("qwertyqwertyqwerty", Strength::Weak),
            ("Kr7!pw2x", Strength::Fair),
            ("otter violin gravel", Strength::Fair),
            ("otter violin gravel maple tin", Strength::Strong),
            ("h7#Qm2!vZp9&wX4k", Strength::Strong),
        ] {
            assert_eq!(strength(passphrase), expected, "{passphrase}");
        }
    }
}
