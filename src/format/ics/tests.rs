//! What calendars say, told as small files and the starts that come out of them.

use chrono::NaiveDate;
use chrono_tz::Europe::Berlin;

use super::*;
use crate::clinical::schedule::SourceEvent;

const WINDOW: Window = Window { from: day(2026, 3, 1), to: day(2026, 4, 11) };

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn calendar(body: &str) -> Read {
    super::read("a.ics", format!("BEGIN:VCALENDAR\n{body}\nEND:VCALENDAR\n").as_bytes(), WINDOW, Berlin).unwrap()
}

fn event(body: &str) -> String {
    format!("BEGIN:VEVENT\nUID:1\n{body}\nEND:VEVENT")
}

fn starts(events: &[SourceEvent]) -> Vec<String> {
    events.iter().map(|event| event.start.format("%m-%d %H:%M").to_string()).collect()
}

#[test]
fn a_time_means_what_its_zone_says_on_the_wall_of_the_practice() {
    let named = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:-0300\nTZOFFSETTO:-0300\nEND:STANDARD\nEND:VTIMEZONE\n";
    for (before, start, as_written, on_wall) in [
        ("", "DTSTART;TZID=America/New_York:20260324T080000", "2026-03-24T08:00:00-04:00", "03-24 13:00"),
        ("", "DTSTART:20260324T080000Z", "2026-03-24T08:00:00+00:00", "03-24 09:00"),
        ("", "DTSTART:20260324T080000", "2026-03-24T08:00:00", "03-24 08:00"),
        ("", "DTSTART;TZID=FOO:20260324T080000", "2026-03-24T08:00:00", "03-24 08:00"),
        ("", "DTSTART;TZID=Eastern Standard Time:20260324T080000", "2026-03-24T08:00:00-04:00", "03-24 13:00"),
        ("", "DTSTART;VALUE=DATE:20260324", "2026-03-24", "03-24 00:00"),
        ("", "DTSTART;TZID=Europe/Berlin:20260329T023000", "2026-03-29T02:30:00+01:00", "03-29 03:30"),
        ("X-WR-TIMEZONE:America/New_York\n", "DTSTART:20260324T120000Z", "2026-03-24T08:00:00-04:00", "03-24 13:00"),
        ("X-WR-TIMEZONE:America/New_York\n", "DTSTART:20260324T080000", "2026-03-24T08:00:00-04:00", "03-24 13:00"),
        (named, "DTSTART;TZID=Ours:20260324T080000", "2026-03-24T08:00:00-03:00", "03-24 12:00"),
    ] {
        let read = calendar(&format!("{before}{}", event(start)));
        assert_eq!(read.events[0].as_written, as_written, "{start}");
        assert_eq!(starts(&read.events), [on_wall], "{start}");
    }
}

#[test]
fn a_length_is_what_the_event_says_and_nothing_else() {
    for (body, end, notes) in [
        ("DTSTART:20260324T080000\nDTEND:20260324T083000", Some("03-24 08:30"), false),
        ("DTSTART:20260324T080000\nDURATION:PT45M", Some("03-24 08:45"), false),
        ("DTSTART:20260324T080000", None, false),
        ("DTSTART:20260324T080000\nDTEND:", None, false),
        ("DTSTART:20260324T080000\nDTEND:\nDURATION:PT15M", Some("03-24 08:15"), false),
        ("DTSTART;VALUE=DATE:20260324", Some("03-25 00:00"), false),
        ("DTSTART;VALUE=DATE:20260324\nDTEND;VALUE=DATE:20260324", Some("03-25 00:00"), false),
        ("DTSTART;VALUE=DATE:20260324\nDTEND;VALUE=DATE:20260327", Some("03-27 00:00"), false),
        ("DTSTART:20260324T083000\nDTEND:20260324T080000", Some("03-24 08:30"), true),
        ("DTSTART:20260324T083000\nDTEND;VALUE=DATE:20260324", None, false),
        ("DTSTART:20260328T230000\nDTEND:20260329T070000", Some("03-29 07:00"), false),
        ("DTSTART:20260324T080000Z\nDTEND;TZID=America/New_York:20260324T043000", Some("03-24 09:30"), false),
    ] {
        let read = calendar(&event(body));
        let found = &read.events[0];
        assert_eq!(found.end.map(|end| end.format("%m-%d %H:%M").to_string()).as_deref(), end, "{body}");
        assert_eq!(found.note.is_some(), notes, "{body}");
    }
}

