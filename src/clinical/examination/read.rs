//! Text to pieces, word by word, in one pass.

use std::ops::Range;

use super::answer::{Gathered, Part, Taker, Took, plain, side_word};
use super::clause::{self, Before, Clause};
use super::phrase::{self, Word};
use super::{Doubt, Finding, Piece, Side, left, merge};
use crate::clinical::facts::examination::{Family, Term, examination};

/// Reads a text. Every text has a reading, and nothing of it is lost: what is no shorthand is prose.
pub fn read(text: &str) -> Vec<Piece> {
    let mut reader = Reader { text, pieces: Vec::new(), family: None, side: None, run: None, prose: Vec::new() };
    let words = left::sides(merge::resolved(phrase::joined(text, &merge::merged(&words(text)))));
    let mut at = 0;
    while let Some(word) = words.get(at) {
        for _ in 0..word.lines {
            reader.end_line();
        }
        at += reader.clause(&words[at..]).unwrap_or_else(|| {
            if word.typed == left::UNSURE {
                return reader.unsure(&words[at..]);
            }
            reader.word(word, &words[at + 1..], clause::goes_on(&words[at..], reader.family));
            1
        });
    }
    reader.end_run();
    reader.end_prose();
    reader.pieces
}

/// The words of a text. A comma or a semicolon also parts words, unless it stands between digits.
fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let (mut from, mut lines) = (None, 0);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if let Some(from) = from.take() {
                cut(text, from..at, &mut lines, &mut out);
            }
            lines += usize::from(c == '\n');
        } else if from.is_none() {
            from = Some(at);
        }
    }
    if let Some(from) = from {
        cut(text, from..text.len(), &mut lines, &mut out);
    }
    out
}

fn cut(text: &str, range: Range<usize>, lines: &mut usize, out: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| range.contains(&at) && bytes.get(at).is_some_and(u8::is_ascii_digit);
    let parts = |at: usize| match bytes.get(at) {
        Some(b';') => true,
        Some(b',') => !(at > range.start && is_digit(at - 1) && is_digit(at + 1)),
        _ => false,
    };
    let mut from = range.start;
    while from < range.end {
        let to = (from..range.end)
            .find(|&at| parts(at))
            .map_or(range.end, |at| (at..range.end).find(|&at| !parts(at)).unwrap_or(range.end));
        let word = text.get(from..to).unwrap_or_default();
        let core = word.trim_end_matches([',', ';', '.', ':', '!', '?']);
        let core_end = from + core.len();
        let sign = text.get(core_end..to).and_then(|signs| signs.chars().next());
        let (name, lines) = (plain(core).replace('’', "'"), std::mem::take(lines));
        let typed = name.strip_suffix("'s").unwrap_or(&name).to_owned();
        out.push(Word { core: from..core_end, whole: from..to, typed, sign, lines });
        from = to;
    }
}

/// A term with its answers, as far as they are read.
struct Run {
    taker: Taker,
    gathered: Gathered,
    count: usize,
    /// Where the answer that is gathered began; the term itself while there is none.
    from: usize,
    to: usize,
    /// The term's own word, for one that got no answer.
    typed: String,
}

impl Run {
    /// Whether it would take the first of the words that is no side.
    fn takes(&self, words: &[Word]) -> bool {
        let answer = words.iter().find(|word| side_word(&word.typed).is_none());
        let parts = answer.and_then(|word| self.taker.parts(&word.typed)).unwrap_or_default();
        let sided = words.first().is_some_and(|word| side_word(&word.typed).is_some());
        let taken = |part: Part| self.gathered.clone().take(part, self.taker.term(), self.count == 0) != Took::No;
        parts.first().is_some_and(|part| sided || taken(part.clone()))
    }
}

struct Reader<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    family: Option<&'static Family>,
    /// The side of the heading: `R shoulder:`.
    side: Option<Side>,
    run: Option<Run>,
    /// The words of prose that are not yet a piece.
    prose: Vec<Word>,
}

