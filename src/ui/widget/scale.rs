//! A scale from 0 to 10 on one line: the steps up to the chosen one in the colours of the ramp.

use ratatui::{layout::Rect, style::Modifier};

use super::{canvas::Canvas, canvas::columns, canvas::row};
use crate::ui::theme::Role;

/// A pain scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scale {
    /// The chosen step.
    pub chosen: Option<u8>,
    /// The step chosen last time, underlined.
    pub last: Option<u8>,
}

const STEPS: u8 = 11;

impl Scale {
    /// The columns the whole scale takes at most.
    pub const WIDTH: u16 = 33;

    /// Draws the scale; with less than three columns a step it closes up, with less than two only the value is left.
    pub fn paint(self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.clear(area);
        let step = step_width(area.width);
        if step < 2 {
            match self.chosen {
                Some(score) => canvas.text(area, Role::Pain(score), &format!("{}/10", score.min(10))),
                None => canvas.text(area, Role::Faint, "–"),
            };
            return;
        }
        for score in 0..STEPS {
            let width = if score == STEPS - 1 { 3 } else { step };
            let at = Rect { x: area.x.saturating_add(u16::from(score) * step), width, ..area };
            self.paint_step(canvas, at, score);
        }
    }

    fn paint_step(self, canvas: &mut Canvas<'_>, at: Rect, score: u8) {
        let chosen = self.chosen == Some(score);
        let reached = self.chosen.is_some_and(|chosen| score <= chosen);
        let role = if reached { Role::Pain(score) } else { Role::Faint };
        let mut style = canvas.style(role);
        if chosen {
            style = style.add_modifier(Modifier::BOLD);
        }
        if self.last == Some(score) && !chosen {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        let digits = score.to_string();
        let from = at.right().saturating_sub(columns(digits.len()));
        for (x, digit) in (from..at.right()).zip(digits.chars()) {
            canvas.put(x, at.y, digit.encode_utf8(&mut [0; 4]), style);
        }
        if chosen && from > at.x {
            let sign = canvas.glyphs().chosen;
            canvas.sign(from - 1, at.y, role, sign);
        }
    }
}

fn step_width(width: u16) -> u16 {
    match width {
        33.. => 3,
        23.. => 2,
        _ => 0,
    }
}
