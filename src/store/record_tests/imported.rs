//! An import is one act, and what it brings is known again by its source.

use super::world::{World, day};
use crate::action::write::{ImportBatch, Write};
use crate::clinical::answer::Answer;
use crate::clinical::schedule::{SourceKey, SourcePatient};
use crate::clinical::score::ScoreItem;
use crate::clinical::visit::{Visit, VisitKind, VisitSource};
use crate::store::ImportedVisit;

#[test]
fn an_import_is_one_act_and_the_same_source_is_one_row() {
    let mut world = World::new();
    let patient = world.patient("Hale", "Ruth");
    let visit = world.visit(patient.id, day(24), "08:00:00", VisitKind::FollowUp);
    let source = VisitSource {
        key: SourceKey {
            calendar: "clinic.ics".to_owned(),
            uid: "1@invented".to_owned(),
            recurrence: "2026-11-24T08:00".to_owned(),
        },
        file: "clinic.ics".to_owned(),
        start: day(24).and_hms_opt(8, 0, 0).unwrap(),
        all_day: false,
        minutes: None,
        title: Some("Pain visit: Ruth Hale".to_owned()),
        kind: VisitKind::FollowUp,
        cancelled: false,
        who: Some(SourcePatient { name: Some("Ruth Hale".to_owned()), ..SourcePatient::default() }),
    };
    let batch = ImportBatch {
        from: "clinic.ics".to_owned(),
        patients: vec![patient],
        visits: vec![visit.clone()],
        sources: vec![(world.ids.next(world.now), visit.id, source.clone())],
        ..ImportBatch::default()
    };
    let sets = "SELECT count(*) FROM change_set";
    let before = world.store.number(sets);
    world.commit(Write::Import(batch.clone()));
    assert_eq!(world.store.number(sets), before + 1);
    let known =
        ImportedVisit { source_id: batch.sources[0].0, source: source.clone(), visit: visit.clone(), is_begun: false };
    assert_eq!(world.store.imported_visits("clinic.ics").unwrap(), [known]);
    assert_eq!(world.store.imported_visits("other.ics").unwrap(), []);

    let moved = Visit { date: day(25), ..visit.clone() };
    let again = VisitSource { start: day(25).and_hms_opt(8, 0, 0).unwrap(), minutes: Some(40), ..source };
    let batch = ImportBatch {
        from: "clinic.ics".to_owned(),
        changed: vec![moved.clone()],
        sources: vec![(world.ids.next(world.now), visit.id, again.clone())],
        ..ImportBatch::default()
    };
    world.commit(Write::Import(batch));
    assert_eq!(world.store.imported_visits("clinic.ics").unwrap().remove(0).source, again);
    assert_eq!(world.store.number("SELECT count(*) FROM visit_source"), 1);
    assert_eq!(world.seen(visit.id), moved);

    // Touched in any way, it counts as begun.
    let begun = |world: &World| world.store.imported_visits("clinic.ics").unwrap().remove(0).is_begun;
    assert!(!begun(&world));
    world.quick_score(&moved, ScoreItem::Now, Answer::Given(3));
    assert!(begun(&world));
    assert_eq!(world.store.imported_visits("clinic.ics").unwrap()[0].visit, moved);
}
