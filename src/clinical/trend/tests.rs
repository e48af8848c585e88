//! Courses in tables of cases and as properties. Invented figures only.

use proptest::prelude::*;

use super::axis::{ValueAxis, day_ticks};
use super::course::{Row, Way, nearest, next, rows, stops};
use super::level::{against, band_of};
use super::mark::{MedicinePlan, changes, joined};
use super::*;
use crate::clinical::id::Ids;
use crate::clinical::instrument::Catalogue;
use crate::clinical::patient::Facts;
use crate::clinical::plan::ItemState;
use crate::clinical::provenance::How;
use crate::clinical::time::Instant;
use chrono::Days;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn on(days: u64) -> NaiveDate {
    day("2024-01-01").checked_add_days(Days::new(days)).unwrap()
}

fn sample(date: NaiveDate, value: Option<i64>, waiting: bool) -> Sample {
    let how =
        Provenance { at: Instant::from_millis(0), how: How::Spoken, by: ReportedBy::Patient, initials: String::new() };
    let reading = match value {
        Some(value) => Reading::Given(Given {
            value: Exact::whole(value),
            shown: value.to_string(),
            band: String::new(),
            how,
            waiting,
        }),
        None => Reading::Missing("declined".to_owned()),
    };
    Sample { date, visit: None, result: None, reading }
}

fn series(id: &str, key: SeriesKey, range: Option<[i32; 2]>, samples: Vec<Sample>) -> Series {
    let entry = Catalogue::default().get(id).map(Into::into);
    let first = samples.iter().find_map(Baseline::of);
    Series { key, name: id.to_owned(), entry, range, samples, first }
}

fn pain(samples: Vec<Sample>) -> Series {
    series("nrs_average", SeriesKey::Average, Some([0, 10]), samples)
}

fn dates(series: &Series, run: &[usize]) -> Vec<String> {
    run.iter().map(|at| series.samples[*at].date.to_string()[5..].to_owned()).collect()
}

#[test]
fn what_is_missing_is_a_gap_and_what_waits_is_in_no_line() {
    let pain = pain(vec![
        sample(on(0), Some(7), false),
        sample(on(10), Some(6), false),
        sample(on(20), None, false),
        sample(on(30), Some(5), false),
        sample(on(40), Some(9), true),
        sample(on(50), Some(4), false),
    ]);
    let window = Window { from: on(0), to: on(60) };
    let runs: Vec<_> = runs(&pain, window, 80).iter().map(|run| dates(&pain, run)).collect();
    assert_eq!(runs, [vec!["01-01", "01-11"], vec!["01-31", "02-20"]]);
}

#[test]
fn a_line_runs_on_to_the_edges_of_the_stretch() {
    let pain = pain([0, 100, 200, 300].map(|at| sample(on(at), Some(5), false)).to_vec());
    let window = Window { from: on(90), to: on(150) };
    assert_eq!(runs(&pain, window, 80), [vec![0, 1, 2]]);
    assert_eq!(runs(&pain, Window { from: on(110), to: on(120) }, 80), [vec![1, 2]]);
}

#[test]
fn levels_are_reckoned_from_the_baseline_the_way_that_is_better() {
    let baseline = |value| Baseline { date: on(0), value: Exact::whole(value), shown: value.to_string() };
    let of = |series: &Series, value| -> Vec<(LevelKind, String)> {
        levels(series, Some(&baseline(value))).into_iter().map(|level| (level.kind, level.value.plain())).collect()
    };
    let line = |kind, value: &str| (kind, value.to_owned());
    let phq9 = series("phq9", SeriesKey::Instrument("phq9".to_owned()), Some([0, 27]), Vec::new());
    let weight = Series { entry: None, ..series("none", SeriesKey::Weight, None, Vec::new()) };
    assert_eq!(
        of(&pain(Vec::new()), 7),
        [line(LevelKind::Baseline, "7"), line(LevelKind::Important, "4.9"), line(LevelKind::Substantial, "3.5")]
    );
    assert_eq!(of(&pain(Vec::new()), 0), [line(LevelKind::Baseline, "0")], "nothing can be better than no pain");
    assert_eq!(of(&phq9, 16), [line(LevelKind::Baseline, "16"), line(LevelKind::Matters, "11")]);
    assert_eq!(of(&phq9, 3), [line(LevelKind::Baseline, "3")], "below nought there is no level");
    assert_eq!(of(&weight, 70), [line(LevelKind::Baseline, "70")]);
    assert!(levels(&pain(Vec::new()), None).is_empty());
}

