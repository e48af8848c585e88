//! Saved mappings: files beside the settings, one a source, found by name or by what they fit.

use std::fs;
use std::path::{Path, PathBuf};

use super::ImportError;
use crate::clinical::import::ask::{Asked, MappingAsked};
use crate::clinical::text::clean_line;
use crate::format::csv::mapping::Mapping;
use crate::format::schedule;
use crate::jobs::private_file::write_private;

/// A mapping under the name it was saved by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The name of its file, without its ending.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
}

/// Every mapping of the folder by name, and what is wrong with those that cannot be used.
pub fn all(folder: &Path) -> (Vec<Saved>, Vec<String>) {
    let (mut saved, mut wrong) = (Vec::new(), Vec::new());
    let mut files: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "toml")) {
        match open(file) {
            Ok(found) => saved.push(found),
            Err(why) => wrong.push(why.to_string()),
        }
    }
    (saved, wrong)
}

/// One mapping by its file.
fn open(file: &Path) -> Result<Saved, ImportError> {
    let name = file.file_stem().map(|name| clean_line(&name.to_string_lossy())).unwrap_or_default();
    let text = fs::read_to_string(file).map_err(|why| ImportError::Unread(file.display().to_string(), why))?;
    let mapping = Mapping::read(&text).map_err(|why| ImportError::Mapping(name.clone(), why))?;
    Ok(Saved { name, mapping })
}

/// One mapping by its name, or by its own file.
///
/// # Errors
/// Where it is not there or cannot be used.
pub fn named(folder: &Path, name: &str) -> Result<Saved, ImportError> {
    let own = Path::new(name);
    if own.is_file() {
        return open(own);
    }
    let file = folder.join(format!("{name}.toml"));
    if !file.is_file() {
        let (saved, _) = all(folder);
        let names: Vec<&str> = saved.iter().map(|saved| saved.name.as_str()).collect();
        return Err(ImportError::NoMapping(clean_line(name), names.join(", ")));
    }
    open(&file)
}

/// The mapping by which a file is read: the one that was asked for, else the first that fits; with the patterns that were
/// asked for beside its own.
///
/// # Errors
/// Where the one that was asked for cannot be used.
pub fn choose(asked: &Asked, folder: &Path, bytes: &[u8]) -> Result<Option<Saved>, ImportError> {
    let chosen = match &asked.mapping {
        MappingAsked::Without => None,
        MappingAsked::Named(name) => Some(named(folder, name)?),
        MappingAsked::ByItself => all(folder).0.into_iter().find(|saved| schedule::fits(bytes, &saved.mapping)),
    };
    if asked.patterns.is_empty() {
        return Ok(chosen);
    }
    let mut chosen = chosen.unwrap_or_else(|| Saved { name: String::new(), mapping: Mapping::default() });
    let more = asked.patterns.iter().filter(|pattern| !chosen.mapping.patterns.contains(pattern));
    let more: Vec<String> = more.cloned().collect();
    chosen.mapping.patterns.extend(more);
    Ok(Some(chosen))
}

/// Saves a mapping under a name. One of that name is replaced only by what was made of it.
///
/// # Errors
/// A name that cannot be one of a file, one that another mapping has, a file that cannot be written.
pub fn save(folder: &Path, name: &str, made_of: Option<&str>, mapping: &Mapping) -> Result<PathBuf, ImportError> {
    let name = name.trim();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '(' | ')');
    if name.is_empty() || name.starts_with('.') || name.len() > 100 || !name.chars().all(fits) {
        return Err(ImportError::BadName(clean_line(name)));
    }
    let file = folder.join(format!("{name}.toml"));
    if file.exists() && made_of != Some(name) {
        return Err(ImportError::NameTaken(name.to_owned()));
    }
    let mapping = Mapping { name: name.to_owned(), ..mapping.clone() };
    write_private(&file, &mapping.write()).map_err(|why| ImportError::Unwritten(file.display().to_string(), why))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::import::ask::MappingAsked;

    const TABLE: &[u8] = b"Day,Hour,Last,First\n2026-11-24,09:00,Ng,Linh\n";

    fn mapping(headers: &[&str]) -> Mapping {
        Mapping { headers: headers.iter().map(|name| (*name).to_owned()).collect(), ..Mapping::default() }
    }

    #[test]
    fn the_mapping_with_the_headers_is_found_whatever_their_order() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), "other", None, &mapping(&["Day", "Hour", "Patient"])).unwrap();
        save(folder.path(), "desk", None, &mapping(&["FIRST", "last", "Hour", "Day"])).unwrap();
        save(folder.path(), "any", None, &mapping(&[])).unwrap();
        let chosen = |asked: MappingAsked| {
            let asked = Asked { mapping: asked, ..Asked::default() };
            choose(&asked, folder.path(), TABLE).unwrap().map(|saved| saved.name)
        };
        assert_eq!(chosen(MappingAsked::ByItself).as_deref(), Some("desk"));
        assert_eq!(chosen(MappingAsked::Named("any".to_owned())).as_deref(), Some("any"));
        assert_eq!(chosen(MappingAsked::Without), None);
    }

    #[test]
    fn names_that_cannot_be_files_and_names_that_are_taken_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["", "  ", "../../settings", "a/b", ".hidden", "x\u{1b}[2J"] {
            assert!(save(folder.path(), name, None, &Mapping::default()).is_err(), "{name:?}");
        }
        save(folder.path(), "desk", None, &Mapping::default()).unwrap();
        assert!(save(folder.path(), "desk", None, &Mapping::default()).is_err());
        assert!(save(folder.path(), "desk", Some("desk"), &Mapping::default()).is_ok());
    }

    #[test]
    fn a_mapping_that_cannot_be_used_is_named_and_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), "desk", None, &mapping(&["Day"])).unwrap();
        fs::write(folder.path().join("broken.toml"), "patterns = [\"{given}\"]").unwrap();
        fs::write(folder.path().join("notes.txt"), "not a mapping").unwrap();
        let (saved, wrong) = all(folder.path());
        assert_eq!((saved.len(), wrong.len()), (1, 1));
        assert!(wrong[0].contains("broken"), "{}", wrong[0]);
        let why = named(folder.path(), "dsk").unwrap_err().to_string();
        assert!(why.contains("dsk") && why.contains("desk"), "{why}");
    }
}
