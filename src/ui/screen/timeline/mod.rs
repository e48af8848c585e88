//! The timeline of a chart: all that happened, newest first, by kind and by words, each line a way in.

mod draw;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Surface;
use super::chart::page::{Page, go};
use super::cursor::{Cursor, Pointed};
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::id::PatientId;
use crate::clinical::patient::PatientFile;
use crate::clinical::timeline::{Event, EventKind, Opens, Read, Sought, TimelinePage};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::line::Line;
use crate::ui::place::{FollowPlace, Place, TimelineLook};
use crate::ui::widget::Canvas;

/// How many lines are read at once.
pub const PAGE: usize = 60;
/// How many are read again after a change, at most.
const AGAIN: usize = 300;

/// What letters mean now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Commands.
    Going,
    /// Kinds to show or hide.
    Kinds,
    /// Words to find.
    Words,
}

/// The timeline of a patient's chart.
#[derive(Debug)]
pub struct TimelineScreen {
    file: PatientFile,
    /// Over whose chart or form this one lies.
    over: Option<String>,
    page: TimelinePage,
    sought: Sought,
    line: Line,
    mode: Mode,
    cursor: Cursor,
}

impl TimelineScreen {
    /// A page of the timeline as it was looked for; the hands on the newest line that is not ahead.
    pub fn new(
        file: PatientFile,
        page: TimelinePage,
        look: TimelineLook,
        over: Option<String>,
        today: NaiveDate,
    ) -> Self {
        let line = Line::new(&look.sought.words);
        let newest = page.events.iter().position(|event| event.date <= today);
        let cursor = Cursor::new(newest.unwrap_or(0));
        Self { file, over, page, sought: look.sought, line, mode: Mode::Going, cursor }
    }

    /// Whose it is.
    pub const fn subject(&self) -> PatientId {
        self.file.patient.id
    }

    /// What is looked for.
    pub const fn sought(&self) -> &Sought {
        &self.sought
    }

    /// How far it was read.
    pub const fn read(&self) -> &Read {
        &self.page.read
    }

    /// How many lines are read again after a change.
    pub fn again(&self) -> usize {
        self.page.events.len().clamp(PAGE, AGAIN)
    }

    /// The next page, below what is there.
    pub fn take(&mut self, page: TimelinePage) {
        self.page.extend(page);
    }

    /// The timeline as it is now, from the newest on; the chosen line stays chosen.
    pub fn set_model(&mut self, file: PatientFile, page: TimelinePage) {
        let chosen = self.chosen().map(|event| (event.kind, event.id.clone()));
        (self.file, self.page) = (file, page);
        let events = &self.page.events;
        let at = events.iter().position(|event| Some((event.kind, event.id.clone())) == chosen);
        self.cursor = Cursor::new(at.unwrap_or_else(|| self.cursor.at.min(events.len().saturating_sub(1))));
    }

    fn chosen(&self) -> Option<&Event> {
        self.page.events.get(self.cursor.at)
    }

    /// Looks anew, from the newest on.
    fn look(&mut self) -> Vec<Effect> {
        self.page = TimelinePage::default();
        self.cursor = Cursor::default();
        vec![Effect::LoadMore]
    }

    /// Asks for the next page where the hands come near the end of what was read.
    fn loaded(&self, rows: u16) -> Vec<Effect> {
        let near = self.cursor.at + usize::from(rows) + 1 >= self.page.events.len();
        if near && !self.page.is_end { vec![Effect::LoadMore] } else { Vec::new() }
    }

    fn open(&self) -> Option<Place> {
        let event = self.chosen()?;
        let patient = self.subject();
        Some(match &event.opens {
            Opens::Visit(visit) => Place::Visit(*visit),
            Opens::Assessment(visit) => Place::Assessment(*visit),
            Opens::Procedure(visit) => Place::Procedure(*visit),
            Opens::Plan => Place::Plan(patient),
            Opens::Diagnostic(test) => Place::Diagnostic(*test),
            Opens::Medicines => Place::Medicines(patient),
            Opens::Lists => Place::Patient(Some(patient)),
            Opens::Instrument { visit, instrument, result } => {
                Place::Instrument { patient, visit: *visit, instrument: instrument.clone(), result: Some(*result) }
            }
            Opens::CheckIn(check_in) => Place::CheckIn(*check_in),
            Opens::Task(task) => Place::Task(*task),
            Opens::Check(check) => Place::Follow(FollowPlace::Check(*check)),
            Opens::Urine(test) => Place::Follow(FollowPlace::Urine(*test)),
        })
    }

