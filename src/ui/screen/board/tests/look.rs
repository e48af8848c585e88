//! What the board looks like, at every size and in every mode.

use ratatui::style::Modifier;

use crate::clinical::instrument::OpenScreen;
use crate::ui::env::Message;
use crate::ui::screen::Surface;
use crate::ui::screen::board::BoardScreen;
use crate::ui::screen::testing::{World, who};
use crate::ui::theme::{Look, Role, Signs, Surface as Ground};

/// A board on a world, after the day was loaded and keys were pressed.
fn shown(world: &mut World, keys: &str) -> String {
    let screen = opened(world, keys);
    world.show(&screen)
}

fn opened(world: &mut World, keys: &str) -> BoardScreen {
    let mut screen = BoardScreen::new(world.records.date, [false; 7]);
    screen.day_changed(&mut world.env());
    world.press(&mut screen, keys);
    screen
}

#[test]
fn a_positive_screen_stands_before_the_time_and_a_red_flag_behind_an_alarm_is_counted() {
    // Tanaka has a red flag, Diallo is still to come at 10:46.
    for (family, grave, short, waiting, row) in [
        ("Tanaka", true, "PHQ-9 9", 0, "PHQ-9 9 +1"),
        ("Diallo", false, "PHQ-2 6", 0, "PHQ-2 6"),
        ("Diallo", false, "PHQ-2 6", 4, "confirm 4 +2"),
    ] {
        let mut world = World::day();
        world.size = (120, 40);
        world.preferences.hide_names_below = 0;
        let (result, date) = (world.id(), world.records.date);
        let screen = OpenScreen { grave, date, result, short: short.to_owned(), raised: "act on it".to_owned() };
        let patient = who(&world, family);
        let mut files = world.records.visits.iter_mut().filter_map(|record| record.file.as_mut());
        files.find(|file| file.patient.id == patient).unwrap().facts.screens.push(screen);
        let mut records = world.records.visits.iter_mut();
        records.find(|record| record.file.as_ref().is_some_and(|file| file.patient.id == patient)).unwrap().waiting =
            waiting;
        world.load();
        let shown = shown(&mut world, "");
        assert!(shown.contains(row), "{row}: {shown}");
    }
}

fn kept(world: &mut World) {
    world.message = Message::Kept("kept 10:13  NGUYEN Linh: score 6 → 7".to_owned());
}

#[test]
fn the_day_in_the_sizes_of_terminals() {
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40)), ("160x50", (160, 50)), ("60x16", (60, 16))] {
        let mut world = World::day();
        world.size = size;
        world.preferences.hide_names_below = 0;
        kept(&mut world);
        insta::assert_snapshot!(format!("day_{name}"), shown(&mut world, ""));
    }
}

#[test]
fn the_day_in_other_modes() {
    let day = |size, change: fn(&mut World)| {
        let mut world = World::day();
        world.size = size;
        kept(&mut world);
        change(&mut world);
        world
    };
    let ascii = |world: &mut World| world.look = Look { signs: Signs::Ascii, ..Look::default() };
    let plain = |world: &mut World| world.preferences.plain = true;
    insta::assert_snapshot!("ascii", shown(&mut day((80, 24), ascii), "j"));
    insta::assert_snapshot!("plain", shown(&mut day((80, 24), plain), "4"));
    insta::assert_snapshot!("guest", shown(&mut day((80, 24), |_| {}), ""));
    insta::assert_snapshot!("hidden", shown(&mut day((120, 40), |world| world.names_hidden = true), "4 o"));
    insta::assert_snapshot!("by_clock", shown(&mut day((120, 40), |_| {}), "a 3"));
    let notices = |world: &mut World| {
        world.demo = true;
        world.read_only = true;
        world.change(|records| {
            let date = "2026-11-23".parse().unwrap();
            records.unclosed = Some(crate::clinical::board::Unclosed { date, open: 3 });
        });
    };
    insta::assert_snapshot!("notices", shown(&mut day((100, 26), notices), "2"));
}

#[test]
fn an_empty_day_says_what_each_pane_is_for() {
    let mut world = World::at("2026-11-24T10:14");
    world.size = (80, 24);
    insta::assert_snapshot!("empty", shown(&mut world, ""));
}

#[test]
fn a_day_of_forty_visits_scrolls_to_what_comes_next() {
    let mut world = World::long_day(40);
    world.size = (80, 24);
    insta::assert_snapshot!("long", shown(&mut world, ""));
    insta::assert_snapshot!("long_end", shown(&mut world, "End"));
}

