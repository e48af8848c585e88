//! Rows: typed values in and out of the file. The aggregates say which columns there are; this module reads them with
//! errors that name table and row, and writes only what changed.

mod owned;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write};
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rusqlite::types::{FromSql, Value};
use rusqlite::{Connection, Params, Row, params_from_iter};

pub(super) use self::owned::Owned;
use super::error::{Doing, StoreError};
use super::tx::Tx;
use crate::clinical::answer::Answer;
use crate::clinical::copied::Copied;
use crate::clinical::id::VisitId;
use crate::clinical::provenance::Provenance;
use crate::clinical::time::Instant;
use crate::clinical::vocab::Vocab;

/// Declares the statements of a module as constants, and lists them for the test that reads their query plans.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        /// Every statement of this module.
        #[cfg(test)]
        pub(super) const STATEMENTS: &[(&str, &str)] = &[$((concat!(module_path!(), "::", stringify!($name)), $name)),+];
    };
}
pub(super) use statements;

/// The values of one row, read one after the other in the order of the statement's columns. The first column is the row's
/// identity: it names the row where a value is wrong.
pub(super) struct Cells<'a> {
    row: &'a Row<'a>,
    table: &'static str,
    next: usize,
}

impl<'a> Cells<'a> {
    pub(super) fn new(row: &'a Row<'a>, table: &'static str) -> Self {
        Self { row, table, next: 0 }
    }

    /// The error that names the value before this one.
    pub(super) fn wrong(&self) -> StoreError {
        let column = self.next.saturating_sub(1);
        let column = self.row.as_ref().column_name(column).unwrap_or("?").to_owned();
        StoreError::WrongValue { table: self.table, row: self.row.get(0).unwrap_or_default(), column }
    }

    /// Passes a column over.
    pub(super) fn skip(&mut self) {
        self.next += 1;
    }

    fn cell<T: FromSql>(&mut self) -> Result<T, StoreError> {
        let value = self.row.get(self.next);
        self.next += 1;
        value.map_err(|_| self.wrong())
    }

    fn parsed<T>(&mut self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreError> {
        let text: String = self.cell()?;
        parse(&text).ok_or_else(|| self.wrong())
    }

    fn opt_parsed<T>(&mut self, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.cell()?;
        text.map(|text| parse(&text).ok_or_else(|| self.wrong())).transpose()
    }

    pub(super) fn text(&mut self) -> Result<String, StoreError> {
        self.cell()
    }
    pub(super) fn opt_text(&mut self) -> Result<Option<String>, StoreError> {
        self.cell()
    }
    pub(super) fn id<T: FromStr>(&mut self) -> Result<T, StoreError> {
        self.parsed(|text| text.parse().ok())
    }
    pub(super) fn opt_id<T: FromStr>(&mut self) -> Result<Option<T>, StoreError> {
        self.opt_parsed(|text| text.parse().ok())
    }
    pub(super) fn word<T: Vocab>(&mut self) -> Result<T, StoreError> {
        self.parsed(T::from_name)
    }
    pub(super) fn opt_word<T: Vocab>(&mut self) -> Result<Option<T>, StoreError> {
        self.opt_parsed(T::from_name)
    }
    pub(super) fn date(&mut self) -> Result<NaiveDate, StoreError> {
        self.parsed(read_date)
    }
    pub(super) fn opt_date(&mut self) -> Result<Option<NaiveDate>, StoreError> {
        self.opt_parsed(read_date)
    }
    pub(super) fn opt_time(&mut self) -> Result<Option<NaiveTime>, StoreError> {
        self.opt_parsed(|text| NaiveTime::parse_from_str(text, "%H:%M").ok())
    }
    pub(super) fn wall(&mut self) -> Result<NaiveDateTime, StoreError> {
        self.parsed(|text| NaiveDateTime::parse_from_str(text, WALL).ok())
    }
    pub(super) fn at(&mut self) -> Result<Instant, StoreError> {
        self.cell().map(Instant::from_millis)
    }
    pub(super) fn opt_at(&mut self) -> Result<Option<Instant>, StoreError> {
        Ok(self.cell::<Option<i64>>()?.map(Instant::from_millis))
    }
    pub(super) fn flag(&mut self) -> Result<bool, StoreError> {
        match self.cell()? {
            0 => Ok(false),
            1 => Ok(true),
            2.. | i64::MIN..=-1 => Err(self.wrong()),
        }
    }
    pub(super) fn number<T: TryFrom<i64>>(&mut self) -> Result<T, StoreError> {
        let number: i64 = self.cell()?;
        T::try_from(number).map_err(|_| self.wrong())
    }
    pub(super) fn opt_number<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, StoreError> {
        let number: Option<i64> = self.cell()?;
        number.map(|number| T::try_from(number).map_err(|_| self.wrong())).transpose()
    }

    /// An answer, kept as its word and its number.
    pub(super) fn opt_answer(&mut self) -> Result<Option<Answer>, StoreError> {
        let word = self.opt_text()?;
        let value: Option<u8> = self.opt_number()?;
        match (word.as_deref(), value) {
            (None, None) => Ok(None),
            (Some("given"), Some(value)) => Ok(Some(Answer::Given(value))),
            (Some("declined"), None) => Ok(Some(Answer::Declined)),
            (Some("cannot_report"), None) => Ok(Some(Answer::CannotReport)),
            (Some("not_asked"), None) => Ok(Some(Answer::NotAsked)),
            _ => Err(self.wrong()),
        }
    }
    pub(super) fn answer(&mut self) -> Result<Answer, StoreError> {
        self.opt_answer()?.ok_or_else(|| self.wrong())
    }
}

const WALL: &str = "%Y-%m-%dT%H:%M:%S";

/// Thousands of them are read at once: by hand this takes a tenth of the time.
fn read_date(text: &str) -> Option<NaiveDate> {
    let number =
        |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok()).flatten();
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    if (month.len(), day.len()) != (2, 2) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// What a statement reads: the table whose row it gives first, and what was being done, for errors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub table: &'static str,
    pub doing: &'static str,
}

