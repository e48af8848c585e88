//! Contexts: where a command can be asked for, and in which order a key is looked up there.

use super::key::Key;

/// Where a command can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, also while a text field is focused: never a plain character.
    Anywhere,
    /// On every screen on which letters are commands.
    List,
    /// The board.
    Board,
    /// The week.
    Week,
    /// A patient's chart.
    Chart,
    /// The trends of a chart.
    Trends,
    /// The timeline of a chart.
    Timeline,
    /// The notes of a chart.
    Notes,
    /// A patient's tests and results.
    Diagnostics,
    /// A patient's monitoring.
    Monitoring,
    /// A patient's medicines.
    Medicines,
    /// A patient's jigsaw and trial ledger.
    Jigsaw,
    /// A patient's referrals, handouts or tapers.
    Follow,
    /// The close of the day.
    Close,
    /// The preview of an import.
    Import,
    /// Lists of another record system, brought in.
    BringIn,
    /// Earlier reflections.
    Entries,
    /// The body map over a form: letters are codes, digits intensities.
    BodyMap,
    /// A form: every plain character belongs to the focused field.
    Form,
}

impl Context {
    /// Every context, in the order of the key list.
    pub const ALL: &'static [Self] = &[
        Self::Board,
        Self::Week,
        Self::Chart,
        Self::Trends,
        Self::Timeline,
        Self::Notes,
        Self::Diagnostics,
        Self::Monitoring,
        Self::Medicines,
        Self::Jigsaw,
        Self::Follow,
        Self::Close,
        Self::Import,
        Self::BringIn,
        Self::Entries,
        Self::List,
        Self::BodyMap,
        Self::Form,
        Self::Anywhere,
    ];

    /// The heading in help and in the key list.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Everywhere",
            Self::List => "On every list",
            Self::Board => "On the board",
            Self::Week => "In the week",
            Self::Chart => "In a chart",
            Self::Trends => "Among trends",
            Self::Timeline => "On the timeline",
            Self::Notes => "Among notes",
            Self::Diagnostics => "Among tests and results",
            Self::Monitoring => "In the monitoring",
            Self::Medicines => "Among medicines",
            Self::Jigsaw => "In the jigsaw",
            Self::Follow => "Among referrals, handouts and tapers",
            Self::Close => "At the close of the day",
            Self::Import => "In an import",
            Self::BringIn => "Bringing in lists",
            Self::Entries => "In earlier reflections",
            Self::BodyMap => "On the body map",
            Self::Form => "In a form",
        }
    }

    /// Whether a key is typed here, and so can be no command. On the body map letters are codes and digits intensities; signs
    /// may be keys.
    pub fn types(self, key: Key) -> bool {
        match self {
            Self::Form | Self::Anywhere => key.types().is_some(),
            Self::BodyMap => key.types().is_some_and(char::is_alphanumeric),
            _ => false,
        }
    }

    /// The contexts in which a key is looked up here, nearest first.
    pub const fn chain(self) -> &'static [Self] {
        match self {
            Self::Anywhere => &[Self::Anywhere],
            Self::List => &[Self::List, Self::Anywhere],
            Self::Board => &[Self::Board, Self::List, Self::Anywhere],
            Self::Week => &[Self::Week, Self::List, Self::Anywhere],
            Self::Chart => &[Self::Chart, Self::List, Self::Anywhere],
            Self::Trends => &[Self::Trends, Self::Chart, Self::List, Self::Anywhere],
            Self::Timeline => &[Self::Timeline, Self::Chart, Self::List, Self::Anywhere],
            Self::Notes => &[Self::Notes, Self::Chart, Self::List, Self::Anywhere],
            Self::Diagnostics => &[Self::Diagnostics, Self::List, Self::Anywhere],
            Self::Monitoring => &[Self::Monitoring, Self::List, Self::Anywhere],
            Self::Medicines => &[Self::Medicines, Self::List, Self::Anywhere],
            Self::Jigsaw => &[Self::Jigsaw, Self::List, Self::Anywhere],
            Self::Follow => &[Self::Follow, Self::List, Self::Anywhere],
            Self::Close => &[Self::Close, Self::List, Self::Anywhere],
            Self::Import => &[Self::Import, Self::List, Self::Anywhere],
            Self::BringIn => &[Self::BringIn, Self::List, Self::Anywhere],
            Self::Entries => &[Self::Entries, Self::List, Self::Anywhere],
            Self::BodyMap => &[Self::BodyMap, Self::Form, Self::Anywhere],
            Self::Form => &[Self::Form, Self::Anywhere],
        }
    }
}
