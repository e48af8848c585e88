//! The one public way to change a fact, and the way back.

use super::apply::Acting;
use super::error::StoreError;
use super::log::Act;
use super::patient;
use super::seal::Secret;
use super::undo::{Scope, UndoInfo};
use super::{Store, practice};
use crate::action::write::{Kept, Write};
use crate::clinical::id::{ChangeSetId, PatientId};
use crate::clinical::models::UndoStep;
use crate::clinical::time::Instant;

impl Store {
    /// Carries out one change: one transaction, one named change set. What became a fact is let go as a draft.
    ///
    /// # Errors
    /// Whatever fails, nothing of it is left behind.
    pub fn commit(&mut self, write: &Write, now: Instant) -> Result<Kept, StoreError> {
        let act = Act::new(write.act()).on(write.patient());
        let act = if self.is_final(write)? { act.not_undoable() } else { act };
        let fresh = self.fresh_secret()?;
        self.transaction(&act, now, |tx| Acting { tx, at: now, fresh: &fresh }.apply(write))?;
        Ok(Kept { act: write.act(), patient: write.patient(), at: now })
    }

    /// Acts that are never taken back: setting up the practice, on which everything is built; and deleting a reflection,
    /// of which nothing is left to bring back.
    fn is_final(&self, write: &Write) -> Result<bool, StoreError> {
        match write {
            Write::PutPractice(_) => Ok(practice::load(&self.conn)?.is_none()),
            Write::DeleteReflection(_) => Ok(true),
            Write::Many(_, writes) => {
                writes.iter().try_fold(false, |is_final, write| Ok(is_final || self.is_final(write)?))
            }
            Write::PutPatient { .. }
            | Write::BookVisit { .. }
            | Write::ChangeVisit { .. }
            | Write::QuickScore { .. }
            | Write::CompleteAssessment { .. }
            | Write::ActOnRedFlag { .. }
            | Write::SetPlan { .. }
            | Write::CompleteSession { .. }
            | Write::PutCheckIn { .. }
            | Write::PutTask { .. }
            | Write::CloseDay { .. }
            | Write::Decide(_)
            | Write::ReopenDay(_)
            | Write::PutReflection(_)
            | Write::Import(_) => Ok(false),
        }
    }

    fn fresh_secret(&mut self) -> Result<Secret, StoreError> {
        let writing = self.writing.as_mut().ok_or(StoreError::ReadOnly)?;
        let mut bytes = [0; 32];
        writing.ids.fill(&mut bytes);
        Ok(Secret::from_bytes(bytes))
    }

    /// The act that undo would take back now: the newest, or the newest on this patient.
    pub fn undo_step(&self, patient: Option<PatientId>) -> Result<Option<UndoStep>, StoreError> {
        self.next_undo(scope(patient))?.map(|act| self.step(act)).transpose()
    }

    /// The act that redo would do again now: the last one taken back, or the last on this patient.
    pub fn redo_step(&self, patient: Option<PatientId>) -> Result<Option<UndoStep>, StoreError> {
        self.next_redo(scope(patient))?.map(|act| self.step(act)).transpose()
    }

    /// Takes back the act that was shown as the next, and names it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] names what stands in the way; nothing was changed.
    pub fn undo_shown(
        &mut self,
        patient: Option<PatientId>,
        shown: ChangeSetId,
        now: Instant,
    ) -> Result<UndoStep, StoreError> {
        // Named before: the act may be the one that made the patient.
        let step = self.undo_step(patient)?;
        let undone = self.undo(scope(patient), shown, now)?;
        step.map_or_else(|| self.step(undone.act), Ok)
    }

    /// Does again the act that was shown as the next, and names it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] names what stands in the way; nothing was changed.
    pub fn redo_shown(
        &mut self,
        patient: Option<PatientId>,
        shown: ChangeSetId,
        now: Instant,
    ) -> Result<UndoStep, StoreError> {
        let redone = self.redo(scope(patient), shown, now)?;
        self.step(redone.act)
    }

    fn step(&self, act: UndoInfo) -> Result<UndoStep, StoreError> {
        let name = |id| {
            let file = patient::file(&self.conn, id)?;
            Ok::<_, StoreError>((id, file.map(|file| file.patient.list_name()).unwrap_or_default()))
        };
        let patient = act.patient.map(name).transpose()?;
        Ok(UndoStep { change_set: act.change_set, act: act.name, patient, at: act.at })
    }
}

fn scope(patient: Option<PatientId>) -> Scope {
    patient.map_or(Scope::Record, Scope::Patient)
}
