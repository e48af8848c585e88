//! The two records that are compared: the same patients and the same day, behind it one year or twenty.
//!
//! They are made once and kept in the target folder, under a name that follows from the sources they are made by: what
//! changes one of these makes them anew. What writes works on copies.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use daysheet::app::made_up::{Size, fill};
use daysheet::clinical::id::Ids;
use daysheet::clinical::time::{Now, instant};
use daysheet::store::{Mode, RawKey, Salt, Store, derive};

/// The argument with which this program only makes up a record: the number of days follows.
pub const ASKED: &str = "--as-generator";

const SEED: u64 = 7;
const PASSPHRASE: &str = "made up for measuring only";
const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;
/// The moment at which everything is measured, as `--now` takes it.
pub const NOW: &str = "2026-11-24T10:14:00";

/// When everything is measured.
pub fn now() -> Now {
    Now { instant: instant(NOW.parse().unwrap(), ZONE), zone: ZONE }
}

/// The one key of all records here: it is derived once.
pub fn key() -> &'static RawKey {
    static KEY: OnceLock<RawKey> = OnceLock::new();
    KEY.get_or_init(|| derive(PASSPHRASE, Salt::from_bytes([7; 16])).unwrap())
}

/// The record with so many years behind its day: a copy to work on, beside the one that is kept.
pub fn copied(years: u32) -> PathBuf {
    let copy = folder().join(format!("{years}-years.copy"));
    remove(&copy);
    fs::copy(made(years), &copy).unwrap();
    copy
}

/// The kept record with so many years behind its day, made if it is not there.
pub fn made(years: u32) -> PathBuf {
    let name = format!("{years}-years-{:016x}", fingerprint());
    let path = folder().join(format!("{name}.db"));
    if path.exists() {
        return path;
    }
    for entry in fs::read_dir(folder()).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&format!("{years}-years")) {
            drop(fs::remove_file(entry.path()));
        }
    }
    let unfinished = folder().join(format!("{name}.unfinished"));
    remove(&unfinished);
    let size = if years == 1 { Size::ONE_YEAR } else { Size::TWENTY_YEARS };
    let began = Instant::now();
    let mut store = Store::create(&unfinished, key(), Ids::seeded(SEED), now().instant).unwrap();
    fill(&mut store, SEED, size, now()).unwrap();
    let filled = began.elapsed();
    let bytes = store.bytes().unwrap();
    store.close().unwrap();
    fs::rename(&unfinished, &path).unwrap();
    remove(&unfinished);
    eprintln!(
        "made up {years} years in {:.0} s: {} MB of records, {} MB of log, {} MB of full-text index",
        filled.as_secs_f64(),
        bytes.records >> 20,
        bytes.log >> 20,
        bytes.search >> 20
    );
    path
}

/// Makes up so many days of a full practice.
pub fn only(arguments: &[String]) {
    let days = arguments[0].parse().unwrap();
    let path = folder().join("generated.db");
    remove(&path);
    let mut store = Store::create(&path, key(), Ids::seeded(SEED), now().instant).unwrap();
    fill(&mut store, SEED, Size { patients: 600, days, visits_a_day: 20 }, now()).unwrap();
    store.close().unwrap();
    remove(&path);
}

/// Opens a record to write in.
pub fn open(path: &Path) -> Store {
    Store::open(path, key(), Mode::Write, Ids::seeded(SEED + 1), now().instant).unwrap()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// Removes a record with what lies beside it.
pub fn remove(path: &Path) {
    for end in ["", "-wal", "-shm", ".lock"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        drop(fs::remove_file(name));
    }
}

/// A number that changes with the sources of the generator, and of what it writes through.
fn fingerprint() -> u64 {
    static PRINT: OnceLock<u64> = OnceLock::new();
    *PRINT.get_or_init(|| {
        let mut hasher = DefaultHasher::new();
        for part in ["assets", "src/clinical", "src/action", "src/store", "src/app/made_up"] {
            hash_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &mut hasher);
        }
        hasher.finish()
    })
}

fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            hash_folder(&path, hasher);
        } else {
            fs::read(&path).unwrap().hash(hasher);
        }
    }
}
