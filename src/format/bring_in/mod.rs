//! Lists pasted from another record system, read into rows: one line each, to be accepted, mended or dropped.
//!
//! A heading says what the lines under it are; without one the shape of the line does. What could not be read stays text.
//! Everything here is a pure function of the text and the habits of the region; the words it knows are in
//! `assets/bring_in.toml`, medicines in `assets/medicine_names.toml`.
//!
//! [`read`] reads a paste, [`read_as`] one line of which the kind is known: a row that was mended or given another kind.

mod allergy;
mod date;
mod heading;
mod medicine;
#[cfg(test)]
mod pastes;
mod problem;
mod procedure;
#[cfg(test)]
mod tests;
mod words;

use self::heading::{Section, heading, is_table_head, nothing};
use self::words::{are_medicines, parts, strip_bullet};
use crate::clinical::bring_in::{Kind, Read, Row};
use crate::clinical::facts::bring_in::bring_in;
use crate::clinical::medicine::meant_by;
use crate::clinical::text::{clean, fold};
use crate::clinical::typed::Reading;

/// More lines than any list has: what lies behind them is one row of text.
const MOST: usize = 2_000;
/// A longer line is prose, and stays as it is.
const LONGEST: usize = 600;

/// Reads a paste. Every line that says anything becomes a row; none is lost.
///
/// A heading holds for the lines under it, also where a blank line parts it from them, as many systems print it. A blank line
/// behind rows may end their list or only air it: what comes then goes on with the list where it looks like an entry of it.
pub fn read(text: &str, reading: &Reading) -> Vec<Row> {
    // Columns of a table stand apart; a mark of ordinary text does not.
    let text = clean(&text.replace(['\t', '|'], "  "));
    let mut rows = Vec::new();
    let mut section = Section::None;
    // Whether the list has rows, and a blank line stands behind them.
    let (mut has_rows, mut is_parted) = (false, false);
    let mut lines = text.lines().map(str::trim);
    let mut left = MOST;
    for line in lines.by_ref() {
        if line.is_empty() {
            is_parted = has_rows;
            continue;
        }
        if left == 0 {
            let rest: Vec<&str> = std::iter::once(line).chain(lines.filter(|line| !line.is_empty())).collect();
            rows.push(Row::waiting(rest.join("\n"), Read::Text(rest.join("\n"))));
            break;
        }
        left -= 1;
        let line = strip_bullet(line);
        if line.is_empty() || !line.chars().any(char::is_alphanumeric) || is_table_head(line) {
            continue;
        }
        let said = match heading(line) {
            Some((of, rest)) => {
                (section, has_rows, is_parted) = (of, false, false);
                rest
            }
            None => line,
        };
        if std::mem::take(&mut is_parted) && !goes_on(said, section, reading) {
            section = Section::None;
        }
        let before = rows.len();
        if said.len() < line.len() || section == Section::Of(Kind::Allergy) || are_medicines(said) {
            rows.extend(parts(section, said).map(|part| row(part, section, reading)));
        } else {
            rows.push(row(said, section, reading));
        }
        has_rows |= rows.len() > before;
    }
    rows
}

/// Whether a line behind a blank one still belongs to the list before it: what it is by its own shape decides, and where it has
/// none, whether it reads like an entry or like a sentence.
fn goes_on(line: &str, section: Section, reading: &Reading) -> bool {
    let Section::Of(kind) = section else { return true };
    match guess(line, reading).kind() {
        Kind::Text => kind != Kind::Text && !is_sentence(line),
        Kind::Problem | Kind::Diagnosis => matches!(kind, Kind::Problem | Kind::Diagnosis),
        of => of == kind,
    }
}

/// The most words of an entry without a shape: `Sulfa antibiotics`, `Type 2 diabetes mellitus`.
const ENTRY: usize = 5;
/// More words than an entry with a shape of its own has, an order for a medicine aside.
const STORY: usize = 16;

fn is_sentence(line: &str) -> bool {
    let folded = fold(line);
    let prose = &bring_in().shape.prose;
    folded.split(' ').count() > ENTRY || folded.split(' ').any(|word| prose.iter().any(|known| known == word))
}

fn row(line: &str, section: Section, reading: &Reading) -> Row {
    let is_medicine = matches!(section, Section::None | Section::Of(Kind::Medicine));
    let read = if line.len() > LONGEST || (is_medicine && has_ended(line)) {
        Read::Text(line.to_owned())
    } else if is_medicine && allergy::leads(line) {
        read_as(Kind::Allergy, line, reading)
    } else if let Some(list) = nothing(line, section) {
        Read::Nothing(list)
    } else {
        match section {
            Section::None => guess(line, reading),
            Section::Of(Kind::Problem) if !problem::is_pain(line, reading) => read_as(Kind::Diagnosis, line, reading),
            Section::Of(kind) => read_as(kind, line, reading),
        }
    };
    Row::waiting(line, read)
}

/// Whether a line says that what it names is over. As a medicine of today it would be read wrongly, its end as its beginning.
fn has_ended(line: &str) -> bool {
    let ended = &bring_in().shape.ended;
    fold(line).split(' ').any(|word| ended.iter().any(|known| known == word))
}

/// Whether a line tells a story: too many words for an entry, and those of sentences among them.
fn is_story(words: &[&str]) -> bool {
    let prose = &bring_in().shape.prose;
    words.len() > STORY && words.iter().any(|word| prose.iter().any(|known| known == word))
}

/// Reads one line as what it is said to be. What cannot be read as that stays text.
pub fn read_as(kind: Kind, line: &str, reading: &Reading) -> Read {
    let line = line.trim();
    let read = match kind {
        Kind::Problem => problem::read(line, true, reading).map(Read::Problem),
        Kind::Diagnosis => problem::read(line, false, reading).map(Read::Diagnosis),
        Kind::Allergy => allergy::read(line).map(|(substance, reaction)| Read::Allergy(substance, reaction)),
        // Columns parted by semicolons.
        Kind::Medicine => medicine::read(&line.replace(';', "; "), reading).map(Read::Medicine),
        Kind::Procedure => procedure::read(line, reading).map(Read::Procedure),
        Kind::Text => None,
    };
    read.unwrap_or_else(|| Read::Text(line.to_owned()))
}

/// What a line without a heading is, by its shape; what has none stays text.
fn guess(line: &str, reading: &Reading) -> Read {
    let shape = &bring_in().shape;
    let folded = fold(line);
    let words: Vec<&str> = folded.split(' ').collect();
    let has = |list: &[String]| words.iter().any(|word| list.iter().any(|known| known == word));
    let kind = if is_story(&words) {
        Kind::Text
    } else if has(&shape.allergy) {
        Kind::Allergy
    } else if has(&shape.procedure) || words.iter().any(|word| word.len() > 8 && word.ends_with("ectomy")) {
        Kind::Procedure
    } else if !meant_by(line).is_empty() || medicine::has_strength(line) {
        Kind::Medicine
    } else if problem::has_code(line) {
        if problem::is_pain(line, reading) { Kind::Problem } else { Kind::Diagnosis }
    } else {
        Kind::Text
    };
    read_as(kind, line, reading)
}
