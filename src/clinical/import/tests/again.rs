//! Whatever was imported and whatever the physician did to it, the same file again changes nothing.

use proptest::prelude::*;

use super::*;
use crate::clinical::import::outcome::is_begun;

#[derive(Debug, Clone)]
enum Meddling {
    Move(usize, u32),
    Length(usize, u16),
    Cancel(usize),
    Begin(usize),
    Record(usize),
    MakeVisit(usize),
    Rename(usize),
}

fn meddling() -> impl Strategy<Value = Meddling> {
    let which = 0..8usize;
    prop_oneof![
        (which.clone(), 0..6u32).prop_map(|(at, hours)| Meddling::Move(at, hours)),
        (which.clone(), 1..90u16).prop_map(|(at, minutes)| Meddling::Length(at, minutes)),
        which.clone().prop_map(Meddling::Cancel),
        which.clone().prop_map(Meddling::Begin),
        which.clone().prop_map(Meddling::Record),
        which.clone().prop_map(Meddling::MakeVisit),
        which.prop_map(Meddling::Rename),
    ]
}

fn some_event() -> impl Strategy<Value = SourceEvent> {
    let whom = prop_oneof![
        Just(""),
        Just("Okafor, Adaeze"),
        Just("Okafor, Adaeze *1972-03-01"),
        Just("Okafor, Adaeze #100"),
        Just("Ng, Linh"),
        Just("Hale Ruth"),
        Just("Hale, Ruth *1950-05-05"),
        Just("#M1"),
    ];
    let title = prop_oneof![
        Just(""),
        Just("Lunch"),
        Just("Pain visit: Ruth Hale"),
        Just("Injection, Adaeze Okafor"),
        Just("Linh Ng")
    ];
    (0..8u32, 1..30u32, 8..18u32, whom, title, any::<bool>(), any::<bool>(), prop::option::of(1..200i64)).prop_map(
        |(uid, day, hour, whom, title, cancelled, all_day, minutes)| {
            let mut event = row(&uid.to_string(), &format!("{day} {hour:02}:00"), whom, title);
            event.cancelled = cancelled;
            event.end = minutes.map(|minutes| event.start + chrono::Duration::minutes(minutes));
            if all_day && hour % 3 == 0 {
                event.all_day = true;
                event.start = event.start.date().and_time(NaiveTime::MIN);
                event.end = Some(event.start + chrono::Duration::days(1));
            }
            event
        },
    )
}

fn meddle(world: &mut World, what: &Meddling) {
    let somebody = world.patients.first().map(|patient| patient.id);
    let (Meddling::Move(n, _)
    | Meddling::Length(n, _)
    | Meddling::Cancel(n)
    | Meddling::Begin(n)
    | Meddling::Record(n)
    | Meddling::MakeVisit(n)
    | Meddling::Rename(n)) = what;
    let Some(known) = world.visits.get_mut(*n) else { return };
    let visit = &mut known.visit;
    match what {
        Meddling::Move(_, hours) => {
            visit.start = visit.start.map(|start| start + chrono::Duration::hours(i64::from(*hours)));
        }
        Meddling::Length(_, minutes) => visit.minutes = *minutes,
        Meddling::Cancel(_) => visit.state = VisitState::Cancelled,
        Meddling::Begin(_) => *visit = visit.with_state(VisitState::InRoom, AT),
        Meddling::Record(_) => visit.recorded_at = Some(AT),
        Meddling::MakeVisit(_) if visit.start.is_some() => {
            visit.patient = somebody;
            visit.kind = VisitKind::FollowUp;
        }
        Meddling::MakeVisit(_) => {}
        Meddling::Rename(_) => visit.title = Some("renamed".to_owned()),
    }
}

proptest! {
    /// Whatever was imported and whatever the physician did to it: a file imported twice changes nothing the second time,
    /// with and without cancelling what is gone, and what has begun stays where it is.
    #[test]
    fn the_same_file_again_changes_nothing(
        first in prop::collection::vec(some_event(), 0..8),
        meddlings in prop::collection::vec(meddling(), 0..6),
        second in prop::collection::vec(some_event(), 0..8),
        prune in any::<bool>(),
    ) {
        let gone = if prune { WithGone::Cancel } else { WithGone::Keep };
        let mut world = World::new().with("Okafor", "Adaeze", "1972-03-01", "100").with("Ng", "Linh", "", "");
        world.import(&first);
        let again = world.import(&first);
        prop_assert!(writes_nothing(&again), "{:?}", again);
        for what in &meddlings {
            meddle(&mut world, what);
        }
        prop_assert!(writes_nothing(&world.import(&first)), "what the physician did stays");
        let begun: Vec<Visit> =
            world.visits.iter().map(|known| known.visit.clone()).filter(is_begun).collect();
        world.import_read(&[read(&second)], gone);
        for visit in begun {
            let now = &world.visits.iter().find(|known| known.visit.id == visit.id).unwrap().visit;
            prop_assert_eq!((now.starts(), now.state, now.patient), (visit.starts(), visit.state, visit.patient));
        }
        let twice = world.plan(&[read(&second)]);
        prop_assert!(twice.rows(gone).is_empty(), "{:?}", twice);
    }
}
