use proptest::prelude::*;
use ratatui::layout::Rect;

use super::Parts;
use crate::action::input::{Input, Mouse, MouseButton, MouseKind};
use crate::action::{Command, Context};
use crate::clinical::body::figure::figure;
use crate::clinical::body::{Body, BodyRegion, Intensity, MapOn, PainMap, Quality};
use crate::clinical::facts::body_map::View;
use crate::clinical::models::AssessmentModel;
use crate::clinical::typed::Reading;
use crate::clinical::visit::{VisitKind, VisitState};
use crate::clinical::vocab::Vocab;
use crate::ui::place::Place;
use crate::ui::screen::Surface;
use crate::ui::screen::form::FormScreen;
use crate::ui::screen::form::assessment::AssessmentSubject;
use crate::ui::screen::testing::{World, told};
use crate::ui::theme::{Depth, Look, Palette, Signs, Theme};
use crate::ui::widget::body::columns_of;

type Screen = FormScreen<AssessmentSubject>;

fn region(code: &str) -> BodyRegion {
    BodyRegion::of_code(code).unwrap()
}

/// Four weeks ago: the left buttock 5, burning into the calf; the right knee 4; the left neck 3.
fn last() -> MapOn {
    let mut map = PainMap::default();
    for (code, value) in [("bul", 5), ("kfr", 4), ("nbl", 3)] {
        map.set(region(code), Intensity::new(value).unwrap());
    }
    map.turn(region("bul"), Quality::Burning);
    map.radiate(region("bul"), Some(region("cal")));
    MapOn { date: "2026-10-27".parse().unwrap(), map }
}

fn subject(model: AssessmentModel, world: &World) -> AssessmentSubject {
    AssessmentSubject::new(model, Reading::of(world.practice.region, world.now.wall()), Vec::new())
}

fn open(world: &mut World, last_map: Option<MapOn>) -> Screen {
    let file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
    let id = world.visit("10:00", VisitKind::FollowUp, VisitState::InRoom, &file, "back and leg", &[6, 5]);
    world.load();
    let visit = world.record(id).visit.clone();
    let model = AssessmentModel {
        visit,
        file,
        current: None,
        scores: Vec::new(),
        page: None,
        results: Vec::new(),
        last: None,
        last_map,
        trend: Vec::new(),
        plan: None,
        session: None,
        tried: Vec::new(),
        response: crate::clinical::response::ResponseFacts::default(),
        monitoring: crate::clinical::monitoring::Monitoring::default(),
    };
    let subject = subject(model, world);
    FormScreen::open(subject, None, &world.env())
}

fn world() -> World {
    World::at("2026-11-24T10:14")
}

/// The keys of a line as the app would take them: each character by itself, names in angle brackets.
fn press(world: &mut World, screen: &mut Screen, keys: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let (typed, end) = match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
            Some((name, _)) if !name.is_empty() => (name.to_owned(), name.len() + 2),
            _ => (if c == ' ' { "Space".to_owned() } else { c.to_string() }, c.len_utf8()),
        };
        words.push(typed);
        rest = &rest[end..];
    }
    told(&world.press(screen, &words.join(" ")))
}

/// The marks as text: `bul 6 burning >cal`, a star where it was taken over.
fn marks(screen: &Screen) -> Vec<String> {
    let marks = screen.value().body.map.marks();
    marks
        .map(|(region, mark)| {
            let mut text = format!("{} {}", region.code(), mark.number());
            mark.quality.iter().for_each(|quality| text.push_str(&format!(" {}", quality.name())));
            text.extend(mark.radiates.map(|to| format!(" >{}", to.code())));
            if mark.carried { text + " *" } else { text }
        })
        .collect()
}

