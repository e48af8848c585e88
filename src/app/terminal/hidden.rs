//! One line typed without being shown: a passphrase asked for on the command line.
//!
//! The terminal is raw only while the line is typed; also a signal that ends the program takes it back first.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::thread;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;
use zeroize::Zeroizing;

/// Why no line was typed.
#[derive(Debug, thiserror::Error)]
pub enum NotTyped {
    /// Nobody can be asked: standard input is no terminal.
    #[error("there is no terminal to type it in")]
    NoTerminal,
    /// Whoever was asked ended it with Ctrl-C, Ctrl-D or by closing the terminal.
    #[error("it was not typed to its end")]
    Ended,
    /// The system refused.
    #[error("the terminal cannot be used: {0}")]
    Refused(#[from] io::Error),
}

/// Room for a line: a passphrase that outgrew it would leave a copy of itself behind in memory.
const ROOM: usize = 4096;

/// Asks for a line on standard error and reads it without showing it.
pub fn ask(prompt: &str) -> Result<Zeroizing<String>, NotTyped> {
    if !io::stdin().is_terminal() {
        return Err(NotTyped::NoTerminal);
    }
    typed(&super::keyboard()?, prompt)
}

fn typed(keyboard: &File, prompt: &str) -> Result<Zeroizing<String>, NotTyped> {
    let mut signals = Signals::new([SIGTERM, SIGHUP])?;
    let watched = signals.handle();
    let watching = thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            drop(disable_raw_mode());
            drop(signal_hook::low_level::emulate_default_handler(signal));
        }
    });
    // Before the question: who answers at once must not be shown either.
    enable_raw_mode()?;
    let mut words = io::stderr();
    let asked = write!(words, "{prompt}: ").and_then(|()| words.flush());
    let line = asked.map_err(NotTyped::from).and_then(|()| read(keyboard));
    drop(disable_raw_mode());
    // The line that was typed is not shown, its end is.
    drop(writeln!(words));
    watched.close();
    drop(watching.join());
    line
}

/// Reads keys up to the end of the line, as a terminal sends them.
fn read(mut keys: impl Read) -> Result<Zeroizing<String>, NotTyped> {
    let mut line = Zeroizing::new(Vec::with_capacity(ROOM));
    let mut byte = Zeroizing::new([0; 1]);
    loop {
        if keys.read(byte.as_mut())? == 0 {
            return Err(NotTyped::Ended);
        }
        match byte[0] {
            b'\r' | b'\n' => break,
            3 => return Err(NotTyped::Ended),
            4 if line.is_empty() => return Err(NotTyped::Ended),
            // Backspace takes the last character, Ctrl-U all of them.
            8 | 127 => take_last(&mut line),
            21 => line.clear(),
            0..32 => {}
            other if line.len() < ROOM => line.push(other),
            _ => {}
        }
    }
    let text = std::str::from_utf8(&line).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn take_last(line: &mut Vec<u8>) {
    while line.pop().is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_was_typed_and_not_taken_back() {
        for (keys, line) in [
            ("horse staple\r", "horse staple"),
            ("horse\n", "horse"),
            ("horsé\u{7f}e\r", "horse"),
            ("wrong\u{15}right\r", "right"),
            ("\u{7f}\u{7f}a\u{1}\r", "a"),
            ("\r", ""),
        ] {
            assert_eq!(*read(keys.as_bytes()).unwrap(), line, "{keys:?}");
        }
    }

    #[test]
    fn a_line_that_was_broken_off_is_none() {
        for keys in ["", "horse", "horse\u{3}", "\u{4}"] {
            assert!(matches!(read(keys.as_bytes()), Err(NotTyped::Ended)), "{keys:?}");
        }
    }
}
