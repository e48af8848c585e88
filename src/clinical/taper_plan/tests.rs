//! A taper case by case.

use super::*;
use crate::clinical::id::Ids;

const AT: Instant = Instant::from_millis(1_795_000_000_000);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn draft() -> TaperDraft {
    TaperDraft {
        drug: "Palexia 50 mg".to_owned(),
        start: Some(100_000),
        target: Some(0),
        cut_kind: Some(CutKind::OfStart),
        percent: Some(250),
        unit: Some(25_000),
        step_days: Some(28),
        first_day: Some(day("2026-12-01")),
        ..TaperDraft::default()
    }
}

fn made(draft: &TaperDraft) -> Result<TaperPlan, &'static str> {
    let mut ids = Ids::seeded(3);
    let who = (ids.next(AT), ids.next(AT), None);
    draft.finish(None, who, (day("2026-11-24"), AT)).map_err(|(field, _)| field)
}

fn dates(plan: &TaperPlan) -> Vec<String> {
    plan.steps().unwrap().steps.iter().map(|step| format!("{} {}", step.date, step.dose)).collect()
}

#[test]
fn a_taper_has_steps_with_dates_and_a_call_at_each() {
    let plan = made(&draft()).unwrap();
    assert_eq!(plan.drug, "tapentadol");
    assert_eq!(dates(&plan), ["2026-12-01 75", "2026-12-29 50", "2027-01-26 25", "2027-02-23 0"]);
    assert_eq!((plan.open_from(), plan.step_on(day("2026-11-30"))), (Some(day("2026-12-01")), 0));
    assert_eq!(plan.line(), "tapentadol · step 1 of 4: 75 mg a day from 1 Dec");
    let called = plan.with_call(AT);
    assert_eq!((called.open_from(), called.called), (Some(day("2026-12-29")), 1));
    let done = (0..3).fold(called, |plan, _| plan.with_call(AT));
    assert_eq!(done.open_from(), None);
    assert_eq!(TaperPlan { ended: Some("pain".to_owned()), ..plan }.open_from(), None);
}

#[test]
fn a_pause_dates_the_rest_later_and_the_call_with_it() {
    let plan = made(&draft()).unwrap();
    assert!(plan.paused(day("2026-11-30"), 14).is_err(), "not begun");
    let on_its_day = plan.paused(day("2026-12-29"), 7).unwrap();
    assert_eq!(on_its_day.pauses, [(2, 7)], "on the day of a step that step holds");
    let paused = plan.with_call(AT).paused(day("2026-12-10"), 14).unwrap();
    assert_eq!(dates(&paused), ["2026-12-01 75", "2027-01-12 50", "2027-02-09 25", "2027-03-09 0"]);
    assert_eq!(paused.open_from(), Some(day("2027-01-12")));
    let nothing = paused.paused(day("2026-12-10"), 0);
    assert_eq!(nothing.unwrap_err(), "0 does not fit: it is 1 to 3650");
    // Changed so that it has fewer steps, the step that is kept longer is none any more.
    let late = plan.paused(day("2027-01-30"), 7).unwrap();
    let (at, who) = ((day("2026-11-24"), AT), (late.id, late.patient, None));
    let fewer = TaperDraft { percent: Some(1_000), ..draft() }.finish(Some(&late), who, at);
    assert_eq!(fewer.unwrap_err().1, "step 3 is kept longer, and the taper would have fewer steps");
    assert!(paused.paused(day("2027-04-01"), 7).is_err(), "nothing is left");
}

#[test]
fn what_is_missing_or_does_not_fit_is_said_at_its_field() {
    for (draft, field) in [
        (TaperDraft { drug: " ".to_owned(), ..draft() }, "drug"),
        (TaperDraft { start: None, ..draft() }, "start"),
        (TaperDraft { target: Some(100_000), ..draft() }, "target"),
        (TaperDraft { cut_kind: None, ..draft() }, "cut_kind"),
        (TaperDraft { percent: None, ..draft() }, "percent"),
        (TaperDraft { percent: Some(0), ..draft() }, "percent"),
        (TaperDraft { cut_kind: Some(CutKind::Amount), ..draft() }, "amount"),
        (TaperDraft { unit: Some(0), ..draft() }, "unit"),
        (TaperDraft { step_days: Some(0), ..draft() }, "step_days"),
        (TaperDraft { stops: "100".to_owned(), ..draft() }, "stop"),
        (TaperDraft { stops: "half".to_owned(), ..draft() }, "stop"),
    ] {
        assert_eq!(made(&draft), Err(field));
    }
    assert!(draft().tried_out(None, day("2026-11-24")).is_some());
}

