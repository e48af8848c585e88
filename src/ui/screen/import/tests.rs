//! The preview of an import as it is drawn, and what its keys ask for. Invented people only.

use std::collections::BTreeMap;

use super::*;
use crate::clinical::import::outcome::Action;
use crate::clinical::import::plan::{KnownVisit, Record, Rules, plan};
use crate::clinical::schedule::{LeftOut, Read, Said, SourceEvent, SourceKey, SourcePatient, Window};
use crate::clinical::usual::UsualMinutes;
use crate::clinical::visit::VisitState;
use crate::ui::screen::testing::World;
use crate::ui::theme::{Look, Role, Signs, Surface as Ground};

fn event(line: u32, start: &str, title: &str) -> SourceEvent {
    let start_at = format!("{start}:00").parse().unwrap();
    SourceEvent {
        key: SourceKey { calendar: "Clinic".to_owned(), uid: format!("{line}"), recurrence: String::new() },
        line: line * 10,
        as_written: format!("{start}:00+01:00"),
        start: start_at,
        end: None,
        all_day: false,
        title: Some(title.to_owned()),
        kind_words: Some("follow-up".to_owned()),
        place: None,
        cancelled: false,
        patient: None,
        note: None,
    }
}

fn of(mut event: SourceEvent, family: &str, given: &str, number: &str) -> SourceEvent {
    event.patient = Some(SourcePatient {
        family: Some(family.to_owned()),
        given: Some(given.to_owned()),
        name: None,
        birth_date: None,
        number: (!number.is_empty()).then(|| number.to_owned()),
        sex: None,
    });
    event
}

fn planned(world: &mut World, events: Vec<SourceEvent>, known: &[KnownVisit], refused: Vec<LeftOut>) -> ImportPlan {
    let read = Read {
        file: "clinic.ics".to_owned(),
        calendars: vec!["Clinic".to_owned()],
        events,
        refused,
        notes: vec!["times of an unknown zone are taken as the practice's".to_owned()],
        ..Read::default()
    };
    let day = |text: &str| text.parse().unwrap();
    let rules = Rules {
        window: Window { from: day("2026-11-01"), to: day("2027-11-01") },
        said: Said::default(),
        patterns: Vec::new(),
        kinds: BTreeMap::new(),
        usual_minutes: UsualMinutes::default(),
    };
    let at = world.now.instant;
    let record = Record { patients: world.patients.all(), visits: known, by_hand: &[] };
    plan(&[read], record, &rules, &mut world.ids, at)
}

fn first(world: &mut World) -> Vec<SourceEvent> {
    world.load();
    vec![
        of(event(1, "2026-11-25T09:00", "back, leg left"), "Okafor", "Adaeze", "A-1007"),
        of(event(2, "2026-11-25T09:20", "neck"), "Lindqvist", "Per", "A-1011"),
        of(event(3, "2026-11-25T09:40", "shoulder"), "Santos", "Rui", "A-1055"),
        of(event(4, "2026-11-25T10:00", "gone one day"), "Hale", "Ruth", "A-0871"),
        of(event(5, "2026-11-25T10:20", "gone but begun"), "Tanaka", "Yui", "A-1093"),
    ]
}

