//! A physician's own instruments: the same table format, read from the settings folder. A faulty file is refused with line
//! and reason; nothing of it is used.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;

use super::Condition;
use super::question::{MOST_QUESTIONS, of_instrument};
use super::score::item_values;
use crate::clinical::facts::instruments::{Instrument, Item, Scoring, instruments};

/// What is wrong with a file of instruments.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    instrument: Vec<toml::Spanned<Instrument>>,
}

/// Reads a file of `[[instrument]]` entries.
///
/// # Errors
/// Every fault with its line, in the order of the lines: text that is no table, unknown fields, an id that exists, items
/// without ids, scores that no band or two bands hold, a condition that cannot be read, criteria (which need rules of their
/// own). Where the text is no table, only what stands before can be told.
pub fn read_own(text: &str) -> Result<Vec<Instrument>, Vec<Fault>> {
    let blocks = blocks(text);
    if blocks.is_empty() {
        return match toml::from_str::<File>(text) {
            Ok(file) => Ok(file.instrument.into_iter().map(toml::Spanned::into_inner).collect()),
            Err(fault) => Err(vec![told(text, &fault)]),
        };
    }
    let (mut out, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for block in &blocks {
        match read_block(text, block) {
            Err(told) => faults.extend(told),
            Ok(instrument) => {
                faults.extend(check(&instrument).into_iter().map(|wrong| wrong.told(text, block)));
                if !seen.insert(instrument.id.clone()) {
                    let twice = Wrong::at("id", format!("the id {} stands twice", instrument.id));
                    faults.push(twice.told(text, block));
                }
                out.push(instrument);
            }
        }
    }
    if faults.is_empty() {
        return Ok(out);
    }
    faults.sort_by_key(|fault| fault.line);
    Err(faults)
}

/// The lines of each entry, from 0. What stands before the first belongs to it.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let begins = |line: &str| line.trim().starts_with("[[instrument]]");
    let lines = text.lines().count();
    let starts: Vec<usize> = text.lines().enumerate().filter(|(_, line)| begins(line)).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([lines]);
    starts.iter().zip(ends).enumerate().map(|(at, (from, to))| if at == 0 { 0..to } else { *from..to }).collect()
}

/// Reads one entry. A line that cannot be used is told and left out, so that the next can be told as well.
fn read_block(text: &str, block: &Range<usize>) -> Result<Instrument, Vec<Fault>> {
    // What stands before keeps its lines, so that each fault has that of the file.
    let mut lines: Vec<&str> =
        text.lines().enumerate().map(|(at, line)| if block.contains(&at) { line } else { "" }).collect();
    lines.truncate(block.end);
    let mut faults: Vec<Fault> = Vec::new();
    loop {
        let part = lines.join("\n");
        let fault = match toml::from_str::<File>(&part) {
            Ok(file) if faults.is_empty() => {
                let one = file.instrument.into_iter().next().map(toml::Spanned::into_inner);
                return one.ok_or_else(Vec::new);
            }
            Ok(_) => return Err(faults),
            Err(fault) => told(&part, &fault),
        };
        // What is missing because its line was left out was told there; behind text that is no table nothing can be told.
        let left_out = faults.iter().any(|before| before.line > 0) && fault.reason.starts_with("missing field");
        let is_table = toml::from_str::<toml::Table>(&part).is_ok();
        let line = fault.line;
        if !left_out && (is_table || faults.is_empty()) {
            faults.push(fault);
        }
        match line.checked_sub(1).and_then(|at| lines.get_mut(at)).filter(|_| is_table && !left_out) {
            Some(text) if !text.is_empty() && !text.trim().starts_with("[[") => *text = "",
            _ => return Err(faults),
        }
    }
}

fn told(text: &str, fault: &toml::de::Error) -> Fault {
    Fault { line: line_of(text, fault.span().map_or(0, |span| span.start)), reason: shorter(fault.message()) }
}

