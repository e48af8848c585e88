//! Score fields: a digit sets and moves on, a few letters say why there is no number. No timers: the same keys give the
//! same record however fast they come.

use crate::clinical::answer::Answer;
use crate::form::event::Out;
use crate::form::slot::Slot;
use crate::form::spec::ScoreSpec;

use super::Desk;

impl Desk<'_, '_> {
    pub(super) fn score_char(&mut self, c: char, spec: &ScoreSpec) -> Out {
        let pending = std::mem::take(&mut self.core.pending);
        let c = c.to_ascii_lowercase();
        if let Some(digit) = c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
            return if pending { self.second_digit(digit, c, spec) } else { self.first_digit(digit, spec) };
        }
        match c {
            't' if spec.takes(10) => self.answer(Answer::Given(10)),
            'd' => self.answer(Answer::Declined),
            'c' => self.answer(Answer::CannotReport),
            'n' => self.answer(Answer::NotAsked),
            '-' => self.clear(),
            _ => Out::Pass,
        }
    }

    fn first_digit(&mut self, digit: u8, spec: &ScoreSpec) -> Out {
        if digit == 1 && spec.takes(10) {
            self.core.pending = true;
            if !spec.takes(1) {
                return Out::Moved;
            }
            self.set(Answer::Given(1));
            return Out::Changed;
        }
        if !spec.takes(digit) {
            return self.no_answer(digit, spec);
        }
        self.answer(Answer::Given(digit))
    }

    /// After a `1` that may become ten.
    fn second_digit(&mut self, digit: u8, c: char, spec: &ScoreSpec) -> Out {
        if digit == 0 {
            return self.answer(Answer::Given(10));
        }
        if !spec.takes(1) {
            return self.no_answer(1, spec);
        }
        if !self.advance_after_answer() {
            self.core.message = Some(format!("1 is kept; {digit} has no field to go to"));
            return Out::Moved;
        }
        match self.char(c) {
            Out::Same | Out::Pass => Out::Moved,
            out => out,
        }
    }

    fn no_answer(&mut self, digit: u8, spec: &ScoreSpec) -> Out {
        self.core.message = Some(format!("{digit} is not an answer here: {}", spec.answers_in_words()));
        Out::Moved
    }

    fn answer(&mut self, answer: Answer) -> Out {
        self.set(answer);
        self.advance_after_answer();
        Out::Changed
    }

    fn set(&mut self, answer: Answer) {
        // The two keys of a ten are one step to undo.
        self.note();
        if let Slot::Score(slot) = self.slot() {
            *slot = Some(answer);
        }
        self.untake();
    }
}
