//! The screens without a form: how each is loaded, and loaded again.

use super::open::Closed;
use super::{Session, Setting};
use crate::clinical::models::TextHit;
use crate::store::StoreError;
use crate::ui::env::Message;
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::chart::ChartScreen;

impl Session {
    pub(super) fn list_screen(&mut self, place: &Place, _setting: &Setting) -> Result<Screen, Closed> {
        match place {
            Place::Chart(patient) => {
                let chart = self.store.chart(*patient)?;
                let over = self.over(*patient);
                Ok(Screen::Chart(Box::new(ChartScreen::new(chart, over, self.now().today()))))
            }
            _ => Err(Closed::Gone),
        }
    }

    /// Whose chart or form this one is opened over, where that is somebody else.
    fn over(&self, patient: crate::clinical::id::PatientId) -> Option<String> {
        let below = self.stack.iter().rev().filter(|screen| !matches!(screen, Screen::Board(_)));
        let other = below.filter_map(|screen| screen.surface().patient()).find(|other| *other != patient)?;
        self.patients.get(other).map(crate::clinical::find::PatientName::list_name)
    }

    pub(super) fn refresh_list(&self, screen: &mut Screen) -> Result<(), StoreError> {
        if let Screen::Chart(chart) = screen
            && let Some(patient) = crate::ui::screen::Surface::patient(chart.as_ref())
        {
            chart.set_model(self.store.chart(patient)?);
        }
        Ok(())
    }

    pub(super) fn read_schedule(&mut self, _path: &std::path::Path, _setting: &Setting) {
        self.message = Message::Refused("use daysheet import FILE".to_owned());
    }

    pub(super) fn read_last_schedule(&mut self, _setting: &Setting) {
        self.message = Message::Refused("use daysheet import FILE".to_owned());
    }

    pub(super) fn apply_import(&mut self, _prune: bool, _setting: &Setting) {
        self.message = Message::Refused("use daysheet import FILE".to_owned());
    }

    pub(super) fn found(&mut self, _hits: Vec<TextHit>) {
        self.message = Message::None;
    }
}