#[test]
fn a_change_is_told_with_what_it_is_against_and_what_it_reaches() {
    let baseline =
        |value: i64| Baseline { date: day("2025-03-03"), value: Exact::whole(value), shown: value.to_string() };
    let phq9 = series("phq9", SeriesKey::Instrument("phq9".to_owned()), Some([0, 27]), Vec::new());
    let weight = Series { entry: None, ..series("none", SeriesKey::Weight, None, Vec::new()) };
    for (series, value, from, words) in [
        (&pain(Vec::new()), 4, 7, "−3, −43 % from 7 (3 Mar 2025), 30 % reached"),
        (&pain(Vec::new()), 3, 7, "−4, −57 % from 7 (3 Mar 2025), 50 % reached"),
        (&pain(Vec::new()), 6, 7, "−1, −14 % from 7 (3 Mar 2025)"),
        (&pain(Vec::new()), 9, 6, "+3, +50 % from 6 (3 Mar 2025), worse by 30 % or more"),
        (&pain(Vec::new()), 7, 7, "unchanged from 7 (3 Mar 2025)"),
        (&pain(Vec::new()), 3, 0, "+3 from 0 (3 Mar 2025)"),
        (&phq9, 20, 26, "−6, −23 % from 26 (3 Mar 2025), a change that matters"),
        (&weight, 68, 70, "−2.0 from 70 (3 Mar 2025)"),
    ] {
        assert_eq!(against(series, Exact::whole(value), &baseline(from), "−"), words);
    }
    assert_eq!(band_of(&pain(Vec::new()), Exact::whole(4)), Some("moderate"));
    assert_eq!(pain(Vec::new()).direction_in_words(), Some("lower is better"));
    assert_eq!(weight.direction_in_words(), None);
}

#[test]
fn figures_stand_in_even_steps_over_the_whole_range() {
    let window = Window { from: on(0), to: on(100) };
    let labels = |series: &Series, rows| -> Vec<String> {
        ValueAxis::of(series, window, rows).ticks.into_iter().map(|(_, label)| label).collect()
    };
    assert_eq!(labels(&pain(Vec::new()), 12), ["0", "2", "4", "6", "8", "10"]);
    assert_eq!(labels(&pain(Vec::new()), 6), ["0", "5", "10"]);
    assert_eq!(labels(&pain(Vec::new()), 1), ["0", "10"]);
    let weight = |values: &[i64]| {
        let samples = values.iter().zip(0..).map(|(value, at)| sample(on(at), Some(*value), false)).collect();
        Series { entry: None, ..series("none", SeriesKey::Weight, None, samples) }
    };
    let axis = ValueAxis::of(&weight(&[70, 74]), window, 8);
    assert!(axis.low <= Exact::whole(70) && Exact::whole(75) <= axis.high, "{axis:?}");
    assert!(labels(&weight(&[70, 74]), 8).len() >= 2);
    assert!(!labels(&weight(&[]), 8).is_empty());
}

#[test]
fn dates_stand_below_in_weeks_months_or_years() {
    let labels = |from: &str, to: &str, columns| -> Vec<String> {
        let window = Window { from: day(from), to: day(to) };
        day_ticks(window, columns).into_iter().map(|tick| tick.label).collect()
    };
    assert_eq!(labels("2026-08-24", "2026-11-24", 60), ["Sep 2026", "Oct", "Nov"]);
    assert_eq!(labels("2026-11-01", "2026-11-24", 60), ["2 Nov 2026", "9 Nov", "16 Nov"]);
    assert_eq!(labels("2024-11-23", "2026-11-24", 58), ["2025", "Jul", "2026", "Jul"]);
    assert_eq!(labels("2006-01-01", "2026-11-24", 100).first().map(String::as_str), Some("2006"));
    assert!(labels("2026-08-24", "2026-11-24", 3).is_empty());
}

#[test]
fn versions_of_a_plan_tell_what_was_begun_changed_and_stopped() {
    use ItemState::{Active, Changed, Proposed, Stopped};
    let version = |at: u64, items: &[(&str, ItemState)]| MedicinePlan {
        date: on(at),
        visit: None,
        items: items.iter().map(|(what, state)| ((*what).to_owned(), *state)).collect(),
    };
    let versions = [
        version(0, &[("Gabapentin 300 mg", Active), ("naproxen", Active)]),
        version(30, &[("gabapentin 600 mg", Changed), ("naproxen", Active), ("duloxetine 30 mg", Proposed)]),
        version(60, &[("gabapentin 600 mg", Active), ("naproxen", Stopped), ("duloxetine 30 mg", Active)]),
        version(90, &[("duloxetine 30 mg", Active)]),
    ];
    let told = |is_first| -> Vec<String> {
        let marks = changes(&versions, is_first);
        marks.iter().map(|mark| format!("{} {}", &mark.date.to_string()[5..], mark.words())).collect()
    };
    let later = [
        "01-31 changed to gabapentin 600 mg",
        "03-01 stopped naproxen",
        "03-01 started duloxetine 30 mg",
        "03-31 stopped gabapentin 600 mg",
    ];
    assert_eq!(told(false), later, "of what stood in the first nobody knows when it was begun");
    assert_eq!(told(true)[2..], later);
    assert_eq!(told(true)[..2], ["01-01 started Gabapentin 300 mg", "01-01 started naproxen"]);
}

fn mark(at: u64, kind: MarkKind, what: &str) -> Mark {
    Mark { date: on(at), roughly: None, kind, what: what.to_owned(), visit: None }
}

