//! Undo and redo: by name, newest first, of the patient in a chart, of the act named above the footer on the board.

use super::{KeptOf, Session, Setting};
use crate::action::Command;
use crate::clinical::find::PatientName;
use crate::clinical::id::PatientId;
use crate::clinical::models::UndoStep;
use crate::clinical::time::{show_moment, wall};
use crate::ui::env::Message;
use crate::ui::screen::Screen;

impl Session {
    /// In a chart the last act on this patient; on the board the newest act. Where its patient is not in view it is shown
    /// first and wants the key again.
    pub(super) fn undo(&mut self, setting: &Setting) {
        let scope = self.top().and_then(|screen| screen.surface().patient_for_undo());
        let step = match self.store.undo_step(scope) {
            Ok(Some(step)) => step,
            Ok(None) => {
                self.message = Message::refused(match scope {
                    Some(_) => "nothing was done for this patient that could be taken back".to_owned(),
                    None => "there is nothing to take back".to_owned(),
                });
                return;
            }
            Err(error) => return self.fail(&error, "nothing was taken back"),
        };
        if scope.is_none() && self.undo_asked != Some(step.change_set) && !self.is_in_view(&step, setting) {
            self.undo_asked = Some(step.change_set);
            let at = show_moment(wall(step.at, self.practice.zone), self.now().today());
            let key = self.with_env(setting, |screen, env| env.key(screen.surface().context(), Command::Undo));
            let key = key.unwrap_or_default();
            self.message = Message::Said(format!("{key} again takes back: {} ({at})", self.named(&step)));
            return;
        }
        self.undo_asked = None;
        match self.store.take_back(&step, self.clock.now()) {
            Ok(()) => {
                self.message = Message::Said(self.said_of("undid", &step));
                self.reload_names();
                self.reload(setting);
                self.follow_schedule(setting);
            }
            Err(error) => self.fail(&error, "nothing was taken back"),
        }
    }

    /// Does again what was taken back last, until a new act.
    pub(super) fn redo(&mut self, setting: &Setting) {
        let scope = self.top().and_then(|screen| screen.surface().patient_for_undo());
        let step = match self.store.redo_step(scope) {
            Ok(Some(step)) => step,
            Ok(None) => {
                self.message = Message::refused("there is nothing to do again");
                return;
            }
            Err(error) => return self.fail(&error, "nothing was done again"),
        };
        match self.store.do_again(&step, self.clock.now()) {
            Ok(()) => {
                // A patient who is made again has a name again.
                self.reload_names();
                self.message = Message::Kept(self.said_of("did again", &step));
                self.reload(setting);
                self.follow_schedule(setting);
            }
            Err(error) => self.fail(&error, "nothing was done again"),
        }
    }

    /// What is said of an act that was taken back or done again, noted with its patient.
    fn said_of(&mut self, done: &str, step: &UndoStep) -> String {
        let named = format!("{done}: {}", self.named(step));
        let without_name = format!("{done}: {}", step.act);
        let of = |(patient, _): &(PatientId, String)| KeptOf { patient: *patient, named: named.clone(), without_name };
        self.kept_of = step.patient.as_ref().map(of);
        named
    }

    /// The act and its patient: "score 7 → 4 for OKAFOR Adaeze".
    fn named(&self, step: &UndoStep) -> String {
        match &step.patient {
            Some(_) if self.names_hidden => format!("{} for a patient", step.act),
            Some((patient, name)) if name.is_empty() => {
                let known = self.patients.get(*patient).map(PatientName::list_name);
                format!("{} for {}", step.act, known.unwrap_or_else(|| "a new patient".to_owned()))
            }
            Some((_, name)) => format!("{} for {name}", step.act),
            None => step.act.clone(),
        }
    }

    /// Whether the act concerns nobody, or its patient is on the screen.
    fn is_in_view(&mut self, step: &UndoStep, setting: &Setting) -> bool {
        let Some((patient, _)) = step.patient else { return true };
        let shown = self.with_env(setting, |screen, env| match screen {
            Screen::Board(board) => board.shows(patient, env),
            other => other.surface().patient() == Some(patient),
        });
        shown.unwrap_or(false)
    }
}
