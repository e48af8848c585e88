//! A patient's tests and results: newest first, each step on in one key, the report and the own reading below.

mod draw;
pub mod step;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use super::Surface;
use super::cursor::Cursor;
use super::pager::{Pager, Pages};
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::board::ItemKey;
use crate::clinical::diagnostic::{Diagnostic, Step};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::patient::PatientFile;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Modal, Prompt, Purpose};
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// A patient's tests and results.
#[derive(Debug)]
pub struct DiagnosticsScreen {
    file: PatientFile,
    tests: Vec<Diagnostic>,
    /// The visit out of which it was opened.
    visit: Option<VisitId>,
    pager: Pager,
}

impl DiagnosticsScreen {
    /// These tests, newest first; the hands on the first that somebody has to do something about.
    pub fn new(file: PatientFile, tests: Vec<Diagnostic>, visit: Option<VisitId>) -> Self {
        let open = tests.iter().position(|test| matches!(test.step(), Step::Done | Step::Read));
        Self { file, tests, visit, pager: Pager::new(open.unwrap_or(0)) }
    }

    /// The tests as they are now; the chosen one stays chosen.
    pub fn set_model(&mut self, file: PatientFile, tests: Vec<Diagnostic>) {
        let chosen = self.chosen().map(|test| test.id);
        self.file = file;
        let known = |test: &Diagnostic| self.tests.iter().any(|old| old.id == test.id);
        // What was just made is what one wants to see.
        let new = tests.iter().position(|test| !known(test)).filter(|_| self.tests.len() < tests.len());
        let at = new.or_else(|| tests.iter().position(|test| Some(test.id) == chosen));
        self.tests = tests;
        self.pager.cursor =
            Cursor::new(at.unwrap_or_else(|| self.pager.cursor.at.min(self.tests.len().saturating_sub(1))));
    }

    /// Whose they are, and the visit out of which they were opened.
    pub const fn subject(&self) -> PatientId {
        self.file.patient.id
    }

    fn chosen(&self) -> Option<&Diagnostic> {
        self.tests.get(self.pager.cursor.at)
    }

    fn pages(&self, env: &Env<'_>) -> Pages {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        let (rows, text) = (draw::list_rows(area, self.tests.len()), draw::text_area(area, self.tests.len()));
        let lines = self.chosen().map_or(0, |test| draw::lines(test, usize::from(text.width), env.now.zone).len());
        Pages { rows, count: self.tests.len(), text, lines }
    }

    fn let_go(&self, env: &Env<'_>) -> Option<Effect> {
        let test = self.chosen()?;
        let about = format!("{} · {}", self.file.patient.list_name(), test.name());
        let purpose = Purpose::LetGo { item: ItemKey::Diagnostic(test.id), visit: None, day: env.now.today() };
        Some(Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about)))))
    }
}

impl Surface for DiagnosticsScreen {
    fn place(&self) -> Place {
        Place::Diagnostics { patient: self.file.patient.id, visit: self.visit }
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.pager.cursor)
    }

    fn context(&self) -> Context {
        Context::Diagnostics
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let pages = self.pages(env);
        if self.pager.command(command, &pages) {
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        let patient = self.file.patient.id;
        Some(match command {
            Command::NewDiagnostic => vec![Effect::Open(Place::NewDiagnostic { patient, visit: self.visit })],
            Command::Open => vec![Effect::Open(Place::Diagnostic(self.chosen()?.id))],
            Command::Done => step::step(self.chosen()?, &self.file.patient.list_name(), env),
            Command::CloseOne => vec![self.let_go(env)?],
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, env: &Env<'_>) -> Option<String> {
        let why = match (command, self.chosen()) {
            (Command::Open | Command::Done | Command::CloseOne, None) => "no test was asked for yet",
            (Command::Done, Some(test)) if step::next_of(test).is_none() => match test.step() {
                Step::LetGo => {
                    let opens = env.key(Context::Diagnostics, Command::Open);
                    return Some(format!("this was closed with a reason; {opens} opens it"));
                }
                _ => "this is acted on already",
            },
            (Command::CloseOne, Some(test)) if matches!(test.step(), Step::ActedOn | Step::LetGo) => {
                "nothing of this is open"
            }
            (Command::Diagnostics, _) => "these are the patient's tests and results",
            (Command::CopyOut | Command::CopySection, _) => "results are copied out with the summary of their visit",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let pages = self.pages(env);
        self.pager.mouse(mouse, &pages).follow(self, env)
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.file.patient.id)
    }

    fn patient_for_undo(&self) -> Option<PatientId> {
        self.patient()
    }
}
