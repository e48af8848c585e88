//! The questions of each calculator, as data: the terminal asks them in words, and the answers make its JSON input.

use super::json::Json;
use crate::clinical::facts::instruments::{Instrument, Item, instruments};
use crate::clinical::instrument::item_values;

/// Whether a question is asked, by what was answered before it in the same row or group.
pub type When = fn(&[(String, Json)]) -> bool;

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    /// The input it fills.
    pub key: String,
    /// The words that are asked.
    pub words: String,
    /// What answers it.
    pub kind: Kind,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Asked only where this holds for what was answered before it in the same row or group.
    pub when: Option<When>,
}

/// What answers a question.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A number.
    Number,
    /// One of these whole numbers: the answers to an item.
    OneOf(Vec<i32>),
    /// Yes or no.
    YesNo,
    /// A date as 2026-11-24.
    Date,
    /// A word; empty list: any.
    Word(Vec<String>),
    /// Words with commas between them.
    Words(Vec<String>),
    /// Several questions that make one object.
    Group(Vec<Question>),
    /// Rows of questions, until the first is left empty.
    Rows(Vec<Question>),
}

impl Question {
    fn of(key: &str, words: &str, kind: Kind) -> Self {
        Self { key: key.to_owned(), words: words.to_owned(), kind, optional: false, when: None }
    }
    /// A number.
    pub fn number(key: &str, words: &str) -> Self {
        Self::of(key, words, Kind::Number)
    }
    /// One of these whole numbers.
    pub fn one_of(key: &str, words: &str, answers: Vec<i32>) -> Self {
        Self::of(key, words, Kind::OneOf(answers))
    }
    /// Yes or no.
    pub fn yes_no(key: &str, words: &str) -> Self {
        Self::of(key, words, Kind::YesNo)
    }
    /// A date.
    pub fn date(key: &str, words: &str) -> Self {
        Self::of(key, words, Kind::Date)
    }
    /// A word of a list.
    pub fn word<'a>(key: &str, words: &str, choices: impl IntoIterator<Item = &'a str>) -> Self {
        Self::of(key, words, Kind::Word(choices.into_iter().map(str::to_owned).collect()))
    }
    /// Words of a list; none is an answer too.
    pub fn words<'a>(key: &str, words: &str, choices: impl IntoIterator<Item = &'a str>) -> Self {
        Self::of(key, words, Kind::Words(choices.into_iter().map(str::to_owned).collect()))
    }
    /// Several questions that make one object.
    pub fn group(key: &str, words: &str, questions: Vec<Self>) -> Self {
        Self::of(key, words, Kind::Group(questions))
    }
    /// Rows of questions.
    pub fn rows(key: &str, words: &str, questions: Vec<Self>) -> Self {
        Self::of(key, words, Kind::Rows(questions))
    }
    /// May be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
    /// Asked only where this holds.
    #[must_use]
    pub fn when(mut self, when: When) -> Self {
        self.when = Some(when);
        self
    }
}

/// The items of an instrument, asked one by one with their anchors or words.
pub fn items(id: &str) -> Vec<Question> {
    instruments().get(id).map(items_of).unwrap_or_default()
}

/// The items of this instrument.
pub fn items_of(instrument: &Instrument) -> Vec<Question> {
    if instrument.items.is_empty() {
        let levels: Vec<String> =
            instrument.levels.iter().map(|level| format!("{} {}", level.value, level.label)).collect();
        let words = format!("{} ({})", instrument.name, levels.join(", "));
        return vec![Question::one_of("value", &words, item_values(instrument, None))];
    }
    instrument.items.iter().map(|item| item_question(instrument, item)).collect()
}

/// One item, asked with its anchors or words.
pub fn item_question(instrument: &Instrument, item: &Item) -> Question {
    let values = item_values(instrument, Some(item));
    let options = if item.options.is_empty() { &instrument.options } else { &item.options };
    let scale = if options.len() == values.len() {
        let each: Vec<String> = values.iter().zip(options).map(|(value, word)| format!("{value} {word}")).collect();
        each.join(", ")
    } else {
        let (low, high) = (values.first().copied().unwrap_or(0), values.last().copied().unwrap_or(0));
        let anchor = |words: &Option<String>| words.as_ref().map(|words| format!(" {words}")).unwrap_or_default();
        format!("{low}{} to {high}{}", anchor(&item.anchor_min), anchor(&item.anchor_max))
    };
    Question::one_of(&item.id, &format!("{} ({scale})", item.label), values)
}
