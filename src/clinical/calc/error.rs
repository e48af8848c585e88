//! What can be wrong with the inputs of a calculator. Every error names the input; none becomes a silent 0.

use crate::clinical::exact::{Exact, TooLong};

/// An input that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalcError {
    /// It is not there.
    #[error("{field} {} missing", if field.contains(", ") { "are" } else { "is" })]
    Missing {
        /// Which input, or several joined by commas.
        field: String,
    },
    /// It is outside what it can be.
    #[error("{field} is {given}: {allowed}")]
    OutOfRange {
        /// Which input.
        field: String,
        /// What was given.
        given: String,
        /// What it can be, in words.
        allowed: String,
    },
    /// It names something that is not in the tables.
    #[error("{field}: {given} is not known; {known}")]
    Unknown {
        /// Which input.
        field: String,
        /// What was given.
        given: String,
        /// What is known, in words.
        known: String,
    },
    /// It is given in a unit that this drug is not reckoned in, or in two at once.
    #[error("{field} cannot be used here: {reason}")]
    WrongUnit {
        /// Which input.
        field: String,
        /// What to give instead.
        reason: String,
    },
    /// It is of another kind: words where a number is wanted, and the like.
    #[error("{field} must be {wanted}")]
    WrongKind {
        /// Which input.
        field: String,
        /// What it must be.
        wanted: String,
    },
    /// The figures have more digits than can be reckoned with exactly.
    #[error("the figures have too many digits to reckon with")]
    TooLong,
}

impl From<TooLong> for CalcError {
    fn from(_: TooLong) -> Self {
        Self::TooLong
    }
}

impl CalcError {
    /// A missing input.
    pub fn missing(field: impl Into<String>) -> Self {
        Self::Missing { field: field.into() }
    }
    /// An input out of range.
    pub fn out_of_range(field: impl Into<String>, given: impl std::fmt::Display, allowed: impl Into<String>) -> Self {
        Self::OutOfRange { field: field.into(), given: given.to_string(), allowed: allowed.into() }
    }
    /// A name that is not in the tables.
    pub fn unknown(field: impl Into<String>, given: impl Into<String>, known: impl Into<String>) -> Self {
        Self::Unknown { field: field.into(), given: given.into(), known: known.into() }
    }
    /// A unit this drug is not reckoned in.
    pub fn wrong_unit(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::WrongUnit { field: field.into(), reason: reason.into() }
    }
    /// Another kind of value.
    pub fn wrong_kind(field: impl Into<String>, wanted: impl Into<String>) -> Self {
        Self::WrongKind { field: field.into(), wanted: wanted.into() }
    }
    /// The same error, about an input that lies within another: `q3` under `phq9` is `phq9.q3`.
    #[must_use]
    pub fn under(mut self, outer: &str) -> Self {
        match &mut self {
            Self::Missing { field }
            | Self::OutOfRange { field, .. }
            | Self::Unknown { field, .. }
            | Self::WrongUnit { field, .. }
            | Self::WrongKind { field, .. } => {
                let parts: Vec<String> = field.split(", ").map(|part| format!("{outer}.{part}")).collect();
                *field = parts.join(", ");
            }
            Self::TooLong => {}
        }
        self
    }

    /// The same error, about an input that goes by this name outside.
    #[must_use]
    pub fn renamed(mut self, name: &str) -> Self {
        match &mut self {
            Self::Missing { field }
            | Self::OutOfRange { field, .. }
            | Self::Unknown { field, .. }
            | Self::WrongUnit { field, .. }
            | Self::WrongKind { field, .. } => name.clone_into(field),
            Self::TooLong => {}
        }
        self
    }

    /// The input it is about; empty where it is about all of them.
    pub fn field(&self) -> &str {
        match self {
            Self::Missing { field }
            | Self::OutOfRange { field, .. }
            | Self::Unknown { field, .. }
            | Self::WrongUnit { field, .. }
            | Self::WrongKind { field, .. } => field,
            Self::TooLong => "",
        }
    }
}

/// The list of known names for an error, short enough to read.
pub fn known<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    format!("known: {}", names.join(", "))
}

/// The number, if it lies between the two, ends included.
pub fn within(field: &str, value: Exact, low: i64, high: i64) -> Result<Exact, CalcError> {
    if value < Exact::whole(low) || value > Exact::whole(high) {
        return Err(CalcError::out_of_range(field, value, format!("it lies between {low} and {high}")));
    }
    Ok(value)
}

/// The number, if it is above 0 and at most so much.
pub fn above_zero(field: &str, value: Exact, high: i64) -> Result<Exact, CalcError> {
    if value <= Exact::ZERO || value > Exact::whole(high) {
        return Err(CalcError::out_of_range(field, value, format!("it is above 0 and at most {high}")));
    }
    Ok(value)
}
