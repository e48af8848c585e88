//! What a typed medicine means: the name of the table behind a line such as `Eliquis 5 mg twice daily`.
//!
//! Only a whole name counts, written as the table's conventions allow: case, accents, `k` for `c`, `ph` for `f`, a final
//! `e`, the words of salts and forms and the names of makers aside. What is not found is not checked, and never taken for
//! harmless.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::facts::antithrombotics::{Drug, antithrombotics};
use super::facts::medicine_names::{BrandRelease, Class, Name, medicine_names};
use super::text::fold;

/// Text as the names of medicines are compared: each word folded, `k` as `c`, `ph` as `f`, without its final `e`.
pub fn spelling(text: &str) -> String {
    let words: Vec<String> = fold(text).split(' ').map(spelled).collect();
    words.join(" ")
}

fn spelled(word: &str) -> String {
    let word = word.replace("ph", "f").replace('k', "c");
    if word.len() > 3 { word.strip_suffix('e').unwrap_or(&word).to_owned() } else { word }
}

/// Words of a combination match in any order.
fn sorted(spelling: &str) -> String {
    let mut words: Vec<&str> = spelling.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// Every name, synonym and brand that means one medicine, as it is compared.
fn names() -> &'static HashMap<String, Vec<usize>> {
    static NAMES: OnceLock<HashMap<String, Vec<usize>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in medicine_names().name.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.synonyms).chain(&entry.brands) {
                let of = names.entry(sorted(&spelling(name))).or_default();
                if of.last() != Some(&at) {
                    of.push(at);
                }
            }
        }
        names
    })
}

/// The medicines that this is a whole name of: none where it is unknown, several where a brand means several.
fn whole(text: &str) -> Vec<&'static Name> {
    let found = names().get(&sorted(&spelling(text)));
    found.into_iter().flatten().filter_map(|at| medicine_names().name.get(*at)).collect()
}

/// Whether a text as it stands is a name, a synonym or a brand.
pub fn is_whole_name(text: &str) -> bool {
    !text.trim().is_empty() && !whole(text.trim()).is_empty()
}

/// Makers who put their own name behind that of the generic they sell. It says who made it, never what it is: with a blank or
/// a hyphen between, the medicine is the same. A maker who is not among them leaves the name unrecognised.
const MAKERS: [&str; 30] = [
    "abz",
    "accord",
    "actavis",
    "aliud",
    "apotex",
    "aristo",
    "aurobindo",
    "basics",
    "betapharm",
    "biomo",
    "dura",
    "glenmark",
    "gry",
    "hennig",
    "heumann",
    "hexal",
    "hormosan",
    "krewel",
    "lichtenstein",
    "mylan",
    "neuraxpharm",
    "puren",
    "ratiopharm",
    "sandoz",
    "stada",
    "teva",
    "viatris",
    "winthrop",
    "zentiva",
    "zydus",
];

/// A name without that of its maker.
fn without_maker(text: &str) -> String {
    let is_name = |part: &&str| !MAKERS.iter().any(|maker| maker.eq_ignore_ascii_case(part));
    let words = text.split_whitespace().map(|word| word.split('-').filter(is_name).collect::<Vec<_>>().join("-"));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The medicines that a text is the name of, with nothing of a dose behind it: words of salt and form and the maker aside, a
/// brand with its ingredient in brackets. None: it was not recognised.
pub fn named(text: &str) -> Vec<&'static Name> {
    if let Some((before, rest)) = text.split_once('(') {
        let Some(inside) = rest.trim_end().strip_suffix(')') else { return Vec::new() };
        let found = named(before);
        return if found.is_empty() { named(inside) } else { found };
    }
    let found = whole(text.trim());
    if !found.is_empty() || text.trim().is_empty() {
        return found;
    }
    let found = bare(text);
    if found.is_empty() {
        combination(text).map(|all| all.into_iter().flatten().collect()).unwrap_or_default()
    } else {
        found
    }
}

/// What parts the names of a combination.
const BETWEEN: [char; 4] = ['/', '+', '&', '-'];
const BETWEEN_WORDS: [&str; 4] = [" and ", " with ", " und ", " mit "];

/// The parts of a combination as they were typed: `oxycodone/ibuprofen`, `oxycodone + ibuprofen`, `hydrocodone with aspirin`.
/// One where nothing parts it.
pub fn parts_of(name: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = name.split(BETWEEN).collect();
    for word in BETWEEN_WORDS {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// What each part of a combination is that no table has as a whole: none unless every part of it is known.
pub fn combination(name: &str) -> Option<Vec<Vec<&'static Name>>> {
    if !name.contains(BETWEEN) && !BETWEEN_WORDS.iter().any(|word| name.contains(word)) {
        return None;
    }
    let parts = parts_of(name);
    if parts.len() < 2 {
        return None;
    }
    let as_one = whole(&parts.join("/"));
    if !as_one.is_empty() {
        return Some(vec![as_one]);
    }
    let known: Vec<Vec<&'static Name>> = parts.into_iter().map(whole_or_bare).collect();
    known.iter().all(|part| !part.is_empty()).then_some(known)
}

fn whole_or_bare(part: &str) -> Vec<&'static Name> {
    let found = whole(part);
    if !found.is_empty() {
        return found;
    }
    bare(part)
}

