//! A score on one line: the whole scale, the value, its jump, the last value and its date.

use crate::clinical::answer::Answer;
use crate::clinical::time::{show_date, show_date_within};
use crate::form::core::Ghost;
use crate::form::def::Kind;
use crate::form::key::Key;
use crate::form::sheet::Sheet;
use crate::form::spec::{ScoreSpec, Tone};

use super::line::Build;
use super::role::{Role, Target};

/// A difference from which a value shows its jump.
const JUMP: u8 = 5;

/// The columns of score lines; the same for every score of a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    /// Column of the first digit of the scale; `None` where the scale has no room.
    scale: Option<usize>,
    step: usize,
    /// Where the value ends.
    pub now: usize,
    /// Where the last value ends.
    pub last: usize,
}

/// The longest scale of a form, in answers; 11 where it has none.
fn longest_scale(sheet: &dyn Sheet) -> usize {
    let answers = (0..sheet.fields()).filter_map(|field| match &sheet.meta(field).kind {
        Kind::Score(spec) => Some(spec.count()),
        _ => None,
    });
    answers.max().unwrap_or(11)
}

/// The columns that the narrow scale takes with its value and the last one.
pub(super) fn least_width(sheet: &dyn Sheet) -> usize {
    longest_scale(sheet) * 2 + 1 + 3 + 14
}

/// The scale stands as wide as leaves room for the last value and its date, where there is a last visit; what is then to
/// spare goes between scale, value and last value.
pub(super) fn columns(sheet: &dyn Sheet, value_x: usize, width: usize, ghosts: &[Option<Ghost>]) -> Columns {
    let answers = longest_scale(sheet);
    let (wide, narrow) = (answers * 3, answers * 2 + 1);
    // Value, jump, last value and a short date; and with a whole date.
    let (least, whole) = if ghosts.iter().any(Option::is_some) { (16, 21) } else { (4, 4) };
    let spare = width.saturating_sub(value_x + wide + whole).min(4);
    let (scale, step, now) = if width >= value_x + wide + least {
        (Some(value_x), 3, value_x + wide + 3 + spare / 2)
    } else if width >= value_x + narrow + 7 {
        (Some(value_x), 2, value_x + narrow + 3)
    } else {
        (None, 0, value_x + 2)
    };
    Columns { scale, step, now, last: now + 5 + spare.div_ceil(2) }
}

/// What a score line is drawn from.
pub(super) struct ScoreLine<'a> {
    pub key: Key,
    pub spec: &'a ScoreSpec,
    pub answer: Option<Answer>,
    pub ghost: Option<&'a Ghost>,
    pub taken: bool,
    pub today: chrono::NaiveDate,
}

impl ScoreLine<'_> {
    /// Draws it behind the label; says which columns hold which answer.
    pub fn draw(&self, line: &mut Build, columns: Columns) -> Vec<(std::ops::Range<usize>, Target)> {
        let value = self.answer.and_then(Answer::value);
        let hits = match columns.scale {
            Some(scale) => self.scale(line, scale, columns, value),
            None => Vec::new(),
        };
        match (self.answer, value) {
            (_, Some(value)) => {
                line.put_to(columns.now, &value.to_string(), self.chosen(value));
                self.change(line, value);
            }
            (Some(answer), None) => {
                line.put_at(columns.now.saturating_sub(2), &answer.show(), Role::Text);
            }
            (None, None) => {
                line.put_to(columns.now, "–", Role::Faint);
            }
        }
        if let Some(ghost) = self.ghost {
            let role = if self.answer.is_none() { Role::Ghost } else { Role::Second };
            let words = ghost.score.map_or_else(|| ghost.words.clone(), |score| score.to_string());
            // A figure without its date, or half a date, says less than nothing.
            if columns.last.max(line.x() + 1 + words.len()) <= line.width() {
                line.put_to(columns.last, &words, role);
            }
            let date = show_date_within(ghost.date, self.today, line.width().saturating_sub(columns.last + 2));
            if line.room() >= date.len() + 2 {
                line.put_at(columns.last + 2, &date, Role::Faint);
            }
        }
        hits
    }

    /// The same in words: `3, moderate, of 0 to 10; up 2; last 1 on 28 Oct 2026`.
    pub fn in_words(&self) -> String {
        let value = self.answer.and_then(Answer::value);
        let mut said = match (self.answer, value) {
            (_, Some(value)) => value.to_string(),
            (Some(answer), None) => answer.show(),
            (None, None) => "blank".to_owned(),
        };
        if let Some(word) = value.and_then(|value| self.spec.word(value)) {
            said.push_str(", ");
            said.push_str(word);
        }
        if let (Some(least), Some(most)) = (self.spec.answers().min(), self.spec.answers().max()) {
            said.push_str(&format!(", of {least} to {most}"));
        }
        if self.taken {
            said.push_str("; as last time");
        }
        if let Some(ghost) = self.ghost {
            let last = ghost.score.map_or_else(|| ghost.words.clone(), |score| score.to_string());
            said.push_str(&format!("; last {last} on {}", show_date(ghost.date)));
        }
        said
    }

    fn scale(
        &self,
        line: &mut Build,
        scale: usize,
        columns: Columns,
        value: Option<u8>,
    ) -> Vec<(std::ops::Range<usize>, Target)> {
        let mut hits = Vec::new();
        for (at, answer) in self.spec.answers().enumerate() {
            let digits = answer.to_string();
            let end = scale + at * columns.step + 1;
            let end = if columns.step == 2 && digits.len() > 1 { end + 1 } else { end };
            let start = end.saturating_sub(digits.len());
            if value == Some(answer) {
                line.at(start.saturating_sub(1));
                line.put("▐", Role::Mark(self.level(answer)));
                line.put(&digits, self.chosen(answer));
            } else {
                let role = match value {
                    Some(value) if answer < value => self.reached(answer),
                    _ => Role::ScaleOff,
                };
                line.at(start);
                line.put(&digits, role);
            }
            hits.push((start.saturating_sub(1)..end, Target::Answer(self.key, answer)));
        }
        if let Some(word) = value.and_then(|value| self.spec.word(value)) {
            let room = columns.now.saturating_sub(line.x() + 5);
            if room > 3 {
                line.gap(2);
                line.put(&crate::clinical::text::cut(word, room), Role::Second);
            }
        }
        hits
    }

    fn change(&self, line: &mut Build, value: u8) {
        if self.taken {
            line.gap(1);
            line.put("=", Role::Taken);
            return;
        }
        let Some(last) = self.ghost.and_then(|ghost| ghost.score) else { return };
        if value.abs_diff(last) >= JUMP {
            let arrow = if value > last { '▲' } else { '▼' };
            line.gap(1);
            line.put(&format!("{arrow}{}", value.abs_diff(last)), Role::Warn);
        }
    }

    fn level(&self, answer: u8) -> u8 {
        if self.spec.tone == Tone::Pain { answer.min(10) } else { 0 }
    }
    fn chosen(&self, answer: u8) -> Role {
        if self.spec.tone == Tone::Pain { Role::PainChosen(answer.min(10)) } else { Role::Chosen }
    }
    fn reached(&self, answer: u8) -> Role {
        if self.spec.tone == Tone::Pain { Role::Pain(answer.min(10)) } else { Role::Scale }
    }
}