#[test]
fn names_of_any_length_and_script_are_cut_and_never_wrap() {
    use crate::clinical::visit::{VisitKind, VisitState};
    let mut world = World::at("2026-11-24T10:14");
    for (start, name) in [
        ("08:00", "Wolfeschlegelsteinhausenbergerdorff Hubert"),
        ("08:20", "山田 太郎"),
        ("08:40", "בן-דוד נועה"),
        ("09:00", "Çağlayan Ayşe"),
        ("09:20", "Ng 👩‍⚕️"),
        (
            "09:40",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301} é",
        ),
    ] {
        let file = world.patient(&format!("{name} 1950-01-01 F"));
        world.visit(start, VisitKind::FollowUp, VisitState::Booked, &file, "low back pain, both legs", &[5]);
    }
    world.load();
    world.size = (80, 24);
    insta::assert_snapshot!("names", shown(&mut world, ""));
}

#[test]
fn the_name_of_the_physician_is_cut_in_the_header_before_it_goes() {
    let mut world = World::at("2026-11-24T10:14");
    world.practice.physician = "Prof. Dr Dr h. c. Wolfeschlegelsteinhausenbergerdorff".to_owned();
    world.size = (80, 24);
    let header = shown(&mut world, "").lines().next().unwrap().to_owned();
    assert!(header.contains("Tue 24 Nov 2026") && header.trim_end().ends_with("h. c. Wolfe…"), "{header}");
    world.size = (160, 50);
    assert!(shown(&mut world, "").contains("bergerdorff"));
}

#[test]
fn the_board_survives_every_size_and_says_where_it_is_too_small() {
    for plain in [false, true] {
        let mut world = World::day();
        world.preferences.plain = plain;
        let screen = opened(&mut world, "");
        for width in (0..45).chain([79, 80, 107, 108, 149, 150, 200]) {
            for height in (0..30).chain([50]) {
                world.size = (width, height);
                let shown = world.show(&screen);
                if width == 39 && height == 20 {
                    assert!(shown.contains("needs 40 columns and 10 rows"), "{shown}");
                }
            }
        }
    }
}

#[test]
fn ascii_shows_ascii_only() {
    let mut world = World::day();
    world.look.signs = Signs::Ascii;
    for size in [(40, 10), (80, 24), (160, 50)] {
        world.size = size;
        let screen = opened(&mut world, "");
        let shown = world.show(&screen);
        assert!(shown.is_ascii(), "{shown}");
    }
}

#[test]
fn the_focus_has_the_one_bright_frame_and_the_band() {
    let mut world = World::day();
    world.size = (120, 40);
    let screen = opened(&mut world, "");
    let theme = world.look.theme;
    let buf = world.draw(&screen);
    let frame = |x: u16| buf[(x, 4)].fg;
    assert_eq!(frame(0), theme.fill(Role::Focus));
    assert_eq!(frame(119), theme.fill(Role::Border));
    let band = theme.surface(Ground::Band).bg.unwrap();
    let rows: Vec<u16> = (0..40).filter(|y| (1..60).all(|x| buf[(x, *y)].bg == band)).collect();
    assert_eq!(rows.len(), 1, "one band");
    assert!((60..120).all(|x| (3..37).all(|y| buf[(x, y)].bg != band)), "no band in other panes");
    let name = (1..60).find(|x| buf[(*x, rows[0])].symbol() == "N").unwrap();
    assert!(buf[(name, rows[0])].modifier.contains(Modifier::BOLD));
}

#[test]
fn what_can_hurt_is_red_and_in_words() {
    let mut world = World::day();
    world.size = (120, 40);
    let screen = opened(&mut world, "");
    let buf = world.draw(&screen);
    let danger = world.look.theme.style(Ground::Ground, Role::Danger).fg;
    let red: String =
        buf.content.iter().filter(|cell| Some(cell.fg) == danger).map(ratatui::buffer::Cell::symbol).collect();
    for word in ["anticoag", "red flag", "⚠ apixaban", "act"] {
        assert!(red.contains(word), "{word}: {red}");
    }
}

#[test]
fn the_chosen_line_stands_in_full_where_its_row_is_cut() {
    let whole = |size: (u16, u16), keys: &str, name: &str| {
        let mut world = World::day();
        world.size = size;
        world.preferences.hide_names_below = 0;
        world.change(|records| {
            let record = records.visits.iter_mut().find(|record| record.visit.state.is_live()).unwrap();
            record.visit.reason = Some("whole back, both legs and the left arm since the fall".to_owned());
            record.file.as_mut().unwrap().patient.family = name.to_owned();
        });
        let shown = shown(&mut world, keys);
        let above_the_message = shown.lines().rev().nth(2).unwrap_or_default().to_owned();
        above_the_message.trim().to_owned()
    };
    let first = "1 Home";
    let line = whole((120, 40), first, "Oberlangenfeld-Unterkirchen");
    assert!(line.starts_with("OBERLANGENFELD-UNTERKIRCHEN ") && line.contains("the left arm since the fall"), "{line}");
    assert_eq!(whole((160, 50), first, "Oberlangenfeld-Unterkirchen"), "", "the glance says it there");
    assert_eq!(whole((120, 40), "2 Home", "Oberlangenfeld-Unterkirchen"), "", "a row that is whole is not said again");
}
