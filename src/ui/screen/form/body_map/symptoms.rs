//! The symptoms that go with widespread pain, as short fields.

use crate::clinical::answer::Answer;
use crate::clinical::body::Symptoms;
use crate::clinical::facts::instruments::instruments;
use crate::form::build::{flag, num, score_of};
use crate::form::{FormDef, NumSpec, ScoreSpec, Slot};
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type S = Symptoms;

/// The first of them.
pub const FIRST: &str = "fatigue";
/// The last of them.
pub const LAST: &str = "months";

const MONTHS: NumSpec = NumSpec { min: 0.0, max: 1_500.0, warn: (0.0, 720.0), unit: "months", decimals: 0 };

/// The table of fields. Their ids are those the criteria give the items.
pub fn definition() -> FormDef<S> {
    let words = instruments().get("fm2016").map(|form| form.severity_options.clone()).unwrap_or_default();
    let grade = ScoreSpec::range(0, 3).words(words);
    FormDef::new("symptoms", 1)
        .section(
            "Past week",
            vec![
                score_of("fatigue", "fatigue", grade.clone(), |v: &mut S, _| Slot::Score(&mut v.fatigue)),
                score_of("unrefreshed", "unrefreshed", grade.clone(), |v: &mut S, _| Slot::Score(&mut v.unrefreshed)),
                score_of("cognition", "thinking", grade, |v: &mut S, _| Slot::Score(&mut v.cognition)),
            ],
        )
        .section(
            "Past six months",
            vec![
                flag("headache", "headaches", |v: &mut S, _| Slot::Flag(&mut v.headache)),
                flag("low_abdominal", "belly cramps", |v: &mut S, _| Slot::Flag(&mut v.low_abdominal)),
                flag("depression", "depression", |v: &mut S, _| Slot::Flag(&mut v.depression)),
                num("months", "months alike", &MONTHS, |v: &mut S, _| Slot::Exact(&mut v.months)),
            ],
        )
}

/// What is known of them, in two lines of so many columns; `?` is not asked.
pub fn known(symptoms: &S, width: u16) -> [Words<'static>; 2] {
    let label = |whole: &'static str, short: &'static str| if width < 56 { short } else { whole };
    let say = |words: Words<'static>, label: &str, value: Option<String>| {
        let words = words.say(Role::Faint, format!("{label} "));
        match value {
            Some(value) => words.say(Role::Text, value),
            None => words.say(Role::Wants, "?"),
        }
        .gap(2)
    };
    let grade = |answer: Option<Answer>| answer.map(Answer::show);
    let there = |flag: Option<bool>| flag.map(|flag| if flag { "yes" } else { "no" }.to_owned());
    let week = say(Words::new(), "fatigue", grade(symptoms.fatigue));
    let week = say(week, label("wakes unrefreshed", "sleep"), grade(symptoms.unrefreshed));
    let week = say(week, label("thinking, memory", "thinking"), grade(symptoms.cognition));
    let months = say(Words::new(), label("headaches", "headache"), there(symptoms.headache));
    let months = say(months, label("low belly cramps", "belly"), there(symptoms.low_abdominal));
    let months = say(months, label("depression", "mood"), there(symptoms.depression));
    let months = say(months, "months", symptoms.months.map(|months| months.to_string()));
    [week, months]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound_and_asks_what_the_criteria_ask() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
        let form = instruments().get("fm2016").unwrap();
        let items = form.severity_items.iter().chain(&form.presence_items).map(|item| item.id.as_str());
        let asked: Vec<&str> = items.chain([LAST]).collect();
        let fields = ["fatigue", "unrefreshed", "cognition", "headache", "low_abdominal", "depression", "months"];
        assert_eq!(asked, fields);
        assert_eq!(FIRST, fields[0]);
    }
}
