//! Find as it is drawn, and what its keys ask for. Invented people only.

use super::*;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::clinical::find::PatientName;
use crate::clinical::id::{Ids, VisitId};
use crate::clinical::time::Instant;
use crate::ui::screen::testing::{World, who};
use crate::ui::theme::{Look, Role, Signs, Surface as Ground};

fn typed(world: &mut World, screen: &mut FindScreen, text: &str) -> Vec<Effect> {
    text.chars().flat_map(|c| world.input(screen, &Input::Key(Key::char(c)))).collect()
}

fn hits(world: &mut World) -> Vec<TextHit> {
    let okafor = who(world, "Okafor");
    let hit = |opens: Opens, date: &str, field: &'static str, snippet: &str| TextHit {
        patient: Some((okafor, "OKAFOR Adaeze".to_owned())),
        visit: None,
        date: date.parse().ok(),
        field,
        opens: Some(opens),
        snippet: snippet.to_owned(),
    };
    let visit = world.id();
    vec![
        hit(Opens::Assessment(visit), "2026-11-24", "history", "…wakes at night\nfrom the back pain, worse since…"),
        hit(Opens::Plan(okafor), "2026-10-27", "plan item", "back school, twice a week"),
        hit(Opens::Procedure(visit), "2026-09-01", "procedure text", "needle drawn back, contrast shows the root"),
        hit(Opens::Chart(okafor), "2026-08-01", "allergy", "backing of \u{1b}[31mplasters"),
        hit(Opens::Name(okafor), "", "name", "Backhaus"),
    ]
}

fn of_visit(hits: &[TextHit]) -> VisitId {
    let Some(Opens::Assessment(visit)) = hits[0].opens else { panic!("{hits:?}") };
    visit
}

