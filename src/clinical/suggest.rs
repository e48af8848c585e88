//! What a typed text may become: medicines, conditions, procedures, allergens and words of plans, found as one types.
//!
//! Each list is made once, from the tables of facts, and asked in well under a millisecond. What begins with the typed text
//! comes first, then what has it in its words, then what resembles it; a medicine that is taken for another is offered with
//! the other's name beside it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::facts::body_map::body_map;
use super::facts::conditions::{Condition, conditions};
use super::facts::medicine_names::{Name, medicine_names};
use super::facts::plan_words::plan_words;
use super::facts::procedures::procedures;
use super::medicine::{class_words, spelling};
use super::text::fold;

/// One thing that can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The words that go into the field.
    pub text: String,
    /// Its id in the table of facts.
    pub code: String,
    /// What it is, in a word or two.
    pub hint: String,
}

/// A thing with the ways it is looked for.
#[derive(Debug)]
pub struct Entry {
    it: Suggestion,
    /// What it is called, as it is compared; the first is its text.
    keys: Vec<String>,
    /// Of two that match alike the lower stands first.
    rank: u8,
}

impl Entry {
    /// A thing with all that it is called; of two that match alike the one of the lower rank stands first.
    pub fn called(it: Suggestion, names: &[String], rank: u8) -> Self {
        Self { it, keys: names.iter().map(|name| fold(name)).collect(), rank }
    }
}

/// A list to find in.
#[derive(Debug)]
pub struct List {
    entries: Vec<Entry>,
    /// How both sides are spelled before they are compared.
    spelled: fn(&str) -> String,
}

/// Texts of fewer letters resemble too much.
const LEAST_TO_RESEMBLE: usize = 4;
/// A text of more than so many times the typed letters has nearly any letters in it.
const MOST_LEFT_OUT: usize = 3;

impl List {
    /// A list of things, however they are spelled.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self { entries: entries.into_iter().collect(), spelled: fold }
    }

    /// The best finds, at most so many.
    pub fn find(&self, query: &str, most: usize) -> Vec<&Suggestion> {
        let mut found = self.by_words(query);
        // What merely has the letters within it does not keep a misspelt name from being meant.
        if found.iter().all(|(order, _)| order.0 > 1) {
            found.extend(self.resembling(query));
        }
        let mut out: Vec<&Suggestion> = Vec::new();
        for (_, at) in found {
            let it = &self.entries[at].it;
            if !out.iter().any(|known| known.text == it.text && known.code == it.code) {
                out.push(it);
            }
        }
        out.truncate(most);
        out
    }

    /// Only what has every typed word at the beginning of one of its own: for prose, where a guess would be in the way.
    pub fn find_begun(&self, query: &str, most: usize) -> Vec<&Suggestion> {
        let begun = self.by_words(query).into_iter().filter(|(order, _)| order.0 < 2);
        begun.take(most).map(|(_, at)| &self.entries[at].it).collect()
    }

    /// What has the typed words: at its beginning, at the beginning of its words, within them.
    fn by_words(&self, query: &str) -> Vec<(Order, usize)> {
        let query = (self.spelled)(query);
        let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Order, usize)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let best = entry.keys.iter().filter_map(|key| Some((closeness(key, &query, &words)?, key.len()))).min();
            if let Some((close, length)) = best {
                found.push((Order(close, entry.rank, length), at));
            }
        }
        found.sort_by_key(|(order, at)| (order.0, order.1, order.2, *at));
        found
    }

    /// What resembles the typed text: but for one slip of the finger, else with letters left out.
    fn resembling(&self, query: &str) -> Vec<(Order, usize)> {
        let query = (self.spelled)(query);
        if query.chars().count() < LEAST_TO_RESEMBLE {
            return Vec::new();
        }
        let slips = |key: &String| query.split(' ').all(|word| key.split(' ').any(|own| slipped(word, own)));
        let mut found: Vec<(u32, usize)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.keys.iter().any(slips) {
                found.push((0, at));
            }
        }
        if found.is_empty() {
            found = self.with_letters_left_out(&query);
        }
        found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), self.entries[*at].rank, *at));
        found.into_iter().map(|(_, at)| (Order(9, 0, 0), at)).collect()
    }

    fn with_letters_left_out(&self, query: &str) -> Vec<(u32, usize)> {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut buffer = Vec::new();
        // Letters that lie far apart resemble nothing: most of them must stand together.
        let letters = query.chars().filter(|c| *c != ' ').count();
        let least = u32::try_from(letters).unwrap_or(u32::MAX).saturating_mul(19);
        let mut found = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let alike = entry.keys.iter().filter(|key| (letters..=letters * MOST_LEFT_OUT).contains(&key.len()));
            let score = alike.filter_map(|key| pattern.score(Utf32Str::new(key, &mut buffer), &mut matcher)).max();
            found.extend(score.filter(|score| *score >= least).map(|score| (score, at)));
        }
        found
    }
}

