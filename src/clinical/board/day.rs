//! The day as a whole: its ribbon, tomorrow in two numbers, the evening, whether it is closed.

use std::cmp::Ordering;

use chrono::Duration;

use super::records::DayRecords;
use super::{RibbonBlock, Tomorrow, VisitKind, VisitState, flags};
use crate::clinical::time::Now;
use crate::clinical::visit::Visit;

/// The ribbon: every visit and timed block of the day.
pub fn ribbon(records: &DayRecords) -> Vec<RibbonBlock> {
    let mut blocks: Vec<RibbonBlock> = records
        .visits
        .iter()
        .filter(|record| record.visit.date == records.date && record.visit.state != VisitState::Cancelled)
        .filter_map(|record| {
            let visit = &record.visit;
            let start = visit.start?;
            Some(RibbonBlock { visit: visit.id, start, minutes: visit.minutes, kind: visit.kind, state: visit.state })
        })
        .collect();
    blocks.sort_by_key(|block| (block.start, block.visit));
    blocks
}

/// Tomorrow in two numbers.
pub fn tomorrow(records: &DayRecords) -> Tomorrow {
    let cases = || {
        records.tomorrow.iter().filter(|record| record.visit.state.is_live() && record.visit.kind != VisitKind::Block)
    };
    Tomorrow {
        date: records.tomorrow.first().map(|record| record.visit.date),
        visits: cases().count(),
        missing: cases().filter(|record| !flags::missing_for(record).is_empty()).count(),
    }
}

/// How long after its planned end a visit that was never marked counts as over: longer than any day runs late.
const FORGOTTEN_MIN: i64 = 120;

/// Whether the reflection is written; nothing is said of it before the last visit of today is over.
pub fn reflection(records: &DayRecords, now: Now) -> Option<bool> {
    if records.reflection {
        return Some(true);
    }
    let mut visits = records
        .visits
        .iter()
        .map(|record| &record.visit)
        .filter(|visit| visit.date == records.date && visit.kind != VisitKind::Block);
    let is_over = |visit: &Visit| match visit.state {
        VisitState::Here | VisitState::InRoom => false,
        VisitState::Booked => visit.ends() + Duration::minutes(FORGOTTEN_MIN) < now.wall(),
        VisitState::Left | VisitState::NoShow | VisitState::Cancelled => true,
    };
    let said = match records.date.cmp(&now.today()) {
        Ordering::Less => true,
        Ordering::Equal => visits.all(is_over),
        Ordering::Greater => false,
    };
    said.then_some(false)
}

/// Whether the day is closed. A new item opens it again as it is kept.
pub fn is_closed(records: &DayRecords) -> bool {
    records.day.as_ref().is_some_and(|day| day.closed_at.is_some())
}
