//! What came back to a question that wants a number: the number, or why there is none.
//!
//! A blank (nobody has touched the field) is `Option::None` around this type, and is never 0.

use serde::{Deserialize, Serialize};

/// An answer to one item of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A number within the item's range.
    Given(u8),
    /// The patient did not want to answer.
    Declined,
    /// The patient cannot report.
    CannotReport,
    /// It was not asked, on purpose.
    NotAsked,
}

impl Answer {
    /// The number, where one was given.
    pub const fn value(self) -> Option<u8> {
        match self {
            Self::Given(value) => Some(value),
            Self::Declined | Self::CannotReport | Self::NotAsked => None,
        }
    }

    /// How it reads beside the field and in prose.
    pub fn show(self) -> String {
        match self {
            Self::Given(value) => value.to_string(),
            Self::Declined => "declined".to_owned(),
            Self::CannotReport => "cannot report".to_owned(),
            Self::NotAsked => "not asked".to_owned(),
        }
    }
}