#[test]
fn series_become_instances_and_each_keeps_the_name_of_its_first_plan() {
    let weekly =
        "DTSTART;TZID=Europe/Berlin:20260302T090000\nDTEND;TZID=Europe/Berlin:20260302T093000\nRRULE:FREQ=WEEKLY";
    let changed = |extra: &str| format!("{}\n{}", event(weekly), event(extra));
    for (name, body, expected) in [
        ("endless", event(weekly), "02 09:00|09 09:00|16 09:00|23 09:00|30 09:00|06 09:00"),
        ("until a day", event(&format!("{weekly};UNTIL=20260316")), "02 09:00|09 09:00"),
        ("until a moment", event(&format!("{weekly};UNTIL=20260316T080000Z")), "02 09:00|09 09:00|16 09:00"),
        ("exception by moment", event(&format!("{weekly};COUNT=3\nEXDATE:20260309T080000Z")), "02 09:00|16 09:00"),
        ("exception by day", event(&format!("{weekly};COUNT=3\nEXDATE;VALUE=DATE:20260309")), "02 09:00|16 09:00"),
        ("exception by rule", event(&format!("{weekly};COUNT=3\nEXRULE:FREQ=WEEKLY;INTERVAL=2")), "09 09:00"),
        ("further start", event(&format!("{weekly};COUNT=1\nRDATE;TZID=Europe/Berlin:20260305T100000")), "02 09:00|05 10:00"),
        ("first start beside the rule", event(&format!("{weekly};BYDAY=TU;COUNT=2")), "02 09:00|03 09:00|10 09:00"),
        (
            "one moved",
            changed("RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000\nDTSTART;TZID=Europe/Berlin:20260310T110000").replace("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=3"),
            "02 09:00|16 09:00|10 11:00",
        ),
        (
            "one moved, its first plan in UTC",
            changed("RECURRENCE-ID:20260309T080000Z\nDTSTART:20260310T110000").replace("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=3"),
            "02 09:00|16 09:00|10 11:00",
        ),
        (
            "from one on moved",
            changed("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260309T090000\nDTSTART;TZID=Europe/Berlin:20260310T110000").replace("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=3"),
            "02 09:00|10 11:00|17 11:00",
        ),
        (
            "from one on moved, its first plan in UTC",
            changed("RECURRENCE-ID;RANGE=THISANDFUTURE:20260309T080000Z\nDTSTART;TZID=Europe/Berlin:20260310T110000").replace("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=3"),
            "02 09:00|10 11:00|17 11:00",
        ),
        (
            "from one on moved, told in another zone",
            changed("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T090000\nDTSTART;TZID=America/New_York:20260317T060000").replace("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=4"),
            "02 09:00|09 09:00|17 11:00|24 11:00",
        ),
        ("changed without a series", event("RECURRENCE-ID:20260309T080000Z\nDTSTART:20260310T110000"), "10 11:00"),
        (
            "days, changed by a time",
            format!("{}\n{}", event("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=WEEKLY;COUNT=2"), event("RECURRENCE-ID;TZID=W. Europe Standard Time:20260309T000000\nDTSTART;VALUE=DATE:20260311")),
            "02 00:00|11 00:00",
        ),
    ] {
        let read = calendar(&body);
        let got: Vec<String> = read.events.iter().map(|e| e.start.format("%d %H:%M").to_string()).collect();
        assert_eq!(got.join("|"), expected, "{name}");
        let mut keys: Vec<_> = read.events.iter().map(|event| &event.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), read.events.len(), "{name}");
    }
    let moved = calendar(&changed("RECURRENCE-ID:20260309T080000Z\nDTSTART:20260310T110000"));
    assert_eq!(moved.events.last().unwrap().key.recurrence, "20260309T080000Z");
}

#[test]
fn a_title_may_call_its_event_off() {
    for (body, off) in [
        ("SUMMARY:Canceled: Pain visit", true),
        ("SUMMARY:Abgesagt: Kontrolle\nSTATUS:CONFIRMED", true),
        ("SUMMARY:Pain visit\nSTATUS:CANCELLED", true),
        ("SUMMARY:Pain visit: cancelled last time", false),
    ] {
        assert_eq!(calendar(&event(&format!("DTSTART:20260324T080000\n{body}"))).events[0].cancelled, off, "{body}");
    }
}

