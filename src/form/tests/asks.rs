//! Questions of a list, answered one by one.

use serde::{Deserialize, Serialize};

use crate::form::build::ask;
use crate::form::check::press;
use crate::form::def::FormDef;
use crate::form::sample::world;
use crate::form::slot::Slot;
use crate::form::{AnyForm, Form, Key};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    answers: [Option<bool>; 5],
}

fn questions() -> FormDef<Asked> {
    let one = |ix: usize| {
        ask("question", "a question", |v: &mut Asked, ix| v.answers.get_mut(ix).map_or(Slot::Nothing, Slot::Flag))
            .item(ix)
    };
    FormDef::new("questions", 1).section("Questions", (0..5).map(one).collect())
}

#[test]
fn each_answer_belongs_to_the_next_question_also_not_asked() {
    for (keys, answers) in [
        ("nyn", [Some(false), Some(true), Some(false), None, None]),
        ("n-y", [Some(false), None, Some(true), None, None]),
        ("--n", [None, None, Some(false), None, None]),
        ("yn<Up>-n", [Some(true), None, Some(false), None, None]),
        ("yyyyy-", [Some(true), Some(true), Some(true), Some(true), None]),
        ("ya", [Some(true), Some(false), Some(false), Some(false), Some(false)]),
    ] {
        let world = world();
        let mut form = Form::open(questions(), Asked::default(), None, &world.env());
        form.view(world.size);
        press(&mut form, &world, keys);
        assert_eq!(form.value().answers, answers, "{keys}");
    }
}

#[test]
fn no_to_all_answers_only_what_was_in_view() {
    let mut world = world();
    world.size = (60, 5);
    let mut form = Form::open(questions(), Asked::default(), None, &world.env());
    form.handle(crate::form::event::In::Resize, &world.env());
    press(&mut form, &world, "a");
    let answered = form.value().answers.iter().flatten().count();
    assert!((1..5).contains(&answered), "{:?}", form.value());
    assert!(form.message().is_some_and(|said| said.ends_with("not in view yet: not answered")), "{:?}", form.message());
    assert_ne!(form.pos(), Key::of("question"));
}
