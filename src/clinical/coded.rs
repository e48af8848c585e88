//! A text with the code of what it names, where one was chosen: a medicine, a condition, a patient.

use serde::{Deserialize, Serialize};

/// What was written, and the code of the thing if it was picked from a list. Without a code it is free text: kept, and
/// shown as uncoded.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Coded {
    /// The words, as they are shown.
    pub text: String,
    /// The code in the list the field reads from (an id of our own files or of the record).
    pub code: Option<String>,
}

impl Coded {
    /// Free text.
    pub fn free(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: None }
    }
    /// A thing picked from a list.
    pub fn picked(text: impl Into<String>, code: impl Into<String>) -> Self {
        Self { text: text.into(), code: Some(code.into()) }
    }
    /// Is nothing written?
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
