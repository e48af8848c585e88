//! When a row starts or ends: a date, a time or both in one cell.

use chrono::NaiveTime;

use super::dates::{WrittenDate, leading_date, serial};
use super::times::{Found, Span, of_day, span};

/// What a cell says of a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct When {
    /// The date, as written.
    pub date: Option<WrittenDate>,
    /// The time.
    pub time: Option<Span>,
}

/// Reads a cell. `bare` says that four digits may be a time and five a date, because the column is known to hold moments.
pub fn when(cell: &str, bare: bool) -> Found<When> {
    let cell = cell.trim();
    if let Some((date, rest)) = leading_date(cell) {
        let rest = rest.trim_start_matches([' ', ',', 'T', 't', '@', '-', '\u{a0}']);
        let rest = ["at ", "um "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim();
        // A weekday or a note in brackets may stand behind.
        if rest.is_empty() || rest.starts_with('(') || rest.chars().all(|c| c.is_alphabetic() || c == '.') {
            return Found::Is(When { date: Some(date), time: None });
        }
        return match span(rest, true) {
            Found::Is(time) => Found::Is(When { date: Some(date), time: Some(time) }),
            Found::Impossible => Found::Impossible,
            Found::Other => Found::Other,
        };
    }
    match span(cell, bare) {
        Found::Is(time) => return Found::Is(When { date: None, time: Some(time) }),
        Found::Impossible => return Found::Impossible,
        Found::Other => {}
    }
    let point = cell.replacen(',', ".", 1);
    match serial(&point).filter(|_| bare) {
        None => match part_of_day(&point).filter(|_| bare) {
            Some(start) => Found::Is(When { date: None, time: Some(Span { start, end: None, offset: None }) }),
            None => Found::Other,
        },
        Some((date, part)) => {
            let time = of_day(part).filter(|_| part > 0.0);
            Found::Is(When { date: Some(date), time: time.map(|start| Span { start, end: None, offset: None }) })
        }
    }
}

/// `0.354166666666667`: a time as spreadsheets keep it.
fn part_of_day(cell: &str) -> Option<NaiveTime> {
    let part: f64 = cell.strip_prefix("0.").map(|_| cell)?.parse().ok()?;
    of_day(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_a_date_a_time_or_both() {
        for (cell, bare, expected) in [
            ("2025-01-02 13:00", false, "date 13:00"),
            ("20250331 083000", false, "date 08:30"),
            ("20250331083000", false, "date 08:30"),
            ("06/17/2025, 9:00 AM", false, "date 09:00"),
            ("2025-05-05T08:00:00-05:00", false, "date 08:00"),
            ("Mon 05/05/2025 at 8:00 AM", false, "date 08:00"),
            ("24.11.2026 um 08:00 Uhr", false, "date 08:00"),
            ("05/05/2025 (Mon)", false, "date"),
            ("05/05/2025 Mon", false, "date"),
            ("05/05/2025 8:00 - 8:30", false, "date 08:00"),
            ("8:00 AM", false, "08:00"),
            ("0800", true, "08:00"),
            ("45778.375", true, "date 09:00"),
            ("45778,375", true, "date 09:00"),
            ("0.354166666666667", true, "08:30"),
            ("0,354166666666667", true, "08:30"),
            ("0.354166666666667", false, "other"),
            ("25:61", false, "impossible"),
            ("2025-05-05 25:00", false, "impossible"),
            ("0800", false, "other"),
            ("Printed 05/05/2025 06:58 AM", false, "other"),
            ("", true, "other"),
        ] {
            let shown = match when(cell, bare) {
                Found::Is(When { date, time }) => {
                    let date = date.map(|_| "date".to_owned());
                    let time = time.map(|time| time.start.format("%H:%M").to_string());
                    date.into_iter().chain(time).collect::<Vec<_>>().join(" ")
                }
                Found::Impossible => "impossible".to_owned(),
                Found::Other => "other".to_owned(),
            };
            assert_eq!(shown, expected, "{cell}");
        }
    }
}
