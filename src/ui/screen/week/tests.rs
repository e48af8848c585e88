//! The week as it is seen, and what its keys ask for.

use chrono::NaiveDate;

use super::{WeekScreen, monday};
use crate::action::input::{Input, Mouse, MouseButton, MouseKind};
use crate::clinical::models::WeekDay;
use crate::clinical::visit::{Visit, VisitKind, VisitState};
use crate::ui::effect::Effect;
use crate::ui::place::Place;
use crate::ui::screen::Surface;
use crate::ui::screen::testing::World;
use crate::ui::theme::{Look, Signs};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The week of the full day: Monday closed, the day itself, a lighter Wednesday, a Friday that begins early.
fn week(world: &mut World) -> Vec<WeekDay> {
    let first = monday(world.records.date);
    let mut days: Vec<WeekDay> =
        first.iter_days().take(7).map(|date| WeekDay { date, visits: Vec::new(), closed: false }).collect();
    let today: Vec<(Visit, String)> = world
        .records
        .visits
        .iter()
        .map(|record| {
            let name = record.file.as_ref().map(|file| file.patient.list_name());
            (record.visit.clone(), name.or_else(|| record.visit.title.clone()).unwrap_or_default())
        })
        .collect();
    for (at, visits) in [(0, &today[..6]), (1, &today[..]), (2, &today[2..5]), (4, &today[9..12])] {
        days[at].visits = visits.to_vec();
    }
    days[0].closed = true;
    for (visit, _) in &mut days[0].visits {
        visit.state = VisitState::Left;
    }
    for (visit, _) in days.iter_mut().skip(2).flat_map(|day| &mut day.visits) {
        visit.state = VisitState::Booked;
    }
    if let Some((visit, _)) = days[4].visits.first_mut() {
        visit.start = "06:30:00".parse().ok();
    }
    days
}

fn screen(world: &mut World) -> WeekScreen {
    let days = week(world);
    WeekScreen::new(days, world.records.date)
}

#[test]
fn the_week_in_the_sizes_of_terminals() {
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40)), ("42x12", (42, 12))] {
        let mut world = World::day();
        world.size = size;
        world.preferences.hide_names_below = 0;
        let screen = screen(&mut world);
        insta::assert_snapshot!(name, world.show(&screen));
    }
}

#[test]
fn the_week_in_other_modes() {
    let mut world = World::day();
    world.size = (80, 24);
    let screen = screen(&mut world);
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    world.names_hidden = true;
    let shown = world.show(&screen);
    assert!(shown.is_ascii(), "{shown}");
    insta::assert_snapshot!("ascii_hidden", shown);
    world.look = Look::default();
    world.names_hidden = false;
    world.preferences.plain = true;
    insta::assert_snapshot!("plain", world.show(&screen));
}

#[test]
fn the_week_survives_every_size() {
    for plain in [false, true] {
        let mut world = World::day();
        world.preferences.plain = plain;
        let screen = screen(&mut world);
        for width in (0..50).chain([79, 80, 100, 160]) {
            for height in (0..26).chain([50]) {
                world.size = (width, height);
                world.show(&screen);
            }
        }
    }
    let world = World::day();
    world.show(&WeekScreen::new(Vec::new(), day("2026-11-24")));
}

#[test]
fn keys_choose_a_day_and_show_it() {
    let mut world = World::day();
    for (keys, place) in [
        ("j", "2026-11-25"),
        ("l l", "2026-11-26"),
        ("k", "2026-11-23"),
        ("Home", "2026-11-23"),
        ("End", "2026-11-29"),
        ("End t", "2026-11-24"),
    ] {
        let mut screen = screen(&mut world);
        let effects = world.press(&mut screen, keys);
        assert!(effects.is_empty(), "{keys}");
        assert_eq!(screen.place(), Place::Week(day(place)), "{keys}");
    }
    let mut screen = screen(&mut world);
    let effects = world.press(&mut screen, "j Enter");
    assert!(matches!(effects.as_slice(), [Effect::ShowDay(date)] if *date == day("2026-11-25")), "{effects:?}");
}

#[test]
fn beyond_its_ends_lies_the_next_week() {
    let mut world = World::day();
    for (keys, date) in [
        (">", "2026-12-01"),
        ("<", "2026-11-17"),
        (",", "2026-11-17"),
        ("End j", "2026-11-30"),
        ("Home k", "2026-11-22"),
    ] {
        let mut screen = screen(&mut world);
        let effects = world.press(&mut screen, keys);
        assert!(
            matches!(effects.as_slice(), [Effect::Replace(Place::Week(to))] if *to == day(date)),
            "{keys}: {effects:?}"
        );
    }
}

#[test]
fn a_click_chooses_a_day_and_a_second_shows_it() {
    let mut world = World::day();
    world.size = (80, 24);
    let mut screen = screen(&mut world);
    let click = |y| Input::Mouse(Mouse { kind: MouseKind::Press(MouseButton::Left), x: 20, y });
    assert!(world.input(&mut screen, &click(4)).is_empty());
    assert_eq!(screen.place(), Place::Week(day("2026-11-25")));
    let effects = world.input(&mut screen, &click(4));
    assert!(matches!(effects.as_slice(), [Effect::ShowDay(_)]), "{effects:?}");
}

#[test]
fn a_week_begins_on_monday() {
    for (date, first) in [("2026-11-23", "2026-11-23"), ("2026-11-29", "2026-11-23"), ("2027-01-01", "2026-12-28")] {
        assert_eq!(monday(day(date)), day(first), "{date}");
    }
}

#[test]
fn the_load_counts_visits_by_kind_and_leaves_out_who_does_not_come() {
    let mut world = World::day();
    let days = week(&mut world);
    let today = &days[1];
    let counts =
        [VisitKind::New, VisitKind::FollowUp, VisitKind::Procedure, VisitKind::Block].map(|kind| today.count(kind));
    assert_eq!(counts, [2, 6, 4, 1]);
    assert_eq!(super::draw::show_minutes(today.minutes()), "5 h 20 min");
}