/// How close, which rank, how long: the lower the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Order(u8, u8, usize);

/// 0 begins with it, 1 has each word at the beginning of a word, 2 has each word within, but short ones, which stand within
/// many words by accident, at a beginning; none where one is missing.
fn closeness(key: &str, query: &str, words: &[&str]) -> Option<u8> {
    if key.starts_with(query) {
        return Some(0);
    }
    let begins = |word: &&str| key.split(' ').any(|own| own.starts_with(*word));
    if words.iter().all(begins) {
        return Some(1);
    }
    let within = |word: &&str| begins(word) || (word.len() >= LEAST_TO_RESEMBLE && key.contains(*word));
    words.iter().all(within).then_some(2)
}

/// Whether a word begins as typed, but for one slip: a letter changed, left out, added, or two swapped. Short words never do.
fn slipped(typed: &str, word: &str) -> bool {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (a, b) = (&typed[same..], &word[same..]);
    if a.is_empty() {
        return true;
    }
    if typed.len() < LEAST_TO_RESEMBLE || word.len() < LEAST_TO_RESEMBLE {
        return false;
    }
    let from = |word: &'_ [u8], n: usize, begins: &[u8]| word.get(n..).is_some_and(|rest| rest.starts_with(begins));
    let changed = !b.is_empty() && from(b, 1, &a[1..]);
    let left_out = from(b, 1, a);
    let added = b.starts_with(&a[1..]);
    let swapped = a.len() >= 2 && b.len() >= 2 && a[0] == b[1] && a[1] == b[0] && from(b, 2, &a[2..]);
    changed || left_out || added || swapped
}

/// All lists.
#[derive(Debug)]
pub struct Suggestions {
    /// Medicines by generic name, synonym and brand.
    pub medicines: List,
    /// Those of them that act on clotting.
    pub antithrombotics: List,
    /// Conditions by name and code.
    pub conditions: List,
    /// Procedures of the catalogue, also by their abbreviations.
    pub procedures: List,
    /// What one can be allergic to.
    pub allergens: List,
    /// Where it can hurt, and what it can be.
    pub places: List,
}

/// The lists, made when they are first asked for. Made ahead by [`warm`].
pub fn suggestions() -> &'static Suggestions {
    static LISTS: OnceLock<Suggestions> = OnceLock::new();
    LISTS.get_or_init(|| Suggestions {
        medicines: List { entries: medicines(|_| true), spelled: spelling },
        antithrombotics: List { entries: medicines(acts_on_clotting), spelled: spelling },
        conditions: List { entries: conditions().condition.iter().map(condition).collect(), spelled: fold },
        procedures: List { entries: catalogue(), spelled: fold },
        allergens: List { entries: allergens(), spelled: spelling },
        places: List { entries: places(), spelled: fold },
    })
}

