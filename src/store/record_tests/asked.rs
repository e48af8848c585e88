//! Everything that is asked beyond scores and texts comes back as it was written, and goes and comes again as one act.

use std::collections::BTreeSet;

use super::world::{World, day, given};
use crate::action::write::Write;
use crate::clinical::answer::Answer;
use crate::clinical::asked::{Asked, PatientLists};
use crate::clinical::assessment::Assessment;
use crate::clinical::history::{
    Better, HistoryLetters, Mood, Onset, PainCourse, Quality, Sleep, Timing, TreatmentTried, Work, Worse,
};
use crate::clinical::id::PatientId;
use crate::clinical::opioid_review::{Adverse, Analgesia, OpioidReview, Severity, SideEffect, Trend, Use};
use crate::clinical::patient::Goal;
use crate::clinical::plan::goal::GoalScore;
use crate::clinical::problem::{Certainty, CertaintyOn, Mechanism, Problem, ProblemScore};
use crate::clinical::procedure::Side;
use crate::clinical::red_flag::FlagAnswer;
use crate::clinical::response::{FunctionGain, MedicineSaved, ProcedureResponse};
use crate::clinical::since::{Lasted, Since};
use crate::clinical::visit::{Visit, VisitKind};
use crate::clinical::vocab::Vocab;

fn all<T: Vocab + Ord>() -> BTreeSet<T> {
    T::ALL.iter().copied().collect()
}

/// Every letter there is.
fn letters() -> HistoryLetters {
    HistoryLetters {
        onset: Onset::ALL.last().copied(),
        course: PainCourse::ALL.last().copied(),
        quality: all::<Quality>(),
        timing: all::<Timing>(),
        worse: all::<Worse>(),
        better: all::<Better>(),
        sleep: all::<Sleep>(),
        mood: all::<Mood>(),
        work: Work::ALL.last().copied(),
    }
}

fn problem(world: &mut World, condition: &str, side: Option<Side>, mechanism: Option<Mechanism>) -> Problem {
    Problem {
        place: "leg, outer side".to_owned(),
        side,
        mechanism,
        since: Some(Since::Month(2024, 3)),
        ..Problem::new(world.ids.next(world.now), condition)
    }
}

/// Lists in which every column is filled.
fn lists(world: &mut World) -> PatientLists {
    let mut first = problem(world, "Radikulopathie L5 👩‍⚕️", Some(Side::Left), Some(Mechanism::Neuropathic));
    let certain =
        |world: &mut World, n, certainty| CertaintyOn { id: world.ids.next(world.now), on: day(n), certainty };
    first.certainty = vec![certain(world, 3, Certainty::Suspected), certain(world, 24, Certainty::Certain)];
    let second = problem(world, "ألم منتشر", None, Some(Mechanism::Nociplastic));
    let treatment = TreatmentTried {
        id: world.ids.next(world.now),
        what: "pregabalin".to_owned(),
        modality: None,
        from: Some(Since::Year(2021)),
        to: Some(Since::Day(day(2))),
        best_dose: "300 mg".to_owned(),
        effect_percent: Some(20),
        outcome: None,
        why_stopped: "dizzy".to_owned(),
    };
    PatientLists { problems: Some(vec![first, second]), treatments: Some(vec![treatment]), ..PatientLists::default() }
}

fn side_effect(world: &mut World) -> SideEffect {
    SideEffect {
        id: world.ids.next(world.now),
        drug: "oxycodone".to_owned(),
        effect: "constipation".to_owned(),
        severity: Severity::ALL.last().copied(),
    }
}

fn asked(world: &mut World, problems: &[Problem], operated: &Visit) -> Asked {
    let session = world.operated(operated, day(20)).0.id;
    let score = |world: &mut World, n: usize, answer| ProblemScore {
        id: world.ids.next(world.now),
        problem: problems[n].id,
        answer,
        given: given(world.now),
    };
    Asked {
        problem_scores: vec![score(world, 0, Answer::Given(10)), score(world, 1, Answer::CannotReport)],
        letters: letters(),
        red_flags: Vec::new(),
        response: Some(ProcedureResponse {
            session,
            best_relief: Some(80),
            lasted: Some(Lasted(14 * 24)),
            holding: Some(false),
            function: FunctionGain::ALL.last().copied(),
            medicine: MedicineSaved::ALL.last().copied(),
            words: "walks to the lake".to_owned(),
        }),
        opioid: OpioidReview {
            analgesia: Analgesia::ALL.last().copied(),
            activity: Trend::ALL.last().copied(),
            adverse: Adverse::ALL.last().copied(),
            used: Use::ALL.last().copied(),
            affect: Trend::ALL.first().copied(),
            note: "one dose more at night".to_owned(),
        },
        carried: vec!["average".to_owned(), "problem_now/1".to_owned()],
        side_effects: vec![side_effect(world)],
        goal_scores: Vec::new(),
    }
}

/// What the record holds of it: the asked of the visit, the problems, the treatments.
fn held(world: &World, patient: PatientId, visit: &Visit) -> (Option<Asked>, Vec<Problem>, Vec<TreatmentTried>) {
    let model = world.store.assessment_model(visit.id).unwrap();
    let file = world.store.patient_file(patient).unwrap().unwrap();
    (model.current.map(|current| *current.asked), file.problems, world.store.chart(patient).unwrap().tried)
}

