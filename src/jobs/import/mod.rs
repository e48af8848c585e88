//! Bringing a schedule in: the files are read, met with the record, and planned. What is shown is exactly what is then
//! written, as one act.

pub mod mappings;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use self::mappings::Saved;
use crate::action::Write;
use crate::action::write::ImportBatch;
use crate::clinical::id::Ids;
use crate::clinical::import::ask::{Asked, MappingAsked};
use crate::clinical::import::outcome::{ImportPlan, WithGone};
use crate::clinical::import::pattern::TitlePattern;
use crate::clinical::import::plan::{self as planner, KnownVisit, Record, Rules};
use crate::clinical::practice::Practice;
use crate::clinical::schedule::{Reach, Read, SourceKey, Window};
use crate::clinical::time::Now;
use crate::clinical::usual::UsualMinutes;
use crate::clinical::visit::VisitKind;
use crate::format::schedule::{self, Reading};
use crate::store::{Store, StoreError};

/// The machine's own row of what was imported last, so that one key imports it again.
const LAST: &str = "import.last";

/// Twenty years of a practice are a few megabytes; a file that never ends must not fill the memory.
const MOST_MEGABYTES: u64 = 200;

/// What is to be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The files.
    pub files: Vec<PathBuf>,
    /// How they are read.
    #[serde(default)]
    pub asked: Asked,
}

/// Why a schedule could not be brought in; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unread(String, std::io::Error),
    /// A file is larger than any schedule.
    #[error("{0} is larger than {MOST_MEGABYTES} MB: no schedule is")]
    TooLarge(String),
    /// A file is no schedule.
    #[error("{0}: {1}")]
    NoSchedule(String, String),
    /// The saved mapping cannot be used.
    #[error("the mapping {0} cannot be used: {1}")]
    Mapping(String, String),
    /// No mapping has this name; those there are.
    #[error("no mapping is called {0} (there are: {list})", list = if .1.is_empty() { "none yet" } else { .1.as_str() })]
    NoMapping(String, String),
    /// A mapping cannot have this name.
    #[error("a mapping cannot be called \u{201c}{0}\u{201d}: letters, digits, blanks and - _ . , ( ) make a name")]
    BadName(String),
    /// Another mapping has this name.
    #[error("another mapping is called {0} already: choose another name, or import by it and save it again")]
    NameTaken(String),
    /// A mapping could not be written.
    #[error("{0} cannot be written: {1}")]
    Unwritten(String, std::io::Error),
    /// The first day lies behind the last.
    #[error("the first day must lie before the first day after")]
    NoDays,
    /// The record did not answer.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// How everything is read and decided.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// What was asked.
    pub asked: &'a Asked,
    /// The practice.
    pub practice: &'a Practice,
    /// The usual length of each kind.
    pub usual_minutes: UsualMinutes,
    /// The folder of saved mappings.
    pub mappings: &'a Path,
}

impl Terms<'_> {
    fn reading<'m>(&self, saved: Option<&'m Saved>, now: Now) -> Reading<'m> {
        Reading {
            window: self.asked.window(now.today()),
            practice: self.practice.zone,
            region: self.practice.region.date_order(),
            mapping: saved.map(|saved| &saved.mapping),
        }
    }
}

/// A plan, and by which saved mappings it was read.
#[derive(Debug)]
pub struct Planned {
    /// The plan.
    pub plan: ImportPlan,
    /// For each file the name of the saved mapping that was used.
    pub by: Vec<Option<String>>,
}

/// Reads the files and plans what they would do.
///
/// # Errors
/// A file that cannot be read or is no schedule, a mapping that cannot be used, days in the wrong order.
pub fn plan(
    store: &Store,
    files: &[PathBuf],
    terms: Terms<'_>,
    ids: &mut Ids,
    now: Now,
) -> Result<Planned, ImportError> {
    let window = terms.asked.window(now.today());
    if window.to <= window.from {
        return Err(ImportError::NoDays);
    }
    let mut sources = Vec::new();
    for path in files {
        sources.push(source(path, terms, now)?);
    }
    let renamed = renamed(store, &sources, window)?;
    let visits = known(store, &sources)?;
    let by_hand = store.visits_by_hand(window.from, window.to.pred_opt().unwrap_or(window.to))?;
    let patients = store.patient_names()?;
    let (patterns, kinds) = words(&sources)?;
    let said = terms.asked.said();
    let rules = Rules { window, said, patterns, kinds, usual_minutes: terms.usual_minutes };
    let (reads, by): (Vec<Read>, Vec<Option<Saved>>) = sources.into_iter().unzip();
    let mut plan = planner::plan(
        &reads,
        Record { patients: &patients, visits: &visits, by_hand: &by_hand },
        &rules,
        ids,
        now.instant,
    );
    plan.notes.extend(renamed.iter().map(Renamed::note));
    plan.notes.extend(mappings::all(terms.mappings).1);
    let by = by.into_iter().map(|saved| Some(saved?.name).filter(|name| !name.is_empty())).collect();
    Ok(Planned { plan, by })
}

