//! Referrals, handouts and tapers in the record: there and back, on the board, at the close, in summary and chart.

use chrono::NaiveDate;

use super::world::{World, day};
use crate::action::MedicineWrite;
use crate::action::follow::{FollowWrite, ReferralChange, TaperChange};
use crate::action::write::Write;
use crate::clinical::board::{FollowKey, ItemKey};
use crate::clinical::dose::Micrograms;
use crate::clinical::education::HandoutGiven;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::patient::Medication;
use crate::clinical::plan::wake::Wakes;
use crate::clinical::plan::{ItemState, Modality, PlanItem};
use crate::clinical::referral::{CareMember, Referral, ReferralDraft, Step};
use crate::clinical::taper_plan::{CutKind, TaperPlan};
use crate::clinical::visit::VisitKind;

impl World {
    fn written(&mut self, patient: PatientId, visit: Option<VisitId>) -> Referral {
        let draft = ReferralDraft { to: "orthopaedics".to_owned(), written: Some(day(3)), ..ReferralDraft::default() };
        let id = self.ids.next(self.now);
        let referral = draft.finish(None, (id, patient, visit), None, (day(3), self.now)).unwrap();
        self.put_referral(&referral, ReferralChange::Written);
        referral
    }

    fn put_referral(&mut self, referral: &Referral, change: ReferralChange) {
        self.commit(Write::Follow(FollowWrite::Referral { referral: referral.clone(), change }));
    }

    fn tapered(&mut self, patient: PatientId, visit: Option<VisitId>) -> TaperPlan {
        let taper = TaperPlan {
            id: self.ids.next(self.now),
            patient,
            visit,
            drug: "tapentadol".to_owned(),
            start: Micrograms::new(100_000),
            target: Micrograms::new(0),
            cut_kind: CutKind::OfStart,
            cut: 250,
            unit: Micrograms::new(25_000),
            step_days: 7,
            first_day: day(10),
            stop_points: [Micrograms::new(50_000)].into(),
            pauses: Vec::new(),
            called: 0,
            called_at: None,
            ask_again: None,
            ended: None,
            kept_at: self.now,
        };
        self.put_taper(&taper, TaperChange::Planned);
        taper
    }

    fn put_taper(&mut self, taper: &TaperPlan, change: TaperChange) {
        self.commit(Write::Follow(FollowWrite::Taper { taper: taper.clone(), change }));
    }
}

#[test]
fn a_referral_comes_back_at_every_step_and_stands_once_it_is_overdue() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "09:00:00", VisitKind::FollowUp);
    let mut referral = world.written(patient, Some(visit.id));
    let item = ItemKey::Follow(FollowKey::Referral(referral.id));
    assert!(!world.open(day(5)).contains(&item) && world.open(day(6)).contains(&item), "three days to send it");
    for (n, change) in (4..).zip([
        (|referral: &Referral, world: &World| referral.stepped(day(4), world.now)) as fn(&Referral, &World) -> _,
        |referral, _| Some(referral.booked(day(12), day(5))),
        |referral, world| referral.stepped(day(12), world.now),
        |referral, world| referral.stepped(day(24), world.now),
        |referral, world| Some(referral.acted_on("Told; no operation.".to_owned(), world.now)),
    ]) {
        referral = change(&referral, &world).unwrap();
        world.put_referral(&referral, ReferralChange::Stepped);
        assert_eq!(world.store.referral(referral.id).unwrap(), Some(referral.clone()), "{n}");
    }
    assert_eq!(referral.step(), Step::ActedOn);
    assert!(world.items(day(24)).contains(&(item, true)));
    assert!(world.store.chart(patient).unwrap().referrals.is_empty(), "the cover shows what is not over");
    assert_eq!(world.store.visit_summary(visit.id).unwrap().referrals, [referral]);
    assert_eq!(world.store.find_hits("orthopaedics", 9).unwrap().len(), 1);
    let step = world.store.undo_step(None).unwrap().unwrap();
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert!(world.open(day(24)).contains(&item), "acting was taken back");
}

#[test]
fn at_the_close_a_referral_moves_its_day_and_is_let_go_with_a_reason() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let referral = world.written(patient, None);
    world.close(day(24), Some(day(26)));
    let due = |world: &World| world.store.referral(referral.id).unwrap().and_then(|referral| referral.due);
    assert_eq!((due(&world), world.open(day(25)).len()), (Some(day(26)), 0));
    let item = ItemKey::Follow(FollowKey::Referral(referral.id));
    let decision = world.decision(item, day(26), None);
    world.commit(Write::Decide(decision));
    assert_eq!(world.store.referral(referral.id).unwrap().map(|referral| referral.step()), Some(Step::LetGo));
    assert!(!world.open(day(26)).contains(&item));
}

