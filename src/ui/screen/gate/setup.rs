//! First run: the physician's name, the region, the zone, the passphrase twice. Nothing is written before the end.

use std::str::FromStr;

use chrono_tz::Tz;
use ratatui::layout::Rect;

use super::strength::{Strength, strength};
use super::unlock::Secret;
use super::{GateEffect, NewRecord};
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::practice::Region;
use crate::clinical::text::clean_line;
use crate::clinical::vocab::Vocab;
use crate::ui::line::Line;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::{Canvas, Words, inset, row};

/// The fields, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Name,
    Region,
    Zone,
    Passphrase,
    Again,
}

const FIELDS: [Field; 5] = [Field::Name, Field::Region, Field::Zone, Field::Passphrase, Field::Again];

/// The first-run screen.
#[derive(Debug)]
pub struct Setup {
    file: String,
    name: Line,
    region: Region,
    zone: Line,
    passphrase: Secret,
    again: Secret,
    focus: Field,
    words: Option<String>,
    /// Whether a weak passphrase was warned of, so that Enter now takes it.
    warned: bool,
    /// Whether the key is being derived.
    pub busy: bool,
}

impl Setup {
    /// The screen for a new record in this file; zone and region as the system has them.
    pub fn new(file: impl Into<String>, zone: Tz, region: Region) -> Self {
        Self {
            file: file.into(),
            name: Line::default(),
            region,
            zone: Line::new(zone.name()),
            passphrase: Secret::default(),
            again: Secret::default(),
            focus: Field::Name,
            words: None,
            warned: false,
            busy: false,
        }
    }

    /// Says what is wrong.
    pub fn say(&mut self, words: String) {
        self.words = Some(words);
    }

    fn step(&mut self, on: bool) {
        let at = FIELDS.iter().position(|field| *field == self.focus).unwrap_or(0);
        let next = if on { (at + 1) % FIELDS.len() } else { (at + FIELDS.len() - 1) % FIELDS.len() };
        self.focus = FIELDS[next];
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input) -> Option<GateEffect> {
        if let Input::Key(key) = input {
            match (key.code, key.ctrl) {
                (KeyCode::Char('c' | 'q'), true) => return Some(GateEffect::Quit),
                (KeyCode::Tab | KeyCode::Down, _) => {
                    self.step(true);
                    return None;
                }
                (KeyCode::BackTab | KeyCode::Up, _) => {
                    self.step(false);
                    return None;
                }
                (KeyCode::Enter, _) if self.focus != Field::Again => {
                    self.step(true);
                    return None;
                }
                (KeyCode::Enter, _) | (KeyCode::Char('s'), true) => return self.finish(),
                _ => {}
            }
        }
        let taken = match self.focus {
            Field::Name => self.name.take(input),
            Field::Region => self.choose_region(input),
            Field::Zone => self.zone.take(input),
            Field::Passphrase => self.passphrase.take(input),
            Field::Again => self.again.take(input),
        };
        if taken {
            self.words = None;
            self.warned = false;
        }
        None
    }

    fn choose_region(&mut self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        let at = Region::ALL.iter().position(|region| *region == self.region).unwrap_or(0);
        let count = Region::ALL.len();
        self.region = match key.code {
            KeyCode::Char('u' | '1') => Region::Us,
            KeyCode::Char('k' | '2') => Region::Uk,
            KeyCode::Char('g' | 'd' | '3') => Region::De,
            KeyCode::Char('e' | 'o' | '4') => Region::Other,
            KeyCode::Right | KeyCode::Char(' ') => Region::ALL[(at + 1) % count],
            KeyCode::Left => Region::ALL[(at + count - 1) % count],
            _ => return false,
        };
        true
    }

    fn finish(&mut self) -> Option<GateEffect> {
        let physician = clean_line(self.name.text());
        let zone = Tz::from_str(self.zone.text().trim());
        let wrong = if physician.is_empty() {
            Some((Field::Name, "Your name stands in the header and under summaries: please type it."))
        } else if zone.is_err() {
            Some((Field::Zone, "This zone is not known. Try one like Europe/Berlin or America/New_York."))
        } else if strength(self.passphrase.text()) == Strength::Blank {
            Some((Field::Passphrase, "There is no unencrypted record: a passphrase is needed."))
        } else if self.passphrase.text() != self.again.text() {
            self.again = Secret::default();
            Some((Field::Again, "The two passphrases differ. Please type the second again."))
        } else if strength(self.passphrase.text()) == Strength::Weak && !self.warned {
            self.warned = true;
            Some((
                Field::Again,
                "This passphrase is weak: whoever takes the file can find it within hours and read every patient. \
                 Enter takes it all the same; Shift-Tab goes back to choose another.",
            ))
        } else {
            None
        };
        if let Some((field, words)) = wrong {
            self.focus = field;
            self.words = Some(words.to_owned());
            return None;
        }
        let zone = zone.ok()?;
        self.again = Secret::default();
        let record = NewRecord { physician, region: self.region, zone, passphrase: self.passphrase.take_out() };
        Some(GateEffect::Create(Box::new(record)))
    }

