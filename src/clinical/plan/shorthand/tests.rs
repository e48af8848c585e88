use proptest::prelude::*;

use super::*;
use crate::clinical::facts::plan_words::plan_words;
use crate::clinical::practice::Region;

fn reading() -> Reading {
    Reading::of(Region::De, "2026-11-24T10:14:00".parse().unwrap())
}

fn shown(line: &str) -> Vec<String> {
    read(line, &reading(), &[]).iter().map(|step| step.show(None)).collect()
}

#[test]
fn a_line_becomes_dated_items() {
    for (line, says) in [
        (
            "pt 6w; surg if <50% 4w; fu 6w",
            vec![
                "physical therapy: Physiotherapy · 5 Jan 2027",
                "surgery or referral: Surgical opinion · sleeps until relief < 50 % · or 22 Dec 2026",
                "follow-up: Follow-up visit · books 5 Jan 2027",
            ],
        ),
        ("", vec![]),
        (" ; ;", vec![]),
        ("PT pool twice a week 6w", vec!["physical therapy: Physiotherapy “pool twice a week” · 5 Jan 2027"]),
        ("gabapentin 600 mg tid", vec!["medication: Gabapentin 600 mg tid"]),
        ("start gabapentin 300 mg 2w", vec!["medication: Gabapentin 300 mg · active · 8 Dec 2026"]),
        ("stop ibuprofen", vec!["medication: Ibuprofen · stopped"]),
        ("no acu", vec!["complementary: Acupuncture · declined"]),
        (
            "mbb l4 l5 left e60 2w",
            vec!["interventional: Medial branch block “L4 L5 left” · books 8 Dec 2026 · expects 60 %"],
        ),
        ("tfesi l5 left exp 50% by 1 dec", vec!["interventional: TFESI “L5 left” · books 1 Dec 2026 · expects 50 %"]),
        (
            "rfa if relief > 80 % 2w",
            vec!["interventional: Medial branch radiofrequency · sleeps until relief > 80 % · or 8 Dec 2026"],
        ),
        ("cbt if pain > 5", vec!["behavioural: Cognitive behavioural therapy · sleeps until pain > 5"]),
        ("a healer in the village 3m", vec!["not sorted: “a healer in the village” · 24 Feb 2027"]),
        (
            "surg if it rains",
            vec![
                "surgery or referral: Surgical opinion “if it rains” · after if comes a condition: <50%, pain>5, peg>4",
            ],
        ),
        ("pt #3", vec!["physical therapy: Physiotherapy “#3” · there is no problem #3"]),
        ("walk mon", vec!["self-care: Walking plan · 30 Nov 2026"]),
        ("fu", vec!["follow-up: Follow-up visit"]),
        ("walk 20 min", vec!["self-care: Walking plan “20 min”"]),
    ] {
        assert_eq!(shown(line), says, "{line}");
    }
}

