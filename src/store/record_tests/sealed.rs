//! Reflections: sealed wherever they stand, opened for their evening, gone when deleted.

use super::world::{World, day};
use crate::action::write::Write;
use crate::clinical::draft::{DraftKey, REFLECTION_FORM};
use crate::clinical::reflection::{Reflection, ReflectionText};
use crate::store::{Draft, Store, StoreError};

/// Every text of every table, the full-text index and the log among them.
fn all_text(store: &Store) -> String {
    let mut names = store.conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut out = String::new();
    for name in names {
        let mut statement = store.conn.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for n in 0..width {
                out.push_str(&format!("{:?}\n", row.get_ref(n).unwrap()));
                if let Ok(text) = row.get::<_, String>(n) {
                    out.push_str(&text);
                }
                if let Ok(bytes) = row.get::<_, Vec<u8>>(n) {
                    out.push_str(&String::from_utf8_lossy(&bytes));
                }
            }
        }
    }
    out
}

#[test]
fn no_word_of_a_reflection_stands_in_the_file_and_all_of_it_comes_back() {
    let mut world = World::new();
    let reflection = world.reflection(day(24), "heronsong, and a long corridor");
    world.commit(Write::PutReflection(reflection.clone()));
    let draft = Draft {
        key: DraftKey::of(REFLECTION_FORM, day(25)),
        saved_at: world.now,
        body: "{\"text\":\"heronsong again\"}".to_owned(),
    };
    world.store.put_draft(&draft).unwrap();
    let task = world.caught("call about the swanlight lamp");
    let all = all_text(&world.store);
    assert!(!all.contains("heronsong") && !all.contains("round at noon"));
    assert!(all.contains("swanlight"), "{task:?} shows that text would be found");
    assert_eq!(world.store.reflection(day(24)).unwrap(), Some(reflection));
    assert_eq!(world.store.reflection(day(25)).unwrap(), None);
    assert_eq!(world.store.draft(&draft.key).unwrap(), Some(draft.clone()));
    assert_eq!(world.store.drafts().unwrap(), [draft]);
    assert!(world.store.find_hits("heronsong", 9).unwrap().is_empty());
}

#[test]
fn an_evening_has_one_reflection_and_keeping_it_lets_its_draft_go() {
    let mut world = World::new();
    let first = world.reflection(day(24), "first");
    world.commit(Write::PutReflection(first.clone()));
    let key = DraftKey::of(REFLECTION_FORM, day(24));
    world.store.put_draft(&Draft { key: key.clone(), saved_at: world.now, body: "{}".to_owned() }).unwrap();
    let second = world.reflection(day(24), "second");
    world.commit_typed(Write::PutReflection(second.clone()), &key);
    assert_eq!(world.store.reflection(day(24)).unwrap(), Some(Reflection { id: first.id, ..second.clone() }));
    assert!(world.store.drafts().unwrap().is_empty());
    // The same text again is no change.
    let changes = "SELECT count(*) FROM change";
    let before = world.store.number(changes);
    world.commit(Write::PutReflection(second));
    assert_eq!(world.store.number(changes), before);
}

#[test]
fn earlier_evenings_come_newest_first_with_their_words() {
    let mut world = World::new();
    for (n, text) in [(21, "rain, later sun"), (20, "Évening of rain"), (23, "sun")] {
        let reflection = world.reflection(day(n), text);
        world.commit(Write::PutReflection(reflection));
    }
    let all = world.store.reflections().unwrap();
    let read: Vec<_> = all.iter().map(|reflection| (reflection.date, reflection.text.text.as_str())).collect();
    assert_eq!(read, [(day(23), "sun"), (day(21), "rain, later sun"), (day(20), "Évening of rain")]);
}

#[test]
fn a_deleted_reflection_is_gone_for_good_and_only_that_is_left() {
    let mut world = World::new();
    let reflection = world.reflection(day(24), "not to be kept");
    world.commit(Write::PutReflection(reflection.clone()));
    let sealed = world.store.text("SELECT sealed FROM reflection");
    world.commit(Write::DeleteReflection(reflection.id));
    assert_eq!(world.store.reflection(day(24)).unwrap(), None);
    // The log still holds the sealed text, and what could open it is nowhere.
    assert!(world.store.logged("delete").concat().contains(&sealed));
    assert_eq!(world.store.number("SELECT count(*) FROM machine WHERE key LIKE 'reflection%'"), 0);
    // It is not offered to be undone, and neither is the writing of what is gone.
    let step = world.store.undo_step(None).unwrap().unwrap();
    assert_eq!(step.act, "reflection of 24 Nov 2026");
    let refused = world.store.take_back(&step, world.clock_says());
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    // The evening can be written again.
    let again = world.reflection(day(24), "another");
    world.commit(Write::PutReflection(again.clone()));
    assert_eq!(world.store.reflection(day(24)).unwrap(), Some(again));
}

#[test]
fn a_reflection_taken_back_and_done_again_opens() {
    let mut world = World::new();
    let reflection = world.reflection(day(24), "once more");
    world.commit(Write::PutReflection(reflection.clone()));
    let step = world.store.undo_step(None).unwrap().unwrap();
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert_eq!(world.store.reflection(day(24)).unwrap(), None);
    world.store.do_again(&step, world.clock_says()).unwrap();
    assert_eq!(world.store.reflection(day(24)).unwrap(), Some(reflection));
}

#[test]
fn a_tampered_reflection_is_named_and_the_others_are_not_shown_wrong() {
    let mut world = World::new();
    let (first, second) = (world.reflection(day(23), "one"), world.reflection(day(24), "two"));
    for reflection in [first, second.clone()] {
        world.commit(Write::PutReflection(reflection));
    }
    // The text of one evening put in place of another's does not open.
    world
        .store
        .act(
            "tampered",
            &["UPDATE reflection SET sealed = (SELECT sealed FROM reflection WHERE date = '2026-11-23')
             WHERE date = '2026-11-24'"],
        )
        .unwrap();
    match world.store.reflection(day(24)) {
        Err(StoreError::WrongValue { table, row, column }) => {
            assert_eq!((table, row, column.as_str()), ("reflection", second.id.to_string(), "sealed"));
        }
        other => panic!("{other:?}"),
    }
    assert!(world.store.reflection(day(23)).unwrap().is_some());
}

#[test]
fn without_a_practice_nothing_is_written_unsealed() {
    let now = super::world::at(day(24), "07:30:00");
    let mut store = Store::in_memory(crate::clinical::id::Ids::seeded(5), now).unwrap();
    let draft = Draft { key: DraftKey::of(REFLECTION_FORM, day(24)), saved_at: now, body: "heronsong".to_owned() };
    assert!(matches!(store.put_draft(&draft), Err(StoreError::Constraint { .. })));
    let text = ReflectionText { text: "heronsong".to_owned(), ..ReflectionText::default() };
    let id = crate::clinical::id::Ids::seeded(6).next(now);
    let write = Write::PutReflection(Reflection { id, date: day(24), text });
    let says = crate::clinical::time::Now { instant: now, zone: super::world::ZONE };
    assert!(matches!(store.commit(write, says), Err(StoreError::Constraint { .. })));
    assert!(!all_text(&store).contains("heronsong"));
}
