//! The day's clock: who is seen, who is next, how late, and when home.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime, NaiveTime, Timelike};

use super::flags::is_frame;
use super::records::DayRecords;
use super::{Header, VisitKind, VisitState};
use crate::clinical::id::VisitId;
use crate::clinical::time::{Now, wall};
use crate::clinical::visit::Visit;

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
/// at its own time or when the one before ends, whichever is later. Blocks take their time like visits, unless they are
/// the frame of a session. A booked visit that a later one has overtaken is waited for no more: it is no measure of how
/// late the day is. On other days than today nothing is late.
pub fn read(records: &DayRecords, now: Now) -> DayClock {
    let visits = || records.visits.iter().map(|record| &record.visit).filter(|visit| visit.date == records.date);
    let header = counts(visits());
    if records.date != now.today() {
        let ends = visits().filter(|visit| visit.state.is_live() && visit.kind != VisitKind::Block);
        let ends = ends.filter(|visit| visit.start.is_some()).map(Visit::ends).max();
        return DayClock { header: Header { ends, ..header }, expected: BTreeMap::new() };
    }
    let overtaken = |visit: &Visit| visits().any(|later| overtakes(later, visit, now));
    let mut waiting: Vec<&Visit> = visits()
        .filter(|visit| match (visit.kind, visit.state) {
            (VisitKind::Block, state) => {
                visit.start.is_some() && state.is_live() && visit.ends() > now.wall() && !is_frame(visit, records)
            }
            (_, VisitState::Booked) => !overtaken(visit),
            (_, VisitState::Here) => true,
            (_, VisitState::InRoom | VisitState::Left | VisitState::NoShow | VisitState::Cancelled) => false,
        })
        .collect();
    waiting.sort_by_key(|visit| (visit.starts(), visit.id));
    let in_room = in_room_until(visits(), now);
    pace(header, &waiting, in_room, now)
}

/// Whether a later visit was begun after the time of this one had come.
fn overtakes(later: &Visit, visit: &Visit, now: Now) -> bool {
    let begun = matches!(later.state, VisitState::InRoom | VisitState::Left) && later.kind != VisitKind::Block;
    let since = || later.in_room_at.map_or(later.starts(), |at| wall(at, now.zone));
    begun && later.starts() > visit.starts() && since() > visit.starts()
}

/// How many have left, are here, in room and to come.
fn counts<'a>(visits: impl Iterator<Item = &'a Visit>) -> Header {
    let mut header = Header::default();
    for visit in visits.filter(|visit| visit.kind != VisitKind::Block) {
        match visit.state {
            VisitState::Booked => header.to_go += 1,
            VisitState::Here => header.here += 1,
            VisitState::InRoom => header.in_room += 1,
            VisitState::Left => header.seen += 1,
            VisitState::NoShow | VisitState::Cancelled => {}
        }
    }
    header
}

/// Until when whoever is in room stays; none where nobody is.
fn in_room_until<'a>(visits: impl Iterator<Item = &'a Visit>, now: Now) -> Option<NaiveDateTime> {
    let in_room = visits.filter(|visit| visit.kind != VisitKind::Block && visit.state == VisitState::InRoom);
    let ends = in_room.map(|visit| {
        let since = visit.in_room_at.map_or(visit.starts(), |at| wall(at, now.zone));
        since + Duration::minutes(i64::from(visit.minutes))
    });
    ends.max().map(|ends| ends.max(now.wall()))
}

/// When each of those waiting will begin, one after the other.
fn pace(mut header: Header, waiting: &[&Visit], in_room: Option<NaiveDateTime>, now: Now) -> DayClock {
    let mut free = in_room.unwrap_or_else(|| now.wall());
    let mut ends = in_room;
    let mut expected = BTreeMap::new();
    for visit in waiting {
        if visit.kind == VisitKind::Block {
            free = free.max(visit.ends());
            continue;
        }
        let begins = free.max(visit.starts());
        if expected.is_empty() {
            header.late_min = u32::try_from((begins - visit.starts()).num_minutes()).unwrap_or(0);
        }
        expected.insert(visit.id, begins);
        free = begins + Duration::minutes(i64::from(visit.minutes));
        ends = Some(free);
    }
    header.ends = ends;
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
        .filter(|visit| !is_frame(visit, records))
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
    pub fn later_start(&self, visit: &Visit) -> Option<NaiveTime> {
        let begins = *self.expected.get(&visit.id)?;
        (begins - visit.starts() >= Duration::minutes(5)).then(|| begins.time())
    }
}
