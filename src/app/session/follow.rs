//! Places of the long follow-up to their screens.

use super::open::Closed;
use super::{Session, Setting};
use crate::clinical::id::PatientId;
use crate::clinical::patient::PatientFile;
use crate::ui::place::FollowPlace;
use crate::ui::screen::Screen;
use crate::ui::screen::form::check::CheckSubject;
use crate::ui::screen::form::urine::UrineSubject;
use crate::ui::screen::monitoring::MonitoringScreen;

impl Session {
    fn file_of(&self, patient: PatientId) -> Result<PatientFile, Closed> {
        self.store.patient_file(patient)?.ok_or(Closed::Gone)
    }

    pub(super) fn follow_screen(&mut self, place: &FollowPlace, setting: &Setting) -> Result<Screen, Closed> {
        let today = self.clock.now().today();
        Ok(match *place {
            FollowPlace::Monitoring { patient, visit } => {
                let model = self.store.monitoring(patient)?;
                Screen::Monitoring(Box::new(MonitoringScreen::new(self.file_of(patient)?, model, visit)))
            }
            FollowPlace::Check(id) => {
                let check = self.store.check(id)?.ok_or(Closed::Gone)?;
                let (file, kind, visit) = (self.file_of(check.patient)?, check.kind, check.visit);
                Screen::Check(Box::new(self.form(CheckSubject { check: Some(check), kind, file, visit }, setting)?))
            }
            FollowPlace::NewCheck { patient, visit, kind } => {
                let file = self.file_of(patient)?;
                Screen::Check(Box::new(self.form(CheckSubject { check: None, kind, file, visit }, setting)?))
            }
            FollowPlace::Urine(id) => {
                let test = self.store.urine_test(id)?.ok_or(Closed::Gone)?;
                let (file, visit) = (self.file_of(test.patient)?, test.visit);
                Screen::Urine(Box::new(self.form(UrineSubject { test: Some(test), file, visit, today }, setting)?))
            }
            FollowPlace::NewUrine { patient, visit } => {
                let file = self.file_of(patient)?;
                Screen::Urine(Box::new(self.form(UrineSubject { test: None, file, visit, today }, setting)?))
            }
        })
    }
}
