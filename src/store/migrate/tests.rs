//! Steps of the schema on real files.

use std::fs;

use super::*;
use crate::store::open::{Mode, Store};
use crate::store::testing::{self, FAILING, GROWN, NOW, SMALL, create, ids, memory};
use crate::store::undo::Scope;
use crate::store::watch::{Progress, Stage, Stop};

fn filled(path: &Path) -> Vec<String> {
    let mut store = create(path);
    store.act("filled", &[
        "INSERT INTO patient (id, family, weight) VALUES ('p1', 'OKAFOR', 71), ('p2', 'HALE', NULL)",
        "INSERT INTO visit (id, patient_id, date, note, score) VALUES ('v1', 'p1', '2026-11-24', 'quadriceps weak', 7)",
        "INSERT INTO bare VALUES ('b1')",
    ])
    .unwrap();
    let facts = store.facts();
    store.close().unwrap();
    facts
}

#[test]
fn a_step_changes_the_rows_and_the_log_tells_each_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    filled(&path);
    let mut store = Store::open_with(&GROWN, &path, &testing::key(), Mode::Write, Ids::seeded(2), NOW).unwrap();
    assert_eq!(
        store.facts(),
        [
            r#"goal goal p1 patient_id="p1" text="walk""#,
            r#"goal goal p2 patient_id="p2" text="walk""#,
            r#"patient p1 family="OKAFOR" region="uk""#,
            r#"patient p2 family="HALE" region="uk""#,
            r#"visit v1 date="2026-11-24" note="quadriceps weak" patient_id="p1" score=70"#,
        ]
    );
    assert_eq!(
        store.text("SELECT name || ' ' || kind FROM change_set ORDER BY seq DESC LIMIT 1"),
        "brought the record to schema 2 migration"
    );
    let proof = store.verify(None, &mut Watch::nobody()).unwrap();
    assert_eq!(proof.findings, []);
    // Nothing before the step is taken back, what comes after it is logged in its new shape.
    assert_eq!(store.next_undo(Scope::Record).unwrap(), None);
    store.act("moved", &["UPDATE patient SET region = 'de' WHERE id = 'p1'"]).unwrap();
    assert_eq!(store.logged("update").pop().unwrap(), r#" region="uk" > region="de""#);
    assert_eq!(store.find_text("quadriceps", None, None, 9).unwrap().len(), 1);
}

#[test]
fn the_file_is_backed_up_before_a_step_and_stays_as_it_was_if_the_step_fails() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let before = filled(&path);
    let failed = Store::open_with(&FAILING, &path, &testing::key(), Mode::Write, ids(), NOW).unwrap_err();
    assert!(matches!(failed, StoreError::Migration { version: 2, .. }), "{failed}");
    let backup = files::beside(&path, ".before-schema-2");
    for file in [&path, &backup] {
        let mut store = testing::open(file, Mode::Write).unwrap();
        assert_eq!(store.facts(), before);
        assert!(store.verify(None, &mut Watch::nobody()).unwrap().is_sound());
        store.act("went on", &["UPDATE visit SET score = 6"]).unwrap();
        store.close().unwrap();
    }
    // Once the step is mended the next start takes it.
    Store::open_with(&GROWN, &path, &testing::key(), Mode::Write, ids(), NOW).unwrap();
    assert!(fs::metadata(&backup).unwrap().len() > 0);
}

#[test]
fn somebody_is_told_that_the_file_is_backed_up_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    filled(&path);
    let mut stages = Vec::new();
    let mut tell = |progress: Progress| stages.push(progress.stage);
    let mut watch = Watch::new(Stop::default(), &mut tell);
    let store = Store::open_told(&GROWN, &path, &testing::key(), Mode::Write, ids(), NOW, &mut watch).unwrap();
    store.close().unwrap();
    assert_eq!((stages.first(), stages.last()), (Some(&Stage::BackingUp), Some(&Stage::Schema)), "{stages:?}");
    assert!(stages.contains(&Stage::Copying), "{stages:?}");
}

#[test]
fn only_the_newest_schema_is_read_beside_a_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    filled(&path);
    let refused = Store::open_with(&GROWN, &path, &testing::key(), Mode::Read, ids(), NOW).unwrap_err();
    assert!(matches!(refused, StoreError::OlderSchema { file: 1, program: 2 }));
}

#[test]
fn a_new_record_begins_with_one_change_set_for_each_step() {
    let store = Store::in_memory_with(&GROWN, ids(), NOW).unwrap();
    assert_eq!(store.text("SELECT group_concat(number || ' ' || kind) FROM change_set"), "1 migration,2 migration");
    assert_eq!(memory().number("SELECT count(*) FROM change_set"), 1);
    assert_eq!(store.number("PRAGMA foreign_keys"), 1);
}

#[test]
fn the_schema_of_the_record_can_be_logged_and_every_reference_has_its_index() {
    let store = Store::in_memory(ids(), NOW).unwrap();
    let schema = Schema::load(&store.conn).unwrap();
    assert!(schema.tables.len() >= 20);
    for reference in &schema.references {
        // Without one, an undo would read whole tables to see who points to a row.
        let sql =
            format!("EXPLAIN QUERY PLAN SELECT id FROM {} WHERE {} = 'x' LIMIT 1", reference.from, reference.column);
        let plan: String = store.conn.query_row(&sql, [], |row| row.get(3)).unwrap();
        assert!(plan.starts_with("SEARCH"), "{reference:?}: {plan}");
    }
    assert_eq!(SMALL.newest() + 1, GROWN.newest());
}