impl Reader<'_> {
    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Reads a term with its answers at the beginning of the words, where they stand in the order in which a physician
    /// writes them and not in that of the shorthand; how many words it took.
    fn clause(&mut self, words: &[Word]) -> Option<usize> {
        // A side behind an answer that has none belongs to it, and not to the term that follows.
        let wants_side = self.run.as_ref().is_some_and(|run| run.taker.term().sided && run.gathered.wants_side());
        let comma = self.prose.is_empty() && self.run.as_ref().is_some_and(|run| self.slice(0..run.to).ends_with(','));
        let open = self.run.as_ref().is_some_and(|run| run.takes(words)) && !comma;
        let before = Before { owns_side: wants_side && !comma, open, prose: &self.prose };
        let Clause { words: count, found } = clause::clause(words, self.family, before)?;
        self.end_run();
        self.end_prose();
        let (first, last) = (words.first()?, words.get(count - 1)?);
        match found {
            Ok(found) if found.is_empty() => {
                let taker = self.term(&first.typed).and_then(Taker::of)?;
                self.no_answer(taker.term(), &first.typed, first.whole.clone());
            }
            Ok(found) => {
                for finding in found {
                    self.found(finding);
                }
                // Nothing that follows belongs to it.
                self.stop(last.sign.filter(|sign| *sign != ',').unwrap_or(';'));
            }
            Err(doubt) => {
                let text = self.slice(first.whole.start..last.whole.end).to_owned();
                self.push(Piece::Unread(text, doubt));
            }
        }
        Some(count)
    }

    /// Marks an `lt` that may be left, with its answer; how many words they are.
    fn unsure(&mut self, words: &[Word]) -> usize {
        self.end_run();
        self.end_prose();
        let count = left::with_answer(words);
        if let (Some(first), Some(last)) = (words.first(), words.get(count - 1)) {
            let text = self.slice(first.whole.start..last.whole.end).to_owned();
            self.push(Piece::Unread(text, Doubt::WhichSide));
        }
        count
    }

    /// `RUE 5/5`: a limb with a grade of power behind it needs no term. In `RLE: 3/5 EHL` the grade is that of the muscle.
    fn limb(&mut self, word: &Word, rest: &[Word]) -> bool {
        const LIMBS: [&str; 6] = ["rue", "lue", "bue", "rle", "lle", "ble"];
        let graded = rest.first().is_some_and(|next| next.lines == 0 && next.typed.ends_with("/5"))
            && !super::led::is_of_the_next(rest, self.family);
        let open = matches!(word.sign, None | Some(':'));
        let taker = examination().term("power").and_then(Taker::of);
        let Some(taker) = taker.filter(|_| graded && open && LIMBS.contains(&word.typed.as_str())) else {
            return false;
        };
        self.begin(taker, &Word { sign: None, ..word.clone() }, word.typed.clone());
        self.answer(word)
    }

    /// Reads a word; `rest` are those behind it, and `goes_on` says that prose goes on there.
    fn word(&mut self, word: &Word, rest: &[Word], goes_on: bool) {
        let typed = word.typed.clone();
        if self.run.is_some() {
            // `swelling no better` is prose, and no swelling that is absent.
            let is_prose = goes_on && clause::WORDY.contains(&typed.as_str());
            if !is_prose && self.answer(word) {
                if let Some(stop) = word.sign.filter(|sign| *sign != ',') {
                    self.end_run();
                    self.stop(stop);
                }
                return;
            }
            // A second side is not prose, so the first was none either.
            let puzzles = self.run.as_ref().is_some_and(|run| run.taker.parts(&typed).is_some());
            self.finish_run(!puzzles);
            // A sign that stands by itself ends the answers as well.
            if typed.is_empty() && matches!(self.pieces.last(), Some(Piece::Finding(_))) {
                self.stop(word.sign.unwrap_or('.'));
                return;
            }
        }
        if self.slice(word.core.end..word.whole.end) == ":"
            && let Some(family) = phrase::heading(word, self.prose.last())
        {
            // `Lumbar ROM:` is one heading.
            let before = if examination().heading(&typed).is_none() { self.prose.pop() } else { None };
            let from = before.map_or(word.core.start, |before| before.core.start);
            // `R shoulder:` and `shoulder R:` hold for all that has no side of its own.
            let behind = side_word(&typed);
            let side = |word: &mut Word| behind.is_none() && word.sign.is_none() && side_word(&word.typed).is_some();
            let sided = self.prose.pop_if(side);
            self.side = behind.or_else(|| sided.as_ref().and_then(|word| side_word(&word.typed)));
            let from = sided.map_or(from, |word| word.core.start);
            self.end_prose();
            self.family = Some(family);
            self.pieces.push(Piece::Heading(self.slice(from..word.core.end).to_owned()));
            return;
        }
        if self.limb(word, rest) {
            return;
        }
        match self.term(&typed).and_then(Taker::of) {
            Some(taker) => self.begin(taker, word, typed),
            None => self.no_term(word),
        }
    }

    fn term(&self, typed: &str) -> Option<&'static Term> {
        phrase::term(typed, self.family)
    }

    fn begin(&mut self, taker: Taker, word: &Word, typed: String) {
        self.end_prose();
        let to = word.whole.end;
        self.run = Some(Run { taker, gathered: Gathered::default(), count: 0, from: word.core.start, to, typed });
        if word.sign.is_some_and(|sign| !",:".contains(sign)) {
            self.end_run();
        }
    }

    /// Takes a word as an answer of the term; false where it is none.
    fn answer(&mut self, word: &Word) -> bool {
        let Some(run) = &mut self.run else { return false };
        let Some(parts) = run.taker.parts(&word.typed) else { return false };
        let term = run.taker.term();
        let mut after = run.gathered.clone();
        let (mut found, mut count, mut from) = (Vec::new(), run.count, run.from);
        for part in parts {
            if after.is_empty() && count > 0 {
                from = word.core.start;
            }
            match after.take(part, term, count == 0) {
                Took::Here => {}
                Took::Next(finding) => {
                    found.push(finding);
                    count += 1;
                    from = word.core.start;
                }
                Took::No => return false,
            }
        }
        (run.gathered, run.count, run.from, run.to) = (after, count, from, word.whole.end);
        for finding in found {
            self.found(finding);
        }
        true
    }

    /// Adds a finding; without a side of its own it has that of the heading.
    fn found(&mut self, mut finding: Finding) {
        let own = |family: &&Family| family.terms.iter().any(|term| term.key == finding.term && term.sided);
        let side = self.side.filter(|_| self.family.as_ref().is_some_and(own));
        finding.side = finding.side.or(side);
        self.pieces.push(Piece::Finding(finding));
    }

    fn end_run(&mut self) {
        self.finish_run(true);
    }

    fn finish_run(&mut self, side_may_follow: bool) {
        let Some(mut run) = self.run.take() else { return };
        let term = run.taker.term();
        // `slr positive right`: a side alone behind the first answer belongs to it.
        if let Some(side) = run.gathered.only_side().filter(|_| side_may_follow)
            && run.count == 1
            && let Some(Piece::Finding(Finding { side: slot @ None, .. })) = self.pieces.last_mut()
        {
            *slot = Some(side);
            return;
        }
        let empty = run.gathered.is_empty();
        if let Some(finding) = run.gathered.finish(term) {
            self.found(finding);
        } else if run.count == 0 || !empty {
            if empty {
                return self.no_answer(term, &run.typed, run.from..run.to);
            }
            let text = self.slice(run.from..run.to).to_owned();
            self.push(Piece::Unread(text, Doubt::NoAnswer));
        }
    }

    /// A term without an answer: one that is a word of its own name is prose, as in `gait with a limp`.
    fn no_answer(&mut self, term: &Term, typed: &str, range: Range<usize>) {
        let text = self.slice(range).to_owned();
        let is_word = is_word_of(term, typed) || ["dtr", "dtrs"].contains(&typed);
        self.push(if is_word { Piece::Prose(text) } else { Piece::Unread(text, Doubt::NoAnswer) });
    }

    fn no_term(&mut self, word: &Word) {
        let number = word.typed.starts_with(|c: char| c.is_ascii_digit());
        let within = |before: &Word| before.sign.is_none() && examination().is_within(&before.typed);
        let is_answer = looks_like_answer(&word.typed) || (number && self.prose.last().is_some_and(within));
        if !is_answer {
            self.prose.push(word.clone());
            return;
        }
        // The word before it was meant as a term, unless something ends there.
        let after_finding = self.prose.is_empty() && matches!(self.pieces.last(), Some(Piece::Finding(_)));
        let meant = self.prose.pop_if(|before| before.sign.is_none());
        let from = meant.as_ref().map_or(word.whole.start, |meant| meant.whole.start);
        let doubt = match &meant {
            Some(meant) if examination().is_within(&meant.typed) => Doubt::WhichFamily,
            None if after_finding => Doubt::NotTaken,
            _ => Doubt::NoTerm,
        };
        self.end_prose();
        let text = self.slice(from..word.whole.end).to_owned();
        self.push(Piece::Unread(text, doubt));
    }

    /// Adds a piece of text; prose goes on in the prose before it, and what was not read in what was not.
    fn push(&mut self, piece: Piece) {
        match (self.pieces.last_mut(), piece) {
            (Some(Piece::Prose(before)), Piece::Prose(text))
            | (Some(Piece::Unread(before, Doubt::NoTerm)), Piece::Unread(text, Doubt::NoTerm)) => {
                before.push(' ');
                before.push_str(&text);
            }
            (_, piece) => self.pieces.push(piece),
        }
    }

    /// Ends the answers of a term; what was not read holds its sign itself.
    fn stop(&mut self, sign: char) {
        if !matches!(self.pieces.last(), Some(Piece::Finding(_))) {
            return;
        }
        self.pieces.push(Piece::Stop(if sign == '\n' {
            '\n'
        } else if sign == ';' {
            ';'
        } else {
            '.'
        }));
    }

    fn end_prose(&mut self) {
        if let (Some(first), Some(last)) = (self.prose.first(), self.prose.last()) {
            let text = self.slice(first.whole.start..last.whole.end).to_owned();
            self.prose.clear();
            self.push(Piece::Prose(text));
        }
    }

    fn end_line(&mut self) {
        self.end_run();
        self.end_prose();
        (self.family, self.side) = (None, None);
        self.pieces.push(Piece::Stop('\n'));
    }
}

