//! The cases of a change of medicine.

use super::*;
use crate::clinical::id::Ids;
use crate::clinical::models::StoppedMedicine;
use crate::clinical::time::{Instant, Now};
use crate::clinical::vocab::Vocab;

fn list(ids: &mut Ids) -> Vec<Medication> {
    let mut one = |line: &str| Medication::new(ids.next(Instant::from_millis(0)), line, None);
    vec![one("gabapentin 300 mg 1-1-1"), one("naproxen 500 mg as needed"), one("Neurolinium 5 mg at night")]
}

#[test]
fn the_words_of_a_plan_change_the_list() {
    let mut ids = Ids::seeded(7);
    let list = list(&mut ids);
    let change = |at: usize, line: &str| MedicineChange::Change {
        medicine: list[at].id,
        before: list[at].line.clone(),
        line: line.to_owned(),
    };
    for (words, expected) in [
        ("change gabapentin to 600", Some(change(0, "gabapentin 600 mg 1-1-1"))),
        ("Raise Neurontin to 600 mg", Some(change(0, "gabapentin 600 mg 1-1-1"))),
        ("gabapentin 600 bid", Some(change(0, "gabapentin 600 bid"))),
        ("gabapentin 300 mg 1-1-1", None),
        ("gabapentin", None),
        ("change neurolinium to 10 mg", Some(change(2, "Neurolinium 10 mg at night"))),
        (
            "stop naproxen because of the stomach",
            Some(MedicineChange::Stop {
                medicine: list[1].id,
                line: list[1].line.clone(),
                reason: "the stomach".to_owned(),
            }),
        ),
        ("stop duloxetine", None),
        ("start duloxetine 30 mg daily", Some(MedicineChange::Start("duloxetine 30 mg daily".to_owned()))),
        ("duloxetine 30 mg daily", Some(MedicineChange::Start("duloxetine 30 mg daily".to_owned()))),
        ("gabapentin 600 mg by mouth bid", Some(change(0, "gabapentin 600 mg by mouth bid"))),
        ("uptitrate gabapentin to 600 mg", Some(change(0, "gabapentin 600 mg 1-1-1"))),
        ("continue gabapentin 600 mg", Some(change(0, "gabapentin 600 mg 1-1-1"))),
        ("reduce gabapentin by 100 mg", None),
        ("gabapentin by 100 mg", None),
        ("increase gabapentin from 300 to 600 mg", None),
        ("gabapentin 300 mg to 600 mg", None),
        ("change gabapentin to pregabalin 75 mg bid", None),
        ("raise duloxetine by 30 mg", None),
        ("walk every day", None),
        ("", None),
    ] {
        assert_eq!(of_plan(words, &list), expected, "{words}");
    }
}

fn lines(ids: &mut Ids, lines: &[&str]) -> Vec<Medication> {
    lines.iter().map(|line| Medication::new(ids.next(Instant::from_millis(0)), *line, None)).collect()
}

fn told(change: Option<&MedicineChange>) -> String {
    match change {
        None => String::new(),
        Some(MedicineChange::Start(line)) => format!("start {line}"),
        Some(MedicineChange::Change { before, line, .. }) => format!("{before} -> {line}"),
        Some(MedicineChange::Stop { line, .. }) => format!("stop {line}"),
    }
}

