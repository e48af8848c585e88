//! The evening's reflection: prompts, free text, energy and strain. Sealed in the file, apart from the charts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::answer::Answer;
use super::board::{Board, Mark};
use super::id::ReflectionId;

/// What was written in one evening. Everything in it is sealed before it reaches the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReflectionText {
    /// Free text.
    pub text: String,
    /// Answers to the evening's prompts: the prompt as it was put, and the answer.
    pub answers: Vec<(String, String)>,
    /// Energy left, 1 (empty) to 5 (full); none is skipped.
    pub energy: Option<u8>,
    /// Strain of the day, 1 (light) to 5 (heavy); none is skipped.
    pub strain: Option<u8>,
}

impl ReflectionText {
    /// Whether nothing was written or answered.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && self.energy.is_none()
            && self.strain.is_none()
            && self.answers.iter().all(|(_, answer)| answer.trim().is_empty())
    }
}

impl Zeroize for ReflectionText {
    fn zeroize(&mut self) {
        self.text.zeroize();
        for (prompt, answer) in &mut self.answers {
            prompt.zeroize();
            answer.zeroize();
        }
        self.energy.zeroize();
        self.strain.zeroize();
    }
}

/// A reflection with the evening it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// Identity.
    pub id: ReflectionId,
    /// The evening.
    pub date: NaiveDate,
    /// What was written.
    pub text: ReflectionText,
}

/// A reflection as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReflectionDraft {
    /// Free text.
    pub text: String,
    /// The evening's prompts and what was answered.
    pub answers: Vec<(String, String)>,
    /// Energy left, 1 to 5.
    pub energy: Option<Answer>,
    /// Strain of the day, 1 to 5.
    pub strain: Option<Answer>,
}

impl ReflectionDraft {
    /// The draft of what was written, with the evening's prompts where it holds none.
    pub fn of(text: &ReflectionText, prompts: Vec<String>) -> Self {
        let answers = if text.answers.is_empty() {
            prompts.into_iter().map(|prompt| (prompt, String::new())).collect()
        } else {
            text.answers.clone()
        };
        let given = |value: Option<u8>| value.map(Answer::Given);
        Self { text: text.text.clone(), answers, energy: given(text.energy), strain: given(text.strain) }
    }

    /// What was written. Prompts without an answer are kept with the others, so that the evening reads as it was.
    pub fn finish(&self) -> ReflectionText {
        let answered = self.answers.iter().any(|(_, answer)| !answer.trim().is_empty());
        ReflectionText {
            text: self.text.trim().to_owned(),
            answers: if answered { self.answers.clone() } else { Vec::new() },
            energy: self.energy.and_then(Answer::value),
            strain: self.strain.and_then(Answer::value),
        }
    }
}

/// The evening's prompts: one from the day's own events, two that stay the same. None names a patient.
pub fn prompts(board: &Board) -> Vec<String> {
    let procedures = board.afternoon.iter().filter(|item| item.done).count();
    let no_shows = board.items().filter(|item| item.mark == Mark::NotComing).count();
    let late = board.header.late_min;
    let better = board.morning.iter().filter(|item| item.change().is_some_and(|change| change <= -3)).count();
    let of_today = if better > 0 {
        format!("{better} came with clearly less pain than last time. What made the difference?")
    } else if late >= 30 {
        format!("The day ran {late} minutes late. Where did the time go?")
    } else if no_shows >= 2 {
        format!("{no_shows} did not come. What would have brought them?")
    } else if procedures == 1 {
        "1 procedure today. What would you do differently?".to_owned()
    } else if procedures > 0 {
        format!("{procedures} procedures today. Which one would you do differently?")
    } else {
        "Which conversation stays with you, and why?".to_owned()
    };
    vec![of_today, "What went well?".to_owned(), "What do I leave here tonight?".to_owned()]
}
