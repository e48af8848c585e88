//! Finding a patient as one types: by any part of the names, the number or the birth date, forgiving case, accents, order
//! and a slip of the finger. Also who might be the same person already.

use std::collections::HashSet;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::id::PatientId;
use super::patient::list_name;
use super::text::fold;
use super::time::show_date;

/// What is known of a patient for finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientName {
    /// Who.
    pub id: PatientId,
    /// Record number.
    pub number: Option<String>,
    /// Family name.
    pub family: String,
    /// Given names.
    pub given: String,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
}

impl PatientName {
    /// As lists name a patient.
    pub fn list_name(&self) -> String {
        list_name(&self.family, &self.given)
    }
}

/// Every patient, ready to be found.
#[derive(Debug, Clone, Default)]
pub struct PatientIndex {
    names: Vec<PatientName>,
    /// Per patient: folded names, number and birth date in the ways one types them.
    lines: Vec<String>,
    /// Every word of every name in small letters, made when first asked for.
    words: OnceLock<HashSet<String>>,
    /// Whether nobody has looked yet who there is.
    is_unread: bool,
}

impl PatientIndex {
    /// The index of these patients.
    pub fn new(names: Vec<PatientName>) -> Self {
        let folded = |name: PatientName| (fold(&name.family), fold(&name.given), name);
        let mut rows: Vec<_> = names.into_iter().map(folded).collect();
        rows.sort_unstable_by(|(a_family, a_given, a), (b_family, b_given, b)| {
            (a_family, a_given, a.id).cmp(&(b_family, b_given, b.id))
        });
        let lines = rows.iter().map(|(family, given, name)| line(family, given, name)).collect();
        let names = rows.into_iter().map(|(_, _, name)| name).collect();
        Self { names, lines, words: OnceLock::new(), is_unread: false }
    }

    /// The index before the names were read: nobody is found in it, and any word may be a name.
    pub fn unread() -> Self {
        Self { is_unread: true, ..Self::default() }
    }

    /// Whether the names were not read yet.
    pub const fn is_unread(&self) -> bool {
        self.is_unread
    }

    /// How many patients there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
    /// Every patient by name.
    pub fn all(&self) -> &[PatientName] {
        &self.names
    }
    /// The patient with this identity.
    pub fn get(&self, id: PatientId) -> Option<&PatientName> {
        self.names.iter().find(|name| name.id == id)
    }

    /// Whether a word is a word of anybody's name, or one part of a double name: in whatever case, with or without
    /// accents, also as lists write it (`SÜSSMILCH` for Süßmilch).
    pub fn has_name(&self, word: &str) -> bool {
        let words = self.words.get_or_init(|| {
            let mut words = HashSet::new();
            for name in &self.names {
                for word in name.family.split_whitespace().chain(name.given.split_whitespace()) {
                    let folded = fold(word);
                    words.extend(folded.split(' ').filter(|part| part.chars().count() > 2).map(str::to_owned));
                    words.insert(folded);
                }
            }
            words
        });
        words.contains(&fold(word))
    }