impl Reading {
    /// Every row.
    pub(super) fn all<T>(
        self,
        conn: &Connection,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&mut Cells) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut out = Vec::new();
        self.each(conn, sql, params, |cells| {
            out.push(read(cells)?);
            Ok(true)
        })?;
        Ok(out)
    }

    /// The first row.
    pub(super) fn one<T>(
        self,
        conn: &Connection,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&mut Cells) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut out = None;
        self.each(conn, sql, params, |cells| {
            out = Some(read(cells)?);
            Ok(false)
        })?;
        Ok(out)
    }

    /// Row by row, as long as the reader wants more.
    pub(super) fn each(
        self,
        conn: &Connection,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&mut Cells) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = conn.prepare_cached(sql).doing(self.doing)?;
        let mut rows = statement.query(params).doing(self.doing)?;
        while let Some(row) = rows.next().doing(self.doing)? {
            if !read(&mut Cells::new(row, self.table))? {
                break;
            }
        }
        Ok(())
    }

    /// How many rows each of these visits has; the statement takes them as a list and gives an identity and the visit.
    pub(super) fn count_by_visit(
        &self,
        conn: &Connection,
        sql: &str,
        visits: impl IntoIterator<Item = VisitId>,
    ) -> Result<BTreeMap<VisitId, usize>, StoreError> {
        let mut out = BTreeMap::new();
        self.each(conn, sql, [list(visits)], |cells| {
            cells.skip();
            *out.entry(cells.id()?).or_insert(0) += 1;
            Ok(true)
        })?;
        Ok(out)
    }
}

/// Identities as one JSON list, each once: how a statement takes many at once. A patient may be asked for by two visits of
/// one day, and a statement joined to the list would give what is theirs twice.
pub(super) fn list(ids: impl IntoIterator<Item = impl Display>) -> String {
    let ids: BTreeSet<String> = ids.into_iter().map(|id| id.to_string()).collect();
    let mut out = String::from("[");
    for id in ids {
        let _ = write!(out, "{}{}", if out.len() > 1 { "," } else { "" }, serde_json::Value::from(id));
    }
    out.push(']');
    out
}

/// An identity as the file holds it.
pub(super) fn key(id: impl Display) -> Value {
    Value::Text(id.to_string())
}
/// A text.
pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
/// A word of a closed set.
pub(super) fn word(word: impl Vocab) -> Value {
    Value::Text(word.name().to_owned())
}
/// A date as ISO text.
pub(super) fn date(date: NaiveDate) -> Value {
    Value::Text(date.format("%Y-%m-%d").to_string())
}
/// A time on the wall as ISO text, to the minute.
pub(super) fn time(time: NaiveTime) -> Value {
    Value::Text(time.format("%H:%M").to_string())
}
/// Date and time on the wall as ISO text.
pub(super) fn wall(wall: NaiveDateTime) -> Value {
    Value::Text(wall.format(WALL).to_string())
}
/// A moment in milliseconds.
pub(super) fn at(at: Instant) -> Value {
    Value::Integer(at.millis())
}
/// What was copied forward, as a cell.
pub(super) fn copied_cell(copied: &Copied) -> Value {
    Value::Text(serde_json::to_string(copied).unwrap_or_default())
}