impl World {
    /// A plan with one piece that means a referral; gives the piece.
    fn meaning_to_refer(&mut self, patient: PatientId, version: u32, change: impl Fn(&mut PlanItem)) -> PlanItem {
        let mut item = PlanItem::new(self.ids.next(self.now), Modality::Referral, "Pain psychology");
        change(&mut item);
        let plan = self.plan(patient, None, version, vec![item.clone()]);
        self.commit(Write::SetPlan { plan, goals: Vec::new(), answers: Vec::new(), booked: Vec::new() });
        item
    }

    fn next_version(&mut self, patient: PatientId, version: u32, items: Vec<PlanItem>) {
        let items = items.into_iter().map(|item| PlanItem { id: self.ids.next(self.now), ..item }).collect();
        let plan = self.plan(patient, None, version, items);
        self.commit(Write::SetPlan { plan, goals: Vec::new(), answers: Vec::new(), booked: Vec::new() });
    }

    fn written_from(&mut self, item: &PlanItem, patient: PatientId) -> Referral {
        let planned = self.store.planned_referral(item.id).unwrap().unwrap();
        let draft = ReferralDraft { to: planned.what.clone(), ..ReferralDraft::default() };
        let id = self.ids.next(self.now);
        let referral = draft.finish(None, (id, patient, None), Some(&planned), (day(24), self.now)).unwrap();
        self.put_referral(&referral, ReferralChange::Written);
        referral
    }

    /// The open items of the day that are letters to write.
    fn letters(&self, date: NaiveDate) -> Vec<ItemKey> {
        let is_letter = |key: &ItemKey| matches!(key, ItemKey::Follow(FollowKey::ToRefer(..)));
        self.board(date).late.iter().filter(|item| !item.done).map(|item| item.key).filter(is_letter).collect()
    }

    fn undone(&mut self) -> String {
        let step = self.store.undo_step(None).unwrap().unwrap();
        self.store.take_back(&step, self.clock_says()).unwrap();
        step.act
    }
}

#[test]
fn a_planned_referral_stands_in_late_until_its_letter_is_written() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let item = world.meaning_to_refer(patient, 1, |_| ());
    let key = ItemKey::Follow(FollowKey::ToRefer(patient, item.id));
    let planned = |world: &World| world.store.referrals(patient).unwrap().planned.len();
    assert_eq!((world.letters(day(24)), world.letters(day(23)), planned(&world)), (vec![key], vec![], 1));
    let referral = world.written_from(&item, patient);
    assert_eq!((referral.piece, referral.from_plan.as_deref()), (Some(item.piece), Some("Pain psychology")));
    assert_eq!(world.store.referral(referral.id).unwrap(), Some(referral));
    assert_eq!((world.letters(day(24)), planned(&world)), (vec![], 0));
    // The next version holds the piece, in other words: its letter is written all the same.
    let reworded = PlanItem { what: "Psychology".to_owned(), ..item.clone() };
    world.next_version(patient, 2, vec![reworded]);
    assert_eq!((world.letters(day(24)), planned(&world)), (vec![], 0));
    assert_eq!(world.undone(), "set plan 2");
    assert_eq!(world.undone(), "wrote referral to Pain psychology");
    assert_eq!((world.letters(day(24)), planned(&world)), (vec![key], 1));
    assert_eq!(world.undone(), "set plan 1");
    assert_eq!((world.letters(day(24)), planned(&world)), (vec![], 0));
}

#[test]
fn only_what_is_planned_awake_and_not_over_asks_for_a_letter() {
    for (name, change, letters, planned) in [
        ("proposed", (|_| ()) as fn(&mut PlanItem), 1, 1),
        ("active", |item| item.state = ItemState::Active, 1, 1),
        ("by a date ahead: it stands there, and is not late", |item| item.due = Some(day(30)), 1, 1),
        ("declined", |item| item.state = ItemState::Declined, 0, 0),
        ("completed", |item| item.state = ItemState::Completed, 0, 0),
        ("asleep", |item| item.wakes = Wakes::read("<50%").ok(), 0, 1),
    ] {
        let mut world = World::new();
        let patient = world.known("Okafor");
        let item = world.meaning_to_refer(patient, 1, change);
        let found = world.store.referrals(patient).unwrap().planned;
        assert_eq!((world.letters(day(24)).len(), found.len()), (letters, planned), "{name}");
        let midday = world.board(day(30)).midday;
        assert!(midday.iter().all(|one| one.key != ItemKey::Step(item.id)), "{name}: one line, not two");
        // Kept on purpose, the letter is still to be written; dropped from the plan, it is not.
        world.next_version(patient, 2, Vec::new());
        assert_eq!(world.letters(day(24)).len(), letters, "{name}, kept");
        let walk = world.item(Modality::SelfCare, "walk");
        world.next_version(patient, 3, vec![walk]);
        assert_eq!(world.letters(day(24)).len(), 0, "{name}, dropped");
    }
}

