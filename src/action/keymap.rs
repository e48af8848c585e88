//! The key map: which key asks for which command where. Made from [`COMMANDS`] and the user's own bindings.

use std::collections::BTreeMap;

use super::command::{COMMANDS, Info};
use super::key::{Chord, Key};
use super::{Command, Context};

/// Why a binding of the user's cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindingError {
    /// No command has this name.
    #[error("no command is called “{0}”")]
    UnknownCommand(String),
    /// Two commands want one key in one place.
    #[error("{key} is already the key of “{other}” ({place})")]
    Clash {
        /// The name of the command that was given it.
        id: &'static str,
        /// The key as written.
        key: String,
        /// The command that has it.
        other: &'static str,
        /// Where, as the key list heads it.
        place: &'static str,
    },
    /// A plain character cannot be a command where text is typed.
    #[error("{key} is a character, and this command must work while text is typed: choose a chord or a function key")]
    PlainCharacter {
        /// The name of the command that was given it.
        id: &'static str,
        /// The key as written.
        key: String,
    },
    /// The only key that leads back was taken away.
    #[error("`{0}` keeps at least one key: without it there is no way back")]
    NoWayBack(&'static str),
}

/// Commands that keep a key whatever the settings say.
const WAYS_BACK: [&str; 3] = ["back", "form.back", "map.back"];

/// Which key asks for which command where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: BTreeMap<(Context, Key), Command>,
    shown: BTreeMap<&'static str, Vec<Chord>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&BTreeMap::new())
            .unwrap_or_else(|_: Vec<BindingError>| Self { keys: BTreeMap::new(), shown: BTreeMap::new() })
    }
}

