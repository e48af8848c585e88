//! Weight and height, instruments, tests and their results.

use chrono::NaiveDate;

use super::{fields, taken_over, walked, written};
use crate::action::{ScaleWrite, Write};
use crate::clinical::copied::Copied;
use crate::clinical::diagnostic::{Diagnostic, DiagnosticDraft, DiagnosticKind};
use crate::clinical::instrument::{Catalogue, InstrumentResult, Replies, Reply, Setting};
use crate::clinical::patient::PatientFile;
use crate::clinical::practice::Region;
use crate::clinical::provenance::{Given, Provenance};
use crate::clinical::visit::Way;
use crate::clinical::vital::{Vital, VitalKind};
use crate::ui::screen::form::diagnostic::DiagnosticSubject;
use crate::ui::screen::form::instrument::{InstrumentModel, InstrumentSubject};
use crate::ui::screen::form::vital::VitalSubject;
use crate::ui::screen::form::{FormScreen, Subject};
use crate::ui::screen::testing::World;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn given(world: &World, file: &PatientFile) -> Provenance {
    Given::usual(Way::InPerson, &file.patient, world.now.today()).at(world.now.instant, "IV".to_owned())
}

fn measured(world: &mut World, file: &PatientFile, on: &str, kind: VitalKind, value: u32) -> Vital {
    let given = given(world, file);
    Vital {
        id: world.id(),
        patient: file.patient.id,
        visit: None,
        date: day(on),
        kind,
        value,
        copied_from: None,
        given,
    }
}

#[test]
fn weight_and_height_are_one_key_away_each_with_its_own_day_and_say_that_they_were_copied() {
    for (region, ghosts) in [
        (Region::De, &["70.5 kg · 3 Nov 2026", "168 cm · 9 Jan 2025"][..]),
        (Region::Us, &["70.5 kg · 3 Nov 2026", "155.4 lb · 3 Nov 2026", "168 cm · 9 Jan 2025"]),
        (Region::Uk, &["70.5 kg · 3 Nov 2026", "168 cm · 9 Jan 2025"]),
        (Region::Other, &["70.5 kg · 3 Nov 2026", "168 cm · 9 Jan 2025"]),
    ] {
        let mut world = World::at("2026-11-24T10:14");
        let file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
        world.load();
        let today = world.env().now.today();
        let earlier = vec![
            measured(&mut world, &file, "2025-01-09", VitalKind::Height, 1_680),
            measured(&mut world, &file, "2025-01-09", VitalKind::Weight, 68_000),
            measured(&mut world, &file, "2026-11-03", VitalKind::Weight, 70_487),
        ];
        let subject = || VitalSubject { file: file.clone(), earlier: earlier.clone(), visit: None, region, today };
        let screen = FormScreen::open(subject(), None, &world.env());
        let shown = world.show(&screen);
        for ghost in ghosts {
            assert!(shown.contains(ghost), "{region:?}: {ghost}\n{shown}");
        }
        let mut all = FormScreen::open(subject(), None, &world.env());
        world.press(&mut all, "Ctrl-E");
        for mut screen in [walked(&mut world, subject()).0, all] {
            let Write::Scale(ScaleWrite::Vitals { vitals, .. }) = written(&mut world, &mut screen) else { panic!() };
            let told: Vec<String> = vitals.iter().map(Vital::told).collect();
            let weight = "70.5 kg on 3 Nov 2026, copied forward on 24 Nov 2026";
            assert_eq!(told, [weight, "168 cm on 9 Jan 2025, copied forward on 24 Nov 2026"], "{region:?}");
            assert_eq!(vitals[0].value, 70_487, "to the gram");
        }
        // Measured anew it is of today.
        let mut screen = FormScreen::open(subject(), None, &world.env());
        world.press(&mut screen, "Ctrl-T Shift-Tab Backspace 6");
        let Write::Scale(ScaleWrite::Vitals { vitals, .. }) = written(&mut world, &mut screen) else { panic!() };
        assert_eq!((vitals[0].value, vitals[0].copied_from), (70_600, None), "{region:?}");
    }
}

