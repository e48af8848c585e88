//! Whom a schedule means. A number is sure, a name with its birth date is sure, a name alone only proposes; between two
//! who could be meant nobody decides but the physician.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::clinical::find::PatientName;
use crate::clinical::id::PatientId;
use crate::clinical::patient::list_name;
use crate::clinical::schedule::SourcePatient;
use crate::clinical::text::fold;

crate::vocab! {
    /// By what a patient was found.
    pub enum MatchedBy {
        /// By record number.
        Number "number" "by number",
        /// By name and birth date.
        BirthDate "birth_date" "by name and birth date",
        /// By the name alone: a proposal, to be confirmed.
        NameOnly "name_only" "by name alone",
        /// Not known: made by this import.
        New "new" "new",
    }
}

/// What came of looking for a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This one, and how; perhaps with something to say.
    One(Person, MatchedBy, Option<String>),
    /// Nobody.
    Nobody,
    /// More than one, or one who contradicts: why, in words.
    Unclear(String),
}

/// A patient of the record, or one that this import is about to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Person {
    /// Known before.
    Known(PatientId),
    /// Made by this import: its place among the new ones.
    New(usize),
}

/// Everybody who can be meant.
#[derive(Debug, Default)]
pub struct Directory {
    entries: Vec<Entry>,
    by_number: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_first_word: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Entry {
    person: Person,
    number: Option<String>,
    birth_date: Option<NaiveDate>,
    name: String,
    words: Vec<String>,
    /// The whole name as it may stand in a title: given names first, or the family name.
    in_titles: Vec<Vec<String>>,
}

impl Directory {
    /// The patients of the record.
    pub fn of(known: &[PatientName]) -> Self {
        let mut directory = Self::default();
        for patient in known {
            directory.add(
                Person::Known(patient.id),
                (&patient.family, &patient.given),
                patient.number.as_deref(),
                patient.birth_date,
            );
        }
        directory
    }

    /// Adds one more who can be meant from now on.
    pub fn add(
        &mut self,
        person: Person,
        (family, given): (&str, &str),
        number: Option<&str>,
        birth: Option<NaiveDate>,
    ) {
        let at = self.entries.len();
        let (family, given) = if is_placeholder(family, given) { ("", "") } else { (family, given) };
        let whole = format!("{given} {family}");
        if let Some(number) = number {
            self.by_number.entry(number.trim().to_lowercase()).or_default().push(at);
        }
        for key in keys(&whole) {
            self.by_name.entry(key).or_default().push(at);
        }
        let mut in_titles = Vec::new();
        if !fold(family).is_empty() && !fold(given).is_empty() {
            for name in [whole.clone(), format!("{family} {given}")] {
                in_titles.extend(spellings(&name).map(|name| words(&name)));
            }
            in_titles.sort();
            in_titles.dedup();
        }
        for first in in_titles.iter().filter_map(|name| name.first()).collect::<BTreeSet<_>>() {
            self.by_first_word.entry(first.clone()).or_default().push(at);
        }
        self.entries.push(Entry {
            person,
            number: number.map(str::to_owned),
            birth_date: birth,
            name: list_name(family, given),
            words: words(&fold(&whole)),
            in_titles,
        });
    }

    /// Whom a row with columns for the patient means.
    pub fn find(&self, who: &SourcePatient) -> Found {
        if let Some(number) = &who.number
            && let Some(holders) = self.by_number.get(&number.trim().to_lowercase())
        {
            return match holders.as_slice() {
                [at] => of_number(&self.entries[*at], who, number),
                many => Found::Unclear(format!("{} patients have the number {number}", many.len())),
            };
        }
        let named: BTreeSet<usize> =
            keys(&whole_name(who)).iter().filter_map(|key| self.by_name.get(key)).flatten().copied().collect();
        let named: Vec<&Entry> = named.into_iter().map(|at| &self.entries[at]).collect();
        let born = |wanted: Option<NaiveDate>| -> Vec<&Entry> {
            named.iter().filter(|entry| entry.birth_date == wanted).copied().collect()
        };
        if who.birth_date.is_some() {
            match born(who.birth_date).as_slice() {
                [one] => return Found::One(one.person, MatchedBy::BirthDate, None),
                [] => {}
                many => return Found::Unclear(format!("{} patients have this name and birth date", many.len())),
            }
        }
        // Two different numbers, or two different birth dates, are two people.
        let may_be = |entry: &&&Entry| {
            let numbers = who.number.is_some() && entry.number.is_some();
            let births = who.birth_date.is_some() && entry.birth_date.is_some();
            !numbers && !births
        };
        match named.iter().filter(may_be).collect::<Vec<_>>().as_slice() {
            [one] => Found::One(one.person, MatchedBy::NameOnly, None),
            [] => Found::Nobody,
            many => Found::Unclear(format!("{} patients have this name, and nothing tells which is meant", many.len())),
        }
    }

