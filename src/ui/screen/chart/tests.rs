//! The chart as it is drawn and what its keys ask for. Invented people only.

mod made;

use chrono::NaiveDate;
use ratatui::style::Modifier;

use self::made::{chart, day, opened, world};
use super::*;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::clinical::answer::Answer;
use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::board::What;
use crate::clinical::board::follow::FollowKey;
use crate::clinical::body::{BodyRegion, Mark};
use crate::clinical::id::VisitId;
use crate::clinical::models::TrendPoint;
use crate::clinical::patient::{Allergy, Capacity, Goal, Kidney, Known, Medication, PatientFile, Pregnancy, YesNo};
use crate::clinical::plan::{ItemState, Modality, Plan, PlanItem};
use crate::clinical::referral::{CareMember, Referral};
use crate::clinical::score::Scores;
use crate::clinical::task::{Owner, TaskKind};
use crate::clinical::time::{Instant, instant};
use crate::clinical::visit::{Visit, VisitKind, VisitState};
use crate::ui::screen::testing::{World, ZONE, text};
use crate::ui::theme::{Look, Signs, Surface as Ground};

#[test]
fn the_chart_looks_as_reviewed() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let mut all = String::new();
    all += &world.in_sizes(&screen, &[(80, 24), (120, 40), (160, 50), (44, 16)]);
    screen.over = Some("OKAFOR Adaeze".to_owned());
    world.size = (80, 24);
    all += &format!("── over another\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    let shown = world.show(&screen);
    assert!(shown.is_ascii(), "{shown}");
    all += &format!("── ascii\n{shown}");
    insta::assert_snapshot!("chart", all);
}

#[test]
fn the_chart_of_a_new_patient_says_what_nobody_has_asked() {
    let mut world = world();
    let file = world.patient("Diallo Awa 2025-08-08");
    world.load();
    let mut screen = ChartScreen::new(Chart::new(file), None, world.now.today());
    let mut all = String::new();
    all += &world.in_sizes(&screen, &[(80, 24), (120, 40)]);
    insta::assert_snapshot!("new_patient", all);
    assert!(world.press(&mut screen, "Enter y i Down End PgUp").is_empty());
    for command in [Command::Open, Command::CopyOut, Command::Why, Command::Patient] {
        assert!(screen.cannot(command, &world.env()).is_some(), "{command:?}");
    }
}

#[test]
fn what_is_open_is_said_once_where_the_cover_is_full() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let today = world.now.today();
    let patient = screen.chart.file.patient.id;
    let letter =
        Referral { sent: Some(today), due: Some(today), ..Referral::new(world.id(), patient, "surgery", today) };
    let key = FollowKey::Referral(letter.id);
    screen.chart.referrals = vec![letter];
    screen.chart.team =
        vec![CareMember { id: world.id(), role: "physio".to_owned(), name: String::new(), reach: String::new() }];
    for (open, left_out) in [(Some(key), true), (None, false)] {
        let block = follow::block(&screen.chart, today, |one| Some(one) == open).unwrap();
        assert_eq!(block::lines(std::slice::from_ref(&block)).len(), 2, "the whole cover says all of it");
        let terse = block::Block { lines: block.terse, ..block::Block::new("Follow-up", Vec::new()) };
        let said = block::lines(&[terse]).join("\n");
        assert_eq!((said.contains("surgery"), said.contains("physio")), (!left_out, true), "{said}");
    }
}

#[test]
fn the_cover_says_why_each_of_its_figures_is_what_it_is() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let oxycodone = Medication::new(world.id(), "oxycodone er 20 mg bid", None);
    let facts = &mut screen.chart.file.facts;
    facts.medications = Known::Listed(vec![oxycodone], None);
    facts.opioid.region = Some(crate::clinical::practice::Region::Us);
    facts.opioid.figure = Some("MME 60".to_owned());
    let effects = world.press(&mut screen, "i");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Reading(page) = &**modal else { panic!("{modal:?}") };
    for said in [
        "PEG 5.3",
        "27 Oct 2026: PEG pain 6",
        "MME 60",
        "oxycodone: 40 mg/day × 1.5 = 60",
        "no laxative",
        "oxycodone er 20 mg bid",
        "no PDMP recorded",
        "list not reviewed",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
}

