//! Commands that work on every screen, after the screen itself did not want them.

use super::{Day, Outward, Session, Setting};
use crate::action::key::Key;
use crate::action::{Command, Context, Keymap};
use crate::clinical::text::sentence;
use crate::clinical::time::show_day;
use crate::jobs::private_file::write_private;
use crate::jobs::record::Work;
use crate::ui::effect::Effect;
use crate::ui::env::Message;
use crate::ui::modal::{Choice, Choose, Keys, Modal, Palette, Reading};
use crate::ui::place::Place;

/// What works even over a modal: hiding names and locking.
pub fn over_modal(keymap: &Keymap, key: Key) -> Option<Command> {
    keymap.command(Context::Anywhere, key).filter(|command| matches!(command, Command::HideNames | Command::Lock))
}

impl Session {
    /// Carries out a command: refused with its reason, done by the screen, or by what works everywhere.
    pub(super) fn run(&mut self, command: Command, setting: &Setting) {
        // The palette may be the way to ask the second time.
        if !matches!(command, Command::Quit | Command::Back | Command::Palette) {
            self.quit_asked = false;
        }
        if !matches!(command, Command::Undo | Command::Palette) {
            self.undo_asked = None;
        }
        let refused = self.with_env(setting, |screen, env| screen.surface().cannot(command, env)).flatten();
        if let Some(why) = refused {
            self.message = Message::refused(why);
            return;
        }
        let done = self.with_env(setting, |screen, env| screen.surface_mut().command(command, env)).flatten();
        match done {
            Some(effects) => self.perform(effects, setting),
            None => self.everywhere(command, setting),
        }
        if command == Command::ByClock {
            // A choice is kept as it is made, not only at the end.
            if let Err(error) = self.keep_drafts() {
                self.fail(&error, "the order is shown, but not kept for this weekday");
            }
        }
    }

    fn everywhere(&mut self, command: Command, setting: &Setting) {
        match command {
            Command::Back if self.stack.len() > 1 => self.perform(vec![Effect::Back], setting),
            Command::Back | Command::Quit => self.quit(command, setting),
            Command::Undo => self.undo(setting),
            Command::Redo => self.redo(setting),
            Command::Help => {
                let context = self.top().map_or(Context::List, |screen| screen.surface().context());
                self.modals.push(Modal::Keys(Keys { context, top: 0 }));
            }
            Command::Palette => self.palette(setting),
            Command::HideNames => {
                self.names_hidden = !self.names_hidden;
                self.message = Message::None;
            }
            Command::Lock => self.outward.push(Outward::Lock),
            Command::Suspend => self.outward.push(Outward::Suspend),
            Command::Theme => self.outward.push(Outward::NextTheme),
            Command::Backup => self.outward.push(Outward::Start(Work::Backup)),
            Command::Verify => self.outward.push(Outward::Start(Work::Verify)),
            Command::Phrases => {
                let page = setting.preferences.phrases.page(&setting.paths.phrases().display().to_string());
                self.modals.push(Modal::Reading(Reading::new("Phrases", &page)));
            }
            Command::EmergencySheet => self.emergency_sheet(setting),
            Command::Find => self.perform(vec![Effect::Open(Place::Find(String::new()))], setting),
            Command::Catch => {
                let about = self.top().and_then(|screen| screen.surface().patient());
                self.perform(vec![Effect::Open(Place::NewTask(about))], setting);
            }
            Command::Patient
            | Command::Plan
            | Command::Medicines
            | Command::Jigsaw
            | Command::Diagnostics
            | Command::Vitals
            | Command::BringIn
            | Command::Monitoring
            | Command::Referrals
            | Command::Handouts
            | Command::Tapers
            | Command::Instruments
            | Command::ConfirmWaiting => self.of_patient(command, setting),
            Command::NewPatient => self.perform(vec![Effect::Open(Place::Patient(None))], setting),
            // The screen asks for the file as soon as it is there.
            Command::Import => {
                self.perform(vec![Effect::Open(Place::Import(Vec::new())), Effect::Run(Command::Import)], setting);
            }
            Command::ImportAgain => self.perform(vec![Effect::ReadLastSchedule], setting),
            Command::Practice => self.perform(vec![Effect::Open(Place::Practice)], setting),
            Command::Week => self.perform(vec![Effect::Open(Place::Week(self.date()))], setting),
            other => self.message = Message::refused(format!("“{}” is not possible here", other.name())),
        }
    }

