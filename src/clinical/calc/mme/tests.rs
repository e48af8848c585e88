use super::*;
use crate::clinical::facts::number;
use proptest::prelude::*;

fn n(text: &str) -> Exact {
    text.parse().unwrap()
}

fn doses(drug: &str, mg: &str, times: &str) -> Opioid {
    let amount = Amount::Doses { dose_mg: n(mg), times_per_day: n(times) };
    Opioid { drug: drug.to_owned(), amount, route: None, as_needed: false }
}

fn patch(drug: &str, rate: &str, hours: Option<&str>) -> Opioid {
    let amount = Amount::Patch { mcg_per_hour: n(rate), interval_hours: hours.map(n) };
    Opioid { drug: drug.to_owned(), amount, route: None, as_needed: false }
}

fn us(list: Vec<Opioid>, classes: &[&str]) -> Mme {
    mme(&MmeInput::us(list, classes.iter().map(|class| (*class).to_owned()).collect())).unwrap()
}

fn uk(list: Vec<Opioid>) -> Mme {
    mme(&MmeInput { region: Region::Uk, ..MmeInput::us(list, vec![]) }).unwrap()
}

fn reached(answer: &Mme) -> Vec<&str> {
    answer.thresholds.iter().map(|threshold| threshold.id).collect()
}

fn fails(opioid: Opioid) -> CalcError {
    mme(&MmeInput::us(vec![opioid], vec![])).unwrap_err()
}

#[test]
fn the_worked_examples_of_the_table_come_out() {
    let table = opioids();
    for example in &table.worked_example {
        let list = example.inputs.iter().map(|row| {
            let drug = row["drug"].as_str().unwrap().to_owned();
            let amount = match (number(row, "dose_mg"), number(row, "mcg_per_hour")) {
                (Some(dose_mg), _) => Amount::Doses { dose_mg, times_per_day: number(row, "times_per_day").unwrap() },
                (None, Some(mcg_per_hour)) => {
                    Amount::Patch { mcg_per_hour, interval_hours: number(row, "patch_interval_hours") }
                }
                (None, None) => Amount::NotGiven,
            };
            Opioid { drug, amount, route: None, as_needed: false }
        });
        let answer = us(list.collect(), &[]);
        assert_eq!(answer.total, Some(example.expected_mme), "{}", example.id);
        assert_eq!(answer.flags, example.expected_flags, "{}", example.id);
    }
}

#[test]
fn every_factor_is_applied_in_its_unit() {
    for (drug, total) in [
        ("codeine", "1.5"),
        ("hydrocodone", "10"),
        ("hydromorphone", "50"),
        ("methadone", "47"),
        ("morphine", "10"),
        ("oxycodone", "15"),
        ("oxymorphone", "30"),
        ("tapentadol", "4"),
        ("tramadol", "2"),
    ] {
        assert_eq!(us(vec![doses(drug, "2.5", "4")], &[]).total, Some(n(total)), "{drug}");
    }
    assert_eq!(us(vec![patch("fentanyl_transdermal", "10", Some("72"))], &[]).total, Some(n("24")));
}

#[test]
fn bands_and_thresholds_change_exactly_at_their_edge() {
    for (mg, band, thresholds) in [
        ("0.00001", "none", vec![]),
        ("0.0001", "under_20", vec![]),
        ("19.9999", "under_20", vec![]),
        ("20", "from_20_under_50", vec![]),
        ("49.9999", "from_20_under_50", vec![]),
        ("50", "from_50_under_90", vec!["mme_50"]),
        ("89.9999", "from_50_under_90", vec!["mme_50"]),
        ("90", "from_90", vec!["mme_50", "mme_90_historic"]),
        ("900", "from_90", vec!["mme_50", "mme_90_historic"]),
    ] {
        let answer = us(vec![doses("morphine", mg, "1")], &[]);
        assert_eq!((answer.band.unwrap().id.as_str(), reached(&answer)), (band, thresholds.clone()), "{mg}");
        let naloxone: Vec<&str> = answer.naloxone.iter().map(|trigger| trigger.id.as_str()).collect();
        assert_eq!(naloxone.contains(&"dose_50"), thresholds.contains(&"mme_50"), "{mg}");
    }
    let nothing = us(vec![], &["benzodiazepine"]);
    assert_eq!(
        (nothing.band.unwrap().id.as_str(), nothing.naloxone.len(), nothing.coprescription.len()),
        ("none", 0, 0)
    );
}

