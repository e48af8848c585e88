//! Keys: what a keyboard sends, the same on every terminal, and chords: the keys a command can be bound to.
//!
//! A [`Key`] is what was pressed. A [`Chord`] is a key that may stand in the binding table or in the settings, with its
//! one written form: `n`, `Space`, `+`, `<`, `Ctrl-S`, `F4`, `Shift-Tab`. What plain terminals cannot send, or send as
//! another key, is refused with its reason. How bytes become keys is in `app::terminal`.

use std::fmt;
use std::str::FromStr;

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A key that types this character; the character says whether shift was down.
    Char(char),
    /// A function key, from 1.
    F(u8),
    /// Enter, also the keypad's.
    Enter,
    /// Tab.
    Tab,
    /// Tab with shift.
    BackTab,
    /// Escape.
    Esc,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// A page back.
    PgUp,
    /// A page on.
    PgDn,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
}

/// The keys with a name, as it is written.
const NAMES: [(KeyCode, &str); 16] = [
    (KeyCode::Enter, "Enter"),
    (KeyCode::Tab, "Tab"),
    (KeyCode::Esc, "Esc"),
    (KeyCode::Backspace, "Backspace"),
    (KeyCode::Delete, "Delete"),
    (KeyCode::Insert, "Insert"),
    (KeyCode::Home, "Home"),
    (KeyCode::End, "End"),
    (KeyCode::PgUp, "PgUp"),
    (KeyCode::PgDn, "PgDn"),
    (KeyCode::Up, "Up"),
    (KeyCode::Down, "Down"),
    (KeyCode::Left, "Left"),
    (KeyCode::Right, "Right"),
    (KeyCode::Char(' '), "Space"),
    (KeyCode::BackTab, "Shift-Tab"),
];

/// The highest function key that can be bound.
const LAST_F: u8 = 24;

impl KeyCode {
    /// Whether terminals send this key together with shift or ctrl in a form of its own.
    const fn takes_modifiers(self) -> bool {
        match self {
            Self::Delete
            | Self::Insert
            | Self::Home
            | Self::End
            | Self::PgUp
            | Self::PgDn
            | Self::Up
            | Self::Down
            | Self::Left
            | Self::Right
            | Self::F(_) => true,
            Self::Char(_) | Self::Enter | Self::Tab | Self::BackTab | Self::Esc | Self::Backspace => false,
        }
    }
}

/// One key press. Alt is not among the modifiers: a terminal sends it as Esc, then the key, and so it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// With ctrl.
    pub ctrl: bool,
    /// With shift. Never set where the code says it already: on a character without ctrl, and on [`KeyCode::BackTab`].
    pub shift: bool,
}

impl Key {
    /// The key alone.
    pub const fn of(code: KeyCode) -> Self {
        Self { code, ctrl: false, shift: false }
    }
    /// The key that types this character.
    pub const fn char(c: char) -> Self {
        Self::of(KeyCode::Char(c))
    }
    /// Ctrl with a letter, written small.
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: true, shift: false }
    }
    /// A function key.
    pub const fn f(number: u8) -> Self {
        Self::of(KeyCode::F(number))
    }
    /// The same key with shift.
    #[cfg(test)]
    #[must_use]
    pub const fn with_shift(self) -> Self {
        Self { shift: true, ..self }
    }
    /// The same key with ctrl.
    #[cfg(test)]
    #[must_use]
    pub const fn with_ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// The character this key types into a text field, if it types one.
    pub const fn types(self) -> Option<char> {
        match self {
            Self { code: KeyCode::Char(c), ctrl: false, .. } => Some(c),
            _ => None,
        }
    }

    /// The one form of this key on every terminal: what a plain terminal cannot tell apart is the same key also where
    /// the terminal could (Ctrl-I is Tab, Ctrl-M and Ctrl-J are Enter, Ctrl-H is Backspace, Ctrl-[ is Esc), and shift is
    /// said once.
    #[must_use]
    pub fn plain(self) -> Self {
        let Self { code, ctrl, shift } = self;
        match code {
            KeyCode::Char(c) if ctrl => match sent_as(c) {
                Some(other) if shift && other == KeyCode::Tab => Self::of(KeyCode::BackTab),
                Some(other) => Self::of(other),
                None => {
                    Self { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl, shift: shift || c.is_ascii_uppercase() }
                }
            },
            KeyCode::Tab if shift => Self { code: KeyCode::BackTab, ctrl, shift: false },
            KeyCode::Char(_) | KeyCode::Enter | KeyCode::Esc | KeyCode::Backspace | KeyCode::BackTab => {
                Self { code, ctrl, shift: false }
            }
            _ => self,
        }
    }
}

