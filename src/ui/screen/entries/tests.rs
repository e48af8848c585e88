//! Earlier reflections as they are drawn, and what their keys ask for.

use chrono::NaiveDate;

use super::*;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::clinical::reflection::ReflectionText;
use crate::ui::screen::testing::World;
use crate::ui::theme::{Look, Role, Signs, Surface as Ground};

/// Evening, text, energy, strain, prompts with their answers.
type Row<'a> = (&'a str, &'a str, Option<u8>, Option<u8>, &'a [(&'a str, &'a str)]);

fn entries(world: &mut World) -> Vec<Reflection> {
    let long = "The afternoon ran late and I noticed it in my voice. ".repeat(24);
    let rows: [Row<'_>; 4] = [
        ("2026-11-23", "A calm day. Slept well before it.", Some(4), Some(2), &[("What went well?", "The hand-over.")]),
        ("2026-11-20", &long, Some(2), Some(5), &[]),
        (
            "2026-11-19",
            "",
            None,
            Some(3),
            &[("What would I do again?", "Ask first,\nthen explain."), ("And not?", " ")],
        ),
        ("2026-10-02", "Überraschend ruhig.\n\nNach dem Essen gelesen.", None, None, &[]),
    ];
    rows.into_iter()
        .map(|(date, text, energy, strain, answers)| Reflection {
            id: world.id(),
            date: date.parse().unwrap(),
            text: ReflectionText {
                text: text.to_owned(),
                answers: answers.iter().map(|(prompt, answer)| ((*prompt).to_owned(), (*answer).to_owned())).collect(),
                energy,
                strain,
            },
        })
        .collect()
}

fn opened(world: &mut World) -> EntriesScreen {
    EntriesScreen::new(entries(world))
}

fn world() -> World {
    World::at("2026-11-24T18:30")
}

fn reading(screen: &EntriesScreen) -> NaiveDate {
    screen.chosen().unwrap().date
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn reflections_look_as_reviewed() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let mut all = String::new();
    all += &world.in_sizes(&screen, &[(80, 24), (120, 30), (50, 12)]);
    world.size = (80, 16);
    world.press(&mut screen, "< PgDn");
    all += &format!("── a long one, a page on\n{}", world.show(&screen));
    world.press(&mut screen, "s r u h i g");
    all += &format!("── searching\n{}", world.show(&screen));
    world.press(&mut screen, "x y");
    all += &format!("── nothing holds these words\n{}", world.show(&screen));
    screen = EntriesScreen::new(Vec::new());
    all += &format!("── none yet\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    assert!(world.show(&screen).is_ascii());
    insta::assert_snapshot!("entries", all);
}

#[test]
fn a_screen_reader_goes_through_an_entry_line_by_line() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.preferences.plain = true;
    world.size = (60, 14);
    world.press(&mut screen, "Down Down");
    insta::assert_snapshot!("plain", world.show(&screen));
    world.press(&mut screen, "<");
    assert_eq!((reading(&screen), screen.pager.top), (day("2026-11-20"), 0));
}

#[test]
fn one_pages_back_and_on_through_the_evenings() {
    let mut world = world();
    let mut screen = opened(&mut world);
    for (keys, date) in [
        ("", "2026-11-23"),
        ("<", "2026-11-20"),
        ("j", "2026-11-19"),
        ("< <", "2026-10-02"),
        (">", "2026-11-19"),
        ("End", "2026-10-02"),
        ("Home k >", "2026-11-23"),
    ] {
        assert!(world.press(&mut screen, keys).is_empty());
        assert_eq!(reading(&screen), day(date), "{keys}");
    }
    let effects = world.press(&mut screen, "Enter");
    assert!(
        matches!(effects.as_slice(), [Effect::Open(Place::Reflection(date))] if *date == day("2026-11-23")),
        "{effects:?}"
    );
}

#[test]
fn searching_finds_as_one_types_and_esc_shows_all_again() {
    let mut world = world();
    let mut screen = opened(&mut world);
    assert!(!screen.takes_text());
    world.press(&mut screen, "s");
    assert!(screen.takes_text());
    for (keys, count) in [("u b e r", 1), ("Ctrl-U", 4), ("a s k", 1), ("Backspace Backspace Backspace n o v", 3)] {
        world.press(&mut screen, keys);
        assert_eq!(screen.shown.len(), count, "{keys}");
    }
    world.press(&mut screen, "Enter");
    assert!(!screen.takes_text(), "the words are kept, letters are commands again");
    world.press(&mut screen, "<");
    assert_eq!((screen.shown.len(), reading(&screen)), (3, day("2026-11-20")));
    assert!(matches!(screen.command(Command::Back, &mut world.env()), Some(effects) if effects.is_empty()));
    assert_eq!(screen.shown.len(), 4);
    assert!(screen.command(Command::Back, &mut world.env()).is_none(), "now Esc leaves");
    assert!(!screen.takes_paste(), "nothing is typed");
}

