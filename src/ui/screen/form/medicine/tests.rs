//! What keeping a medicine does: to the list, to the plan, and what is asked before.

use super::*;
use crate::clinical::patient::{Goal, Known};
use crate::clinical::plan::{ItemState, Modality, PlanItem};
use crate::ui::question::Question;
use crate::ui::screen::testing::World;

/// The caution that is to be answered before anything is kept.
fn caution_asked(effects: &[Effect]) -> Option<String> {
    let modal = effects.iter().find_map(|effect| if let Effect::Show(modal) = effect { Some(modal) } else { None })?;
    let Modal::Prompt(prompt) = &**modal else { return None };
    if let Question::Caution(_, caution) = prompt.question() { Some(caution) } else { None }
}

fn model(file: PatientFile, plan: Option<Plan>) -> MedicinesModel {
    MedicinesModel {
        file,
        stopped: Vec::new(),
        next_visit: None,
        function: None,
        plan,
        refills: Vec::new(),
        said: std::collections::BTreeMap::new(),
        monitoring: crate::clinical::monitoring::Monitoring::default(),
    }
}

#[test]
fn a_plan_that_is_set_changes_the_list_as_far_as_it_says_something_new() {
    let mut world = World::at("2026-11-24T10:14");
    let mut file = world.patient("Okafor Adaeze 1972-03-02");
    let gabapentin = Medication::new(world.id(), "gabapentin 300 mg 1-1-1", None);
    let listed = Known::Listed(vec![gabapentin], None);
    let plan_of = |world: &mut World, pieces: &[(&str, ItemState)]| {
        let (id, patient, at) = (world.id(), world.id(), world.now.instant);
        let mut item = |(what, state): &(&str, ItemState)| PlanItem {
            state: *state,
            ..PlanItem::new(world.id(), Modality::Medication, what)
        };
        Plan { items: pieces.iter().map(&mut item).collect(), ..Plan::new(id, patient, 1, at) }
    };
    let told = |writes: &[Write]| writes.iter().map(Write::act).collect::<Vec<_>>();
    let running = [("Gabapentin 300 mg three times a day", ItemState::Active)];
    for (name, known, last, now, expected) in [
        (
            "a dose",
            listed.clone(),
            &running[..],
            vec![("Gabapentin 600 mg three times a day", ItemState::Changed)],
            vec!["changed gabapentin"],
        ),
        ("nothing new", listed.clone(), &running[..], running.to_vec(), vec![]),
        ("only proposed", listed.clone(), &running[..], vec![("duloxetine 30 mg daily", ItemState::Proposed)], vec![]),
        (
            "begun",
            listed.clone(),
            &running[..],
            vec![("duloxetine 30 mg daily", ItemState::Active)],
            vec!["new medicine duloxetine"],
        ),
        ("stopped", listed, &running[..], vec![("Gabapentin", ItemState::Stopped)], vec!["stopped gabapentin"]),
        (
            "on a list nobody has asked for: it joins it, not reviewed",
            Known::Unknown,
            &running[..],
            vec![("duloxetine 30 mg daily", ItemState::Active)],
            vec!["new medicine duloxetine"],
        ),
    ] {
        file.facts.medications = known;
        let (last, plan) = (plan_of(&mut world, last), plan_of(&mut world, &now));
        let writes = list_follows(&file, Some(&last), &plan, &mut world.env());
        let acts = told(&writes);
        assert_eq!(acts.len(), expected.len(), "{name}: {acts:?}");
        for (act, expected) in acts.iter().zip(&expected) {
            assert!(act.starts_with(expected), "{name}: {act}");
        }
    }
}

