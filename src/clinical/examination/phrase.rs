//! The words of a text, and which of them together are the name of a term: `thigh thrust`, `hip internal rotation`.

use super::answer::side_word;
use std::ops::Range;

use super::answer::Taker;
use crate::clinical::facts::examination::{Family, Term, examination};

/// A word of the text, or several that name a term, without the sign that ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Without the signs behind it.
    pub(super) core: Range<usize>,
    /// With them.
    pub(super) whole: Range<usize>,
    /// As it is read: in lower case.
    pub(super) typed: String,
    /// The first of the signs behind it.
    pub(super) sign: Option<char>,
    /// How many lines end before it.
    pub(super) lines: usize,
}

/// No term has more words.
const MOST: usize = 4;

/// What a word means: a term of the open family, else of any.
pub(super) fn term(typed: &str, family: Option<&'static Family>) -> Option<&'static Term> {
    let within = |family: &'static Family| family.terms.iter().find(|term| term.is_within(typed));
    family.and_then(within).or_else(|| examination().term(typed))
}

/// The family that a word with a colon opens: `knee:`, and `rom:` or the side behind the word of a family.
pub(super) fn heading(word: &Word, before: Option<&Word>) -> Option<&'static Family> {
    let of = |word: &Word| examination().heading(&word.typed);
    let named = ["rom", "exam", "examination"].contains(&word.typed.as_str()) || side_word(&word.typed).is_some();
    let more = named && word.lines == 0;
    of(word).or_else(|| of(before.filter(|before| more && before.sign.is_none())?))
}

/// The words, those that name a term together as one, and a sign that stands at its term by itself: `fadir+`.
pub(super) fn joined(text: &str, words: &[Word]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let (mut at, mut family) = (0, None);
    while let Some(word) = words.get(at) {
        if word.lines > 0 {
            family = None;
        }
        if let Some((phrase, count)) = named(text, &words[at..], family) {
            out.extend(phrase);
            at += count;
            continue;
        }
        if text.get(word.core.end..word.whole.end) == Some(":") {
            family = heading(word, out.last()).or(family);
        }
        match signed(text, word, family) {
            Some(both) => out.extend(both),
            None => match two_terms(text, word, family) {
                Some(three) => out.extend(three),
                None => out.push(word.clone()),
            },
        }
        at += 1;
    }
    out
}

/// The longest name of a term of several words that the words begin with, apart from a sign at its end, and how many they are.
fn named(text: &str, words: &[Word], family: Option<&'static Family>) -> Option<(Vec<Word>, usize)> {
    let first = words.first()?;
    let open = |word: &Word| word.sign.is_none();
    (2..=words.len().min(MOST)).rev().find_map(|count| {
        let (last, before) = words.get(..count)?.split_last()?;
        let whole = before.iter().all(open) && words.get(1..count)?.iter().all(|word| word.lines == 0);
        let typed = words.get(..count)?.iter().map(|word| word.typed.as_str()).collect::<Vec<_>>().join(" ");
        let known = term(&typed, family).is_some() || examination().is_within(&typed);
        let (core, all) = (first.core.start..last.core.end, first.whole.start..last.whole.end);
        let phrase = Word { core, whole: all, typed, sign: last.sign, lines: first.lines };
        let found = if known { Some(vec![phrase]) } else { signed(text, &phrase, family).map(Vec::from) };
        found.filter(|_| whole).map(|found| (found, count))
    })
}

/// `lt/pp`: two terms in one word, as three.
fn two_terms(text: &str, word: &Word, family: Option<&'static Family>) -> Option<[Word; 3]> {
    let (one, other) = word.typed.split_once('/')?;
    term(one, family).and(term(other, family))?;
    let at = word.core.start + text.get(word.core.clone())?.find('/')?;
    let piece = |typed: &str, core: Range<usize>, whole: Range<usize>, sign, lines| Word {
        core,
        whole,
        typed: typed.to_owned(),
        sign,
        lines,
    };
    Some([
        piece(one, word.core.start..at, word.core.start..at, None, word.lines),
        piece("/", at..at + 1, at..at + 1, None, 0),
        piece(other, at + 1..word.core.end, at + 1..word.whole.end, word.sign, 0),
    ])
}

/// A term with its sign in one word, as two; only where the term takes that sign, so that none is torn apart in vain.
fn signed(text: &str, word: &Word, family: Option<&'static Family>) -> Option<[Word; 2]> {
    // Before its term it is a word of its own, also where the heading is missing that says which term that is.
    let ahead = word.typed.strip_prefix(['+', '-', '±']);
    let shorter = |stem: &str| stem.contains(' ') && examination().is_within(stem);
    if let Some(stem) = ahead.filter(|stem| shorter(stem) || term(stem, family).is_some()) {
        let first = text.get(word.core.clone())?.chars().next()?.len_utf8();
        let (from, cut) = (word.core.start, word.core.start + first);
        let sign = word.typed[..word.typed.len() - stem.len()].to_owned();
        let sign = Word { core: from..cut, whole: from..cut, typed: sign, sign: None, ..*word };
        let name =
            Word { core: cut..word.core.end, whole: cut..word.whole.end, typed: stem.to_owned(), lines: 0, ..*word };
        return Some([sign, name]);
    }
    let stem = word.typed.trim_end_matches(['+', '-', '±']);
    let sign = &word.typed[stem.len()..];
    if sign.is_empty() || term(&word.typed, family).is_some() {
        return None;
    }
    let taker = Taker::of(term(stem, family)?)?;
    taker.parts(sign)?;
    // A sign of a word processor is longer than the one it is read as.
    let typed = text.get(word.core.clone())?;
    let cut = word.core.start + typed.char_indices().rev().nth(sign.chars().count() - 1)?.0;
    let name =
        Word { core: word.core.start..cut, whole: word.core.start..cut, typed: stem.to_owned(), sign: None, ..*word };
    let answer =
        Word { core: cut..word.core.end, whole: cut..word.whole.end, typed: sign.to_owned(), lines: 0, ..*word };
    Some([name, answer])
}
