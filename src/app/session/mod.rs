//! The open record: the store, the day on the board, the stack of screens, and what becomes of input.
//!
//! `input` is the path of an event (see the crate's page): modal on top, else text field, else key map, else what works on
//! every screen; `perform` carries effects out in order; `open` builds screens from places; `load` reads what they show,
//! then and after every change; `day` reads the day on the board.

mod aside;
mod ask;
mod bring_in;
mod commands;
mod day;
mod follow;
mod lists;
mod load;
mod medicines;
mod open;
mod perform;
pub mod scales;
mod schedule;
mod undo;

use chrono::NaiveDate;
use ratatui::layout::Rect;

pub use aside::Aside;
pub use day::{Day, follow as followed};

use zeroize::Zeroizing;

use super::clock::Clock;
use crate::action::form_command::FormCommand;
use crate::action::input::Input;
use crate::action::key::{Key, KeyCode};
use crate::action::{Command, Context, Keymap};
use crate::clinical::code_set::CodeSets;
use crate::clinical::find::PatientIndex;
use crate::clinical::id::{Ids, PatientId};
use crate::clinical::instrument::Catalogue;
use crate::clinical::practice::Practice;
use crate::clinical::time::{Instant, Now};
use crate::jobs::record::Work;
use crate::store::{RawKey, Store, StoreError};
use crate::ui::chrome;
use crate::ui::env::{Env, Message, Preferences, View};
use crate::ui::modal::Modal;
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::board::BoardScreen;
use crate::ui::widget::Canvas;

/// How long typed text may wait before it is kept, in milliseconds.
const DRAFT_WAITS: i64 = 400;

/// So many texts are found at most.
const HITS: u32 = 50;

/// The machine's own row of the weekdays that are listed by the clock.
const BY_CLOCK: &str = "board.by-clock";

/// Why nothing can be typed where nothing could be kept.
pub(super) const READ_ONLY: &str = "this window only reads: what is typed here could not be kept";

/// Whether a command changes the form it is given to, or only moves in it.
fn changes_form(command: Command) -> bool {
    let marks =
        [Command::MapAsLast, Command::MapAllAsLast, Command::MapGone, Command::MapQuality, Command::MapRadiates];
    FormCommand::of(command).is_some_and(FormCommand::edits) || marks.contains(&command)
}

/// Whether a key that no command has changes what a form holds.
fn types_into_form(key: Key) -> bool {
    key.types().is_some() || FormCommand::of_key(key).is_some_and(FormCommand::edits)
}

/// What the session asks of the program around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outward {
    /// Put this on the clipboard, and say what was copied.
    Copy(Zeroizing<String>, String),
    /// Lock the record.
    Lock,
    /// End the program.
    Quit,
    /// Hand the terminal back to the shell for a while.
    Suspend,
    /// Change to the next theme.
    NextTheme,
    /// Start long work.
    Start(Work),
}

/// Whose was what was kept or taken back, and what is said of it while another patient is on the screen.
#[derive(Debug)]
struct KeptOf {
    patient: PatientId,
    /// What is said while nobody else is: other words are not of this act.
    named: String,
    without_name: String,
}