    /// Carries out what is done with the patient of the screen on top.
    fn of_patient(&mut self, command: Command, setting: &Setting) {
        let about = self.top().map(|screen| (screen.surface().patient(), screen.surface().visit()));
        let Some((Some(patient), visit)) = about else {
            self.message = Message::refused("no patient is selected here");
            return;
        };
        let effect = match command {
            Command::Instruments => Some(Effect::ChooseInstrument { patient, visit }),
            Command::ConfirmWaiting => Some(Effect::ConfirmWaiting(patient)),
            other => Place::of_patient(other, patient, visit).map(Effect::Open),
        };
        self.perform(effect.into_iter().collect(), setting);
    }

    /// Ends the program; asks first while somebody is here, and while what was typed cannot be kept.
    fn quit(&mut self, command: Command, setting: &Setting) {
        let asked = std::mem::replace(&mut self.quit_asked, true);
        let context = self.top().map_or(Context::List, |screen| screen.surface().context());
        // Esc is the first key of going back, and does not end the program.
        let key =
            if command == Command::Back { Some("q".to_owned()) } else { setting.keymap.key_for(context, command) };
        let key = key.unwrap_or_else(|| "the same".to_owned());
        if let Err(error) = self.keep_typed()
            && !asked
        {
            self.fail(&error, &format!("what you typed is only on the screen: {key} once more ends and loses it"));
            return;
        }
        let here = self.here_today(setting);
        if here > 0 && !asked {
            let whom = if here == 1 { "1 patient is".to_owned() } else { format!("{here} patients are") };
            self.message = Message::refused(format!(
                "{whom} still here or in room: {key} once more ends daysheet, drafts are kept"
            ));
            return;
        }
        self.outward.push(Outward::Quit);
    }

    /// How many patients are here or in room today, whatever day is shown.
    fn here_today(&self, setting: &Setting) -> usize {
        let count = |day: &Day| day.board.header.here + day.board.header.in_room;
        if self.day.board.is_today {
            return count(&self.day);
        }
        let now = self.clock.now();
        Day::load(&self.store, now.today(), now, &setting.preferences).map_or(0, |day| count(&day))
    }

    fn palette(&mut self, setting: &Setting) {
        let Some(context) = self.top().map(|screen| screen.surface().context()) else { return };
        let rows = setting.keymap.rows(context);
        let cannot = self.with_env(setting, |screen, env| {
            rows.iter()
                .filter_map(|info| screen.surface().cannot(info.command, env).map(|why| (info.command, sentence(&why))))
                .collect()
        });
        let renamed = self.top().map_or_else(Vec::new, |screen| screen.surface().renamed());
        self.modals.push(Modal::Palette(Palette::new(context, cannot.unwrap_or_default()).renaming(renamed)));
    }

    /// Asked once, when the record was made: a forgotten passphrase is final, and only paper helps.
    pub fn offer_emergency_sheet(&mut self) {
        let lines = [
            "A forgotten passphrase is final. The emergency sheet is a page to",
            "print: where the record lies, how it is opened without this",
            "program, and a line on which you write the passphrase by hand.",
        ];
        self.modals.push(Modal::Choice(Choice {
            title: "Emergency sheet".to_owned(),
            about: "the record is made".into(),
            lines: lines.map(str::to_owned).to_vec(),
            options: vec![
                Choose::new('w', "write it beside the record now", vec![Effect::Run(Command::EmergencySheet)]),
                Choose::new('l', "later: among the commands (:) it stays", Vec::new()),
            ],
            enter: false,
        }));
    }

    fn emergency_sheet(&mut self, setting: &Setting) {
        let record = setting.paths.record.display().to_string();
        let sheet = crate::store::emergency::sheet(&record, &self.practice.physician, &show_day(self.now().today()));
        let path = setting.paths.record.with_file_name("daysheet-emergency-sheet.txt");
        self.message = match write_private(&path, &sheet) {
            Ok(()) => Message::Said(format!("written: {}", path.display())),
            Err(error) => Message::failed(format!("the sheet could not be written ({error}); nothing else changed")),
        };
    }
}
