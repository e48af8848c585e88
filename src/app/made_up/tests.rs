use super::*;
use crate::action::write::CheckInChange;
use crate::clinical::board::{Flag, Mark, What, board};
use crate::clinical::time::instant;
use crate::clinical::visit::VisitState;

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;
/// Small enough for a test, with all that a day has.
const SMALL: Size = Size { patients: 72, days: 60, visits_a_day: 2 };

fn now(text: &str) -> Now {
    Now { instant: instant(text.parse().unwrap(), ZONE), zone: ZONE }
}

fn filled(size: Size, now: Now) -> Store {
    let mut store = Store::in_memory(Ids::seeded(5), now.instant).unwrap();
    fill(&mut store, 1, size, now).unwrap();
    store
}

#[test]
fn the_same_seed_size_and_moment_make_the_same_writes() {
    let now = now("2026-11-24T10:14:00");
    let acts = |seed| generate(seed, SMALL, now).collect::<Vec<_>>();
    assert_eq!(acts(1), acts(1));
    assert_ne!(acts(1), acts(2));
}

#[test]
fn the_same_seed_size_and_moment_make_the_same_record() {
    let now = now("2026-11-24T10:14:00");
    let head = |seed| {
        let mut store = Store::in_memory(Ids::seeded(5), now.instant).unwrap();
        fill(&mut store, seed, SMALL, now).unwrap();
        store.head().unwrap()
    };
    // The hash of the last change set stands for every value of every row before it.
    assert_eq!(head(1), head(1));
    assert_ne!(head(1), head(2));
}

#[test]
fn the_log_is_smaller_than_the_records_even_where_each_act_stands_alone() {
    let now = now("2026-11-24T10:14:00");
    let mut store = Store::in_memory(Ids::seeded(5), now.instant).unwrap();
    for Act { at, write } in generate(1, Size { days: 200, ..SMALL }, now) {
        let now = Now { instant: at, ..now };
        match write {
            Write::Many(_, writes) => writes.into_iter().for_each(|write| drop(store.commit(write, now).unwrap())),
            write => drop(store.commit(write, now).unwrap()),
        }
    }
    let bytes = store.bytes().unwrap();
    assert!(bytes.log < bytes.records, "{bytes:?}");
}

#[test]
fn what_a_check_in_follows_names_its_structure_once() {
    let now = now("2026-11-24T10:14:00");
    let mut about: Vec<String> = Vec::new();
    for Act { write, .. } in generate(1, SMALL, now) {
        let writes = if let Write::Many(_, writes) = write { writes } else { vec![write] };
        about.extend(writes.into_iter().filter_map(|write| match write {
            Write::PutCheckIn { check_in, change: CheckInChange::Planned } => Some(check_in.about),
            _ => None,
        }));
    }
    assert!(about.iter().any(|about| about.starts_with("Greater occipital nerve block,")), "{about:?}");
    for about in about {
        let (what, _) = about.rsplit_once(", ").unwrap();
        assert_eq!(crate::clinical::booked::shown(what), what);
    }
}

#[test]
fn acts_come_in_the_order_of_time_and_none_lies_ahead() {
    let now = now("2026-11-24T10:14:00");
    let acts: Vec<Act> = generate(1, SMALL, now).collect();
    assert!(acts.is_sorted_by_key(|act| act.at));
    assert!(acts.iter().all(|act| act.at <= now.instant));
}

#[test]
fn a_full_day_lies_around_now_at_any_hour() {
    for (text, is_mixed) in [
        ("2026-11-24T10:14:00", true),
        ("2026-11-22T16:40:00", true),
        ("2026-03-29T13:05:00", true),
        ("2026-11-24T03:00:00", true),
        ("2026-11-24T00:02:00", false),
        ("2026-11-24T23:58:00", false),
    ] {
        let now = now(text);
        let store = filled(SMALL, now);
        let board = board(&store.board_records(now.today(), now, true).unwrap(), now);
        let states: Vec<VisitState> = board.ribbon.iter().map(|block| block.state).collect();
        assert_eq!(states.len(), 19, "{text}");
        let has = |state| states.contains(&state);
        let mix = [VisitState::Booked, VisitState::Here, VisitState::InRoom, VisitState::Left, VisitState::NoShow];
        assert_eq!(mix.into_iter().all(has), is_mixed, "{text}: {states:?}");
        assert_eq!(
            states.iter().filter(|state| **state == VisitState::InRoom).count(),
            usize::from(is_mixed),
            "{text}"
        );
    }
}

