//! Patterns of titles: `Pain visit: {given} {family}` says where in a title the patient stands.

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
        let mut rest = text;
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

    /// The patient that a title names, if the whole title fits. Case and the width of blanks do not matter; a family
    /// name takes as many words as are left, given names the fewest.
    pub fn patient(&self, title: &str) -> Option<SourcePatient> {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        // Nobody's name stands in a title of this length, and the search stays small.
        if title.chars().count() > 200 {
            return None;
        }
        let mut who = SourcePatient::default();
        fit(&self.pieces, &title, &mut who).then_some(who)
    }
}

fn fit(pieces: &[Piece], text: &str, who: &mut SourcePatient) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return text.trim().is_empty() };
    match piece {
        Piece::Words(words) => {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = text.trim_start();
            let fits = text.get(..words.len()).is_some_and(|start| start.to_lowercase() == words.to_lowercase());
            fits && fit(rest, &text[words.len()..], who)
        }
        Piece::Slot(slot) => {
            let text = text.trim_start();
            // Where a slot may end: wherever what follows can begin, the shortest first.
            let ends = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
            for end in ends.filter(|end| *end > 0) {
                let taken = text[..end].trim();
                if is_whole(&text[..end], &text[end..]) && fit(rest, &text[end..], who) {
                    return *slot == Slot::Any || put(*slot, taken, who);
                }
            }
            *slot == Slot::Any && fit(rest, text, who)
        }
    }
}

/// Whether a word ends here, so that no slot takes half of one.
fn is_whole(taken: &str, rest: &str) -> bool {
    let inside_word = taken.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    !(inside_word || taken.trim().is_empty())
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
        ] {
            let who = TitlePattern::read(pattern).unwrap().patient(title).unwrap();
            let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            assert_eq!((who.given, who.family, who.number), (part(given), part(family), part(number)), "{title}");
        }
        let pattern = TitlePattern::read("Pain visit: {given} {family}").unwrap();
        for title in
            ["Clinic closed", "Pain visit: Kreiger", "Pain visit:", "", "Pain visit: Ana 7 ".trim_end_matches("Ana 7 ")]
        {
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
