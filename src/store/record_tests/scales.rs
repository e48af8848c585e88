//! Instruments: what is kept comes back whole; what must not wait stands first until an action is written; what was typed in
//! ahead waits until it is confirmed; every act is one step of undo.

use super::world::{World, day, given};
use crate::action::scale::Page;
use crate::action::write::VisitChange;
use crate::action::{ScaleWrite, Write};
use crate::clinical::answer::Answer;
use crate::clinical::board::{Flag, ItemKey};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::instrument::{Catalogue, InstrumentResult, Raises, Replies, Reply, Setting, Without};
use crate::clinical::page::PageNote;
use crate::clinical::provenance::{Given, How, ReportedBy};
use crate::clinical::score::{Score, ScoreItem, Scores};
use crate::clinical::summary::summary;
use crate::clinical::visit::{Visit, VisitKind, VisitState};
use crate::clinical::vital::{Vital, VitalKind};

/// The day of every visit here.
const TODAY: u32 = 24;

impl World {
    /// An instrument filled in: every question with the lowest answer, but for these.
    fn filled(&mut self, id: &str, visit: &Visit, answers: &[(&str, i64)]) -> InstrumentResult {
        let catalogue = Catalogue::default();
        let entry = catalogue.get(id).unwrap();
        let mut replies: Replies =
            entry.questions().into_iter().map(|question| (question.id, Reply::Number(0))).collect();
        replies.extend(answers.iter().map(|(id, value)| ((*id).to_owned(), Reply::Number(*value))));
        let outcome = entry.outcome(&replies, None).unwrap();
        let setting = Setting { patient: visit.patient.unwrap(), visit: Some(visit.id), date: visit.date };
        InstrumentResult::of(self.ids.next(self.now), setting, &entry, replies, &outcome, given(self.now))
    }

    fn keep(&mut self, result: &InstrumentResult, again: bool) {
        self.commit(Write::Scale(ScaleWrite::Result { result: Box::new(result.clone()), again }));
    }

    fn late(&self) -> Vec<ItemKey> {
        self.board(day(TODAY)).late.iter().filter(|item| !item.done).map(|item| item.key).collect()
    }

    fn morning_flags(&self) -> Vec<Flag> {
        self.board(day(TODAY)).morning[0].flags.clone()
    }
}

fn seen(world: &mut World) -> (PatientId, Visit) {
    let patient = world.known("Okafor");
    (patient, world.booked(patient, day(TODAY), "08:00:00", VisitKind::FollowUp))
}

#[test]
fn a_result_comes_back_as_it_was_kept() {
    let mut world = World::new();
    let (patient, visit) = seen(&mut world);
    let mut result = world.filled("phq9", &visit, &[("q1", 2), ("q3", 1)]);
    result.replies.insert("q5".to_owned(), Reply::Without(Without::Declined));
    let paper = Given { how: How::Paper, by: ReportedBy::Interpreter };
    result.given = paper.at(world.now, "NN");
    result.waiting = true;
    world.keep(&result, false);
    assert_eq!(world.store.results_of_visit(visit.id).unwrap(), [result.clone()]);
    assert_eq!(world.store.newest_results(patient).unwrap(), [result.clone()]);
    assert_eq!(world.store.instrument_result(result.id).unwrap(), Some(result.clone()));
    assert_eq!(world.store.waiting(patient).unwrap().results, [result]);
}

#[test]
fn the_newest_result_stands_beside_the_one_before_it_on_the_cover_and_in_the_summary() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visits: Vec<Visit> =
        [3, 10, TODAY].map(|n| world.booked(patient, day(n), "08:00:00", VisitKind::FollowUp)).into();
    for (visit, points) in visits.iter().zip([2, 1, 3]) {
        let result = world.filled("phq9", visit, &[("q1", points)]);
        world.keep(&result, false);
    }
    let gad = world.filled("gad7", &visits[1], &[]);
    world.keep(&gad, false);
    let results = world.store.chart(patient).unwrap().cover.results;
    let shown: Vec<_> = results
        .iter()
        .map(|(now, before)| {
            (now.name.as_str(), now.shown.as_str(), before.as_ref().map(|before| before.shown.as_str()))
        })
        .collect();
    assert_eq!(shown, [("GAD-7", "0", None), ("PHQ-9", "3", Some("1"))]);
    let text = summary(&world.store.visit_summary(visits[2].id).unwrap(), None);
    let (changed, whole) = (text.find("PHQ-9 1 -> 3 since 10 Nov 2026.").unwrap(), text.find("PHQ-9 3 of 27").unwrap());
    assert!(changed < whole, "{text}");
    assert!(!text.contains("GAD-7"), "{text}");
}