/// A second import, with a line of every kind.
fn again(world: &mut World) -> ImportPlan {
    let events = first(world);
    let plan = planned(world, events.clone(), &[], Vec::new());
    let rows = plan.rows(WithGone::Keep);
    let mut known: Vec<KnownVisit> = rows
        .sources
        .into_iter()
        .map(|(source_id, visit, source)| KnownVisit {
            visit: rows.visits.iter().find(|made| made.id == visit).unwrap().clone(),
            source_id,
            source,
            holds_record: false,
        })
        .collect();
    let begun = known.iter_mut().find(|known| known.source.key.uid == "5").unwrap();
    begun.visit = begun.visit.with_state(VisitState::Here, world.now.instant);
    let moved = known.iter_mut().find(|known| known.source.key.uid == "3").unwrap();
    moved.visit.start = "15:00:00".parse().ok();
    let mut now: Vec<SourceEvent> = events.into_iter().take(3).collect();
    now[1].start = "2026-11-25T11:00:00".parse().unwrap();
    now[2].start = "2026-11-25T12:00:00".parse().unwrap();
    now.push(of(event(6, "2026-11-26T09:00", "new: CRPS right hand"), "Nowak", "Ola", ""));
    now.push(of(event(7, "2026-11-26T09:20", "migraine"), "Nguyen", "Linh", ""));
    now.push(event(8, "2026-11-26T12:00", "Team meeting"));
    let refused = vec![LeftOut {
        line: 90,
        uid: None,
        title: Some("???".to_owned()),
        reason: "the day 31 Nov 2026 does not exist".to_owned(),
    }];
    planned(world, now, &known, refused)
}

fn basis() -> Basis {
    let day = |text: &str| text.parse().unwrap();
    let window = Window { from: day("2026-11-24"), to: day("2027-11-24") };
    Basis { window, by: Some("front desk".to_owned()), saved: vec!["front desk".to_owned(), "theatre".to_owned()] }
}

fn opened(world: &mut World) -> ImportScreen {
    let mut screen = ImportScreen::new(vec![PathBuf::from("clinic.ics")]);
    let plan = again(world);
    screen.set_plan(plan, basis());
    screen
}

#[test]
fn an_import_looks_as_reviewed() {
    let mut world = World::day();
    world.preferences.hide_names_below = 0;
    let mut all = String::new();
    world.size = (80, 12);
    for (name, path) in [("no file", Vec::new()), ("reading", vec![PathBuf::from("clinic.ics")])] {
        all += &format!("── {name}\n{}", world.show(&ImportScreen::new(path)));
    }
    let mut screen = opened(&mut world);
    all += &world.in_sizes(&screen, &[(80, 24), (120, 30), (44, 10)]);
    world.size = (80, 14);
    world.press(&mut screen, "Right Right Right");
    all += &format!("── filtered\n{}", world.show(&screen));
    screen.failed("clinic.pdf is no calendar and no table: it begins with %PDF.");
    all += &format!("── failed\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    let screen = opened(&mut world);
    let shown = world.show(&screen);
    assert!(shown.is_ascii(), "{shown}");
    insta::assert_snapshot!("import", all);
}

#[test]
fn a_screen_reader_gets_one_line_a_line() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    world.preferences.plain = true;
    world.size = (110, 18);
    world.press(&mut screen, "Down");
    insta::assert_snapshot!("plain", world.show(&screen));
}

#[test]
fn every_kind_can_be_looked_at_alone() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let all = screen.rows().len();
    let mut seen = 0;
    let mut kinds = Vec::new();
    loop {
        world.press(&mut screen, "Right");
        if screen.shown == Shown::All {
            break;
        }
        assert!(screen.rows().iter().all(|(kind, _)| *kind == screen.shown) && !screen.rows().is_empty());
        seen += screen.rows().len();
        kinds.push(screen.shown);
    }
    assert_eq!(seen, all, "{kinds:?}");
    for kind in [Action::Create, Action::Update, Action::Unchanged, Action::Refuse].map(Shown::Of) {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    assert!(kinds.contains(&Shown::Gone));
    world.press(&mut screen, "h");
    assert_eq!(screen.shown, Shown::Gone, "h goes the other way round");
}

#[test]
fn a_applies_what_is_shown() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "a");
    assert!(matches!(effects.as_slice(), [Effect::ApplyImport { prune: false }]), "{effects:?}");
}

