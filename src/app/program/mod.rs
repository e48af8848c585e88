//! The program: gate or open record, terminal, events, and the loop that joins them.
//!
//! The loop sleeps in the kernel; the terminal, workers, signals and the next due moment wake it, nothing else does. It
//! handles all that has come, then draws once if anything changed. How the record is entered is in `enter`, what the session
//! asks of the program in `outward`, and how nothing typed is lost, up to the lock and the end, in `keep`.

mod enter;
mod keep;
mod outward;

use std::process::ExitCode;
use std::thread;

use ratatui::layout::{Position, Rect};
use zeroize::Zeroizing;

use self::keep::Keeping;
use super::chance::SystemChance;
use super::clipboard::{Clipboard, Outcome, Surroundings};
use super::clock::{Clock, SetTo};
use super::due::{Due, Dues};
use super::events::{Ending, Event, Events};
use super::opening::Opened;
use super::session::{Aside, Session, Setting};
use super::settings::Settings;
use super::terminal::{self, NoTerminal, Terminal};
use crate::action::input::Input;
use crate::clinical::id::Ids;
use crate::clinical::practice::Region;
use crate::clinical::time::Instant;
use crate::store::{Progress, RawKey, Stop, Store, StoreError, finish_restore};
use crate::ui::env::Message;
use crate::ui::screen::gate::{Gate, GateEffect, Setup, Unlock};
use crate::ui::theme::Look;
use crate::ui::widget::Canvas;

/// What the program is started with.
#[derive(Debug)]
pub struct Options {
    /// Where the files lie.
    pub paths: super::paths::Paths,
    /// The physician's settings.
    pub settings: Settings,
    /// Where `--now` sets the clock.
    pub set_to: Option<SetTo>,
    /// A passphrase from a file or command.
    pub passphrase: Option<Zeroizing<String>>,
    /// Whether this is the demo.
    pub demo: bool,
    /// A record that is open already, with its key: then nothing is asked.
    pub open: Option<(Store, RawKey)>,
}

/// What threads send.
enum Job {
    /// How far opening is.
    Opening(Progress),
    /// The record is open, or could not be opened.
    Opened(Box<Opened>),
    /// What was copied out is still on the terminal's clipboard, and its time is over.
    Uncopied,
    /// The clipboard said what became of a copy.
    Copied(String, Outcome),
    /// Long work ended, with the words to say where there are any.
    Done(Result<Option<String>, String>),
}

enum Phase {
    Gate(Box<Gate>),
    Open(Box<Session>),
}

struct Program {
    setting: Setting,
    settings: Settings,
    chance: SystemChance,
    phase: Phase,
    look: Look,
    clipboard: Clipboard,
    /// What the last lock must not forget.
    aside: Aside,
    /// How keeping what is typed goes.
    keeping: Keeping,
    /// When the last key came, for the lock.
    last_input: Instant,
    /// The clock of the gate, and what the session's started from.
    clock: Clock,
    /// Input that came while a key was being derived: it is handled once the record is open.
    waiting: Option<Vec<Input>>,
    /// What is wrong with the physician's own files, until it is said.
    faults: Vec<String>,
    post: super::events::Post<Job>,
    stop: Stop,
    working: bool,
    /// Whether a record was opened that no frame showed yet.
    is_just_opened: bool,
    quit: Option<u8>,
    changed: bool,
}