#[test]
fn keys_mark_regions_as_fast_as_they_come() {
    for (keys, expected) in [
        ("bul6nbr4kfl5", vec!["kfl 5", "nbr 4", "bul 6"]),
        ("bul10cal1ocl0", vec!["ocl 0", "bul 10", "cal 1"]),
        ("bul1<Right>5", vec!["com 5", "bul 1"]),
        ("bul15", vec!["bul 5"]),
        ("BUL7", vec!["bul 7"]),
        ("bul6,b,s,b", vec!["bul 6 stabbing"]),
        ("bul6>cal", vec!["bul 6 >cal"]),
        ("bul6>cal>-", vec!["bul 6"]),
        ("kfl6><Down><Enter>", vec!["kfl 6 >shl"]),
        // Who confirms a code that was taken already stays on the figure.
        ("kfl6>shl<Enter>cal4", vec!["kfl 6 >shl", "cal 4"]),
        ("bul6>bul", vec!["bul 6"]),
        ("bul nbr cal", vec!["nbr ?", "bul ?"]),
        ("bul  ", vec![]),
        ("bul6<Delete>", vec![]),
        // What follows a code that is none is not for the region chosen before.
        ("bux6", vec![]),
        ("nbr4bux10", vec!["nbr 4"]),
        ("nbr4bu10", vec!["nbr 4"]),
        ("nbr4bux-", vec!["nbr 4"]),
        ("nbr4bu-", vec!["nbr 4"]),
        ("nbr4bux ", vec!["nbr 4"]),
        ("nbr4bu<Delete>", vec!["nbr 4"]),
        ("nbr4bux,b", vec!["nbr 4"]),
        ("nbr4bux9bul7", vec!["nbr 4", "bul 7"]),
        ("nbr4bux9<Down>7", vec!["nbr 4", "ubr 7"]),
        ("bu6bul7", vec!["bul 7"]),
        ("bux<Backspace>", vec![]),
        ("bu<Backspace><Backspace>cal3", vec!["cal 3"]),
        ("bul6-", vec!["bul 0"]),
        (",x6", vec!["lbr 6"]),
        (",6", vec![]),
        ("bul6<Ctrl-Z>", vec![]),
        ("bul6cal3<Ctrl-Z>", vec!["bul 6"]),
        ("bul6cal3<Ctrl-Z><Ctrl-Z><Ctrl-Y>", vec!["bul 6"]),
    ] {
        let mut world = world();
        let mut screen = open(&mut world, None);
        press(&mut world, &mut screen, "<Ctrl-B>");
        press(&mut world, &mut screen, keys);
        assert_eq!(marks(&screen), expected, "{keys}");
    }
}

#[test]
fn the_last_visit_is_one_key_away_and_what_was_taken_over_says_so() {
    for (keys, expected) in [
        ("*", vec!["kfr 4 *", "nbl 3 *", "bul 5 burning >cal *"]),
        ("<Ctrl-E>", vec!["kfr 4 *", "nbl 3 *", "bul 5 burning >cal *"]),
        ("=", vec!["bul 5 burning >cal *"]),
        ("<Ctrl-T>", vec!["bul 5 burning >cal *"]),
        ("cal=", vec![]),
        ("*kfr-", vec!["kfr 0", "nbl 3 *", "bul 5 burning >cal *"]),
        ("bul7*", vec!["kfr 4 *", "nbl 3 *", "bul 7"]),
        ("*bul6", vec!["kfr 4 *", "nbl 3 *", "bul 6 burning >cal"]),
        ("<PgDn><PgDn>2", vec!["bul 2"]),
        ("<Home>2<End>3", vec!["kfr 2", "bul 3"]),
    ] {
        let mut world = world();
        let mut screen = open(&mut world, Some(last()));
        press(&mut world, &mut screen, "<Ctrl-B>");
        press(&mut world, &mut screen, keys);
        assert_eq!(marks(&screen), expected, "{keys}");
    }
}

#[test]
fn the_map_lies_over_the_very_field_and_gives_it_back() {
    let mut world = world();
    let mut screen = open(&mut world, Some(last()));
    press(&mut world, &mut screen, "7<PgDn>low back<Left><Left>");
    let place = screen.place();
    press(&mut world, &mut screen, "<F10>");
    assert_eq!((screen.context(), screen.takes_text()), (Context::BodyMap, false));
    assert!(matches!(screen.place(), Place::BodyMap { at: Some(at), .. } if at == region("bul")));
    assert_eq!(press(&mut world, &mut screen, "bul6"), ["DraftChanged"]);
    press(&mut world, &mut screen, "<Esc>");
    assert_eq!((screen.context(), screen.place()), (Context::Form, place));
    press(&mut world, &mut screen, "x");
    assert_eq!(screen.value().place, "low baxck", "the cursor is where it was");
    press(&mut world, &mut screen, "<Ctrl-B><Enter>");
    assert_eq!(screen.context(), Context::BodyMap, "only what is said to go back goes back");
    press(&mut world, &mut screen, "<Ctrl-B>");
    assert_eq!((screen.context(), marks(&screen)), (Context::Form, vec!["bul 6".to_owned()]));
}

#[test]
fn esc_first_takes_back_what_is_half_typed() {
    let mut world = world();
    let mut screen = open(&mut world, None);
    for half in ["bu", ",", ">", "bul6>ca"] {
        press(&mut world, &mut screen, "<Ctrl-B>");
        press(&mut world, &mut screen, half);
        press(&mut world, &mut screen, "<Esc>");
        assert_eq!(screen.context(), Context::BodyMap, "{half}");
        press(&mut world, &mut screen, "<Esc>");
        assert_eq!(screen.context(), Context::Form, "{half}");
    }
    assert_eq!(screen.value().body.map.get(region("bul")).unwrap().radiates, None);
}

