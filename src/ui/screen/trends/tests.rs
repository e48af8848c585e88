//! Trends as they are drawn, what their keys do, and that a table says the same. Invented people only.

use chrono::Datelike;

use super::*;
use crate::action::input::MouseButton;
use crate::clinical::exact::Exact;
use crate::clinical::id::{InstrumentResultId, VisitId};
use crate::clinical::instrument::Catalogue;
use crate::clinical::provenance::{How, Provenance, ReportedBy};
use crate::clinical::trend::{Given, Mark, MarkKind, Reading};
use crate::ui::modal::Modal;
use crate::ui::screen::testing::World;
use crate::ui::theme::{Depth, Look, Role, Signs};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn world() -> World {
    World::at("2026-11-24T10:14")
}

fn sample(world: &mut World, date: &str, value: Option<i64>) -> Sample {
    let visit: VisitId = world.id();
    let how =
        Provenance { at: world.now.instant, how: How::Spoken, by: ReportedBy::Patient, initials: "AR".to_owned() };
    let reading = match value {
        Some(value) => Reading::Given(Given {
            value: Exact::whole(value),
            shown: value.to_string(),
            band: String::new(),
            how,
            waiting: false,
        }),
        None => Reading::Missing("declined".to_owned()),
    };
    Sample { date: day(date), visit: Some(visit), result: None, reading }
}

fn series(world: &mut World, id: &str, key: SeriesKey, name: &str, values: &[(&str, Option<i64>)]) -> Series {
    let entry = Catalogue::default().get(id).map(Into::into);
    let range = entry.as_ref().and_then(|entry: &crate::clinical::instrument::OwnedEntry| entry.entry().range());
    let samples: Vec<Sample> = values.iter().map(|(date, value)| sample(world, date, *value)).collect();
    let first = samples.iter().find_map(Baseline::of);
    Series { key, name: name.to_owned(), entry, range, samples, first }
}

/// Two years of pain with a gap, a proxy and a value that waits; PHQ-9 and weight; procedures and medicines.
fn trends(world: &mut World) -> Trends {
    let file = world.patient("Nguyen Linh 1988-05-09 F A-1042");
    world.load();
    let months = [
        ("2024-12-03", Some(8)),
        ("2025-01-14", Some(7)),
        ("2025-03-03", Some(7)),
        ("2025-04-02", None),
        ("2025-06-02", Some(6)),
        ("2025-08-11", Some(7)),
        ("2025-10-06", Some(4)),
        ("2026-01-12", Some(5)),
        ("2026-04-20", Some(3)),
        ("2026-08-03", Some(4)),
        ("2026-10-27", Some(4)),
        ("2026-11-23", Some(6)),
    ];
    let mut average = series(world, "nrs_average", SeriesKey::Average, "average pain", &months);
    if let Reading::Given(given) = &mut average.samples[8].reading {
        given.how.by = ReportedBy::Proxy;
    }
    if let Reading::Given(given) = &mut average.samples[11].reading {
        (given.waiting, given.how.how) = (true, How::Paper);
    }
    let mood = [("2025-01-14", Some(16)), ("2025-08-11", Some(12)), ("2026-04-20", Some(8))];
    let mut phq9 = series(world, "phq9", SeriesKey::Instrument("phq9".to_owned()), "PHQ-9", &mood);
    for sample in &mut phq9.samples {
        sample.result = Some(world.id::<InstrumentResultId>());
    }
    let kilos = [("2025-01-14", Some(70)), ("2026-04-20", Some(74))];
    let weight = series(world, "", SeriesKey::Weight, "weight", &kilos);
    let visit: VisitId = world.id();
    let mark = |date: &str, kind, what: &str, visit| Mark {
        date: day(date),
        roughly: None,
        kind,
        what: what.to_owned(),
        visit,
    };
    let marks = vec![
        mark("2025-01-14", MarkKind::Started, "gabapentin 300 mg", None),
        mark("2025-03-03", MarkKind::Changed, "gabapentin 600 mg", None),
        mark("2025-09-15", MarkKind::Procedure, "TFESI L5 LEFT, pain 7 → 3", Some(visit)),
        mark("2026-04-20", MarkKind::Stopped, "gabapentin 600 mg", None),
    ];
    let series = vec![average, phq9, weight];
    Trends { file, series, marks, from: None, first: Some(day("2024-12-03")), cut: false }
}

