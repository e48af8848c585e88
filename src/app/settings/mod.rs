//! Settings: the physician's own choices, in a TOML file that need not exist.
//!
//! [`Settings::parse`] is pure; [`Settings::load`] reads the file. What cannot stand is told as a sentence with its line
//! and column, all of it at once, and then nothing of the file is used: half of somebody's settings is nobody's.
//!
//! A new setting is a field, a line in `default.toml` and a line in `parse`.

pub mod nearest;
pub mod phrases;
mod reader;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{NaiveTime, Timelike};
use toml::de::DeTable;

pub use self::reader::Mistake;
use self::reader::{Reader, Section};
use super::clipboard::Choice;
use super::terminal::MouseUse;
use crate::action::Keymap;
use crate::action::command::COMMANDS;
use crate::action::key::Chord;
use crate::action::keymap::BindingError;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::usual::{ClinicDays, UsualMinutes};
use crate::jobs::private_file::make_folder_for;
use crate::ui::env::Preferences;
use crate::ui::theme::{Depth, Ground, Look, Palette, Signs, Theme};

/// The settings as they hold without a file, each with a word about it.
pub const DEFAULT_TEXT: &str = include_str!("default.toml");

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Which colours.
    pub palette: Palette,
    /// Who paints the background.
    pub ground: Ground,
    /// How many colours; none asks the terminal.
    pub depth: Option<Depth>,
    /// Which signs are drawn.
    pub signs: Signs,
    /// Whose the mouse is.
    pub mouse: MouseUse,
    /// What screens do and show.
    pub preferences: Preferences,
    /// How long nobody types before the record is locked.
    pub lock_after: Duration,
    /// Which way text is copied out.
    pub clipboard: Choice,
    /// When what was copied out is cleared; none only on locking and at the end.
    pub clear_clipboard_after: Option<Duration>,
    /// How many automatic backups are kept; 0: none are made unasked.
    pub keep_backups: u16,
    /// The keys.
    pub keymap: Keymap,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            palette: Palette::default(),
            ground: Ground::default(),
            depth: None,
            signs: Signs::default(),
            mouse: MouseUse::Asked,
            preferences: Preferences::default(),
            lock_after: Duration::from_mins(10),
            clipboard: Choice::default(),
            clear_clipboard_after: Some(Duration::from_mins(1)),
            keep_backups: 10,
            keymap: Keymap::default(),
        }
    }
}

/// Why a settings file cannot be used.
#[derive(Debug)]
pub enum NoSettings {
    /// The file cannot be read.
    Unread(PathBuf, io::Error),
    /// It holds mistakes, in their order.
    Mistakes(PathBuf, Vec<Mistake>),
}

