//! The keys at the foot, from the binding table, and the line above them that says what was kept.

use ratatui::layout::Rect;

use crate::action::form_command::{self, FormCommand};
use crate::action::{Command, Context};
use crate::clinical::text::width;
use crate::ui::env::{Message, View};
use crate::ui::modal::reading::wrap;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::bar::{Footer, Hint, Message as Line};
use crate::ui::widget::{Canvas, Words, row};

/// How soon the way to every command goes from the foot of a form: behind what completes, leaves and takes over.
const PALETTE: u8 = 7;

/// The keys that work here and now.
#[derive(Debug, Clone)]
pub struct Foot<'a> {
    /// Key, word, and how soon it goes.
    hints: Vec<(Command, String, &'a str, u8)>,
    /// In a form the key that goes on to the next field: it stands first.
    next: Option<&'static str>,
}

impl<'a> Foot<'a> {
    /// The rows of a context that belong in a footer, in their order. Where there is not room for all, the last go
    /// first; how to find every key stays longest.
    pub fn new(context: Context, view: &View<'_>) -> Self {
        let mut rows: Vec<_> = view.keymap.rows(context);
        rows.sort_by_key(|info| info.footer);
        let hints = rows
            .into_iter()
            .filter_map(|info| {
                let key = view.keymap.keys(info).first()?.to_string();
                let rank = match info.command {
                    Command::Help => 0,
                    Command::Palette => 1,
                    _ => info.footer?.saturating_add(1),
                };
                info.footer.map(|_| (info.command, key, info.short, rank))
            })
            .collect();
        Self { hints, next: None }
    }

