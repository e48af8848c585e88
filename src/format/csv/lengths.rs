//! In which unit a column of bare lengths is: the starts of the appointments tell.

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::dates::{Century, Orders};
use super::layout::Layout;
use super::records::Record;
use super::role::{Role, squeezed};
use super::times::{WrittenLength, length};
use super::when::when;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// Whether bare lengths are seconds: the column says so, or as minutes most of them would last beyond the next start (of
/// the last one of a day, beyond midnight) while as seconds they end before it. Where the starts cannot tell, they are
/// minutes.
pub(super) fn are_seconds(records: &[Record], layout: &Layout, orders: &Orders) -> bool {
    let Some(column) = layout.columns(Role::Length).first() else { return false };
    let name = layout.names.get(*column).map(|name| squeezed(name)).unwrap_or_default();
    // One wide-spread system counts `pc_duration` in seconds.
    if name.contains("sec") || name.contains("min") || name == "pcduration" {
        return !name.contains("min");
    }
    let mut day = None;
    let mut found: Vec<(Option<NaiveDate>, NaiveTime, u32)> = Vec::new();
    for record in &records[layout.first_row()..] {
        let (date, time) = start(record, layout, orders);
        day = date.or(day);
        let bare = match record.cells.get(*column).and_then(|cell| length(cell)) {
            Some(WrittenLength::Bare(number)) if number > 0 => number,
            _ => continue,
        };
        if bare < 300 || bare % 60 != 0 {
            return false;
        }
        found.extend(time.map(|time| (day, time, bare)));
    }
    found.sort_unstable();
    let gap = |at: usize| {
        let (day, time, _) = found[at];
        let later = found[at + 1..].iter().take_while(|(other, ..)| *other == day).map(|(_, time, _)| *time);
        let next = later.into_iter().find(|next| *next > time).map_or(DAY, minute);
        next - minute(time)
    };
    let too_long = (0..found.len()).filter(|at| {
        let (gap, bare) = (gap(*at), found[*at].2);
        bare > gap && bare / 60 <= gap
    });
    let too_long = too_long.count();
    too_long * 2 > found.len()
}

fn minute(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

fn start(record: &Record, layout: &Layout, orders: &Orders) -> (Option<NaiveDate>, Option<NaiveTime>) {
    let cells = layout.columns(Role::Start).iter().filter_map(|column| record.cells.get(*column));
    cells.filter_map(|cell| when(cell, true).value()).fold((None, None), |(day, time), found| {
        let date = || orders.date(found.date?, Century::This);
        (day.or_else(date), time.or(found.time.map(|span| span.start)))
    })
}
