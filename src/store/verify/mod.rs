//! The proof of a record: pages, structure, references, full-text index, chain, and every row against the log.
//!
//! One thing wrong does not end the proof: it is named, and the rest is looked at as far as it can be read.

mod chain;
pub(super) mod rows;
mod survey;
#[cfg(test)]
mod tests;
mod told;

use std::collections::BTreeSet;
use std::fmt;

use rusqlite::{Connection, OptionalExtension};

use self::rows::Seen;
use super::Store;
use super::error::{Doing, StoreError};
use super::names::Names;
use super::schema::{Schema, quote};
use super::search::{self, Searched};
use super::watch::{Stage, Watch};

pub(super) use chain::keep_heads;
pub use survey::{Survey, newest_copy, survey};
pub use told::{told, told_pages};

/// Something wrong with a record. Names tables, rows by identity, pages and acts; no other content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A page is not as it was written.
    Page {
        /// Its number, from 1.
        page: Option<u64>,
        /// What the cipher says.
        said: String,
    },
    /// A table or index is damaged.
    Structure {
        /// What the database says.
        said: String,
    },
    /// A row points to one that is not there.
    Reference {
        /// The table of the row.
        table: String,
        /// The row.
        row: String,
        /// The table it points to.
        to: String,
    },
    /// The full-text index is not what the texts say; it can be rebuilt.
    Search {
        /// The text at fault, where one is known.
        field: Option<String>,
        /// Its row.
        row: Option<String>,
    },
    /// A row is not what its newest image in the log says.
    Row {
        /// The table.
        table: String,
        /// The row.
        row: String,
        /// How it differs.
        fault: RowFault,
    },
    /// A change set is not what was sealed.
    ChangeSet {
        /// The machine that wrote it.
        machine: String,
        /// Its how-many-eth.
        number: i64,
        /// Its name.
        name: String,
        /// What is wrong.
        fault: ChainFault,
    },
    /// A change belongs to no change set.
    Orphan {
        /// The table it speaks of.
        table: String,
        /// The row it speaks of.
        row: String,
    },
    /// The end of a log is missing.
    CutOff {
        /// The machine.
        machine: String,
        /// The last change set here.
        has: i64,
        /// The last there was.
        should: i64,
    },
    /// Two logs went different ways.
    Forked {
        /// The machine.
        machine: String,
        /// A change set that is another one here.
        number: i64,
    },
    /// A part could not be read far enough to be proved.
    Unreadable {
        /// What was looked at.
        stage: Stage,
        /// Why it ended.
        said: String,
    },
}

/// How a row differs from the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// The log has it, the table does not.
    Missing,
    /// The table has it, the log does not.
    NotLogged,
    /// These columns differ.
    Columns(Vec<String>),
    /// Its images in the log cannot be read one after the other.
    Unreadable,
}

/// What is wrong with a link of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainFault {
    /// One or more are missing after this number.
    Gap {
        /// The last before the gap.
        after: i64,
    },
    /// It, one of its changes, or the hash before it was altered.
    Altered,
}

impl Finding {
    /// The number of the page at fault, where it is a page.
    pub fn page(&self) -> Option<u64> {
        match self {
            Self::Page { page, .. } => *page,
            _ => None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page { page: Some(page), .. } => write!(f, "page {page} is not as it was written"),
            Self::Page { page: None, said } => write!(f, "the pages cannot be proved: {said}"),
            Self::Structure { said } => write!(f, "structure: {said}"),
            Self::Reference { table, row, to } => write!(f, "{table} {row} points to a {to} that is not there"),
            Self::Search { field: Some(field), row: Some(row) } => {
                write!(f, "the full-text index does not hold what {field} of {row} says")
            }
            Self::Search { .. } => f.write_str("the full-text index is damaged"),
            Self::Row { table, row, fault } => match fault {
                RowFault::Missing => write!(f, "{table} {row} is in the log but not in the table"),
                RowFault::NotLogged => write!(f, "{table} {row} is in the table but not in the log"),
                RowFault::Columns(columns) => {
                    write!(f, "{table} {row} differs from the log in {}", columns.join(", "))
                }
                RowFault::Unreadable => write!(f, "the log of {table} {row} cannot be followed"),
            },
            Self::ChangeSet { machine, number, name, fault } => {
                write!(f, "change set {number} ({name}) of machine {machine} ")?;
                match fault {
                    ChainFault::Gap { after } => write!(f, "stands alone: what follows {after} is missing"),
                    ChainFault::Altered => {
                        f.write_str("was altered after it was sealed, or does not follow from the one before")
                    }
                }
            }
            Self::Orphan { table, row } => write!(f, "a change of {table} {row} belongs to no change set"),
            Self::CutOff { machine, has, should } => {
                write!(f, "the log of machine {machine} ends at {has}, but once reached {should}")
            }
            Self::Forked { machine, number } => {
                write!(f, "change set {number} of machine {machine} is another one here")
            }
            Self::Unreadable { stage, said } => write!(f, "could not be ended, {}: {said}", stage.words()),
        }
    }
}

