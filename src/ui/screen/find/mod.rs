//! Find: patients as one types, and below them the text of all days.

mod draw;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use super::Surface;
use super::cursor::{Cursor, Pointed};
use crate::action::input::Input;
use crate::action::key::{Key, KeyCode};
use crate::action::{Command, Context};
use crate::clinical::board::DayRecords;
use crate::clinical::find::{PatientIndex, PatientName};
use crate::clinical::hit::{Opens, TextHit};
use crate::clinical::visit::VisitKind;
use crate::ui::chrome;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::line::Line;
use crate::ui::place::{FollowPlace, Place};
use crate::ui::widget::Canvas;

/// So many patients are listed at most; who wants another types on.
const PATIENTS: usize = 50;
/// So many characters name anyone; a page that was pasted is not compared with every patient.
const LETTERS: usize = 80;
/// From so many characters on all text is searched.
const TEXT_FROM: usize = 3;

/// The find screen.
#[derive(Debug, Default)]
pub struct FindScreen {
    line: Line,
    /// The patients found for what is typed.
    patients: Vec<PatientName>,
    hits: Vec<TextHit>,
    cursor: Cursor,
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// What follows.
    Heading(&'static str),
    /// A patient found, or of today.
    Patient(usize),
    /// A text found.
    Hit(usize),
    /// Make a new patient: nobody fits.
    New,
}

impl Entry {
    const fn is_row(self) -> bool {
        !matches!(self, Self::Heading(_))
    }
}

impl FindScreen {
    /// An empty find.
    pub fn new() -> Self {
        Self::default()
    }

    /// A find of this text.
    pub fn of(text: &str) -> Self {
        Self { line: Line::new(text), ..Self::default() }
    }

    /// Whether all text is searched for what is typed.
    pub fn searches_text(&self) -> bool {
        self.typed().chars().count() >= TEXT_FROM
    }