#[test]
fn words_mean_the_line_of_their_own_form_and_none_where_it_is_open_which() {
    let (er, ir, prn) = ("oxycodone er 20 mg bid", "oxycodone ir 5 mg q6h prn", "oxycodone 5 mg q6h prn");
    let (patch, lozenge) = ("fentanyl patch 25 mcg/h q72h", "fentanyl lozenge 200 mcg q6h prn");
    let mut ids = Ids::seeded(7);
    for (list, words, expected) in [
        (&[er][..], "start oxycodone ir 5 mg q6h prn", "start oxycodone ir 5 mg q6h prn"),
        (&[er], "oxycodone ir 5 mg q6h prn", "start oxycodone ir 5 mg q6h prn"),
        (&[er], "start oxycodone 5 mg q6h prn", "start oxycodone 5 mg q6h prn"),
        (&[er], "start oxycodone er 30 mg bid", ""),
        (&[er], "start oxycodone 30 mg bid", ""),
        (&[er], "stop oxycodone ir", ""),
        (&[er], "stop oxycodone ir 5 mg q6h prn", ""),
        (&[er], "stop oxycodone 5 mg", ""),
        (&[er], "stop oxycodone", "stop oxycodone er 20 mg bid"),
        (&[er], "change oxycodone to 30 mg", "oxycodone er 20 mg bid -> oxycodone er 30 mg bid"),
        (&[er], "change oxycodone to ir 5 mg", ""),
        (&[er, ir], "stop oxycodone ir", "stop oxycodone ir 5 mg q6h prn"),
        (&[er, ir], "change oxycodone ir to 10 mg", "oxycodone ir 5 mg q6h prn -> oxycodone ir 10 mg q6h prn"),
        (&[er, ir], "stop oxycodone", ""),
        (&[er, ir], "change oxycodone to 30 mg", ""),
        (&[er, ir], "oxycodone 30 mg bid", ""),
        (&[er, prn], "change oxycodone er to 30 mg", "oxycodone er 20 mg bid -> oxycodone er 30 mg bid"),
        (&[er, prn], "oxycodone 10 mg q6h prn", "oxycodone 5 mg q6h prn -> oxycodone 10 mg q6h prn"),
        (&[er, prn], "stop oxycodone 5 mg", "stop oxycodone 5 mg q6h prn"),
        (&[er, prn], "stop oxycodone 20 mg bid", "stop oxycodone er 20 mg bid"),
        (&[patch], "start fentanyl lozenge 200 mcg q6h prn", "start fentanyl lozenge 200 mcg q6h prn"),
        (&[patch], "stop fentanyl lozenge", ""),
        (&[patch, lozenge], "stop fentanyl lozenge", "stop fentanyl lozenge 200 mcg q6h prn"),
        (
            &[patch, lozenge],
            "change fentanyl patch to 50 mcg/h",
            "fentanyl patch 25 mcg/h q72h -> fentanyl patch 50 mcg/h q72h",
        ),
        (&["gabapentin 300 mg 1-1-1"], "start gabapentin 300 mg tid", ""),
        (&["gabapentin 300 mg 1-1-1"], "start gabapentin", ""),
    ] {
        let list = lines(&mut ids, list);
        assert_eq!(told(of_plan(words, &list).as_ref()), expected, "{words}");
    }
}

#[test]
fn a_piece_that_begins_changes_no_line_and_what_is_open_is_said() {
    let mut ids = Ids::seeded(7);
    let at = Instant::from_millis(0);
    let (er, prn) = ("oxycodone er 20 mg bid", "oxycodone 5 mg q6h prn");
    let mut item = |what: &str, state| PlanItem { state, ..PlanItem::new(ids.next(at), Modality::Medication, what) };
    let last = [item("Oxycodone 20 mg", ItemState::Active), item("Oxycodone 5 mg q6h prn", ItemState::Proposed)];
    let again = |item: &PlanItem, what: &str, state| PlanItem { what: what.to_owned(), state, ..item.clone() };
    let cases = [
        (vec![er], item("Oxycodone ir 5 mg q6h prn", ItemState::Active), "start Oxycodone ir 5 mg q6h prn", ""),
        (vec![er], again(&last[1], &last[1].what, ItemState::Active), "start Oxycodone 5 mg q6h prn", ""),
        (vec![er], item("Oxycodone er 30 mg bid", ItemState::Active), "", "oxycodone er 20 mg bid is on the list"),
        (vec![er], item("Oxycodone er 20 mg bid", ItemState::Active), "", ""),
        (vec![er, prn], item("Oxycodone", ItemState::Stopped), "", "Oxycodone is on the list more than once"),
        (vec![er], item("Oxycodone ir", ItemState::Stopped), "", "the list has oxycodone er 20 mg bid only"),
        (
            vec![prn, "oxycodone 20 mg"],
            again(&last[0], "Oxycodone 30 mg", ItemState::Changed),
            "oxycodone 20 mg -> oxycodone 30 mg",
            "",
        ),
    ];
    for (listed, item, change, unclear) in cases {
        let taken = lines(&mut Ids::seeded(9), &listed);
        let plan = Plan { items: last.to_vec(), ..Plan::new(Ids::seeded(1).next(at), Ids::seeded(2).next(at), 1, at) };
        let items = [item];
        let changes = of_items(Some(&plan), &items, &taken);
        assert_eq!(told(changes.first()), change, "{items:?}");
        let said = leaves_list(&PlanItemDraft::of(&items[0], &[]), &plan.items, &taken).unwrap_or_default();
        assert!(said.starts_with(unclear) && said.is_empty() == unclear.is_empty(), "{items:?}: {said}");
    }
}

