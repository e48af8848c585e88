//! Finding text, and keeping the index true to the facts.

use proptest::prelude::*;

use super::*;
use crate::store::Watch;
use crate::store::testing::{memory, patient};

fn noted(notes: &[(&str, &str)]) -> Store {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    for (at, (date, note)) in notes.iter().enumerate() {
        let write = |tx: &crate::store::tx::Tx| {
            let sql = "INSERT INTO visit (id, patient_id, date, note) VALUES (?1, ?2, ?3, ?4)";
            tx.execute("testing", sql, params![format!("v{at}"), patient(1).to_string(), date, note]).map(|_| ())
        };
        store.transaction(&crate::store::log::Act::new("noted"), crate::store::testing::NOW, write).unwrap();
    }
    store
}

fn find(store: &Store, words: &str) -> Vec<String> {
    store.find_text(words, None, None, 50).unwrap().into_iter().map(|found| found.record).collect()
}

#[test]
fn words_are_found_without_accents_or_case_and_the_last_also_as_a_beginning() {
    let store =
        noted(&[("2026-11-24", "Café: QUADRICEPS weak, \"give-way\" (L4)"), ("2026-11-25", "قوة العضلات 痛み 👩‍⚕️")]);
    for (words, expected) in [
        ("cafe quadriceps", vec!["v0"]),
        ("quad", vec!["v0"]),
        ("quad cafe", vec![]),
        ("\"give-way\" L4", vec!["v0"]),
        ("give way", vec!["v0"]),
        ("العضلات", vec!["v1"]),
        ("痛", vec!["v1"]),
        ("", vec![]),
        (" - \" * ( ", vec![]),
        ("weak NOT", vec![]),
        ("text:weak", vec![]),
    ] {
        assert_eq!(find(&store, words), expected, "{words}");
    }
}

#[test]
fn the_newest_come_first_and_the_next_page_goes_on() {
    let store = noted(&[
        ("2026-11-24", "weak b"),
        ("2026-11-26", "weak c"),
        ("1931-01-02", "weak a"),
        ("2026-11-26", "weak d"),
    ]);
    for words in ["weak", "we", "W"] {
        assert_eq!(find(&store, words), ["v3", "v1", "v0", "v2"], "{words}");
    }
    let short = store.find_text("w", None, store.find_text("w", None, None, 3).unwrap().last().map(|f| f.place), 9);
    assert_eq!(short.unwrap().iter().map(|found| found.record.as_str()).collect::<Vec<_>>(), ["v2"]);
    let first = store.find_text("weak", None, None, 2).unwrap();
    let second = store.find_text("weak", None, first.last().map(|found| found.place), 2).unwrap();
    assert_eq!(second.iter().map(|found| found.record.as_str()).collect::<Vec<_>>(), ["v0", "v2"]);
    assert_eq!(store.find_text("weak", Some(patient(2)), None, 9).unwrap(), []);
    assert_eq!(store.find_text("weak", Some(patient(1)), None, 9).unwrap().len(), 4);
}

#[test]
fn a_find_tells_where_and_shows_the_words_around() {
    let store = noted(&[("2026-11-24", "left quadriceps weak")]);
    let found = store.find_text("quadriceps", None, None, 1).unwrap().remove(0);
    assert_eq!(
        (found.field.as_str(), found.patient, found.date.as_deref()),
        ("visit.note", Some(patient(1)), Some("2026-11-24"))
    );
    assert_eq!(found.around, "left quadriceps weak");
}

#[test]
fn the_index_follows_every_write_and_is_rebuilt_the_same() {
    let mut store = noted(&[("2026-11-24", "weak"), ("2026-11-24", "strong"), ("2026-11-25", "numb")]);
    store
        .act(
            "mended",
            &["UPDATE visit SET note = 'better' WHERE id = 'v0'", "UPDATE visit SET note = NULL WHERE id = 'v1'"],
        )
        .unwrap();
    store.act("removed", &["DELETE FROM visit WHERE id = 'v2'"]).unwrap();
    let all = |store: &Store| ["weak", "strong", "numb", "better"].map(|word| find(store, word));
    let expected = [vec![], vec![], vec![], vec!["v0".to_owned()]];
    assert_eq!(all(&store), expected);
    store.conn.execute_batch("INSERT INTO search (search) VALUES ('delete-all')").unwrap();
    let proof = store.verify(None, &mut Watch::nobody()).unwrap();
    assert!(!proof.is_sound());
    store.rebuild_search().unwrap();
    assert_eq!(all(&store), expected);
    store.act("noted", &["UPDATE visit SET note = 'tingling' WHERE id = 'v1'"]).unwrap();
    assert_eq!(find(&store, "tingling"), ["v1"]);
    assert!(store.verify(None, &mut Watch::nobody()).unwrap().is_sound());
}

/// Notes enough that not all of them are looked at, with words of one beginning.
fn many() -> Store {
    let mut store = memory();
    store.add_patient(1, "OKAFOR");
    let words = ["physiotherapy", "physiotherapist", "physiology", "left", "Physik", "großzügig", "groß"];
    let mut notes: Vec<String> = (0..900).map(|n| format!("{} {} note {n}", words[n % 7], words[n / 7 % 7])).collect();
    notes[3] = "physiotherapeutic rarity, left".to_owned();
    let write = |tx: &crate::store::tx::Tx| {
        notes.iter().enumerate().try_for_each(|(n, note)| {
            let sql = "INSERT INTO visit (id, patient_id, date, note) VALUES (?1, ?2, date('2020-01-01', ?3), ?4)";
            let day = format!("+{} days", n / 3);
            tx.execute("testing", sql, params![format!("v{n}"), patient(1).to_string(), day, note]).map(|_| ())
        })
    };
    store.transaction(&crate::store::log::Act::new("noted"), crate::store::testing::NOW, write).unwrap();
    store
}

#[test]
fn a_quick_search_finds_what_the_whole_one_finds() {
    let store = many();
    for typed in [
        "physiot",
        "physiotherapi",
        "physiotherapeutic",
        "physiotherapeutics",
        "großzügig",
        "GROSSZÜGIG",
        "left p",
        "left ph",
        "left g",
        "left x",
        "note 89",
        "rarity le",
    ] {
        let query = Query::of(typed).unwrap();
        assert!(query.quick.is_some(), "{typed}");
        for (place, limit) in
            [(None, 10), (None, 2_000), (store.find_text("note", None, None, 50).unwrap().pop().map(|f| f.place), 10)]
        {
            let asked = Asked { patient: None, before: place.unwrap_or(i64::MAX), limit };
            let whole = walk(&store.conn, &query.whole, &query, &asked).unwrap().0;
            let places = |found: &[Found]| found.iter().map(|found| found.place).collect::<Vec<_>>();
            assert_eq!(places(&store.find_text(typed, None, place, limit).unwrap()), places(&whole), "{typed}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_is_a_wrong_query(words in "\\PC*|[\\x00-\\x7f]*|[\"*^:() +-]*(AND|OR|NOT|NEAR|text)?[\"*]*") {
        let store = memory();
        prop_assert!(store.find_text(&words, None, None, 5).is_ok());
    }
}

#[test]
fn a_pasted_book_is_only_looked_at_as_far_as_it_counts() {
    let store = noted(&[("2026-11-24", "weak")]);
    assert_eq!(find(&store, &"weak ".repeat(200_000)), ["v0"]);
    assert_eq!(find(&store, &"x".repeat(1_000_000)), Vec::<String>::new());
}
