use super::*;
use std::io::Cursor;

struct Ran {
    code: u8,
    out: String,
    words: String,
}

fn ran(name: Option<&str>, json: Option<&str>, typed: &str) -> Ran {
    ran_with(&[], name, json, typed)
}

fn ran_with(own: &[Instrument], name: Option<&str>, json: Option<&str>, typed: &str) -> Ran {
    let (mut input, mut output, mut words) = (Cursor::new(typed.as_bytes().to_vec()), Vec::new(), Vec::new());
    let mut terminal = Terminal { input: &mut input, output: &mut output, words: &mut words };
    let code = run(name, json, own, &mut terminal).unwrap();
    Ran { code, out: String::from_utf8(output).unwrap(), words: String::from_utf8(words).unwrap() }
}

#[test]
fn json_in_gives_json_out() {
    let ran = ran(Some("lipid_rescue"), Some(r#"{"weight_kg":64.0}"#), "");
    assert_eq!((ran.code, ran.words.as_str()), (DONE, ""));
    assert!(
        ran.out
            .starts_with(r#"{"branch":"under_70","bolus_ml":96,"infusion_ml_per_min":16,"max_total_ml":768,"why":{"#),
        "{}",
        ran.out
    );
    assert_eq!(ran.out.lines().count(), 1);
}

#[test]
fn json_may_come_from_standard_input() {
    let ran = ran(Some("lipid_rescue"), Some("-"), r#"{"weight_kg":64.0}"#);
    assert_eq!(ran.code, DONE);
}

#[test]
fn an_unknown_name_lists_what_there_is() {
    let ran = ran(Some("bmi"), Some("{}"), "");
    assert_eq!((ran.code, ran.out.as_str()), (WRONG_USAGE, ""));
    for (name, _) in list() {
        assert!(ran.words.contains(name), "{name}");
    }
    let nothing = super::tests::ran(None, None, "");
    assert_eq!(nothing.code, DONE);
    assert!(nothing.out.contains("mme"));
}

#[test]
fn wrong_input_is_a_sentence_that_names_the_field() {
    for (name, json, said) in [
        ("peg", r#"{"baseline":{"p":8,"e":7},"current":{"p":5,"e":5,"g":6}}"#, "baseline.g is missing."),
        (
            "mme",
            r#"{"opioids":[{"drug":"oxycodon3","dose_mg":5,"times_per_day":2}]}"#,
            "opioids[0].drug: oxycodon3 is not known",
        ),
        (
            "mme",
            r#"{"opioids":[{"drug":"morphine","dose_mg":"5","times_per_day":2}]}"#,
            "opioids[0].dose_mg must be a number.",
        ),
        ("phq9", r#"{"q1":4}"#, "q2, q3, q4, q5, q6, q7, q8, q9 are missing."),
        ("lipid_rescue", "{", "the input is no JSON"),
        ("lipid_rescue", "[]", "the input must be one JSON object."),
        (
            "taper",
            r#"{"start_mg":40,"target_mg":0,"unit_mg":5,"step_days":7,"first_day":"2026-12-01"}"#,
            "cut_percent or cut_percent_of_start or cut_mg is missing.",
        ),
    ] {
        let ran = ran(Some(name), Some(json), "");
        assert_eq!((ran.code, ran.out.as_str()), (COULD_NOT, ""), "{name}");
        assert!(ran.words.starts_with(said), "{name}: {}", ran.words);
    }
}

#[test]
fn names_from_outside_cannot_drive_the_terminal() {
    let json = "{\"opioids\":[{\"drug\":\"\\u001b[2Jx\\u009b\"}]}";
    let ran = ran(Some("mme"), Some(json), "");
    assert!(!ran.words.contains(['\u{1b}', '\u{9b}']), "{:?}", ran.words);
}

#[test]
fn questions_are_asked_in_words_and_a_sentence_comes_back() {
    let ran = ran(Some("peg"), None, "8\n7\n9\n5\n5\n6\n");
    assert_eq!(ran.code, DONE);
    assert!(
        ran.out.starts_with("PEG 8.0 before, 5.3 now: improved by 2.7 points, 33.3 percent: important improvement."),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("Why:\n") && ran.out.contains("Krebs"), "{}", ran.out);
    assert!(ran.words.contains("Pain on average (0 no pain to 10 as bad as can be imagined)"), "{}", ran.words);
}

#[test]
fn rows_end_with_an_empty_line_and_only_fitting_questions_are_asked() {
    let typed = "oxycodone\n20\n2\nn\nfentanyl_transdermal\n25\n72\n\n\nbenzodiazepine\n\n\n\n";
    let ran = ran(Some("mme"), None, typed);
    assert!(ran.out.starts_with("MME 120.0 a day (table CDC 2022): 90 or more."), "{}\n{}", ran.out, ran.words);
    assert_eq!(ran.words.matches("Patch, micrograms").count(), 1);
    assert_eq!(ran.words.matches("Milligrams a dose").count(), 1);
}

#[test]
fn what_cannot_be_read_is_asked_again() {
    let peg = super::tests::ran(Some("peg"), None, "11\n8\n7\n9\n5\n4.5\n5\n6\n");
    assert!(peg.out.starts_with("PEG 8.0 before, 5.3 now"), "{}", peg.out);
    assert!(peg.words.contains("11 is not one of: 0, 1") && peg.words.contains("4.5 is not one of"), "{}", peg.words);
    let ran = ran(Some("lipid_rescue"), None, "\nheavy\n6,4\n64\n");
    assert_eq!(ran.code, DONE);
    assert!(
        ran.words.contains("heavy is no number") && ran.words.contains("6,4 could be two numbers"),
        "{}",
        ran.words
    );
}

#[test]
fn an_input_that_ends_too_soon_is_said() {
    let ran = ran(Some("peg"), None, "8\n7\n");
    assert_eq!((ran.code, ran.out.as_str()), (COULD_NOT, ""));
    assert!(ran.words.ends_with("The input ended before the questions did.\n"), "{}", ran.words);
}

#[test]
fn every_calculator_asks_something_it_can_use() {
    for (name, _) in list() {
        let asked = questions(name).unwrap();
        assert!(!asked.is_empty(), "{name}");
        assert!(asked.iter().all(|question| !question.words.is_empty() && !question.key.is_empty()), "{name}");
        let refused = crate::format::calc::compute(name, "{}").unwrap_err().to_string();
        let first_needed = asked.iter().filter(|question| !question.optional).map(|question| question.key.as_str());
        let named = first_needed.clone().any(|key| refused.contains(key))
            || asked.iter().any(|question| refused.contains(&question.key));
        assert!(named, "{name}: {refused}");
    }
}

#[test]
fn each_calculator_can_be_answered_in_words() {
    for (name, typed, said) in [
        ("nrs_change", "8\n4\n", "Pain improved by 4.0 points, 50.0 percent: substantial improvement."),
        ("phq2", "1\n2\n", "PHQ-2: 3 (positive screen: give PHQ-9)."),
        ("rmdq", "r01, r02, r03\n\n", "Roland-Morris 3 before, 0 now"),
        (
            "opioid_risk",
            "\nown_rx\n",
            "Revised opioid risk tool 1 (low). Older tool 5 (moderate) in the women's column",
        ),
        ("fm2016", "neck, jaw left\n1\n1\n1\n0\n0\n0\n5\n", "Fibromyalgia criteria not met: widespread pain 2"),
        (
            "budapest",
            "y\ny\nsensory,vasomotor,sudomotor\nsensory,sudomotor\n",
            "Budapest criteria: clinical met: yes; research met: no",
        ),
        ("observation_scales", "n\ny\n1\n1\n1\n0\nn\n", "CPOT (critical care) 3 (significant pain)."),
        ("aldrete", "2\n2\n2\n2\n1\nn\n", "Aldrete 9 (ready"),
        (
            "local_anaesthetic",
            "60\nlidocaine\nplain\n1\n27\n\n",
            "lidocaine plain 1 %: 270.0 mg, at most 270.0 mg (27.0 mL). Together 100.0 percent: near the combined ceiling.",
        ),
        (
            "lipid_rescue",
            "82\n",
            "20 percent lipid: bolus 100.0 mL over 2 to 3 minutes, then 200 to 250 mL over 15 to 20 minutes; at most 984.0 mL in all.",
        ),
        (
            "steroid_total",
            "2026-11-21\n2026-06-01\ndexamethasone_phosphate\n7.5\n\n\n",
            "40.0 mg methylprednisolone equivalent in 12 months (1 counted)",
        ),
        ("steroid_rule", "tfesi_cervical\nbetamethasone_mix\n\n\n\n", "tfesi_cervical with betamethasone_mix: block"),
        (
            "antithrombotic",
            "apixaban\ntfesi_lumbar\n71.5\n\n\n",
            "intermediate risk: not long enough (too few hours since the last dose, 0.5 hours short). Hold 72 hours.",
        ),
        (
            "block_response",
            "mbb_lumbar\n7\n2\n",
            "71.4 percent relief. By its threshold positive. For the payer (of 2 blocks asked for) negative.",
        ),
        (
            "taper",
            "40\n0\n\n20\n5\n7\n2026-12-01\n\n\n\n",
            "From 40 mg a day in 2 steps: 1 Dec 2026 20 mg; 8 Dec 2026 0 mg.",
        ),
        ("odi", "42\n", "Oswestry Disability Index: 42 (severe)."),
        ("rass", "-2\n", "Richmond Agitation-Sedation Scale: -2 (light sedation"),
    ] {
        let ran = ran(Some(name), None, typed);
        assert!(ran.out.starts_with(said), "{name}: {}\n{}", ran.out, ran.words);
        assert_eq!(ran.code, DONE, "{name}");
    }
}

/// An instrument of the physician's own that calls itself so.
fn own(id: &str) -> Vec<Instrument> {
    crate::clinical::instrument::read_own(&format!(
        r#"[[instrument]]
id = "{id}"
name = "Stairs climbed"
domain = "function"
scoring = "sum"
range = [0, 6]
direction = "higher_is_better"
recall = "today"
completed_by = "patient"
items = [{{ id = "up", label = "Flights up", min = 0, max = 3 }}, {{ id = "down", label = "Flights down", min = 0, max = 3 }}]
bands = [{{ label = "few", from = 0, to = 1 }}, {{ label = "many", from = 2, to = 6 }}]
licence = "own"
licence_status = "free"
source = "Own practice, 2026"
verified = false
"#
    ))
    .unwrap()
}

#[test]
fn an_own_instrument_never_takes_the_name_of_a_calculator() {
    let answers = Some(r#"{"up":2,"down":1}"#);
    let (as_mme, as_stairs) = (own("mme"), own("stairs"));
    let taken = ran_with(&as_mme, Some("mme"), answers, "");
    assert_eq!((taken.code, taken.out.as_str()), (COULD_NOT, ""), "the calculator wants other inputs");
    assert_eq!(ran_with(&as_stairs, Some("stairs"), answers, "").code, DONE);
    let listed = ran_with(&as_mme, None, None, "").out;
    assert_eq!(listed, ran(None, None, "").out, "and it is not listed");
}

#[test]
fn an_own_instrument_is_a_calculator() {
    let own = own("stairs");
    let ran = |name, json, typed: &str| ran_with(&own, name, json, typed);
    let json = ran(Some("stairs"), Some(r#"{"up":2,"down":1}"#), "");
    assert!(json.out.starts_with(r#"{"total":3,"band":"many""#), "{} {}", json.out, json.words);
    assert!(json.out.contains("Own practice, 2026"), "{}", json.out);
    let asked = ran(Some("stairs"), None, "1\n0\n");
    assert_eq!((asked.code, asked.out.starts_with("Stairs climbed: 1 (few).")), (DONE, true), "{}", asked.out);
    assert!(asked.words.contains("Flights down"), "{}", asked.words);
    assert_eq!(ran(Some("stairs"), Some(r#"{"up":4,"down":1}"#), "").code, COULD_NOT);
    let listed = ran(None, None, "");
    assert!(listed.out.ends_with("  Stairs climbed\n"), "{}", listed.out);
    assert!(listed.out.lines().all(|line| line.starts_with("  ")), "all stand under one another: {}", listed.out);
    assert!(ran(Some("bmi"), None, "").words.contains("stairs"), "an unknown name lists them too");
}
