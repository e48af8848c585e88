//! The jigsaw of a patient: the eight kinds of treatment at a glance, the pieces of each with their history, and the whole
//! trial ledger. Everything here is computed from the history, the plans and the procedures; nothing is typed here.

mod draw;
pub mod sign;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use super::Surface;
use super::cursor::{Cursor, Pointed};
use super::form::plan::{keep, keep_choice};
use crate::action::input::{Input, MouseButton, MouseKind};
use crate::action::{Command, Context};
use crate::clinical::figure;
use crate::clinical::id::PatientId;
use crate::clinical::models::PlanModel;
use crate::clinical::plan::jigsaw::{Cell, jigsaw, unsorted};
use crate::clinical::plan::ledger::{Trial, ledger};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::Modal;
use crate::ui::modal::reading::Reading;
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// What the lower half lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lists {
    /// The pieces of the chosen cell.
    Cell,
    /// The whole ledger.
    All,
}

/// Where the hands are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hands {
    /// Among the cells.
    Cells,
    /// Among the pieces below.
    Pieces,
}

/// A patient's jigsaw and trial ledger.
#[derive(Debug)]
pub struct JigsawScreen {
    model: PlanModel,
    trials: Vec<Trial>,
    cells: Vec<Cell>,
    at: usize,
    lists: Lists,
    hands: Hands,
    cursor: Cursor,
    /// For screen readers: the line under the hands among cells and pieces.
    line: usize,
}

impl JigsawScreen {
    /// The jigsaw, the hands on the first cell.
    pub fn new(model: PlanModel) -> Self {
        let trials = ledger(&model.treatments);
        let cells = jigsaw(&trials);
        let (lists, hands) = (Lists::Cell, Hands::Cells);
        Self { model, trials, cells, at: 0, lists, hands, cursor: Cursor::default(), line: 0 }
    }

    /// The jigsaw as it is now; the chosen cell stays chosen.
    pub fn set_model(&mut self, model: PlanModel) {
        self.trials = ledger(&model.treatments);
        self.cells = jigsaw(&self.trials);
        self.model = model;
    }

    /// Whose it is.
    pub const fn subject(&self) -> PatientId {
        self.model.file.patient.id
    }

    fn cell(&self) -> &Cell {
        // The screen always has its eight cells, and `at` is kept among them.
        &self.cells[self.at.min(self.cells.len() - 1)]
    }

    /// The lines of the ledger that are listed below.
    fn listed(&self) -> Vec<usize> {
        match self.lists {
            Lists::Cell => self.cell().trials.clone(),
            Lists::All => (0..self.trials.len()).collect(),
        }
    }

    fn chosen(&self) -> Option<&Trial> {
        let listed = self.listed();
        listed.get(self.cursor.at.min(listed.len().checked_sub(1)?)).and_then(|at| self.trials.get(*at))
    }

    /// Moves among the cells, as they stand on the screen.
    fn move_cell(&mut self, command: Command, env: &Env<'_>) -> bool {
        let across = draw::across(Rect::new(0, 0, env.size.0, env.size.1));
        let last = self.cells.len() - 1;
        let at = match command {
            Command::Left => self.at.saturating_sub(1),
            Command::Right => (self.at + 1).min(last),
            Command::Up => self.at.checked_sub(across).unwrap_or(self.at),
            Command::Down if self.at + across <= last => self.at + across,
            Command::Down => self.at,
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        };
        if at != self.at {
            self.at = at;
            self.cursor = Cursor::default();
        }
        true
    }

    fn moves(&mut self, command: Command, env: &Env<'_>) -> bool {
        if env.preferences.plain {
            let count = self.cells.len() + self.trials.len();
            let mut place = Cursor::new(self.line);
            let moved = place.command(command, count, env.size.1 / 2);
            self.line = place.at;
            return moved;
        }
        match self.hands {
            Hands::Cells => self.move_cell(command, env),
            Hands::Pieces => {
                let rows = draw::rows(self, Rect::new(0, 0, env.size.0, env.size.1)).height;
                self.cursor.command(command, self.listed().len(), rows)
            }
        }
    }

