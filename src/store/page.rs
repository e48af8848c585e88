//! What patients wrote in words on a page that was typed in: where it hurts, and what changed in their medicines.

use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Put, Reading, date, key, provenance, statements, text};
use super::tx::Tx;
use crate::action::scale::Page;
use crate::clinical::id::{PageNoteId, VisitId};
use crate::clinical::page::PageNote;

statements! {
    OF_VISIT = "SELECT id, place, medicines, at, how, reported_by, initials FROM page_note WHERE visit_id = ?1";
}

const READING: Reading = Reading { table: "page_note", doing: "reading a page that was typed in" };
const KEEPING: &str = "keeping a page that was typed in";

/// What stood on the page of a visit.
pub(super) fn of_visit(conn: &Connection, visit: VisitId) -> Result<Option<PageNote>, StoreError> {
    READING.one(conn, OF_VISIT, [visit.to_string()], |cells| {
        Ok(PageNote { id: cells.id()?, place: cells.text()?, medicines: cells.text()?, given: provenance(cells)? })
    })
}

/// Keeps it; a visit has one page.
pub(super) fn put(tx: &Tx, page: &Page, note: &PageNote) -> Result<(), StoreError> {
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