#[test]
fn an_instrument_takes_over_each_answer_and_the_record_says_which() {
    let catalogue = Catalogue::default();
    for (id, first, second) in [("phq9", 2, 1), ("odi", 42, 42), ("vas100", 55, 55), ("rass", -1, -1), ("cows", 2, 1)] {
        let mut world = World::at("2026-11-24T10:14");
        let file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
        world.load();
        let entry = catalogue.get(id).unwrap();
        let questions = entry.questions();
        let number = |at: usize| if at == 0 { first } else { second };
        let allowed = |at: usize| if id == "cows" && questions[at].id == "goose" { 3 } else { number(at) };
        let replies: Replies =
            questions.iter().enumerate().map(|(at, one)| (one.id.clone(), Reply::Number(allowed(at)))).collect();
        let outcome = entry.outcome(&replies, None).unwrap();
        let setting = Setting { patient: file.patient.id, visit: None, date: day("2026-10-28") };
        let given = given(&world, &file);
        let last = InstrumentResult::of(world.id(), setting, &entry, replies.clone(), &outcome, given);
        let date = day("2026-11-24");
        let model = |current| InstrumentModel {
            file: file.clone(),
            visit: None,
            instrument: entry.into(),
            current,
            earlier: vec![last.clone()],
            date,
        };
        let (mut screen, _) = walked(&mut world, InstrumentSubject { model: model(None) });
        let Write::Scale(ScaleWrite::Result { result, .. }) = written(&mut world, &mut screen) else { panic!() };
        assert_eq!((&result.replies, &result.shown), (&replies, &last.shown), "{id}");
        let copied = result.copied.clone().unwrap();
        assert_eq!((copied.from, copied.parts.len()), (day("2026-10-28"), questions.len()), "{id}");

        // Opened again it is marked; an answer given anew is not.
        let again = InstrumentSubject { model: model(Some(*result)) };
        assert_eq!(again.carried().len(), questions.len(), "{id}");
        let mut screen = FormScreen::open(again, None, &world.env());
        assert!(world.show(&screen).contains("as on 28 Oct") || id != "odi", "{id}\n{}", world.show(&screen));
        if id == "phq9" {
            world.press(&mut screen, "1");
            let Write::Scale(ScaleWrite::Result { result, .. }) = written(&mut world, &mut screen) else { panic!() };
            let parts = result.copied.unwrap().parts;
            assert_eq!((parts.len(), parts.contains(&"q1".to_owned())), (questions.len() - 1, false));
        }
    }
}

#[test]
fn a_form_whose_blanks_count_as_no_says_nothing_before_an_answer() {
    let mut world = World::at("2026-11-24T10:14");
    let file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
    world.load();
    let catalogue = Catalogue::default();
    let instrument = catalogue.get("rmdq").unwrap().into();
    let model =
        InstrumentModel { file, visit: None, instrument, current: None, earlier: Vec::new(), date: day("2026-11-24") };
    let mut screen = FormScreen::open(InstrumentSubject { model }, None, &world.env());
    assert!(!world.show(&screen).contains("0 low"), "{}", world.show(&screen));
    world.press(&mut screen, "0");
    assert!(world.show(&screen).contains("0 low"), "{}", world.show(&screen));
}

fn test(world: &mut World, file: &PatientFile, kind: DiagnosticKind, what: &str, done: &str) -> Diagnostic {
    let draft = DiagnosticDraft {
        kind: Some(kind),
        what: what.to_owned(),
        question: "progress?".to_owned(),
        requested: Some(day(done)),
        done: Some(day(done)),
        report: format!("{what} of {done}."),
        reading: "Agree.".to_owned(),
        action: "told".to_owned(),
        ..DiagnosticDraft::default()
    };
    draft.finish(None, world.id(), file.patient.id, None, day(done), world.now.instant).unwrap()
}

#[test]
fn a_new_test_takes_over_the_last_of_its_kind_but_its_days_and_what_was_done() {
    let mut world = World::at("2026-11-24T10:14");
    let file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
    world.load();
    let lab = test(&mut world, &file, DiagnosticKind::Lab, "creatinine", "2026-11-03");
    let mri = test(&mut world, &file, DiagnosticKind::Mri, "lumbar spine", "2026-05-20");
    let earlier = vec![lab.clone(), mri.clone()];
    let subject = |test| DiagnosticSubject { test, file: file.clone(), visit: None, earlier: earlier.clone() };
    // While no kind is chosen: the last of any.
    let screen = taken_over(&mut world, subject(None));
    let expected = DiagnosticDraft::to_take_over(&lab);
    assert_eq!(fields(screen.form.value(), &[]), fields(&expected, &[]));
    // Of the kind that was chosen: the last of that.
    let mut screen = FormScreen::open(subject(None), None, &world.env());
    world.press(&mut screen, "m");
    let shown = world.show(&screen);
    assert!(shown.contains("lumbar spine · 20 May"), "{shown}");
    world.press(&mut screen, "Ctrl-T Tab Ctrl-T");
    let Write::PutDiagnostic { diagnostic, .. } = written(&mut world, &mut screen) else { panic!() };
    assert_eq!((diagnostic.what.as_str(), diagnostic.question.as_str()), ("lumbar spine", "progress?"));
    assert_eq!((diagnostic.requested, diagnostic.done), (Some(day("2026-11-24")), None));
    let parts = vec!["question".to_owned(), "what".to_owned()];
    assert_eq!(diagnostic.copied, Some(Copied { from: day("2026-05-20"), parts }));
    let lines = diagnostic.lines();
    assert_eq!(lines.last().unwrap(), "Copied forward from 20 May 2026: of what, question.");
    assert_eq!(subject(Some(diagnostic)).carried(), ["question", "what"]);
    // Where there was none of its kind there is nothing to take over.
    let mut screen = FormScreen::open(subject(None), None, &world.env());
    world.press(&mut screen, "c");
    assert!(!world.show(&screen).contains("lumbar spine"), "{}", world.show(&screen));
}
