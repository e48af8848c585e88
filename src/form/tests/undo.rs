//! Undo and redo in the form.

use crate::clinical::answer::Answer;
use crate::form::any::AnyForm;
use crate::form::check::press;
use crate::form::event::Out;
use crate::form::key::Key;
use crate::form::sample::{Sample, open, open_after, world};

#[test]
fn undo_goes_through_the_typing_then_through_the_fields() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "7");
    form.go(Key::of("name"), &world.env());
    press(&mut form, &world, "Ana Bell<Tab>70");
    press(&mut form, &world, "<C-Z>");
    assert_eq!(form.value().weight, None);
    press(&mut form, &world, "<C-Z>");
    assert_eq!((form.value().name.as_str(), form.pos()), ("", Key::of("name")), "a visit to a field is one step");
    press(&mut form, &world, "<C-Z>");
    assert_eq!((form.value(), form.pos()), (&Sample::default(), Key::of("now")));
    press(&mut form, &world, "<C-Z>");
    assert_eq!(form.message(), Some("nothing to undo in this form"));
    press(&mut form, &world, "<C-Y><C-Y>");
    assert_eq!((form.value().now, form.value().name.as_str()), (Some(Answer::Given(7)), "Ana Bell"));
}

#[test]
fn a_ten_is_undone_by_its_keys() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "10<C-Z><C-Z>");
    assert_eq!(form.value().now, None);
}

#[test]
fn the_result_of_another_screen_is_one_step() {
    let world = world();
    let mut form = open_after(&world);
    form.change(&world.env(), |v| v.name = "from a map".to_owned());
    press(&mut form, &world, "<C-Z>");
    assert_eq!(form.value(), &Sample::default());
}

#[test]
fn history_survives_a_lock() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "7=<PgDn>ly<Tab>");
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "700");
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "gaba<Enter>3<row_add>x<C-Z><C-Z><C-Z>");
    let json = form.draft_json_with_history();
    let mut again = open_after(&world);
    again.restore_json(&json, &world.env()).unwrap();
    assert_eq!(again.draft_with_history(), form.draft_with_history());
    for keys in ["<C-Y>", "<C-Z>", "<C-Z>", "<C-Z>", "<C-Z>", "<C-Z>", "<C-Z>", "<C-Y>", "<C-Y>"] {
        press(&mut form, &world, keys);
        press(&mut again, &world, keys);
        assert_eq!(again.draft(), form.draft(), "{keys}");
    }
}

#[test]
fn a_screen_over_the_form_changes_and_takes_back_without_moving_the_cursor() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("name"), &world.env());
    press(&mut form, &world, "Ana Bell<Left><Left>");
    form.change(&world.env(), |v| v.now = Some(Answer::Given(7)));
    form.change(&world.env(), |v| v.now = Some(Answer::Given(8)));
    assert_eq!(form.step_back(&world.env()), Out::Changed);
    assert_eq!((form.value().now, form.value().name.as_str()), (Some(Answer::Given(7)), "Ana Bell"));
    assert_eq!(form.step_on(&world.env()), Out::Changed);
    assert_eq!(form.value().now, Some(Answer::Given(8)));
    press(&mut form, &world, "x");
    assert_eq!((form.value().name.as_str(), form.pos()), ("Ana Bexll", Key::of("name")));
    for _ in 0..4 {
        assert_eq!(form.step_back(&world.env()), Out::Changed);
    }
    assert_eq!(form.value(), &Sample::default());
    assert_eq!(form.step_back(&world.env()), Out::Same, "back at the start");
}
