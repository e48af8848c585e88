//! An instrument as a form edits it: everything optional, answers told apart by their number.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::outcome::{Replies, Reply};
use super::question::{Asks, Question};
use crate::clinical::answer::Answer;
use crate::clinical::provenance::GivenDraft;

/// The answers of a form that is made at run time, by number: always as many as there can be, most of them blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells<T, const MOST: usize>(Vec<Option<T>>);

impl<T: Clone, const MOST: usize> Default for Cells<T, MOST> {
    fn default() -> Self {
        Self(vec![None; MOST])
    }
}

impl<T: Copy, const MOST: usize> Cells<T, MOST> {
    /// The answer with this number.
    pub fn get(&self, at: usize) -> Option<T> {
        self.0.get(at).copied().flatten()
    }

    /// The place of an answer; none beyond the last.
    pub fn slot(&mut self, at: usize) -> Option<&mut Option<T>> {
        self.0.get_mut(at)
    }

    /// Sets an answer.
    pub fn set(&mut self, at: usize, value: Option<T>) {
        if let Some(slot) = self.0.get_mut(at) {
            *slot = value;
        }
    }
}

impl<T: Serialize, const MOST: usize> Serialize for Cells<T, MOST> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().enumerate().filter_map(|(at, value)| Some((at, value.as_ref()?))))
    }
}

impl<'de, T: Deserialize<'de> + Clone, const MOST: usize> Deserialize<'de> for Cells<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut cells = Self::default();
        for (at, value) in BTreeMap::<usize, T>::deserialize(from)? {
            if let Some(slot) = cells.0.get_mut(at) {
                *slot = Some(value);
            }
        }
        Ok(cells)
    }
}

/// The most answers of one instrument's form.
const MOST: usize = super::MOST_QUESTIONS;

/// An instrument as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct InstrumentDraft {
    /// Answers by a digit.
    pub answers: Cells<Answer, MOST>,
    /// Answers by a typed number, in units of its last digit.
    pub numbers: Cells<i64, MOST>,
    /// What was done about a positive screen.
    pub action: String,
    /// How the answers are given, and by whom.
    pub given: GivenDraft,
    /// The fields taken over from the last time, set when the form is completed.
    #[serde(skip)]
    pub carried: Vec<String>,
}

/// The answers of one instrument that stands from a number on in a form's cells.
pub fn replies_of<const N: usize>(
    questions: &[Question],
    answers: &Cells<Answer, N>,
    numbers: &Cells<i64, N>,
    from: usize,
) -> Replies {
    let reply = |(at, question): (usize, &Question)| {
        let reply = match question.asks {
            Asks::Digit { .. } => answers.get(from + at).map(Reply::from),
            Asks::Number { .. } => numbers.get(from + at).map(Reply::Number),
        };
        Some((question.id.clone(), reply?))
    };
    questions.iter().enumerate().filter_map(reply).collect()
}

/// Puts answers into a form's cells, from a number on. What does not fit a question stays blank.
pub fn put_replies<const N: usize>(
    replies: &Replies,
    questions: &[Question],
    answers: &mut Cells<Answer, N>,
    numbers: &mut Cells<i64, N>,
    from: usize,
) {
    for (at, question) in questions.iter().enumerate() {
        let reply = replies.get(&question.id).copied();
        match (&question.asks, reply) {
            (Asks::Number { .. }, Some(Reply::Number(number))) => numbers.set(from + at, Some(number)),
            (Asks::Digit { .. }, Some(reply)) => answers.set(from + at, answer_of(reply)),
            _ => {}
        }
    }
}

fn answer_of(reply: Reply) -> Option<Answer> {
    use super::Without;
    Some(match reply {
        Reply::Number(number) => Answer::Given(u8::try_from(number).ok()?),
        Reply::Without(Without::Declined) => Answer::Declined,
        Reply::Without(Without::CannotReport) => Answer::CannotReport,
        Reply::Without(Without::NotAsked) => Answer::NotAsked,
    })
}

impl InstrumentDraft {
    /// The answers.
    pub fn replies(&self, questions: &[Question]) -> Replies {
        replies_of(questions, &self.answers, &self.numbers, 0)
    }

    /// A draft that holds these answers.
    pub fn holding(replies: &Replies, questions: &[Question]) -> Self {
        let mut draft = Self::default();
        put_replies(replies, questions, &mut draft.answers, &mut draft.numbers, 0);
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Catalogue, Without};
    use super::*;

    #[test]
    fn answers_go_into_a_draft_and_come_back_the_same() {
        let catalogue = Catalogue::default();
        for (id, replies) in [
            (
                "phq9",
                vec![
                    ("q1", Reply::Number(2)),
                    ("q9", Reply::Without(Without::Declined)),
                    ("difficulty", Reply::Number(1)),
                ],
            ),
            ("rass", vec![("value", Reply::Number(-3))]),
            ("bpi", vec![("total", Reply::Number(55))]),
            ("vas100", vec![("vas", Reply::Number(74))]),
        ] {
            let questions = catalogue.get(id).unwrap().questions();
            let replies: Replies = replies.into_iter().map(|(id, reply)| (id.to_owned(), reply)).collect();
            let draft = InstrumentDraft::holding(&replies, &questions);
            assert_eq!(draft.replies(&questions), replies, "{id}");
            let kept: InstrumentDraft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
            assert_eq!(kept, draft, "{id}");
        }
    }

    #[test]
    fn an_answer_beyond_the_last_place_is_let_go() {
        let cells: Cells<i64, 2> = serde_json::from_str(r#"{"0":1,"7":9}"#).unwrap();
        assert_eq!((cells.get(0), cells.get(1), cells.get(7)), (Some(1), None, None));
    }
}
