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
use crate::action::input::{Input, Mouse, MouseKind};
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
    cursor: Cursor,
    /// How many lines of the entry are scrolled away.
    top: usize,
}

impl EntriesScreen {
    /// These reflections, the newest first.
    pub fn new(reflections: Vec<Reflection>) -> Self {
        let shown = (0..reflections.len()).collect();
        Self {
            all: Sealed(reflections),
            shown,
            line: Line::default(),
            typing: false,
            cursor: Cursor::default(),
            top: 0,
        }
    }

    /// The reflections as they are now; the entry that is read stays, or the one after it comes.
    pub fn set_model(&mut self, reflections: Vec<Reflection>) {
        let reading = self.chosen().map(|reflection| reflection.date);
        self.all = Sealed(reflections);
        self.search();
        let entries = self.shown.iter().map(|&at| self.all.0[at].date);
        let at = reading.and_then(|date| entries.clone().position(|other| other <= date));
        self.cursor = Cursor::new(at.unwrap_or(0));
    }

    fn chosen(&self) -> Option<&Reflection> {
        self.shown.get(self.cursor.at).and_then(|&at| self.all.0.get(at))
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
        self.cursor = Cursor::default();
        self.top = 0;
    }

    fn stop_search(&mut self) {
        self.line = Line::default();
        self.typing = false;
        self.searched();
    }

    /// Pages through the entries, or through the text of one.
    fn moves(&mut self, command: Command, env: &Env<'_>) -> bool {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        let (rows, text) = (draw::list_rows(area), draw::text_area(area));
        let lines = self.chosen().map_or(0, |entry| draw::lines(entry, usize::from(text.width)).len());
        let (page, last) = (usize::from(text.height.max(2)) - 1, lines.saturating_sub(usize::from(text.height)));
        let step = match command {
            Command::EarlierEntry => Command::Down,
            Command::LaterEntry => Command::Up,
            Command::PageDown => {
                self.top = (self.top + page).min(last);
                return true;
            }
            Command::PageUp => {
                self.top = self.top.min(last).saturating_sub(page);
                return true;
            }
            // Line by line through the text is what a screen reader wants of the arrows.
            Command::Down if env.preferences.plain => {
                self.top = (self.top + 1).min(lines.saturating_sub(1));
                return true;
            }
            Command::Up if env.preferences.plain => {
                self.top = self.top.saturating_sub(1);
                return true;
            }
            other => other,
        };
        let before = self.cursor.at;
        let moved = self.cursor.command(step, self.shown.len(), rows.height);
        if self.cursor.at != before {
            self.top = 0;
        }
        moved
    }

    fn mouse(&mut self, mouse: Mouse, env: &Env<'_>) {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        let text = draw::text_area(area);
        let over_text = text.contains((mouse.x, mouse.y).into());
        match mouse.kind {
            MouseKind::ScrollDown if over_text => _ = self.moves(Command::PageDown, env),
            MouseKind::ScrollUp if over_text => _ = self.moves(Command::PageUp, env),
            _ => {
                let before = self.cursor.at;
                self.cursor.mouse(mouse, draw::list_rows(area), self.shown.len());
                if self.cursor.at != before {
                    self.top = 0;
                }
            }
        }
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
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if let Input::Mouse(mouse) = input {
            self.mouse(*mouse, env);
        } else if self.typing {
            let before = self.line.text().to_owned();
            if self.line.take(input) && self.line.text() != before {
                self.searched();
            }
        } else if matches!(input, Input::Paste(_)) {
            return vec![Effect::refuse("nothing is typed here: a paste changes nothing")];
        }
        Vec::new()
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }
}
