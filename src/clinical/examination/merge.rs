//! Words that are one: `on the right`, `R > L`, `1+ / 2+`; and a short word that only one joint's term can mean, such as `ir t8`.

use super::answer::{Taker, side_word};
use super::phrase::{Word, heading, term};
use crate::clinical::facts::examination::{Family, Term, examination};

/// The words, those that are one as one.
pub(super) fn merged(words: &[Word]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = &words[at..];
        if let Some((typed, count)) = on_a_side(rest).or_else(|| compared(rest)).or_else(|| stroked(rest)) {
            out.push(joined(&rest[..count], typed));
            at += count;
            continue;
        }
        // `aj r 1+ / l 2+`: a stroke before a side is a comma.
        let before = out.last_mut().filter(|_| word.typed == "/" && word.sign.is_none() && word.lines == 0);
        let is_side = next(rest, 1).is_some_and(|next| side_word(&next.typed).is_some());
        match before.filter(|before| is_side && before.sign.is_none() && is_answer(&before.typed)) {
            Some(before) => {
                before.sign = Some(',');
                before.whole.end = word.whole.end;
            }
            None => out.push(word.clone()),
        }
        at += 1;
    }
    out
}

/// The word at this place on the same line, where no sign parts it from those before.
fn next(words: &[Word], at: usize) -> Option<&Word> {
    let (before, word) = (words.get(..at)?, words.get(at)?);
    (word.lines == 0 && before.iter().all(|word| word.sign.is_none())).then_some(word)
}

fn joined(words: &[Word], typed: String) -> Word {
    let (first, last) = (&words[0], &words[words.len() - 1]);
    Word {
        core: first.core.start..last.core.end,
        whole: first.whole.start..last.whole.end,
        typed,
        sign: last.sign,
        lines: first.lines,
    }
}

/// `on the right`, `on left`.
fn on_a_side(words: &[Word]) -> Option<(String, usize)> {
    let count = match (words.first()?.typed.as_str(), next(words, 1)?.typed.as_str()) {
        ("on", "the") => 3,
        ("on", "right" | "left" | "r" | "l") => 2,
        _ => return None,
    };
    let side = next(words, count - 1)?;
    ["right", "left", "r", "l"].contains(&side.typed.as_str()).then(|| (side.typed.clone(), count))
}

/// `R > L` in three words.
fn compared(words: &[Word]) -> Option<(String, usize)> {
    let (one, sign, other) = (words.first()?, next(words, 1)?, next(words, 2)?);
    let typed = format!("{}{}{}", one.typed, sign.typed, other.typed);
    ([">", "<", "="].contains(&sign.typed.as_str()) && side_word(&typed).is_some()).then_some((typed, 3))
}

/// `1+ / 2+` in three words.
fn stroked(words: &[Word]) -> Option<(String, usize)> {
    let (one, stroke, other) = (words.first()?, next(words, 1)?, next(words, 2)?);
    let whole = stroke.typed == "/" && is_answer(&one.typed) && is_answer(&other.typed);
    whole.then(|| (format!("{}/{}", one.typed, other.typed), 3))
}

/// Whether a word is digits and signs.
fn is_answer(typed: &str) -> bool {
    !typed.is_empty() && typed.chars().all(|c| c.is_ascii_digit() || "+-".contains(c))
}

/// The words, each that is typed short under a heading as the one term that takes the answer behind it, where no heading is
/// open: only the shoulder turns to T8.
pub(super) fn resolved(mut words: Vec<Word>) -> Vec<Word> {
    let mut family = None;
    for at in 0..words.len() {
        if words[at].lines > 0 {
            family = None;
        }
        if words[at].sign == Some(':') {
            family = heading(&words[at], at.checked_sub(1).map(|before| &words[before])).or(family);
        }
        if let Some(term) = the_one(&words[at..], family) {
            words[at].typed.clone_from(&term.key);
        }
    }
    words
}

fn the_one(words: &[Word], family: Option<&'static Family>) -> Option<&'static Term> {
    let [name, rest @ ..] = words else { return None };
    if !examination().is_within(&name.typed) || term(&name.typed, family).is_some() {
        return None;
    }
    let said = |word: &&Word| side_word(&word.typed).is_none() && !["to", "at"].contains(&word.typed.as_str());
    let open = name.sign.is_none() && rest.first().is_some_and(|word| word.lines == 0);
    let answer = rest.iter().take(3).find(said).filter(|word| open && word.lines == 0)?;
    let terms = examination().family.iter().flat_map(|family| &family.terms);
    let takes = |term: &&Term| {
        let Some(taker) = examination().term(&term.key).and_then(Taker::of) else { return false };
        // Only what no other joint has: a vertebra, and a grade of power.
        let is_own = match term.scale.as_str() {
            "reach" => answer.typed.starts_with(|c: char| c.is_alphabetic()) && taker.reaches(&answer.typed),
            "power" => answer.typed.contains('/'),
            _ => false,
        };
        is_own && taker.parts(&answer.typed).is_some()
    };
    let mut meant = terms.filter(|term| term.is_within(&name.typed)).filter(|term| takes(term));
    meant.next().filter(|_| meant.next().is_none())
}
