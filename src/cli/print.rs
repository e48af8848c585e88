//! Printing: results to standard output, words to standard error.

use std::io::{ErrorKind, Write};

use color_eyre::eyre::eyre;

use super::Failed;

/// Prints a result. Where whoever reads it has gone away, nothing is missing and nothing is said.
pub fn result(text: &str) -> Result<(), Failed> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => {
            Err(eyre!("what was to be printed could not be written: {why}"))
        }
        _ => Ok(()),
    }
}

/// Prints a value as JSON, on one line.
pub fn json(value: &impl serde::Serialize) -> Result<(), Failed> {
    let text = serde_json::to_string(value).map_err(|why| eyre!("this cannot be written as JSON: {why}"))?;
    result(&(text + "\n"))
}

/// Says something beside the result. To whom nobody listens, nothing is said.
pub fn say(words: &str) {
    drop(writeln!(std::io::stderr(), "{words}"));
}
