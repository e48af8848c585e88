//! What a visit remembers of the schedule it came from.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Cells, Put, Reading, flag, key, list, number, opt, opt_text, statements, text, wall, word};
use super::tx::Tx;
use super::visit;
use crate::clinical::id::{VisitId, VisitSourceId};
use crate::clinical::schedule::SourceKey;
use crate::clinical::visit::{Visit, VisitSource, VisitState};

macro_rules! columns {
    () => {
        "id, visit_id, calendar, uid, recurrence, file, start, all_day, minutes, title, kind, cancelled, who"
    };
}

statements! {
    OF_CALENDAR = concat!("SELECT ", columns!(), " FROM visit_source WHERE calendar = ?1 ORDER BY uid, recurrence");
    /// A visit holds a record as soon as anything was asked, begun, made or planned in it.
    WITH_RECORD = "SELECT listed.value FROM json_each(?1) AS listed
        WHERE EXISTS (SELECT 1 FROM score WHERE visit_id = listed.value)
        OR EXISTS (SELECT 1 FROM assessment WHERE visit_id = listed.value)
        OR EXISTS (SELECT 1 FROM session WHERE visit_id = listed.value)
        OR EXISTS (SELECT 1 FROM plan WHERE visit_id = listed.value)
        OR EXISTS (SELECT 1 FROM draft WHERE form IN ('assessment','procedure') AND subject = listed.value)";
    CALENDARS_WITH = "SELECT DISTINCT calendar FROM visit_source WHERE uid IN (SELECT value FROM json_each(?1))";
    OF_KEY = concat!("SELECT ", columns!(), " FROM visit_source WHERE calendar = ?1 AND uid = ?2 AND recurrence = ?3");
}

const READING: Reading = Reading { table: "visit_source", doing: "reading where visits came from" };
const KEEPING: &str = "keeping where a visit came from";

/// A source with its own identity and its visit's.
struct KnownSource {
    id: VisitSourceId,
    visit: VisitId,
    source: VisitSource,
}

fn read(cells: &mut Cells) -> Result<KnownSource, StoreError> {
    let (id, visit) = (cells.id()?, cells.id()?);
    let key = SourceKey { calendar: cells.text()?, uid: cells.text()?, recurrence: cells.text()? };
    let source = VisitSource {
        key,
        file: cells.text()?,
        start: cells.wall()?,
        all_day: cells.flag()?,
        minutes: cells.opt_number()?,
        title: cells.opt_text()?,
        kind: cells.word()?,
        cancelled: cells.flag()?,
        who: match cells.opt_text()? {
            Some(json) => Some(serde_json::from_str(&json).map_err(|_| cells.wrong())?),
            None => None,
        },
    };
    Ok(KnownSource { id, visit, source })
}

fn read_id(cells: &mut Cells) -> Result<VisitId, StoreError> {
    cells.id()
}

fn read_calendar(cells: &mut Cells) -> Result<String, StoreError> {
    cells.text()
}

/// Everything that came from a calendar.
fn of_calendar(conn: &Connection, calendar: &str) -> Result<Vec<KnownSource>, StoreError> {
    READING.all(conn, OF_CALENDAR, [calendar], read)
}

/// A visit that came from a schedule, as both sides know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedVisit {
    /// The source's own identity.
    pub source_id: VisitSourceId,
    /// What the schedule said when it was last imported.
    pub source: VisitSource,
    /// The visit as it is now.
    pub visit: Visit,
    /// Whether the patient came, or anything was asked, begun or made in it: an import does not touch it then.
    pub is_begun: bool,
}

/// Everything that came from a calendar, with its visits as they are now.
pub(super) fn imported(conn: &Connection, calendar: &str) -> Result<Vec<ImportedVisit>, StoreError> {
    let sources = of_calendar(conn, calendar)?;
    let ids = || sources.iter().map(|known| known.visit);
    let mut visits = visit::by_ids(conn, ids())?;
    let with_record = READING.all(conn, WITH_RECORD, [list(ids())], read_id)?;
    let with_record: BTreeSet<VisitId> = with_record.into_iter().collect();
    let join = |KnownSource { id: source_id, visit: id, source }: KnownSource| {
        let visit = visits.remove(&id)?;
        let is_begun = matches!(visit.state, VisitState::Here | VisitState::InRoom | VisitState::Left)
            || visit.recorded_at.is_some()
            || with_record.contains(&id);
        Some(ImportedVisit { source_id, source, visit, is_begun })
    };
    Ok(sources.into_iter().filter_map(join).collect())
}

/// The calendars from which something with one of these identities came.
pub(super) fn calendars_with(conn: &Connection, uids: &BTreeSet<&str>) -> Result<Vec<String>, StoreError> {
    let uids = serde_json::to_string(uids).unwrap_or_default();
    READING.all(conn, CALENDARS_WITH, [uids], read_calendar)
}

/// Keeps where a visit came from; the same key is the same source.
pub(super) fn put(tx: &Tx, id: VisitSourceId, visit: VisitId, source: &VisitSource) -> Result<(), StoreError> {
    let SourceKey { calendar, uid, recurrence } = &source.key;
    let stored = READING.one(tx.conn(), OF_KEY, [calendar, uid, recurrence], read)?;
    let who = source.who.as_ref().and_then(|who| serde_json::to_string(who).ok());
    Put::new("visit_source", KEEPING, stored.map_or(id, |known| known.id))
        .set("visit_id", key(visit))
        .set("calendar", text(calendar))
        .set("uid", text(uid))
        .set("recurrence", text(recurrence))
        .set("file", text(&source.file))
        .set("start", wall(source.start))
        .set("all_day", flag(source.all_day))
        .set("minutes", opt(source.minutes, number))
        .set("title", opt_text(source.title.as_ref()))
        .set("kind", word(source.kind))
        .set("cancelled", flag(source.cancelled))
        .set("who", opt(who.as_deref(), text))
        .put(tx)
}
