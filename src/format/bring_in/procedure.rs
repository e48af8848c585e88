//! A line of a list of procedures: what, level, side, when, by whom, with which steroid.

use crate::clinical::bring_in::BroughtProcedure;
use crate::clinical::medicine::meant_by;
use crate::clinical::procedure::Side;
use crate::clinical::text::fold;
use crate::clinical::typed::Reading;

use super::date::{self, Years};
use super::words::{Word, unused, words};

/// Reads a line; none where nothing is left of it.
pub fn read(line: &str, reading: &Reading) -> Option<BroughtProcedure> {
    let mut words = words(line);
    let on = date::take(&mut words, reading, Years::Bare);
    let steroid = steroid(&mut words);
    let by = by(&mut words);
    let level = level(&mut words);
    let side = side(&mut words);
    for word in &mut words {
        // A figure without its sign would be read as another.
        let empty = word.folded.is_empty() && word.text != "%";
        word.used |= empty;
    }
    let what = unused(&words).replace("()", "");
    let what = what.trim_matches([' ', ',', ';', ':', '-', '–', '.', '(', ')']).to_owned();
    let says = !fold(&what).is_empty() || !level.is_empty();
    says.then_some(BroughtProcedure { what, level, side, on, by, steroid })
}

/// The side, where one is written.
pub fn side(words: &mut [Word<'_>]) -> Option<Side> {
    let of = |word: &Word<'_>| match word.folded.as_str() {
        "left" | "lt" | "li" | "links" | "linke" | "linkes" | "linken" => Some(Side::Left),
        "right" | "rt" | "re" | "rechts" | "rechte" | "rechtes" | "rechten" => Some(Side::Right),
        "bilateral" | "bilat" | "both" | "beidseits" | "bds" | "bil" => Some(Side::Both),
        "midline" => Some(Side::Midline),
        // A letter by itself is a side only as a capital.
        "l" if word.text == "L" => Some(Side::Left),
        "r" if word.text == "R" => Some(Side::Right),
        _ => None,
    };
    let at = words.iter().position(|word| !word.used && of(word).is_some())?;
    let side = of(&words[at]);
    words[at].used = true;
    // `both sides`
    if words.get(at + 1).is_some_and(|next| !next.used && matches!(next.folded.as_str(), "side" | "sides" | "sided")) {
        words[at + 1].used = true;
    }
    side
}

/// A level as it is written: `L4/5`, `L4-L5`, `C5-6`, `L5-S1`, `T6`, several with commas.
fn level(words: &mut [Word<'_>]) -> String {
    let is_level = |text: &str| {
        let text = text.trim_matches(['(', ')']);
        let mut parts = text.split(['-', '/', '–', ',', '+', '&']);
        let one = |part: &str, first: bool| {
            let mut chars = part.chars();
            let letter = chars.next().is_some_and(|c| "CTLScts".contains(c));
            let digits = if letter { chars.as_str() } else { part };
            let numbered = !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
            numbered && (letter || !first)
        };
        parts.next().is_some_and(|part| one(part, true)) && parts.all(|part| one(part, false))
    };
    let mut found = Vec::new();
    for word in words.iter_mut().filter(|word| !word.used) {
        if is_level(word.text) {
            found.push(word.text.trim_matches(['(', ')']).to_uppercase());
            word.used = true;
        } else if !found.is_empty() && !matches!(word.folded.as_str(), "and" | "und" | "") {
            break;
        } else if !found.is_empty() {
            word.used = true;
        }
    }
    found.join(", ")
}

/// By whom or where: what stands behind `by`, `at`, or begins with `Dr`.
fn by(words: &mut [Word<'_>]) -> String {
    let leads = |word: &Word<'_>| matches!(word.folded.as_str(), "by" | "durch");
    let at = words.iter().position(|word| !word.used && (leads(word) || matches!(word.folded.as_str(), "dr" | "prof")));
    let Some(at) = at else { return String::new() };
    let from = if leads(&words[at]) { at + 1 } else { at };
    // A name ends where something else was read, at a figure and at a dash.
    let ends =
        |word: &Word<'_>| word.used || word.folded.is_empty() || word.text.starts_with(|c: char| c.is_ascii_digit());
    let to = (from..words.len()).find(|&n| ends(&words[n])).unwrap_or(words.len()).min(from + 6);
    if from >= to {
        return String::new();
    }
    let text: Vec<&str> = words[from..to].iter().map(|word| word.text.trim_matches(['(', ')'])).collect();
    let text = text.join(" ");
    words[at..to].iter_mut().for_each(|word| word.used = true);
    text
}

/// The steroid with its dose: a word that the table of medicines knows as one, and the amount beside it.
fn steroid(words: &mut [Word<'_>]) -> String {
    let is_steroid = |word: &Word<'_>| {
        let name = word.text.trim_matches(['(', ')', ',', ';']);
        meant_by(name).iter().any(|name| !name.steroid_id.is_empty())
    };
    let Some(at) = words.iter().position(|word| !word.used && is_steroid(word)) else { return String::new() };
    let is_amount = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let unit = |text: &str| matches!(text.to_lowercase().as_str(), "mg" | "ml" | "mcg");
    let plain = |word: &Word<'_>| word.text.trim_matches(['(', ')']).to_owned();
    let (mut from, mut to) = (at, at + 1);
    // Behind it, or before it: `triamcinolone 40 mg`, `40 mg triamcinolone`.
    if words.get(to).is_some_and(|word| !word.used && is_amount(&plain(word))) {
        to += 1;
        to += usize::from(words.get(to).is_some_and(|word| !word.used && unit(&plain(word))));
    } else if at >= 2 && unit(&plain(&words[at - 1])) && is_amount(&plain(&words[at - 2])) && !words[at - 2].used {
        from = at - 2;
    } else if at >= 1 && is_amount(&plain(&words[at - 1])) && !words[at - 1].used {
        from = at - 1;
    }
    let text: Vec<String> = words[from..to].iter().map(plain).collect();
    words[from..to].iter_mut().for_each(|word| word.used = true);
    // The word that leads to it.
    if from > 0 && matches!(words[from - 1].folded.as_str(), "with" | "mit" | "using") {
        words[from - 1].used = true;
    }
    text.join(" ")
}
