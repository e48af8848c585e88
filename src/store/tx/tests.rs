//! Every write of a fact is logged exactly, or fails.

use proptest::prelude::*;
use rusqlite::params;

use crate::clinical::time::Instant;
use crate::store::error::StoreError;
use crate::store::log::Act;
use crate::store::names::Names;
use crate::store::schema::{Column, Kind, Schema, quote};
use crate::store::testing::{NOW, ids, memory, patient};
use crate::store::{Store, verify::rows};

#[test]
fn a_fact_is_not_written_outside_a_change_set_in_any_table() {
    let with_rows = |store: &mut Store, sql: &[&str]| {
        store.act("filled the tables", sql).unwrap();
    };
    let mut small = memory();
    with_rows(
        &mut small,
        &["INSERT INTO patient (id, family) VALUES ('p', 'OKAFOR')", "INSERT INTO bare VALUES ('b')"],
    );
    for store in [small, Store::in_memory(ids(), NOW).unwrap()] {
        for table in Schema::load(&store.conn).unwrap().tables {
            let name = quote(&table.name);
            let triggers: i64 = store.number(&format!(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{}' AND name GLOB 'auto_log_*'",
                table.name
            ));
            assert_eq!(triggers, 3, "{name}");
            // Rows with every check off: what refuses them is the log alone.
            store.conn.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF").unwrap();
            let value = |column: &Column| if column.kind == Kind::Blob { "x'01'" } else { "1" };
            let values: Vec<_> = table.columns.iter().map(value).collect();
            let insert = format!("INSERT INTO {name} VALUES ({})", [vec!["'x'"], values].concat().join(", "));
            let change = table.columns.first().map(|column| format!("UPDATE {name} SET {} = 77", quote(&column.name)));
            for sql in [Some(insert), change, Some(format!("DELETE FROM {name}"))].into_iter().flatten() {
                let rows: i64 = store.number(&format!("SELECT count(*) FROM {name}"));
                match store.conn.execute(&sql, []) {
                    Err(error) => assert!(error.to_string().contains("outside a change set"), "{sql}: {error}"),
                    Ok(_) => assert!(rows == 0 && !sql.starts_with("INSERT"), "{sql} was written"),
                }
            }
        }
    }
}

#[test]
fn an_update_logs_only_what_changed_and_nothing_if_nothing_did() {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    let same = store.act("nothing new", &["UPDATE patient SET family = 'OKAFOR', weight = NULL"]).unwrap();
    assert_eq!(same.change_set, None);
    store.act("weighed", &["UPDATE patient SET family = 'OKAFOR', weight = 71"]).unwrap();
    // A column that folds case is still logged when only the case changes.
    store.act("mended", &["UPDATE patient SET family = 'Okafor', weight = NULL"]).unwrap();
    assert_eq!(
        store.logged("update"),
        [" weight=null > weight=71", r#" family="OKAFOR" weight=71 > family="Okafor" weight=null"#]
    );
}

#[test]
fn a_change_set_carries_its_act_and_an_empty_one_is_not_kept() {
    let mut store = memory();
    let committed = store.add_patient(1, "OKAFOR");
    assert_eq!((committed.name.as_str(), committed.at), ("added OKAFOR", NOW));
    let row = "SELECT lower(hex(id)) || ' ' || number || ' ' || name || ' ' || kind || ' ' || lower(hex(patient_id))
                 || ' ' || at FROM change_set ORDER BY seq DESC LIMIT 1";
    let id = committed.change_set.unwrap();
    let expected = format!("{id} 2 added OKAFOR act {} {}", patient(1), NOW.millis()).replace('-', "");
    assert_eq!(store.text(row), expected);
    assert_eq!(store.act("looked", &["SELECT 1 FROM patient"]).map(|c| c.change_set).ok().flatten(), None);
    assert_eq!(store.number("SELECT count(*) FROM change_set"), 2);
}

#[test]
fn whatever_fails_in_the_middle_leaves_nothing_behind() {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    let before = store.facts();
    for last in [
        "INSERT INTO visit (id, date, note) VALUES ('v2', '2026-11-24', 'refused')",
        "INSERT INTO visit (id, date, patient_id) VALUES ('v2', '2026-11-24', 'nobody')",
        "UPDATE patient SET id = 'another'",
        "this is no statement",
    ] {
        let failed = store.act("two steps", &["INSERT INTO visit (id, date) VALUES ('v1', '2026-11-24')", last]);
        assert!(failed.is_err(), "{last}");
        assert_eq!(store.facts(), before, "{last}");
        assert_eq!(store.number("SELECT count(*) FROM change"), 1, "{last}");
    }
    // The change set is closed again: the next write outside one still fails, inside one it works.
    assert!(store.conn.execute("DELETE FROM patient", []).is_err());
    store.act("one step", &["DELETE FROM patient"]).unwrap();
}

#[test]
fn the_log_only_grows() {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    for sql in [
        "UPDATE change_set SET name = 'another'",
        "DELETE FROM change_set",
        "UPDATE change SET after = x''",
        "DELETE FROM change",
        "INSERT OR REPLACE INTO change (seq, in_table, row_id, after) SELECT seq, in_table, row_id, x'' FROM change",
        "UPDATE log_name SET name = 'another' WHERE n = 1",
        "DELETE FROM log_name",
    ] {
        let refused = store.act("tampering", &[sql]).unwrap_err().to_string();
        assert!(refused.contains("the log only grows"), "{sql}: {refused}");
    }
}

#[test]
fn a_full_disk_is_said_and_leaves_the_record_whole_and_usable() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = crate::store::testing::create(&folder.path().join("record"));
    store.add_patient(1, "OKAFOR");
    let (before, pages) = (store.facts(), store.number("PRAGMA page_count"));
    store.conn.execute_batch(&format!("PRAGMA max_page_count = {}", pages + 2)).unwrap();
    let long = "INSERT INTO visit (id, date, note) VALUES ('v', '2026-11-24', printf('%.*c', 100000, 'x'))";
    assert!(matches!(store.act("wrote much", &[long]), Err(StoreError::DiskFull)));
    assert_eq!(store.facts(), before);
    store.conn.execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    store.act("wrote much", &[long]).unwrap();
    assert!(store.verify(None, &mut crate::store::Watch::nobody()).unwrap().is_sound());
}

