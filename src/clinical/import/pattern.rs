//! Patterns of titles: `Pain visit: {given} {family}` says where in a title the patient stands.

use super::who::{family_begins, family_ends};
use crate::clinical::schedule::SourcePatient;

/// A pattern of titles, as a saved mapping has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitlePattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Slot(Slot),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Given,
    Family,
    Name,
    Number,
    Any,
}

impl TitlePattern {
    /// Reads a pattern. Slots are `{given}`, `{family}`, `{name}`, `{number}` and `{any}` for words that do not matter.
    ///
    /// # Errors
    /// In words: an unknown slot, a brace that does not close, two slots without anything between, or no patient in it.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = text.trim();
        while let Some((before, after)) = rest.split_once('{') {
            if !before.is_empty() {
                pieces.push(Piece::Words(before.to_owned()));
            }
            let (slot, after) = after.split_once('}').ok_or_else(|| format!("in \"{text}\" a brace does not close"))?;
            let slot = match slot.trim() {
                "given" => Slot::Given,
                "family" => Slot::Family,
                "name" => Slot::Name,
                "number" => Slot::Number,
                "any" => Slot::Any,
                other => return Err(format!("in \"{text}\" the slot {{{other}}} is not known")),
            };
            if matches!(pieces.last(), Some(Piece::Slot(_))) {
                return Err(format!("in \"{text}\" nothing stands between two slots"));
            }
            pieces.push(Piece::Slot(slot));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        let names = |slot: Slot| pieces.contains(&Piece::Slot(slot));
        if !(names(Slot::Name) || names(Slot::Number) || (names(Slot::Given) && names(Slot::Family))) {
            return Err(format!(
                "\"{text}\" names no patient: it wants {{given}} and {{family}}, {{name}} or {{number}}"
            ));
        }
        Ok(Self { pieces })
    }

    /// The patient that a title names, if the whole title fits. Case and the width of blanks do not matter; where nothing
    /// but blanks stands between given and family name, the last word is the family name, with its small words before it.
    pub fn patient(&self, title: &str) -> Option<SourcePatient> {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        // Nobody's name stands in a title of this length, and the search stays small.
        if title.chars().count() > 200 {
            return None;
        }
        let mut who = SourcePatient::default();
        fit(&self.pieces, &title, &mut who).then(|| self.apart(who))
    }

    /// Where blanks alone divide given and family name, the pattern does not say which word is whose.
    fn apart(&self, who: SourcePatient) -> SourcePatient {
        let (Some(given), Some(family)) = (&who.given, &who.family) else { return who };
        let beside = |first: Slot, second: Slot| {
            self.pieces.windows(3).any(|three| {
                matches!(three, [Piece::Slot(a), Piece::Words(words), Piece::Slot(b)]
                    if *a == first && *b == second && words.trim().is_empty())
            })
        };
        let words: Vec<&str> = if beside(Slot::Given, Slot::Family) {
            given.split_whitespace().chain(family.split_whitespace()).collect()
        } else if beside(Slot::Family, Slot::Given) {
            family.split_whitespace().chain(given.split_whitespace()).collect()
        } else {
            return who;
        };
        let (given, family) = if beside(Slot::Given, Slot::Family) {
            // The pattern says that a given name comes first.
            words.split_at(family_begins(&words).clamp(1, words.len() - 1))
        } else {
            let (family, given) = words.split_at(family_ends(&words).clamp(1, words.len() - 1));
            (given, family)
        };
        SourcePatient { given: Some(given.join(" ")), family: Some(family.join(" ")), ..who }
    }
}

fn fit(pieces: &[Piece], text: &str, who: &mut SourcePatient) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return text.trim().is_empty() };
    match piece {
        // Blanks alone are not nothing: they are all that keeps two names apart.
        Piece::Words(words) if words.trim().is_empty() => {
            text.starts_with(char::is_whitespace) && fit(rest, text.trim_start(), who)
        }
        Piece::Words(words) => {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = text.trim_start();
            let fits = text.get(..words.len()).is_some_and(|start| start.to_lowercase() == words.to_lowercase());
            fits && fit(rest, &text[words.len()..], who)
        }
        Piece::Slot(slot) => {
            let text = text.trim_start();
            let next = match rest.first() {
                Some(Piece::Words(words)) => words.as_str(),
                _ => "",
            };
            // Where a slot may end: wherever what follows can begin, the shortest first.
            let ends = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
            for end in ends.filter(|end| *end > 0) {
                let taken = text[..end].trim();
                if is_whole(&text[..end], &text[end..], next) && fit(rest, &text[end..], who) {
                    return *slot == Slot::Any || put(*slot, taken, who);
                }
            }
            *slot == Slot::Any && fit(rest, text, who)
        }
    }
}