    /// The texts that hold what is typed now.
    pub fn found(&mut self, hits: Vec<TextHit>) {
        // A hit in a name is the patient above, once more.
        self.hits = hits.into_iter().filter(|hit| !hit.is_name()).collect();
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    fn typed(&self) -> &str {
        self.line.text().trim()
    }

    /// The patients listed: those found, or while nothing is typed those of the day.
    fn listed(&self, records: &DayRecords) -> Vec<PatientName> {
        if !self.typed().is_empty() {
            return self.patients.clone();
        }
        let mut day: Vec<PatientName> = Vec::new();
        for record in records.visits.iter().filter(|record| record.visit.kind != VisitKind::Block) {
            let Some(patient) = record.file.as_ref().map(|file| &file.patient) else { continue };
            if day.iter().all(|name| name.id != patient.id) {
                day.push(PatientName {
                    id: patient.id,
                    number: patient.number.clone(),
                    family: patient.family.clone(),
                    given: patient.given.clone(),
                    birth_date: patient.birth_date,
                });
            }
        }
        day
    }

    fn entries(&self, listed: &[PatientName]) -> Vec<Entry> {
        let mut entries = Vec::new();
        if !listed.is_empty() {
            entries.push(Entry::Heading(if self.typed().is_empty() { "On this day" } else { "Patients" }));
            entries.extend((0..listed.len()).map(Entry::Patient));
        }
        if !self.hits.is_empty() {
            entries.push(Entry::Heading("In all texts"));
            entries.extend((0..self.hits.len()).map(Entry::Hit));
        }
        if listed.is_empty() && !self.typed().is_empty() {
            entries.push(Entry::New);
        }
        entries
    }

    /// Finds again after what is typed, or who there is, has changed.
    fn search(&mut self, patients: &PatientIndex) {
        let typed = self.line.text().trim();
        let letters: String = typed.chars().take(LETTERS).collect();
        self.patients = patients.find(&letters, PATIENTS).into_iter().filter(|_| !typed.is_empty()).cloned().collect();
        if typed.chars().count() < TEXT_FROM {
            self.hits.clear();
        }
    }

    fn changed(&mut self, env: &Env<'_>) -> Vec<Effect> {
        self.search(env.patients);
        self.first(env);
        let typed = self.typed();
        if typed.chars().count() < TEXT_FROM { Vec::new() } else { vec![Effect::FindText(typed.to_owned())] }
    }

    fn first(&mut self, env: &Env<'_>) {
        let entries = self.entries(&self.listed(env.records));
        self.cursor = Cursor::new(entries.iter().position(|entry| entry.is_row()).unwrap_or(0));
    }

    /// The line under the hands; after new hits came in it may be a heading: then the first row.
    fn at(&self, entries: &[Entry]) -> usize {
        match entries.get(self.cursor.at) {
            Some(entry) if entry.is_row() => self.cursor.at,
            _ => entries.iter().position(|entry| entry.is_row()).unwrap_or(0),
        }
    }

    fn open(&self, env: &Env<'_>) -> Vec<Effect> {
        let listed = self.listed(env.records);
        let entries = self.entries(&listed);
        let place = match entries.get(self.at(&entries)) {
            Some(Entry::Patient(at)) => listed.get(*at).map(|name| Place::Chart(name.id)),
            Some(Entry::Hit(at)) => self.hits.get(*at).and_then(|hit| hit.opens).map(place_of),
            Some(Entry::New) => Some(Place::NewPatient(self.typed().to_owned())),
            Some(Entry::Heading(_)) | None => None,
        };
        place.map(Effect::Open).into_iter().collect()
    }
}

/// Where a text that was found is read.
const fn place_of(opens: Opens) -> Place {
    match opens {
        Opens::Name(patient) | Opens::Chart(patient) => Place::Chart(patient),
        Opens::Medicines(patient) => Place::Medicines(patient),
        Opens::Plan(patient) => Place::Plan(patient),
        Opens::Ledger(patient) => Place::Jigsaw(patient),
        Opens::CareTeam(patient) => Place::Follow(FollowPlace::CareTeam(patient)),
        Opens::Monitoring(patient) => Place::Follow(FollowPlace::Monitoring { patient, visit: None }),
        Opens::Visit(visit) => Place::Visit(visit),
        Opens::Assessment(visit) => Place::Assessment(visit),
        Opens::Procedure(visit) => Place::Procedure(visit),
        Opens::CheckIn(check_in) => Place::CheckIn(check_in),
        Opens::Diagnostic(test) => Place::Diagnostic(test),
        Opens::Referral(referral) => Place::Follow(FollowPlace::Referral(referral)),
        Opens::Taper(taper) => Place::Follow(FollowPlace::Taper(taper)),
        Opens::Check(check) => Place::Follow(FollowPlace::Check(check)),
        Opens::Urine(test) => Place::Follow(FollowPlace::Urine(test)),
        Opens::Task(task) => Place::Task(task),
    }
}

impl Surface for FindScreen {
    fn place(&self) -> Place {
        Place::Find(self.line.text().to_owned())
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn context(&self) -> Context {
        Context::List
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        // The line has its own ends and sides.
        let key = match command {
            Command::First => Some(KeyCode::Home),
            Command::Last => Some(KeyCode::End),
            Command::Left => Some(KeyCode::Left),
            Command::Right => Some(KeyCode::Right),
            _ => None,
        };
        if let Some(key) = key {
            self.line.take(&Input::Key(Key::of(key)));
            return Some(Vec::new());
        }
        let entries = self.entries(&self.listed(env.records));
        let height = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1)).height;
        self.cursor.at = self.at(&entries);
        let is_row = |at: usize| entries.get(at).is_some_and(|entry| entry.is_row());
        if self.cursor.command_over(command, entries.len(), height, is_row) {
            return Some(Vec::new());
        }
        match command {
            Command::Open => Some(self.open(env)),
            Command::Find => Some(Vec::new()),
            _ => None,
        }
    }

    fn cannot(&self, command: Command, env: &Env<'_>) -> Option<String> {
        let nothing = self.entries(&self.listed(env.records)).is_empty();
        (command == Command::Open && nothing).then(|| "type part of a name, a number or a birth date first".to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if let Input::Mouse(mouse) = input {
            let entries = self.entries(&self.listed(env.records));
            let area = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1));
            self.cursor.at = self.at(&entries);
            let is_row = |at: usize| entries.get(at).is_some_and(|entry| entry.is_row());
            return match self.cursor.mouse_over(*mouse, area, entries.len(), is_row) {
                Pointed::Again => self.open(env),
                Pointed::Chosen | Pointed::Elsewhere => Vec::new(),
            };
        }
        let before = self.line.text().to_owned();
        self.line.take(input);
        if self.line.text() == before { Vec::new() } else { self.changed(env) }
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }

    fn day_changed(&mut self, env: &mut Env<'_>) {
        self.search(env.patients);
    }
}

/// The parts of the screen, and in its body the line that is typed and the list.
fn areas(area: Rect) -> (chrome::Parts, Rect, Rect) {
    let parts = chrome::parts(area, 1);
    let lead = u16::from(parts.body.height >= 8);
    let line = Rect { y: parts.body.y.saturating_add(lead), height: parts.body.height.min(1), ..parts.body };
    let used = (lead * 2 + 1).min(parts.body.height);
    let list = Rect { y: parts.body.y.saturating_add(used), height: parts.body.height - used, ..parts.body };
    (parts, line, list)
}
