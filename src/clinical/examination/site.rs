//! Places of a finding: levels of the spine, segments, ranges, and the named places of the table.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clinical::facts::examination::{Term, examination};

/// A place, as shorthand writes it: `l5`, `l4/5`, `l5/s1`, `l4-s1`, `trap`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Site(String);

impl Site {
    /// A place from the record, as it was kept there.
    pub const fn kept(text: String) -> Self {
        Self(text)
    }
    /// As it is kept and typed.
    pub fn typed(&self) -> &str {
        &self.0
    }
    /// Whether it is a named place, which stands as a word of its own.
    pub fn is_named(&self) -> bool {
        examination().site_name(&self.0).is_some()
    }
    /// The place in words: `L5`, `L4-S1`, `upper trapezius`.
    pub fn words(&self) -> String {
        examination().site_name(&self.0).map_or_else(|| self.0.to_uppercase(), |name| name.words.clone())
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One vertebra or root: its part of the spine and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Level(u8, u8);

const PARTS: [(char, u8); 4] = [('c', 8), ('t', 12), ('l', 5), ('s', 5)];

impl Level {
    fn new(part: u8, number: u8) -> Option<Self> {
        let (_, most) = *PARTS.get(usize::from(part))?;
        (1..=most).contains(&number).then_some(Self(part, number))
    }
    /// The level below, of the vertebrae: below C7 comes T1.
    fn below(self) -> Option<Self> {
        let Self(part, number) = self;
        let last = [7, 12, 5, 5];
        if number < last[usize::from(part)] { Self::new(part, number + 1) } else { Self::new(part + 1, 1) }
    }
    fn letter(self) -> char {
        PARTS[usize::from(self.0)].0
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letter(), self.1)
    }
}

/// The levels that a text may begin with, longest first, each with what is left.
fn levels(text: &str) -> impl Iterator<Item = (Level, &str)> {
    let mut chars = text.chars();
    let part = chars.next().and_then(|letter| PARTS.iter().position(|(part, _)| *part == letter));
    let rest = chars.as_str();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count().min(2);
    (1..=digits).rev().filter_map(move |digits| {
        let (number, left) = rest.split_at_checked(digits)?;
        Some((Level::new(u8::try_from(part?).ok()?, number.parse().ok()?)?, left))
    })
}

/// The number alone of a level in the same part of the spine, as in `l4/5`.
fn same_part(level: Level, text: &str) -> Option<(Level, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=digits.min(2)).rev().find_map(|digits| {
        let (number, left) = text.split_at_checked(digits)?;
        Some((Level::new(level.0, number.parse().ok()?)?, left))
    })
}

/// The places of a term that a word in lower case may begin with, longest first, each with what is left of the word.
pub(super) fn sites<'a>(term: &Term, word: &'a str) -> Vec<(Site, &'a str)> {
    let mut out = Vec::new();
    let takes = |set: &str| term.sites.iter().any(|of| of == set);
    if takes("segment") {
        spinal(word, true, &mut out);
    } else if takes("root") {
        spinal(word, false, &mut out);
    }
    for set in examination().site.iter().filter(|set| takes(&set.set)) {
        // A named place is a word of its own, or a sign or a digit stands behind it.
        let named = set.names.iter().filter_map(|name| Some((name, word.strip_prefix(name.key.as_str())?)));
        let named = named.filter(|(_, left)| !left.starts_with(|c: char| c.is_alphabetic()));
        out.extend(named.map(|(name, left)| (Site(name.key.clone()), left)));
    }
    out.sort_by_key(|(_, left)| left.len());
    out
}

fn spinal<'a>(word: &'a str, segments: bool, out: &mut Vec<(Site, &'a str)>) {
    for (level, left) in levels(word) {
        if let Some(other) = left.strip_prefix('/') {
            // `l5/s1` and `l4/5` name the segment between two levels.
            let next = levels(other).next().or_else(|| same_part(level, other));
            if let Some((next, left)) = next.filter(|(next, _)| level.below() == Some(*next)) {
                out.push((segment(level, next), left));
            }
        } else if segments && let Some((next, left)) = levels(left).next().or_else(|| same_part(level, left)) {
            // `l45` and `l5s1`, where a segment is meant.
            if level.below() == Some(next) {
                out.push((segment(level, next), left));
            }
        }
        if let Some(other) = left.strip_prefix('-') {
            let to = levels(other).next().or_else(|| same_part(level, other));
            if let Some((to, left)) = to.filter(|(to, _)| level < *to) {
                out.push((Site(format!("{level}-{to}")), left));
            }
        }
        out.push((Site(level.to_string()), left));
    }
}

fn segment(level: Level, next: Level) -> Site {
    Site(if level.0 == next.0 { format!("{level}/{}", next.1) } else { format!("{level}/{next}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_segments_and_ranges_are_read_longest_first() {
        let first = |term: &str, word| {
            let term = examination().term(term).unwrap();
            sites(term, word).first().map(|(site, left)| (site.typed().to_owned(), (*left).to_owned()))
        };
        let some = |site: &str, left: &str| Some((site.to_owned(), left.to_owned()));
        for (term, word, expected) in [
            ("lt", "l5r-", some("l5", "r-")),
            ("lt", "l5-", some("l5", "-")),
            ("lt", "l4-s1r-", some("l4-s1", "r-")),
            ("lt", "l4-5-", some("l4-5", "-").map(|_| ("l4-l5".to_owned(), "-".to_owned()))),
            ("lt", "t12+", some("t12", "+")),
            ("lt", "t13+", some("t1", "3+")),
            ("lt", "l6+", None),
            ("lt", "c8r-", some("c8", "r-")),
            ("power", "l54+", some("l5", "4+")),
            ("pvt", "l45r+", some("l4/5", "r+")),
            ("pvt", "l5s1+", some("l5/s1", "+")),
            ("pvt", "l5/s1+", some("l5/s1", "+")),
            ("pvt", "c7t1+", some("c7/t1", "+")),
            ("pvt", "c7/t1+", some("c7/t1", "+")),
            ("pvt", "t12/l1+", some("t12/l1", "+")),
            ("pvt", "l4+", some("l4", "+")),
            ("pvt", "l4/2+", some("l4", "/2+")),
            ("pvt", "l45", some("l4/5", "")),
            ("tp", "trap", some("trap", "")),
            ("tp", "trap+", some("trap", "+")),
            ("tp", "trapper", None),
            ("slr", "l5", None),
        ] {
            assert_eq!(first(term, word), expected, "{term} {word}");
        }
    }

    #[test]
    fn a_place_is_said_in_words() {
        for (typed, words) in [("l5", "L5"), ("l5/s1", "L5/S1"), ("l4-s1", "L4-S1"), ("trap", "upper trapezius")] {
            assert_eq!(Site::kept(typed.to_owned()).words(), words);
        }
    }
}
