//! Bytes from the terminal, made into input.
//!
//! This is ours and not crossterm's because crossterm cannot tell a closed terminal from a quiet one, drops one of two
//! Esc in a burst, and reads an arrow after such an Esc as letters. The rules:
//!
//! - Esc with a following `[` or `O` begins a sequence; with anything else it is Esc, then that (so Alt-key is Esc, key).
//! - A lone Esc, `Esc [` or `Esc O` at the end of what came is held back ([`Decoder::is_waiting`]) until more comes or
//!   [`Decoder::settle`] says that nothing did. All else is decided by the bytes alone, however they are cut up.
//! - Sequences nobody knows are swallowed whole; bytes that are no UTF-8 are dropped.

use crate::action::input::{Input, Mouse, MouseButton, MouseKind};
use crate::action::key::{Key, KeyCode};

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";
/// The kind of a key event that says the key came up.
const RELEASED: u32 = 3;
/// No sequence of a terminal is longer; what is, is no sequence.
const LONGEST: usize = 64;

/// Makes input of bytes that come in pieces.
#[derive(Debug, Default)]
pub struct Decoder {
    /// What came and is not yet decided.
    held: Vec<u8>,
    /// What came of a paste that has not ended.
    paste: Option<Vec<u8>>,
}

/// What the first bytes are.
enum Step {
    /// Not decided without more.
    More,
    /// This many bytes: these inputs (Alt makes two of one sequence).
    Take(usize, [Option<Input>; 2]),
    /// This many bytes, after which a paste begins.
    Paste(usize),
}

impl Step {
    fn nothing(bytes: usize) -> Self {
        Self::Take(bytes, [None, None])
    }
    fn key(bytes: usize, key: Key) -> Self {
        Self::Take(bytes, [Some(Input::Key(key.plain())), None])
    }
    fn code(bytes: usize, code: KeyCode) -> Self {
        Self::key(bytes, Key::of(code))
    }
}

