use super::*;
use crate::clinical::id::Ids;
use crate::clinical::time::Instant;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct World {
    ids: Ids,
    all: Treatments,
}

impl World {
    fn new() -> Self {
        Self { ids: Ids::seeded(21), all: Treatments::default() }
    }

    fn id<T: std::convert::From<uuid::Uuid>>(&mut self) -> T {
        self.ids.next(Instant::from_millis(0))
    }

    fn item(&mut self, modality: Modality, what: &str, state: ItemState) -> PlanItem {
        PlanItem { state, ..PlanItem::new(self.id(), modality, what) }
    }

    fn version(&mut self, on: &str, items: Vec<PlanItem>) {
        let (id, patient) = (self.id(), self.id());
        let version = u32::try_from(self.all.versions.len() + 1).unwrap();
        self.all.versions.push((day(on), Plan { items, ..Plan::new(id, patient, version, Instant::from_millis(0)) }));
    }

    fn session(&mut self, on: &str, visit: VisitId) -> SessionId {
        let id = self.id();
        let targets = vec![procedure::Target {
            id: self.id(),
            level: "L5".to_owned(),
            side: Some(procedure::Side::Left),
            outcome: procedure::Outcome::Done,
            reason: String::new(),
        }];
        let procedures = vec![procedure::Procedure { id: self.id(), name: "TFESI".to_owned(), targets, problem: None }];
        self.all.sessions.push(Session {
            id,
            visit,
            patient: self.ids.next(Instant::from_millis(0)),
            date: day(on),
            completed_at: Instant::from_millis(0),
            procedures,
            before: None,
            after: None,
            text: String::new(),
        });
        id
    }

    fn lines(&self) -> Vec<String> {
        ledger(&self.all).iter().map(Trial::show).collect()
    }
}

#[test]
fn a_piece_is_one_line_with_its_best_dose_and_why_it_was_stopped() {
    let mut world = World::new();
    let first = world.item(Modality::Medication, "Gabapentin 300 mg three times a day", ItemState::Active);
    let second =
        PlanItem { what: "Gabapentin 600 mg three times a day".to_owned(), state: ItemState::Changed, ..first.clone() };
    let third = PlanItem {
        what: "Gabapentin 300 mg three times a day".to_owned(),
        state: ItemState::Stopped,
        effect_percent: Some(20),
        why: "drowsy".to_owned(),
        ..first.clone()
    };
    world.version("2026-01-05", vec![first]);
    world.version("2026-02-02", vec![second]);
    world.version("2026-03-02", vec![third]);
    assert_eq!(
        world.lines(),
        [
            "Gabapentin, 5 Jan 2026 to 2 Mar 2026, up to 600 mg three times a day, relief 20 %, did not help, because drowsy"
        ]
    );
    let story: Vec<String> = ledger(&world.all)[0].story.iter().map(|(_, line)| line.clone()).collect();
    assert_eq!(
        story,
        [
            "plan 1: Gabapentin 300 mg three times a day, active",
            "plan 2: Gabapentin 300 to 600 mg three times a day",
            "plan 3: Gabapentin 600 to 300 mg three times a day",
            "plan 3: Gabapentin 300 mg three times a day: changed → stopped, drowsy",
            "plan 3: Gabapentin 300 mg three times a day: relief 20 %",
        ]
    );
}

#[test]
fn what_runs_stands_first_then_what_is_planned_then_the_past() {
    let mut world = World::new();
    let walk = world.item(Modality::SelfCare, "Walking plan", ItemState::Active);
    let acu = world.item(Modality::Complementary, "Acupuncture", ItemState::Proposed);
    let no = world.item(Modality::Behavioural, "Biofeedback", ItemState::Declined);
    world.version("2026-01-05", vec![no, acu, walk]);
    let id = world.id();
    world.all.tried.push(TreatmentTried {
        what: "Massage".to_owned(),
        to: Some(Since::Year(2019)),
        outcome: Some(Outcome::Harmed),
        ..TreatmentTried::new(id)
    });
    assert_eq!(
        world.lines(),
        [
            "Walking plan, since 5 Jan 2026, running",
            "Acupuncture, planned",
            "Biofeedback, until 5 Jan 2026, declined",
            "Massage, until 2019, harmed",
        ]
    );
    assert_eq!(ledger(&world.all)[3].modality, Some(Modality::Complementary), "recognised by its word");
}

