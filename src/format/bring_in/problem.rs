//! A line of a problem list: the problem in words, the code beside it, since when.

use crate::clinical::bring_in::BroughtProblem;
use crate::clinical::text::fold;
use crate::clinical::typed::Reading;

use super::date::{self, Years};
use super::procedure::side;
use super::words::{unused, words};

/// Reads a line; none where nothing is left of it. Of a pain problem the side is taken apart.
pub fn read(line: &str, sided: bool, reading: &Reading) -> Option<BroughtProblem> {
    let mut words = words(line);
    let code = words.iter_mut().find_map(|word| {
        let code = code(word.text)?;
        word.used = true;
        Some(code)
    });
    // The name of the code set says nothing beside its code.
    if code.is_some() {
        let sets = ["icd", "icd10", "icd 10", "icd 10 cm", "icd 10 gm", "icd10cm"];
        words.iter_mut().filter(|word| sets.contains(&word.folded.as_str())).for_each(|word| word.used = true);
    }
    let since = date::take(&mut words, reading, Years::Said);
    let side = if sided { side(&mut words) } else { None };
    let rest = unused(&words);
    let text = tidy(&rest);
    (!fold(&text).is_empty() || code.is_some()).then_some(BroughtProblem { text, code, side, since })
}

/// The words without what is left of the signs round a code, and without a last `- Active`, which every line of the list is.
fn tidy(text: &str) -> String {
    const SIGNS: [char; 7] = [' ', ',', ';', ':', '-', '–', '.'];
    let text = text.replace("()", "").replace("[]", "").replace(" - - ", " - ").replace(" - , ", ", ");
    let text = text.trim_matches(SIGNS);
    let bare = ["active", "(active)"].iter().find_map(|word| {
        let at = text.len().checked_sub(word.len())?;
        let before = text.get(..at).filter(|_| text.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(word)))?;
        let ends = before.trim_end();
        (word.starts_with('(') || ends.ends_with(['-', '–', ',', ';', ':', '|'])).then_some(ends)
    });
    bare.unwrap_or(text).trim_matches(SIGNS).trim_end_matches('|').trim_end().to_owned()
}

/// Whether a diagnosis is a pain problem: one of our own conditions, or a word that says so.
pub fn is_pain(line: &str, reading: &Reading) -> bool {
    let folded = fold(line);
    let pain = &crate::clinical::facts::bring_in::bring_in().shape.pain;
    folded.split(' ').any(|word| pain.iter().any(|known| known == word))
        || read(line, true, reading).is_some_and(|problem| problem.condition().is_some())
}

/// Whether a line names a code.
pub fn has_code(line: &str) -> bool {
    line.split_whitespace().any(|word| code(word).is_some())
}

/// A code as ICD-10 writes it: `M54.5`, `M54.16`, `G43`, in brackets or not.
fn code(word: &str) -> Option<String> {
    let word = word.trim_matches(['(', ')', '[', ']', ',', ';', ':']);
    let (head, tail) = word.split_once('.').map_or((word, None), |(head, tail)| (head, Some(tail)));
    let mut chars = head.chars();
    let letter = chars.next()?.is_ascii_uppercase();
    let digit = chars.next()?.is_ascii_digit();
    let third = chars.next()?;
    let right = letter && digit && third.is_ascii_alphanumeric() && chars.next().is_none();
    let tail_right = match tail {
        Some(tail) => (1..=4).contains(&tail.len()) && tail.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
        // Without a point it may be anything: a level (C56), a room.
        None => false,
    };
    (right && tail_right).then(|| word.to_owned())
}
