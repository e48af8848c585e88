//! A patient's name in one cell: `Family, Given`, or as spoken; with a birth date or a number beside it.

use super::dates::{WrittenDate, leading_date};
use crate::clinical::import::who::family_ends;
use crate::clinical::text::clean_line;

/// What a cell of a name holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameCell {
    /// Family name, where a comma sets it apart.
    pub family: Option<String>,
    /// Given names, where a comma sets them apart.
    pub given: Option<String>,
    /// The whole name, where nothing sets its parts apart.
    pub name: Option<String>,
    /// Birth date beside it.
    pub birth: Option<WrittenDate>,
    /// Record number beside it.
    pub number: Option<String>,
}

impl NameCell {
    /// Takes a name apart whose column says that the family name stands first.
    pub fn split_family_first(&mut self) {
        let Some(name) = self.name.take() else { return };
        let words: Vec<&str> = name.split_whitespace().collect();
        let end = family_ends(&words);
        // `LUNCH / ADMIN` is nobody's name.
        if end >= words.len() || !words.iter().all(|word| word.chars().any(char::is_alphabetic)) {
            self.name = Some(name);
            return;
        }
        self.family = Some(words[..end].join(" "));
        self.given = Some(words[end..].join(" "));
    }
}

/// Words that announce a birth date.
const BORN: [&str; 9] = ["dob:", "dob", "d.o.b.", "geb.:", "geb.", "geb", "born", "*", "né"];

/// Reads a name cell.
pub fn read(cell: &str) -> NameCell {
    let mut found = NameCell::default();
    let mut text = clean_line(cell);
    while let Some((before, inside)) = in_brackets(&text) {
        match birth(inside) {
            Some(date) => found.birth = found.birth.or(Some(date)),
            None if is_number(inside) => found.number = found.number.or(Some(inside.trim_matches('#').to_owned())),
            None if is_age_or_sex(inside) => {}
            None => break,
        }
        text = before.to_owned();
    }
    if let Some((before, date)) = announced_birth(&text) {
        found.birth = found.birth.or(Some(date));
        text = before;
    } else if let Some((before, date)) = bare_birth(&text) {
        found.birth = found.birth.or(Some(date));
        text = before;
    }
    let text = text.trim_matches([' ', ',', '-', ';', '/', '^']);
    if text.is_empty() {
        return found;
    }
    if let Some((family, given)) = in_components(text) {
        (found.family, found.given) = (Some(family), Some(given));
        return found;
    }
    match text.split_once(',').map(|(family, given)| (family.trim(), given.trim())) {
        Some((family, given)) if !family.is_empty() && !given.is_empty() => {
            found.family = Some(family.to_owned());
            found.given = Some(given.to_owned());
        }
        _ => found.name = Some(text.to_owned()),
    }
    found
}

/// `FAMILY^GIVEN^MIDDLE^SUFFIX`: the parts of a name as HL7 version 2 writes them (data type XPN, chapter 2A of version
/// 2.8.2). What stands behind the middle names is no part of the given ones.
fn in_components(text: &str) -> Option<(String, String)> {
    let mut parts = text.split('^').map(str::trim);
    let family = parts.next().filter(|family| !family.is_empty())?;
    let given: Vec<&str> = parts.take(2).filter(|part| !part.is_empty()).collect();
    (!given.is_empty()).then(|| (family.to_owned(), given.join(" ")))
}

/// Brackets at the end: what stands before and inside them.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let open = match text.chars().next_back()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let at = text.rfind(open)?;
    Some((text[..at].trim_end(), text[at + 1..text.len() - 1].trim()))
}

fn birth(text: &str) -> Option<WrittenDate> {
    let lower = text.to_lowercase();
    let start = BORN.iter().find_map(|word| lower.strip_prefix(word)).map_or(0, |rest| lower.len() - rest.len());
    let (date, rest) = leading_date(text.get(start..)?.trim_start_matches([':', ' ']))?;
    rest.trim().is_empty().then_some(date)
}

