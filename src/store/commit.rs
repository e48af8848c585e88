//! The one public way to change a fact, and the way back.

use std::borrow::Borrow;

use super::apply::apply;
use super::error::StoreError;
use super::log::{Act, short};
use super::row::{Reading, statements};
use super::seal::Secret;
use super::undo::{Because, Refusal, Scope, UndoInfo};
use super::{Store, close, drafts, open, patient, practice};
use crate::action::write::{Kept, Write};
use crate::clinical::close::DayRecord;
use crate::clinical::draft::DraftKey;
use crate::clinical::id::{ChangeSetId, PatientId};
use crate::clinical::models::UndoStep;
use crate::clinical::time::{Now, show_date, wall};

statements! {
    OF_THE_DAY = "SELECT change.seq FROM change_set
        CROSS JOIN change ON change.seq >= change_set.seq << 24 AND change.seq < (change_set.seq + 1) << 24
        CROSS JOIN log_name ON log_name.n = change.in_table
        WHERE change_set.id = ?1
        AND log_name.name IN ('visit','assessment','plan','session','check_in','task','instrument_result','diagnostic',
        'monitoring_check','urine_test',
        'referral','taper') LIMIT 1";
}

impl Store {
    /// Carries out one change that was typed nowhere: one transaction, one named change set.
    ///
    /// # Errors
    /// Whatever fails, nothing of it is left behind.
    pub fn commit(&mut self, write: impl Borrow<Write>, now: Now) -> Result<Kept, StoreError> {
        self.commit_typed(write, now, &[])
    }

    /// Carries out one change: one transaction, one named change set. With it end the drafts in which it was typed, and no
    /// other: the same fact is also written from elsewhere, and what is half-typed about it stays.
    ///
    /// # Errors
    /// Whatever fails, nothing of it is left behind, and the drafts stand.
    pub fn commit_typed(&mut self, write: impl Borrow<Write>, now: Now, ends: &[DraftKey]) -> Result<Kept, StoreError> {
        let (write, at) = (write.borrow(), now.instant);
        let patient = self.concerned(write)?;
        let act = Act::new(write.act()).on(patient);
        let act = if self.is_final(write)? { act.not_undoable() } else { act };
        let fresh = self.fresh_secret()?;
        let many = matches!(write, Write::Many(..));
        if many {
            open::set_cache(&self.conn, open::CACHE_FOR_MANY)?;
        }
        let done = self.transaction(&act, at, |tx| {
            apply(tx, write, now, &fresh)?;
            ends.iter().try_for_each(|key| drafts::end(tx.conn(), key))
        });
        let cache = if many { open::set_cache(&self.conn, open::CACHE) } else { Ok(()) };
        // That the write failed is said before anything else; one that stands is not called failed for its cache.
        let ((), committed) = done?;
        drop(cache);
        Ok(Kept { act: write.act(), patient, changed: committed.change_set.is_some(), at })
    }

    /// The patient an act concerns; a decision concerns the one whose item it is about.
    fn concerned(&self, write: &Write) -> Result<Option<PatientId>, StoreError> {
        match write {
            Write::Decide(decision) => close::whose(&self.conn, decision),
            other => Ok(other.patient()),
        }
    }

    /// Acts that are never taken back: setting up the practice, on which everything is built; deleting a reflection, of
    /// which nothing is left to bring back; and what was made up by the thousand.
    fn is_final(&self, write: &Write) -> Result<bool, StoreError> {
        match write {
            Write::PutPractice(_) => Ok(practice::load(&self.conn)?.is_none()),
            Write::DeleteReflection(_) | Write::Many(..) => Ok(true),
            Write::PutPatient { .. }
            | Write::BringIn { .. }
            | Write::BookVisit { .. }
            | Write::ChangeVisit { .. }
            | Write::QuickScore { .. }
            | Write::CompleteAssessment { .. }
            | Write::PutLists { .. }
            | Write::ActOnRedFlag { .. }
            | Write::SetPlan { .. }
            | Write::CompleteSession { .. }
            | Write::PutCheckIn { .. }
            | Write::PutTask { .. }
            | Write::PutDiagnostic { .. }
            | Write::CloseDay { .. }
            | Write::Decide(_)
            | Write::ReopenDay(_)
            | Write::PutReflection(_)
            | Write::Scale(_)
            | Write::Follow(_)
            | Write::Medicine(_)
            | Write::Together(..)
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

    /// Takes back the act that was shown as the next, in the record or on its patient.
    ///
    /// # Errors
    /// [`StoreError::Refused`] names what stands in the way; nothing was changed.
    pub fn take_back(&mut self, shown: &UndoStep, now: Now) -> Result<(), StoreError> {
        let newest = self.next_undo(Scope::Record)?.map(|act| act.change_set);
        let scope = scope_of(shown, newest);
        self.refuse_closed(scope, shown, now)?;
        self.undo(scope, shown.change_set, now.instant).map(|_| ())
    }

    /// Does again the act that was shown as the next, in the record or on its patient.
    ///
    /// # Errors
    /// [`StoreError::Refused`] names what stands in the way; nothing was changed.
    pub fn do_again(&mut self, shown: &UndoStep, now: Now) -> Result<(), StoreError> {
        let newest = self.next_redo(Scope::Record)?.map(|act| act.change_set);
        let scope = scope_of(shown, newest);
        self.refuse_closed(scope, shown, now)?;
        self.redo(scope, shown.change_set, now.instant).map(|_| ())
    }

    /// The close of a day is built on what was done in it. On the board the close is undone first; in a chart an act
    /// under a closed day stays, or its item would be open again on a day that nobody looks at any more.
    fn refuse_closed(&self, scope: Scope, shown: &UndoStep, now: Now) -> Result<(), StoreError> {
        if scope == Scope::Record {
            return Ok(());
        }
        let date = wall(shown.at, now.zone).date();
        let is_closed = |day: DayRecord| day.closed_at.is_some_and(|closed_at| closed_at > shown.at);
        if !close::day(&self.conn, date)?.is_some_and(is_closed) || !self.is_of_the_day(shown.change_set)? {
            return Ok(());
        }
        let because = Because::Referred { by: format!("closed {}", show_date(date)) };
        Err(StoreError::Refused(Refusal { act: shown.act.clone(), because }))
    }

    /// Whether an act made, changed or finished an item of a day.
    fn is_of_the_day(&self, act: ChangeSetId) -> Result<bool, StoreError> {
        let reading = Reading { table: "change", doing: "looking at what an act wrote" };
        Ok(reading.one(&self.conn, OF_THE_DAY, [short(act)], |_| Ok(()))?.is_some())
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

/// In which scope an act is the next: in the whole record, else on its patient.
fn scope_of(shown: &UndoStep, newest: Option<ChangeSetId>) -> Scope {
    match shown.patient {
        Some((patient, _)) if newest != Some(shown.change_set) => Scope::Patient(patient),
        _ => Scope::Record,
    }
}
