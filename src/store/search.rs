//! Full-text search over what was written, newest first.
//!
//! The index is derived from a list of searched columns: what a transaction wrote is read from its log and followed at its
//! end ([`follow`]), so a write, an undo and a rebuild give the same index and no one has to remember it. Its key begins
//! with the day of the text, so that the newest hits come first without sorting all of them.

mod follow;
mod query;

use rusqlite::{Connection, Row, params};

pub(super) use self::follow::Touched;
use self::query::{Query, Walk};
use super::Store;
use super::error::{Doing, StoreError};
use super::image::row_id;
use super::log::{self, short};
use super::schema::quote;
use crate::clinical::id::PatientId;

/// A column of facts that full-text search looks into. In the SQL of patient and date, `{row}` stands for the row.
#[derive(Debug)]
pub(super) struct Searched {
    pub table: &'static str,
    pub column: &'static str,
    /// SQL for the patient it is about, or `NULL`.
    pub patient: &'static str,
    /// SQL for its ISO date, or `NULL`.
    pub date: &'static str,
    /// As a list of hits names it.
    pub label: &'static str,
    /// What its rows are.
    pub of: Of,
}

/// What the rows of a searched table are: with it a text is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A patient's name.
    Name,
    /// Something that the chart shows and no screen of its own.
    Chart,
    /// Lines of the list of medicines, and what was said about one.
    Medicines,
    /// A plan and its pieces.
    Plan,
    /// What was ever tried.
    Ledger,
    /// The care team.
    CareTeam,
    /// What is monitored.
    Monitoring,
    /// A visit.
    Visit,
    /// An assessment and its parts.
    Assessment,
    /// A session and its procedures.
    Procedure,
    /// A check-in.
    CheckIn,
    /// A test.
    Diagnostic,
    /// A referral.
    Referral,
    /// A taper.
    Taper,
    /// A check.
    Check,
    /// A urine test.
    Urine,
    /// A task.
    Task,
}

/// A text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The identity of the row it stands in.
    pub record: String,
    /// Table and column: `assessment.history`.
    pub field: String,
    /// The patient it is about.
    pub patient: Option<PatientId>,
    /// Its date, as ISO text.
    pub date: Option<String>,
    /// The words around the first hit.
    pub around: String,
    /// Where to go on from: [`Store::find_text`] takes it for the next page.
    pub place: i64,
}

impl Store {
    /// Texts that hold all these words, accents and case aside, the last word also as the beginning of one; the newest
    /// first, at most `limit` of them, and only those after `place` where one is given.
    pub fn find_text(
        &self,
        words: &str,
        patient: Option<PatientId>,
        place: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError> {
        let Some(query) = Query::of(words) else { return Ok(Vec::new()) };
        let asked = Asked { patient: patient.map(short), before: place.unwrap_or(i64::MAX), limit };
        // One patient's texts are few among the newest of all.
        for quick in query.quick.iter().filter(|_| patient.is_none()) {
            let (found, is_done) = walk(&self.conn, quick, &query, &asked)?;
            if is_done {
                return Ok(found);
            }
        }
        Ok(walk(&self.conn, &query.whole, &query, &asked)?.0)
    }

    /// Makes the full-text index anew from the facts.
    #[cfg(test)]
    pub(super) fn rebuild_search(&mut self) -> Result<(), StoreError> {
        self.must_write()?;
        let transaction = self.conn.transaction().doing("rebuilding the index")?;
        rebuild(&transaction, self.plan.searched)?;
        transaction.commit().doing("rebuilding the index")
    }
}

/// Which texts are asked for, whatever their words.
struct Asked {
    patient: Option<[u8; 16]>,
    before: i64,
    limit: u32,
}

/// The newest texts of a walk, looked at one by one until enough are found; and whether there are no more to find so.
fn walk(conn: &Connection, walk: &Walk, query: &Query, asked: &Asked) -> Result<(Vec<Found>, bool), StoreError> {
    const DOING: &str = "searching";
    let (texts, is_found) = match walk.index {
        Some(_) => ("search CROSS JOIN search_text s ON s.id = search.rowid", "search MATCH ?3"),
        None => ("search_text s", "?3 IS NULL"),
    };
    let key = if walk.index.is_some() { "search.rowid" } else { "s.id" };
    let sql = format!(
        "SELECT s.record, s.field, s.patient, s.date, s.text, s.id FROM {texts}
         WHERE {is_found} AND {key} < ?1 AND (?2 IS NULL OR s.patient = ?2) ORDER BY {key} DESC"
    );
    let mut statement = conn.prepare_cached(&sql).doing(DOING)?;
    let mut rows = statement.query(params![asked.before, asked.patient, walk.index]).doing(DOING)?;
    let enough = usize::try_from(asked.limit).unwrap_or(usize::MAX);
    let (mut found, mut looked_at) = (Vec::new(), 0);
    while found.len() < enough && walk.most.is_none_or(|most| looked_at < most) {
        let Some(row) = rows.next().doing(DOING)? else { return Ok((found, true)) };
        looked_at += 1;
        let text = row.get_ref(4).doing(DOING)?.as_str().unwrap_or_default();
        if walk.is_whole || query.last_is_in(text) {
            found.push(found_from_row(row, query).doing(DOING)?);
        }
    }
    let is_done = found.len() >= enough;
    Ok((found, is_done))
}

fn found_from_row(row: &Row, query: &Query) -> rusqlite::Result<Found> {
    Ok(Found {
        record: row_id(row.get_ref(0)?),
        field: row.get(1)?,
        patient: row.get::<_, Option<[u8; 16]>>(2)?.map(log::id),
        date: row.get(3)?,
        around: query.around(row.get_ref(4)?.as_str().unwrap_or_default()),
        place: row.get(5)?,
    })
}

impl Searched {
    fn field(&self) -> String {
        format!("{}.{}", self.table, self.column)
    }

