//! Examination shorthand: `slr r45+ ehl r4+ lt l5r-` becomes data and a sentence, live, while it is typed.
//!
//! # The grammar
//!
//! A text is a row of words. A **term** begins a finding; the words behind it are its **answers**, as long as it can
//! take them. Whatever is no shorthand is prose and stays as it was typed.
//!
//! ```text
//! text    := { heading | finding | prose }
//! heading := family ":"                 hip:  shoulder:  until the end of the line
//! finding := term { answer }            slr r45+ l80-    a term with one or more answers
//! answer  := [ site ] [ side ] [ figure ] [ grade ]      in one word or in several, site and side in either order
//! side    := "r" | "l" | "b"            also right, left, both, rt; and lt beside rt or a term
//! site    := l5 | l4/5 | l5/s1 | l4-s1  a level, a segment, a range; or a named place such as trap, median, hand
//!          | r>l | l>r                  on both sides, more on one of them: an answer by itself
//! figure  := 45 | 1.5                   in the unit of the term, which may stand behind it: 45°, 12cm
//! grade   := + | - | ± | n | 4+ | 2+ …  of the scale of the term, or its word: positive, absent, antalgic
//! ```
//!
//! - The side may also stand before the term or behind the answer: `R SLR + at 45`, `ehl 4/5 R, 5/5 L`. Where it cannot
//!   be told what belongs to what, nothing is guessed: it is marked.
//! - An answer may stand before its term at the beginning of a clause: `positive slr r, negative slump`, `5/5 EHL`,
//!   `mild effusion`, `intact to lt and pp`. Behind other prose, or before words such as `last year`, it is marked.
//! - Two terms may share an answer: `hoff and clonus neg`, `lt/pp intact`.
//! - `R shoulder:` gives its side to all terms of the shoulder that have none of their own.
//! - `no effusion` is that it is absent, `no ttp l4/5 r` that it is absent there; where a place without an answer may be
//!   denied by a word near it, it is marked. `r+/l-` are two answers, `2+/2+` is both sides; `1+/2+` of a reflex, a
//!   pulse or a plantar response is right and left, of anything else it is marked.
//! - Behind a comma the answers of a term go on; `;`, `.`, `:` and the end of the line end them.
//! - A site holds for the answers behind it: `lt l5r- l+` is L5 on both sides.
//! - Under the heading of its family a term may be typed shorter: `hip: flex r100 ir r15+`.
//! - A word that looks like shorthand and is none, and a term without an answer, is **marked**; it is never lost.
//!
//! The words themselves are data: `assets/examination.toml`. A term is added there and nowhere else.
//! `daysheet examination` prints them all, and the help of the field shows them.
//!
//! # Where things are
//!
//! [`read()`] makes [`Piece`]s of a text, `phrase` finds the words that make a term, `answer` reads those behind it, `clause`
//! and `led` bring answers in other orders into that of the grammar, `merge` makes one of words that are one, [`site`] reads the places. [`canonical`] prints
//! pieces as shorthand: what is printed reads as the same pieces. [`sentence`] says them in full words, [`change`]
//! compares two visits, [`budapest`] counts the signs of CRPS, [`guide`] is the published list of words.
//!
//! # What is kept
//!
//! The text as it was typed, and beside it the findings as a list ([`record`]), which a query takes apart with
//! `json_each`. They could be read again from the text; they are kept because the words of the shorthand may change with
//! a later version, and what was read and shown on the day must not. They are one column and no table of their own: an
//! examination has a dozen findings, and as rows each would stand twice in the log and outweigh the text it came from.
//! Two visits are compared by reading both texts with the words of today.

mod answer;
pub mod budapest;
pub mod change;
mod clause;
mod denied;
pub mod guide;
mod led;
mod left;
mod merge;
mod phrase;
mod print;
mod read;
pub mod sentence;
pub mod site;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use print::canonical;
pub use read::read;
pub use site::Site;

use super::facts::examination::{Answer, Scale, Term, examination};

crate::vocab! {
    /// A side of the patient, as found.
    pub enum Side {
        /// The patient's right.
        Right "right" "right",
        /// The patient's left.
        Left "left" "left",
        /// Both sides alike.
        Both "both" "both sides",
        /// On both sides, more on the right.
        RightMore "right_more" "right more than left",
        /// On both sides, more on the left.
        LeftMore "left_more" "left more than right",
    }
}

impl Side {
    /// What is typed.
    pub const fn typed(self) -> &'static str {
        match self {
            Self::Right => "r",
            Self::Left => "l",
            Self::Both => "b",
            Self::RightMore => "r>l",
            Self::LeftMore => "l>r",
        }
    }

    /// Whether it says that the sides differ, which is an answer by itself.
    pub const fn compares(self) -> bool {
        matches!(self, Self::RightMore | Self::LeftMore)
    }
}

/// One thing found: a term with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The key of its term.
    pub term: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// On which side; none was not said, or there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// A figure, in tenths of the unit of the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenths: Option<u16>,
    /// The key of the answer on the scale of the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
}

impl Finding {
    /// Its term; none where the words of a later version do not know it.
    pub fn known(&self) -> Option<&'static Term> {
        examination().term(&self.term)
    }
    fn scale(&self) -> Option<&'static Scale> {
        examination().scale_of(self.known()?)
    }
    fn answer(&self) -> Option<&'static Answer> {
        self.scale()?.answer(self.grade.as_deref()?)
    }
    /// Whether the answer departs from the normal.
    pub fn is_abnormal(&self) -> bool {
        self.side.is_some_and(Side::compares) || self.answer().is_some_and(|answer| answer.abnormal)
    }
}

/// Why a piece of shorthand could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A term without an answer.
    NoAnswer,
    /// A word before an answer that is no term.
    NoTerm,
    /// A term that several families know: their heading says which.
    WhichFamily,
    /// An answer that the term does not take.
    NotTaken,
    /// Sides and answers of which it cannot be told what belongs to what.
    WhichSide,
    /// A place with a word near it that may deny it.
    Denied,
}

impl Doubt {
    /// The doubt in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoAnswer => "no answer yet",
            Self::NoTerm => "not a known word",
            Self::WhichFamily => "of which joint? put its heading before it, such as hip:",
            Self::NotTaken => "this answer does not fit",
            Self::WhichSide => "which side has which? put the side first: r4 l5",
            Self::Denied => "is it there or not? put + or - behind it",
        }
    }
}

/// A piece of an examination's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The heading of a family, as typed.
    Heading(String),
    /// A finding.
    Finding(Finding),
    /// Prose, as typed.
    Prose(String),
    /// What looks like shorthand and is none, as typed.
    Unread(String, Doubt),
    /// What ends the answers of a term: `;`, `.` or the end of a line.
    Stop(char),
}

/// The findings of a text, in order.
pub fn findings(text: &str) -> Vec<Finding> {
    let finding = |piece| if let Piece::Finding(finding) = piece { Some(finding) } else { None };
    read(text).into_iter().filter_map(finding).collect()
}

/// The findings of a text as the record keeps them: a JSON list.
pub fn record(text: &str) -> String {
    serde_json::to_string(&findings(text)).unwrap_or_else(|_| "[]".to_owned())
}
