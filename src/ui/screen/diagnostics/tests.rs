//! A patient's tests and results as they are drawn, and what their keys ask for. Invented people only.

use super::*;
use crate::action::Write;
use crate::clinical::diagnostic::DiagnosticKind;
use crate::ui::screen::testing::{World, told};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn tests(world: &mut World, file: &PatientFile) -> Vec<Diagnostic> {
    let at = world.now.instant;
    let mut make = |kind, what: &str, question: &str, requested: &str, due: &str| Diagnostic {
        question: question.to_owned(),
        requested: Some(day(requested)),
        due: Some(day(due)),
        ..Diagnostic::new(world.id(), file.patient.id, kind, what)
    };
    let lab = make(DiagnosticKind::Lab, "HbA1c, creatinine", "kidney for the dose", "2026-11-23", "2026-12-01");
    let mut mri = make(DiagnosticKind::Mri, "lumbar spine", "does the disc fit L5?", "2026-11-03", "2026-11-24");
    mri.done = Some(day("2026-11-20"));
    mri.report = "Disc protrusion L4/5 towards the left, touching the L5 root in the recess.".to_owned();
    let mut xray = make(DiagnosticKind::XRay, "left knee", "", "2026-10-01", "2026-10-20");
    xray.done = Some(day("2026-10-05"));
    let xray = Diagnostic {
        reading: "Third grade.".to_owned(),
        ..xray.acted_on("talked through".to_owned(), day("2026-10-06"), at)
    };
    let emg = make(DiagnosticKind::Emg, "right arm", "root or tunnel?", "2026-09-01", "2026-10-01");
    vec![lab, mri, xray, emg]
}

fn opened(world: &mut World) -> DiagnosticsScreen {
    let mut file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
    world.allergic_to(&mut file, "latex");
    world.load();
    let tests = tests(world, &file);
    DiagnosticsScreen::new(file, tests, None)
}

#[test]
fn tests_and_results_look_as_reviewed() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    let mut all = String::new();
    all += &world.in_sizes(&screen, &[(80, 24), (120, 40), (46, 12)]);
    world.size = (80, 24);
    world.press(&mut screen, "j");
    all += &format!("── acted on\n{}", world.show(&screen));
    all += &world.in_modes(&screen);
    insta::assert_snapshot!("diagnostics", all);
}

#[test]
fn a_screen_reader_gets_the_report_before_the_own_reading_never_beside_it() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    for test in &mut screen.tests {
        (test.report, test.reading) = ("disc touching the root".to_owned(), "root is free".to_owned());
    }
    world.size = (160, 50);
    for plain in [false, true] {
        world.preferences.plain = plain;
        let shown = world.show(&screen);
        let holds = |words: &str| shown.lines().position(|line| line.contains(words)).unwrap();
        let (report, reading) = (holds("disc touching the root"), holds("root is free"));
        assert_eq!(report < reading, plain, "{shown}");
        assert!(plain || report == reading, "drawn wide they stand abreast: {shown}");
    }
}

#[test]
fn the_hands_begin_at_what_is_unread_and_each_step_is_one_key() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    assert_eq!(screen.chosen().unwrap().name(), "MRI lumbar spine");
    let effects = world.press(&mut screen, "d");
    assert_eq!(told(&effects), ["write: read MRI lumbar spine"]);
    let Effect::Write(write, _) = &effects[0] else { panic!() };
    let Write::PutDiagnostic { diagnostic, .. } = &**write else { panic!() };
    let (mut tests, file) = (screen.tests.clone(), screen.file.clone());
    tests[1] = diagnostic.clone();
    screen.set_model(file, tests);
    assert_eq!(told(&world.press(&mut screen, "d")), ["prompt Done about the result"]);
    assert_eq!(told(&world.press(&mut screen, "j d")), ["refuse: this is acted on already"]);
    assert_eq!(told(&world.press(&mut screen, "j d")), ["write: EMG right arm done"]);
    assert_eq!(told(&world.press(&mut screen, "x")), ["prompt Close, because"]);
    assert_eq!(told(&world.press(&mut screen, "n")), ["open NewDiagnostic"]);
    assert_eq!(told(&world.press(&mut screen, "Enter")), ["open Diagnostic"]);
}

#[test]
fn without_tests_it_says_so_and_every_size_is_drawn() {
    let mut world = World::at("2026-11-24T10:14");
    let file = world.patient("Diallo Awa 2025-08-08");
    world.load();
    let mut screen = DiagnosticsScreen::new(file, Vec::new(), None);
    assert!(world.show(&screen).contains("no test was asked for yet  n new test or result"));
    for key in ["d", "Enter", "x"] {
        assert_eq!(told(&world.press(&mut screen, key)), ["refuse: no test was asked for yet"], "{key}");
    }
    let full = opened(&mut world);
    for width in [0, 1, 2, 3, 20, 80, 200] {
        for height in [0, 1, 2, 3, 5, 9, 60] {
            world.size = (width, height);
            world.draw(&screen);
            world.draw(&full);
        }
    }
}

#[test]
fn what_was_just_asked_for_is_under_the_hands() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    let (mut tests, file) = (screen.tests.clone(), screen.file.clone());
    let new = Diagnostic { id: world.id(), what: "cervical spine".to_owned(), ..tests[0].clone() };
    tests.insert(0, new);
    screen.set_model(file, tests);
    assert_eq!(screen.chosen().unwrap().what, "cervical spine");
}
