//! A choice of a few options, one key each.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::reading::wrap;
use super::{Done, pressed, screen};
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::id::VisitId;
use crate::clinical::summary::Section;
use crate::clinical::text::width;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::theme::Role;
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, Words, columns, row};

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
    pub fn input(&mut self, input: &Input, env: &Env<'_>) -> Done {
        if let Some((x, y)) = pressed(input) {
            let lines = self.lines(screen(env), Cow::Borrowed);
            let inside = self.frame(&lines, Cow::Borrowed(&self.about)).inside(screen(env));
            let at = usize::from(y.saturating_sub(inside.y)).checked_sub(lead(&lines));
            let here = inside.contains((x, y).into());
            return at.filter(|_| here).map_or(Done::Stay, |at| self.take(at));
        }
        let Input::Key(key) = input else { return Done::Stay };
        if key.code == KeyCode::Esc {
            return Done::left();
        }
        let chosen = match key.types() {
            Some(c) => self.options.iter().position(|option| option.key == c),
            None if key.code == KeyCode::Enter && self.enter => Some(0),
            None => None,
        };
        chosen.map_or_else(|| Done::unanswered(*key), |chosen| self.take(chosen))
    }

    fn take(&mut self, option: usize) -> Done {
        if option >= self.options.len() {
            return Done::Stay;
        }
        Done::Close(self.options.swap_remove(option).effects)
    }

    /// What must be known, in rows that are whole on such a screen.
    fn lines<'a>(&'a self, screen: Rect, shown: impl Fn(&'a str) -> Cow<'a, str>) -> Vec<String> {
        let wide = usize::from(screen.width.saturating_sub(4).max(1));
        self.lines
            .iter()
            .flat_map(|line| if line.is_empty() { vec![String::new()] } else { wrap(&shown(line), wide) })
            .collect()
    }

    fn frame<'a>(&'a self, lines: &[String], about: Cow<'a, str>) -> Frame<'a> {
        // Where Enter takes the first, its name stands behind it.
        let enter = |n: usize| if n == 0 && self.enter { 7 } else { 0 };
        let options = self.options.iter().enumerate().map(|(n, option)| width(&option.label) + 4 + enter(n));
        let rows = lines.iter().map(|line| width(line));
        let title = width(&self.title) + width(&self.about) + 8;
        let wide = options.chain(rows).chain([title, 30]).max().unwrap_or(30);
        Frame {
            title: &self.title,
            note: Words::of(Role::Text, about),
            width: u16::try_from(wide).unwrap_or(u16::MAX),
            height: u16::try_from(lead(lines) + self.options.len()).unwrap_or(u16::MAX),
        }
    }

    /// Draws the choice.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let names = view.names();
        let lines = self.lines(area, |line| names.asked(line));
        let frame = self.frame(&lines, names.asked(&self.about));
        let inside = frame.paint(canvas, area);
        for (down, line) in (0..).zip(&lines) {
            canvas.text(row(inside, down), Role::Second, line);
        }
        let top = columns(lead(&lines));
        for (n, option) in self.options.iter().enumerate() {
            let key = format!("{}  ", option.key);
            let words = Words::new().bold(Role::Focus, key).say(Role::Text, names.asked(&option.label));
            let words = if n == 0 && self.enter { words.say(Role::Faint, "  Enter") } else { words };
            canvas.words(row(inside, top + columns(n)), &words);
        }
    }
}

/// The rows above the options.
const fn lead(lines: &[String]) -> usize {
    if lines.is_empty() { 0 } else { lines.len() + 1 }
}