#[test]
fn a_long_patch_interval_is_averaged_and_the_full_rate_shown_beside() {
    for (hours, total, full) in
        [("48", "180", None), ("72", "180", None), ("240", "54", Some("180")), ("96", "135", Some("180"))]
    {
        let answer = us(vec![patch("fentanyl_transdermal", "75", Some(hours))], &[]);
        assert_eq!((answer.total, answer.full_rate_total), (Some(n(total)), full.map(n)), "{hours}");
    }
}

#[test]
fn opioids_without_a_factor_are_flagged_and_never_counted_as_nought() {
    for (drug, id) in [
        ("buprenorphine_any", "buprenorphine_any"),
        ("methadone_oud", "methadone_oud"),
        ("parenteral_opioids", "parenteral_opioids"),
        ("neuraxial_opioids", "neuraxial_opioids"),
        ("nalbuphine", "nalbuphine"),
        ("celecoxib_tramadol", "celecoxib_tramadol"),
        ("levorphanol", "levorphanol"),
        ("meperidine", "meperidine"),
        ("fentanyl_nasal", "fentanyl_nasal"),
        ("tilidine", "tilidine"),
        ("Piritramide", "piritramide"),
    ] {
        let answer = us(vec![doses(drug, "10", "2"), doses("morphine", "15", "2")], &[]);
        assert_eq!(answer.total, Some(n("30")), "{drug}");
        assert_eq!(answer.flags, [format!("no_factor:{id}")], "{drug}");
        assert!(!answer.complete, "{drug}");
        assert_eq!(answer.lines[0].mme, None);
    }
}

#[test]
fn the_route_decides_whether_a_factor_holds() {
    for (drug, route, total, flag) in [
        ("morphine", "oral", Some("20"), None),
        ("morphine", "IV", None, Some("no_factor:parenteral_opioids")),
        ("hydromorphone", "subcutaneous", None, Some("no_factor:parenteral_opioids")),
        ("morphine", "intrathecal", None, Some("no_factor:neuraxial_opioids")),
        ("morphine", "rectal", None, Some("no_factor:morphine")),
        ("nalbuphine", "iv", None, Some("no_factor:nalbuphine")),
    ] {
        let answer = us(vec![Opioid { route: Some(route.to_owned()), ..doses(drug, "10", "2") }], &[]);
        assert_eq!(answer.lines[0].mme, total.map(n), "{drug} {route}");
        assert_eq!(answer.flags.first().map(String::as_str), flag, "{drug} {route}");
    }
    let fault = fails(Opioid { route: Some("telepathy".to_owned()), ..doses("morphine", "10", "2") });
    assert_eq!(fault.field(), "opioids[0].route");
}

#[test]
fn units_that_do_not_fit_are_refused_and_named() {
    for (opioid, field) in [
        (patch("morphine", "50", Some("72")), "opioids[0].mcg_per_hour"),
        (doses("fentanyl_transdermal", "25", "1"), "opioids[0].dose_mg"),
        (patch("fentanyl_transdermal", "25", None), "opioids[0].patch_interval_hours"),
        (
            Opioid { amount: Amount::NotGiven, ..doses("oxycodone", "1", "1") },
            "opioids[0].dose_mg, opioids[0].times_per_day",
        ),
        (doses("oxycodone", "0", "2"), "opioids[0].dose_mg"),
        (doses("oxycodone", "-5", "2"), "opioids[0].dose_mg"),
        (doses("oxycodone", "5", "0"), "opioids[0].times_per_day"),
        (doses("oxycodone", "50000", "2"), "opioids[0].dose_mg"),
        (doses("heroine", "5", "2"), "opioids[0].drug"),
        (doses("ibuprofen", "400", "3"), "opioids[0].drug"),
        (doses("fentanyl", "5", "2"), "opioids[0].drug"),
    ] {
        let fault = fails(opioid.clone());
        assert_eq!(fault.field(), field, "{opioid:?}: {fault}");
    }
}

