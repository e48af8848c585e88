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
    if !hidden {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !is_of_a_name(c)) {
        let word = piece.trim_end_matches(|c: char| !is_of_a_name(c));
        let rest = &piece[word.len()..];
        out.push_str(if is_a_name(word, patients) { HIDDEN } else { word });
        out.push_str(rest);
    }
    Cow::Owned(out)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}

fn is_a_name(word: &str, patients: &PatientIndex) -> bool {
    let same = |part: &str| part.chars().flat_map(char::to_lowercase).eq(word.chars().flat_map(char::to_lowercase));
    word.chars().nth(1).is_some()
        && patients
            .all()
            .iter()
            .any(|name| name.family.split_whitespace().chain(name.given.split_whitespace()).any(same))
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
            ("nobody here", "nobody here"),
            ("", ""),
        ] {
            assert_eq!(in_text(text, true, &index), shown);
            assert_eq!(in_text(text, false, &index), text);
        }
    }
}
