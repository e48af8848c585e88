//! A patient's monitoring as it is drawn, and what its keys ask for. Invented people only.

use chrono::NaiveDate;

use super::*;
use crate::clinical::monitoring::Outcome;
use crate::clinical::monitoring::urine::{Finding, Found};
use crate::clinical::patient::{Known, Medication};
use crate::clinical::practice::Region;
use crate::ui::screen::testing::{World, told};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A patient on an opioid for a year.
fn file(world: &mut World) -> PatientFile {
    let mut file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
    let line = "tapentadol 50 mg 1-0-1".to_owned();
    let medicine = Medication::new(world.id(), line, Some(day("2025-11-03")));
    file.facts.medications = Known::Listed(vec![medicine], Some(day("2026-11-03")));
    world.load();
    file
}

fn check(world: &mut World, file: &PatientFile, kind: CheckKind, on: &str) -> Check {
    Check {
        id: world.id(),
        patient: file.patient.id,
        visit: None,
        kind,
        on: day(on),
        by: "AR".to_owned(),
        outcome: Outcome::Expected,
        note: String::new(),
        next: None,
        kept_at: world.now.instant,
    }
}

fn opened(world: &mut World) -> MonitoringScreen {
    let file = file(world);
    let at = world.now.instant;
    let mut early = check(world, &file, CheckKind::Pdmp, "2026-05-04");
    early.outcome = Outcome::Unexpected;
    early.note = "second prescriber in March".to_owned();
    let checks = vec![
        check(world, &file, CheckKind::Pdmp, "2026-08-03"),
        check(world, &file, CheckKind::Agreement, "2026-06-02"),
        early,
    ];
    let patient = file.patient.id;
    let mut old = UrineTest::ordered(world.id(), patient, None, day("2025-12-01"));
    (old.collected, old.resulted, old.read_at) = (Some(day("2025-12-01")), Some(day("2025-12-08")), Some(at));
    let finding =
        |id, drug: &str, listed| Finding { id, drug: drug.to_owned(), listed, found: Found::Found, confirmed: None };
    old.findings = vec![finding(world.id(), "tapentadol", true), finding(world.id(), "diazepam", false)];
    let old = old.acted_on("talked through, no further script".to_owned(), day("2025-12-10"), at);
    let new = UrineTest::ordered(world.id(), patient, None, day("2026-11-20")).stepped(day("2026-11-20")).unwrap();
    let model = Monitoring { checks, urine: vec![new, old], risk: None, reviewed: None };
    MonitoringScreen::new(file, model, None)
}

fn world(region: Region) -> World {
    let mut world = World::at("2026-11-24T10:14");
    world.practice.region = region;
    world
}

#[test]
fn monitoring_looks_as_reviewed() {
    let mut world = world(Region::Us);
    let mut screen = opened(&mut world);
    let mut all = String::new();
    all += &world.in_sizes(&screen, &[(80, 24), (120, 40), (46, 12)]);
    world.size = (80, 24);
    world.practice.region = Region::De;
    world.press(&mut screen, "End");
    all += &format!("── where the region has no clocks\n{}", world.show(&screen));
    all += &world.in_modes(&screen);
    insta::assert_snapshot!("monitoring", all);
}

#[test]
fn each_clock_is_answered_in_one_key() {
    let mut world = world(Region::Us);
    let mut screen = opened(&mut world);
    assert_eq!(told(&world.press(&mut screen, "d")), ["write: checked PDMP"]);
    assert_eq!(told(&world.press(&mut screen, "=")), ["write: checked PDMP"]);
    assert_eq!(told(&world.press(&mut screen, "n")), ["open Follow"]);
    assert_eq!(told(&world.press(&mut screen, "j d")), ["write: urine result came"]);
    assert_eq!(told(&world.press(&mut screen, "=")), ["write: read urine test: as expected"]);
    assert_eq!(told(&world.press(&mut screen, "x")), ["prompt Close, because"]);
    assert_eq!(told(&world.press(&mut screen, "j d")), ["write: checked agreement"]);
    assert_eq!(told(&world.press(&mut screen, "x")), ["refuse: only a urine test under way can be let go"]);
    assert_eq!(told(&world.press(&mut screen, "End d")), ["refuse: this is settled already; Enter opens it"]);
}

#[test]
fn a_reason_is_given_for_every_clock_also_where_it_is_off() {
    for region in [Region::Us, Region::De] {
        let mut world = world(region);
        let mut screen = opened(&mut world);
        for _ in CheckKind::ALL {
            let effects = world.press(&mut screen, "i");
            assert!(told(&effects)[0].starts_with("read"), "{:?}", told(&effects));
            world.press(&mut screen, "j");
        }
    }
}

#[test]
fn without_anything_kept_every_size_is_drawn_and_a_test_is_ordered_in_one_key() {
    let mut world = world(Region::Us);
    let file = file(&mut world);
    let mut screen = MonitoringScreen::new(file, Monitoring::default(), None);
    assert!(world.show(&screen).contains("due 3 Nov 2025"), "{}", world.show(&screen));
    assert_eq!(told(&world.press(&mut screen, "j d")), ["write: ordered urine test"]);
    assert_eq!(told(&world.press(&mut screen, "=")), ["refuse: no urine test is under way: d orders one"]);
    let full = opened(&mut world);
    for width in [0, 1, 2, 3, 20, 80, 200] {
        for height in [0, 1, 2, 3, 5, 9, 60] {
            world.size = (width, height);
            world.draw(&screen);
            world.draw(&full);
        }
    }
}

#[test]
fn what_is_wanted_once_and_was_had_says_so() {
    let mut world = world(Region::Us);
    let file = file(&mut world);
    let review = check(&mut world, &file, CheckKind::Review, "2026-01-05");
    let screen = MonitoringScreen::new(file, Monitoring { checks: vec![review], ..Monitoring::default() }, None);
    let shown = world.show(&screen);
    let line = shown.lines().find(|line| line.contains("opioid review") && line.contains("wanted once"));
    assert!(line.is_some_and(|line| line.contains("✓") && !line.contains("no interval")), "{shown}");
}

#[test]
fn as_expected_is_offered_only_where_it_is_done() {
    let mut world = world(Region::Us);
    let file = file(&mut world);
    let came = UrineTest {
        resulted: Some(day("2026-11-23")),
        ..UrineTest::ordered(world.id(), file.patient.id, None, day("2026-11-20"))
    };
    let id = world.id();
    let odd = Finding { id, drug: "diazepam".to_owned(), listed: false, found: Found::Found, confirmed: None };
    let read = UrineTest { findings: vec![odd], read_at: Some(world.now.instant), ..came.clone() };
    let mut no_list = file.clone();
    no_list.facts.medications = Known::default();
    for (file, test, refused) in [
        (file.clone(), came.clone(), None),
        (file, read, Some("unexpected: diazepam found; Enter opens it")),
        (no_list, came, Some("no medicine that a urine test looks for is on the list; Enter opens it")),
    ] {
        let model = Monitoring { urine: vec![test], ..Monitoring::default() };
        let mut screen = MonitoringScreen::new(file, model, None);
        world.press(&mut screen, "j");
        let shown = world.show(&screen);
        let foot = shown.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        assert_eq!(foot.contains("= "), refused.is_none(), "{shown}");
        let told = told(&world.press(&mut screen, "="));
        match refused {
            Some(why) => assert_eq!(told, [format!("refuse: {why}")]),
            None => assert_eq!(told, ["write: read urine test: as expected"]),
        }
    }
}
