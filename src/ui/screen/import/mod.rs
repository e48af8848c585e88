//! The preview of an import: every line with what would become of it and why, before anything is changed.

pub mod asking;
mod draw;
mod lines;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use ratatui::layout::Rect;

use self::asking::Basis;
use self::lines::{Row, Shown};
use super::Surface;
use super::cursor::Cursor;
use crate::action::input::{Input, Mouse, MouseButton, MouseKind};
use crate::action::{Command, Context};
use crate::clinical::import::ask::Asked;
use crate::clinical::import::outcome::{ImportPlan, PlanLine, WithGone};
use crate::clinical::text::clean_line;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Choice, Choose, Modal, Prompt, Purpose, Reading};
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// How far the reading has come.
#[derive(Debug)]
enum State {
    /// No file is named yet.
    Asking,
    /// The file is being read.
    Reading,
    /// It is no schedule, or could not be read: why, in words.
    Failed(String),
    /// What the import would do.
    Plan(Box<ImportPlan>),
}

/// The preview of an import.
#[derive(Debug)]
pub struct ImportScreen {
    paths: Vec<PathBuf>,
    asked: Asked,
    basis: Option<Basis>,
    state: State,
    shown: Shown,
    cursor: Cursor,
}

/// Which visits can be gone, in words.
const RULE: &str = "A visit is gone if it came from this source before, lies within these days and stands in the file no \
     more. A calendar speaks for all of them; a table for the days from its first to its last row, and, where the first \
     or the last day is typed, up to that day. Nothing is cancelled unless you say so.";

impl ImportScreen {
    /// The preview of these files, not read yet; none asks for one.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        let state = if paths.is_empty() { State::Asking } else { State::Reading };
        let (shown, cursor) = (Shown::All, Cursor::default());
        Self { paths, asked: Asked::default(), basis: None, state, shown, cursor }
    }

    /// How the files are to be read.
    pub fn ask(&mut self, asked: Asked) {
        self.asked = asked;
    }

    /// How the files were asked to be read.
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// What the import would do, and how the files were read.
    pub fn set_plan(&mut self, plan: ImportPlan, basis: Basis) {
        self.basis = Some(basis);
        self.state = State::Plan(Box::new(plan));
        self.shown = Shown::All;
        self.cursor = Cursor::default();
    }

    /// The file could not be read: why, in words.
    pub fn failed(&mut self, why: impl Into<String>) {
        self.state = State::Failed(why.into());
    }

    /// The files.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// What would be applied.
    pub fn plan(&self) -> Option<&ImportPlan> {
        match &self.state {
            State::Plan(plan) => Some(plan),
            State::Asking | State::Reading | State::Failed(_) => None,
        }
    }

    /// How the files were read, and what was decided for each as a whole.
    fn how_read(&self) -> String {
        let mut out: Vec<String> = self.basis.iter().map(|basis| format!("days looked at: {}", basis.days())).collect();
        out.extend(self.plan().into_iter().flat_map(|plan| plan.notes.clone()).map(|note| clean_line(&note)));
        out.push(RULE.to_owned());
        out.join("\n\n")
    }

    fn rows(&self) -> Vec<Row<'_>> {
        self.plan().map(|plan| lines::shown(plan, self.shown)).unwrap_or_default()
    }

    fn chosen(&self) -> Option<&PlanLine> {
        self.rows().get(self.cursor.at).map(|(_, line)| *line)
    }

    /// Shows only the lines of another kind.
    fn filter(&mut self, on: bool) {
        let Some(plan) = self.plan() else { return };
        let kinds = lines::kinds(plan);
        let at = kinds.iter().position(|kind| *kind == self.shown).unwrap_or(0);
        let at = if on { (at + 1) % kinds.len() } else { (at + kinds.len() - 1) % kinds.len() };
        self.show(kinds[at]);
    }

    fn show(&mut self, shown: Shown) {
        self.shown = shown;
        self.cursor = Cursor::default();
    }

    /// Applies the import with what is gone cancelled, after one confirming key.
    fn prune(&self) -> Option<Effect> {
        let plan = self.plan()?;
        let count = lines::to_cancel(plan).count();
        let visits = if count == 1 { "visit".to_owned() } else { format!("{count} visits") };
        let mut said: Vec<String> = lines::to_cancel(plan).take(6).map(|gone| lines::brief(&gone.line)).collect();
        if count > said.len() {
            said.push(format!("and {} more", count - said.len()));
        }
        Some(Effect::show(Modal::Choice(Choice {
            title: "Apply, and cancel what is gone?".to_owned(),
            about: format!("{count} gone"),
            lines: said,
            options: vec![
                Choose::new('x', format!("apply and cancel the {visits}"), apply(WithGone::Cancel)),
                Choose::new('a', format!("apply and keep the {visits}"), apply(WithGone::Keep)),
            ],
            enter: false,
        })))
    }

    fn mouse(&mut self, mouse: Mouse, env: &mut Env<'_>) -> Vec<Effect> {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        if let MouseKind::Press(MouseButton::Left) = mouse.kind
            && let Some(shown) = self.plan().and_then(|plan| draw::kind_at(plan, self.shown, area, mouse))
        {
            self.show(shown);
            return Vec::new();
        }
        let count = self.rows().len();
        self.cursor.mouse(mouse, draw::list_area(area), count).follow(self, env)
    }
}