#[test]
fn what_is_asked_comes_back_as_written_and_is_one_step_of_undo_and_redo() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let operated = world.booked(patient, day(10), "08:00:00", VisitKind::Procedure);
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let lists = lists(&mut world);
    let problems = lists.problems.clone().unwrap();
    let mut assessment = world.assessment(&visit);
    let mut all = asked(&mut world, &problems, &operated);
    all.red_flags = vec![
        ("cauda_equina".to_owned(), FlagAnswer::No),
        ("fever".to_owned(), FlagAnswer::NotAsked),
        ("trauma".to_owned(), FlagAnswer::Yes),
    ];
    *assessment.asked = all.clone();
    let before = held(&world, patient, &visit);
    let write = Write::CompleteAssessment { assessment, scores: Vec::new(), lists: lists.clone(), again: false };
    world.commit(&write);

    let after = held(&world, patient, &visit);
    let (mut found, problems_found, tried) = after.clone();
    if let Some(found) = &mut found {
        found.red_flags.sort();
        all.red_flags.sort();
    }
    assert_eq!(found, Some(all));
    assert_eq!(Some(problems_found), lists.problems);
    assert_eq!(Some(tried), lists.treatments);

    let step = world.store.undo_step(Some(patient)).unwrap().unwrap();
    assert_eq!(step.act, "completed assessment");
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert_eq!(held(&world, patient, &visit), before);
    let step = world.store.redo_step(Some(patient)).unwrap().unwrap();
    world.store.do_again(&step, world.clock_says()).unwrap();
    assert_eq!(held(&world, patient, &visit), after);
}

#[test]
fn how_far_a_goal_is_reached_is_kept_whatever_else_was_asked() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let goal = Goal { id: world.ids.next(world.now), text: "walk to the lake".to_owned(), since: day(4) };
    let lists = PatientLists { goals: Some(vec![goal.clone()]), ..PatientLists::default() };
    let assessment = world.assessment(&visit);
    let (id, date) = (world.ids.next(world.now), visit.date);
    let effect = side_effect(&mut world);
    for (answer, effects) in [(4, vec![]), (4, vec![effect.clone()]), (7, vec![effect]), (7, vec![])] {
        let scored = GoalScore { id, goal: goal.id, date, answer: Answer::Given(answer) };
        let asked = Asked { goal_scores: vec![scored], side_effects: effects, ..Asked::default() };
        let assessment = Assessment { asked: Box::new(asked.clone()), ..assessment.clone() };
        let write = Write::CompleteAssessment { assessment, scores: Vec::new(), lists: lists.clone(), again: true };
        world.commit(&write);
        assert_eq!(held(&world, patient, &visit).0, Some(asked));
    }
}

#[test]
fn a_goal_that_ended_while_it_was_scored_keeps_its_score_and_stays_ended() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let goal = Goal { id: world.ids.next(world.now), text: "walk to the lake".to_owned(), since: day(4) };
    let (id, date) = (world.ids.next(world.now), visit.date);
    // It was never scored before it ended elsewhere, so the record does not know it any more.
    let lists = PatientLists { goals: Some(Vec::new()), ended_goals: vec![goal.clone()], ..PatientLists::default() };
    let scored = GoalScore { id, goal: goal.id, date, answer: Answer::Given(10) };
    let asked = Asked { goal_scores: vec![scored], ..Asked::default() };
    let assessment = Assessment { asked: Box::new(asked.clone()), ..world.assessment(&visit) };
    for again in [false, true] {
        let (assessment, lists) = (assessment.clone(), lists.clone());
        world.commit(Write::CompleteAssessment { assessment, scores: Vec::new(), lists, again });
        assert_eq!(held(&world, patient, &visit).0.as_ref(), Some(&asked));
        assert_eq!(world.store.patient_file(patient).unwrap().unwrap().facts.goals, [], "it does not come back");
    }
}

#[test]
fn lists_outside_an_assessment_are_one_act_of_their_own() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let lists = lists(&mut world);
    world.commit(Write::PutLists { patient, lists: lists.clone() });
    let held = |world: &World| world.store.patient_file(patient).unwrap().unwrap().problems;
    assert_eq!(Some(held(&world)), lists.problems);
    // One that is left out is left as it is.
    world.commit(Write::PutLists { patient, lists: PatientLists { problems: None, ..lists.clone() } });
    assert_eq!(Some(held(&world)), lists.problems);
    let step = world.store.undo_step(Some(patient)).unwrap().unwrap();
    assert_eq!(step.act, "changed problems or treatments");
}

#[test]
fn red_flags_left_out_stand_among_the_paperwork_of_the_day_where_others_were_asked() {
    use crate::clinical::board::ItemKey;
    let mut world = World::new();
    let patient = world.known("Okafor");
    let flag = |id: &str, answer| (id.to_owned(), answer);
    for (kind, flags, told) in [
        (VisitKind::New, vec![flag("fever", FlagAnswer::NotAsked)], true),
        (VisitKind::FollowUp, vec![flag("fever", FlagAnswer::NotAsked)], false),
        (VisitKind::FollowUp, vec![flag("fever", FlagAnswer::NotAsked), flag("trauma", FlagAnswer::No)], true),
        (VisitKind::FollowUp, vec![flag("fever", FlagAnswer::Yes), flag("trauma", FlagAnswer::NotAsked)], true),
        (VisitKind::New, vec![flag("fever", FlagAnswer::No)], false),
    ] {
        let visit = world.booked(patient, day(24), "08:00:00", kind);
        let mut assessment = world.assessment(&visit);
        assessment.asked.red_flags = flags.clone();
        let lists = crate::clinical::asked::PatientLists::default();
        world.commit(&Write::CompleteAssessment { assessment, scores: Vec::new(), lists, again: false });
        let board = world.board(day(24));
        let item = board.late.iter().find(|item| item.key == ItemKey::NotAsked(visit.id));
        assert_eq!(item.map(|item| item.text.as_str()), told.then_some("1 not asked"), "{kind:?} {flags:?}");
        assert!(board.open().all(|item| item.key != ItemKey::NotAsked(visit.id)));
    }
}
