//! Tables of what is typed and what is read, by region.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;

use super::*;
use DateSense::{Ahead, Birth, Near, Past};

/// Tuesday 24 Nov 2026, 10:14.
fn reading(order: DateOrder) -> Reading {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Reading {
        today,
        now: NaiveTime::from_hms_opt(10, 14, 30).unwrap(),
        order,
        decimal: Decimal::Point,
        clock: HourClock::TwentyFour,
    }
}

fn date(text: &str, order: DateOrder, sense: DateSense) -> String {
    match read_date(text, &reading(order), sense) {
        Ok(date) => date.to_string(),
        Err(why) => why.to_string(),
    }
}

#[test]
fn dates_in_words_read_the_same_everywhere() {
    for (text, sense, expected) in [
        ("today", Near, "2026-11-24"),
        (" Tomorrow ", Near, "2026-11-25"),
        ("yesterday", Ahead, "2026-11-23"),
        ("mon", Near, "2026-11-30"),
        ("Monday", Past, "2026-11-23"),
        ("tue", Ahead, "2026-12-01"),
        ("tue", Past, "2026-11-17"),
        ("we", Ahead, "2026-11-25"),
        ("+2w", Near, "2026-12-08"),
        ("-3d", Near, "2026-11-21"),
        ("+10", Near, "2026-12-04"),
        ("2w", Ahead, "2026-12-08"),
        ("in 6 weeks", Ahead, "2027-01-05"),
        ("3 days ago", Past, "2026-11-21"),
        ("+3m", Near, "2027-02-24"),
        ("+1y", Near, "2027-11-24"),
        ("24 nov", Near, "2026-11-24"),
        ("Nov 24", Near, "2026-11-24"),
        ("24 november 2026", Near, "2026-11-24"),
        ("Nov 24, 2026", Near, "2026-11-24"),
        ("24-Nov-26", Near, "2026-11-24"),
        ("24nov26", Near, "2026-11-24"),
        ("24th nov", Near, "2026-11-24"),
        ("1st sept 2025", Near, "2025-09-01"),
        ("2026 nov 24", Near, "2026-11-24"),
        ("2026-11-24", Near, "2026-11-24"),
        ("2026/11/24", Near, "2026-11-24"),
        ("20261124", Near, "2026-11-24"),
        ("2 jan", Near, "2027-01-02"),
        ("2 jan", Past, "2026-01-02"),
        ("20 oct", Near, "2026-10-20"),
        ("20 oct", Ahead, "2027-10-20"),
        ("24 nov", Ahead, "2026-11-24"),
        ("29 feb", Ahead, "2028-02-29"),
        ("29 feb", Past, "2024-02-29"),
    ] {
        for order in [DateOrder::Mdy, DateOrder::Dmy, DateOrder::Ymd] {
            assert_eq!(date(text, order, sense), expected, "{text} {order:?} {sense:?}");
        }
    }
}

#[test]
fn digits_read_in_the_order_of_the_region() {
    use DateOrder::{Dmy, Mdy, Ymd};
    for (text, order, expected) in [
        ("11/24/2026", Mdy, "2026-11-24"),
        ("11/5", Mdy, "2026-11-05"),
        ("11/5", Dmy, "2027-05-11"),
        ("11/5", Ymd, "2026-11-05"),
        ("24.11.", Dmy, "2026-11-24"),
        ("24.11.", Mdy, "2026-11-24"),
        ("24.11", Dmy, "2026-11-24"),
        ("24.11.2026", Dmy, "2026-11-24"),
        ("24.11.26", Dmy, "2026-11-24"),
        ("24 11 26", Dmy, "2026-11-24"),
        ("26-11-24", Ymd, "2026-11-24"),
        ("11-24-26", Mdy, "2026-11-24"),
        ("24112026", Dmy, "2026-11-24"),
        ("11242026", Mdy, "2026-11-24"),
    ] {
        assert_eq!(date(text, order, Near), expected, "{text} {order:?}");
    }
}

#[test]
fn two_digits_of_a_birth_year_are_the_latest_that_is_not_ahead() {
    for (text, sense, expected) in [
        ("9 may 88", Birth, "1988-05-09"),
        ("1.1.26", Birth, "2026-01-01"),
        ("24.11.26", Birth, "2026-11-24"),
        ("25.11.26", Birth, "1926-11-25"),
        ("1.1.27", Birth, "1927-01-01"),
        ("1.1.30", Near, "2030-01-01"),
        ("1.1.60", Near, "1960-01-01"),
        ("1.1.27", Past, "1927-01-01"),
    ] {
        assert_eq!(date(text, DateOrder::Dmy, sense), expected, "{text} {sense:?}");
    }
}

