//! What the session asks of the program around it: the clipboard, the theme, long work beside the screen.

use std::thread;

use super::{Job, Phase, Program, told};
use crate::app::clipboard::Outcome;
use crate::app::session::Outward;
use crate::app::terminal::Terminal;
use crate::clinical::id::Ids;
use crate::jobs::record::{Copies, Work};
use crate::store::Watch;
use crate::ui::env::Message;
use crate::ui::theme::{Depth, Palette, Theme};

impl Program {
    /// What the session asks of the program around it.
    pub(super) fn outward(&mut self, terminal: &mut Terminal) {
        let Phase::Open(session) = &mut self.phase else { return };
        for ask in session.take_outward() {
            match ask {
                Outward::Copy(text, what) => self.copy(&text, &what, terminal),
                Outward::Lock => self.lock(terminal),
                Outward::Quit => self.quit = Some(0),
                Outward::Suspend => drop(terminal.suspend()),
                Outward::NextTheme => self.next_theme(),
                Outward::Start(work) => self.start(work),
            }
        }
    }

    fn copy(&mut self, text: &str, what: &str, terminal: &mut Terminal) {
        let now = self.clock.now().instant;
        let post = self.post.clone();
        let said = what.to_owned();
        self.clipboard.copy(
            text,
            now,
            |text| terminal.copy(text),
            move |outcome| post.send(Job::Copied(said, outcome)),
        );
    }

    fn next_theme(&mut self) {
        let next = match self.look.theme.palette {
            Palette::Dark => Palette::Light,
            Palette::Light => Palette::HighContrast,
            Palette::HighContrast => Palette::Dark,
        };
        self.look.theme = Theme { palette: next, ..self.look.theme };
        if let Phase::Open(session) = &mut self.phase {
            let mut words = format!("theme: {}", name_of(next));
            if self.look.theme.depth == Depth::Mono {
                words.push_str(" (without colour all look alike)");
            }
            session.say(Message::Said(words));
        }
    }

    /// A copy of the record once a day, behind the first frame, unless the settings keep none.
    pub(super) fn daily_backup(&mut self) {
        let Phase::Open(session) = &mut self.phase else { return };
        if self.working || self.setting.demo || self.settings.keep_backups == 0 {
            return;
        }
        match session.store().wants_copy(&self.setting.paths.backups(), self.clock.now()) {
            Ok(true) => self.start(Work::DailyBackup),
            Ok(false) => {}
            Err(error) => session.say(Message::failed(format!("no backup was made today: {}", told(&error)))),
        }
    }

    fn start(&mut self, work: Work) {
        let chance = self.chance.clone();
        let Phase::Open(session) = &mut self.phase else { return };
        if self.working {
            session.say(Message::refused("something is still being worked on"));
            return;
        }
        let Some(key) = session.key() else { return };
        let opened = session.store().beside(key, Ids::new(chance.clone()));
        let store = match opened {
            Ok(store) => store,
            Err(error) => {
                session.say(Message::failed(told(&error)));
                return;
            }
        };
        let key = key.clone();
        let now = self.clock.now();
        let folder = self.setting.paths.backups();
        let keep = self.settings.keep_backups;
        let (post, stop) = (self.post.clone(), self.stop.clone());
        if let Some(words) = work.begun() {
            session.say(Message::Said(words.to_owned()));
        }
        self.working = true;
        thread::spawn(move || {
            let mut tell = |_| ();
            let mut watch = Watch::new(stop, &mut tell);
            let copies = Copies { folder: &folder, keep };
            let done = work.carry_out(store, &key, copies, now.instant, &mut watch);
            post.send(Job::Done(done.map_err(|error| work.failed(&told(&error)))));
        });
    }
}

/// What became of a copy, in words.
pub(super) fn copied(what: &str, outcome: &Outcome) -> Message {
    match outcome {
        Outcome::Taken(_) | Outcome::Sent => Message::Said(what.to_owned()),
        Outcome::File(path) => Message::Said(format!("{what}: in the file {}", path.display())),
        Outcome::Nowhere(why) => Message::failed(format!("nothing was copied: {why}")),
    }
}

fn name_of(palette: Palette) -> &'static str {
    Palette::ALL.into_iter().find(|(known, _)| *known == palette).map_or("", |(_, name)| name)
}
