//! Names out of sight: what stands for a patient while somebody may read over the shoulder.

use std::borrow::Cow;

use crate::clinical::find::PatientIndex;

/// What stands for a hidden name.
pub const HIDDEN: &str = "••••••";

/// A name, or what stands for it.
pub fn name(name: &str, hidden: bool) -> Cow<'_, str> {
    if hidden { Cow::Borrowed(HIDDEN) } else { Cow::Borrowed(name) }
}

/// Text in which every word that is part of a patient's name is hidden: also what was typed may name one.
pub fn in_text<'a>(text: &'a str, hidden: bool, patients: &PatientIndex) -> Cow<'a, str> {
    if hidden { in_text_but(text, patients, |_| false) } else { Cow::Borrowed(text) }
}

/// The same, but for the words that may be read.
pub fn in_text_but<'a>(text: &'a str, patients: &PatientIndex, may_read: impl Fn(&str) -> bool) -> Cow<'a, str> {
    replace(text, |word| word.chars().nth(1).is_some() && !may_read(word) && patients.has_name(word))
}

/// Text in which every word that is a name is hidden. A word with an apostrophe or a hyphen is asked for as a whole,
/// then up to it: `Okafor's`.
pub fn replace(text: &str, is_name: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !is_of_a_name(c)) {
        let word = piece.trim_end_matches(|c: char| !is_of_a_name(c));
        let first = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let hidden = [word, first].into_iter().find(|part| !part.is_empty() && is_name(part));
        let length = hidden.map_or(0, str::len);
        if length > 0 {
            out.push_str(HIDDEN);
        }
        out.push_str(&piece[length..]);
    }
    Cow::Owned(out)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::find::PatientName;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    #[test]
    fn every_part_of_a_name_is_hidden_and_nothing_else() {
        let name = |family: &str, given: &str| PatientName {
            id: Ids::seeded(1).next(Instant::from_millis(0)),
            number: None,
            family: family.to_owned(),
            given: given.to_owned(),
            birth_date: None,
        };
        let index = PatientIndex::new(vec![name("Okafor", "Adaeze"), name("Müller-Öz", "Jörg"), name("O'Hara", "C")]);
        for (text, shown) in [
            ("kept 10:13 OKAFOR: score 6 → 7", "kept 10:13 ••••••: score 6 → 7"),
            ("MÜLLER-ÖZ jörg, O'HARA c", "•••••• ••••••, •••••• c"),
            ("Okafor's daughter", "••••••'s daughter"),
            ("nobody here", "nobody here"),
            ("", ""),
        ] {
            assert_eq!(in_text(text, true, &index), shown);
            assert_eq!(in_text(text, false, &index), text);
        }
    }
}