fn is_number(text: &str) -> bool {
    let text = text.trim_matches('#');
    text.len() >= 3
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && text.bytes().filter(u8::is_ascii_digit).count() >= 3
}

fn is_age_or_sex(text: &str) -> bool {
    let small: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    matches!(small.as_str(), "m" | "f" | "w" | "x" | "d" | "male" | "female")
        || (small.len() <= 4 && small.trim_end_matches(['m', 'f', 'w', 'y', 'j']).parse::<u8>().is_ok())
}

/// `… DOB: 12/25/1992`, `… geb. 25.12.1992`, `… *25.12.1992` at the end.
fn announced_birth(text: &str) -> Option<(String, WrittenDate)> {
    let lower = text.to_lowercase();
    // Lower case of some letters has another length: then the places do not match, and nothing is cut.
    if lower.len() != text.len() {
        return None;
    }
    BORN.iter().find_map(|word| {
        let at = lower.rfind(word)?;
        let free = at == 0 || !lower[..at].ends_with(char::is_alphanumeric);
        let date = birth(text.get(at..)?).filter(|_| free)?;
        Some((text[..at].to_owned(), date))
    })
}

/// `Doe, Jane 01/02/1950`, `Doe, Jane / 1950-01-02`: a date and nothing else behind the last blank.
fn bare_birth(text: &str) -> Option<(String, WrittenDate)> {
    let (before, last) = text.rsplit_once(' ')?;
    let (date, rest) = leading_date(last)?;
    (rest.is_empty() && before.contains(char::is_alphabetic)).then(|| (before.to_owned(), date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_only_where_the_cell_sets_them_apart() {
        for (cell, family, given, name) in [
            ("DOUGLAS, BRADLY", Some("DOUGLAS"), Some("BRADLY"), None),
            ("GOLDNER,BARRETT M", Some("GOLDNER"), Some("BARRETT M"), None),
            ("Mafalda Kunde", None, None, Some("Mafalda Kunde")),
            ("Goldner, Barrett (03/08/1992)", Some("Goldner"), Some("Barrett"), None),
            ("Kunde", None, None, Some("Kunde")),
            ("Kunde,", None, None, Some("Kunde")),
            ("KUNDE^MAFALDA^Q^JR^DR", Some("KUNDE"), Some("MAFALDA Q"), None),
            ("KUNDE^MAFALDA^^^", Some("KUNDE"), Some("MAFALDA"), None),
            ("KUNDE^", None, None, Some("KUNDE")),
            ("  ", None, None, None),
            ("Smith, Robert (Bob)", Some("Smith"), Some("Robert (Bob)"), None),
            ("\u{1b}[31mRed\u{7}, A", Some("[31mRed"), Some("A"), None),
        ] {
            let found = read(cell);
            assert_eq!(
                (found.family.as_deref(), found.given.as_deref(), found.name.as_deref()),
                (family, given, name),
                "{cell}"
            );
        }
    }

    #[test]
    fn birth_dates_and_numbers_beside_a_name_are_no_part_of_it() {
        for (cell, birth, number) in [
            ("Goldner, Barrett (03/08/1992)", true, None),
            ("Goldner, Barrett [DOB: 03/08/1992]", true, None),
            ("Goldner, Barrett (M) (123456)", false, Some("123456")),
            ("Goldner, Barrett [M00123]", false, Some("M00123")),
            ("Goldner, Barrett geb. 08.03.1992", true, None),
            ("Goldner, Barrett *08.03.1992", true, None),
            ("Goldner, Barrett, DOB 03/08/1992", true, None),
            ("Goldner, Barrett (54 F)", false, None),
            ("Goldner, Barrett 03/08/1992", true, None),
            ("Goldner, Barrett / 1992-03-08", true, None),
            ("Dobson, Barrett", false, None),
        ] {
            let found = read(cell);
            assert_eq!((found.birth.is_some(), found.number.as_deref()), (birth, number), "{cell}");
            assert_eq!(found.given.as_deref(), Some("Barrett"), "{cell}");
        }
    }
}
