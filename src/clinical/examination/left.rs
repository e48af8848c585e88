//! `lt` is light touch; beside `rt`, and directly before or behind another term, it is the left side.

use super::answer::{Part, Taker};
use super::clause::FILLERS;
use super::phrase::{Word, heading, term};
use crate::clinical::facts::examination::{Family, examination};

/// What an `lt` is read as that may be either. No word has a space.
pub(super) const UNSURE: &str = "lt or left";

/// What an `lt` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Touch,
    Left,
    Unsure,
}

/// The words, each `lt` that is a side as one, and each that may be one as unsure.
pub(super) fn sides(mut words: Vec<Word>) -> Vec<Word> {
    let mut family = None;
    for at in 0..words.len() {
        if words[at].lines > 0 {
            family = None;
        }
        let (before, rest) = words.split_at(at);
        if rest[0].sign == Some(':') {
            family = heading(&rest[0], before.last()).or(family);
        }
        if rest[0].typed != "lt" {
            continue;
        }
        if is_before_term(rest, family) || is_behind_term(before, rest, family) {
            "left".clone_into(&mut words[at].typed);
            continue;
        }
        match beside_rt(before, rest, family) {
            Meaning::Touch => {}
            Meaning::Unsure => UNSURE.clone_into(&mut words[at].typed),
            Meaning::Left => {
                "left".clone_into(&mut words[at].typed);
                // Its answer is one of the same term, also behind a semicolon.
                if let Some(sign) = words.get_mut(at - 1).and_then(|word| word.sign.as_mut()) {
                    *sign = ',';
                }
            }
        }
    }
    words
}

/// The next word on the same line, where no sign but a colon parts them.
fn next(words: &[Word]) -> Option<&Word> {
    let [word, next, ..] = words else { return None };
    (next.lines == 0 && word.sign.is_none_or(|sign| sign == ':')).then_some(next)
}

fn is_feeling(taker: Taker) -> bool {
    taker.term().scale == "feeling"
}

fn has_side(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Side(_)))
}

/// `lt slr +`: before a term that has a side, and an answer without one. `lt pp -` may be two kinds of feeling.
fn is_before_term(words: &[Word], family: Option<&'static Family>) -> bool {
    let taker = next(words).and_then(|name| Taker::of(term(&name.typed, family)?));
    let Some(taker) = taker.filter(|taker| taker.term().sided && !is_feeling(*taker)) else { return false };
    let mut answers = words.iter().skip(2).skip_while(|word| word.lines == 0 && word.typed == "over");
    let goes_on = words.get(1).is_some_and(|name| name.sign.is_none_or(|sign| ",:".contains(sign)));
    let answer = answers.next().filter(|answer| answer.lines == 0).and_then(|answer| taker.parts(&answer.typed));
    goes_on && words[0].sign.is_none() && answer.is_some_and(|parts| !has_side(&parts))
}

/// `slr lt +`: behind a term without an answer that takes the one which follows. `sens lt n` may be two kinds of feeling.
fn is_behind_term(before: &[Word], words: &[Word], family: Option<&'static Family>) -> bool {
    let name = before.last().filter(|name| words[0].lines == 0 && name.sign.is_none_or(|sign| sign == ':'));
    let taker = name.and_then(|name| Taker::of(term(&name.typed, family)?));
    let Some(taker) = taker.filter(|taker| taker.term().sided && !is_feeling(*taker)) else { return false };
    let answer = next(words).and_then(|answer| taker.parts(&answer.typed));
    answer.is_some_and(|parts| !has_side(&parts)) && !has_own_side(words)
}

/// `lt l5r-`: whether its answer has a side of its own.
fn has_own_side(words: &[Word]) -> bool {
    let Some(touch) = examination().term("lt").and_then(Taker::of) else { return false };
    let sided = |word: &Word| touch.parts(&word.typed).is_some_and(|parts| has_side(&parts));
    words.get(1..with_answer(words)).is_some_and(|answer| answer.iter().any(sided))
}

/// What an `lt` means behind a term with `rt`; without one it is light touch.
fn beside_rt(before: &[Word], words: &[Word], family: Option<&'static Family>) -> Meaning {
    let Some((taker, whole)) = term_with_rt(before, words[0].lines, family) else { return Meaning::Touch };
    let Some(touch) = examination().term("lt").and_then(Taker::of) else { return Meaning::Touch };
    if has_own_side(words) {
        return Meaning::Touch;
    }
    let comma = before.last().is_some_and(|word| word.sign.is_some());
    let Some(answer) = next(words) else {
        // `ehl 4/5 rt, 5/5 lt`
        return if whole && !comma { Meaning::Left } else { Meaning::Touch };
    };
    let is_taken = taker.parts(&answer.typed).is_some_and(|parts| !has_side(&parts));
    let is_touch = touch.parts(&answer.typed).is_some();
    let feels = words
        .get(with_answer(words))
        .filter(|word| word.lines == 0)
        .and_then(|name| Taker::of(term(&name.typed, family)?));
    match (is_taken, is_touch) {
        (true, false) if whole => Meaning::Left,
        (true, true) if whole && comma && !feels.is_some_and(is_feeling) => Meaning::Left,
        (true, _) => Meaning::Unsure,
        (false, _) => Meaning::Touch,
    }
}

/// The last term before, where its answers have `rt` and no other side, or `rt` stands before it; and whether nothing but its
/// answers stands behind it.
fn term_with_rt(before: &[Word], lines: usize, family: Option<&'static Family>) -> Option<(Taker, bool)> {
    if lines > 0 {
        return None;
    }
    let at = before.iter().rposition(|word| term(&word.typed, family).is_some())?;
    let taker = Taker::of(term(&before[at].typed, family)?)?;
    let (behind, first) = (&before[at + 1..], before[at].lines == 0);
    let goes_on = |word: &Word| word.sign.is_none_or(|sign| ",;:".contains(sign));
    if behind.iter().any(|word| word.lines > 0) || !before[at..].iter().all(goes_on) {
        return None;
    }
    let leads = at.checked_sub(1).filter(|_| first).and_then(|at| before.get(at)).filter(|word| word.sign.is_none());
    let has_rt = leads.into_iter().chain(behind).any(is_rt);
    let has_left = behind.iter().any(|word| word.typed == "left");
    let is_answer = |word: &Word| {
        let typed = word.typed.as_str();
        taker.parts(typed).is_some() || taker.is_unit(typed) || FILLERS.contains(&typed)
    };
    (has_rt && !has_left).then(|| (taker, behind.iter().all(is_answer)))
}

/// `rt`, alone or with its answer.
fn is_rt(word: &Word) -> bool {
    word.typed.strip_prefix("rt").is_some_and(|answer| !answer.contains(char::is_alphabetic))
}

/// How many words an `lt` is with its answer as light touch.
pub(super) fn with_answer(words: &[Word]) -> usize {
    let Some(touch) = examination().term("lt").and_then(Taker::of) else { return 1 };
    let mut count = 1;
    while words.get(count - 1..).and_then(next).is_some_and(|word| touch.parts(&word.typed).is_some()) {
        count += 1;
    }
    count
}
