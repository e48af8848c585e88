//! What is taken back, in which order, and what stands in the way.

use proptest::prelude::*;

use super::*;
use crate::store::open::Mode;
use crate::store::testing::{self, NOW, memory, patient};
use crate::store::{Watch, log::Act};

fn undo(store: &mut Store, scope: Scope) -> Result<String, String> {
    let next = store.next_undo(scope).unwrap().ok_or("nothing")?;
    store.undo(scope, next.change_set, NOW).map(|undone| undone.committed.name).map_err(|error| error.to_string())
}

fn redo(store: &mut Store, scope: Scope) -> Result<String, String> {
    let next = store.next_redo(scope).unwrap().ok_or("nothing")?;
    store.redo(scope, next.change_set, NOW).map(|undone| undone.committed.name).map_err(|error| error.to_string())
}

const VISIT: &str = "INSERT INTO visit (id, patient_id, date, note, score)
                     SELECT 'v1', id, '2026-11-24', 'quadriceps', 7 FROM patient LIMIT 1";

#[test]
fn acts_are_taken_back_newest_first_and_done_again_until_the_next_new_act() {
    let mut store = memory();
    let empty = store.facts();
    store.add_patient(1, "OKAFOR");
    let one = store.facts();
    store.act("booked", &[VISIT]).unwrap();
    store.act("scored", &["UPDATE visit SET score = 4, note = NULL"]).unwrap();
    let all = store.facts();
    let scope = Scope::Record;
    assert_eq!(undo(&mut store, scope), Ok("undid: scored".into()));
    assert_eq!(undo(&mut store, scope), Ok("undid: booked".into()));
    assert_eq!(store.facts(), one);
    assert_eq!(redo(&mut store, scope), Ok("did again: booked".into()));
    assert_eq!(redo(&mut store, scope), Ok("did again: scored".into()));
    assert_eq!(redo(&mut store, scope), Err("nothing".into()));
    assert_eq!(store.facts(), all);
    for name in ["scored", "booked", "added OKAFOR"] {
        assert_eq!(undo(&mut store, scope), Ok(format!("undid: {name}")));
    }
    assert_eq!(store.facts(), empty);
    assert_eq!(undo(&mut store, scope), Err("nothing".into()));
    assert_eq!(redo(&mut store, scope), Ok("did again: added OKAFOR".into()));
    store.add_patient(2, "HALE");
    assert_eq!(redo(&mut store, scope), Err("nothing".into()), "a new act ends what can be done again");
    assert_eq!(undo(&mut store, scope), Ok("undid: added HALE".into()));
    assert_eq!(undo(&mut store, scope), Ok("undid: added OKAFOR".into()));
    assert!(store.verify(None, &mut Watch::nobody()).unwrap().is_sound());
}

#[test]
fn an_undo_is_a_change_set_that_refers_to_its_act_and_the_log_only_grows() {
    let mut store = memory();
    let added = store.add_patient(1, "OKAFOR").change_set.unwrap();
    undo(&mut store, Scope::Record).unwrap();
    redo(&mut store, Scope::Record).unwrap();
    let sets = "SELECT group_concat(about.kind || ' ' || about.name || ' ' || lower(hex(about.patient_id)), '; ')
                FROM change_set AS about JOIN change_set AS act ON act.seq = about.act WHERE lower(hex(act.id)) = '{}'";
    let hex = |id: String| id.replace('-', "");
    let about =
        format!("undo undid: added OKAFOR {p}; redo did again: added OKAFOR {p}", p = hex(patient(1).to_string()));
    assert_eq!(store.text(&sets.replace("{}", &hex(added.to_string()))), about);
    assert_eq!(store.number("SELECT count(*) FROM change"), 3);
}