    /// The best finds for what was typed, at most so many; every word must match somewhere. Where nothing does, one
    /// slip of the finger in a word is forgiven.
    pub fn find(&self, query: &str, most: usize) -> Vec<&PatientName> {
        let words: Vec<String> = fold(query).split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return self.names.iter().take(most).collect();
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let query = words.join(" ");
        let pattern = Pattern::new(&query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring);
        let mut buffer = Vec::new();
        let mut found: Vec<(u32, usize)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(n, line)| {
                // Most lines hold it nowhere: that is seen before anything is scored.
                if !words.iter().all(|word| line.contains(word.as_str())) {
                    return None;
                }
                let score = pattern.score(Utf32Str::new(line, &mut buffer), &mut matcher)?;
                // A name that begins with what was typed comes before one that holds it.
                let begins = words.iter().filter(|word| line.split(' ').any(|part| part.starts_with(*word))).count();
                Some((score + 100 * u32::try_from(begins).unwrap_or(0), n))
            })
            .collect();
        if found.is_empty() {
            found = self.with_a_slip(&words);
        }
        found.sort_by_key(|&(score, n)| (std::cmp::Reverse(score), n));
        found.into_iter().take(most).map(|(_, n)| &self.names[n]).collect()
    }

    fn with_a_slip(&self, words: &[String]) -> Vec<(u32, usize)> {
        if words.iter().all(|word| word.chars().count() < SLIPS_FROM) {
            return Vec::new();
        }
        self.lines
            .iter()
            .enumerate()
            .filter(|(_, line)| {
                words
                    .iter()
                    .all(|word| line.split(' ').any(|part| part.starts_with(word.as_str()) || is_a_slip(word, part)))
            })
            .map(|(n, _)| (0, n))
            .collect()
    }

    /// Patients who might be the same person: the same number; or the same names; or the same birth date and names that
    /// differ by no more than a slip. A family name alone, without a birth date, says too little to be somebody new: it
    /// may be everybody whose family or given name begins with it.
    pub fn likely_same(
        &self,
        family: &str,
        given: &str,
        birth: Option<NaiveDate>,
        number: Option<&str>,
        except: Option<PatientId>,
    ) -> Vec<&PatientName> {
        let (family, given) = (fold(family), fold(given));
        let close = |a: &str, b: &str| a == b || is_a_slip(a, b);
        let one_word = given.is_empty() && birth.is_none();
        let begins = |name: &str| name.split(' ').any(|part| part.starts_with(&family) || is_a_slip(part, &family));
        self.names
            .iter()
            .filter(|name| Some(name.id) != except)
            .filter(|name| {
                let same_number = number.is_some_and(|number| name.number.as_deref() == Some(number));
                if same_number {
                    return true;
                }
                if family.is_empty() {
                    return false;
                }
                let (other_family, other_given) = (fold(&name.family), fold(&name.given));
                let swapped = close(&family, &other_given) && close(&given, &other_family);
                if one_word {
                    return begins(&other_family) || begins(&other_given);
                }
                let same_birth = birth.is_some() && birth == name.birth_date;
                let may_be_born_alike = birth.is_none() || name.birth_date.is_none() || same_birth;
                (family == other_family && given == other_given && may_be_born_alike)
                    || (same_birth && ((close(&family, &other_family) && close_given(&given, &other_given)) || swapped))
            })
            .collect()
    }
}

fn close_given(a: &str, b: &str) -> bool {
    let first = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    let (a, b) = (first(a), first(b));
    a == b || is_a_slip(&a, &b) || (!a.is_empty() && b.starts_with(&a)) || (!b.is_empty() && a.starts_with(&b))
}

/// What of a patient can be typed, with the folded names first.
fn line(family: &str, given: &str, name: &PatientName) -> String {
    let mut line = String::with_capacity(96);
    line.extend([family, " ", given]);
    if let Some(number) = &name.number {
        let (small, folded) = (number.to_lowercase(), fold(number));
        line.extend([" ", &small]);
        if folded != small {
            line.extend([" ", &folded]);
        }
    }
    if let Some(birth) = name.birth_date {
        line.extend([" ", &fold(&show_date(birth))]);
        // Day, month and year in every order, apart and in one.
        let [year, month, day] =
            [format!("{:04}", birth.year()), format!("{:02}", birth.month()), format!("{:02}", birth.day())];
        for [first, second, third] in [[&year, &month, &day], [&day, &month, &year], [&month, &day, &year]] {
            line.extend([" ", first, " ", second, " ", third]);
        }
        line.extend([" ", &year, &month, &day, " ", &day, &month, &year]);
    }
    line
}

/// Letters of the shortest word in which a slip is forgiven: shorter ones would be each other's slips.
const SLIPS_FROM: usize = 4;

