//! What can go wrong with the record, in types, and as sentences a physician can act on.
//!
//! No variant carries patient text: names of files, tables and acts, and what `SQLite` says of its own rules.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::lock::Holder;
use super::undo::Refusal;
use super::verify::Finding;

/// Why the record could not be opened, read or written. Shown as a sentence; [`StoreError::advice`] says what can be done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file of this name.
    #[error("There is no file {}.", .0.display())]
    Missing(PathBuf),
    /// A file of this name stands where a new one was to be written.
    #[error("There is already a file {}.", .0.display())]
    AlreadyThere(PathBuf),
    /// The copy to be brought back is the record itself.
    #[error("{} is the record in use, not a copy of it.", .0.display())]
    InUse(PathBuf),
    /// Too short, of a wrong length, or plainly not encrypted.
    #[error("{} is not a daysheet record: it is no encrypted database, or it was cut off.", .0.display())]
    NotADatabase(PathBuf),
    /// A plain `SQLite` file.
    #[error("{} is a database, but not an encrypted one: it is no daysheet record.", .0.display())]
    Unencrypted(PathBuf),
    /// Opened with the passphrase, yet something else than a record.
    #[error("{} is an encrypted database, but not a daysheet record.", .0.display())]
    NotARecord(PathBuf),
    /// The key does not fit. An encrypted file does not tell this apart from something that is no database at all.
    #[error("The passphrase does not open {}. It may be mistyped, or the file may be damaged or no daysheet record.", .0.display())]
    WrongPassphrase(PathBuf),
    /// An empty passphrase was given; there is no unencrypted record.
    #[error("The passphrase is empty.")]
    EmptyPassphrase,
    /// A page or structure of the file is damaged.
    #[error("The record is damaged: something in it no longer reads as it was written (while {doing}).")]
    Damaged {
        /// What was being done.
        doing: &'static str,
    },
    /// Written by a later version of the program.
    #[error("The record was written by a newer daysheet (schema {file}, this program knows {program}).")]
    NewerSchema {
        /// The schema of the file.
        file: u32,
        /// The newest schema this program knows.
        program: u32,
    },
    /// An older file opened only for reading: it cannot be brought up to date.
    #[error("The record is from an older daysheet (schema {file}, this program has {program}).")]
    OlderSchema {
        /// The schema of the file.
        file: u32,
        /// The newest schema this program knows.
        program: u32,
    },
    /// The file, its folder or this window may only be read.
    #[error("The record can only be read here, not written.")]
    ReadOnly,
    /// Nothing can be written where a new file or a copy was to stand.
    #[error("Nothing can be written to {}: its folder or medium may only be read.", .0.display())]
    NoPlace(PathBuf),
    /// No access to the file.
    #[error("{} may not be read by this user.", .0.display())]
    NoAccess(PathBuf),
    /// No room left.
    #[error("The disk is full. Nothing was written by halves.")]
    DiskFull,
    /// The disk did not do what was asked.
    #[error("The disk does not answer as it should (while {doing}).")]
    Disk {
        /// What was being done.
        doing: &'static str,
    },
    /// Another process writes to this record.
    #[error("The record is in use by {0}.")]
    Held(Holder),
    /// Another connection was busy for longer than we wait.
    #[error("The record is busy: another window is working on it.")]
    Busy,
    /// A step of the schema failed; the file is as it was.
    #[error("The record could not be brought to schema {version}; it is as it was before. {source}")]
    Migration {
        /// The schema that was to be reached.
        version: u32,
        /// Why not.
        source: Box<StoreError>,
    },
    /// The schema itself breaks a rule of the house (a mistake of ours, found by tests).
    #[error("The table {table} cannot be logged: {why}.")]
    Schema {
        /// The table.
        table: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A rule of the file refuses the values.
    #[error("The record refuses this (while {doing}): {rule}.")]
    Constraint {
        /// What was being done.
        doing: &'static str,
        /// The rule, in the words of the database.
        rule: String,
    },
    /// An act cannot be taken back, or not be done again.
    #[error("{0}")]
    Refused(Refusal),
    /// A copy was looked through and found wrong.
    #[error("The copy is not sound: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    NotSound(Vec<Finding>),
    /// A row holds a value it should not.
    #[error("The record holds something it should not: {column} of {table} {row}.")]
    WrongValue {
        /// The table.
        table: &'static str,
        /// The row's identity.
        row: String,
        /// The column.
        column: String,
    },
    /// A row that is asked for or was to be changed is not there: it was taken back in the meantime.
    #[error("This is no longer in the record ({table}).")]
    Gone {
        /// The table.
        table: &'static str,
    },
    /// Stopped on request; nothing was changed.
    #[error("Stopped; nothing was changed.")]
    Stopped,
    /// The database failed in another way.
    #[error("The record could not be used (while {doing}).")]
    Sql {
        /// What was being done.
        doing: &'static str,
        /// What the database says.
        source: rusqlite::Error,
    },
    /// The file system failed in another way.
    #[error("{}: {source} (while {doing}).", .path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl StoreError {
    /// What can be done now, in one sentence.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Missing(_) => "Give another file, or start a new record.",
            Self::AlreadyThere(_) => "Choose another name; nothing was written.",
            Self::InUse(_) => "Give the file of a backup; nothing was changed.",
            Self::NotADatabase(_) | Self::Unencrypted(_) | Self::NotARecord(_) => {
                "Give another file; nothing was changed in this one."
            }
            Self::WrongPassphrase(_) => "Try again as often as needed; nothing is lost.",
            Self::EmptyPassphrase => "Every record has a passphrase: type one.",
            Self::Damaged { .. } | Self::NotSound(_) | Self::WrongValue { .. } => {
                "`daysheet verify` names what is wrong; `daysheet restore` brings back a backup and keeps this file."
            }
            Self::NewerSchema { .. } => "Use the newer daysheet; nothing was changed.",
            Self::OlderSchema { .. } => "Open it once for writing to bring it up to date; a backup is made first.",
            Self::ReadOnly => "Reading goes on; to write, free the file or copy it to a place you may write to.",
            Self::NoPlace(_) => "Name another place; nothing was written.",
            Self::NoAccess(_) => "Check the owner and the rights of the file.",
            Self::DiskFull => "Free some room and try again; what was kept before is safe.",
            Self::Disk { .. } | Self::Io { .. } => "Check the disk and try again; what was kept before is safe.",
            Self::Held(_) => "Close it there and try again; nothing was changed.",
            Self::Busy => "Try again in a moment; what you typed stays here.",
            Self::Migration { .. } => "Go on with the older daysheet, and keep the backup beside the file.",
            Self::Constraint { .. } | Self::Schema { .. } | Self::Sql { .. } => {
                "Nothing was written; what you typed stays here."
            }
            Self::Gone { .. } => "Redo it, or write it again; what you typed stays here.",
            Self::Refused(_) => "Undo the later act first, or change it by hand.",
            Self::Stopped => "It can be started again at any time.",
        }
    }

    /// Sorts an error of the database by what it means.
    pub(super) fn sql(doing: &'static str, source: rusqlite::Error) -> Self {
        let (code, said) = match &source {
            rusqlite::Error::SqliteFailure(error, said) => (error.code, said.clone()),
            rusqlite::Error::SqlInputError { error, msg, .. } => (error.code, Some(msg.clone())),
            _ => return Self::Sql { doing, source },
        };
        match code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged { doing },
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Self::Disk { doing },
            ErrorCode::OperationInterrupted => Self::Stopped,
            ErrorCode::ConstraintViolation => {
                Self::Constraint { doing, rule: said.unwrap_or_else(|| "a rule of the table".to_owned()) }
            }
            _ => Self::Sql { doing, source },
        }
    }

    /// Sorts an error of the file system by what it means.
    pub(super) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(path.to_owned()),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::PermissionDenied => Self::NoAccess(path.to_owned()),
            _ => Self::Io { doing, path: path.to_owned(), source },
        }
    }
}

