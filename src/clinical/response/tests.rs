//! Cases of response, and what holds for all scores.

use proptest::prelude::*;

use super::*;
use crate::clinical::answer::Answer::Given;
use crate::clinical::id::Ids;
use crate::clinical::time::Instant;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn at(date: NaiveDate, value: i64) -> Earlier {
    Earlier { date, value: Exact::whole(value) }
}

fn average(value: u8) -> Scores {
    Scores { average: Some(Given(value)), ..Scores::default() }
}

fn said(facts: &ResponseFacts, scores: &Scores, problems: &[(ProblemId, String, u8)]) -> Vec<String> {
    let found = responses(facts, scores, problems).unwrap();
    found.iter().flat_map(|response| response.sentences("->", "-")).collect()
}

#[test]
fn a_score_is_compared_with_the_last_and_the_first_visit() {
    let (jan, nov) = (day(1, 5), day(11, 3));
    for (first, last, now, sentences) in [
        (
            at(jan, 8),
            at(nov, 7),
            4,
            vec![
                "average 7 -> 4, -43 % since 3 Nov 2026 (30 % reached)",
                "average 8 -> 4, -50 % since it was first asked on 5 Jan 2026 (50 % reached)",
            ],
        ),
        (at(nov, 7), at(nov, 7), 5, vec!["average 7 -> 5, -29 % since 3 Nov 2026"]),
        (at(nov, 6), at(nov, 6), 6, vec!["average 6, unchanged since 3 Nov 2026"]),
        (at(nov, 0), at(nov, 0), 3, vec!["average 0 -> 3 since 3 Nov 2026"]),
        (at(nov, 5), at(nov, 5), 7, vec!["average 5 -> 7, +40 % since 3 Nov 2026 (worse by 30 % or more)"]),
        (at(nov, 10), at(nov, 10), 7, vec!["average 10 -> 7, -30 % since 3 Nov 2026 (30 % reached)"]),
    ] {
        let facts = ResponseFacts { earlier: vec![(Measure::Average, first, last)], treated: None };
        assert_eq!(said(&facts, &average(now), &[]), sentences);
    }
}

#[test]
fn a_note_has_one_line_a_measure_with_the_first_value_behind_it() {
    let (jan, nov) = (day(1, 5), day(11, 3));
    for (first, last, now, line) in [
        (
            at(jan, 8),
            at(nov, 7),
            4,
            Some("average 7 -> 4, -43 % since 3 Nov 2026 (30 % reached) · first 8, -50 % (50 % reached)"),
        ),
        // What is reached is said once.
        (at(jan, 7), at(nov, 6), 4, Some("average 6 -> 4, -33 % since 3 Nov 2026 (30 % reached) · first 7, -43 %")),
        (
            at(jan, 4),
            at(nov, 1),
            3,
            Some("average 1 -> 3, +200 % since 3 Nov 2026 (worse by 30 % or more) · first 4, -25 %"),
        ),
        // What did not change is not told.
        (at(jan, 5), at(nov, 4), 5, Some("average 4 -> 5, +25 % since 3 Nov 2026")),
        (
            at(jan, 8),
            at(nov, 5),
            5,
            Some("average 8 -> 5, -38 % since it was first asked on 5 Jan 2026 (30 % reached)"),
        ),
        (at(nov, 5), at(nov, 5), 5, None),
    ] {
        let facts = ResponseFacts { earlier: vec![(Measure::Average, first, last)], treated: None };
        let found = responses(&facts, &average(now), &[]).unwrap();
        assert_eq!(found[0].line("->", "-").as_deref(), line);
    }
}

#[test]
fn like_is_compared_with_like_alone() {
    let facts = ResponseFacts { earlier: vec![(Measure::Now, at(day(1, 5), 8), at(day(1, 5), 8))], treated: None };
    assert!(said(&facts, &average(4), &[]).is_empty());
    let now = Scores { now: Some(Given(6)), average: Some(Given(2)), ..Scores::default() };
    assert_eq!(said(&facts, &now, &[]), ["pain now 8 -> 6, -25 % since 5 Jan 2026"]);
}

#[test]
fn a_whole_percent_never_seems_to_reach_a_threshold_that_was_missed() {
    // PEG 17/3 to 12/3 is 29.4 percent; 27/3 to 19/3 is 29.63.
    let peg = |p, e, g| Scores {
        peg_pain: Some(Given(p)),
        peg_enjoyment: Some(Given(e)),
        peg_activity: Some(Given(g)),
        ..Scores::default()
    };
    let earlier = Earlier { date: day(1, 5), value: peg(9, 9, 9).peg().unwrap().exact() };
    let facts = ResponseFacts { earlier: vec![(Measure::Peg, earlier.clone(), earlier)], treated: None };
    assert_eq!(said(&facts, &peg(6, 6, 7), &[]), ["PEG 9.0 -> 6.3, -29.6 % since 5 Jan 2026"]);
    assert_eq!(said(&facts, &peg(6, 6, 6), &[]), ["PEG 9.0 -> 6.0, -33 % since 5 Jan 2026 (30 % reached)"]);
}