#[test]
fn find_looks_as_reviewed() {
    let mut world = World::day();
    world.preferences.hide_names_below = 0;
    let mut screen = FindScreen::new();
    let mut all = String::new();
    world.size = (80, 24);
    all += &format!("── nothing typed\n{}", world.show(&screen));
    typed(&mut world, &mut screen, "ba");
    all += &format!("── a name\n{}", world.show(&screen));
    typed(&mut world, &mut screen, "ck");
    let found = hits(&mut world);
    screen.found(found);
    for size in [(80, 24), (120, 40), (40, 10)] {
        world.size = size;
        all += &format!("── text {}×{}\n{}", size.0, size.1, world.show(&screen));
    }
    world.size = (80, 12);
    screen.found(Vec::new());
    all += &format!("── nobody\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    assert!(world.show(&screen).is_ascii());
    insta::assert_snapshot!("find", all);
}

#[test]
fn a_screen_reader_hears_what_is_typed_and_each_find() {
    let mut world = World::day();
    let mut screen = FindScreen::new();
    world.preferences.plain = true;
    world.size = (80, 14);
    typed(&mut world, &mut screen, "a-10");
    let found = hits(&mut world);
    screen.found(found);
    world.press(&mut screen, "Down");
    insta::assert_snapshot!("plain", world.show(&screen));
}

#[test]
fn every_character_belongs_to_the_line() {
    let mut world = World::day();
    let mut screen = FindScreen::new();
    assert!(screen.takes_text());
    let keys = "q u ? : / + n N y Y Space h j k l 1";
    let effects = world.press(&mut screen, keys);
    assert_eq!(screen.text(), "qu?:/+nNyY hjkl1");
    assert!(effects.iter().all(|effect| matches!(effect, Effect::FindText(_))));
    world.press(&mut screen, "Home Delete End Backspace");
    assert_eq!(screen.text(), "u?:/+nNyY hjkl");
    assert!(world.press(&mut screen, "Esc").is_empty(), "Esc is the app's");
    world.input(&mut screen, &Input::Paste("a\nb".to_owned()));
    assert!(screen.text().ends_with("a b"), "{}", screen.text());
}

#[test]
fn text_is_searched_from_three_characters_on() {
    let mut world = World::day();
    let mut screen = FindScreen::new();
    assert!(typed(&mut world, &mut screen, " ba ").is_empty());
    let effects = typed(&mut world, &mut screen, "c");
    assert!(matches!(effects.as_slice(), [Effect::FindText(text)] if text == "ba c"), "{effects:?}");
    let found = hits(&mut world);
    screen.found(found);
    assert_eq!(screen.hits.len(), 4, "a hit in a name is a patient, not a text");
    world.press(&mut screen, "Backspace Backspace Backspace");
    assert!(screen.hits.is_empty(), "texts of more that was typed are gone");
}

#[test]
fn enter_opens_what_is_chosen() {
    let mut world = World::day();
    let mut screen = FindScreen::new();
    let first = world.records.visits[0].visit.patient.unwrap();
    let opens = |effects: &[Effect]| match effects {
        [Effect::Open(place)] => place.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(opens(&world.press(&mut screen, "Enter")), Place::Chart(first), "the day's first patient");
    typed(&mut world, &mut screen, "an");
    let names: Vec<String> = screen.patients.iter().map(PatientName::list_name).collect();
    assert!(names.len() > 1, "{names:?}");
    let second = screen.patients[1].id;
    assert_eq!(opens(&world.press(&mut screen, "Down Enter")), Place::Chart(second));
    world.press(&mut screen, "Ctrl-U");
    typed(&mut world, &mut screen, "back");
    let found = hits(&mut world);
    let (visit, okafor) = (of_visit(&found), who(&world, "Okafor"));
    screen.found(found);
    for (keys, place) in [
        ("Enter", Place::Assessment(visit)),
        ("Down Enter", Place::Plan(okafor)),
        ("Down Enter", Place::Procedure(visit)),
        ("Down Enter", Place::Chart(okafor)),
        ("Down Enter", Place::NewPatient("back".to_owned())),
        ("Down Up PgUp Enter", Place::Assessment(visit)),
    ] {
        assert_eq!(opens(&world.press(&mut screen, keys)), place, "{keys}");
    }
}

#[test]
fn an_empty_day_and_nothing_typed_says_so() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = FindScreen::new();
    assert!(screen.cannot(Command::Open, &world.env()).is_some());
    assert!(world.press(&mut screen, "Enter Down").is_empty());
    assert!(world.show(&screen).contains("type to find anyone"));
}

#[test]
fn the_mouse_selects_but_no_heading() {
    let mut world = World::day();
    world.size = (80, 24);
    let mut screen = FindScreen::new();
    let list = draw::list_area(Rect::new(0, 0, 80, 24));
    let press = |y| Input::Mouse(Mouse { kind: MouseKind::Press(MouseButton::Left), x: 5, y });
    world.input(&mut screen, &press(list.y + 3));
    assert_eq!(screen.cursor.at, 3);
    world.input(&mut screen, &press(list.y));
    assert_eq!(screen.cursor.at, 3, "a heading is not chosen");
}

#[test]
fn what_was_looked_for_stands_out() {
    let mut world = World::day();
    let mut screen = FindScreen::new();
    typed(&mut world, &mut screen, "night");
    let found = hits(&mut world);
    screen.found(found);
    world.size = (120, 24);
    let buf = world.draw(&screen);
    let strong = world.look.theme.style(Ground::Band, Role::Strong);
    let bold: String = buf
        .content
        .iter()
        .filter(|cell| Some(cell.fg) == strong.fg && Some(cell.bg) == strong.bg)
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert_eq!(bold, "night");
}

#[test]
fn hidden_names_are_nowhere() {
    let mut world = World::day();
    let mut screen = FindScreen::new();
    world.names_hidden = true;
    for plain in [false, true] {
        world.preferences.plain = plain;
        for text in ["", "okafor"] {
            screen = FindScreen::new();
            typed(&mut world, &mut screen, text);
            let found = hits(&mut world);
            screen.found(found);
            let shown = world.show(&screen).to_lowercase();
            for name in ["okafor", "adaeze", "nguyen", "1972", "a-1007"] {
                assert!(!shown.contains(name), "{name}\n{shown}");
            }
        }
    }
    drop(screen);
}

#[test]
fn ten_thousand_patients_are_found_among_and_drawn() {
    let mut world = World::day();
    let mut ids = Ids::seeded(3);
    let name = |n: u32| PatientName {
        id: ids.next(Instant::from_millis(i64::from(n))),
        number: Some(format!("B-{n:05}")),
        family: format!("Family{n}"),
        given: "Given".to_owned(),
        birth_date: None,
    };
    world.patients = PatientIndex::new((0..10_000).map(name).collect());
    let mut screen = FindScreen::new();
    typed(&mut world, &mut screen, "family");
    assert_eq!(screen.patients.len(), PATIENTS, "more are not listed: one types on");
    assert!(world.show(&screen).contains("50+ patients"));
    typed(&mut world, &mut screen, "9999");
    assert_eq!(screen.patients.len(), 1);
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = World::day();
    let mut screen = FindScreen::new();
    let texts =
        ["", "x", "日本語のとても長い", "שלום עולם", "e\u{301}\u{1b}[31m👩‍👩‍👧", &"long ".repeat(400)].map(str::to_owned);
    for text in texts {
        world.input(&mut screen, &Input::Paste(text.clone()));
        let mut found = hits(&mut world);
        found[0].snippet = text;
        screen.found(found);
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (3, 2), (9, 5), (20, 6), (80, 24), (160, 50), (500, 2)] {
                world.size = size;
                assert!(!world.show(&screen).contains('\u{1b}'), "{size:?}");
                world.press(&mut screen, "Down PgDn Up PgUp");
            }
        }
    }
}