/// The medicines that a text is the name of once its maker and the words of salt and form are taken away.
fn bare(text: &str) -> Vec<&'static Name> {
    let name = without_maker(text);
    let words: Vec<&str> = name.split_whitespace().filter(|word| !is_ignored(word)).collect();
    let found = if words.is_empty() { Vec::new() } else { whole(&words.join(" ")) };
    // `sodium oxybate` of a maker keeps its salt.
    if found.is_empty() && !name.is_empty() && name != text.trim() { whole(&name) } else { found }
}

/// What a name that no table knows may be: the medicines whose whole names stand in it, as in that of a maker's own
/// (`Oxycodon-ratiopharm`), or of a combination of which only a part is known. Nothing is concluded from it but that somebody
/// must say what it is.
pub fn perhaps(name: &str) -> Vec<&'static Name> {
    if !named(name).is_empty() {
        return Vec::new();
    }
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3 && !is_ignored(word));
    let mut out: Vec<&'static Name> = Vec::new();
    for found in words.flat_map(whole) {
        if !out.iter().any(|known| known.name == found.name) {
            out.push(found);
        }
    }
    out
}

/// The long-acting form that a brand stands for by its label; none: it has several, or nobody knows.
pub fn form_of_brand(name: &str) -> Option<&'static BrandRelease> {
    let typed = spelling(name);
    let is = |entry: &&BrandRelease| entry.brands.iter().any(|brand| spelling(brand) == typed);
    medicine_names().brand_release.iter().find(is)
}

/// Whether a word belongs to the dose or the form, not to the name.
fn is_of_dose(word: &str) -> bool {
    const HOW_OFTEN: [&str; 20] = [
        "daily", "once", "twice", "three", "four", "times", "every", "at", "in", "as", "bd", "bid", "tds", "tid",
        "qds", "qid", "od", "prn", "nocte", "mane",
    ];
    let folded = fold(word);
    let is_number = folded.starts_with(|c: char| c.is_ascii_digit());
    is_number || HOW_OFTEN.contains(&folded.as_str()) || is_ignored(word)
}

/// Whether a word is one of a salt, a form or a strength.
fn is_ignored(word: &str) -> bool {
    medicine_names().conventions.match_ignore.iter().any(|ignored| ignored.eq_ignore_ascii_case(word))
}