#[test]
fn in_a_chart_only_the_acts_on_its_patient_are_taken_back() {
    let mut store = memory();
    let (one, two) = (Scope::Patient(patient(1)), Scope::Patient(patient(2)));
    store.add_patient(1, "OKAFOR");
    store.add_patient(2, "HALE");
    assert_eq!(undo(&mut store, one), Ok("undid: added OKAFOR".into()));
    assert_eq!(undo(&mut store, one), Err("nothing".into()));
    // A new act on another patient does not end what can be done again here.
    store.act_on(&Act::new("weighed HALE").on(patient(2)), &["UPDATE patient SET weight = 80"]).unwrap();
    assert_eq!(redo(&mut store, Scope::Record), Err("nothing".into()));
    assert_eq!(redo(&mut store, one), Ok("did again: added OKAFOR".into()));
    assert_eq!(undo(&mut store, two), Ok("undid: weighed HALE".into()));
    assert_eq!(undo(&mut store, Scope::Record), Ok("undid: added HALE".into()));
}

#[test]
fn what_was_changed_since_stays_and_says_by_what() {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    let weigh = |name: &str, weight: i32| (Act::new(name.to_owned()), format!("UPDATE patient SET weight = {weight}"));
    let (act, sql) = weigh("printed the sheet", 2);
    store.act_on(&act.not_undoable(), &[&sql]).unwrap();
    let refused = undo(&mut store, Scope::Record).unwrap_err();
    assert_eq!(refused, "“added OKAFOR” stays: “printed the sheet” has changed the same since.");
    // An act on nobody changes the patient: in the chart the patient's own act stays until that one is taken back.
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    let (act, sql) = weigh("imported", 3);
    store.act_on(&act, &[&sql]).unwrap();
    let chart = Scope::Patient(patient(1));
    assert!(undo(&mut store, chart).unwrap_err().contains("“imported” has changed the same"));
    assert_eq!(undo(&mut store, Scope::Record), Ok("undid: imported".into()));
    assert_eq!(undo(&mut store, chart), Ok("undid: added OKAFOR".into()));
}

#[test]
fn what_is_referred_to_stays_and_says_by_what() {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    store.act("booked a visit", &[VISIT]).unwrap();
    let before = store.facts();
    let refused = undo(&mut store, Scope::Patient(patient(1))).unwrap_err();
    assert_eq!(refused, "“added OKAFOR” stays: “booked a visit” builds on it.");
    assert_eq!(store.facts(), before);
}

#[test]
fn what_it_needs_is_gone_or_a_rule_stands_in_the_way() {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    let chart = Scope::Patient(patient(2));
    store.act("booked", &[VISIT]).unwrap();
    store.act_on(&Act::new("cancelled").on(patient(2)), &["DELETE FROM visit"]).unwrap();
    store.act("removed OKAFOR", &["DELETE FROM patient"]).unwrap();
    let refused = undo(&mut store, chart).unwrap_err();
    assert_eq!(refused, "“cancelled” stays: “removed OKAFOR” has taken away what it needs.");
    // A number that was given to someone else meanwhile.
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    store.act("numbered", &["UPDATE patient SET number = '17'"]).unwrap();
    let clear = Act::new("cleared").on(patient(2));
    store.act_on(&clear, &["UPDATE patient SET number = NULL"]).unwrap();
    store.act("added HALE", &["INSERT INTO patient (id, family, number) VALUES ('p', 'HALE', '17')"]).unwrap();
    let refused = undo(&mut store, chart).unwrap_err();
    assert!(refused.contains("UNIQUE") && refused.contains("patient.number"), "{refused}");
}

#[test]
fn rows_that_point_to_each_other_go_and_come_together() {
    let mut store = memory();
    let both = ["INSERT INTO patient (id, family) VALUES ('p', 'HALE')", VISIT, "UPDATE visit SET patient_id = NULL"];
    store.act("added with visit", &both).unwrap();
    store.act("joined", &["UPDATE visit SET patient_id = 'p'", "UPDATE visit SET score = 3"]).unwrap();
    let all = store.facts();
    for _ in 0..2 {
        undo(&mut store, Scope::Record).unwrap();
        undo(&mut store, Scope::Record).unwrap();
        assert_eq!(store.number("SELECT count(*) FROM patient"), 0);
        redo(&mut store, Scope::Record).unwrap();
        redo(&mut store, Scope::Record).unwrap();
        assert_eq!(store.facts(), all);
    }
}