fn opened(world: &mut World) -> TrendsScreen {
    let trends = trends(world);
    TrendsScreen::new(trends, &TrendsLook::default(), None, world.now.today())
}

#[test]
fn trends_look_as_reviewed() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "Left");
    let mut all = String::new();
    all += &world.in_sizes(&screen, &[(80, 24), (120, 40), (160, 50), (44, 16)]);
    world.size = (100, 24);
    world.press(&mut screen, "t");
    all += &format!("── as a table\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    world.press(&mut screen, "t");
    let shown = world.show(&screen);
    assert!(shown.is_ascii(), "{shown}");
    all += &format!("── ascii\n{shown}");
    insta::assert_snapshot!("trends", all);
}

#[test]
fn a_chart_without_a_value_says_so() {
    let mut world = world();
    let mut trends = trends(&mut world);
    (trends.series, trends.first) = (Vec::new(), None);
    let mut screen = TrendsScreen::new(trends, &TrendsLook::default(), None, world.now.today());
    for plain in [false, true] {
        world.preferences.plain = plain;
        assert!(world.show(&screen).contains("no score, questionnaire or weight"));
    }
    for keys in ["+", "-", "<", "v", "t", "Enter", "i", "b"] {
        assert!(matches!(world.press(&mut screen, keys).as_slice(), [Effect::Refuse(_)]), "{keys}");
    }
    world.press(&mut screen, "Left Right Up Down Home End PgUp PgDn");
}

#[test]
fn zooming_keeps_the_day_under_the_cursor() {
    let mut world = world();
    let mut screen = opened(&mut world);
    assert_eq!((screen.zoom, screen.day), (Zoom::TwoYears, Some(day("2026-11-23"))));
    world.press(&mut screen, "Left Left Left");
    let at = screen.day;
    assert_eq!(at, Some(day("2026-04-20")));
    for (keys, zoom) in
        [("+", Zoom::Year), ("+", Zoom::Quarter), ("-", Zoom::Year), ("-", Zoom::TwoYears), ("-", Zoom::All)]
    {
        assert!(world.press(&mut screen, keys).is_empty(), "{keys}");
        assert_eq!((screen.zoom, screen.day), (zoom, at), "{keys}");
        assert!(screen.window.holds(at.unwrap()));
    }
    assert!(matches!(world.press(&mut screen, "-").as_slice(), [Effect::Refuse(_)]));
    assert_eq!(screen.window.from, day("2024-12-03"), "all there is begins with the first value");
}

#[test]
fn the_cursor_goes_from_day_to_day_and_takes_the_time_with_it() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "+ +");
    assert_eq!(screen.zoom, Zoom::Quarter);
    let mut seen = vec![screen.day.unwrap()];
    for _ in 0..16 {
        world.press(&mut screen, "h");
        seen.push(screen.day.unwrap());
        assert!(screen.window.holds(screen.day.unwrap()));
    }
    assert!(seen.windows(2).all(|pair| pair[1] <= pair[0]));
    assert_eq!(seen.last(), Some(&day("2024-12-03")));
    assert!(seen.contains(&day("2025-09-15")), "what was done is a stop too");
    world.press(&mut screen, "End");
    assert_eq!(screen.day, Some(day("2026-11-23")));
}

#[test]
fn the_values_go_round() {
    let mut world = world();
    let mut screen = opened(&mut world);
    for (keys, name) in
        [("v", "PHQ-9"), ("v", "weight"), ("v", "average pain"), ("V", "weight"), ("k", "PHQ-9"), ("j", "weight")]
    {
        world.press(&mut screen, keys);
        assert_eq!(screen.series().unwrap().name, name, "{keys}");
    }
}

#[test]
fn what_lies_before_what_was_read_is_asked_for() {
    let mut world = world();
    let mut trends = trends(&mut world);
    let all = trends.clone();
    let from = TrendsScreen::wants(&TrendsLook::default(), world.now.today()).unwrap();
    assert!(from < day("2024-11-24") && from > day("2022-01-01"), "{from}");
    trends.first = Some(day("2011-05-05"));
    trends.from = Some(from);
    let mut screen = TrendsScreen::new(trends, &TrendsLook::default(), None, world.now.today());
    assert!(world.press(&mut screen, "<").is_empty(), "a year before was read with it");
    assert!(matches!(world.press(&mut screen, "< < <").last(), Some(Effect::LoadMore)));
    assert!(screen.wanted().unwrap() < screen.window.from);
    assert!(matches!(world.press(&mut screen, "-").as_slice(), [Effect::LoadMore]));
    assert_eq!(screen.wanted(), None, "all there is is read from the beginning");
    screen.set_model(all);
    assert!(matches!(world.press(&mut screen, "<").as_slice(), [Effect::Refuse(why)] if why == "nothing lies before"));
}