    /// Draws the screen.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.clear(area);
        let wide = area.width.min(76);
        let left = (area.width - wide) / 2;
        let column = Rect { width: wide, ..inset(area, left, 0) };
        let top = area.height.saturating_sub(18) / 3;
        let at = |down: u16| row(column, top + down);
        canvas.words(at(0), &Words::new().bold(Role::Focus, "daysheet").say(Role::Second, "  a new record"));
        canvas.text(at(1), Role::Faint, &self.file);
        for (n, &field) in (0u16..).zip(&FIELDS) {
            self.field(canvas, at(3 + 2 * n), field);
        }
        let note = "The record is one encrypted file that belongs to you. Whoever has the file and the passphrase can \
                    read it; a forgotten passphrase is final, nobody can help.";
        let mut down = 14;
        for line in wrap(note, usize::from(wide)) {
            canvas.text(at(down), Role::Faint, &line);
            down += 1;
        }
        for line in wrap(self.words.as_deref().unwrap_or_default(), usize::from(wide)) {
            down += 1;
            canvas.text(at(down), Role::Wants, &line);
        }
        let words = Words::new()
            .bold(Role::Focus, " Enter")
            .say(Role::Second, " next, at the end make the record  ")
            .bold(Role::Focus, "Shift-Tab")
            .say(Role::Second, " back  ")
            .bold(Role::Focus, "Ctrl-Q")
            .say(Role::Second, " quit");
        canvas.words(row(area, area.height.saturating_sub(1)), &words);
    }

    fn field(&self, canvas: &mut Canvas<'_>, area: Rect, field: Field) {
        let focused = self.focus == field && !self.busy;
        let label = match field {
            Field::Name => "your name",
            Field::Region => "region",
            Field::Zone => "zone",
            Field::Passphrase => "passphrase",
            Field::Again => "once more",
        };
        canvas.text(area, if focused { Role::Focus } else { Role::Second }, label);
        let value = inset(area, 14, 0);
        match field {
            Field::Name | Field::Zone => {
                let line = if field == Field::Name { &self.name } else { &self.zone };
                if focused {
                    line.widget("").paint(canvas, value);
                } else {
                    canvas.text(value, Role::Text, line.text());
                }
            }
            Field::Region => {
                let mut words = Words::new();
                for (key, region) in ["u", "k", "g", "e"].into_iter().zip(Region::ALL) {
                    let chosen = *region == self.region;
                    words = words.say(Role::Focus, if focused { key } else { "" });
                    words = if chosen {
                        words.bold(Role::Strong, format!("[{}]", region.label()))
                    } else {
                        words.say(Role::Faint, format!(" {} ", region.label()))
                    };
                    words = words.gap(1);
                }
                canvas.words(value, &words);
            }
            Field::Passphrase => {
                self.passphrase.paint(canvas, inset(value, 0, 24), focused);
                let hint = strength(self.passphrase.text());
                let role = match hint {
                    Strength::Blank | Strength::Weak => Role::Wants,
                    Strength::Fair => Role::Second,
                    Strength::Strong => Role::Done,
                };
                canvas.text(Rect { y: area.y + 1, ..value }, role, hint.words());
            }
            Field::Again if self.busy => {
                canvas.text(value, Role::Faint, "making the record…");
            }
            Field::Again => self.again.paint(canvas, value, focused),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::key::Key;

    fn typed(gate: &mut Setup, text: &str) -> Option<GateEffect> {
        text.chars().find_map(|c| {
            let key = if c == '\n' { Key::of(KeyCode::Enter) } else { Key::char(c) };
            gate.input(&Input::Key(key))
        })
    }

    fn setup() -> Setup {
        Setup::new("record", chrono_tz::Europe::Berlin, Region::De)
    }

    #[test]
    fn first_run_goes_through_by_enter() {
        let mut gate = setup();
        let keys = "Dr A. Rivera\nk\n\notter violin gravel maple tin\notter violin gravel maple tin\n";
        let Some(GateEffect::Create(record)) = typed(&mut gate, keys) else { panic!("it is made") };
        assert_eq!((record.physician.as_str(), record.region), ("Dr A. Rivera", Region::Uk));
        assert_eq!(record.zone, chrono_tz::Europe::Berlin);
        assert_eq!(*record.passphrase, "otter violin gravel maple tin");
    }

    #[test]
    fn a_weak_passphrase_is_taken_only_after_a_plain_warning_and_a_blank_one_never() {
        let mut gate = setup();
        assert!(typed(&mut gate, "Dr A\n\n\npass\npass\n").is_none());
        assert!(gate.words.as_ref().is_some_and(|words| words.contains("weak")));
        assert!(matches!(typed(&mut gate, "\n"), Some(GateEffect::Create(_))));
        let mut gate = setup();
        assert!(typed(&mut gate, "Dr A\n\n\n\n\n\n").is_none());
        assert_eq!(gate.focus, Field::Again);
        assert!(gate.words.is_some());
    }

    #[test]
    fn two_different_passphrases_are_asked_again() {
        let mut gate = setup();
        assert!(typed(&mut gate, "Dr A\n\n\notter violin gravel maple tin\nother\n").is_none());
        assert_eq!(gate.again.text(), "");
    }
}
