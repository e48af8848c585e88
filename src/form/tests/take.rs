//! Taking over the last visit: by key, marked, never by itself.

use crate::clinical::answer::Answer;
use crate::form::any::AnyForm;
use crate::form::check::press;
use crate::form::event::Out;
use crate::form::key::Key;
use crate::form::sample::{Sample, open, open_after, sample_form, world};

#[test]
fn nothing_is_taken_over_by_itself() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "<Tab><Tab><Tab><Tab>");
    assert_eq!(form.value(), &Sample::default());
    let text: String = form.view((80, 60)).lines.iter().map(|l| l.text() + "\n").collect();
    for ghost in
        ["left · 27 Oct 2026", "70.5 kg · 27 Oct 2026", "gabapentin 300 mg · 27 Oct 2026", "27 Oct 2026 · As before."]
    {
        assert!(text.contains(ghost), "{ghost}");
    }
    assert!(!form.draft_json().contains("As before"), "nothing of the last visit is kept in a draft");
}

#[test]
fn a_field_is_taken_over_and_marked() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "==");
    assert_eq!((form.value().now, form.value().average), (Some(Answer::Given(2)), Some(Answer::Given(5))));
    assert_eq!(form.draft().taken.len(), 2);
    assert!(form.view((80, 24)).lines[1].text().contains("2 ="));
    // Another answer is no longer the one taken over.
    press(&mut form, &world, "<first>3");
    assert_eq!(form.draft().taken.len(), 1);
    form.go(Key::of("weight"), &world.env());
    press(&mut form, &world, "=");
    assert_eq!(form.value().weight, None, "in a text field = is a character");
    press(&mut form, &world, "<C-T>");
    assert_eq!(form.value().weight, Some(70.5));
    assert!(form.problems().iter().all(|p| p.key.id != "weight"));
}

#[test]
fn a_section_is_taken_over_where_it_is_blank() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "9<C-E>");
    assert_eq!((form.value().now, form.value().average), (Some(Answer::Given(9)), Some(Answer::Given(5))));
    assert_eq!(form.value().side, None, "other sections stay");
    assert_eq!(form.message(), Some("took over 1 field of the last visit"));
    press(&mut form, &world, "<C-Z>");
    assert_eq!(form.value().average, None);
    press(&mut form, &world, "<C-E><C-E>");
    assert_eq!(form.message(), Some("nothing to take over: no blank field here has a last value"));
}

#[test]
fn what_was_taken_over_is_named_and_marked_again_when_the_record_is_opened() {
    let world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "==");
    assert_eq!(form.taken(), ["average", "now"]);
    let mut again = open_after(&world);
    again.mark_taken(&form.taken());
    again.mark_taken(&["no field any more".to_owned(), "now/7".to_owned()]);
    assert_eq!(again.taken(), ["average", "now"]);
    // Another answer is no longer the one taken over.
    press(&mut again, &world, "<first>3");
    assert_eq!(again.taken(), ["average"]);
}

#[test]
fn rows_are_taken_over_as_a_whole() {
    let world = world();
    let mut form = open_after(&world);
    form.go(Key::of("meds"), &world.env());
    press(&mut form, &world, "=");
    assert_eq!(form.value().meds, crate::form::sample::last().value.meds);
    press(&mut form, &world, "<C-T>");
    assert_eq!(form.message(), Some("there are rows already: the last visit's are not taken over"));
}

#[test]
fn prose_stays_marked_while_it_is_worked_on() {
    let world = world();
    let mut form = open_after(&world);
    form.go(Key::of("text"), &world.env());
    press(&mut form, &world, "<C-T>");
    press(&mut form, &world, " Worse.");
    assert_eq!(form.value().text, "As before. Worse.");
    assert_eq!(form.draft().taken.len(), 1);
    press(&mut form, &world, "<clear>");
    assert_eq!(form.draft().taken.len(), 0);
}

#[test]
fn without_a_last_visit_it_says_so() {
    let world = world();
    let mut form = open(&world);
    assert_eq!(press(&mut form, &world, "="), Out::Moved);
    assert_eq!(form.message(), Some("there is no last value to take over"));
    let _ = sample_form();
}