#[test]
fn the_piece_of_the_same_form_follows_the_list() {
    let mut ids = Ids::seeded(8);
    let now = Now { instant: Instant::from_millis(0), zone: chrono_tz::UTC };
    let mut plan = Plan::new(ids.next(now.instant), ids.next(now.instant), 3, now.instant);
    let pieces = ["Oxycodone 5 mg q6h prn", "oxycodone er 20 mg bid"];
    plan.items = pieces
        .map(|what| PlanItem {
            state: ItemState::Active,
            ..PlanItem::new(ids.next(now.instant), Modality::Medication, what)
        })
        .to_vec();
    for (before, after, expected) in [
        ("oxycodone er 20 mg bid", "oxycodone er 30 mg bid", Some([pieces[0], "oxycodone er 30 mg bid"])),
        ("oxycodone 5 mg q6h prn", "oxycodone 10 mg q6h prn", Some(["oxycodone 10 mg q6h prn", pieces[1]])),
        ("oxycodone ir 5 mg q6h prn", "oxycodone ir 10 mg q6h prn", Some(["oxycodone ir 10 mg q6h prn", pieces[1]])),
    ] {
        let next = plan_follows(&plan, before, Some(after), (&mut ids, now));
        let words: Option<Vec<String>> = next.map(|next| next.items.into_iter().map(|item| item.what).collect());
        assert_eq!(words, expected.map(|words| words.map(str::to_owned).to_vec()), "{before}");
    }
    plan.items.remove(0);
    assert_eq!(
        plan_follows(&plan, "oxycodone 5 mg q6h prn", None, (&mut ids, now)),
        None,
        "another form is left alone"
    );
}

#[test]
fn a_strength_with_what_it_is_in_is_put_in_the_place_of_the_whole_other_one() {
    let mut ids = Ids::seeded(7);
    let mut one = |line: &str| Medication::new(ids.next(Instant::from_millis(0)), line, None);
    let list = [
        one("fentanyl patch 50 mcg/h q72h"),
        one("methadone 10 mg/ml 0.5 ml tid"),
        one("morphine 10 mg/5 ml 5 ml qid"),
    ];
    for (words, expected) in [
        ("reduce fentanyl patch to 25 mcg/h", "fentanyl patch 25 mcg/h q72h"),
        ("change methadone to 5 mg/ml", "methadone 5 mg/ml 0.5 ml tid"),
        ("change morphine to 20 mg/5 ml", "morphine 20 mg/5 ml 5 ml qid"),
    ] {
        let Some(MedicineChange::Change { line, .. }) = of_plan(words, &list) else { panic!("{words}") };
        assert_eq!(line, expected, "{words}");
    }
}

#[test]
fn the_piece_of_a_plan_follows_the_list() {
    let mut ids = Ids::seeded(8);
    let now = Now { instant: Instant::from_millis(0), zone: chrono_tz::UTC };
    let mut plan = Plan::new(ids.next(now.instant), ids.next(now.instant), 3, now.instant);
    let mut item = |what: &str, modality, state| PlanItem {
        state,
        ..PlanItem::new(ids.next(Instant::from_millis(0)), modality, what)
    };
    plan.items = vec![
        item("Gabapentin 300 mg three times a day", Modality::Medication, ItemState::Active),
        item("naproxen 500 mg", Modality::Medication, ItemState::Stopped),
        item("walk", Modality::SelfCare, ItemState::Active),
    ];
    for (name, before, after, expected) in [
        (
            "another dose",
            "gabapentin 300 mg 1-1-1",
            Some("gabapentin 600 mg 1-1-1"),
            Some(("gabapentin 600 mg 1-1-1", ItemState::Changed)),
        ),
        ("stopped", "gabapentin 300 mg 1-1-1", None, Some(("Gabapentin 300 mg three times a day", ItemState::Stopped))),
        (
            "by its brand",
            "Neurontin 300 mg 1-1-1",
            None,
            Some(("Gabapentin 300 mg three times a day", ItemState::Stopped)),
        ),
        ("said already", "gabapentin 300 mg", Some("Gabapentin 300 mg three times a day"), None),
        ("no piece of it", "duloxetine 30 mg", Some("duloxetine 60 mg"), None),
        ("the piece is over", "naproxen 500 mg", None, None),
    ] {
        let next = plan_follows(&plan, before, after, (&mut ids, now));
        let found = next.as_ref().map(|next| (next.items[0].what.as_str(), next.items[0].state));
        assert_eq!(found, expected, "{name}");
        let Some(next) = next else { continue };
        assert_eq!((next.version, next.visit, next.unchanged), (4, None, false), "{name}");
        assert_eq!(next.items[1..].iter().map(|item| &item.what).collect::<Vec<_>>(), ["naproxen 500 mg", "walk"]);
        for (old, new) in plan.items.iter().zip(&next.items) {
            assert!(old.id != new.id && old.piece == new.piece, "{name}: the same piece in a row of its own");
        }
    }
}