#[test]
fn a_result_follows_its_visit_to_another_day_and_patient() {
    let mut world = World::new();
    let (patient, visit) = seen(&mut world);
    let other = world.known("Hale");
    let result = world.filled("phq2", &visit, &[("q1", 1)]);
    world.keep(&result, false);
    world.change(visit.id, VisitChange::Moved, |visit| visit.date = day(TODAY + 1));
    assert_eq!(world.store.newest_results(patient).unwrap()[0].date, day(TODAY + 1));
    world.change(visit.id, VisitChange::PatientConfirmed, |visit| visit.patient = Some(other));
    assert!(world.store.newest_results(patient).unwrap().is_empty());
    assert_eq!(world.store.newest_results(other).unwrap()[0].patient, other);
}

#[test]
fn a_suicidal_answer_stands_first_until_an_action_is_written() {
    let mut world = World::new();
    let (_, visit) = seen(&mut world);
    let mut assessment = world.assessment(&visit);
    assessment.red_flags = Some(crate::clinical::assessment::RedFlags::Present);
    assessment.red_flag_note = "saddle numbness".to_owned();
    world.commit(Write::CompleteAssessment {
        assessment: assessment.clone(),
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    // The patient has left when the sheet is typed in.
    world.state(visit.id, VisitState::Here);
    world.state(visit.id, VisitState::InRoom);
    world.state(visit.id, VisitState::Left);
    let result = world.filled("phq9", &visit, &[("q9", 1)]);
    world.keep(&result, false);

    assert_eq!(world.late()[..2], [ItemKey::Screen(result.id), ItemKey::RedFlag(assessment.id)]);
    assert!(world.morning_flags().contains(&Flag::Alarm("self-harm".to_owned())));
    // The next day too, and when a later form is answered otherwise.
    assert!(world.board(day(TODAY + 1)).late.iter().any(|item| item.key == ItemKey::Screen(result.id)));
    let later = world.filled("phq9", &visit, &[]);
    world.keep(&later, false);
    assert!(world.late().contains(&ItemKey::Screen(result.id)));

    let act = ScaleWrite::Action {
        result: result.id,
        patient: visit.patient.unwrap(),
        action: "talked it over, safety plan, crisis line".to_owned(),
    };
    world.commit(Write::Scale(act));
    assert!(!world.late().contains(&ItemKey::Screen(result.id)));
    assert!(!world.morning_flags().iter().any(|flag| matches!(flag, Flag::Alarm(_))));
    let step = world.store.undo_step(None).unwrap().unwrap();
    assert_eq!(step.act, "acted on a positive screen");
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert!(world.late().contains(&ItemKey::Screen(result.id)));
}

#[test]
fn a_positive_screen_flags_the_row_until_a_later_one_is_negative_or_an_action_is_written() {
    let mut world = World::new();
    let (patient, visit) = seen(&mut world);
    let positive = world.filled("phq2", &visit, &[("q1", 3)]);
    world.keep(&positive, false);
    assert!(world.morning_flags().contains(&Flag::Screen("PHQ-2 3".to_owned())));
    assert!(world.late().is_empty(), "only what must not wait is paperwork");
    let screens = world.store.patient_file(patient).unwrap().unwrap().facts.screens;
    assert_eq!(screens[0].raised, "Positive screen: give PHQ-9");

    world.now = world.now.plus_millis(60_000);
    let negative = world.filled("phq2", &visit, &[]);
    world.keep(&negative, false);
    assert!(world.morning_flags().is_empty());

    world.now = world.now.plus_millis(60_000);
    let mut again = world.filled("ort_oud", &visit, &[("own_rx", 1), ("fam_rx", 1), ("psych_depression", 1)]);
    world.keep(&again, false);
    assert!(world.morning_flags().contains(&Flag::Screen("ORT-OUD 3".to_owned())));
    again.action = "agreement, monthly scripts".to_owned();
    world.keep(&again, true);
    assert!(world.morning_flags().is_empty());
}

fn page(world: &mut World, visit: &Visit, pain: u8) -> Page {
    let paper = Given { how: How::Paper, by: ReportedBy::Patient }.at(world.now, "IK");
    let mut result = world.filled("phq2", visit, &[("q1", 1)]);
    result.waiting = true;
    let score = |world: &mut World, item, value| Score {
        waiting: true,
        ..Score::new(world.ids.next(world.now), item, Answer::Given(value), paper.clone())
    };
    Page {
        visit: visit.id,
        patient: visit.patient.unwrap(),
        date: visit.date,
        scores: vec![score(world, ScoreItem::Now, pain), score(world, ScoreItem::Average, 4)],
        results: vec![result],
        note: PageNote {
            id: world.ids.next(world.now),
            place: "low back".to_owned(),
            medicines: "stopped ibuprofen".to_owned(),
            given: paper.clone(),
        },
    }
}

fn scores_on_board(world: &World, visit: VisitId) -> Scores {
    let records = world.store.board_records(day(TODAY), world.clock_says(), true).unwrap();
    records.visit(visit).unwrap().scores
}

#[test]
fn what_is_typed_in_ahead_waits_until_one_act_confirms_all_of_it() {
    let mut world = World::new();
    let (patient, visit) = seen(&mut world);
    let page = page(&mut world, &visit, 7);
    world.commit(Write::Scale(ScaleWrite::Page(page)));
    assert_eq!(scores_on_board(&world, visit.id), Scores::default(), "what waits is no score yet");
    assert_eq!(world.morning_flags(), [Flag::ToConfirm(3)]);
    let model = world.store.assessment_model(visit.id).unwrap();
    assert!(model.scores.len() == 2 && model.scores.iter().all(|score| score.waiting));
    assert_eq!(model.page.as_ref().map(|page| page.medicines.as_str()), Some("stopped ibuprofen"));

    let waiting = world.store.waiting(patient).unwrap();
    assert_eq!((waiting.count(), waiting.visits()), (3, vec![visit.id]));
    world.commit(Write::Scale(ScaleWrite::Confirm {
        patient,
        scores: waiting.scores.iter().map(|(_, score)| score.id).collect(),
        results: waiting.results.iter().map(|result| result.id).collect(),
        visits: waiting.visits(),
    }));
    assert_eq!(scores_on_board(&world, visit.id).now, Some(Answer::Given(7)));
    assert!(world.morning_flags().is_empty());
    let kept = &world.store.assessment_model(visit.id).unwrap().scores[0];
    assert_eq!((kept.given.how, kept.waiting), (How::Paper, false));
    let step = world.store.undo_step(None).unwrap().unwrap();
    assert_eq!(step.act, "confirmed 3 typed-in values");
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert_eq!(world.morning_flags(), [Flag::ToConfirm(3)]);
}

#[test]
fn a_page_never_replaces_what_was_said_in_the_room() {
    let mut world = World::new();
    let (_, visit) = seen(&mut world);
    world.quick_score(&visit, ScoreItem::Now, Answer::Given(3));
    let typed = page(&mut world, &visit, 9);
    world.commit(Write::Scale(ScaleWrite::Page(typed)));
    assert_eq!(scores_on_board(&world, visit.id).now, Some(Answer::Given(3)));
    assert_eq!(world.morning_flags(), [Flag::ToConfirm(2)]);
    // Typed in a second time, it is the same page with other values.
    let typed = page(&mut world, &visit, 9);
    world.commit(Write::Scale(ScaleWrite::Page(Page { results: Vec::new(), ..typed })));
    assert_eq!(world.morning_flags(), [Flag::ToConfirm(2)]);
}

#[test]
fn what_is_seen_is_kept_apart_from_what_is_reported() {
    let mut world = World::new();
    let (_, visit) = seen(&mut world);
    let mut result = world.filled("painad", &visit, &[("face", 2), ("vocal", 1)]);
    result.given.how = How::Observed;
    world.keep(&result, false);
    assert_eq!(scores_on_board(&world, visit.id), Scores::default());
    let board = world.board(day(TODAY));
    assert_eq!((board.morning[0].score, board.morning[0].scores.len()), (None, 0));
    assert!(board.morning[0].flags.contains(&Flag::Observed("PAINAD 3".to_owned())));
    assert_eq!(result.raises, Raises::Flag);
}

#[test]
fn the_newest_weight_stands_with_its_date() {
    let mut world = World::new();
    let (patient, visit) = seen(&mut world);
    // The last was copied forward from the 3rd: it is no newer for that.
    for (date, value, copied_from) in
        [(day(3), 14_200, None), (day(20), 14_900, None), (day(10), 14_500, None), (day(22), 14_200, Some(day(3)))]
    {
        let vital = Vital {
            id: world.ids.next(world.now),
            patient,
            visit: Some(visit.id),
            date,
            kind: VitalKind::Weight,
            value,
            copied_from,
            given: given(world.now),
        };
        world.commit(Write::Scale(ScaleWrite::Vitals { patient, vitals: vec![vital] }));
    }
    let weight = world.store.patient_file(patient).unwrap().unwrap().facts.weight.unwrap();
    assert_eq!((weight.show(), weight.on), ("14.9 kg".to_owned(), day(20)));
    assert_eq!(world.store.vitals(patient).unwrap().len(), 4);
}
