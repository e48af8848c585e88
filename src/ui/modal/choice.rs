//! A choice of a few options, one key each.

use ratatui::layout::Rect;

use super::Done;
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::id::VisitId;
use crate::clinical::summary::Section;
use crate::clinical::text::width;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, Words, row};

/// One option: its key, its words, and what follows.
#[derive(Debug)]
pub struct Choose {
    /// The key.
    pub key: char,
    /// What it does.
    pub label: String,
    /// What follows.
    pub effects: Vec<Effect>,
}

impl Choose {
    /// An option.
    pub fn new(key: char, label: impl Into<String>, effects: Vec<Effect>) -> Self {
        Self { key, label: label.into(), effects }
    }
}

/// A choice. Enter takes the first option where `enter` says so; Esc leaves it.
#[derive(Debug)]
pub struct Choice {
    /// What is asked.
    pub title: String,
    /// Whom or what it is about.
    pub about: String,
    /// What must be known before choosing, a line each.
    pub lines: Vec<String>,
    /// The options.
    pub options: Vec<Choose>,
    /// Whether Enter takes the first option.
    pub enter: bool,
}

impl Choice {
    /// Which section of a visit's summary goes out.
    pub fn section(visit: VisitId, about: impl Into<String>) -> Self {
        let option = |&section: &Section| {
            let out = Effect::CopyOut { visit, section: Some(section) };
            Choose::new(section.key(), section.label(), vec![out])
        };
        Self {
            title: "Copy out a section".to_owned(),
            about: about.into(),
            lines: Vec::new(),
            options: Section::ALL.iter().map(option).collect(),
            enter: false,
        }
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input) -> Done {
        let Input::Key(key) = input else { return Done::Stay };
        if key.code == KeyCode::Esc {
            return Done::left();
        }
        let chosen = match key.types() {
            Some(c) => self.options.iter().position(|option| option.key == c),
            None if key.code == KeyCode::Enter && self.enter => Some(0),
            None => None,
        };
        match chosen {
            Some(chosen) if chosen < self.options.len() => Done::Close(self.options.swap_remove(chosen).effects),
            _ => Done::Stay,
        }
    }

    /// Draws the choice.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let names = view.names();
        let wide = self
            .options
            .iter()
            .map(|option| width(&option.label) + 4)
            .chain(self.lines.iter().map(|line| width(line)))
            .chain([width(&self.title) + width(&self.about) + 8, 30])
            .max()
            .unwrap_or(30);
        let lines = self.lines.len() + usize::from(!self.lines.is_empty());
        let frame = Frame {
            title: &self.title,
            note: Words::of(Role::Text, names.asked(&self.about)),
            width: u16::try_from(wide).unwrap_or(u16::MAX),
            height: u16::try_from(lines + self.options.len()).unwrap_or(u16::MAX),
        };
        let inside = frame.paint(canvas, area);
        let mut down = 0;
        for line in &self.lines {
            canvas.text(row(inside, down), Role::Second, &names.asked(line));
            down += 1;
        }
        if !self.lines.is_empty() {
            down += 1;
        }
        for (n, option) in self.options.iter().enumerate() {
            let key = format!("{}  ", option.key);
            let words = Words::new().bold(Role::Focus, key).say(Role::Text, names.asked(&option.label));
            let words = if n == 0 && self.enter { words.say(Role::Faint, "  Enter") } else { words };
            canvas.words(row(inside, down), &words);
            down += 1;
        }
    }
}
