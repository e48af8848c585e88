//! Fields edited as text: reading, refusing, completing, unfolding.

use chrono::{NaiveDate, NaiveTime};

use crate::clinical::coded::Coded;
use crate::clinical::practice::DateOrder;
use crate::clinical::typed::Decimal;
use crate::form::any::AnyForm;
use crate::form::check::press;
use crate::form::event::{In, Out};
use crate::form::key::Key;
use crate::form::problem::Level;
use crate::form::sample::{open, world};

fn errors(form: &dyn AnyForm) -> Vec<String> {
    form.problems().into_iter().filter(|p| p.level == Level::Error && p.key.id != "now").map(|p| p.text).collect()
}

#[test]
fn what_is_typed_is_stored_at_once() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "70.5<Tab>9 may 88<Tab>+2w<Tab>230p");
    let value = form.value();
    assert_eq!(value.weight, Some(70.5));
    assert_eq!(value.born, NaiveDate::from_ymd_opt(1988, 5, 9));
    assert_eq!(value.next, NaiveDate::from_ymd_opt(2026, 12, 8));
    assert_eq!(value.at, NaiveTime::from_hms_opt(14, 30, 0));
    let line = |name: &str| {
        let view = form.view((80, 40));
        view.lines.iter().map(crate::form::view::Line::text).find(|l| l.trim_start().starts_with(name)).unwrap()
    };
    assert_eq!(line("Next visit").trim(), "Next visit  8 Dec 2026");
    assert_eq!(line("Weight").trim(), "Weight      70.5 kg  155 lb");
    assert_eq!(line("At").trim(), "At          230p  14:30");
}

#[test]
fn the_region_decides_how_digits_are_read() {
    let mut world = world();
    world.reading.order = DateOrder::Mdy;
    world.reading.decimal = Decimal::CommaToo;
    let mut form = open(&world);
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "70,5<Tab><Tab>12/5");
    assert_eq!(form.value().weight, Some(70.5));
    assert_eq!(form.value().next, NaiveDate::from_ymd_opt(2026, 12, 5));
}

#[test]
fn what_cannot_be_read_stays_as_typed_blanks_the_value_and_blocks_only_completing() {
    let world = world();
    for (field, keys, why) in [
        ("weight", "700", "not within 20 to 300 kg"),
        ("weight", "1,000", "1,000 can be read in two ways: type the number without a separator between thousands"),
        ("weight", "70.55", "at most one digit after the decimal sign"),
        ("next", "31 nov", "Nov 2026 has no day 31"),
        ("next", "yesterday", "23 Nov 2026 is past"),
        ("born", "tomorrow", "25 Nov 2026 lies ahead"),
        ("at", "2500", "there is no time 2500"),
    ] {
        let mut form = open(&world);
        form.go(Key::of(field), &world.env());
        press(&mut form, &world, keys);
        assert_eq!(errors(&form), [why], "{keys}");
        assert_eq!(press(&mut form, &world, "<Tab>"), Out::Moved, "moving on is never blocked");
        assert_eq!(errors(&form), [why]);
        press(&mut form, &world, "<first>5");
        press(&mut form, &world, "<C-S>");
        assert_eq!(form.pos(), Key::of(field), "completing goes to what is wrong");
        assert_eq!(form.message(), Some(why));
        let shown = form.view((80, 40)).lines.iter().any(|line| line.text().contains(keys));
        assert!(shown, "{keys} stands as it was typed");
        press(&mut form, &world, "<clear>");
        assert_eq!(errors(&form), Vec::<String>::new());
        assert_eq!(press(&mut form, &world, "<C-S>"), Out::Submit);
    }
}

#[test]
fn a_value_does_not_outlive_its_text() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "70");
    assert_eq!(form.value().weight, Some(70.0));
    press(&mut form, &world, "x");
    assert_eq!(form.value().weight, None);
    press(&mut form, &world, "<C-Z>");
    press(&mut form, &world, "<Tab>");
    assert_eq!(form.value().weight, None, "a word of typing is one step");
}