/// The settings and places a session is opened with.
#[derive(Debug)]
pub struct Setting {
    /// The keys.
    pub keymap: Keymap,
    /// What screens do or show.
    pub preferences: Preferences,
    /// Where the files lie.
    pub paths: super::paths::Paths,
    /// Every instrument, the physician's own among them.
    pub instruments: Catalogue,
    /// Whether this is the demo.
    pub demo: bool,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// The open record.
#[derive(Debug)]
pub struct Session {
    store: Store,
    key: Option<RawKey>,
    clock: Clock,
    ids: Ids,
    practice: Practice,
    patients: PatientIndex,
    /// Where conditions are found; the physician's own code sets are read when an assessment is first opened.
    code_sets: CodeSets,
    code_sets_read: bool,
    day: Day,
    stack: Vec<Screen>,
    modals: Vec<Modal>,
    message: Message,
    /// Whose was what the message says was kept.
    kept_of: Option<KeptOf>,
    /// When the draft of the form on top was kept.
    draft_kept: Option<Instant>,
    names_hidden: bool,
    /// Who is in room today; kept while another day is on the board.
    guests: Vec<crate::clinical::patient::Patient>,
    /// The moment that is shown on the screen.
    drawn_at: Instant,
    /// When typed text must be kept, where some is not yet.
    draft_due: Option<Instant>,
    /// The places as last written, so that an unchanged stack is not written again.
    places_kept: String,
    /// The question over the screen as last written, and its half-typed answer.
    asked_kept: ask::Asked,
    /// The weekdays listed by the clock, as last written.
    by_clock_kept: [bool; 7],
    /// The act that a second `u` would take back.
    undo_asked: Option<crate::clinical::id::ChangeSetId>,
    /// Whether a second `q` ends the program though patients are here.
    quit_asked: bool,
    outward: Vec<Outward>,
    /// How the record stood when a window that only reads last looked whether it had changed.
    version_seen: Option<i64>,
    /// How leaving what was typed went.
    leaving: perform::Leaving,
}

impl Session {
    /// Opens the session: the day is loaded, and the screens that were open are open again.
    pub fn open(
        store: Store,
        key: Option<RawKey>,
        mut clock: Clock,
        ids: Ids,
        setting: &Setting,
    ) -> Result<Self, StoreError> {
        let Some(practice) = store.practice()? else {
            return Err(StoreError::NotARecord(setting.paths.record.clone()));
        };
        clock.set_zone(practice.zone);
        let now = clock.now();
        let version_seen = store.version_of_others().ok();
        let day = Day::load(&store, now.today(), now, &setting.preferences)?;
        let by_clock: [bool; 7] =
            store.machine_value(BY_CLOCK)?.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default();
        let mut session = Self {
            store,
            key,
            clock,
            ids,
            practice,
            patients: PatientIndex::unread(),
            code_sets: CodeSets::default(),
            code_sets_read: false,
            day,
            stack: vec![Screen::Board(Box::new(BoardScreen::new(now.today(), by_clock)))],
            modals: Vec::new(),
            message: Message::None,
            kept_of: None,
            draft_kept: None,
            names_hidden: false,
            guests: Vec::new(),
            drawn_at: now.instant,
            draft_due: None,
            places_kept: String::new(),
            asked_kept: ask::Asked::default(),
            by_clock_kept: by_clock,
            undo_asked: None,
            quit_asked: false,
            outward: Vec::new(),
            version_seen,
            leaving: perform::Leaving::Kept,
        };
        session.reopen_places(setting);
        session.ask_again(setting);
        if let Some(first) = setting.preferences.phrases.faults.first() {
            let more = setting.preferences.phrases.faults.len() - 1;
            let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
            session.message = Message::refused(format!("phrases.toml, {first}{more}"));
        }
        Ok(session)
    }

    /// Reads every patient's name, unless that was done. The first frame needs none of them: on it, any word of a text in
    /// which names are hidden may be one. Whether the screen may look otherwise now.
    pub fn read_names(&mut self) -> bool {
        if !self.patients.is_unread() {
            return false;
        }
        self.reload_names();
        self.names_hidden || !self.guests.is_empty()
    }

    /// The moment, in the practice's zone.
    pub fn now(&self) -> Now {
        self.clock.now()
    }

    /// The moment that is shown on the screen.
    pub const fn drawn_at(&self) -> Instant {
        self.drawn_at
    }

    /// The screen is drawn at this moment, as the program's clock says, with which what is due is compared.
    pub fn set_drawn(&mut self, now: Instant) {
        if self.day.board.is_today {
            self.guests = crate::ui::chrome::names::guests(&self.day.board);
        }
        self.drawn_at = now;
    }

    /// The key of the record, for another connection of this process.
    pub const fn key(&self) -> Option<&RawKey> {
        self.key.as_ref()
    }

    /// The store, to read from.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// When typed text must be kept.
    pub const fn draft_due(&self) -> Option<Instant> {
        self.draft_due
    }

    /// What is asked of the program around, oldest first.
    pub fn take_outward(&mut self) -> Vec<Outward> {
        std::mem::take(&mut self.outward)
    }

    /// Says something on the line above the footer.
    pub fn say(&mut self, message: Message) {
        self.message = message;
    }

    fn top(&self) -> Option<&Screen> {
        self.stack.last()
    }

