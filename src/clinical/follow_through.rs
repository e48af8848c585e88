//! What is asked for and followed until something was done about the answer: tests, urine tests, referrals. Each goes by steps
//! of its own, which stand with it; how its dates and texts are said is the same for all and stands here.

use chrono::{Days, NaiveDate};

use super::time::{show_date, show_day_month};

/// So many days after a day; none beyond the calendar's end.
pub(super) fn in_days(from: NaiveDate, days: u64) -> Option<NaiveDate> {
    from.checked_add_days(Days::new(days))
}

/// The date behind a step in a few words: `, due 20 Nov`; nothing where there is none.
pub(super) fn on(word: &str, date: Option<NaiveDate>) -> String {
    date.map_or_else(String::new, |date| format!(", {word} {}", show_day_month(date)))
}

/// The dates there are, in a row: `requested 18 Nov 2026, done 24 Nov 2026`.
pub(super) fn dates<const N: usize>(steps: [(&str, Option<NaiveDate>); N]) -> String {
    let said = steps.into_iter().filter_map(|(word, date)| Some(format!("{word} {}", show_date(date?))));
    said.collect::<Vec<_>>().join(", ")
}

/// The texts there are, each a line under its label.
pub(super) fn texts<const N: usize>(said: [(&str, &str); N]) -> impl Iterator<Item = String> {
    let said = said.map(|(label, text)| (label, text.trim()));
    said.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label}: {text}"))
}
