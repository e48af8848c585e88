//! Bringing a schedule in: the files are read, met with the record, and planned. What is shown is exactly what is then
//! written, as one act.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::action::Write;
use crate::action::write::ImportBatch;
use crate::clinical::id::Ids;
use crate::clinical::import::outcome::{ImportPlan, WithGone};
use crate::clinical::import::plan::{self as planner, KnownVisit, Record, Rules};
use crate::clinical::practice::Practice;
use crate::clinical::schedule::{Read, Window};
use crate::clinical::time::Now;
use crate::format::csv::mapping::Mapping;
use crate::format::schedule::{self, Reading};
use crate::store::{Store, StoreError};

/// The machine's own row of what was imported last, so that one key imports it again.
const LAST: &str = "import.last";

/// What is to be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The name of a saved mapping.
    pub mapping: Option<String>,
}

/// Why a schedule could not be brought in; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unread(String, std::io::Error),
    /// A file is no schedule.
    #[error("{0}: {1}")]
    NoSchedule(String, String),
    /// The saved mapping cannot be used.
    #[error("the mapping {0} cannot be used: {1}")]
    Mapping(String, String),
    /// The record did not answer.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// The window where nobody says another: from today, one year.
pub fn usual_window(today: NaiveDate) -> Window {
    Window { from: today, to: today.checked_add_months(Months::new(12)).unwrap_or(today) }
}

/// A saved mapping by its name.
pub fn mapping(folder: &Path, name: &str) -> Result<Mapping, ImportError> {
    let path = folder.join(format!("{name}.toml"));
    let text = fs::read_to_string(&path).map_err(|why| ImportError::Unread(path.display().to_string(), why))?;
    Mapping::read(&text).map_err(|why| ImportError::Mapping(name.to_owned(), why))
}

/// How everything is read and decided.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The days looked at.
    pub window: Window,
    /// The practice.
    pub practice: &'a Practice,
    /// The usual length of each kind.
    pub usual_minutes: [u16; 4],
    /// A mapping, where one is used.
    pub mapping: Option<&'a Mapping>,
}

/// Reads the files and plans what they would do.
pub fn plan(
    store: &Store,
    files: &[PathBuf],
    terms: Terms<'_>,
    ids: &mut Ids,
    now: Now,
) -> Result<ImportPlan, ImportError> {
    let mut reads = Vec::new();
    for path in files {
        reads.push(read(path, terms)?);
    }
    let spoken_for = reads.iter().flat_map(|read| &read.calendars);
    let met = reads.iter().flat_map(|read| read.events.iter().chain(&read.outside)).map(|event| &event.key.calendar);
    let calendars: BTreeSet<&String> = spoken_for.chain(met).collect();
    let mut visits: Vec<KnownVisit> = Vec::new();
    for calendar in calendars {
        let known = store.imported_visits(calendar)?.into_iter();
        visits.extend(known.map(|k| KnownVisit {
            visit: k.visit,
            source_id: k.source_id,
            source: k.source,
            holds_record: k.is_begun,
        }));
    }
    let patients = store.patient_names()?;
    let patterns = match terms.mapping {
        Some(mapping) => mapping.patterns().map_err(|why| ImportError::Mapping(mapping.name.clone(), why))?,
        None => Vec::new(),
    };
    let kinds = terms.mapping.map(|mapping| mapping.kinds.clone()).unwrap_or_default();
    let rules = Rules { window: terms.window, patterns, kinds, usual_minutes: terms.usual_minutes };
    Ok(planner::plan(&reads, Record { patients: &patients, visits: &visits }, &rules, ids, now.instant))
}

fn read(path: &Path, terms: Terms<'_>) -> Result<Read, ImportError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let bytes = fs::read(path).map_err(|why| ImportError::Unread(path.display().to_string(), why))?;
    let reading = Reading {
        window: terms.window,
        practice: terms.practice.zone,
        region: terms.practice.region.date_order(),
        mapping: terms.mapping,
    };
    schedule::read(&name, &bytes, reading).map_err(|why| ImportError::NoSchedule(name, why.0))
}

/// The act of a plan; none where nothing is to be written.
pub fn act(plan: &ImportPlan, gone: WithGone) -> Option<Write> {
    let batch = ImportBatch::of(plan, gone);
    (!batch.is_empty()).then_some(Write::Import(batch))
}

/// Remembers what was imported, for the key that imports it again.
pub fn remember(store: &mut Store, request: &Request) -> Result<(), StoreError> {
    let files = request.files.iter().map(|file| fs::canonicalize(file).unwrap_or_else(|_| file.clone())).collect();
    let kept = serde_json::to_string(&Request { files, mapping: request.mapping.clone() }).unwrap_or_default();
    store.keep_machine_value(LAST, &kept)
}

/// What was imported last.
pub fn last(store: &Store) -> Result<Option<Request>, StoreError> {
    Ok(store.machine_value(LAST)?.and_then(|kept| serde_json::from_str(&kept).ok()))
}