#[test]
fn the_criteria_of_widespread_pain_stand_on_the_cover_where_they_were_asked() {
    let mut world = world();
    let mut screen = opened(&mut world);
    assert!(!world.show(&screen).contains("WPI"));
    let body = &mut screen.chart.assessment.as_mut().unwrap().body;
    for code in ["nbl", "sfl", "sfr", "ubl", "lbl", "bul", "bur"] {
        body.map.put(BodyRegion::of_code(code).unwrap(), Mark::default());
    }
    assert!(!world.show(&screen).contains("WPI"));
    let symptoms = &mut screen.chart.assessment.as_mut().unwrap().body.symptoms;
    (symptoms.fatigue, symptoms.unrefreshed) = (Some(Answer::Given(2)), Some(Answer::Given(2)));
    symptoms.cognition = Some(Answer::Given(2));
    (symptoms.headache, symptoms.low_abdominal, symptoms.depression) = (Some(true), Some(true), Some(false));
    symptoms.months = Some(14);
    world.size = (160, 50);
    assert!(
        world.show(&screen).contains("WPI 7 of 19 · SSS 8 of 12 · fibromyalgia 2016 met"),
        "{}",
        world.show(&screen)
    );
}

#[test]
fn a_caution_whose_reason_was_kept_today_stays_on_the_cover_with_it() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let lines = ["oxycodone er 20 mg bid", "lorazepam 1 mg at night"];
    let facts = &mut screen.chart.file.facts;
    facts.medications = Known::Listed(lines.map(|line| Medication::new(world.id(), line, None)).to_vec(), None);
    facts.opioid.region = Some(crate::clinical::practice::Region::Us);
    facts.opioid.figure = Some("MME 60".to_owned());
    let block = |screen: &ChartScreen| {
        let block = medicines::block(&screen.chart, &[], day("2026-11-24")).unwrap();
        let words = block.lines.into_iter().filter_map(|line| match line {
            block::Line::Text(_, _, words, _) => Some(words),
            _ => None,
        });
        words.collect::<Vec<_>>().join("\n")
    };
    let before = block(&screen);
    assert!(before.contains("opioid + benzodiazepine") && !before.contains("24 Nov"), "{before}");
    let kept = |reason: &str, on| ("with_opioid/benzodiazepine".to_owned(), reason.to_owned(), day(on));
    screen.chart.file.facts.opioid.reasons =
        vec![kept("palliative sedation", "2026-11-20"), kept("tapering off", "2026-11-24")];
    let after = block(&screen);
    assert!(after.starts_with(before.split('\n').next().unwrap()), "nothing of it goes: {after}");
    assert!(after.contains("opioid + benzodiazepine: tapering off (24 Nov 2026)"), "{after}");
    assert!(!after.contains("palliative"), "the last reason holds: {after}");
}

#[test]
fn a_screen_reader_gets_one_line_an_item() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.preferences.plain = true;
    world.message = crate::ui::env::Message::Kept("kept 10:13 NGUYEN: score 6 → 7".to_owned());
    world.size = (100, 40);
    assert!(world.press(&mut screen, "Down Down").is_empty());
    insta::assert_snapshot!("plain", world.show(&screen));
    let cover = 18;
    world.press(&mut screen, "End");
    assert_eq!(screen.cursor.at, 8, "the visits follow the cover of {cover} lines");
}

#[test]
fn what_can_hurt_is_red_and_what_nobody_asked_is_amber() {
    let mut world = world();
    let mut screen = opened(&mut world);
    screen.chart.file.facts.antithrombotics = Known::Unknown;
    world.size = (120, 40);
    let buf = world.draw(&screen);
    let said = |surface, role, lines: std::ops::Range<u16>| {
        let fg = world.look.theme.style(surface, role).fg;
        let cells = lines.flat_map(|y| (0..buf.area.width).map(move |x| (x, y)));
        cells.filter(|at| Some(buf[*at].fg) == fg).map(|at| buf[at].symbol().to_owned()).collect::<String>()
    };
    let red = said(Ground::BarTop, Role::Danger, 0..2).replace(' ', "");
    assert_eq!(red, "penicillin,latex");
    let amber = said(Ground::BarTop, Role::Wants, 0..2).replace(' ', "");
    assert!(amber.starts_with('?'), "{amber}");
    let band = world.look.theme.surface(Ground::Band).bg;
    let chosen: Vec<u16> = (0..40).filter(|y| (1..119).all(|x| Some(buf[(x, *y)].bg) == band)).collect();
    assert_eq!(chosen.len(), 1, "one bright row: the chosen visit");
    let name = (0..12).all(|x| buf[(x, 0)].symbol() == " " || buf[(x, 0)].modifier.contains(Modifier::BOLD));
    assert!(name, "the name leads");
}

