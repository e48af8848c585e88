//! How a row of a table says its value was given, and by whom.

use super::ScoreRow;
use crate::clinical::instrument::Entry;
use crate::clinical::provenance::{Given, How, Provenance, ReportedBy};
use crate::clinical::text::fold;
use crate::clinical::time::Instant;
use crate::clinical::vocab::Vocab;

/// Words for how a value was given, beside the names that the record has for it.
const HOW: [(&str, How); 14] = [
    ("oral", How::Spoken),
    ("verbal", How::Spoken),
    ("interview", How::Spoken),
    ("in person", How::Spoken),
    ("mundlich", How::Spoken),
    ("form", How::Paper),
    ("written", How::Paper),
    ("questionnaire", How::Paper),
    ("papier", How::Paper),
    ("schriftlich", How::Paper),
    ("telephone", How::Phone),
    ("call", How::Phone),
    ("telefon", How::Phone),
    ("import", How::Imported),
];

/// Words for by whom it was reported, beside the names that the record has for them.
const BY: [(&str, ReportedBy); 11] = [
    ("self", ReportedBy::Patient),
    ("patient", ReportedBy::Patient),
    ("parent", ReportedBy::Proxy),
    ("mother", ReportedBy::Proxy),
    ("father", ReportedBy::Proxy),
    ("carer", ReportedBy::Proxy),
    ("caregiver", ReportedBy::Proxy),
    ("family", ReportedBy::Proxy),
    ("relative", ReportedBy::Proxy),
    ("translator", ReportedBy::Interpreter),
    ("via interpreter", ReportedBy::Interpreter),
];

/// What a cell names, by the record's names, by how they are shown, or by one of the words.
fn named_by<T: Vocab + Copy + 'static>(text: &str, words: &[(&str, T)]) -> Option<T> {
    let text = fold(text);
    let known = T::ALL.iter().copied().find(|known| known.name() == text || fold(known.label()) == text);
    known.or_else(|| words.iter().find(|(word, _)| *word == text).map(|(_, of)| *of))
}

/// How a row says its value was given, and by whom; imported, by the patient, where it does not say. What it says in words
/// that are not known is told.
pub(super) fn given(row: &ScoreRow, entry: &Entry<'_>, at: Instant) -> (Provenance, Option<String>) {
    let mut doubts = Vec::new();
    let how = row.how.as_deref().map_or(How::Imported, |text| {
        named_by(text, &HOW).unwrap_or_else(|| {
            doubts.push(format!("how \"{text}\" is not known: kept as imported"));
            How::Imported
        })
    });
    let by = row.by.as_deref().map_or(ReportedBy::Patient, |text| {
        named_by(text, &BY).unwrap_or_else(|| {
            doubts.push(format!("by whom \"{text}\" is not known: kept as by the patient"));
            ReportedBy::Patient
        })
    });
    (entry.given(Given { how, by }).at(at, ""), (!doubts.is_empty()).then(|| doubts.join("; ")))
}
