//! Files and folders that only their owner can read. Where there are no such rights (Windows) they have those of the folder
//! they lie in, which is the user's own.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The folder a file lies in; a bare name lies here.
pub fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Makes a folder closed to other users.
pub fn closed(builder: &mut DirBuilder) -> &mut DirBuilder {
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(builder, 0o700);
    builder
}

/// Makes a new file closed to other users.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Makes the folder a file is to lie in, closed to other users. One that stands is left as it is.
pub fn make_folder_for(file: &Path) -> io::Result<()> {
    closed(DirBuilder::new().recursive(true)).create(folder_of(file))
}

/// Writes a file that only its owner can read, in place of one that is there.
pub fn write_private(file: &Path, text: &str) -> io::Result<()> {
    make_folder_for(file)?;
    let mut open = private(OpenOptions::new().write(true).create(true).truncate(true)).open(file)?;
    // One that was there keeps its permissions when it is opened.
    #[cfg(unix)]
    open.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    open.write_all(text.as_bytes())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn new_folders_and_files_are_closed_to_others() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("deep/deeper/record.db");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        make_folder_for(&file).unwrap();
        make_folder_for(&file).unwrap();
        assert_eq!(mode(file.parent().unwrap()), 0o700);
        std::fs::write(&file, "readable for all").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        write_private(&file, "long text").unwrap();
        write_private(&file, "text").unwrap();
        assert_eq!((mode(&file), std::fs::read_to_string(&file).unwrap()), (0o600, "text".to_owned()));
    }
}
