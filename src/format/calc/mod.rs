//! The calculators as `daysheet calc` offers them: JSON in, JSON out, or questions and a sentence.
//!
//! Thin: the rules are in [`crate::clinical::calc`] and [`crate::clinical::instrument`]. Each calculator is a row of
//! [`CALCULATORS`]; every instrument can also be scored under its own name, also the physician's own ([`own`]).

mod answer;
pub mod ask;
mod dose;
mod inputs;
mod json;
mod opioid;
pub mod own;
mod procedure;
mod scale;
#[cfg(test)]
mod tests;

pub use answer::Answer;
pub use json::{Json, NotJson};

use ask::Question;
use inputs::Inputs;

use crate::clinical::calc::CalcError;
use crate::clinical::facts::instruments::{Scoring, instruments};

/// A calculator.
#[derive(Debug, Clone, Copy)]
pub struct Calculator {
    /// Its name.
    pub name: &'static str,
    /// What it tells.
    pub about: &'static str,
    questions: fn() -> Vec<Question>,
    answer: fn(&Inputs) -> Result<Answer, CalcError>,
}

/// All calculators, in the order in which they are listed.
pub const CALCULATORS: [Calculator; 22] = [
    opioid::MME,
    opioid::TAPER,
    scale::PEG,
    scale::NRS_CHANGE,
    scale::PHQ9,
    scale::GAD7,
    scale::PHQ2,
    scale::GAD2,
    scale::MOOD,
    scale::RMDQ,
    scale::OPIOID_RISK,
    scale::FM2016,
    scale::BUDAPEST,
    scale::OBSERVATION_SCALES,
    scale::COWS,
    scale::ALDRETE,
    dose::LOCAL_ANAESTHETIC,
    dose::LIPID_RESCUE,
    dose::STEROID_TOTAL,
    dose::STEROID_RULE,
    procedure::ANTITHROMBOTIC,
    procedure::BLOCK_RESPONSE,
];

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is no such calculator.
    #[error("there is no calculator {0}")]
    NoSuch(String),
    /// The input is no JSON.
    #[error(transparent)]
    NotJson(#[from] NotJson),
    /// The input cannot be used.
    #[error(transparent)]
    Input(#[from] CalcError),
}

/// Everything that can be computed: the calculators, then the instruments by themselves, with what each tells.
pub fn list() -> Vec<(&'static str, &'static str)> {
    let calculators = CALCULATORS.iter().map(|calculator| (calculator.name, calculator.about));
    let named = |id: &str| CALCULATORS.iter().any(|calculator| calculator.name == id);
    let shipped = instruments().instrument.iter().filter(|x| x.scoring != Scoring::Criteria && !named(&x.id));
    let licensed = instruments().excluded.iter().filter(|x| x.score_entry_allowed && x.range.is_some());
    calculators
        .chain(shipped.map(|x| (x.id.as_str(), x.name.as_str())))
        .chain(licensed.map(|x| (x.id.as_str(), x.name.as_str())))
        .collect()
}

/// The questions to ask where no JSON is given.
///
/// # Errors
/// `NoSuch` names what there is not.
pub fn questions(name: &str) -> Result<Vec<Question>, Fault> {
    if let Some(calculator) = CALCULATORS.iter().find(|calculator| calculator.name == name) {
        return Ok((calculator.questions)());
    }
    if !list().iter().any(|(known, _)| *known == name) {
        return Err(Fault::NoSuch(name.to_owned()));
    }
    Ok(match instruments().excluded(name) {
        Some(form) => vec![Question::number("total", &format!("Total of the {}", form.name))],
        None => scale::questions_of(name),
    })
}

/// Computes from JSON text.
///
/// # Errors
/// An unknown name, text that is no JSON, or an input that cannot be used; each says which.
pub fn compute(name: &str, text: &str) -> Result<Answer, Fault> {
    questions(name)?;
    compute_json(name, &Json::read(text)?)
}

/// Computes from JSON.
///
/// # Errors
/// As [`compute`].
pub fn compute_json(name: &str, json: &Json) -> Result<Answer, Fault> {
    let inputs = Inputs::of("", json)?;
    if let Some(calculator) = CALCULATORS.iter().find(|calculator| calculator.name == name) {
        return Ok((calculator.answer)(&inputs)?);
    }
    questions(name)?;
    Ok(match instruments().excluded(name) {
        Some(form) => scale::licensed(form, &inputs)?,
        None => scale::instrument(name, &inputs)?,
    })
}
