//! Headings, heads of tables, and ways of saying that a list is empty.

use crate::clinical::bring_in::Kind;
use crate::clinical::facts::bring_in::bring_in;
use crate::clinical::patient::ListKind;
use crate::clinical::text::fold;
use crate::clinical::vocab::Vocab;

/// The list whose lines follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// No heading came yet.
    None,
    /// Lines of this kind.
    Of(Kind),
}

/// The list that a line opens, with what stands behind the colon.
pub fn heading(line: &str) -> Option<(Section, &str)> {
    let (left, rest) = match line.split_once(':') {
        Some((left, rest)) => (left, rest.trim()),
        None => (line, ""),
    };
    let folded = fold(left);
    // `Allergies (3)` counts its entries.
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    // `Medications (Active)`
    let before = fold(left.split('(').next().unwrap_or_default());
    let is = |words: &String| words == bare || (left.trim_end().ends_with(')') && *words == before);
    let of = bring_in().heading.iter().find(|heading| heading.words.iter().any(is))?;
    Some((Section::Of(Kind::from_name(&of.kind).unwrap_or(Kind::Text)), rest))
}

/// Words of which the heads of tables are made.
const HEADS: [&str; 61] = [
    "medication",
    "medications",
    "medicine",
    "drug",
    "name",
    "dose",
    "dosage",
    "strength",
    "route",
    "frequency",
    "freq",
    "sig",
    "start",
    "end",
    "started",
    "date",
    "dates",
    "status",
    "allergen",
    "reaction",
    "reactions",
    "severity",
    "type",
    "problem",
    "diagnosis",
    "code",
    "icd",
    "icd10",
    "onset",
    "noted",
    "procedure",
    "side",
    "laterality",
    "site",
    "level",
    "provider",
    "comment",
    "comments",
    "instructions",
    "directions",
    "quantity",
    "qty",
    "refills",
    "last",
    "filled",
    "description",
    "category",
    "recorded",
    "substance",
    "prescriber",
    "indication",
    // As a German plan of medicines heads its columns.
    "wirkstoff",
    "handelsname",
    "starke",
    "form",
    "morgens",
    "mittags",
    "abends",
    "nachts",
    "hinweise",
    "grund",
];

/// Whether a line is the head of a table: nothing but names of columns, two with a gap between them, or three or more.
pub fn is_table_head(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split(' ').peekable();
    let gaps = folded.matches(' ').count();
    (gaps > 1 || (gaps == 1 && line.contains("  "))) && words.all(|word| HEADS.contains(&word))
}

/// The list of which a line says that it is empty.
pub fn nothing(line: &str, section: Section) -> Option<ListKind> {
    let folded = fold(line);
    let of = bring_in().nothing.iter().find(|nothing| nothing.words.contains(&folded))?;
    let list = |kind| match kind {
        Kind::Allergy => Some(ListKind::Allergies),
        Kind::Medicine => Some(ListKind::Medications),
        Kind::Problem | Kind::Diagnosis | Kind::Procedure | Kind::Text => None,
    };
    match (Kind::from_name(&of.kind), section) {
        (Some(kind), _) | (None, Section::Of(kind)) => list(kind),
        (None, Section::None) => None,
    }
}
