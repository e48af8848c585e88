//! The timeline as it is drawn, and what its keys do. Invented people only.

use super::*;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::clinical::id::VisitId;
use crate::clinical::visit::VisitState;
use crate::ui::screen::testing::World;
use crate::ui::theme::{Look, Signs};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn world() -> World {
    World::at("2026-11-24T10:14")
}

fn event(world: &mut World, date: &str, kind: EventKind, what: &str, detail: &str) -> Event {
    let visit: VisitId = world.id();
    let opens = match kind {
        EventKind::Visit => Opens::Assessment(visit),
        EventKind::Procedure => Opens::Procedure(visit),
        EventKind::Plan => Opens::Plan,
        EventKind::Result => Opens::Diagnostic(world.id()),
        EventKind::Medicine => Opens::Lists,
        EventKind::Instrument => {
            Opens::Instrument { visit: Some(visit), instrument: "phq9".to_owned(), result: world.id() }
        }
        EventKind::Call => Opens::CheckIn(world.id()),
    };
    Event {
        date: day(date),
        kind,
        id: visit.to_string(),
        state: (kind == EventKind::Visit).then_some(VisitState::Left),
        what: what.to_owned(),
        detail: detail.to_owned(),
        text: String::new(),
        opens,
    }
}

fn page(world: &mut World) -> TimelinePage {
    use EventKind::{Call, Instrument, Medicine, Plan, Procedure, Result, Visit};
    let mut events = Vec::new();
    for (date, kind, what, detail) in [
        ("2026-12-08", Visit, "follow-up 09:40", "six weeks on propranolol"),
        ("2026-10-27", Plan, "plan 4", "propranolol 80 mg twice a day · paced breathing"),
        ("2026-10-27", Instrument, "PHQ-9 12 of 27", "moderate"),
        ("2026-10-27", Visit, "follow-up 09:20", "migraine without aura, attacks shorter"),
        ("2026-09-15", Call, "check-in by phone", "pain 3 · relief 70 % · slept through"),
        ("2026-09-14", Procedure, "greater occipital nerve block RIGHT", "pain 7 → 3 · uneventful"),
        ("2026-08-20", Result, "MRI head", "no lesion · nothing to do"),
        ("2026-08-03", Visit, "follow-up 09:20", "no-show"),
        ("2026-03-03", Medicine, "started amitriptyline 10 mg", ""),
    ] {
        events.push(event(world, date, kind, what, detail));
    }
    events[0].state = Some(VisitState::Booked);
    events[7].state = Some(VisitState::NoShow);
    let Opens::Assessment(visit) = events[0].opens else { panic!() };
    events[0].opens = Opens::Visit(visit);
    events[3].text = "Worse on stairs, José came too.".to_owned();
    TimelinePage { events, read: Read::default(), is_end: true, searched_to: Some(day("2026-03-03")) }
}

fn opened(world: &mut World) -> TimelineScreen {
    let file = world.patient("Nguyen Linh 1988-05-09 F A-1042");
    world.load();
    let page = page(world);
    TimelineScreen::new(file, page, TimelineLook::default(), None, world.now.today())
}

fn is_more(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::LoadMore])
}

#[test]
fn the_timeline_looks_as_reviewed() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "j j");
    let mut all = String::new();
    for (width, height) in [(80, 24), (120, 40), (44, 12)] {
        world.size = (width, height);
        all += &format!("── {width}×{height}\n{}", world.show(&screen));
    }
    world.size = (80, 24);
    world.press(&mut screen, "f v");
    screen.take(page(&mut world));
    all += &format!("── choosing kinds\n{}", world.show(&screen));
    world.press(&mut screen, "Enter s s t a i r");
    all += &format!("── searching\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    screen.take(page(&mut world));
    let shown = world.show(&screen).replace("José", "");
    assert!(shown.is_ascii(), "{shown}");
    insta::assert_snapshot!("timeline", all);
}

#[test]
fn the_hands_begin_at_the_newest_that_is_not_ahead_and_open_each_line() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let patient = screen.subject();
    assert_eq!(screen.cursor.at, 1);
    let places: Vec<Place> = (0..screen.page.events.len())
        .map(|at| {
            screen.cursor = Cursor::new(at);
            let effects = world.press(&mut screen, "Enter");
            let [Effect::Open(place)] = effects.as_slice() else { panic!("{effects:?}") };
            place.clone()
        })
        .collect();
    assert!(matches!(places[0], Place::Visit(_)));
    assert_eq!(places[1], Place::Plan(patient));
    assert!(matches!(&places[2], Place::Instrument { instrument, result: Some(_), .. } if instrument == "phq9"));
    assert!(matches!(places[3], Place::Assessment(_)));
    assert!(matches!(places[4], Place::CheckIn(_)));
    assert!(matches!(places[5], Place::Procedure(_)));
    assert!(matches!(places[6], Place::Diagnostic(_)));
    assert_eq!(places[8], Place::Patient(Some(patient)));
    screen.cursor = Cursor::new(3);
    assert!(matches!(world.press(&mut screen, "y").as_slice(), [Effect::CopyOut { section: None, .. }]));
    screen.cursor = Cursor::new(1);
    assert!(matches!(world.press(&mut screen, "y").as_slice(), [Effect::Refuse(_)]));
}