/// Why the program could not start, or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no terminal to draw in.
    #[error("{0}")]
    Terminal(#[from] NoTerminal),
    /// The system gives no random bytes.
    #[error("{0}")]
    Chance(#[from] super::chance::NoChance),
    /// The system refused something.
    #[error("the system refuses: {0}")]
    Io(#[from] std::io::Error),
    /// A record that was open already cannot be shown.
    #[error("{source} {}", source.advice())]
    Record {
        /// Why.
        #[from]
        source: StoreError,
    },
}

/// Runs the board until its end.
pub fn run(options: Options) -> Result<ExitCode, RunError> {
    let mut events = Events::<Job>::new()?;
    let mut terminal = Terminal::enter(options.settings.mouse)?;
    let size = terminal::size().unwrap_or((80, 24));
    let mut program = Program::new(options, SystemChance::new()?, &events, size)?;
    program.draw(&mut terminal)?;
    program.after_frame(&mut terminal)?;
    // The tables of the day and what is completed from are made while the first frame is being looked at, that of the gate
    // where there is one. Without it the first look at the day waits, and the first key that asks.
    drop(thread::Builder::new().name("lists".into()).spawn(crate::clinical::suggest::warm));
    events.listen(terminal::keyboard()?)?;
    let mut lost = false;
    while program.quit.is_none() {
        let dues = program.dues();
        let sleep = dues.sleep(program.clock.now().instant);
        let came = events.wait(sleep);
        // A record whose time to lock came while the machine slept is locked before anything typed is looked at.
        for due in program.dues().passed(program.clock.now().instant) {
            program.due(due, &mut terminal);
        }
        for event in came {
            lost |= matches!(event, Event::Lost);
            program.event(event, &mut terminal);
            if program.quit.is_some() {
                break;
            }
        }
        if program.changed
            && program.quit.is_none()
            && program.draw(&mut terminal).and_then(|()| program.after_frame(&mut terminal)).is_err()
        {
            lost = true;
            program.quit.get_or_insert(Ending::HangUp.exit_code());
        }
    }
    let code = program.quit.unwrap_or(0);
    program.end(&mut terminal);
    if lost {
        terminal.abandon();
    }
    Ok(ExitCode::from(code))
}

impl Program {
    fn new(options: Options, chance: SystemChance, events: &Events<Job>, size: (u16, u16)) -> Result<Self, RunError> {
        let Options { paths, settings, set_to, passphrase, demo, open } = options;
        let zone = super::clock::system_zone().unwrap_or(chrono_tz::UTC);
        let clock = match set_to {
            Some(at) => Clock::fixed(at, zone),
            None => Clock::system(zone),
        };
        let look = settings.look();
        let clipboard =
            Clipboard::new(settings.clipboard, &Surroundings::look(), &paths.runtime, settings.clear_clipboard_after);
        // A program that was killed may have left what it copied out.
        clipboard.sweep(clock.now().instant);
        let file = paths.record.display().to_string();
        // Where that fails there is a record, though none has its name: nobody may begin an empty one in its place.
        let finished = finish_restore(&paths.record, clock.now().instant)?;
        let gate = if paths.record.exists() {
            Gate::Unlock(Box::new(Unlock::new(file)))
        } else {
            Gate::Setup(Box::new(Setup::new(file, zone, Region::suggested_by(zone))))
        };
        let (instruments, mut faults) = super::instruments::load(&paths.instruments());
        faults.extend(finished.map(|finished| finished.to_string()));
        let setting = Setting {
            keymap: settings.keymap.clone(),
            preferences: settings.preferences.clone(),
            paths,
            instruments,
            demo,
            size,
        };
        let now = clock.now().instant;
        let mut program = Self {
            setting,
            settings,
            chance,
            phase: Phase::Gate(Box::new(gate)),
            look,
            clipboard,
            aside: Aside::default(),
            keeping: Keeping::Works,
            last_input: now,
            clock,
            waiting: None,
            faults,
            post: events.post(),
            stop: Stop::default(),
            working: false,
            is_just_opened: false,
            quit: None,
            changed: true,
        };
        if let (Some(passphrase), Phase::Gate(gate)) = (passphrase, &program.phase)
            && matches!(**gate, Gate::Unlock(_))
        {
            program.gate(GateEffect::Unlock(passphrase));
        }
        if let Some((store, key)) = open {
            let (clock, ids) = (program.clock.clone(), program.ids());
            let mut session = Session::open(store, Some(key), clock, ids, &program.setting)?;
            program.tell_faults(&mut session);
            program.phase = Phase::Open(Box::new(session));
            program.follow_zone();
        }
        Ok(program)
    }

    fn ids(&self) -> Ids {
        Ids::new(self.chance.clone())
    }

    fn size(&mut self, (width, height): (u16, u16)) {
        self.setting.size = (width, height);
    }

    /// The moments that are awaited.
    fn dues(&self) -> Dues {
        let Phase::Open(session) = &self.phase else {
            return Dues { clipboard: self.clipboard.due(), ..Dues::default() };
        };
        let after = i64::try_from(self.settings.lock_after.as_millis()).unwrap_or(i64::MAX);
        Dues {
            lock: (after > 0 && !self.setting.demo).then(|| self.last_input.plus_millis(after)),
            draft: session.draft_due(),
            clipboard: self.clipboard.due(),
            shown: Some(session.drawn_at()),
        }
    }

    fn due(&mut self, due: Due, terminal: &mut Terminal) {
        match due {
            Due::Lock => self.lock(terminal),
            Due::Draft => self.keep_drafts(),
            Due::Clipboard => {
                let post = self.post.clone();
                self.clipboard.clear(move |on_terminal| {
                    if on_terminal {
                        post.send(Job::Uncopied);
                    }
                });
            }
            Due::Minute => {
                if let Phase::Open(session) = &mut self.phase {
                    session.minute(&self.setting);
                    self.changed = true;
                }
            }
        }
    }

    /// The clock is read in the zone of the record: what is due is compared with moments of the session.
    fn follow_zone(&mut self) {
        if let Phase::Open(session) = &self.phase
            && session.now().zone != self.clock.now().zone
        {
            self.clock.set_zone(session.now().zone);
            self.last_input = self.clock.now().instant;
        }
    }

    fn event(&mut self, event: Event<Job>, terminal: &mut Terminal) {
        match event {
            Event::Input(input) => {
                self.last_input = self.clock.now().instant;
                self.changed = true;
                self.input(input, terminal);
            }
            Event::Job(job) => {
                self.changed = true;
                self.job(job, terminal);
            }
            Event::End(ending) => self.asked_to_end(ending),
            Event::Lost => self.quit = Some(Ending::HangUp.exit_code()),
            Event::Continued => {
                self.changed = true;
                drop(terminal.resume());
            }
        }
    }

    fn input(&mut self, input: Input, terminal: &mut Terminal) {
        if let Input::Resize(width, height) = input {
            self.size((width, height));
            // Also where it has the size it had: made smaller and large again before anybody looked, the terminal has
            // lost what stood there.
            drop(terminal.repaint());
        }
        if let Some(waiting) = &mut self.waiting {
            waiting.push(input);
            return;
        }
        match &mut self.phase {
            Phase::Gate(gate) => {
                if let Some(effect) = gate.input(&input) {
                    self.gate(effect);
                }
            }
            Phase::Open(session) => {
                session.input(&input, &self.setting);
                self.follow_zone();
                self.outward(terminal);
            }
        }
    }

    fn job(&mut self, job: Job, terminal: &mut Terminal) {
        match job {
            Job::Opening(progress) => {
                if let Phase::Gate(gate) = &mut self.phase {
                    gate.tell(progress.stage.words(), progress.done, progress.total);
                }
            }
            Job::Opened(opened) => self.opened(*opened, terminal),
            Job::Uncopied => drop(terminal.copy(Clipboard::blank())),
            Job::Copied(what, outcome) => {
                if let Phase::Open(session) = &mut self.phase {
                    session.say(outward::copied(&what, &outcome));
                }
            }
            Job::Done(words) => {
                self.working = false;
                if let Phase::Open(session) = &mut self.phase {
                    match words {
                        Ok(words) => words.into_iter().for_each(|words| session.say(Message::Said(words))),
                        Err(words) => session.say(Message::failed(words)),
                    }
                }
            }
        }
    }

    fn draw(&mut self, terminal: &mut Terminal) -> std::io::Result<()> {
        self.changed = false;
        let (look, setting, now) = (self.look, &self.setting, self.clock.now().instant);
        let phase = &mut self.phase;
        if let Phase::Open(session) = phase {
            session.set_drawn(now);
        }
        terminal.draw(|frame| {
            let area: Rect = frame.area();
            let mut canvas = Canvas::new(frame.buffer_mut(), look);
            match phase {
                Phase::Gate(gate) => gate.render(&mut canvas, area),
                Phase::Open(session) => session.render(&mut canvas, area, setting),
            }
            let cursor: Option<Position> = canvas.cursor();
            if let Some(at) = cursor {
                frame.set_cursor_position(at);
            }
        })
    }

    /// What the first frame of a record did not wait for.
    fn after_frame(&mut self, terminal: &mut Terminal) -> std::io::Result<()> {
        if std::mem::take(&mut self.is_just_opened) {
            self.daily_backup();
        }
        let is_changed = match &mut self.phase {
            Phase::Open(session) => session.read_names(),
            Phase::Gate(_) => false,
        };
        if is_changed { self.draw(terminal) } else { Ok(()) }
    }
}

/// An error as a sentence, with what can be done.
fn told(error: &StoreError) -> String {
    format!("{error} {}", error.advice())
}
