//! The forms about medicines: how each is loaded.

use super::open::Closed;
use super::{Session, Setting};
use crate::clinical::id::TaskId;
use crate::clinical::task::TaskKind;
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::form::medicine::MedicineSubject;
use crate::ui::screen::form::opioid_context::OpioidContextSubject;
use crate::ui::screen::form::refill::RefillSubject;
use crate::ui::screen::form::task::TaskSubject;

impl Session {
    /// A task or call; a refill request that is open, with all that is known.
    pub(super) fn task_screen(&mut self, id: TaskId, setting: &Setting) -> Result<Screen, Closed> {
        let task = self.store.task(id)?.ok_or(Closed::Gone)?;
        let refill = task.kind == TaskKind::Refill && task.done_at.is_none();
        if let Some(patient) = task.patient.filter(|_| refill) {
            let today = self.now().today();
            let model = self.store.medicines_model(patient, today)?;
            return Ok(self.form(RefillSubject { task, model, today }, setting)?.into());
        }
        let file = self.file_if(task.patient)?;
        Ok(self.form(TaskSubject { task: Some(task), file }, setting)?.into())
    }

    pub(super) fn medicine_screen(&mut self, place: &Place, setting: &Setting) -> Result<Screen, Closed> {
        let today = self.now().today();
        match place {
            Place::Medicine { patient, medicine } => {
                let model = self.store.medicines_model(*patient, today)?;
                let subject = MedicineSubject::new(model, *medicine, (today, setting.preferences.clocks.clone()))
                    .ok_or(Closed::Gone)?;
                Ok(self.form(subject, setting)?.into())
            }
            Place::OpioidContext(patient) => {
                let file = self.file_of(*patient)?;
                Ok(self.form(OpioidContextSubject { file }, setting)?.into())
            }
            _ => Err(Closed::Gone),
        }
    }
}
