//! Where things lie: the record, its backups, the settings and what belongs beside them.
//!
//! The platform's own folders unless the command line says otherwise. Backups lie beside the record they copy, mappings
//! beside the settings they belong to, so that a record or settings kept elsewhere leave nothing behind here.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::jobs::private_file::folder_of;

/// The places of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The record.
    pub record: PathBuf,
    /// The settings file; it need not exist.
    pub settings: PathBuf,
    /// The folder of what the physician wrote: instruments, codes and phrases. They are only read.
    pub own: PathBuf,
    /// For what lives only as long as the login: text copied out where no clipboard works.
    pub runtime: PathBuf,
}

/// There is no home to keep anything in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no home folder is set (HOME), so there is no place for the record: name one with --file, and settings with --config"
)]
pub struct NoHome;

impl Paths {
    /// The places, with those the command line names in place of the platform's.
    pub fn find(file: Option<&Path>, config: Option<&Path>) -> Result<Self, NoHome> {
        let dirs = ProjectDirs::from("", "", "daysheet");
        let runtime = dirs.as_ref().and_then(|dirs| dirs.runtime_dir().map(Path::to_owned));
        let in_data = || dirs.as_ref().map(|dirs| dirs.data_local_dir().join("record.db"));
        let in_config = || dirs.as_ref().map(|dirs| dirs.config_dir().join("settings.toml"));
        let record = file.map(Path::to_owned).or_else(in_data).ok_or(NoHome)?;
        let settings = config.map(Path::to_owned).or_else(in_config).ok_or(NoHome)?;
        Ok(Self {
            own: folder_of(&settings).to_owned(),
            settings,
            runtime: runtime.unwrap_or_else(|| folder_of(&record).join("run")),
            record,
        })
    }

    /// The folder of the automatic copies, each named after the record.
    pub fn backups(&self) -> PathBuf {
        folder_of(&self.record).join("backups")
    }

    /// The physician's own phrases; the file need not exist.
    pub fn phrases(&self) -> PathBuf {
        self.own.join("phrases.toml")
    }

    /// The folder of the physician's own instruments.
    pub fn instruments(&self) -> PathBuf {
        self.own.join("instruments")
    }

    /// The folder of the physician's own code sets.
    pub fn code_sets(&self) -> PathBuf {
        self.own.join("codes")
    }

    /// The folder of saved import mappings.
    pub fn mappings(&self) -> PathBuf {
        folder_of(&self.settings).join("mappings")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(record: &str, settings: &str) -> Paths {
        Paths::find(Some(Path::new(record)), Some(Path::new(settings))).unwrap()
    }

    #[test]
    fn what_belongs_to_a_file_lies_beside_it() {
        let paths = paths("/stick/pain.db", "/stick/conf/mine.toml");
        assert_eq!(paths.backups(), Path::new("/stick/backups"));
        assert_eq!(paths.mappings(), Path::new("/stick/conf/mappings"));
        assert_eq!(paths.phrases(), Path::new("/stick/conf/phrases.toml"));
        assert_eq!(super::Paths { record: "pain.db".into(), ..paths }.backups(), Path::new("./backups"));
    }

    #[test]
    fn a_named_record_needs_no_home_for_itself() {
        let paths = paths("a.db", "b.toml");
        assert_eq!((paths.record.as_path(), paths.settings.as_path()), (Path::new("a.db"), Path::new("b.toml")));
    }
}