impl fmt::Display for NoSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(path, why) => write!(f, "the settings file {} cannot be read: {why}", path.display()),
            Self::Mistakes(path, mistakes) => {
                for (at, mistake) in mistakes.iter().enumerate() {
                    let end = if at + 1 < mistakes.len() { "\n" } else { "" };
                    write!(f, "{}, {mistake}{end}", path.display())?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for NoSettings {}

const DEPTHS: [(Option<Depth>, &str); 5] = [
    (None, "auto"),
    (Some(Depth::Rgb), "true"),
    (Some(Depth::Indexed), "256"),
    (Some(Depth::Sixteen), "16"),
    (Some(Depth::Mono), "none"),
];

const DAYS: [(usize, &str); 7] = [(0, "mon"), (1, "tue"), (2, "wed"), (3, "thu"), (4, "fri"), (5, "sat"), (6, "sun")];

impl Settings {
    /// Reads the text of a settings file. What it does not name stays as it is by default.
    ///
    /// # Errors
    /// Every mistake in it, in their order.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader::new(text);
        let mut settings = Self::default();
        match DeTable::parse(text) {
            Ok(file) => settings.take(&mut reader, file.get_ref()),
            Err(why) => {
                let at = why.span().unwrap_or(0..0);
                reader.wrong(&at, format!("this cannot be read as TOML: {}", why.message().trim_end()));
            }
        }
        reader.mistakes.sort();
        if reader.mistakes.is_empty() { Ok(settings) } else { Err(reader.mistakes) }
    }

    fn take<'t>(&mut self, reader: &mut Reader<'_>, file: &'t DeTable<'t>) {
        let names = ["look", "day", "minutes", "private", "record", "me", "monitoring", "keys"];
        let mut sections = reader.sections(file, &names).into_iter();
        // As many as were named.
        let mut next = || sections.next().unwrap_or_default();
        let (look, day, minutes, private) = (next(), next(), next(), next());
        let (record, me, monitoring, keys) = (next(), next(), next(), next());
        self.look_from(reader, look);
        self.day_from(reader, day);
        self.minutes_from(reader, minutes);
        self.private_from(reader, private);
        self.record_from(reader, record);
        self.me_from(reader, me);
        self.monitoring_from(reader, monitoring);
        self.keys_from(reader, keys);
    }

    fn look_from(&mut self, reader: &mut Reader<'_>, mut look: Section<'_>) {
        set(&mut self.palette, reader.word(&mut look, "theme", &Palette::ALL));
        let ground = |own| if own { Ground::Painted } else { Ground::Terminal };
        set(&mut self.ground, reader.flag(&mut look, "own_background").map(ground));
        set(&mut self.depth, reader.word(&mut look, "colour", &DEPTHS));
        let signs = |ascii| if ascii { Signs::Ascii } else { Signs::Unicode };
        set(&mut self.signs, reader.flag(&mut look, "ascii").map(signs));
        set(&mut self.preferences.plain, reader.flag(&mut look, "plain"));
        let mouse = |asked| if asked { MouseUse::Asked } else { MouseUse::LeftToTerminal };
        set(&mut self.mouse, reader.flag(&mut look, "mouse").map(mouse));
        set(&mut self.preferences.hide_names_below, reader.number(&mut look, "hide_names_below", 0..1001).map(short));
        reader.finish(&look);
    }

    fn day_from(&mut self, reader: &mut Reader<'_>, mut day: Section<'_>) {
        if let Some(days) = reader.words(&mut day, "clinic_days", &DAYS) {
            self.preferences.clinic_days = ClinicDays::of(&days);
        }
        let (from, to) = (hour(reader, &mut day, "from"), hour(reader, &mut day, "to"));
        let hours = &mut self.preferences.day_hours;
        if let Some((time, _)) = &from {
            hours.0 = whole_hour(*time, Round::Down);
        }
        if let Some((time, _)) = &to {
            hours.1 = whole_hour(*time, Round::Up);
        }
        if hours.0 >= hours.1
            && let Some((_, at)) = to.or(from)
        {
            reader.wrong(&at, format!("the day ends at {:02}:00, before it begins at {:02}:00", hours.1, hours.0));
        }
        set(&mut self.preferences.follow_copies, reader.flag(&mut day, "follow_copies"));
        reader.finish(&day);
    }

    fn minutes_from(&mut self, reader: &mut Reader<'_>, mut minutes: Section<'_>) {
        let UsualMinutes { new, follow_up, procedure, block } = &mut self.preferences.usual_minutes;
        for (usual, name) in [(new, "new"), (follow_up, "follow_up"), (procedure, "procedure"), (block, "block")] {
            set(usual, reader.number(&mut minutes, name, 1..1441).map(short));
        }
        reader.finish(&minutes);
    }

    fn private_from(&mut self, reader: &mut Reader<'_>, mut private: Section<'_>) {
        set(&mut self.lock_after, reader.minutes(&mut private, "lock_after_minutes", 0.2..=240.0));
        set(&mut self.clipboard, reader.word(&mut private, "clipboard", &Choice::ALL));
        let seconds = reader.number(&mut private, "clear_clipboard_after_seconds", 0..3601);
        let time = |seconds: u32| (seconds > 0).then(|| Duration::from_secs(u64::from(seconds)));
        set(&mut self.clear_clipboard_after, seconds.map(time));
        reader.finish(&private);
    }

    fn record_from(&mut self, reader: &mut Reader<'_>, mut record: Section<'_>) {
        set(&mut self.keep_backups, reader.number(&mut record, "keep_backups", 0..1001).map(short));
        reader.finish(&record);
    }

    fn me_from(&mut self, reader: &mut Reader<'_>, mut me: Section<'_>) {
        if let Some((text, at)) = reader.text(&mut me, "initials") {
            let initials = crate::clinical::text::clean_line(text);
            if initials.chars().count() > 6 {
                reader.wrong(&at, format!("`initials` are at most 6 letters, not `{initials}`"));
            }
            self.preferences.initials = Some(initials).filter(|initials| !initials.is_empty());
        }
        reader.finish(&me);
    }

    /// Each line is a clock: a check, where wanted region, risk and group of medicines, and every how many days.
    fn monitoring_from(&mut self, reader: &mut Reader<'_>, monitoring: Section<'_>) {
        for (words, at, value) in monitoring.rest() {
            let Some(days) = reader.whole(&words, value, 0..3651) else { continue };
            match OwnRule::read(&words, days) {
                Ok(rule) => self.preferences.clocks.push(rule),
                Err(why) => reader.wrong(&at, why),
            }
        }
    }

    fn keys_from(&mut self, reader: &mut Reader<'_>, keys: Section<'_>) {
        let mut own: BTreeMap<String, Vec<Chord>> = BTreeMap::new();
        let mut places: Vec<(String, String, Range<usize>)> = Vec::new();
        for (id, at, value) in keys.rest() {
            if !COMMANDS.iter().any(|info| info.id == id) {
                let meant = nearest::nearest(&id, COMMANDS.iter().map(|info| info.id));
                let meant = meant.map_or("`daysheet keys` lists them".to_owned(), |id| format!("did you mean `{id}`?"));
                reader.wrong(&at, format!("no command is called `{id}`; {meant}"));
                continue;
            }
            let mut chords = Vec::new();
            let name = at;
            for (text, at) in reader.texts(&id, value) {
                match text.parse::<Chord>() {
                    Ok(chord) => {
                        places.push((id.clone(), chord.to_string(), at));
                        chords.push(chord);
                    }
                    Err(why) => reader.wrong(&at, why.to_string()),
                }
            }
            if chords.is_empty() {
                places.push((id.clone(), String::new(), name));
            }
            own.insert(id, chords);
        }
        match Keymap::with(&own) {
            Ok(keymap) => self.keymap = keymap,
            Err(mistakes) => {
                for why in mistakes {
                    let of = |id: &str, key: Option<&str>| {
                        places.iter().find(|(own, chord, _)| own == id && key.is_none_or(|key| chord == key))
                    };
                    let at = match &why {
                        BindingError::Clash { id, key, .. } | BindingError::PlainCharacter { id, key } => {
                            of(id, Some(key))
                        }
                        BindingError::NoWayBack(id) => of(id, None),
                        BindingError::UnknownCommand(id) => of(id, None),
                    };
                    reader.wrong(&at.map_or(0..0, |(_, _, at)| at.clone()), why.to_string());
                }
            }
        }
    }

    /// Reads the file. One that is not there is no mistake if nobody named it.
    pub fn load(path: &Path, was_named: Named) -> Result<Self, NoSettings> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).map_err(|mistakes| NoSettings::Mistakes(path.to_owned(), mistakes)),
            Err(why) if why.kind() == io::ErrorKind::NotFound && was_named == Named::No => Ok(Self::default()),
            Err(why) => Err(NoSettings::Unread(path.to_owned(), why)),
        }
    }

    /// How everything looks, with what the terminal says of itself in the environment where the settings leave it open.
    pub fn look(&self) -> Look {
        let variable = |name| std::env::var(name).ok();
        let told = || {
            let (no_color, colorterm, term) = (variable("NO_COLOR"), variable("COLORTERM"), variable("TERM"));
            Depth::told(no_color.as_deref(), colorterm.as_deref(), term.as_deref())
        };
        let theme = Theme { palette: self.palette, depth: self.depth.unwrap_or_else(told), ground: self.ground };
        Look { theme, signs: self.signs, plain: self.preferences.plain }
    }
}

/// Whether the physician named the settings file on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// By `--config`: then it must be there.
    Yes,
    /// It is the platform's.
    No,
}

/// Writes the settings as they are by default, with a word about each, where no file is yet.
pub fn write_default(path: &Path) -> io::Result<()> {
    make_folder_for(path)?;
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(DEFAULT_TEXT.as_bytes())
}

fn set<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

/// Numbers are read in ranges that fit.
fn short(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[derive(Clone, Copy)]
enum Round {
    Down,
    Up,
}

fn whole_hour(time: NaiveTime, round: Round) -> u8 {
    let hour = u8::try_from(time.hour()).unwrap_or(0);
    match round {
        Round::Up if time.minute() > 0 => hour + 1,
        Round::Up | Round::Down => hour,
    }
}

fn hour(reader: &mut Reader<'_>, day: &mut Section<'_>, name: &'static str) -> Option<(NaiveTime, Range<usize>)> {
    let (text, at) = reader.text(day, name)?;
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok();
    if time.is_none() {
        reader.wrong(&at, format!("`{name}` is a time like \"07:00\", not `{text}`"));
    }
    time.map(|time| (time, at))
}
