//! What was typed, as a query that is never wrong, and one that finds the newest without looking at all the rest.
//!
//! The index keeps the beginnings of words of a few lengths ([`KEPT`]): texts with one of them come newest first, one by one.
//! For a beginning of any other length it would first gather every text there ever was. So such a one is looked for by a
//! beginning that is kept, or only by the other words, and each text that comes is looked at for the rest of it. That is
//! over soon for a word that is in use; for one that is rare in what is new, all texts are gathered after all, and are few.

use std::ops::RangeInclusive;

use crate::clinical::text::{clean_line, fold};

/// Words looked at in a query; more only slow it down.
const WORDS: usize = 32;
/// Characters of a word that count.
const LETTERS: usize = 64;
/// The lengths of beginnings that the index keeps, as its table says.
const KEPT: RangeInclusive<usize> = 3..=6;
/// So many texts are looked at for the rest of a word.
const LOOKED_AT: u32 = 200;
/// So many of the newest texts are looked at for one or two letters, which almost every text holds somewhere.
const NEWEST: u32 = 2000;
/// Words shown around a hit, and how many of them before it.
const AROUND: (usize, usize) = (16, 5);

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// Finds every text there is.
    pub whole: Walk,
    /// Where that would gather every text first: finds the newest, if they are not too rare.
    pub quick: Option<Walk>,
    /// All words but the last, folded.
    others: Vec<String>,
    /// What a word begins with, folded.
    last: String,
}

/// Texts that come one by one, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Walk {
    /// What the index is asked; without it all texts come.
    pub index: Option<String>,
    /// Whether what the index gives holds all that is looked for; if not, each text is looked at for the last word.
    pub is_whole: bool,
    /// So many texts are looked at.
    pub most: Option<u32>,
}

impl Query {
    /// Reads what was typed; none if there is no word in it.
    pub(super) fn of(typed: &str) -> Option<Self> {
        let words: Vec<String> = clean_line(typed)
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .take(WORDS)
            .map(|word| word.chars().take(LETTERS).collect())
            .collect();
        let (last, others) = words.split_last()?;
        let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
        let before: Vec<String> = others.iter().map(|word| quoted(word)).collect();
        let before = before.join(" ");
        let with = |last: &str| format!("{before} {}*", quoted(last)).trim_start().to_owned();
        let letters = last.chars().count();
        let quick = if !last.chars().all(char::is_alphanumeric) || KEPT.contains(&letters) {
            None
        } else if letters > *KEPT.end() {
            let kept: String = last.chars().take(*KEPT.end()).collect();
            Some(Walk { index: Some(with(&kept)), is_whole: false, most: Some(LOOKED_AT) })
        } else if others.is_empty() {
            Some(Walk { index: None, is_whole: false, most: Some(NEWEST) })
        } else {
            Some(Walk { index: Some(before.clone()), is_whole: false, most: Some(LOOKED_AT) })
        };
        let whole = Walk { index: Some(with(last)), is_whole: true, most: None };
        Some(Self { whole, quick, others: others.iter().map(|word| fold(word)).collect(), last: fold(last) })
    }

    /// Whether a word of the text begins with the last that was typed.
    pub(super) fn last_is_in(&self, text: &str) -> bool {
        fold(text).split(' ').any(|word| word.starts_with(&self.last))
    }

    /// The words around the first of a text that was looked for.
    pub(super) fn around(&self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_hit = |word: &str| {
            let word = fold(word);
            self.others.contains(&word)
                || word.starts_with(&self.last)
                || word.split(' ').any(|part| part.starts_with(&self.last))
        };
        let at = words.iter().position(|word| is_hit(word)).unwrap_or(0);
        let from = at.saturating_sub(AROUND.1);
        let to = (from + AROUND.0).min(words.len());
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        format!("{}{}{}", cut(from > 0), words[from..to].join(" "), cut(to < words.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_beginning_of_a_length_that_is_not_kept_is_looked_for_in_another_way() {
        for (typed, whole, quick) in [
            ("sho", r#""sho"*"#, None),
            ("should", r#""should"*"#, None),
            ("shoulder", r#""shoulder"*"#, Some((Some(r#""should"*"#), "shoulder"))),
            ("left SCHULTERN", r#""left" "SCHULTERN"*"#, Some((Some(r#""left" "SCHULT"*"#), "schultern"))),
            ("left s", r#""left" "s"*"#, Some((Some(r#""left""#), "s"))),
            ("s", r#""s"*"#, Some((None, "s"))),
            ("L5", r#""L5"*"#, Some((None, "l5"))),
            ("a-", r#""a-"*"#, None),
            ("give-way", r#""give-way"*"#, None),
            ("left \"give", r#""left" """give"*"#, None),
        ] {
            let query = Query::of(typed).unwrap();
            assert_eq!(query.whole.index.as_deref(), Some(whole));
            let said = query.quick.as_ref().map(|walk| (walk.index.as_deref(), query.last.as_str()));
            assert_eq!(said, quick, "{typed}");
        }
        assert_eq!(Query::of(" - \" * ( "), None);
    }

    #[test]
    fn a_hit_is_shown_among_its_words() {
        let long = format!("L5 {}", "word ".repeat(30));
        for (typed, text, shown) in [
            ("l5", "TFESI\nL5 left", "TFESI L5 left"),
            ("l5", "L5", "L5"),
            ("l5", "a b c d e f L5-S1 g", "…b c d e f L5-S1 g"),
            ("s1", "a b c d e f L5-S1 g", "…b c d e f L5-S1 g"),
            ("groß sch", "a b c d e f (GROSS) g", "…b c d e f (GROSS) g"),
            ("give-way", "a b c d e f give-way g", "…b c d e f give-way g"),
            ("l5", &long, &format!("L5{}…", " word".repeat(15))),
            ("l5", "", ""),
        ] {
            assert_eq!(Query::of(typed).unwrap().around(text), shown, "{typed}");
        }
    }
}
