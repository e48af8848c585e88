//! What was written, visit by visit and page by page, and from the log how it came to be so.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::error::StoreError;
use super::row::{Reading, statements};
use super::{Store, log};
use crate::action::write::corrects;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::note::{Note, NoteChange, NoteLine, NotesPage};
use crate::clinical::text::{clean_line, holds};
use crate::clinical::time::Instant;

statements! {
    /// Visits with what was written in them: those over, and those of which something is recorded.
    WRITTEN = "SELECT visit.id, visit.date, visit.start, visit.kind, visit.reason, assessment.impression,
        assessment.place, assessment.history, assessment.examination, assessment.red_flag_note, session.text,
        (SELECT group_concat(procedure.name, ', ') FROM procedure WHERE procedure.session_id = session.id),
        (SELECT group_concat(plan.note || ' ' || coalesce((SELECT group_concat(plan_item.what, ' ') FROM plan_item
            WHERE plan_item.plan_id = plan.id), ''), ' ') FROM plan WHERE plan.visit_id = visit.id)
        FROM visit INDEXED BY visit_of LEFT JOIN assessment ON assessment.visit_id = visit.id
        LEFT JOIN session ON session.visit_id = visit.id
        WHERE visit.patient_id = ?1 AND visit.date <= ?2 AND (visit.date < ?2 OR visit.id < ?3)
        AND (visit.recorded_at IS NOT NULL OR visit.state = 'left')
        ORDER BY visit.date DESC, visit.id DESC LIMIT ?4";
    /// The rows of a visit that hold what was written, and the visit's own.
    ROWS = "SELECT id FROM assessment WHERE visit_id = ?1 UNION ALL SELECT id FROM session WHERE visit_id = ?1
        UNION ALL SELECT id FROM plan WHERE visit_id = ?1 UNION ALL SELECT id FROM visit WHERE id = ?1";
    /// The acts that touched a row, where they touched anything that was written.
    ACTS = "SELECT DISTINCT change_set.seq, change_set.name, change_set.at,
        coalesce((SELECT about.kind FROM change_set AS about WHERE about.act = change_set.seq
            ORDER BY about.seq DESC LIMIT 1) = 'undo', 0)
        FROM change JOIN change_set ON change_set.seq = change.change_set
        WHERE change.row_id = ?1 AND change_set.kind IN ('act','final')
        AND (SELECT other.seq FROM change AS other WHERE other.seq >= change_set.seq << 24
            AND other.seq < (change_set.seq + 1) << 24 AND other.in_table IN (SELECT n FROM log_name
            WHERE name IN ('assessment','session','plan','problem_score','side_effect')) LIMIT 1) IS NOT NULL";
}

const VISIT: Reading = Reading { table: "visit", doing: "reading notes" };
const CHANGE: Reading = Reading { table: "change", doing: "reading how a note came to be" };

/// How many visits are looked through for one page where words are looked for.
const SEARCHED: usize = 400;

impl Store {
    /// A page of the visits of which something was written and that hold all these words, read on from where the last ended.
    pub fn notes(
        &self,
        patient: PatientId,
        words: &str,
        after: Option<&(String, String)>,
        most: usize,
    ) -> Result<NotesPage, StoreError> {
        let (key, last) = after.map_or(("9999-12-31", "~"), |(key, id)| (key.as_str(), id.as_str()));
        let words = words.trim();
        let read = if words.is_empty() { most } else { SEARCHED.max(most) };
        let limit = i64::try_from(read).unwrap_or(i64::MAX);
        let mut page = NotesPage { after: after.cloned(), ..NotesPage::default() };
        let mut seen = 0;
        VISIT.each(&self.conn, WRITTEN, params![patient.to_string(), key, last, limit], |cells| {
            let visit: VisitId = cells.id()?;
            let (date, start, kind) = (cells.date()?, cells.opt_time()?, cells.word()?);
            let reason = cells.opt_text()?.unwrap_or_default();
            let impression = cells.opt_text()?.unwrap_or_default();
            let mut written = vec![reason.clone(), impression.clone()];
            for _ in 0..5 {
                written.push(cells.opt_text()?.unwrap_or_default());
            }
            let done = cells.opt_text()?.unwrap_or_default();
            written.extend([done.clone(), cells.opt_text()?.unwrap_or_default()]);
            seen += 1;
            page.after = Some((date.format("%Y-%m-%d").to_string(), visit.to_string()));
            page.searched_to = Some(date);
            if words.is_empty() || holds(&written.join(" "), words) {
                let about = [done, impression, reason].into_iter().find(|text| !text.trim().is_empty());
                let about = clean_line(&about.unwrap_or_default());
                page.lines.push(NoteLine { visit, date, start, kind, about });
            }
            Ok(page.lines.len() < most)
        })?;
        page.is_end = seen < read && page.lines.len() < most;
        Ok(page)
    }

    /// What was written in a visit, and how it came to be so.
    pub fn note(&self, visit: VisitId) -> Result<Note, StoreError> {
        Ok(Note { summary: self.visit_summary(visit)?, changes: changes(&self.conn, visit)? })
    }
}

/// The acts that wrote or changed what stands in the note of a visit, oldest first, with those taken back.
fn changes(conn: &Connection, visit: VisitId) -> Result<Vec<NoteChange>, StoreError> {
    let rows: Vec<uuid::Uuid> = VISIT.all(conn, ROWS, [visit.to_string()], |cells| {
        let id = cells.id()?;
        Ok(id)
    })?;
    let mut acts: BTreeMap<i64, NoteChange> = BTreeMap::new();
    for row in rows {
        CHANGE.each(conn, ACTS, [log::short(row)], |cells| {
            let seq: i64 = cells.number()?;
            let act = cells.text()?;
            let at: Instant = cells.at()?;
            acts.insert(seq, NoteChange { at, again: corrects(&act), act, undone: cells.flag()? });
            Ok(true)
        })?;
    }
    Ok(acts.into_values().collect())
}