#[test]
fn naloxone_and_cautions_follow_the_classes() {
    for (classes, naloxone, cautions) in [
        (vec!["benzodiazepine"], vec!["benzodiazepine"], vec!["benzodiazepine"]),
        (vec!["gabapentinoid"], vec!["cns_depressant"], vec!["gabapentinoid"]),
        (vec!["muscle_relaxant"], vec!["cns_depressant"], vec!["muscle_relaxant"]),
        (vec!["sedative_or_alcohol"], vec!["cns_depressant"], vec!["alcohol_other_sedatives"]),
        (vec!["z_drug"], vec!["cns_depressant"], vec!["alcohol_other_sedatives"]),
        (vec!["alcohol"], vec!["cns_depressant"], vec!["alcohol_other_sedatives"]),
        (
            vec!["carisoprodol", "benzodiazepine"],
            vec!["benzodiazepine", "cns_depressant"],
            vec!["benzodiazepine", "carisoprodol", "triple_opioid_benzo_carisoprodol"],
        ),
        (vec!["nsaid"], vec![], vec![]),
    ] {
        let answer = us(vec![doses("morphine", "10", "1")], &classes);
        let (raised, cautioned): (Vec<&str>, Vec<&str>) = (
            answer.naloxone.iter().map(|x| x.id.as_str()).collect(),
            answer.coprescription.iter().map(|x| x.id.as_str()).collect(),
        );
        assert_eq!((raised, cautioned), (naloxone, cautions), "{classes:?}");
    }
    let fault = mme(&MmeInput::us(vec![], vec!["sedatives".to_owned()])).unwrap_err();
    assert_eq!(fault.field(), "other_classes[0]");
}

#[test]
fn the_serotonin_caution_is_for_the_opioids_it_names() {
    for (drug, raised) in
        [("tramadol", true), ("methadone", true), ("tapentadol", true), ("morphine", false), ("oxycodone", false)]
    {
        for class in ["serotonergic", "ssri", "maoi"] {
            assert_eq!(us(vec![doses(drug, "5", "1")], &[class]).coprescription.len() == 1, raised, "{drug} {class}");
        }
    }
}

#[test]
fn treatment_of_use_disorder_is_a_reason_for_naloxone() {
    let answer = us(vec![doses("methadone_oud", "80", "1")], &[]);
    assert_eq!(answer.naloxone.iter().map(|x| x.id.as_str()).collect::<Vec<_>>(), ["substance_use"]);
}

#[test]
fn what_is_known_of_the_patient_is_a_reason_for_naloxone() {
    let with = |risk: &str| MmeInput {
        risks: vec![risk.to_owned()],
        ..MmeInput::us(vec![doses("morphine", "5", "1")], vec![])
    };
    for risk in ["substance_use", "lost_tolerance", "sleep_disordered_breathing", "household_exposure"] {
        let answer = mme(&with(risk)).unwrap();
        assert_eq!(answer.naloxone.iter().map(|x| x.id.as_str()).collect::<Vec<_>>(), [risk]);
    }
    assert_eq!(mme(&with("snoring")).unwrap_err().field(), "risks");
}

#[test]
fn outside_their_scope_thresholds_are_off_and_breathing_cautions_stay() {
    for context in
        [OpioidContext::Cancer, OpioidContext::Palliative, OpioidContext::SickleCell, OpioidContext::UseDisorder]
    {
        let list = vec![doses("morphine", "100", "1")];
        let answer = mme(&MmeInput { context, ..MmeInput::us(list, vec!["benzodiazepine".to_owned()]) }).unwrap();
        assert_eq!((answer.total, answer.thresholds.len()), (Some(n("100")), 0), "{context:?}");
        assert!(answer.band.is_none(), "{context:?}: a band lies between thresholds");
        assert!(answer.naloxone.len() >= 2 && answer.coprescription.len() == 1, "{context:?}");
        assert!(answer.notes.iter().any(|note| note.starts_with("Thresholds do not apply")));
    }
}

