//! Where the hands go: along a pane, between panes, with the mouse; and that nothing else moves them.

use super::keys::{answered, on, opened};
use crate::action::Write;
use crate::action::input::{Input, Mouse, MouseButton, MouseKind};
use crate::action::write::TaskChange;
use crate::clinical::board::{Item, What};
use crate::clinical::task::TaskKind;
use crate::clinical::visit::{Aftermath, VisitKind, VisitState};
use crate::ui::effect::Effect;
use crate::ui::screen::Surface;
use crate::ui::screen::board::BoardScreen;
use crate::ui::screen::board::phase::Phase;
use crate::ui::screen::testing::{World, told, who};

fn here(world: &mut World, screen: &BoardScreen) -> (Phase, String) {
    let focus = screen.focus;
    let env = world.env();
    (focus, screen.chosen(&env).map(Item::name).unwrap_or_default())
}

#[test]
fn the_board_opens_on_whoever_is_in_room_else_here_else_next() {
    for (gone, family) in [(&[][..], "Nguyen"), (&["Nguyen"], "Hale"), (&["Nguyen", "Hale"], "Diallo")] {
        let mut world = World::day();
        let gone: Vec<_> = gone.iter().map(|family| who(&world, family)).collect();
        world.change(|records| {
            for record in
                records.visits.iter_mut().filter(|record| record.visit.patient.is_some_and(|p| gone.contains(&p)))
            {
                record.visit.state = VisitState::Left;
            }
        });
        let screen = opened(&mut world);
        let expected = world.patients.all().iter().find(|name| name.family == family).unwrap().list_name();
        assert_eq!(here(&mut world, &screen), (Phase::Morning, expected));
    }
}

#[test]
fn keys_move_along_a_pane_and_stop_at_its_ends() {
    for (keys, name) in [
        ("j", "HALE Ruth"),
        ("k", "SANTOS Rui"),
        ("Home", "OKAFOR Adaeze"),
        ("Home k", "OKAFOR Adaeze"),
        ("End", "KOVAC Ana"),
        ("End j j", "KOVAC Ana"),
        ("PgUp", "OKAFOR Adaeze"),
        ("PgDn", "KOVAC Ana"),
    ] {
        let mut world = World::day();
        let mut screen = opened(&mut world);
        world.press(&mut screen, keys);
        assert_eq!(here(&mut world, &screen).1, name, "{keys}");
    }
}

#[test]
fn keys_move_between_panes_beside_each_other_and_folded() {
    for (size, keys, phase) in [
        ((120, 40), "Tab", Phase::Midday),
        ((120, 40), "Tab Tab Tab Tab", Phase::Morning),
        ((120, 40), "Shift-Tab", Phase::Late),
        ((120, 40), "l", Phase::Midday),
        ((120, 40), "h", Phase::Morning),
        ((120, 40), "3 l", Phase::Late),
        ((120, 40), "4 h", Phase::Afternoon),
        ((120, 40), "2 l", Phase::Midday),
        ((80, 24), "l", Phase::Midday),
        ((80, 24), "h", Phase::Late),
        ((80, 24), "4", Phase::Late),
        ((80, 24), "3", Phase::Afternoon),
        ((60, 14), "2", Phase::Midday),
    ] {
        let mut world = World::day();
        world.size = size;
        let mut screen = opened(&mut world);
        world.press(&mut screen, keys);
        assert_eq!(screen.focus, phase, "{size:?} {keys}");
    }
}

#[test]
fn a_pane_is_entered_at_the_same_patient_where_there_is_one() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Assessment, "Okafor");
    for (key, phase) in [("2", Phase::Midday), ("3", Phase::Afternoon), ("4", Phase::Late), ("1", Phase::Morning)] {
        world.press(&mut screen, key);
        assert_eq!(here(&mut world, &screen), (phase, "OKAFOR Adaeze".to_owned()));
    }
}

#[test]
fn passing_through_a_pane_changes_no_choice_in_another() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Assessment, "Diallo");
    world.press(&mut screen, "k j 4 2 3 1");
    assert_eq!(here(&mut world, &screen), (Phase::Morning, "DIALLO Awa".to_owned()));
    world.press(&mut screen, "4");
    let red_flag = here(&mut world, &screen).1;
    world.press(&mut screen, "Enter 1");
    assert_eq!(here(&mut world, &screen).1, red_flag, "acting on somebody takes them in hand");
}