/// The outcome of a proof.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// What is wrong; nothing if the record is sound.
    pub findings: Vec<Finding>,
    /// How many change sets were proved.
    pub change_sets: u64,
    /// Whether the full-text index could be proved; not where the file cannot be written.
    pub search_proved: bool,
}

impl Proof {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Store {
    /// Proves the record; against a backup also that nothing was cut off since.
    pub fn verify(&mut self, against: Option<&Store>, watch: &mut Watch) -> Result<Proof, StoreError> {
        let heads = against.map(|backup| chain::heads(&backup.conn)).transpose()?.unwrap_or_default();
        let searched = self.plan.searched;
        watch.interrupting(&mut self.conn, |conn, watch| {
            let mut proof = prove(conn, searched, watch)?;
            attempt(&mut proof.findings, Stage::Chain, || chain::reaches(conn, &heads))?;
            Ok(proof)
        })
    }
}

/// Proves all of a file.
pub(super) fn prove(conn: &Connection, searched: &[Searched], watch: &mut Watch) -> Result<Proof, StoreError> {
    let mut proof = Proof::default();
    let found = &mut proof.findings;
    watch.tell(Stage::Pages, 0, 1)?;
    attempt(found, Stage::Pages, || pages(conn))?;
    watch.tell(Stage::Structure, 0, 1)?;
    attempt(found, Stage::Structure, || structure(conn))?;
    watch.tell(Stage::References, 0, 1)?;
    attempt(found, Stage::References, || references(conn))?;
    watch.tell(Stage::Chain, 0, 1)?;
    let sets = &mut proof.change_sets;
    attempt(found, Stage::Chain, || {
        let (found, count) = chain::prove(conn, watch)?;
        *sets = count;
        Ok(found)
    })?;
    attempt(found, Stage::Chain, || chain::reaches(conn, &chain::kept_heads(conn)?))?;
    attempt(found, Stage::Rows, || live_rows(conn, watch))?;
    watch.tell(Stage::Search, 0, 1)?;
    let proved = &mut proof.search_proved;
    attempt(found, Stage::Search, || {
        let (found, done) = index(conn, searched)?;
        *proved = done;
        Ok(found)
    })?;
    Ok(proof)
}

/// Adds what one part of the proof finds. That it could not be read to its end is a finding too; a request to stop
/// is not.
fn attempt(
    found: &mut Vec<Finding>,
    stage: Stage,
    part: impl FnOnce() -> Result<Vec<Finding>, StoreError>,
) -> Result<(), StoreError> {
    match part() {
        Ok(more) => found.extend(more),
        Err(StoreError::Stopped) => return Err(StoreError::Stopped),
        Err(error) => found.push(Finding::Unreadable { stage, said: error.to_string() }),
    }
    Ok(())
}

/// The seal of every page. A record in memory has none.
///
/// The check reads the file past the log that lies beside it. A page of which a newer version waits there may be half
/// written, by a kill or by whoever is writing just now, and is none the worse for it: what waits is folded in first,
/// and what is wrong must be wrong twice. Where it cannot be folded in, the pages are read with the log by what follows.
fn pages(conn: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut said: Vec<String> = Vec::new();
    for round in 0..2 {
        let folded = fold(conn);
        let now = texts(conn, "PRAGMA cipher_integrity_check")?;
        said = if round == 0 { now } else { said.into_iter().filter(|said| now.contains(said)).collect() };
        if said.is_empty() || !folded {
            said.clear();
            break;
        }
    }
    Ok(said.into_iter().map(|said| Finding::Page { page: page_of(&said), said }).collect())
}

/// The page a line of the cipher speaks of: `HMAC verification failed for page 7`.
fn page_of(said: &str) -> Option<u64> {
    said.rsplit("page ").next().and_then(|word| word.split(' ').next()?.parse().ok())
}

/// Folds the log beside the file into it; whether nothing waits there any more.
fn fold(conn: &Connection) -> bool {
    let row = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    match row {
        Ok((busy, waiting, folded)) => {
            let _: (i64, i64, i64) = (busy, waiting, folded);
            busy == 0 && waiting == folded
        }
        Err(_) => !conn.path().is_some_and(|path| super::open::has_waiting(std::path::Path::new(path))),
    }
}

fn structure(conn: &Connection) -> Result<Vec<Finding>, StoreError> {
    let said = texts(conn, "PRAGMA integrity_check(100)")?;
    // One answer may hold many lines, and headings between them.
    let lines = said.iter().flat_map(|said| said.lines()).filter(|line| *line != "ok" && !line.starts_with("***"));
    Ok(lines.map(|line| Finding::Structure { said: line.to_owned() }).collect())
}

fn texts(conn: &Connection, sql: &str) -> Result<Vec<String>, StoreError> {
    const DOING: &str = "proving the file";
    let mut statement = conn.prepare(sql).doing(DOING)?;
    statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).doing(DOING)
}

