//! Copies on real files.

use std::fs;

use super::*;
use crate::clinical::id::Ids;
use crate::clinical::time::Now;
use crate::store::key::{self, Salt};
use crate::store::open::Mode;
use crate::store::testing::{self, NOW, SMALL, create, ids, key};
use crate::store::watch::{Progress, Stop};

const DAY: i64 = 86_400_000;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_copy_is_one_encrypted_file_that_holds_everything_and_stands_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("record"), folder.path().join("elsewhere/copy"));
    let passphrase = "correct horse";
    let key = key::derive(passphrase, Salt::new(&mut ids())).unwrap();
    let mut store = Store::create_with(&SMALL, &path, &key, ids(), NOW).unwrap();
    store.add_patient(1, "OKAFOR");
    let reader = Store::open_with(&SMALL, &path, &key, Mode::Read, ids(), NOW).unwrap();
    reader.back_up(&key, &copy, &mut Watch::nobody()).unwrap();
    assert_eq!(names(copy.parent().unwrap()), ["copy"]);
    let stock = Connection::open(&copy).unwrap();
    stock.pragma_update(None, "key", passphrase).unwrap();
    let family: String = stock.query_row("SELECT family FROM patient", [], |row| row.get(0)).unwrap();
    assert_eq!(family, "OKAFOR");
    // A later copy takes the place of an earlier one.
    store.add_patient(2, "HALE");
    store.back_up(&key, &copy, &mut Watch::nobody()).unwrap();
    assert_eq!(stock.path(), Some(copy.to_str().unwrap()));
    let copied = Store::open_with(&SMALL, &copy, &key, Mode::Read, ids(), NOW).unwrap();
    assert_eq!(copied.number("SELECT count(*) FROM patient"), 2);
}

#[test]
fn nothing_but_an_earlier_copy_is_ever_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (path, letter, other) =
        (folder.path().join("record"), folder.path().join("letter"), folder.path().join("other"));
    let store = create(&path);
    fs::write(&letter, "Dear colleague").unwrap();
    let another = crate::store::RawKey::from_bytes([9; 32], Salt::new(&mut Ids::seeded(9)));
    Store::create_with(&SMALL, &other, &another, ids(), NOW).unwrap().close().unwrap();
    for there in [&path, &letter, &other, &folder.path().join("./record")] {
        let before = fs::read(there).unwrap();
        let refused = store.back_up(&key(), there, &mut Watch::nobody()).unwrap_err();
        assert!(matches!(refused, StoreError::AlreadyThere(_)), "{refused}");
        assert_eq!(fs::read(there).unwrap(), before);
    }
}

#[test]
fn a_record_that_is_not_sound_gives_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("record"), folder.path().join("copy"));
    let store = create(&path);
    store.conn.execute_batch("DROP TRIGGER auto_log_bare_insert; INSERT INTO bare VALUES ('b')").unwrap();
    match store.back_up(&key(), &copy, &mut Watch::nobody()) {
        Err(StoreError::NotSound(findings)) => assert_eq!(findings.len(), 1),
        other => panic!("{other:?}"),
    }
    assert!(names(folder.path()).iter().all(|name| name.starts_with("record")), "{:?}", names(folder.path()));
}

#[test]
fn a_copy_that_is_stopped_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("record"), folder.path().join("copy"));
    let mut store = create(&path);
    store
        .act("filled", &["INSERT INTO visit (id, date, note) VALUES ('v', '2026-11-24', hex(randomblob(600000)))"])
        .unwrap();
    let stop = Stop::default();
    let asked = stop.clone();
    let mut seen = Vec::new();
    let mut tell = |progress: Progress| {
        seen.push((progress.done, progress.total));
        asked.ask();
    };
    let stopped = store.back_up(&key(), &copy, &mut Watch::new(stop, &mut tell));
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert!(matches!(seen[..], [(64, total)] if total > 100), "{seen:?}");
    assert!(names(folder.path()).iter().all(|name| name.starts_with("record")));
    store.back_up(&key(), &copy, &mut Watch::nobody()).unwrap();
}

#[test]
fn rotating_copies_keep_the_newest_and_touch_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copies) = (folder.path().join("record"), folder.path().join("copies"));
    let store = create(&path);
    fs::create_dir(&copies).unwrap();
    // What was cut off goes, with all beside it.
    for left in ["record.20250101-000000.backup.part", "record.20250101-000000.backup.part-journal"] {
        fs::write(copies.join(left), "").unwrap();
    }
    for other in ["record.20200101-000000.backup.old", "record.letter-000000.backup", "other.20200101-000000.backup"] {
        fs::write(copies.join(other), "").unwrap();
    }
    for day in 0..4 {
        let at = NOW.plus_millis(day * DAY);
        store.back_up_in(&key(), &copies, 2, at, &mut Watch::nobody()).unwrap();
    }
    let expected = [
        "other.20200101-000000.backup",
        "record.20200101-000000.backup.old",
        "record.20261120-110640.backup",
        "record.20261121-110640.backup",
        "record.letter-000000.backup",
    ];
    assert_eq!(names(&copies), expected);
    testing::open(&copies.join("record.20261121-110640.backup"), Mode::Read).unwrap();
}

#[test]
fn a_new_copy_stays_where_a_clock_that_ran_ahead_named_others_later() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(&folder.path().join("record"));
    let copies = folder.path().join("copies");
    for day in [1000, 0] {
        store.back_up_in(&key(), &copies, 1, NOW.plus_millis(day * DAY), &mut Watch::nobody()).unwrap();
    }
    assert_eq!(names(&copies), ["record.20261118-110640.backup"]);
}

#[test]
fn a_copy_is_wanted_once_on_each_day_after_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copies) = (folder.path().join("record"), folder.path().join("copies"));
    let store = create(&path);
    let on = |day: i64| Now { instant: NOW.plus_millis(day * DAY), zone: chrono_tz::Europe::Berlin };
    let wants = |day: i64| store.wants_copy(&copies, on(day)).unwrap();
    assert!(!wants(0), "begun today");
    assert!(wants(1));
    store.back_up_in(&key(), &copies, 0, on(1).instant, &mut Watch::nobody()).unwrap();
    assert!(!wants(1), "made today");
    assert!(wants(2));
    store.back_up_in(&key(), &copies, 0, on(9).instant, &mut Watch::nobody()).unwrap();
    assert!(wants(2), "a copy of a day ahead is none of today");
    let copy = copies.join("record.20261119-110640.backup");
    assert!(!testing::open(&copy, Mode::Read).unwrap().wants_copy(&copies, on(3)).unwrap(), "only read");
}

#[test]
fn where_a_copy_cannot_stand_it_is_the_place_that_is_named() {
    for (error, is_place) in [
        (StoreError::ReadOnly, true),
        (StoreError::NoAccess("folder".into()), true),
        (StoreError::DiskFull, false),
        (StoreError::AlreadyThere("copy".into()), false),
    ] {
        let told = no_place(error, Path::new("/stick/copy.db"));
        assert_eq!(matches!(told, StoreError::NoPlace(_)), is_place, "{told}");
    }
}
