//! The long follow-up of a day: whose clocks are due, which urine tests are open; and what was decided about them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use rusqlite::Connection;

use super::error::StoreError;
use super::tx::Tx;
use super::{Store, education, medicine, monitoring, patient, plan, practice, referral, step, taper};
use crate::clinical::board::FollowKey;
use crate::clinical::board::follow::{FollowRecords, Waits};
use crate::clinical::education::HandoutGiven;
use crate::clinical::id::{CheckId, PatientId, PlanItemId, ReferralId, TaperId, UrineTestId};
use crate::clinical::monitoring::clock::Clock;
use crate::clinical::monitoring::rule::{OwnRule, Rules};
use crate::clinical::monitoring::urine::UrineTest;
use crate::clinical::monitoring::{Check, Monitoring};
use crate::clinical::patient::PatientFile;
use crate::clinical::referral::{PlannedReferral, Referral, Referrals};
use crate::clinical::supply::RunningOut;
use crate::clinical::taper_plan::TaperPlan;
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
    referrals: Vec<Referral>,
    to_refer: Vec<(PlannedReferral, Waits)>,
    tapers: Vec<TaperPlan>,
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
        zone: Tz,
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
        let mut referrals = referral::open(conn, day)?;
        referrals.extend(referral::acted(conn, from, to)?);
        let mut to_refer = step::to_refer(conn, zone)?;
        // Looking back at a day, nothing stands there that was planned after it.
        to_refer.retain(|planned| planned.on <= day);
        let to_refer = to_refer.into_iter().map(|planned| (planned, Waits::Still)).collect();
        let mut tapers = taper::open(conn, day)?;
        for called in taper::called(conn, from, to)? {
            if !tapers.iter().any(|taper| taper.id == called.id) {
                tapers.push(called);
            }
        }
        Ok(Self { clocks, checks: monitoring::kept(conn, from, to)?, urine, referrals, to_refer, supplies, tapers })
    }

    /// What was decided at the close of the day: only to name it.
    pub(super) fn add(&mut self, conn: &Connection, key: FollowKey, zone: Tz) -> Result<(), StoreError> {
        match key {
            FollowKey::Urine(id) if !self.urine.iter().any(|test| test.id == id) => {
                self.urine.extend(monitoring::urine(conn, id)?);
            }
            FollowKey::Supply(_, id) if !self.supplies.iter().any(|(_, out)| out.medicine.id == id) => {
                let found = medicine::by_id(conn, id)?;
                self.supplies.extend(found.and_then(|(of, one)| Some((of, RunningOut::of(one, None)?))));
            }
            FollowKey::Referral(id) if !self.referrals.iter().any(|referral| referral.id == id) => {
                self.referrals.extend(referral::by_id(conn, id)?);
            }
            FollowKey::ToRefer(_, id) if !self.to_refer.iter().any(|(planned, _)| planned.item == id) => {
                self.to_refer.extend(step::planned(conn, id, zone)?.map(|planned| (planned, Waits::NoMore)));
            }
            FollowKey::Taper(id) if !self.tapers.iter().any(|taper| taper.id == id) => {
                self.tapers.extend(taper::by_id(conn, id)?);
            }
            FollowKey::Urine(_)
            | FollowKey::Clock(..)
            | FollowKey::Supply(..)
            | FollowKey::Referral(_)
            | FollowKey::ToRefer(..)
            | FollowKey::Taper(_) => {}
        }
        Ok(())
    }

    /// Whom it is about.
    pub(super) fn patients(&self) -> impl Iterator<Item = PatientId> {
        let clocks = self.clocks.iter().map(|(patient, _)| *patient);
        let checks = self.checks.iter().map(|check| check.patient);
        let supplies = self.supplies.iter().map(|(patient, _)| *patient);
        let referrals = self.referrals.iter().map(|referral| referral.patient);
        let to_refer = self.to_refer.iter().map(|(planned, _)| planned.patient);
        let tapers = self.tapers.iter().map(|taper| taper.patient);
        clocks
            .chain(to_refer)
            .chain(checks)
            .chain(self.urine.iter().map(|test| test.patient))
            .chain(referrals)
            .chain(tapers)
            .chain(supplies)
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
            referrals: self
                .referrals
                .into_iter()
                .filter_map(|one| Some((file(one.patient)?, one)))
                .map(turned)
                .collect(),
            to_refer: self
                .to_refer
                .into_iter()
                .filter_map(|(one, waits)| file(one.patient).map(|file| (one, waits, file)))
                .collect(),
            tapers: self.tapers.into_iter().filter_map(|one| Some((file(one.patient)?, one))).map(turned).collect(),
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
        // A clock has no date of its own, and the steps of a taper keep theirs: the decision alone hides the call.
        FollowKey::Clock(..) | FollowKey::Taper(_) | FollowKey::Supply(..) | FollowKey::ToRefer(..) => Ok(()),
        FollowKey::Urine(id) => monitoring::carry_urine(tx, id, to),
        FollowKey::Referral(id) => referral::carry(tx, id, to),
    }
}

/// Notes why something is followed no longer.
pub(super) fn let_go(tx: &Tx, key: FollowKey, reason: &str) -> Result<(), StoreError> {
    match key {
        FollowKey::Clock(..) | FollowKey::Supply(..) => Ok(()),
        FollowKey::Urine(id) => monitoring::let_urine_go(tx, id, reason),
        FollowKey::Referral(id) => referral::let_go(tx, id, reason),
        FollowKey::ToRefer(_, id) => step::let_go(tx, id, reason),
        FollowKey::Taper(id) => taper::end(tx, id, reason),
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

    /// A patient's referrals, newest first; who else takes part in the care; what the plan still means to refer.
    pub fn referrals(&self, patient: PatientId) -> Result<Referrals, StoreError> {
        let referrals = referral::of_patient(&self.conn, patient)?;
        let planned = match plan::holding(&self.conn, patient)? {
            Some(plan) => step::planned_of(&self.conn, plan, self.zone()?)?,
            None => Vec::new(),
        };
        Ok(Referrals { team: referral::team(&self.conn, patient)?, planned, referrals })
    }

    /// A referral that a piece of a plan means.
    pub fn planned_referral(&self, id: PlanItemId) -> Result<Option<PlannedReferral>, StoreError> {
        step::planned(&self.conn, id, self.zone()?)
    }

    fn zone(&self) -> Result<Tz, StoreError> {
        Ok(practice::load(&self.conn)?.map_or(Tz::UTC, |practice| practice.zone))
    }

    /// A referral.
    pub fn referral(&self, id: ReferralId) -> Result<Option<Referral>, StoreError> {
        referral::by_id(&self.conn, id)
    }

    /// The handouts a patient was given, newest first.
    pub fn handouts(&self, patient: PatientId) -> Result<Vec<HandoutGiven>, StoreError> {
        education::of_patient(&self.conn, patient)
    }

    /// A patient's tapers, newest first.
    pub fn tapers(&self, patient: PatientId) -> Result<Vec<TaperPlan>, StoreError> {
        taper::of_patient(&self.conn, patient)
    }

    /// A taper.
    pub fn taper(&self, id: TaperId) -> Result<Option<TaperPlan>, StoreError> {
        taper::by_id(&self.conn, id)
    }
}
