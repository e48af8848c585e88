//! From the gate to the open record: the key is derived beside the screen, and what is typed meanwhile waits for the record.

use std::thread;

use super::{Job, Phase, Program, told};
use crate::app::opening::{self, Opened, Purpose};
use crate::app::session::Session;
use crate::app::terminal::Terminal;
use crate::store::{Mode, StoreError};
use crate::ui::env::Message;
use crate::ui::screen::gate::{Gate, GateEffect};

impl Program {
    pub(super) fn gate(&mut self, effect: GateEffect) {
        let (passphrase, purpose) = match effect {
            GateEffect::Quit => {
                self.quit = Some(0);
                return;
            }
            GateEffect::Unlock(passphrase) => (passphrase, Purpose::Open(Mode::Write)),
            GateEffect::ReadOnly(passphrase) => (passphrase, Purpose::Open(Mode::Read)),
            GateEffect::Create(new) => (new.passphrase.clone(), Purpose::Create(new)),
        };
        let Phase::Gate(gate) = &mut self.phase else { return };
        gate.set_busy(true);
        self.waiting = Some(Vec::new());
        let (record, ids, now) = (self.setting.paths.record.clone(), self.ids(), self.clock.now());
        let (post, told) = (self.post.clone(), self.post.clone());
        thread::spawn(move || {
            let tell = |progress| told.send(Job::Opening(progress));
            post.send(Job::Opened(Box::new(opening::open(&record, &passphrase, purpose, ids, now, tell))));
        });
    }

    pub(super) fn opened(&mut self, opened: Opened, terminal: &mut Terminal) {
        let waiting = self.waiting.take().unwrap_or_default();
        let opened = opened
            .and_then(|(store, key)| Session::open(store, Some(key), self.clock.clone(), self.ids(), &self.setting));
        match opened {
            Ok(mut session) => {
                if matches!(&self.phase, Phase::Gate(gate) if matches!(**gate, Gate::Setup(_))) {
                    session.offer_emergency_sheet();
                }
                session.come_back(std::mem::take(&mut self.aside), &self.setting);
                self.tell_faults(&mut session);
                self.phase = Phase::Open(Box::new(session));
                self.follow_zone();
                self.is_just_opened = true;
            }
            Err(error) => {
                if let Phase::Gate(gate) = &mut self.phase {
                    gate.set_busy(false);
                    match (&mut **gate, &error) {
                        (Gate::Unlock(unlock), StoreError::Held(_)) => unlock.set_held(&error.to_string()),
                        (gate, error) => gate.say(told(error)),
                    }
                }
            }
        }
        for input in waiting {
            self.input(input, terminal);
            // What is typed after the end goes nowhere, however fast it came.
            if self.quit.is_some() {
                break;
            }
        }
    }

    /// Says once which of the physician's own files are not used, and why.
    pub(super) fn tell_faults(&mut self, session: &mut Session) {
        let faults = std::mem::take(&mut self.faults);
        if !faults.is_empty() {
            session.say(Message::failed(faults.join(". ")));
        }
    }
}
