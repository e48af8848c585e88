//! What the screens show, read from the record: once when one is opened, and again after every change, by the same read.
//!
//! A screen that stands on more than a patient's file says here what it asks of the record ([`Load`]): `lists` those without
//! a form, `forms` those with one. `open` and its neighbours make screens of what is read here, and read nothing twice. A
//! form about one thing stays on it as it was when it was opened, and follows its patient's file alone.

mod forms;
mod lists;
#[cfg(test)]
mod tests;

pub(super) use lists::{FollowAsked, NotesAsked, TimelineAsked, TrendsAsked};

use super::open::Closed;
use super::{Day, Session, Setting};
use crate::clinical::id::PatientId;
use crate::clinical::patient::PatientFile;
use crate::clinical::time::Now;
use crate::store::{Store, StoreError};
use crate::ui::screen::Screen;

/// The record as screens read it.
pub(super) struct Source<'a> {
    store: &'a Store,
    /// The day on the board, as it was loaded.
    day: &'a Day,
    setting: &'a Setting,
    now: Now,
}

/// A screen that shows what the record says, and how it is read.
pub(super) trait Load: Sized {
    /// Of whom or what, and how far: all that the read depends on.
    type Asked;
    /// What is read.
    type Model;

    /// Reads it: for a screen that is opened, and for one that is open.
    fn read(from: &Source<'_>, asked: &Self::Asked) -> Result<Self::Model, Closed>;

    /// What the open screen asks for as it stands now.
    fn asked(&self) -> Self::Asked;

    /// Takes what was read again; what is chosen and typed stays.
    fn renew(&mut self, model: Self::Model);

    /// Reads what only the rest tells: of a list the text of the chosen line.
    fn fill(&mut self, _from: &Source<'_>) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Source<'_> {
    /// The file of a patient who must be there.
    fn file(&self, patient: PatientId) -> Result<PatientFile, Closed> {
        self.store.patient_file(patient)?.ok_or(Closed::Gone)
    }

    /// What a screen shows, where more is needed to open it than that.
    pub(super) fn read<S: Load>(&self, asked: &S::Asked) -> Result<S::Model, Closed> {
        S::read(self, asked)
    }

    /// A screen, made of what it shows.
    pub(super) fn open<S: Load>(&self, asked: &S::Asked, make: impl FnOnce(S::Model) -> S) -> Result<S, Closed> {
        let mut screen = make(S::read(self, asked)?);
        screen.fill(self)?;
        Ok(screen)
    }

    /// An open screen, as the record is now. One whose patient or visit is gone stays as it was.
    fn again<S: Load>(&self, screen: &mut S) -> Result<(), StoreError> {
        match S::read(self, &screen.asked()) {
            Ok(model) => {
                screen.renew(model);
                screen.fill(self)
            }
            Err(Closed::Gone) => Ok(()),
            Err(Closed::Failed(error)) => Err(error),
        }
    }

    /// The screen, whichever it is, as the record is now.
    fn reload(&self, screen: &mut Screen) -> Result<(), StoreError> {
        match screen {
            Screen::Week(screen) => self.again(screen.as_mut()),
            Screen::Close(screen) => self.again(screen.as_mut()),
            Screen::BringIn(screen) => self.again(screen.as_mut()),
            Screen::Entries(screen) => self.again(screen.as_mut()),
            Screen::Diagnostics(screen) => self.again(screen.as_mut()),
            Screen::Monitoring(screen) => self.again(screen.as_mut()),
            Screen::Medicines(screen) => self.again(screen.as_mut()),
            Screen::Jigsaw(screen) => self.again(screen.as_mut()),
            Screen::Follow(screen) => self.again(screen.as_mut()),
            Screen::Chart(screen) => self.again(screen.as_mut()),
            Screen::Trends(screen) => self.again(screen.as_mut()),
            Screen::Timeline(screen) => self.again(screen.as_mut()),
            Screen::Notes(screen) => self.again(screen.as_mut()),
            Screen::Assessment(screen) => self.again(screen.as_mut()),
            Screen::Plan(screen) => self.again(screen.as_mut()),
            Screen::Procedure(screen) => self.again(screen.as_mut()),
            Screen::CheckIn(screen) => self.again(screen.as_mut()),
            // The board is computed with the day; a search and the preview of an import show what they were asked.
            Screen::Board(_) | Screen::Find(_) | Screen::Import(_) => Ok(()),
            // About one thing, which stays as it was opened: only the file is followed.
            Screen::Diagnostic(_)
            | Screen::Check(_)
            | Screen::Urine(_)
            | Screen::Medicine(_)
            | Screen::OpioidContext(_)
            | Screen::Referral(_)
            | Screen::CareTeam(_)
            | Screen::Taper(_)
            | Screen::Patient(_)
            | Screen::Visit(_)
            | Screen::Page(_)
            | Screen::Instrument(_)
            | Screen::Vital(_)
            | Screen::Refill(_)
            | Screen::Task(_)
            | Screen::Reflection(_)
            | Screen::Practice(_) => self.follow_file(screen),
        }
    }

    /// Lets a form that stands on a patient's file follow what was changed in it over the form.
    fn follow_file(&self, screen: &mut Screen) -> Result<(), StoreError> {
        let form = screen.surface_mut();
        if let Some(patient) = form.follows()
            && let Some(file) = self.store.patient_file(patient)?
        {
            form.take_file(file);
        }
        Ok(())
    }
}

impl Session {
    /// The record, to be read for a screen.
    pub(super) fn source<'a>(&'a self, setting: &'a Setting) -> Source<'a> {
        Source { store: &self.store, day: &self.day, setting, now: self.now() }
    }

    /// Loads again what the screen on top shows; a form keeps what was typed.
    pub(super) fn refresh_top(&mut self, setting: &Setting) {
        let Some(mut screen) = self.stack.pop() else { return };
        let loaded = self.source(setting).reload(&mut screen);
        self.stack.push(screen);
        // Rows of a form that follows the record may have come or gone.
        self.with_env(setting, |screen, env| screen.surface_mut().settle(env));
        if let Err(error) = loaded {
            self.fail(&error, "what is shown may be old");
        }
    }

    /// Reads what the screen on top lacks.
    pub(super) fn load_more(&mut self, setting: &Setting) {
        let Some(mut screen) = self.stack.pop() else { return };
        let source = self.source(setting);
        let read = match &mut screen {
            Screen::Timeline(list) => source.more_of_timeline(list),
            Screen::Notes(list) => source.more_of_notes(list),
            other => source.reload(other),
        };
        self.stack.push(screen);
        if let Err(error) = read {
            self.fail(&error, "what is shown is not all there is");
        }
    }
}
