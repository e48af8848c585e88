//! The notes of a chart: what was written, visit by visit, in full; found by words; with what was changed and taken back.

mod draw;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use super::Surface;
use super::chart::page::{Page, go};
use super::cursor::{Cursor, Pointed};
use super::pager::{Pager, Pages};
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::note::{Note, NoteLine, NotesPage};
use crate::clinical::patient::PatientFile;
use crate::clinical::time::show_date;
use crate::clinical::visit::VisitKind;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::line::Line;
use crate::ui::modal::{Choice, Modal};
use crate::ui::place::{NotesLook, Place};
use crate::ui::widget::Canvas;

/// How many visits are read at once.
pub const PAGE: usize = 60;
/// How many are read again after a change, at most.
const AGAIN: usize = 300;

/// The notes of a patient's chart.
#[derive(Debug)]
pub struct NotesScreen {
    file: PatientFile,
    /// Over whose chart or form this one lies.
    over: Option<String>,
    page: NotesPage,
    /// The one that is read now.
    note: Option<Note>,
    line: Line,
    typing: bool,
    pager: Pager,
}

impl NotesScreen {
    /// A page of notes as they were looked for.
    pub fn new(file: PatientFile, page: NotesPage, look: &NotesLook, over: Option<String>) -> Self {
        let at = page.lines.iter().position(|line| Some(line.visit) == look.visit);
        let (line, pager) = (Line::new(&look.words), Pager::new(at.unwrap_or(0)));
        Self { file, over, page, note: None, line, typing: false, pager }
    }

    /// Whose they are.
    pub const fn subject(&self) -> PatientId {
        self.file.patient.id
    }

    /// The words that are looked for.
    pub fn words(&self) -> &str {
        self.line.text()
    }

    /// How far the list was read.
    pub const fn after(&self) -> Option<&(String, String)> {
        self.page.after.as_ref()
    }

    /// How many visits are read again after a change.
    pub fn again(&self) -> usize {
        self.page.lines.len().clamp(PAGE, AGAIN)
    }

    /// Whether the next page of the list is lacking.
    pub fn lacks_lines(&self) -> bool {
        !self.page.is_end && self.pager.cursor.at + 20 >= self.page.lines.len()
    }

    /// The note that is lacking: the chosen one, where it is not read yet.
    pub fn lacks_note(&self) -> Option<VisitId> {
        let wanted = self.chosen()?.visit;
        (self.note.as_ref().map(Note::visit) != Some(wanted)).then_some(wanted)
    }

    /// The next page, below what is there.
    pub fn take(&mut self, page: NotesPage) {
        self.page.extend(page);
    }

    /// The note that was lacking.
    pub fn take_note(&mut self, note: Note) {
        self.note = Some(note);
        self.pager.top = 0;
    }

    /// The list as it is now, from the newest on; the chosen one stays chosen and is read again.
    pub fn set_model(&mut self, file: PatientFile, page: NotesPage) {
        let chosen = self.chosen().map(|line| line.visit);
        (self.file, self.page, self.note) = (file, page, None);
        let at = self.page.lines.iter().position(|line| Some(line.visit) == chosen);
        let at = at.unwrap_or_else(|| self.pager.cursor.at.min(self.page.lines.len().saturating_sub(1)));
        self.pager.cursor = Cursor::new(at);
    }

    /// Whether the line of words is shown.
    fn searches(&self) -> bool {
        self.typing || !self.line.text().is_empty()
    }

    fn chosen(&self) -> Option<&NoteLine> {
        self.page.lines.get(self.pager.cursor.at)
    }

    /// The note of the chosen line, once it is read.
    fn read(&self) -> Option<&Note> {
        let wanted = self.chosen()?.visit;
        self.note.as_ref().filter(|note| note.visit() == wanted)
    }

    fn loaded(&self) -> Vec<Effect> {
        if self.lacks_note().is_some() || self.lacks_lines() { vec![Effect::LoadMore] } else { Vec::new() }
    }

