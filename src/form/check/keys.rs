//! A fixed world, and keys written as text: `7`, `10<Tab>`, `hello<Enter>`.

use chrono::{NaiveDate, NaiveTime};

use crate::action::form_command::FormCommand;
use crate::clinical::practice::DateOrder;
use crate::clinical::text::fold;
use crate::clinical::typed::{Decimal, HourClock, Reading};
use crate::form::any::AnyForm;
use crate::form::event::{Env, In, Out};
use crate::form::lookup::Wanted;
use crate::form::lookup::{Hit, Lookup};
use crate::form::phrases::Phrases;
use crate::form::spec::Source;

/// A world that stands still: Tuesday 24 Nov 2026, 10:14, a screen of 80×24, day before month.
#[derive(Debug, Clone)]
pub struct World {
    /// Day, time, region.
    pub reading: Reading,
    /// The form's place on the screen.
    pub size: (u16, u16),
    /// What completion finds: source, words, code.
    pub things: Vec<(Source, String, String)>,
    /// Dot-phrases: word, text.
    pub phrases: Vec<(String, String)>,
}

impl Default for World {
    fn default() -> Self {
        let reading = Reading {
            today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default(),
            now: NaiveTime::from_hms_opt(10, 14, 0).unwrap_or_default(),
            order: DateOrder::Dmy,
            decimal: Decimal::Point,
            clock: HourClock::TwentyFour,
        };
        Self { reading, size: (80, 24), things: Vec::new(), phrases: Vec::new() }
    }
}

impl World {
    /// What a form needs for one key.
    pub fn env(&self) -> Env<'_> {
        Env { reading: self.reading, size: self.size, lookup: self, phrases: self }
    }
}

impl Lookup for World {
    fn find(&self, wanted: &Wanted, query: &str, most: usize) -> Vec<Hit> {
        let query = fold(query);
        let fits = |thing: &&(Source, String, String)| thing.0 == wanted.source && fold(&thing.1).contains(&query);
        self.things.iter().filter(fits).take(most).map(|(_, text, code)| Hit::new(text, code)).collect()
    }
}

impl Phrases for World {
    fn text(&self, word: &str) -> Option<String> {
        self.phrases.iter().find(|(name, _)| name == word).map(|(_, text)| text.clone())
    }
    fn value(&self, _: &str) -> Option<String> {
        None
    }
    fn beginning(&self, with: &str, most: usize) -> Vec<(String, String)> {
        let fits = |phrase: &&(String, String)| phrase.0.starts_with(with);
        self.phrases.iter().filter(fits).take(most).cloned().collect()
    }
}

/// Presses keys: plain characters as they stand, named keys in angle brackets (`<Tab>`, `<S-Tab>`, `<Enter>`, `<Up>`,
/// `<BS>`, `<Del>`, or a command by its id without `field.`: `<row_add>`). Gives what the last key came to.
///
/// A name nobody knows is typed as it stands.
pub fn press(form: &mut dyn AnyForm, world: &World, keys: &str) -> Out {
    let mut out = Out::Same;
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|inner| inner.split_once('>'));
        let input = if let Some((command, after)) = named.and_then(|(name, after)| Some((command(name)?, after))) {
            rest = after;
            In::Cmd(command)
        } else {
            rest = &rest[c.len_utf8()..];
            In::Char(c)
        };
        out = form.handle(input, &world.env());
    }
    out
}

fn command(name: &str) -> Option<FormCommand> {
    use FormCommand as C;
    Some(match name {
        "Tab" => C::Next,
        "S-Tab" => C::Previous,
        "Enter" => C::Enter,
        "Up" => C::Up,
        "Down" => C::Down,
        "Left" => C::Left,
        "Right" => C::Right,
        "BS" => C::Backspace,
        "Del" => C::Delete,
        "Home" => C::LineStart,
        "End" => C::LineEnd,
        "PgUp" => C::PreviousSection,
        "PgDn" => C::NextSection,
        "Esc" => C::Back,
        "C-Z" => C::Undo,
        "C-Y" => C::Redo,
        "C-T" => C::TakeField,
        "C-E" => C::TakeSection,
        "C-S" => C::Complete,
        name => return C::ALL.iter().copied().find(|command| command.id().strip_prefix("field.") == Some(name)),
    })
}
