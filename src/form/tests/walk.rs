//! Moving about: fields, sections, problems, the mouse.

use crate::action::form_command::{FieldContext, FormCommand};
use crate::clinical::answer::Answer;
use crate::form::any::AnyForm;
use crate::form::build::line;
use crate::form::check::press;
use crate::form::event::{In, Out};
use crate::form::key::Key;
use crate::form::sample::{Side, open, world};
use crate::form::slot::Slot;
use crate::form::view::Target;

#[test]
fn hidden_fields_are_skipped() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "0<PgDn><Tab>");
    assert_eq!(form.pos(), Key::of("checks"), "quality is hidden while now is 0");
    press(&mut form, &world, "<first>5<PgDn><Tab>");
    assert_eq!(form.pos(), Key::of("quality"));
}

#[test]
fn a_field_that_hides_itself_hands_the_focus_on() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "5<PgDn><Tab>");
    form.change(&world.env(), |v| v.now = Some(Answer::Given(0)));
    assert_eq!(form.pos(), Key::of("checks"));
}

#[test]
fn sections_are_walked_and_listed() {
    let world = world();
    let mut form = open(&world);
    let mut seen = vec![form.pos().id];
    while press(&mut form, &world, "<PgDn>") != Out::Same {
        seen.push(form.pos().id);
    }
    assert_eq!(seen, ["now", "side", "name", "meds", "phq"]);
    press(&mut form, &world, "<PgUp>");
    assert_eq!(form.pos().id, "meds");
    press(&mut form, &world, "<first>5<PgDn>l<PgDn><Tab>700");
    let strip: Vec<_> = form.sections().into_iter().map(|s| (s.name, s.current, s.touched, s.errors)).collect();
    let one = |name: &str, current, touched, errors| (name.to_owned(), current, touched, errors);
    assert_eq!(
        strip,
        [
            one("Pain", false, true, 0),
            one("Choice", false, true, 0),
            one("Body", true, true, 1),
            one("Plan", false, false, 0),
            one("Mood", false, false, 0),
        ]
    );
}

#[test]
fn what_was_brought_along_is_told_from_what_was_entered() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "5<PgDn>l<PgDn><Tab>70");
    let brought = form.value().clone();
    let form = &mut open(&world).with_carried(Some(brought.clone()));
    let carried = |form: &crate::form::Form<_>| {
        form.sections().into_iter().filter(|s| s.carried).map(|s| s.name).collect::<Vec<_>>()
    };
    assert!(carried(form).is_empty(), "what was brought along and is blank by now was taken out");
    form.change(&world.env(), |v| *v = brought.clone());
    assert_eq!(carried(form), ["Pain", "Choice", "Body"], "and what is blank was not brought along");
    press(form, &world, "<first>6");
    assert_eq!(carried(form), ["Choice", "Body"], "a change is an entry");
    press(form, &world, "<first>5");
    assert_eq!(carried(form), ["Pain", "Choice", "Body"]);
    press(form, &world, "<PgDn><PgDn><Tab>700");
    assert_eq!(carried(form), ["Pain", "Choice"], "also one that cannot be read");
}

#[test]
fn completing_goes_to_what_is_missing_and_says_it() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "<PgDn>");
    assert_eq!(press(&mut form, &world, "<C-S>"), Out::Moved);
    assert_eq!((form.pos(), form.message()), (Key::of("now"), Some("now is not answered")));
    assert_eq!(form.sections()[0].errors, 1);
    press(&mut form, &world, "n");
    assert_eq!(press(&mut form, &world, "<C-S>"), Out::Submit, "not asked is an answer");
}

#[test]
fn problems_are_walked_in_order_and_warnings_do_not_block() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "25");
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "5<next_problem>");
    assert_eq!((form.pos().id, form.message()), ("average", Some("the average lies above now")));
    press(&mut form, &world, "<next_problem>");
    assert_eq!(form.pos().id, "weight");
    press(&mut form, &world, "<clear>");
    assert_eq!(press(&mut form, &world, "<C-S>"), Out::Submit);
    press(&mut form, &world, "<first>5<next_problem>");
    assert_eq!(form.message(), Some("nothing is wrong or missing"));
}

#[test]
fn every_context_is_told() {
    let world = world();
    let mut form = open(&world);
    for (id, context) in [
        ("now", FieldContext::Digits),
        ("side", FieldContext::Choice),
        ("checks", FieldContext::Choice),
        ("asleep", FieldContext::Choice),
        ("name", FieldContext::Text),
        ("born", FieldContext::Text),
        ("condition", FieldContext::Text),
        ("meds", FieldContext::Rows),
        ("text", FieldContext::Area),
    ] {
        form.go(Key::of(id), &world.env());
        assert_eq!(form.ctx(), context, "{id}");
    }
    form.go(Key::of("condition"), &world.env());
    press(&mut form, &world, "mig");
    assert_eq!(form.ctx(), FieldContext::Popup);
}