/// Whether two words differ by one slip: a letter changed, left out, added, or two swapped. Short words never do.
fn is_a_slip(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > char::MAX.len_utf8() || a.len().min(b.len()) < SLIPS_FROM {
        return false;
    }
    // What is left between the beginning and the end that both have.
    let same: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (left_of_a, left_of_b) = (&a[same..], &b[same..]);
    let ends = left_of_a.chars().rev().zip(left_of_b.chars().rev()).take_while(|(x, y)| x == y);
    let same_end: usize = ends.map(|(x, _)| x.len_utf8()).sum();
    let mut left_of_a = left_of_a[..left_of_a.len() - same_end].chars();
    let mut left_of_b = left_of_b[..left_of_b.len() - same_end].chars();
    let (first, second) = ((left_of_a.next(), left_of_b.next()), (left_of_a.next(), left_of_b.next()));
    let one_slip = match (first, second) {
        (_, (None, None)) => true,
        ((a1, b1), (a2, b2)) => (a1, a2) == (b2, b1) && left_of_a.next().is_none() && left_of_b.next().is_none(),
    };
    one_slip && a.chars().count().min(b.chars().count()) >= SLIPS_FROM
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    fn index() -> PatientIndex {
        let mut ids = Ids::seeded(9);
        let mut name = |family: &str, given: &str, birth: &str, number: Option<&str>| PatientName {
            id: ids.next(Instant::from_millis(0)),
            number: number.map(str::to_owned),
            family: family.to_owned(),
            given: given.to_owned(),
            birth_date: birth.parse().ok(),
        };
        PatientIndex::new(vec![
            name("Okafor", "Adaeze", "1972-03-01", Some("A-1042")),
            name("Müller-Öz", "Jörg", "1960-12-24", None),
            name("O'Hara", "Cary", "1988-05-09", Some("70002")),
            name("Okonkwo", "Ada", "1990-01-01", None),
        ])
    }

    fn found(query: &str) -> Vec<String> {
        index().find(query, 9).into_iter().map(|name| name.family.clone()).collect()
    }

    #[test]
    fn a_patient_is_found_by_any_part_in_any_order_also_with_a_slip() {
        for (query, families) in [
            ("oka", vec!["Okafor"]),
            ("adaeze okafor", vec!["Okafor"]),
            ("muller", vec!["Müller-Öz"]),
            ("JORG", vec!["Müller-Öz"]),
            ("ohara", vec!["O'Hara"]),
            ("hara", vec!["O'Hara"]),
            ("1042", vec!["Okafor"]),
            ("a-1042", vec!["Okafor"]),
            ("24 dec 1960", vec!["Müller-Öz"]),
            ("1960-12-24", vec!["Müller-Öz"]),
            ("okafro", vec!["Okafor"]),
            ("okfor", vec!["Okafor"]),
            ("zzz", vec![]),
        ] {
            assert_eq!(found(query), families, "{query}");
        }
        assert_eq!(found("ok").len(), 2);
        assert_eq!(found("").len(), 4);
    }

    #[test]
    fn one_slip_is_forgiven_and_no_second() {
        for (a, b, slip) in [
            ("okafor", "okafor", true),
            ("okafor", "okafir", true),
            ("okafor", "okafo", true),
            ("okafor", "kafor", true),
            ("okafor", "okkafor", true),
            ("okafor", "okafro", true),
            ("okafor", "koafor", true),
            ("aaaa", "aaaaa", true),
            ("abab", "baba", false),
            ("okafor", "okfaro", false),
            ("okafor", "okaf", false),
            ("okafor", "ofakor", false),
            ("okafor", "ikafir", false),
            ("oka", "okaf", false),
            ("oka", "oko", false),
            ("мюллер", "мюлер", true),
            ("мюллер", "мулер", false),
            ("öää", "öäüß", false),
        ] {
            assert_eq!((is_a_slip(a, b), is_a_slip(b, a)), (slip, slip), "{a} {b}");
        }
    }

    #[test]
    fn who_might_be_the_same_is_shown_before_a_second_record_is_made() {
        let index = index();
        let born = |date: &str| date.parse().ok();
        for (family, given, birth, number, same) in [
            ("okafor", "adaeze", None, None, 1),
            ("Okafor", "Adaeze", born("1999-01-01"), None, 0),
            ("Okafro", "Ada", born("1972-03-01"), None, 1),
            ("Adaeze", "Okafor", born("1972-03-01"), None, 1),
            ("Smith", "Jo", None, Some("70002"), 1),
            ("Smith", "Jo", None, None, 0),
            ("okafor", "", None, None, 1),
            ("ok", "", None, None, 2),
            ("okafro", "", None, None, 1),
            ("ADAEZE", "", None, None, 1),
            ("oz", "", None, None, 1),
            ("Smith", "", None, None, 0),
            ("Okafor", "", born("1999-01-01"), None, 0),
        ] {
            let found = index.likely_same(family, given, birth, number, None);
            assert_eq!(found.len(), same, "{family} {given}");
        }
    }
}
