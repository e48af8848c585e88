//! One act, one transaction, one change set. A function that writes facts takes a [`Tx`], and only
//! [`Store::transaction`] makes one.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Params, TransactionBehavior};

use super::Store;
use super::error::{Doing, StoreError};
use super::log::{self, Act, Committed, Place};
use super::names::Names;
use super::open::Writing;
use super::search::Touched;
use crate::clinical::time::Instant;

/// The place of the next change in the change set that is open on one connection: 0 for none.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenSet(Arc<AtomicI64>);

/// Closes the change set when it goes, however the transaction ends.
pub(super) struct Opened<'a>(&'a OpenSet);

impl Drop for Opened<'_> {
    fn drop(&mut self) {
        self.0.0.store(0, Ordering::Relaxed);
    }
}

impl OpenSet {
    /// Teaches a connection what the triggers of the log ask: the place of the next change.
    pub(super) fn register(&self, conn: &Connection) -> Result<(), StoreError> {
        let next = Arc::clone(&self.0);
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
        let refuse = |why: &'static str| Err(rusqlite::Error::UserFunctionError(why.into()));
        conn.create_scalar_function("next_change", 0, flags, move |_| match next.load(Ordering::Relaxed) {
            0 => refuse("a fact was written outside a change set"),
            last if log::is_last_place(last) => refuse("one act writes more rows than the log can number"),
            seq => {
                next.store(seq + 1, Ordering::Relaxed);
                Ok(seq)
            }
        })
        .doing("preparing the log")
    }

    /// Opens a change set until the value given back is dropped.
    pub(super) fn open(&self, set: i64) -> Opened<'_> {
        self.0.store(log::place(set, 0), Ordering::Relaxed);
        Opened(self)
    }

    #[cfg(test)]
    fn set_next_for_test(&self, place: i64) {
        self.0.store(place, Ordering::Relaxed);
    }
}

/// A transaction in which facts may be written.
pub struct Tx<'a> {
    conn: &'a Connection,
}

impl<'a> Tx<'a> {
    pub(super) fn new(conn: &'a Connection) -> Self {
        Self { conn }
    }

    /// For reading within the transaction.
    pub(in crate::store) fn conn(&self) -> &Connection {
        self.conn
    }

    /// Runs one statement; gives the number of rows it wrote.
    pub(in crate::store) fn execute(
        &self,
        doing: &'static str,
        sql: &str,
        params: impl Params,
    ) -> Result<usize, StoreError> {
        self.conn.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).doing(doing)
    }
}

impl Store {
    /// Does the work of one act in one transaction, and seals what it changed as one named change set.
    ///
    /// Whatever fails, nothing of it is left behind.
    pub(in crate::store) fn transaction<T>(
        &mut self,
        act: &Act,
        at: Instant,
        work: impl FnOnce(&Tx) -> Result<T, StoreError>,
    ) -> Result<(T, Committed), StoreError> {
        let Writing { machine, ids, names, .. } = self.writing.as_mut().ok_or(StoreError::ReadOnly)?;
        let transaction =
            self.conn.transaction_with_behavior(TransactionBehavior::Immediate).doing("beginning to write")?;
        let seq = log::next_seq(&transaction)?;
        let open = self.open_set.open(seq);
        let value = work(&Tx::new(&transaction))?;
        // Names come only with a new schema, and with that a new connection.
        let names = match names {
            Some(names) => names,
            None => names.insert(Names::load(&transaction)?),
        };
        let mut touched = Touched::new(self.plan.searched);
        let place = Place { seq, machine, at, names };
        let committed = log::seal(&transaction, act, &place, ids, &mut |change| touched.add(change))?;
        drop(open);
        touched.follow(&transaction)?;
        transaction.commit().doing("writing")?;
        Ok((value, committed))
    }
}

#[cfg(test)]
mod tests;
