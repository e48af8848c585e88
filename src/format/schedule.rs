//! A file of a schedule, whatever it is: a calendar or a table is told by its content, not by its name; what is neither is
//! refused in words that say what it is.

use chrono_tz::Tz;

use super::csv::mapping::Mapping;
use super::{csv, ics};
use crate::clinical::practice::DateOrder;
use crate::clinical::schedule::{NotASchedule, Read, Window};

/// How a schedule is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The days looked at.
    pub window: Window,
    /// The practice's zone.
    pub practice: Tz,
    /// The region's order of dates, where a table leaves it open.
    pub region: DateOrder,
    /// What the columns of a table mean, where it was said once.
    pub mapping: Option<&'a Mapping>,
}

/// Reads a schedule. `file` is how the lines that speak of it name it.
///
/// # Errors
/// What is no schedule is refused as a whole, and why.
pub fn read(file: &str, bytes: &[u8], reading: Reading<'_>) -> Result<Read, NotASchedule> {
    if let Some(what) = something_else(bytes) {
        return Err(NotASchedule(format!("this is no schedule: {what}")));
    }
    if ics::is_calendar(bytes) {
        return ics::read(file, bytes, reading.window, reading.practice);
    }
    let Reading { window, practice, region, mapping } = reading;
    csv::read(file, bytes, csv::Options { window, practice, region, mapping })
}

/// Whether a saved mapping is for this file: the table has its headers, the calendar one of its names.
pub fn fits(bytes: &[u8], mapping: &Mapping) -> bool {
    if something_else(bytes).is_some() {
        return false;
    }
    if ics::is_calendar(bytes) {
        return !mapping.calendars.is_empty() && ics::names(bytes).iter().any(|name| mapping.calendars.contains(name));
    }
    csv::fits(bytes, mapping)
}

/// The mapping that says what was recognised in a file, over what the mapping in use says already. It has no name yet.
/// Of a calendar only its name is worth keeping: what it holds is said in the file.
///
/// # Errors
/// What is no schedule has no mapping, and why.
pub fn mapping_of(bytes: &[u8], reading: Reading<'_>) -> Result<Mapping, NotASchedule> {
    if let Some(what) = something_else(bytes) {
        return Err(NotASchedule(format!("this is no schedule: {what}")));
    }
    let Reading { window, practice, region, mapping } = reading;
    if ics::is_calendar(bytes) {
        let mut mapping = mapping.cloned().unwrap_or_default();
        let names = ics::names(bytes).into_iter().filter(|name| !mapping.calendars.contains(name)).collect::<Vec<_>>();
        mapping.calendars.extend(names);
        return Ok(mapping);
    }
    csv::mapping_of(bytes, csv::Options { window, practice, region, mapping })
}

