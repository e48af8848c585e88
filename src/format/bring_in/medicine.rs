//! A line of a medicine list: name, strength, dose, route, how often, since when; what else it says stays behind it.

use crate::clinical::bring_in::BroughtMedicine;
use crate::clinical::facts::bring_in::bring_in;
use crate::clinical::medicine::meant_by;
use crate::clinical::text::fold;
use crate::clinical::typed::Reading;

use super::date::{self, Years};
use super::words::{Word, take_phrase, unused, words};

/// Reads a line; none where nothing stands for a name.
pub fn read(line: &str, reading: &Reading) -> Option<BroughtMedicine> {
    let mut words = words(line);
    let name = name(line, &mut words)?;
    let since = date::take(&mut words, reading, Years::Said);
    let strength = strength(&mut words);
    let dose = dose(&mut words);
    let mut frequency: Vec<String> = Vec::new();
    frequency.extend(every(&mut words));
    frequency.extend(scheme(&mut words));
    while let Some(phrase) = take_phrase(&mut words, &bring_in().frequency) {
        if frequency.len() < 3 && !frequency.contains(&phrase) {
            frequency.push(phrase);
        }
    }
    let route = take_phrase(&mut words, &bring_in().route).unwrap_or_default();
    let drop = &bring_in().units.drop;
    words
        .iter_mut()
        .filter(|word| drop.contains(&word.folded) || word.folded.is_empty())
        .for_each(|word| word.used = true);
    let rest = unused(&words);
    Some(BroughtMedicine { name, strength, dose, route, frequency: frequency.join(" "), since, rest })
}

/// Whether a line names a strength: a number with its unit.
pub fn has_strength(line: &str) -> bool {
    let words = words(line);
    (0..words.len()).any(|at| amount(&words, at).is_some_and(|(_, unit)| unit != "g" && unit != "l" && unit != "u"))
}

/// The name: up to the first word that is a number, a form or a way of giving; as long as the table knows it.
fn name(line: &str, words: &mut [Word<'_>]) -> Option<String> {
    let table = bring_in();
    let is_form = |word: &Word<'_>| table.units.form.contains(&word.folded);
    let ends = |word: &Word<'_>| {
        let number = word.text.starts_with(|c: char| c.is_ascii_digit());
        let said = |phrases: &[crate::clinical::facts::bring_in::Phrase]| {
            phrases.iter().any(|phrase| phrase.typed.contains(&word.folded))
        };
        number || is_form(word) || said(&table.frequency) || said(&table.route)
    };
    // Words of an order before the name: `Take gabapentin`.
    let from = words.iter().position(|word| !table.units.drop.contains(&word.folded)).unwrap_or(0);
    let mut to = words.iter().skip(from).position(ends).map_or(words.len(), |at| from + at);
    if to == from {
        // A number leads: `75 mg clopidogrel`.
        let known = (from..words.len()).find(|at| !meant_by(words[*at].text).is_empty())?;
        words[known].used = true;
        return Some(words[known].text.to_owned());
    }
    // What follows a name that is known is not part of it: `naproxen for the knee`.
    let known = (from + 1..=to).rev().find(|end| {
        let text: Vec<&str> = words[from..*end].iter().map(|word| word.text).collect();
        !meant_by(&text.join(" ")).is_empty()
    });
    to = known.unwrap_or(to);
    let text: Vec<&str> = words[from..to].iter().map(|word| word.text).collect();
    let text = text.join(" ");
    words[..to].iter_mut().for_each(|word| word.used = true);
    let has_letters = text.chars().any(char::is_alphabetic);
    (has_letters && !line.is_empty()).then(|| text.trim_end_matches(':').to_owned())
}