#[test]
fn what_is_no_date_is_refused_in_words() {
    use DateOrder::{Dmy, Mdy};
    let not = "not a date: try 24 nov, +2w, mon or 2026-11-24";
    for (text, order, expected) in [
        ("", Dmy, not),
        ("soon", Dmy, not),
        ("24", Dmy, not),
        ("1/2/3/4", Dmy, not),
        ("24 nov 2026 8", Dmy, not),
        ("24:11", Dmy, not),
        ("31 nov", Dmy, "Nov 2026 has no day 31"),
        ("29 feb 2026", Dmy, "Feb 2026 has no day 29"),
        ("0 nov 2026", Dmy, "Nov 2026 has no day 0"),
        ("31/4/2026", Dmy, "Apr 2026 has no day 31"),
        ("24/11/2026", Mdy, "there is no month 24; dates are typed month/day/year here"),
        ("24/13", Dmy, "there is no month 13; dates are typed day.month.year here"),
        ("2026-13-01", Dmy, "there is no month 13; dates are typed day.month.year here"),
        ("24 nov 0026", Dmy, "the year 26 is out of reach"),
        ("+900y", Dmy, "the year 2926 is out of reach"),
        ("+99999999999d", Dmy, "the year 4294967295 is out of reach"),
    ] {
        assert_eq!(date(text, order, Near), expected, "{text} {order:?}");
    }
}

