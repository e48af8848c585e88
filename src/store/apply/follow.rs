//! Carrying out what is written about the long follow-up of a patient.

use super::Acting;
use crate::action::FollowWrite;
use crate::clinical::board::ItemKey;
use crate::clinical::board::follow::FollowKey;
use crate::clinical::id::VisitId;
use crate::clinical::monitoring::CheckKind;
use crate::store::error::StoreError;
use crate::store::{close, education, monitoring, referral, taper, visit};

impl Acting<'_> {
    pub(super) fn follow(&mut self, write: &FollowWrite) -> Result<(), StoreError> {
        let tx = self.tx;
        self.touch(self.now.today())?;
        match write {
            FollowWrite::Check { check, again: _ } => {
                self.stamp_summary(monitoring::put_check(tx, check)?)?;
                close::undecide(tx, [ItemKey::Follow(FollowKey::Clock(check.patient, check.kind))])
            }
            FollowWrite::Urine { test, change: _ } => {
                self.stamp_summary(monitoring::put_urine(tx, test)?)?;
                let clock = FollowKey::Clock(test.patient, CheckKind::Urine);
                close::undecide(tx, [FollowKey::Urine(test.id), clock].map(ItemKey::Follow))
            }
            FollowWrite::Referral { referral, change: _ } => {
                self.stamp_summary(referral::put(tx, referral)?)?;
                close::undecide(tx, [ItemKey::Follow(FollowKey::Referral(referral.id))])
            }
            FollowWrite::CareTeam { patient, members } => referral::put_team(tx, *patient, members),
            FollowWrite::Handout(given) => self.stamp_summary(education::put(tx, given)?),
            FollowWrite::Taper { taper, change: _ } => {
                self.stamp_summary(taper::put(tx, taper)?)?;
                close::undecide(tx, [ItemKey::Follow(FollowKey::Taper(taper.id))])
            }
        }
    }

    /// The summary of a visit speaks of what was done in it.
    fn stamp_summary(&self, of: Option<VisitId>) -> Result<(), StoreError> {
        of.map_or(Ok(()), |of| visit::stamp_if_recorded(self.tx, of, self.now.instant))
    }
}
