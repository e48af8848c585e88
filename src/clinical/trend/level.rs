//! Levels across a course: the baseline, and what an improvement must reach to count.
//!
//! 30 and 50 percent and the smallest change that matters are those of the instruments' table, each with its source there.

use super::{Baseline, Series};
use crate::clinical::exact::Exact;
use crate::clinical::facts::instruments::{Band, Direction, instruments};
use crate::clinical::instrument::{Change, OwnedEntry};
use crate::clinical::time::show_date;

crate::vocab! {
    /// What a level is.
    pub enum LevelKind {
        /// What everything is compared with.
        Baseline "baseline" "baseline",
        /// An important improvement.
        Important "important" "30 % better",
        /// A substantial improvement.
        Substantial "substantial" "50 % better",
        /// The smallest change that matters, in points.
        Matters "matters" "matters from here",
    }
}

/// A level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Which.
    pub kind: LevelKind,
    /// Where.
    pub value: Exact,
}

/// The levels of a series against a baseline, none that lie outside its range: of pain and PEG 30 and 50 percent, of the
/// others the smallest change that matters, where one is published.
pub fn levels(series: &Series, baseline: Option<&Baseline>) -> Vec<Level> {
    let Some(baseline) = baseline else { return Vec::new() };
    let mut out = vec![Level { kind: LevelKind::Baseline, value: baseline.value }];
    let Some(entry) = series.entry() else { return out };
    let better = |by: Exact| match entry.direction() {
        Direction::HigherIsWorse => baseline.value.minus(by).ok(),
        Direction::HigherIsBetter => baseline.value.plus(by).ok(),
        Direction::ZeroIsTarget => None,
    };
    let share = |percent: Exact| baseline.value.times(percent).ok()?.over(Exact::HUNDRED).ok()?;
    let from = |id: &str| instruments().responder(id)?.percent_from;
    let wanted = if series.is_pain() {
        let important = if entry.id() == "peg" { "peg_30" } else { "immpact_moderate" };
        [
            (LevelKind::Important, from(important).and_then(share)),
            (LevelKind::Substantial, from(SUBSTANTIAL).and_then(share)),
        ]
    } else {
        [(LevelKind::Matters, entry.mcic().and_then(|mcic| mcic.absolute)), (LevelKind::Matters, None)]
    };
    let within = |value: &Exact| {
        series.range.is_none_or(|[low, high]| Exact::from(low) <= *value && *value <= Exact::from(high))
    };
    for (kind, by) in wanted {
        let value = by.filter(|by| *by > Exact::ZERO).and_then(better).filter(within);
        out.extend(value.map(|value| Level { kind, value }));
    }
    out
}

const SUBSTANTIAL: &str = "immpact_substantial";

/// A change in words, with the figure it is against: `−43 % from 7 (3 Mar 2025), 30 % reached`.
pub fn against(series: &Series, value: Exact, baseline: &Baseline, minus: &str) -> String {
    let from = format!("from {} ({})", baseline.shown, show_date(baseline.date));
    if value == baseline.value {
        return format!("unchanged {from}");
    }
    let Some(change) = series.entry().and_then(|entry| entry.change(baseline.value, value)) else {
        let Ok(by) = value.minus(baseline.value) else { return from };
        return format!("{} {from}", signed(&by.show(1), minus));
    };
    let by = value.minus(baseline.value).map(|by| signed(&plain(by), minus)).unwrap_or_default();
    let percent = change.percent.map(|_| percent_words(&change, series, minus)).unwrap_or_default();
    let reached = reached(&change).map(|words| format!(", {words}")).unwrap_or_default();
    format!("{by}{percent} {from}{reached}")
}

/// What a change reaches, where it reaches anything.
fn reached(change: &Change) -> Option<&'static str> {
    if change.substantial_50 {
        Some("50 % reached")
    } else if change.responder_30 {
        Some("30 % reached")
    } else if change.worse_30 {
        Some("worse by 30 % or more")
    } else if change.important_absolute == Some(true) {
        Some("a change that matters")
    } else {
        None
    }
}

/// The change of the figure itself in percent, whichever way is better.
fn percent_words(change: &Change, series: &Series, minus: &str) -> String {
    let better_is_lower = series.entry().is_some_and(|entry| entry.direction() == Direction::HigherIsWorse);
    let Some(percent) = change.percent else { return String::new() };
    let figure = if better_is_lower { Exact::ZERO.minus(percent).unwrap_or(percent) } else { percent };
    format!(", {} %", signed(&figure.show(0), minus))
}

fn plain(value: Exact) -> String {
    value.as_whole().map_or_else(|| value.show(1), |whole| whole.to_string())
}

fn signed(shown: &str, minus: &str) -> String {
    match shown.strip_prefix('-') {
        Some(rest) => format!("{minus}{rest}"),
        None if shown == "0" => shown.to_owned(),
        None => format!("+{shown}"),
    }
}

/// The bands of a series: the value each begins at and its name, the lowest first; none where the instrument has none.
pub fn bands(series: &Series) -> Vec<(Exact, &str)> {
    let Some(OwnedEntry::Held(instrument)) = &series.entry else { return Vec::new() };
    let lowest = series.range.map_or(Exact::ZERO, |[low, _]| Exact::from(low));
    let begin = |band: &Band| band.from_exact.or_else(|| band.from.map(Exact::from)).unwrap_or(lowest);
    let mut bands: Vec<(Exact, &str)> =
        instrument.bands.iter().map(|band| (begin(band), band.label.as_str())).collect();
    bands.sort_by_key(|(from, _)| *from);
    bands
}

/// What a value of a series is called.
pub fn band_of(series: &Series, value: Exact) -> Option<&str> {
    bands(series).into_iter().rev().find(|(from, _)| *from <= value).map(|(_, label)| label)
}
