//! Monitoring in the record: checks and urine tests there and back, and whose clocks the day finds.

use super::world::{World, day};
use crate::action::MedicineWrite;
use crate::action::follow::{FollowWrite, UrineChange};
use crate::action::medicine::SaidClass;
use crate::action::write::{VisitChange, Write};
use crate::clinical::asked::PatientLists;
use crate::clinical::board::{FollowKey, ItemKey};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::monitoring::group::Group;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::monitoring::urine::{Finding, Found, Step, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::patient::{Facts, Known, Medication};
use crate::clinical::practice::Region;
use crate::clinical::visit::VisitKind;
use crate::store::Follow;

impl World {
    /// In a region whose tables have clocks.
    fn in_region(region: Region) -> Self {
        let mut world = Self::new();
        let mut practice = world.store.practice().unwrap().unwrap();
        practice.region = region;
        world.commit(Write::PutPractice(practice));
        world
    }

    /// A patient who takes this since a day of November.
    fn taking(&mut self, line: &str, since: Option<u32>) -> PatientId {
        let patient = self.patient("Okafor", "Adaeze");
        let id = patient.id;
        let medicine = Medication::new(self.ids.next(self.now), line, since.map(day));
        let facts = Facts { medications: Known::Listed(vec![medicine], Some(day(1))), ..Facts::default() };
        self.commit(Write::PutPatient { patient, facts: Some(facts), is_new: true });
        id
    }

    fn checked(&mut self, patient: PatientId, visit: Option<VisitId>, kind: CheckKind, on: u32) -> Check {
        let check = Check {
            id: self.ids.next(self.now),
            patient,
            visit,
            kind,
            on: day(on),
            by: "IK".to_owned(),
            outcome: Outcome::Expected,
            note: String::new(),
            next: None,
            kept_at: self.now.plus_millis(1000),
        };
        self.commit(Write::Follow(FollowWrite::Check { check: check.clone(), again: false }));
        check
    }

    fn urine(&mut self, test: &UrineTest, change: UrineChange) {
        self.commit(Write::Follow(FollowWrite::Urine { test: test.clone(), change }));
    }

    /// The clocks due on a day by the tables alone.
    fn due(&self, n: u32) -> Vec<CheckKind> {
        let open = self.open(day(n)).into_iter();
        open.filter_map(|item| match item {
            ItemKey::Follow(FollowKey::Clock(_, kind)) => Some(kind),
            _ => None,
        })
        .collect()
    }
}

#[test]
fn whoever_takes_an_opioid_has_clocks_where_the_region_has_a_table() {
    for (region, line, expected) in [
        (Region::Us, "tapentadol 50 mg 1-0-1", &[CheckKind::Pdmp, CheckKind::Urine, CheckKind::Agreement][..]),
        (Region::De, "tapentadol 50 mg 1-0-1", &[]),
        (Region::Us, "pregabalin 75 mg", &[]),
        (Region::Us, "a herb from home", &[]),
        (Region::De, "methadone 5 mg", &[CheckKind::Ecg]),
    ] {
        let mut world = World::in_region(region);
        world.taking(line, Some(10));
        assert_eq!(world.due(24), expected, "{region:?} {line}");
        assert!(world.due(9).is_empty(), "not taken yet");
    }
}

#[test]
fn a_medicine_whose_class_was_said_is_watched_as_the_class_wants_it() {
    let mut world = World::in_region(Region::Us);
    let first = world.taking("nonsuchone 10 mg bid", Some(10));
    assert_eq!(world.due(24), [], "nobody knows what it is");
    let class = SaidClass { id: world.ids.next(world.now), name: "nonsuchone".to_owned(), class: "opioid".to_owned() };
    let medicine = world.store.patient_file(first).unwrap().unwrap().facts.medications.items()[0].clone();
    let put = MedicineWrite::Put { patient: first, medicine, before: None, class: Some(class), on: day(24) };
    world.commit(Write::Medicine(put));
    let clocks = [CheckKind::Pdmp, CheckKind::Urine, CheckKind::Agreement];
    assert_eq!(world.due(24), clocks);
    world.taking("Nonsuchone 5 mg at night", Some(12));
    assert_eq!(world.due(24).len(), 2 * clocks.len(), "it is known of the next one");
    let file = world.store.patient_file(first).unwrap().unwrap();
    let course = world.store.monitoring(first).unwrap().course(&file);
    assert!(course.groups.contains_key(&Group::Opioid), "{course:?}");
}

#[test]
fn a_check_moves_its_clock_stands_as_done_and_is_taken_back_by_its_name() {
    let mut world = World::in_region(Region::Us);
    let patient = world.taking("oxycodone 5 mg", Some(10));
    let item = ItemKey::Follow(FollowKey::Clock(patient, CheckKind::Pdmp));
    assert!(world.open(day(24)).contains(&item));
    let check = world.checked(patient, None, CheckKind::Pdmp, 24);
    assert_eq!(world.store.check(check.id).unwrap(), Some(check.clone()));
    assert!(world.items(day(24)).contains(&(item, true)));
    assert!(!world.due(30).contains(&CheckKind::Pdmp));
    let model = world.store.monitoring(patient).unwrap();
    assert_eq!(model.last_pdmp(), Some(&check));
    let step = world.store.undo_step(None).unwrap().unwrap();
    assert_eq!(step.act, "checked PDMP");
    world.store.take_back(&step, world.clock_says()).unwrap();
    assert!(world.open(day(24)).contains(&item));
}

#[test]
fn a_date_set_by_hand_runs_whatever_is_taken_and_wherever() {
    let mut world = World::new();
    let patient = world.taking("macrogol", None);
    let mut check = world.checked(patient, None, CheckKind::Agreement, 3);
    check.next = Some(day(20));
    world.commit(Write::Follow(FollowWrite::Check { check, again: true }));
    assert!(world.due(19).is_empty());
    assert_eq!(world.due(20), [CheckKind::Agreement]);
    world.checked(patient, None, CheckKind::Agreement, 20);
    assert!(world.due(24).is_empty(), "the newest check says when the next is");
}

#[test]
fn only_a_read_result_moves_the_clock_of_urine_tests() {
    let mut world = World::in_region(Region::Us);
    let patient = world.taking("tapentadol 50 mg", Some(1));
    let visit = world.booked(patient, day(24), "09:00:00", VisitKind::FollowUp);
    let id = world.ids.next(world.now);
    let ordered = UrineTest::ordered(id, patient, Some(visit.id), day(3));
    world.urine(&ordered, UrineChange::Ordered);
    assert!(!world.due(10).contains(&CheckKind::Urine), "the test under way stands for its clock");
    let item = ItemKey::Follow(FollowKey::Urine(id));
    assert!(world.open(day(17)).contains(&item), "no sample came");

    let resulted = ordered.stepped(day(4)).unwrap().stepped(day(9)).unwrap();
    world.urine(&resulted, UrineChange::Resulted);
    assert_eq!(world.store.urine_test(id).unwrap(), Some(resulted.clone()));
    assert!(world.open(day(24)).contains(&item));

    let mut read = UrineTest { read_at: Some(world.now), ..resulted };
    let mut finding = |drug: &str, listed| Finding {
        id: world.ids.next(world.now),
        drug: drug.to_owned(),
        listed,
        found: Found::Found,
        confirmed: None,
    };
    read.findings = vec![finding("tapentadol", true), finding("diazepam", false)];
    world.urine(&read, UrineChange::Read);
    assert_eq!(world.store.urine_test(id).unwrap(), Some(read.clone()));
    assert!(!world.due(24).contains(&CheckKind::Urine), "it was read");
    assert!(world.open(day(24)).contains(&item), "and nothing was done about what is unexpected");
    assert_eq!(world.store.monitoring(patient).unwrap().last_urine(), Some(&read));

    let acted = read.acted_on("Told; no further benzodiazepine.".to_owned(), day(24), world.now);
    world.urine(&acted, UrineChange::ActedOn);
    assert!(world.items(day(24)).contains(&(item, true)));
    assert_eq!(world.store.find_hits("benzodiazepine", 9).unwrap().len(), 1);
    let summary = world.store.visit_summary(visit.id).unwrap();
    let lines = summary.monitoring.lines_of(day(24), visit.id);
    assert!(lines.iter().any(|line| line == "- diazepam found, not listed: unexpected."), "{lines:?}");
}

#[test]
fn at_the_close_a_clock_is_carried_or_closed_until_it_is_checked_again() {
    let mut world = World::in_region(Region::Us);
    let patient = world.taking("tapentadol 50 mg", Some(10));
    let test = UrineTest::ordered(world.ids.next(world.now), patient, None, day(3));
    world.urine(&test, UrineChange::Ordered);
    world.close(day(24), Some(day(26)));
    assert_eq!(world.due(25), []);
    assert_eq!(world.due(26), [CheckKind::Pdmp, CheckKind::Agreement]);
    assert_eq!(world.store.urine_test(test.id).unwrap().and_then(|test| test.due), Some(day(26)));

    let clock = ItemKey::Follow(FollowKey::Clock(patient, CheckKind::Agreement));
    let decision = world.decision(clock, day(26), None);
    world.commit(Write::Decide(decision));
    assert_eq!(world.due(30), [CheckKind::Pdmp]);
    let decision = world.decision(ItemKey::Follow(FollowKey::Urine(test.id)), day(26), None);
    world.commit(Write::Decide(decision));
    assert_eq!(world.store.urine_test(test.id).unwrap().map(|test| test.step()), Some(Step::LetGo));
}

#[test]
fn a_setting_by_risk_and_medicine_decides_on_the_board() {
    let mut world = World::new();
    let patient = world.taking("oxycodone 5 mg", Some(1));
    world.checked(patient, None, CheckKind::Pdmp, 3);
    let due = |world: &World, own: &[OwnRule]| {
        let now = world.clock_says();
        let records = world.store.board_records(day(24), now, Follow { copies: true, clocks: Some(own) }).unwrap();
        records.follow.clocks.iter().map(|(clock, _)| clock.kind).collect::<Vec<_>>()
    };
    let own = |words: &str, days| OwnRule::read(words, days).unwrap();
    assert_eq!(due(&world, &[]), []);
    assert_eq!(due(&world, &[own("pdmp de", 21)]), [CheckKind::Pdmp]);
    assert_eq!(due(&world, &[own("pdmp de", 22)]), []);
    assert_eq!(due(&world, &[own("pdmp high", 1)]), [], "the risk was never asked");
    assert_eq!(due(&world, &[own("ecg opioid", 30), own("ecg", 0)]), [CheckKind::Ecg]);
}

#[test]
fn the_file_refuses_a_check_or_test_that_contradicts_itself() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let check = world.checked(patient, None, CheckKind::Pdmp, 3);
    let test = UrineTest::ordered(world.ids.next(world.now), patient, None, day(3));
    let at = Some(world.now);
    let wrong_check = [
        Check { kind: CheckKind::Urine, ..check.clone() },
        Check { outcome: Outcome::Unexpected, ..check.clone() },
        Check { next: Some(day(3)), ..check },
    ];
    let wrong_test = [
        UrineTest { ordered: None, ..test.clone() },
        UrineTest { read_at: at, ..test.clone() },
        UrineTest { acted_at: at, ..test.clone() },
        UrineTest { confirm_asked: Some(day(4)), ..test },
    ];
    let checks = wrong_check.map(|check| FollowWrite::Check { check, again: true });
    let tests = wrong_test.map(|test| FollowWrite::Urine { test, change: UrineChange::Changed });
    for write in checks.into_iter().chain(tests) {
        assert!(world.store.commit(Write::Follow(write.clone()), world.clock_says()).is_err(), "{write:?}");
    }
}

#[test]
fn the_newest_review_of_an_opioid_goes_where_its_visit_goes() {
    let mut world = World::new();
    let [patient, other] = ["Okafor", "Hale"].map(|name| world.known(name));
    let reviewed = |world: &World, patient| world.store.monitoring(patient).unwrap().reviewed;
    let mut visits = Vec::new();
    for n in [3, 10] {
        let visit = world.booked(patient, day(n), "09:00:00", VisitKind::FollowUp);
        let mut assessment = world.assessment(&visit);
        assessment.asked.opioid.note = "as agreed".to_owned();
        let lists = PatientLists::default();
        world.commit(Write::CompleteAssessment { assessment, scores: Vec::new(), lists, again: false });
        visits.push(visit.id);
    }
    assert_eq!(reviewed(&world, patient), Some(day(10)));
    world.change(visits[1], VisitChange::Moved, |visit| visit.date = day(12));
    assert_eq!(reviewed(&world, patient), Some(day(12)));
    world.change(visits[1], VisitChange::Edited, |visit| visit.patient = Some(other));
    assert_eq!((reviewed(&world, patient), reviewed(&world, other)), (Some(day(3)), Some(day(12))));
}