/// The key as which a plain terminal sends Ctrl with this character, where it is one with a name of its own.
const fn sent_as(c: char) -> Option<KeyCode> {
    match c {
        'h' | 'H' => Some(KeyCode::Backspace),
        'i' | 'I' => Some(KeyCode::Tab),
        'j' | 'J' | 'm' | 'M' => Some(KeyCode::Enter),
        '[' => Some(KeyCode::Esc),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        if let Some((_, name)) = NAMES.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            // Every other code has its name in the table above; a test walks them.
            _ => Ok(()),
        }
    }
}

/// A key that a command can be bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord(Key);

/// Why a text or a key is no chord.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAChord {
    /// Nothing was written.
    #[error("no key is named")]
    Empty,
    /// No key has this name.
    #[error("no key is called `{0}`; keys are written like `n`, `Ctrl-S`, `F4`, `Shift-Tab` or `Space`")]
    Unknown(String),
    /// Alt is not bound to anything.
    #[error("Alt cannot be bound: a terminal sends it as Esc, then the key")]
    Alt,
    /// A plain terminal sends this as another key.
    #[error("`{0}` cannot be bound: a plain terminal sends it as {1}")]
    IsAnother(Key, Key),
    /// A plain terminal does not send this, or not apart from the key without the modifier.
    #[error("`{0}` cannot be bound: a plain terminal does not send it")]
    NotSent(Key),
    /// Shift is already in the character.
    #[error("write the character itself, `{0}`, not Shift with a key")]
    WriteTheCharacter(char),
    /// After Esc this character begins a sequence of the terminal's own.
    #[error("`{0}` cannot be bound: after Esc it begins a sequence of the terminal's own")]
    BeginsASequence(char),
}

impl Chord {
    /// The key as a chord.
    pub fn new(key: Key) -> Result<Self, NotAChord> {
        if key.plain() != key && !(key.shift && key.ctrl) {
            return Err(match key.code {
                KeyCode::Char(c) if !key.ctrl => NotAChord::WriteTheCharacter(c.to_ascii_uppercase()),
                _ => NotAChord::IsAnother(key, key.plain()),
            });
        }
        match key.code {
            KeyCode::Char(c @ ('[' | 'O')) if !key.ctrl => Err(NotAChord::BeginsASequence(c)),
            KeyCode::Char(c) if c.is_control() => Err(NotAChord::Unknown(String::new())),
            KeyCode::Char(c) if key.ctrl => match c {
                _ if sent_as(c).is_some() => Err(NotAChord::IsAnother(key, key.plain())),
                'a'..='z' | ' ' | '\\' | ']' | '^' | '_' if !key.shift => Ok(Self(key)),
                _ => Err(NotAChord::NotSent(key)),
            },
            KeyCode::F(number) if !(1..=LAST_F).contains(&number) => Err(NotAChord::NotSent(key)),
            code if (key.ctrl || key.shift) && !code.takes_modifiers() => Err(NotAChord::NotSent(key)),
            _ => Ok(Self(key)),
        }
    }

    /// The key to press.
    pub const fn key(self) -> Key {
        self.0
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Chord {
    type Err = NotAChord;

    /// Reads the written form. Names and modifiers may be written in any case; a character is itself.
    fn from_str(text: &str) -> Result<Self, NotAChord> {
        if text.is_empty() {
            return Err(NotAChord::Empty);
        }
        let (mut ctrl, mut shift, mut rest) = (false, false, text);
        while let Some((before, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
            match before.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "shift" => shift = true,
                "alt" => return Err(NotAChord::Alt),
                _ => break,
            }
            rest = after;
        }
        let code = code_of(rest).ok_or_else(|| NotAChord::Unknown(text.to_owned()))?;
        let code = match code {
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Tab if shift => {
                shift = false;
                KeyCode::BackTab
            }
            code => code,
        };
        Self::new(Key { code, ctrl, shift })
    }
}

fn code_of(text: &str) -> Option<KeyCode> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(KeyCode::Char(c));
    }
    if let Some((code, _)) = NAMES.iter().find(|(_, name)| name.eq_ignore_ascii_case(text)) {
        return Some(*code);
    }
    let number = text.strip_prefix(['F', 'f'])?;
    (!number.starts_with(['0', '+'])).then(|| number.parse().ok().map(KeyCode::F))?
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: [KeyCode; 16] = [
        KeyCode::Enter,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Esc,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Insert,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PgUp,
        KeyCode::PgDn,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::F(1),
    ];

    #[test]
    fn chords_are_read_and_written_alike() {
        for (text, key) in [
            ("n", Key::char('n')),
            ("U", Key::char('U')),
            ("+", Key::char('+')),
            ("-", Key::char('-')),
            ("<", Key::char('<')),
            ("é", Key::char('é')),
            ("Space", Key::char(' ')),
            ("Ctrl-S", Key::ctrl('s')),
            ("Ctrl-Space", Key::ctrl(' ')),
            ("Ctrl-]", Key::ctrl(']')),
            ("F4", Key::f(4)),
            ("F24", Key::f(24)),
            ("Shift-F4", Key::f(4).with_shift()),
            ("Shift-Tab", Key::of(KeyCode::BackTab)),
            ("Ctrl-Left", Key::of(KeyCode::Left).with_ctrl()),
            ("Ctrl-Shift-End", Key::of(KeyCode::End).with_ctrl().with_shift()),
        ] {
            let chord: Chord = text.parse().unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!(chord.key(), key, "{text}");
            assert_eq!(chord.to_string(), text);
        }
    }