    /// Whom a title names: one patient whose whole name stands in it.
    pub fn find_in_title(&self, title: &str) -> Found {
        let mut hits: Vec<(usize, usize, &Entry)> = Vec::new();
        for spelling in spellings(title) {
            let words = words(&spelling);
            for (start, word) in words.iter().enumerate() {
                for at in self.by_first_word.get(word).into_iter().flatten() {
                    let entry = &self.entries[*at];
                    let fits = |name: &&Vec<String>| words[start..].starts_with(name);
                    if let Some(length) = entry.in_titles.iter().filter(fits).map(Vec::len).max() {
                        hits.push((start, start + length, entry));
                    }
                }
            }
        }
        // A name inside a longer one is not meant.
        let longest = |(from, to, entry): &&(usize, usize, &Entry)| {
            !hits
                .iter()
                .any(|(a, b, other)| other.person != entry.person && a <= from && to <= b && (b - a) > (to - from))
        };
        let mut people: Vec<Person> = Vec::new();
        for (_, _, entry) in hits.iter().filter(longest) {
            if !people.contains(&entry.person) {
                people.push(entry.person);
            }
        }
        match people.as_slice() {
            [] => Found::Nobody,
            [one] => Found::One(*one, MatchedBy::NameOnly, None),
            many => Found::Unclear(format!("the title names {} patients of the record", many.len())),
        }
    }
}

fn of_number(entry: &Entry, who: &SourcePatient, number: &str) -> Found {
    let written = words(&fold(&whole_name(who)));
    let shares_name =
        written.is_empty() || entry.words.is_empty() || written.iter().any(|word| entry.words.contains(word));
    let same_birth = who.birth_date.is_some() && who.birth_date == entry.birth_date;
    if !shares_name && !same_birth {
        return Found::Unclear(format!("the number {number} is that of {} in the record", entry.name));
    }
    let differs = who.birth_date.is_some() && entry.birth_date.is_some() && !same_birth;
    let note = if differs {
        Some("the birth date is another than in the record".to_owned())
    } else {
        (!shares_name).then(|| format!("the name is another than in the record ({})", entry.name))
    };
    Found::One(entry.person, MatchedBy::Number, note)
}

/// The name as a source has it, in one text.
pub fn whole_name(who: &SourcePatient) -> String {
    let parts = [&who.given, &who.family, &who.name];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The parts of a name that a new patient gets: those of the source, else leading words in capitals as family name, else
/// the last word; without any name the number stands in its place, so that the visit can be found.
pub fn name_parts(who: &SourcePatient) -> (String, String) {
    if who.family.is_some() || who.given.is_some() {
        return (who.family.clone().unwrap_or_default(), who.given.clone().unwrap_or_default());
    }
    match (&who.name, &who.number) {
        (Some(name), _) => parts_of(name.trim()),
        (None, Some(number)) => (format!("{NAMELESS}{number}"), String::new()),
        (None, None) => (String::new(), String::new()),
    }
}

/// The parts of a name that stands in one text.
fn parts_of(name: &str) -> (String, String) {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let is_loud = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1 && word.to_uppercase() == word;
    let loud = words.iter().take_while(|word| is_loud(word)).count();
    // All in capitals says nothing of its parts; a word without a letter is nobody's family name.
    let begins = (1..words.len()).contains(&loud) && !words[loud..].iter().all(|word| is_loud(word));
    let family = family_begins(&words);
    if begins {
        (words[..loud].join(" "), words[loud..].join(" "))
    } else if words.iter().skip(1).any(|word| word.chars().any(char::is_alphabetic)) {
        (words[family..].join(" "), words[..family].join(" "))
    } else {
        (words.join(" "), String::new())
    }
}

/// Where the family name begins in a name as it is spoken: at the last word with a letter, or at the small words before it
/// ("Jan van der Berg").
pub(super) fn family_begins(words: &[&str]) -> usize {
    let last = words.iter().rposition(|word| word.chars().any(char::is_alphabetic)).unwrap_or(0);
    last - words[..last].iter().rev().take_while(|word| PARTICLES.contains(*word)).count()
}

/// Where the family name ends in a name that begins with it: after its small words and one more.
pub fn family_ends(words: &[&str]) -> usize {
    words.iter().take_while(|word| PARTICLES.contains(&word.to_lowercase().as_str())).count() + 1
}

/// Small words with which family names begin, as they are written in them.
const PARTICLES: [&str; 30] = [
    "van", "von", "vom", "zu", "zum", "zur", "de", "del", "della", "dei", "der", "den", "des", "di", "da", "das", "do",
    "dos", "du", "la", "le", "las", "los", "ter", "ten", "te", "af", "av", "bin", "ibn",
];

/// What stands for the family name of a patient of whom only the number is known.
const NAMELESS: &str = "No. ";

fn is_placeholder(family: &str, given: &str) -> bool {
    given.is_empty() && family.starts_with(NAMELESS)
}

/// Words before a name that are no part of it.
const ADDRESS: [&str; 14] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "herrn", "frau", "hr", "fr", "sir", "med"];

fn words(folded: &str) -> Vec<String> {
    folded.split_whitespace().filter(|word| !ADDRESS.contains(word)).map(str::to_owned).collect()
}

/// A text folded in the two ways in which German vowels are written without their dots. Apostrophes part no name.
fn spellings(text: &str) -> impl Iterator<Item = String> {
    let joined: String =
        text.chars().filter(|c| !matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}')).collect();
    let mut german = String::with_capacity(joined.len());
    for c in joined.chars() {
        match c {
            'ä' | 'Ä' => german.push_str("ae"),
            'ö' | 'Ö' => german.push_str("oe"),
            'ü' | 'Ü' => german.push_str("ue"),
            '\u{308}' if german.ends_with(['a', 'o', 'u', 'A', 'O', 'U']) => german.push('e'),
            c => german.push(c),
        }
    }
    let (plain, german) = (fold(&joined), fold(&german));
    let second = (german != plain).then_some(german);
    std::iter::once(plain).chain(second)
}

/// What names are found by: their words in order of the alphabet, also without single letters. Where a name is hardly
/// more than signs, the signs count too: all of them would be one person else.
fn keys(name: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for spelling in spellings(name) {
        let mut words = words(&spelling);
        if words.len() < 2 {
            let signs = name.split_whitespace().filter(|word| !word.contains(char::is_alphanumeric));
            words.extend(signs.filter(|word| !matches!(*word, "-" | "–" | "—" | "," | ".")).map(str::to_owned));
        }
        words.sort();
        let long: Vec<&str> = words.iter().map(String::as_str).filter(|word| word.chars().count() > 1).collect();
        if long.len() > 1 {
            keys.insert(long.join(" "));
        }
        if !words.is_empty() {
            keys.insert(words.join(" "));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    fn day(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn directory(people: &[(&str, &str, &str, &str)]) -> (Directory, Vec<PatientId>) {
        let mut ids = Ids::seeded(1);
        let known: Vec<PatientName> = people
            .iter()
            .map(|(family, given, birth, number)| PatientName {
                id: ids.next(Instant::from_millis(1)),
                number: (!number.is_empty()).then(|| (*number).to_owned()),
                family: (*family).to_owned(),
                given: (*given).to_owned(),
                birth_date: day(birth),
            })
            .collect();
        (Directory::of(&known), known.iter().map(|patient| patient.id).collect())
    }

    fn who(name: &str, birth: &str, number: &str) -> SourcePatient {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        SourcePatient { name: text(name), birth_date: day(birth), number: text(number), ..SourcePatient::default() }
    }

    #[test]
    fn a_row_finds_its_patient_by_what_it_says() {
        let (directory, ids) = directory(&[
            ("Okafor", "Adaeze", "1972-03-01", "100"),
            ("Müller", "Jürgen", "1950-05-05", ""),
            ("O'Hara", "Cary", "", "102"),
            ("Ng", "Linh", "1988-01-01", ""),
            ("Ng", "Linh", "1999-09-09", ""),
            ("Ruiz", "Ana", "", ""),
        ]);
        let one = |at: usize, by| Found::One(Person::Known(ids[at]), by, None);
        for (name, birth, number, expected) in [
            ("Adaeze Okafor", "", "100", one(0, MatchedBy::Number)),
            ("", "", "100", one(0, MatchedBy::Number)),
            ("OKAFOR ADAEZE", "1972-03-01", "", one(0, MatchedBy::BirthDate)),
            ("Okafor Adaeze M", "1972-03-01", "999", one(0, MatchedBy::BirthDate)),
            ("adaeze okafor", "", "", one(0, MatchedBy::NameOnly)),
            ("Adaeze Okafor", "1973-03-01", "", Found::Nobody),
            ("Adaeze Okafor", "", "999", Found::Nobody),
            ("Herr Jurgen Muller", "1950-05-05", "", one(1, MatchedBy::BirthDate)),
            ("Juergen Mueller", "", "", one(1, MatchedBy::NameOnly)),
            ("Ju\u{308}rgen Mu\u{308}ller", "1950-05-05", "", one(1, MatchedBy::BirthDate)),
            ("OHARA CARY", "", "", one(2, MatchedBy::NameOnly)),
            ("Linh Ng", "1999-09-09", "", one(4, MatchedBy::BirthDate)),
            ("Ana Ruíz", "1980-01-01", "", one(5, MatchedBy::NameOnly)),
            ("Ana", "", "", Found::Nobody),
            ("", "", "555", Found::Nobody),
        ] {
            assert_eq!(directory.find(&who(name, birth, number)), expected, "{name} {birth} {number}");
        }
        assert!(
            matches!(directory.find(&who("Linh Ng", "", "")), Found::Unclear(why) if why.starts_with("2 patients"))
        );
        let other = directory.find(&who("Ana Ruiz", "", "100"));
        assert!(matches!(other, Found::Unclear(why) if why.contains("OKAFOR")));
        let married = directory.find(&who("Adaeze Smith", "", "100"));
        assert_eq!(married, one(0, MatchedBy::Number));
        let noted = directory.find(&who("Adaeze Okafor", "1927-03-01", "100"));
        assert!(matches!(noted, Found::One(_, MatchedBy::Number, Some(_))));
        let renamed = directory.find(&who("Kim Lee", "1972-03-01", "100"));
        assert!(matches!(renamed, Found::One(_, MatchedBy::Number, Some(why)) if why.contains("OKAFOR Adaeze")));
    }

    #[test]
    fn names_that_are_signs_alone_are_told_apart() {
        let (directory, ids) = directory(&[("😀😃", "Kim", "1950-01-01", ""), ("<>?", "Kim", "1950-01-01", "")]);
        let one = |at: usize| Found::One(Person::Known(ids[at]), MatchedBy::BirthDate, None);
        for (name, expected) in
            [("Kim 😀😃", one(0)), ("<>? Kim", one(1)), ("Kim 👍", Found::Nobody), ("Kim -", Found::Nobody)]
        {
            assert_eq!(directory.find(&who(name, "1950-01-01", "")), expected, "{name}");
        }
    }

    #[test]
    fn a_title_names_a_patient_only_by_the_whole_name() {
        let (directory, ids) = directory(&[
            ("Okafor", "Adaeze", "", ""),
            ("Lopez", "Maria", "", ""),
            ("Lopez", "Anna Maria", "", ""),
            ("Ng", "", "", ""),
        ]);
        let one = |at: usize| Found::One(Person::Known(ids[at]), MatchedBy::NameOnly, None);
        for (title, expected) in [
            ("Pain visit: Adaeze Okafor", one(0)),
            ("OKAFOR, ADAEZE - L5", one(0)),
            ("Okafor follow-up", Found::Nobody),
            ("Adaeze and Mrs Okafor", Found::Nobody),
            ("Anna Maria López", one(2)),
            ("Maria Lopez", one(1)),
            ("Lunch with Ng", Found::Nobody),
            ("", Found::Nobody),
        ] {
            assert_eq!(directory.find_in_title(title), expected, "{title}");
        }
        assert!(matches!(directory.find_in_title("Maria Lopez / Adaeze Okafor"), Found::Unclear(_)));
    }

    #[test]
    fn a_new_patient_gets_the_parts_that_the_source_has() {
        for (name, number, expected) in [
            ("Mafalda Kunde", "", ("Kunde", "Mafalda")),
            ("Anna Maria Ruiz", "7", ("Ruiz", "Anna Maria")),
            ("Kunde", "", ("Kunde", "")),
            ("NGUYỄN Văn Ánh", "", ("NGUYỄN", "Văn Ánh")),
            ("VAN DEN BERG Jan", "", ("VAN DEN BERG", "Jan")),
            ("JAN VISSER", "", ("VISSER", "JAN")),
            ("Jan van der Berg", "", ("van der Berg", "Jan")),
            ("Maria de la Cruz", "", ("de la Cruz", "Maria")),
            ("Van Morrison", "", ("Morrison", "Van")),
            ("de Vries", "", ("de Vries", "")),
            ("Ana Ruiz 👩‍👧", "", ("Ruiz 👩‍👧", "Ana")),
            ("", "M0001", ("No. M0001", "")),
        ] {
            let (family, given) = name_parts(&who(name, "", number));
            assert_eq!((family.as_str(), given.as_str()), expected);
        }
    }
}
