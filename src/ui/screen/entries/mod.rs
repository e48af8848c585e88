//! Earlier reflections: one evening at a time, to page through and to search. They stand apart from the charts: nothing
//! here opens a patient.

mod draw;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;
use zeroize::Zeroize;

use super::Surface;
use super::cursor::Cursor;
use super::highlight::holds;
use super::pager::{Pager, Pages};
use crate::action::input::Input;
use crate::action::{Command, Context, Write};
use crate::clinical::reflection::Reflection;
use crate::clinical::time::{show_date, show_day};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::line::Line;
use crate::ui::modal::{Choice, Choose, Modal};
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// Reflections that are wiped when they go.
#[derive(Debug)]
struct Sealed(Vec<Reflection>);

impl Drop for Sealed {
    fn drop(&mut self) {
        for reflection in &mut self.0 {
            reflection.text.zeroize();
        }
    }
}

/// Earlier reflections.
#[derive(Debug)]
pub struct EntriesScreen {
    all: Sealed,
    /// Those that hold the words looked for, as places in all.
    shown: Vec<usize>,
    /// The words looked for.
    line: Line,
    /// Whether the words are being typed.
    typing: bool,
    pager: Pager,
}

impl EntriesScreen {
    /// These reflections, the newest first.
    pub fn new(reflections: Vec<Reflection>) -> Self {
        let shown = (0..reflections.len()).collect();
        Self { all: Sealed(reflections), shown, line: Line::default(), typing: false, pager: Pager::default() }
    }

    /// The reflections as they are now; the entry that is read stays, or the one after it comes.
    pub fn set_model(&mut self, reflections: Vec<Reflection>) {
        let reading = self.chosen().map(|reflection| reflection.date);
        self.all = Sealed(reflections);
        self.search();
        let entries = self.shown.iter().map(|&at| self.all.0[at].date);
        let at = reading.and_then(|date| entries.clone().position(|other| other <= date));
        self.pager.cursor = Cursor::new(at.unwrap_or(0));
    }

    fn chosen(&self) -> Option<&Reflection> {
        self.shown.get(self.pager.cursor.at).and_then(|&at| self.all.0.get(at))
    }

    fn search(&mut self) {
        let words = self.line.text();
        let is_shown = |reflection: &Reflection| {
            let answers = reflection.text.answers.iter().map(|(_, answer)| answer.as_str());
            let text: Vec<&str> = std::iter::once(reflection.text.text.as_str()).chain(answers).collect();
            holds(&format!("{} {}", text.join(" "), show_date(reflection.date)), words)
        };
        self.shown = (0..self.all.0.len()).filter(|&at| is_shown(&self.all.0[at])).collect();
    }

    fn searched(&mut self) {
        self.search();
        self.pager = Pager::default();
    }

    fn stop_search(&mut self) {
        self.line = Line::default();
        self.typing = false;
        self.searched();
    }

    fn pages(&self, env: &Env<'_>) -> Pages {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        let (rows, text) = (draw::list_rows(area), draw::text_area(area));
        let lines = self.chosen().map_or(0, |entry| draw::lines(entry, usize::from(text.width)).len());
        Pages { rows, count: self.shown.len(), text, lines }
    }

    /// Pages through the entries, or through the text of one.
    fn moves(&mut self, command: Command, env: &Env<'_>) -> bool {
        let pages = self.pages(env);
        self.pager.command_of_entries(command, &pages, env)
    }

    fn delete(&self) -> Option<Effect> {
        let entry = self.chosen()?;
        Some(Effect::show(Modal::Choice(Choice {
            title: "Delete this reflection?".to_owned(),
            about: show_day(entry.date),
            lines: vec![
                "Its words can be read by nobody any more, and this".to_owned(),
                "cannot be undone. That it was deleted stays known.".to_owned(),
            ],
            options: vec![
                Choose::new('d', "delete it for good", vec![Effect::write(Write::DeleteReflection(entry.id))]),
                Choose::new('k', "keep it", Vec::new()),
            ],
            enter: false,
        })))
    }
}

impl Surface for EntriesScreen {
    fn place(&self) -> Place {
        Place::Entries
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        // What was searched for is not remembered: the place in what was found is no place among all.
        self.line.text().is_empty().then_some(&mut self.pager.cursor)
    }

    fn context(&self) -> Context {
        Context::Entries
    }

    fn takes_text(&self) -> bool {
        self.typing
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let nothing = Some(Vec::new());
        if self.typing && matches!(command, Command::Open) {
            self.typing = false;
            return nothing;
        }
        if matches!(command, Command::Back) && (self.typing || !self.line.text().is_empty()) {
            self.stop_search();
            return nothing;
        }
        if self.moves(command, env) {
            return nothing;
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        match command {
            Command::Open => Some(vec![Effect::Open(Place::Reflection(self.chosen()?.date))]),
            Command::SearchEntries => {
                self.typing = true;
                nothing
            }
            Command::DeleteEntry => Some(vec![self.delete()?]),
            _ => None,
        }
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let why = match command {
            Command::Open | Command::DeleteEntry | Command::EarlierEntry | Command::LaterEntry
                if self.chosen().is_none() =>
            {
                if self.all.0.is_empty() {
                    "no reflection is written yet"
                } else {
                    "no reflection holds these words"
                }
            }
            Command::SearchEntries if self.all.0.is_empty() => "no reflection is written yet",
            Command::CopyOut | Command::CopySection => "reflections are never copied out",
            Command::Patient => "this is about no patient",
            other => self.pager.beyond(other, self.shown.len())?,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if let Some(mouse) = env.mouse(input) {
            let pages = self.pages(env);
            return self.pager.mouse(mouse, &pages).follow(self, env);
        }
        let before = self.line.text().to_owned();
        if self.typing && self.line.take(input) && self.line.text() != before {
            self.searched();
        }
        Vec::new()
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }
}
