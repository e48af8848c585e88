//! The work of the database, counted: tests compare it, because unlike time it is the same in every run.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, StatementStatus};

use super::Store;

/// What a connection did since it is counted: each statement that ran, with the steps of the database's own machine that it
/// took, and its own counter when last seen, which goes on while the statement is kept.
#[derive(Debug, Clone, Default)]
pub struct Work(Arc<Mutex<BTreeMap<String, (u64, u64)>>>);

impl Work {
    /// Every statement that ran, those inside the full-text index too, and how many steps it took.
    pub fn statements(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap().iter().map(|(sql, (steps, _))| (sql.clone(), *steps)).collect()
    }

    fn ran(&self, event: &TraceEvent) {
        let TraceEvent::Profile(statement, _) = event else { return };
        let counter = u64::try_from(statement.get_status(StatementStatus::VmStep)).unwrap();
        let mut statements = self.0.lock().unwrap();
        let (steps, last) = statements.entry(statement.sql().into_owned()).or_default();
        *steps += if counter > *last { counter - *last } else { counter };
        *last = counter;
    }
}

impl Store {
    /// Counts the work from now on, for as long as the store is open.
    pub fn count_work(&mut self) -> Work {
        let work = Work::default();
        let counted = work.clone();
        // A statement kept from before brings its count along.
        self.conn.flush_prepared_statement_cache();
        let ran = move |event: TraceEvent| counted.ran(&event);
        self.conn.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(ran)).unwrap();
        work
    }

    /// The tables and indexes that a statement walks from one end to the other, as the database says; the full-text index
    /// is always walked in its own way.
    pub fn walks(&self, sql: &str) -> Vec<String> {
        walks(&self.conn, sql)
    }
}

/// See [`Store::walks`].
pub(super) fn walks(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nothing = vec![rusqlite::types::Value::Null; statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get(3)).unwrap();
    let plan: Vec<String> = rows.collect::<Result<_, _>>().unwrap();
    // What a statement inside has found is no table; one that bounds what it finds calls it `newest`. Nor is what it was
    // given to write.
    let is_found =
        |step: &str| step.contains("(subquery") || step == "SCAN newest" || step.ends_with("-ROW VALUES CLAUSE");
    plan.into_iter()
        .filter(|step| step.starts_with("SCAN") && !step.contains("VIRTUAL TABLE") && !is_found(step))
        .collect()
}
