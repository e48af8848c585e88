//! The outcome case by case: every band edge, missing answers, what is raised, criteria, totals typed.

use proptest::prelude::*;

use super::*;
use crate::clinical::facts::instruments::instruments;
use crate::clinical::instrument::{Asks, Catalogue};

fn replies(pairs: &[(&str, i64)]) -> Replies {
    pairs.iter().map(|(id, value)| ((*id).to_owned(), Reply::Number(*value))).collect()
}

fn of(id: &str, replies: &Replies) -> Outcome {
    Catalogue::default().get(id).unwrap().outcome(replies, Some(Sex::Female)).unwrap()
}

/// Every question of an instrument with its lowest answer.
fn lowest(id: &str) -> Replies {
    let catalogue = Catalogue::default();
    let low = |question: &Question| match &question.asks {
        Asks::Digit { answers, .. } => i64::from(answers[0]),
        Asks::Number { low, decimals, .. } => i64::from(*low) * 10_i64.pow(u32::from(*decimals)),
    };
    let questions = catalogue.get(id).unwrap().questions();
    questions.iter().map(|question| (question.id.clone(), Reply::Number(low(question)))).collect()
}

fn with(mut replies: Replies, pairs: &[(&str, i64)]) -> Replies {
    replies.extend(pairs.iter().map(|(id, value)| ((*id).to_owned(), Reply::Number(*value))));
    replies
}

#[test]
fn a_suicidal_answer_is_raised_whatever_else_is_filled_in() {
    for (name, given, raises) in [
        ("item 9 alone, the rest blank", replies(&[("q9", 1)]), Raises::Alarm),
        ("item 9 the only positive of nine", with(lowest("phq9"), &[("q9", 3)]), Raises::Alarm),
        ("item 9 is 0", lowest("phq9"), Raises::Nothing),
        (
            "item 9 blank, the rest high",
            {
                let mut given = with(lowest("phq9"), &[("q1", 3), ("q2", 3), ("q3", 3), ("q4", 3)]);
                given.remove("q9");
                given
            },
            Raises::Nothing,
        ),
        (
            "a total of 10 without item 9",
            with(lowest("phq9"), &[("q1", 3), ("q2", 3), ("q3", 3), ("q4", 1)]),
            Raises::Flag,
        ),
        ("a total of 9", with(lowest("phq9"), &[("q1", 3), ("q2", 3), ("q3", 3)]), Raises::Nothing),
    ] {
        let outcome = of("phq9", &given);
        assert_eq!(outcome.raises, raises, "{name}");
        assert_eq!(outcome.raised.is_empty(), raises == Raises::Nothing, "{name}");
    }
    let mut declined = lowest("phq9");
    declined.insert("q9".to_owned(), Reply::Without(Without::Declined));
    let outcome = of("phq9", &declined);
    assert_eq!((outcome.total, outcome.missing.as_slice()), (None, &["q9".to_owned()][..]));
}

#[test]
fn positive_screens_say_what_follows() {
    for (id, given, raised) in [
        ("phq2", &[("q1", 2), ("q2", 1)][..], vec!["Positive screen: give PHQ-9"]),
        ("phq2", &[("q1", 1), ("q2", 1)], vec![]),
        ("gad2", &[("q1", 3), ("q2", 0)], vec!["Positive screen: give GAD-7"]),
        ("dn4", &[("total", 3)], vec![]),
        ("dn4", &[("total", 4)], vec!["Neuropathic pain likely: A screen, no diagnosis: talk it over, then decide"]),
    ] {
        assert_eq!(of(id, &replies(given)).raised, raised, "{id} {given:?}");
    }
    for (id, low, high) in [("ort_oud", 2, 3), ("painad", 1, 2), ("cpot", 2, 3)] {
        let ids: Vec<String> = lowest(id).into_keys().collect();
        let sum = |n: usize| {
            let mut given = lowest(id);
            for id in ids.iter().take(n) {
                given.insert(id.clone(), Reply::Number(1));
            }
            of(id, &given).raises
        };
        assert_eq!((sum(low), sum(high)), (Raises::Nothing, Raises::Flag), "{id}");
    }
}

