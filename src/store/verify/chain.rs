//! The chain of change sets: whole, in order, each hash what it should be.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, Statement};

use super::{ChainFault, Finding};
use crate::store::chain::{Hash, Link, START};
use crate::store::error::{Doing, StoreError};
use crate::store::image::{hex, row_id, unhex};
use crate::store::log::{self, Change, changes_sql};
use crate::store::machine;
use crate::store::names::Names;
use crate::store::watch::{Stage, Watch};

const DOING: &str = "proving the log";

/// Proves the chain of every machine; gives what is wrong, and how many change sets there are.
pub(super) fn prove(conn: &Connection, watch: &mut Watch) -> Result<(Vec<Finding>, u64), StoreError> {
    const TELL_EACH: u64 = 1_000;
    let total = count(conn, "SELECT count(*) FROM change_set")?;
    let mut found = Vec::new();
    let mut heads: HashMap<String, (i64, Hash)> = HashMap::new();
    let names = Names::load(conn)?;
    let mut sets = conn
        .prepare(
            "SELECT s.seq, m.name, s.number, s.id, s.name, s.kind, a.id, s.patient_id, s.at, s.hash
             FROM change_set AS s LEFT JOIN change_set AS a ON a.seq = s.act LEFT JOIN log_name AS m ON m.n = s.machine
             ORDER BY s.seq",
        )
        .doing(DOING)?;
    let mut changes = conn.prepare(&changes_sql("ASC")).doing(DOING)?;
    let mut rows = sets.query([]).doing(DOING)?;
    let mut done = 0;
    while let Some(row) = rows.next().doing(DOING)? {
        let (seq, mut link, hash) = read(row).doing(DOING)?;
        let (number, previous) = heads.get(&link.machine).copied().unwrap_or((0, START));
        link.previous = previous;
        let fault = if link.number != number + 1 {
            Some(ChainFault::Gap { after: number })
        } else if hash_of(&link, &mut changes, seq, &names)? != Some(hash) {
            Some(ChainFault::Altered)
        } else {
            None
        };
        found.extend(fault.map(|fault| Finding::ChangeSet {
            machine: link.machine.clone(),
            number: link.number,
            name: link.name.clone(),
            fault,
        }));
        heads.insert(link.machine, (link.number, hash));
        done += 1;
        if done % TELL_EACH == 0 {
            watch.tell(Stage::Chain, done, total)?;
        }
    }
    found.extend(orphans(conn)?);
    Ok((found, total))
}

/// A count from the file.
pub(super) fn count(conn: &Connection, sql: &str) -> Result<u64, StoreError> {
    let count: i64 = conn.query_row(sql, [], |row| row.get(0)).doing(DOING)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn read(row: &Row) -> rusqlite::Result<(i64, Link, Hash)> {
    let link = Link {
        previous: START,
        machine: row.get::<_, Option<_>>(1)?.unwrap_or_default(),
        number: row.get(2)?,
        id: log::id(row.get(3)?),
        name: row.get(4)?,
        kind: row.get(5)?,
        act: row.get::<_, Option<[u8; 16]>>(6)?.map(log::id),
        patient: row.get::<_, Option<[u8; 16]>>(7)?.map(log::id),
        at: row.get(8)?,
    };
    Ok((row.get(0)?, link, row.get(9)?))
}

/// What the hash of a change set should be; none if one of its changes cannot be read.
fn hash_of(link: &Link, changes: &mut Statement, set: i64, names: &Names) -> Result<Option<Hash>, StoreError> {
    let mut hasher = link.hasher();
    let mut rows = changes.query([set]).doing(DOING)?;
    while let Some(row) = rows.next().doing(DOING)? {
        let Some(change) = Change::from_row(row, names).doing(DOING)? else { return Ok(None) };
        hasher.change(&change);
    }
    Ok(Some(hasher.finish()))
}

/// Changes that belong to no change set.
fn orphans(conn: &Connection) -> Result<Vec<Finding>, StoreError> {
    const SQL: &str = "SELECT coalesce(name, '?'), row_id FROM change LEFT JOIN log_name ON n = in_table
                       WHERE NOT EXISTS (SELECT 1 FROM change_set AS s WHERE s.seq = change.change_set) LIMIT 100";
    let mut statement = conn.prepare(SQL).doing(DOING)?;
    let orphan = |row: &Row| Ok(Finding::Orphan { table: row.get(0)?, row: row_id(row.get_ref(1)?) });
    let found = statement.query_map([], orphan);
    found.and_then(Iterator::collect).doing(DOING)
}

/// How far the log has come, for each machine.
pub(in crate::store) fn heads(conn: &Connection) -> Result<Vec<(String, i64, Hash)>, StoreError> {
    let mut statement = conn
        .prepare(
            "SELECT name.name, newest.number, newest.hash FROM log_name AS name
             JOIN change_set AS newest ON newest.machine = name.n
               AND newest.number = (SELECT max(number) FROM change_set WHERE machine = name.n)",
        )
        .doing(DOING)?;
    let heads = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).doing(DOING)?;
    heads.collect::<Result<_, _>>().doing(DOING)
}

/// Keeps in a copy how far its log has come: a tail cut off later is seen.
pub(in crate::store) fn keep_heads(conn: &Connection) -> Result<(), StoreError> {
    let lines: Vec<_> =
        heads(conn)?.iter().map(|(machine, number, hash)| format!("{machine} {number} {}", hex(hash))).collect();
    machine::put(conn, machine::HEAD, &lines.join("\n"))
}

/// What the copy said of itself when it was made.
pub(super) fn kept_heads(conn: &Connection) -> Result<Vec<(String, i64, Hash)>, StoreError> {
    let kept = machine::get(conn, machine::HEAD)?.unwrap_or_default();
    let head = |line: &str| {
        let mut words = line.split(' ');
        let (machine, number, hash) = (words.next()?, words.next()?, words.next()?);
        Some((machine.to_owned(), number.parse().ok()?, unhex(hash)?.try_into().ok()?))
    };
    Ok(kept.lines().filter_map(head).collect())
}

/// Whether a log still reaches as far as these heads, with the same hashes.
pub(super) fn reaches(conn: &Connection, heads: &[(String, i64, Hash)]) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    for (machine, number, hash) in heads {
        let here: Option<Hash> = conn
            .query_row(
                "SELECT hash FROM change_set WHERE machine = (SELECT n FROM log_name WHERE name = ?1) AND number = ?2",
                (machine, number),
                |row| row.get(0),
            )
            .optional()
            .doing(DOING)?;
        match here {
            Some(here) if here == *hash => {}
            Some(_) => found.push(Finding::Forked { machine: machine.clone(), number: *number }),
            None => {
                let (has, _) = crate::store::log::head(conn, machine)?;
                found.push(Finding::CutOff { machine: machine.clone(), has, should: *number });
            }
        }
    }
    Ok(found)
}
