//! Files of the record: made for their owner alone, and surely on the disk before anything relies on them.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::{DoingTo, StoreError};

/// What a database is made of: itself, and what `SQLite` keeps beside it under the same name.
pub(super) const ENDINGS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Makes the folder of a file, for its owner alone, if it is not there.
pub(super) fn make_folder(file: &Path) -> Result<(), StoreError> {
    let folder = folder_of(file);
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).doing_to("making the folder", &folder)
}

/// Makes an empty file for its owner alone; one that is there is refused.
pub(super) fn make_file(path: &Path) -> Result<File, StoreError> {
    private(OpenOptions::new().write(true).create_new(true)).open(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => StoreError::AlreadyThere(path.to_owned()),
        // The folder may be read-only while the file itself is not there yet.
        std::io::ErrorKind::PermissionDenied => StoreError::ReadOnly,
        _ => StoreError::io("making the file", path, source),
    })
}

/// Whether the disk of this file is full: a piece as large as what lies beside an open record finds no room.
pub(super) fn is_full(path: &Path) -> bool {
    const PIECE: usize = 64 << 10;
    let probe = beside(path, ".room");
    let written = make_file(&probe).and_then(|mut file| {
        file.write_all(&vec![0; PIECE]).and_then(|()| file.sync_all()).doing_to("looking for room", &probe)
    });
    drop(remove(&probe));
    matches!(written, Err(StoreError::DiskFull))
}

/// Options that make a file readable for its owner alone.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// The same path with an ending after its whole name: `record.db` and `.lock` make `record.db.lock`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Waits until a file is on the disk.
pub(super) fn sync(path: &Path) -> Result<(), StoreError> {
    File::open(path).and_then(|file| file.sync_all()).doing_to("waiting for the disk", path)
}

/// Gives a finished file its name, in place of one that had it, and waits until the disk knows.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).doing_to("naming the finished file", to)?;
    sync_folder(to)
}

/// Waits until the folder's list of names is on the disk.
pub(super) fn sync_folder(file: &Path) -> Result<(), StoreError> {
    let folder = folder_of(file);
    if cfg!(unix) { sync(&folder) } else { Ok(()) }
}

/// Removes a file; one that is not there is no error.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io("removing a file", path, source))
        }
        _ => Ok(()),
    }
}

/// Removes an unfinished database with everything `SQLite` keeps beside it.
pub(super) fn remove_database(path: &Path) -> Result<(), StoreError> {
    ENDINGS.iter().try_for_each(|ending| remove(&beside(path, ending)))
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
