//! The key map: which key asks for which command where. Made from [`COMMANDS`] and the user's own bindings.

use std::collections::BTreeMap;

use super::command::{COMMANDS, Command, Context, Info};
use super::key::{Chord, Key};

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
}

/// Which key asks for which command where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: BTreeMap<(Context, Key), Command>,
    shown: BTreeMap<&'static str, Vec<Chord>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&BTreeMap::new()).unwrap_or_else(|_| Self { keys: BTreeMap::new(), shown: BTreeMap::new() })
    }
}

impl Keymap {
    /// The map with the user's bindings, by command name, in place of the declared ones.
    ///
    /// # Errors
    /// The first binding that cannot stand: an unknown name, a clash, a plain character where text is typed.
    pub fn with(own: &BTreeMap<String, Vec<Chord>>) -> Result<Self, BindingError> {
        if let Some(unknown) = own.keys().find(|id| !COMMANDS.iter().any(|info| info.id == id.as_str())) {
            return Err(BindingError::UnknownCommand(unknown.clone()));
        }
        let mut keys: BTreeMap<(Context, Key), (Command, &'static str)> = BTreeMap::new();
        let mut shown = BTreeMap::new();
        // The declared keys first, so that a clash is told of the binding that was added.
        let (own_keys, declared_keys): (Vec<&Info>, Vec<&Info>) =
            COMMANDS.iter().partition(|info| own.contains_key(info.id));
        for info in declared_keys.into_iter().chain(own_keys) {
            let chords = own.get(info.id).cloned().unwrap_or_else(|| declared(info));
            for chord in &chords {
                let key = chord.key();
                // On the body map letters are codes and digits intensities; signs may be keys.
                let is_taken = match info.context {
                    Context::Form | Context::Anywhere => key.types().is_some(),
                    Context::BodyMap => key.types().is_some_and(char::is_alphanumeric),
                    _ => false,
                };
                if is_taken {
                    return Err(BindingError::PlainCharacter { id: info.id, key: chord.to_string() });
                }
                if let Some((_, other)) = keys.insert((info.context, key), (info.command, info.name)) {
                    let place = info.context.title();
                    return Err(BindingError::Clash { id: info.id, key: chord.to_string(), other, place });
                }
            }
            shown.insert(info.id, chords);
        }
        let keys = keys.into_iter().map(|(at, (command, _))| (at, command)).collect();
        Ok(Self { keys, shown })
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
        ] {
            let error = Keymap::with(&own(id, key)).unwrap_err().to_string();
            assert!(error.starts_with(says), "{error}");
        }
    }

    #[test]
    fn two_commands_can_change_their_keys_with_each_other() {
        let both = own("visit.new", "s").into_iter().chain(own("score.quick", "n")).collect();
        let map = Keymap::with(&both).unwrap();
        assert_eq!(map.command(Context::Board, Key::char('s')), Some(Command::NewVisit));
        assert_eq!(map.command(Context::Board, Key::char('n')), Some(Command::QuickScore));
    }
}