#[test]
fn the_day_asks_for_something_of_everything() {
    let now = now("2026-11-24T10:14:00");
    let store = filled(SMALL, now);
    let board = board(&store.board_records(now.today(), now, true).unwrap(), now);
    let whats: Vec<What> = board.items().filter(|item| !item.done).map(|item| item.key.what()).collect();
    for what in [
        What::Assessment,
        What::Plan,
        What::Procedure,
        What::CheckIn,
        What::Task,
        What::Copy,
        What::Aftermath,
        What::RedFlag,
        What::Diagnostic,
        What::Clock,
        What::Urine,
        What::Referral,
        What::Taper,
        What::Tomorrow,
    ] {
        assert!(whats.contains(&what), "{what:?} is missing");
    }
    let copies = board.late.iter().filter(|item| item.key.what() == What::Copy);
    assert!(copies.clone().all(|item| item.text.starts_with("not copied out")));
    assert!((3..12).contains(&copies.count()));
    assert!(board.midday.iter().filter(|item| !item.done).count() >= 2);
    assert!(board.morning.iter().any(|item| item.done) && board.morning.iter().any(|item| item.mark == Mark::WantsYou));
    let flags: Vec<&Flag> = board.items().flat_map(|item| &item.flags).collect();
    for flag in
        [Flag::NameAlert, Flag::PatientUnconfirmed, Flag::Interpreter, Flag::AnticoagulantUnknown, Flag::Decides]
    {
        assert!(flags.contains(&&flag), "{flag:?} is missing");
    }
    assert!(flags.contains(&&Flag::Anticoagulant("apixaban".to_owned())));
    let owners: std::collections::BTreeSet<_> = board.late.iter().map(|item| item.owner.to_string()).collect();
    assert_eq!(owners.into_iter().collect::<Vec<_>>(), ["Ines", "desk", "me", "nurse"]);
    assert!(board.tomorrow.visits >= 7 && board.tomorrow.missing >= 3, "{:?}", board.tomorrow);
    assert_eq!((board.unclosed, board.closed), (None, false));
}

#[test]
fn the_demo_has_two_years_of_at_least_forty_patients() {
    let now = now("2026-11-24T10:14:00");
    let mut earliest = std::collections::BTreeMap::new();
    for act in generate(1, Size::DEMO, now) {
        let Write::Many(_, writes) = act.write else { continue };
        for write in writes {
            if let Write::CompleteAssessment { assessment, .. } = write {
                earliest.entry(assessment.patient).or_insert(assessment.date);
            }
        }
    }
    let long_ago = days_ago(now.today(), 365);
    let long_known = earliest.values().filter(|date| **date < long_ago).count();
    assert!(long_known >= 40, "{long_known}");
}

#[test]
fn a_longer_past_ends_in_the_same_day_and_the_same_patients() {
    let now = now("2026-11-24T10:14:00");
    let longer = Size { days: 200, ..SMALL };
    let (short, long) = (filled(SMALL, now), filled(longer, now));
    assert_eq!(short.patient_names().unwrap(), long.patient_names().unwrap());
    let visits = |store: &Store| {
        let records = store.board_records(now.today(), now, true).unwrap();
        assert_eq!(records.unclosed, None);
        let visits = records.visits.into_iter().chain(records.tomorrow);
        let visits = visits.map(|record| (record.visit, record.scores, record.assessed)).collect::<Vec<_>>();
        (visits, records.check_ins, records.tasks, records.to_copy, records.to_follow)
    };
    assert_eq!(visits(&short), visits(&long));
}

#[test]
fn every_day_of_the_past_is_closed_and_stays_so() {
    let now = now("2026-11-24T10:14:00");
    let store = filled(SMALL, now);
    for ago in [1, 4, 5, 18, 40] {
        let date = days_ago(now.today(), ago);
        let board = board(&store.board_records(date, now, true).unwrap(), now);
        assert!(board.closed, "{date}");
    }
}

#[test]
fn a_made_up_record_is_sound() {
    let mut store = filled(SMALL, now("2026-11-24T10:14:00"));
    let proof = store.verify(None, &mut crate::store::Watch::nobody()).unwrap();
    assert!(proof.is_sound(), "{:?}", proof.findings);
}

#[test]
fn what_was_found_is_written_in_shorthand_that_reads_whole() {
    use crate::clinical::examination::{Piece, read};
    use crate::clinical::procedure::Side;
    for course in course::COURSES {
        for text in course.examinations {
            let pieces = read(&course::about(text, Side::Left));
            let unread: Vec<&Piece> = pieces.iter().filter(|piece| matches!(piece, Piece::Unread(..))).collect();
            assert!(unread.is_empty(), "{text}: {unread:?}");
            assert!(pieces.iter().filter(|piece| matches!(piece, Piece::Finding(_))).count() >= 2, "{text}");
        }
    }
}
