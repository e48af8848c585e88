//! The long follow-up of a day: whose clocks are due, which urine tests are open; and what was decided about them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use super::error::StoreError;
use super::tx::Tx;
use super::{Store, medicine, monitoring, patient, practice};
use crate::clinical::board::FollowKey;
use crate::clinical::board::follow::FollowRecords;
use crate::clinical::id::{CheckId, PatientId, UrineTestId};
use crate::clinical::monitoring::clock::Clock;
use crate::clinical::monitoring::rule::{OwnRule, Rules};
use crate::clinical::monitoring::urine::UrineTest;
use crate::clinical::monitoring::{Check, Monitoring};
use crate::clinical::patient::PatientFile;
use crate::clinical::supply::RunningOut;
use crate::clinical::time::Instant;

/// What a day follows beside its visits.
#[derive(Debug, Clone, Copy)]
pub struct Follow<'a> {
    /// Whether summaries not yet copied out are followed.
    pub copies: bool,
    /// The physician's own clocks beside those of the tables; none: no clock is followed.
    pub clocks: Option<&'a [OwnRule]>,
}

impl From<bool> for Follow<'_> {
    /// Summaries or not, and the clocks of the tables.
    fn from(copies: bool) -> Self {
        Self { copies, clocks: Some(&[]) }
    }
}

/// What is open on a day, before it is known whose it is.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    clocks: Vec<(PatientId, Clock)>,
    checks: Vec<Check>,
    urine: Vec<UrineTest>,
    supplies: Vec<(PatientId, RunningOut)>,
}

/// So many days ahead an ending supply is told.
const SUPPLY_AHEAD: u64 = 7;
/// So long an ended one is told.
const SUPPLY_BACK: u64 = 30;

impl Gathered {
    /// What is open up to a day, and what was done on it.
    pub(super) fn load(
        conn: &Connection,
        day: NaiveDate,
        (from, to): (Instant, Instant),
        follow: Follow<'_>,
    ) -> Result<Self, StoreError> {
        let region = practice::load(conn)?.map(|practice| practice.region);
        let clocks = match (follow.clocks, region) {
            (Some(own), Some(region)) => monitoring::due(conn, day, &Rules { region, own })?,
            _ => Vec::new(),
        };
        let mut urine = monitoring::urine_open(conn, day)?;
        urine.extend(monitoring::urine_settled(conn, from, to)?);
        let first = day.checked_sub_days(Days::new(SUPPLY_BACK)).unwrap_or(day);
        let last = day.checked_add_days(Days::new(SUPPLY_AHEAD)).unwrap_or(day);
        let mut supplies = Vec::new();
        for (of, one) in medicine::running_out(conn, first, last)? {
            let next_visit = patient::next_visit(conn, of, day)?;
            supplies.extend(RunningOut::of(one, next_visit).map(|out| (of, out)));
        }
        Ok(Self { clocks, checks: monitoring::kept(conn, from, to)?, urine, supplies })
    }

    /// What was decided at the close of the day: only to name it.
    pub(super) fn add(&mut self, conn: &Connection, key: FollowKey) -> Result<(), StoreError> {
        match key {
            FollowKey::Urine(id) if !self.urine.iter().any(|test| test.id == id) => {
                self.urine.extend(monitoring::urine(conn, id)?);
            }
            FollowKey::Supply(_, id) if !self.supplies.iter().any(|(_, out)| out.medicine.id == id) => {
                let found = medicine::by_id(conn, id)?;
                self.supplies.extend(found.and_then(|(of, one)| Some((of, RunningOut::of(one, None)?))));
            }
            FollowKey::Urine(_) | FollowKey::Clock(..) | FollowKey::Supply(..) => {}
        }
        Ok(())
    }

    /// Whom it is about.
    pub(super) fn patients(&self) -> impl Iterator<Item = PatientId> {
        let clocks = self.clocks.iter().map(|(patient, _)| *patient);
        let checks = self.checks.iter().map(|check| check.patient);
        let supplies = self.supplies.iter().map(|(patient, _)| *patient);
        clocks.chain(checks).chain(self.urine.iter().map(|test| test.patient)).chain(supplies)
    }

    /// With what is known of each.
    pub(super) fn records(self, files: &BTreeMap<PatientId, PatientFile>) -> FollowRecords {
        let file = |patient: PatientId| files.get(&patient).cloned();
        FollowRecords {
            clocks: self.clocks.into_iter().filter_map(|(of, clock)| Some((clock, file(of)?))).collect(),
            checks: self
                .checks
                .into_iter()
                .filter_map(|check| Some((file(check.patient)?, check)))
                .map(turned)
                .collect(),
            urine: self.urine.into_iter().filter_map(|test| Some((file(test.patient)?, test))).map(turned).collect(),
            supplies: self.supplies.into_iter().filter_map(|(of, out)| Some((out, file(of)?))).collect(),
        }
    }
}

fn turned<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}

/// Moves the day by which something is expected.
pub(super) fn carry(tx: &Tx, key: FollowKey, to: NaiveDate) -> Result<(), StoreError> {
    match key {
        // A clock has no date of its own: the decision alone hides it.
        FollowKey::Clock(..) | FollowKey::Supply(..) => Ok(()),
        FollowKey::Urine(id) => monitoring::carry_urine(tx, id, to),
    }
}

/// Notes why something is followed no longer.
pub(super) fn let_go(tx: &Tx, key: FollowKey, reason: &str) -> Result<(), StoreError> {
    match key {
        FollowKey::Clock(..) | FollowKey::Supply(..) => Ok(()),
        FollowKey::Urine(id) => monitoring::let_urine_go(tx, id, reason),
    }
}

impl Store {
    /// Everything about a patient's monitoring.
    pub fn monitoring(&self, patient: PatientId) -> Result<Monitoring, StoreError> {
        monitoring::of_patient(&self.conn, patient)
    }

    /// A check.
    pub fn check(&self, id: CheckId) -> Result<Option<Check>, StoreError> {
        monitoring::check(&self.conn, id)
    }

    /// A urine test.
    pub fn urine_test(&self, id: UrineTestId) -> Result<Option<UrineTest>, StoreError> {
        monitoring::urine(&self.conn, id)
    }
}
