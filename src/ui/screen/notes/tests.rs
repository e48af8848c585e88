//! Notes as they are drawn, and what their keys do. Invented people only.

use chrono::{NaiveDate, NaiveTime};

use super::*;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::models::VisitSummary;
use crate::clinical::note::NoteChange;
use crate::clinical::time::Instant;
use crate::clinical::visit::Visit;
use crate::ui::screen::testing::World;
use crate::ui::theme::{Look, Signs};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn world() -> World {
    World::at("2026-11-24T10:14")
}

fn lines_of(world: &mut World) -> Vec<NoteLine> {
    let start = NaiveTime::from_hms_opt(9, 20, 0);
    [
        ("2026-10-27", VisitKind::FollowUp, "migraine without aura, attacks shorter"),
        ("2026-09-14", VisitKind::Procedure, "greater occipital nerve block"),
        ("2026-03-03", VisitKind::New, ""),
    ]
    .into_iter()
    .map(|(date, kind, about)| NoteLine { visit: world.id(), date: day(date), start, kind, about: about.to_owned() })
    .collect()
}

fn note(world: &mut World, file: &PatientFile, line: &NoteLine) -> Note {
    let mut visit = Visit::booked(line.visit, Some(file.patient.id), line.date, line.start.unwrap(), line.kind);
    visit.recorded_at = Some(world.now.instant);
    let assessment = Assessment {
        place: "RIGHT forehead".to_owned(),
        history: "Attacks are shorter since propranolol was raised; two a week. ".repeat(6),
        impression: "Migraine without aura.".to_owned(),
        red_flags: Some(RedFlags::NonePresent),
        ..Assessment::new(world.id(), line.visit, file.patient.id, line.date, world.now.instant)
    };
    let assessment = (line.kind != VisitKind::Procedure).then_some(assessment);
    let summary = VisitSummary { assessment, ..VisitSummary::new(visit, file.clone()) };
    let at = |minute: i64| Instant::from_millis(world.now.instant.millis() + minute * 60_000);
    let change = |minute, act: &str, undone| NoteChange {
        at: at(minute),
        act: act.to_owned(),
        again: act == "changed assessment",
        undone,
    };
    let changes = vec![
        change(0, "completed assessment", false),
        change(9, "changed assessment", false),
        change(12, "changed assessment", true),
    ];
    Note { summary, changes }
}

fn opened(world: &mut World) -> NotesScreen {
    let file = world.patient("Nguyen Linh 1988-05-09 F A-1042");
    world.load();
    let page = NotesPage { lines: lines_of(world), after: None, is_end: true, searched_to: Some(day("2026-03-03")) };
    let mut screen = NotesScreen::new(file, page, &NotesLook::default(), None);
    read(world, &mut screen);
    screen
}

/// Reads the chosen note, as the app does when it is asked for more.
fn read(world: &mut World, screen: &mut NotesScreen) {
    if screen.lacks_note().is_some() {
        let line = screen.chosen().unwrap().clone();
        let note = note(world, &screen.file.clone(), &line);
        screen.take_note(note);
    }
}

fn is_more(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::LoadMore])
}

#[test]
fn notes_look_as_reviewed() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let mut all = String::new();
    for (width, height) in [(80, 24), (120, 30), (60, 12)] {
        world.size = (width, height);
        all += &format!("── {width}×{height}\n{}", world.show(&screen));
    }
    world.size = (80, 14);
    world.press(&mut screen, "PgDn");
    all += &format!("── a page on\n{}", world.show(&screen));
    world.press(&mut screen, "s a t t");
    all += &format!("── searching, nothing yet\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    screen = opened(&mut world);
    let shown = world.show(&screen);
    assert!(shown.is_ascii(), "{shown}");
    insta::assert_snapshot!("notes", all);
}

#[test]
fn one_goes_from_note_to_note_and_each_is_read_when_it_is_wanted() {
    let mut world = world();
    let mut screen = opened(&mut world);
    for (keys, at) in [("<", 1), ("j", 2), (">", 1), ("End", 2), ("Home", 0)] {
        assert!(is_more(&world.press(&mut screen, keys)), "{keys}");
        assert_eq!(screen.pager.cursor.at, at, "{keys}");
        assert!(screen.read().is_none(), "the words of another are never shown under its day");
        read(&mut world, &mut screen);
        assert!(world.press(&mut screen, "PgUp").is_empty());
    }
    assert!(world.press(&mut screen, ">").is_empty(), "there is none later");
}

