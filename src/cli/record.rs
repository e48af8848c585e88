//! The record, as a command opens it: its place, its passphrase, its practice and the time there.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::progress::watched;
use super::{Failed, Global, print, secret};
use crate::app::chance::SystemChance;
use crate::app::clock::{self, Clock};
use crate::app::paths::Paths;
use crate::app::settings::{Named, Settings, phrases};
use crate::clinical::id::Ids;
use crate::clinical::practice::Practice;
use crate::clinical::time::Now;
use crate::store::{Mode, RawKey, Salt, Store, StoreError, derive, finish_restore};

/// An open record.
pub struct Record {
    /// The store.
    pub store: Store,
    /// Its key.
    pub key: RawKey,
    /// The practice whose record it is.
    pub practice: Practice,
    /// The time in the practice.
    pub now: Now,
}

/// Where everything lies.
pub fn paths(global: &Global) -> Result<Paths, Failed> {
    Ok(Paths::find(global.file.as_deref(), global.config.as_deref())?)
}

/// The physician's settings.
pub fn settings(global: &Global) -> Result<Settings, Failed> {
    let named = if global.config.is_some() { Named::Yes } else { Named::No };
    let paths = paths(global)?;
    let mut settings = Settings::load(&paths.settings, named)?;
    settings.preferences.phrases = phrases::load(&paths.phrases());
    Ok(settings)
}

/// The clock before any record says in which zone: the machine's own.
pub fn clock(global: &Global) -> Clock {
    let zone = clock::system_zone().unwrap_or(chrono_tz::UTC);
    match global.now {
        Some(at) => Clock::fixed(at, zone),
        None => Clock::system(zone),
    }
}

/// New identities.
pub fn ids() -> Result<Ids, Failed> {
    Ok(Ids::new(SystemChance::new()?))
}

/// Where the record lies, after a restore of it that was cut off has been finished.
pub fn place(global: &Global) -> Result<PathBuf, Failed> {
    let path = paths(global)?.record;
    if let Some(finished) = finish_restore(&path, clock(global).now().instant)? {
        print::say(&format!("{finished}."));
    }
    Ok(path)
}

/// Opens the record, with the passphrase that is given or asked for.
pub fn open(global: &Global, mode: Mode) -> Result<Record, Failed> {
    let path = place(global)?;
    // Before anyone types a passphrase: whether there is a record at all.
    let salt = Salt::of(&path)?;
    open_with(global, mode, &secret::passphrase(global)?, salt)
}

/// Opens the record with this passphrase.
pub fn open_with(global: &Global, mode: Mode, passphrase: &Zeroizing<String>, salt: Salt) -> Result<Record, Failed> {
    let path = paths(global)?.record;
    let key = derive(passphrase, salt)?;
    let mut clock = clock(global);
    let (ids, now) = (ids()?, clock.now().instant);
    // A file of an older program is backed up and brought up to date first, which takes its time.
    let store = watched(|watch| Store::open_watched(&path, &key, mode, ids, now, watch))?;
    let practice = store.practice()?.ok_or(StoreError::NotARecord(path))?;
    clock.set_zone(practice.zone);
    Ok(Record { store, key, now: clock.now(), practice })
}