#[test]
fn every_instrument_has_a_result_at_its_lowest_and_none_without_an_answer() {
    let catalogue = Catalogue::default();
    for entry in catalogue.entries() {
        let id = entry.id();
        let outcome = of(id, &lowest(id));
        assert!(outcome.missing.is_empty(), "{id}: {:?}", outcome.missing);
        assert_ne!(outcome.shown, NO_RESULT, "{id}");
        let blank = of(id, &Replies::new());
        assert_eq!(blank.raises, Raises::Nothing, "{id}");
        let counts_blank = instruments().get(id).is_some_and(|x| x.missing_counts_as.is_some());
        assert_eq!(blank.total.is_some(), counts_blank, "{id}");
    }
}

#[test]
fn criteria_need_every_answer_but_the_sites() {
    let sites = [
        "jaw_left",
        "hip_left",
        "lower_leg_right",
        "neck",
        "upper_arm_right",
        "shoulder_girdle_left",
        "upper_leg_left",
    ];
    let mut given = replies(&[
        ("severity.fatigue", 3),
        ("severity.unrefreshed", 2),
        ("severity.cognition", 1),
        ("presence.headache", 1),
        ("presence.low_abdominal", 0),
        ("presence.depression", 0),
        ("months_present", 3),
    ]);
    given.extend(sites.iter().map(|site| (format!("site.{site}"), Reply::Number(1))));
    let outcome = of("fm2016", &given);
    assert_eq!((outcome.shown.as_str(), outcome.band.as_deref()), ("WPI 7, SSS 7", Some("criteria met")));
    assert_eq!(outcome.total, Some(Exact::whole(14)));
    given.insert("months_present".to_owned(), Reply::Number(2));
    assert_eq!(of("fm2016", &given).band.as_deref(), Some("criteria not met"));
    given.insert("site.jaw_left".to_owned(), Reply::Without(Without::Declined));
    assert_eq!(of("fm2016", &given).missing, ["site.jaw_left"], "declined is not the same as blank");
    given.remove("site.jaw_left");
    given.remove("severity.fatigue");
    assert_eq!(of("fm2016", &given).missing, ["severity.fatigue"]);

    let all = lowest("budapest_clinical");
    let three = [
        ("disproportionate", 1),
        ("no_better_dx", 1),
        ("symptom.sensory", 1),
        ("symptom.vasomotor", 1),
        ("symptom.motor_trophic", 1),
        ("sign.sensory", 1),
        ("sign.vasomotor", 1),
    ];
    let outcome = of("budapest_clinical", &with(all.clone(), &three));
    assert_eq!(outcome.band.as_deref(), Some("criteria met"));
    assert_eq!(outcome.shown, "symptoms 3 of 4, signs 2 of 4");
    let outcome = of("budapest_clinical", &with(all, &three[..6]));
    assert_eq!(outcome.band.as_deref(), Some("criteria not met"));
}

#[test]
fn totals_of_licensed_forms_take_what_the_form_has() {
    for (id, given, shown, band) in [
        ("odi", &[("total", 40)][..], "40", Some("moderate")),
        ("odi", &[("total", 41)], "41", Some("severe")),
        ("bpi", &[("total", 55)], "5.5", None),
        ("start_back", &[("total", 3), ("subscale", 3)], "3", Some("low")),
        ("start_back", &[("total", 4), ("subscale", 3)], "4", Some("medium")),
        ("start_back", &[("total", 5), ("subscale", 4)], "5", Some("high")),
        ("poss", &[("code", 0)], "S", None),
        ("poss", &[("code", 3)], "3", None),
    ] {
        let outcome = of(id, &replies(given));
        assert_eq!((outcome.shown.as_str(), outcome.band.as_deref()), (shown, band), "{id} {given:?}");
    }
    assert_eq!(of("poss", &replies(&[("code", 2)])).raises, Raises::Nothing);
    assert_eq!(of("poss", &replies(&[("code", 3)])).raises, Raises::Flag);
}

#[test]
fn an_answer_that_cannot_be_is_refused_and_named() {
    let catalogue = Catalogue::default();
    for (id, item, value, said) in [
        ("phq9", "q1", 4, "q1 is 4: it is 0 to 3"),
        ("cows", "pulse", 3, "pulse is 3: it is 0, 1, 2, 4"),
        ("odi", "total", 101, "total is 101: it is 0 to 100"),
        ("bpi", "total", 101, "total is 10.1: it is 0 to 10"),
        ("rass", "value", -6, "value is -6: it is -5 to 4"),
    ] {
        let fault = catalogue.get(id).unwrap().outcome(&replies(&[(item, value)]), None).unwrap_err();
        assert_eq!(fault.to_string(), said);
    }
    let fault = catalogue.get("phq2").unwrap().outcome(&replies(&[("q3", 1)]), None).unwrap_err();
    assert_eq!(fault.to_string(), "q3: this item is not known; known: q1, q2");
}