#[test]
fn undo_goes_on_across_restarts_and_takes_back_only_what_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    let mut store = testing::create(&path);
    let shown = store.add_patient(1, "OKAFOR").change_set.unwrap();
    store.close().unwrap();
    let mut store = testing::open(&path, Mode::Write).unwrap();
    store.add_patient(2, "HALE");
    let refused = store.undo(Scope::Record, shown, NOW).unwrap_err().to_string();
    assert_eq!(refused, "“added OKAFOR” stays: another act comes first.");
    undo(&mut store, Scope::Record).unwrap();
    store.undo(Scope::Record, shown, NOW).unwrap();
    assert_eq!(store.facts(), Vec::<String>::new());
}

#[test]
fn the_index_follows_an_undo() {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    store.act("booked", &[VISIT]).unwrap();
    let found = |store: &Store| store.find_text("quadriceps", None, None, 9).unwrap().len();
    assert_eq!(found(&store), 1);
    undo(&mut store, Scope::Record).unwrap();
    assert_eq!(found(&store), 0);
    redo(&mut store, Scope::Record).unwrap();
    assert_eq!(found(&store), 1);
}

#[test]
fn no_step_of_undo_reads_the_log_from_end_to_end() {
    let store = memory();
    let patient = Scope::Patient(patient(1));
    for sql in [
        next_undo_sql(Scope::Record),
        next_undo_sql(patient),
        next_redo_sql(Scope::Record),
        next_redo_sql(patient),
        apply::last_act_sql(),
        crate::store::log::changes_sql("DESC"),
    ] {
        let mut statement = store.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let values = (0..statement.parameter_count()).map(|_| Some("1"));
        let plan = statement.query_map(rusqlite::params_from_iter(values), |row| row.get(3)).unwrap();
        let plan: Vec<String> = plan.map(Result::unwrap).collect();
        for line in &plan {
            // The newest act of all is looked for from the end of the table, and found after the undos behind it.
            let from_the_end = line == "SCAN n" && sql.contains("n.seq DESC LIMIT 1");
            assert!(from_the_end || line.starts_with("SEARCH") || !line.contains("SCAN"), "{sql}\n{plan:#?}");
            assert!(!line.contains("TEMP B-TREE"), "{sql}\n{plan:#?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever was done, taking it all back gives the empty record, doing it again the full one.
    #[test]
    fn undo_restores(acts in proptest::collection::vec((0..4_u8, 0..3_u8, any::<i16>()), 1..12)) {
        let mut store = memory();
        let mut states = vec![store.facts()];
        for (what, row, value) in acts {
            let sql = match what {
                0 => format!("INSERT INTO patient (id, family, weight) VALUES ('p{row}', 'n{value}', {value})"),
                1 => format!("UPDATE patient SET weight = nullif({value}, 0), number = '{value}' || id WHERE id >= 'p{row}'"),
                2 => format!("INSERT INTO visit (id, patient_id, date) VALUES ('v{row}', 'p{row}', '2026-11-2{row}')"),
                _ => format!("DELETE FROM visit WHERE id >= 'v{row}'"),
            };
            let done = store.act("an act", &[&sql]);
            if done.is_ok_and(|committed| committed.change_set.is_some()) {
                states.push(store.facts());
            }
        }
        for state in states.iter().rev().skip(1) {
            undo(&mut store, Scope::Record).unwrap();
            prop_assert_eq!(&store.facts(), state);
        }
        for state in states.iter().skip(1) {
            redo(&mut store, Scope::Record).unwrap();
            prop_assert_eq!(&store.facts(), state);
        }
        prop_assert!(store.verify(None, &mut Watch::nobody()).unwrap().is_sound());
    }
}
