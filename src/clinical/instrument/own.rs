//! A physician's own instruments: the same table format, read from the settings folder. A faulty file is refused with line
//! and reason; nothing of it is used.

use std::collections::BTreeSet;

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
/// The first fault with its line: text that is no table, an unknown field, an id that exists, items without ids, scores
/// that no band or two bands hold, a condition that cannot be read, criteria (which need rules of their own).
pub fn read_own(text: &str) -> Result<Vec<Instrument>, Fault> {
    let file: File = toml::from_str(text).map_err(|fault| Fault {
        line: line_of(text, fault.span().map_or(0, |span| span.start)),
        reason: fault.message().to_owned(),
    })?;
    let mut seen = BTreeSet::new();
    let mut out = Vec::with_capacity(file.instrument.len());
    for entry in file.instrument {
        let line = line_of(text, entry.span().start);
        let instrument = entry.into_inner();
        check(&instrument).map_err(|reason| Fault { line, reason })?;
        if !seen.insert(instrument.id.clone()) {
            return Err(Fault { line, reason: format!("the id {} stands twice", instrument.id) });
        }
        out.push(instrument);
    }
    Ok(out)
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn check(instrument: &Instrument) -> Result<(), String> {
    let id = &instrument.id;
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(format!("the id {id:?} is not made of small letters, digits and _"));
    }
    if instruments().get(id).is_some() || instruments().excluded(id).is_some() {
        return Err(format!("the id {id} belongs to an instrument that exists"));
    }
    if instrument.scoring == Scoring::Criteria {
        return Err(format!("{id}: criteria need rules of their own and cannot be added here"));
    }
    if instrument.items.is_empty() && instrument.levels.is_empty() {
        return Err(format!("{id} has neither items nor levels"));
    }
    if of_instrument(instrument).len() > MOST_QUESTIONS {
        return Err(format!("{id} has more than {MOST_QUESTIONS} questions"));
    }
    let mut items = BTreeSet::new();
    for item in &instrument.items {
        if item.id.is_empty() || !items.insert(item.id.as_str()) {
            return Err(format!("{id}: the item id {:?} is empty or stands twice", item.id));
        }
        if item_values(instrument, Some(item)).is_empty() {
            return Err(format!("{id}: the item {} has no value: its lowest is above its highest", item.id));
        }
    }
    let conditions = instrument.flags.iter().map(|flag| &flag.when).chain(&instrument.important_when);
    for when in conditions {
        let condition: Condition = when.parse().map_err(|reason| format!("{id}: {reason}"))?;
        if !condition.is_about_score() && !items.contains(condition.name()) {
            return Err(format!("{id}: {when:?} speaks of no item"));
        }
    }
    check_reach(instrument)?;
    check_bands(instrument)
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

fn check_bands(instrument: &Instrument) -> Result<(), String> {
    let (Some([low, high]), false) = (instrument.range, instrument.bands.is_empty()) else { return Ok(()) };
    if high.checked_sub(low).is_none_or(|width| !(0..=10_000).contains(&width)) {
        return Err(format!("{}: the range {low} to {high} cannot be used", instrument.id));
    }
    if instrument.bands.iter().any(|band| band.from.is_none() || band.to.is_none()) {
        return Ok(());
    }
    for score in low..=high {
        if instrument.allowed_values.as_ref().is_some_and(|allowed| !allowed.contains(&score)) {
            continue;
        }
        let held = instrument.bands.iter().filter(|band| band.from <= Some(score) && Some(score) <= band.to).count();
        if held != 1 {
            return Err(format!("{}: {score} lies in {held} bands", instrument.id));
        }
    }
    Ok(())
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
            ("to = 1 }", "to = 2 }", 2, "2 lies in 2 bands"),
            ("from = 2, to = 4", "from = 3, to = 4", 2, "2 lies in 0 bands"),
            ("\"stairs\"", "\"phq9\"", 2, "belongs to an instrument that exists"),
            ("\"stairs\"", "\"two words\"", 2, "small letters"),
            ("id = \"down\"", "id = \"up\"", 2, "stands twice"),
            ("total == 0", "total is 0", 2, "no condition"),
            ("total == 0", "left == 0", 2, "speaks of no item"),
            ("scoring = \"sum\"", "scoring = \"criteria\"", 2, "cannot be added"),
            ("\"Up\", min = 0, max = 2", "\"Up\", min = 0, max = 3", 2, "the answers make 0 to 5, the range is 0 to 4"),
            ("\"Up\", min = 0, max = 2", "\"Up\", min = -1, max = 2", 2, "the answers make -1 to 4"),
            ("scoring = \"sum\"\nrange = [0, 4]", "scoring = \"mean\"\nrange = [0, 1]", 2, "make 0 to 4 in 2 items"),
            ("scoring = \"sum\"\nrange = [0, 4]", "scoring = \"max\"\nrange = [0, 1]", 2, "the answers make 0 to 2"),
            ("verified = false", "verified = false\nverified = true", 18, "duplicate"),
        ] {
            let fault = read_own(&GOOD.replacen(from, to, 1)).unwrap_err();
            assert!(fault.reason.contains(reason), "{to}: {fault}");
            assert_eq!(fault.line, line, "{to}: {fault}");
        }
        assert!(read_own("").is_err());
        let twice = format!("{GOOD}{GOOD}");
        assert_eq!(read_own(&twice).unwrap_err(), Fault { line: 19, reason: "the id stairs stands twice".to_owned() });
    }
}
