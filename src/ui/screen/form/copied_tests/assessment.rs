//! The assessment, the follow-up of an opioid with it.

use super::{fields, taken_over, written};
use crate::action::Write;
use crate::clinical::answer::Answer;
use crate::clinical::asked::Asked;
use crate::clinical::assessment::Assessment;
use crate::clinical::body::{Body, BodyRegion, Intensity, MapOn};
use crate::clinical::history::{HistoryLetters, Onset, PainCourse, Work};
use crate::clinical::models::AssessmentModel;
use crate::clinical::opioid_review::{Adverse, Analgesia, OpioidReview, Severity, SideEffect, Trend, Use};
use crate::clinical::patient::Goal;
use crate::clinical::plan::goal::GoalScore;
use crate::clinical::problem::{Problem, ProblemScore};
use crate::clinical::provenance::{Given, Provenance};
use crate::clinical::score::Scores;
use crate::clinical::told::carried::is_named;
use crate::clinical::typed::Reading;
use crate::clinical::visit::{VisitKind, VisitState, Way};
use crate::clinical::vocab::Vocab;
use crate::ui::screen::form::Subject;
use crate::ui::screen::form::assessment::AssessmentSubject;
use crate::ui::screen::testing::World;

fn buttock() -> BodyRegion {
    BodyRegion::of_code("bul").unwrap()
}

fn every<V: Vocab>() -> std::collections::BTreeSet<V> {
    V::ALL.iter().copied().take(2).collect()
}

fn letters() -> HistoryLetters {
    HistoryLetters {
        onset: Onset::ALL.first().copied(),
        course: PainCourse::ALL.first().copied(),
        quality: every(),
        timing: every(),
        worse: every(),
        better: every(),
        sleep: every(),
        mood: every(),
        work: Work::ALL.first().copied(),
    }
}

/// What the last visit asked of this problem and this goal.
fn asked(world: &mut World, given: &Provenance, problem: &Problem, goal: &Goal) -> Asked {
    let answer = Answer::Given(6);
    Asked {
        problem_scores: vec![ProblemScore { id: world.id(), problem: problem.id, answer, given: given.clone() }],
        letters: letters(),
        opioid: OpioidReview {
            analgesia: Some(Analgesia::Part),
            activity: Some(Trend::Better),
            adverse: Some(Adverse::Tolerable),
            used: Some(Use::Agreed),
            affect: Some(Trend::Same),
            note: "counts them".to_owned(),
        },
        side_effects: vec![SideEffect {
            id: world.id(),
            drug: "tapentadol".to_owned(),
            effect: "constipation".to_owned(),
            severity: Some(Severity::Mild),
        }],
        goal_scores: vec![GoalScore { id: world.id(), goal: goal.id, date: goal.since, answer: Answer::Given(4) }],
        ..Asked::default()
    }
}

fn model(world: &mut World) -> AssessmentModel {
    let mut file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
    let id = world.visit("10:00", VisitKind::FollowUp, VisitState::InRoom, &file, "back and leg", &[6, 5]);
    world.load();
    let visit = world.record(id).visit.clone();
    let given = Given::usual(Way::InPerson, &file.patient, world.now.today()).at(world.now.instant, "IV".to_owned());
    let date = "2026-10-27".parse().unwrap();
    let problem = Problem { place: "left leg".to_owned(), ..Problem::new(world.id(), "sciatica") };
    let goal = Goal { id: world.id(), text: "walk to the lake".to_owned(), since: date };
    file.problems = vec![problem.clone()];
    file.facts.goals = vec![goal.clone()];
    let mut body = Body::default();
    body.map.set(buttock(), Intensity::new(5).unwrap());
    let all = |value| Some(Answer::Given(value));
    let last = Assessment {
        scores: Scores {
            now: all(5),
            average: all(6),
            worst: all(8),
            least: all(3),
            peg_pain: all(6),
            peg_enjoyment: all(7),
            peg_activity: Some(Answer::Declined),
        },
        place: "low back".to_owned(),
        body: body.clone(),
        history: "Worse on stairs.".to_owned(),
        examination: "slr l45+".to_owned(),
        impression: "As before.".to_owned(),
        asked: Box::new(asked(world, &given, &problem, &goal)),
        ..Assessment::new(world.id(), world.id(), file.patient.id, date, world.now.instant)
    };
    AssessmentModel {
        visit,
        file,
        current: None,
        scores: Vec::new(),
        page: None,
        results: Vec::new(),
        last_map: Some(MapOn { date, map: body.map }),
        last: Some(last),
        trend: Vec::new(),
        plan: None,
        session: None,
        tried: Vec::new(),
        response: crate::clinical::response::ResponseFacts::default(),
        monitoring: crate::clinical::monitoring::Monitoring::default(),
    }
}

#[test]
fn an_assessment_takes_over_everything_but_what_is_asked_anew() {
    let mut world = World::at("2026-11-24T10:14");
    let model = model(&mut world);
    let reading = Reading::of(world.practice.region, world.now.wall());
    let subject = AssessmentSubject::new(model.clone(), reading, Vec::new());
    let expected = subject.previous().unwrap().value;
    let mut screen = taken_over(&mut world, subject);
    // The map is no stop of its own: its section takes it over.
    world.press(&mut screen, &format!("{}PgDn Ctrl-E", "PgUp ".repeat(12)));
    let draft = screen.form.value();
    let lists = ["given", "problems", "goals", "began", "treatments", "body", "side_effects"];
    assert_eq!(fields(draft, &lists), fields(&expected, &lists));
    // The name of a medicine is found in the table again.
    let effect = &draft.side_effects[0];
    assert_eq!((effect.drug.text.as_str(), effect.effect.as_str()), ("tapentadol", "constipation"));
    assert_eq!(draft.problems[0].now, Some(Answer::Given(6)));
    assert_eq!(draft.goals[0].reached, Some(Answer::Given(4)));
    assert_eq!(draft.body.map.get(buttock()).and_then(|mark| mark.intensity), Intensity::new(5));

    let Write::CompleteAssessment { assessment, .. } = written(&mut world, &mut screen) else { panic!() };
    let carried = &assessment.asked.carried;
    // Each is marked in the record, and the summary has a name for it.
    for field in ["now", "peg_activity", "problem_now", "goal_reached", "map", "onset", "work", "examination"] {
        assert!(carried.iter().any(|carried| carried == field), "{field}: {carried:?}");
    }
    for field in ["analgesia", "activity", "adverse", "used", "affect", "opioid_note", "side_effects"] {
        assert!(carried.iter().any(|carried| carried == field), "{field}: {carried:?}");
    }
    let unnamed: Vec<&String> = carried.iter().filter(|field| !is_named(field) && *field != "asks_opioid").collect();
    assert_eq!(unnamed, Vec::<&String>::new());
    let again = AssessmentSubject::new(AssessmentModel { current: Some(assessment), ..model }, reading, Vec::new());
    assert!(again.carried().contains(&"goal_reached".to_owned()));
}
