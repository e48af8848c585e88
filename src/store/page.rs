//! What patients wrote in words on a page that was typed in: where it hurts, and what changed in their medicines.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Put, Reading, date, key, list, provenance, statements, text};
use super::tx::Tx;
use crate::action::scale::Page;
use crate::clinical::id::{PageNoteId, VisitId};
use crate::clinical::page::PageNote;

statements! {
    OF_VISIT = "SELECT id, place, medicines, at, how, reported_by, initials FROM page_note WHERE visit_id = ?1";
    OF_VISITS = "SELECT id, visit_id FROM page_note WHERE visit_id IN (SELECT value FROM json_each(?1))";
}

const READING: Reading = Reading { table: "page_note", doing: "reading a page that was typed in" };
const KEEPING: &str = "keeping a page that was typed in";

/// What stood on the page of a visit.
pub(super) fn of_visit(conn: &Connection, visit: VisitId) -> Result<Option<PageNote>, StoreError> {
    READING.one(conn, OF_VISIT, [visit.to_string()], |cells| {
        Ok(PageNote { id: cells.id()?, place: cells.text()?, medicines: cells.text()?, given: provenance(cells)? })
    })
}

/// The visits of which a page was typed in.
pub(super) fn of_visits(
    conn: &Connection,
    visits: impl IntoIterator<Item = VisitId>,
) -> Result<BTreeSet<VisitId>, StoreError> {
    let typed = READING.all(conn, OF_VISITS, [list(visits)], |cells| {
        cells.skip();
        cells.id()
    })?;
    Ok(typed.into_iter().collect())
}

/// Keeps it; a visit has one page.
pub(super) fn put(tx: &Tx, page: &Page) -> Result<(), StoreError> {
    let note = &page.note;
    let id: PageNoteId = of_visit(tx.conn(), page.visit)?.map_or(note.id, |old| old.id);
    Put::new("page_note", KEEPING, id)
        .set("visit_id", key(page.visit))
        .set("patient_id", key(page.patient))
        .set("date", date(page.date))
        .set("place", text(&note.place))
        .set("medicines", text(&note.medicines))
        .set_provenance(&note.given)
        .put(tx)
}