impl Keymap {
    /// The map with the user's bindings, by command name, in place of the declared ones.
    ///
    /// # Errors
    /// Every binding that cannot stand: an unknown name, a plain character where text is typed, a key that means something
    /// else in the same place or in one that is looked up with it, the last way back taken away.
    pub fn with(own: &BTreeMap<String, Vec<Chord>>) -> Result<Self, Vec<BindingError>> {
        let is_known = |id: &&String| COMMANDS.iter().any(|info| info.id == id.as_str());
        let mut wrong: Vec<BindingError> =
            own.keys().filter(|id| !is_known(id)).cloned().map(BindingError::UnknownCommand).collect();
        let bound: Vec<Bound> = COMMANDS.iter().map(|info| Bound::of(info, own)).collect();
        for (at, one) in bound.iter().enumerate().filter(|(_, one)| one.is_own) {
            wrong.extend(one.mistakes(at, &bound));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut keys = BTreeMap::new();
        for one in &bound {
            keys.extend(one.chords.iter().map(|chord| ((one.info.context, chord.key()), one.info.command)));
        }
        Ok(Self { keys, shown: bound.into_iter().map(|one| (one.info.id, one.chords)).collect() })
    }

    /// The command this key asks for here: the nearest context that binds it.
    pub fn command(&self, context: Context, key: Key) -> Option<Command> {
        context.chain().iter().find_map(|&place| self.keys.get(&(place, key)).copied())
    }

    /// The keys of a row as they are now bound.
    pub fn keys(&self, info: &Info) -> &[Chord] {
        self.shown.get(info.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The key to show for a command here, if it has one.
    pub fn key_for(&self, context: Context, command: Command) -> Option<String> {
        context.chain().iter().find_map(|&place| {
            COMMANDS
                .iter()
                .filter(|info| info.command == command && info.context == place)
                .find_map(|info| self.keys(info).first().map(Chord::to_string))
        })
    }

    /// The rows that can be asked for here, nearest context first, each command once.
    pub fn rows(&self, context: Context) -> Vec<&'static Info> {
        let mut rows: Vec<&'static Info> = Vec::new();
        for &place in context.chain() {
            for info in COMMANDS.iter().filter(|info| info.context == place) {
                if !rows.iter().any(|row| row.command == info.command) {
                    rows.push(info);
                }
            }
        }
        rows
    }
}

/// A command with the keys it now has.
struct Bound {
    info: &'static Info,
    chords: Vec<Chord>,
    /// Whether the user gave them.
    is_own: bool,
}

impl Bound {
    fn of(info: &'static Info, own: &BTreeMap<String, Vec<Chord>>) -> Self {
        let given = own.get(info.id);
        Self { info, chords: given.cloned().unwrap_or_else(|| declared(info)), is_own: given.is_some() }
    }

    /// What is wrong with the user's keys for this command, the one at this place among all.
    fn mistakes(&self, at: usize, all: &[Self]) -> Vec<BindingError> {
        let id = self.info.id;
        if self.chords.is_empty() && WAYS_BACK.contains(&id) {
            return vec![BindingError::NoWayBack(id)];
        }
        let mut wrong = Vec::new();
        for chord in &self.chords {
            if self.info.context.types(chord.key()) {
                wrong.push(BindingError::PlainCharacter { id, key: chord.to_string() });
                continue;
            }
            // Of two of the user's own the later one is told.
            let mut others = all.iter().enumerate().filter(|(n, other)| !other.is_own || *n < at);
            if let Some((_, other)) = others.find(|(_, other)| self.is_hidden_by(other, chord)) {
                let place = other.info.context.title();
                wrong.push(BindingError::Clash { id, key: chord.to_string(), other: other.info.name, place });
            }
        }
        wrong
    }

    /// Whether a key of this one means the other command in a place where both are looked up. What is declared so stays: the
    /// body map takes over keys of the form below it.
    fn is_hidden_by(&self, other: &Self, chord: &Chord) -> bool {
        let (here, there) = (self.info.context, other.info.context);
        let meet = here.chain().contains(&there) || there.chain().contains(&here);
        let was_so = || declared(self.info).contains(chord) && declared(other.info).contains(chord);
        meet && self.info.command != other.info.command && other.chords.contains(chord) && !was_so()
    }
}

fn declared(info: &Info) -> Vec<Chord> {
    info.keys.iter().filter_map(|key| key.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(id: &str, key: &str) -> BTreeMap<String, Vec<Chord>> {
        BTreeMap::from([(id.to_owned(), vec![key.parse().unwrap()])])
    }

    #[test]
    fn the_nearest_context_decides_what_a_key_means() {
        let map = Keymap::default();
        assert_eq!(map.command(Context::Board, Key::char('c')), Some(Command::CloseDay));
        assert_eq!(map.command(Context::Close, Key::char('c')), Some(Command::ConfirmClose));
        assert_eq!(map.command(Context::Form, Key::char('c')), None);
        assert_eq!(map.command(Context::Form, Key::ctrl('s')), Some(Command::Complete));
        assert_eq!(map.key_for(Context::Board, Command::Undo).as_deref(), Some("u"));
    }

    #[test]
    fn own_keys_replace_the_declared_ones() {
        let map = Keymap::with(&own("visit.new", "V")).unwrap();
        assert_eq!(map.command(Context::Board, Key::char('V')), Some(Command::NewVisit));
        assert_eq!(map.command(Context::Board, Key::char('n')), None);
    }

    #[test]
    fn what_cannot_stand_is_said_in_words() {
        for (id, key, says) in [
            ("visit.nwe", "n", "no command is called “visit.nwe”"),
            ("visit.new", "s", "s is already the key of “Quick score” (On the board)"),
            ("score.quick", "n", "n is already the key of “New visit” (On the board)"),
            ("lock", "l", "l is a character, and this command must work while text is typed"),
            // A key is not taken from a command that is looked up after this one, or before it.
            ("visit.new", "y", "y is already the key of “Copy out the summary” (On every list)"),
            ("visit.new", "Ctrl-L", "Ctrl-L is already the key of “Lock” (Everywhere)"),
            ("find", "n", "n is already the key of “New visit” (On the board)"),
            ("map.gone", "F2", "F2 is already the key of “Why” (In a form)"),
        ] {
            let errors = Keymap::with(&own(id, key)).unwrap_err();
            assert_eq!(errors.len(), 1, "{errors:?}");
            assert!(errors[0].to_string().starts_with(says), "{}", errors[0]);
        }
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let mut all = own("visit.nwe", "n");
        all.extend(own("visit.new", "s"));
        all.extend(own("lock", "l"));
        all.insert("back".to_owned(), Vec::new());
        let said: Vec<String> = Keymap::with(&all).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said.iter().any(|words| words == "`back` keeps at least one key: without it there is no way back"));
    }

    #[test]
    fn what_the_body_map_takes_over_from_the_form_may_be_said_again() {
        let map = Keymap::with(&own("map.as-last", "F3")).unwrap();
        assert_eq!(map.command(Context::BodyMap, "F3".parse::<Chord>().unwrap().key()), Some(Command::MapAsLast));
        let none = BTreeMap::from([("visit.new".to_owned(), Vec::new())]);
        assert_eq!(Keymap::with(&none).unwrap().command(Context::Board, Key::char('n')), None);
    }

    #[test]
    fn two_commands_can_change_their_keys_with_each_other() {
        let both = own("visit.new", "s").into_iter().chain(own("score.quick", "n")).collect();
        let map = Keymap::with(&both).unwrap();
        assert_eq!(map.command(Context::Board, Key::char('s')), Some(Command::NewVisit));
        assert_eq!(map.command(Context::Board, Key::char('n')), Some(Command::QuickScore));
    }
}
