//! A patient's medicines as they are drawn, and what their keys ask for. Invented people only.

use super::*;
use crate::clinical::patient::Known;
use crate::clinical::practice::Region;
use crate::ui::screen::testing::{World, told};

fn opened(world: &mut World, lines: &[&str]) -> MedicinesScreen {
    let mut file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
    world.allergic_to(&mut file, "latex");
    let items = lines.iter().map(|line| Medication::new(world.id(), *line, None)).collect();
    file.facts.medications = Known::Listed(items, "2026-11-03".parse().ok());
    file.facts.opioid.region = Some(Region::Us);
    world.load();
    MedicinesScreen::new(MedicinesModel {
        file,
        stopped: Vec::new(),
        next_visit: None,
        function: None,
        plan: None,
        refills: Vec::new(),
        said: std::collections::BTreeMap::new(),
        monitoring: crate::clinical::monitoring::Monitoring::default(),
    })
}

const LIST: [&str; 4] =
    ["oxycodone er 20 mg bid", "lorazepam 1 mg at night", "something new 5 mg", "buprenorphine patch 5 mcg/h weekly"];

#[test]
fn medicines_look_as_reviewed() {
    let mut world = World::at("2026-11-24T10:14");
    let screen = opened(&mut world, &LIST);
    let mut all = String::new();
    all += &world.in_sizes(&screen, &[(80, 24), (120, 40), (46, 12)]);
    world.size = (80, 24);
    all += &world.in_modes(&screen);
    insta::assert_snapshot!("medicines", all);
}

#[test]
fn each_key_asks_for_one_thing() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world, &LIST);
    for (key, asked) in [
        ("n", "open Medicine"),
        ("Enter", "open Medicine"),
        ("x", "prompt Stop, because"),
        ("d", "write: reviewed the medicines 24 Nov 2026"),
        ("e", "open OpioidContext"),
    ] {
        assert_eq!(told(&world.press(&mut screen, key)), [asked], "{key}");
    }
    let mut empty = opened(&mut world, &[]);
    for key in ["Enter", "x"] {
        assert_eq!(told(&world.press(&mut empty, key)), ["refuse: no medicine is on the list"], "{key}");
    }
    for width in [0, 1, 2, 3, 20, 80, 200] {
        for height in [0, 1, 2, 3, 5, 9, 60] {
            world.size = (width, height);
            world.draw(&screen);
            world.draw(&empty);
        }
    }
}

#[test]
fn the_why_names_each_figure_with_its_source() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world, &LIST);
    let effects = world.press(&mut screen, "i");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Reading(page) = &**modal else { panic!("{modal:?}") };
    let text = page.text.replace('\n', " ");
    for said in ["MME 60, incomplete", "CDC", "2022", "1 of 4 medicines not checked", "something new"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}