#[test]
fn each_note_opens_what_it_was_written_in_and_is_copied_out() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let visit = |screen: &NotesScreen| screen.chosen().unwrap().visit;
    let effects = world.press(&mut screen, "Enter");
    assert!(matches!(effects.as_slice(), [Effect::Open(Place::Assessment(of))] if *of == visit(&screen)));
    let effects = world.press(&mut screen, "y");
    assert!(matches!(effects.as_slice(), [Effect::CopyOut { visit: of, section: None }] if *of == visit(&screen)));
    assert!(matches!(world.press(&mut screen, "Y").as_slice(), [Effect::Show(_)]));
    world.press(&mut screen, "j");
    read(&mut world, &mut screen);
    let effects = world.press(&mut screen, "Enter");
    assert!(matches!(effects.as_slice(), [Effect::Open(Place::Procedure(of))] if *of == visit(&screen)));
    let patient = screen.subject();
    assert!(
        matches!(world.press(&mut screen, "2").as_slice(), [Effect::Replace(Place::Trends { patient: of, .. })] if *of == patient)
    );
}

#[test]
fn words_are_looked_for_and_esc_shows_all_again() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "s");
    assert!(screen.takes_text());
    assert!(is_more(&world.press(&mut screen, "m")));
    assert_eq!((screen.words(), screen.page.lines.len()), ("m", 0));
    world.press(&mut screen, "Enter");
    assert!(!screen.takes_text());
    assert!(matches!(world.press(&mut screen, "Enter").as_slice(), [Effect::Refuse(_)]));
    let Place::Notes { look, .. } = screen.place() else { panic!() };
    assert_eq!(look.words, "m");
    assert!(is_more(&screen.command(Command::Back, &mut world.env()).unwrap()));
    assert!(screen.command(Command::Back, &mut world.env()).is_none());
    assert!(!screen.takes_paste());
}

#[test]
fn what_was_changed_and_taken_back_stands_first_and_last() {
    let mut world = world();
    let screen = opened(&mut world);
    world.size = (120, 40);
    let shown = world.show(&screen);
    for words in [
        "changed after it was first complete, 1 taken back",
        "CHANGES",
        "completed assessment",
        "changed assessment, taken back",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn a_screen_reader_goes_through_a_note_line_by_line() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.preferences.plain = true;
    world.size = (80, 16);
    world.press(&mut screen, "Down Down");
    assert_eq!((screen.pager.cursor.at, screen.pager.top), (0, 2));
    insta::assert_snapshot!("plain", world.show(&screen));
}

#[test]
fn a_reload_keeps_the_chosen_note() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "j");
    let chosen = screen.chosen().unwrap().visit;
    let mut page = screen.page.clone();
    page.lines.remove(0);
    screen.set_model(screen.file.clone(), page);
    assert_eq!(screen.chosen().unwrap().visit, chosen);
    assert_eq!(screen.lacks_note(), Some(chosen), "it is read again");
    screen.set_model(screen.file.clone(), NotesPage { is_end: true, ..NotesPage::default() });
    assert!(world.show(&screen).contains("nothing is written yet"));
}

#[test]
fn the_mouse_chooses_a_note_and_turns_its_page() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.size = (80, 12);
    let (list, text) = (draw::list_rows(world.size, false), draw::text_area(world.size, false));
    let wheel = Mouse { kind: MouseKind::ScrollDown, x: text.x + 2, y: text.y };
    world.input(&mut screen, &Input::Mouse(wheel));
    assert!(screen.pager.top > 0);
    let press = Mouse { kind: MouseKind::Press(MouseButton::Left), x: list.x + 2, y: list.y + 1 };
    world.input(&mut screen, &Input::Mouse(press));
    assert_eq!((screen.pager.cursor.at, screen.pager.top), (1, 0));
}

#[test]
fn hidden_names_are_nowhere() {
    let mut world = world();
    let mut screen = opened(&mut world);
    screen.page.lines[0].about = "call Linh back".to_owned();
    screen.over = Some("OKAFOR Adaeze".to_owned());
    world.shows_no(&screen, &["nguyen", "linh", "okafor", "adaeze", "9 may 1988", "a-1042"]);
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = world();
    let mut screen = opened(&mut world);
    for text in ["", "日本語のとても長い名前", "שלום עולם محمد", "e\u{301}\u{1b}[31m👩‍👩‍👧\u{202e}x"]
    {
        for line in &mut screen.page.lines {
            text.clone_into(&mut line.about);
        }
        if let Some(assessment) = screen.note.as_mut().and_then(|note| note.summary.assessment.as_mut()) {
            text.clone_into(&mut assessment.history);
            text.clone_into(&mut assessment.impression);
        }
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (2, 2), (5, 3), (20, 6), (39, 12), (80, 24), (160, 50), (400, 3)] {
                world.size = size;
                let shown = world.show(&screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Down PgDn Up Home < >");
                read(&mut world, &mut screen);
            }
        }
    }
}
