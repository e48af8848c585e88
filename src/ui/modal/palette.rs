//! The palette: every command under a plain name, found also by its key.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Rect;

use super::reading::wrap;
use super::{Done, pressed, screen};
use crate::action::command::{COMMANDS, Info};
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::action::keymap::Keymap;
use crate::action::{Command, Context};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::line::Line;
use crate::ui::theme::Role;
use crate::ui::widget::list::{List, scroll};
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, Words, inset, row};

/// How many commands are in view.
const ROWS: u16 = 12;
/// Lines for what the chosen one does, or why it does not.
const ABOUT: u16 = 2;

/// The palette.
#[derive(Debug)]
pub struct Palette {
    context: Context,
    line: Line,
    chosen: usize,
    top: usize,
    /// Commands that are not possible now, with why.
    cannot: Vec<(Command, String)>,
    /// Commands that lead elsewhere here than their names say, under what they do here.
    renamed: Vec<(Command, &'static str)>,
}

impl Palette {
    /// The palette of a context; what is not possible now says why.
    pub fn new(context: Context, cannot: Vec<(Command, String)>) -> Self {
        Self { context, line: Line::default(), chosen: 0, top: 0, cannot, renamed: Vec::new() }
    }

    /// The same with these commands under other names: what they do here.
    #[must_use]
    pub fn renaming(mut self, renamed: Vec<(Command, &'static str)>) -> Self {
        self.renamed = renamed;
        self
    }

    fn found(&self, keymap: &Keymap) -> Vec<&'static Info> {
        found(self.line.text(), self.context, keymap, &self.renamed)
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input, env: &Env<'_>) -> Done {
        let found = self.found(env.keymap);
        if let Some((x, y)) = pressed(input) {
            let list = List { count: found.len(), top: self.top, chosen: Some(self.chosen) };
            let Some(at) = list.row_at(rows(frame().inside(screen(env))), x, y) else { return Done::Stay };
            if at == self.chosen {
                return found.get(at).map_or(Done::Stay, |info| Done::Close(vec![Effect::Run(info.command)]));
            }
            self.chosen = at;
        } else if let Input::Key(key) = input {
            match key.code {
                KeyCode::Esc => return Done::left(),
                KeyCode::Enter => {
                    return match found.get(self.chosen) {
                        Some(info) => Done::Close(vec![Effect::Run(info.command)]),
                        None => Done::Stay,
                    };
                }
                KeyCode::Down | KeyCode::Tab => self.chosen = (self.chosen + 1).min(found.len().saturating_sub(1)),
                KeyCode::Up | KeyCode::BackTab => self.chosen = self.chosen.saturating_sub(1),
                _ => {
                    self.line.take(input);
                    self.chosen = 0;
                }
            }
        } else if self.line.take(input) {
            self.chosen = 0;
        }
        self.top = scroll(self.top, self.chosen, usize::from(ROWS), found.len());
        Done::Stay
    }

    /// Draws the palette.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let inside = frame().paint(canvas, area);
        self.line.widget("a name, or a key").paint(canvas, row(inside, 0));
        let found = self.found(view.keymap);
        let list = List { count: found.len(), top: self.top, chosen: Some(self.chosen) };
        list.paint(canvas, rows(inside), |canvas, area, n| {
            let Some(info) = found.get(n) else { return };
            let cannot = self.cannot.iter().any(|(command, _)| *command == info.command);
            let role = if cannot { Role::Faint } else { Role::Text };
            canvas.text(inset(area, 1, 18), role, name(info, &self.renamed));
            let keys: Vec<String> = view.keymap.keys(info).iter().map(ToString::to_string).collect();
            canvas.words_right(inset(area, 40, 1), &Words::of(Role::Focus, keys.join(" ")));
        });
        let about = found.get(self.chosen).map(|info| {
            let why = self.cannot.iter().find(|(command, _)| *command == info.command);
            let renamed = self.renamed.iter().any(|(command, _)| *command == info.command);
            let help = if renamed { "Leads on from here; Esc returns to this field." } else { info.help };
            why.map_or_else(|| help.to_owned(), |(_, why)| format!("not now: {why}"))
        });
        let names = view.names();
        let about = names.asked(about.as_deref().unwrap_or("no command has this name or key"));
        let lines = wrap(&about, usize::from(inside.width));
        for (down, line) in (inside.height.saturating_sub(ABOUT)..inside.height).zip(&lines) {
            canvas.text(row(inside, down), Role::Second, line);
        }
    }
}