#[test]
fn an_entry_is_deleted_only_after_asking() {
    let mut world = world();
    let mut screen = opened(&mut world);
    let id = screen.chosen().unwrap().id;
    let mut effects = world.press(&mut screen, "x");
    let Some(Effect::Show(modal)) = effects.pop() else { panic!("{effects:?}") };
    let Modal::Choice(mut choice) = *modal else { panic!("no choice") };
    assert!(choice.about.contains("23 Nov 2026") && !choice.enter);
    let deletes = |effects: &[Effect]| matches!(effects, [Effect::Write(write, _)] if matches!(**write, Write::DeleteReflection(of) if of == id));
    assert!(deletes(&choice.options.swap_remove(0).effects));
    let mut left = entries(&mut world);
    left.remove(0);
    screen.set_model(left);
    assert_eq!(reading(&screen), day("2026-11-20"), "the one before it comes");
}

#[test]
fn nothing_here_opens_a_patient_or_is_copied_out() {
    let mut world = world();
    let mut screen = opened(&mut world);
    for command in [Command::Patient, Command::CopyOut, Command::CopySection] {
        assert!(screen.cannot(command, &world.env()).is_some(), "{command:?}");
    }
    assert_eq!((screen.patient(), screen.patient_for_undo()), (None, None));
    let effects = world.press(&mut screen, "p y");
    assert!(matches!(effects.as_slice(), [Effect::Refuse(_), Effect::Refuse(_)]), "{effects:?}");
}

#[test]
fn what_was_looked_for_stands_out() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.press(&mut screen, "s c a l m Enter");
    let buf = world.draw(&screen);
    let text = draw::text_area(Rect::new(0, 0, 120, 40));
    let focus = world.look.theme.style(Ground::Ground, Role::Focus).fg;
    let lit: String = (text.y..text.bottom())
        .flat_map(|y| (text.x..text.right()).map(move |x| (x, y)))
        .filter(|at| Some(buf[*at].fg) == focus && buf[*at].symbol() != " ")
        .map(|at| buf[at].symbol().to_owned())
        .collect();
    assert_eq!(lit, "calm");
}

#[test]
fn the_mouse_chooses_an_evening_and_turns_the_page() {
    let mut world = world();
    let mut screen = opened(&mut world);
    world.size = (80, 12);
    let area = Rect::new(0, 0, 80, 12);
    let list = draw::list_rows(area);
    let press = |y| Input::Mouse(Mouse { kind: MouseKind::Press(MouseButton::Left), x: 5, y });
    world.input(&mut screen, &press(list.y + 1));
    assert_eq!(reading(&screen), day("2026-11-20"));
    let text = draw::text_area(area);
    let wheel = Input::Mouse(Mouse { kind: MouseKind::ScrollDown, x: text.x + 3, y: text.y });
    world.input(&mut screen, &wheel);
    assert!(screen.pager.top > 0);
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = world();
    for text in ["", "日本語のとても長い文章です。".repeat(30).as_str(), "שלום", "a\u{1b}[31m\u{202e}\n\n\nb👩‍👩‍👧"]
    {
        let mut all = entries(&mut world);
        text.clone_into(&mut all[0].text.text);
        all[0].text.answers = vec![(text.to_owned(), text.to_owned())];
        let mut screen = EntriesScreen::new(all);
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (3, 2), (9, 5), (20, 6), (64, 9), (80, 24), (160, 50), (500, 3)] {
                world.size = size;
                let shown = world.show(&screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Down PgDn PgDn Up PgUp < >");
            }
        }
    }
}

#[test]
fn all_of_a_text_without_blanks_can_be_read() {
    let mut world = world();
    world.size = (80, 24);
    let mut all = entries(&mut world);
    all[0].text.text = "長".repeat(100);
    let screen = EntriesScreen::new(all);
    assert_eq!(world.show(&screen).matches('長').count(), 100);
}
