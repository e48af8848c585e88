//! Lines and words: bullets, parts of a line, phrases of the table.

use super::heading::Section;
use crate::clinical::bring_in::Kind;
use crate::clinical::facts::bring_in::Phrase;
use crate::clinical::medicine::meant_by;
use crate::clinical::text::fold;

/// A line without the mark or number of its list.
pub fn strip_bullet(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '•', '*', '·', '–', '‣', '▪', '○', '●', '>', '+', '☐', '☑', '✓']).trim();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    // `1.`, `1)` and `1 - ` number a line; `1.5 mg` and `10 mg` do not.
    match rest.strip_prefix(['.', ')']).or_else(|| rest.strip_prefix(" -")) {
        Some(after) if (1..=3).contains(&digits) && after.starts_with(' ') => after.trim(),
        _ => line,
    }
}

/// The parts of what stands on one line: lists behind a heading, and allergies, are often written side by side.
pub fn parts(section: Section, text: &str) -> impl Iterator<Item = &str> {
    let mut out = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    let many = section != Section::Of(Kind::Allergy) && are_medicines(text);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => out.push(text.get(std::mem::replace(&mut from, at + 1)..at).unwrap_or_default()),
            ',' if depth == 0 && many => {
                out.push(text.get(std::mem::replace(&mut from, at + 1)..at).unwrap_or_default());
            }
            ',' if depth == 0
                && section == Section::Of(Kind::Allergy)
                && !is_reaction(text.get(at + 1..).unwrap_or_default()) =>
            {
                out.push(text.get(std::mem::replace(&mut from, at + 1)..at).unwrap_or_default());
            }
            _ => {}
        }
    }
    out.push(text.get(from..).unwrap_or_default());
    out.into_iter().map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric))
}

/// Whether commas part nothing but medicines: `lisinopril 10 daily, atorvastatin 40 qhs`.
pub fn are_medicines(text: &str) -> bool {
    let known = |part: &str| {
        let name = part.trim().split([' ', '(']).next().unwrap_or_default();
        name.len() > 3 && !meant_by(name).is_empty()
    };
    text.contains(',') && text.split(',').all(known)
}

/// Whether a text begins with a word for a reaction.
pub fn is_reaction(text: &str) -> bool {
    let folded = fold(text.split([',', ';']).next().unwrap_or_default());
    let known = &crate::clinical::facts::bring_in::bring_in().shape.reaction;
    known.iter().any(|word| folded == *word || folded.starts_with(&format!("{word} ")))
}

/// A line as words that are compared, each with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it was written, without the signs at its ends.
    pub text: &'a str,
    /// With them.
    pub raw: &'a str,
    /// Folded.
    pub folded: String,
    /// Whether it was taken for something.
    pub used: bool,
}

/// The words of a line. Commas and semicolons part words; brackets stay with theirs.
pub fn words(line: &str) -> Vec<Word<'_>> {
    let trimmed = |word: &'_ str| -> (usize, usize) {
        let start = word.len() - word.trim_start_matches([',', ';']).len();
        (start, word.trim_end_matches([',', ';']).len().max(start))
    };
    line.split_whitespace()
        .filter_map(|word| {
            let (from, to) = trimmed(word);
            let text = word.get(from..to)?;
            (!text.is_empty()).then(|| Word { text, raw: word, folded: fold(text), used: false })
        })
        .collect()
}

/// The first phrase of the table that stands among the words that are not used yet, the longest at its place; its words
/// are used then.
pub fn take_phrase(words: &mut [Word<'_>], phrases: &[Phrase]) -> Option<String> {
    for from in 0..words.len() {
        let mut best: Option<(usize, &Phrase)> = None;
        for phrase in phrases {
            for typed in &phrase.typed {
                let count = typed.split(' ').count();
                let place = words.get(from..from + count);
                let same = place.is_some_and(|place| {
                    place.iter().all(|word| !word.used)
                        && place.iter().map(|word| word.folded.as_str()).eq(typed.split(' '))
                });
                // `p.o.` folds to two words at one place.
                let one = words[from].folded == *typed && !words[from].used;
                let count = if one { 1 } else { count };
                if (same || one) && best.is_none_or(|(longest, _)| count > longest) {
                    best = Some((count, phrase));
                }
            }
        }
        if let Some((count, phrase)) = best {
            words[from..from + count].iter_mut().for_each(|word| word.used = true);
            return Some(phrase.words.clone());
        }
    }
    None
}

/// The words that were not used, as they were written.
pub fn unused(words: &[Word<'_>]) -> String {
    let shown = |(at, word): (usize, &Word<'_>)| {
        // A comma stays between words that stay.
        let next = words.get(at + 1).is_some_and(|next| !next.used);
        (!word.used).then(|| if next { word.raw } else { word.text }.to_owned())
    };
    words.iter().enumerate().filter_map(shown).collect::<Vec<_>>().join(" ")
}
