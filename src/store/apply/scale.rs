//! Carrying out what is written about scales.

use chrono::NaiveDate;

use super::Acting;
use crate::action::ScaleWrite;
use crate::action::scale::Page;
use crate::clinical::board::ItemKey;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::instrument::{InstrumentResult, Raises};
use crate::clinical::score::Score;
use crate::store::error::StoreError;
use crate::store::{close, instrument, page, score, visit, vital};

impl Acting<'_> {
    pub(super) fn scale(&mut self, write: &ScaleWrite) -> Result<(), StoreError> {
        let tx = self.tx;
        match write {
            ScaleWrite::Result { result, again: _ } => {
                self.put_result(result)?;
                self.stamp(result.visit)
            }
            ScaleWrite::Action { result, patient: _, action } => {
                let visit = instrument::act(tx, *result, action)?;
                self.stamp(visit)?;
                close::undecide(tx, [ItemKey::Screen(*result)])
            }
            ScaleWrite::Page(page) => self.page(page),
            ScaleWrite::Confirm { patient: _, scores, results, visits } => {
                scores.iter().try_for_each(|&id| score::confirm(tx, id))?;
                results.iter().try_for_each(|&id| instrument::confirm(tx, id))?;
                visits.iter().try_for_each(|&visit| self.stamp(Some(visit)))
            }
            ScaleWrite::Vitals { patient: _, vitals } => vitals.iter().try_for_each(|one| vital::put(tx, one)),
            ScaleWrite::Import { from: _, scores, results } => {
                scores.iter().try_for_each(|one| self.imported(one))?;
                results.iter().try_for_each(|result| self.put_result(result))
            }
        }
    }

    /// What an imported score says only where nobody in the room said it before.
    fn imported(
        &self,
        (visit, patient, date, score): &(VisitId, PatientId, NaiveDate, Score),
    ) -> Result<(), StoreError> {
        let stored = score::whole_of_visit(self.tx.conn(), *visit)?;
        if stored.iter().any(|old| old.item == score.item) {
            return Ok(());
        }
        score::put(self.tx, *visit, *patient, *date, score).map(|_| ())
    }

    fn put_result(&mut self, result: &InstrumentResult) -> Result<(), StoreError> {
        if result.raises == Raises::Alarm && result.action.is_empty() {
            self.touch(self.now.today())?;
        }
        instrument::put(self.tx, result)
    }

    /// A page is never put over what was already said: only what is missing, or waits itself, is filled in.
    fn page(&mut self, page: &Page) -> Result<(), StoreError> {
        let tx = self.tx;
        let stored = score::whole_of_visit(tx.conn(), page.visit)?;
        for score in &page.scores {
            if stored.iter().any(|old| old.item == score.item && !old.waiting) {
                continue;
            }
            score::put(tx, page.visit, page.patient, page.date, score)?;
        }
        page.results.iter().try_for_each(|result| self.put_result(result))?;
        page::put(tx, page)
    }

    /// A summary that was carried over is carried over again.
    fn stamp(&self, visit: Option<VisitId>) -> Result<(), StoreError> {
        visit.map_or(Ok(()), |visit| visit::stamp_if_recorded(self.tx, visit, self.now.instant))
    }
}
