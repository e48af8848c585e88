//! Keys as a test writes them, and as a terminal sends them.

use daysheet::action::key::{Chord, Key, KeyCode};

/// The keys of a text with `<names>` in it.
pub(super) fn read_keys(text: &str) -> Vec<Key> {
    let (mut keys, mut rest) = (Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        let name = rest.strip_prefix('<').and_then(|after| after.split_once('>')).filter(|(name, _)| !name.is_empty());
        let Some((name, after)) = name else {
            keys.push(Key::char(c));
            rest = &rest[c.len_utf8()..];
            continue;
        };
        keys.push(match name {
            "lt" => Key::char('<'),
            _ => name.parse().map_or_else(|why| panic!("<{name}>: {why}"), Chord::key),
        });
        rest = after;
    }
    keys
}

/// What a terminal like xterm sends for a key.
pub(super) fn bytes_of(key: Key) -> Vec<u8> {
    let held = 1 + u8::from(key.shift) + 4 * u8::from(key.ctrl);
    let lettered = |last: char| if held == 1 { format!("\x1b[{last}") } else { format!("\x1b[1;{held}{last}") };
    let numbered = |number: u8| if held == 1 { format!("\x1b[{number}~") } else { format!("\x1b[{number};{held}~") };
    match key.code {
        KeyCode::Char(c) if key.ctrl => return vec![(c.to_ascii_uppercase() as u32 & 31) as u8],
        KeyCode::Char('\n') | KeyCode::Enter => "\r".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::Tab => "\t".to_owned(),
        KeyCode::BackTab => "\x1b[Z".to_owned(),
        KeyCode::Esc => "\x1b".to_owned(),
        KeyCode::Backspace => "\x7f".to_owned(),
        KeyCode::Up => lettered('A'),
        KeyCode::Down => lettered('B'),
        KeyCode::Right => lettered('C'),
        KeyCode::Left => lettered('D'),
        KeyCode::Home => lettered('H'),
        KeyCode::End => lettered('F'),
        KeyCode::Insert => numbered(2),
        KeyCode::Delete => numbered(3),
        KeyCode::PgUp => numbered(5),
        KeyCode::PgDn => numbered(6),
        KeyCode::F(number @ 1..=4) if held == 1 => format!("\x1bO{}", char::from(b'O' + number)),
        KeyCode::F(number @ 1..=4) => lettered(char::from(b'O' + number)),
        KeyCode::F(number @ 5..=20) => {
            numbered([15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34][usize::from(number) - 5])
        }
        KeyCode::F(number) => panic!("no terminal sends F{number}"),
    }
    .into_bytes()
}