/// Files that are often taken for a table or a calendar, by how they begin.
fn something_else(bytes: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "it is a spreadsheet or an archive; save the sheet as CSV"),
        (b"\xD0\xCF\x11\xE0", "it is an old office file; save the sheet as CSV"),
        (b"%PDF", "it is a PDF; ask for the list as CSV or iCalendar"),
        (b"SQLite format 3\0", "it is a database"),
        (b"\x89PNG", "it is a picture"),
        (b"\xFF\xD8\xFF", "it is a picture"),
        (b"GIF8", "it is a picture"),
        (b"\x1F\x8B", "it is compressed; unpack it first"),
    ];
    if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Some(what);
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match text.iter().find(|byte| !byte.is_ascii_whitespace())? {
        b'{' | b'[' => Some("it is JSON, neither a calendar nor a table"),
        b'<' => Some("it is a web page or XML, neither a calendar nor a table"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn reading() -> Reading<'static> {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let window = Window { from: day(2020), to: day(2030) };
        Reading { window, practice: Tz::Europe__Berlin, region: DateOrder::Mdy, mapping: None }
    }

    /// Files whose licence lets them lie here.
    const FILES: [(&str, &[u8], usize, usize); 8] = [
        ("athena_report.csv", include_bytes!("../../tests/data/schedule/athena_report.csv"), 12, 0),
        ("injection_and_ragged.csv", include_bytes!("../../tests/data/schedule/injection_and_ragged.csv"), 7, 4),
        ("outlook_calendar_en.csv", include_bytes!("../../tests/data/schedule/outlook_calendar_en.csv"), 11, 0),
        (
            "printed_report_with_preamble.csv",
            include_bytes!("../../tests/data/schedule/printed_report_with_preamble.csv"),
            8,
            0,
        ),
        ("semicolon_latin1_dmy.csv", include_bytes!("../../tests/data/schedule/semicolon_latin1_dmy.csv"), 11, 0),
        ("utf16le_tab_excel.txt", include_bytes!("../../tests/data/schedule/utf16le_tab_excel.txt"), 9, 0),
        ("webchart_import.csv", include_bytes!("../../tests/data/schedule/webchart_import.csv"), 14, 0),
        (
            "emoji_folded_inside_char.ics",
            include_bytes!("../../tests/data/schedule/emoji_folded_inside_char.ics"),
            3,
            0,
        ),
    ];

    #[test]
    fn schedules_are_told_by_their_content() {
        for (name, bytes, events, refused) in FILES {
            let read = read(name, bytes, reading()).unwrap();
            assert_eq!((read.events.len(), read.refused.len()), (events, refused), "{name}");
        }
    }

    #[test]
    fn what_is_something_else_is_named() {
        for (bytes, words) in [
            (&b"PK\x03\x04rest"[..], "save the sheet as CSV"),
            (b"%PDF-1.7", "PDF"),
            (b"SQLite format 3\0", "database"),
            (b" {\"resourceType\":\"Bundle\"}", "JSON"),
            (b"\xEF\xBB\xBF[1]", "JSON"),
            (b"<!doctype html>", "web page"),
            (b"", "nothing stands in it"),
            (b"hello", "no column holds the dates"),
        ] {
            let why = read("x", bytes, reading()).unwrap_err();
            assert!(why.0.contains(words), "{why}");
        }
    }

    /// What may go wrong with a file on its way: where, and what then stands there.
    fn damage() -> impl Strategy<Value = Vec<(usize, usize, Vec<u8>)>> {
        const PIECES: [&[u8]; 12] = [
            b"",
            b"\"",
            b"\r",
            b"\n ",
            b"\0",
            b"\xFF\xFE",
            b",;\t|:",
            b"99999999999999999999",
            b"-1",
            b"BEGIN:VEVENT\r\n",
            b"\xC3",
            "\u{202e}\u{1b}[31m".as_bytes(),
        ];
        let piece = prop_oneof![
            (0..PIECES.len()).prop_map(|at| PIECES[at].to_vec()),
            proptest::collection::vec(any::<u8>(), 0..4),
        ];
        proptest::collection::vec((any::<usize>(), 0..12_usize, piece), 1..12)
    }

    proptest! {
        /// A real file, damaged anywhere, is read in part or refused in words, every line of it named inside the file; and
        /// it says the same when it is read again.
        #[test]
        fn no_damage_stops_the_reader(at in 0..FILES.len(), damage in damage(), cut in proptest::option::of(any::<usize>())) {
            let mut bytes = FILES[at].1.to_vec();
            for (place, gone, piece) in damage {
                let from = place % (bytes.len() + 1);
                bytes.splice(from..(from + gone).min(bytes.len()), piece);
            }
            bytes.truncate(cut.map_or(bytes.len(), |cut| cut % (bytes.len() + 1)));
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count() + 1;
            let found = super::read("x", &bytes, reading());
            if let Ok(read) = &found {
                let events = read.events.iter().chain(&read.outside).map(|event| event.line);
                let left = read.refused.iter().chain(&read.passed_over).map(|left| left.line);
                prop_assert!(events.chain(left).all(|line| line >= 1 && line as usize <= lines));
            }
            prop_assert_eq!(format!("{:?}", super::read("x", &bytes, reading())), format!("{found:?}"));
        }
    }
}
