//! Code sets of the physician's own: a file of `[[code]]` entries in the settings folder. A faulty file is refused with
//! line and reason; nothing of it is used.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::clinical::facts::conditions::conditions;
use crate::clinical::instrument::Fault;
use crate::clinical::practice::Region;

/// A code set from a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnCodeSet {
    /// Its id, which problems keep beside the code: `icd10gm2026`.
    pub id: String,
    /// Its name, as it is shown.
    pub name: String,
    /// The region in which it is offered; none offers it everywhere.
    #[serde(default)]
    pub region: Option<Region>,
    /// Where it comes from.
    pub source: String,
    /// Its codes.
    #[serde(skip)]
    pub code: Vec<OwnCode>,
}

/// One code of such a set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnCode {
    /// The code.
    pub code: String,
    /// What it means.
    pub label: String,
    /// The condition of our own table it belongs to: red flags and instruments follow from it.
    #[serde(default)]
    pub condition: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: toml::Spanned<String>,
    name: String,
    #[serde(default)]
    region: Option<Region>,
    source: String,
    code: Vec<toml::Spanned<OwnCode>>,
}

/// The sets that ship with the program whole: a file cannot take their name.
const SHIPPED: [&str; 2] = ["icd10cm", "icd11"];

/// Reads a file of codes.
///
/// # Errors
/// The first fault with its line: text that is no table, an unknown field, an empty or doubled code, a condition that is
/// not in the table, the name of a code set that ships with the program.
pub fn read_own(text: &str) -> Result<OwnCodeSet, Fault> {
    let line_of = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    let file: File = toml::from_str(text).map_err(|fault| Fault {
        line: line_of(fault.span().map_or(0, |span| span.start)),
        reason: fault.message().trim_end().to_owned(),
    })?;
    let id = file.id.get_ref().clone();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let refused = |reason: String| Err(Fault { line: line_of(file.id.span().start), reason });
    if id.is_empty() || !id.chars().all(fits) {
        return refused(format!("the id {id:?} is not made of small letters, digits and _"));
    }
    if SHIPPED.contains(&id.as_str()) {
        return refused(format!("{id} ships with the program: give the file an id of its own"));
    }
    let mut seen = BTreeSet::new();
    let mut codes = Vec::with_capacity(file.code.len());
    for entry in file.code {
        let line = line_of(entry.span().start);
        let code = entry.into_inner();
        check(&code).map_err(|reason| Fault { line, reason })?;
        if !seen.insert(code.code.clone()) {
            return Err(Fault { line, reason: format!("the code {} stands twice", code.code) });
        }
        codes.push(code);
    }
    if codes.is_empty() {
        return refused("there is no code in it".to_owned());
    }
    Ok(OwnCodeSet { id, name: file.name, region: file.region, source: file.source, code: codes })
}

fn check(code: &OwnCode) -> Result<(), String> {
    if code.code.trim().is_empty() || code.code.contains('|') {
        return Err(format!("{:?} is no code", code.code));
    }
    if code.label.trim().is_empty() {
        return Err(format!("the code {} has no label", code.code));
    }
    match &code.condition {
        Some(id) if conditions().get(id).is_none() => Err(format!("no condition is called {id}")),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub const GOOD: &str = r#"id = "icd10gm2026"
name = "ICD-10-GM 2026"
region = "de"
source = "BfArM, 2026"

[[code]]
code = "M54.4"
label = "Lumboischialgie"
condition = "lumbar_radiculopathy"

[[code]]
code = "M54.5"
label = "Kreuzschmerz"
"#;

    #[test]
    fn a_file_of_codes_is_read() {
        let set = read_own(GOOD).unwrap();
        assert_eq!((set.id.as_str(), set.region, set.code.len()), ("icd10gm2026", Some(Region::De), 2));
        assert_eq!(set.code[0].condition.as_deref(), Some("lumbar_radiculopathy"));
    }

    #[test]
    fn a_faulty_file_is_refused_with_line_and_reason() {
        for (from, to, line, reason) in [
            ("icd10gm2026", "icd10cm", 1, "ships with the program"),
            ("icd10gm2026", "ICD 10", 1, "small letters"),
            ("region = \"de\"", "region = \"mars\"", 3, "mars"),
            ("source", "sauce", 4, "sauce"),
            ("\"M54.4\"", "\"M54.5\"", 11, "stands twice"),
            ("\"M54.4\"", "\"\"", 6, "is no code"),
            ("\"Lumboischialgie\"", "\" \"", 6, "has no label"),
            ("lumbar_radiculopathy", "backache", 6, "no condition is called backache"),
            ("label = \"Kreuzschmerz\"", "", 11, "label"),
            ("[[code]]", "[[codes]]", 6, "codes"),
        ] {
            let fault = read_own(&GOOD.replacen(from, to, 1)).unwrap_err();
            assert!(fault.reason.contains(reason), "{to}: {fault}");
            assert_eq!(fault.line, line, "{to}: {fault}");
        }
        assert!(read_own("").is_err());
    }
}
