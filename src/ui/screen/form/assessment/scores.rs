//! Scores: pain now, on average, at its worst and least, and the three items of PEG.

use super::{A, response};
use crate::clinical::assessment::Assessment;
use crate::clinical::figure;
use crate::clinical::score::{Peg, ScoreItem, Scores};
use crate::clinical::time::show_date;
use crate::form::build::{note, score};
use crate::form::{Field, FormDef, Level, Slot};

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section_as("Scores", "Pain, 0 none — 10 worst imaginable", pain())
        .group("PEG, past week", peg())
        .group("", vec![results()])
        .group("Response", response::of_scores())
        .rule("worst", Level::Error, |v| contradiction(v, ScoreItem::Worst))
        .rule("least", Level::Error, |v| contradiction(v, ScoreItem::Least))
}

fn pain() -> Vec<Field<A>> {
    vec![
        score("now", "now", |v: &mut A, _| Slot::Score(&mut v.scores.now)),
        score("average", "average", |v: &mut A, _| Slot::Score(&mut v.scores.average)),
        score("worst", "worst", |v: &mut A, _| Slot::Score(&mut v.scores.worst)),
        score("least", "least", |v: &mut A, _| Slot::Score(&mut v.scores.least)),
    ]
}

fn peg() -> Vec<Field<A>> {
    vec![
        score("peg_pain", "pain", |v: &mut A, _| Slot::Score(&mut v.scores.peg_pain)),
        score("peg_enjoyment", "enjoyment", |v: &mut A, _| Slot::Score(&mut v.scores.peg_enjoyment)),
        score("peg_activity", "activity", |v: &mut A, _| Slot::Score(&mut v.scores.peg_activity)),
        note("peg", "PEG").beside(|v: &A| peg_so_far(&v.scores, v.beside.peg_not_for)),
    ]
}

/// What was filled in beside the scores: a scale of what is seen stands here and never among the ratings.
fn results() -> Field<A> {
    note("results", "this visit").beside(|v: &A| v.beside.results.join(" · ")).show(|v| !v.beside.results.is_empty())
}

fn contradiction(draft: &A, item: ScoreItem) -> Option<String> {
    draft.scores.contradictions().into_iter().find(|(at, _)| *at == item).map(|(_, why)| why)
}

fn peg_so_far(scores: &Scores, not_for: Option<&str>) -> String {
    let not_for = not_for.map(|why| format!("   {why}")).unwrap_or_default();
    match (scores.peg(), scores.peg_answered()) {
        (Some(peg), _) => peg.show() + &not_for,
        (None, 0) => format!("—{not_for}"),
        (None, n) => format!("— {} of three answered{not_for}", ["none", "one", "two", "three"].get(n).unwrap_or(&"")),
    }
}

/// How PEG stands against the last visit: `PEG 6.3 ▼1.4 −18 %`.
pub fn peg_line(scores: &Scores, last: Option<&Assessment>) -> Option<String> {
    let now: Peg = scores.peg()?;
    let change =
        last.and_then(|last| last.scores.peg()).map(|last| format!("  {}", now.change_from(last))).unwrap_or_default();
    Some(format!("PEG {}{change}", now.show()))
}

/// What a phrase may ask for: PEG, its change in words, the day of the last assessment.
pub fn values(scores: &Scores, last: Option<&Assessment>) -> Vec<(&'static str, String)> {
    let peg = scores.peg();
    let change = peg.zip(last.and_then(|last| last.scores.peg())).map(|(now, last)| {
        let change = now.change_from(last);
        change.replace('▼', "down ").replace('▲', "up ").replace('=', "the same")
    });
    let told = [
        peg.map(|peg| ("peg", peg.show())),
        change.map(|change| ("change", change)),
        last.map(|last| ("last", show_date(last.date))),
    ];
    told.into_iter().flatten().collect()
}

/// How PEG came about, and that of the visit it is compared with.
pub fn why(scores: &Scores, last: Option<&Assessment>) -> String {
    let mut accounts = vec![figure::peg(scores, None)];
    accounts.extend(last.map(|last| figure::peg(&last.scores, Some(last.date))));
    figure::pages(&accounts)
}