#[test]
fn undo_on_the_map_leaves_the_rest_of_the_form() {
    let mut world = world();
    let mut screen = open(&mut world, None);
    press(&mut world, &mut screen, "7<Ctrl-B>");
    assert_eq!(press(&mut world, &mut screen, "<Ctrl-Z>").len(), 1);
    assert!(screen.value().scores.now.is_some());
    press(&mut world, &mut screen, "bul6<Ctrl-Z><Ctrl-Z>");
    assert!(screen.value().scores.now.is_some() && marks(&screen).is_empty());
    // Closed, the form takes back everything, the map among it.
    press(&mut world, &mut screen, "cal4<Esc><Ctrl-Z>");
    assert!(marks(&screen).is_empty());
}

#[test]
fn symptoms_are_asked_beside_the_map_and_feed_the_criteria() {
    let mut world = world();
    let mut screen = open(&mut world, None);
    press(&mut world, &mut screen, "<Ctrl-B>nbl sfl sfr ubl lbl bul bur ");
    press(&mut world, &mut screen, "<Tab>222yyn14<Enter>");
    let symptoms = &screen.value().body.symptoms;
    assert_eq!((symptoms.severity(), symptoms.months), (Some(8), Some(14)));
    assert_eq!(screen.context(), Context::BodyMap, "the last answer goes back to the figure");
    assert!(world.show(&screen).contains("WPI 7 of 19 · SSS 8 of 12 · fibromyalgia 2016 met"));
    assert_eq!(press(&mut world, &mut screen, "<F2>"), ["read Why"]);
    press(&mut world, &mut screen, "<Tab>3<Esc>");
    assert_eq!((screen.context(), screen.value().body.symptoms.severity()), (Context::BodyMap, Some(9)));
    press(&mut world, &mut screen, "<Ctrl-Z><Tab>");
    assert!(world.show(&screen).contains("SSS 8 of 12"), "the fields follow what was taken back");
    press(&mut world, &mut screen, "<Ctrl-B>");
    assert_eq!(screen.context(), Context::Form);
}

#[test]
fn completing_from_the_map_completes_the_form() {
    let mut world = world();
    let mut screen = open(&mut world, None);
    assert_eq!(
        press(&mut world, &mut screen, "<Ctrl-B>bul6<Ctrl-S>"),
        ["DraftChanged", "write: completed assessment", "Back"]
    );
}