    /// Lends the env to the top modal or screen. Split borrows: the screen stack is taken out for the time.
    fn with_env<R>(&mut self, setting: &Setting, ask: impl FnOnce(&mut Screen, &mut Env<'_>) -> R) -> Option<R> {
        let mut screen = self.stack.pop()?;
        let mut env = Env {
            now: self.clock.now(),
            ids: &mut self.ids,
            practice: &self.practice,
            preferences: &setting.preferences,
            keymap: &setting.keymap,
            patients: &self.patients,
            code_sets: &self.code_sets,
            board: &self.day.board,
            records: &self.day.records,
            size: setting.size,
        };
        let answer = ask(&mut screen, &mut env);
        self.stack.push(screen);
        Some(answer)
    }

    /// Takes one input. A modal is a barrier; a text field has every character it wants; the key map has the rest.
    pub fn input(&mut self, input: &Input, setting: &Setting) {
        self.follow_writer(setting);
        self.read_names();
        if let Input::Resize(..) = input {
            let effects = self.with_env(setting, |screen, env| screen.surface_mut().input(input, env));
            self.perform(effects.unwrap_or_default(), setting);
            return;
        }
        if let Some(modal) = self.modals.pop() {
            self.modal_input(modal, input, setting);
            return;
        }
        let effects = match input {
            Input::Key(key) => {
                // Why a key did nothing is answered by the next one.
                if self.on_form() && matches!(self.message, Message::Refused(_)) {
                    self.message = Message::None;
                }
                let Some(screen) = self.top() else { return };
                let typed = screen.surface().takes_text() && key.types().is_some();
                let command = if typed { None } else { setting.keymap.command(screen.surface().context(), *key) };
                match command {
                    // Home is as far back as Esc goes: only `q` ends the program.
                    Some(Command::Back) if key.code == KeyCode::Esc && self.is_home() => {
                        self.message = Message::None;
                        return;
                    }
                    Some(command) if self.is_read_only() && changes_form(command) && self.on_form() => {
                        self.message = Message::refused(READ_ONLY);
                        return;
                    }
                    Some(command) => return self.run(command, setting),
                    None if self.is_read_only() && self.on_form() && types_into_form(*key) => {
                        self.message = Message::refused(READ_ONLY);
                        return;
                    }
                    None => self.with_env(setting, |screen, env| screen.surface_mut().input(input, env)),
                }
            }
            Input::Paste(_) if self.is_read_only() && (self.on_form() || self.takes_paste()) => {
                self.message = Message::refused(READ_ONLY);
                return;
            }
            Input::Paste(_) if !self.takes_paste() => {
                self.message = Message::refused("nothing here takes pasted text");
                return;
            }
            _ => self.with_env(setting, |screen, env| screen.surface_mut().input(input, env)),
        };
        self.perform(effects.unwrap_or_default(), setting);
    }

    fn is_home(&self) -> bool {
        self.stack.len() < 2 && self.day.board.is_today
    }

    fn takes_paste(&self) -> bool {
        self.top().is_some_and(|screen| screen.surface().takes_paste())
    }

    fn is_read_only(&self) -> bool {
        self.store.mode() == crate::store::Mode::Read
    }

    pub(super) fn on_form(&self) -> bool {
        self.top().is_some_and(|screen| matches!(screen.surface().context(), Context::Form | Context::BodyMap))
    }

    /// Draws everything. Changes nothing.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, setting: &Setting) {
        if area.width < chrome::LEAST.0 {
            canvas.clear(area);
            chrome::too_small(canvas, area);
            return;
        }
        let message = self.shown();
        let view = View {
            now: self.clock.now(),
            keymap: &setting.keymap,
            practice: &self.practice,
            preferences: &setting.preferences,
            patients: &self.patients,
            board: &self.day.board,
            records: &self.day.records,
            message: &message,
            names_hidden: self.names_hidden,
            guests: &self.guests,
            columns: area.width,
            demo: setting.demo,
            read_only: self.is_read_only(),
        };
        if let Some(screen) = self.top() {
            screen.surface().render(canvas, area, &view);
            chrome::long_message(canvas, area, &view);
        }
        for modal in &self.modals {
            modal.render(canvas, area, &view);
        }
    }

    /// A new minute: the board moves with the clock; over midnight the day that was today stays until one leaves it.
    pub fn minute(&mut self, setting: &Setting) {
        let now = self.clock.now();
        self.follow_writer(setting);
        self.day.recompute(now);
        self.with_env(setting, |screen, env| screen.surface_mut().day_changed(env));
    }

    /// The places on the stack, home first.
    fn places(&self) -> Vec<Place> {
        let home = Place::Board(self.day.records.date);
        std::iter::once(home).chain(self.stack.iter().skip(1).map(|screen| screen.surface().place())).collect()
    }

    /// The day on the board.
    pub const fn date(&self) -> NaiveDate {
        self.day.records.date
    }

    /// Ends the session: what was typed is kept, the connection closed, the key and all text gone with it.
    ///
    /// # Errors
    /// Where the text could not be kept the session is given back, whole, with the reason.
    pub fn end(mut self) -> Result<(), (Box<Self>, StoreError)> {
        if let Err(error) = self.keep_typed() {
            return Err((Box::new(self), error));
        }
        // What the screens held goes first, so that closing writes over it too. A close that fails has lost nothing:
        // everything was committed before.
        drop(self.into_store().close());
        Ok(())
    }

    fn into_store(self) -> Store {
        self.store
    }
}