#[test]
fn x_shows_how_many_are_cancelled_and_wants_one_more_key() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let mut effects = world.press(&mut screen, "x");
    let Some(Effect::Show(modal)) = effects.pop() else { panic!("{effects:?}") };
    let Modal::Choice(mut choice) = *modal else { panic!("no choice") };
    assert_eq!((choice.about.as_str(), choice.enter), ("1 gone", false), "the one that has begun is never cancelled");
    assert!(choice.lines[0].contains("HALE Ruth"), "{:?}", choice.lines);
    let prunes = choice.options.swap_remove(0);
    assert_eq!(prunes.label, "apply and cancel the visit");
    assert!(matches!(prunes.effects.as_slice(), [Effect::ApplyImport { prune: true }]));
}

#[test]
fn what_is_not_possible_says_why() {
    let mut world = World::day();
    let mut screen = ImportScreen::new(Vec::new());
    for keys in ["a", "x"] {
        assert!(matches!(world.press(&mut screen, keys).as_slice(), [Effect::Refuse(_)]), "{keys}");
    }
    assert!(matches!(world.press(&mut screen, "Enter").as_slice(), [Effect::Show(_)]), "Enter asks for the file");
    let empty = planned(&mut world, Vec::new(), &[], Vec::new());
    screen.set_plan(empty, basis());
    for command in [Command::Complete, Command::CarryAll, Command::Open] {
        assert!(screen.cannot(command, &world.env()).is_some(), "{command:?}");
    }
    assert!(world.show(&screen).contains("the schedule holds nothing in these days"));
    assert!(world.press(&mut screen, "Down End Right Left").is_empty());
}

#[test]
fn enter_shows_the_whole_line() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "End k Enter");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Reading(reading) = &**modal else { panic!("{modal:?}") };
    let said = reading.text.clone();
    for part in ["clinic.ics", "HALE Ruth", "25 Nov 2026 10:00"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn the_mouse_chooses_a_line_and_a_kind() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    world.size = (80, 24);
    let press = |x, y| Input::Mouse(Mouse { kind: MouseKind::Press(MouseButton::Left), x, y });
    let list = draw::list_area(Rect::new(0, 0, 80, 24));
    world.input(&mut screen, &press(9, list.y + 2));
    assert_eq!(screen.cursor.at, 2);
    world.input(&mut screen, &press(10, 1));
    assert_eq!(screen.shown, Shown::Of(Action::Create));
}

#[test]
fn what_is_refused_is_red_and_says_so_in_words() {
    let mut world = World::day();
    let screen = opened(&mut world);
    let buf = world.draw(&screen);
    let red = world.look.theme.style(Ground::Ground, Role::Danger).fg;
    let said: String =
        buf.content.iter().filter(|cell| Some(cell.fg) == red).map(ratatui::buffer::Cell::symbol).collect();
    assert!(said.contains("refused") && said.contains("does not exist"), "{said}");
}

#[test]
fn hidden_names_are_nowhere_also_those_not_known_yet() {
    let mut world = World::day();
    let screen = opened(&mut world);
    world.shows_no(&screen, &["okafor", "adaeze", "nowak", "crps", "a-1007"]);
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = World::day();
    let long = "sehr lang ".repeat(80);
    for text in ["", "日本語のとても長い題", "שלום", "a\u{1b}[31m\u{202e}\nb👩‍👩‍👧", long.as_str()]
    {
        let mut plan = again(&mut world);
        for line in &mut plan.lines {
            line.title = Some(text.to_owned());
            line.reason = Some(text.to_owned());
            line.source.0 = text.to_owned();
            if let Some(patient) = &mut line.patient {
                patient.family = Some(text.to_owned());
                patient.number = Some(text.to_owned());
            }
        }
        plan.notes.push(text.to_owned());
        plan.from = text.to_owned();
        let mut screen = ImportScreen::new(Vec::new());
        screen.set_plan(plan, basis());
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (3, 2), (9, 5), (20, 6), (64, 9), (80, 24), (160, 50), (500, 3)] {
                world.size = size;
                let shown = world.show(&screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Down PgDn Right Up PgUp Left");
            }
        }
    }
}