/// Whether a word ends here, so that no slot takes half of one. A sign inside words divides only where the pattern has it.
fn is_whole(taken: &str, rest: &str, next: &str) -> bool {
    let first = rest.chars().next();
    let divides = first.is_some_and(|c| !c.is_alphanumeric() && next.starts_with(c));
    let inside_word = taken.ends_with(is_of_word) && first.is_some_and(is_of_word) && !divides;
    !(inside_word || taken.trim().is_empty())
}

/// Letters and digits, and what stands inside names: `Anna-Maria`, `D'Arcy`, `J.`, accents written as marks of their own.
fn is_of_word(c: char) -> bool {
    let hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}');
    let apostrophe = matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{ff07}');
    let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}');
    c.is_alphanumeric() || c == '.' || hyphen || apostrophe || mark
}

fn put(slot: Slot, text: &str, who: &mut SourcePatient) -> bool {
    let value = Some(text.to_owned());
    match slot {
        Slot::Given => who.given = value,
        Slot::Family => who.family = value,
        Slot::Name => who.name = value,
        Slot::Number => who.number = value,
        Slot::Any => {}
    }
    // A name without a letter is none.
    slot == Slot::Number || text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_fit_name_their_patient() {
        for (pattern, title, given, family, number) in [
            ("Pain visit: {given} {family}", "Pain visit: Clemente Kreiger", "Clemente", "Kreiger", ""),
            ("Pain visit: {given} {family}", "PAIN VISIT:  Freda O'Connell ", "Freda", "O'Connell", ""),
            ("Pain visit: {given} {family}", "Pain visit: Ana de la Cruz", "Ana", "de la Cruz", ""),
            ("{family}, {given} ({any})", "Okafor, Adaeze (L5)", "Adaeze", "Okafor", ""),
            ("{family}, {given} #{number}", "Ng, Linh #4711", "Linh", "Ng", "4711"),
            ("{any}: {given} {family}", "Injektion: Jürgen Müller", "Jürgen", "Müller", ""),
            ("Pain visit: {given} {family}", "Pain visit: Anna-Maria Ruiz", "Anna-Maria", "Ruiz", ""),
            ("Pain visit: {given} {family}", "Pain visit: Jean-Luc  Picard", "Jean-Luc", "Picard", ""),
            ("Pain visit: {given} {family}", "Pain visit: D'Arcy Jones", "D'Arcy", "Jones", ""),
            (
                "Pain visit: {given} {family}",
                "Pain visit: D\u{2019}Arcy O\u{2019}Neil",
                "D\u{2019}Arcy",
                "O\u{2019}Neil",
                "",
            ),
            ("Pain visit: {given} {family}", "Pain visit: J. Smith", "J.", "Smith", ""),
            ("Pain visit: {given} {family}", "Pain visit: e\u{301}lodie Roux", "e\u{301}lodie", "Roux", ""),
            ("Pain visit: {given} {family}", "Pain visit: Mary Ann Smith", "Mary Ann", "Smith", ""),
            ("Pain visit: {given} {family}", "Pain visit: Jan Piet van der Berg", "Jan Piet", "van der Berg", ""),
            ("Pain visit: {given} {family}", "Pain visit: van Berg", "van", "Berg", ""),
            (" {given} {family} ", "Anna-Maria Ruiz", "Anna-Maria", "Ruiz", ""),
            ("{family} {given}: {any}", "Ruiz Anna Maria: L5", "Anna Maria", "Ruiz", ""),
            ("{family} {given}: {any}", "van der Berg Anna: L5", "Anna", "van der Berg", ""),
            ("{family}-{given}", "Ruiz-Anna", "Anna", "Ruiz", ""),
            ("{given}.{family}", "anna.ruiz", "anna", "ruiz", ""),
            ("{given} - {family}", "Anna-Maria - Ruiz", "Anna-Maria", "Ruiz", ""),
            ("{number}. {family}, {given}", "4711. Ng, Linh", "Linh", "Ng", "4711"),
        ] {
            let who = TitlePattern::read(pattern).unwrap().patient(title).unwrap();
            let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            assert_eq!((who.given, who.family, who.number), (part(given), part(family), part(number)), "{title}");
        }
        let pattern = TitlePattern::read("Pain visit: {given} {family}").unwrap();
        for title in [
            "Clinic closed",
            "Pain visit: Kreiger",
            "Pain visit: Anna-Maria",
            "Pain visit: O'Hara",
            "Pain visit:",
            "",
            "Pain visit: Ana 7 ".trim_end_matches("Ana 7 "),
        ] {
            assert_eq!(pattern.patient(title), None, "{title}");
        }
    }

    #[test]
    fn patterns_that_cannot_work_say_why() {
        for (pattern, words) in [
            ("{given}{family}", "between"),
            ("{given} {surname}", "surname"),
            ("{given", "close"),
            ("Lunch", "no patient"),
            ("{given} only", "no patient"),
        ] {
            assert!(TitlePattern::read(pattern).unwrap_err().contains(words), "{pattern}");
        }
    }
}