#[test]
fn each_key_asks_for_one_thing() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let patient = timeline::patient(&screen.chart);
    let visit = |screen: &ChartScreen, at: usize| screen.chart.visits[at].visit.id;
    assert_eq!(screen.cursor.at, 1, "the newest visit that is not to come");
    for (keys, place) in [
        ("e", Place::Patient(Some(patient))),
        ("P", Place::Plan(patient)),
        ("n", Place::NewVisit { date: day("2026-11-24"), start: None, patient: Some(patient), instead_of: None }),
        ("Enter", Place::Assessment(visit(&screen, 1))),
        ("k Enter", Place::Visit(visit(&screen, 0))),
        ("j j j Enter", Place::Visit(visit(&screen, 3))),
        ("j j Enter", Place::Procedure(visit(&screen, 5))),
    ] {
        let effects = world.press(&mut screen, keys);
        assert!(matches!(effects.as_slice(), [Effect::Open(open)] if *open == place), "{keys}: {effects:?}");
    }
    assert!(screen.cannot(Command::CopyOut, &world.env()).is_none());
    let out = visit(&screen, 5);
    let effects = world.press(&mut screen, "y");
    assert!(matches!(effects.as_slice(), [Effect::CopyOut { visit, section: None }] if *visit == out));
    assert!(matches!(world.press(&mut screen, "Y").as_slice(), [Effect::Show(_)]));
    assert_eq!(screen.patient_for_undo(), Some(patient));
    for keys in ["u", "Esc", "/", "+", "?", ":"] {
        assert!(world.press(&mut screen, keys).is_empty(), "{keys} is the app's");
    }
    screen.cursor = Cursor::new(3);
    assert!(screen.cannot(Command::CopyOut, &world.env()).is_some(), "a no-show has nothing to copy");
}

#[test]
fn why_shows_inputs_rule_and_source() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "i");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Reading(reading) = &**modal else { panic!("{modal:?}") };
    let said = reading.text.replace('\n', " ");
    for part in ["PEG pain 6, PEG enjoyment 5, PEG activity 5", "5.3", "1 Sep 2026", "▼0.3", "Krebs"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_visit_with_assessment_and_procedure_asks_which() {
    let mut world = world();
    let mut screen = opened(&mut world);
    screen.chart.visits[1].session = Some("trigger points LEFT".to_owned());
    assert!(matches!(world.press(&mut screen, "Enter").as_slice(), [Effect::Show(_)]));
}

#[test]
fn a_reload_keeps_the_selected_visit() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "j j");
    let chosen = screen.chosen().unwrap().visit.id;
    let mut chart = screen.chart.clone();
    let mut newer = chart.visits[0].clone();
    newer.visit.id = world.id();
    chart.visits.insert(0, newer);
    screen.set_model(chart);
    assert_eq!(screen.chosen().unwrap().visit.id, chosen);
    let mut empty = screen.chart.clone();
    empty.visits.clear();
    screen.set_model(empty);
    world.show(&screen);
}

#[test]
fn the_mouse_selects_a_visit() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.size = (120, 40);
    let rows = screen.rows(&world.env());
    let press = MouseKind::Press(MouseButton::Left);
    world.input(&mut screen, &Input::Mouse(Mouse { kind: press, x: 10, y: rows.y + 4 }));
    assert_eq!(screen.cursor.at, 4);
    world.input(&mut screen, &Input::Mouse(Mouse { kind: MouseKind::ScrollDown, x: 10, y: rows.y }));
    assert_eq!(screen.cursor.at, 5);
}

