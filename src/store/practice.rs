//! The practice: one row, and in it the key of the reflections.

use chrono_tz::Tz;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Put, Reading, statements, text, word};
use super::seal::Secret;
use super::tx::Tx;
use crate::clinical::practice::Practice;

statements! {
    THE = "SELECT id, physician, region, zone FROM practice LIMIT 1";
    KEY = "SELECT id, reflection_key FROM practice LIMIT 1";
}

const READING: Reading = Reading { table: "practice", doing: "reading the practice" };

/// The practice; none before the first run is done.
pub(super) fn load(conn: &Connection) -> Result<Option<Practice>, StoreError> {
    READING.one(conn, THE, [], |cells| {
        Ok(Practice {
            id: cells.id()?,
            physician: cells.text()?,
            region: cells.word()?,
            zone: cells.text()?.parse::<Tz>().map_err(|_| cells.wrong())?,
        })
    })
}

/// The secret from which the keys of the reflections come.
pub(super) fn reflection_secret(conn: &Connection) -> Result<Option<Secret>, StoreError> {
    READING.one(conn, KEY, [], |cells| {
        cells.skip();
        Secret::from_hex(&cells.text()?).ok_or_else(|| cells.wrong())
    })
}

/// Keeps the practice. The secret of the reflections is made once and never changes.
pub(super) fn put(tx: &Tx, practice: &Practice, fresh: &Secret) -> Result<(), StoreError> {
    let stored = READING.one(tx.conn(), KEY, [], |cells| Ok((cells.text()?, cells.text()?)))?;
    // There is one practice: a changed one keeps the identity it has.
    let (id, secret) = stored.unwrap_or_else(|| (practice.id.to_string(), fresh.hex()));
    Put::new("practice", "keeping the practice", id)
        .set("physician", text(&practice.physician))
        .set("region", word(practice.region))
        .set("zone", text(practice.zone.name()))
        .set("reflection_key", text(&secret))
        .put(tx)
}