/// Reads the tables of the day and makes the lists, so that neither the first look at the day nor the first key that asks
/// for a list waits for them.
pub fn warm() {
    super::facts::read_for_the_day();
    suggestions();
}

/// Words that a piece of the plan is often written with.
pub fn plan_piece(piece: &str, query: &str, most: usize) -> Vec<Suggestion> {
    let words = plan_words().words.get(piece).map(Vec::as_slice).unwrap_or_default();
    let entry = |word: &String| Entry { it: plain(word, ""), keys: vec![fold(word)], rank: 0 };
    let list = List { entries: words.iter().map(entry).collect(), spelled: fold };
    list.find_begun(query, most).into_iter().cloned().collect()
}

/// The levels of a procedure that was typed; of all procedures where it is none of the catalogue.
pub fn levels(procedure: &str, query: &str, most: usize) -> Vec<Suggestion> {
    let (table, name) = (procedures(), fold(procedure));
    let known: Vec<_> = table.procedure.iter().filter(|entry| fold(&entry.name) == name).collect();
    let of = if known.is_empty() { table.procedure.iter().collect() } else { known };
    let mut seen = BTreeSet::new();
    let levels = of.iter().flat_map(|entry| table.levels_of(entry)).map(|level| level.replace('_', " "));
    let levels: Vec<String> = levels.filter(|level| seen.insert(level.clone())).collect();
    // `l45` and `l4 5` mean L4-L5: letters and digits count, signs do not.
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let short = |text: &str| {
        let bare = bare(text);
        let mut letters = bare.chars().filter(char::is_ascii_alphabetic);
        let first = letters.next();
        bare.char_indices().filter(|(at, c)| *at == 0 || Some(*c) != first).map(|(_, c)| c).collect::<String>()
    };
    let query = bare(query);
    let fits = |level: &&String| bare(level).starts_with(&query) || short(level).starts_with(&query);
    levels.iter().filter(fits).take(most).map(|level| plain(level, "")).collect()
}

fn plain(text: &str, hint: &str) -> Suggestion {
    Suggestion { text: text.to_owned(), code: text.to_owned(), hint: hint.to_owned() }
}

fn acts_on_clotting(name: &Name) -> bool {
    let classes = ["anticoagulant_oral", "anticoagulant_parenteral", "antiplatelet"];
    name.classes.iter().any(|class| classes.contains(&class.as_str()))
}

/// Medicines under each of their names. A generic name comes before a brand, a medicine of pain before others.
fn medicines(wanted: fn(&Name) -> bool) -> Vec<Entry> {
    let table = medicine_names();
    let mut out = Vec::new();
    for name in table.name.iter().filter(|name| wanted(name)) {
        let class = name.classes.iter().filter_map(|id| table.class(id)).find_map(class_words).unwrap_or_default();
        let pain = u8::from(name.medication_id.is_empty() && name.opioid_id.is_empty());
        let mut put = |text: String, key: &str, hint: String, rank: u8| {
            let it = Suggestion { text, code: name.name.clone(), hint };
            out.push(Entry { it, keys: vec![spelling(key)], rank: rank * 2 + pain });
        };
        put(name.name.clone(), &name.name, class.clone(), 0);
        let same = |other: &str| {
            [format!("= {}", name.name), other.to_owned()]
                .into_iter()
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        };
        for synonym in name.synonyms.iter().filter(|synonym| spelling(synonym) != spelling(&name.name)) {
            put(synonym.clone(), synonym, same(&class), 0);
        }
        for brand in &name.brands {
            let hint = [brand_regions(brand, &name.name), class.clone()]
                .into_iter()
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>();
            put(format!("{brand} ({})", name.name), brand, hint.join(", "), 1);
        }
    }
    let lookalikes =
        table.confusable.iter().flat_map(|two| [(&two.pair[0], &two.pair[1]), (&two.pair[1], &two.pair[0])]);
    for (one, other) in lookalikes {
        if let Some(entry) = out.iter_mut().find(|entry| entry.it.text == *one) {
            entry.it.hint = format!("{}; not {other}", entry.it.hint);
        }
    }
    out
}

