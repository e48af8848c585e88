use super::*;
use crate::clinical::facts::number;

fn n(text: &str) -> Exact {
    text.parse().unwrap()
}

fn check(drug: &str, risk: Risk, hours: Option<&str>) -> Check {
    Check {
        drug: drug.to_owned(),
        work: Work::Category(risk),
        hours_since_last_dose: hours.map(n),
        inr: None,
        renal: Renal::NotImpaired,
        upgrade: Upgrade::No,
    }
}

fn window(check: &Check) -> Window {
    antithrombotic(check).unwrap()
}

#[test]
fn the_worked_examples_of_the_table_come_out() {
    for example in &antithrombotics().worked_example {
        let text = |key: &str| example.inputs.get(key).and_then(toml::Value::as_str);
        let impaired = example.inputs.get("renal_impaired").and_then(toml::Value::as_bool) == Some(true);
        let check = Check {
            drug: text("drug").unwrap().to_owned(),
            work: Work::Category(text("category").and_then(Risk::from_name).unwrap()),
            hours_since_last_dose: number(&example.inputs, "hours_since_last_dose"),
            inr: number(&example.inputs, "inr"),
            renal: if impaired { Renal::Impaired } else { Renal::NotImpaired },
            upgrade: Upgrade::No,
        };
        let (got, expected) = (window(&check), |key: &str| example.expected.get(key).and_then(toml::Value::as_str));
        assert_eq!(Some(got.status.name()), expected("status"), "{}", example.id);
        if let Some(reason) = expected("reason") {
            assert_eq!(got.reason.map(Vocab::name), Some(reason), "{}", example.id);
        }
        if let Some(short) = number(&example.expected, "hours_short") {
            assert_eq!(got.hours_short, Some(short), "{}", example.id);
        }
    }
}

#[test]
fn every_hold_of_the_table_is_adequate_exactly_at_its_hours() {
    let mut held = 0;
    for drug in &antithrombotics().drug {
        for &risk in Risk::ALL {
            let Some(hours) = drug.hold(risk).hold_hours else { continue };
            let at = |hours: Exact| {
                let inr = Some(n("1.2"));
                window(&Check { hours_since_last_dose: Some(hours), inr, ..check(&drug.id, risk, None) })
            };
            let (exact, short) = (at(hours), at(hours.minus(n("0.25")).unwrap()));
            assert_eq!(
                (exact.status, exact.hours_short),
                (Status::Adequate, Some(Exact::ZERO)),
                "{} {risk:?}",
                drug.id
            );
            assert_eq!(
                (short.status, short.hours_short),
                (Status::NotAdequate, Some(n("0.25"))),
                "{} {risk:?}",
                drug.id
            );
            assert_eq!(exact.within_range, drug.hold(risk).hold_hours_max.is_some(), "{} {risk:?}", drug.id);
            held += 1;
        }
    }
    assert!(held > 50, "only {held} holds were seen");
}

#[test]
fn without_a_last_dose_nothing_that_is_held_is_clear() {
    for drug in &antithrombotics().drug {
        for &risk in Risk::ALL {
            let got = window(&check(&drug.id, risk, None));
            let expected = match drug.hold(risk).action {
                Action::Hold => Status::Unknown,
                Action::NoHold => Status::NoHoldNeeded,
                Action::SharedAssessment => Status::SharedAssessment,
                Action::Contraindicated => Status::Contraindicated,
            };
            assert_eq!(got.status, expected, "{} {risk:?}", drug.id);
        }
    }
}

#[test]
fn the_inr_decides_with_the_hours() {
    for (hours, inr, status, reason, short) in [
        (Some("120"), Some("1.2"), Status::Adequate, None, Some("0")),
        (Some("120"), Some("1.21"), Status::NotAdequate, Some(Reason::Inr), Some("0")),
        (Some("120"), None, Status::Unknown, Some(Reason::UnknownInr), Some("0")),
        (Some("100"), Some("1.0"), Status::NotAdequate, Some(Reason::Time), Some("20")),
        (Some("100"), Some("2.5"), Status::NotAdequate, Some(Reason::Inr), Some("20")),
        (Some("100"), None, Status::NotAdequate, Some(Reason::Time), Some("20")),
        (None, Some("2.5"), Status::NotAdequate, Some(Reason::Inr), None),
        (None, Some("1.0"), Status::Unknown, Some(Reason::UnknownLastDose), None),
    ] {
        let got = window(&Check { inr: inr.map(n), ..check("warfarin", Risk::High, hours) });
        assert_eq!((got.status, got.reason, got.hours_short), (status, reason, short.map(n)), "{hours:?} {inr:?}");
    }
}