/// What was copied forward, from a cell that may be empty.
pub(super) fn copied(cells: &mut Cells) -> Result<Option<Copied>, StoreError> {
    let Some(cell) = cells.opt_text()? else { return Ok(None) };
    serde_json::from_str(&cell).map(Some).map_err(|_| cells.wrong())
}

/// Yes or no.
pub(super) fn flag(flag: bool) -> Value {
    Value::Integer(i64::from(flag))
}
/// A number.
pub(super) fn number(number: impl Into<i64>) -> Value {
    Value::Integer(number.into())
}
/// Something, or nothing.
pub(super) fn opt<T>(value: Option<T>, cell: impl FnOnce(T) -> Value) -> Value {
    value.map_or(Value::Null, cell)
}
/// A text, or nothing; an empty one is nothing.
pub(super) fn opt_text(value: Option<&String>) -> Value {
    opt(value.filter(|text| !text.is_empty()), |value| text(value))
}

/// An answer as its word and its number.
pub(super) fn answer(answer: Option<Answer>) -> (Value, Value) {
    match answer {
        None => (Value::Null, Value::Null),
        Some(Answer::Given(value)) => (text("given"), number(value)),
        Some(Answer::Declined) => (text("declined"), Value::Null),
        Some(Answer::CannotReport) => (text("cannot_report"), Value::Null),
        Some(Answer::NotAsked) => (text("not_asked"), Value::Null),
    }
}

/// How a value was given, from its four columns: when, how, by whom, whose initials.
pub(super) fn provenance(cells: &mut Cells) -> Result<Provenance, StoreError> {
    Ok(Provenance { at: cells.at()?, how: cells.word()?, by: cells.word()?, initials: cells.text()? })
}

/// A row as it should stand in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Put {
    pub table: &'static str,
    pub doing: &'static str,
    pub id: String,
    pub cells: Vec<(&'static str, Value)>,
}

impl Put {
    /// A row of this table with nothing in it yet.
    pub(super) fn new(table: &'static str, doing: &'static str, id: impl Display) -> Self {
        Self { table, doing, id: id.to_string(), cells: Vec::new() }
    }

    /// With a column.
    #[must_use]
    pub(super) fn set(mut self, column: &'static str, value: Value) -> Self {
        self.cells.push((column, value));
        self
    }