#[test]
fn an_act_that_would_write_more_than_can_be_numbered_is_refused() {
    let mut store = memory();
    let open = store.open_set.clone();
    let add = |tx: &super::Tx, n| tx.execute("testing", "INSERT INTO bare VALUES (?1)", [format!("b{n}")]).map(|_| ());
    let nearly_full = |tx: &super::Tx| {
        let seq = tx.conn().query_row("SELECT next_change() >> 24", [], |row| row.get::<_, i64>(0)).unwrap();
        let last = crate::store::log::place(seq + 1, 0) - 2;
        open.set_next_for_test(last);
        (0..3).try_for_each(|n| add(tx, n))
    };
    let refused = store.transaction(&Act::new("wrote without end"), NOW, nearly_full).unwrap_err();
    assert!(format!("{refused:?}").contains("more rows than the log can number"), "{refused:?}");
    assert_eq!(store.number("SELECT count(*) FROM bare"), 0);
    store.act("went on", &["INSERT INTO bare VALUES ('b')"]).unwrap();
    assert!(store.verify(None, &mut crate::store::Watch::nobody()).unwrap().is_sound());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Text, numbers, bytes and nothing come back from the log as they went into the row.
    #[test]
    fn the_log_tells_every_value_exactly(
        texts in proptest::collection::vec(proptest::option::of("\\PC{0,12}|[\\x00-\\x1f\"\\\\'👩‍⚕️é]{0,6}"), 3),
        number in proptest::option::of(any::<i64>()),
        bytes in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..9)),
    ) {
        let mut store = memory();
        let write = |sql: &'static str, family: String, number: Option<i64>, bytes: Option<Vec<u8>>| {
            move |tx: &super::Tx| tx.execute("testing", sql, params![family, texts_of(number), number, bytes]).map(|_| ())
        };
        let family = |at: usize| texts[at].clone().unwrap_or_default();
        let at = Instant::from_millis(1);
        let insert = "INSERT INTO patient (id, family, number, weight, seal) VALUES ('p', ?1, ?2, ?3, ?4)";
        store.transaction(&Act::new("insert"), at, write(insert, family(0), number, bytes.clone())).unwrap();
        let update = "UPDATE patient SET family = ?1, number = ?2, weight = ?3, seal = ?4";
        store.transaction(&Act::new("update"), at, write(update, family(1), None, None)).unwrap();
        store.transaction(&Act::new("update"), at, write(update, family(2), number, bytes)).unwrap();
        let (schema, names) = (Schema::load(&store.conn).unwrap(), Names::load(&store.conn).unwrap());
        prop_assert_eq!(rows::compare(&store.conn, &schema, &names, &mut |_| Ok(())).unwrap(), vec![]);
    }
}

fn texts_of(number: Option<i64>) -> Option<String> {
    number.map(|number| format!("№ {number}"))
}
