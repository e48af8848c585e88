//! One process writes at a time: a lock on a file of its own beside the record, which says who holds it.
//!
//! Never a lock on the record itself: `SQLite` keeps its own locks there. The lock goes with the process, so a crash
//! leaves none behind; only the text of the last holder stays, and is overwritten by the next.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::error::{DoingTo, StoreError};
use super::files;
use crate::clinical::text::clean_line;
use crate::clinical::time::Instant;

/// Who holds a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The process, if it said so.
    pub process: Option<u32>,
    /// The machine's name, if it said so.
    pub host: Option<String>,
    /// Since when, if it said so.
    pub since: Option<Instant>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.process {
            Some(process) => write!(f, "another daysheet (process {process}")?,
            None => f.write_str("another daysheet (unknown process")?,
        }
        match &self.host {
            Some(host) => write!(f, " on {host})"),
            None => f.write_str(")"),
        }
    }
}

/// The right to write, for as long as it lives.
#[derive(Debug)]
pub(super) struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// Takes the lock beside a record.
    ///
    /// # Errors
    /// [`StoreError::Held`] says who has it; [`StoreError::ReadOnly`] that nothing can be written in this folder.
    pub(super) fn take(record: &Path, now: Instant) -> Result<Self, StoreError> {
        let path = files::beside(record, ".lock");
        let mut options = OpenOptions::new();
        let opened = files::private(options.read(true).write(true).create(true).truncate(false)).open(&path);
        let mut file = opened.map_err(|source| match source.kind() {
            std::io::ErrorKind::PermissionDenied => StoreError::ReadOnly,
            _ => StoreError::io("taking the lock", &path, source),
        })?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Held(read_holder(&mut file))),
            Err(TryLockError::Error(source)) => return Err(StoreError::io("taking the lock", &path, source)),
        }
        write_holder(&mut file, now).doing_to("writing who holds the lock", &path)?;
        Ok(Self { _file: file })
    }
}

fn write_holder(file: &mut File, now: Instant) -> std::io::Result<()> {
    let host = host().unwrap_or_default();
    let text = format!("process {}\nhost {host}\nsince {}\n", std::process::id(), now.millis());
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text.as_bytes())
}

/// What the holder wrote; whatever cannot be read is left open, for the text is a courtesy, not the lock.
fn read_holder(file: &mut File) -> Holder {
    let mut bytes = Vec::new();
    let _ = file.seek(SeekFrom::Start(0)).and_then(|_| file.take(1000).read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let line = |word: &str| {
        let rest = text.lines().find_map(|line| line.strip_prefix(word))?;
        Some(clean_line(rest)).filter(|rest| !rest.is_empty())
    };
    Holder {
        process: line("process ").and_then(|text| text.parse().ok()),
        host: line("host "),
        since: line("since ").and_then(|text| text.parse().ok()).map(Instant::from_millis),
    }
}

/// The name of this machine, where the system tells it without asking a program.
fn host() -> Option<String> {
    let from_files =
        ["/proc/sys/kernel/hostname", "/etc/hostname"].iter().find_map(|at| std::fs::read_to_string(at).ok());
    let from_settings = || ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    from_files.or_else(from_settings).map(|name| clean_line(&name)).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_writer_is_told_who_holds_the_record_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record");
        let since = Instant::from_millis(1_795_000_000_000);
        let first = WriteLock::take(&record, since).unwrap();
        let held = match WriteLock::take(&record, since.plus_millis(1)) {
            Err(StoreError::Held(holder)) => holder,
            other => panic!("{other:?}"),
        };
        assert_eq!((held.process, held.since), (Some(std::process::id()), Some(since)));
        drop(first);
        WriteLock::take(&record, since).unwrap();
    }

    #[test]
    fn a_lock_with_nonsense_in_it_still_locks() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record");
        let lock = files::beside(&record, ".lock");
        std::fs::write(&lock, b"\xff\xfe process\nhost \x1b[31m\n").unwrap();
        let file = File::open(&lock).unwrap();
        file.try_lock().unwrap();
        match WriteLock::take(&record, Instant::from_millis(0)) {
            Err(StoreError::Held(holder)) => {
                assert_eq!(holder.to_string(), "another daysheet (unknown process on [31m)");
            }
            other => panic!("{other:?}"),
        }
    }
}