#[test]
fn a_change_of_the_list_is_a_version_of_the_plan_that_speaks_of_it() {
    let mut world = World::at("2026-11-24T10:14");
    let mut file = world.patient("Okafor Adaeze 1972-03-02");
    let goal = Goal { id: world.id(), text: "walk to the bakery".to_owned(), since: world.now.today() };
    file.facts.goals = vec![goal.clone()];
    let pill = "gabapentin 300 mg 1-1-1";
    file.facts.medications = Known::Listed(vec![Medication::new(world.id(), pill, None)], None);
    let at = world.now.instant;
    let item = PlanItem { state: ItemState::Active, ..PlanItem::new(world.id(), Modality::Medication, pill) };
    let plan = Plan { items: vec![item], ..Plan::new(world.id(), file.patient.id, 3, at) };
    for (name, plan, before, after, expected) in [
        ("another dose", Some(&plan), pill, Some("gabapentin 600 mg 1-1-1"), Some(ItemState::Changed)),
        ("stopped", Some(&plan), pill, None, Some(ItemState::Stopped)),
        ("said already", Some(&plan), pill, Some(pill), None),
        ("the plan speaks of another", Some(&plan), "duloxetine 30 mg", None, None),
        ("no plan", None, pill, None, None),
    ] {
        let model = model(file.clone(), plan.cloned());
        let writes = plan_after(&model, before, after, &mut world.env());
        assert_eq!(writes.len(), usize::from(expected.is_some()), "{name}: {writes:?}");
        let Some(Write::SetPlan { plan: next, goals, answers, booked }) = writes.first() else { continue };
        assert_eq!(Some(next.items[0].state), expected, "{name}");
        assert_eq!(next.items[0].what, after.unwrap_or(pill), "{name}");
        assert_eq!((next.version, next.visit, next.unchanged), (4, None, false), "{name}");
        assert_eq!((goals, answers.len(), booked.len()), (&vec![goal.clone()], 0, 0), "{name}: it answers nothing");
    }
}

#[test]
fn a_class_that_was_said_of_a_name_before_is_not_asked_again_and_is_cautioned_before_it_is_kept() {
    let mut world = World::at("2026-11-24T10:14");
    let mut file = world.patient("Okafor Adaeze 1972-03-02");
    file.facts.medications = Known::Listed(vec![Medication::new(world.id(), "oxycodone er 20 mg bid", None)], None);
    let model = |said: &[(&str, &str)]| MedicinesModel {
        said: said.iter().map(|(name, class)| ((*name).to_owned(), (*class).to_owned())).collect(),
        ..model(file.clone(), None)
    };
    for (said, asks, asked) in [(&[][..], true, false), (&[("zorblax", "benzodiazepine")], false, true)] {
        let subject = MedicineSubject::new(model(said), None, (world.now.today(), Vec::new())).unwrap();
        let mut draft = subject.start();
        draft.line = "Zorblax 5 mg at night".to_owned();
        draft.settle();
        assert_eq!(draft.asks_class(), asks, "{said:?}");
        let effects = subject.finish(&draft, &mut world.env()).unwrap();
        let caution = asked.then(|| "with_opioid/benzodiazepine".to_owned());
        assert_eq!(caution_asked(&effects), caution, "{effects:?}");
    }
}

#[test]
fn a_dose_that_reaches_a_mark_warns_and_one_that_does_not_is_plain() {
    let mut world = World::at("2026-11-24T10:14");
    let today = world.now.today();
    let mut file = world.patient("Okafor Adaeze 1972-03-02");
    file.facts.opioid.region = Some(crate::clinical::practice::Region::Us);
    for (line, role, sign) in [
        ("morphine 10 mg bid", Role::Strong, false),
        ("morphine 60 mg bid", Role::Wants, true),
        ("naproxen 500 mg bid", Role::Strong, false),
    ] {
        let model = model(file.clone(), None);
        let mut subject = MedicineSubject::new(model, None, (today, Vec::new())).unwrap();
        let mut draft = subject.start();
        draft.line = line.to_owned();
        subject.reckon(&draft);
        assert_eq!(subject.headline_role(&draft), role, "{line}: {:?}", subject.headline(&draft));
        let headline = subject.headline(&draft).unwrap_or_default();
        assert_eq!(headline.starts_with("⚠ "), sign, "{line}: {headline}");
    }
}

#[test]
fn a_new_medicine_begins_today_unless_it_is_over_already() {
    let mut world = World::at("2026-11-24T10:14");
    let today = world.now.today();
    for (last_day, started) in [(None, Some(today)), (Some(today), Some(today)), (today.pred_opt(), None)] {
        let model = model(world.patient("Okafor Adaeze 1972-03-02"), None);
        let subject = MedicineSubject::new(model, None, (today, Vec::new())).unwrap();
        let mut draft = subject.start();
        draft.line = "naproxen 500 mg bid".to_owned();
        draft.last_day = last_day;
        let effects = subject.finish(&draft, &mut world.env()).unwrap();
        let said = format!("started: {started:?}, last_day: {last_day:?}");
        assert!(format!("{effects:?}").contains(&said), "{said}: {effects:?}");
    }
}

#[test]
fn the_table_is_sound() {
    assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
}
