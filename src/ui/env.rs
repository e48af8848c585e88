//! What screens are told: the moment, the day, the practice and the settings. [`Env`] goes with input, [`View`] with drawing.

use super::chrome::names::Names;
use crate::action::input::{Input, Mouse};
use crate::action::{Command, Context, Keymap};
use crate::clinical::board::{Board, DayRecords};
use crate::clinical::booking::Hours;
use crate::clinical::code_set::CodeSets;
use crate::clinical::find::PatientIndex;
use crate::clinical::id::Ids;
use crate::clinical::monitoring::rule::{OwnRule, Rules};
use crate::clinical::patient::Patient;
use crate::clinical::phrase::PhraseBook;
use crate::clinical::practice::Practice;
use crate::clinical::provenance::initials_of;
use crate::clinical::text::sentence;
use crate::clinical::time::Now;
use crate::clinical::usual::{ClinicDays, UsualMinutes};

/// The settings that change what screens do or show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// One pane, one line an item, no boxes: for screen readers.
    pub plain: bool,
    /// Hide all other names while a visit is in room, below this many columns; 0 never.
    pub hide_names_below: u16,
    /// The days on which there is clinic.
    pub clinic_days: ClinicDays,
    /// Whether summaries not yet copied out are followed.
    pub follow_copies: bool,
    /// The hours the ribbon shows at least: from, to.
    pub day_hours: (u8, u8),
    /// The usual length of a visit.
    pub usual_minutes: UsualMinutes,
    /// The dot-phrases.
    pub phrases: PhraseBook,
    /// The physician's own clocks of monitoring.
    pub clocks: Vec<OwnRule>,
    /// The initials beside what the physician took down; none takes them from the name.
    pub initials: Option<String>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            plain: false,
            hide_names_below: 100,
            clinic_days: ClinicDays::WORKDAYS,
            follow_copies: true,
            day_hours: (7, 18),
            usual_minutes: UsualMinutes::default(),
            phrases: PhraseBook::default(),
            clocks: Vec::new(),
            initials: None,
        }
    }
}

impl Preferences {
    /// What of them decides when visits are booked.
    pub const fn hours(&self) -> Hours {
        Hours { clinic_days: self.clinic_days, day: self.day_hours, minutes: self.usual_minutes }
    }
}

/// What goes with input.
#[derive(Debug)]
pub struct Env<'a> {
    /// The moment.
    pub now: Now,
    /// Identities for what is made.
    pub ids: &'a mut Ids,
    /// The practice.
    pub practice: &'a Practice,
    /// The settings.
    pub preferences: &'a Preferences,
    /// The keys.
    pub keymap: &'a Keymap,
    /// Every patient by name, number and birth date.
    pub patients: &'a PatientIndex,
    /// Where conditions are found.
    pub code_sets: &'a CodeSets,
    /// The day on the board.
    pub board: &'a Board,
    /// The records it was computed from.
    pub records: &'a DayRecords,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

impl Env<'_> {
    /// The key of a command here, as a text names it; where none is bound, its name in the palette.
    pub fn key(&self, context: Context, command: Command) -> String {
        self.keymap.key_for(context, command).unwrap_or_else(|| format!("“{}”", command.name()))
    }

    /// The rules of monitoring that hold here.
    pub fn rules(&self) -> Rules<'_> {
        Rules { region: self.practice.region, own: &self.preferences.clocks }
    }

    /// The mouse, where it points at what is drawn: a screen reader's lines lie elsewhere than the cells beneath it.
    pub fn mouse(&self, input: &Input) -> Option<Mouse> {
        match input {
            Input::Mouse(mouse) if !self.preferences.plain => Some(*mouse),
            _ => None,
        }
    }

    /// The initials that stand beside what is taken down now.
    pub fn initials(&self) -> String {
        self.preferences.initials.clone().unwrap_or_else(|| initials_of(&self.practice.physician))
    }
}

/// What goes with drawing; colours and signs are the canvas's own.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The moment.
    pub now: Now,
    /// The keys.
    pub keymap: &'a Keymap,
    /// The practice.
    pub practice: &'a Practice,
    /// The settings.
    pub preferences: &'a Preferences,
    /// Every patient by name, number and birth date.
    pub patients: &'a PatientIndex,
    /// The day on the board.
    pub board: &'a Board,
    /// The records it was computed from.
    pub records: &'a DayRecords,
    /// The line above the footer: what was just kept, and how to take it back.
    pub message: &'a Message,
    /// Whether all names are hidden.
    pub names_hidden: bool,
    /// Who is in room today, whatever day is on the board.
    pub guests: &'a [Patient],
    /// Columns of the screen.
    pub columns: u16,
    /// Whether this is the demo.
    pub demo: bool,
    /// Whether the record can only be read: another window holds it, or the file does not let itself be written.
    pub read_only: bool,
}

impl<'a> View<'a> {
    /// The rules of monitoring that hold here.
    pub fn rules(&self) -> Rules<'a> {
        Rules { region: self.practice.region, own: &self.preferences.clocks }
    }

    /// Whose names may be read.
    pub fn names(&self) -> Names<'a> {
        Names::of(self)
    }
}

/// The line above the footer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Message {
    /// Nothing yet.
    #[default]
    None,
    /// Something was kept, and can be taken back.
    Kept(String),
    /// What is typed was kept as a draft.
    Draft(String),
    /// A word.
    Said(String),
    /// Why something is not possible now.
    Refused(String),
    /// Something failed, and what is safe.
    Failed(String),
}

impl Message {
    /// Why something is not possible now, as a sentence.
    pub fn refused(why: impl AsRef<str>) -> Self {
        Self::Refused(sentence(why.as_ref()))
    }

    /// What failed and what is safe, as a sentence.
    pub fn failed(what: impl AsRef<str>) -> Self {
        Self::Failed(sentence(what.as_ref()))
    }
}
