//! Seen, to go, late, when home, what is free; the reflection's hour; open and closed days.

use chrono::NaiveTime;

use super::made::{Made, TODAY, at, day};
use crate::clinical::board::clock::gaps;
use crate::clinical::board::{ItemKey, Unclosed};
use crate::clinical::close::DayRecord;
use crate::clinical::visit::VisitKind::{Block, FollowUp, Procedure};
use crate::clinical::visit::VisitState::{self, Booked, Cancelled, Here, InRoom, Left, NoShow};

fn time(text: &str) -> NaiveTime {
    format!("{text}:00").parse().unwrap()
}

#[test]
fn the_header_counts_patients_and_never_blocks() {
    let mut made = Made::at("10:14");
    for (start, state) in [
        ("08:00", Left),
        ("08:20", Left),
        ("09:00", NoShow),
        ("10:00", InRoom),
        ("10:20", Here),
        ("10:40", Booked),
        ("11:00", Cancelled),
    ] {
        made.visit(start, FollowUp, state);
    }
    made.visit("12:00", Block, Booked);
    let header = made.board().header;
    assert_eq!((header.seen, header.in_room, header.here, header.to_go), (2, 1, 1, 1));
}

/// Visits as (start, state, minute of the hour of the start at which they were called in), and what is expected: how late,
/// when it ends, when the last visit begins.
#[test]
fn lateness_is_how_late_the_next_patient_will_begin() {
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, VisitState, &'a str)], u32, Option<&'a str>, Option<&'a str>);
    let cases: [Case<'_>; 11] = [
        ("nobody yet", "07:50", &[("08:00", Booked, ""), ("08:20", Booked, "")], 0, Some("08:40"), None),
        (
            "the first is not called in",
            "08:12",
            &[("08:00", Booked, ""), ("08:20", Booked, "")],
            12,
            Some("08:52"),
            Some("08:32"),
        ),
        ("in room on time", "08:10", &[("08:00", InRoom, "08:00"), ("08:20", Booked, "")], 0, Some("08:40"), None),
        (
            "called in late",
            "08:10",
            &[("08:00", InRoom, "08:07"), ("08:20", Booked, "")],
            7,
            Some("08:47"),
            Some("08:27"),
        ),
        (
            "in room for longer than planned",
            "08:35",
            &[("08:00", InRoom, "08:00"), ("08:20", Booked, "")],
            15,
            Some("08:55"),
            Some("08:35"),
        ),
        (
            "a gap takes the delay",
            "08:35",
            &[("08:00", InRoom, "08:00"), ("09:00", Booked, "")],
            0,
            Some("09:20"),
            None,
        ),
        (
            "an empty room, the next not due",
            "08:35",
            &[("08:00", Left, "08:00"), ("09:00", Here, "")],
            0,
            Some("09:20"),
            None,
        ),
        (
            "forgotten, and overtaken",
            "10:00",
            &[("08:00", Booked, ""), ("09:40", Left, "09:41"), ("10:00", Booked, "")],
            0,
            Some("10:20"),
            None,
        ),
        (
            "overtaken, but here",
            "10:00",
            &[("09:20", Here, ""), ("09:40", Left, "09:41"), ("10:00", Booked, "")],
            40,
            Some("10:40"),
            Some("10:20"),
        ),
        ("came hours early", "09:00", &[("09:00", Booked, ""), ("16:00", Left, "08:30")], 0, Some("09:20"), None),
        ("all gone", "17:00", &[("08:00", Left, "08:00"), ("09:00", NoShow, "")], 0, None, None),
    ];
    for (name, now, visits, late, ends, expected) in cases {
        let mut made = Made::at(now);
        let mut last = None;
        for (start, state, called) in visits {
            let id = made.visit(start, FollowUp, *state);
            if !called.is_empty() {
                made.record(id).visit.in_room_at = Some(at(TODAY, called));
            }
            last = Some(id);
        }
        let board = made.board();
        assert_eq!(board.header.late_min, late, "{name}");
        assert_eq!(board.header.ends, ends.map(|ends| day(TODAY).and_time(time(ends))), "{name}");
        let item = made.item(ItemKey::Assessment(last.unwrap())).unwrap();
        assert_eq!(item.expected, expected.map(time), "{name}");
    }
}

#[test]
fn a_block_takes_its_time_unless_it_is_the_frame_of_a_session() {
    let mut made = Made::at("11:50");
    made.visit("11:40", FollowUp, InRoom);
    let lunch = made.visit("12:00", Block, Booked);
    made.record(lunch).visit.minutes = 60;
    made.visit("12:40", FollowUp, Booked);
    assert_eq!(made.board().header.late_min, 20, "the meeting goes on until 13:00");
    made.visit("12:00", FollowUp, Booked);
    assert_eq!(made.board().header.late_min, 0, "two visits within: the block is their frame");
}

