//! The forms about medicines: how each is loaded.

use super::open::Closed;
use super::{Session, Setting};
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::form::medicine::MedicineSubject;
use crate::ui::screen::form::opioid_context::OpioidContextSubject;

impl Session {
    pub(super) fn medicine_screen(&mut self, place: &Place, setting: &Setting) -> Result<Screen, Closed> {
        let today = self.now().today();
        match place {
            Place::Medicine { patient, medicine } => {
                let model = self.store.medicines_model(*patient, today)?;
                let subject = MedicineSubject::new(model, *medicine, today).ok_or(Closed::Gone)?;
                Ok(Screen::Medicine(Box::new(self.form(subject, setting)?)))
            }
            Place::OpioidContext(patient) => {
                let file = self.store.patient_file(*patient)?.ok_or(Closed::Gone)?;
                Ok(Screen::OpioidContext(Box::new(self.form(OpioidContextSubject { file }, setting)?)))
            }
            _ => Err(Closed::Gone),
        }
    }
}
