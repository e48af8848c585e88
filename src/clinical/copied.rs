//! What a record took over from an earlier one, said in its own text: copying forward stays visible wherever it is read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::time::show_date;

/// What a record took over from an earlier one: from when, and which parts, by their names in its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// The day of the earlier one.
    pub from: NaiveDate,
    /// Which parts.
    pub parts: Vec<String>,
}

impl Copied {
    /// What was taken over; none where nothing was.
    pub fn of(from: Option<NaiveDate>, parts: Vec<String>) -> Option<Self> {
        (!parts.is_empty()).then_some(())?;
        Some(Self { from: from?, parts })
    }

    /// In a sentence, the parts in these words: `Copied forward from 3 Nov 2026: what, question.`
    pub fn sentence(&self, parts: &str) -> String {
        format!("{LEAD}{}: {parts}.", show_date(self.from))
    }
}

/// How the line begins that says so.
const LEAD: &str = "Copied forward from ";

/// The text as it was typed, without the line that says what was copied forward.
pub fn typed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(LEAD)).collect();
    lines.join("\n").trim().to_owned()
}

/// The text with a last line that says which parts were copied forward, and from when; as it was typed where none was.
/// `parts` are the fields of a form with their names in a sentence.
pub fn noted(text: &str, fields: &[String], parts: &[(&str, &str)], from: NaiveDate) -> String {
    let text = typed(text);
    let is_carried = |field: &str| fields.iter().any(|carried| carried == field);
    let names: Vec<&str> = parts.iter().filter(|(field, _)| is_carried(field)).map(|(_, name)| *name).collect();
    if names.is_empty() {
        return text;
    }
    let line = format!("{LEAD}{}: {}.", show_date(from), names.join(", "));
    if text.is_empty() { line } else { format!("{text}\n{line}") }
}

/// The fields that such a line names.
pub fn fields(text: &str, parts: &[(&str, &str)]) -> Vec<String> {
    let Some(line) = text.lines().find_map(|line| line.strip_prefix(LEAD)) else { return Vec::new() };
    let Some((_, names)) = line.split_once(": ") else { return Vec::new() };
    let names: Vec<&str> = names.trim_end_matches('.').split(", ").collect();
    parts.iter().filter(|(_, name)| names.contains(name)).map(|(field, _)| (*field).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: [(&str, &str); 2] = [("text", "what happened"), ("before", "pain before")];

    #[test]
    fn what_was_copied_forward_is_said_once_and_read_back() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        for (text, carried, expected) in [
            ("Prone.", vec![], "Prone."),
            ("Prone.", vec!["text"], "Prone.\nCopied forward from 3 Nov 2026: what happened."),
            ("", vec!["before", "text"], "Copied forward from 3 Nov 2026: what happened, pain before."),
            ("A.\nCopied forward from 1 Jan 2026: what happened.", vec![], "A."),
        ] {
            let carried: Vec<String> = carried.into_iter().map(str::to_owned).collect();
            let noted = noted(text, &carried, &PARTS, day);
            assert_eq!(noted, expected);
            let mut read = fields(&noted, &PARTS);
            read.sort();
            assert_eq!(read, {
                let mut carried = carried.clone();
                carried.sort();
                carried
            });
            assert_eq!(typed(&noted), typed(text));
        }
    }
}
