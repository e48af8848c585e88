//! What a sheet of brought-in rows holds, and what becomes of its rows.

use super::tests::{accepted, allergy, file, now};
use super::{Fate, Kept, Read, Rest, Row, Sheet};
use crate::clinical::elsewhere::{ElsewhereLine, LineKind, PastProcedure};
use crate::clinical::id::Ids;
use crate::clinical::patient::{Allergy, Facts, Known, ListKind};
use crate::clinical::procedure::Side;

fn waiting(text: &str) -> Row {
    Row::waiting(text, Read::Text(text.to_owned()))
}

fn record(ids: &mut Ids) -> (Vec<PastProcedure>, Vec<ElsewhereLine>) {
    let past = PastProcedure {
        id: ids.next(now().instant),
        what: "TFESI".to_owned(),
        level: "L5".to_owned(),
        side: Some(Side::Left),
        on: None,
        by: String::new(),
        steroid: String::new(),
    };
    let line = ElsewhereLine { id: ids.next(now().instant), kind: LineKind::Text, text: "uses a stick".to_owned() };
    (vec![past], vec![line])
}

#[test]
fn a_sheet_over_a_record_that_did_not_change_changes_nothing() {
    let (past, lines) = record(&mut Ids::seeded(1));
    let sheet = Sheet::of(&past, &lines);
    assert!(!sheet.is_begun(&past, &lines) && !sheet.would_change(&past, &lines));
    assert_eq!((sheet.rows.len(), sheet.new_rows(), sheet.waiting()), (2, 0, 0));
    assert_eq!(sheet.clone().over(&past, &lines), sheet);
}

#[test]
fn new_rows_stand_first_in_their_order_and_none_twice() {
    let (past, lines) = record(&mut Ids::seeded(1));
    let mut sheet = Sheet::of(&past, &lines);
    assert_eq!(sheet.add(vec![waiting("one"), waiting("two"), waiting("one")]), (0, 1));
    assert_eq!(sheet.add(vec![waiting("two"), waiting("three")]), (2, 1));
    let all: Vec<&str> = sheet.rows.iter().map(|row| row.line.as_str()).collect();
    assert_eq!(all, ["one", "two", "three", "TFESI L5 left", "uses a stick"]);
    assert!(sheet.is_begun(&past, &lines), "what waits is kept as a draft");
    assert!(!sheet.would_change(&past, &lines), "nothing was decided yet");
}

#[test]
fn the_rest_is_taken_but_for_what_the_record_holds() {
    let mut ids = Ids::seeded(1);
    let (past, lines) = record(&mut ids);
    let known = Allergy { id: ids.next(now().instant), substance: "Penicillin".to_owned(), reaction: None };
    let file = file(Facts { allergies: Known::Listed(vec![known], None), ..Facts::default() });
    let mut sheet = Sheet::of(&past, &lines);
    let dropped = Row { fate: Fate::Dropped, ..waiting("wrong patient") };
    sheet.add(vec![
        Row::waiting("penicillin", allergy("penicillin")),
        waiting("Uses a stick"),
        dropped,
        Row::waiting("latex", allergy("latex")),
    ]);
    assert_eq!(sheet.take_rest(&file), Rest { taken: 1, known: 2 });
    let fates: Vec<Fate> = sheet.rows.iter().map(|row| row.fate).collect();
    assert_eq!(fates, [Fate::Dropped, Fate::Dropped, Fate::Dropped, Fate::Accepted, Fate::Accepted, Fate::Accepted]);
    assert_eq!(sheet.take_rest(&file), Rest::default());
}

#[test]
fn the_next_that_waits_is_found_from_here_and_then_from_the_top() {
    let mut sheet = Sheet::default();
    sheet.add(vec![waiting("a"), waiting("b"), waiting("c")]);
    for (decided, from, next) in [(vec![], 1, Some(1)), (vec![1], 1, Some(2)), (vec![1, 2], 2, Some(0))] {
        let mut sheet = sheet.clone();
        for at in &decided {
            sheet.decide(*at, Fate::Accepted);
        }
        assert_eq!(sheet.next_waiting(from), next, "{decided:?}");
    }
    assert_eq!(sheet.drop_rest(), 3);
    assert_eq!(sheet.next_waiting(0), None);
    assert_eq!(Sheet::default().next_waiting(4), None);
}

#[test]
fn what_was_decided_stays_over_a_record_that_changed() {
    let mut ids = Ids::seeded(1);
    let (past, lines) = record(&mut ids);
    let mut sheet = Sheet::of(&past, &lines);
    sheet.add(vec![accepted(allergy("latex"))]);
    sheet.mend(2, "uses two sticks".to_owned(), Read::Text("uses two sticks".to_owned()));
    sheet.decide(1, Fate::Dropped);
    // The procedure was taken back meanwhile, another line came.
    let more = ElsewhereLine { id: ids.next(now().instant), kind: LineKind::Diagnosis, text: "asthma".to_owned() };
    let lines = vec![lines[0].clone(), more.clone()];
    let over = sheet.over(&[], &lines);
    let all: Vec<(String, Option<Kept>)> = over.rows.iter().map(|row| (row.read.show(), row.kept)).collect();
    let kept = |line: &ElsewhereLine| Some(Kept::Line(line.id));
    let expected = [("latex", None), ("uses two sticks", kept(&lines[0])), ("asthma", kept(&more))];
    assert_eq!(all, expected.map(|(text, kept)| (text.to_owned(), kept)));
    assert!(over.would_change(&[], &lines));
}

#[test]
fn an_empty_list_is_said_once_and_taken_back_by_saying_it_again() {
    let mut sheet = Sheet::default();
    sheet.ask(ListKind::Allergies);
    assert!(sheet.would_change(&[], &[]));
    sheet.ask(ListKind::Allergies);
    assert!(!sheet.would_change(&[], &[]));
}
