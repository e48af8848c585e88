//! The sheet of brought-in rows as it is drawn, and what its keys ask for. Invented people only.

use super::*;
use crate::clinical::bring_in::{BroughtMedicine, BroughtProcedure};
use crate::clinical::elsewhere::LineKind;
use crate::clinical::procedure::Side;
use crate::clinical::since::Since;
use crate::ui::screen::testing::{World, told};

fn medicine(name: &str, strength: &str) -> Row {
    let read = BroughtMedicine { name: name.to_owned(), strength: strength.to_owned(), ..BroughtMedicine::default() };
    Row::waiting(format!("{name} {strength}").to_uppercase(), Read::Medicine(read))
}

fn rows() -> Vec<Row> {
    let procedure = BroughtProcedure {
        what: "TFESI".to_owned(),
        level: "L5".to_owned(),
        side: Some(Side::Left),
        on: Some(Since::Month(2023, 4)),
        by: "Dr Reyes".to_owned(),
        steroid: "triamcinolone 40 mg".to_owned(),
    };
    vec![
        Row::waiting("Penicillin - rash", Read::Allergy("penicillin".to_owned(), Some("rash".to_owned()))),
        Row::waiting("LATEX", Read::Allergy("latex".to_owned(), None)),
        medicine("gabapentin", "300 mg"),
        medicine("apixaban", "5 mg"),
        medicine("nogabrol", "2 mg"),
        Row::waiting("4/23 TFESI L5 LT Dr Reyes, kenalog 40", Read::Procedure(procedure)),
        Row::waiting("Okafor walks with a stick", Read::Text("Okafor walks with a stick".to_owned())),
    ]
}

fn model(world: &mut World) -> BringInModel {
    let mut file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
    world.allergic_to(&mut file, "latex");
    world.load();
    let line = ElsewhereLine { id: world.id(), kind: LineKind::Diagnosis, text: "asthma".to_owned() };
    BringInModel { file, past: Vec::new(), lines: vec![line] }
}

fn opened(world: &mut World) -> BringInScreen {
    let model = model(world);
    let mut screen = BringInScreen::new(model, None);
    screen.add(rows(), &world.env());
    screen
}

fn brought(effects: &[Effect]) -> crate::clinical::bring_in::BroughtIn {
    let write = effects.iter().find_map(|effect| match effect {
        Effect::Write(write, _) => Some(write),
        _ => None,
    });
    match write.map(|write| &**write) {
        Some(Write::BringIn { brought, .. }) => (**brought).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sheet_looks_as_reviewed() {
    let mut world = World::at("2026-11-24T10:14");
    let empty = BringInScreen::new(model(&mut world), None);
    world.size = (80, 24);
    let mut all = format!("── empty\n{}", world.show(&empty));
    let mut screen = opened(&mut world);
    all += &world.in_sizes(&screen, &[(80, 24), (120, 40), (46, 12)]);
    world.size = (80, 24);
    world.press(&mut screen, "x A r");
    screen.ask(ListKind::Antithrombotics);
    all += &format!("── decided\n{}", world.show(&screen));
    all += &world.in_modes(&screen);
    insta::assert_snapshot!("bring_in", all);
}

#[test]
fn each_row_is_taken_or_dropped_in_one_key_and_the_hands_go_on() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    assert!(!world.press(&mut screen, "a x a").is_empty());
    let fates: Vec<Fate> = screen.sheet.rows.iter().map(|row| row.fate).take(4).collect();
    assert_eq!(fates, [Fate::Accepted, Fate::Dropped, Fate::Accepted, Fate::Waiting]);
    assert_eq!(screen.cursor.at, 3);
    assert_eq!(told(&world.press(&mut screen, "c")), ["refuse: 4 lines still to be taken or dropped"]);
    world.press(&mut screen, "A");
    let taken = brought(&world.press(&mut screen, "c"));
    assert_eq!((taken.count, taken.past.len(), taken.lines.len()), (6, 1, 2));
    assert_eq!(taken.facts.antithrombotics.items().len(), 1);
}

#[test]
fn nothing_enters_that_was_not_taken() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    world.press(&mut screen, "X");
    let effects = world.press(&mut screen, "c");
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Write(..))), "{effects:?}");
    assert!(matches!(effects[0], Effect::DropDraft(_)));
    assert_eq!(screen.draft(), None);
}

