//! The trial ledger, line by line as it is said.
//!
//! Why so long: each way in which one treatment could stand twice, or in the wrong place, has its small story here.

use super::*;
use crate::clinical::id::Ids;
use crate::clinical::plan::wake::{Gauge, Wakes};
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
        self.all.sessions.push(ProcedureSession {
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
fn a_step_that_waits_for_something_sleeps_and_says_until_what() {
    let mut world = World::new();
    let waits =
        |item: PlanItem, due: Option<&str>| PlanItem { wakes: Wakes::read("<50%").ok(), due: due.map(day), ..item };
    let surgery = waits(world.item(Modality::Referral, "Spine surgery", ItemState::Proposed), Some("2026-12-22"));
    let needles = waits(world.item(Modality::Complementary, "Acupuncture", ItemState::Proposed), None);
    let declined = waits(world.item(Modality::Interventional, "Fusion", ItemState::Declined), None);
    let walk = waits(world.item(Modality::SelfCare, "Walking plan", ItemState::Active), None);
    world.version("2026-01-05", vec![surgery, needles, declined, walk]);
    assert_eq!(
        world.lines(),
        [
            "Walking plan, since 5 Jan 2026, running",
            "Spine surgery, sleeps until relief < 50 % or 22 Dec 2026",
            "Acupuncture, sleeps until relief < 50 %",
            "Fusion, until 5 Jan 2026, declined",
        ]
    );
    let relief = |percent: u16| vec![Found { of: Gauge::Relief, tenths: percent * 10, on: day("2026-11-20") }];
    for (found, today, lines) in [
        (Vec::new(), "2026-12-21", ["sleeps until relief < 50 % or 22 Dec 2026", "sleeps until relief < 50 %"]),
        (relief(50), "2026-12-21", ["sleeps until relief < 50 % or 22 Dec 2026", "sleeps until relief < 50 %"]),
        (relief(30), "2026-12-21", ["planned", "planned"]),
        (Vec::new(), "2026-12-22", ["planned", "sleeps until relief < 50 %"]),
    ] {
        world.all.looked_at = Some((found, day(today)));
        let expected = [format!("Spine surgery, {}", lines[0]), format!("Acupuncture, {}", lines[1])];
        assert_eq!(world.lines()[1..3], expected, "{today}");
    }
    world.all.looked_at = Some((relief(30), day("2026-12-22")));
    let story = |at: usize| ledger(&world.all)[at].story.last().map(|(on, said)| (*on, said.clone()));
    let woke = "awake: Spine surgery: relief 30 % on 20 Nov 2026 (if relief < 50 %)".to_owned();
    assert_eq!(story(1), Some((Since::Day(day("2026-11-20")), woke)));
    assert_eq!(story(0), Some((Since::Day(day("2026-01-05")), "plan 1: Walking plan, active".to_owned())));
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
    let story: Vec<String> = ledger(&world.all)[0].story.iter().map(|(_, said)| said.clone()).collect();
    assert_eq!(
        story,
        ["plan 1: TFESI L5 left, relief expected 60 %", "done: TFESI L5 LEFT, relief 40 % as the patient says"]
    );
    world.all.sessions[0].procedures[0].targets[0].outcome = procedure::Outcome::NotDone;
    assert!(world.lines().is_empty(), "what was not done is no trial");
}

#[test]
fn a_plan_stands_only_before_the_procedure_that_it_names() {
    let mut world = World::new();
    let visit = world.id();
    let mut item = world.item(Modality::Interventional, "TFESI L5 left", ItemState::Proposed);
    item.booked = Some(visit);
    item.expected_relief = Some(60);
    world.version("2026-01-05", vec![item]);
    world.session("2026-01-12", visit);
    let other = ["Trigger points", "TFE"].map(|name| Procedure {
        id: world.id(),
        name: name.to_owned(),
        targets: Vec::new(),
        problem: None,
    });
    world.all.sessions[0].procedures.extend(other);
    let stories: Vec<Vec<String>> =
        ledger(&world.all).iter().map(|trial| trial.story.iter().map(|(_, said)| said.clone()).collect()).collect();
    let of_the_plan = ["plan 1: TFESI L5 left, relief expected 60 %".to_owned(), "done: TFESI L5 LEFT".to_owned()];
    assert_eq!(stories, [&of_the_plan[..], &["done: Trigger points".to_owned()], &["done: TFE".to_owned()]]);
    let expected: Vec<Option<u8>> = ledger(&world.all).iter().map(|trial| trial.expected_relief).collect();
    assert_eq!(expected, [Some(60), None, None], "nothing was expected of what the plan did not name");
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
    let of_one = "best and least TENS, 40 % and 5 %, harmed: Tramadol";
    assert_eq!(tried("TENS", 2017, Some(5), None).as_deref(), Some(of_one), "the same is named once");
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

fn medicine(world: &mut World, line: &str, started: Option<&str>) -> Medication {
    Medication::new(world.id(), line, started.map(day))
}

fn gone(world: &mut World, line: &str, started: &str, stopped: &str, reason: &str) -> StoppedMedicine {
    let started = Some(day(started));
    StoppedMedicine { id: world.id(), line: line.to_owned(), started, stopped: day(stopped), reason: reason.to_owned() }
}

#[test]
fn a_medicine_of_the_list_runs_though_no_plan_speaks_of_it() {
    let mut world = World::new();
    world.all.taken = vec![medicine(&mut world, "oxycodone er 20 mg bid", Some("2025-03-01"))];
    let of = world.all.taken[0].id;
    let change = DoseChange {
        id: world.id(),
        medicine: of,
        was: "oxycodone er 10 mg bid".to_owned(),
        became: "oxycodone er 20 mg bid".to_owned(),
        on: day("2025-06-01"),
    };
    world.all.doses = vec![change];
    assert_eq!(world.lines(), ["oxycodone er, since 1 Mar 2025, up to 20 mg bid, running"]);
    let story: Vec<String> = ledger(&world.all)[0].story.iter().map(|(_, line)| line.clone()).collect();
    let told =
        ["medicines: oxycodone er 10 mg bid begun", "medicines: oxycodone er 10 mg bid to oxycodone er 20 mg bid"];
    assert_eq!(story, told);
}

#[test]
fn what_the_plan_and_the_list_both_say_stands_once_and_the_list_knows_whether_it_runs() {
    for (name, state, taken, stopped, expected) in [
        (
            "proposed in the plan, taken by the list",
            ItemState::Proposed,
            Some("pregabalin 75 mg bid"),
            None,
            "Pregabalin, since 2 Jan 2025, up to 75 mg bid, running",
        ),
        (
            "taken under its brand name",
            ItemState::Active,
            Some("Lyrica 75 mg bid"),
            None,
            "Pregabalin, since 2 Jan 2025, up to 75 mg bid, running",
        ),
        (
            "running in the plan, stopped on the list",
            ItemState::Active,
            None,
            Some("2026-05-01"),
            "Pregabalin, 1 Feb 2026 to 1 May 2026, up to 75 mg bid, tried, effect ?, because dizzy",
        ),
        (
            "stopped and begun again",
            ItemState::Active,
            Some("pregabalin 75 mg bid"),
            Some("2026-05-01"),
            "Pregabalin, since 2 Jan 2025, up to 75 mg bid, running",
        ),
    ] {
        let mut world = World::new();
        let item = world.item(Modality::Medication, "Pregabalin 75 mg bid", state);
        world.version("2026-02-01", vec![item]);
        world.all.taken = taken.map(|line| medicine(&mut world, line, Some("2025-01-02"))).into_iter().collect();
        let stopped = stopped.map(|on| gone(&mut world, "pregabalin 75 mg bid", "2025-01-02", on, "dizzy"));
        world.all.stopped = stopped.into_iter().collect();
        assert_eq!(world.lines(), [expected], "{name}");
    }
}

#[test]
fn a_medicine_that_was_stopped_is_tried_and_joins_what_the_history_says_of_it() {
    let mut world = World::new();
    world.all.stopped = vec![
        gone(&mut world, "tramadol 50 mg tid", "2024-01-01", "2024-03-01", "nausea"),
        gone(&mut world, "naproxen 500 mg bid", "2021-01-01", "2021-06-01", "stomach"),
    ];
    let id = world.id();
    let since = |year| Some(Since::Year(year));
    let what = "Naproxen".to_owned();
    world.all.tried = vec![TreatmentTried {
        what,
        from: since(2020),
        to: since(2021),
        effect_percent: Some(10),
        ..TreatmentTried::new(id)
    }];
    assert_eq!(
        world.lines(),
        [
            "tramadol, 1 Jan 2024 to 1 Mar 2024, up to 50 mg tid, tried, effect ?, because nausea",
            "Naproxen, 2020 to 2021, relief 10 %, did not help, because stomach",
        ]
    );
}

fn referral(world: &mut World, piece: Option<PieceId>, sent: Option<&str>, acted: Option<&str>) -> Referral {
    Referral {
        piece,
        sent: sent.map(day),
        seen: acted.map(|_| day("2026-04-01")),
        answer: acted.map(|_| "no operation".to_owned()).unwrap_or_default(),
        action: acted.unwrap_or_default().to_owned(),
        acted_at: acted.map(|_| Instant::from_millis(1)),
        ..Referral::new(world.id(), world.id(), "orthopaedics", day("2026-03-01"))
    }
}

#[test]
fn a_referral_is_in_the_ledger_with_or_without_a_piece_of_the_plan() {
    for (of_plan, sent, acted, expected) in [
        (false, None, None, "orthopaedics, since 1 Mar 2026, planned"),
        (false, Some("2026-03-02"), None, "orthopaedics, since 2 Mar 2026, running"),
        (false, Some("2026-03-02"), Some("told"), "orthopaedics, 2 Mar 2026 to 1 Apr 2026, tried, effect ?"),
        (true, None, None, "Surgical opinion, planned"),
        (true, Some("2026-03-02"), None, "Surgical opinion, since 2 Mar 2026, running"),
        (true, Some("2026-03-02"), Some("told"), "Surgical opinion, since 2 Mar 2026, tried, effect ?"),
    ] {
        let mut world = World::new();
        let item = world.item(Modality::Referral, "Surgical opinion", ItemState::Proposed);
        let piece = Some(item.piece).filter(|_| of_plan);
        if of_plan {
            world.version("2026-02-01", vec![item]);
        }
        world.all.referrals = vec![referral(&mut world, piece, sent, acted)];
        assert_eq!(world.lines(), [expected], "{of_plan} {sent:?} {acted:?}");
    }
    let mut world = World::new();
    let let_go = Referral { let_go: Some("moved away".to_owned()), ..referral(&mut world, None, None, None) };
    world.all.referrals = vec![let_go];
    assert_eq!(world.lines(), Vec::<String>::new(), "nobody was seen: nothing was tried");
}

#[test]
fn a_handout_given_is_education_and_is_planned_again_where_it_was_not_said_back() {
    let given = |world: &mut World, topic: &str, on: &str, teach_back| HandoutGiven {
        id: world.id(),
        patient: world.id(),
        visit: None,
        topic: topic.to_owned(),
        on: day(on),
        by: "AR".to_owned(),
        teach_back,
        kept_at: Instant::from_millis(0),
    };
    let mut world = World::new();
    let item = world.item(Modality::Education, "Opioid safety", ItemState::Proposed);
    world.version("2026-02-01", vec![item]);
    world.all.handouts = vec![
        given(&mut world, "sleep", "2026-06-01", Some(false)),
        given(&mut world, "opioid_safety", "2026-05-02", Some(true)),
        given(&mut world, "pacing", "2026-05-02", None),
        given(&mut world, "pacing", "2026-04-02", Some(false)),
    ];
    assert_eq!(
        world.lines(),
        [
            "Sleeping better with pain, 1 Jun 2026, planned",
            "Opioid safety, since 2 May 2026, given",
            "Pacing: doing a little, often, 2 Apr 2026 to 2 May 2026, given",
        ]
    );
    let opioid = ledger(&world.all).into_iter().find(|trial| trial.what == "Opioid safety").unwrap();
    assert!(opioid.story.last().unwrap().1.ends_with("said back in own words"), "{:?}", opioid.story);
}

#[test]
fn a_piece_that_was_done_without_its_booking_stands_once_as_the_procedure() {
    for (why, expected) in [("", 1), ("too anxious for a second one", 2)] {
        let mut world = World::new();
        let item = world.item(Modality::Interventional, "TFESI L5 left", ItemState::Active);
        let over = PlanItem { state: ItemState::Completed, why: why.to_owned(), ..item.clone() };
        world.version("2026-02-01", vec![item]);
        let visit = world.id();
        world.session("2026-02-10", visit);
        world.version("2026-03-01", vec![over]);
        assert_eq!(world.lines().len(), expected, "{:?}", world.lines());
    }
}

#[test]
fn what_failed_once_keeps_its_end_and_its_reason_when_it_is_begun_again() {
    let failed = "5 Jan 2024 to 1 Mar 2024, up to 300 mg tid, tried, effect ?, because drowsy";
    let again = "since 4 May 2026";
    for (name, proposed, is_listed) in [
        ("a piece of the plan and the list", Some(ItemState::Active), true),
        ("planned, and taken by the list", Some(ItemState::Proposed), true),
        ("by the plan alone", Some(ItemState::Active), false),
        ("by the list alone", None, true),
    ] {
        let mut world = World::new();
        let old = world.item(Modality::Medication, "Gabapentin 300 mg tid", ItemState::Active);
        let over = PlanItem { state: ItemState::Stopped, why: "drowsy".to_owned(), ..old.clone() };
        world.version("2024-01-05", vec![old]);
        world.version("2024-03-01", vec![over]);
        let new = proposed.map(|state| world.item(Modality::Medication, "Gabapentin 100 mg tid", state));
        world.version("2026-05-04", new.into_iter().collect());
        let listed = is_listed.then(|| medicine(&mut world, "gabapentin 100 mg tid", Some("2026-05-04")));
        world.all.taken = listed.into_iter().collect();
        let before = gone(&mut world, "gabapentin 300 mg tid", "2024-01-05", "2024-03-01", "drowsy");
        for stopped in [vec![], vec![before]] {
            world.all.stopped = stopped;
            let lines = world.lines();
            assert_eq!(lines.len(), 2, "{name}: {lines:?}");
            assert!(lines[0][1..].starts_with(&format!("abapentin, {again}")), "{name}: {lines:?}");
            assert!(lines[0].ends_with("100 mg tid, running"), "{name}: {lines:?}");
            assert_eq!(lines[1], format!("Gabapentin, {failed}"), "{name}");
        }
    }
}

#[test]
fn a_stop_of_the_list_belongs_to_the_trial_of_its_time() {
    let mut world = World::new();
    let old = world.item(Modality::Medication, "Gabapentin 300 mg tid", ItemState::Active);
    let over = PlanItem { state: ItemState::Stopped, why: "drowsy".to_owned(), ..old.clone() };
    let new = world.item(Modality::Medication, "Gabapentin 100 mg tid", ItemState::Active);
    world.version("2024-01-05", vec![old]);
    world.version("2024-03-01", vec![over]);
    world.version("2026-05-04", vec![new]);
    world.all.stopped = vec![gone(&mut world, "gabapentin 100 mg tid", "2026-05-04", "2026-06-01", "dizzy")];
    assert_eq!(
        world.lines(),
        [
            "Gabapentin, 4 May 2026 to 1 Jun 2026, up to 100 mg tid, tried, effect ?, because dizzy",
            "Gabapentin, 5 Jan 2024 to 1 Mar 2024, up to 300 mg tid, tried, effect ?, because drowsy",
        ]
    );
    // What is only planned now was not ended by a stop of long ago.
    let mut world = World::new();
    let planned = world.item(Modality::Medication, "Gabapentin 100 mg tid", ItemState::Proposed);
    world.version("2026-05-04", vec![planned]);
    world.all.stopped = vec![gone(&mut world, "gabapentin 300 mg tid", "2021-01-05", "2021-03-01", "drowsy")];
    assert_eq!(
        world.lines(),
        [
            "Gabapentin, up to 100 mg tid, planned",
            "gabapentin, 5 Jan 2021 to 1 Mar 2021, up to 300 mg tid, tried, effect ?, because drowsy",
        ]
    );
}

#[test]
fn the_best_dose_is_what_came_to_most_in_a_day_however_it_was_said() {
    for (lines, best) in [
        (&["Tapentadol 50 mg twice a day", "tapentadol 25 mg 1-0-1"][..], "50 mg twice a day"),
        (&["gabapentin 300 mg tid", "gabapentin 600 mg bid", "gabapentin 300 mg 1-1-1"], "600 mg bid"),
        (&["gabapentin 300 mg tid", "gabapentin 300 mg tid"], "300 mg tid"),
        (&["fentanyl patch 25 mcg/h q72h", "fentanyl patch 12 mcg/h q72h"], "25 mcg/h q72h"),
        (&["pool 2 hours", "pool 1 hour"], "1 hour"),
        (&["naproxen"], ""),
        (&[], ""),
    ] {
        assert_eq!(highest(lines), best, "{lines:?}");
    }
}
