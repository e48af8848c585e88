//! Values over time: what was kept comes back as samples, gaps and marks; what waits is told apart; and the work grows with
//! the time looked at, not with what lies before it.

use chrono::{Days, NaiveDate};
use rusqlite::StatementStatus;

use super::world::{World, day, given};
use crate::action::{MedicineWrite, ScaleWrite, Write};
use crate::clinical::answer::Answer;
use crate::clinical::id::{MedicationId, PatientId};
use crate::clinical::instrument::{Catalogue, InstrumentResult, Replies, Reply, Setting, Without};
use crate::clinical::patient::Medication;
use crate::clinical::plan::{ItemState, Modality};
use crate::clinical::provenance::{How, ReportedBy};
use crate::clinical::score::ScoreItem;
use crate::clinical::timeline::{Read, Sought};
use crate::clinical::trend::{Mark, Reading, Series, SeriesKey, Trends};
use crate::clinical::visit::{Visit, VisitKind, VisitState};
use crate::clinical::vital::{Vital, VitalKind};
use crate::store::trend;

fn read(world: &World, patient: PatientId, from: Option<NaiveDate>) -> Trends {
    world.store.trends(patient, from, &Catalogue::default()).unwrap()
}

fn series<'a>(trends: &'a Trends, key: &SeriesKey) -> &'a Series {
    trends.series.iter().find(|series| series.key == *key).unwrap_or_else(|| panic!("no {key:?}"))
}

/// Each sample in short: its day and figure, `?` where it waits, `%` of a proxy, why where there is none.
fn told(series: &Series) -> Vec<String> {
    let one = |sample: &crate::clinical::trend::Sample| {
        let said = match &sample.reading {
            Reading::Missing(why) => why.clone(),
            Reading::Given(given) => {
                let waits = if given.waiting { "?" } else { "" };
                let proxy = if given.by_proxy() { "%" } else { "" };
                format!("{}{waits}{proxy}", given.shown)
            }
        };
        format!("{} {said}", chrono::Datelike::day(&sample.date))
    };
    series.samples.iter().map(one).collect()
}

fn visit(world: &mut World, patient: PatientId, n: u32) -> Visit {
    world.booked(patient, day(n), "08:00:00", VisitKind::FollowUp)
}

#[test]
fn scores_come_back_with_their_gaps_and_how_they_were_given() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visits: Vec<Visit> = (1..=4).map(|n| visit(&mut world, patient, n)).collect();
    world.assessed(&visits[0], 7);
    world.quick_score(&visits[1], ScoreItem::Now, Answer::Declined);
    let mut proxy = world.score(ScoreItem::Now, Answer::Given(6));
    proxy.given.by = ReportedBy::Proxy;
    let quick =
        |visit: &Visit, score| Write::QuickScore { visit: visit.id, patient, date: visit.date, score, before: None };
    world.commit(quick(&visits[2], proxy));
    let mut waits = world.score(ScoreItem::Now, Answer::Given(3));
    (waits.waiting, waits.given.how) = (true, How::Paper);
    world.commit(quick(&visits[3], waits));
    for (item, value) in [(ScoreItem::PegPain, 6), (ScoreItem::PegEnjoyment, 7), (ScoreItem::PegActivity, 6)] {
        world.quick_score(&visits[1], item, Answer::Given(value));
    }
    world.quick_score(&visits[2], ScoreItem::PegPain, Answer::Given(4));
    let trends = read(&world, patient, None);
    let keys: Vec<&SeriesKey> = trends.series.iter().map(|series| &series.key).collect();
    assert_eq!(keys, [&SeriesKey::Now, &SeriesKey::Peg], "what was never given is not offered");
    let now = series(&trends, &SeriesKey::Now);
    assert_eq!(told(now), ["1 7", "2 declined", "3 6%", "4 3?"]);
    assert_eq!(now.first.as_ref().map(|first| (first.date, first.shown.as_str())), Some((day(1), "7")));
    let peg = series(&trends, &SeriesKey::Peg);
    assert_eq!(told(peg), ["1 left blank", "2 6.3", "3 1 of 3 answered"]);
    assert_eq!((trends.first, trends.from, trends.cut), (Some(day(1)), None, false));
    // From a day on; the first value of all is known all the same.
    let later = read(&world, patient, Some(day(3)));
    assert_eq!(told(series(&later, &SeriesKey::Now)), ["3 6%", "4 3?"]);
    assert_eq!(series(&later, &SeriesKey::Now).first.as_ref().map(|first| first.date), Some(day(1)));
    assert_eq!(later.first, Some(day(1)));
}

