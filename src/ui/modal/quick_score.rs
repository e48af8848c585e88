//! Quick score: pain now in one key, without opening the assessment. `1` waits for `0`, as in every score field.

use ratatui::layout::Rect;

use super::Done;
use crate::action::Write;
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::answer::Answer;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::score::{Given, Score, ScoreItem};
use crate::clinical::text::width;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, Words, columns, row};

/// The question.
#[derive(Debug)]
pub struct QuickScore {
    /// In which visit.
    pub visit: VisitId,
    /// On which day.
    pub date: chrono::NaiveDate,
    /// Of whom.
    pub patient: PatientId,
    /// The name as lists show it.
    pub name: String,
    /// The answer already given in this visit.
    pub before: Option<Answer>,
    /// The last visit's figure.
    pub last: Option<u8>,
    /// How it is given, and by whom.
    pub given: Given,
    /// Whether a `1` was typed and waits for a `0`.
    pub one: bool,
}

impl QuickScore {
    /// Takes an input: a digit, `t` for ten, a letter for why there is none.
    pub fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Done {
        let Input::Key(key) = input else { return Done::Stay };
        let one = std::mem::take(&mut self.one);
        let answer = match (key.code, key.types()) {
            (KeyCode::Esc, _) => return Done::left(),
            (KeyCode::Enter | KeyCode::Tab, _) if one => Answer::Given(1),
            (_, Some('0')) if one => Answer::Given(10),
            // Another digit would mean two answers to one question: the first stands.
            (_, Some(c)) if one && c.is_ascii_digit() => Answer::Given(1),
            (_, Some('1')) => {
                self.one = true;
                return Done::Stay;
            }
            (_, Some('t')) => Answer::Given(10),
            (_, Some('d')) => Answer::Declined,
            (_, Some('c')) => Answer::CannotReport,
            (_, Some('n')) => Answer::NotAsked,
            (_, Some(c)) => match c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
                Some(digit) => Answer::Given(digit),
                None => return Done::unanswered(*key),
            },
            _ => return Done::unanswered(*key),
        };
        let given = self.given.at(env.now.instant, env.initials());
        let score = Score::new(env.ids.next(env.now.instant), ScoreItem::Now, answer, given);
        let mut effects = vec![Effect::write(Write::QuickScore {
            visit: self.visit,
            patient: self.patient,
            date: self.date,
            score,
            before: self.before,
        })];
        // Who cannot say it is watched instead: the scales of what is seen stand first.
        if answer == Answer::CannotReport {
            effects.push(Effect::ChooseInstrument { patient: self.patient, visit: Some(self.visit) });
        }
        Done::Close(effects)
    }

    /// Draws the question.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let help = if self.one {
            "1 · 0 makes ten · Enter keeps 1"
        } else {
            "a digit keeps it · t ten · d declined · c cannot report · n not asked"
        };
        let wide = columns(width(help));
        let help = wrap(help, usize::from(wide.min(area.width.saturating_sub(4)).max(1)));
        let name = view.names().asked(&self.name);
        let note = Words::of(Role::Text, name);
        let frame = Frame { title: "Pain now", note, width: wide.max(56), height: columns(help.len()) + 2 };
        let inside = frame.paint(canvas, area);
        let mut words = Words::new();
        for digit in 0..=10u8 {
            words = words.say(Role::Pain(digit), format!("{digit:>3} "));
        }
        canvas.words(row(inside, 0), &words);
        let mut state = Words::new();
        if let Some(before) = self.before {
            state = state.say(Role::Second, format!("so far {}   ", before.show()));
        }
        if let Some(last) = self.last {
            state = state.say(Role::Second, format!("last visit {last}   "));
        }
        state = state.say(Role::Faint, self.given.show());
        canvas.words(row(inside, 1), &state);
        for (down, line) in (2..inside.height).zip(&help) {
            canvas.text(row(inside, down), Role::Faint, line);
        }
    }
}