#[test]
fn what_is_usually_typed_is_understood() {
    for (line, says) in [
        ("pt 6 weeks", "physical therapy: Physiotherapy · 5 Jan 2027"),
        ("PT for 6 weeks", "physical therapy: Physiotherapy · 5 Jan 2027"),
        ("pt 2x/week x6w", "physical therapy: Physiotherapy “2x/week” · 5 Jan 2027"),
        ("mirror therapy", "physical therapy: Graded motor imagery"),
        ("acupuncture x6", "complementary: Acupuncture “x6”"),
        ("sleep hygiene", "self-care: Sleep routine"),
        ("f/u 6w", "follow-up: Follow-up visit · books 5 Jan 2027"),
        ("follow up in 6 weeks", "follow-up: Follow-up visit · books 5 Jan 2027"),
        ("follow-up 6w", "follow-up: Follow-up visit · books 5 Jan 2027"),
        ("rtc 3m", "follow-up: Follow-up visit · books 24 Feb 2027"),
        ("fup 3m phone", "follow-up: Follow-up visit “phone” · books 24 Feb 2027"),
        ("review of medicines 4w", "follow-up: Review of medicines · 22 Dec 2026"),
        ("tel 2w", "follow-up: Phone check · 8 Dec 2026"),
        ("MRI L-spine", "follow-up: MRI “L-spine”"),
        ("xray hip 1w", "follow-up: X-ray “hip” · 1 Dec 2026"),
        ("uds today", "follow-up: Urine drug test · 24 Nov 2026"),
        ("refer neurosurg", "surgery or referral: Neurosurgery"),
        ("ref ortho 2w", "surgery or referral: Orthopaedics · 8 Dec 2026"),
        ("referral to pain psychology", "surgery or referral: Pain psychology"),
        ("refer to the memory clinic", "surgery or referral: Memory clinic"),
        ("refer a second opinion 2w", "surgery or referral: Second opinion · 8 Dec 2026"),
        ("handout on the flare plan", "education: Flare plan"),
        ("handout sleep", "education: Sleep"),
        ("edu", "education: How pain works"),
        ("continue duloxetine 60 mg", "medication: Duloxetine 60 mg · active"),
        ("add duloxetine 30 mg 2w", "medication: Duloxetine 30 mg · active · 8 Dec 2026"),
        ("increase gabapentin to 600 mg tid", "medication: Gabapentin 600 mg tid · changed"),
        ("reduce oxycodone 10 mg bid 2w", "medication: Oxycodone 10 mg bid · changed · 8 Dec 2026"),
        ("increase walking", "not sorted: “increase walking”"),
        ("up gabapentin to 600 mg tid by 1 dec", "medication: Gabapentin 600 mg tid · changed · 1 Dec 2026"),
        ("switch duloxetine to 60 mg", "medication: Duloxetine 60 mg · changed"),
        ("change oxycodone to 5 mg every 4 to 6 h", "medication: Oxycodone 5 mg every 4 to 6 h · changed"),
        ("declined acu", "complementary: Acupuncture · declined"),
        ("stop ibuprofen because of the stomach", "medication: Ibuprofen · stopped · because the stomach"),
        ("L5 TFESI left 2w e60", "interventional: TFESI “L5 left” · books 8 Dec 2026 · expects 60 %"),
        ("left sij 4w", "interventional: Sacroiliac joint injection “left” · books 22 Dec 2026"),
        ("l4/5 pt", "not sorted: “l4/5 pt”"),
        ("knee inj left 2w", "interventional: Knee joint injection “left” · books 8 Dec 2026"),
        ("occipital nerve block left mon", "interventional: Greater occipital nerve block “left” · books 30 Nov 2026"),
        ("gon block 1w", "interventional: Greater occipital nerve block · books 1 Dec 2026"),
        ("pump refill 2m", "interventional: Intrathecal pump refill and programming · books 24 Jan 2027"),
        ("ketamine infusion 3w", "interventional: Ketamine infusion · books 15 Dec 2026"),
        ("rfa if mbb >80%", "interventional: Medial branch radiofrequency · sleeps until relief > 80 %"),
        (
            "rfa if relief >= 80% 6w",
            "interventional: Medial branch radiofrequency · sleeps until relief at least 80 % · or 5 Jan 2027",
        ),
        (
            "surgery if no better 3m",
            "surgery or referral: Surgical opinion · sleeps until relief < 30 % · or 24 Feb 2027",
        ),
        (
            "surg if peg > 5 in 3 months",
            "surgery or referral: Surgical opinion · sleeps until PEG > 5 · or 24 Feb 2027",
        ),
    ] {
        assert_eq!(shown(line), [says], "{line}");
    }
}

#[test]
fn by_how_much_or_two_doses_is_no_dose() {
    for line in [
        "reduce gabapentin by 300 mg",
        "increase gabapentin by 100 mg tid",
        "increase gabapentin +100 mg",
        "taper oxycodone 10 %",
        "wean oxycodone by 10%",
        "reduce gabapentin by a third from 900 mg",
        "increase gabapentin from 300 to 600 mg",
        "increase gabapentin from 300 mg to 600 mg tid",
        "increase gabapentin 300 mg to 600 mg",
        "increase gabapentin 300 mg -> 600 mg",
        "change gabapentin 300→600 mg",
        "change gabapentin to pregabalin 75 mg bid",
    ] {
        assert_eq!(shown(line), [format!("not sorted: “{line}”")], "{line}");
    }
    assert_eq!(
        shown("increase gabapentin by 100 mg 2w"),
        ["not sorted: “increase gabapentin by 100 mg” · 8 Dec 2026"],
        "its date is taken"
    );
}