#[test]
fn a_procedure_stands_once_with_the_relief_it_had_beside_what_was_expected() {
    let mut world = World::new();
    let visit = world.id();
    let mut item = world.item(Modality::Interventional, "TFESI L5 left", ItemState::Proposed);
    item.booked = Some(visit);
    item.expected_relief = Some(60);
    world.version("2026-01-05", vec![item]);
    assert_eq!(world.lines(), ["TFESI L5 left, relief ? of 60 expected, planned"]);
    let session = world.session("2026-01-12", visit);
    assert_eq!(world.lines(), ["TFESI L5 LEFT, 12 Jan 2026, relief ? of 60 expected, tried, effect ?"]);
    world.all.relief.push((session, 30));
    world.all.relief.push((session, 40));
    assert_eq!(world.lines(), ["TFESI L5 LEFT, 12 Jan 2026, relief 40 % of 60 expected, helped"]);
    world.all.sessions[0].procedures[0].targets[0].outcome = procedure::Outcome::NotDone;
    assert!(world.lines().is_empty(), "what was not done is no trial");
}

#[test]
fn a_booked_procedure_without_a_record_is_planned_whatever_its_state_says() {
    for state in [ItemState::Proposed, ItemState::Active, ItemState::Changed] {
        let mut world = World::new();
        let visit = world.id();
        let mut item = world.item(Modality::Interventional, "TFESI L5 left", state);
        (item.books, item.booked) = (Some(Books::Procedure), Some(visit));
        world.version("2026-01-05", vec![item]);
        assert_eq!(world.lines(), ["TFESI L5 left, planned"], "{state:?}");
        world.version("2026-02-02", vec![]);
        assert!(world.lines().is_empty(), "{state:?}: what was never done is no trial");
        world.session("2026-01-12", visit);
        assert_eq!(world.lines(), ["TFESI L5 LEFT, 12 Jan 2026, tried, effect ?"], "{state:?}");
    }
}

#[test]
fn the_best_the_least_and_what_harmed_stand_in_one_line() {
    let mut world = World::new();
    assert_eq!(in_short(&ledger(&world.all)), None);
    let mut tried = |what: &str, year, percent, outcome| {
        let one = TreatmentTried {
            what: what.to_owned(),
            to: Some(Since::Year(year)),
            effect_percent: percent,
            outcome,
            ..TreatmentTried::new(world.ids.next(Instant::from_millis(0)))
        };
        world.all.tried.push(one);
        in_short(&ledger(&world.all))
    };
    assert_eq!(tried("Massage", 2018, None, None), None, "nobody said what came of it");
    assert_eq!(tried("Pool", 2019, Some(40), None).as_deref(), Some("best Pool 40 %"));
    assert_eq!(tried("Naproxen", 2020, Some(10), None).as_deref(), Some("best Pool 40 %, least Naproxen 10 %"));
    assert_eq!(tried("TENS", 2021, Some(40), None).as_deref(), Some("best TENS 40 %, least Naproxen 10 %"));
    assert_eq!(
        tried("Tramadol", 2022, None, Some(Outcome::Harmed)).as_deref(),
        Some("best TENS 40 %, least Naproxen 10 %, harmed: Tramadol")
    );
}

#[test]
fn what_left_the_plan_without_a_word_ended_then_and_what_was_never_begun_is_no_trial() {
    let mut world = World::new();
    let pills = world.item(Modality::Medication, "Naproxen 500 mg", ItemState::Active);
    let acu = world.item(Modality::Complementary, "Acupuncture", ItemState::Proposed);
    world.version("2026-01-05", vec![pills, acu]);
    world.version("2026-02-02", vec![]);
    assert_eq!(world.lines(), ["Naproxen, 5 Jan 2026 to 2 Feb 2026, up to 500 mg, tried, effect ?"]);
}

#[test]
fn relief_of_thirty_percent_counts_as_help_unless_something_else_was_said() {
    for (outcome, percent, standing) in [
        (None, Some(29), Standing::NotHelped),
        (None, Some(30), Standing::Helped),
        (None, Some(0), Standing::NotHelped),
        (None, None, Standing::Tried),
        (Some(Outcome::Harmed), Some(80), Standing::Harmed),
        (Some(Outcome::Helped), None, Standing::Helped),
        (Some(Outcome::NotHelped), Some(50), Standing::NotHelped),
    ] {
        assert_eq!(came_of(outcome, percent), standing, "{outcome:?} {percent:?}");
    }
}
