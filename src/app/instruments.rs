//! The physician's own instruments: files in a folder beside the settings. A faulty one is refused with line and reason, the
//! good ones work.

use std::collections::BTreeSet;
use std::path::Path;

use crate::clinical::facts::instruments::Instrument;
use crate::clinical::instrument::{Catalogue, Fault, read_own};

/// Reads the folder: the catalogue with what could be read, and a sentence for each fault of the files that could not.
pub fn load(folder: &Path) -> (Catalogue, Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return (Catalogue::default(), Vec::new()) };
    let mut files: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")));
    files.sort();
    let (mut own, mut faults): (Vec<Instrument>, Vec<String>) = (Vec::new(), Vec::new());
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for file in files {
        match read(&file, &seen) {
            Ok(instruments) => {
                seen.extend(instruments.iter().map(|instrument| instrument.id.clone()));
                own.extend(instruments);
            }
            Err(why) => {
                faults.extend(why.iter().map(|why| format!("{}, {why}; this file is not used", file.display())));
            }
        }
    }
    (Catalogue::with(own), faults)
}

/// Reads a file; none of its ids may stand in another.
fn read(file: &Path, seen: &BTreeSet<String>) -> Result<Vec<Instrument>, Vec<String>> {
    let text = std::fs::read_to_string(file).map_err(|why| vec![format!("which cannot be read: {why}")])?;
    let told = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    let instruments = read_own(&text).map_err(told)?;
    let twice = instruments.iter().filter(|instrument| seen.contains(&instrument.id));
    let faults: Vec<String> = twice.map(|twice| format!("the id {} stands in another file", twice.id)).collect();
    if faults.is_empty() { Ok(instruments) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r#"[[instrument]]
id = "stairs"
name = "Stairs climbed"
domain = "function"
scoring = "sum"
range = [0, 3]
direction = "higher_is_better"
recall = "today"
completed_by = "patient"
items = [{ id = "a", label = "Flights climbed", min = 0, max = 3 }]
bands = [{ label = "few", from = 0, to = 1 }, { label = "many", from = 2, to = 3 }]
licence = "own"
licence_status = "free"
source = "Own practice, 2026"
verified = false
"#;

    #[test]
    fn a_faulty_file_is_refused_with_its_line_and_the_good_ones_work() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("instruments");
        assert_eq!(load(&folder).1, Vec::<String>::new(), "no folder is no fault");
        std::fs::create_dir(&folder).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        write("a.toml", OWN);
        write("b.toml", &OWN.replace("direction = \"higher_is_better\"", "direction = \"up\""));
        write("c.toml", &OWN.replace("id = \"stairs\"", "id = \"phq9\""));
        write("d.toml", OWN);
        write("notes.txt", "not an instrument");
        let (catalogue, faults) = load(&folder);
        assert_eq!(catalogue.get("stairs").map(|entry| entry.name().to_owned()).as_deref(), Some("Stairs climbed"));
        assert_eq!(catalogue.get("phq9").map(|entry| entry.short()).as_deref(), Some("PHQ-9"));
        let ends: Vec<&str> = faults.iter().map(|fault| &fault[fault.find("toml, ").unwrap() + 6..]).collect();
        assert!(ends[0].starts_with("line 7: unknown variant `up`"), "{}", ends[0]);
        assert_eq!(ends[1], "line 2: the id phq9 belongs to an instrument that exists; this file is not used");
        assert_eq!(ends[2], "the id stairs stands in another file; this file is not used");
        assert_eq!(faults.len(), 3);
    }
}
