//! One instrument filled in once: the answers, what came of them, by which definition, and how they were given.

use chrono::NaiveDate;

use super::outcome::{Outcome, Raises, Replies};
use super::{Change, Entry};
use crate::clinical::copied::Copied;
use crate::clinical::exact::Exact;
use crate::clinical::id::{InstrumentResultId, PatientId, VisitId};
use crate::clinical::provenance::Provenance;
use crate::clinical::time::show_day_month;

/// An instrument filled in once. What came of it is kept as it was reckoned then: a table that changes later changes no
/// record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentResult {
    /// Identity.
    pub id: InstrumentResultId,
    /// Of whom.
    pub patient: PatientId,
    /// In which visit; none where it was given outside of one.
    pub visit: Option<VisitId>,
    /// On which day of the practice.
    pub date: NaiveDate,
    /// The instrument's id.
    pub instrument: String,
    /// Its name in a row, as it was then.
    pub name: String,
    /// The version of the definition it was reckoned with.
    pub version: String,
    /// The answers.
    pub replies: Replies,
    /// The total, to thousandths; none where questions are missing, or the instrument has none.
    pub total: Option<Exact>,
    /// The result in short: `16`.
    pub shown: String,
    /// Lowest and highest total.
    pub range: Option<[i32; 2]>,
    /// What the result is called.
    pub band: String,
    /// How bad that is, 0 the best.
    pub severity: Option<u8>,
    /// What it asks of the day.
    pub raises: Raises,
    /// What it raised, in words with the next step; empty where nothing.
    pub raised: String,
    /// What was done about it; empty until it is written.
    pub action: String,
    /// When, how, from whom, by whom.
    pub given: Provenance,
    /// Whether it was typed in ahead and waits to be confirmed in the room.
    pub waiting: bool,
    /// Which answers were copied forward, by the ids of their questions.
    pub copied: Option<Copied>,
}

/// A positive screen on which nothing was written yet, as rows and bands show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenScreen {
    /// Whether it must not wait.
    pub grave: bool,
    /// On which day.
    pub date: NaiveDate,
    /// The result.
    pub result: InstrumentResultId,
    /// In short: `PHQ-9 16`.
    pub short: String,
    /// What it raised, with the next step.
    pub raised: String,
}

impl OpenScreen {
    /// What a result asks for.
    pub fn of(result: &InstrumentResult) -> Self {
        Self {
            grave: result.raises == Raises::Alarm,
            date: result.date,
            result: result.id,
            short: result.short(),
            raised: result.raised.clone(),
        }
    }

    /// Its word in a row: what it is about where it must not wait (`self-harm`), else the result in short.
    pub fn word(&self) -> &str {
        if self.grave { alarm_word(&self.raised).unwrap_or(&self.short) } else { &self.short }
    }

    /// The word with the result in short behind it: `self-harm · PHQ-9 1`.
    pub fn named(&self) -> String {
        if self.word() == self.short { self.short.clone() } else { format!("{} · {}", self.word(), self.short) }
    }

    /// What it raised, the result in short behind it where the word before it is another.
    pub fn told(&self) -> String {
        if self.word() == self.short { self.raised.clone() } else { format!("{} · {}", self.raised, self.short) }
    }

    /// What follows from it, as a band has room for it: the first of what was raised, without what it was raised by.
    pub fn next_step(&self) -> &str {
        let first = self.raised.split(". ").next().unwrap_or_default();
        first.split_once(": ").map_or(first, |(_, next)| next).trim_end_matches('.')
    }
}

/// What an answer that must not wait is about, in a word: read from what it raised, as that was kept. A total alone would
/// read as harmless.
fn alarm_word(raised: &str) -> Option<&'static str> {
    raised.to_lowercase().contains("suicid").then_some("self-harm")
}

/// Whose result it is, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Of whom.
    pub patient: PatientId,
    /// In which visit.
    pub visit: Option<VisitId>,
    /// On which day.
    pub date: NaiveDate,
}

impl InstrumentResult {
    /// A result as it is reckoned now, with nothing done about it yet.
    pub fn of(
        id: InstrumentResultId,
        setting: Setting,
        entry: &Entry<'_>,
        replies: Replies,
        outcome: &Outcome,
        given: Provenance,
    ) -> Self {
        Self {
            id,
            patient: setting.patient,
            visit: setting.visit,
            date: setting.date,
            instrument: entry.id().to_owned(),
            name: entry.short(),
            version: entry.version(),
            replies,
            total: outcome.total,
            shown: outcome.shown.clone(),
            range: entry.range(),
            band: outcome.band.clone().unwrap_or_default(),
            severity: outcome.severity,
            raises: outcome.raises,
            raised: outcome.raised.join(". "),
            action: String::new(),
            given,
            waiting: false,
            copied: None,
        }
    }