/// What goes in is written by the app, which leaves the preview only once it is kept.
fn apply(gone: WithGone) -> Vec<Effect> {
    vec![Effect::ApplyImport { prune: gone == WithGone::Cancel }]
}

fn ask() -> Effect {
    Effect::show(Modal::Prompt(Box::new(Prompt::new(Purpose::ImportFile, String::new()))))
}

impl Surface for ImportScreen {
    fn place(&self) -> Place {
        Place::Import(self.paths.clone())
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn context(&self) -> Context {
        Context::Import
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let height = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1)).height;
        let count = self.rows().len();
        if self.cursor.command(command, count, height) {
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        Some(match command {
            Command::Left | Command::Right => {
                self.filter(command == Command::Right);
                Vec::new()
            }
            Command::Open => match self.chosen() {
                Some(line) => vec![Effect::show(Modal::Reading(Reading::new("Line", &lines::whole(line))))],
                None => vec![ask()],
            },
            Command::Complete => apply(WithGone::Keep),
            Command::Why => vec![Effect::show(Modal::Reading(Reading::new("How it was read", &self.how_read())))],
            Command::CarryAll => vec![self.prune()?],
            Command::Import => vec![ask()],
            Command::ImportDays => vec![asking::ask_days(&self.asked, self.basis.as_ref())],
            Command::ImportMapping => vec![asking::ask_mapping(&self.asked, self.basis.as_ref()?)],
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let why = match (command, self.plan()) {
            (Command::Complete | Command::CarryAll | Command::ImportMapping | Command::Why, None) => {
                "no schedule is read yet"
            }
            (Command::ImportDays, None) if self.paths.is_empty() => "no schedule is read yet",
            (Command::Complete, Some(plan)) if plan.rows(WithGone::Keep).is_empty() => {
                "everything is in the record as it is: there is nothing to apply"
            }
            (Command::CarryAll, Some(plan)) if lines::to_cancel(plan).next().is_none() => {
                if plan.gone.is_empty() {
                    "no visit is gone from the schedule"
                } else {
                    "the visits that are gone have begun or hold a record: they are never cancelled by an import"
                }
            }
            (Command::Open, Some(_)) if self.chosen().is_none() => "there is no line here",
            (Command::CopyOut | Command::CopySection | Command::Patient, _) => "this is about no visit",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        env.mouse(input).map_or_else(Vec::new, |mouse| self.mouse(mouse, env))
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }
}
