//! Dates as they are written, and the orders that a table shows.

use super::*;

fn read(texts: &[&str], region: DateOrder) -> (Vec<String>, Option<String>) {
    let dates: Vec<(&str, WrittenDate)> =
        texts.iter().map(|text| (*text, leading_date(text).unwrap_or_else(|| panic!("{text}")).0)).collect();
    let orders = Orders::of(dates.iter().map(|(text, date)| (*text, *date, DateOf::Appointment)), region);
    let shown = |(_, date): &(&str, WrittenDate)| {
        orders.date(*date, Century::This).map_or_else(|| "none".to_owned(), |date| date.to_string())
    };
    (dates.iter().map(shown).collect(), orders.unsettled())
}

#[test]
fn dates_are_found_in_every_writing() {
    for (text, date, rest) in [
        ("2026-11-24", "2026-11-24", ""),
        ("2026/11/4T08:00", "2026-11-04", "T08:00"),
        ("24.11.2026 08:00", "2026-11-24", " 08:00"),
        ("24. 11. 2026", "2026-11-24", ""),
        ("24.11.26", "2026-11-24", ""),
        ("20261124 083000", "2026-11-24", " 083000"),
        ("20261124083000", "2026-11-24", "083000"),
        ("May 5, 2025", "2025-05-05", ""),
        ("Monday, May 5th, 2025 at 9", "2025-05-05", " at 9"),
        ("5-May-25", "2025-05-05", ""),
        ("13-Mar-1972", "1972-03-13", ""),
        ("Mar 24, 2026", "2026-03-24", ""),
        ("24 mar 2026 08:00", "2026-03-24", " 08:00"),
        ("mar. 24/11/2026", "2026-11-24", ""),
        ("mar 24 novembre 2026", "2026-11-24", ""),
        ("Di., 24. November 2026", "2026-11-24", ""),
        ("Mo 24.11.2025", "2025-11-24", ""),
        ("3 März 2026", "2026-03-03", ""),
        ("2026 Nov 24", "2026-11-24", ""),
    ] {
        let (written, after) = leading_date(text).unwrap();
        let orders = Orders::of([(text, written, DateOf::Birth)].into_iter(), DateOrder::Mdy);
        assert_eq!(orders.date(written, Century::This).unwrap().to_string(), date, "{text}");
        assert_eq!(after, rest, "{text}");
    }
    for text in
        ["", "08:30 am", "12", "1987", "Follow Up", "555-0101", "02110", "7.5", "May", "10.0.0.1", "Marina Decker"]
    {
        assert!(leading_date(text).is_none(), "{text}");
    }
    assert!(date_within("Schedule for: Monday, May 5, 2025").is_some());
    assert!(date_within("Provider: Demo, Doc MD").is_none());
}

#[test]
fn what_settles_one_date_settles_all_written_alike() {
    let (mdy, dmy) = (DateOrder::Mdy, DateOrder::Dmy);
    for (texts, region, expected) in [
        (&["06/17/2025", "03/04/1960"][..], dmy, &["2025-06-17", "1960-03-04"][..]),
        (&["17/06/2025", "03/04/1960"], mdy, &["2025-06-17", "1960-04-03"]),
        (&["03/30/2025", "05.06.2025"], mdy, &["2025-03-30", "2025-06-05"]),
        (&["Tue 03/04/2025", "05/06/2025"], dmy, &["2025-03-04", "2025-05-06"]),
        (&["2025-30-02", "2025-02-30"], dmy, &["none", "none"]),
        (&["13/01/2025", "14/01/2025", "01/15/2025"], mdy, &["2025-01-13", "2025-01-14", "none"]),
    ] {
        assert_eq!(read(texts, region), (expected.iter().map(|s| (*s).to_owned()).collect(), None), "{texts:?}");
    }
    let (dates, said) = read(&["11/04/2024"], mdy);
    assert_eq!(dates, ["2024-11-04"]);
    assert!(said.unwrap().contains("4 Nov 2024"));
    assert_eq!(read(&["11/04/2024"], dmy).0, ["2024-04-11"]);
    assert_eq!(read(&["05/05/2024"], mdy).1, None, "nothing to say where both readings agree");
}

#[test]
fn births_and_appointments_may_be_written_differently() {
    let table = |texts: &[(&'static str, DateOf)]| {
        let dates = texts.iter().map(|(text, of)| (*text, leading_date(text).unwrap().0, *of));
        Orders::of(dates, DateOrder::Mdy)
    };
    let (visit, birth) = (("13/11/2026", DateOf::Appointment), ("12/31/1948", DateOf::Birth));
    let open = leading_date("05/06/2020").unwrap().0;
    let latest = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    for (texts, appointment, born) in [
        (&[visit, birth][..], "2020-06-05", "2020-05-06"),
        (&[visit], "2020-06-05", "2020-06-05"),
        (&[birth], "2020-05-06", "2020-05-06"),
    ] {
        let orders = table(texts);
        assert_eq!(orders.date(open, Century::This).unwrap().to_string(), appointment, "{texts:?}");
        assert_eq!(orders.date(open, Century::NotAfter(latest)).unwrap().to_string(), born, "{texts:?}");
    }
}

#[test]
fn two_digits_of_a_birth_are_the_latest_year_that_can_be() {
    let visit = NaiveDate::from_ymd_opt(2025, 10, 26).unwrap();
    for (text, birth) in
        [("15.01.20", "2020-01-15"), ("26.10.25", "2025-10-26"), ("27.10.25", "1925-10-27"), ("08.03.92", "1992-03-08")]
    {
        let (written, _) = leading_date(text).unwrap();
        let orders = Orders::of([(text, written, DateOf::Birth)].into_iter(), DateOrder::Mdy);
        assert_eq!(orders.date(written, Century::NotAfter(visit)).unwrap().to_string(), birth, "{text}");
    }
    assert_eq!(serial("45778").map(|(date, _)| date), Some(WrittenDate::Serial(45778)));
    assert!(serial("70000000").is_none());
    for (text, days) in [
        ("26359", Some(26359)),
        ("7306", Some(7306)),
        ("1972", None),
        ("72", None),
        ("x", None),
        ("010250", None),
        ("07306", None),
        ("+7306", None),
    ] {
        assert_eq!(serial_birth(text), days.map(WrittenDate::Serial), "{text}");
    }
}

#[test]
fn dates_that_contradict_each_other_are_named() {
    let said = |texts: &[&str], of: [DateOf; 2]| {
        let dates = texts.iter().zip(of).map(|(text, of)| (*text, leading_date(text).unwrap().0, of));
        let orders = Orders::of(dates, DateOrder::Mdy);
        (orders.contradiction(), orders.unsettled())
    };
    let (visit, birth) = (DateOf::Appointment, DateOf::Birth);
    let (why, unsettled) = said(&["03/14/2026", "14/03/2026"], [visit, visit]);
    let why = why.unwrap();
    assert!(why.contains("03/14/2026") && why.contains("14/03/2026") && why.contains("month, day, year"), "{why}");
    assert_eq!(unsettled, None, "it is said once");
    for (texts, of) in [
        (["03/14/2026", "03/15/2026"], [visit, visit]),
        (["03/14/2026", "14/03/1950"], [visit, birth]),
        (["03/14/2026", "14.03.2026"], [visit, visit]),
    ] {
        assert_eq!(said(&texts, of).0, None, "{texts:?}");
    }
}