/// The medicines that a line may mean: its name as a whole, without words of salt and form, or up to its dose. None: it
/// was not recognised and is not checked. Several: a brand that means several, or a table that keeps them apart.
pub fn meant_by(line: &str) -> Vec<&'static Name> {
    // A brand with its ingredient in brackets, or the other way round.
    if let Some((before, rest)) = line.split_once('(') {
        let inside = rest.split(')').next().unwrap_or_default();
        let found = meant_by(before);
        return if found.is_empty() { meant_by(inside) } else { found };
    }
    let found = whole(line.trim());
    if !found.is_empty() {
        return found;
    }
    let line = without_maker(line);
    let words: Vec<&str> = line.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()).collect();
    // The longest beginning that is a name, where what follows is a dose or a form.
    for end in (1..=words.len().min(6)).rev() {
        let follows = words.get(end).is_none_or(|next| is_of_dose(next));
        if !follows {
            continue;
        }
        let name: Vec<&str> = words[..end].to_vec();
        let bare: Vec<&str> = name.iter().copied().filter(|word| !is_ignored(word)).collect();
        for candidate in [name, bare] {
            let found = if candidate.is_empty() { Vec::new() } else { whole(&candidate.join(" ")) };
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

/// What stands beside a typed medicine once it is recognised: `apixaban, anticoagulant by mouth`.
pub fn shown(line: &str) -> String {
    let (mut found, mut between) = (meant_by(line), " or ");
    if found.is_empty()
        && let Some(parts) = combination(line)
    {
        (found, between) = (parts.into_iter().flatten().collect(), " + ");
    }
    let classes = |name: &Name| name.classes.iter().filter_map(|id| medicine_names().class(id)).find_map(class_words);
    let told = |name: &&Name| match classes(name) {
        Some(class) if class != name.name => format!("{}, {class}", name.name),
        Some(_) | None => name.name.clone(),
    };
    found.iter().map(told).collect::<Vec<_>>().join(between)
}

/// The class in a few words: its label up to the first sign. A property says nothing of what a medicine is.
pub fn class_words(class: &Class) -> Option<String> {
    let label = class.label.split([',', ';', ':', '(']).next().unwrap_or_default().trim();
    // A label that names medicines says less than what the class is called: gabapentinoid.
    let id = class.id.replace('_', " ");
    let label = if named(label).is_empty() { label } else { id.as_str() };
    let mut chars = label.chars();
    let first = chars.next()?;
    // An abbreviation keeps its capitals.
    let keeps = chars.clone().next().is_some_and(|second| second.is_uppercase() || second.is_ascii_digit());
    let words = if keeps { label.to_owned() } else { first.to_lowercase().chain(chars).collect() };
    (class.kind == "therapeutic" && class.id != "other").then_some(words)
}

/// The antithrombotics of the hold table that a line may mean: by its name, for `calc::antithrombotic`. None: unknown,
/// never clear; several: the table keeps them apart by dose or reason, and somebody must say which.
pub fn antithrombotics_meant_by(line: &str) -> Vec<&'static Drug> {
    let table = antithrombotics();
    meant_by(line).iter().flat_map(|name| &name.antithrombotic_id).filter_map(|id| table.get(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(line: &str) -> Vec<&'static str> {
        meant_by(line).iter().map(|name| name.name.as_str()).collect()
    }

    #[test]
    fn a_line_means_the_medicine_whose_whole_name_it_has() {
        for (line, expected) in [
            ("apixaban", &["apixaban"][..]),
            ("APIXABAN", &["apixaban"]),
            ("Eliquis", &["apixaban"]),
            ("Eliquis 5 mg twice daily", &["apixaban"]),
            ("Eliquis (apixaban)", &["apixaban"]),
            ("apixaban, 2.5 mg bd", &["apixaban"]),
            ("Amitriptylin 10 mg", &["amitriptyline"]),
            ("morphine sulfate ER 15 mg", &["morphine"]),
            ("Paracetamol", &["acetaminophen"]),
            ("Paracetamol-ratiopharm 500 mg", &["acetaminophen"]),
            ("Metamizol Lichtenstein 500 mg", &["metamizole"]),
            ("apixabanum forte", &[]),
            ("something for the heart", &[]),
            ("", &[]),
            ("(", &[]),
            ("5 mg", &[]),
        ] {
            assert_eq!(names_of(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_accepted_as_an_antithrombotic_is_known_to_the_hold_table() {
        for (line, id) in [
            ("apixaban", "apixaban"),
            ("Eliquis (apixaban)", "apixaban"),
            ("Xarelto 20 mg", "rivaroxaban"),
            ("clopidogrel", "clopidogrel"),
        ] {
            let drugs: Vec<&str> = antithrombotics_meant_by(line).iter().map(|drug| drug.id.as_str()).collect();
            assert_eq!(drugs, [id], "{line}");
        }
        assert!(antithrombotics_meant_by("aspirin 100 mg").len() > 1, "the reason decides which");
        assert!(antithrombotics_meant_by("a blood thinner").is_empty());
    }

    #[test]
    fn a_combination_that_no_table_has_is_all_of_its_parts_and_a_part_alone_is_only_a_perhaps() {
        let names = |found: Vec<&'static Name>| found.iter().map(|name| name.name.as_str()).collect::<Vec<_>>();
        for (name, meant, maybe) in [
            ("oxycodone/ibuprofen", &["oxycodone", "ibuprofen"][..], &[][..]),
            ("ibuprofen + oxycodone", &["ibuprofen", "oxycodone"], &[]),
            ("Hydrocodon-aspirin", &["hydrocodone", "aspirin"], &[]),
            ("oxycodone hcl and ibuprofen", &["oxycodone", "ibuprofen"], &[]),
            ("oxycodone and acetaminophen", &["oxycodone/acetaminophen"], &[]),
            ("Oxycodon-nonsuch", &[], &["oxycodone"]),
            ("Oxycodon-ratiopharm", &["oxycodone"], &[]),
            ("Oxycodone Ratiopharm", &["oxycodone"], &[]),
            ("oxycodone HCl STADA", &["oxycodone"], &[]),
            ("oxycodone/naloxone hexal", &["oxycodone/naloxone"], &[]),
            ("stada", &[], &[]),
            ("ratio-oxycodone", &[], &["oxycodone"]),
            ("morphine/nonsuchone", &[], &["morphine"]),
            ("nonsuchone-ratiopharm", &[], &[]),
            ("nonsuchone-nonsuch", &[], &[]),
            ("oxycodone", &["oxycodone"], &[]),
            ("St. John's wort", &["St. John's wort"], &[]),
        ] {
            let found = named(name);
            if name.starts_with("St") {
                assert!(perhaps(name).is_empty(), "{name}");
                continue;
            }
            assert_eq!(names(found), meant, "{name}");
            assert_eq!(names(perhaps(name)), maybe, "{name}");
        }
    }

    #[test]
    fn what_is_shown_beside_a_name_says_what_it_is() {
        assert_eq!(shown("Eliquis"), "apixaban, anticoagulant by mouth");
        assert_eq!(shown("nothing known"), "");
        assert_eq!(
            shown("oxycodone/ibuprofen"),
            "oxycodone, opioid + ibuprofen, non-steroidal anti-inflammatory",
            "both, not one of them"
        );
    }
}
