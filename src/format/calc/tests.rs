//! The shapes of inputs and answers that the worked cases do not show.

use super::*;

fn field(name: &str, json: &str, field: &str) -> String {
    let answer = compute(name, json).unwrap_or_else(|fault| panic!("{name} {json}: {fault}"));
    let Json::Object(fields) = answer.json() else { panic!("{name}: no object") };
    fields.into_iter().find(|(key, _)| key == field).map_or_else(|| "-".to_owned(), |(_, value)| value.to_string())
}

#[test]
fn one_and_many_answer_alike() {
    let two = r#"{"checks":[{"drug":"apixaban","procedure":"tfesi_lumbar","hours_since_last_dose":71.5},
        {"drug":"warfarin","procedure":"tfesi_lumbar","hours_since_last_dose":144,"inr":1.6},
        {"drug":"vorapaxar","procedure":"mbb_lumbar","hours_since_last_dose":500},
        {"drug":"rivaroxaban","procedure":"tfesi_lumbar"},
        {"drug":"nsaid_ibuprofen","procedure":"mbb_lumbar","hours_since_last_dose":2}]}"#;
    let reads = r#"{"reads":[{"procedure":"mbb_lumbar","pre":8,"best_in_window":3},{"procedure":"si_joint_injection","pre":3,"best_in_window":1},
        {"procedure":"mbb_lumbar","pre":0,"best_in_window":0}]}"#;
    for (name, json, key, value) in [
        ("antithrombotic", two, "categories", r#"["intermediate","intermediate","low","intermediate","low"]"#),
        ("antithrombotic", two, "statuses", r#"["not_adequate","not_adequate","unknown","unknown","no_hold_needed"]"#),
        ("antithrombotic", two, "reasons", r#"["","inr","unlisted_drug","",""]"#),
        ("antithrombotic", two, "hours_short", "[0.5,0,null,null,0]"),
        (
            "antithrombotic",
            r#"{"drug":"dabigatran","procedure":"tfesi_lumbar","hours_since_last_dose":100,"renal_impaired":true}"#,
            "hours_short",
            "20",
        ),
        (
            "antithrombotic",
            r#"{"drug":"clopidogrel","category":"low","hours_since_last_dose":4}"#,
            "status",
            r#""shared_assessment""#,
        ),
        ("block_response", reads, "percents", "[62.5,66.666667,null]"),
        ("block_response", reads, "positives", "[true,false,null]"),
        ("block_response", reads, "unreliable_low_start", "[false,true,true]"),
        ("opioid_risk", r#"{"marked":["fam_alcohol"]}"#, "ort_female", "1"),
        ("opioid_risk", r#"{"marked":["fam_alcohol"]}"#, "ort_male_band", r#""low""#),
        ("opioid_risk", r#"{"marked":["fam_alcohol"],"sex":"male"}"#, "ort_total", "3"),
        ("opioid_risk", r#"{"marked":["fam_alcohol"],"sex":"male"}"#, "ort_female", "-"),
        ("nrs_change", r#"{"baseline":0,"current":3}"#, "percent", "-"),
        ("nrs_change", r#"{"baseline":0,"current":3}"#, "percent_defined", "false"),
        ("nrs_change", r#"{"baseline":6.0,"current":4}"#, "percent", "33.333333"),
        ("rmdq", r#"{"baseline_marked":14,"current_marked":["r01","r02"]}"#, "absolute", "12"),
        ("rmdq", r#"{"baseline_marked":[1,2,24],"current_marked":[]}"#, "baseline", "3"),
    ] {
        assert_eq!(field(name, json, key), value, "{name} {key} {json}");
    }
}

#[test]
fn doses_answer_by_what_was_asked() {
    for (name, json, key, value) in [
        (
            "local_anaesthetic",
            r#"{"weight_kg":65,"drug":"lidocaine","variant":"plain","percent":1.0}"#,
            "max_ml",
            "29.2",
        ),
        (
            "local_anaesthetic",
            r#"{"weight_kg":65,"drug":"lidocaine","variant":"plain","percent":1.0}"#,
            "total_fraction",
            "-",
        ),
        (
            "local_anaesthetic",
            r#"{"weight_kg":60,"mixture":[{"drug":"lidocaine","variant":"plain","percent":1,"volume_ml":10}]}"#,
            "max_mg",
            "[270]",
        ),
        (
            "local_anaesthetic",
            r#"{"weight_kg":60,"mixture":[{"drug":"lidocaine","variant":"plain","percent":1,"volume_ml":10}]}"#,
            "max_ml",
            "27",
        ),
        (
            "local_anaesthetic",
            r#"{"weight_kg":120,"height_cm":180,"sex":"female","drug":"ropivacaine","variant":"plain","percent":0.5}"#,
            "dosing_weight_kg",
            "70.616",
        ),
        ("lipid_rescue", r#"{"weight_kg":70}"#, "infusion_minutes", "[15,20]"),
        ("steroid_total", r#"{"reference_date":"2026-11-21","done":[]}"#, "total_mg", "0"),
        ("steroid_total", r#"{"reference_date":"2026-11-21","done":[]}"#, "projected_mg", "-"),
        (
            "steroid_rule",
            r#"{"pairs":[{"procedure":"tfesi_cervical","steroid":"betamethasone_mix"},{"procedure":"esi_il_cervical","steroid":"dexamethasone_phosphate","level":"C5-C6"},{"procedure":"tfesi_lumbar","steroid":"dexamethasone_phosphate"}]}"#,
            "severities",
            r#"["block","caution","ok"]"#,
        ),
        ("mme", r#"{"opioids":[]}"#, "band", r#""none""#),
        (
            "mme",
            r#"{"opioids":[{"drug":"buprenorphine_any","mcg_per_hour":20.0},{"drug":"codeine","dose_mg":30.0,"times_per_day":4}]}"#,
            "flags",
            r#"["no_factor:buprenorphine_any"]"#,
        ),
        ("mme", r#"{"opioids":[{"drug":"codeine","dose_mg":30,"times_per_day":4}],"region":"uk"}"#, "ome", "12"),
        ("mme", r#"{"opioids":[{"drug":"codeine","dose_mg":30,"times_per_day":4}],"region":"uk"}"#, "mme", "-"),
        ("mme", r#"{"opioids":[{"drug":"codeine","dose_mg":30,"times_per_day":4}],"region":"de"}"#, "mme", "null"),
        (
            "mme",
            r#"{"opioids":[{"drug":"oxycodone","dose_mg":5,"times_per_day":4,"as_needed":true}]}"#,
            "upper_estimate",
            "true",
        ),
        ("mme", r#"{"opioids":[{"drug":"morphine","dose_mg":0.1,"times_per_day":3}]}"#, "mme", "0.3"),
        (
            "taper",
            r#"{"start_mg":40,"target_mg":20,"cut_mg":10,"unit_mg":5,"step_days":7,"first_day":"2026-12-01","pauses":[{"step":1,"days":3}]}"#,
            "last_step",
            r#""2026-12-11""#,
        ),
        (
            "ort",
            r#"{"sex":"male","fam_alcohol":1,"fam_illegal":0,"fam_rx":0,"own_alcohol":0,"own_illegal":0,"own_rx":0,"age_16_45":0,"preadolescent_abuse":0,"psych_major":0,"psych_depression":0}"#,
            "total",
            "3",
        ),
        ("pgic", r#"{"value":2}"#, "band", r#""much improved""#),
        ("midas", r#"{"total":11}"#, "band", r#""grade III moderate""#),
    ] {
        assert_eq!(field(name, json, key), value, "{name} {key} {json}");
    }
}

#[test]
fn inputs_that_cannot_be_meant_are_refused_and_named() {
    for (name, json, said) in [
        (
            "mme",
            r#"{"opioids":[{"drug":"morphine","dose_mg":5,"times_per_day":2,"mcg_per_hour":25}]}"#,
            "opioids[0].mcg_per_hour",
        ),
        ("mme", r#"{"opioids":[{"drug":"morphine","dose_mcg":5,"times_per_day":2}]}"#, "opioids[0].dose_mcg"),
        ("mme", r#"{"opioids":[{"drug":"morphine","dose_mg":1e400,"times_per_day":2}]}"#, "opioids[0].dose_mg"),
        ("mme", r#"{"opioids":[{"drug":"morphine","dose_mg":5}]}"#, "opioids[0].times_per_day"),
        ("mme", r#"{"opioids":{"drug":"morphine"}}"#, "opioids must be a list"),
        ("mme", r#"{"opioids":[],"region":"fr"}"#, "region: fr"),
        ("antithrombotic", r#"{"drug":"apixaban","procedure":"nose_job"}"#, "procedure"),
        ("antithrombotic", r#"{"drug":"apixaban"}"#, "procedure is missing"),
        // What nobody answered is not a no: a total without it could be too low.
        (
            "ort",
            r#"{"sex":"male","fam_alcohol":1}"#,
            "fam_illegal, fam_rx, own_alcohol, own_illegal, own_rx, age_16_45, preadolescent_abuse, psych_major, psych_depression are missing",
        ),
        (
            "ort",
            r#"{"sex":"female","fam_alcohol":1,"fam_illegal":0,"fam_rx":0,"own_alcohol":0,"own_illegal":0,"own_rx":null,"age_16_45":0,"preadolescent_abuse":0,"psych_major":0,"psych_depression":0}"#,
            "own_rx is missing",
        ),
        (
            "antithrombotic",
            r#"{"checks":[{"drug":"apixaban","procedure":"scs_trial","hours_since_last_dose":-1}]}"#,
            "checks[0].hours_since_last_dose",
        ),
        ("antithrombotic", r#"{"drug":"apixaban","procedure":"scs_trial","category":"low"}"#, "category"),
        ("block_response", r#"{"reads":[{"procedure":"mbb_lumbar","pre":8}]}"#, "reads[0].best_in_window is missing"),
        ("steroid_total", r#"{"reference_date":"21 Nov 2026","done":[]}"#, "reference_date"),
        ("steroid_total", r#"{"reference_date":"2026-11-21"}"#, "done is missing"),
        (
            "local_anaesthetic",
            r#"{"weight_kg":60,"mixture":[{"drug":"lidocaine","variant":"plain","percent":1}]}"#,
            "mixture[0].volume_ml is missing",
        ),
        (
            "local_anaesthetic",
            r#"{"weight_kg":60,"mixture":[{"drug":"lidocaine","variant":"adrenaline","percent":1,"volume_ml":1}]}"#,
            "mixture[0].variant",
        ),
        ("opioid_risk", r#"{"marked":[],"sex":"x"}"#, "sex: x"),
        (
            "aldrete",
            r#"{"first":{"activity":2,"respiration":2,"circulation":2,"consciousness":1}}"#,
            "first.saturation is missing",
        ),
        (
            "observation_scales",
            r#"{"painad":{"breathing":3,"vocal":1,"face":1,"body":0,"console":0}}"#,
            "painad.breathing is 3",
        ),
        ("mood", r#"{"phq9":{"q1":1},"gad7":{}}"#, "phq9.q2"),
        (
            "taper",
            r#"{"start_mg":40,"target_mg":20,"cut_mg":10,"cut_percent":10,"unit_mg":5,"step_days":7,"first_day":"2026-12-01"}"#,
            "cut_percent, cut_mg",
        ),
        (
            "taper",
            r#"{"start_mg":0.0005,"target_mg":0,"cut_mg":1,"unit_mg":1,"step_days":7,"first_day":"2026-12-01"}"#,
            "start_mg",
        ),
        ("poss", "{}", "no calculator poss"),
    ] {
        let fault = compute(name, json).unwrap_err().to_string();
        assert!(fault.contains(said), "{name}: {fault}");
    }
}
