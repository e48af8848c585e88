//! The physician's own instruments by their ids, scored as the shipped ones are.

use super::ask::Question;
use super::inputs::Inputs;
use super::{Answer, CALCULATORS, Fault, Json, scale};
use crate::clinical::facts::instruments::Instrument;

/// The own instrument of a name. A calculator is never replaced: `mme` stays what it is, whatever a file calls itself.
pub fn find<'a>(own: &'a [Instrument], name: &str) -> Option<&'a Instrument> {
    own.iter().find(|instrument| instrument.id == name && !is_taken(name))
}

fn is_taken(name: &str) -> bool {
    CALCULATORS.iter().any(|calculator| calculator.name == name)
}

/// Their names with what each is.
pub fn list(own: &[Instrument]) -> impl Iterator<Item = (&str, &str)> {
    let free = own.iter().filter(|instrument| !is_taken(&instrument.id));
    free.map(|instrument| (instrument.id.as_str(), instrument.name.as_str()))
}

/// The questions to ask where no JSON is given.
pub fn questions(instrument: &Instrument) -> Vec<Question> {
    scale::questions_on(instrument)
}

/// Computes from JSON.
///
/// # Errors
/// An input that cannot be used; it says which.
pub fn compute(instrument: &Instrument, json: &Json) -> Result<Answer, Fault> {
    Ok(scale::answer_of(instrument, &Inputs::of("", json)?)?)
}