    /// The keys where every plain character belongs to a line of text: these commands with their words, each under its
    /// first key that types nothing, then how to find every command.
    pub fn typing(context: Context, commands: &[(Command, &'a str)], view: &View<'_>) -> Self {
        let always = [(Command::Palette, "commands"), (Command::Help, "keys")];
        let all = commands.iter().copied().chain(always).enumerate();
        let hint = |(n, (command, word)): (usize, (Command, &'a str))| {
            let rows = || command.rows().filter(|info| context.chain().contains(&info.context));
            let mut chords = rows().flat_map(|info| view.keymap.keys(info));
            let key = chords.find(|chord| chord.key().types().is_none())?.to_string();
            Some((command, key, word, u8::try_from(n).unwrap_or(u8::MAX)))
        };
        Self { hints: all.filter_map(hint).collect(), next: None }
    }

    /// The same with the key that goes on to the next field in front.
    #[must_use]
    pub fn through_fields(mut self) -> Self {
        self.next = form_command::key_of(FormCommand::Next);
        self
    }

    /// The same, at the end how to find every command, under the first keys that type nothing.
    #[must_use]
    pub fn with_ways(mut self, context: Context, view: &View<'_>) -> Self {
        let ways = Self::typing(context, &[], view).hints.into_iter().map(|(command, key, word, _)| {
            let rank = if command == Command::Help { 0 } else { PALETTE };
            (command, key, word, rank)
        });
        self.hints.extend(ways);
        self
    }

    /// The same without what is not possible now.
    #[must_use]
    pub fn without(mut self, commands: &[Command]) -> Self {
        self.hints.retain(|(command, ..)| !commands.contains(command));
        self
    }

    /// The same with another word for a command: what it does here and now.
    #[must_use]
    pub fn saying(mut self, command: Command, word: &'a str) -> Self {
        for hint in self.hints.iter_mut().filter(|hint| hint.0 == command) {
            hint.2 = word;
        }
        self
    }

    /// The same with a command in front that the table keeps out of the footer.
    #[must_use]
    pub fn first(mut self, command: Command, word: &'a str, context: Context, view: &View<'_>) -> Self {
        if let Some(key) = view.keymap.key_for(context, command) {
            self.hints.retain(|hint| hint.0 != command);
            self.hints.insert(0, (command, key, word, 1));
        }
        self
    }

    /// Draws the keys that fit.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let next = self.next.map(|key| Hint { key, word: "next", rank: 2 });
        let rest = self.hints.iter().map(|(_, key, word, rank)| Hint { key, word, rank: *rank });
        let hints: Vec<Hint<'_>> = next.into_iter().chain(rest).collect();
        Footer { hints: &hints }.paint(canvas, area);
    }

    /// The keys as one line of text of at most so many columns: what matters less is left out, none is cut.
    pub fn plain(&self, wide: u16) -> String {
        let mut shown: Vec<_> = self.hints.iter().collect();
        loop {
            let keys: Vec<String> = shown.iter().map(|(_, key, word, _)| format!("{key} {word}")).collect();
            let line = keys.join(", ");
            let last = shown.iter().enumerate().max_by_key(|(at, hint)| (hint.3, *at)).map(|(at, _)| at);
            match last {
                Some(at) if width(&line) > usize::from(wide) => shown.remove(at),
                _ => return line,
            };
        }
    }
}

/// Draws the line above the keys: what was kept and how to take it back, a word, or why something is not possible.
pub fn message_line(canvas: &mut Canvas<'_>, area: Rect, context: Context, view: &View<'_>) {
    let undo = view.keymap.key_for(context, Command::Undo);
    let names = view.names();
    let said = |words: &str| names.message(words).into_owned();
    let line = match view.message {
        Message::None => Line::default(),
        Message::Kept(words) => Line {
            mark: Some(Mark::Done),
            words: Words::of(Role::Second, said(words)),
            undo: undo.as_deref().map(|key| (key, "undo")),
        },
        Message::Draft(words) => {
            Line { mark: Some(Mark::Done), words: Words::of(Role::Second, said(words)), undo: None }
        }
        Message::Said(words) => Line { words: Words::of(Role::Text, said(words)), ..Line::default() },
        Message::Refused(words) => {
            Line { mark: Some(Mark::Wants), words: Words::of(Role::Text, said(words)), undo: None }
        }
        Message::Failed(words) => {
            Line { mark: Some(Mark::Danger), words: Words::of(Role::Danger, said(words)), undo: None }
        }
    };
    line.paint(canvas, area);
}

/// Draws words that are too long for the line above the keys over the rows above it: what went wrong, and what can be
/// done about it, is never cut.
pub fn long_message(canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let (mark, role, words) = match view.message {
        Message::None | Message::Kept(..) | Message::Draft(..) => return,
        Message::Said(words) => (None, Role::Text, words),
        Message::Refused(words) => (Some(Mark::Wants), Role::Text, words),
        Message::Failed(words) => (Some(Mark::Danger), Role::Danger, words),
    };
    let words = view.names().message(words).into_owned();
    let room = area.width.saturating_sub(4);
    if view.preferences.plain || width(&words) <= usize::from(room) || room < 10 || area.height < 2 {
        return;
    }
    let lines = wrap(&words, usize::from(room));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(1));
    let over = Rect { y: area.y + area.height - 1 - rows, height: rows, ..area };
    canvas.clear(over);
    for (down, line) in (0..rows).zip(&lines) {
        let mark = mark.filter(|_| down == 0);
        let indent = if mark.is_some() { Words::new() } else { Words::new().gap(2) };
        Line { mark, words: indent.say(role, line.clone()), undo: None }.paint(canvas, row(over, down));
    }
}

/// The same line in words alone; nothing where nothing is to be said.
pub fn message_words(view: &View<'_>) -> Option<String> {
    let (lead, words) = match view.message {
        Message::None => return None,
        Message::Kept(words) | Message::Draft(words) | Message::Said(words) => ("", words),
        Message::Refused(words) => ("Not possible. ", words),
        Message::Failed(words) => ("failed: ", words),
    };
    let words = view.names().message(words).into_owned();
    Some(format!("{lead}{words}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screen::testing::World;

    #[test]
    fn in_a_form_the_way_to_every_command_goes_after_what_completes_and_leaves_and_before_what_leads_on() {
        let world = World::day();
        let view = world.view();
        let foot = Foot::new(Context::Form, &view).with_ways(Context::Form, &view);
        let mut gone = Vec::new();
        for wide in (20..200).rev() {
            let line = foot.plain(wide);
            for word in ["scores", "commands", "complete", "back, kept", "keys"] {
                if !line.contains(&format!(" {word}")) && !gone.contains(&word) {
                    gone.push(word);
                }
            }
        }
        assert_eq!(gone, ["scores", "commands", "back, kept", "complete"], "in the order in which they go");
    }
}