/// A file read, and the mapping it was read by.
fn source(path: &Path, terms: Terms<'_>, now: Now) -> Result<(Read, Option<Saved>), ImportError> {
    let (name, bytes) = (name_of(path), bytes_of(path)?);
    let saved = mappings::choose(terms.asked, terms.mappings, &bytes)?;
    let mut read = schedule::read(&name, &bytes, terms.reading(saved.as_ref(), now))
        .map_err(|why| ImportError::NoSchedule(name, why.0))?;
    if let Some(saved) = saved.as_ref().filter(|saved| !saved.name.is_empty()) {
        read.notes.insert(0, format!("read by the mapping {}", saved.name));
    }
    Ok((read, saved))
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The file that is meant: as people paste it, in quotes, from a file manager, or from the home folder; `-` is what
/// another program pipes in.
fn place(path: &Path) -> PathBuf {
    if path == Path::new("-") {
        return PathBuf::from("/dev/stdin");
    }
    let Some(text) = path.to_str().filter(|_| !path.exists()) else { return path.to_owned() };
    let text = text.trim().trim_matches(['"', '\'']);
    let text = text.strip_prefix("file://").unwrap_or(text);
    match (text.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(text),
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, ImportError> {
    let name = || path.display().to_string();
    let most = MOST_MEGABYTES << 20;
    let mut bytes = Vec::new();
    let read = fs::File::open(place(path)).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    match read {
        Ok(read) if read as u64 > most => Err(ImportError::TooLarge(name())),
        Ok(_) => Ok(bytes),
        Err(why) => Err(ImportError::Unread(name(), why)),
    }
}

/// The visits that came from any of the calendars read. Those of a table that has a name only now are known by it.
fn known(store: &Store, sources: &[(Read, Option<Saved>)]) -> Result<Vec<KnownVisit>, StoreError> {
    let mut calendars: BTreeMap<&str, &str> = BTreeMap::new();
    for (read, _) in sources {
        let met = read.events.iter().chain(&read.outside).map(|event| event.key.calendar.as_str());
        calendars.extend(read.calendars.iter().map(String::as_str).chain(met).map(|name| (name, name)));
    }
    for (read, _) in sources {
        if let (Some(formerly), Some(name)) = (&read.formerly, read.calendars.first()) {
            calendars.entry(formerly).or_insert(name);
        }
    }
    let mut visits: Vec<KnownVisit> = Vec::new();
    let mut keys = BTreeSet::new();
    // A calendar's own visits first: where both names hold one of a key, it is the newer name's.
    let (own, former): (Vec<_>, Vec<_>) = calendars.into_iter().partition(|(stored, name)| stored == name);
    for (stored, name) in own.into_iter().chain(former) {
        for mut imported in store.imported_visits(stored)? {
            name.clone_into(&mut imported.source.key.calendar);
            if keys.insert(imported.source.key.clone()) {
                visits.push(KnownVisit {
                    visit: imported.visit,
                    source_id: imported.source_id,
                    source: imported.source,
                    holds_record: imported.is_begun,
                });
            }
        }
    }
    Ok(visits)
}

/// A calendar that may go by another name now. It is told and not acted on: whether two calendars are one is the physician's
/// to say, and a wrong guess would cancel or book what nobody asked for.
struct Renamed {
    formerly: String,
    name: String,
    /// How many of its appointments stand in the file, and of how many.
    stand: (usize, usize),
}

impl Renamed {
    fn note(&self) -> String {
        let named = |name: &str| match name {
            "" => "the calendar without a name".to_owned(),
            name => format!("\u{201c}{name}\u{201d}"),
        };
        let (stand, of) = self.stand;
        let (now, before) = (named(&self.name), named(&self.formerly));
        format!(
            "{stand} of the {of} appointments of {before} stand in {now} too: if that is the same calendar under another \
             name, they come in a second time (u takes the import back)"
        )
    }
}

/// Which calendars of the record may go by the name of one of these files now: more than half of what came from them, in the
/// days looked at, stands in the file with the same identity. A calendar that was given another name comes in a second
/// time, and that is said. One event that two calendars share makes them no one calendar.
fn renamed(store: &Store, sources: &[(Read, Option<Saved>)], window: Window) -> Result<Vec<Renamed>, StoreError> {
    let mut found: Vec<Renamed> = Vec::new();
    let read: BTreeSet<&str> = sources.iter().flat_map(|(read, _)| &read.calendars).map(String::as_str).collect();
    // Tables have identities of their own making: ids may count from one in each.
    for (read_file, _) in sources.iter().filter(|(read, _)| read.reach == Reach::All) {
        let events = || read_file.events.iter().chain(&read_file.outside);
        for name in &read_file.calendars {
            let of_name = || events().filter(|event| event.key.calendar == *name).map(|event| &event.key);
            let uids: BTreeSet<&str> = of_name().map(|key| key.uid.as_str()).collect();
            let keys: BTreeSet<(&str, &str)> =
                of_name().map(|key| (key.uid.as_str(), key.recurrence.as_str())).collect();
            for formerly in store.calendars_with(&uids)? {
                if read.contains(formerly.as_str()) || found.iter().any(|renamed| renamed.formerly == formerly) {
                    continue;
                }
                let imported = store.imported_visits(&formerly)?;
                let of_days = imported.iter().filter(|known| window.holds(known.source.start.date()));
                let stand = of_days.clone().filter(|known| {
                    let SourceKey { uid, recurrence, .. } = &known.source.key;
                    keys.contains(&(uid.as_str(), recurrence.as_str()))
                });
                let (stand, of) = (stand.count(), of_days.count());
                if stand * 2 > of {
                    found.push(Renamed { formerly, name: name.clone(), stand: (stand, of) });
                }
            }
        }
    }
    Ok(found)
}

/// What the mappings say of titles and kinds.
fn words(sources: &[(Read, Option<Saved>)]) -> Result<(Vec<TitlePattern>, BTreeMap<String, VisitKind>), ImportError> {
    let (mut patterns, mut kinds) = (Vec::new(), BTreeMap::new());
    for saved in sources.iter().filter_map(|(_, saved)| saved.as_ref()) {
        let more = saved.mapping.patterns().map_err(|why| ImportError::Mapping(saved.name.clone(), why))?;
        patterns.extend(more);
        kinds.extend(saved.mapping.kinds.clone());
    }
    Ok((patterns, kinds))
}

/// Saves what was recognised in a file as a mapping, over the one it was read by; the next file like it is read by it.
/// Gives back where it lies.
///
/// # Errors
/// What is no schedule, a name that cannot be, a file that cannot be written.
pub fn save_mapping(path: &Path, name: &str, terms: Terms<'_>, now: Now) -> Result<PathBuf, ImportError> {
    let bytes = bytes_of(path)?;
    let saved = mappings::choose(terms.asked, terms.mappings, &bytes)?;
    let mapping = schedule::mapping_of(&bytes, terms.reading(saved.as_ref(), now))
        .map_err(|why| ImportError::NoSchedule(name_of(path), why.0))?;
    mappings::save(terms.mappings, name, saved.as_ref().map(|saved| saved.name.as_str()), &mapping)
}

/// The act of a plan; none where nothing is to be written.
pub fn act(plan: &ImportPlan, gone: WithGone) -> Option<Write> {
    let batch = ImportBatch::of(plan, gone);
    (!batch.is_empty()).then_some(Write::Import(batch))
}

/// Remembers what was imported, for the key that imports it again. What was piped in cannot be read a second time.
pub fn remember(store: &mut Store, request: &Request) -> Result<(), StoreError> {
    if !request.files.iter().all(|file| place(file).is_file()) {
        return Ok(());
    }
    let mut asked = request.asked.next_time();
    // A mapping of the user's own is found again from another folder, too.
    if let MappingAsked::Named(name) = &mut asked.mapping
        && Path::new(&name).is_file()
        && let Ok(own) = fs::canonicalize(&name)
    {
        *name = own.display().to_string();
    }
    let files =
        request.files.iter().map(|file| fs::canonicalize(place(file)).unwrap_or_else(|_| file.clone())).collect();
    let kept = serde_json::to_string(&Request { files, asked }).unwrap_or_default();
    store.keep_machine_value(LAST, &kept)
}

/// What was imported last.
pub fn last(store: &Store) -> Result<Option<Request>, StoreError> {
    Ok(store.machine_value(LAST)?.and_then(|kept| serde_json::from_str(&kept).ok()))
}