#[test]
fn a_strength_at_the_end_of_a_medicine_is_no_date() {
    for (line, says) in [
        ("start suboxone 8/2", "medication: Suboxone 8/2 · active"),
        ("suboxone 8/2 2w", "medication: Suboxone 8/2 · 8 Dec 2026"),
        ("apixaban 2.5", "medication: Apixaban 2.5"),
        ("increase apixaban 2.5", "medication: Apixaban 2.5 · changed"),
        ("gabapentin 300 1-1-1", "medication: Gabapentin 300 1-1-1"),
        ("start somnolin 7.5", "not sorted: “somnolin 7.5” · active"),
        ("apixaban 2.5 by 1.12", "medication: Apixaban 2.5 · 1 Dec 2026"),
        ("apixaban 2.5 1.12.2026", "medication: Apixaban 2.5 · 1 Dec 2026"),
        ("apixaban 2.5 1.12.", "medication: Apixaban 2.5 · 1 Dec 2026"),
        ("apixaban 2.5 2026-12-01", "medication: Apixaban 2.5 · 1 Dec 2026"),
        ("apixaban 2.5 1 dec", "medication: Apixaban 2.5 · 1 Dec 2026"),
        ("apixaban 2.5 mon", "medication: Apixaban 2.5 · 30 Nov 2026"),
        ("fu 1.12", "follow-up: Follow-up visit · books 1 Dec 2026"),
    ] {
        assert_eq!(shown(line), [says], "{line}");
    }
}

#[test]
fn a_line_changes_the_piece_of_its_own_medicine_and_form() {
    use ItemState::{Active, Changed, Proposed, Stopped};
    let (er, b12) = (("Morphine er 30 mg bid", Active), ("Vitamin b12 1 mg daily", Active));
    for (have, line, expected) in [
        (vec![er], "start morphine ir 10 mg q4h prn", vec![er, ("Morphine ir 10 mg q4h prn", Active)]),
        (vec![er], "start morphine 10 mg q4h prn", vec![er, ("Morphine 10 mg q4h prn", Active)]),
        (vec![er], "start morphine er 60 mg bid", vec![er, ("Morphine er 60 mg bid", Active)]),
        (vec![er], "increase morphine to 60 mg", vec![("Morphine er 60 mg bid", Changed)]),
        (vec![er], "stop morphine ir", vec![er, ("Morphine ir", Stopped)]),
        (vec![er], "stop morphine", vec![("Morphine er 30 mg bid", Stopped)]),
        (
            vec![("Morphine ir 10 mg q4h prn", Proposed)],
            "start morphine ir 10 mg q4h prn",
            vec![("Morphine ir 10 mg q4h prn", Active)],
        ),
        (
            vec![er, ("Morphine ir 10 mg q4h prn", Active)],
            "stop morphine ir",
            vec![er, ("Morphine ir 10 mg q4h prn", Stopped)],
        ),
        (vec![b12], "start vitamin d 1000 units daily", vec![b12, ("Vitamin d 1000 units daily", Active)]),
    ] {
        let mut items: Vec<PlanItemDraft> = have
            .iter()
            .map(|(what, state)| PlanItemDraft {
                modality: Some(Modality::Medication),
                what: (*what).to_owned(),
                state: Some(*state),
                ..PlanItemDraft::default()
            })
            .collect();
        apply(&mut items, read(line, &reading(), &[]));
        let told: Vec<_> = items.iter().map(|item| (item.what.as_str(), item.state)).collect();
        assert_eq!(told, expected.iter().map(|(what, state)| (*what, Some(*state))).collect::<Vec<_>>(), "{line}");
    }
}

#[test]
fn a_reason_goes_to_its_own_place() {
    let steps = read("stop ibuprofen because of the stomach 2w", &reading(), &[]);
    assert_eq!(steps[0].item.what, "Ibuprofen");
    assert_eq!(steps[0].item.why, "the stomach 2w", "what stands behind because is words");
    let running = read("pt because stiff", &reading(), &[]);
    assert_eq!((running[0].item.what.as_str(), running[0].item.why.as_str()), ("Physiotherapy because stiff", ""));
}