/// Of a field that does not exist the one that was meant is enough: there are dozens.
fn shorter(reason: &str) -> String {
    let Some((wrong, known)) = reason.split_once(", expected one of ").filter(|(wrong, _)| wrong.contains("field"))
    else {
        return reason.to_owned();
    };
    let typed = wrong.split('`').nth(1).unwrap_or_default();
    let alike = |name: &&str| name.chars().zip(typed.chars()).take_while(|(one, other)| one == other).count();
    let meant = known.split('`').filter(|name| name.starts_with(|c: char| c.is_alphabetic())).max_by_key(alike);
    match meant.filter(|name| alike(name) > 2) {
        Some(name) => format!("{wrong}; there is `{name}`"),
        None => wrong.to_owned(),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// What is wrong with an entry, and the field or text that it stands at.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    at: String,
    reason: String,
}

impl Wrong {
    fn at(at: &str, reason: String) -> Self {
        Self { at: at.to_owned(), reason }
    }

    /// With its line: the last that has what it stands at, else that of the entry.
    fn told(self, text: &str, block: &Range<usize>) -> Fault {
        let lines = text.lines().enumerate().filter(|(at, _)| block.contains(at));
        let is_field = |line: &str| line.split_once('=').is_some_and(|(field, _)| field.trim() == self.at);
        let has = |line: &str| if self.at.contains('"') { line.contains(&self.at) } else { is_field(line) };
        let found = lines.clone().filter(|(_, line)| has(line)).map(|(at, _)| at).last();
        let entry = lines.clone().find(|(_, line)| line.trim().starts_with("[[")).map_or(block.start, |(at, _)| at);
        Fault { line: found.unwrap_or(entry) + 1, reason: self.reason }
    }
}

fn check(instrument: &Instrument) -> Vec<Wrong> {
    let id = &instrument.id;
    let mut out = Vec::new();
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        out.push(Wrong::at("id", format!("the id {id:?} is not made of small letters, digits and _")));
    }
    if instruments().get(id).is_some() || instruments().excluded(id).is_some() {
        out.push(Wrong::at("id", format!("the id {id} belongs to an instrument that exists")));
    }
    if instrument.scoring == Scoring::Criteria {
        out.push(Wrong::at("scoring", format!("{id}: criteria need rules of their own and cannot be added here")));
    }
    if instrument.items.is_empty() && instrument.levels.is_empty() {
        out.push(Wrong::at("items", format!("{id} has neither items nor levels")));
    }
    if of_instrument(instrument).len() > MOST_QUESTIONS {
        out.push(Wrong::at("items", format!("{id} has more than {MOST_QUESTIONS} questions")));
    }
    out.extend(check_items(instrument));
    // What the answers make says nothing while an item is faulty.
    if out.is_empty() {
        out.extend(check_reach(instrument).err().map(|reason| Wrong::at("range", reason)));
    }
    out.extend(check_bands(instrument));
    out
}

fn check_items(instrument: &Instrument) -> Vec<Wrong> {
    let id = &instrument.id;
    let mut out = Vec::new();
    let mut items = BTreeSet::new();
    for item in &instrument.items {
        let at = format!("{:?}", item.id);
        if item.id.is_empty() || !items.insert(item.id.as_str()) {
            out.push(Wrong::at(&at, format!("{id}: the item id {at} is empty or stands twice")));
        }
        if item_values(instrument, Some(item)).is_empty() {
            let reason = format!("{id}: the item {} has no value: its lowest is above its highest", item.id);
            out.push(Wrong::at(&at, reason));
        }
    }
    let conditions = instrument.flags.iter().map(|flag| &flag.when).chain(&instrument.important_when);
    for when in conditions {
        let at = format!("{when:?}");
        match when.parse::<Condition>() {
            Err(reason) => out.push(Wrong::at(&at, format!("{id}: {reason}"))),
            Ok(condition) if !condition.is_about_score() && !items.contains(condition.name()) => {
                out.push(Wrong::at(&at, format!("{id}: {when:?} speaks of no item")));
            }
            Ok(_) => {}
        }
    }
    out
}

