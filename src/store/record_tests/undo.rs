//! Every act there and back: what undo leaves is what was before, and what redo leaves is what was after, to the byte.

use proptest::prelude::*;

use super::world::{World, day, mapped};
use crate::action::write::{ImportBatch, TaskChange, VisitChange, Write};
use crate::clinical::answer::Answer;
use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::check_in::CheckIn;
use crate::clinical::id::{PatientId, Seeded, VisitId};
use crate::clinical::patient::{Allergy, Facts, Known};
use crate::clinical::plan::Modality;
use crate::clinical::score::ScoreItem;
use crate::clinical::task::Task;
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState};
use crate::clinical::vocab::Vocab;
use crate::store::StoreError;

impl World {
    fn undo(&mut self) -> bool {
        let Some(step) = self.store.undo_step(None).unwrap() else { return false };
        self.store.take_back(&step, self.clock_says()).unwrap();
        true
    }

    fn redo(&mut self) -> bool {
        let Some(step) = self.store.redo_step(None).unwrap() else { return false };
        self.store.do_again(&step, self.clock_says()).unwrap();
        true
    }
}

/// A practice that grows by acts drawn from a seed.
struct Grown {
    world: World,
    chance: Seeded,
    patients: Vec<PatientId>,
    visits: Vec<Visit>,
    assessments: Vec<Assessment>,
    check_ins: Vec<CheckIn>,
    tasks: Vec<Task>,
}

