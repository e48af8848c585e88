//! Reflections: stored sealed, each with a key of its own ([`super::seal`]).
//!
//! The key follows from the practice's secret and from a salt that is kept outside the log. Deleting a reflection
//! overwrites and deletes the salt: what log and older pages hold of its text can no longer be opened by anyone.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{self, Cells, Put, Reading, date, statements, text};
use super::seal::Secret;
use super::tx::Tx;
use super::{machine, practice};
use crate::clinical::id::ReflectionId;
use crate::clinical::reflection::Reflection;

statements! {
    ON = "SELECT id, date, sealed FROM reflection WHERE date = ?1";
    IS_WRITTEN = "SELECT id FROM reflection WHERE date = ?1";
    NEWEST_FIRST = "SELECT id, date, sealed FROM reflection ORDER BY date DESC";
}

const READING: Reading = Reading { table: "reflection", doing: "reading reflections" };
const KEEPING: &str = "keeping a reflection";

/// The secrets in use on one connection.
struct Secrets<'a> {
    conn: &'a Connection,
    secret: Secret,
}

impl<'a> Secrets<'a> {
    fn new(conn: &'a Connection) -> Result<Option<Self>, StoreError> {
        Ok(practice::reflection_secret(conn)?.map(|secret| Self { conn, secret }))
    }

    fn key(&self, id: &str) -> Result<Option<Secret>, StoreError> {
        let salt = machine::get(self.conn, &salt_of(id))?;
        Ok(salt.map(|salt| self.secret.derive(&[b"reflection", salt.as_bytes()])))
    }

    fn read(&self, cells: &mut Cells) -> Result<Reflection, StoreError> {
        let (id, on) = (cells.text()?, cells.date()?);
        let sealed = cells.text()?;
        let opened = self.key(&id)?.and_then(|key| key.open(&about(on), &sealed));
        let text = opened.and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(|| cells.wrong())?;
        Ok(Reflection { id: id.parse().map_err(|_| cells.wrong())?, date: on, text })
    }
}

fn salt_of(id: &str) -> String {
    format!("reflection.{id}")
}

fn about(on: NaiveDate) -> String {
    format!("reflection of {on}")
}

fn read_id(cells: &mut Cells) -> Result<String, StoreError> {
    cells.text()
}

/// The reflection of an evening.
pub(super) fn on(conn: &Connection, day: NaiveDate) -> Result<Option<Reflection>, StoreError> {
    let Some(secrets) = Secrets::new(conn)? else { return Ok(None) };
    READING.one(conn, ON, [day.to_string()], |cells| secrets.read(cells))
}

/// Whether an evening has its reflection.
pub(super) fn is_written(conn: &Connection, day: NaiveDate) -> Result<bool, StoreError> {
    Ok(READING.one(conn, IS_WRITTEN, [day.to_string()], read_id)?.is_some())
}

/// Every reflection, newest first. They are sealed, so no index can hold their words: who searches reads all of them.
pub(super) fn all(conn: &Connection) -> Result<Vec<Reflection>, StoreError> {
    let Some(secrets) = Secrets::new(conn)? else { return Ok(Vec::new()) };
    READING.all(conn, NEWEST_FIRST, [], |cells| secrets.read(cells))
}

/// Keeps an evening's reflection, sealed; an evening has one. The fresh secret becomes its salt where it has none.
pub(super) fn put(tx: &Tx, reflection: &Reflection, fresh: &Secret) -> Result<(), StoreError> {
    let refused = |rule: &str| StoreError::Constraint { doing: KEEPING, rule: rule.to_owned() };
    let stored = READING.one(tx.conn(), IS_WRITTEN, [reflection.date.to_string()], read_id)?;
    let id = stored.unwrap_or_else(|| reflection.id.to_string());
    if machine::get(tx.conn(), &salt_of(&id))?.is_none() {
        machine::put(tx.conn(), &salt_of(&id), &fresh.derive(&[b"salt", id.as_bytes()]).hex())?;
    }
    let secrets = Secrets::new(tx.conn())?.ok_or_else(|| refused("the practice is not set up"))?;
    let json = zeroize::Zeroizing::new(serde_json::to_vec(&reflection.text).unwrap_or_default());
    let sealed = secrets.key(&id)?.and_then(|key| key.seal(&about(reflection.date), &json));
    let sealed = sealed.ok_or_else(|| refused("it cannot be sealed"))?;
    Put::new("reflection", KEEPING, id).set("date", date(reflection.date)).set("sealed", text(&sealed)).put(tx)
}

/// Deletes a reflection for good: its row, and the salt without which no copy of it can be opened.
pub(super) fn delete(tx: &Tx, id: ReflectionId) -> Result<(), StoreError> {
    const DOING: &str = "deleting a reflection";
    row::delete(tx, READING.table, DOING, id)?;
    let salt = salt_of(&id.to_string());
    // Overwritten first, so that the bytes do not stay behind in the page.
    tx.execute(DOING, "UPDATE machine SET value = replace(hex(zeroblob(32)), '0', 'x') WHERE key = ?1", [&salt])?;
    tx.execute(DOING, "DELETE FROM machine WHERE key = ?1", [&salt]).map(|_| ())
}

/// Seals what an open form of a reflection holds.
pub(super) fn seal_draft(conn: &Connection, subject: &str, body: &str) -> Result<Option<String>, StoreError> {
    let Some(secrets) = Secrets::new(conn)? else { return Ok(None) };
    let key = secrets.secret.derive(&[b"draft"]);
    Ok(key.seal(subject, body.as_bytes()))
}

/// Opens what [`seal_draft`] sealed.
pub(super) fn open_draft(conn: &Connection, subject: &str, sealed: &str) -> Result<Option<String>, StoreError> {
    let Some(secrets) = Secrets::new(conn)? else { return Ok(None) };
    let opened = secrets.secret.derive(&[b"draft"]).open(subject, sealed);
    Ok(opened.and_then(|body| String::from_utf8(body.to_vec()).ok()))
}