#[test]
fn instruments_and_weight_have_series_of_their_own() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let catalogue = Catalogue::default();
    let entry = catalogue.get("phq9").unwrap();
    let keep = |world: &mut World, n: u32, missing: bool| {
        let visit = visit(world, patient, n);
        let mut replies: Replies = entry.questions().into_iter().map(|asked| (asked.id, Reply::Number(1))).collect();
        if missing {
            replies.insert("q5".to_owned(), Reply::Without(Without::Declined));
        }
        let outcome = entry.outcome(&replies, None).unwrap();
        let setting = Setting { patient, visit: Some(visit.id), date: visit.date };
        let id = world.ids.next(world.now);
        let result = InstrumentResult::of(id, setting, &entry, replies, &outcome, given(world.now));
        world.commit(Write::Scale(ScaleWrite::Result { result: Box::new(result), again: false }));
    };
    keep(&mut world, 3, false);
    keep(&mut world, 9, true);
    let vital = Vital {
        id: world.ids.next(world.now),
        patient,
        visit: None,
        date: day(4),
        kind: VitalKind::Weight,
        value: 71_500,
        copied_from: None,
        given: given(world.now),
    };
    world.commit(Write::Scale(ScaleWrite::Vitals { patient, vitals: vec![vital] }));
    let trends = read(&world, patient, None);
    let phq9 = series(&trends, &SeriesKey::Instrument("phq9".to_owned()));
    assert_eq!((phq9.name.as_str(), phq9.range), ("PHQ-9", Some([0, 27])));
    assert_eq!(told(phq9), ["3 9", "9 –"]);
    assert!(phq9.samples.iter().all(|sample| sample.result.is_some() && sample.visit.is_some()));
    assert_eq!(told(series(&trends, &SeriesKey::Weight)), ["4 71.5 kg"]);
}

#[test]
fn procedures_and_changes_of_medicines_stand_beside_the_values() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let done = world.booked(patient, day(5), "13:00:00", VisitKind::Procedure);
    world.operated(&done, day(6));
    let plan = |world: &mut World, n: u32, version, lines: &[(&str, ItemState)]| {
        world.clock(day(n), "09:00:00");
        let items = lines.iter().map(|(line, state)| {
            let mut item = world.item(Modality::Medication, line);
            item.state = *state;
            item
        });
        let items = items.collect();
        let plan = world.plan(patient, None, version, items);
        world.commit(Write::SetPlan { plan, goals: Vec::new(), answers: Vec::new(), booked: Vec::new() });
    };
    plan(&mut world, 2, 1, &[("gabapentin 300 mg", ItemState::Active)]);
    plan(&mut world, 9, 2, &[("gabapentin 600 mg", ItemState::Changed), ("naproxen", ItemState::Active)]);
    plan(&mut world, 16, 3, &[]);
    plan(&mut world, 20, 4, &[("gabapentin 600 mg", ItemState::Active), ("naproxen", ItemState::Stopped)]);
    let words = |trends: &Trends| -> Vec<String> {
        trends
            .marks
            .iter()
            .map(|mark: &Mark| format!("{} {}", chrono::Datelike::day(&mark.date), mark.words()))
            .collect()
    };
    let all = read(&world, patient, None);
    assert_eq!(
        words(&all),
        [
            "2 started gabapentin 300 mg",
            "5 medial branch block L4/5 RIGHT",
            "9 started naproxen",
            "9 changed to gabapentin 600 mg",
            "20 stopped naproxen"
        ]
    );
    assert_eq!(
        words(&read(&world, patient, Some(day(10)))),
        ["20 stopped naproxen"],
        "told against the version before"
    );
}

