//! What completing the assessment keeps beyond its scores and texts: what was asked, and the patient's lists.

use super::A;
use crate::clinical::asked::{Asked, PatientLists};
use crate::clinical::assessment::RedFlags;
use crate::clinical::code_set::resolve;
use crate::clinical::history::{TreatmentDraft, TreatmentTried};
use crate::clinical::id::ProblemId;
use crate::clinical::models::AssessmentModel;
use crate::clinical::opioid_review::{OpioidReview, SideEffect};
use crate::clinical::patient::Goal;
use crate::clinical::plan::goal::GoalScore;
use crate::clinical::problem::{Problem, ProblemDraft, ProblemScore};
use crate::clinical::red_flag::FlagAnswer;
use crate::clinical::since::Since;
use crate::clinical::text::fold;
use crate::clinical::typed::Reading;
use crate::ui::env::Env;

/// What the assessment keeps: what was asked in this visit, and the patient's lists as they now are.
pub fn kept(draft: &A, model: &AssessmentModel, env: &mut Env<'_>) -> (Asked, PatientLists) {
    let (problems, problem_scores) = problems(draft, model, env);
    let treated = model.response.treated.as_ref().map(|treated| treated.session);
    let before = model.current.as_ref().and_then(|current| current.asked.response.as_ref());
    let session = treated.or(before.map(|response| response.session));
    let goals = goals(draft, model, env);
    let mut goal_scores = super::goals::scores(draft, &goals, model.visit.date, env);
    // A score of this visit whose goal ended since is no row any more, and is not lost.
    let stood = model.current.iter().flat_map(|current| &current.asked.goal_scores);
    let is_gone = |score: &&GoalScore| !model.file.facts.goals.iter().any(|goal| goal.id == score.goal);
    let stood: Vec<GoalScore> = stood.filter(is_gone).cloned().collect();
    goal_scores.extend(stood.into_iter().filter(|score| !draft.goals.iter().any(|row| row.is(score.goal))));
    let asked = Asked {
        problem_scores,
        letters: draft.letters.clone(),
        red_flags: draft.red_flags.kept(&draft.grounds()),
        response: session.and_then(|session| draft.response.kept(session)),
        opioid: if draft.asks_opioid() { trimmed(&draft.opioid) } else { OpioidReview::default() },
        side_effects: side_effects(draft, env),
        carried: draft.carried.clone(),
        goal_scores,
    };
    let lists = PatientLists {
        problems: Some(problems),
        treatments: Some(treatments(draft, model, env)),
        goals: Some(goals),
        ended_goals: super::goals::ended(draft),
    };
    (asked, lists)
}

/// Red flags as a whole: present where one is; none where every one that was due was asked; else not asked.
pub fn red_flags(answers: &[(String, FlagAnswer)]) -> Option<RedFlags> {
    let any = |answer| answers.iter().any(|(_, given)| *given == answer);
    if any(FlagAnswer::Yes) {
        return Some(RedFlags::Present);
    }
    (any(FlagAnswer::No) && !any(FlagAnswer::NotAsked)).then_some(RedFlags::NonePresent)
}

fn reading(env: &Env<'_>) -> Reading {
    Reading::of(env.practice.region, env.now.wall())
}

