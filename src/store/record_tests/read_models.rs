//! What screens are given: the week, the lines of a search, the newest of everything in a chart.

use chrono::NaiveDate;

use super::world::{World, day};
use crate::action::write::Write;
use crate::clinical::visit::{VisitKind, VisitState};

#[test]
fn the_week_shows_each_day_with_its_visits_and_whether_it_was_closed() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let block = {
        let mut block = world.visit(patient, day(25), "12:00:00", VisitKind::Block);
        (block.patient, block.title) = (None, Some("Team".to_owned()));
        world.commit(Write::BookVisit { visit: block.clone(), new_patient: None });
        block
    };
    let early = world.booked(patient, day(25), "08:00:00", VisitKind::FollowUp);
    world.booked(patient, day(30), "08:00:00", VisitKind::FollowUp);
    world.close(day(25), None);
    let week = world.store.week(day(23)).unwrap();
    assert_eq!(week.len(), 7);
    assert_eq!(week.iter().map(|day| day.closed).collect::<Vec<_>>(), [false, false, true, false, false, false, false]);
    let shown: Vec<_> = week[2].visits.iter().map(|(visit, name)| (visit.id, name.as_str())).collect();
    assert_eq!(shown, [(early.id, "OKAFOR Adaeze"), (block.id, "Team")]);
    assert!(week[6].visits.is_empty());
}

#[test]
fn finds_show_the_last_and_the_next_visit() {
    let mut world = World::new();
    let (seen, never) = (world.known("Okafor"), world.known("Hale"));
    world.booked(seen, day(10), "08:00:00", VisitKind::FollowUp);
    world.booked(seen, day(12), "08:00:00", VisitKind::FollowUp);
    let cancelled = world.booked(seen, day(20), "08:00:00", VisitKind::FollowUp);
    world.state(cancelled.id, VisitState::Cancelled);
    world.booked(seen, day(24), "08:00:00", VisitKind::FollowUp);
    let lines = world.store.patient_lines(&[never, seen], day(24)).unwrap();
    let dates: Vec<(PatientLineDates, String)> =
        lines.iter().map(|line| ((line.last_visit, line.next_visit), line.patient.family.clone())).collect();
    assert_eq!(dates, [((None, None), "Hale".to_owned()), ((Some(day(12)), Some(day(24))), "Okafor".to_owned())]);
    let mut names: Vec<_> = world.store.patient_names().unwrap().into_iter().map(|name| name.id).collect();
    names.sort();
    assert_eq!(names, [seen, never]);
}

type PatientLineDates = (Option<NaiveDate>, Option<NaiveDate>);

#[test]
fn the_chart_holds_the_newest_of_everything() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let first = world.booked(patient, day(10), "08:00:00", VisitKind::FollowUp);
    let assessment = world.assessed(&first, 6);
    let (_, procedure) = world.planned(&assessment, day(12));
    world.operated(&procedure, day(13));
    let second = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let newest = world.assessed(&second, 3);
    let plan = world.plan(patient, Some(second.id), 2, Vec::new());
    world.commit(Write::SetPlan { plan, goals: Vec::new(), answers: vec![newest.id], booked: Vec::new() });
    let chart = world.store.chart(patient).unwrap();
    assert_eq!(chart.plan.unwrap().version, 2);
    assert_eq!(chart.plan_before.unwrap().version, 1);
    assert_eq!(chart.assessment.unwrap().id, newest.id);
    assert_eq!(chart.check_ins.len(), 1);
    let lines: Vec<_> = chart.visits.iter().map(|line| (line.visit.date, line.plan, line.session.is_some())).collect();
    assert_eq!(lines, [(day(24), Some((2, true)), false), (day(12), None, true), (day(10), Some((1, false)), false)]);
    assert_eq!(chart.visits[0].impression.as_deref(), Some("Facet pain, likely."));
}