fn frame() -> Frame<'static> {
    Frame { title: "Commands", note: Words::of(Role::Second, "Esc"), width: 66, height: ROWS + 2 + ABOUT }
}

/// Where the commands are listed.
fn rows(inside: Rect) -> Rect {
    Rect { y: inside.y.saturating_add(2), height: inside.height.saturating_sub(2 + ABOUT), ..inside }
}

/// The name of a command: what it does here, where that is something else.
fn name(info: &Info, renamed: &[(Command, &'static str)]) -> &'static str {
    renamed.iter().find(|(command, _)| *command == info.command).map_or(info.name, |(_, name)| name)
}

/// The commands found: by key first where the text is one, then by name.
fn found(text: &str, context: Context, keymap: &Keymap, renamed: &[(Command, &'static str)]) -> Vec<&'static Info> {
    let rows: Vec<&'static Info> =
        keymap.rows(context).into_iter().filter(|info| info.command != Command::Palette).collect();
    let text = text.trim();
    if text.is_empty() {
        return rows;
    }
    let by_name = matching(text, &rows, keymap, |info| name(info, renamed));
    // What no name says may be what a command is for: `settings` finds what changes them.
    if by_name.is_empty() { matching(text, &rows, keymap, |info| info.help) } else { by_name }
}

/// The commands of whose words each typed word is a part: letters strewn over them are no find.
fn matching(
    text: &str,
    rows: &[&'static Info],
    keymap: &Keymap,
    words: impl Fn(&'static Info) -> &'static str,
) -> Vec<&'static Info> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize, &'static Info)> = rows
        .iter()
        .copied()
        .filter_map(|info| {
            let is_key = keymap.keys(info).iter().any(|chord| chord.to_string().eq_ignore_ascii_case(text));
            let is_exact_key = keymap.keys(info).iter().any(|chord| chord.to_string() == text);
            let score = pattern.score(Utf32Str::new(words(info), &mut buffer), &mut matcher);
            let score = score.unwrap_or(0)
                + if is_exact_key {
                    20_000
                } else if is_key {
                    10_000
                } else {
                    0
                };
            // Of two that fit as well the one that the table names first: copying out before that it is not needed.
            let place = COMMANDS.iter().position(|row| row.id == info.id).unwrap_or(COMMANDS.len());
            (score > 0).then_some((score, place, info))
        })
        .collect();
    found.sort_by_key(|&(score, place, _)| (std::cmp::Reverse(score), place));
    found.into_iter().map(|(_, _, info)| info).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_found_by_its_name_and_by_its_key() {
        let keymap = Keymap::default();
        let first = |text: &str| found(text, Context::Board, &keymap, &[]).first().map(|info| info.command);
        for (text, command) in [
            ("undo", Command::Undo),
            ("copy", Command::CopyOut),
            ("u", Command::Undo),
            ("Ctrl-L", Command::Lock),
            ("quick", Command::QuickScore),
            ("close day", Command::CloseDay),
            ("backup", Command::Backup),
            ("settings", Command::Practice),
        ] {
            assert_eq!(first(text), Some(command), "{text}");
        }
        assert_eq!(first("xyzzy"), None);
        for info in found("undo", Context::Board, &keymap, &[]) {
            assert!(info.name.to_lowercase().contains("undo"), "{}: letters strewn over a name are no find", info.name);
        }
    }

    #[test]
    fn a_command_that_leads_elsewhere_is_found_by_where_it_leads() {
        let keymap = Keymap::default();
        let renamed = [(Command::Plan, "Earlier evenings")];
        let first = |text: &str| found(text, Context::Form, &keymap, &renamed).first().map(|info| info.command);
        assert_eq!(first("earlier"), Some(Command::Plan));
        assert_eq!(first("on to the plan"), None, "it leads to no plan");
    }
}
