//! Each thing that can be wrong is found and named.

use std::fs;

use super::*;
use crate::store::files;
use crate::store::open::Mode;
use crate::store::testing::{self, create, key, memory, patient};
use crate::store::watch::{Progress, Stop};

fn filled() -> Store {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    store.act("booked", &["INSERT INTO visit (id, date, note) VALUES ('v', '2026-11-24', 'weak')"]).unwrap();
    store.act("weighed", &["UPDATE patient SET weight = 71"]).unwrap();
    store
}

fn said(store: &mut Store) -> Vec<String> {
    let proof = store.verify(None, &mut Watch::nobody()).unwrap();
    proof.findings.iter().map(ToString::to_string).collect()
}

/// Changes the file as someone would who goes round the program: triggers dropped, afterwards as they were.
fn tamper(store: &Store, sql: &str) {
    let triggers: Vec<(String, String)> = {
        let mut statement = store.conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    let drop: Vec<_> = triggers.iter().map(|(name, _)| format!("DROP TRIGGER {};", quote(name))).collect();
    let make: Vec<_> = triggers.into_iter().map(|(_, sql)| sql).collect();
    store
        .conn
        .execute_batch(&format!("PRAGMA foreign_keys = OFF; {} {sql}; {};", drop.concat(), make.join(";")))
        .unwrap();
}

#[test]
fn a_sound_record_is_proved_with_all_it_holds() {
    let mut store = filled();
    let proof = store.verify(None, &mut Watch::nobody()).unwrap();
    assert_eq!(proof, Proof { findings: vec![], change_sets: 4, search_proved: true });
}

#[test]
fn every_way_of_going_round_the_log_is_named() {
    let p = patient(1);
    for (sql, expected) in [
        ("UPDATE patient SET weight = 17, number = '9'", format!("patient {p} differs from the log in number, weight")),
        ("DELETE FROM visit", "visit v is in the log but not in the table".to_owned()),
        ("INSERT INTO bare VALUES ('b')", "bare b is in the table but not in the log".to_owned()),
        ("UPDATE visit SET patient_id = 'nobody'", "visit v points to a patient that is not there".to_owned()),
        ("UPDATE change SET after = before WHERE op = 'update'", "(weighed) of machine M was altered".to_owned()),
        ("UPDATE change SET after = x'ff' WHERE op = 'update'", format!("the log of patient {p} cannot be followed")),
        ("UPDATE change SET after = x'ff' WHERE op = 'update'", "(weighed) of machine M was altered".to_owned()),
        ("UPDATE log_name SET name = 'height' WHERE name = 'weight'", "(weighed) of machine M was altered".to_owned()),
        ("DELETE FROM log_name WHERE name = 'weight'", format!("the log of patient {p} cannot be followed")),
        ("UPDATE change_set SET name = 'thrown'  WHERE number = 4", "(thrown) of machine M was altered".to_owned()),
        (
            "UPDATE change_set SET at = 1 WHERE number = 2",
            "change set 2 (added OKAFOR) of machine M was altered".to_owned(),
        ),
        (
            "UPDATE change_set SET hash = zeroblob(32) WHERE number = 3",
            "change set 4 (weighed) of machine M was altered after it was sealed, or does not follow".to_owned(),
        ),
        ("DELETE FROM change_set WHERE number = 3", "stands alone: what follows 2 is missing".to_owned()),
        ("DELETE FROM change_set WHERE number = 4", format!("a change of patient {p} belongs to no change set")),
        ("DELETE FROM change WHERE op = 'update'", format!("patient {p} differs from the log in weight")),
        ("UPDATE search_text SET text = 'strong'", "does not hold what visit.note of v says".to_owned()),
        ("INSERT INTO search (search) VALUES ('delete-all')", "the full-text index is damaged".to_owned()),
    ] {
        let mut store = filled();
        let machine = store.machine_value("machine").unwrap().unwrap();
        tamper(&store, sql);
        let said = said(&mut store);
        let expected = expected.replace("machine M", &format!("machine {machine}"));
        assert!(said.iter().any(|said| said.contains(&expected)), "{sql}: {said:#?}");
    }
}

#[test]
fn a_cut_off_tail_is_seen_only_against_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("record"), folder.path().join("copy"));
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.add_patient(2, "HALE");
    store.back_up(&key(), &copy, &mut Watch::nobody()).unwrap();
    let backup = testing::open(&copy, Mode::Read).unwrap();
    assert!(store.verify(Some(&backup), &mut Watch::nobody()).unwrap().is_sound());
    tamper(
        &store,
        "DELETE FROM change WHERE seq >> 24 = 3; DELETE FROM change_set WHERE number = 3; DELETE FROM patient WHERE family = 'HALE'",
    );
    assert_eq!(said(&mut store), Vec::<String>::new());
    let against = |store: &mut Store| store.verify(Some(&backup), &mut Watch::nobody()).unwrap().findings;
    assert!(matches!(against(&mut store)[..], [Finding::CutOff { has: 2, should: 3, .. }]));
    store.add_patient(3, "NGUYEN");
    assert!(matches!(against(&mut store)[..], [Finding::Forked { number: 3, .. }]));
    // The copy itself knows how far it reached.
    drop(backup);
    let mut backup = testing::open(&copy, Mode::Write).unwrap();
    tamper(
        &backup,
        "DELETE FROM change WHERE seq >> 24 = 3; DELETE FROM change_set WHERE number = 3; DELETE FROM patient WHERE family = 'HALE'",
    );
    assert!(said(&mut backup)[0].contains("ends at 2, but once reached 3"));
}