#[test]
fn a_click_chooses_the_region_under_it_and_nothing_else() {
    for (size, wanted) in [((80, 24), 19), ((120, 40), 30), ((160, 50), 42)] {
        let mut world = world();
        world.size = size;
        let mut screen = open(&mut world, Some(last()));
        press(&mut world, &mut screen, "<Ctrl-B>");
        let drawn = super::super::over::area_of(&screen.parts(Rect::new(0, 0, size.0, size.1)));
        let (at, figure_size) = Parts::of(drawn, false).figure.unwrap();
        assert_eq!(figure_size.rows(), wanted, "{size:?}");
        for &view in View::ALL {
            let offset = if view == View::Back { columns_of(figure_size) - figure_size.columns() } else { 0 };
            for (x, y, cell) in figure(figure_size, view).cells() {
                let kind = MouseKind::Press(MouseButton::Left);
                let click = Input::Mouse(Mouse { kind, x: at.x + offset + x, y: at.y + y });
                world.input(&mut screen, &click);
                assert!(matches!(screen.place(), Place::BodyMap { at: Some(at), .. } if at == cell.region), "{size:?}");
            }
        }
        assert!(marks(&screen).is_empty(), "a click chooses and marks nothing");
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let mut world = world();
    let mut screen = open(&mut world, None);
    press(&mut world, &mut screen, "<Ctrl-B>");
    for (keys, says) in [
        ("=", "there is no earlier map"),
        ("*", "there is no earlier map"),
        ("x", "begins with “x”"),
        ("bu7", "“bu” is no whole code"),
        (",", "no region was named, so nothing was changed"),
        ("bul,x", "no quality has the letter x"),
        ("!", "! does nothing here"),
        ("bul6 ", "Delete takes the mark away"),
        ("bul6>bul", "does not go to where it is"),
    ] {
        press(&mut world, &mut screen, keys);
        let shown = world.show(&screen);
        assert!(shown.contains(says), "{keys}\n{shown}");
    }
    let pasted = world.input(&mut screen, &Input::Paste("bul6".to_owned()));
    assert_eq!(told(&pasted), ["refuse: nothing here takes pasted text"]);
}

#[test]
fn the_map_in_three_sizes_in_ascii_and_in_plain_lines() {
    let mut world = world();
    let mut screen = open(&mut world, Some(last()));
    press(&mut world, &mut screen, "<Ctrl-B>=nbr4sfl10kfr-,");
    press(&mut world, &mut screen, "<Esc>bul");
    insta::assert_snapshot!("map", world.in_sizes(&screen, &[(80, 24), (120, 40), (160, 50)]));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    insta::assert_snapshot!("ascii", world.in_sizes(&screen, &[(80, 24)]));
    assert!(world.show(&screen).is_ascii());
    world.preferences.plain = true;
    insta::assert_snapshot!("plain", world.in_sizes(&screen, &[(80, 24)]));
}

#[test]
fn the_map_is_drawn_at_any_size_in_any_look() {
    let mut world = world();
    let mut screen = open(&mut world, Some(last()));
    press(&mut world, &mut screen, "<Ctrl-B>*bul10");
    for depth in [Depth::Rgb, Depth::Mono] {
        world.look = Look { theme: Theme { palette: Palette::Light, depth, ..Theme::default() }, ..Look::default() };
        for width in [0, 1, 7, 20, 40, 60, 79, 80, 119, 200] {
            for height in [0, 1, 2, 5, 9, 18, 24, 31, 60] {
                world.size = (width, height);
                world.draw(&screen);
                press(&mut world, &mut screen, "<Tab>");
                world.draw(&screen);
                press(&mut world, &mut screen, "<Esc>");
            }
        }
    }
}

#[test]
fn a_map_without_room_for_the_figure_is_a_list() {
    let mut world = world();
    world.size = (60, 18);
    let mut screen = open(&mut world, Some(last()));
    press(&mut world, &mut screen, "<Ctrl-B>bul6");
    let shown = world.show(&screen);
    assert!(shown.contains("bul  patient's LEFT buttock and outer hip") && shown.contains("kfr RIGHT knee"), "{shown}");
}

/// What a hand may do on the map.
fn keys() -> impl Strategy<Value = Vec<String>> {
    let named =
        ["Up", "Down", "Left", "Right", "Enter", "Esc", "Delete", "Backspace", "Home", "End", "Tab", "Shift-Tab"];
    let chords = ["Ctrl-Z", "Ctrl-Y", "Ctrl-T", "Ctrl-E", "Ctrl-B", "PgUp", "PgDn", "F2", "Space"];
    let words: Vec<String> = named.iter().chain(&chords).map(|name| (*name).to_owned()).collect();
    let letter = prop::sample::select("abcdefghijklmnopqrstuvwxyz".chars().collect::<Vec<_>>()).prop_map(String::from);
    let sign = prop::sample::select("0123456789=*-,>!".chars().collect::<Vec<_>>()).prop_map(String::from);
    let code = prop::sample::select(BodyRegion::all().map(BodyRegion::code).collect::<Vec<_>>());
    let code = code.prop_map(|code| code.chars().map(String::from).collect::<Vec<_>>().join(" "));
    let key = prop_oneof![2 => prop::sample::select(words), 2 => letter, 5 => sign, 5 => code];
    prop::collection::vec(key, 0..60)
}

fn is_valid(body: &Body) -> bool {
    body.map.marks().all(|(region, mark)| {
        let calm = mark.hurts() || (mark.quality.is_empty() && mark.radiates.is_none());
        calm && mark.radiates != Some(region) && mark.intensity.is_none_or(|value| value <= Intensity::MOST)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_row_of_keys_leaves_a_valid_map_that_a_draft_brings_back(keys in keys()) {
        let mut world = world();
        let mut screen = open(&mut world, Some(last()));
        world.press(&mut screen, "Ctrl-B");
        for key in &keys {
            world.press(&mut screen, key);
            if screen.context() == Context::Form && !screen.on_map() && !matches!(screen.place(), Place::BodyMap { .. }) {
                screen.open_map(None, &world.env());
            }
        }
        prop_assert!(is_valid(&screen.value().body), "{keys:?}");
        world.draw(&screen);
        if let Some(draft) = screen.draft() {
            let again = FormScreen::open(
                subject(screen.subject().model.clone(), &world),
                Some(&draft.body),
                &world.env(),
            );
            prop_assert_eq!(&again.value().body, &screen.value().body);
        }
    }
}

#[test]
fn commands_of_the_map_have_no_letter_or_digit() {
    use crate::action::command::COMMANDS;
    use crate::action::key::Chord;
    for info in COMMANDS.iter().filter(|info| info.context == Context::BodyMap) {
        for key in info.keys {
            let typed = key.parse::<Chord>().unwrap().key().types();
            assert!(typed.is_none_or(|c| !c.is_alphanumeric()), "{}: {key}", info.id);
        }
    }
    let world = world();
    assert_eq!(world.keymap.command(Context::BodyMap, crate::action::key::Key::char('=')), Some(Command::MapAsLast));
}