#[test]
fn a_plan_with_several_pieces_of_a_medicine_says_that_none_of_them_follows() {
    let mut ids = Ids::seeded(9);
    let now = Now { instant: Instant::from_millis(0), zone: chrono_tz::UTC };
    let mut plan = Plan::new(ids.next(now.instant), ids.next(now.instant), 3, now.instant);
    let mut item = |what: &str| PlanItem {
        state: ItemState::Active,
        ..PlanItem::new(ids.next(Instant::from_millis(0)), Modality::Medication, what)
    };
    plan.items = vec![item("gabapentin in the morning"), item("gabapentin more at night"), item("naproxen 500 mg")];
    for (line, said) in [
        ("gabapentin 300 mg tid", Some("the plan has several pieces of gabapentin: none was changed, look there")),
        ("naproxen 500 mg", None),
        ("duloxetine 30 mg", None),
    ] {
        assert_eq!(plan_stays(&plan, line).as_deref(), said, "{line}");
    }
}

#[test]
fn what_a_plan_would_do_is_seen_on_the_list_before_it_is_set() {
    let mut ids = Ids::seeded(7);
    let list = list(&mut ids);
    let item = |what: &str, state| PlanItem {
        state,
        ..PlanItem::new(uuid::Uuid::from_u128(1).into(), Modality::Medication, what)
    };
    let lines = |items: &[PlanItem], last: Option<&Plan>| {
        let known = Known::Listed(list.clone(), None);
        let after = list_after(&known, &of_items(last, items, &list));
        after.items().iter().map(|one| one.line.clone()).collect::<Vec<_>>()
    };
    let untouched: Vec<&str> = list.iter().map(|one| one.line.as_str()).collect();
    let change = [item("gabapentin 600 mg 1-1-1", ItemState::Changed)];
    for (items, expected) in [
        (&[item("gabapentin 300 mg 1-1-1", ItemState::Active)][..], untouched.clone()),
        (&change, vec!["gabapentin 600 mg 1-1-1", untouched[1], untouched[2]]),
        (&[item("naproxen 500 mg", ItemState::Stopped)], vec![untouched[0], untouched[2]]),
        (
            &[item("morphine er 30 mg bid", ItemState::Active)],
            vec![untouched[0], untouched[1], untouched[2], "morphine er 30 mg bid"],
        ),
        (&[item("morphine er 30 mg bid", ItemState::Proposed)], untouched.clone()),
    ] {
        assert_eq!(lines(items, None), expected, "{items:?}");
    }
    let at = Instant::from_millis(0);
    let said = Plan { items: change.to_vec(), ..Plan::new(ids.next(at), ids.next(at), 1, at) };
    assert_eq!(lines(&change, Some(&said)), untouched, "what the last version said the same does nothing");
    let unknown = list_after(&Known::Unknown, &[MedicineChange::Start("morphine er 30 mg bid".to_owned())]);
    assert!(matches!(unknown, Known::Listed(items, None) if items.len() == 1), "it joins, and nobody reviewed it");
}

