//! Questions of an instrument as fields: one function for the form of one instrument and for the page that asks several.

use std::borrow::Cow;

use crate::clinical::instrument::{Asks, Question};
use crate::form::build::score_of;
use crate::form::def::Kind;
use crate::form::slot::At;
use crate::form::spec::Tone;
use crate::form::{Field, NumSpec, ScoreSpec};

/// How the fields of questions reach the form's struct: answers by a digit, and typed numbers.
pub struct Reach<T> {
    /// The id of fields answered by a digit, and how they reach the struct.
    pub answers: (&'static str, At<T>),
    /// The id of fields with a typed number, and how they reach the struct.
    pub numbers: (&'static str, At<T>),
}

impl<T> Clone for Reach<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Reach<T> {}

/// The fields of questions, numbered from a number on, in groups by the part of the instrument they belong to.
pub fn groups<T>(questions: &[Question], from: usize, reach: Reach<T>) -> Vec<(String, Vec<Field<T>>)> {
    let mut out: Vec<(String, Vec<Field<T>>)> = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let field = field(question, reach).item(from + at).labelled(question.label.clone());
        let field = field.explained(question.detail.clone());
        match out.last_mut() {
            Some((part, fields)) if *part == question.part => fields.push(field),
            _ => out.push((question.part.clone(), vec![field])),
        }
    }
    out
}

fn field<T>(question: &Question, reach: Reach<T>) -> Field<T> {
    match &question.asks {
        Asks::Digit { answers, words } => {
            let (low, high) = (answers.first().copied().unwrap_or(0), answers.last().copied().unwrap_or(0));
            let whole = answers.len() == usize::from(high - low) + 1;
            let spec = ScoreSpec::toned(low, high, if high == 10 { Tone::Pain } else { Tone::Worse });
            let spec = if whole { spec } else { spec.only(answers.iter().copied()) };
            let spec = spec.words(words.iter().cloned().map(Cow::<'static, str>::from));
            score_of(reach.answers.0, "", spec, reach.answers.1)
        }
        Asks::Number { low, high, decimals } => {
            let range = (f64::from(*low), f64::from(*high));
            let spec = NumSpec { min: range.0, max: range.1, warn: range, unit: "", decimals: *decimals };
            Field::new(reach.numbers.0, "", Kind::Num(Cow::Owned(spec)), reach.numbers.1)
        }
    }
}