/// Where a brand that means several medicines means this one.
fn brand_regions(brand: &str, name: &str) -> String {
    let shared = medicine_names().shared_brand.iter().find(|shared| shared.brand.eq_ignore_ascii_case(brand));
    let regions = shared.into_iter().flat_map(|shared| &shared.meanings).filter(|meaning| meaning.name == name);
    regions.map(|meaning| meaning.region.to_uppercase()).collect::<Vec<_>>().join(", ")
}

fn condition(condition: &Condition) -> Entry {
    let code = condition.icd10.iter().find(|code| matches!(code.side.as_str(), "" | "unspecified"));
    let hint = code.or(condition.icd10.first()).map(|code| code.code.clone()).unwrap_or_default();
    let codes = condition.icd10.iter().map(|code| code.code.to_lowercase());
    let folded = condition.icd10.iter().map(|code| fold(&code.code));
    let called = std::iter::once(&condition.name).chain(&condition.also).map(|name| fold(name));
    let keys = called.chain(codes).chain(folded).collect();
    let it = Suggestion { text: condition.name.clone(), code: condition.id.clone(), hint };
    Entry { it, keys, rank: 0 }
}

fn catalogue() -> Vec<Entry> {
    let entry = |procedure: &super::facts::procedures::Procedure| {
        let id = procedure.id.replace('_', " ");
        let name = fold(&procedure.name);
        let it = Suggestion {
            text: procedure.name.clone(),
            code: procedure.id.clone(),
            hint: procedure.family.replace('_', " "),
        };
        // Found by its name, by its abbreviation, and by both mixed: `tfesi lumbar`.
        Entry { it, keys: vec![name.clone(), id.clone(), format!("{name} {id}")], rank: 0 }
    };
    procedures().procedure.iter().map(entry).collect()
}

/// Allergens that are no medicines.
const OTHER_ALLERGENS: [(&str, &str); 16] = [
    ("Latex", "material"),
    ("Adhesive tape", "material"),
    ("Nickel", "material"),
    ("Iodinated contrast", "contrast"),
    ("Gadolinium contrast", "contrast"),
    ("Chlorhexidine", "skin preparation"),
    ("Povidone-iodine", "skin preparation"),
    ("Local anaesthetic, ester", "group"),
    ("Local anaesthetic, amide", "group"),
    ("Penicillins", "group"),
    ("Cephalosporins", "group"),
    ("Sulfonamides", "group"),
    ("NSAIDs", "group"),
    ("Egg", "food"),
    ("Soya", "food"),
    ("Bee or wasp venom", "venom"),
];

fn allergens() -> Vec<Entry> {
    let other =
        OTHER_ALLERGENS.iter().map(|(text, hint)| Entry { it: plain(text, hint), keys: vec![spelling(text)], rank: 0 });
    other.chain(medicines(|_| true).into_iter().map(|entry| Entry { rank: entry.rank + 1, ..entry })).collect()
}

