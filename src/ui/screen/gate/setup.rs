//! First run: the physician's name, the region, the zone, the passphrase twice. Nothing is written before the end.

mod draw;

use std::str::FromStr;

use chrono_tz::Tz;

use super::strength::{Strength, strength};
use super::unlock::Secret;
use super::{GateEffect, NewRecord};
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::practice::{Region, read_physician};
use crate::clinical::vocab::Vocab;
use crate::ui::line::Line;

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

const NO_ZONE: &str = "This zone is not known. Try one like Europe/Berlin or America/New_York.";

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
        let physician = read_physician(self.name.text());
        let zone = Tz::from_str(self.zone.text().trim());
        let wrong = match (&physician, &zone) {
            (Err(why), _) => Some((Field::Name, why.to_string())),
            (_, Err(_)) => Some((Field::Zone, NO_ZONE.to_owned())),
            _ => self.wrong_passphrase().map(|(field, words)| (field, words.to_owned())),
        };
        if let Some((field, words)) = wrong {
            self.focus = field;
            self.words = Some(words);
            return None;
        }
        let (physician, zone) = (physician.ok()?, zone.ok()?);
        self.again = Secret::default();
        let record = NewRecord { physician, region: self.region, zone, passphrase: self.passphrase.take_out() };
        Some(GateEffect::Create(Box::new(record)))
    }

    /// What stands against the passphrase, and where.
    fn wrong_passphrase(&mut self) -> Option<(Field, &'static str)> {
        if strength(self.passphrase.text()) == Strength::Blank {
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
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;
    use crate::action::key::Key;
    use crate::ui::theme::Look;
    use crate::ui::widget::Canvas;

    fn typed(gate: &mut Setup, text: &str) -> Option<GateEffect> {
        text.chars().find_map(|c| {
            let key = if c == '\n' { Key::of(KeyCode::Enter) } else { Key::char(c) };
            gate.input(&Input::Key(key))
        })
    }

    /// The screen in this size, and whether the cursor stands on it.
    fn drawn(gate: &Setup, (columns, rows): (u16, u16)) -> (String, bool) {
        let area = Rect::new(0, 0, columns, rows);
        let mut buf = Buffer::empty(area);
        let mut canvas = Canvas::new(&mut buf, Look::default());
        gate.render(&mut canvas, area);
        let has_cursor = canvas.cursor().is_some();
        (crate::ui::screen::testing::text(&buf), has_cursor)
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
    fn a_name_that_no_header_has_room_for_is_told_at_the_name() {
        let mut gate = setup();
        gate.input(&Input::Paste("Y".repeat(1_000_000)));
        assert!(typed(&mut gate, "\n\n\notter violin gravel maple tin\notter violin gravel maple tin\n").is_none());
        assert_eq!(gate.focus, Field::Name);
        assert!(gate.words.as_ref().is_some_and(|words| words.contains("too long")), "{:?}", gate.words);
    }

    #[test]
    fn in_any_terminal_the_field_under_the_hands_and_what_is_wrong_are_in_view() {
        for (columns, rows) in [(80, 24), (79, 24), (80, 23), (60, 16), (50, 12), (40, 10), (30, 8), (24, 6)] {
            let mut gate = setup();
            let shown = |gate: &Setup| drawn(gate, (columns, rows));
            let small = shown(&gate).0.contains("Made for");
            assert_eq!(small, (columns, rows) != (80, 24), "{columns}x{rows}\n{}", shown(&gate).0);
            for (typed_, label, value) in [
                ("Dr A. Rivera", "your name", "Dr A. Rivera"),
                ("\nk", "region", "United Kingdom"),
                ("\n", "zone", "Europe/Berlin"),
                ("\npass", "passphrase", "••••"),
                ("\npas", "once more", "•••"),
            ] {
                typed(&mut gate, typed_);
                let (text, cursor) = shown(&gate);
                assert!(text.contains(label) && text.contains(value), "{columns}x{rows} {label}\n{text}");
                assert!(label == "region" || cursor, "{columns}x{rows} {label}\n{text}");
            }
            typed(&mut gate, "\n");
            let (text, cursor) = shown(&gate);
            assert!(text.contains("The two") && text.contains("once more") && cursor, "{columns}x{rows}\n{text}");
        }
    }

    #[test]
    fn two_different_passphrases_are_asked_again() {
        let mut gate = setup();
        assert!(typed(&mut gate, "Dr A\n\n\notter violin gravel maple tin\nother\n").is_none());
        assert_eq!(gate.again.text(), "");
    }
}