#[test]
fn a_day_that_goes_past_midnight_ends_on_the_next() {
    for (name, today, now, starts, said) in [
        ("another day", "2026-11-23", "12:00", &["08:00", "23:40"][..], Some("ends 00:10 the next day")),
        ("this day, by its pace", TODAY, "22:00", &["22:00", "23:40"], Some("ends 00:10 the next day")),
        ("at midnight", "2026-11-23", "12:00", &["23:30"], Some("ends 00:00 the next day")),
        ("before it", "2026-11-23", "12:00", &["23:20"], Some("ends 23:50")),
        ("nobody", "2026-11-23", "12:00", &[], None),
    ] {
        let mut made = Made::on(TODAY, today, now);
        for start in starts {
            let id = made.visit(start, FollowUp, Booked);
            made.record(id).visit.minutes = 30;
        }
        assert_eq!(made.board().header.ends_words(day(TODAY)).as_deref(), said, "{name}");
    }
}

#[test]
fn on_another_day_nothing_is_late() {
    for today in ["2026-11-23", "2026-11-25"] {
        let mut made = Made::on(TODAY, today, "12:00");
        made.visit("08:00", FollowUp, Booked);
        let in_room = made.visit("09:00", FollowUp, InRoom);
        let board = made.board();
        assert_eq!((board.header.late_min, board.header.ends), (0, Some(day(TODAY).and_time(time("09:20")))));
        assert!(!board.is_today && board.morning.iter().all(|item| item.expected.is_none()));
        assert_eq!(made.item(ItemKey::Assessment(in_room)).unwrap().in_room_min, None);
    }
}

#[test]
fn whoever_is_in_room_has_been_there_so_many_minutes() {
    let mut made = Made::at("10:14");
    let id = made.visit("10:00", FollowUp, InRoom);
    made.record(id).visit.in_room_at = Some(at(TODAY, "10:06"));
    assert_eq!(made.item(ItemKey::Assessment(id)).unwrap().in_room_min, Some(8));
}

#[test]
fn free_times_lie_between_visits_and_ahead_of_now() {
    let shown = |made: &Made| {
        let gaps = gaps(&made.records, made.now, 20);
        gaps.iter().map(|(from, to)| format!("{}-{}", from.format("%H:%M"), to.format("%H:%M"))).collect::<Vec<_>>()
    };
    let day_of = |made: &mut Made| {
        for start in ["08:00", "09:00", "09:20", "11:00"] {
            made.visit(start, FollowUp, Booked);
        }
        made.visit("10:00", FollowUp, Cancelled);
        made.visit("12:00", Block, Booked);
    };
    for (date, today, now, free) in [
        (TODAY, TODAY, "07:00", &["08:20-09:00", "09:40-11:00", "11:20-12:00"][..]),
        (TODAY, TODAY, "08:32", &["08:35-09:00", "09:40-11:00", "11:20-12:00"]),
        (TODAY, TODAY, "08:41", &["09:40-11:00", "11:20-12:00"]),
        (TODAY, TODAY, "18:00", &[]),
        (TODAY, "2026-11-23", "18:00", &["08:20-09:00", "09:40-11:00", "11:20-12:00"]),
        (TODAY, "2026-11-25", "07:00", &[]),
    ] {
        let mut made = Made::on(date, today, now);
        day_of(&mut made);
        assert_eq!(shown(&made), free, "{today} {now}");
    }
    let mut made = Made::at("07:00");
    let frame = made.visit("08:00", Block, Booked);
    made.record(frame).visit.minutes = 240;
    made.visit("08:00", FollowUp, Booked);
    made.visit("09:00", FollowUp, Booked);
    assert_eq!(shown(&made), ["08:20-09:00"], "a session's frame takes no time");
}

#[test]
fn nothing_is_said_of_the_evening_before_the_last_visit_is_over() {
    for (name, now, visits, written, said) in [
        ("one to go", "16:00", &[Left, Booked][..], false, None),
        ("one in room", "23:00", &[Left, InRoom], false, None),
        ("one here", "23:00", &[Here], false, None),
        ("all gone", "12:00", &[Left, NoShow, Cancelled], false, Some(false)),
        ("the last runs late", "18:00", &[Left, Booked], false, None),
        ("the last was never marked", "19:31", &[Left, Booked], false, Some(false)),
        ("written at noon", "12:00", &[Booked], true, Some(true)),
    ] {
        let mut made = Made::at(now);
        for state in visits {
            made.visit("17:00", Procedure, *state);
        }
        made.records.reflection = written;
        assert_eq!(made.board().reflection, said, "{name}");
    }
    assert_eq!(Made::on(TODAY, "2026-11-25", "08:00").board().reflection, Some(false));
    assert_eq!(Made::on(TODAY, "2026-11-23", "08:00").board().reflection, None);
}

#[test]
fn a_day_is_closed_as_its_record_says() {
    for closed in [None, Some("18:00")] {
        let mut made = Made::at("19:00");
        made.records.day = Some(DayRecord {
            id: made.id(),
            date: day(TODAY),
            closed_at: closed.map(|time| at(TODAY, time)),
            done: 9,
            carried: 1,
            let_go: 0,
        });
        assert_eq!(made.board().closed, closed.is_some(), "{closed:?}");
    }
    assert!(!Made::at("19:00").board().closed);
}

#[test]
fn a_day_never_closed_is_carried_over_as_one_line() {
    let mut made = Made::at("08:00");
    made.records.unclosed = Some(Unclosed { date: day("2026-11-23"), open: 4 });
    assert_eq!(made.board().unclosed.map(|unclosed| unclosed.open), Some(4));
}
