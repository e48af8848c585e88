//! Unlock: the passphrase, as often as it takes.

use ratatui::layout::Rect;
use zeroize::Zeroizing;

use super::GateEffect;
use crate::action::input::Input;
use crate::action::key::{Key, KeyCode};
use crate::ui::theme::Role;
use crate::ui::widget::progress::Progress;
use crate::ui::widget::{Canvas, Words, inset, row};

/// The unlock screen.
#[derive(Debug, Default)]
pub struct Unlock {
    /// Where the record lies.
    file: String,
    typed: Secret,
    words: Option<String>,
    /// Whether another window holds the record, so that reading alone is offered.
    held: bool,
    /// Whether the key is being derived.
    pub busy: bool,
    /// What takes its time while the record opens: words, steps done, steps in all.
    pub under_way: Option<(&'static str, u64, u64)>,
}

/// A line that is never seen and is wiped when it goes.
#[derive(Debug, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a key or a paste; false where it is not the line's.
    pub fn take(&mut self, input: &Input) -> bool {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Paste(text) => {
                text.chars().filter(|c| !c.is_control()).for_each(|c| self.push(c));
                true
            }
            _ => false,
        }
    }

    fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.types() {
            self.push(c);
            return true;
        }
        match key.code {
            KeyCode::Backspace => {
                self.0.pop();
                true
            }
            KeyCode::Char('u') if key.ctrl => {
                self.0 = Zeroizing::default();
                true
            }
            _ => false,
        }
    }

    /// Grows without leaving copies of itself behind.
    fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf8() > self.0.capacity() {
            let mut larger = Zeroizing::new(String::with_capacity((self.0.capacity() * 2).max(256)));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        self.0.push(c);
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What was typed, and the line is empty again.
    pub fn take_out(&mut self) -> Zeroizing<String> {
        std::mem::take(&mut self.0)
    }

    /// Draws the line: one dot a character.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect, focused: bool) {
        let dots = canvas.glyphs().masked.repeat(self.0.chars().count().min(usize::from(area.width)));
        let used = canvas.text(area, Role::Text, &dots);
        if focused {
            canvas.place_cursor(area.x + used.min(area.width.saturating_sub(1)), area.y);
        }
    }
}

impl Unlock {
    /// The screen for the record in this file.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// Says why it did not open.
    pub fn say(&mut self, words: String) {
        self.words = Some(words);
    }

    /// Another window holds the record, as these words say: reading alone is offered.
    pub fn set_held(&mut self, words: &str) {
        self.held = true;
        self.say(format!("{words} Close it there, or type the passphrase again and Ctrl-R to read only."));
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input) -> Option<GateEffect> {
        if let Input::Key(key) = input {
            match (key.code, key.ctrl) {
                (KeyCode::Enter, _) if self.typed.text().is_empty() => {
                    self.words = Some("Type the passphrase, then Enter.".to_owned());
                    return None;
                }
                (KeyCode::Enter, _) => {
                    self.words = None;
                    return Some(GateEffect::Unlock(self.typed.take_out()));
                }
                (KeyCode::Char('r'), true) if self.held && self.typed.text().is_empty() => {
                    self.words = Some("Type the passphrase, then Ctrl-R.".to_owned());
                    return None;
                }
                (KeyCode::Char('r'), true) if self.held => {
                    return Some(GateEffect::ReadOnly(self.typed.take_out()));
                }
                (KeyCode::Char('c' | 'q' | 'd'), true) => return Some(GateEffect::Quit),
                (KeyCode::Esc, _) => {
                    self.typed = Secret::default();
                    return None;
                }
                _ => {}
            }
        }
        if self.typed.take(input) {
            self.words = None;
        }
        None
    }

    /// Draws the screen.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.clear(area);
        let wide = area.width.min(64);
        let inside = inset(area, (area.width - wide) / 2, 0);
        let top = area.height.saturating_sub(8) / 3;
        let at = |down: u16| row(Rect { width: wide, ..inside }, top + down);
        canvas.words(at(0), &Words::new().bold(Role::Focus, "daysheet"));
        canvas.text(at(1), Role::Faint, &self.file);
        canvas.text(at(3), Role::Second, "passphrase");
        let line = inset(at(3), 12, 0);
        if self.busy {
            canvas.text(line, Role::Faint, "opening…");
        } else {
            self.typed.paint(canvas, line, true);
        }
        if let Some((what, done, of)) = self.under_way.filter(|_| self.busy) {
            let line = at(5);
            match of {
                0 => _ = canvas.text(line, Role::Text, &format!("{what}…")),
                _ => Progress { what, done, of }.paint(canvas, line),
            }
            canvas.text(at(6), Role::Faint, "nothing is lost if this ends early");
        }
        if let Some(words) = &self.words {
            for (n, line) in (0u16..).zip(crate::ui::modal::reading::wrap(words, usize::from(wide))) {
                canvas.text(at(5 + n), Role::Wants, &line);
            }
        }
        let foot = row(area, area.height.saturating_sub(1));
        let mut words = Words::new().bold(Role::Focus, " Enter").say(Role::Second, " open  ");
        if self.held {
            words = words.bold(Role::Focus, "Ctrl-R").say(Role::Second, " only read  ");
        }
        canvas.words(foot, &words.bold(Role::Focus, "Ctrl-Q").say(Role::Second, " quit"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(gate: &mut Unlock, text: &str) -> Option<GateEffect> {
        text.chars().find_map(|c| {
            let key = if c == '\n' { Key::of(KeyCode::Enter) } else { Key::char(c) };
            gate.input(&Input::Key(key))
        })
    }

    #[test]
    fn enter_asks_to_open_and_the_line_is_empty_again() {
        let mut gate = Unlock::new("record");
        let Some(GateEffect::Unlock(passphrase)) = typed(&mut gate, "qQ c:\n") else { panic!("it opens") };
        assert_eq!(*passphrase, "qQ c:");
        assert_eq!(gate.typed.text(), "");
        assert!(typed(&mut gate, "\n").is_none(), "an empty passphrase is never tried");
        assert!(gate.words.is_some());
    }
}
