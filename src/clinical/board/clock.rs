//! The day's clock: who is seen, who is next, how late, and when home.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime, NaiveTime, Timelike};

use super::records::DayRecords;
use super::{Header, VisitKind, VisitState};
use crate::clinical::id::VisitId;
use crate::clinical::time::{Now, wall};

/// The header, and for each visit still to come when it will start at this pace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayClock {
    /// The header's figures.
    pub header: Header,
    /// Expected start of each visit that is still to come, on the wall.
    pub expected: BTreeMap<VisitId, NaiveDateTime>,
}

/// Reads the day's clock.
///
/// Whoever is in room stays for the planned time, or until now where that has passed; each later visit then begins
/// at its own time or when the one before ends, whichever is later. Blocks take their time like visits. On other days
/// than today nothing is late.
pub fn read(records: &DayRecords, now: Now) -> DayClock {
    let today = records.date == now.today();
    let mut header = Header::default();
    let mut waiting = Vec::new();
    let mut free_from = None;
    for record in &records.visits {
        let visit = &record.visit;
        if visit.date != records.date {
            continue;
        }
        if visit.kind == VisitKind::Block {
            if visit.start.is_some() && visit.state.is_live() && visit.ends() > now.wall() {
                waiting.push(visit);
            }
            continue;
        }
        match visit.state {
            VisitState::Booked => header.to_go += 1,
            VisitState::Here => {
                header.to_go += 1;
                header.here += 1;
            }
            VisitState::InRoom => {
                header.in_room += 1;
                let since = visit.in_room_at.map_or(visit.starts(), |at| wall(at, now.zone));
                let ends = since + Duration::minutes(i64::from(visit.minutes));
                free_from = Some(free_from.unwrap_or(ends).max(ends).max(now.wall()));
            }
            VisitState::Left => header.seen += 1,
            VisitState::NoShow | VisitState::Cancelled => {}
        }
        if matches!(visit.state, VisitState::Booked | VisitState::Here) {
            waiting.push(visit);
        }
    }
    if !today {
        header.ends = records
            .visits
            .iter()
            .filter(|record| record.visit.state.is_live() && record.visit.kind != VisitKind::Block)
            .map(|record| record.visit.ends().time())
            .max();
        return DayClock { header, expected: BTreeMap::new() };
    }
    waiting.sort_by_key(|visit| (visit.starts(), visit.id));
    let mut free = free_from.unwrap_or_else(|| now.wall());
    let mut ends = free_from;
    let mut expected = BTreeMap::new();
    let mut first = true;
    for visit in waiting {
        let begins = free.max(visit.starts());
        if visit.kind == VisitKind::Block {
            free = free.max(visit.ends());
            continue;
        }
        if first {
            header.late_min = u32::try_from((begins - visit.starts()).num_minutes()).unwrap_or(0);
            first = false;
        }
        expected.insert(visit.id, begins);
        free = begins + Duration::minutes(i64::from(visit.minutes));
        ends = Some(free);
    }
    header.ends = ends.filter(|ends| ends.date() == records.date).map(|ends| ends.time());
    DayClock { header, expected }
}

/// The times nobody has: between two visits or blocks of the day, of at least so many minutes. Today only what lies
/// ahead, from the next five minutes on; on days gone by none.
pub fn gaps(records: &DayRecords, now: Now, least_min: u16) -> Vec<(NaiveTime, NaiveTime)> {
    let today = now.today();
    if records.date < today {
        return Vec::new();
    }
    let mut taken: Vec<(NaiveDateTime, NaiveDateTime)> = records
        .visits
        .iter()
        .map(|record| &record.visit)
        .filter(|visit| visit.date == records.date && visit.start.is_some() && visit.state.is_live())
        .map(|visit| (visit.starts(), visit.ends()))
        .collect();
    taken.sort_unstable();
    let ahead = if records.date == today { Some(next_five(now.wall())) } else { None };
    let mut gaps = Vec::new();
    let mut free: Option<NaiveDateTime> = None;
    for (starts, ends) in taken {
        if let Some(free) = free {
            let from = ahead.map_or(free, |ahead| free.max(ahead));
            if starts - from >= Duration::minutes(i64::from(least_min)) {
                gaps.push((from.time(), starts.time()));
            }
        }
        free = Some(free.unwrap_or(ends).max(ends));
    }
    gaps
}

/// The next whole five minutes, or now where it is one.
fn next_five(wall: NaiveDateTime) -> NaiveDateTime {
    let past = i64::from(wall.minute() % 5) * 60 + i64::from(wall.second());
    if past == 0 { wall } else { wall + Duration::seconds(300 - past) }
}

impl DayClock {
    /// When the visit will start, where that is at least five minutes after its time.
    pub fn later_start(&self, visit: &crate::clinical::visit::Visit) -> Option<NaiveTime> {
        let begins = *self.expected.get(&visit.id)?;
        (begins - visit.starts() >= Duration::minutes(5)).then(|| begins.time())
    }
}
