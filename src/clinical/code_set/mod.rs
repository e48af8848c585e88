//! Conditions found as one types, with the code they have in the code set of the practice's region.
//!
//! The conditions and their ICD-10-CM and ICD-11 codes are ours (`conditions.toml`); for the United Kingdom and Germany the
//! nearest codes come from the mapping in `regions.toml`, where it has one. Further code sets are files of the physician's:
//! `own` reads them. A code that was chosen is kept as it is: it is never converted.

mod own;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

pub use own::{OwnCode, OwnCodeSet, read_own};

use super::coded::Coded;
use super::facts::conditions::{Condition, Icd10, conditions};
use super::facts::regions::regions;
use super::practice::Region;
use super::problem::Problem;
use super::procedure::Side;
use super::suggest::{Entry, List, Suggestion};
use super::vocab::Vocab;

/// A code, and the code set it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The code set: `icd10cm`.
    pub set: String,
    /// The code: `M54.32`; of both sides, where each has its own, two with a comma.
    pub code: String,
}

/// Everything a condition is found in: our own table, and the physician's files.
#[derive(Debug, Default)]
pub struct CodeSets {
    own: Vec<OwnCodeSet>,
    /// Made when a region is first asked for.
    lists: [OnceLock<List>; 4],
}

impl CodeSets {
    /// With these files of the physician's.
    pub fn with(own: Vec<OwnCodeSet>) -> Self {
        Self { own, lists: Default::default() }
    }

    /// The physician's own code sets.
    pub fn own(&self) -> &[OwnCodeSet] {
        &self.own
    }

    /// The best finds for what was typed, at most so many: by any part of the words or the code, else by what resembles them.
    /// The code of each is a key that [`resolve`] reads, its hint the code or codes of the region, or that there is none.
    pub fn find(&self, region: Region, query: &str, most: usize) -> Vec<&Suggestion> {
        let at = Region::ALL.iter().position(|one| *one == region).unwrap_or(0);
        self.lists[at].get_or_init(|| self.of_region(region)).find(query, most)
    }

    fn of_region(&self, region: Region) -> List {
        let mine = self.own.iter().filter(|set| set.region.is_none_or(|of| of == region));
        let mine = mine.flat_map(|set| set.code.iter().map(|code| own_entry(set, code)));
        List::of(conditions().condition.iter().flat_map(|one| shipped(one, region)).chain(mine))
    }
}

/// The labels of a condition's codes, each once: one label stands for all its sides.
fn labels(condition: &Condition) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for code in &condition.icd10 {
        if !labels.contains(&code.label.as_str()) {
            labels.push(&code.label);
        }
    }
    labels
}

/// A condition under each label of its codes, with what it is looked for by.
fn shipped(condition: &Condition, region: Region) -> Vec<Entry> {
    let labels = labels(condition);
    (0..)
        .zip(&labels)
        .map(|(rank, label)| {
            let text = if labels.len() == 1 { condition.name.clone() } else { format!("{}, {label}", condition.name) };
            let codes = codes_of(region, condition, label);
            let doubt = if condition.verified { "" } else { " · not verified" };
            let hint = match &codes {
                Shown::None => format!("no {} code", set_name(region)),
                Shown::Codes(codes) => format!("{}{doubt}", codes.join(" ")),
                Shown::Nearest(codes, verified) => {
                    let doubt = if *verified { "" } else { " · not verified" };
                    format!("nearest {}{doubt}", codes.join(" "))
                }
            };
            let codes = match codes {
                Shown::None => Vec::new(),
                Shown::Codes(codes) | Shown::Nearest(codes, _) => codes,
            };
            // The id holds what a condition is called for short: crps, lbp.
            let mut keys = vec![condition.name.clone(), condition.id.clone(), (*label).to_owned()];
            keys.extend(condition.also.iter().cloned());
            keys.extend(codes);
            // Words of its name, its short name and its code may be mixed: sciatica m54.
            keys.push(keys.join(" "));
            let it = Suggestion { text, code: format!("c|{}|{label}", condition.id), hint };
            Entry::called(it, &keys, rank)
        })
        .collect()
}

fn own_entry(set: &OwnCodeSet, code: &OwnCode) -> Entry {
    let condition = code.condition.clone().unwrap_or_default();
    let keys = vec![code.label.clone(), code.code.clone(), format!("{} {}", code.label, code.code)];
    let key = format!("o|{}|{}|{condition}", set.id, code.code);
    let it = Suggestion { text: code.label.clone(), code: key, hint: format!("{} · {}", code.code, set.name) };
    Entry::called(it, &keys, 0)
}

/// The code set of a region, by its id in `regions.toml`.
pub fn set_of(region: Region) -> &'static str {
    regions().get(region).map_or("", |found| found.diagnosis_code_set.as_str())
}

/// The code set of a region, by its name.
pub fn set_name(region: Region) -> &'static str {
    let id = set_of(region);
    regions().code_set.iter().find(|set| set.id == id).map_or("", |set| set.name.as_str())
}

