//! Choices by letter: yes or no, one of a set, any of a set, and what opens a screen of its own.

use crate::action::form_command::FormCommand;
use crate::form::def::Kind;
use crate::form::event::{Out, Picker};
use crate::form::slot::Slot;
use crate::form::vocab::option_of;

use super::Desk;

impl Desk<'_, '_> {
    /// Backspace and Delete blank a field that is not text.
    pub(super) fn blanking_command(&mut self, command: FormCommand) -> Option<Out> {
        matches!(command, FormCommand::Backspace | FormCommand::Delete).then(|| self.clear())
    }

    pub(super) fn flag_char(&mut self, c: char) -> Out {
        let flag = match c.to_ascii_lowercase() {
            'y' => true,
            'n' => false,
            '-' => return self.clear(),
            _ => return Out::Pass,
        };
        self.note();
        if let Slot::Flag(slot) = self.slot() {
            *slot = Some(flag);
        }
        self.untake();
        self.advance_after_answer();
        Out::Changed
    }

    pub(super) fn ask_char(&mut self, c: char) -> Out {
        match c {
            'a' | 'A' => self.no_to_the_others(),
            // Not asked is an answer too: the next letter belongs to the next question, as after a yes or a no.
            '-' => {
                let out = self.clear();
                if self.advance_after_answer() && out == Out::Same { Out::Moved } else { out }
            }
            _ => self.flag_char(c),
        }
    }

    /// No to every question of the section that was shown and is not answered. One that was never in view is not answered
    /// by this: the focus goes there instead.
    fn no_to_the_others(&mut self) -> Out {
        let Some(range) = self.sheet.find(self.core.pos).map(|field| self.section_of(field)) else { return Out::Same };
        let (mut shown, mut unseen) = (Vec::new(), Vec::new());
        for field in range.clone() {
            let asks = matches!(self.sheet.meta(field).kind, Kind::Ask) && self.sheet.shown(field);
            if asks && self.sheet.slot(field).is_blank() {
                let was_seen = self.core.seen.contains(&self.sheet.key(field));
                (if was_seen { &mut shown } else { &mut unseen }).push(field);
            }
        }
        if shown.is_empty() && unseen.is_empty() {
            self.core.message = Some("every question here is answered".to_owned());
            return Out::Moved;
        }
        self.note();
        for field in &shown {
            if let Slot::Flag(flag) = self.sheet.slot(*field) {
                *flag = Some(false);
            }
            let key = self.sheet.key(*field);
            self.core.taken.remove(&key);
        }
        if let Some(first) = unseen.first() {
            let (key, count) = (self.sheet.key(*first), unseen.len());
            self.go(key);
            let more = if count == 1 { "1 more was".to_owned() } else { format!("{count} more were") };
            self.core.message = Some(format!("{more} not in view yet: not answered"));
        } else {
            let last = range.rev().find(|field| matches!(self.sheet.meta(*field).kind, Kind::Ask));
            let after = last.map(|field| self.sheet.key(field));
            let stops = self.sheet.stops();
            let next = stops.iter().position(|key| Some(*key) == after).and_then(|at| stops.get(at + 1));
            if let Some(next) = next.or(after.as_ref()).copied() {
                self.go(next);
            }
        }
        if shown.is_empty() { Out::Moved } else { Out::Changed }
    }

    pub(super) fn pick_char(&mut self, c: char) -> Out {
        if c == '-' {
            return self.clear();
        }
        let Some(option) = self.option_typed(c) else { return self.no_option(c) };
        self.choose(option);
        self.advance_after_answer();
        Out::Changed
    }

    pub(super) fn pick_command(&mut self, command: FormCommand) -> Option<Out> {
        let step = match command {
            FormCommand::Left => -1,
            FormCommand::Right => 1,
            _ => return self.blanking_command(command),
        };
        let Slot::Pick(pick) = self.slot() else { return None };
        let next = match pick.get() {
            None if step > 0 => Some(0),
            None => pick.count().checked_sub(1),
            Some(at) => at.checked_add_signed(step).filter(|next| *next < pick.count()),
        };
        let Some(next) = next else { return Some(Out::Same) };
        self.choose(next);
        Some(Out::Changed)
    }

    fn choose(&mut self, option: usize) {
        self.note();
        if let Slot::Pick(pick) = self.slot() {
            pick.set(Some(option));
        }
        self.untake();
    }

    /// The option a character means; the labels are those of the slot.
    fn option_typed(&mut self, c: char) -> Option<usize> {
        match self.slot() {
            Slot::Pick(pick) => option_of((0..pick.count()).map(|option| pick.label(option)), c),
            Slot::Multi(multi) => option_of((0..multi.count()).map(|option| multi.label(option)), c),
            _ => None,
        }
    }

    fn no_option(&mut self, c: char) -> Out {
        if !c.is_ascii_digit() {
            return Out::Pass;
        }
        self.core.message = Some(format!("there is no choice {c}"));
        Out::Moved
    }

    pub(super) fn options_char(&mut self, c: char) -> Out {
        match c {
            '-' => self.clear(),
            ' ' => self.turn(self.core.option),
            c => match self.option_typed(c) {
                Some(option) => self.turn(option),
                None => self.no_option(c),
            },
        }
    }

    pub(super) fn turn(&mut self, option: usize) -> Out {
        let Slot::Multi(multi) = self.slot() else { return Out::Pass };
        if option >= multi.count() {
            return Out::Same;
        }
        self.note();
        if let Slot::Multi(multi) = self.slot() {
            multi.turn(option);
        }
        self.core.option = option;
        self.untake();
        Out::Changed
    }

    /// Chips lie side by side, the items of a checklist one below the other.
    pub(super) fn options_command(&mut self, command: FormCommand, kind: &Kind) -> Option<Out> {
        let count = match self.slot() {
            Slot::Multi(multi) => multi.count(),
            _ => return None,
        };
        let upright = matches!(kind, Kind::Checklist);
        let next = match command {
            FormCommand::Left => self.core.option.checked_sub(1),
            FormCommand::Up if upright => self.core.option.checked_sub(1),
            FormCommand::Right => Some(self.core.option + 1),
            FormCommand::Down if upright => Some(self.core.option + 1),
            _ => return self.blanking_command(command),
        };
        match next.filter(|next| *next < count) {
            Some(next) => {
                self.core.option = next;
                Some(Out::Moved)
            }
            // At the ends of a checklist the arrows go on to the fields beside it.
            None if upright && matches!(command, FormCommand::Up | FormCommand::Down) => None,
            None => Some(Out::Same),
        }
    }

    pub(super) fn body_command(&mut self, command: FormCommand) -> Option<Out> {
        if command == FormCommand::Enter {
            return Some(Out::Open(Picker::Body, self.core.pos));
        }
        self.blanking_command(command)
    }
}
