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
    assert!(!fs::read_dir(folder.path()).unwrap().any(|e| e.unwrap().file_name().to_string_lossy().contains(PROVED)));
}

#[test]
fn a_record_is_not_restored_from_itself_and_can_be_restored_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy, store) = with_copy(folder.path());
    store.close().unwrap();
    assert!(matches!(bring_back(&path, &path), Err(StoreError::InUse(_))));
    let fresh = folder.path().join("new/record");
    assert_eq!(bring_back(&copy, &fresh).unwrap(), None);
    testing::open(&fresh, Mode::Write).unwrap();
    // Twice in one second: neither replaced record is lost.
    let first = bring_back(&copy, &fresh).unwrap().unwrap();
    let second = bring_back(&copy, &fresh).unwrap().unwrap();
    assert!(first != second && first.exists() && second.exists());
}

/// A record killed with its newest change in the log, and a restore of its copy cut off when the first `moved` files
/// had been set aside.
fn cut_off(folder: &Path, moved: &[&str]) -> (PathBuf, PathBuf) {
    let (path, copy, store) = with_copy(folder);
    let (record, kept) = (folder.join("cut"), folder.join("cut.replaced-20261124-081500"));
    fs::copy(&copy, files::beside(&record, PROVED)).unwrap();
    for ending in ["", "-wal"] {
        let to = if moved.contains(&ending) { &kept } else { &record };
        fs::copy(files::beside(&path, ending), files::beside(to, ending)).unwrap();
    }
    drop(store);
    (record, kept)
}

#[test]
fn a_restore_cut_off_between_its_renames_is_finished_and_loses_nothing() {
    for moved in [&["", "-wal"][..], &[""]] {
        let folder = tempfile::tempdir().unwrap();
        let (record, kept) = cut_off(folder.path(), moved);
        let finished = finish_restore(&record, NOW).unwrap();
        assert_eq!(finished, Some(Finished { kept: Some(kept.clone()) }), "{moved:?}");
        assert_eq!(testing::open(&record, Mode::Write).unwrap().number("SELECT count(*) FROM patient"), 1, "{moved:?}");
        assert_eq!(testing::open(&kept, Mode::Write).unwrap().number("SELECT count(*) FROM patient"), 2, "{moved:?}");
        assert_eq!(finish_restore(&record, NOW).unwrap(), None);
    }
}

#[test]
fn a_restore_after_one_cut_off_keeps_the_log_of_the_record_that_was_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let (record, kept) = cut_off(folder.path(), &[""]);
    assert_eq!(
        bring_back(&folder.path().join("copy"), &record).unwrap(),
        Some(kept.clone()),
        "it is told where it lies"
    );
    assert_eq!(testing::open(&kept, Mode::Write).unwrap().number("SELECT count(*) FROM patient"), 2);
}

#[test]
fn nothing_is_finished_while_another_writes_and_what_was_not_used_goes_with_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    let (record, _) = cut_off(folder.path(), &["", "-wal"]);
    let lock = WriteLock::take(&record, NOW).unwrap();
    // It is said, so that nobody begins an empty record in its place.
    assert!(matches!(finish_restore(&record, NOW), Err(StoreError::Held(_))));
    assert!(!record.exists());
    drop(lock);
    finish_restore(&record, NOW).unwrap().unwrap();
    let unused = files::beside(&record, PROVED);
    fs::copy(folder.path().join("copy"), &unused).unwrap();
    testing::open(&record, Mode::Write).unwrap();
    assert!(!unused.exists());
}

#[test]
fn of_several_records_set_aside_the_last_is_the_one_that_was_being_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let stamps = ["20261124-081500", "20261124-081500-2", "20261124-081500-10", "20251231-235959-3"];
    for stamp in stamps.iter().chain(&["notes", "20261125-080000-wal"]) {
        fs::write(files::beside(&record, &format!("{REPLACED}{stamp}")), b"").unwrap();
    }
    let last = last_set_aside(&record).unwrap().unwrap();
    assert!(last.to_string_lossy().ends_with("20261124-081500-10"), "{}", last.display());
}

#[test]
fn nothing_that_was_set_aside_before_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let kept = |ending: &str| files::beside(&record, &format!("{REPLACED}{}{ending}", backup::stamp(NOW)));
    // Of this second only a log is kept, and of an earlier try of it only the record.
    for (path, bytes) in
        [(record.clone(), "new"), (files::beside(&record, "-wal"), "new"), (kept("-wal"), "old"), (kept("-1"), "old")]
    {
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(set_aside(&record, NOW).unwrap(), Some(kept("-2")), "no log of another record lies beside it");
    for (ending, bytes) in [("-wal", "old"), ("-1", "old"), ("-2", "new"), ("-2-wal", "new")] {
        assert_eq!(fs::read_to_string(kept(ending)).unwrap(), bytes, "{ending}");
    }
}

#[test]
fn a_log_without_its_record_joins_no_other_one_unless_a_restore_was_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let (record, earlier) = cut_off(folder.path(), &[""]);
    // The record was moved away by hand, its log was not; nothing waits to take its place.
    fs::remove_file(files::beside(&record, PROVED)).unwrap();
    assert_eq!(finish_restore(&record, NOW).unwrap(), None);
    let log = fs::read(files::beside(&record, "-wal")).unwrap();
    assert_eq!(bring_back(&folder.path().join("copy"), &record).unwrap(), None, "nothing was replaced");
    assert!(!files::beside(&earlier, "-wal").exists(), "it is not known to be of this one");
    let alone = files::beside(&record, &format!("{REPLACED}{}-wal", backup::stamp(NOW)));
    assert_eq!(fs::read(alone).unwrap(), log, "and is kept");
    assert_eq!(testing::open(&record, Mode::Write).unwrap().number("SELECT count(*) FROM patient"), 1);
}

#[test]
fn a_log_that_the_record_set_aside_has_already_is_never_the_one_of_the_restored_record() {
    let folder = tempfile::tempdir().unwrap();
    let (record, kept) = cut_off(folder.path(), &["", "-wal"]);
    fs::write(files::beside(&record, "-wal"), "left over").unwrap();
    let log = fs::read(files::beside(&kept, "-wal")).unwrap();
    finish_restore(&record, NOW).unwrap().unwrap();
    assert!(!files::beside(&record, "-wal").exists());
    assert_eq!(fs::read(files::beside(&kept, "-wal")).unwrap(), log);
}

#[test]
fn an_unused_copy_beside_what_this_program_cannot_open_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy, store) = with_copy(folder.path());
    store.conn.execute_batch("PRAGMA user_version = 99").unwrap();
    store.close().unwrap();
    let unused = files::beside(&path, PROVED);
    fs::copy(copy, &unused).unwrap();
    assert!(matches!(testing::open(&path, Mode::Write), Err(StoreError::NewerSchema { .. })));
    assert!(unused.exists());
}