#[test]
fn unusual_numbers_are_taken_with_a_word() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "250");
    assert_eq!(form.value().weight, Some(250.0));
    let warned: Vec<_> = form.problems().into_iter().filter(|p| p.level == Level::Warn).map(|p| p.text).collect();
    assert_eq!(warned, ["250 kg is unusual"]);
}

#[test]
fn a_coded_text_takes_the_hit_that_begins_with_it_and_else_stays_free() {
    let world = world();
    for (keys, expected) in [
        ("migr<Enter>", Coded::picked("migraine without aura", "MIGRAINE WITHOUT AURA")),
        ("Mígr<Enter>", Coded::picked("migraine without aura", "MIGRAINE WITHOUT AURA")),
        ("mígraine without aura<Tab>", Coded::picked("migraine without aura", "MIGRAINE WITHOUT AURA")),
        ("-<Enter>", Coded::free("-")),
        ("aura<Enter>", Coded::free("aura")),
        ("aura<Down><Enter>", Coded::picked("migraine without aura", "MIGRAINE WITHOUT AURA")),
        ("migr<Tab>", Coded::free("migr")),
        ("migr<Esc><Enter>", Coded::free("migr")),
        ("Migraine Without Aura<Tab>", Coded::picked("migraine without aura", "MIGRAINE WITHOUT AURA")),
        ("back pain<Enter>", Coded::free("back pain")),
        ("migr<Enter><S-Tab>x", Coded::free("migraine without aurax")),
        ("migr<Enter><S-Tab><Tab>", Coded::picked("migraine without aura", "MIGRAINE WITHOUT AURA")),
    ] {
        let mut form = open(&world);
        form.go(Key::of("condition"), &world.env());
        press(&mut form, &world, keys);
        assert_eq!(form.value().condition, expected, "{keys}");
    }
}

#[test]
fn completions_are_drawn_over_the_form_and_esc_closes_only_them() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("condition"), &world.env());
    press(&mut form, &world, "mig");
    let popup = form.view((80, 24)).popup.unwrap();
    assert_eq!(popup.lines.len(), 1);
    assert!(popup.lines[0].text().contains("migraine without aura"));
    assert_eq!(press(&mut form, &world, "<Esc>"), Out::Moved);
    assert_eq!(form.view((80, 24)).popup, None);
    assert_eq!(press(&mut form, &world, "<Esc>"), Out::Pass);
    assert_eq!(form.value().condition.text, "mig");
}

#[test]
fn dot_phrases_unfold_with_live_data_as_one_step() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "70");
    form.go(Key::of("text"), &world.env());
    press(&mut form, &world, ".w x");
    assert_eq!(form.value().text, "Weighs 70 kg. x");
    press(&mut form, &world, "<C-Z><C-Z>");
    assert_eq!(form.value().text, ".w");
    press(&mut form, &world, "<clear>");
    press(&mut form, &world, ".sleep ");
    assert_eq!(form.value().text, "Sleeps *** h, wakes *** times.");
    press(&mut form, &world, "5<Tab>2");
    assert_eq!(form.value().text, "Sleeps 5 h, wakes 2 times.");
    press(&mut form, &world, "<Tab>");
    assert_ne!(form.pos(), Key::of("text"), "without a blank Tab leaves");
}

#[test]
fn enter_and_arrows_belong_to_an_area() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("text"), &world.env());
    press(&mut form, &world, "one<Enter>two<Up>!");
    assert_eq!(form.value().text, "one!\ntwo");
    assert_eq!(form.pos(), Key::of("text"));
    press(&mut form, &world, "<select_all><cut><put_back><put_back>");
    assert_eq!(form.value().text, "one!\ntwoone!\ntwo");
}

#[test]
fn a_paste_is_cleaned_and_cut_to_what_the_field_holds() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("text"), &world.env());
    let paste = "\u{1b}[2Jpain\r\n".to_owned() + &"x".repeat(1_000_000);
    assert_eq!(form.handle(In::Paste(paste), &world.env()), Out::Changed);
    assert_eq!(form.value().text.chars().count(), 200_000);
    assert!(form.value().text.starts_with("[2Jpain\nx"));
    assert_eq!(form.message(), Some("kept 200,000 of 1,000,008 characters: the field is full"));
    press(&mut form, &world, "<C-Z>");
    assert_eq!(form.value().text, "");
}