#[test]
fn relief_is_reckoned_on_the_problem_that_was_treated_and_says_its_baseline() {
    let mut ids = Ids::seeded(4);
    let mut id = || ids.next::<ProblemId>(Instant::from_millis(0));
    let (leg, knee) = (id(), id());
    let session: SessionId = ids.next(Instant::from_millis(0));
    let treated = |problem, problem_before, pain_before| ResponseFacts {
        earlier: vec![(Measure::Problem(leg), at(day(1, 5), 9), at(day(9, 1), 8))],
        treated: Some(Treated {
            session,
            date: day(10, 1),
            what: "TFESI L5 LEFT".to_owned(),
            problem,
            problem_before,
            pain_before,
        }),
    };
    let problems = [(leg, "Sciatica LEFT".to_owned(), 4), (knee, "Knee".to_owned(), 5)];
    let own = at(day(9, 20), 8);
    let asked = at(day(10, 1), 6);
    let later = [
        "Sciatica LEFT 8 -> 4, -50 % since 1 Sep 2026 (50 % reached)",
        "Sciatica LEFT 9 -> 4, -56 % since it was first asked on 5 Jan 2026 (50 % reached)",
    ];
    for (problem, before, pain, first) in [
        (
            Some(leg),
            Some(own.clone()),
            Some(asked.clone()),
            Some("Sciatica LEFT 8 -> 4, -50 % since before TFESI L5 LEFT (20 Sep 2026) (50 % reached)"),
        ),
        (
            Some(leg),
            None,
            Some(asked.clone()),
            Some("Sciatica LEFT 6 -> 4, -33 % since pain before TFESI L5 LEFT as asked on 1 Oct 2026 (30 % reached)"),
        ),
        (Some(leg), None, None, None),
        (Some(knee), None, None, None),
        (None, None, Some(asked.clone()), None),
    ] {
        let facts = treated(problem, before, pain);
        let wanted: Vec<&str> = first.into_iter().chain(later).collect();
        assert_eq!(said(&facts, &Scores::default(), &problems), wanted);
    }
    // A procedure that names no problem is compared by pain now.
    let whole = Scores { now: Some(Given(3)), ..Scores::default() };
    let facts = treated(None, None, Some(asked));
    assert_eq!(
        said(&facts, &whole, &[]),
        ["pain now 6 -> 3, -50 % since pain before TFESI L5 LEFT as asked on 1 Oct 2026 (50 % reached)"]
    );
    let why = responses(&facts, &whole, &[]).unwrap()[0].why().unwrap();
    assert!(why.facts().any(|fact| fact.rule.contains("pain as it was asked before TFESI L5 LEFT")));
}

#[test]
fn what_the_patient_says_stands_in_one_sentence() {
    let mut ids = Ids::seeded(4);
    let draft = ResponseDraft {
        best_relief: Some(70),
        lasted: "3w".to_owned(),
        holding: Some(false),
        function: Some(FunctionGain::Some),
        medicine: Some(MedicineSaved::Less),
        words: "walked to the bakery".to_owned(),
    };
    let kept = draft.kept(ids.next(Instant::from_millis(0))).unwrap();
    assert_eq!(
        kept.sentence(),
        "best relief 70 % as the patient says, for 3 weeks, no longer holding, function gained: some, medicine saved: less \
         of it, walked to the bakery"
    );
    assert_eq!(ResponseDraft { lasted: "3 weeks".to_owned(), ..draft }, ResponseDraft::of(&kept));
    assert_eq!(ResponseDraft::default().kept(kept.session), None);
}

proptest! {
    #[test]
    fn no_threshold_is_claimed_that_the_exact_figure_does_not_reach(before in 0_u8..=10, now in 0_u8..=10) {
        let facts = ResponseFacts {
            earlier: vec![(Measure::Average, at(day(1, 5), before.into()), at(day(1, 5), before.into()))],
            treated: None,
        };
        let sentence = said(&facts, &average(now), &[]).remove(0);
        let fall = i32::from(before) - i32::from(now);
        let reaches = |edge: i32| before > 0 && fall * 100 >= edge * i32::from(before);
        prop_assert_eq!(sentence.contains("50 % reached"), reaches(50));
        prop_assert_eq!(sentence.contains("30 % reached"), reaches(30) && !reaches(50));
        prop_assert_eq!(sentence.contains("unchanged"), fall == 0);
        prop_assert_eq!(sentence.contains('%'), before > 0 && fall != 0);
    }

    #[test]
    fn a_fall_and_the_rise_back_have_the_same_points(before in 1_u8..=10, now in 1_u8..=10) {
        let change = |a: u8, b: u8| {
            let facts = ResponseFacts {
                earlier: vec![(Measure::Average, at(day(1, 5), a.into()), at(day(1, 5), a.into()))],
                treated: None,
            };
            responses(&facts, &average(b), &[]).unwrap()[0].changes[0].2.absolute
        };
        prop_assert_eq!(change(before, now), Exact::ZERO.minus(change(now, before)).unwrap());
    }
}
