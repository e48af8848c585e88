//! Every size, and many fields.

use serde::{Deserialize, Serialize};

use crate::clinical::answer::Answer;
use crate::form::build::items;
use crate::form::check::{self, press};
use crate::form::def::FormDef;
use crate::form::event::In;
use crate::form::sample::{open_after, world};
use crate::form::slot::Slot;
use crate::form::spec::{NRS, ScoreSpec};
use crate::form::text::width_of;
use crate::form::{AnyForm, Form};

#[test]
fn a_form_survives_every_size() {
    let mut world = world();
    let mut form = open_after(&world);
    press(&mut form, &world, "71=<PgDn>l<PgDn>Jo<Tab>700<Tab><Tab><Tab><Tab>mig<Tab>gaba<Enter>12x<Tab>");
    for width in [0, 1, 2, 3, 5, 8, 13, 21, 30, 34, 55, 66, 80, 120, 250] {
        for height in (0..12).chain([24, 40, 60]) {
            world.size = (width, height);
            form.handle(In::Resize, &world.env());
            let view = form.view(world.size);
            assert!(view.lines.len() <= usize::from(height));
            assert!(view.lines.iter().all(|line| width_of(&line.text()) <= usize::from(width)), "{width}×{height}");
            assert!(height < 4 || width < 30 || view.focus.is_some(), "{width}×{height}");
            assert!(view.cursor.is_none_or(|(x, y)| x < width && y < height), "{width}×{height}");
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Questions {
    answers: Vec<Option<Answer>>,
}

/// A form made at run time, as instruments are: texts and ranges from a file.
fn questions(texts: &[String], spec: &ScoreSpec) -> FormDef<Questions> {
    FormDef::new("questions", 1).section("Questions", items("item", texts.iter().cloned(), spec, answer))
}

fn blank(count: usize) -> Questions {
    Questions { answers: vec![None; count] }
}

fn answer(v: &mut Questions, i: usize) -> Slot<'_> {
    v.answers.get_mut(i).map_or(Slot::Nothing, Slot::Score)
}

#[test]
fn a_form_can_be_made_at_run_time() {
    let texts: Vec<String> = (1..=9).map(|n| format!("question {n}")).collect();
    let spec = ScoreSpec::range(0, 3).words(["not at all", "several days", "more than half", "nearly every day"]);
    let world = world();
    let mut form = Form::open(questions(&texts, &spec), blank(9), None, &world.env());
    press(&mut form, &world, "012310d23");
    let given = |n| Some(Answer::Given(n));
    let expected =
        [given(0), given(1), given(2), given(3), given(1), given(0), Some(Answer::Declined), given(2), given(3)];
    assert_eq!(form.value().answers, expected);
    let mut again = Form::open(questions(&texts, &spec), blank(9), None, &world.env());
    again.restore_json(&form.draft_json(), &world.env()).unwrap();
    assert_eq!((again.value(), again.pos()), (form.value(), form.pos()));
    assert_eq!(check::random_keys(|| questions(&texts, &spec), &blank(9), None, 1, 100), Vec::<String>::new());
}

#[test]
fn three_hundred_fields_are_answered_by_three_hundred_keys() {
    let texts: Vec<String> = (0..300).map(|n| format!("item {n}")).collect();
    let world = world();
    let mut form = Form::open(questions(&texts, &NRS), blank(300), None, &world.env());
    press(&mut form, &world, &"7".repeat(300));
    assert_eq!(form.value().answers.len(), 300);
    assert!(form.value().answers.iter().all(|answer| *answer == Some(Answer::Given(7))));
    assert_eq!(form.view((80, 24)).lines.len(), 24);
}
