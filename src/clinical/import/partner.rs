//! Which visit of the record an event is.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::plan::KnownVisit;
use crate::clinical::schedule::{Read, SourceEvent, SourceKey, Window};

/// Which known visit an event is.
pub(super) struct Partners<'a> {
    by_key: HashMap<&'a SourceKey, &'a KnownVisit>,
    renamed: HashMap<&'a SourceKey, &'a KnownVisit>,
}

impl<'a> Partners<'a> {
    /// By key; else, where a whole series was moved and every instance has a new first plan, by the day: one instance that
    /// is new and one that is missing on the same day of the same series are one.
    pub(super) fn of(reads: &'a [Read], known: &'a [KnownVisit], window: Window) -> Self {
        let by_key: HashMap<&SourceKey, &KnownVisit> = known.iter().map(|known| (&known.source.key, known)).collect();
        let events = || reads.iter().flat_map(|read| read.events.iter().chain(&read.outside));
        let present: HashSet<&SourceKey> = events().map(|event| &event.key).collect();
        let day_of = |key: &'a SourceKey, day: NaiveDate| (&key.calendar, &key.uid, day);
        let mut missing: HashMap<_, Vec<&KnownVisit>> = HashMap::new();
        for known in known.iter().filter(|known| !present.contains(&known.source.key)) {
            if window.holds(known.source.start.date()) {
                missing.entry(day_of(&known.source.key, known.source.start.date())).or_default().push(known);
            }
        }
        let mut new: HashMap<_, Vec<&SourceKey>> = HashMap::new();
        for event in events().filter(|event| !by_key.contains_key(&event.key)) {
            let keys = new.entry(day_of(&event.key, event.start.date())).or_default();
            if !keys.contains(&&event.key) {
                keys.push(&event.key);
            }
        }
        let renamed = new
            .into_iter()
            .filter_map(|(day, keys)| match (keys.as_slice(), missing.get(&day).map(Vec::as_slice)) {
                ([key], Some([known])) => Some((*key, *known)),
                _ => None,
            })
            .collect();
        Self { by_key, renamed }
    }

    pub(super) fn known(&self, event: &SourceEvent) -> Option<&'a KnownVisit> {
        self.by_key.get(&event.key).or_else(|| self.renamed.get(&event.key)).copied()
    }

    /// The files that this one is, or continues: something that came with them stands in it again.
    pub(super) fn continued(&self, read: &'a Read) -> HashSet<&'a str> {
        let events = read.events.iter().chain(&read.outside);
        let known = events.filter_map(|event| self.known(event)).map(|known| known.source.file.as_str());
        known.chain([read.file.as_str()]).collect()
    }

    /// The keys of known visits that go by a new name now.
    pub(super) fn renamed_from(&self) -> HashSet<&'a SourceKey> {
        self.renamed.values().map(|known| &known.source.key).collect()
    }
}