#[test]
fn one_event_told_by_two_lists_stands_once() {
    use MarkKind::{Procedure, Started, Stopped};
    let plan = vec![mark(30, Started, "gabapentin 300 mg"), mark(60, Stopped, "gabapentin 300 mg")];
    let list = vec![mark(35, Started, "Gabapentin 300 mg 1-0-1"), mark(200, Started, "gabapentin")];
    let done = vec![mark(40, Procedure, "TFESI L5 LEFT"), mark(41, Procedure, "TFESI L5 LEFT")];
    let all: Vec<String> = joined(vec![done, plan, list]).iter().map(Mark::words).collect();
    assert_eq!(
        all,
        [
            "started gabapentin 300 mg",
            "TFESI L5 LEFT",
            "TFESI L5 LEFT",
            "stopped gabapentin 300 mg",
            "started gabapentin"
        ]
    );
}

fn trends(series: Series, marks: Vec<Mark>) -> Trends {
    let at = Instant::from_millis(0);
    let patient = crate::clinical::patient::Patient::named(Ids::seeded(1).next(at), "Okafor", "Adaeze");
    let file = PatientFile { patient, facts: Facts::default(), problems: Vec::new() };
    Trends {
        file,
        first: series.first.as_ref().map(|first| first.date),
        series: vec![series],
        marks,
        from: None,
        cut: false,
    }
}

#[test]
fn one_goes_from_day_to_day_over_values_and_events() {
    let pain = pain(vec![sample(on(0), Some(7), false), sample(on(40), Some(5), false)]);
    let all = trends(pain, vec![mark(20, MarkKind::Procedure, "TFESI"), mark(40, MarkKind::Started, "naproxen")]);
    let stops = stops(&all, &all.series[0]);
    assert_eq!(stops, [on(0), on(20), on(40)]);
    assert_eq!(nearest(&stops, on(10)), Some(on(20)), "of two as near the later");
    assert_eq!(nearest(&[], on(10)), None);
    assert_eq!((next(&stops, on(20), Way::Back), next(&stops, on(20), Way::On)), (Some(on(0)), Some(on(40))));
    assert_eq!((next(&stops, on(0), Way::Back), next(&stops, on(40), Way::On)), (None, None));
    let rows = rows(&all, &all.series[0], Window { from: on(10), to: on(40) });
    let kinds: Vec<bool> = rows.iter().map(|row| matches!(row, Row::Mark(_))).collect();
    assert_eq!(kinds, [true, false, true], "newest first, what was done above the value of its day");
}

#[test]
fn the_extent_reaches_from_the_first_value_to_today() {
    let mut all = trends(pain(vec![sample(on(50), Some(7), false)]), Vec::new());
    assert_eq!(all.extent(on(100)), (on(50), on(100)));
    all.first = Some(on(3));
    all.from = Some(on(40));
    assert_eq!(all.extent(on(100)), (on(3), on(100)));
    assert!(all.lacks(Window { from: on(10), to: on(90) }));
    assert!(!all.lacks(Window { from: on(41), to: on(90) }));
    all.first = Some(on(50));
    assert!(!all.lacks(Window { from: on(10), to: on(90) }), "before the first value nothing is lacking");
}

proptest! {
    #[test]
    fn however_many_samples_a_line_stays_bounded_and_no_peak_is_lost(
        values in prop::collection::vec((0_u64..3, prop::option::weighted(0.9, 0_i64..=10)), 1..600),
        columns in 1_u16..120,
    ) {
        let mut at = 0;
        let samples: Vec<Sample> = values.iter().map(|(later, value)| {
            at += later;
            sample(on(at), *value, false)
        }).collect();
        let pain = pain(samples);
        let window = Window { from: on(0), to: on(at.max(1)) };
        let runs = runs(&pain, window, columns);
        let gaps = values.iter().filter(|(_, value)| value.is_none()).count();
        let drawn: Vec<usize> = runs.concat();
        prop_assert!(drawn.len() <= 4 * (usize::from(columns) + gaps + 2));
        prop_assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
        let highest = |all: &mut dyn Iterator<Item = usize>| all.filter_map(|at| Some(pain.samples[at].given()?.value)).max();
        let lowest = |all: &mut dyn Iterator<Item = usize>| all.filter_map(|at| Some(pain.samples[at].given()?.value)).min();
        prop_assert_eq!(highest(&mut drawn.iter().copied()), highest(&mut (0..values.len())));
        prop_assert_eq!(lowest(&mut drawn.iter().copied()), lowest(&mut (0..values.len())));
        for run in &runs {
            let (first, last) = (run[0], run[run.len() - 1]);
            prop_assert!((first..=last).all(|at| pain.samples[at].given().is_some()), "no line over a gap");
        }
    }

    #[test]
    fn dates_never_overlap_and_never_leave_the_axis(days in 1_u64..9000, columns in 0_u16..220) {
        let window = Window { from: on(0), to: on(days) };
        let mut free = 0;
        for tick in day_ticks(window, columns) {
            prop_assert!(tick.column >= free);
            free = tick.column + u16::try_from(tick.label.len()).unwrap() + 1;
            prop_assert!(free <= columns + 1);
        }
    }
}