#[test]
fn a_dose_typed_of_a_medicine_of_the_list_changes_it_and_anything_else_is_only_proposed() {
    let list = list(&mut Ids::seeded(7));
    for (what, state, expected) in [
        ("gabapentin 600 mg 1-1-1", None, Some(ItemState::Changed)),
        ("gabapentin 600 mg 1-1-1", Some(ItemState::Proposed), Some(ItemState::Proposed)),
        ("gabapentin 300 mg 1-1-1", None, None),
        ("duloxetine 30 mg daily", None, None),
    ] {
        let modality = Some(Modality::Medication);
        let item = PlanItemDraft { what: what.to_owned(), modality, state, ..PlanItemDraft::default() };
        let mut items = [item];
        changes_dose(&mut items, &list);
        assert_eq!(items[0].state, expected, "{what} {state:?}");
    }
}

#[test]
fn what_the_list_alone_changed_is_a_piece_of_the_next_plan() {
    let mut ids = Ids::seeded(7);
    let at = Instant::from_millis(0);
    let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    let mut one = |line: &str| Medication::new(ids.next(at), line, None);
    let mut list = vec![one("gabapentin 600 mg 1-1-1"), one("duloxetine 60 mg daily"), one("naproxen 500 mg bid")];
    let gone = one("tramadol 50 mg qid");
    list[2].started = Some(day(20));
    let change = |medicine: &Medication, was: &str, on| DoseChange {
        id: uuid::Uuid::from_u128(9).into(),
        medicine: medicine.id,
        was: was.to_owned(),
        became: medicine.line.clone(),
        on,
    };
    let since = ListSince {
        from: day(3),
        changed: vec![
            change(&list[0], "gabapentin 300 mg 1-1-1", day(12)),
            change(&list[1], "duloxetine 30 mg daily", day(1)),
        ],
        stopped: vec![StoppedMedicine {
            id: gone.id,
            line: gone.line.clone(),
            started: None,
            stopped: day(15),
            reason: "dizzy".to_owned(),
        }],
    };
    let item = |what: &str, state| PlanItem {
        state,
        ..PlanItem::new(uuid::Uuid::from_u128(1).into(), Modality::Medication, what)
    };
    let told = |items: Vec<PlanItem>| {
        let plan = Plan { items, ..Plan::new(Ids::seeded(1).next(at), Ids::seeded(2).next(at), 1, at) };
        let pieces = of_list(&plan, &list, &since);
        let words = |piece: OfList| {
            let was = piece.was.map(|was| format!("{was} -> ")).unwrap_or_default();
            format!("{was}{} {}", piece.item.what, piece.item.state.unwrap().label())
        };
        pieces.into_iter().map(words).collect::<Vec<_>>()
    };
    assert_eq!(
        told(Vec::new()),
        [
            "gabapentin 300 mg 1-1-1 -> gabapentin 600 mg 1-1-1 changed",
            "naproxen 500 mg bid active",
            "tramadol 50 mg qid -> tramadol 50 mg qid stopped"
        ],
        "what changed before the plan was set is none of it"
    );
    let spoken = vec![
        item("raise gabapentin to 600 mg", ItemState::Changed),
        item("Naproxen 500 mg bid", ItemState::Active),
        item("tramadol", ItemState::Stopped),
    ];
    assert_eq!(told(spoken), [""; 0], "what the plan speaks of already is not added");
}

#[test]
fn the_reason_of_a_piece_that_is_stopped_goes_to_the_list() {
    let mut ids = Ids::seeded(12);
    let list = list(&mut ids);
    for (what, why, reason) in [
        ("Naproxen 500 mg", "the stomach", "the stomach"),
        ("stop naproxen", " kidneys ", "kidneys"),
        ("stop naproxen because of the stomach", "kidneys", "the stomach"),
        ("naproxen", "", ""),
    ] {
        let item = PlanItem {
            state: ItemState::Stopped,
            why: why.to_owned(),
            ..PlanItem::new(ids.next(Instant::from_millis(0)), Modality::Medication, what)
        };
        let expected =
            MedicineChange::Stop { medicine: list[1].id, line: list[1].line.clone(), reason: reason.to_owned() };
        assert_eq!(of_items(None, &[item], &list), [expected], "{what} {why}");
    }
}