/// What the answers can make must lie in the range: the record refuses a total outside of it.
fn check_reach(instrument: &Instrument) -> Result<(), String> {
    let Some([low, high]) = instrument.range else { return Ok(()) };
    let ends = |item| {
        let values = item_values(instrument, item);
        let ends = values.iter().min().zip(values.iter().max());
        ends.map_or((0, 0), |(least, most)| (i64::from(*least), i64::from(*most)))
    };
    let items: Vec<(i64, i64)> = if instrument.items.is_empty() {
        vec![ends(None)]
    } else {
        instrument.items.iter().map(|item| ends(Some(item))).collect()
    };
    let sum = || items.iter().fold((0, 0), |(least, most), item| (least + item.0, most + item.1));
    let mut parts = 1;
    let (least, most) = match instrument.scoring {
        Scoring::Sum => sum(),
        Scoring::Mean => {
            parts = i64::try_from(items.len()).unwrap_or(i64::MAX);
            sum()
        }
        Scoring::Single | Scoring::Max | Scoring::Ordinal => {
            let largest = |of: fn(&(i64, i64)) -> i64| items.iter().map(of).max().unwrap_or_default();
            (largest(|item| item.0), largest(|item| item.1))
        }
        Scoring::Any => (0, 1),
        Scoring::WeightedSum => {
            let column = |weight: fn(&Item) -> Option<i32>| -> i64 {
                let weighed = instrument.items.iter().zip(&items);
                weighed.map(|(item, ends)| i64::from(weight(item).unwrap_or_default()) * ends.1).sum()
            };
            (0, column(|item| item.weight_female).max(column(|item| item.weight_male)))
        }
        Scoring::Criteria => return Ok(()),
    };
    if least < i64::from(low) * parts || most > i64::from(high) * parts {
        let (id, of) = (&instrument.id, if parts > 1 { format!(" in {parts} items") } else { String::new() });
        return Err(format!("{id}: the answers make {least} to {most}{of}, the range is {low} to {high}"));
    }
    Ok(())
}