#[test]
fn times_are_read_as_they_are_typed() {
    for (text, expected) in [
        ("1430", "14:30"),
        ("14:30", "14:30"),
        ("14.30", "14:30"),
        ("14h30", "14:30"),
        ("9", "09:00"),
        ("09", "09:00"),
        ("905", "09:05"),
        ("2:30p", "14:30"),
        ("2:30 PM", "14:30"),
        ("930am", "09:30"),
        ("2pm", "14:00"),
        ("12am", "00:00"),
        ("12p", "12:00"),
        ("12:15 a.m.", "00:15"),
        ("noon", "12:00"),
        ("now", "10:14"),
        ("14h", "14:00"),
        ("0", "00:00"),
        ("", "not a time: try 1430, 14:30 or 2:30p"),
        ("later", "not a time: try 1430, 14:30 or 2:30p"),
        ("14:3", "not a time: try 1430, 14:30 or 2:30p"),
        ("24", "there is no time 24"),
        ("2460", "there is no time 2460"),
        ("9:60", "there is no time 9:60"),
        ("13pm", "there is no time 13pm"),
        ("0am", "there is no time 0am"),
        ("12345", "not a time: try 1430, 14:30 or 2:30p"),
    ] {
        let read = match read_time(text, &reading(DateOrder::Dmy)) {
            Ok(time) => time.format("%H:%M").to_string(),
            Err(why) => why.to_string(),
        };
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn where_hours_go_to_twelve_the_afternoon_needs_no_word_and_a_zero_says_the_night() {
    let [us, uk] = [Region::Us, Region::Uk].map(|region| Reading::of(region, "2026-11-24T10:14:00".parse().unwrap()));
    for (text, in_us, in_uk) in [
        ("2:30", "14:30", "02:30"),
        ("1", "13:00", "01:00"),
        ("545", "17:45", "05:45"),
        ("02:30", "02:30", "02:30"),
        ("0230", "02:30", "02:30"),
        ("2:30a", "02:30", "02:30"),
        ("2:30p", "14:30", "14:30"),
        ("6:30", "06:30", "06:30"),
        ("12:15", "12:15", "12:15"),
        ("0", "00:00", "00:00"),
        ("14:30", "14:30", "14:30"),
    ] {
        let read = |reading: &Reading| read_time(text, reading).unwrap().format("%H:%M").to_string();
        assert_eq!((read(&us).as_str(), read(&uk).as_str()), (in_us, in_uk), "{text}");
    }
}

#[test]
fn numbers_are_exact_and_thousands_are_never_guessed() {
    use Decimal::{CommaToo, Point};
    let two =
        |typed: &str| format!("{typed} can be read in two ways: type the number without a separator between thousands");
    for (text, decimal, decimals, expected) in [
        ("70", Point, 1, "700".to_owned()),
        ("70.5", Point, 1, "705".to_owned()),
        ("70.", Point, 1, "700".to_owned()),
        (".5", Point, 1, "5".to_owned()),
        ("70,5", CommaToo, 1, "705".to_owned()),
        ("70.5", CommaToo, 1, "705".to_owned()),
        ("0,125", CommaToo, 3, "125".to_owned()),
        ("1.250", Point, 3, "1250".to_owned()),
        ("2.50", Point, 1, "25".to_owned()),
        ("-3", Point, 0, "-3".to_owned()),
        ("\u{2212}3", Point, 0, "-3".to_owned()),
        ("70,5", Point, 1, two("70,5")),
        ("1,000", Point, 0, two("1,000")),
        ("1,000", CommaToo, 3, two("1,000")),
        ("1.000", CommaToo, 3, two("1.000")),
        ("1.000.000", CommaToo, 0, two("1.000.000")),
        ("70.55", Point, 1, "at most one digit after the decimal sign".to_owned()),
        ("70.5", Point, 0, "whole numbers only".to_owned()),
        ("", Point, 0, "not a number".to_owned()),
        (".", Point, 0, "not a number".to_owned()),
        ("12 kg", Point, 0, "not a number".to_owned()),
        ("1e3", Point, 0, "not a number".to_owned()),
        ("99999999999999999999", Point, 0, "this number is too large".to_owned()),
    ] {
        let read = match read_number(text, decimal, decimals) {
            Ok(value) => value.to_string(),
            Err(why) => why.to_string(),
        };
        assert_eq!(read, expected, "{text} {decimal:?} {decimals}");
    }
    assert_eq!(show_number(705, CommaToo, 1), "70,5");
    assert_eq!(show_number(-5, Point, 2), "-0.05");
    assert_eq!(show_number(700, Point, 1), "70");
}

fn any_order() -> impl Strategy<Value = DateOrder> {
    prop_oneof![Just(DateOrder::Mdy), Just(DateOrder::Dmy), Just(DateOrder::Ymd)]
}
fn any_sense() -> impl Strategy<Value = DateSense> {
    prop_oneof![Just(Near), Just(Past), Just(Ahead), Just(Birth)]
}

proptest! {
    #[test]
    fn nothing_typed_stops_the_readers(text in "\\PC{0,24}", order in any_order(), sense in any_sense()) {
        let reading = reading(order);
        let _ = read_date(&text, &reading, sense);
        let _ = read_time(&text, &reading);
        let _ = read_number(&text, Decimal::CommaToo, 3);
    }

    #[test]
    fn nothing_that_looks_like_a_date_stops_the_readers(text in "[-+0-9a-z ./:,]{0,14}", order in any_order(), sense in any_sense()) {
        let reading = reading(order);
        let _ = read_date(&text, &reading, sense);
        let _ = read_time(&text, &reading);
        let _ = read_number(&text, Decimal::Point, 2);
    }

    #[test]
    fn a_date_as_shown_reads_back_in_every_region(days in -40_000i64..60_000, order in any_order(), sense in any_sense()) {
        let reading = reading(order);
        let date = reading.today + chrono::Duration::days(days);
        let shown = crate::clinical::time::show_date(date);
        prop_assert_eq!(read_date(&shown, &reading, sense), Ok(date));
        prop_assert_eq!(read_date(&date.to_string(), &reading, sense), Ok(date));
    }

    #[test]
    fn a_birth_date_of_two_digits_is_never_ahead(day in 1u32..=28, month in 1u32..=12, year in 0u32..=99) {
        let reading = reading(DateOrder::Dmy);
        let date = read_date(&format!("{day}.{month}.{year:02}"), &reading, Birth).unwrap();
        prop_assert!(date <= reading.today);
        prop_assert!(date > reading.today - chrono::Duration::days(36_526));
    }

    #[test]
    fn a_number_as_shown_reads_back(value in -999_999i64..=999_999, decimals in 0u8..=4) {
        for decimal in [Decimal::Point, Decimal::CommaToo] {
            prop_assert_eq!(read_number(&type_number(value, decimal, decimals), decimal, decimals), Ok(value));
            let shown = show_number(value, decimal, decimals);
            match read_number(&shown, decimal, decimals) {
                Ok(read) => prop_assert_eq!(read, value),
                // Three digits after the comma may be thousands: refused, never read as another number.
                Err(Unread::Thousands { .. }) => prop_assert!(decimal == Decimal::CommaToo && decimals >= 3),
                Err(why) => prop_assert!(false, "{shown}: {why}"),
            }
        }
    }
}
