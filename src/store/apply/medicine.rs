//! Carrying out what is written about medicines.

use super::Acting;
use crate::action::MedicineWrite;
use crate::clinical::board::ItemKey;
use crate::store::error::StoreError;
use crate::store::{close, medicine, taper, task};

impl Acting<'_> {
    pub(super) fn medicine(&mut self, write: &MedicineWrite) -> Result<(), StoreError> {
        let tx = self.tx;
        match write {
            MedicineWrite::Put { patient, medicine: one, before: _, class, on } => {
                medicine::put(tx, *patient, one, *on)?;
                if let Some(said) = class {
                    medicine::remember(tx, said.id, &said.name, &said.class)?;
                }
                taper::settle(tx, *patient)
            }
            MedicineWrite::Stop { patient, medicine: id, line: _, on, reason } => {
                medicine::stop(tx, *patient, *id, (*on, reason))?;
                taper::settle(tx, *patient)
            }
            MedicineWrite::Reason { patient, kept, on } => {
                medicine::put_reason(tx, kept.id, *patient, (&kept.caution, &kept.reason), *on)
            }
            MedicineWrite::Review { patient, on } => medicine::review(tx, *patient, *on),
            MedicineWrite::Context { patient, context, risks, on } => {
                if let Some((id, context)) = context {
                    medicine::put_context(tx, *id, *patient, *context, *on)?;
                }
                risks
                    .iter()
                    .try_for_each(|(id, risk, present)| medicine::put_risk(tx, *id, *patient, (*risk, *present), *on))
            }
            MedicineWrite::Refill { task: done, refill, medicine: one } => {
                self.touch(self.now.today())?;
                task::put(tx, done)?;
                medicine::put_refill(tx, refill)?;
                one.as_ref().map_or(Ok(()), |one| medicine::put(tx, refill.patient, one, refill.on))?;
                close::undecide(tx, [ItemKey::Task(done.id)])
            }
        }
    }
}