#[test]
fn a_dose_changed_in_the_list_alone_is_a_mark_and_a_line_and_a_piece_of_the_next_plan() {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let put = |world: &mut World, n: u32, line: &str, id: Option<MedicationId>| {
        world.clock(day(n), "09:00:00");
        let id = id.unwrap_or_else(|| world.ids.next(world.now));
        let medicine = Medication::new(id, line, Some(day(1)));
        world.commit(Write::Medicine(MedicineWrite::Put { patient, medicine, before: None, class: None, on: day(n) }));
        id
    };
    let gabapentin = put(&mut world, 1, "gabapentin 300 mg 1-1-1", None);
    let naproxen = put(&mut world, 1, "naproxen 500 mg bid", None);
    world.clock(day(2), "09:00:00");
    let items = vec![world.item(Modality::SelfCare, "walk every day")];
    let plan = world.plan(patient, None, 1, items);
    world.commit(Write::SetPlan { plan, goals: Vec::new(), answers: Vec::new(), booked: Vec::new() });
    put(&mut world, 8, "gabapentin 600 mg 1-1-1", Some(gabapentin));
    put(&mut world, 9, "Gabapentin 600 mg 1-1-1", Some(gabapentin));
    put(&mut world, 15, "gabapentin 900 mg 1-1-1", Some(gabapentin));
    world.clock(day(16), "09:00:00");
    let stop = MedicineWrite::Stop {
        patient,
        medicine: naproxen,
        line: "naproxen 500 mg bid".to_owned(),
        on: day(16),
        reason: "stomach".to_owned(),
    };
    world.commit(Write::Medicine(stop));
    let marks = |world: &World| -> Vec<String> {
        let trends = read(world, patient, None);
        trends.marks.iter().map(|mark| format!("{} {}", chrono::Datelike::day(&mark.date), mark.words())).collect()
    };
    let told = [
        "1 started gabapentin 300 mg 1-1-1",
        "1 started naproxen 500 mg bid",
        "8 changed to gabapentin 600 mg 1-1-1",
        "15 changed to gabapentin 900 mg 1-1-1",
        "16 stopped naproxen 500 mg bid: stomach",
    ];
    let all: Vec<String> = marks(&world).iter().map(|mark| mark.to_lowercase()).collect();
    assert_eq!(all, told.map(str::to_lowercase), "a spelling is no change");
    let page = world.store.timeline(patient, &Sought::default(), &Read::default(), 100).unwrap();
    let lines: Vec<String> = page.events.iter().map(|event| format!("{}: {}", event.what, event.detail)).collect();
    for line in [
        "changed gabapentin: gabapentin 300 mg 1-1-1 → gabapentin 600 mg 1-1-1",
        "changed gabapentin: Gabapentin 600 mg 1-1-1 → gabapentin 900 mg 1-1-1",
    ] {
        assert_eq!(lines.iter().filter(|one| **one == line).count(), 1, "{line}: {lines:?}");
    }
    let now = crate::clinical::time::Now { instant: world.now, zone: chrono_tz::UTC };
    let pieces = world.store.plan_model(patient, now).unwrap().of_list;
    let pieces: Vec<String> = pieces.iter().map(|piece| format!("{:?} {}", piece.was, piece.item.what)).collect();
    assert_eq!(
        pieces,
        [
            "Some(\"gabapentin 300 mg 1-1-1\") gabapentin 900 mg 1-1-1",
            "Some(\"naproxen 500 mg bid\") naproxen 500 mg bid"
        ]
    );
    // Taken back, the marks go with the act.
    for count in [4, 3] {
        let newest = world.store.undo_step(Some(patient)).unwrap().unwrap();
        world.store.take_back(&newest, now).unwrap();
        assert_eq!(marks(&world).len(), count);
    }
    let proof = world.store.verify(None, &mut crate::store::Watch::nobody()).unwrap();
    assert!(proof.is_sound(), "{:?}", proof.findings);
}

/// A patient with so many visits, one a week, each with its scores; the newest on the 23rd.
fn seen_weekly(visits: u64) -> (World, PatientId) {
    let mut world = World::new();
    let patient = world.known("Okafor");
    let mut writes = Vec::new();
    for n in 0..visits {
        let date = day(23).checked_sub_days(Days::new(7 * n)).unwrap();
        let visit = world.visit(patient, date, "09:00:00", VisitKind::FollowUp).with_state(VisitState::Left, world.now);
        let scores = [ScoreItem::Now, ScoreItem::PegPain].map(|item| world.score(item, Answer::Given(5))).to_vec();
        let assessment = world.assessment(&visit);
        writes.push(Write::BookVisit { visit, new_patient: None });
        let lists = crate::clinical::asked::PatientLists::default();
        writes.push(Write::CompleteAssessment { assessment, scores, lists, again: false });
    }
    world.commit(Write::Many("made up a history".to_owned(), writes));
    (world, patient)
}

fn steps(world: &World, patient: PatientId) -> i64 {
    let count = || {
        let all = trend::STATEMENTS.iter().map(|(_, sql)| {
            i64::from(world.store.conn.prepare_cached(sql).unwrap().get_status(StatementStatus::VmStep))
        });
        all.sum::<i64>()
    };
    let before = count();
    read(world, patient, day(23).checked_sub_days(Days::new(731)));
    count() - before
}

#[test]
fn two_years_cost_the_same_however_much_lies_before_them() {
    let ((short, a), (long, b)) = (seen_weekly(150), seen_weekly(2_000));
    let (short, long) = (steps(&short, a), steps(&long, b));
    assert!(short > 0 && long <= short + short / 10, "{short} steps with 150 visits, {long} with 2,000");
}