#[test]
fn a_broken_event_is_refused_with_its_line_and_the_rest_goes_in() {
    let good = "BEGIN:VEVENT\nUID:good\nDTSTART:20260324T080000\nEND:VEVENT";
    for (bad, line, words) in [
        ("BEGIN:VEVENT\nUID:b\nSUMMARY:x\nDTSTART:20260230T080000\nEND:VEVENT", 5, "20260230T080000"),
        ("BEGIN:VEVENT\nUID:b\nEND:VEVENT", 2, "no start"),
        ("BEGIN:VEVENT\nDTSTART:20260324\nEXDATE:\nEND:VEVENT", 4, "EXDATE"),
        ("BEGIN:VEVENT\nDTSTART:20260324\nRRULE:FREQ=NEVER\nEND:VEVENT", 4, "FREQ=NEVER"),
        ("BEGIN:VEVENT\nDTSTART:20260324T080000\nDTEND:soon\nEND:VEVENT", 4, "soon"),
        ("BEGIN:VEVENT\nDTSTART:20260324T080000", 2, "no end"),
        ("BEGIN:VEVENT\nDTSTART:20260301T080000\nRRULE:FREQ=SECONDLY\nEND:VEVENT", 2, "too often"),
    ] {
        let read = calendar(&format!("{bad}\n{good}"));
        assert_eq!(starts(&read.events), ["03-24 08:00"], "{bad}");
        let refused: Vec<_> = read.refused.iter().map(|refused| refused.line).collect();
        assert_eq!(refused, [line], "{bad}");
        assert!(read.refused[0].reason.contains(words), "{bad}: {}", read.refused[0].reason);
    }
    // What does not matter to when it takes place may be broken.
    let read = calendar(&event("DTSTART:20260324T080000\nDTSTAMP:yesterday\n&nbsp; what\nSUMMARY:x"));
    assert_eq!(read.events[0].note.as_deref(), Some("line 6 is not understood and was left out"));
}

#[test]
fn of_several_versions_the_newest_counts_and_the_others_are_named() {
    let version = |sequence: &str, stamp: &str, hour: &str| {
        event(&format!("SEQUENCE:{sequence}\nDTSTAMP:{stamp}\nDTSTART:20260324T{hour}0000"))
    };
    for (first, second, expected) in [
        (version("1", "20260101T000000Z", "08"), version("2", "20250101T000000Z", "09"), "03-24 09:00"),
        (version("1", "20260102T000000Z", "08"), version("1", "20260101T000000Z", "09"), "03-24 08:00"),
        (version("1", "20260101T000000Z", "08"), version("1", "20260101T000000Z", "09"), "03-24 08:00"),
    ] {
        let read = calendar(&format!("{first}\n{second}"));
        assert_eq!(starts(&read.events), [expected]);
        assert_eq!(read.passed_over.len(), 1);
    }
    let nameless = "BEGIN:VEVENT\nDTSTART:20260324T080000\nSUMMARY:x\nEND:VEVENT";
    let read = calendar(&format!("{nameless}\n{nameless}\n{}", nameless.replace(":x", ":y")));
    assert_eq!((read.events.len(), read.passed_over.len()), (2, 1));
}

#[test]
fn what_lies_outside_the_window_is_known_but_not_imported() {
    let read = calendar(&format!(
        "X-WR-CALNAME:Clinic\n{}\n{}",
        event("DTSTART:20260411T000000"),
        event("DTSTART:20260410T235900").replace("UID:1", "UID:2"),
    ));
    assert_eq!(starts(&read.events), ["04-10 23:59"]);
    assert_eq!(starts(&read.outside), ["04-11 00:00"]);
    assert_eq!(read.calendars, ["Clinic"]);
}

#[test]
fn cancelled_events_stay_events_and_a_message_speaks_only_for_itself() {
    let read = calendar(&event("DTSTART:20260324T080000\nSTATUS:CANCELLED"));
    assert!(read.events[0].cancelled);
    let message = calendar(&format!("METHOD:CANCEL\n{}", event("DTSTART:20260324T080000")));
    assert!(message.events[0].cancelled);
    assert!(message.calendars.is_empty());
}

