//! The jigsaw as it is drawn, and what its keys do. Invented people only.

use super::*;
use crate::clinical::booking::Bookings;
use crate::clinical::history::TreatmentTried;
use crate::clinical::patient::PatientFile;
use crate::clinical::plan::ledger::Treatments;
use crate::clinical::plan::{ItemState, Modality, Outcome, Plan, PlanItem};
use crate::clinical::since::Since;
use crate::ui::screen::testing::{World, told};
use crate::ui::theme::{Look, Signs};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn model(file: PatientFile) -> PlanModel {
    PlanModel {
        file,
        last: None,
        unanswered: Vec::new(),
        assessment: None,
        visit: None,
        ahead: Vec::new(),
        trend: Vec::new(),
        bookings: Bookings::default(),
        treatments: Treatments::default(),
        goal_scores: Vec::new(),
        monitoring: crate::clinical::monitoring::Monitoring::default(),
        of_list: Vec::new(),
        said: std::collections::BTreeMap::new(),
    }
}

fn treated(world: &mut World) -> PlanModel {
    let file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
    world.load();
    let mut item = |modality, what: &str, state| PlanItem { state, ..PlanItem::new(world.id(), modality, what) };
    let first = vec![
        item(Modality::Medication, "Gabapentin 300 mg three times daily", ItemState::Active),
        item(Modality::Physical, "Physiotherapy", ItemState::Active),
        item(Modality::Behavioural, "Biofeedback", ItemState::Declined),
        item(Modality::Referral, "Surgical opinion", ItemState::Proposed),
    ];
    let mut second = first.clone();
    second[0].what = "Gabapentin 600 mg three times daily".to_owned();
    second[0].state = ItemState::Changed;
    second[1].state = ItemState::Completed;
    second[1].effect_percent = Some(40);
    let patient = file.patient.id;
    let plan = |world: &mut World, version, items| {
        let at = world.now.instant;
        Plan { items, ..Plan::new(world.id(), patient, version, at) }
    };
    let (first, second) = (plan(world, 1, first), plan(world, 2, second));
    let tried = |world: &mut World, what: &str, year, percent, outcome, why: &str| TreatmentTried {
        what: what.to_owned(),
        from: Some(Since::Year(year)),
        to: Some(Since::Year(year + 1)),
        best_dose: "200 mg".to_owned(),
        effect_percent: percent,
        outcome,
        why_stopped: why.to_owned(),
        ..TreatmentTried::new(world.id())
    };
    let tried = vec![
        tried(world, "Tramadol", 2019, Some(40), Some(Outcome::Harmed), "seizure"),
        tried(world, "Naproxen", 2020, Some(10), None, "no effect"),
        tried(world, "a healer in the village", 2021, None, None, ""),
    ];
    let versions = vec![(day("2026-09-01"), first), (day("2026-10-27"), second.clone())];
    let treatments = Treatments { versions, tried, ..Treatments::default() };
    PlanModel { last: Some(second), treatments, ..model(file) }
}

#[test]
fn the_jigsaw_looks_as_reviewed() {
    let mut world = World::at("2026-11-24T10:14");
    let model = treated(&mut world);
    let mut screen = JigsawScreen::new(model);
    let mut all = String::new();
    for (width, height) in [(80, 24), (120, 40), (160, 50), (46, 12)] {
        world.size = (width, height);
        all += &format!("── {width}×{height}\n{}", world.show(&screen));
    }
    world.size = (80, 24);
    world.press(&mut screen, "Enter");
    all += &format!("── a cell opened\n{}", world.show(&screen));
    world.press(&mut screen, "Tab");
    world.size = (120, 40);
    all += &format!("── the whole ledger\n{}", world.show(&screen));
    world.press(&mut screen, "Tab");
    world.size = (80, 24);
    world.names_hidden = true;
    all += &format!("── names hidden\n{}", world.show(&screen));
    world.names_hidden = false;
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    all += &format!("── ascii\n{}", world.show(&screen));
    world.preferences.plain = true;
    all += &format!("── plain\n{}", world.show(&screen));
    insta::assert_snapshot!("jigsaw", all);
}

#[test]
fn cells_are_walked_as_they_stand_and_opened_with_their_pieces() {
    let mut world = World::at("2026-11-24T10:14");
    let model = treated(&mut world);
    let mut screen = JigsawScreen::new(model);
    for (size, keys, modality) in [
        ((80, 24), "l", Modality::Physical),
        ((80, 24), "j", Modality::Behavioural),
        ((120, 40), "j", Modality::SelfCare),
        ((120, 40), "j", Modality::SelfCare),
        ((120, 40), "Home", Modality::Medication),
        ((120, 40), "h k", Modality::Medication),
    ] {
        world.size = size;
        if modality == Modality::Behavioural {
            screen.at = 1;
        }
        world.press(&mut screen, keys);
        if modality == Modality::Behavioural {
            assert_eq!(screen.cell().modality, Modality::Behavioural);
            screen.at = 2;
            continue;
        }
        assert_eq!(screen.cell().modality, modality, "{size:?} {keys}");
    }
    assert!(world.press(&mut screen, "Enter j").is_empty());
    assert_eq!(screen.chosen().map(|trial| trial.what.as_str()), Some("Tramadol"));
    assert_eq!(told(&world.press(&mut screen, "Enter")), ["read Tramadol"]);
    assert!(world.press(&mut screen, "Esc").is_empty(), "back to the cells, not away");
    assert_eq!(screen.hands, Hands::Cells);
    world.press(&mut screen, "End");
    assert_eq!(told(&world.press(&mut screen, "Enter")), ["refuse: nothing of this kind was tried; P opens the plan"]);
}

#[test]
fn a_plan_is_opened_or_kept_from_here_and_an_empty_jigsaw_says_so() {
    let mut world = World::at("2026-11-24T10:14");
    let kept = treated(&mut world);
    let mut screen = JigsawScreen::new(kept);
    assert_eq!(told(&world.press(&mut screen, "P")), ["open Plan"]);
    assert_eq!(told(&world.press(&mut screen, "=")), ["choice Keep the plan unchanged · OKAFOR Adaeze [=]"]);
    let file = world.patient("Diallo Awa 2025-08-08");
    world.load();
    let mut empty = JigsawScreen::new(model(file));
    let shown = world.show(&empty);
    assert!(shown.contains("nobody asked") && !shown.contains("never tried"), "{shown}");
    assert_eq!(told(&world.press(&mut empty, "=")), ["refuse: there is no plan yet that could be kept"]);
    assert_eq!(told(&world.press(&mut empty, "Tab")), ["refuse: nothing was tried yet"]);
    for width in [0, 1, 2, 3, 20, 80, 200] {
        for height in [0, 1, 2, 3, 5, 9, 30, 60] {
            world.size = (width, height);
            world.draw(&screen);
            world.draw(&empty);
        }
    }
}
