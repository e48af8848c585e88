//! Score fields: the same keys give the same record.

use crate::clinical::answer::Answer;
use crate::form::any::AnyForm;
use crate::form::check::press;
use crate::form::event::{In, Out};
use crate::form::key::Key;
use crate::form::sample::{open, open_after, world};

use Answer::{CannotReport, Declined, Given, NotAsked};

#[test]
fn keys_give_answers() {
    // now 0–10, average 0–10, mood 0–3; then the choices.
    for (keys, expected, focus) in [
        ("7", [Some(Given(7)), None, None], "average"),
        ("72", [Some(Given(7)), Some(Given(2)), None], "mood"),
        ("10", [Some(Given(10)), None, None], "average"),
        ("1", [Some(Given(1)), None, None], "now"),
        ("1<Tab>", [Some(Given(1)), None, None], "average"),
        ("1<Enter>", [Some(Given(1)), None, None], "average"),
        ("15", [Some(Given(1)), Some(Given(5)), None], "mood"),
        ("11", [Some(Given(1)), Some(Given(1)), None], "average"),
        ("110", [Some(Given(1)), Some(Given(10)), None], "mood"),
        ("1010", [Some(Given(10)), Some(Given(10)), None], "mood"),
        ("101", [Some(Given(10)), Some(Given(1)), None], "average"),
        ("001", [Some(Given(0)), Some(Given(0)), Some(Given(1))], "side"),
        ("t", [Some(Given(10)), None, None], "average"),
        ("1t", [Some(Given(10)), None, None], "average"),
        ("1d", [Some(Declined), None, None], "average"),
        ("1<BS>", [None, None, None], "now"),
        ("1<Esc>0", [Some(Given(0)), None, None], "average"),
        ("dc", [Some(Declined), Some(CannotReport), None], "mood"),
        ("Nc", [Some(NotAsked), Some(CannotReport), None], "mood"),
        ("7<S-Tab>-", [None, None, None], "now"),
        ("7<S-Tab><Del>", [None, None, None], "now"),
        ("77<S-Tab>2", [Some(Given(7)), Some(Given(2)), None], "mood"),
        ("554", [Some(Given(5)), Some(Given(5)), None], "mood"),
        ("5510", [Some(Given(5)), Some(Given(5)), Some(Given(1))], "side"),
    ] {
        let world = world();
        let mut form = open(&world);
        press(&mut form, &world, keys);
        let value = form.value();
        assert_eq!([value.now, value.average, value.mood], expected, "{keys}");
        assert_eq!(form.pos(), Key::of(focus), "{keys}");
    }
}

#[test]
fn a_digit_outside_the_range_is_refused_at_the_field() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "55");
    assert_eq!(press(&mut form, &world, "7"), Out::Moved);
    assert_eq!((form.value().mood, form.pos()), (None, Key::of("mood")));
    assert_eq!(form.message(), Some("7 is not an answer here: 0 to 3"));
    let said = form.view((80, 24)).lines.iter().any(|line| line.text().contains("7 is not an answer here"));
    assert!(said);
    assert_eq!(press(&mut form, &world, "2"), Out::Changed);
    assert_eq!(form.message(), None);
}

#[test]
fn the_line_says_what_a_one_waits_for() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "1");
    let view = form.view((80, 24));
    assert!(view.lines.iter().any(|line| line.text().contains("1 · 0 makes ten · Tab keeps 1")));
    press(&mut form, &world, "0");
    let view = form.view((80, 24));
    assert!(!view.lines.iter().any(|line| line.text().contains("makes ten")));
}

#[test]
fn a_one_in_the_last_field_keeps_itself() {
    let world = world();
    let mut form = open(&world);
    press(&mut form, &world, "<last>");
    // 0–3: no ten to wait for.
    press(&mut form, &world, "1");
    assert_eq!(form.value().phq, [None, None, Some(Given(1))]);
    press(&mut form, &world, "2");
    assert_eq!(form.value().phq[2], Some(Given(2)));
}

#[test]
fn what_is_no_answer_is_for_the_next_layer() {
    let world = world();
    let mut form = open(&world);
    for key in ["x", "h", " ", "!", "é"] {
        assert_eq!(press(&mut form, &world, key), Out::Pass, "{key}");
    }
    assert_eq!(form.handle(In::Paste("7".to_owned()), &world.env()), Out::Moved);
    assert_eq!(form.message(), Some("nothing was pasted: this is not a text field"));
    assert_eq!(form.value().now, None);
}

#[test]
fn a_jump_of_five_is_shown_beside_the_value() {
    let world = world();
    for (keys, shows) in [("7", "7 ▲5"), ("6", "6"), ("10", "10 ▲8"), ("2", "2")] {
        let mut form = open_after(&world);
        press(&mut form, &world, keys);
        let line = form.view((80, 24)).lines[1].text();
        assert!(line.contains(&format!(" {shows}  ")), "{keys}: {line}");
        assert_eq!(line.contains('▲'), shows.contains('▲'), "{line}");
        assert!(line.contains("2  27 Oct"), "{line}");
    }
}