    /// Leaves letters to the commands again.
    fn leave(&mut self, command: Command) -> Option<Vec<Effect>> {
        if self.mode != Mode::Going && matches!(command, Command::Open | Command::Back) {
            self.mode = Mode::Going;
            return Some(Vec::new());
        }
        let is_all = self.sought == Sought::default();
        if matches!(command, Command::Back) && !is_all {
            self.sought = Sought::default();
            self.line = Line::default();
            return Some(self.look());
        }
        None
    }

    fn kind(&mut self, input: &Input) -> Vec<Effect> {
        let Input::Key(key) = input else { return Vec::new() };
        let Some(letter) = key.types() else { return Vec::new() };
        if letter == ' ' || letter == 'a' {
            self.sought.kinds.clear();
            return self.look();
        }
        match EventKind::of_letter(letter) {
            Some(kind) => {
                self.sought.turn(kind);
                self.look()
            }
            None => vec![Effect::refuse("no kind has this letter: each stands beside its own")],
        }
    }

    fn type_words(&mut self, input: &Input) -> Vec<Effect> {
        let before = self.line.text().to_owned();
        if self.line.take(input) && self.line.text() != before {
            self.line.text().clone_into(&mut self.sought.words);
            return self.look();
        }
        Vec::new()
    }
}

impl Surface for TimelineScreen {
    fn place(&self) -> Place {
        Place::Timeline { patient: self.subject(), look: TimelineLook { sought: self.sought.clone() } }
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn context(&self) -> Context {
        Context::Timeline
    }

    fn takes_text(&self) -> bool {
        self.mode != Mode::Going
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let patient = self.subject();
        if let Some(done) = self.leave(command) {
            return Some(done);
        }
        if let Some(effects) = go(Page::Timeline, command, patient) {
            return Some(effects);
        }
        let rows = draw::rows(env.size).height.max(2);
        if self.cursor.command(command, self.page.events.len(), rows) {
            return Some(self.loaded(rows));
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        Some(match command {
            Command::Open => vec![Effect::Open(self.open()?)],
            Command::ChooseKinds => {
                self.mode = Mode::Kinds;
                Vec::new()
            }
            Command::SearchEntries => {
                self.mode = Mode::Words;
                Vec::new()
            }
            Command::CopyOut => vec![Effect::CopyOut { visit: visit(self.chosen()?)?, section: None }],
            other => vec![Effect::Open(Place::of_chart(other, patient, env.now.today())?)],
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let why = match command {
            Command::Open if self.mode == Mode::Going && self.chosen().is_none() => "there is no line to open",
            Command::CopyOut | Command::CopySection if self.chosen().and_then(visit).is_none() => {
                "only a visit in which something was recorded is copied out"
            }
            Command::CopySection => "a section is copied out from the notes: there it can be read first",
            Command::Patient => "this is the patient's chart",
            Command::Why => "figures are asked for their reasons among the trends",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if let Some(mouse) = env.mouse(input) {
            let rows = draw::rows(env.size);
            return match self.cursor.mouse(mouse, rows, self.page.events.len()) {
                Pointed::Again => self.command(Command::Open, env).unwrap_or_default(),
                Pointed::Chosen | Pointed::Elsewhere => self.loaded(rows.height),
            };
        }
        match self.mode {
            Mode::Kinds => self.kind(input),
            Mode::Words => self.type_words(input),
            Mode::Going => Vec::new(),
        }
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.subject())
    }

    fn patient_for_undo(&self) -> Option<PatientId> {
        self.patient()
    }
}

/// The visit whose summary an event is part of.
const fn visit(event: &Event) -> Option<crate::clinical::id::VisitId> {
    match &event.opens {
        Opens::Assessment(visit) | Opens::Procedure(visit) => Some(*visit),
        _ => None,
    }
}