#[test]
fn nothing_that_arrives_moves_or_sorts_changes_who_is_selected() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Assessment, "Diallo");
    let early = world.patient("Aalto Eino 1980-01-01 M");
    world.visit("07:30", VisitKind::FollowUp, VisitState::Booked, &early, "", &[]);
    world.change(|records| records.visits[7].visit.start = "12:30:00".parse().ok());
    screen.day_changed(&mut world.env());
    assert_eq!(here(&mut world, &screen).1, "DIALLO Awa", "a visit came before, and hers was moved");
    world.change(|records| records.visits[7].visit.state = VisitState::InRoom);
    screen.day_changed(&mut world.env());
    assert_eq!(here(&mut world, &screen).1, "DIALLO Awa");
    let mut screen = on(&mut world, What::Plan, "Okafor");
    let set = world.id();
    world.change(|records| records.plans[0].answered_by = Some(set));
    screen.day_changed(&mut world.env());
    assert_eq!(here(&mut world, &screen).1, "OKAFOR Adaeze", "her plan went to the end of the list");
}

#[test]
fn when_the_item_goes_its_patient_stays_else_what_stood_next() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::CheckIn, "Rossi");
    world.change(|records| records.check_ins.retain(|(check_in, _)| check_in.attempts == 0));
    screen.day_changed(&mut world.env());
    assert_eq!(here(&mut world, &screen).1, "ROSSI Marco", "his result is still there");
    world.change(|records| records.tasks.retain(|(task, _)| task.what != "MRI lumbar"));
    screen.day_changed(&mut world.env());
    assert_ne!(here(&mut world, &screen).1, "ROSSI Marco");
    let env = world.env();
    assert!(screen.chosen(&env).is_some());
}

#[test]
fn the_now_key_chooses_the_visit_at_the_now_line() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Task, "Stolz");
    world.press(&mut screen, ".");
    assert_eq!(here(&mut world, &screen), (Phase::Morning, "NGUYEN Linh".to_owned()));
}

#[test]
fn by_the_clock_is_kept_for_its_weekday_and_keeps_who_is_selected() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Procedure, "Marsh");
    world.press(&mut screen, "a");
    assert_eq!(screen.by_clock(), [false, true, false, false, false, false, false]);
    assert_eq!(here(&mut world, &screen), (Phase::Morning, "MARSH Edwin".to_owned()));
    world.press(&mut screen, "Tab");
    assert_eq!(screen.focus, Phase::Midday);
    world.press(&mut screen, "Tab Tab");
    assert_eq!(screen.focus, Phase::Morning, "procedures have no pane of their own");
    world.press(&mut screen, "a");
    assert_eq!(here(&mut world, &screen), (Phase::Afternoon, "MARSH Edwin".to_owned()));
    let mut screen = on(&mut world, What::Assessment, "Diallo");
    world.press(&mut screen, "a 3");
    assert_eq!(here(&mut world, &screen).1, "MARSH Edwin", "the key of the procedures goes to the first of them");
}

#[test]
fn others_items_are_a_count_until_asked_for() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "4");
    let shown = world.show(&screen);
    assert!(shown.contains("2 more are others'") && !shown.contains("wound check"), "{shown}");
    world.press(&mut screen, "o");
    let shown = world.show(&screen);
    assert!(!shown.contains("2 more are others'") && shown.contains("wound check"), "{shown}");
}

fn press(kind: MouseKind, x: u16, y: u16) -> Input {
    Input::Mouse(Mouse { kind, x, y })
}

#[test]
fn where_lines_are_read_aloud_no_cell_is_pointed_at() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let before = here(&mut world, &screen).1;
    let click = press(MouseKind::Press(MouseButton::Left), 10, 4);
    for (plain, moved) in [(true, false), (false, true)] {
        world.preferences.plain = plain;
        world.input(&mut screen, &click);
        assert_eq!(here(&mut world, &screen).1 != before, moved, "plain: {plain}");
    }
}

