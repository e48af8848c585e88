//! Allergies on the list against what is taken: the same medicine, a part of it, or its group.
//!
//! An allergy is read as a name or a group, else word by word: `morphine and codeine`, `codeine rash`. What no table knows is
//! compared with what is taken as it is written, and said to be not checked.

use std::collections::BTreeSet;

use super::{Caution, Seen, lines};
use crate::clinical::facts::Severity;
use crate::clinical::facts::medicine_names::{Name, medicine_names};
use crate::clinical::medicine::{self, spelling};
use crate::clinical::patient::{Allergy, Known};
use crate::clinical::text::clean_line;
use crate::clinical::why::Fact;

/// An allergy as the tables know it.
#[derive(Debug, Default)]
struct Read {
    /// Medicines by name, each with the parts of a combination.
    names: BTreeSet<&'static str>,
    /// Classes.
    groups: BTreeSet<&'static str>,
    /// Words that no table knows.
    left: Vec<String>,
}

/// Words between two names, or around one, that say nothing of their own.
const BETWEEN: [&str; 11] = ["and", "or", "und", "oder", "all", "any", "other", "the", "to", "allergy", "allergic"];

/// The most words that a name has.
const LONGEST: usize = 4;

/// The cautions; the allergies that could not be checked, by what they are written as.
pub(super) fn cautions(
    known: &[Seen<'_>],
    unknown: &[Seen<'_>],
    allergies: &Known<Allergy>,
    open: &mut Vec<String>,
) -> (Vec<Caution>, Vec<String>) {
    let mut out = Vec::new();
    let mut unchecked = Vec::new();
    if matches!(allergies, Known::Unknown) {
        open.push("allergies unknown: not checked against them".to_owned());
    }
    for allergy in allergies.items() {
        let substance = clean_line(&allergy.substance);
        let read = read(&substance);
        let taken: Vec<&Seen<'_>> =
            known.iter().chain(unknown).filter(|one| read.means(one) || is_written(one, &substance)).collect();
        out.extend(taken.iter().map(|one| caution(&substance, one)));
        let of_table: Vec<&str> = read.names.iter().chain(&read.groups).copied().collect();
        if of_table.is_empty() && taken.is_empty() {
            open.push(format!("allergy to {substance} not checked: no table knows it"));
            unchecked.push(substance);
        } else if !of_table.is_empty() && !read.left.is_empty() {
            let (left, of_table) = (read.left.join(" "), of_table.join(", "));
            open.push(format!("allergy to {substance}: checked for {of_table}, not for \"{left}\""));
        }
    }
    (out, unchecked)
}

fn caution(substance: &str, one: &Seen<'_>) -> Caution {
    Caution {
        name: format!("allergy/{}", one.name),
        severity: Severity::High,
        short: format!("allergy to {substance}: {}", one.name),
        inputs: [lines([one]), vec![format!("allergy: {substance}")]].concat(),
        fact: Fact::own(format!(
            "Allergy to {substance} is on the list, and {} is taken: the same medicine, a part of it or its group",
            one.name
        )),
    }
}

/// Whether what is taken is written as the allergy is.
fn is_written(one: &Seen<'_>, substance: &str) -> bool {
    [&one.name, &one.sig.name].into_iter().any(|name| spelling(name) == spelling(substance))
}

impl Read {
    fn add(&mut self, found: &[&'static Name]) {
        for name in found {
            self.names.insert(&name.name);
            self.names.extend(name.contains.iter().map(String::as_str));
        }
    }

    fn means(&self, one: &Seen<'_>) -> bool {
        let parts = one.meant.iter().flat_map(|name| std::iter::once(&name.name).chain(&name.contains));
        parts.into_iter().any(|part| self.names.contains(part.as_str()))
            || self.groups.iter().any(|group| one.classes.contains(group))
    }
}

fn read(substance: &str) -> Read {
    let mut read = Read::default();
    let whole = medicine::named(substance);
    if !whole.is_empty() {
        read.add(&whole);
        return read;
    }
    let words: Vec<&str> =
        substance.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let mut at = 0;
    while at < words.len() {
        let found = (1..=LONGEST.min(words.len() - at)).rev().find_map(|n| {
            let text = words[at..at + n].join(" ");
            let (names, groups) = (medicine::named(&text), groups(&text));
            (!names.is_empty() || !groups.is_empty()).then_some((n, names, groups))
        });
        if let Some((n, names, groups)) = found {
            read.add(&names);
            read.groups.extend(groups);
            at += n;
            continue;
        }
        if !BETWEEN.contains(&words[at].to_lowercase().as_str()) {
            read.left.push(words[at].to_owned());
        }
        at += 1;
    }
    read
}

/// The classes that a word for a group means: that of the table, or a usual word for it.
fn groups(text: &str) -> Vec<&'static str> {
    let folded = crate::clinical::text::fold(text);
    let one = folded.strip_suffix('s').unwrap_or(&folded);
    let usual: &[&str] = match one {
        // The selective ones are of the group, by their own labels.
        "nsaid" | "anti inflammatory" | "anti inflammatorie" | "nsar" => &["nsaid", "cox2"],
        "opiate" | "opiat" | "opioide" => &["opioid"],
        "benzo" => &["benzodiazepine"],
        _ => &[],
    };
    let is = |id: &str| id.replace('_', " ") == one;
    let classes = medicine_names().class.iter().filter(|class| class.kind == "therapeutic" && class.id != "other");
    classes.map(|class| class.id.as_str()).filter(|id| is(id) || usual.contains(id)).collect()
}