enum Shown {
    None,
    Codes(Vec<String>),
    /// From the mapping, and whether that was verified.
    Nearest(Vec<String>, bool),
}

fn codes_of(region: Region, condition: &Condition, label: &str) -> Shown {
    let of_label = || condition.icd10.iter().filter(|code| code.label == label);
    match region {
        Region::Us => Shown::Codes(of_label().map(|code| code.code.clone()).collect()),
        Region::Other if condition.icd11.is_empty() => Shown::None,
        Region::Other => Shown::Codes(vec![condition.icd11.clone()]),
        Region::Uk | Region::De => {
            let (mut codes, mut verified): (Vec<String>, bool) = (Vec::new(), true);
            for map in &regions().code_map {
                if of_label().any(|code| map.icd10cm.contains(&code.code)) {
                    let there = if region == Region::De { &map.icd10gm } else { &map.icd10who5 };
                    codes.extend(there.iter().filter(|code| !codes.contains(code)).cloned().collect::<Vec<_>>());
                    verified &= map.verified;
                }
            }
            if codes.is_empty() { Shown::None } else { Shown::Nearest(codes, verified) }
        }
    }
}

/// What a chosen condition means: its id in our table, and its code. Free text has neither.
///
/// In ICD-10-CM the side decides among the codes of a label; both sides take the bilateral code, else the codes of both. A
/// side that is not said takes the code for an unspecified side, where there is one. Where a mapping gives more than one
/// nearest code, none is chosen.
pub fn resolve(region: Region, condition: &Coded, side: Option<Side>) -> (Option<String>, Option<Code>) {
    let Some(key) = &condition.code else { return (None, None) };
    let parts: Vec<&str> = key.splitn(4, '|').collect();
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    match parts.as_slice() {
        ["c", id, label] => {
            let code = conditions().get(id).and_then(|condition| code_for(region, condition, label, side));
            (some(id), code.map(|code| Code { set: set_of(region).to_owned(), code }))
        }
        ["o", set, code, id] => (some(id), Some(Code { set: (*set).to_owned(), code: (*code).to_owned() })),
        ["k", set, code, id] => {
            let kept =
                (!code.is_empty()).then(|| Code { set: (*set).to_owned(), code: other_side(set, code, id, side) });
            (some(id), kept)
        }
        _ => (None, None),
    }
}

fn code_for(region: Region, condition: &Condition, label: &str, side: Option<Side>) -> Option<String> {
    match region {
        Region::Us => by_side(condition, label, side),
        Region::Uk | Region::De | Region::Other => match codes_of(region, condition, label) {
            Shown::Codes(codes) | Shown::Nearest(codes, _) => match codes.as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            },
            Shown::None => None,
        },
    }
}

fn by_side(condition: &Condition, label: &str, side: Option<Side>) -> Option<String> {
    let codes: Vec<&Icd10> = condition.icd10.iter().filter(|code| code.label == label).collect();
    let of = |side: &str| codes.iter().find(|code| code.side == side).map(|code| code.code.clone());
    let unsided = || of("").or_else(|| of("unspecified"));
    match side {
        Some(Side::Left) => of("left").or_else(unsided),
        Some(Side::Right) => of("right").or_else(unsided),
        Some(Side::Both) => {
            let each = || Some(format!("{}, {}", of("right")?, of("left")?));
            of("bilateral").or_else(each).or_else(unsided)
        }
        Some(Side::Midline) | None => unsided(),
    }
}

/// A kept code stays, but that of ICD-10-CM follows the side within its own label.
fn other_side(set: &str, code: &str, id: &str, side: Option<Side>) -> String {
    let first = code.split(',').next().unwrap_or(code);
    let label =
        |condition: &'static Condition| Some((condition, condition.icd10.iter().find(|one| one.code == first)?));
    let again = (set == "icd10cm").then(|| conditions().get(id).and_then(label)).flatten();
    again.and_then(|(condition, one)| by_side(condition, &one.label, side)).unwrap_or_else(|| code.to_owned())
}

/// A problem's condition as a coded field holds it: what was chosen once is not chosen anew.
pub fn coded(problem: &Problem) -> Coded {
    let id = problem.condition_id.as_deref().unwrap_or_default();
    match (&problem.code, &problem.condition_id) {
        (None, None) => Coded::free(&problem.condition),
        (Some(code), _) => Coded::picked(&problem.condition, format!("k|{}|{}|{id}", code.set, code.code)),
        (None, Some(_)) => Coded::picked(&problem.condition, format!("k|||{id}")),
    }
}

/// The condition of our table that a coded field means.
pub fn condition_of(coded: &Coded) -> Option<&'static Condition> {
    let key = coded.code.as_deref()?;
    let mut parts = key.splitn(4, '|');
    let id = if parts.next()? == "c" { parts.next()? } else { parts.nth(2)? };
    conditions().get(id)
}

#[cfg(test)]
mod tests;
