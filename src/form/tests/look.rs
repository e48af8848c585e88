//! What is drawn: in words, with what the words mean.

use crate::form::any::AnyForm;
use crate::form::check::press;
use crate::form::key::Key;
use crate::form::sample::{open_after, world};
use crate::form::view::{FormView, Role};

fn drawn(view: &FormView) -> String {
    view.lines.iter().map(|line| line.text().trim_end().to_owned() + "\n").collect()
}

fn role_of(view: &FormView, text: &str) -> Vec<Role> {
    view.lines.iter().flat_map(|l| &l.spans).filter(|s| s.text.trim() == text).map(|s| s.role).collect()
}

#[test]
fn a_score_shows_its_scale_its_value_and_the_last_one() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "7");
    let view = form.view((80, 24));
    let expected = "  Pain, 0 none – 10 worst imaginable             now   last
  now         0  1  2  3  4  5  6 ▐7  8  9 10      7 ▲5   2  27 Oct 2026
  average     0  1  2  3  4  5  6  7  8  9 10      –      5  27 Oct 2026
  a digit sets it and moves on · = as last · Tab blank · t ten · d declined
  mood        0  1  2  3                           –
  sum  now 7
";
    assert!(drawn(&view).starts_with(expected), "{}", drawn(&view));
    assert_eq!(role_of(&view, "7")[..2], [Role::PainChosen(7), Role::PainChosen(7)]);
    assert_eq!(role_of(&view, "▐"), [Role::Mark(7)]);
    assert_eq!(role_of(&view, "▲5"), [Role::Warn]);
    assert_eq!(role_of(&view, "average"), [Role::LabelFocus]);
    assert!(view.lines[2].band && !view.lines[1].band);
    assert_eq!(view.lines[1].spans.iter().filter(|s| matches!(s.role, Role::Pain(_))).count(), 7);
}

#[test]
fn in_words_a_scale_and_a_mark_are_said() {
    let world = world();
    let mut form = open_after(&world).in_words(true);
    press(&mut form, &world, "7=t");
    let text = drawn(&form.view((80, 60)));
    for said in [
        "Pain, 0 none – 10 worst imaginable\n",
        "now         7, of 0 to 10; last 2 on 27 Oct 2026\n",
        "average     5, of 0 to 10; as last time; last 5 on 27 Oct 2026\n",
        "mood        blank, of 0 to 3\n",
        "not: ",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains(['▐', '✓', '○', '▲']), "{text}");
}

#[test]
fn what_is_wrong_is_read_once() {
    let world = world();
    let mut form = crate::form::sample::open(&world);
    press(&mut form, &world, "<C-S>");
    let text = drawn(&form.view((80, 24)));
    assert_eq!(text.matches("now is not answered").count(), 1, "{text}");
}

#[test]
fn a_narrow_form_closes_the_scale_up_and_then_leaves_it_out() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "7");
    let line = |width| form.view((width, 24)).lines[1].text().trim_end().to_owned();
    assert_eq!(line(68), "  now         0  1  2  3  4  5  6 ▐7  8  9 10    7 ▲5 2  27 Oct 2026");
    assert_eq!(line(67), "  now         0  1  2  3  4  5  6 ▐7  8  9 10    7 ▲5 2  27 Oct");
    assert_eq!(line(60), "  now         0 1 2 3 4 5 6▐7 8 9 10   7 ▲5 2  27 Oct 2026");
    assert_eq!(line(50), "  now         0 1 2 3 4 5 6▐7 8 9 10   7 ▲5 2");
    assert_eq!(line(32), "  now          7 ▲5 2  27 Oct");
    assert_eq!(line(20), "  now      7 ▲5 2");
}

#[test]
fn text_fields_show_what_was_read_and_where_the_cursor_is() {
    let world = world();
    let mut form = open_after(&world);
    form.go(Key::of("next"), &world.env());
    press(&mut form, &world, "+2w");
    let view = form.view((80, 24));
    let (x, y) = view.cursor.unwrap();
    let line = view.lines[usize::from(y)].text();
    assert_eq!(line.trim_end(), "  Next visit  +2w  Tue 8 Dec 2026");
    assert_eq!(usize::from(x), "  Next visit  +2w".len());
    assert_eq!(role_of(&view, "Tue 8 Dec 2026"), [Role::Computed]);
    assert_eq!(role_of(&view, "70.5 kg · 27 Oct 2026"), [Role::Ghost]);
}

#[test]
fn a_long_line_scrolls_with_its_cursor() {
    let world = world();
    let mut form = open_after(&world);
    form.go(Key::of("name"), &world.env());
    press(&mut form, &world, &"abcdefghij".repeat(12));
    for keys in ["", "<Home>", "<Right>", "<End>", "<Left><Left>"] {
        press(&mut form, &world, keys);
        let view = form.view((80, 24));
        let (x, y) = view.cursor.unwrap();
        assert!(x < 80, "{keys}");
        let before: String = view.lines[usize::from(y)].text().chars().take(usize::from(x)).collect();
        let expected = match keys {
            "<Home>" => ' ',
            "<Right>" => 'a',
            "<Left><Left>" => 'h',
            _ => 'j',
        };
        assert_eq!(before.chars().last(), Some(expected), "{keys}: {before}");
    }
}

#[test]
fn an_area_grows_with_its_text_until_the_screen_is_full() {
    let mut world = world();
    world.size = (60, 20);
    let mut form = open_after(&world);
    form.go(Key::of("text"), &world.env());
    let lines = |form: &dyn AnyForm| form.view((60, 20)).lines.iter().filter(|line| line.band).count();
    assert_eq!(lines(&form), 3);
    press(&mut form, &world, &"x<Enter>".repeat(6));
    assert_eq!(lines(&form), 7);
    press(&mut form, &world, &"x<Enter>".repeat(40));
    assert_eq!(lines(&form), 16);
    let view = form.view(world.size);
    assert!(view.cursor.is_some());
    press(&mut form, &world, "<text_start>");
    let view = form.view(world.size);
    assert!(view.cursor.is_some(), "{:?} {}", form.pos(), drawn(&view));
}

#[test]
fn options_stand_under_their_field_with_their_letters() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "<PgDn>");
    assert!(drawn(&form.view((80, 24))).contains("  l left · r right · b both\n"));
    press(&mut form, &world, "r<Up>");
    let view = form.view((80, 24));
    assert!(drawn(&view).contains("  l left · r ✓ right · b both\n"));
    assert!(role_of(&view, "r").contains(&Role::Key));
}
