//! Repeating rows.

use crate::form::any::AnyForm;
use crate::form::check::press;
use crate::form::event::Out;
use crate::form::key::Key;
use crate::form::sample::{open, world};

fn drugs(form: &crate::form::Form<crate::form::sample::Sample>) -> Vec<String> {
    form.value().meds.iter().map(|med| med.drug.text.clone()).collect()
}

#[test]
fn rows_are_written_cell_by_cell_and_enter_begins_the_next() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "gaba<Enter>300<Enter>-2w<Enter>l<Enter>preg<Enter>75.5<Enter><Enter><Enter><Enter>");
    let meds = &form.value().meds;
    assert_eq!(drugs(&form), ["gabapentin", "pregabalin"], "the blank row went when it was left");
    assert_eq!(meds[0].dose, Some(300_000));
    assert_eq!(meds[0].since.map(|d| d.to_string()).as_deref(), Some("2026-11-10"));
    assert_eq!(meds[1].dose, Some(75_500));
    assert_eq!(form.pos(), Key::of("text"));
}

#[test]
fn a_text_that_fits_its_column_is_not_moved_for_the_cursor_behind_it() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("meds"), &world.env());
    let mut text = String::new();
    for at in 0..30 {
        text.push(char::from(b'a' + at % 26));
        press(&mut form, &world, &text[usize::from(at)..]);
        let view = form.view((120, 24));
        assert!(view.lines.iter().any(|line| line.text().contains(&text)), "{text} is cut while it is typed");
    }
}

#[test]
fn rows_are_added_moved_duplicated_and_deleted() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "a<row_add>b<row_add>c");
    assert_eq!(drugs(&form), ["a", "b", "c"]);
    press(&mut form, &world, "<row_up>");
    assert_eq!((drugs(&form), form.pos().row), (vec!["a".into(), "c".into(), "b".into()], 1));
    press(&mut form, &world, "<row_duplicate>x");
    assert_eq!(drugs(&form), ["a", "c", "cx", "b"]);
    press(&mut form, &world, "<row_delete>");
    assert_eq!((drugs(&form), form.pos().row), (vec!["a".into(), "c".into(), "b".into()], 2));
    press(&mut form, &world, "<row_delete><row_delete><row_delete>");
    assert_eq!((drugs(&form), form.pos()), (vec![], Key::of("meds")));
    press(&mut form, &world, "<C-Z><C-Z><C-Z>");
    assert_eq!(drugs(&form), ["a", "c", "b"]);
}

#[test]
fn a_text_that_could_not_be_read_goes_where_its_row_goes() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "a<Enter>12x<row_add>b<row_up>");
    let unread: Vec<_> =
        form.problems().into_iter().filter(|p| p.key.id == "meds").map(|p| (p.key.row, p.text)).collect();
    assert_eq!(unread, [(1, "row 2: not a number".to_owned())]);
    press(&mut form, &world, "<row_down><row_delete>");
    assert_eq!(drugs(&form), ["a"]);
    press(&mut form, &world, "<Right>");
    assert!(form.view((80, 40)).lines.iter().any(|line| line.text().contains("12x")));
}

#[test]
fn rules_and_missing_cells_name_the_row() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "a<row_add>a<row_add><Tab>5");
    let said: Vec<_> = form.problems().into_iter().filter(|p| p.key.id == "meds").map(|p| (p.key, p.text)).collect();
    assert_eq!(
        said,
        [
            (Key::cell("meds", 2, 0), "row 3: Drug is not answered".to_owned()),
            (Key::cell("meds", 1, 0), "row 2: a stands here twice".to_owned()),
        ]
    );
    press(&mut form, &world, "<first>5<C-S>");
    assert_eq!(form.pos(), Key::cell("meds", 2, 0));
}

#[test]
fn arrows_go_by_row_and_leave_at_the_ends() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "a<row_add>b<Tab>5");
    press(&mut form, &world, "<Up>");
    assert_eq!(form.pos(), Key::cell("meds", 0, 1));
    press(&mut form, &world, "<Up>");
    assert_eq!(form.pos(), Key::of("condition"));
    press(&mut form, &world, "<Down><Down><Down>");
    assert_eq!(form.pos(), Key::of("text"));
}

#[test]
fn a_cell_without_a_cursor_is_marked() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "a<Tab><Tab><Tab>");
    let shown = |form: &dyn AnyForm| {
        let view = form.view((80, 24));
        let (_, y) = view.focus.unwrap();
        (view.cursor, view.lines[usize::from(y)].text().trim_end().to_owned())
    };
    let (cursor, line) = shown(&form);
    assert!(cursor.is_none() && line.ends_with('▸'), "{line}");
    press(&mut form, &world, "l");
    assert!(shown(&form).1.ends_with("▸left"));
}

#[test]
fn a_field_without_rows_says_so() {
    let world = world();
    let mut form = open(&world);
    assert_eq!(press(&mut form, &world, "<row_add>"), Out::Moved);
    assert_eq!(form.message(), Some("there are no rows here"));
}
