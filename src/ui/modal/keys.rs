//! Every key that works here.

use ratatui::layout::Rect;

use super::Done;
use crate::action::Context;
use crate::action::form_command::{self, FormCommand};
use crate::action::heading::heading;
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::action::keymap::Keymap;
use crate::ui::env::{Env, View};
use crate::ui::widget::Canvas;
use crate::ui::widget::help::{Group, Help};

/// The keys of a context.
#[derive(Debug)]
pub struct Keys {
    /// Where.
    pub context: Context,
    /// How many rows are scrolled away.
    pub top: usize,
}

impl Keys {
    /// Takes an input.
    pub fn input(&mut self, input: &Input, env: &Env<'_>) -> Done {
        let Input::Key(key) = input else { return Done::Stay };
        let groups = groups(self.context, env.keymap);
        let screen = Rect::new(0, 0, env.size.0, env.size.1);
        let last = Help { title: "Keys", groups: &groups, top: 0, in_one: env.preferences.plain }.last_top(screen);
        let page = usize::from(env.size.1.saturating_sub(3)).max(1);
        self.top = match key.code {
            KeyCode::Down | KeyCode::Char('j') => (self.top + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => self.top.saturating_sub(1),
            KeyCode::PgDn | KeyCode::Char(' ') => (self.top + page).min(last),
            KeyCode::PgUp => self.top.saturating_sub(page),
            KeyCode::Home => 0,
            KeyCode::End => last,
            _ => return Done::left(),
        };
        Done::Stay
    }

    /// Draws the keys.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let groups = groups(self.context, view.keymap);
        Help { title: "Keys", groups: &groups, top: self.top, in_one: view.preferences.plain }.paint(canvas, area);
    }
}

/// What moves within a form, before the chords that work in it.
const TYPING: [(FormCommand, &str); 7] = [
    (FormCommand::Next, "Next field"),
    (FormCommand::Previous, "Field before"),
    (FormCommand::Enter, "Accept and go on; in a text a new line"),
    (FormCommand::Suggest, "What the typed text may become"),
    (FormCommand::RowAdd, "Add a row"),
    (FormCommand::RowDelete, "Delete the row"),
    (FormCommand::SelectAll, "Select all of the field"),
];

/// The keys of typing, where the context is a form.
fn typing(context: Context) -> Option<Group<'static>> {
    let named =
        |(command, name): &(FormCommand, &'static str)| Some((form_command::key_of(*command)?.to_owned(), *name));
    (context == Context::Form)
        .then(|| Group { title: "While typing".into(), keys: TYPING.iter().filter_map(named).collect() })
}

fn groups(context: Context, keymap: &Keymap) -> Vec<Group<'static>> {
    let places = places(context, keymap);
    typing(context).into_iter().chain(places).collect()
}

fn places(context: Context, keymap: &Keymap) -> Vec<Group<'static>> {
    context.chain().iter().flat_map(|&place| of_place(context, place, keymap)).collect()
}

/// The keys of one of the contexts that hold here, under its headings.
fn of_place(context: Context, place: Context, keymap: &Keymap) -> Vec<Group<'static>> {
    let mut out: Vec<(Option<&'static str>, Group<'static>)> = Vec::new();
    let rows = keymap.rows(context);
    for info in rows.into_iter().filter(|info| info.context == place && !keymap.keys(info).is_empty()) {
        let keys: Vec<String> = keymap.keys(info).iter().map(ToString::to_string).collect();
        let (key, heading) = ((keys.join(" "), info.name), heading(info));
        match out.last_mut() {
            Some((last, group)) if *last == heading => group.keys.push(key),
            _ => {
                let title =
                    heading.map_or_else(|| place.title().into(), |words| format!("{}: {words}", place.title()).into());
                out.push((heading, Group { title, keys: vec![key] }));
            }
        }
    }
    let mut groups: Vec<Group<'static>> = out.into_iter().map(|(_, group)| group).collect();
    if place == Context::Form
        && let Some(group) = groups.last_mut()
    {
        group.keys.push((".word Space".to_owned(), "Unfold a phrase (the palette lists them)"));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_form_begin_with_how_one_goes_through_it() {
        let of = |context| groups(context, &Keymap::default()).remove(0);
        let typing = of(Context::Form);
        assert_eq!(typing.title, "While typing");
        let keys: Vec<&str> = typing.keys.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["Tab", "Shift-Tab", "Enter", "Ctrl-F", "Insert", "Shift-Delete", "Ctrl-A"]);
        assert_ne!(of(Context::Board).title, "While typing");
    }
}
