//! What is brought in comes back as written, is one act, and goes and comes again to the byte.

use super::world::{World, day};
use crate::action::write::Write;
use crate::clinical::bring_in::BroughtIn;
use crate::clinical::draft::{BRING_IN_FORM, DraftKey};
use crate::clinical::elsewhere::{ElsewhereLine, LineKind, PastProcedure};
use crate::clinical::id::PatientId;
use crate::clinical::opioid_context::OpioidFacts;
use crate::clinical::patient::{Allergy, Facts, Known, Medication};
use crate::clinical::practice::Region;
use crate::clinical::problem::Problem;
use crate::clinical::procedure::Side;
use crate::clinical::since::Since;
use crate::store::Draft;

fn brought(world: &mut World) -> BroughtIn {
    let now = world.now;
    let past = |what: &str, level: &str, side, on| PastProcedure {
        id: crate::clinical::id::PastProcedureId::from(uuid::Uuid::nil()),
        what: what.to_owned(),
        level: level.to_owned(),
        side,
        on,
        by: "Dr Reyes".to_owned(),
        steroid: "triamcinolone 40 mg".to_owned(),
    };
    let mut past = vec![
        past("TFESI", "L5", Some(Side::Left), Some(Since::Month(2023, 4))),
        past("", "L4/5", Some(Side::Both), Some(Since::Year(1998))),
        past("appendectomy 👩‍⚕️", "", None, Some(Since::Day(day(3)))),
        past("fusion", "L5-S1", Some(Side::Midline), None),
    ];
    for one in &mut past {
        one.id = world.ids.next(now);
    }
    let line =
        |world: &mut World, kind, text: &str| ElsewhereLine { id: world.ids.next(now), kind, text: text.to_owned() };
    BroughtIn {
        facts: Facts {
            allergies: Known::Listed(
                vec![Allergy { id: world.ids.next(now), substance: "latex".to_owned(), reaction: None }],
                None,
            ),
            medications: Known::Listed(
                vec![Medication::new(world.ids.next(now), "gabapentin 300 mg", None)],
                Some(day(24)),
            ),
            antithrombotics: Known::NoneOn(day(24)),
            // The region of the practice is read with each patient.
            opioid: OpioidFacts { region: Some(Region::De), ..OpioidFacts::default() },
            ..Facts::default()
        },
        problems: vec![Problem {
            condition_id: Some("lumbar_radiculopathy".to_owned()),
            side: Some(Side::Left),
            since: Some(Since::Month(2024, 3)),
            ..Problem::new(world.ids.next(now), "Sciatica")
        }],
        past,
        lines: vec![line(world, LineKind::Diagnosis, "asthma"), line(world, LineKind::Text, "مريض\nuses a stick")],
        count: 9,
    }
}

/// Everything a patient's record holds of it.
fn held(world: &World, patient: PatientId) -> (Facts, Vec<Problem>, Vec<PastProcedure>, Vec<ElsewhereLine>) {
    let file = world.store.patient_file(patient).unwrap().unwrap();
    let (past, lines) = world.store.elsewhere(patient).unwrap();
    let chart = world.store.chart(patient).unwrap();
    assert_eq!((&chart.past, &chart.elsewhere), (&past, &lines), "the chart says the same");
    (file.facts, file.problems, past, lines)
}

#[test]
fn what_is_brought_in_comes_back_as_written_and_its_draft_is_gone() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let key = DraftKey::of(BRING_IN_FORM, patient);
    world.store.put_draft(&Draft { key: key.clone(), saved_at: world.now, body: "{}".to_owned() }).unwrap();
    let all = brought(&mut world);
    world.commit_typed(Write::BringIn { patient, brought: Box::new(all.clone()) }, &key);
    assert_eq!(held(&world, patient), (all.facts.clone(), all.problems.clone(), all.past.clone(), all.lines.clone()));
    assert_eq!(world.store.draft(&key).unwrap(), None);

    // The same again writes nothing; one line fewer takes one row away.
    let changes = |world: &World| world.store.number("SELECT count(*) FROM change");
    let before = changes(&world);
    world.commit(Write::BringIn { patient, brought: Box::new(all.clone()) });
    assert_eq!(changes(&world), before);
    let fewer = BroughtIn { lines: all.lines[..1].to_vec(), ..all };
    world.commit(Write::BringIn { patient, brought: Box::new(fewer.clone()) });
    assert_eq!(changes(&world), before + 1);
    assert_eq!(held(&world, patient).3, fewer.lines);
}

#[test]
fn bringing_in_is_one_step_of_undo_and_of_redo() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let none = held(&world, patient);
    let all = brought(&mut world);
    world.commit(Write::BringIn { patient, brought: Box::new(all) });
    let after = held(&world, patient);
    let step = world.store.undo_step(Some(patient)).unwrap().unwrap();
    assert_eq!(step.act, "brought in 9 lines");
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert_eq!(held(&world, patient), none);
    let step = world.store.redo_step(Some(patient)).unwrap().unwrap();
    world.store.do_again(&step, world.clock_says()).unwrap();
    assert_eq!(held(&world, patient), after);
}