impl Grown {
    fn new(seed: u64) -> Self {
        Self {
            world: World::new(),
            chance: Seeded(seed),
            patients: Vec::new(),
            visits: Vec::new(),
            assessments: Vec::new(),
            check_ins: Vec::new(),
            tasks: Vec::new(),
        }
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.chance.next_u64() % n as u64).unwrap()
    }

    fn one_of<T: Clone>(&mut self, of: impl Fn(&Self) -> &Vec<T>) -> Option<T> {
        let len = of(self).len();
        if len == 0 {
            return None;
        }
        let n = self.below(len);
        Some(of(self)[n].clone())
    }

    fn date(&mut self) -> chrono::NaiveDate {
        let n = self.below(5);
        day(22 + u32::try_from(n).unwrap())
    }

    fn answer(&mut self) -> Answer {
        match self.below(8) {
            0 => Answer::Declined,
            1 => Answer::CannotReport,
            n => Answer::Given(u8::try_from(n).unwrap()),
        }
    }

    /// One more act; those that need what is not there yet make a patient instead.
    fn grow(&mut self) {
        let done = match self.below(16) {
            0 | 1 => self.new_visit(),
            2 => self.change_visit(),
            3 => self.quick_score(),
            4 | 5 => self.assess(),
            6 => self.set_plan(),
            7 => self.operate(),
            8 => self.check_in(),
            9 => self.task(),
            10 => {
                self.close();
                Some(())
            }
            11 => self.reopen(),
            12 => {
                self.reflect();
                Some(())
            }
            13 => {
                self.import();
                Some(())
            }
            14 => self.facts(),
            _ => None,
        };
        if done.is_none() {
            let patient = self.world.known("Okafor");
            self.patients.push(patient);
        }
    }

    fn new_visit(&mut self) -> Option<()> {
        let (patient, date) = (self.one_of(|grown| &grown.patients)?, self.date());
        let n = self.below(3);
        let visit = self.world.booked(patient, date, "09:00:00", VisitKind::ALL[n]);
        self.visits.push(visit);
        Some(())
    }

    fn change_visit(&mut self) -> Option<()> {
        let visit = self.one_of(|grown| &grown.visits)?.id;
        let date = self.date();
        match self.below(4) {
            0 => self.world.state(visit, VisitState::NoShow),
            1 => self.world.state(visit, VisitState::Left),
            2 => self.world.change(visit, VisitChange::Followed, |visit| visit.aftermath = Aftermath::Letter),
            _ => self.world.change(visit, VisitChange::Moved, |visit| visit.date = date),
        }
        Some(())
    }

    fn seen(&self, visit: VisitId) -> Visit {
        self.world.seen(visit)
    }

    fn quick_score(&mut self) -> Option<()> {
        let visit = self.one_of(|grown| &grown.visits)?.id;
        let (item, answer) = (ScoreItem::ALL[self.below(ScoreItem::ALL.len())], self.answer());
        let visit = self.seen(visit);
        self.world.quick_score(&visit, item, answer);
        Some(())
    }

    fn assess(&mut self) -> Option<()> {
        let visit = self.one_of(|grown| &grown.visits)?.id;
        let visit = self.seen(visit);
        let mut assessment = self.world.assessment(&visit);
        assessment.history = format!("history {}", self.below(100));
        assessment.red_flags = (self.below(2) == 0).then_some(RedFlags::Present);
        if self.below(2) == 0 {
            assessment.body = mapped();
        }
        let count = self.below(4);
        let mut scores = Vec::new();
        for &item in &ScoreItem::ALL[..count] {
            let answer = self.answer();
            scores.push(self.world.score(item, answer));
        }
        self.world.commit(Write::CompleteAssessment {
            assessment,
            scores,
            lists: crate::clinical::asked::PatientLists::default(),
            again: false,
        });
        let kept = self.world.store.assessment_model(visit.id).unwrap().current.unwrap();
        if kept.answered_by.is_none() {
            self.assessments.push(kept);
        }
        Some(())
    }

    fn set_plan(&mut self) -> Option<()> {
        let assessment = self.one_of(|grown| &grown.assessments)?;
        let model = self.world.store.plan_model(assessment.patient, self.world.clock_says()).unwrap();
        let version = model.last.as_ref().map_or(1, |plan| plan.version + 1);
        let items = match (version, self.below(2)) {
            (2.., 0) => Vec::new(),
            _ => vec![self.world.item(Modality::Physical, "walk"), self.world.item(Modality::Medication, "naproxen")],
        };
        let plan = self.world.plan(assessment.patient, Some(assessment.visit), version, items);
        let date = self.date();
        let booked = vec![self.world.visit(assessment.patient, date, "13:00:00", VisitKind::Procedure)];
        self.visits.extend(booked.clone());
        self.world.commit(Write::SetPlan { plan, goals: Vec::new(), answers: model.unanswered, booked });
        Some(())
    }

    fn operate(&mut self) -> Option<()> {
        let (visit, due) = (self.one_of(|grown| &grown.visits)?.id, self.date());
        let visit = self.seen(visit);
        let has_one = self.world.store.session_model(visit.id).unwrap().check_in.is_some();
        let session = self.world.session(&visit);
        let check_in = (!has_one).then(|| self.world.due_check_in(&session, due));
        self.check_ins.extend(check_in.clone());
        self.world.commit(Write::CompleteSession { session, check_in, again: has_one });
        Some(())
    }

    fn check_in(&mut self) -> Option<()> {
        let id = self.one_of(|grown| &grown.check_ins)?.id;
        let check_in = self.world.store.check_in(id).unwrap().unwrap();
        self.world.checked_in(&check_in);
        Some(())
    }

    fn task(&mut self) -> Option<()> {
        if self.below(2) == 0 {
            let task = self.world.caught("call the pharmacy");
            self.tasks.push(task);
            return Some(());
        }
        let id = self.one_of(|grown| &grown.tasks)?.id;
        let mut task = self.world.store.task(id).unwrap().unwrap();
        task.done_at = Some(self.world.now);
        self.world.commit(Write::PutTask { task, change: TaskChange::Done });
        Some(())
    }

    fn close(&mut self) {
        let date = self.date();
        let to = (self.below(2) == 0).then_some(day(27));
        self.world.close(date, to);
    }

    fn reopen(&mut self) -> Option<()> {
        let date = self.date();
        let id = self.world.store.day(date).unwrap()?.id;
        self.world.commit(Write::ReopenDay(id));
        Some(())
    }

    fn reflect(&mut self) {
        let (date, n) = (self.date(), self.below(9));
        let reflection = self.world.reflection(date, &format!("evening {n}"));
        self.world.commit(Write::PutReflection(reflection));
    }

    fn import(&mut self) {
        let date = self.date();
        let patient = self.world.patient("Hale", "Ruth");
        let visit = self.world.visit(patient.id, date, "10:00:00", VisitKind::FollowUp);
        self.visits.push(visit.clone());
        let (patients, visits) = (vec![patient], vec![visit]);
        let batch = ImportBatch { from: "a file".to_owned(), patients, visits, ..ImportBatch::default() };
        self.world.commit(Write::Import(batch));
    }

    fn facts(&mut self) -> Option<()> {
        let patient = self.one_of(|grown| &grown.patients)?;
        let patient = self.world.store.patient_file(patient).unwrap().unwrap().patient;
        let id = self.world.ids.next(self.world.now);
        let allergies = match self.below(3) {
            0 => Known::Unknown,
            1 => Known::NoneOn(day(24)),
            _ => Known::Listed(vec![Allergy { id, substance: "latex".to_owned(), reaction: None }], Some(day(24))),
        };
        let facts = Some(Facts { allergies, ..Facts::default() });
        self.world.commit(Write::PutPatient { patient, facts, is_new: false });
        Some(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_leaves_the_start_and_redoing_all_the_end(seed in any::<u64>(), acts in 1_usize..40) {
        let mut grown = Grown::new(seed);
        let mut after = vec![grown.world.store.facts()];
        for _ in 0..acts {
            grown.grow();
            let facts = grown.world.store.facts();
            // An act that changed nothing is no act to undo.
            if after.last() != Some(&facts) {
                after.push(facts);
            }
        }
        let world = &mut grown.world;
        for expected in after.iter().rev().skip(1) {
            prop_assert!(world.undo());
            prop_assert_eq!(&world.store.facts(), expected);
        }
        prop_assert!(!world.undo());
        for expected in after.iter().skip(1) {
            prop_assert!(world.redo());
            prop_assert_eq!(&world.store.facts(), expected);
        }
        prop_assert!(!world.redo());
        let proof = world.store.verify(None, &mut crate::store::Watch::nobody()).unwrap();
        prop_assert!(proof.is_sound(), "{:?}", proof);
    }
}

#[test]
fn an_act_is_named_with_its_patient_and_undone_in_the_chart_or_on_the_board() {
    let mut world = World::new();
    let (first, second) = (world.known("Okafor"), world.known("Hale"));
    let visit = world.booked(first, day(24), "08:00:00", VisitKind::FollowUp);
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(7));
    let other = world.booked(second, day(24), "09:00:00", VisitKind::FollowUp);
    world.state(other.id, VisitState::Here);

    let on_board = world.store.undo_step(None).unwrap().unwrap();
    assert_eq!((on_board.act.as_str(), on_board.patient.unwrap().1.as_str()), ("here", "HALE Adaeze"));
    let in_chart = world.store.undo_step(Some(first)).unwrap().unwrap();
    assert_eq!(in_chart.act, "pain now 7");
    world.store.take_back(&in_chart, world.clock_says()).unwrap();
    assert_eq!(world.seen(other.id).state, VisitState::Here);
    assert_eq!(world.store.board_records(day(24), world.clock_says(), true).unwrap().visits[0].scores.now, None);
    let again = world.store.redo_step(Some(first)).unwrap().unwrap();
    assert_eq!(again.act, "pain now 7");
    world.store.do_again(&again, world.clock_says()).unwrap();
    assert_eq!(
        world.store.board_records(day(24), world.clock_says(), true).unwrap().visits[0].scores.now,
        Some(Answer::Given(7))
    );

    // Undoing the act that made the patient still says whose it was.
    for _ in 0..6 {
        assert!(world.undo());
    }
    assert_eq!(world.store.undo_step(None).unwrap(), None);
    assert_eq!(world.store.redo_step(None).unwrap().unwrap().act, "new patient");
}