/// Says what was being done when the database failed.
pub(super) trait Doing<T> {
    /// The error, with what was being done.
    fn doing(self, what: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, rusqlite::Error> {
    fn doing(self, what: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::sql(what, source))
    }
}

/// Says what was being done to which file when the system failed.
pub(super) trait DoingTo<T> {
    /// The error, with what was being done and to which file.
    fn doing_to(self, what: &'static str, path: &Path) -> Result<T, StoreError>;
}

impl<T> DoingTo<T> for Result<T, io::Error> {
    fn doing_to(self, what: &'static str, path: &Path) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::io(what, path, source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn failures_of_the_database_are_sorted_by_what_they_mean() {
        let failed =
            |code| StoreError::sql("testing", rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)).to_string();
        for (code, start) in [
            (ffi::SQLITE_FULL, "The disk is full"),
            (ffi::SQLITE_READONLY, "The record can only be read"),
            (ffi::SQLITE_BUSY, "The record is busy"),
            (ffi::SQLITE_CORRUPT, "The record is damaged"),
            (ffi::SQLITE_IOERR_WRITE, "The disk does not answer"),
            (ffi::SQLITE_INTERRUPT, "Stopped"),
        ] {
            assert!(failed(code).starts_with(start), "{code}: {}", failed(code));
        }
    }
}