#[test]
fn kidney_impairment_replaces_the_hold_where_a_figure_is_published() {
    for (drug, renal, hours, status, hold) in [
        ("dabigatran", Renal::NotImpaired, "96", Status::Adequate, "96"),
        ("dabigatran", Renal::Impaired, "96", Status::NotAdequate, "120"),
        ("dabigatran", Renal::Impaired, "120", Status::Adequate, "120"),
        ("apixaban", Renal::Impaired, "72", Status::Adequate, "72"),
    ] {
        let got = window(&Check { renal, ..check(drug, Risk::Intermediate, Some(hours)) });
        assert_eq!((got.status, got.hold_hours), (status, Some(n(hold))), "{drug} {renal:?} {hours}");
    }
    let range = window(&Check { renal: Renal::Impaired, ..check("dabigatran", Risk::High, Some("130")) });
    assert_eq!((range.within_range, range.hold_hours_max), (true, Some(n("144"))));
    let asked = window(&Check { renal: Renal::Impaired, ..check("rivaroxaban", Risk::High, Some("80")) });
    assert!(asked.notes.iter().any(|note| note.starts_with("Kidney impairment")));
}

#[test]
fn the_procedure_gives_the_category_and_the_patient_may_raise_it() {
    for (procedure, upgrade, category) in [
        ("scs_trial", Upgrade::No, Risk::High),
        ("tfesi_lumbar", Upgrade::No, Risk::Intermediate),
        ("tfesi_lumbar", Upgrade::Yes, Risk::High),
        ("mbb_lumbar", Upgrade::Yes, Risk::Intermediate),
        ("mbb_lumbar", Upgrade::No, Risk::Low),
    ] {
        let work = Work::Procedure(procedure.to_owned());
        let got = window(&Check { work, upgrade, ..check("apixaban", Risk::Low, Some("80")) });
        assert_eq!(got.category, category, "{procedure} {upgrade:?}");
    }
}

#[test]
fn several_drugs_are_upgraded_and_the_worst_governs() {
    let both =
        [check("nsaid_ibuprofen", Risk::Intermediate, Some("2")), check("apixaban", Risk::Intermediate, Some("80"))];
    let got = antithrombotics_together(&both).unwrap();
    assert_eq!(got.windows.iter().map(|window| window.category).collect::<Vec<_>>(), [Risk::High, Risk::High]);
    assert_eq!((got.governing, got.dual_antiplatelet), (Status::NotAdequate, false));
    let dual = [check("aspirin_secondary", Risk::Low, Some("200")), check("clopidogrel", Risk::Low, Some("200"))];
    let got = antithrombotics_together(&dual).unwrap();
    assert_eq!((got.governing, got.dual_antiplatelet), (Status::SharedAssessment, true));
    assert_eq!(antithrombotics_together(&[]).unwrap_err(), CalcError::missing("checks"));
}

#[test]
fn what_cannot_be_checked_is_named() {
    let work = Work::Procedure("nose_job".to_owned());
    assert_eq!(antithrombotic(&Check { work, ..check("warfarin", Risk::Low, None) }).unwrap_err().field(), "procedure");
    assert_eq!(
        antithrombotic(&check("warfarin", Risk::High, Some("-1"))).unwrap_err().field(),
        "hours_since_last_dose"
    );
    let inr = Some(n("0"));
    assert_eq!(antithrombotic(&Check { inr, ..check("warfarin", Risk::High, Some("1")) }).unwrap_err().field(), "inr");
    let rows = [check("warfarin", Risk::High, Some("1")), check("warfarin", Risk::High, Some("-1"))];
    assert_eq!(antithrombotics_together(&rows).unwrap_err().field(), "checks[1].hours_since_last_dose");
}
