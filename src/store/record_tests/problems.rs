//! What the scores of problems are compared with: the first and the last before a visit.

use super::world::{World, day, given};
use crate::action::write::{VisitChange, Write};
use crate::clinical::answer::Answer;
use crate::clinical::asked::PatientLists;
use crate::clinical::exact::Exact;
use crate::clinical::id::ProblemId;
use crate::clinical::problem::{Problem, ProblemScore};
use crate::clinical::response::{Earlier, Measure};
use crate::clinical::visit::{Visit, VisitKind};

impl World {
    fn problem(&mut self, condition: &str) -> Problem {
        Problem::new(self.ids.next(self.now), condition)
    }

    /// A completed assessment with these answers for these problems.
    fn scored(&mut self, visit: &Visit, problems: &[Problem], answers: &[(usize, Answer)]) {
        let mut assessment = self.assessment(visit);
        let scores = answers.iter().map(|&(n, answer)| ProblemScore {
            id: self.ids.next(self.now),
            problem: problems[n].id,
            answer,
            given: given(self.now),
        });
        assessment.asked.problem_scores = scores.collect();
        let lists = PatientLists { problems: Some(problems.to_vec()), ..PatientLists::default() };
        self.commit(Write::CompleteAssessment { assessment, scores: Vec::new(), lists, again: false });
    }

    fn compared(&self, visit: &Visit, problem: ProblemId) -> Option<(Earlier, Earlier)> {
        let earlier = self.store.assessment_model(visit.id).unwrap().response.earlier;
        let of = earlier.into_iter().find(|(measure, ..)| *measure == Measure::Problem(problem));
        of.map(|(_, first, last)| (first, last))
    }
}

#[test]
fn a_problem_is_compared_with_its_first_and_its_last_score_before_the_visit() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let problems = [world.problem("back pain"), world.problem("headache")];
    let mut visits = Vec::new();
    for (date, answers) in [
        (3, vec![(0, Answer::Declined), (1, Answer::Given(2))]),
        (5, vec![(0, Answer::Given(8))]),
        (9, vec![(0, Answer::Given(6))]),
        (12, vec![(0, Answer::Given(4))]),
        (15, vec![(0, Answer::NotAsked)]),
        (24, vec![(0, Answer::Given(1))]),
    ] {
        let visit = world.booked(patient, day(date), "08:00:00", VisitKind::FollowUp);
        world.scored(&visit, &problems, &answers);
        visits.push(visit);
    }
    let score = |date, value| Earlier { date: day(date), value: Exact::whole(value) };
    let today = &visits[5];
    assert_eq!(world.compared(today, problems[0].id), Some((score(5, 8), score(12, 4))));
    assert_eq!(world.compared(today, problems[1].id), Some((score(3, 2), score(3, 2))));
    assert_eq!(world.compared(&visits[1], problems[0].id), None, "only declined before");
    // The scores of a visit that was on another day are of that day.
    world.change(visits[1].id, VisitChange::Moved, |visit| visit.date = day(20));
    assert_eq!(world.compared(today, problems[0].id), Some((score(9, 6), score(20, 8))));
}
