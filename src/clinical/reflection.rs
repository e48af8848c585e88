//! The evening's reflection: prompts, free text, energy and strain. Sealed in the file, apart from the charts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

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