#[test]
fn each_day_opens_what_it_comes_from() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let patient = screen.subject();
    let visit = screen.trends.series[0].samples[11].visit.unwrap();
    let opens = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::Open(place)] => place.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(opens(world.press(&mut screen, "Enter")), Place::Assessment(visit));
    screen.day = Some(day("2025-09-15"));
    screen.settle();
    let done = screen.trends.marks[2].visit.unwrap();
    assert_eq!(opens(world.press(&mut screen, "Enter")), Place::Procedure(done));
    world.press(&mut screen, "v");
    screen.day = Some(day("2026-04-20"));
    screen.settle();
    let place = opens(world.press(&mut screen, "Enter"));
    assert!(matches!(place, Place::Instrument { instrument, result: Some(_), .. } if instrument == "phq9"));
    assert_eq!(opens(world.press(&mut screen, "P")), Place::Plan(patient));
    assert!(matches!(world.press(&mut screen, "1").as_slice(), [Effect::Replace(Place::Chart(of))] if *of == patient));
    assert!(world.press(&mut screen, "2").is_empty());
}

#[test]
fn a_value_can_be_what_the_others_are_compared_with() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.size = (100, 30);
    world.press(&mut screen, "Left");
    assert!(world.show(&screen).contains("−4, −50 % from 8 (3 Dec 2024), 50 % reached"));
    screen.day = Some(day("2025-08-11"));
    screen.settle();
    world.press(&mut screen, "b End Left");
    assert!(world.show(&screen).contains("−3, −43 % from 7 (11 Aug 2025), 30 % reached"));
    screen.day = Some(day("2025-08-11"));
    world.press(&mut screen, "b");
    assert_eq!(screen.baseline().unwrap().date, day("2024-12-03"), "there again, the first one");
    world.press(&mut screen, "End");
    let refused = world.press(&mut screen, "b");
    assert!(matches!(refused.as_slice(), [Effect::Refuse(_)]), "what waits is nothing to compare with");
}

#[test]
fn why_names_both_figures_the_rule_and_its_source() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "Left");
    let effects = world.press(&mut screen, "i");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Reading(reading) = &**modal else { panic!("{modal:?}") };
    let said = reading.text.replace('\n', " ");
    for part in ["27 Oct 2026: average pain 4", "compared with 8 of 3 Dec 2024", "lower is better", "IMMPACT"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_table_says_what_the_drawing_says() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.size = (120, 40);
    world.press(&mut screen, "t");
    let shown = world.show(&screen);
    for words in
        ["× ", "declined", "○ 6", "◆ 3", "the baseline", "▴ TFESI L5 LEFT, pain 7 → 3", "■ stopped gabapentin 600 mg"]
    {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    world.press(&mut screen, "Home j j j");
    let under = screen.day;
    world.press(&mut screen, "t");
    assert_eq!(screen.day, under, "the same day under the hands");
}

#[test]
fn a_screen_reader_gets_the_values_as_lines() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.preferences.plain = true;
    world.size = (110, 24);
    world.press(&mut screen, "Down Down");
    insta::assert_snapshot!("plain", world.show(&screen));
}

#[test]
fn signs_tell_apart_what_colours_do() {
    let mut world = world();
    let screen = opened(&mut world);
    world.size = (120, 30);
    for signs in [Signs::Unicode, Signs::Ascii] {
        world.look = Look {
            signs,
            theme: crate::ui::theme::Theme { depth: Depth::Mono, ..Look::default().theme },
            ..Look::default()
        };
        let glyphs = signs.glyphs();
        let shown = world.show(&screen);
        for sign in
            [glyphs.to_come, glyphs.proxy, glyphs.missing, glyphs.event, glyphs.started, glyphs.changed, glyphs.stopped]
        {
            assert!(shown.contains(sign), "{sign}\n{shown}");
        }
        for words in ["baseline", "30 % better", "50 % better", "lower is better"] {
            assert!(shown.contains(words), "{words}\n{shown}");
        }
    }
}