/// A number with its unit at a word: `300 mg`, `300mg`, `5-325 mg`, `12 mcg/h`. How many words it takes, and the unit.
fn amount(words: &[Word<'_>], at: usize) -> Option<(usize, String)> {
    let units = &bring_in().units.strength;
    let word = words.get(at).filter(|word| !word.used)?;
    let text = word.text.trim_matches(['(', ')']);
    let number = text.bytes().take_while(|b| b.is_ascii_digit() || b"./,-".contains(b)).count();
    if number == 0 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_unit = |unit: &str| units.iter().any(|known| known.eq_ignore_ascii_case(unit)).then(|| unit.to_lowercase());
    let behind = text.get(number..).unwrap_or_default();
    if !behind.is_empty() {
        return Some((1, is_unit(behind)?));
    }
    let next = words.get(at + 1).filter(|word| !word.used)?;
    Some((2, is_unit(next.text.trim_matches(['(', ')', '.']))?))
}

/// The first strength, with the form behind it.
fn strength(words: &mut [Word<'_>]) -> String {
    let Some((at, count)) = (0..words.len()).find_map(|at| amount(words, at).map(|(count, _)| (at, count))) else {
        return String::new();
    };
    let mut to = at + count;
    // A form of its own belongs to the strength; a counted one to the dose.
    if words.get(to).is_some_and(|word| !word.used && bring_in().units.form.contains(&word.folded)) {
        to += 1;
    }
    take(words, at, to)
}

/// How much at a time: `1 capsule`, `2 tabs`, `1-2 tablets`, or a second amount.
fn dose(words: &mut [Word<'_>]) -> String {
    let forms = &bring_in().units.form;
    for at in 0..words.len() {
        if let Some((count, _)) = amount(words, at) {
            return take(words, at, at + count);
        }
        let number = words[at].text.bytes().all(|b| b.is_ascii_digit() || b"./-,".contains(&b));
        let counted = words
            .get(at + 1)
            .is_some_and(|next| !next.used && forms.contains(&fold(next.text.trim_matches(['(', ')']))));
        if !words[at].used && number && counted && words[at].text.starts_with(|c: char| c.is_ascii_digit()) {
            return take(words, at, at + 2);
        }
    }
    String::new()
}

fn take(words: &mut [Word<'_>], from: usize, to: usize) -> String {
    let to = to.min(words.len());
    let text: Vec<&str> = words[from..to].iter().map(|word| word.text.trim_matches(['(', ')'])).collect();
    let text = text.join(" ");
    words[from..to].iter_mut().for_each(|word| word.used = true);
    text
}

/// What stands before the hours of `6hr`.
fn hourly(text: &str) -> Option<&str> {
    ["hours", "hrs", "hr", "h"].iter().find_map(|unit| text.strip_suffix(unit))
}

/// `every 6 hours`, `q6h`, `q 4-6 h`, `alle 8 Stunden`.
fn every(words: &mut [Word<'_>]) -> Option<String> {
    let hours = |word: &str| matches!(word, "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunden");
    let days = |word: &str| matches!(word, "day" | "days" | "tage");
    let number = |word: &str| {
        let fits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'-') && word.len() <= 5;
        fits.then(|| word.to_owned())
    };
    for at in 0..words.len() {
        if words[at].used {
            continue;
        }
        let text = words[at].text.to_lowercase();
        // In one word.
        if let Some(inside) = text.strip_prefix('q').and_then(hourly).and_then(number) {
            words[at].used = true;
            return Some(format!("every {inside} hours"));
        }
        if !matches!(text.as_str(), "every" | "q" | "alle") {
            continue;
        }
        let get = |on: usize| words.get(at + on).filter(|word| !word.used).map(|word| word.text.to_lowercase());
        let (Some(count), Some(unit)) = (get(1), get(2)) else { continue };
        let Some(count) = number(&count) else { continue };
        let unit = unit.trim_end_matches('.');
        let said = if hours(unit) {
            "hours"
        } else if days(unit) {
            "days"
        } else {
            continue;
        };
        words[at..at + 3].iter_mut().for_each(|word| word.used = true);
        return Some(format!("every {count} {said}"));
    }
    None
}

/// The German way of writing a day: `1-0-1`, `1-0-0-1`, `½-0-½`.
fn scheme(words: &mut [Word<'_>]) -> Option<String> {
    let is_scheme = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        let amount = |part: &&str| {
            !part.is_empty() && part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit() || "½¼.,/".contains(c))
        };
        matches!(parts.len(), 3 | 4) && parts.iter().all(amount)
    };
    let at = words.iter().position(|word| !word.used && is_scheme(word.text))?;
    words[at].used = true;
    Some(words[at].text.to_owned())
}