#[test]
fn a_letter_that_is_let_go_comes_back_only_with_another_wish() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let item = world.meaning_to_refer(patient, 1, |_| ());
    let key = ItemKey::Follow(FollowKey::ToRefer(patient, item.id));
    let carried = world.decision(key, day(24), Some(day(26)));
    world.commit(Write::Decide(carried));
    assert_eq!((world.letters(day(24)), world.letters(day(26))), (vec![], vec![key]));
    let decision = world.decision(key, day(26), None);
    world.commit(Write::Decide(decision));
    assert_eq!(world.letters(day(26)), []);
    world.next_version(patient, 2, vec![item.clone()]);
    assert_eq!(world.letters(day(26)), []);
    world.next_version(patient, 3, vec![PlanItem { due: Some(day(28)), ..item }]);
    assert_eq!(world.letters(day(26)).len(), 1);
}

#[test]
fn the_care_team_is_kept_as_a_whole_in_its_order() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let mut member = |name: &str| CareMember {
        id: world.ids.next(world.now),
        name: name.to_owned(),
        role: "family doctor".to_owned(),
        reach: "555 0123".to_owned(),
    };
    let (first, second) = (member("Dr. Feld"), member("Uferweg"));
    for members in [vec![first.clone(), second.clone()], vec![second, first], Vec::new()] {
        world.commit(Write::Follow(FollowWrite::CareTeam { patient, members: members.clone() }));
        assert_eq!(world.store.referrals(patient).unwrap().team, members);
    }
}

#[test]
fn a_handout_given_stands_in_chart_and_summary() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "09:00:00", VisitKind::FollowUp);
    for teach_back in [None, Some(true), Some(false)] {
        let given = HandoutGiven {
            id: world.ids.next(world.now),
            patient,
            visit: Some(visit.id),
            topic: "pacing".to_owned(),
            on: day(24),
            by: "IK".to_owned(),
            teach_back,
            kept_at: world.now,
        };
        world.commit(Write::Follow(FollowWrite::Handout(given.clone())));
        assert_eq!(world.store.handouts(patient).unwrap().first(), Some(&given));
    }
    assert_eq!(world.store.chart(patient).unwrap().handouts.len(), 3);
    assert_eq!(world.store.visit_summary(visit.id).unwrap().handouts.len(), 3);
}

#[test]
fn a_taper_has_a_call_a_step_and_a_pause_dates_the_next_one_later() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let taper = world.tapered(patient, None);
    assert_eq!(world.store.taper(taper.id).unwrap(), Some(taper.clone()));
    let item = ItemKey::Follow(FollowKey::Taper(taper.id));
    assert!(!world.open(day(9)).contains(&item) && world.open(day(10)).contains(&item));
    world.clock(day(12), "09:00:00");
    let called = taper.with_call(world.now);
    world.put_taper(&called, TaperChange::Called);
    assert!(world.items(day(12)).contains(&(item, true)), "the call was made today");
    assert!(!world.open(day(16)).contains(&item) && world.open(day(17)).contains(&item));
    let paused = called.paused(day(12), 7).unwrap();
    world.put_taper(&paused, TaperChange::Paused);
    assert_eq!(world.store.tapers(patient).unwrap(), std::slice::from_ref(&paused));
    assert!(!world.open(day(17)).contains(&item) && world.open(day(24)).contains(&item));
    let step = world.store.undo_step(None).unwrap().unwrap();
    assert_eq!(step.act, "paused taper of tapentadol");
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert!(world.open(day(17)).contains(&item));
    // After a call at which the list stayed it is asked again on the next day, until the list follows.
    let tablet = Medication::new(world.ids.next(world.now), "tapentadol 100 mg daily", None);
    let put = |medicine: &Medication| {
        Write::Medicine(MedicineWrite::Put {
            patient,
            medicine: medicine.clone(),
            before: None,
            class: None,
            on: day(12),
        })
    };
    world.commit(put(&tablet));
    world.put_taper(&called.asked_again(day(12)), TaperChange::Called);
    assert!(!world.open(day(12)).contains(&item) && world.open(day(13)).contains(&item));
    let dose = called.steps().unwrap().steps[0].dose;
    world.commit(put(&Medication { line: format!("tapentadol {dose} mg daily"), ..tablet }));
    assert!(!world.open(day(13)).contains(&item), "the list follows");
    assert_eq!(world.store.taper(taper.id).unwrap().and_then(|taper| taper.ask_again), None);
    let decision = world.decision(item, day(24), None);
    world.commit(Write::Decide(decision));
    assert_eq!(world.store.taper(taper.id).unwrap().and_then(|taper| taper.ended).as_deref(), Some("no longer needed"));
    assert!(!world.open(day(26)).contains(&item));
}
