//! A form of every kind of field, for the engine's own tests.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::clinical::answer::Answer;
use crate::clinical::coded::Coded;

use super::build::{
    area, checklist, chips, coded, date, flag, items, line, note, num, pick, rows, score, score_of, time,
};
use super::check::World;
use super::def::{Field, FormDef};
use super::problem::Level;
use super::rows::Row;
use super::slot::Slot;
use super::spec::{DateSpec, NumSpec, ScoreSpec, Source};
use super::state::{Form, Prev};

crate::vocab! {
    /// A side.
    pub enum Side {
        /// Left.
        Left "left" "left",
        /// Right.
        Right "right" "right",
        /// Both.
        Both "both" "both",
    }
    /// A quality.
    pub enum Quality {
        /// Burning.
        Burning "burning" "burning",
        /// Stabbing.
        Stabbing "stabbing" "stabbing",
        /// Dull.
        Dull "dull" "dull",
    }
}

pub const KG: NumSpec = NumSpec { min: 20.0, max: 300.0, warn: (35.0, 200.0), unit: "kg", decimals: 1 };
pub const MG: NumSpec = NumSpec { min: 0.0, max: 1000.0, warn: (0.0, 400.0), unit: "mg", decimals: 3 };

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Med {
    pub drug: Coded,
    pub dose: Option<u32>,
    pub since: Option<NaiveDate>,
    pub side: Option<Side>,
}

impl Row for Med {
    const COLS: &'static [Field<Self>] = &[
        coded("drug", "Drug", Source::Medicine, |r: &mut Med, _| Slot::Coded(&mut r.drug)).required(),
        num("dose", "Dose", &MG, |r: &mut Med, _| Slot::Exact(&mut r.dose)),
        date("since", "Since", DateSpec::Past, |r: &mut Med, _| Slot::Date(&mut r.since)),
        pick("side", "Side", |r: &mut Med, _| Slot::Pick(&mut r.side)),
    ];
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sample {
    pub now: Option<Answer>,
    pub average: Option<Answer>,
    pub mood: Option<Answer>,
    pub side: Option<Side>,
    pub quality: BTreeSet<Quality>,
    pub checks: BTreeSet<Quality>,
    pub asleep: Option<bool>,
    pub name: String,
    pub weight: Option<f64>,
    pub born: Option<NaiveDate>,
    pub next: Option<NaiveDate>,
    pub at: Option<NaiveTime>,
    pub condition: Coded,
    pub meds: Vec<Med>,
    pub text: String,
    pub phq: [Option<Answer>; 3],
}

type V = Sample;

/// All kinds of fields in five sections.
pub fn sample_form() -> FormDef<V> {
    let words = ["not at all", "several days", "more than half", "nearly every day"];
    FormDef::new("sample", 2)
        .section_as(
            "Pain",
            "Pain, 0 none – 10 worst imaginable",
            vec![
                score("now", "now", |v: &mut V, _| Slot::Score(&mut v.now)).required(),
                score("average", "average", |v: &mut V, _| Slot::Score(&mut v.average)),
                score_of("mood", "mood", ScoreSpec::range(0, 3), |v: &mut V, _| Slot::Score(&mut v.mood)),
                note("sum", "sum")
                    .beside(|v| v.now.and_then(Answer::value).map_or(String::new(), |n| format!("now {n}"))),
            ],
        )
        .section(
            "Choice",
            vec![
                pick("side", "Side", |v: &mut V, _| Slot::Pick(&mut v.side)),
                chips("quality", "Quality", |v: &mut V, _| Slot::Multi(&mut v.quality))
                    .show(|v| v.now != Some(Answer::Given(0))),
                checklist("checks", "Checks", |v: &mut V, _| Slot::Multi(&mut v.checks)),
                flag("asleep", "Sleeps", |v: &mut V, _| Slot::Flag(&mut v.asleep)),
            ],
        )
        .section(
            "Body",
            vec![
                line("name", "Name", |v: &mut V, _| Slot::Text(&mut v.name)),
                num("weight", "Weight", &KG, |v: &mut V, _| Slot::Num(&mut v.weight))
                    .beside(|v| v.weight.map_or(String::new(), |w| format!("{:.0} lb", w * 2.2046))),
                date("born", "Born", DateSpec::Birth, |v: &mut V, _| Slot::Date(&mut v.born)),
                date("next", "Next visit", DateSpec::Ahead, |v: &mut V, _| Slot::Date(&mut v.next)),
                time("at", "At", |v: &mut V, _| Slot::Time(&mut v.at)),
                coded("condition", "Condition", Source::Condition, |v: &mut V, _| Slot::Coded(&mut v.condition)),
            ],
        )
        .section(
            "Plan",
            vec![
                rows("meds", "Medication", |v: &mut V, _| Slot::Rows(&mut v.meds)),
                area("text", "In words", 3, |v: &mut V, _| Slot::Text(&mut v.text)),
            ],
        )
        .section(
            "Mood",
            items("phq", ["interest", "mood", "sleep"], &ScoreSpec::range(0, 3).words(words), |v: &mut V, i| {
                v.phq.get_mut(i).map_or(Slot::Nothing, Slot::Score)
            }),
        )
        .rule("average", Level::Warn, |v| {
            (v.average?.value()? > v.now?.value()?).then(|| "the average lies above now".to_owned())
        })
        .row_rule("meds", Level::Error, |v| {
            let twice = |(at, med): (usize, &Med)| {
                let before = v.meds[..at].iter().any(|m| !m.drug.is_blank() && m.drug.text == med.drug.text);
                before.then(|| (at, "drug", format!("{} stands here twice", med.drug.text)))
            };
            v.meds.iter().enumerate().filter_map(twice).collect()
        })
}

pub fn world() -> World {
    let thing = |source, text: &str| (source, text.to_owned(), text.to_uppercase());
    World {
        things: vec![
            thing(Source::Medicine, "gabapentin"),
            thing(Source::Medicine, "pregabalin"),
            thing(Source::Condition, "migraine without aura"),
        ],
        phrases: vec![
            ("sleep".to_owned(), "Sleeps {hours} h, wakes *** times.".to_owned()),
            ("w".to_owned(), "Weighs {weight}.".to_owned()),
        ],
        ..World::default()
    }
}

pub fn last() -> Prev<Sample> {
    let value = Sample {
        now: Some(Answer::Given(2)),
        average: Some(Answer::Given(5)),
        side: Some(Side::Left),
        weight: Some(70.5),
        text: "As before.".to_owned(),
        meds: vec![Med { drug: Coded::picked("gabapentin", "GABAPENTIN"), dose: Some(300_000), ..Med::default() }],
        ..Sample::default()
    };
    Prev { value, date: NaiveDate::from_ymd_opt(2026, 10, 27).unwrap() }
}

pub fn open(world: &World) -> Form<Sample> {
    Form::open(sample_form(), Sample::default(), None, &world.env())
}

pub fn open_after(world: &World) -> Form<Sample> {
    Form::open(sample_form(), Sample::default(), Some(last()), &world.env())
}