    fn look(&mut self) -> Vec<Effect> {
        (self.page, self.note) = (NotesPage::default(), None);
        self.pager = Pager::default();
        vec![Effect::LoadMore]
    }

    fn pages(&self, env: &Env<'_>) -> Pages {
        let (rows, text) = (draw::list_rows(env.size, self.searches()), draw::text_area(env.size, self.searches()));
        let lines = self.read().map_or(0, |note| draw::lines(note, usize::from(text.width), env.now.zone).len());
        Pages { rows, count: self.page.lines.len(), text, lines }
    }

    /// Pages through the notes, or through the text of one.
    fn moves(&mut self, command: Command, env: &Env<'_>) -> bool {
        let pages = self.pages(env);
        self.pager.command_of_entries(command, &pages, env)
    }

    /// What the note was written in: the assessment, or the procedure where there is no assessment.
    fn open(&self) -> Option<Place> {
        let line = self.chosen()?;
        let summary = self.read().map(|note| &note.summary);
        let assessed = summary.is_some_and(|summary| summary.assessment.is_some());
        let operated = summary.is_some_and(|summary| summary.session.is_some());
        Some(if !assessed && (operated || line.kind == VisitKind::Procedure) {
            Place::Procedure(line.visit)
        } else {
            Place::Assessment(line.visit)
        })
    }
}

impl Surface for NotesScreen {
    fn place(&self) -> Place {
        let look = NotesLook { visit: self.chosen().map(|line| line.visit), words: self.line.text().to_owned() };
        Place::Notes { patient: self.subject(), look }
    }

    fn context(&self) -> Context {
        Context::Notes
    }

    fn takes_text(&self) -> bool {
        self.typing
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let patient = self.subject();
        if self.typing && matches!(command, Command::Open | Command::Back) {
            self.typing = false;
            return Some(Vec::new());
        }
        if matches!(command, Command::Back) && !self.line.text().is_empty() {
            self.line = Line::default();
            return Some(self.look());
        }
        if let Some(effects) = go(Page::Notes, command, patient) {
            return Some(effects);
        }
        if self.moves(command, env) {
            return Some(self.loaded());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        Some(match command {
            Command::Open => vec![Effect::Open(self.open()?)],
            Command::SearchEntries => {
                self.typing = true;
                Vec::new()
            }
            Command::CopyOut => vec![Effect::CopyOut { visit: self.chosen()?.visit, section: None }],
            Command::CopySection => {
                let line = self.chosen()?;
                let about = format!("{} · {}", self.file.patient.list_name(), show_date(line.date));
                vec![Effect::show(Modal::Choice(Choice::section(line.visit, about)))]
            }
            other => vec![Effect::Open(Place::of_chart(other, patient, env.now.today())?)],
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let why = match command {
            Command::Open | Command::CopyOut | Command::CopySection | Command::EarlierEntry | Command::LaterEntry
                if !self.typing && self.chosen().is_none() =>
            {
                if self.line.text().is_empty() {
                    "nothing is written yet"
                } else {
                    "no note holds these words"
                }
            }
            Command::CopyOut | Command::CopySection
                if self.read().is_some_and(|note| note.summary.visit.recorded_at.is_none()) =>
            {
                "nothing was recorded in this visit"
            }
            Command::Patient => "this is the patient's chart",
            Command::Why => "figures are asked for their reasons among the trends",
            other => self.pager.beyond(other, self.page.lines.len())?,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if let Some(mouse) = env.mouse(input) {
            let pages = self.pages(env);
            return match self.pager.mouse(mouse, &pages) {
                Pointed::Again => self.command(Command::Open, env).unwrap_or_default(),
                Pointed::Chosen | Pointed::Elsewhere => self.loaded(),
            };
        }
        let before = self.line.text().to_owned();
        if self.typing && self.line.take(input) && self.line.text() != before { self.look() } else { Vec::new() }
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