#[test]
fn a_plan_that_was_copied_out_is_final_also_when_the_mark_of_the_copy_is_taken_back() {
    for copied in [false, true] {
        let mut world = World::new();
        let patient = world.known("Okafor");
        let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
        let assessment = world.assessed(&visit, 6);
        let copy = |world: &mut World| {
            world.change(visit.id, VisitChange::CopiedOut, |visit| visit.copied_at = visit.recorded_at);
        };
        // What was copied before it was set does not tell it.
        copy(&mut world);
        world.planned(&assessment, day(26));
        if copied {
            copy(&mut world);
            assert!(world.undo(), "the mark alone: it is to be copied again");
        }
        let step = world.store.undo_step(None).unwrap().unwrap();
        match world.store.take_back(&step, world.clock_says()) {
            Ok(()) => assert!(!copied, "{}", step.act),
            Err(StoreError::Refused(refusal)) => {
                assert!(copied, "{refusal}");
                assert!(refusal.to_string().contains("was copied out"), "{refusal}");
            }
            Err(other) => panic!("{other}"),
        }
        assert_eq!(world.store.plan_model(patient, world.clock_says()).unwrap().last.is_some(), copied);
    }
}

#[test]
fn setting_up_the_practice_is_final_and_changing_it_is_not() {
    let mut world = World::new();
    assert_eq!(world.store.undo_step(None).unwrap(), None);
    let mut practice = world.store.practice().unwrap().unwrap();
    practice.physician = "Dr. Reeve".to_owned();
    world.commit(Write::PutPractice(practice));
    assert!(world.undo());
    assert_eq!(world.store.practice().unwrap().unwrap().physician, "Dr. Ines Kaltenbrunn");
}

