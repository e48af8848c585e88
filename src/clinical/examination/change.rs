//! What changed in the findings since the last examination.

use std::collections::BTreeMap;

use super::{Finding, Side, Site, sentence};
use crate::clinical::vocab::Vocab;

/// How a finding changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What, with its place and side: `left EHL`.
    pub what: String,
    /// What it was; none where it was not examined.
    pub before: Option<String>,
    /// What it is.
    pub now: String,
    /// Whether it departs from the normal now.
    pub abnormal: bool,
}

impl Change {
    /// In words: `new: left EHL 4/5`, `left EHL 5/5 → 4/5`.
    pub fn words(&self) -> String {
        match &self.before {
            None => format!("new: {} {}", self.what, self.now),
            Some(before) => format!("{} {before} → {}", self.what, self.now),
        }
    }
}

/// What was examined, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    term: &'a str,
    site: Option<&'a Site>,
    side: Option<Side>,
}

/// What is examined, side by side: both sides alike are two findings.
fn by_place(findings: &[Finding]) -> BTreeMap<Place<'_>, Vec<&Finding>> {
    let mut out: BTreeMap<Place<'_>, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let sides: &[Option<Side>] = match finding.side {
            Some(Side::Both) => &[Some(Side::Right), Some(Side::Left)],
            Some(Side::Right) => &[Some(Side::Right)],
            Some(Side::Left) => &[Some(Side::Left)],
            // That they differ is said of both together.
            Some(Side::RightMore | Side::LeftMore) | None => &[None],
        };
        for side in sides {
            let place = Place { term: &finding.term, site: finding.site.as_ref(), side: *side };
            out.entry(place).or_default().push(finding);
        }
    }
    out
}

/// What is new or different, in the order of today's findings. What is normal and was not examined before is no news.
pub fn changes(now: &[Finding], last: &[Finding]) -> Vec<Change> {
    let (today, before) = (by_place(now), by_place(last));
    let show = |findings: &[&Finding]| {
        let values: Vec<String> = findings.iter().map(|finding| sentence::value(finding)).collect();
        values.join(", ")
    };
    let order = |place: &Place<'_>| {
        now.iter().position(|finding| finding.term == place.term && finding.site.as_ref() == place.site)
    };
    let mut out: Vec<(Option<usize>, Change)> = Vec::new();
    for (place, findings) in &today {
        let abnormal = findings.iter().any(|finding| finding.is_abnormal());
        let earlier = before.get(place).map(|findings| show(findings));
        let value = show(findings);
        if earlier.as_ref() == Some(&value) || (earlier.is_none() && !abnormal) {
            continue;
        }
        out.push((order(place), Change { what: what(place, findings), before: earlier, now: value, abnormal }));
    }
    out.sort_by_key(|(order, _)| *order);
    out.into_iter().map(|(_, change)| change).collect()
}

fn what(place: &Place<'_>, findings: &[&Finding]) -> String {
    let name = findings.first().and_then(|finding| finding.known()).map_or(place.term, |term| term.short());
    let mut words: Vec<String> = Vec::new();
    words.extend(place.side.map(|side| side.label().to_owned()));
    words.push(name.to_owned());
    words.extend(place.site.map(Site::words));
    words.join(" ")
}