    /// SQL for what the index should hold of this column, with the first key of each day.
    fn texts(&self) -> String {
        format!(
            "SELECT record, '{field}' AS field, patient, day, text, {base} AS base FROM (
               SELECT row_key(row.id) AS record, row.{column} AS text, {day} AS day, {patient} AS patient
               FROM {table} AS row WHERE row.{column} <> '')",
            field = self.field(),
            base = base("day"),
            table = quote(self.table),
            column = quote(self.column),
            day = of_row(self.date),
            patient = patient_of_row(self.patient),
        )
    }
}

/// SQL of a searched column for the row called `row`.
fn of_row(sql: &str) -> String {
    sql.replace("{row}", "row")
}

/// The patient of the row called `row`, as the index has it: nobody where it is no identity.
fn patient_of_row(sql: &str) -> String {
    format!("nullif(row_key({patient}), {patient})", patient = of_row(sql))
}

/// SQL for the key before the first of a day; texts without a day come before all others.
fn base(day: &str) -> String {
    format!("coalesce(CAST(julianday({day}) AS INTEGER), 0) * {PER_DAY}")
}

/// Keys for the texts of one day.
const PER_DAY: i64 = 1 << 24;

/// Empties the index and fills it from the facts.
pub(super) fn rebuild(conn: &Connection, searched: &[Searched]) -> Result<(), StoreError> {
    const DOING: &str = "rebuilding the index";
    conn.execute_batch("DELETE FROM search_text").doing(DOING)?;
    let texts: Vec<_> = searched.iter().map(Searched::texts).collect();
    if !texts.is_empty() {
        conn.execute_batch(&format!(
            "INSERT INTO search_text (id, record, field, patient, date, text)
             SELECT base + row_number() OVER (PARTITION BY base ORDER BY record, field), record, field, patient, day, text
             FROM ({}) ORDER BY 1",
            texts.join(" UNION ALL "),
        ))
        .doing(DOING)?;
    }
    conn.execute_batch("INSERT INTO search (search) VALUES ('rebuild')").doing(DOING)
}

/// The first difference between the facts and `search_text`, by table and row.
pub(super) fn first_difference(
    conn: &Connection,
    searched: &[Searched],
) -> Result<Option<(String, String)>, StoreError> {
    const DOING: &str = "comparing the index with the facts";
    for text in searched {
        let (table, column, field) = (quote(text.table), quote(text.column), text.field());
        let sql = format!(
            "SELECT t.id FROM {table} t LEFT JOIN search_text s ON s.record = row_key(t.id) AND s.field = '{field}'
             WHERE nullif(t.{column}, '') IS NOT s.text
             UNION ALL
             SELECT s.record FROM search_text s
             WHERE s.field = '{field}' AND s.record NOT IN (SELECT row_key(id) FROM {table})
             LIMIT 1"
        );
        let mut statement = conn.prepare(&sql).doing(DOING)?;
        let mut rows = statement.query([]).doing(DOING)?;
        if let Some(row) = rows.next().doing(DOING)? {
            return Ok(Some((field, row_id(row.get_ref(0).doing(DOING)?))));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