#[test]
fn what_is_no_calendar_says_so_and_odd_ones_are_read() {
    let read = |bytes: &[u8]| super::read("a.ics", bytes, WINDOW, Berlin);
    assert!(read(b"").is_err());
    assert!(read(b"Date,Time\n2026-03-24,08:00\n").is_err());
    assert_eq!(read(b"\xEF\xBB\xBFBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").unwrap().events, []);
    let bare = read(b"BEGIN:VEVENT\nDTSTART:20260324T080000\nSUMMARY:M\xFCller\nEND:VEVENT").unwrap();
    assert_eq!(bare.events[0].title.as_deref(), Some("Müller"));
    assert!(is_calendar(b"\xFF\xFEB\0E\0G\0I\0N\0:\0V\0C\0A\0L\0E\0N\0D\0A\0R\0"));
    assert!(!is_calendar(b"Begin,End\n"));
}

#[test]
fn a_calendar_is_found_below_a_letter_inside_another_box_and_in_two_bytes_a_letter() {
    let event = "BEGIN:VEVENT\nUID:1\nDTSTART:20260324T080000\nSUMMARY:Müller 漢\nEND:VEVENT\n";
    let letter = format!("{}\nBEGIN:VCALENDAR\n{event}END:VCALENDAR\n", "Dear all\n".repeat(2000));
    let boxed = format!("BEGIN:VCALENDAR\nBEGIN:X-BOX\n{event}END:X-BOX\nEND:VCALENDAR\n");
    let wide: Vec<u8> = boxed.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [letter.as_bytes(), boxed.as_bytes(), &wide] {
        assert!(is_calendar(bytes));
        let read = super::read("a.ics", bytes, WINDOW, Berlin).unwrap();
        assert_eq!((starts(&read.events), read.refused), (vec!["03-24 08:00".to_owned()], vec![]));
        assert_eq!(read.events[0].title.as_deref(), Some("Müller 漢"));
    }
}

#[test]
fn thousands_of_changed_instances_are_read_at_once() {
    let changed = |n: u32, range: &str| {
        let at = day(2026, 1, 1) + chrono::Days::new(n.into());
        let at = at.format("%Y%m%d");
        format!("BEGIN:VEVENT\nUID:1\nRECURRENCE-ID{range}:{at}T090000Z\nDTSTART:{at}T100000Z\nEND:VEVENT\n")
    };
    for range in ["", ";RANGE=THISANDFUTURE"] {
        let all: String = (0..4000).map(|n| changed(n, range)).collect();
        let read = calendar(&format!("{}\n{all}", event("DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY")));
        assert_eq!(starts(&read.events)[0], "03-01 11:00");
        assert_eq!(read.events.len(), 41);
    }
}

proptest::proptest! {
    /// Any bytes are read in part, refused in words, or both.
    #[test]
    fn no_bytes_stop_the_reader(noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let mut bytes = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:".to_vec();
        bytes.extend(noise);
        let _ = super::read("a.ics", &bytes, WINDOW, Berlin);
    }

    /// Lines put together from what calendars are made of, in any order, are read without a stop.
    #[test]
    fn no_mixture_of_lines_stops_the_reader(picks in proptest::collection::vec(0..LINES.len(), 0..40)) {
        let lines: Vec<&str> = picks.into_iter().map(|at| LINES[at]).collect();
        let text = format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", lines.join("\n"));
        let read = super::read("a.ics", text.as_bytes(), WINDOW, Berlin);
        for event in read.iter().flat_map(|read| &read.events) {
            proptest::prop_assert!(WINDOW.holds(event.start.date()));
        }
    }
}

const LINES: &[&str] = &[
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VTIMEZONE",
    "UID:1",
    "DTSTART:20260302T090000",
    "DTSTART;VALUE=DATE:20260302",
    "DTSTART:00010101T000000",
    "DTSTART:99991231T235959Z",
    "DTEND:20260302T080000Z",
    "DTEND;VALUE=DATE:00010101",
    "DURATION:-P36500D",
    "DURATION:P1D",
    "RRULE:FREQ=YEARLY;INTERVAL=4294967295;BYWEEKNO=-53",
    "RRULE:FREQ=WEEKLY;WKST=SU;BYSETPOS=-366",
    "RRULE:FREQ=HOURLY;BYMONTHDAY=-31;COUNT=4294967295",
    "RRULE:FREQ=MONTHLY;BYDAY=-53SU,1MO",
    "RDATE;VALUE=PERIOD:20260302T090000Z/99991231T235959Z",
    "EXDATE:99991231",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:00010101T000000Z",
    "RECURRENCE-ID:20260302",
    "SEQUENCE:-9223372036854775808",
    "STATUS:CANCELLED",
    " folded",
];
