//! Where figures and dates stand beside and below a course.

use chrono::{Datelike, Months, NaiveDate};

use super::{Series, Window};
use crate::clinical::exact::Exact;
use crate::clinical::time::{MONTHS, show_day_month};

/// The values from the foot to the top, and the figures beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueAxis {
    /// The lowest.
    pub low: Exact,
    /// The highest.
    pub high: Exact,
    /// The figures, lowest first.
    pub ticks: Vec<(Exact, String)>,
}

/// Steps between figures: one, two or five of each power of ten.
const STEPS: [i64; 13] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

impl ValueAxis {
    /// The whole range of an instrument, so that the same score always stands at the same height; of a measure without ends
    /// what there is of it in this stretch of time, with a little room.
    pub fn of(series: &Series, window: Window, rows: u16) -> Self {
        let (low, high) = match series.range {
            Some([low, high]) if low < high => (i64::from(low), i64::from(high)),
            _ => spread(series, window),
        };
        let most = i64::from(rows.max(2) / 2).max(2);
        let step = STEPS.into_iter().find(|step| (high - low) / step < most).unwrap_or(10_000);
        let first = low.div_euclid(step) * step + if low.rem_euclid(step) == 0 { 0 } else { step };
        let ticks = (0..).map(|n| first + n * step).take_while(|tick| *tick <= high);
        let ticks = ticks.map(|tick| (Exact::whole(tick), tick.to_string())).collect();
        Self { low: Exact::whole(low), high: Exact::whole(high), ticks }
    }
}

/// The whole numbers around the values of a stretch, at least ten apart.
fn spread(series: &Series, window: Window) -> (i64, i64) {
    let values = series.samples.iter().filter(|sample| window.holds(sample.date)).filter_map(|sample| sample.given());
    let whole = values.filter_map(|given| i64::try_from(given.value.floor()).ok());
    let ends = whole.fold(None, |ends: Option<(i64, i64)>, value| {
        Some(ends.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
    });
    let (low, high) = ends.unwrap_or((0, 10));
    let wanting = (10 - (high + 1 - low)).max(2);
    ((low - wanting / 2).max(0), high + 1 + wanting / 2)
}

/// A date below a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTick {
    /// In which column it begins.
    pub column: u16,
    /// Its words: `2026`, `Mar`, `12 Mar`.
    pub label: String,
    /// The day it stands for.
    pub day: NaiveDate,
}

/// The dates below so many columns: as many as have room, in even steps of weeks, months or years. Every January says its
/// year, and where none is in sight the first date does.
pub fn day_ticks(window: Window, columns: u16) -> Vec<DayTick> {
    if columns < 4 {
        return Vec::new();
    }
    let room = (u64::from(columns) / 9).max(1);
    let weeks = window.days() / 7;
    let mut out = if weeks <= room { by_week(window, columns) } else { by_month(window, columns, room) };
    if let Some(first) = out.first_mut()
        && first.label.len() != 4
        && !first.label.ends_with(&first.day.year().to_string())
    {
        first.label = format!("{} {}", first.label, first.day.year());
    }
    let mut free = 0;
    out.retain(|tick| {
        let end = tick.column + u16::try_from(tick.label.len()).unwrap_or(columns);
        let fits = tick.column >= free && end <= columns;
        if fits {
            free = end + 1;
        }
        fits
    });
    out
}

fn tick(window: Window, columns: u16, day: NaiveDate, label: String) -> Option<DayTick> {
    Some(DayTick { column: window.column(day, columns)?, label, day })
}

fn by_week(window: Window, columns: u16) -> Vec<DayTick> {
    let monday = |day: &NaiveDate| day.weekday() == chrono::Weekday::Mon;
    let days = window.from.iter_days().take_while(|day| *day <= window.to).filter(monday);
    days.filter_map(|day| tick(window, columns, day, show_day_month(day))).collect()
}

fn by_month(window: Window, columns: u16, room: u64) -> Vec<DayTick> {
    let months = window.days() / 30 + 1;
    let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|step| months / step <= room).unwrap_or(120);
    let mut out = Vec::new();
    let mut month = window.from.with_day(1).unwrap_or(window.from);
    while month <= window.to {
        let count = i64::from(month.year()) * 12 + i64::from(month.month0());
        if count.rem_euclid(i64::try_from(step).unwrap_or(1)) == 0 {
            let january = month.month0() == 0;
            let name = MONTHS.get(month.month0() as usize).copied().unwrap_or_default();
            let label = if january { month.year().to_string() } else { name.to_owned() };
            out.extend(tick(window, columns, month, label));
        }
        let Some(next) = month.checked_add_months(Months::new(1)) else { break };
        month = next;
    }
    out
}