#[test]
fn choices_answer_to_letters_and_arrows() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "<PgDn>r");
    assert_eq!((form.value().side, form.pos().id), (Some(Side::Right), "quality"));
    press(&mut form, &world, "sb");
    assert_eq!((form.value().quality.len(), form.pos().id), (2, "quality"));
    press(&mut form, &world, "s<Right><Right> ");
    assert_eq!(form.value().quality.len(), 2);
    press(&mut form, &world, "<Tab>2<Down><Down>");
    assert_eq!(form.pos().id, "asleep", "the arrows leave a checklist at its ends");
    press(&mut form, &world, "n");
    assert_eq!((form.value().checks.len(), form.value().asleep), (1, Some(false)));
    press(&mut form, &world, "<PgUp><Right>");
    assert_eq!(form.value().side, Some(Side::Both));
    press(&mut form, &world, "<Right>");
    assert_eq!(form.value().side, Some(Side::Both));
    press(&mut form, &world, "-");
    assert_eq!(form.value().side, None);
    assert_eq!(press(&mut form, &world, "7"), Out::Moved);
    assert_eq!(form.message(), Some("there is no choice 7"));
}

#[test]
fn a_click_goes_where_it_points() {
    let mut world = world();
    world.size = (80, 60);
    let mut form = open(&world);
    let hit = |form: &dyn AnyForm, wanted: &dyn Fn(Target) -> bool| {
        let view = form.view((80, 60));
        let hit = *view.hits.iter().rev().find(|hit| wanted(hit.target)).unwrap();
        In::Click(hit.from, hit.y)
    };
    let answer = hit(&form, &|t| t == Target::Answer(Key::of("average"), 10));
    form.handle(answer, &world.env());
    assert_eq!((form.value().average, form.pos()), (Some(Answer::Given(10)), Key::of("average")));
    let option = hit(&form, &|t| t == Target::Option(Key::of("checks"), 1));
    form.handle(option, &world.env());
    assert_eq!(form.value().checks.len(), 1);
    form.go(Key::of("name"), &world.env());
    press(&mut form, &world, "Adaeze");
    let In::Click(x, y) = hit(&form, &|t| matches!(t, Target::Text(key, _, _) if key == Key::of("name"))) else {
        return;
    };
    form.handle(In::Click(x + 2, y), &world.env());
    press(&mut form, &world, "-");
    assert_eq!(form.value().name, "Ad-aeze");
    assert_eq!(form.handle(In::Click(79, 59), &world.env()), Out::Same);
}

#[test]
fn scrolling_leaves_the_focus_and_the_next_key_brings_it_back() {
    let mut world = world();
    world.size = (60, 10);
    let mut form = open(&world);
    for _ in 0..20 {
        form.handle(In::Cmd(FormCommand::ScrollDown), &world.env());
    }
    let view = form.view(world.size);
    assert_eq!((form.pos(), view.focus, view.below), (Key::of("now"), None, 0));
    press(&mut form, &world, "5");
    assert!(form.view(world.size).focus.is_some());
}

#[test]
fn a_field_that_stands_aside_is_shown_taken_over_and_passed_over() {
    #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
    #[serde(default)]
    struct Three {
        first: String,
        beside: String,
        last: String,
    }
    type T = Three;
    let form = || {
        crate::form::FormDef::new("three", 1).section(
            "Three",
            vec![
                line("first", "First", |v: &mut T, _| Slot::Text(&mut v.first)),
                line("beside", "Beside", |v: &mut T, _| Slot::Text(&mut v.beside)).aside(),
                line("last", "Last", |v: &mut T, _| Slot::Text(&mut v.last)),
            ],
        )
    };
    let world = world();
    let prev = crate::form::Prev { value: T { beside: "then".to_owned(), ..T::default() }, date: world.reading.today };
    let mut form = crate::form::Form::open(form(), T::default(), Some(prev), &world.env());
    press(&mut form, &world, "one<Tab>three<S-Tab><take_section>");
    let expected = T { first: "one".to_owned(), beside: "then".to_owned(), last: "three".to_owned() };
    assert_eq!((form.value(), form.pos()), (&expected, Key::of("first")));
    let row = form.view((60, 10)).lines.iter().position(|line| line.spans.iter().any(|span| span.text == "Beside"));
    let clicked = form.handle(In::Click(4, u16::try_from(row.unwrap()).unwrap()), &world.env());
    assert_eq!(clicked, Out::Open(crate::form::Picker::Body, Key::of("beside")));
}
