//! Every field kind with every key: no key has two meanings.

use std::collections::BTreeSet;

use crate::action::Context;
use crate::action::command::COMMANDS;
use crate::action::form_command::{EDITING, FormCommand};
use crate::action::key::{Chord, Key};
use crate::action::keymap::Keymap;
use crate::form::any::AnyForm;
use crate::form::event::{In, Out};
use crate::form::sample::{open, world};
use crate::form::vocab::letters;

/// Every key that is bound in a form or everywhere, every editing key, and every character of a keyboard.
fn every_key() -> BTreeSet<Key> {
    let here = COMMANDS.iter().filter(|info| matches!(info.context, Context::Form | Context::Anywhere));
    let bound = here.flat_map(|info| info.keys.iter().copied());
    let written = bound.chain(EDITING.iter().map(|(name, _)| *name));
    let keys = written.map(|name| name.parse::<Chord>().unwrap().key());
    keys.chain((' '..='~').map(Key::char)).collect()
}

#[test]
fn a_key_is_a_command_or_editing_or_a_character_and_never_two_of_them() {
    let keymap = Keymap::default();
    for key in every_key() {
        let meanings = usize::from(keymap.command(Context::Form, key).is_some())
            + usize::from(FormCommand::of_key(key).is_some())
            + usize::from(key.types().is_some());
        assert_eq!(meanings, 1, "{key}");
    }
}

#[test]
fn in_every_field_every_key_does_one_thing() {
    let keymap = Keymap::default();
    let world = world();
    let mut stops = Vec::new();
    let mut form = open(&world);
    while !stops.contains(&form.pos()) {
        stops.push(form.pos());
        form.handle(In::Cmd(FormCommand::Next), &world.env());
    }
    assert!(stops.len() > 15);
    for stop in stops {
        for key in every_key() {
            let command =
                FormCommand::of_key(key).or_else(|| keymap.command(Context::Form, key).and_then(FormCommand::of));
            let input = match (command, key.types()) {
                (Some(command), _) => In::Cmd(command),
                (None, Some(c)) => In::Char(c),
                (None, None) => continue,
            };
            let mut form = open(&world);
            form.go(stop, &world.env());
            let before = form.draft();
            let out = form.handle(input.clone(), &world.env());
            let after = form.draft();
            // What is passed on or the same has not been used here as well.
            if matches!(out, Out::Pass | Out::Same | Out::Submit) {
                assert_eq!(
                    (before.value, before.bad, before.pos),
                    (after.value, after.bad, after.pos),
                    "{key} {stop:?}"
                );
            } else if out == Out::Moved {
                assert_eq!((before.value, before.bad), (after.value, after.bad), "{key} {stop:?}");
            }
            if let In::Char(_) = input {
                assert_ne!(out, Out::Submit, "{key} {stop:?}");
            }
        }
    }
}

#[test]
fn the_letters_of_choices_leave_the_common_signs_alone() {
    for labels in [vec!["= equal", "- minus", " space"], vec!["declined", "not asked", "cannot report"]] {
        for letter in letters(labels.iter().copied()).into_iter().flatten() {
            assert!(letter.is_ascii_lowercase(), "{letter}");
        }
    }
}