#[test]
fn an_act_that_another_built_on_is_not_taken_back_from_a_chart() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "08:00:00", VisitKind::FollowUp);
    world.assessed(&visit, 5);
    let other = world.known("Hale");
    let left = world.booked(other, day(24), "09:00:00", VisitKind::FollowUp);
    world.state(left.id, VisitState::Left);
    world.close(day(24), None);
    let step = world.store.undo_step(Some(patient)).unwrap().unwrap();
    assert_eq!(step.act, "completed assessment");
    let before = world.store.facts();
    let refused = world.store.take_back(&step, world.clock_says()).unwrap_err();
    assert!(matches!(refused, StoreError::Refused(_)), "{refused}");
    assert!(refused.to_string().contains("closed 24 Nov 2026"), "{refused}");
    assert_eq!(world.store.facts(), before);

    // The close changed nothing in this visit, and yet was built on it: the day is opened first.
    let step = world.store.undo_step(Some(other)).unwrap().unwrap();
    assert_eq!(step.act, "left");
    let refused = world.store.take_back(&step, world.clock_says()).unwrap_err();
    assert!(refused.to_string().contains("“closed 24 Nov 2026” builds on it"), "{refused}");
    let day_row = world.store.day(day(24)).unwrap().unwrap();
    world.commit(Write::ReopenDay(day_row.id));
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert_eq!(world.seen(left.id).state, VisitState::Booked);
}

#[test]
fn what_fails_in_the_middle_leaves_nothing_behind() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let before = world.store.facts();
    let visit = world.visit(patient, day(24), "08:00:00", VisitKind::FollowUp);
    let mut wrong = visit.clone();
    wrong.id = world.ids.next(world.now);
    wrong.patient = Some(world.ids.next(world.now));
    let writes = [visit, wrong].map(|visit| Write::BookVisit { visit, new_patient: None });
    let refused = world.store.commit(Write::Many("two".to_owned(), writes.to_vec()), world.clock_says());
    assert!(matches!(refused, Err(StoreError::Constraint { .. })), "{refused:?}");
    assert_eq!(world.store.facts(), before);
}
