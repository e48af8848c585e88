//! The screens without a form: how each is loaded, and loaded again.

use super::open::Closed;
use super::{Session, Setting};
use crate::store::StoreError;
use crate::ui::place::Place;
use crate::ui::screen::Screen;

impl Session {
    pub(super) fn list_screen(&mut self, place: Place, _setting: &Setting) -> Result<Screen, Closed> {
        let _ = place;
        Err(Closed::Gone)
    }

    pub(super) fn refresh_list(&self, _screen: &mut Screen) -> Result<(), StoreError> {
        Ok(())
    }

    pub(super) fn read_schedule(&mut self, _path: &std::path::Path, _setting: &Setting) {
        self.message = crate::ui::env::Message::Refused("an import is not possible here".to_owned());
    }

    pub(super) fn read_last_schedule(&mut self, _setting: &Setting) {
        self.message = crate::ui::env::Message::Refused("an import is not possible here".to_owned());
    }

    pub(super) fn apply_import(&mut self, _prune: bool, _setting: &Setting) -> super::perform::Went {
        super::perform::Went::Stop
    }

    pub(super) fn found(&mut self, _hits: Vec<crate::clinical::models::TextHit>) {}
}
