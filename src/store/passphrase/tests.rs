//! Another key on real files.

use std::fs;

use super::*;
use crate::clinical::id::Ids;
use crate::store::key::{self, Salt};
use crate::store::open::Mode;
use crate::store::testing::{self, NOW, SMALL, create, ids};
use crate::store::watch::Stop;

#[test]
fn the_new_passphrase_opens_the_record_with_stock_tools_and_the_old_one_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    let old = testing::key();
    // With the same salt, and with another.
    let mut current = old;
    for (passphrase, salt) in [("one more secret", current.salt()), ("and another", Salt::new(&mut Ids::seeded(8)))] {
        let new = key::derive(passphrase, salt).unwrap();
        store.change_key(&current, &new, &mut Watch::nobody()).unwrap();
        store.act("went on", &["UPDATE patient SET weight = coalesce(weight, 0) + 1"]).unwrap();
        assert!(store.verify(None, &mut Watch::nobody()).unwrap().is_sound());
        store.close().unwrap();
        let refused = Store::open_with(&SMALL, &path, &current, Mode::Write, ids(), NOW);
        assert!(matches!(refused, Err(StoreError::WrongPassphrase(_))));
        let stock = Connection::open(&path).unwrap();
        stock.pragma_update(None, "key", passphrase).unwrap();
        let family: String = stock.query_row("SELECT family FROM patient", [], |row| row.get(0)).unwrap();
        assert_eq!(family, "OKAFOR");
        drop(stock);
        store = Store::open_with(&SMALL, &path, &new, Mode::Write, Ids::seeded(store_seed(passphrase)), NOW).unwrap();
        current = new;
    }
    assert_eq!(store.number("SELECT weight FROM patient"), 2);
}

/// Another source of chance for each time the record is opened.
fn store_seed(passphrase: &str) -> u64 {
    passphrase.len() as u64 * 100
}

#[test]
fn whatever_fails_leaves_the_old_passphrase_and_a_record_that_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    let (old, new) = (testing::key(), RawKey::from_bytes([9; 32], Salt::new(&mut ids())));
    let wrong = store.change_key(&new, &new, &mut Watch::nobody());
    assert!(matches!(wrong, Err(StoreError::WrongPassphrase(_))));
    let reader = testing::open(&path, Mode::Read).unwrap();
    reader.number("SELECT count(*) FROM patient");
    assert!(matches!(store.change_key(&old, &new, &mut Watch::nobody()), Err(StoreError::Busy)));
    drop(reader);
    let stop = Stop::default();
    stop.ask();
    let stopped = store.change_key(&old, &new, &mut Watch::new(stop, &mut |_| {}));
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert_eq!(store.text("PRAGMA journal_mode"), "wal");
    store.add_patient(2, "HALE");
    store.close().unwrap();
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "the record and its lock");
    assert_eq!(testing::open(&path, Mode::Write).unwrap().number("SELECT count(*) FROM patient"), 2);
}
