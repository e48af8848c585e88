//! Full-text search over what was written, newest first.
//!
//! The index is derived from a list of searched columns: what a transaction wrote is read from its log and followed at its
//! end ([`follow`]), so a write, an undo and a rebuild give the same index and no one has to remember it. Its key begins
//! with the day of the text, so that the newest hits come first without sorting all of them.

mod follow;
mod query;

use rusqlite::{Connection, Row, params};

pub(super) use self::follow::Touched;
use self::query::Query;
pub(super) use self::query::register;
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
    /// The words around the hit.
    pub around: Vec<Piece>,
    /// Where to go on from: [`Store::find_text`] takes it for the next page.
    pub place: i64,
}

/// A stretch of a found text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_hit: bool,
}

/// Around a hit, in the text the index gives back: characters that cleaned text does not hold.
const OPENS: char = '\u{1}';
const CLOSES: char = '\u{2}';

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
        if let (Some((quick, beginning)), None) = (&query.quick, patient) {
            let (from, is_all) = query::looked_at(&self.conn, quick, asked.before)?;
            let found = find(&self.conn, quick, Some((from, beginning)), &asked)?;
            if is_all || found.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
                return Ok(found);
            }
        }
        if let (Some(beginning), None) = (&query.short, patient) {
            let (found, is_all) = newest(&self.conn, beginning, &asked)?;
            if is_all || found.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
                return Ok(found);
            }
        }
        find(&self.conn, &query.whole, None, &asked)
    }

    /// Makes the full-text index anew from the facts.
    pub fn rebuild_search(&mut self) -> Result<(), StoreError> {
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

/// The newest texts that a query finds; of those of a quick one, from a key on, those that hold the rest of it.
fn find(conn: &Connection, query: &str, rest: Option<(i64, &String)>, asked: &Asked) -> Result<Vec<Found>, StoreError> {
    const DOING: &str = "searching";
    let (from, filter) = match rest {
        Some(_) => ("?5", "AND holds_word(s.text, ?6)"),
        None => ("-1", ""),
    };
    let sql = format!(
        "SELECT s.record, s.field, s.patient, s.date, snippet(search, 0, char(1), char(2), '…', 16), s.id
         FROM search JOIN search_text s ON s.id = search.rowid
         WHERE search MATCH ?1 AND search.rowid >= {from} AND search.rowid < ?2 AND (?3 IS NULL OR s.patient = ?3)
         {filter} ORDER BY search.rowid DESC LIMIT ?4"
    );
    let mut statement = conn.prepare_cached(&sql).doing(DOING)?;
    let Asked { patient, before, limit } = asked;
    let found = match rest {
        Some((from, beginning)) => {
            statement.query_map(params![query, before, patient, limit, from, beginning], found_from_row)
        }
        None => statement.query_map(params![query, before, patient, limit], found_from_row),
    };
    found.and_then(Iterator::collect).doing(DOING)
}

/// The newest texts with a word that begins so, of a bounded number looked at; and whether that was all there are.
fn newest(conn: &Connection, beginning: &str, asked: &Asked) -> Result<(Vec<Found>, bool), StoreError> {
    const DOING: &str = "searching";
    const SQL: &str =
        "SELECT record, field, patient, date, text, id FROM search_text WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    let mut statement = conn.prepare_cached(SQL).doing(DOING)?;
    let mut rows = statement.query(params![asked.before, query::NEWEST]).doing(DOING)?;
    let (mut found, mut looked_at) = (Vec::new(), 0);
    while let Some(row) = rows.next().doing(DOING)? {
        looked_at += 1;
        let text: String = row.get(4).doing(DOING)?;
        if query::holds_word(&text, beginning) {
            let [before, hit, after] = query::around(&text, beginning);
            let pieces = [(before, false), (hit, true), (after, false)];
            let pieces = pieces.into_iter().map(|(text, is_hit)| Piece { text, is_hit });
            let around = pieces.filter(|piece| !piece.text.is_empty()).collect();
            found.push(Found { around, ..found_from_row(row).doing(DOING)? });
            if found.len() >= usize::try_from(asked.limit).unwrap_or(usize::MAX) {
                break;
            }
        }
    }
    Ok((found, looked_at < query::NEWEST))
}

fn found_from_row(row: &Row) -> rusqlite::Result<Found> {
    let around: String = row.get(4)?;
    Ok(Found {
        record: row_id(row.get_ref(0)?),
        field: row.get(1)?,
        patient: row.get::<_, Option<[u8; 16]>>(2)?.map(log::id),
        date: row.get(3)?,
        around: pieces(&around),
        place: row.get(5)?,
    })
}

fn pieces(around: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut is_hit = false;
    for text in around.split([OPENS, CLOSES]) {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), is_hit });
        }
        is_hit = !is_hit;
    }
    pieces
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