    #[test]
    fn every_key_without_modifier_has_a_name_that_reads_back() {
        for code in NAMED {
            let name = Key::of(code).to_string();
            assert_eq!(name.parse::<Chord>().map(Chord::key), Ok(Key::of(code)), "{name}");
        }
    }

    #[test]
    fn names_may_be_written_in_any_case() {
        for (text, written) in [
            ("ctrl-s", "Ctrl-S"),
            ("CTRL-s", "Ctrl-S"),
            ("pgup", "PgUp"),
            ("shift-tab", "Shift-Tab"),
            ("f2", "F2"),
            ("SPACE", "Space"),
            ("Shift-Ctrl-Up", "Ctrl-Shift-Up"),
        ] {
            assert_eq!(text.parse::<Chord>().map(|c| c.to_string()), Ok(written.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_a_plain_terminal_cannot_send_is_refused_with_its_reason() {
        let another = |text: &str| match text.parse::<Chord>() {
            Err(NotAChord::IsAnother(_, is)) => is.to_string(),
            other => panic!("{text}: {other:?}"),
        };
        for (text, is) in [
            ("Ctrl-H", "Backspace"),
            ("Ctrl-I", "Tab"),
            ("Ctrl-J", "Enter"),
            ("Ctrl-M", "Enter"),
            ("Ctrl-[", "Esc"),
            ("Ctrl-Shift-H", "Backspace"),
            ("Shift-Enter", "Enter"),
            ("Shift-Esc", "Esc"),
        ] {
            assert_eq!(another(text), is, "{text}");
        }
        for (text, why) in [
            ("", NotAChord::Empty),
            ("Alt-x", NotAChord::Alt),
            ("Ctrl-Alt-x", NotAChord::Alt),
            ("[", NotAChord::BeginsASequence('[')),
            ("O", NotAChord::BeginsASequence('O')),
            ("Shift-n", NotAChord::WriteTheCharacter('N')),
            ("Ctrl-Shift-S", NotAChord::NotSent(Key::ctrl('s').with_shift())),
            ("Ctrl-5", NotAChord::NotSent(Key::ctrl('5'))),
            ("Ctrl-Enter", NotAChord::NotSent(Key::of(KeyCode::Enter).with_ctrl())),
            ("Ctrl--", NotAChord::NotSent(Key::ctrl('-'))),
            ("F0", NotAChord::Unknown("F0".into())),
            ("F25", NotAChord::NotSent(Key::f(25))),
            ("F300", NotAChord::Unknown("F300".into())),
            ("nn", NotAChord::Unknown("nn".into())),
            ("Super-x", NotAChord::Unknown("Super-x".into())),
            (" ", NotAChord::Unknown(" ".into())),
            ("\t", NotAChord::Unknown("\t".into())),
            ("Ctrl-", NotAChord::Unknown("Ctrl-".into())),
        ] {
            assert_eq!(text.parse::<Chord>(), Err(why), "{text:?}");
        }
        assert_eq!("o".parse::<Chord>().map(Chord::key), Ok(Key::char('o')), "only the capital begins a sequence");
    }

    #[test]
    fn one_key_has_one_form_on_every_terminal() {
        let shifted = |code| Key::of(code).with_shift();
        for (sent, is) in [
            (Key::ctrl('h'), Key::of(KeyCode::Backspace)),
            (Key::ctrl('i'), Key::of(KeyCode::Tab)),
            (Key::ctrl('i').with_shift(), Key::of(KeyCode::BackTab)),
            (Key::ctrl('j'), Key::of(KeyCode::Enter)),
            (Key::ctrl('['), Key::of(KeyCode::Esc)),
            (Key::ctrl('S'), Key::ctrl('s').with_shift()),
            (shifted(KeyCode::Tab), Key::of(KeyCode::BackTab)),
            (shifted(KeyCode::Enter), Key::of(KeyCode::Enter)),
            (shifted(KeyCode::Char('A')), Key::char('A')),
            (shifted(KeyCode::Left), shifted(KeyCode::Left)),
            (Key::char('h'), Key::char('h')),
        ] {
            assert_eq!(sent.plain(), is, "{sent}");
        }
    }

    #[test]
    fn only_characters_without_ctrl_are_typed() {
        assert_eq!(Key::char('ß').types(), Some('ß'));
        assert_eq!(Key::char(' ').types(), Some(' '));
        assert_eq!(Key::ctrl('s').types(), None);
        assert_eq!(Key::of(KeyCode::Enter).types(), None);
    }
}
