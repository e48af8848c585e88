//! Texts that are completed while they are typed: nothing is chosen until somebody does.

use serde::{Deserialize, Serialize};

use crate::action::form_command::FieldContext;
use crate::form::any::AnyForm;
use crate::form::build::{area, line, rows};
use crate::form::check::{World, press};
use crate::form::def::{Field, FormDef};
use crate::form::event::Out;
use crate::form::key::Key;
use crate::form::lookup::Wanted;
use crate::form::rows::Row;
use crate::form::slot::Slot;
use crate::form::spec::Source;
use crate::form::state::Form;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Item {
    piece: String,
    what: String,
    next: String,
}

type I = Item;
impl Row for Item {
    const COLS: &'static [Field<Self>] = &[
        line("piece", "piece", |v: &mut I, _| Slot::Text(&mut v.piece)),
        line("what", "what", |v: &mut I, _| Slot::Text(&mut v.what)).completes(by_piece).goes_on(),
        line("next", "next", |v: &mut I, _| Slot::Text(&mut v.next)),
    ];
}

fn by_piece(item: &Item) -> Option<Wanted> {
    match item.piece.as_str() {
        "drug" => Some(Source::Medicine.into()),
        "needle" => Some(Source::Procedure.into()),
        _ => None,
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Plan {
    name: String,
    items: Vec<Item>,
    text: String,
}

type P = Plan;

fn open(world: &World) -> Form<Plan> {
    let def = FormDef::new("plan", 1).section(
        "Plan",
        vec![
            line("name", "name", |v: &mut P, _| Slot::Text(&mut v.name)).completes(|_| Some(Source::Procedure.into())),
            rows("items", "items", |v: &mut P, _| Slot::Rows(&mut v.items)),
            area("text", "in words", 3, |v: &mut P, _| Slot::Text(&mut v.text))
                .completes(|_| Some(Source::Condition.into())),
        ],
    );
    Form::open(def, Plan::default(), None, &world.env())
}

fn world() -> World {
    let thing = |source, text: &str| (source, text.to_owned(), text.to_uppercase());
    World {
        things: vec![
            thing(Source::Medicine, "gabapentin"),
            thing(Source::Procedure, "medial branch block"),
            thing(Source::Procedure, "medial branch radiofrequency"),
            thing(Source::Condition, "migraine without aura"),
        ],
        ..World::default()
    }
}

#[test]
fn a_line_keeps_what_was_typed_until_something_is_chosen() {
    let world = world();
    for (keys, expected) in [
        ("medial<Tab>", "medial"),
        ("medial<Enter>", "medial"),
        ("medial<Down><Enter>", "medial branch block"),
        ("medial<Down><Down><Enter>", "medial branch radiofrequency"),
        ("medial<Down><Up><Enter>", "medial"),
        ("medial<Esc><Down>", "medial"),
        ("medial branch block<Enter>", "medial branch block"),
        ("something else<Enter>", "something else"),
        ("medial<Down><Enter><undo>", ""),
    ] {
        let mut form = open(&world);
        press(&mut form, &world, keys);
        assert_eq!(form.value().name, expected, "{keys}");
    }
}

#[test]
fn a_cell_is_completed_by_its_row_and_the_hands_stay_where_more_is_typed() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("items"), &world.env());
    press(&mut form, &world, "drug<Tab>gaba<Down><Enter>300 mg<Tab>slowly");
    let item = &form.value().items[0];
    assert_eq!((item.what.as_str(), item.next.as_str()), ("gabapentin 300 mg", "slowly"));
    press(&mut form, &world, "<Enter>needle<Tab>medial");
    assert!(form.view((80, 24)).popup.is_some_and(|popup| popup.lines.len() == 2));
    press(&mut form, &world, "<Tab><Enter>other<Tab>medial");
    assert_eq!(form.view((80, 24)).popup, None, "nothing is offered where nothing fits");
}

#[test]
fn prose_is_completed_at_its_end_and_its_own_keys_stay_its_own() {
    let world = world();
    let mut form = open(&world);
    form.go(Key::of("text"), &world.env());
    press(&mut form, &world, "Worse at night, mi");
    assert_eq!(form.view((80, 24)).popup, None, "two letters are too few");
    press(&mut form, &world, "g");
    assert_eq!(form.ctx(), FieldContext::Popup);
    press(&mut form, &world, "<Down><Enter>, left");
    assert_eq!(form.value().text, "Worse at night, migraine without aura, left");
    // Enter is a new line unless something was chosen; the arrow up goes up.
    press(&mut form, &world, "<Enter>mig<Enter>second<Up>");
    assert!(form.value().text.ends_with("left\nmig\nsecond"), "{}", form.value().text);
    press(&mut form, &world, "mig");
    assert_eq!(form.view((80, 24)).popup, None, "nothing is offered in the middle of a text");
}

#[test]
fn esc_closes_only_what_is_offered() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "medial");
    assert_eq!(press(&mut form, &world, "<Esc>"), Out::Moved);
    assert_eq!(press(&mut form, &world, "<Esc>"), Out::Pass);
    assert_eq!(form.value().name, "medial");
}

#[test]
fn a_dot_and_letters_offer_the_phrases_that_begin_so() {
    let mut world = world();
    let phrase = |word: &str, text: &str| (word.to_owned(), text.to_owned());
    world.phrases = vec![phrase("neuro", "Power full ***."), phrase("neuroleg", "Legs full."), phrase("skin", "Dry.")];
    let mut form = open(&world);
    form.go(Key::of("text"), &world.env());
    press(&mut form, &world, "Seen. .neu");
    let popup = form.view((80, 24)).popup.unwrap();
    assert_eq!(popup.lines.len(), 2);
    press(&mut form, &world, "<Down><Down><Enter> More.");
    assert_eq!(form.value().text, "Seen. Legs full. More.");
    // A word that is typed in full needs no list; the blank is ready to be typed over.
    press(&mut form, &world, "<Enter>.skin <Enter>.neuro 5 of 5");
    assert!(form.value().text.ends_with("\nDry. \nPower full 5 of 5."), "{}", form.value().text);
    press(&mut form, &world, "<undo><undo>");
    assert!(form.value().text.len() < 60, "{}", form.value().text);
}

#[test]
fn what_is_offered_stands_still_under_the_words_it_completes() {
    let world = world();
    let mut form = open(&world);
    let mut at = Vec::new();
    for letter in ["m", "e", "d", "i"] {
        press(&mut form, &world, letter);
        let popup = form.view((80, 24)).popup.unwrap();
        at.push((popup.x, popup.y));
    }
    assert!(at.iter().all(|place| *place == at[0]), "{at:?}");
}

#[test]
fn what_is_offered_leaves_in_view_what_is_said_of_its_field() {
    let world = world();
    for (field, keys) in [("name", "medial"), ("text", "mig")] {
        let mut form = open(&world);
        form.go(Key::of(field), &world.env());
        press(&mut form, &world, keys);
        for size in [(80, 24), (60, 40)] {
            let view = form.view(size);
            let (popup, cursor) = (view.popup.unwrap(), view.cursor.unwrap());
            let says = view.lines.iter().position(|line| line.text().contains("takes it")).unwrap();
            let covered = usize::from(popup.y)..usize::from(popup.y) + popup.lines.len();
            assert!(!covered.contains(&says), "{field} {size:?}: {covered:?} lies over {says}");
            assert!(!covered.contains(&usize::from(cursor.1)), "{field} {size:?}");
            assert!(popup.lines.iter().all(|line| !line.text().contains("takes it")), "{field}: said once");
        }
    }
}