#[test]
fn a_name_that_is_a_patch_and_something_else_says_which() {
    let named = |drug: &str| TaperDraft { drug: drug.to_owned(), ..draft() };
    for drug in ["Temgesic", "Belbuca 150", "fentanyl", "buprenorphine 8 mg daily"] {
        assert_eq!(made(&named(drug)), Err("drug"), "{drug}");
    }
    for (typed, drug, unit) in [
        ("Butrans", "buprenorphine patch", "mcg/h"),
        ("Durogesic 25 mcg/h", "fentanyl patch", "mcg/h"),
        ("buprenorphine sl 8 mg", "buprenorphine sublingual", "mg a day"),
        ("buprenorphine tablets", "buprenorphine tablets", "mg a day"),
        ("Actiq lozenge", "fentanyl lozenge", "mg a day"),
        ("Palexia", "tapentadol", "mg a day"),
    ] {
        let plan = made(&named(typed)).unwrap_or_else(|field| panic!("{typed}: {field}"));
        assert_eq!((plan.drug.as_str(), plan.unit_words()), (drug, unit), "{typed}");
        let again = made(&TaperDraft::of(&plan)).map(|plan| plan.drug);
        assert_eq!(again.as_deref(), Ok(drug), "{typed}: changed later, it is not asked again");
    }
}

#[test]
fn a_draft_comes_back_as_it_was() {
    let plan = made(&TaperDraft { stops: "50".to_owned(), ..draft() }).unwrap().with_call(AT);
    let who = (plan.id, plan.patient, plan.visit);
    assert_eq!(TaperDraft::of(&plan).finish(Some(&plan), who, (day("2026-12-24"), AT)), Ok(plan));
}

#[test]
fn it_lands_on_several_stop_points_however_they_are_typed() {
    for typed in ["75 50", "50, 75", "75;50", "75 mg, 50 mg"] {
        let plan = made(&TaperDraft { stops: typed.to_owned(), percent: Some(400), ..draft() }).unwrap();
        assert_eq!(dates(&plan), ["2026-12-01 75", "2026-12-29 50", "2027-01-26 0"], "{typed}");
        let stops: Vec<bool> = plan.steps().unwrap().steps.iter().map(|step| step.is_stop_point).collect();
        assert_eq!(stops, [true, true, false], "{typed}");
        assert_eq!(TaperDraft::of(&plan).stops, "75 50");
    }
}

#[test]
fn a_patch_is_tapered_by_its_rate_and_a_new_taper_begins_with_the_dose_of_the_list() {
    let mut ids = Ids::seeded(3);
    let mut list = |lines: &[&str]| -> Vec<Medication> {
        lines.iter().map(|line| Medication::new(ids.next(AT), *line, None)).collect()
    };
    for (lines, drug, start, unit) in [
        (&["oxycodone er 20 mg bid", "gabapentin 300 1-1-1"][..], "oxycodone", Some(40_000), "mg a day"),
        (&["fentanyl patch 12.5 mcg/h q72h"], "fentanyl patch", Some(12_500), "mcg/h"),
        (&["morphine 10 mg/5 ml 2.5 ml q4h"], "morphine", Some(30_000), "mg a day"),
        (&["oxycodone 5 mg as needed"], "oxycodone", None, "mg a day"),
        (&["oxycodone er 20 mg bid", "tramadol 50 mg qid"], "", None, "mg a day"),
        (&["gabapentin 300 1-1-1"], "", None, "mg a day"),
        (&["acetaminophen/codeine 300/30 q6h"], "codeine/acetaminophen", Some(120_000), "mg a day"),
        (&["Norco 10/325 q6h"], "hydrocodone/acetaminophen", Some(40_000), "mg a day"),
        (&["oxycodone er 20 mg bid", "oxycodone ir 5 mg q6h"], "oxycodone", Some(60_000), "mg a day"),
        (&["oxycodone er 20 mg bid", "oxycodone 5 mg prn"], "oxycodone", None, "mg a day"),
    ] {
        let list = list(lines);
        let draft = TaperDraft::of_list(&list);
        assert_eq!((draft.drug.as_str(), draft.start, unit_words(&draft.drug)), (drug, start, unit), "{lines:?}");
        let typed = TaperDraft { drug: lines[0].to_owned(), ..TaperDraft::default() };
        assert_eq!(typed.listed_dose(&list).is_some(), !lines[0].contains("as needed"), "{lines:?}");
    }
    let both = list(&["oxycodone er 20 mg bid", "oxycodone ir 5 mg q6h"]);
    for (typed, dose) in [("oxycodone", 60_000), ("oxycodone er", 40_000), ("oxycodone ir", 20_000)] {
        let typed = TaperDraft { drug: typed.to_owned(), ..TaperDraft::default() };
        assert_eq!(typed.listed_dose(&both), Some(dose), "{}", typed.drug);
    }
    let patch = TaperDraft { drug: "Fentanyl patch".to_owned(), start: Some(50_000), unit: Some(12_500), ..draft() };
    let plan = made(&patch).unwrap();
    assert_eq!(dates(&plan), ["2026-12-01 37.5", "2026-12-29 25", "2027-01-26 12.5", "2027-02-23 0"]);
    assert_eq!(plan.line(), "fentanyl patch · step 1 of 4: 37.5 mcg/h from 1 Dec");
    assert!(plan.lines()[0].ends_with("50 to 0 mcg/h."), "{:?}", plan.lines());
    let why = plan.steps().unwrap().why.first().rule.clone();
    assert!(why.contains("to the nearest 12.5 mcg/h") && !why.contains(" mg"), "{why}");
}