#[test]
fn the_older_opioid_risk_tool_needs_a_recorded_sex() {
    let catalogue = Catalogue::default();
    let ort = catalogue.get("ort").unwrap();
    let outcome = ort.outcome(&lowest("ort"), None).unwrap();
    assert_eq!((outcome.total, outcome.missing.as_slice()), (None, &["sex".to_owned()][..]));
    let marked = with(lowest("ort"), &[("preadolescent_abuse", 1)]);
    let total = |sex| ort.outcome(&marked, Some(sex)).unwrap().total;
    assert_eq!((total(Sex::Female), total(Sex::Male)), (Some(Exact::whole(3)), Some(Exact::ZERO)));
}

proptest! {
    #[test]
    fn a_total_never_leaves_its_range_and_the_order_of_typing_changes_nothing(
        seed in proptest::collection::vec(0_usize..10_000, MOST),
        order in proptest::collection::vec(0_usize..10_000, MOST),
    ) {
        let catalogue = Catalogue::default();
        for entry in catalogue.entries() {
            let questions = entry.questions();
            let value = |question: &Question, pick: usize| match &question.asks {
                Asks::Digit { answers, .. } => i64::from(answers[pick % answers.len()]),
                Asks::Number { low, high, decimals } => {
                    let unit = 10_i64.pow(u32::from(*decimals));
                    let count = (i64::from(*high) - i64::from(*low)) * unit + 1;
                    i64::from(*low) * unit + i64::try_from(pick).unwrap() % count
                }
            };
            let mut typed: Vec<(String, i64)> =
                questions.iter().zip(&seed).map(|(question, pick)| (question.id.clone(), value(question, *pick))).collect();
            let forward: Replies = typed.iter().map(|(id, value)| (id.clone(), Reply::Number(*value))).collect();
            let outcome = entry.outcome(&forward, Some(Sex::Male)).unwrap();
            if let (Some(total), Some([low, high])) = (outcome.total, entry.range()) {
                prop_assert!(Exact::from(low) <= total && total <= Exact::from(high), "{}", entry.id());
            }
            for (n, swap) in order.iter().enumerate().take(typed.len()) {
                let other = swap % typed.len();
                typed.swap(n % other.max(1), other);
            }
            let shuffled: Replies = typed.into_iter().map(|(id, value)| (id, Reply::Number(value))).collect();
            prop_assert_eq!(entry.outcome(&shuffled, Some(Sex::Male)).unwrap(), outcome, "{}", entry.id());
        }
    }
}

const MOST: usize = crate::clinical::instrument::MOST_QUESTIONS;

#[test]
fn what_was_declined_is_missing_also_where_what_is_blank_counts_as_nothing() {
    let rmdq = |without: &[(usize, Without)], yes: usize| {
        let mut given = Replies::new();
        for n in 1..=yes {
            given.insert(format!("r{n:02}"), Reply::Number(1));
        }
        for (n, without) in without {
            given.insert(format!("r{n:02}"), Reply::Without(*without));
        }
        of("rmdq", &given)
    };
    let all: Vec<(usize, Without)> = (1..=24).map(|n| (n, Without::Declined)).collect();
    for (name, without, yes, line) in [
        ("five marked, the rest blank", &[][..], 5, "5 low"),
        ("all declined", &all, 0, "– 24 of 24 missing"),
        ("one declined", &[(24, Without::Declined)], 5, "– 1 of 24 missing"),
        ("one cannot be reported", &[(24, Without::CannotReport)], 5, "– 1 of 24 missing"),
        ("one was not asked", &[(24, Without::NotAsked)], 5, "– 1 of 24 missing"),
    ] {
        let outcome = rmdq(without, yes);
        assert_eq!(outcome.line(), line, "{name}");
        assert_eq!(outcome.total.is_none(), line.contains("missing"), "{name}");
    }
}