    /// With an answer in its two columns.
    #[must_use]
    pub(super) fn set_answer(self, columns: [&'static str; 2], given: Option<Answer>) -> Self {
        let (word, value) = answer(given);
        self.set(columns[0], word).set(columns[1], value)
    }

    /// With how a value was given, in its four columns.
    #[must_use]
    pub(super) fn set_provenance(self, given: &Provenance) -> Self {
        self.set("at", at(given.at))
            .set("how", word(given.how))
            .set("reported_by", word(given.by))
            .set("initials", text(&given.initials))
    }

    fn values(&self) -> impl Iterator<Item = &Value> {
        self.cells.iter().map(|(_, value)| value)
    }

    fn columns(&self) -> String {
        let mut columns = String::with_capacity(self.cells.len() * 16);
        for (column, _) in &self.cells {
            if !columns.is_empty() {
                columns.push_str(", ");
            }
            columns.push_str(column);
        }
        columns
    }

    /// Makes the row so: inserts it, or updates the columns that differ. An unchanged row is not touched.
    pub(super) fn put(&self, tx: &Tx) -> Result<(), StoreError> {
        self.put_telling(tx).map(|_| ())
    }

    /// The same, and says whether there was none of its identity before.
    ///
    /// Most rows are new, and an insert looks for its identity anyway: so it is not looked for before.
    pub(super) fn put_telling(&self, tx: &Tx) -> Result<bool, StoreError> {
        let is_new = self.insert(tx)?;
        if is_new { Ok(true) } else { self.put_existing(tx).map(|()| false) }
    }

    /// Updates a row that must be there.
    pub(super) fn put_existing(&self, tx: &Tx) -> Result<(), StoreError> {
        let gone = || StoreError::Gone { table: self.table };
        if self.put_only(tx)? {
            return Ok(());
        }
        self.update(tx, &self.stored(tx)?.ok_or_else(gone)?)
    }

    /// Updates the one column there is, where it differs; false where that touched no row, or there are more columns.
    fn put_only(&self, tx: &Tx) -> Result<bool, StoreError> {
        let [(column, value)] = self.cells.as_slice() else { return Ok(false) };
        let sql = format!("UPDATE {} SET {column} = ?2 WHERE id = ?1 AND {column} IS NOT ?2", self.table);
        Ok(tx.execute(self.doing, &sql, rusqlite::params![self.id, value])? > 0)
    }

    /// What stands in the file under this identity.
    fn stored(&self, tx: &Tx) -> Result<Option<Vec<Value>>, StoreError> {
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", self.columns(), self.table);
        let mut statement = tx.conn().prepare_cached(&sql).doing(self.doing)?;
        let mut rows = statement.query([&self.id]).doing(self.doing)?;
        let Some(row) = rows.next().doing(self.doing)? else { return Ok(None) };
        (0..self.cells.len()).map(|n| row.get(n)).collect::<Result<_, _>>().map(Some).doing(self.doing)
    }

    /// Inserts the row, unless there is one of its identity; whether it did.
    fn insert(&self, tx: &Tx) -> Result<bool, StoreError> {
        Ok(insert(tx, std::slice::from_ref(self))? > 0)
    }

    fn update(&self, tx: &Tx, stored: &[Value]) -> Result<(), StoreError> {
        let changed = self.cells.iter().zip(stored).filter(|((_, value), old)| value != *old).map(|(cell, _)| cell);
        let changed: Vec<_> = changed.collect();
        if changed.is_empty() {
            return Ok(());
        }
        let sets = changed.iter().zip(2..).map(|((column, _), n)| format!("{column} = ?{n}")).collect::<Vec<_>>();
        let sql = format!("UPDATE {} SET {} WHERE id = ?1", self.table, sets.join(", "));
        let id = Value::Text(self.id.clone());
        let values = std::iter::once(&id).chain(changed.iter().map(|(_, value)| value));
        tx.execute(self.doing, &sql, params_from_iter(values)).map(|_| ())
    }
}

/// Rows of one table, all with the same columns, made so as [`Put::put`] makes each. Where none of their list was kept
/// before they go in together.
///
/// For each statement the database keeps anew what it needs to take it back with all its triggers wrote, and rows of one
/// list lie on the same pages.
pub(super) fn put_all(tx: &Tx, rows: &[Put], are_new: bool) -> Result<(), StoreError> {
    if !are_new {
        return rows.iter().try_for_each(|row| row.put(tx));
    }
    for some in rows.chunks(TOGETHER) {
        // One whose identity is known from elsewhere is updated as ever.
        if insert(tx, some)? < some.len() {
            some.iter().try_for_each(|row| row.put_existing(tx))?;
        }
    }
    Ok(())
}

/// So many rows go into one statement.
const TOGETHER: usize = 8;

/// Inserts rows of one table and the same columns, except those of whose identity there is one; how many it inserted.
fn insert(tx: &Tx, rows: &[Put]) -> Result<usize, StoreError> {
    let Some(first) = rows.first() else { return Ok(0) };
    let (table, columns) = (first.table, first.columns());
    let row = format!("(?{})", ", ?".repeat(first.cells.len()));
    let rows_of_places = vec![row.as_str(); rows.len()].join(", ");
    let sql = format!("INSERT INTO {table} (id, {columns}) VALUES {rows_of_places} ON CONFLICT (id) DO NOTHING");
    let ids: Vec<Value> = rows.iter().map(|row| Value::Text(row.id.clone())).collect();
    let with_id = |(row, id)| std::iter::once(id).chain(Put::values(row));
    let values = rows.iter().zip(&ids).flat_map(with_id);
    tx.execute(first.doing, &sql, params_from_iter(values))
}

/// Deletes a row; one that is not there is no error.
pub(super) fn delete(tx: &Tx, table: &'static str, doing: &'static str, id: impl Display) -> Result<(), StoreError> {
    tx.execute(doing, &format!("DELETE FROM {table} WHERE id = ?1"), [id.to_string()]).map(|_| ())
}
