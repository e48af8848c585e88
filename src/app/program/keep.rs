//! Nothing typed is lost: drafts are kept, and neither a lock nor the end of the program leaves behind what could not be.

use super::{Phase, Program};
use crate::app::events::Ending;
use crate::app::terminal::Terminal;
use crate::store::{forget, forget_of_ended_threads};
use crate::ui::env::Message;
use crate::ui::screen::gate::{Gate, Unlock};

/// Bytes of freed memory that are written over on locking: what screens and read models held of patients.
const WIPED_ON_LOCK: usize = 8 << 20;
/// The same for what was asked for by threads that have ended since: one opened the record, others had long work.
const WIPED_OF_OTHERS: usize = 4 << 20;

/// How keeping what is typed goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// What was typed is kept within a second.
    Works,
    /// The last try failed.
    Fails,
    /// It failed, and the system asked the program to end: asked once more it does.
    FailsAtTheEnd,
}

impl Program {
    /// What was typed is kept; that it cannot be is said, and so is that it could be again.
    pub(super) fn keep_drafts(&mut self) {
        let Phase::Open(session) = &mut self.phase else { return };
        match session.keep_drafts() {
            Ok(()) if session.was_unkept() || self.keeping != Keeping::Works => {
                self.keeping = Keeping::Works;
                session.say(Message::Said("what you typed is kept now".to_owned()));
                self.changed = true;
            }
            Ok(()) => self.changed |= session.say_draft_kept(),
            // Only the way back to the screen was not kept, and is tried again.
            Err(_) if !session.holds_typed() => {}
            Err(error) => {
                if self.keeping == Keeping::Works {
                    self.keeping = Keeping::Fails;
                }
                session.say(Message::failed(format!("{error} What you typed stays on the screen and is tried again.")));
                self.changed = true;
            }
        }
    }

    /// Asked to end by the system: what was typed is kept first. Where it cannot be, the first asking is answered on the
    /// screen, and the second obeyed; a terminal that is gone has nobody who could answer.
    pub(super) fn asked_to_end(&mut self, ending: Ending) {
        if let Phase::Open(session) = &mut self.phase
            && ending != Ending::HangUp
            && self.keeping != Keeping::FailsAtTheEnd
            && let Err(error) = session.keep_typed()
        {
            self.keeping = Keeping::FailsAtTheEnd;
            session.say(Message::failed(format!(
                "Not ended, because what you typed could not be kept: {error} Asked once more, it ends and that is lost."
            )));
            self.changed = true;
            return;
        }
        self.quit = Some(ending.exit_code());
    }

    /// Drafts kept, then the screen blank, the connection closed, the key and all text gone.
    pub(super) fn lock(&mut self, terminal: &mut Terminal) {
        self.changed = true;
        if let (true, Phase::Open(session)) = (self.setting.demo, &mut self.phase) {
            session.say(Message::refused("the demo is not locked: nobody knows its passphrase"));
            return;
        }
        let file = self.setting.paths.record.display().to_string();
        let gate = Phase::Gate(Box::new(Gate::Unlock(Box::new(Unlock::new(file)))));
        let Phase::Open(mut session) = std::mem::replace(&mut self.phase, gate) else { return };
        self.aside = session.aside();
        match session.end() {
            Ok(()) => {
                self.clipboard.clear_now(|text| terminal.copy(text));
                drop(terminal.forget_text());
                forget(WIPED_ON_LOCK);
                forget_of_ended_threads(WIPED_OF_OTHERS);
            }
            Err((mut session, error)) => {
                session.say(Message::failed(format!(
                    "not locked, because what you typed could not be kept: {error} {}",
                    error.advice()
                )));
                // Tried again after another while without a key.
                self.last_input = self.clock.now().instant;
                self.phase = Phase::Open(session);
            }
        }
    }

    /// The end: what was typed is kept, the clipboard cleared, the record closed.
    pub(super) fn end(self, terminal: &mut Terminal) {
        let mut clipboard = self.clipboard;
        clipboard.clear_now(|text| terminal.copy(text));
        self.stop.ask();
        if let Phase::Open(session) = self.phase {
            // Nobody is left to ask: what could be kept was.
            drop(session.end());
        }
    }
}