impl Decoder {
    /// Takes bytes as they came and adds to `out` what they decide.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        let mut held = std::mem::take(&mut self.held);
        held.extend_from_slice(bytes);
        let mut at = 0;
        while at < held.len() {
            if let Some(paste) = &mut self.paste {
                // The end mark may have begun in what came before.
                let from = paste.len().saturating_sub(PASTE_END.len() - 1);
                paste.extend_from_slice(&held[at..]);
                at = held.len();
                if let Some(end) = find(&paste[from..], PASTE_END).map(|end| from + end) {
                    at -= paste.len() - end - PASTE_END.len();
                    out.push(Input::Paste(lines(&paste[..end])));
                    self.paste = None;
                }
                continue;
            }
            match step(&held[at..]) {
                Step::More => break,
                Step::Take(used, inputs) => {
                    at += used;
                    out.extend(inputs.into_iter().flatten());
                }
                Step::Paste(used) => {
                    at += used;
                    self.paste = Some(Vec::new());
                }
            }
        }
        held.drain(..at);
        self.held = held;
    }

    /// Whether what came last could be a key by itself or the beginning of a sequence.
    pub fn is_waiting(&self) -> bool {
        matches!(self.held.as_slice(), [ESC] | [ESC, b'[' | b'O'])
    }

    /// Nothing more came in a moment: what waits is keys.
    pub fn settle(&mut self, out: &mut Vec<Input>) {
        if self.is_waiting() {
            out.push(Key::of(KeyCode::Esc).into());
            out.extend(self.held.get(1).map(|c| Key::char(char::from(*c)).into()));
            self.held.clear();
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Pasted bytes as text: terminals end lines with a carriage return.
fn lines(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [ESC] | [ESC, b'[' | b'O'] => Step::More,
        [ESC, b'[', rest @ ..] => csi(rest),
        [ESC, b'O', last, ..] => match ss3(*last) {
            Some(code) => Step::code(3, code),
            None => Step::code(1, KeyCode::Esc),
        },
        [ESC, ..] => Step::code(1, KeyCode::Esc),
        [b'\r', ..] => Step::code(1, KeyCode::Enter),
        [b'\t', ..] => Step::code(1, KeyCode::Tab),
        [0x7f, ..] => Step::code(1, KeyCode::Backspace),
        [0, ..] => Step::key(1, Key::ctrl(' ')),
        [c @ 0x01..=0x1a, ..] => Step::key(1, Key::ctrl(char::from(c + 0x60))),
        [c @ 0x1c..=0x1f, ..] => Step::key(1, Key::ctrl(char::from(c + 0x40))),
        _ => character(bytes),
    }
}

fn character(bytes: &[u8]) -> Step {
    let long = match bytes.first() {
        Some(0x00..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Step::nothing(1),
    };
    match std::str::from_utf8(&bytes[..long.min(bytes.len())]) {
        Ok(text) => {
            Step::Take(long, [text.chars().next().filter(|c| !c.is_control()).map(|c| Key::char(c).into()), None])
        }
        Err(why) if why.error_len().is_none() => Step::More,
        Err(_) => Step::nothing(1),
    }
}

/// What follows `Esc O`: keys in the terminal's application mode.
fn ss3(last: u8) -> Option<KeyCode> {
    match last {
        b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S' => letter(last),
        b'M' => Some(KeyCode::Enter),
        _ => None,
    }
}

/// The key of a sequence that ends in a letter.
fn letter(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

/// The key of a sequence that ends in `~`.
fn tilde(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PgUp,
        6 => KeyCode::PgDn,
        // The numbers have gaps where the keyboards of the seventies had them.
        11..=15 => function(number - 10),
        17..=21 => function(number - 11),
        23..=26 => function(number - 12),
        28 | 29 => function(number - 13),
        31..=34 => function(number - 14),
        _ => return None,
    })
}

fn function(number: u32) -> KeyCode {
    KeyCode::F(u8::try_from(number).unwrap_or(0))
}

/// What follows `Esc [`.
fn csi(rest: &[u8]) -> Step {
    if let [b'[', more @ ..] = rest {
        // The Linux console's F1 to F5.
        return match more {
            [] => Step::More,
            [last @ b'A'..=b'E', ..] => Step::code(4, KeyCode::F(last - b'A' + 1)),
            _ => Step::nothing(3),
        };
    }
    let Some(end) = rest.iter().position(|c| !(0x20..=0x3f).contains(c)) else {
        return if rest.len() < LONGEST { Step::More } else { Step::nothing(2 + rest.len()) };
    };
    let (body, last) = (&rest[..end], rest[end]);
    let used = 2 + end + 1;
    if !(0x40..=0x7e).contains(&last) {
        // Cut off by something else, which is left to be read. With no body it was Esc and the bracket, typed.
        return match body {
            [] => Step::Take(2, [Some(Key::of(KeyCode::Esc).into()), Some(Key::char('[').into())]),
            _ => Step::nothing(used - 1),
        };
    }
    match (body, last) {
        ([], b'I') => Step::Take(used, [Some(Input::FocusGained), None]),
        ([], b'O') => Step::Take(used, [Some(Input::FocusLost), None]),
        // A mouse report of the oldest kind: three bytes follow.
        ([], b'M') if rest.len() < 4 => Step::More,
        ([], b'M') => Step::nothing(6),
        ([b'<', body @ ..], b'M' | b'm') => Step::Take(used, [mouse(body, last).map(Input::Mouse), None]),
        (b"200", b'~') => Step::Paste(used),
        _ => Step::Take(used, key_of(body, last)),
    }
}

/// The numbers between `;`, each with those between `:` below it. What is empty or no number is none.
fn parameters(body: &[u8]) -> Vec<Vec<Option<u32>>> {
    let text = String::from_utf8_lossy(body);
    text.split(';').map(|part| part.split(':').map(|number| number.parse().ok()).collect()).collect()
}

fn key_of(body: &[u8], last: u8) -> [Option<Input>; 2] {
    let parameters = parameters(body);
    let number = |at: usize, below: usize| parameters.get(at).and_then(|p| p.get(below).copied().flatten());
    let (code, held) = match last {
        b'u' => (number(0, 0).and_then(kitty), number(1, 0)),
        b'~' if number(0, 0) == Some(27) => (number(2, 0).and_then(kitty), number(1, 0)),
        b'~' => (number(0, 0).and_then(tilde), number(1, 0)),
        _ => (letter(last), number(1, 0)),
    };
    let held = held.unwrap_or(1).saturating_sub(1);
    // Super, hyper and meta belong to the window manager.
    if number(1, 1) == Some(RELEASED) || held & (8 | 16 | 32) != 0 {
        return [None, None];
    }
    let (ctrl, shift) = (held & 4 != 0, held & 1 != 0);
    let code = code.map(|code| match code {
        // Said as the key and shift, where a plain terminal sends the character.
        KeyCode::Char(c) if shift && !ctrl => KeyCode::Char(c.to_uppercase().next().unwrap_or(c)),
        code => code,
    });
    let key = code.map(|code| Key { code, ctrl, shift }.plain().into());
    match key {
        Some(key) if held & 2 != 0 => [Some(Key::of(KeyCode::Esc).into()), Some(key)],
        key => [key, None],
    }
}

/// The key of a number in the kitty protocol: a character, or one of its own numbers for the keypad and function keys.
fn kitty(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        57376..=57387 => function(number - 57363),
        57399..=57408 => KeyCode::Char(char::from_digit(number - 57399, 10)?),
        57409 => KeyCode::Char('.'),
        57410 => KeyCode::Char('/'),
        57411 => KeyCode::Char('*'),
        57412 => KeyCode::Char('-'),
        57413 => KeyCode::Char('+'),
        57415 => KeyCode::Char('='),
        57416 => KeyCode::Char(','),
        57417 => KeyCode::Left,
        57418 => KeyCode::Right,
        57419 => KeyCode::Up,
        57420 => KeyCode::Down,
        57421 => KeyCode::PgUp,
        57422 => KeyCode::PgDn,
        57423 => KeyCode::Home,
        57424 => KeyCode::End,
        57425 => KeyCode::Insert,
        57426 => KeyCode::Delete,
        // The rest of the private range: media keys, modifiers alone.
        57344..=63743 => return None,
        _ => KeyCode::Char(char::from_u32(number).filter(|c| !c.is_control())?),
    })
}

fn mouse(body: &[u8], last: u8) -> Option<Mouse> {
    const MOVED: u32 = 32;
    const WHEEL: u32 = 64;
    let parameters = parameters(body);
    let number = |at: usize| parameters.get(at).and_then(|p| p.first().copied().flatten());
    let what = number(0)? & !(4 | 8 | 16);
    let button = match what & 3 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match what {
        WHEEL => MouseKind::ScrollUp,
        65 => MouseKind::ScrollDown,
        _ if what >= WHEEL => return None,
        _ if last == b'm' => MouseKind::Release,
        _ if what & MOVED != 0 => MouseKind::Drag(button?),
        _ => MouseKind::Press(button?),
    };
    let cell = |at| number(at).and_then(|n| u16::try_from(n.checked_sub(1)?).ok());
    Some(Mouse { kind, x: cell(1)?, y: cell(2)? })
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