fn references(conn: &Connection) -> Result<Vec<Finding>, StoreError> {
    const DOING: &str = "proving what points where";
    let mut statement = conn.prepare("PRAGMA foreign_key_check").doing(DOING)?;
    let mut rows = statement.query([]).doing(DOING)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().doing(DOING)? {
        let table: String = row.get(0).doing(DOING)?;
        let id = conn
            .query_row(
                &format!("SELECT id FROM {} WHERE rowid = ?1", quote(&table)),
                [row.get::<_, Option<i64>>(1).doing(DOING)?],
                |row| row.get(0),
            )
            .optional()
            .doing(DOING)?;
        let row_id = id.unwrap_or_else(|| "?".to_owned());
        found.push(Finding::Reference { table, row: row_id, to: row.get(2).doing(DOING)? });
    }
    Ok(found)
}

fn live_rows(conn: &Connection, watch: &mut Watch) -> Result<Vec<Finding>, StoreError> {
    let schema = Schema::load(conn)?;
    let total = chain::count(conn, "SELECT count(*) FROM change")?;
    let names = Names::load(conn)?;
    let seen = rows::compare(conn, &schema, &names, &mut |done| watch.tell(Stage::Rows, done, total))?;
    Ok(seen.into_iter().map(finding).collect())
}

fn finding(seen: Seen) -> Finding {
    match seen {
        Seen::Unreadable { table, row } => Finding::Row { table: table.to_owned(), row, fault: RowFault::Unreadable },
        Seen::Differs(difference) => {
            let fault = match (&difference.logged, &difference.live) {
                (_, None) => RowFault::Missing,
                (None, _) => RowFault::NotLogged,
                (Some(logged), Some(live)) => {
                    let columns: BTreeSet<_> = logged.keys().chain(live.keys()).copied().collect();
                    let differs = columns.into_iter().filter(|column| logged.get(column) != live.get(column));
                    RowFault::Columns(differs.map(str::to_owned).collect())
                }
            };
            Finding::Row { table: difference.table.to_owned(), row: difference.row, fault }
        }
    }
}

/// The full-text index against its texts, and the texts against the facts. The first is a command of the index that
/// writes nothing, yet the database counts it as writing.
fn index(conn: &Connection, searched: &[Searched]) -> Result<(Vec<Finding>, bool), StoreError> {
    const DOING: &str = "proving the full-text index";
    let only_reads: bool = conn.query_row("PRAGMA query_only", [], |row| row.get(0)).doing(DOING)?;
    conn.execute_batch("PRAGMA query_only = OFF").doing(DOING)?;
    let asked = conn.execute_batch("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)").doing(DOING);
    if only_reads {
        conn.execute_batch("PRAGMA query_only = ON").doing(DOING)?;
    }
    let mut found = Vec::new();
    let proved = match asked {
        Ok(()) => true,
        Err(StoreError::ReadOnly) => false,
        Err(StoreError::Damaged { .. }) => {
            found.push(Finding::Search { field: None, row: None });
            true
        }
        Err(error) => return Err(error),
    };
    let difference = search::first_difference(conn, searched)?;
    found.extend(difference.map(|(field, row)| Finding::Search { field: Some(field), row: Some(row) }));
    Ok((found, proved))
}