    /// As a line names it: `PHQ-9 16 moderately severe`.
    pub fn line(&self) -> String {
        let band = if self.band.is_empty() { String::new() } else { format!(" {}", self.band) };
        format!("{} {}{band}", self.name, self.shown)
    }

    /// In short, for a row: `PHQ-9 16`; a result that is only words names the instrument alone.
    pub fn short(&self) -> String {
        if self.shown.chars().count() > 6 { self.name.clone() } else { format!("{} {}", self.name, self.shown) }
    }

    /// As the line says it that was kept: an answer that must not wait is named behind the total.
    pub fn kept(&self) -> String {
        match alarm_word(&self.raised).filter(|_| self.raises == Raises::Alarm) {
            Some(word) => {
                let (by, _) = self.raised.split_once(": ").unwrap_or((&self.raised, ""));
                format!("{} · {word}: {}", self.short(), lower_first(by))
            }
            None => self.short(),
        }
    }

    /// With the highest total: `PHQ-9 16 of 27, moderately severe`.
    pub fn full(&self) -> String {
        let of = match (self.total, self.range) {
            (Some(_), Some([_, high])) if self.shown.parse::<f64>().is_ok() => format!(" of {high}"),
            _ => String::new(),
        };
        let band = if self.band.is_empty() { String::new() } else { format!(", {}", self.band) };
        format!("{} {}{of}{band}", self.name, self.shown)
    }

    /// Whether it still asks for something.
    pub fn is_open(&self) -> bool {
        self.raises != Raises::Nothing && self.action.is_empty()
    }

    /// The change against an earlier result of the same instrument.
    pub fn change_from(&self, earlier: &Self, entry: &Entry<'_>) -> Option<Change> {
        entry.change(earlier.total?, self.total?)
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A change in words: `▼4 −25 % since 28 Oct, matters (5 points)`.
pub fn change_words(change: &Change, since: NaiveDate, entry: &Entry<'_>) -> String {
    let zero = Exact::ZERO;
    let size = |x: Exact| x.plain().trim_start_matches('-').to_owned();
    let points = size(change.absolute);
    let day = show_day_month(since);
    if change.absolute == zero {
        return format!("= since {day}");
    }
    let better = change.absolute > zero;
    // The arrow shows which way the figure went, the word whether that is better.
    let falls = better == (entry.direction() == crate::clinical::facts::instruments::Direction::HigherIsWorse);
    let (arrow, sign) = if falls { ('▼', '−') } else { ('▲', '+') };
    let percent = change.percent.map(|p| format!(" {sign}{} %", p.show(0).trim_start_matches('-'))).unwrap_or_default();
    let word = if better { "better" } else { "worse" };
    let matters = match (better, change.important_absolute, change.important_percent) {
        (true, Some(true), _) | (true, None, Some(true)) => ", a change that matters",
        (true, Some(false), _) | (true, None, Some(false)) => ", less than matters",
        _ => "",
    };
    format!("{arrow}{points}{percent} {word} since {day}{matters}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;

    #[test]
    fn the_next_step_of_a_screen_is_what_follows_from_it() {
        let at = crate::clinical::time::Instant::from_millis(1_795_000_000_000);
        let mut ids = Ids::seeded(3);
        for (raised, next) in [
            ("Positive screen: give PHQ-9", "give PHQ-9"),
            ("Any positive answer: assess the risk today. Above the cut-off", "assess the risk today"),
            ("High: A screen, no diagnosis: talk it over", "A screen, no diagnosis: talk it over"),
            ("Talk it over.", "Talk it over"),
            ("", ""),
        ] {
            let screen = OpenScreen {
                grave: true,
                date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
                result: ids.next(at),
                short: "PHQ-9 16".to_owned(),
                raised: raised.to_owned(),
            };
            assert_eq!(screen.next_step(), next);
        }
    }

    #[test]
    fn an_answer_that_must_not_wait_reads_in_words_and_its_total_stands_behind() {
        let at = crate::clinical::time::Instant::from_millis(1_795_000_000_000);
        let mut ids = Ids::seeded(4);
        let suicide = "Item 9 positive: same-visit suicide risk assessment, whatever the total";
        for (grave, raised, word, named, told) in [
            (
                true,
                suicide,
                "self-harm",
                "self-harm · PHQ-9 1",
                "Item 9 positive: same-visit suicide risk assessment, whatever the total · PHQ-9 1",
            ),
            // An alarm of somebody's own instrument has no word of ours.
            (true, "Call today", "PHQ-9 1", "PHQ-9 1", "Call today"),
            (false, "Above the cut-off", "PHQ-9 1", "PHQ-9 1", "Above the cut-off"),
        ] {
            let screen = OpenScreen {
                grave,
                date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
                result: ids.next(at),
                short: "PHQ-9 1".to_owned(),
                raised: raised.to_owned(),
            };
            assert_eq!((screen.word(), screen.named().as_str(), screen.told().as_str()), (word, named, told));
        }
    }
}
