use super::*;
use proptest::prelude::*;

fn n(text: &str) -> Exact {
    text.parse().unwrap()
}

fn mg(text: &str) -> Micrograms {
    Micrograms::from_mg(n(text)).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn input(start: &str, target: &str, cut: Cut, unit: &str) -> TaperInput {
    TaperInput {
        measure: Measure::MgPerDay,
        start: mg(start),
        target: mg(target),
        cut,
        unit: mg(unit),
        step_days: 28,
        first_day: day("2026-12-01"),
        stop_points: BTreeSet::new(),
        pauses: vec![],
        opioid: None,
    }
}

fn doses(input: &TaperInput) -> Vec<String> {
    taper(input).unwrap().steps.iter().map(|step| step.dose.to_string()).collect()
}

#[test]
fn each_kind_of_cut_falls_as_asked() {
    let percent = Cut::PercentOfCurrent(n("10"));
    assert_eq!(doses(&input("100", "60", percent, "5")), ["90", "80", "70", "65", "60"]);
    assert_eq!(doses(&input("100", "0", Cut::PercentOfStart(n("25")), "5")), ["75", "50", "25", "0"]);
    assert_eq!(doses(&input("60", "20", Cut::Fixed(mg("15")), "5")), ["45", "30", "20"]);
    assert_eq!(doses(&input("7.5", "0", Cut::Fixed(mg("2.5")), "2.5")), ["5", "2.5", "0"]);
    assert_eq!(doses(&input("0.4", "0", Cut::PercentOfCurrent(n("50")), "0.1")), ["0.2", "0.1", "0"]);
}

#[test]
fn a_cut_finer_than_the_unit_still_falls_and_says_so() {
    let plan = taper(&input("15", "0", Cut::PercentOfCurrent(n("10")), "5")).unwrap();
    let steps: Vec<(String, bool)> =
        plan.steps.iter().map(|step| (step.dose.to_string(), step.is_larger_than_asked)).collect();
    assert_eq!(steps, [("10".to_owned(), true), ("5".to_owned(), true), ("0".to_owned(), true)]);
    assert_eq!(plan.steps[0].fell_percent.show(1), "33.3");
}

#[test]
fn a_target_or_start_that_is_no_multiple_of_the_unit_is_met_exactly() {
    assert_eq!(doses(&input("47.5", "12.5", Cut::Fixed(mg("10")), "10")), ["40", "30", "20", "12.5"]);
}

#[test]
fn the_taper_lands_on_each_stop_point() {
    let with_stops =
        TaperInput { stop_points: [mg("45"), mg("50")].into(), ..input("90", "0", Cut::Fixed(mg("30")), "5") };
    let plan = taper(&with_stops).unwrap();
    let steps: Vec<(String, bool)> =
        plan.steps.iter().map(|step| (step.dose.to_string(), step.is_stop_point)).collect();
    let expected = [("60", false), ("50", true), ("45", true), ("15", false), ("0", false)];
    assert_eq!(steps, expected.map(|(dose, stop)| (dose.to_owned(), stop)));
}

#[test]
fn a_pause_re_dates_what_comes_after_it_and_nothing_before() {
    let plain = input("40", "0", Cut::Fixed(mg("10")), "10");
    let dates =
        |input: &TaperInput| taper(input).unwrap().steps.iter().map(|step| step.date.to_string()).collect::<Vec<_>>();
    assert_eq!(dates(&plain), ["2026-12-01", "2026-12-29", "2027-01-26", "2027-02-23"]);
    let paused = TaperInput { pauses: vec![Pause { step: 2, days: 14 }], ..plain };
    assert_eq!(dates(&paused), ["2026-12-01", "2026-12-29", "2027-02-09", "2027-03-09"]);
}

#[test]
fn each_step_can_say_what_it_comes_to() {
    let of = |id: &str| TaperInput { opioid: Some(id.to_owned()), ..input("60", "20", Cut::Fixed(mg("20")), "10") };
    let mme: Vec<String> =
        taper(&of("oxycodone")).unwrap().steps.iter().map(|step| step.mme.unwrap().to_string()).collect();
    assert_eq!(mme, ["60", "30"]);
    for id in ["fentanyl_transdermal", "buprenorphine_any", "aspirin"] {
        assert_eq!(taper(&of(id)).unwrap_err().field(), "opioid", "{id}");
    }
}

#[test]
fn what_cannot_be_planned_is_named() {
    let good = input("40", "0", Cut::Fixed(mg("10")), "10");
    for (bad, field) in [
        (TaperInput { target: mg("40"), ..good.clone() }, "target_mg"),
        (TaperInput { target: mg("50"), ..good.clone() }, "target_mg"),
        (TaperInput { unit: mg("0"), ..good.clone() }, "unit_mg"),
        (TaperInput { unit: mg("50"), ..good.clone() }, "unit_mg"),
        (TaperInput { step_days: 0, ..good.clone() }, "step_days"),
        (TaperInput { cut: Cut::Fixed(mg("0")), ..good.clone() }, "cut_mg"),
        (TaperInput { cut: Cut::PercentOfCurrent(n("0")), ..good.clone() }, "cut_percent"),
        (TaperInput { cut: Cut::PercentOfStart(n("101")), ..good.clone() }, "cut_percent_of_start"),
        (TaperInput { stop_points: [mg("40")].into(), ..good.clone() }, "stop_points_mg"),
        (TaperInput { pauses: vec![Pause { step: 5, days: 7 }], ..good.clone() }, "pauses.step"),
        (TaperInput { pauses: vec![Pause { step: 1, days: 0 }], ..good.clone() }, "pauses.days"),
        (TaperInput { unit: mg("0.01"), cut: Cut::PercentOfCurrent(n("0.01")), ..good.clone() }, "cut"),
        (TaperInput { first_day: NaiveDate::MAX, ..good.clone() }, "first_day"),
    ] {
        assert_eq!(taper(&bad).unwrap_err().field(), field);
    }
}

fn any_cut() -> impl Strategy<Value = Cut> {
    prop_oneof![
        (1_i64..1_000).prop_map(|tenths| Cut::PercentOfCurrent(Exact::decimal(tenths, 1))),
        (10_i64..1_000).prop_map(|tenths| Cut::PercentOfStart(Exact::decimal(tenths, 1))),
        (1_u64..50_000).prop_map(|micrograms| Cut::Fixed(Micrograms::new(micrograms))),
    ]
}

fn any_taper() -> impl Strategy<Value = TaperInput> {
    let doses = (2_u64..400_000, 0_u64..1_000, 1_u64..10_000);
    let stops = proptest::collection::vec(1_u64..1_000, 0..4);
    (doses, any_cut(), stops, 1_u32..60, proptest::collection::vec((0_usize..4, 1_u32..40), 0..3)).prop_map(
        |((start, part, unit), cut, stops, step_days, pauses)| {
            let target = start * part / 1_001;
            let between = |part: u64| target + (start - target) * part / 1_001;
            let inside = |stop: &u64| (target + 1..start).contains(stop);
            TaperInput {
                measure: Measure::MgPerDay,
                start: Micrograms::new(start),
                target: Micrograms::new(target),
                cut,
                unit: Micrograms::new(unit.min(start)),
                step_days,
                first_day: day("2026-12-01"),
                stop_points: stops.into_iter().map(between).filter(inside).map(Micrograms::new).collect(),
                pauses: pauses
                    .into_iter()
                    .map(|(step, days)| Pause { step: step.min(1), days })
                    .filter(|pause| pause.step > 0)
                    .collect(),
                opioid: None,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_taper_never_rises_and_ends_where_asked(input in any_taper()) {
        let plan = match taper(&input) {
            Ok(plan) => plan,
            Err(fault) => {
                prop_assert_eq!(fault.field(), "cut", "only a plan of too many steps is refused");
                return Ok(());
            }
        };
        prop_assert_eq!(plan.steps.last().map(|step| step.dose), Some(input.target));
        let (mut dose, mut date) = (plan.start, None);
        for step in &plan.steps {
            prop_assert!(step.dose < dose, "each step is lower");
            prop_assert!(date < Some(step.date), "each step is later");
            let passed: Vec<_> = input.stop_points.iter().filter(|stop| step.dose < **stop && **stop < dose).collect();
            prop_assert!(passed.is_empty(), "no stop point is passed");
            let fell = Micrograms::new(dose.get() - step.dose.get()).mg();
            let asked = asked(&input, dose).unwrap();
            prop_assert_eq!(step.is_larger_than_asked, fell > asked);
            prop_assert!(fell <= asked.plus(input.unit.mg()).unwrap(), "rounding adds at most a unit");
            (dose, date) = (step.dose, Some(step.date));
        }
        for stop in &input.stop_points {
            prop_assert!(plan.steps.iter().any(|step| step.dose == *stop && step.is_stop_point), "each stop point is reached");
        }
    }
}
