//! One act, one transaction, one change set. A function that writes facts takes a [`Tx`], and only
//! [`Store::transaction`] makes one.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Params, TransactionBehavior};

use super::Store;
use super::error::{Doing, StoreError};
use super::image;
use super::log::{self, Act, Committed, Place};
use crate::clinical::time::Instant;

/// The change set that is open on one connection: 0 for none.
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
    /// Teaches a connection what the triggers of the log ask: which change set is open, and a row as JSON.
    pub(super) fn register(&self, conn: &Connection) -> Result<(), StoreError> {
        let open = Arc::clone(&self.0);
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
        conn.create_scalar_function("open_change_set", 0, flags, move |_| match open.load(Ordering::Relaxed) {
            0 => Err(rusqlite::Error::UserFunctionError("a fact was written outside a change set".into())),
            seq => Ok(seq),
        })
        .doing("preparing the log")?;
        image::register(conn)
    }

    /// Opens a change set until the value given back is dropped.
    pub(super) fn open(&self, seq: i64) -> Opened<'_> {
        self.0.store(seq, Ordering::Relaxed);
        Opened(self)
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
        let (machine, ids) = self.writing.as_mut().map(|w| (&w.machine, &mut w.ids)).ok_or(StoreError::ReadOnly)?;
        let transaction =
            self.conn.transaction_with_behavior(TransactionBehavior::Immediate).doing("beginning to write")?;
        let seq = log::next_seq(&transaction)?;
        let open = self.open_set.open(seq);
        let value = work(&Tx::new(&transaction))?;
        let committed = log::seal(&transaction, act, &Place { seq, machine, at }, ids)?;
        drop(open);
        transaction.commit().doing("writing")?;
        Ok((value, committed))
    }
}

#[cfg(test)]
mod tests;
