//! What the kinds of fields want to know: ranges, units, words for answers.

use std::borrow::Cow;

use crate::clinical::typed::DateSense;

/// A number: its range, where it becomes unusual, its unit, how fine it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NumSpec {
    /// Smallest value taken.
    pub min: f64,
    /// Largest value taken.
    pub max: f64,
    /// Values outside this are taken, with a word of warning.
    pub warn: (f64, f64),
    /// Unit, shown beside the value.
    pub unit: &'static str,
    /// Digits kept after the decimal sign; an exact slot counts in the last of them.
    pub decimals: u8,
}

/// A score: its range, the words for its answers, and how it is coloured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSpec {
    /// Lowest answer.
    pub min: u8,
    /// Highest answer, 10 at most: beyond that a number field fits better.
    pub max: u8,
    /// The answers there are, lowest first, where they are not simply all from `min` to `max`; may be empty.
    pub only: Cow<'static, [u8]>,
    /// Words for the answers from the lowest up; may be empty.
    pub words: Cow<'static, [Cow<'static, str>]>,
    /// How the digits are coloured.
    pub tone: Tone,
}

/// What a high score means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// High is worse, 0 to 10, coloured as pain.
    Pain,
    /// High is worse, without the ramp.
    Worse,
    /// High is better.
    Better,
}

/// Pain or interference from 0 to 10.
pub const NRS: ScoreSpec = ScoreSpec::toned(0, 10, Tone::Pain);

impl ScoreSpec {
    /// A score of this range, high is worse.
    pub const fn range(min: u8, max: u8) -> Self {
        Self::toned(min, max, Tone::Worse)
    }
    /// A score of this range and this meaning.
    pub const fn toned(min: u8, max: u8, tone: Tone) -> Self {
        Self { min, max, only: Cow::Borrowed(&[]), words: Cow::Borrowed(&[]), tone }
    }
    /// With words for the answers, from the lowest up.
    #[must_use]
    pub fn words(mut self, words: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        self.words = words.into_iter().map(Into::into).collect();
        self
    }
    /// With only these answers, lowest first.
    #[must_use]
    pub fn only(mut self, answers: impl IntoIterator<Item = u8>) -> Self {
        self.only = answers.into_iter().collect();
        self
    }
    /// Is this an answer?
    pub fn takes(&self, value: u8) -> bool {
        self.min <= value && value <= self.max && (self.only.is_empty() || self.only.contains(&value))
    }
    /// Every answer, lowest first.
    pub fn answers(&self) -> impl Iterator<Item = u8> {
        (self.min..=self.max).filter(|value| self.takes(*value))
    }
    /// How many answers there are.
    pub fn count(&self) -> usize {
        if self.only.is_empty() { usize::from(self.max.saturating_sub(self.min)) + 1 } else { self.only.len() }
    }
    /// The answers in words: `0 to 3`, or `0, 2, 4` where some are left out.
    pub fn answers_in_words(&self) -> String {
        if self.only.is_empty() {
            return format!("{} to {}", self.min, self.max);
        }
        self.answers().map(|answer| answer.to_string()).collect::<Vec<_>>().join(", ")
    }
    /// The words for an answer.
    pub fn word(&self, value: u8) -> Option<&str> {
        let at = self.answers().position(|answer| answer == value)?;
        self.words.get(at).map(Cow::as_ref).filter(|word| !word.is_empty())
    }
}

/// A date: which way it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSpec {
    /// Any date; without a year, the nearest.
    Any,
    /// Something that happened: not after today.
    Past,
    /// Something planned: not before today.
    Ahead,
    /// A birth date.
    Birth,
}

impl DateSpec {
    /// How a date without a full year is read.
    pub const fn sense(self) -> DateSense {
        match self {
            Self::Any => DateSense::Near,
            Self::Past => DateSense::Past,
            Self::Ahead => DateSense::Ahead,
            Self::Birth => DateSense::Birth,
        }
    }
}

/// The list a coded text is completed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Medicines.
    Medicine,
    /// Medicines that act on clotting.
    Antithrombotic,
    /// Conditions.
    Condition,
    /// Conditions with the codes of the region.
    Diagnosis,
    /// The patient's problems.
    Problem,
    /// Procedures of the catalogue.
    Procedure,
    /// Levels and structures a procedure aims at; about: the procedure.
    Target,
    /// Patients of the record.
    Patient,
    /// What one can be allergic to.
    Allergen,
    /// Places of the practice.
    Place,
    /// Where it can hurt, and what it can be.
    Hurts,
    /// Words of a piece of the plan; about: the piece.
    PlanPiece,
    /// Who a task can belong to.
    Owner,
}
