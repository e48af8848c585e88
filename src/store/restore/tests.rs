//! Bringing copies back on real files.

use std::fs;

use super::*;
use crate::store::Store;
use crate::store::open::Mode;
use crate::store::testing::{self, NOW, SMALL, create, key};

fn bring_back(copy: &Path, to: &Path) -> Result<Option<PathBuf>, StoreError> {
    restore_with(&SMALL, copy, &key(), to, &mut Ids::seeded(5), NOW, &mut Watch::nobody())
}

/// A record with one patient, a copy of it, and one patient more since.
fn with_copy(folder: &Path) -> (PathBuf, PathBuf, Store) {
    let (path, copy) = (folder.join("record"), folder.join("copy"));
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.back_up(&key(), &copy, &mut Watch::nobody()).unwrap();
    store.add_patient(2, "HALE");
    (path, copy, store)
}

#[test]
fn a_copy_takes_the_place_of_the_record_which_is_kept_with_its_newest_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy, store) = with_copy(folder.path());
    let machine = store.machine_value("machine").unwrap();
    assert!(matches!(bring_back(&copy, &path), Err(StoreError::Held(_))));
    // Killed: the newest change is only in the log beside the file.
    for ending in ["", "-wal"] {
        fs::copy(files::beside(&path, ending), folder.path().join(format!("killed{ending}"))).unwrap();
    }
    drop(store);
    let path = folder.path().join("killed");
    let kept = bring_back(&copy, &path).unwrap().unwrap();
    let mut store = testing::open(&path, Mode::Write).unwrap();
    assert_eq!(store.number("SELECT count(*) FROM patient"), 1);
    assert_ne!(store.machine_value("machine").unwrap(), machine);
    store.add_patient(3, "NGUYEN");
    assert!(store.verify(None, &mut Watch::nobody()).unwrap().is_sound());
    let kept = testing::open(&kept, Mode::Write).unwrap();
    assert_eq!(kept.number("SELECT count(*) FROM patient"), 2);
}

#[test]
fn a_copy_that_is_wrong_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy, store) = with_copy(folder.path());
    store.close().unwrap();
    let before = fs::read(&path).unwrap();
    let good = fs::read(&copy).unwrap();
    let mut flipped = good.clone();
    flipped[4096 * 4 + 100] ^= 1;
    for (name, bytes) in [("flipped", &flipped[..]), ("cut", &good[..good.len() - 4096]), ("letter", b"Dear colleague")]
    {
        fs::write(&copy, bytes).unwrap();
        let refused = bring_back(&copy, &path).unwrap_err();
        assert!(matches!(refused, StoreError::Damaged { .. } | StoreError::NotADatabase(_)), "{name}: {refused}");
        assert_eq!(fs::read(&path).unwrap(), before, "{name}");
    }
    fs::write(&copy, &good).unwrap();
    let tampered = testing::open(&copy, Mode::Write).unwrap();
    tampered.conn.execute_batch("DROP TRIGGER auto_log_patient_update; UPDATE patient SET weight = 1").unwrap();
    tampered.close().unwrap();
    assert!(matches!(bring_back(&copy, &path), Err(StoreError::NotSound(_))));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(
        !fs::read_dir(folder.path()).unwrap().any(|e| e.unwrap().file_name().to_string_lossy().contains("restored"))
    );
}

#[test]
fn a_record_is_not_restored_from_itself_and_can_be_restored_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy, store) = with_copy(folder.path());
    store.close().unwrap();
    assert!(matches!(bring_back(&path, &path), Err(StoreError::AlreadyThere(_))));
    let fresh = folder.path().join("new/record");
    assert_eq!(bring_back(&copy, &fresh).unwrap(), None);
    testing::open(&fresh, Mode::Write).unwrap();
    // Twice in one second: neither replaced record is lost.
    let first = bring_back(&copy, &fresh).unwrap().unwrap();
    let second = bring_back(&copy, &fresh).unwrap().unwrap();
    assert!(first != second && first.exists() && second.exists());
}
