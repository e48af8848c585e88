//! `daysheet calc NAME`: any calculator, with its reasons. Needs no record and no passphrase.
//!
//! With `--json` the inputs come as one JSON object (`-` reads it from standard input) and the answer goes out as one;
//! without it the questions are asked in words and a sentence is printed. Results go to standard output, words to standard
//! error.

mod ask;

use std::io::{self, BufRead, Read, Write};

use crate::clinical::facts::instruments::Instrument;
use crate::clinical::text::{clean, clean_line};
use crate::format::calc::{Answer, Fault, Json, compute_json, list, own, questions};

/// Where a calculator reads and writes.
pub struct Terminal<'a> {
    /// Answers to questions, or the JSON of `--json -`.
    pub input: &'a mut dyn BufRead,
    /// Results.
    pub output: &'a mut dyn Write,
    /// Questions and complaints.
    pub words: &'a mut dyn Write,
}

/// The command's exit code: done.
pub const DONE: u8 = 0;
/// The command's exit code: could not.
pub const COULD_NOT: u8 = 1;
/// The command's exit code: wrong usage.
pub const WRONG_USAGE: u8 = 2;

/// The most that is read of a JSON input.
const MOST_BYTES: u64 = 1_000_000;

/// Runs a calculator and gives back the exit code; the physician's own instruments are calculators too. Without a name it
/// lists what there is.
///
/// # Errors
/// Only where a stream cannot be read or written.
pub fn run(name: Option<&str>, json: Option<&str>, mine: &[Instrument], terminal: &mut Terminal) -> io::Result<u8> {
    let Some(name) = name else {
        write!(terminal.output, "{}", names(mine))?;
        return Ok(DONE);
    };
    let one = own::find(mine, name);
    let questions = match one.map_or_else(|| questions(name), |one| Ok(own::questions(one))) {
        Ok(questions) => questions,
        Err(fault) => {
            writeln!(terminal.words, "{}. There are:\n{}", clean_line(&fault.to_string()), names(mine))?;
            return Ok(WRONG_USAGE);
        }
    };
    let answer = |inputs: &Json| one.map_or_else(|| compute_json(name, inputs), |one| own::compute(one, inputs));
    let read = |text: &str| Json::read(text).map_err(Fault::from);
    let answer = match json {
        Some("-") => {
            let mut text = String::new();
            let mut input = Read::take(&mut *terminal.input, MOST_BYTES);
            match input.read_to_string(&mut text) {
                Ok(_) => read(&text).and_then(|inputs| answer(&inputs)),
                Err(fault) if fault.kind() == io::ErrorKind::InvalidData => {
                    return complain(terminal, "the input is no text");
                }
                Err(fault) => return Err(fault),
            }
        }
        Some(text) => read(text).and_then(|inputs| answer(&inputs)),
        None => match ask::ask(&questions, terminal)? {
            Some(inputs) => answer(&inputs),
            None => return complain(terminal, "The input ended before the questions did"),
        },
    };
    finish(answer, json.is_some(), terminal)
}

fn finish(answer: Result<Answer, Fault>, as_json: bool, terminal: &mut Terminal) -> io::Result<u8> {
    match answer {
        Ok(answer) if as_json => writeln!(terminal.output, "{}", answer.json())?,
        Ok(answer) => write!(terminal.output, "{}", clean(&answer.words()))?,
        Err(fault) => return complain(terminal, &fault.to_string()),
    }
    terminal.output.flush()?;
    Ok(DONE)
}

fn complain(terminal: &mut Terminal, said: &str) -> io::Result<u8> {
    writeln!(terminal.words, "{}.", clean_line(said).trim_end_matches('.'))?;
    Ok(COULD_NOT)
}

/// All names with what each tells, one a line; one's own last.
fn names(mine: &[Instrument]) -> String {
    let all: Vec<(&str, &str)> = list().into_iter().chain(own::list(mine)).collect();
    let width = all.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines: Vec<String> =
        all.iter().map(|(name, about)| format!("  {name:width$}  {}\n", clean_line(about))).collect();
    lines.concat()
}

#[cfg(test)]
mod tests;
