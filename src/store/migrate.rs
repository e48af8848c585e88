//! Bringing the schema forward: numbered steps of embedded SQL, each one transaction and one change set.
//!
//! The generated triggers are dropped before a step and made anew after it. What the step did to the rows is logged by
//! comparing each with its newest image ([`super::verify::rows`]), so that a step may be any SQL and the log still
//! tells every row exactly.

#[cfg(test)]
mod tests;
mod words;

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::backup;
use super::error::{Doing, StoreError};
use super::files;
use super::key::RawKey;
use super::log::{self, Act, Kind, Place};
use super::machine;
use super::names::Names;
use super::open::APPLICATION;
use super::schema::Schema;
use super::search::{self, Searched};
use super::triggers;
use super::tx::OpenSet;
use super::verify::rows;
use super::watch::Watch;
use crate::clinical::id::Ids;
use crate::clinical::time::Instant;

/// The kernel's own tables: part of the first step of every plan.
pub(super) const KERNEL: &str = include_str!("migrations/0001_kernel.sql");

/// The schema of the record, step by step. A released step is never edited; a new one is added at the end.
pub(super) static PLAN: Plan = Plan {
    steps: &[Step {
        version: 1,
        sql: &[
            KERNEL,
            include_str!("migrations/0001_record.sql"),
            include_str!("migrations/0001_body_map.sql"),
            include_str!("migrations/0001_scales.sql"),
            include_str!("migrations/0001_diagnostic.sql"),
            include_str!("migrations/0001_monitoring.sql"),
            include_str!("migrations/0001_referral.sql"),
            include_str!("migrations/0001_problem.sql"),
            include_str!("migrations/0001_asked.sql"),
            include_str!("migrations/0001_elsewhere.sql"),
            include_str!("migrations/0001_medicine.sql"),
            include_str!("migrations/0001_plan.sql"),
        ],
    }],
    searched: super::find::SEARCHED,
};

/// All steps of a schema, and what of it is in the full-text index.
#[derive(Debug)]
pub(super) struct Plan {
    pub steps: &'static [Step],
    pub searched: &'static [Searched],
}

/// One step of the schema.
#[derive(Debug)]
pub(super) struct Step {
    /// The schema after it.
    pub version: u32,
    /// What it does, in order.
    pub sql: &'static [&'static str],
}

impl Plan {
    /// The schema this program writes.
    pub(super) fn newest(&self) -> u32 {
        self.steps.last().map_or(0, |step| step.version)
    }
}

/// Makes the schema in an empty file.
pub(super) fn begin(conn: &mut Connection, plan: &Plan, ids: &mut Ids, now: Instant) -> Result<(), StoreError> {
    conn.execute_batch(&format!("PRAGMA application_id = {APPLICATION}")).doing("making the record")?;
    migrate(conn, plan, ids, now)
}

/// Takes all steps that a file still misses.
pub(super) fn migrate(conn: &mut Connection, plan: &Plan, ids: &mut Ids, now: Instant) -> Result<(), StoreError> {
    const DOING: &str = "changing the schema";
    let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0)).doing(DOING)?;
    // A step may rebuild a table others point to; whether all still points somewhere is checked before its commit.
    conn.execute_batch("PRAGMA foreign_keys = OFF").doing(DOING)?;
    let mut steps = plan.steps.iter().filter(|step| step.version > version);
    let taken = steps.try_for_each(|step| take(conn, plan, step, ids, now));
    conn.execute_batch("PRAGMA foreign_keys = ON").doing(DOING)?;
    taken
}

fn take(conn: &mut Connection, plan: &Plan, step: &Step, ids: &mut Ids, now: Instant) -> Result<(), StoreError> {
    let failed = |source| StoreError::Migration { version: step.version, source: Box::new(source) };
    take_in_transaction(conn, plan, step, ids, now).map_err(failed)
}

fn take_in_transaction(
    conn: &mut Connection,
    plan: &Plan,
    step: &Step,
    ids: &mut Ids,
    now: Instant,
) -> Result<(), StoreError> {
    const DOING: &str = "changing the schema";
    let open_set = OpenSet::default();
    open_set.register(conn)?;
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate).doing(DOING)?;
    triggers::drop_all(&transaction)?;
    for sql in step.sql {
        transaction.execute_batch(&words::one_by_one(sql)).doing(DOING)?;
    }
    let schema = Schema::load(&transaction)?;
    refuse_loose_ends(&transaction)?;
    let seq = log::next_seq(&transaction)?;
    rows::log_differences(&transaction, &schema, seq)?;
    // Only the last step's tables are those that `searched` speaks of.
    let searched = if step.version == plan.newest() { plan.searched } else { &[] };
    triggers::make_all(&transaction, &schema)?;
    search::rebuild(&transaction, searched)?;
    if machine::get(&transaction, machine::MACHINE)?.is_none() {
        let machine: uuid::Uuid = ids.next(now);
        machine::put(&transaction, machine::MACHINE, &machine.to_string())?;
    }
    let machine = machine::get(&transaction, machine::MACHINE)?.unwrap_or_default();
    let act = Act { kind: Kind::Migration, ..Act::new(format!("brought the record to schema {}", step.version)) };
    let names = Names::load(&transaction)?;
    log::seal(&transaction, &act, &Place { seq, machine: &machine, at: now, names: &names }, ids, &mut |_| ())?;
    transaction.execute_batch(&format!("PRAGMA user_version = {}", step.version)).doing(DOING)?;
    transaction.commit().doing(DOING)
}

/// Every row pointed to must be there.
fn refuse_loose_ends(conn: &Connection) -> Result<(), StoreError> {
    const DOING: &str = "changing the schema";
    let loose = conn.prepare("PRAGMA foreign_key_check").doing(DOING)?.exists([]).doing(DOING)?;
    if loose {
        return Err(StoreError::Constraint { doing: DOING, rule: "a row points to one that is not there".to_owned() });
    }
    Ok(())
}

/// Backs a file up beside itself before its schema changes: `record.before-schema-3`.
pub(super) fn back_up_first(
    conn: &Connection,
    plan: &Plan,
    path: &Path,
    key: &RawKey,
    from: u32,
    watch: &mut Watch,
) -> Result<(), StoreError> {
    let to = files::beside(path, &format!(".before-schema-{}", from + 1));
    backup::copy(conn, plan, key, &to, watch)
}
