//! Long work on the command line: how far it is, where somebody looks on, and Ctrl-C stops it without harm.

use std::io::{self, IsTerminal, Write};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::Failed;
use crate::store::{Progress, Stop, Watch};

/// Does long work; a signal that would end the program asks it to stop instead.
pub fn watched<T, E: Into<Failed>>(work: impl FnOnce(&mut Watch) -> Result<T, E>) -> Result<T, Failed> {
    let stop = Stop::default();
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let (handle, asked) = (signals.handle(), stop.clone());
    let watching = thread::spawn(move || signals.forever().for_each(|_| asked.ask()));
    let is_watched = io::stderr().is_terminal();
    let mut shown = String::new();
    let mut tell = |progress| {
        let words = words(progress);
        if is_watched && words != shown {
            drop(write!(io::stderr(), "\r\x1b[K{words}"));
            shown = words;
        }
    };
    let done = work(&mut Watch::new(stop, &mut tell));
    if is_watched && !shown.is_empty() {
        drop(write!(io::stderr(), "\r\x1b[K"));
    }
    handle.close();
    drop(watching.join());
    done.map_err(Into::into)
}

fn words(progress: Progress) -> String {
    let stage = progress.stage.words();
    match (progress.done * 100).checked_div(progress.total) {
        Some(percent) if progress.total > 1 => format!("{stage}: {percent} %"),
        _ => format!("{stage}…"),
    }
}