/// The problems as they now are, those that were taken out as ended, and the pain of each.
fn problems(draft: &A, model: &AssessmentModel, env: &mut Env<'_>) -> (Vec<Problem>, Vec<ProblemScore>) {
    let (known, day, now) = (&model.file.problems, model.visit.date, env.now.instant);
    let reading = reading(env);
    let before = model.current.as_ref().map(|current| current.asked.problem_scores.as_slice()).unwrap_or_default();
    let mut taken: Vec<ProblemId> = draft.problems.iter().filter_map(|row| row.id).collect();
    let (mut problems, mut scores) = (Vec::new(), Vec::new());
    for row in draft.problems.iter().filter(|row| !row.condition.is_blank()) {
        // A row typed anew in the words of a known problem means that problem.
        let same = |problem: &&Problem| is_same(problem, row) && !taken.contains(&problem.id);
        let old = match row.id {
            Some(id) => known.iter().find(|problem| problem.id == id),
            None => known.iter().find(same),
        };
        let id = row.id.or(old.map(|old| old.id)).unwrap_or_else(|| env.ids.next(now));
        taken.push(id);
        let (condition_id, code) = resolve(env.practice.region, &row.condition, row.side);
        let problem = Problem {
            id,
            condition: row.condition.text.trim().to_owned(),
            condition_id,
            code,
            place: row.place.trim().to_owned(),
            side: row.side,
            mechanism: row.mechanism,
            certainty: old.map(|old| old.certainty.clone()).unwrap_or_default(),
            since: Since::read(&row.since, &reading).ok(),
            ended: None,
        };
        // What ended elsewhere meanwhile keeps what was said of it here, and does not come back.
        if !row.ended {
            problems.push(problem.with_certainty(row.certainty, day, env.ids, now));
        }
        // An answer that stood keeps how it was given.
        let stood = before.iter().find(|score| score.problem == id && row.now == Some(score.answer));
        let given = draft.given.keep(stood.map(|score| &score.given), now, &env.initials());
        scores.extend(row.now.map(|answer| ProblemScore { id: env.ids.next(now), problem: id, answer, given }));
    }
    // What was said in this visit of a problem that ended since stands in no row any more, and is not lost.
    let of_ended = |score: &&ProblemScore| {
        !taken.contains(&score.problem) && !known.iter().any(|problem| problem.id == score.problem)
    };
    scores.extend(before.iter().filter(of_ended).cloned());
    let gone = known.iter().filter(|problem| !taken.contains(&problem.id));
    problems.extend(gone.map(|problem| Problem { ended: Some(day), ..problem.clone() }));
    (problems, scores)
}

fn is_same(problem: &Problem, row: &ProblemDraft) -> bool {
    fold(&problem.condition) == fold(&row.condition.text) && problem.side == row.side
}

fn side_effects(draft: &A, env: &mut Env<'_>) -> Vec<SideEffect> {
    let rows = draft.side_effects.iter().filter(|row| !row.effect.trim().is_empty());
    rows.map(|row| SideEffect {
        id: env.ids.next(env.now.instant),
        drug: row.drug.text.trim().to_owned(),
        effect: row.effect.trim().to_owned(),
        severity: row.severity,
    })
    .collect()
}

fn trimmed(review: &OpioidReview) -> OpioidReview {
    OpioidReview { note: review.note.trim().to_owned(), ..review.clone() }
}

fn treatments(draft: &A, model: &AssessmentModel, env: &mut Env<'_>) -> Vec<TreatmentTried> {
    let reading = reading(env);
    let mut known: Vec<&TreatmentTried> = model.tried.iter().collect();
    let rows = draft.treatments.iter().filter(|row| !row.what.trim().is_empty());
    rows.map(|row: &TreatmentDraft| {
        let same = known.iter().position(|tried| fold(&tried.what) == fold(&row.what));
        let id = same.map_or_else(|| env.ids.next(env.now.instant), |at| known.remove(at).id);
        TreatmentTried {
            id,
            what: row.what.trim().to_owned(),
            modality: row.modality,
            outcome: row.outcome,
            from: Since::read(&row.from, &reading).ok(),
            to: Since::read(&row.to, &reading).ok(),
            best_dose: row.best_dose.trim().to_owned(),
            effect_percent: row.effect_percent,
            why_stopped: row.why_stopped.trim().to_owned(),
        }
    })
    .collect()
}

/// The goals as they stand with what was changed here: a plan that was set meanwhile may have changed them too.
fn goals(draft: &A, model: &AssessmentModel, env: &mut Env<'_>) -> Vec<Goal> {
    let rows = draft.goals.iter().filter(|goal| goal.ended.is_none());
    let typed: Vec<&str> = rows.map(|goal| goal.text.trim()).filter(|text| !text.is_empty()).collect();
    let was = |text: &str| draft.began.goals.iter().any(|before| before.text == text);
    let known = &model.file.facts.goals;
    let kept = known.iter().filter(|goal| typed.contains(&goal.text.as_str()) || !was(&goal.text)).cloned();
    let mut goals: Vec<Goal> = kept.collect();
    for text in typed {
        if !was(text) && !goals.iter().any(|goal| goal.text == text) {
            goals.push(Goal { id: env.ids.next(env.now.instant), text: text.to_owned(), since: env.now.today() });
        }
    }
    goals
}
