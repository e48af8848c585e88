//! Visits that were booked by hand before their schedule came.

use super::*;

#[test]
fn a_visit_that_was_booked_by_hand_is_that_of_the_schedule_and_does_not_come_in_again() {
    let mut world = World::new().with("Okafor", "Adaeze", "1972-03-01", "100").with("Ruiz", "Ana", "", "");
    for (n, start) in [(0, "24 08:00"), (1, "24 09:00"), (0, "25 08:00")] {
        let (id, start) = (world.ids.next(AT), at(start));
        let patient = Some(world.patients[n].id);
        world.by_hand.push(Visit::booked(id, patient, start.date(), start.time(), VisitKind::Procedure));
    }
    let mine = world.by_hand[0].clone();
    let rows = |start: &str| {
        let off = SourceEvent { cancelled: true, ..row("3", "25 08:00", "#100", "Follow Up") };
        [row("1", start, "#100", "Follow Up"), row("2", "24 09:00", "Ruiz, Ana", ""), off]
    };
    let plan = world.import(&rows("24 08:00"));
    assert_eq!(actions(&plan), [Action::Unchanged, Action::Create, Action::Create], "by a name alone nobody is known");
    assert!(reason(&plan).contains("booked by hand"), "{plan:?}");
    assert_eq!(*world.visit("1"), mine, "it stays as it is");
    assert_eq!(world.visit("3").state, VisitState::Cancelled);
    assert!(writes_nothing(&world.plan(&[read(&rows("24 08:00"))])));
    let plan = world.import(&rows("24 08:30"));
    assert_eq!(actions(&plan)[0], Action::Update);
    let moved = world.visit("1");
    assert_eq!((moved.id, moved.start, moved.kind), (mine.id, Some(at("24 08:30").time()), VisitKind::Procedure));
}
