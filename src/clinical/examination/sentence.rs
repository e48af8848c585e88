//! An examination in full words.

use super::{Doubt, Finding, Piece, read};
use crate::clinical::facts::examination::{Figure, examination};
use crate::clinical::text::{capital, show_tenths};

/// A part of the sentence, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words.
    pub text: String,
    /// What they are.
    pub tone: Tone,
}

/// What a part of the sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Findings in full words.
    Said,
    /// Prose and headings, as typed.
    Typed,
    /// What could not be read, as typed.
    Unread(Doubt),
    /// The end of a line.
    Line,
}

/// What a text says, part by part.
pub fn parts(pieces: &[Piece]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        let (text, tone) = match piece {
            Piece::Finding(first) => {
                let mut all = vec![first];
                while let Some(Piece::Finding(next)) = pieces.peek().filter(|next| is_of(next, &first.term)) {
                    all.push(next);
                    pieces.next();
                }
                (said(&all), Tone::Said)
            }
            Piece::Heading(text) => (format!("{text}:"), Tone::Typed),
            Piece::Prose(text) => (text.trim_matches([',', ';', ' ']).to_owned(), Tone::Typed),
            Piece::Unread(text, doubt) => (text.trim_end_matches([',', ';']).to_owned(), Tone::Unread(*doubt)),
            Piece::Stop('\n') => (String::new(), Tone::Line),
            Piece::Stop(_) => continue,
        };
        if tone == Tone::Line || !text.is_empty() {
            out.push(Part { text, tone });
        }
    }
    while out.last().is_some_and(|part| part.tone == Tone::Line) {
        out.pop();
    }
    out
}

fn is_of(piece: &Piece, term: &str) -> bool {
    matches!(piece, Piece::Finding(finding) if finding.term == term)
}

/// A text in full words, line by line: what was not read stays as it was typed.
pub fn sentence(text: &str) -> String {
    let mut out = String::new();
    for part in parts(&read(text)) {
        if part.tone == Tone::Line {
            out.push('\n');
            continue;
        }
        if !out.is_empty() && !out.ends_with('\n') {
            if !out.ends_with(['.', ':', '!', '?']) {
                out.push('.');
            }
            out.push(' ');
        }
        out.push_str(&part.text);
    }
    out
}

/// The findings of one term as a sentence: `Straight leg raise right positive at 45°, left negative.`
fn said(findings: &[&Finding]) -> String {
    let name = findings.first().map(|first| first.known().map_or(first.term.as_str(), |term| &term.name));
    let answers: Vec<String> = findings.iter().map(|finding| answer(finding)).collect();
    format!("{} {}.", capital(name.unwrap_or_default()), answers.join(", "))
}

/// An answer in full words: `right L5 reduced`.
pub fn answer(finding: &Finding) -> String {
    let mut words: Vec<String> = Vec::new();
    let side = finding.side.filter(|side| !side.compares());
    words.extend(side.map(|side| crate::clinical::vocab::Vocab::label(side).to_owned()));
    words.extend(finding.site.as_ref().map(super::Site::words));
    words.push(value(finding));
    // A side that matters and was not said is missed, not guessed.
    if finding.side.is_none() && finding.is_abnormal() && finding.known().is_some_and(|term| term.sided) {
        words.push("(side not said)".to_owned());
    }
    words.join(" ")
}

/// The figure and the grade alone, and which side has more: `positive at 45°`, `4+/5`, `tender, right more than left`.
pub fn value(finding: &Finding) -> String {
    let more = finding.side.filter(|side| side.compares()).map(crate::clinical::vocab::Vocab::label);
    let said = Some(graded(finding)).filter(|said| !said.is_empty());
    said.as_deref().into_iter().chain(more).collect::<Vec<_>>().join(", ")
}

fn graded(finding: &Finding) -> String {
    let unit = finding.known().and_then(|term| examination().unit_of(term));
    let figure =
        finding.tenths.map(|tenths| format!("{}{}", show_tenths(tenths), unit.map_or("", |unit| unit.words.as_str())));
    let grade = match (finding.answer(), &finding.grade) {
        (Some(answer), _) => Some(answer.words.clone()),
        (None, Some(grade)) => Some(grade.clone()),
        (None, None) => None,
    };
    match (figure, grade) {
        (Some(figure), Some(grade)) if finding.scale().is_some_and(|scale| scale.figure == Figure::At) => {
            format!("{grade} at {figure}")
        }
        (Some(figure), Some(grade)) => format!("{figure} {grade}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}
