//! What rules say, told as their starts.

use super::*;

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M").unwrap()
}

fn starts(rule: &str, first: &str, from: &str, to: &str) -> Result<Vec<String>, TooMany> {
    let rule = Rule::read(rule).unwrap();
    let over = |start: NaiveDateTime| match rule.until {
        Some(Written::Day(day)) => start > day.and_time(NaiveTime::MIN),
        Some(Written::Local(last) | Written::Utc(last)) => start > last,
        None => false,
    };
    let starts = rule.starts(at(first), at(from), at(to), &over, &mut Budget::default())?;
    Ok(starts.into_iter().map(|start| start.format("%y%m%d").to_string()).collect())
}

#[test]
fn rules_give_the_starts_of_their_span() {
    for (rule, first, from, to, expected) in [
        ("FREQ=DAILY", "20200101T0900", "20261124T0000", "20261127T0000", "261124 261125 261126"),
        ("FREQ=DAILY;INTERVAL=3", "20261101T0900", "20261110T0000", "20261117T0000", "261110 261113 261116"),
        ("FREQ=DAILY;COUNT=3", "20261101T0900", "20261102T0000", "20270101T0000", "261102 261103"),
        (
            "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2;WKST=SU",
            "20170216T0900",
            "20170216T0000",
            "20170320T0000",
            "170216 170227 170302 170313 170316",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "19970805T0900",
            "19970101T0000",
            "19980101T0000",
            "970805 970810 970819 970824",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "19970805T0900",
            "19970101T0000",
            "19980101T0000",
            "970805 970817 970819 970831",
        ),
        ("FREQ=MONTHLY;BYDAY=-1FR", "20260101T0900", "20260101T0000", "20260401T0000", "260130 260227 260327"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "20260131T0900", "20260101T0000", "20260601T0000", "260131 260331 260531"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "20260131T0900", "20260101T0000", "20260401T0000", "260131 260228 260331"),
        ("FREQ=MONTHLY", "20260131T0900", "20260101T0000", "20260401T0000", "260131 260331"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "20260101T0900",
            "20260101T0000",
            "20260401T0000",
            "260130 260227 260331",
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "20260101T0900",
            "20260101T0000",
            "20270101T0000",
            "260213 260313 261113",
        ),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "16010101T0300", "20250101T0000", "20270101T0000", "251026 261025"),
        ("FREQ=YEARLY", "20240229T0900", "20240101T0000", "20290101T0000", "240229 280229"),
        ("FREQ=YEARLY;BYDAY=20MO", "19970519T0900", "19970101T0000", "20000101T0000", "970519 980518 990517"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19970512T0900", "19970101T0000", "20000101T0000", "970512 980511 990517"),
        ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO", "20200101T0900", "20200101T0000", "20220101T0000", "201228 211227"),
        ("FREQ=YEARLY;BYYEARDAY=1,-1", "20260101T0900", "20260101T0000", "20270101T0000", "260101 261231"),
        ("FREQ=YEARLY;BYMONTH=1,2", "20260110T0900", "20260101T0000", "20270101T0000", "260110 260210"),
        ("freq=daily;until=20261103t090000", "20261101T0900", "20261101T0000", "20270101T0000", "261101 261102 261103"),
        ("FREQ=DAILY;UNTIL=20261103", "20261101T0900", "20261101T0000", "20270101T0000", "261101 261102"),
        ("FREQ=DAILY;COUNT=-1", "20261101T0900", "20261101T0000", "20261103T0000", "261101 261102"),
        ("FREQ=HOURLY;INTERVAL=12;BYDAY=TU", "20261101T0900", "20261101T0000", "20261108T0000", "261103 261103"),
        ("FREQ=DAILY;BYHOUR=8,14", "20261101T0800", "20261101T0000", "20261103T0000", "261101 261101 261102 261102"),
        ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "20260101T0900", "20260101T0000", "20300101T0000", ""),
    ] {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(starts(rule, first, from, to).unwrap(), expected, "{rule}");
    }
}

#[test]
fn rules_that_never_stop_are_stopped() {
    let (first, from, to) = ("19970101T0900", "20260101T0000", "20270101T0000");
    assert_eq!(starts("FREQ=SECONDLY", first, from, to), Err(TooMany));
    assert_eq!(starts("FREQ=SECONDLY;COUNT=999999999", first, from, to), Err(TooMany));
    let all = |n: u32| (0..n).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let every_second = format!("FREQ=YEARLY;BYDAY=MO,TU;BYHOUR={};BYMINUTE={m};BYSECOND={m}", all(24), m = all(60));
    assert_eq!(starts(&every_second, first, from, to), Err(TooMany));
    assert_eq!(starts("FREQ=DAILY;INTERVAL=4294967295", first, from, to), Ok(vec![]));
    assert_eq!(starts("FREQ=YEARLY;INTERVAL=4294967295;COUNT=9", first, from, to), Ok(vec![]));
}

#[test]
fn the_rules_of_a_file_share_what_may_be_spent() {
    let rule = Rule::read("FREQ=HOURLY").unwrap();
    let mut budget = Budget::default();
    let mut year =
        || rule.starts(at("20260101T0900"), at("20260101T0000"), at("20270101T0000"), &|_| false, &mut budget);
    assert_eq!(year().map(|starts| starts.len()), Ok(8751));
    assert!((0..30).any(|_| year() == Err(TooMany)));
}

#[test]
fn a_rule_that_is_not_understood_says_which_part() {
    for (rule, part) in [
        ("FREQ=OFTEN", "FREQ=OFTEN"),
        ("FREQ=DAILY;UNTIL=never", "UNTIL=never"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"),
        ("FREQ=WEEKLY;BYDAY=\u{e4}", "BYDAY"),
        ("FREQ=YEARLY;BYEASTER=0", "BYEASTER=0"),
        ("RSCALE=HEBREW;FREQ=YEARLY", "RSCALE=HEBREW"),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD", "SKIP=BACKWARD"),
        ("COUNT=3", "how often"),
        ("WEEKLY", "WEEKLY"),
    ] {
        assert!(Rule::read(rule).unwrap_err().contains(part), "{rule}");
    }
}