    /// Opens a cell, or a piece to read all of it.
    fn open(&mut self, env: &Env<'_>) -> Vec<Effect> {
        if env.preferences.plain {
            let piece = self.line.checked_sub(self.cells.len()).and_then(|at| self.trials.get(at));
            let shown = piece.map(|trial| self.reading(trial));
            let pieces = self.cells.get(self.line).map(|cell| {
                let lines: Vec<String> = cell.trials.iter().map(|at| self.trials[*at].show()).collect();
                Effect::show(Modal::Reading(Reading::new(cell.show(&self.trials), &lines.join("\n"))))
            });
            return shown.or(pieces).into_iter().collect();
        }
        match self.hands {
            Hands::Cells if self.cell().trials.is_empty() => {
                let key = env.key(Context::Jigsaw, Command::Plan);
                vec![Effect::refuse(format!("nothing of this kind was tried; {key} opens the plan"))]
            }
            Hands::Cells => {
                self.hands = Hands::Pieces;
                self.lists = Lists::Cell;
                self.cursor = Cursor::default();
                Vec::new()
            }
            Hands::Pieces => self.chosen().map(|trial| self.reading(trial)).into_iter().collect(),
        }
    }

    /// All that is known of a piece.
    fn reading(&self, trial: &Trial) -> Effect {
        let mut text = vec![trial.show()];
        text.extend(self.problem_of(trial).map(|problem| format!("for {problem}")));
        text.extend(trial.story.iter().map(|(when, line)| format!("{}  {line}", when.show())));
        text.push(String::new());
        text.push(figure::trial(trial).page());
        Effect::show(Modal::Reading(Reading::new(trial.what.clone(), &text.join("\n"))))
    }

    fn problem_of(&self, trial: &Trial) -> Option<String> {
        let id = trial.problem?;
        self.model.file.problems.iter().find(|problem| problem.id == id).map(crate::clinical::problem::Problem::name)
    }

    /// How many lines of the ledger belong to no cell.
    fn not_sorted(&self) -> usize {
        unsorted(&self.trials).len()
    }
}

impl Surface for JigsawScreen {
    fn place(&self) -> Place {
        Place::Jigsaw(self.subject())
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn context(&self) -> Context {
        Context::Jigsaw
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        if self.moves(command, env) {
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        Some(match command {
            Command::Open => self.open(env),
            Command::Back if self.hands == Hands::Pieces && !env.preferences.plain => {
                self.hands = Hands::Cells;
                self.lists = Lists::Cell;
                self.cursor = Cursor::default();
                Vec::new()
            }
            Command::Ledger => {
                self.lists = if self.lists == Lists::All { Lists::Cell } else { Lists::All };
                self.hands = if self.lists == Lists::All { Hands::Pieces } else { Hands::Cells };
                self.cursor = Cursor::default();
                Vec::new()
            }
            Command::Plan => vec![Effect::Open(Place::Plan(self.subject()))],
            Command::KeepPlan => {
                let effects = keep(&self.model, env)?;
                vec![Effect::show(keep_choice(&self.model, effects, env))]
            }
            Command::Why => self.chosen().map(|trial| self.reading(trial)).into_iter().collect(),
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let why = match command {
            Command::Ledger | Command::Why if self.trials.is_empty() => "nothing was tried yet",
            Command::Why if self.hands == Hands::Cells => "open a cell first: Enter",
            Command::KeepPlan if self.model.last.is_none() => "there is no plan yet that could be kept",
            Command::Jigsaw => "this is the patient's jigsaw",
            Command::CopyOut | Command::CopySection => "the plan is copied out with the summary of its visit",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        if let MouseKind::Press(MouseButton::Left) = mouse.kind
            && let Some(at) = draw::cell_at(self, area, (mouse.x, mouse.y))
        {
            (self.at, self.hands, self.lists) = (at, Hands::Cells, Lists::Cell);
            self.cursor = Cursor::default();
            return Vec::new();
        }
        let were_there = self.hands == Hands::Pieces;
        let pointed = self.cursor.mouse(mouse, draw::rows(self, area), self.listed().len());
        if pointed != Pointed::Elsewhere {
            self.hands = Hands::Pieces;
        }
        if pointed == Pointed::Again && were_there { self.open(env) } else { Vec::new() }
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
