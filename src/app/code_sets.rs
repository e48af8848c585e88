//! The physician's own code sets: the files in the folder `codes` beside the settings, read when an assessment is first
//! opened. A faulty file is told with its line and reason, and nothing of it is used.

use std::fs;
use std::path::Path;

use crate::clinical::code_set::{CodeSets, OwnCodeSet, read_own};

/// Reads the folder; what cannot be used is told in sentences, one a file.
pub fn load(folder: &Path) -> (CodeSets, Vec<String>) {
    let (mut sets, mut faults): (Vec<OwnCodeSet>, Vec<String>) = (Vec::new(), Vec::new());
    let Ok(entries) = fs::read_dir(folder) else { return (CodeSets::default(), faults) };
    let mut files: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match fs::read_to_string(&file) {
            Err(why) => faults.push(format!("codes/{name} cannot be read: {why}")),
            Ok(text) => match read_own(&text) {
                Err(fault) => faults.push(format!("codes/{name}, {fault}; nothing of it is used")),
                Ok(set) if sets.iter().any(|other| other.id == set.id) => {
                    faults.push(format!("codes/{name}: the code set {} stands in another file too", set.id));
                }
                Ok(set) => sets.push(set),
            },
        }
    }
    (CodeSets::with(sets), faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::practice::Region;

    const GOOD: &str =
        "id = \"gm\"\nname = \"GM\"\nsource = \"BfArM\"\n[[code]]\ncode = \"M54.4\"\nlabel = \"Lumboischialgie\"\n";

    #[test]
    fn a_faulty_file_is_told_and_the_others_are_used() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.toml", GOOD);
        write("b.toml", &GOOD.replace("code = \"M54.4\"", "code = \"\"").replace("\"gm\"", "\"other\""));
        write("c.toml", GOOD);
        write("notes.txt", "no code set");
        let (sets, faults) = load(folder.path());
        assert_eq!(sets.own().len(), 1);
        assert_eq!(sets.find(Region::De, "lumboi", 5).len(), 1);
        assert_eq!(
            faults,
            [
                "codes/b.toml, line 4: \"\" is no code; nothing of it is used",
                "codes/c.toml: the code set gm stands in another file too",
            ]
        );
    }

    #[test]
    fn no_folder_is_no_fault() {
        let (sets, faults) = load(Path::new("/nowhere/at/all"));
        assert!(sets.own().is_empty() && faults.is_empty());
    }
}