#[test]
fn letters_choose_kinds_while_they_are_chosen_and_are_commands_after() {
    let mut world = world();
    let mut screen = opened(&mut world);
    assert!(!screen.takes_text());
    world.press(&mut screen, "f");
    assert!(screen.takes_text());
    assert!(is_more(&world.press(&mut screen, "v")));
    assert!(screen.sought.shows(EventKind::Visit) && !screen.sought.shows(EventKind::Plan));
    assert!(is_more(&world.press(&mut screen, "p")));
    assert_eq!(screen.sought.kinds.len(), 2);
    assert!(matches!(world.press(&mut screen, "z").as_slice(), [Effect::Refuse(_)]));
    assert!(is_more(&world.press(&mut screen, "a")) && screen.sought.kinds.is_empty());
    world.press(&mut screen, "m Enter");
    assert!(!screen.takes_text());
    assert!(screen.page.events.is_empty(), "nothing of another kind stays on the screen");
    let Place::Timeline { look, .. } = screen.place() else { panic!() };
    assert_eq!(look.sought, screen.sought, "a lock comes back to the same");
    assert!(is_more(&screen.command(Command::Back, &mut world.env()).unwrap()), "Esc shows all again");
    assert!(screen.command(Command::Back, &mut world.env()).is_none(), "now it leaves");
}

#[test]
fn words_are_looked_for_as_they_are_typed() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "s");
    assert!(is_more(&world.press(&mut screen, "m")));
    assert_eq!(screen.sought.words, "m");
    assert!(is_more(&world.press(&mut screen, "r")));
    let paste = world.input(&mut screen, &Input::Paste("i head".to_owned()));
    assert!(is_more(&paste) && screen.sought.words == "mri head");
    world.press(&mut screen, "Enter");
    assert!(!screen.takes_text() && !screen.takes_paste());
}

#[test]
fn more_is_asked_for_near_the_end_and_never_after_it() {
    let mut world = world();
    let mut screen = opened(&mut world);
    assert!(world.press(&mut screen, "End").is_empty());
    screen.page.is_end = false;
    assert!(is_more(&world.press(&mut screen, "End")));
    let before = screen.page.events.len();
    let next = page(&mut world);
    screen.take(next);
    assert_eq!(screen.page.events.len(), 2 * before);
    assert!(world.press(&mut screen, "j").is_empty());
}

#[test]
fn a_reload_keeps_the_chosen_line() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "j j");
    let chosen = screen.chosen().cloned();
    let mut again = screen.page.clone();
    again.events.insert(0, event(&mut world, "2026-12-20", EventKind::Visit, "follow-up", ""));
    screen.set_model(screen.file.clone(), again);
    assert_eq!(screen.chosen().cloned(), chosen);
    screen.set_model(screen.file.clone(), TimelinePage { is_end: true, ..TimelinePage::default() });
    assert!(world.show(&screen).contains("nothing happened yet"));
    assert!(matches!(world.press(&mut screen, "Enter").as_slice(), [Effect::Refuse(_)]));
}

#[test]
fn a_screen_reader_gets_one_line_an_event() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.preferences.plain = true;
    world.size = (100, 18);
    world.press(&mut screen, "Down");
    insta::assert_snapshot!("plain", world.show(&screen));
}

#[test]
fn the_mouse_chooses_a_line() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let rows = draw::rows(world.size);
    let press = Mouse { kind: MouseKind::Press(MouseButton::Left), x: 10, y: rows.y + 4 };
    world.input(&mut screen, &Input::Mouse(press));
    assert_eq!(screen.cursor.at, 4);
}

#[test]
fn hidden_names_are_nowhere() {
    let mut world = world();
    let mut screen = opened(&mut world);
    screen.page.events[1].detail = "call Linh back".to_owned();
    screen.over = Some("OKAFOR Adaeze".to_owned());
    world.shows_no(&screen, &["nguyen", "linh", "okafor", "adaeze", "9 may 1988", "a-1042"]);
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let long = "ein sehr langer Satz ohne Ende ".repeat(40);
    for text in ["", "日本語のとても長い名前", "שלום עולם محمد", "e\u{301}\u{1b}[31m👩‍👩‍👧\u{202e}x", &long]
    {
        for event in &mut screen.page.events {
            text.clone_into(&mut event.what);
            text.clone_into(&mut event.detail);
            text.clone_into(&mut event.text);
        }
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (2, 2), (5, 3), (20, 6), (39, 12), (80, 24), (160, 50), (400, 3)] {
                world.size = size;
                let shown = world.show(&screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Down PgDn Up Home");
            }
        }
    }
}