#[test]
fn the_rest_leaves_out_what_is_known() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "A");
    assert!(told(&effects)[1].contains("6 taken, 1 left out: the record holds them already"), "{effects:?}");
    assert_eq!(screen.sheet.rows[1].fate, Fate::Dropped, "latex");
}

#[test]
fn a_row_is_mended_or_read_as_something_else() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    assert_eq!(told(&world.press(&mut screen, "Enter")), ["prompt Mend the line"]);
    assert_eq!(told(&world.press(&mut screen, "v")), ["choice This line is · OKAFOR Adaeze [pdamrt]"]);
    screen.mend(0, "penicillin (hives)".to_owned(), Read::Allergy("penicillin".to_owned(), Some("hives".to_owned())));
    assert_eq!(screen.sheet.rows[0].fate, Fate::Accepted);
    assert_eq!(told(&world.press(&mut screen, "n")), ["prompt A line of your own"]);
    let long = "x".repeat(LONGEST_MENDED + 1);
    screen.add(vec![Row::waiting(long.clone(), Read::Text(long))], &world.env());
    assert!(told(&world.press(&mut screen, "Enter"))[0].contains("too long to mend"));
}

#[test]
fn a_paste_is_read_into_rows_and_an_empty_one_says_so() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = BringInScreen::new(model(&mut world), None);
    assert!(screen.takes_paste());
    let effects = world.input(&mut screen, &Input::Paste("Allergies: latex".to_owned()));
    assert!(matches!(effects.as_slice(), [Effect::ReadLines(text)] if text == "Allergies: latex"));
    assert_eq!(told(&screen.add(Vec::new(), &world.env())), ["refuse: there is no line to read in this"]);
    assert_eq!(screen.draft(), None);
    for key in ["a", "x", "v"] {
        let mut none = BringInScreen::new(BringInModel { lines: Vec::new(), ..model(&mut world) }, None);
        assert!(told(&world.press(&mut none, key))[0].starts_with("refuse: paste a list first"), "{key}");
    }
}

#[test]
fn what_waits_comes_back_from_its_draft() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    world.press(&mut screen, "a x r");
    screen.ask(ListKind::Antithrombotics);
    let draft = screen.draft().unwrap();
    let again = BringInScreen::new(screen.model.clone(), Some(&draft.body));
    assert_eq!(again.sheet, screen.sheet);
    assert_eq!(again.cursor.at, 2, "the hands are where the next one waits");
    assert_eq!(draft.key, DraftKey::of(BRING_IN_FORM, screen.subject()));
    screen.kept();
    assert_eq!(screen.draft(), None);
    // A draft that nobody can read loses nothing of the record.
    let broken = BringInScreen::new(screen.model.clone(), Some("{"));
    assert_eq!(broken.sheet.rows.len(), 1);
}

#[test]
fn a_line_of_the_record_can_be_dropped_again() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = BringInScreen::new(model(&mut world), None);
    world.press(&mut screen, "x");
    assert!(screen.draft().is_some());
    let taken = brought(&world.press(&mut screen, "c"));
    assert!(taken.lines.is_empty());
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = World::at("2026-11-24T10:14");
    for text in ["", "日本語のとても長い題", "שלום", "a\u{1b}[31m\u{202e}\nb👩‍👩‍👧", &"lang ".repeat(200)]
    {
        let mut screen = opened(&mut world);
        screen.add(vec![Row::waiting(text, Read::Text(text.to_owned()))], &world.env());
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (3, 2), (9, 5), (20, 6), (64, 9), (80, 24), (160, 50), (500, 3)] {
                world.size = size;
                let shown = world.show(&screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Down End Up PgDn Home");
            }
        }
    }
}
