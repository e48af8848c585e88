//! A line of an allergy list: to what, and what happened.

use crate::clinical::text::fold;

use super::words::is_reaction;

/// What leads to the substance.
const LEADS: [&str; 9] = [
    "allergic to",
    "allergy to",
    "allergies to",
    "intolerance to",
    "intolerant to",
    "intolerance of",
    "hypersensitivity to",
    "allergie gegen",
    "unverträglichkeit von",
];
/// What parts substance and reaction.
const PARTS: [&str; 10] = [" - ", " – ", " — ", " -> ", " → ", " causes ", " reaction: ", " reaction ", ": ", "  "];

/// Whether a line says by itself that it is of an allergy: `Allergy to trimethoprim`.
pub fn leads(line: &str) -> bool {
    let lower = line.to_lowercase();
    LEADS.iter().any(|lead| lower.starts_with(*lead))
}

/// What speaks of food alone, and says nothing of medicines.
const OF_FOOD: [&str; 2] = ["nkfa", "no known food allergies"];

/// Reads a line; none where nothing names a substance.
pub fn read(line: &str) -> Option<(String, Option<String>)> {
    if OF_FOOD.contains(&fold(line).as_str()) {
        return None;
    }
    let lower = line.to_lowercase();
    let lead = LEADS.iter().find(|lead| lower.starts_with(**lead)).map_or(0, |lead| lead.len());
    let rest = line.get(lead..).unwrap_or(line).trim();
    let (rest, day) = dated(rest);
    let (substance, reaction) = split(rest);
    let substance = without_word(substance.trim_matches([' ', ',', ';', ':', '-', '–']));
    let mut told = vec![reaction.map(tidy).unwrap_or_default(), day.to_owned()];
    told.retain(|part| !part.is_empty());
    let reaction = (!told.is_empty()).then(|| told.join(", "));
    (!fold(&substance).is_empty()).then_some((substance, reaction))
}

/// What stands before a day at the end of a line, and the day: `trimethoprim (urticaria) 05/06/2011`.
fn dated(text: &str) -> (&str, &str) {
    let Some((before, last)) = text.rsplit_once(' ') else { return (text, "") };
    let is_day = last.len() >= 6
        && last.starts_with(|c: char| c.is_ascii_digit())
        && last.bytes().all(|b| b.is_ascii_digit() || b"/.-".contains(&b))
        && last.bytes().any(|b| b"/.-".contains(&b));
    if is_day && !before.trim().is_empty() { (before.trim_end(), last) } else { (text, "") }
}

fn split(text: &str) -> (&str, Option<&str>) {
    // The reaction in brackets at the end: `penicillin (rash)`; a brand in brackets is followed by more.
    if let Some(inside) = text.strip_suffix(')')
        && let Some((before, reaction)) = inside.rsplit_once('(')
        && !before.trim().is_empty()
        && !parted(before).is_some_and(|(_, after)| is_reaction(after))
    {
        return (before, Some(reaction));
    }
    if let Some((substance, reaction)) = parted(text) {
        return (substance, Some(reaction));
    }
    match text.split_once(',') {
        Some((before, after)) if is_reaction(after) => (before, Some(after)),
        _ => (text, None),
    }
}

/// What stands before and behind the first of what parts substance and reaction: `penicillins - hives (severe)`.
fn parted(text: &str) -> Option<(&str, &str)> {
    let found = PARTS.iter().filter_map(|part| Some((text.find(part)?, part.len()))).min();
    let (at, wide) = found.filter(|(at, _)| *at > 0)?;
    Some((text.get(..at)?, text.get(at + wide..)?))
}

fn tidy(reaction: &str) -> String {
    let reaction = reaction.trim_matches([' ', ',', ';', ':', '-', '–', '.']);
    let lower = reaction.to_lowercase();
    let label = ["reaction:", "reactions:", "reaction", "causes"].iter().find(|label| lower.starts_with(**label));
    let rest = label.map_or(reaction, |label| reaction.get(label.len()..).unwrap_or(reaction));
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Penicillin allergy` is an allergy to penicillin.
fn without_word(substance: &str) -> String {
    let lower = substance.to_lowercase();
    let tail = [" allergy", " allergies", " intolerance", "-allergie", " allergie"]
        .iter()
        .find(|tail| lower.ends_with(**tail));
    let cut = tail.map_or(substance, |tail| substance.get(..substance.len() - tail.len()).unwrap_or(substance));
    cut.trim().to_owned()
}