#[test]
fn the_day_under_the_cursor_is_the_one_bright_thing() {
    let mut world = world();
    let screen = opened(&mut world);
    world.size = (120, 40);
    let buf = world.draw(&screen);
    let focus = world.look.theme.style(crate::ui::theme::Surface::Ground, Role::Focus).fg;
    let lead = layout::of(world.size, 3, &screen.trends.marks, screen.window).lead;
    let plot = course::plot(lead);
    let lit: Vec<u16> = (plot.left()..plot.right())
        .filter(|x| (plot.top()..plot.bottom()).any(|y| Some(buf[(*x, y)].fg) == focus))
        .collect();
    assert_eq!(lit, [plot.x + screen.window.column(screen.day.unwrap(), plot.width).unwrap()]);
}

#[test]
fn the_mouse_chooses_a_day_and_the_wheel_zooms() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.size = (120, 40);
    let plot = course::plot(layout::of(world.size, 3, &screen.trends.marks, screen.window).lead);
    let mouse = |kind, x| Input::Mouse(Mouse { kind, x, y: plot.y + 2 });
    world.input(&mut screen, &mouse(MouseKind::Press(MouseButton::Left), plot.x));
    assert_eq!(screen.day, Some(day("2024-12-03")));
    world.input(&mut screen, &mouse(MouseKind::ScrollUp, plot.x));
    assert_eq!(screen.zoom, Zoom::Year);
    world.input(&mut screen, &mouse(MouseKind::ScrollDown, plot.x));
    assert_eq!(screen.zoom, Zoom::TwoYears);
    assert!(!screen.takes_paste());
}

#[test]
fn hidden_names_are_nowhere() {
    let mut world = world();
    let mut screen = opened(&mut world);
    screen.over = Some("OKAFOR Adaeze".to_owned());
    screen.trends.marks[2].what = "as Linh asked".to_owned();
    world.names_hidden = true;
    for (plain, table) in [(false, false), (false, true), (true, false)] {
        (world.preferences.plain, screen.table) = (plain, table);
        let shown = world.show(&screen).to_lowercase();
        for name in ["nguyen", "linh", "okafor", "adaeze", "9 may 1988", "a-1042"] {
            assert!(!shown.contains(name), "{name}\n{shown}");
        }
    }
}

#[test]
fn the_place_is_kept_with_what_was_looked_at() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "v + t");
    let Place::Trends { look, .. } = screen.place() else { panic!() };
    let kept = serde_json::to_string(&look).unwrap();
    let look: TrendsLook = serde_json::from_str(&kept).unwrap();
    let again = TrendsScreen::new(screen.trends.clone(), &look, None, world.now.today());
    assert_eq!(again.place(), screen.place());
}

#[test]
fn two_thousand_values_are_drawn_like_twenty() {
    let mut world = world();
    let mut trends = trends(&mut world);
    let dates = day("2021-06-01").iter_days().take(2000);
    let samples = dates.map(|date| sample(&mut world, &date.to_string(), Some(i64::from(date.day() % 11)))).collect();
    trends.series[0].samples = samples;
    trends.first = Some(day("2021-06-01"));
    let mut screen = TrendsScreen::new(trends, &TrendsLook::default(), None, world.now.today());
    world.press(&mut screen, "-");
    world.size = (160, 50);
    let shown = world.show(&screen);
    assert!(!shown.contains("●●●"), "signs stand only where there is room for them\n{shown}");
    world.press(&mut screen, "t");
    assert!(world.show(&screen).contains("↓"));
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let long = "ein sehr langer Satz ohne Ende ".repeat(40);
    for text in ["", "日本語のとても長い名前", "שלום עולם محمد", "e\u{301}\u{1b}[31m👩‍👩‍👧\u{202e}x", &long]
    {
        text.clone_into(&mut screen.trends.marks[0].what);
        text.clone_into(&mut screen.trends.series[1].name);
        screen.over = Some(text.to_owned());
        for (plain, table) in [(false, false), (false, true), (true, false)] {
            (world.preferences.plain, screen.table) = (plain, table);
            for size in
                [(0, 0), (1, 1), (2, 2), (5, 3), (20, 6), (39, 12), (80, 24), (120, 40), (160, 50), (400, 3), (9, 90)]
            {
                world.size = size;
                let shown = world.show(&screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Left < v - Down PgDn Up Home + Right > End");
            }
        }
    }
}
