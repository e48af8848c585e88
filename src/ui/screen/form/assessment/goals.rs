//! Goals in the patient's words: each scored at every visit, 0 not at all, 10 as wished; and the list itself.

use chrono::NaiveDate;

use super::A;
use crate::clinical::models::AssessmentModel;
use crate::clinical::patient::Goal;
use crate::clinical::plan::GoalDraft;
use crate::clinical::plan::goal::GoalScore;
use crate::form::build::{rows, score_of};
use crate::form::{Field, FormDef, ScoreSpec, Slot, Tone};
use crate::ui::env::Env;

/// How many goals are scored on their own line; who has more has too many.
const MOST: usize = 5;

/// Adds the group.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.group("How far goals are reached, 0 not at all — 10 as wished", reached())
        .group("Goals, in the patient's words", vec![rows("goals", "", |v: &mut A, _| Slot::Rows(&mut v.goals))])
}

fn reached() -> Vec<Field<A>> {
    let one = |ix| {
        score_of("goal_reached", "", ScoreSpec::toned(0, 10, Tone::Better), |v: &mut A, ix| match v.goals.get_mut(ix) {
            Some(goal) => Slot::Score(&mut goal.reached),
            None => Slot::Nothing,
        })
        .item(ix)
        .show_item(|v, ix| v.goals.get(ix).is_some_and(|goal| !goal.text.trim().is_empty()))
        .label_item(|v, ix| v.goals.get(ix).map(label).unwrap_or_default())
    };
    (0..MOST).map(one).collect()
}

fn label(goal: &GoalDraft) -> String {
    let ended = if goal.ended.is_some() { " (ended meanwhile)" } else { "" };
    format!("{}{ended}", goal.text.trim())
}

/// Puts what was scored in this visit beside the goals of the draft.
pub fn take(draft: &mut A, goals: &[Goal], scores: &[GoalScore]) {
    for row in &mut draft.goals {
        let goal = goals.iter().find(|goal| goal.text == row.text);
        let score = goal.and_then(|goal| scores.iter().find(|score| score.goal == goal.id));
        row.reached = score.map(|score| score.answer);
    }
}

/// How far each goal of the draft was reached at the last visit.
pub fn last(draft: &A, model: &AssessmentModel) -> Vec<GoalDraft> {
    let scores = model.last.as_ref().map(|last| last.asked.goal_scores.as_slice()).unwrap_or_default();
    let one = |row: &GoalDraft| {
        let goal = model.file.facts.goals.iter().find(|goal| goal.text == row.text.trim());
        let score = goal.and_then(|goal| scores.iter().find(|score| score.goal == goal.id));
        GoalDraft { reached: score.map(|score| score.answer), ..GoalDraft::default() }
    };
    draft.goals.iter().map(one).collect()
}

/// The goals that ended while they stood scored here.
pub fn ended(draft: &A) -> Vec<Goal> {
    draft.goals.iter().filter_map(|row| row.ended.clone()).collect()
}

/// The scores of this visit, each of a goal that is kept, or that ended while it stood scored here.
pub fn scores(draft: &A, goals: &[Goal], date: NaiveDate, env: &mut Env<'_>) -> Vec<GoalScore> {
    let mut out: Vec<GoalScore> = Vec::new();
    for row in &draft.goals {
        let Some(answer) = row.reached else { continue };
        let known = || goals.iter().find(|goal| goal.text == row.text.trim());
        let Some(goal) = row.ended.as_ref().or_else(known) else { continue };
        if !out.iter().any(|score| score.goal == goal.id) {
            out.push(GoalScore { id: env.ids.next(env.now.instant), goal: goal.id, date, answer });
        }
    }
    out
}
