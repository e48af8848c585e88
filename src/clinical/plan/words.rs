//! What the first words of a piece mean: which part of the jigsaw they belong to. Short words and usual words come from the
//! table of plan words, medicines and procedures from theirs. What nobody knows is not guessed.

use super::{Books, Modality};
use crate::clinical::facts::plan_words::plan_words;
use crate::clinical::medicine::meant_by;
use crate::clinical::suggest::suggestions;
use crate::clinical::text::{capital, fold};
use crate::clinical::vocab::Vocab;

/// What the first words of a text mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which piece of the jigsaw.
    pub modality: Modality,
    /// What they stand for, as it is written into a plan.
    pub text: String,
    /// What such a piece books on its date.
    pub books: Option<Books>,
    /// How many words it took.
    pub words: usize,
}

/// What the first words mean: a short word, a usual word of plans, a medicine, a procedure.
pub fn head(words: &[&str]) -> Option<Head> {
    let first = fold(words.first()?);
    by_words(words).or_else(|| by_short(&first)).or_else(|| by_medicine(words)).or_else(|| by_procedure(words))
}

/// Which piece of the jigsaw a treatment is, by its words; none where nobody knows.
pub fn recognise(what: &str) -> Option<Modality> {
    let words: Vec<&str> = what.split_whitespace().collect();
    head(&words).map(|head| head.modality)
}

fn by_short(first: &str) -> Option<Head> {
    let short = plan_words().short.iter().find(|short| short.codes.iter().any(|code| code == first))?;
    Some(Head {
        modality: Modality::from_name(&short.piece)?,
        text: short.text.clone(),
        books: short.books.as_deref().and_then(Books::from_name),
        words: 1,
    })
}

/// The longest of the usual words that the text begins with; also what the short words stand for.
fn by_words(words: &[&str]) -> Option<Head> {
    let typed: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let fits = |phrase: &str| {
        let count = phrase.split_whitespace().count();
        (typed.len() >= count && typed[..count].join(" ") == fold(phrase)).then_some(count)
    };
    let table = plan_words();
    let short = table.short.iter().filter_map(|short| {
        let said = std::iter::once(&short.text).chain(&short.also);
        let words = said.filter_map(|phrase| fits(phrase)).max()?;
        let (modality, text) = (Modality::from_name(&short.piece)?, short.text.clone());
        Some(Head { modality, text, books: short.books.as_deref().and_then(Books::from_name), words })
    });
    let usual = table.words.iter().flat_map(|(piece, phrases)| phrases.iter().map(move |phrase| (piece, phrase)));
    let usual = usual.filter_map(|(piece, phrase)| {
        let (words, modality) = (fits(phrase)?, Modality::from_name(piece)?);
        Some(Head { modality, text: phrase.clone(), books: None, words })
    });
    usual.chain(short).max_by_key(|head| head.words)
}

/// A medicine keeps its words as they were typed: the dose belongs to it.
fn by_medicine(words: &[&str]) -> Option<Head> {
    let line = words.join(" ");
    if meant_by(words[0]).is_empty() && meant_by(&line).is_empty() {
        return None;
    }
    Some(Head { modality: Modality::Medication, text: capital(words[0]), books: None, words: 1 })
}

/// A procedure of the catalogue, by the beginning of its name; the words stay as they were typed.
fn by_procedure(words: &[&str]) -> Option<Head> {
    if words[0].chars().count() < 3 {
        return None;
    }
    let begins = |query: &str| {
        let query = fold(query);
        let found = suggestions().procedures.find_begun(&query, 1);
        found.first().is_some_and(|found| fold(&found.text).starts_with(&query))
    };
    let two = words.get(1).map(|second| format!("{} {second}", words[0]));
    let text = match two {
        Some(two) if begins(&two) => two,
        _ if words[0].chars().count() > 5 && begins(words[0]) => words[0].to_owned(),
        _ => return None,
    };
    let count = text.split_whitespace().count();
    Some(Head { modality: Modality::Interventional, text: capital(&text), books: Some(Books::Procedure), words: count })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_treatment_is_recognised_by_its_first_words() {
        for (what, modality) in [
            ("Gabapentin 1800 mg", Some(Modality::Medication)),
            ("ibuprofen", Some(Modality::Medication)),
            ("pt twice a week", Some(Modality::Physical)),
            ("Physiotherapy", Some(Modality::Physical)),
            ("Cognitive behavioural therapy, eight sessions", Some(Modality::Behavioural)),
            ("TENS", Some(Modality::Complementary)),
            ("acupuncture", Some(Modality::Complementary)),
            ("Greater occipital nerve block left", Some(Modality::Interventional)),
            ("Spine surgery L4/5", Some(Modality::Referral)),
            ("Pacing", Some(Modality::SelfCare)),
            ("How pain works", Some(Modality::Education)),
            ("a healer in the village", None),
            ("", None),
        ] {
            assert_eq!(recognise(what), modality, "{what}");
        }
    }

    #[test]
    fn every_short_word_is_one_word_stands_once_and_names_a_piece() {
        let mut seen = BTreeSet::new();
        for short in &plan_words().short {
            assert!(Modality::from_name(&short.piece).is_some(), "{}", short.piece);
            assert!(short.books.iter().all(|books| Books::from_name(books).is_some()));
            for code in &short.codes {
                assert!(seen.insert(code), "{code} stands twice");
                assert_eq!(*code, fold(code));
                assert!(!code.contains(' '));
            }
        }
    }
}