#[test]
fn research_factors_count_only_when_turned_on_and_say_so() {
    let list = vec![doses("levorphanol", "2", "3"), doses("fentanyl_nasal", "0.1", "4")];
    let on = mme(&MmeInput { research: ResearchFactors::On, ..MmeInput::us(list, vec![]) }).unwrap();
    assert_eq!(on.total, Some(n("130")), "6 x 11 + 400 mcg x 0.16");
    assert_eq!(on.flags, ["includes_non_guideline_factors"]);
}

#[test]
fn the_united_kingdom_has_a_table_of_its_own() {
    let long = Some("168");
    for (opioid, total) in [
        (doses("codeine", "30", "8"), Some("24")),
        (doses("tramadol", "50", "4"), Some("20")),
        (patch("fentanyl_transdermal", "12", Some("72")), Some("30")),
        (patch("fentanyl_transdermal", "37", Some("72")), Some("90")),
        (patch("fentanyl_transdermal", "150", Some("72")), Some("360")),
        (patch("fentanyl_transdermal", "30", Some("72")), None),
        (patch("buprenorphine_any", "20", long), Some("48")),
        (patch("buprenorphine_any", "15", long), Some("36")),
        (patch("buprenorphine_any", "52.5", Some("96")), Some("126")),
        (patch("buprenorphine_any", "7", long), None),
        (doses("methadone", "10", "2"), None),
        (doses("oxymorphone", "10", "2"), None),
    ] {
        let answer = uk(vec![opioid.clone()]);
        assert_eq!(answer.lines[0].mme, total.map(n), "{opioid:?}");
        assert_eq!((answer.word, answer.band.is_none()), ("OME", true));
    }
    assert_eq!(reached(&uk(vec![doses("morphine", "60", "2")])), [""; 0], "exactly 120 is not above it");
    assert_eq!(reached(&uk(vec![doses("morphine", "60.5", "2")])), ["uk_fpm_120"]);
}

#[test]
fn a_region_without_a_table_gets_no_figure_and_keeps_its_cautions() {
    for region in [Region::De, Region::Other] {
        let list = vec![doses("morphine", "100", "2")];
        let answer = mme(&MmeInput { region, ..MmeInput::us(list, vec!["benzodiazepine".to_owned()]) }).unwrap();
        assert_eq!((answer.total, answer.band.is_none(), answer.thresholds.len()), (None, true, 0));
        assert_eq!(answer.naloxone.iter().map(|x| x.id.as_str()).collect::<Vec<_>>(), ["benzodiazepine"]);
        assert_eq!(answer.flags.len(), 1);
    }
}

#[test]
fn an_as_needed_dose_makes_the_total_an_upper_estimate() {
    assert!(!us(vec![doses("oxycodone", "5", "4")], &[]).upper_estimate);
    assert!(us(vec![Opioid { as_needed: true, ..doses("oxycodone", "5", "4") }], &[]).upper_estimate);
}

proptest! {
    #[test]
    fn the_total_is_the_sum_and_grows_with_every_dose(mg in 1_u32..400, times in 1_u32..8, rate in 12_u32..200) {
        let (a, b) = (doses("oxycodone", &mg.to_string(), &times.to_string()), patch("fentanyl_transdermal", &rate.to_string(), Some("72")));
        let alone = |opioid: &Opioid| us(vec![opioid.clone()], &[]).total.unwrap();
        let both = us(vec![a.clone(), b.clone()], &[]).total.unwrap();
        prop_assert_eq!(both, alone(&a).plus(alone(&b)).unwrap());
        prop_assert!(both > alone(&a) && both > alone(&b));
        prop_assert_eq!(us(vec![b, a], &[]).total, Some(both));
    }
}