#[test]
fn a_damaged_page_is_named_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.close().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096 * 4 + 100] ^= 1;
    fs::write(&path, bytes).unwrap();
    let mut store = testing::open(&path, Mode::Read).unwrap();
    let proof = store.verify(None, &mut Watch::nobody()).unwrap();
    assert!(matches!(proof.findings[0], Finding::Page { page: Some(5), .. }), "{:?}", proof.findings);
    assert!(proof.findings[0].to_string().starts_with("page 5 "));
}

#[test]
fn a_page_whose_newer_version_waits_beside_the_file_is_not_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cut) = (folder.path().join("record"), folder.path().join("cut"));
    let mut store = create(&path);
    for n in 1..200 {
        store.add_patient(n, "OKAFOR");
    }
    // As a kill leaves it that meets the folding in: half a page at the end, the whole of it in the log.
    let mut bytes = fs::read(&path).unwrap();
    bytes.resize(bytes.len() + 1000, 0x5a);
    fs::write(&cut, bytes).unwrap();
    fs::copy(files::beside(&path, "-wal"), files::beside(&cut, "-wal")).unwrap();
    drop(store);
    let mut store = testing::open(&cut, Mode::Read).unwrap();
    assert_eq!(said(&mut store), Vec::<String>::new());
    assert_eq!(store.number("SELECT count(*) FROM patient"), 199);
}

#[test]
fn a_reader_proves_everything_and_still_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    let mut reader = testing::open(&path, Mode::Read).unwrap();
    let proof = reader.verify(None, &mut Watch::nobody()).unwrap();
    assert!(proof.is_sound() && proof.search_proved);
    assert!(reader.conn.execute("DELETE FROM draft", []).is_err());
    assert!(files::beside(&path, "-wal").exists());
}

#[test]
fn a_proof_tells_how_far_it_is_and_stops_when_asked() {
    let mut store = filled();
    let (mut stages, stop) = (Vec::new(), Stop::default());
    let mut tell = |progress: Progress| stages.push(progress.stage);
    store.verify(None, &mut Watch::new(stop.clone(), &mut tell)).unwrap();
    stages.dedup();
    assert_eq!(stages, [Stage::Pages, Stage::Structure, Stage::References, Stage::Chain, Stage::Rows, Stage::Search]);
    let asked = stop.clone();
    let mut tell = move |progress: Progress| {
        if progress.stage == Stage::Chain {
            asked.ask();
        }
    };
    let stopped = store.verify(None, &mut Watch::new(stop, &mut tell));
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert!(store.verify(None, &mut Watch::nobody()).unwrap().is_sound(), "the connection goes on as before");
}

/// The first page of a table in a file that is closed.
fn root_of(path: &std::path::Path, table: &str) -> usize {
    let store = testing::open(path, Mode::Read).unwrap();
    let root: i64 =
        store.conn.query_row("SELECT rootpage FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0)).unwrap();
    usize::try_from(root).unwrap()
}

#[test]
fn beside_a_damaged_page_all_other_tables_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.close().unwrap();
    let whole = fs::read(&path).unwrap();
    let sound = survey(&path, &key(), &mut Watch::nobody()).unwrap();
    assert!(sound.broken.is_empty() && sound.pages.is_empty() && !sound.is_cut_off && !sound.is_list_damaged);
    let root = root_of(&path, "patient");
    let mut bytes = whole.clone();
    bytes[4096 * (root - 1) + 100] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let seen = survey(&path, &key(), &mut Watch::nobody()).unwrap();
    assert_eq!(seen.pages, [u64::try_from(root).unwrap()]);
    assert_eq!(seen.broken, [("patient".to_owned(), 0)]);
    assert_eq!(seen.whole.len() + 1, sound.whole.len());
    assert_eq!(fs::read(&path).unwrap(), bytes, "looking changes nothing");
}

#[test]
fn of_a_file_that_was_cut_off_what_is_left_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = create(&path);
    store.add_patient(1, "OKAFOR");
    store.close().unwrap();
    let whole = fs::read(&path).unwrap();
    for keep in [whole.len() / 4096 / 2 * 4096, whole.len() / 4096 / 2 * 4096 + 777] {
        fs::write(&path, &whole[..keep]).unwrap();
        assert!(matches!(testing::open(&path, Mode::Read), Err(StoreError::Damaged { .. })));
        let seen = survey(&path, &key(), &mut Watch::nobody()).unwrap();
        assert!(seen.is_cut_off && (seen.is_list_damaged || !seen.broken.is_empty()), "{keep}: {seen:?}");
    }
}
