//! The two records that are compared: the same patients and the same day, behind it one year or twenty.
//!
//! They are made once and kept in the target folder; a changed generator gives them another name.

use std::path::PathBuf;

use daysheet::app::made_up::{Size, fill};
use daysheet::clinical::id::Ids;
use daysheet::clinical::time::{Now, instant};
use daysheet::store::{Mode, RawKey, Salt, Store, derive};

const SEED: u64 = 7;
pub const PASSPHRASE: &str = "made up for measuring only";
pub const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

/// A record to measure with.
pub struct Record {
    pub path: PathBuf,
    pub key: RawKey,
}

/// When everything is measured.
pub fn now() -> Now {
    Now { instant: instant("2026-11-24T10:14:00".parse().unwrap(), ZONE), zone: ZONE }
}

/// The record with so many years behind its day.
pub fn made(years: u32) -> Record {
    let size = if years == 1 { Size::ONE_YEAR } else { Size::TWENTY_YEARS };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("{years}-years-{SEED}.db"));
    let key = derive(PASSPHRASE, Salt::from_bytes([7; 16])).unwrap();
    if !path.exists() {
        let unfinished = folder.join(format!("{years}-years.unfinished"));
        drop(std::fs::remove_file(&unfinished));
        let began = std::time::Instant::now();
        let mut store = Store::create(&unfinished, &key, Ids::seeded(SEED), now().instant).unwrap();
        fill(&mut store, SEED, size, now()).unwrap();
        store.close().unwrap();
        std::fs::rename(&unfinished, &path).unwrap();
        let megabytes = std::fs::metadata(&path).unwrap().len() >> 20;
        eprintln!("made up {years} years in {:.1} s: {megabytes} MB", began.elapsed().as_secs_f64());
    }
    Record { path, key }
}

impl Record {
    pub fn open(&self) -> Store {
        Store::open(&self.path, &self.key, Mode::Write, Ids::seeded(SEED + 1), now().instant).unwrap()
    }
}