#[test]
fn what_is_there_already_is_changed_and_never_doubled() {
    let mut items = vec![
        PlanItemDraft {
            modality: Some(Modality::Medication),
            what: "Gabapentin 300 mg three times a day".to_owned(),
            state: Some(ItemState::Active),
            ..PlanItemDraft::default()
        },
        PlanItemDraft {
            modality: Some(Modality::Physical),
            what: "Physiotherapy in water".to_owned(),
            state: Some(ItemState::Active),
            ..PlanItemDraft::default()
        },
        PlanItemDraft::default(),
    ];
    let line = "gabapentin 600 mg three times a day 2w; done pt; acu; acu 3w";
    apply(&mut items, read(line, &reading(), &[]));
    let items: Vec<_> = items.iter().map(|item| (item.what.as_str(), item.state, item.due.is_some())).collect();
    assert_eq!(
        items,
        [
            ("Gabapentin 600 mg three times a day", Some(ItemState::Changed), true),
            ("Physiotherapy in water", Some(ItemState::Completed), false),
            ("Acupuncture", None, true),
        ]
    );
}

#[test]
fn a_medicine_named_alone_keeps_its_dose() {
    let mut items = vec![PlanItemDraft {
        modality: Some(Modality::Medication),
        what: "Gabapentin 300 mg".to_owned(),
        state: Some(ItemState::Active),
        ..PlanItemDraft::default()
    }];
    apply(&mut items, read("stop gabapentin", &reading(), &[]));
    assert_eq!((items[0].what.as_str(), items[0].state), ("Gabapentin 300 mg", Some(ItemState::Stopped)));
    assert_eq!(items.len(), 1);
}

fn item() -> impl Strategy<Value = PlanItemDraft> {
    let heads: Vec<(String, String)> =
        plan_words().short.iter().map(|short| (short.piece.clone(), short.text.clone())).collect();
    let state = prop_oneof![
        Just(None),
        Just(Some(ItemState::Active)),
        Just(Some(ItemState::Stopped)),
        Just(Some(ItemState::Completed)),
        Just(Some(ItemState::Declined)),
    ];
    let wakes = prop_oneof![
        Just(String::new()),
        (1u16..1000).prop_map(|tenths| {
            Wakes { of: super::super::wake::Gauge::Relief, than: super::super::wake::Than::Below, tenths }.typed()
        })
    ];
    let due = prop_oneof![
        Just(None),
        (0u64..900).prop_map(|days| { Some(reading().today.checked_add_days(chrono::Days::new(days)).unwrap()) })
    ];
    (0..heads.len(), state, wakes, due, prop::option::of(0u8..=100)).prop_map(
        move |(at, state, wakes, due, expected_relief)| PlanItemDraft {
            modality: Modality::from_name(&heads[at].0),
            what: heads[at].1.clone(),
            state,
            wakes,
            due,
            expected_relief,
            ..PlanItemDraft::default()
        },
    )
}

proptest! {
    #[test]
    fn what_is_typed_for_an_item_reads_back_to_it(items in prop::collection::vec(item(), 0..6)) {
        let line: Vec<String> = items.iter().map(typed).collect();
        let steps = read(&line.join("; "), &reading(), &[]);
        prop_assert_eq!(steps.len(), items.len());
        for (step, item) in steps.into_iter().zip(items) {
            let books = step.item.books;
            // The catalogue books some of the procedures of the table, others only by their names.
            prop_assert!(step.item.modality == item.modality, "{} {:?}", item.what, step);
            prop_assert_eq!(&step.unknown, "");
            prop_assert_eq!(step.fault, None);
            prop_assert_eq!(PlanItemDraft { books, ..item }, step.item);
        }
    }

    #[test]
    fn whatever_is_typed_gives_an_item_a_part_and_loses_no_letter(line in "[a-z0-9<>%#; .é√-]{0,60}") {
        let steps = read(&line, &reading(), &[]);
        let parts = line.split(';').filter(|part| !part.trim().is_empty()).count();
        prop_assert_eq!(steps.len(), parts.min(MOST));
        for step in &steps {
            prop_assert!(!step.show(None).is_empty());
            prop_assert!(step.head.is_some() || step.fault.is_some() || !step.item.what.is_empty());
        }
        for (step, part) in steps.iter().zip(line.split(';').filter(|part| !part.trim().is_empty())) {
            // Every word is in the item's words, or was taken by a rule of the grammar.
            if step.item.due.is_none() && step.item.wakes.is_empty() && step.item.expected_relief.is_none()
                && step.item.state.is_none() && step.head.is_none() {
                prop_assert_eq!(&step.item.what, &part.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }

    #[test]
    fn no_text_stops_the_reader(line in any::<String>()) {
        let mut items = Vec::new();
        apply(&mut items, read(&line, &reading(), &[]));
        prop_assert!(items.len() <= MOST);
    }
}