#[test]
fn hidden_names_are_nowhere() {
    let mut world = world();
    let mut screen = opened(&mut world);
    screen.over = Some("OKAFOR Adaeze".to_owned());
    screen.chart.tasks[0].what = "call Linh back".to_owned();
    world.shows_no(&screen, &["nguyen", "linh", "okafor", "adaeze", "9 may 1988", "a-1042"]);
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let long = "ein sehr langer Satz ohne Ende ".repeat(40);
    let texts =
        ["", "日本語のとても長い名前".repeat(6).as_str(), "שלום עולם محمد", "e\u{301}\u{1b}[31m👩‍👩‍👧\u{202e}x", &long]
            .map(str::to_owned);
    for text in texts {
        screen.chart.file.patient.family.clone_from(&text);
        screen.chart.file.patient.number = Some(text.clone());
        screen.chart.file.patient.note = Some(text.clone());
        screen.chart.file.patient.pregnancy = Some((Pregnancy::Possible, day("2026-10-27")));
        screen.chart.file.patient.kidney = Some((Kidney::Dialysis, day("2026-10-27")));
        screen.chart.file.patient.interpreter = Some(YesNo::Yes);
        screen.chart.file.patient.language = Some(text.clone());
        screen.chart.file.patient.capacity = Some(Capacity::Lacks);
        screen.chart.file.patient.decides = Some(text.clone());
        if let Some(plan) = &mut screen.chart.plan {
            plan.items[0].what.clone_from(&text);
            plan.items[0].next_step.clone_from(&text);
            plan.note.clone_from(&text);
        }
        if let Some(assessment) = &mut screen.chart.assessment {
            assessment.impression.clone_from(&text);
        }
        screen.chart.tasks[0].what.clone_from(&text);
        screen.over = Some(text);
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (2, 2), (5, 3), (20, 6), (39, 12), (80, 24), (120, 40), (160, 50), (400, 3)] {
                world.size = size;
                let shown = text_of(&world, &screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Down PgDn Up Home");
            }
        }
    }
}

fn text_of(world: &World, screen: &ChartScreen) -> String {
    text(&world.draw(screen))
}

#[test]
fn a_positive_screen_is_flagged_in_the_band_with_its_next_step() {
    let mut world = world();
    let mut chart = chart(&mut world);
    let mut screen = |grave, short: &str, raised: &str| crate::clinical::instrument::OpenScreen {
        grave,
        date: day("2026-11-24"),
        result: world.id(),
        short: short.to_owned(),
        raised: raised.to_owned(),
    };
    chart.file.facts.screens = vec![
        screen(false, "ORT-OUD 4", "High: agree on closer monitoring"),
        screen(true, "PHQ-9 16", "A positive answer to item 9: assess the risk today"),
    ];
    for size in [(80, 24), (120, 40)] {
        world.size = size;
        let shown = world.show(&ChartScreen::new(chart.clone(), None, day("2026-11-24")));
        let band: Vec<&str> = shown.lines().take(2).collect();
        let band = band.join(" ");
        for words in ["⚠ PHQ-9 16 assess the risk today", "● ORT-OUD 4"] {
            assert!(band.contains(words), "{words:?} at {size:?} not in {band}");
        }
    }
}

#[test]
fn what_is_open_on_the_cover_is_what_stands_in_the_paperwork_worst_first() {
    let mut world = World::day();
    let late = |world: &World, what| world.board.late.iter().find(|item| item.key.what() == what).cloned().unwrap();
    let follows = late(&world, What::Aftermath);
    let mut chart = chart(&mut world);
    (chart.check_ins, chart.tasks) = (Vec::new(), Vec::new());
    let open = |chart: &Chart, world: &World| {
        let lines = open::block(chart, &world.board, day("2026-11-24")).lines;
        block::lines(&[block::Block { lines, ..open::block(chart, &world.board, day("2026-11-24")) }])
    };
    assert!(open(&chart, &world)[0].contains("nothing"), "{:?}", open(&chart, &world));
    chart.file.patient = follows.patient.clone().unwrap();
    let shown = open(&chart, &world);
    assert!(shown.iter().any(|line| line.contains(&format!("follow: {}", follows.text))), "{shown:?}");
    assert!(!shown.iter().any(|line| line.contains("nothing")), "{shown:?}");
}