#[test]
fn a_click_chooses_and_a_click_on_what_is_chosen_opens() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let click = |x, y| press(MouseKind::Press(MouseButton::Left), x, y);
    for (x, y, phase, name) in [
        (10, 4, Phase::Morning, "OKAFOR Adaeze"),
        (10, 10, Phase::Morning, "OKAFOR Adaeze"),
        (70, 5, Phase::Midday, "TANAKA Yui"),
        (10, 18, Phase::Midday, "TANAKA Yui"),
        (10, 35, Phase::Afternoon, "MARSH Edwin"),
    ] {
        let effects = world.input(&mut screen, &click(x, y));
        assert!(effects.is_empty(), "{x},{y}: {effects:?}");
        if (x, y) != (10, 18) {
            assert_eq!(here(&mut world, &screen), (phase, name.to_owned()), "{x},{y}");
        }
    }
    world.input(&mut screen, &click(10, 6));
    let effects = world.input(&mut screen, &click(30, 6));
    assert_eq!(told(&effects), ["open Assessment"]);
    assert_eq!(told(&world.input(&mut screen, &click(10, 36))), ["open Reflection"]);
}

#[test]
fn a_click_never_replaces_the_clipboard() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Copy, "Okafor");
    let shown = world.show(&screen);
    let y = shown.lines().position(|line| line.contains("copy out OKAFOR")).unwrap();
    for _ in 0..2 {
        let click = press(MouseKind::Press(MouseButton::Left), 80, u16::try_from(y).unwrap());
        assert!(world.input(&mut screen, &click).is_empty());
    }
}

#[test]
fn a_click_on_the_ribbon_chooses_its_visit() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let click = |x| press(MouseKind::Press(MouseButton::Left), x, 2);
    for (x, name) in [(11, "OKAFOR Adaeze"), (62, "MARSH Edwin"), (50, "MARSH Edwin"), (92, "MARSH Edwin")] {
        world.input(&mut screen, &click(x));
        assert_eq!(here(&mut world, &screen).1, name, "{x}");
    }
}

#[test]
fn the_wheel_scrolls_and_a_key_comes_back_to_the_choice() {
    let mut world = World::long_day(40);
    world.size = (80, 24);
    let mut screen = opened(&mut world);
    let before = world.show(&screen);
    for _ in 0..20 {
        world.input(&mut screen, &press(MouseKind::ScrollDown, 20, 10));
    }
    let shown = world.show(&screen);
    assert!(shown.contains("FAMILY39") && !shown.contains("FAMILY12"), "{shown}");
    assert_eq!(here(&mut world, &screen).1, "FAMILY12 Given", "the choice stays");
    for _ in 0..40 {
        world.input(&mut screen, &press(MouseKind::ScrollUp, 20, 10));
    }
    assert!(world.show(&screen).contains("FAMILY00"));
    world.press(&mut screen, "j k");
    assert!(world.show(&screen).contains("FAMILY12"));
    assert!(before.contains("FAMILY12"));
}

#[test]
fn what_is_chosen_is_always_in_view_whatever_the_size() {
    let mut world = World::long_day(40);
    world.size = (80, 24);
    let mut screen = opened(&mut world);
    world.press(&mut screen, "End");
    for size in [(80, 24), (60, 12), (40, 10), (120, 40), (160, 50), (80, 24)] {
        world.size = size;
        world.input(&mut screen, &Input::Resize(size.0, size.1));
        assert!(world.show(&screen).contains("FAMILY39"), "{size:?}: {}", world.show(&screen));
    }
}

#[test]
fn a_letter_settles_a_missed_visit_in_one_act_with_the_task_of_writing_it() {
    for (state, what) in [(VisitState::NoShow, "no-show"), (VisitState::Cancelled, "cancellation")] {
        let mut world = World::day();
        for open in &mut world.records.to_follow {
            open.visit.state = state;
            let id = open.visit.id;
            let of_the_day = world.records.visits.iter_mut().filter(|record| record.visit.id == id);
            of_the_day.for_each(|record| record.visit.state = state);
        }
        world.load();
        let mut screen = on(&mut world, What::Aftermath, "Kovac");
        let choice = world.press(&mut screen, "Enter");
        let effects = answered(&mut world, choice, "l");
        let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
        let Write::Together(_, parts) = &**write else { panic!("{write:?}") };
        let [Write::ChangeVisit { visit, .. }, Write::PutTask { task, change: TaskChange::Caught }] = parts.as_slice()
        else {
            panic!("{parts:?}")
        };
        assert_eq!((visit.state, visit.aftermath), (state, Aftermath::Letter));
        assert_eq!((task.patient, task.visit, task.kind), (visit.patient, Some(visit.id), TaskKind::Letter));
        assert_eq!(task.what, format!("letter after {what} of 24 Nov 2026, review"));
    }
}