/// Regions of the body in the patient's own left and right, then conditions.
fn places() -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let region = |label: &str| {
        let it = Suggestion { text: label.to_owned(), code: label.to_owned(), hint: "place".to_owned() };
        Entry { it, keys: vec![fold(label)], rank: 0 }
    };
    let regions = body_map().region.iter().filter(|one| seen.insert(one.label.clone())).map(|one| region(&one.label));
    let conditions = conditions().condition.iter().map(|one| Entry { rank: 1, ..condition(one) });
    regions.chain(conditions).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &List, query: &str) -> Vec<String> {
        list.find(query, 8).into_iter().map(|found| found.text.clone()).collect()
    }

    #[test]
    fn medicines_are_found_by_generic_name_synonym_and_brand() {
        let lists = suggestions();
        for (query, expected) in [
            ("apix", "apixaban"),
            ("eliq", "Eliquis (apixaban)"),
            ("ELIQUIS", "Eliquis (apixaban)"),
            ("parac", "paracetamol"),
            ("gabap", "gabapentin"),
            ("amitriptylin", "amitriptyline"),
            ("oxicodon", "oxycodone"),
        ] {
            let found = texts(&lists.medicines, query);
            assert!(found.iter().take(3).any(|text| text == expected), "{query}: {found:?}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_forgiven_and_nonsense_finds_nothing() {
        let lists = suggestions();
        for (query, expected) in [("gabapetnin", "gabapentin"), ("pregabaln", "pregabalin"), ("apxaban", "apixaban")] {
            let found = texts(&lists.medicines, query);
            assert!(found.iter().any(|text| text == expected), "{query}: {found:?}");
        }
        for query in ["", " ", "xqzv", "the patient walks well", "5 mg", "???"] {
            assert_eq!(texts(&lists.medicines, query), Vec::<String>::new(), "{query}");
        }
    }

    #[test]
    fn what_is_taken_for_another_is_marked() {
        let found = suggestions().medicines.find("hydroxyzine", 1);
        assert!(found[0].hint.contains("not hydralazine"), "{found:?}");
    }

    #[test]
    fn every_antithrombotic_offered_is_recognised_again() {
        let list = &suggestions().antithrombotics;
        assert!(list.entries.len() > 20);
        for entry in &list.entries {
            let meant = crate::clinical::medicine::meant_by(&entry.it.text);
            assert!(meant.iter().any(|name| name.name == entry.it.code), "{} means {meant:?}", entry.it.text);
        }
    }

    #[test]
    fn procedures_are_found_by_words_and_abbreviations() {
        let list = &suggestions().procedures;
        for (query, expected) in [
            ("tfesi l", "Lumbar or S1 transforaminal epidural steroid"),
            ("lumbar mbb", "Lumbar medial branch block"),
            ("gon", "Greater occipital nerve block"),
            ("genicular", "Genicular nerve radiofrequency"),
            ("knee", "Knee joint injection"),
        ] {
            let found = texts(list, query);
            assert!(found.contains(&expected.to_owned()), "{query}: {found:?}");
        }
    }

    #[test]
    fn conditions_are_found_by_name_and_code() {
        let list = &suggestions().conditions;
        for (query, expected) in
            [("sciat", "Lumbar radicular pain or sciatica"), ("fibro", "Fibromyalgia"), ("M79.7", "Fibromyalgia")]
        {
            assert_eq!(texts(list, query).first().map(String::as_str), Some(expected), "{query}");
        }
        assert!(list.find_begun("walks well and", 8).is_empty(), "prose finds nothing");
    }

    #[test]
    fn levels_belong_to_the_procedure_and_may_be_typed_short() {
        let texts = |procedure: &str, query: &str| -> Vec<String> {
            levels(procedure, query, 8).into_iter().map(|level| level.text).collect()
        };
        assert_eq!(texts("Lumbar interlaminar epidural steroid", "l45"), ["L4-L5"]);
        assert_eq!(texts("Lumbar interlaminar epidural steroid", "L4-"), ["L4-L5"]);
        assert!(texts("Cervical interlaminar epidural steroid", "l4").is_empty());
        assert!(!texts("something of our own", "l4").is_empty());
    }

    #[test]
    fn a_piece_of_a_plan_has_its_words() {
        assert_eq!(plan_piece("physical", "physio", 8)[0].text, "Physiotherapy");
        assert!(plan_piece("physical", "acupuncture", 8).is_empty());
        for piece in plan_words().words.keys() {
            use crate::clinical::vocab::Vocab;
            assert!(crate::clinical::plan::Modality::ALL.iter().any(|one| one.name() == piece), "{piece}");
        }
    }
}