#[test]
fn changes_of_one_day_are_one_and_a_spelling_is_none() {
    let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    let change = |was: &str, became: &str, on| DoseChange {
        id: uuid::Uuid::from_u128(9).into(),
        medicine: uuid::Uuid::from_u128(1).into(),
        was: was.to_owned(),
        became: became.to_owned(),
        on,
    };
    let told = |changes: Vec<DoseChange>| {
        by_day(changes)
            .into_iter()
            .map(|one| format!("{} {}-{}", one.on.format("%d"), one.was, one.became))
            .collect::<Vec<_>>()
    };
    let (a, b, c) = ("gabapentin 300 tid", "gabapentin 600 tid", "gabapentin 900 tid");
    assert_eq!(told(vec![change(a, b, day(3)), change(b, c, day(3))]), [format!("03 {a}-{c}")]);
    assert_eq!(told(vec![change(b, c, day(3)), change(a, b, day(3))]), [format!("03 {a}-{c}")]);
    assert_eq!(told(vec![change(a, b, day(3)), change(b, a, day(3))]), [""; 0]);
    assert_eq!(told(vec![change(a, b, day(3)), change(b, c, day(4))]).len(), 2);
    for (was, became, other) in [
        (a, b, true),
        (a, "Gabapentin 300 mg tid", false),
        (a, "gabapentin 300 bid", true),
        (a, "pregabalin 300 tid", true),
        ("something", "something else", true),
    ] {
        assert_eq!(is_other_dose(was, became), other, "{was} {became}");
    }
}

#[test]
fn a_piece_that_leaves_the_list_as_it_is_says_so() {
    let list = list(&mut Ids::seeded(7));
    let stays = Some("the list stays at gabapentin 300 mg 1-1-1: type the dose it comes to");
    let joins = Some("duloxetine joins no list of medicines: type its dose");
    let none = Some("duloxetine is not on the list of medicines: nothing is stopped there");
    let (changed, active, stopped) = (Some(ItemState::Changed), Some(ItemState::Active), Some(ItemState::Stopped));
    for (what, state, expected) in [
        ("gabapentin by 300 mg", changed, stays),
        ("increase gabapentin by 300 mg", None, stays),
        ("increase gabapentin by 300 mg", Some(ItemState::Proposed), None),
        ("gabapentin up by 50%", active, stays),
        ("gabapentin", changed, stays),
        ("gabapentin", active, None),
        ("gabapentin 600 mg 1-1-1", changed, None),
        ("gabapentin 300 mg 1-1-1", changed, None),
        ("raise duloxetine by 30 mg", None, joins),
        ("duloxetine", active, joins),
        ("duloxetine 30 mg daily", active, None),
        ("naproxen", stopped, None),
        ("duloxetine", stopped, none),
        ("", changed, None),
    ] {
        let modality = Some(Modality::Medication);
        let item = PlanItemDraft { what: what.to_owned(), modality, state, ..PlanItemDraft::default() };
        assert_eq!(leaves_list(&item, &[], &list).as_deref(), expected, "{what} {state:?}");
        let other = PlanItemDraft { modality: Some(Modality::SelfCare), ..item.clone() };
        assert_eq!(leaves_list(&other, &[], &list), None, "{what}: no medicine");
        let unsorted = PlanItemDraft { modality: None, ..item.clone() };
        let is_told = expected.is_some() && (what.starts_with("increase") || what.starts_with("raise"));
        assert_eq!(leaves_list(&unsorted, &[], &list).is_some(), is_told, "{what}: not sorted");
        if let Some(said) = item.item(uuid::Uuid::from_u128(1).into()).filter(|_| state.is_some()) {
            assert_eq!(leaves_list(&item, &[said], &list), None, "{what}: said in the last version");
        }
    }
}

#[test]
fn what_a_plan_begins_has_the_class_that_was_once_said_of_its_name() {
    let mut ids = Ids::seeded(7);
    let said = BTreeMap::from([
        (spelling("Benzolinium"), "benzodiazepine".to_owned()),
        (spelling("tramadol"), "laxative".to_owned()),
    ]);
    for (line, own, class) in [
        ("benzolinium 2 mg at night", None, Some("benzodiazepine")),
        ("Benzolinium 2 mg", Some("z_drug"), Some("z_drug")),
        ("nonsuchone 2 mg", None, None),
        ("tramadol 50 mg", None, None),
    ] {
        let one = Medication::new(ids.next(Instant::from_millis(0)), line, None);
        let one = Medication { class: own.map(str::to_owned), ..one };
        let list = with_said(Known::Listed(vec![one], None), &said);
        assert_eq!(list.items()[0].class.as_deref(), class, "{line}");
    }
}