/// Whether what was typed is an ordinary word and no abbreviation: a long one, or one of the term's own name or its
/// beginning, such as `gait`, and `weak` of weakness.
fn is_word_of(term: &Term, typed: &str) -> bool {
    let begins = |word: &str| word == typed || typed.len() >= 5 || (typed.len() == 4 && word.starts_with(typed));
    term.name.split([' ', '-']).any(begins)
}

/// Whether a word can hardly be anything but an answer: `r4+`, `l5r-`, `r45`, `++`.
fn looks_like_answer(word: &str) -> bool {
    let rest = word.trim_end_matches(['+', '-', '±', '°', '/']);
    let signs = rest.len() < word.len();
    if rest.is_empty() {
        return word.chars().all(|c| c == '+');
    }
    if word
        .strip_suffix("/5")
        .is_some_and(|grade| ["0", "1", "2", "3", "4", "5"].contains(&grade.trim_end_matches(['+', '-'])))
    {
        return true;
    }
    let no_digits = rest.trim_matches(|c: char| c.is_ascii_digit());
    let letters = no_digits.chars().filter(|c| c.is_alphabetic()).count();
    let digits = rest.chars().any(|c| c.is_ascii_digit());
    let side = no_digits.ends_with(['r', 'l', 'b']) || no_digits.is_empty();
    let mut known = rest.chars().all(|c| c.is_ascii_alphanumeric() || "./".contains(c));
    known &= rest.starts_with(['r', 'l', 'b', 'c', 't', 's']) || rest.starts_with(|c: char| c.is_ascii_digit());
    match (signs, digits) {
        (true, true) => known && (1..=2).contains(&letters),
        (true, false) => known && side && letters == 1,
        // `r45` and `l4r5`; `l5` is a level, `b12` a vitamin.
        (false, true) => known && letters == 1 && word.starts_with('r') && word.len() > 1,
        (false, false) => false,
    }
}
