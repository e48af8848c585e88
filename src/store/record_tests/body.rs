//! The body map in the record: there and back, what is rewritten, what the next visit compares with.

use super::world::{World, day, mapped};
use crate::action::write::Write;
use crate::clinical::assessment::Assessment;
use crate::clinical::body::{Body, BodyRegion, Intensity, MapOn};
use crate::clinical::summary::{Section, sections, summary};
use crate::clinical::visit::{Visit, VisitKind};

fn keep(world: &mut World, visit: &Visit, body: &Body) -> Assessment {
    let assessment = Assessment { body: body.clone(), ..world.assessment(visit) };
    world.commit(Write::CompleteAssessment {
        assessment: assessment.clone(),
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    assessment
}

fn kept(world: &World, visit: &Visit) -> Body {
    world.store.assessment_model(visit.id).unwrap().current.unwrap().body
}

#[test]
fn a_map_comes_back_as_it_was_and_every_region_by_its_code() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let mut body = mapped();
    keep(&mut world, &visit, &body);
    assert_eq!(kept(&world, &visit), body);

    for (n, region) in (0..11).cycle().zip(BodyRegion::all()) {
        body.map.set(region, Intensity::new(n).unwrap());
        if n > 0 {
            body.map.radiate(region, Some(region.mirrored()));
        }
    }
    keep(&mut world, &visit, &body);
    assert_eq!(kept(&world, &visit), body);
    let codes = world.store.text("SELECT group_concat(region, ' ') FROM pain_region");
    assert!(BodyRegion::all().all(|region| codes.split(' ').any(|code| code == region.code())), "{codes}");
}

#[test]
fn only_what_changed_on_the_map_is_written() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let mut body = mapped();
    keep(&mut world, &visit, &body);
    let mut changes = |body: &Body| {
        let count = |world: &World| world.store.number("SELECT count(*) FROM change");
        let before = count(&world);
        keep(&mut world, &visit, body);
        count(&world) - before
    };
    let nothing = changes(&body);
    assert!(nothing <= 1, "at most the stamp on the visit: {nothing}");
    body.map.set(BodyRegion::of_code("bul").unwrap(), Intensity::MOST);
    body.map.clear(BodyRegion::of_code("cal").unwrap());
    assert_eq!(changes(&body), nothing + 2);
    keep(&mut world, &visit, &Body::default());
    assert!(kept(&world, &visit).is_blank());
}

#[test]
fn undo_takes_the_map_back_with_its_assessment_and_redo_brings_it_again() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    keep(&mut world, &visit, &mapped());
    let after = world.store.facts();
    let step = world.store.undo_step(None).unwrap().unwrap();
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert_eq!(world.store.assessment_model(visit.id).unwrap().current, None);
    assert_eq!(world.store.number("SELECT count(*) FROM pain_region"), 0);
    let step = world.store.redo_step(None).unwrap().unwrap();
    world.store.do_again(&step, world.clock_says()).unwrap();
    assert_eq!(world.store.facts(), after);
    assert_eq!(kept(&world, &visit), mapped());
}

#[test]
fn the_next_visit_compares_with_the_newest_map_not_with_a_visit_without_one() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    for (n, body) in [(3, mapped()), (10, Body::default())] {
        let visit = world.booked(patient, day(n), "08:00:00", VisitKind::FollowUp);
        keep(&mut world, &visit, &body);
    }
    let today = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let model = world.store.assessment_model(today.id).unwrap();
    let first = Some(MapOn { date: day(3), map: mapped().map });
    assert_eq!((model.last.unwrap().date, model.last_map), (day(10), first.clone()));
    assert_eq!(world.store.visit_summary(today.id).unwrap().last_map, first);
    keep(&mut world, &today, &mapped());
    let chart = world.store.chart(patient).unwrap();
    assert_eq!((chart.map.unwrap().date, chart.map_before), (day(24), first));
    assert_eq!(world.store.assessment_model(today.id).unwrap().last_map.unwrap().date, day(3));
}

#[test]
fn the_board_knows_where_the_patients_of_the_day_hurt_and_the_summary_says_it() {
    let mut world = World::new();
    let (okafor, hale) = (world.known("Okafor"), world.known("Hale"));
    for (patient, n, body) in [(okafor, 3, mapped()), (okafor, 10, Body::default()), (hale, 10, Body::default())] {
        let visit = world.booked(patient, day(n), "08:00:00", VisitKind::FollowUp);
        keep(&mut world, &visit, &body);
    }
    let today = world.booked(okafor, day(24), "08:00:00", VisitKind::FollowUp);
    world.booked(hale, day(24), "09:00:00", VisitKind::FollowUp);
    let maps = |world: &World| world.store.board_records(day(24), world.clock_says(), true).unwrap().maps;
    let first = MapOn { date: day(3), map: mapped().map };
    assert_eq!(maps(&world).into_iter().collect::<Vec<_>>(), [(okafor, first)]);

    let mut now = mapped();
    now.map.gone(BodyRegion::of_code("bul").unwrap());
    keep(&mut world, &today, &now);
    assert_eq!(maps(&world)[&okafor], MapOn { date: day(24), map: now.map.clone() });
    let model = world.store.visit_summary(today.id).unwrap();
    let text = summary(&model, None);
    let (changed, mapped) = (text.find("Gone since 3 Nov 2026").unwrap(), text.find("BODY MAP").unwrap());
    assert!(changed < mapped, "{text}");
    for section in [Section::Changes, Section::Map] {
        assert!(sections(&model).contains(&section), "{section:?}");
    }
}

#[test]
fn what_was_copied_forward_is_kept_and_said_in_its_section() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let before = world.booked(patient, day(3), "08:00:00", VisitKind::FollowUp);
    keep(&mut world, &before, &mapped());
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let mut assessment = Assessment { place: "left leg".to_owned(), ..world.assessment(&visit) };
    assessment.asked.carried = vec!["place".to_owned(), "no field any more".to_owned()];
    let mut complete = |assessment: &Assessment, again: bool| {
        world.commit(Write::CompleteAssessment {
            assessment: assessment.clone(),
            scores: Vec::new(),
            lists: crate::clinical::asked::PatientLists::default(),
            again,
        });
        let model = world.store.visit_summary(visit.id).unwrap();
        let carried = model.assessment.as_ref().unwrap().asked.carried.clone();
        (carried, summary(&model, Some(Section::History)))
    };
    let (carried, text) = complete(&assessment, false);
    assert_eq!(carried, assessment.asked.carried);
    assert!(text.contains("Copied forward from 3 Nov 2026: where it hurts.\n"), "{text}");
    assessment.asked.carried.clear();
    let (carried, text) = complete(&assessment, true);
    assert_eq!(carried, Vec::<String>::new());
    assert!(!text.contains("Copied forward"), "{text}");
}