/// Every score in one band: neighbours that lie in as many are told together.
fn check_bands(instrument: &Instrument) -> Vec<Wrong> {
    let (Some([low, high]), false) = (instrument.range, instrument.bands.is_empty()) else { return Vec::new() };
    if high.checked_sub(low).is_none_or(|width| !(0..=10_000).contains(&width)) {
        return vec![Wrong::at("range", format!("{}: the range {low} to {high} cannot be used", instrument.id))];
    }
    if instrument.bands.iter().any(|band| band.from.is_none() || band.to.is_none()) {
        return Vec::new();
    }
    let mut runs: Vec<(i32, i32, usize)> = Vec::new();
    for score in low..=high {
        if instrument.allowed_values.as_ref().is_some_and(|allowed| !allowed.contains(&score)) {
            continue;
        }
        let held = instrument.bands.iter().filter(|band| band.from <= Some(score) && Some(score) <= band.to).count();
        match runs.last_mut().filter(|(_, last, same)| *last + 1 == score && *same == held) {
            Some((_, last, _)) => *last = score,
            None => runs.push((score, score, held)),
        }
    }
    let wrong = runs.into_iter().filter(|(.., held)| *held != 1);
    wrong
        .map(|(from, to, held)| {
            let said = if from == to { format!("{from} lies") } else { format!("{from} to {to} lie") };
            Wrong::at("bands", format!("{}: {said} in {held} bands", instrument.id))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Answers, score};
    use super::*;
    use crate::clinical::exact::Exact;

    const GOOD: &str = r#"
[[instrument]]
id = "stairs"
name = "Stairs climbed"
domain = "function"
scoring = "sum"
range = [0, 4]
direction = "higher_is_better"
recall = "today"
completed_by = "patient"
items = [{ id = "up", label = "Up", min = 0, max = 2 }, { id = "down", label = "Down", min = 0, max = 2 }]
bands = [{ label = "few", from = 0, to = 1 }, { label = "enough", from = 2, to = 4 }]
flags = [{ id = "none", when = "total == 0", severity = "caution", label = "No stairs at all" }]
licence = "own"
licence_status = "free"
source = "The practice, 2026"
verified = false
"#;

    #[test]
    fn an_own_instrument_is_scored_like_any_other() {
        let own = read_own(GOOD).unwrap();
        let given: Answers = [("up".to_owned(), 0), ("down".to_owned(), 0)].into();
        let scored = score(&own[0], &given, None).unwrap();
        assert_eq!((scored.total, scored.band, scored.flags.len()), (Exact::ZERO, Some("few"), 1));
        assert!(!scored.why.verified());
    }

    #[test]
    fn what_ships_would_be_taken_as_it_stands() {
        for instrument in &instruments().instrument {
            assert_eq!(check_reach(instrument), Ok(()), "{}", instrument.id);
        }
    }

    #[test]
    fn a_faulty_file_is_refused_with_line_and_reason() {
        for (from, to, line, reason) in [
            ("scoring = \"sum\"", "scoring = \"magic\"", 6, "magic"),
            ("recall = \"today\"", "recal = \"today\"", 9, "recal"),
            ("to = 1 }", "to = 2 }", 12, "2 lies in 2 bands"),
            ("from = 2, to = 4", "from = 3, to = 4", 12, "2 lies in 0 bands"),
            ("\"stairs\"", "\"phq9\"", 3, "belongs to an instrument that exists"),
            ("\"stairs\"", "\"two words\"", 3, "small letters"),
            ("id = \"down\"", "id = \"up\"", 11, "stands twice"),
            ("total == 0", "total is 0", 13, "no condition"),
            ("total == 0", "left == 0", 13, "speaks of no item"),
            ("scoring = \"sum\"", "scoring = \"criteria\"", 6, "cannot be added"),
            ("\"Up\", min = 0, max = 2", "\"Up\", min = 0, max = 3", 7, "the answers make 0 to 5, the range is 0 to 4"),
            ("\"Up\", min = 0, max = 2", "\"Up\", min = -1, max = 2", 7, "the answers make -1 to 4"),
            ("scoring = \"sum\"\nrange = [0, 4]", "scoring = \"mean\"\nrange = [0, 1]", 7, "make 0 to 4 in 2 items"),
            ("scoring = \"sum\"\nrange = [0, 4]", "scoring = \"max\"\nrange = [0, 1]", 7, "the answers make 0 to 2"),
            ("verified = false", "verified = false\nverified = true", 18, "duplicate"),
        ] {
            let faults = read_own(&GOOD.replacen(from, to, 1)).unwrap_err();
            let fault = &faults[0];
            assert_eq!(faults.len(), 1, "{to}: {faults:?}");
            assert!(fault.reason.contains(reason), "{to}: {fault}");
            assert_eq!(fault.line, line, "{to}: {fault}");
        }
        assert!(read_own("").is_err());
        let twice = format!("{GOOD}{GOOD}");
        let fault = Fault { line: 20, reason: "the id stairs stands twice".to_owned() };
        assert_eq!(read_own(&twice).unwrap_err(), [fault]);
    }

    #[test]
    fn each_of_several_faults_is_told_with_its_own_line() {
        let other = GOOD.replace("stairs", "steps").replace("direction = \"higher_is_better\"", "direction = \"up\"");
        let misspelt =
            GOOD.replace("scoring = \"sum\"", "scoring = \"magic\"").replace("recall = \"today\"", "recal = \"today\"");
        let bands = GOOD
            .replace("stairs", "gaps")
            .replace("from = 2, to = 4", "from = 4, to = 4")
            .replace("total == 0", "left == 0");
        let faults = read_own(&format!("{misspelt}{other}{bands}")).unwrap_err();
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [6, 9, 25, 46, 47], "{faults:?}");
        for (fault, reason) in faults.iter().zip([
            "magic",
            "unknown field `recal`; there is `recall`",
            "variant `up`",
            "2 to 3 lie in 0 bands",
            "speaks of no item",
        ]) {
            assert!(fault.reason.contains(reason), "{fault}");
        }
        // Behind text that is no table nothing more can be told of the entry; the next one is read.
        let cut = format!("{}{other}", GOOD.replace("range = [0, 4]", "range = [0, 4"));
        let lines: Vec<usize> = read_own(&cut).unwrap_err().iter().map(|fault| fault.line).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert_eq!(lines[1], 25);
    }
}
