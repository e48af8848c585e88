//! The worked cases of the clinical tables, through the same entry point as the command line: JSON in, JSON out.

use daysheet::format::calc::{CALCULATORS, compute, list};
use serde_json::{Map, Value as Json};
use toml::Value;

fn cases() -> toml::Table {
    include_str!("../data/worked_cases.toml").parse().unwrap()
}

fn json(value: &Value) -> Json {
    match value {
        Value::String(text) => Json::from(text.as_str()),
        Value::Integer(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::Boolean(flag) => Json::from(*flag),
        Value::Datetime(date) => Json::from(date.to_string()),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Table(table) => {
            table.iter().map(|(key, value)| (key.clone(), json(value))).collect::<Map<_, _>>().into()
        }
    }
}

fn same(expected: &Json, got: &Json, tolerance: f64) -> bool {
    match (expected, got) {
        (Json::Array(expected), Json::Array(got)) => {
            expected.len() == got.len() && expected.iter().zip(got).all(|(e, g)| same(e, g, tolerance))
        }
        (Json::Number(expected), Json::Number(got)) if expected.is_f64() || got.is_f64() => {
            (expected.as_f64().unwrap() - got.as_f64().unwrap()).abs() <= tolerance
        }
        _ => expected == got,
    }
}

#[test]
fn every_worked_case_comes_out_as_expected() {
    let table = cases();
    let tolerance = table["tolerance"].as_float().unwrap();
    let cases = table["case"].as_array().unwrap();
    assert!(cases.len() >= 15);
    for case in cases {
        let (id, name) = (case["id"].as_str().unwrap(), case["calculator"].as_str().unwrap());
        let answer = compute(name, &json(&case["inputs"]).to_string()).unwrap_or_else(|fault| panic!("{id}: {fault}"));
        let got: Json = serde_json::from_str(&answer.json().to_string()).unwrap();
        for (field, expected) in case["expected"].as_table().unwrap() {
            let fraction = field.starts_with("fraction") || field.contains("_fraction");
            let finer = case.get("fraction_tolerance").and_then(Value::as_float).filter(|_| fraction);
            let (expected, given) = (json(expected), got.get(field).unwrap_or(&Json::Null));
            assert!(same(&expected, given, finer.unwrap_or(tolerance)), "{id} {field}: {expected} is not {given}");
        }
        assert!(!answer.sentence.is_empty(), "{id}");
    }
}

#[test]
fn every_answer_says_why_with_source_and_date() {
    let table = cases();
    let cases = table["case"].as_array().unwrap();
    for case in cases {
        let (id, name) = (case["id"].as_str().unwrap(), case["calculator"].as_str().unwrap());
        let answer: Json =
            serde_json::from_str(&compute(name, &json(&case["inputs"]).to_string()).unwrap().json().to_string())
                .unwrap();
        let facts = answer["why"]["facts"].as_array().unwrap();
        for fact in facts.iter().chain([&answer["why"]]) {
            for key in ["rule", "source", "date"] {
                assert!(fact[key].as_str().is_some_and(|text| !text.is_empty()), "{id}: {key}");
            }
            assert!(fact["verified"].is_boolean(), "{id}");
        }
        let all = facts.iter().all(|fact| fact["verified"] == Json::Bool(true));
        assert_eq!(answer["why"]["verified"], Json::Bool(all), "{id}");
    }
}

#[test]
fn an_empty_input_is_an_error_that_names_what_is_missing() {
    for (name, _) in list() {
        let fault = compute(name, "{}").expect_err(name).to_string();
        assert!(fault.contains("missing"), "{name}: {fault}");
    }
}

#[test]
fn an_input_nobody_asked_for_is_refused_and_named() {
    for calculator in CALCULATORS {
        let fault = compute(calculator.name, r#"{"bogus":1}"#).unwrap_err().to_string();
        assert!(fault.contains("bogus"), "{}: {fault}", calculator.name);
    }
}

/// Runs the real binary with nothing on its standard input.
fn daysheet(arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_daysheet"));
    command.args(arguments).stdin(std::process::Stdio::null()).output().unwrap()
}

#[test]
fn the_binary_answers_without_a_record_and_tells_its_exit_code() {
    for case in cases()["case"].as_array().unwrap() {
        let (name, inputs) = (case["calculator"].as_str().unwrap(), json(&case["inputs"]).to_string());
        let ran = daysheet(&["calc", name, "--json", &inputs]);
        assert_eq!(ran.status.code(), Some(0), "{name}");
        let expected = format!("{}\n", compute(name, &inputs).unwrap().json());
        assert_eq!(String::from_utf8(ran.stdout).unwrap(), expected, "{name}");
    }
    for (arguments, code, said) in [
        (&["calc", "no_such"][..], 2, "lipid_rescue"),
        (&["calc", "peg", "--json", "{}"], 1, "baseline is missing"),
        (&["calc", "peg", "--json", "not json"], 1, "no JSON"),
        (&["calc", "peg"], 1, "ended before"),
        (&["calc", "peg", "--jsn", "{}"], 2, "--jsn"),
    ] {
        let ran = daysheet(arguments);
        assert_eq!(ran.status.code(), Some(code), "{arguments:?}");
        assert!(String::from_utf8(ran.stderr).unwrap().contains(said), "{arguments:?}");
        assert!(ran.stdout.is_empty(), "{arguments:?}");
    }
}
