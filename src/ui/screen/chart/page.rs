//! The pages of a chart: one table of their names and keys, by which the strip is drawn and each finds the others.
//!
//! A page takes the place of the one before it, so that going back leaves the chart from any of them.

use crate::action::{Command, Context};
use crate::clinical::id::PatientId;
use crate::clinical::text::cut;
use crate::ui::chrome::names;
use crate::ui::effect::Effect;
use crate::ui::env::View;
use crate::ui::place::{NotesLook, Place, TimelineLook, TrendsLook};
use crate::ui::theme::Role;
use crate::ui::widget::Words;
use crate::ui::widget::bar::Item;

/// A page of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What is looked up, on one screen.
    Cover,
    /// Values over time.
    Trends,
    /// All that happened.
    Timeline,
    /// What was written.
    Notes,
}

/// The pages in their order: name, and the command that goes there.
const PAGES: [(Page, &str, Command); 4] = [
    (Page::Cover, "Cover", Command::ChartCover),
    (Page::Trends, "Trends", Command::ChartTrends),
    (Page::Timeline, "Timeline", Command::ChartTimeline),
    (Page::Notes, "Notes", Command::ChartNotes),
];

impl Page {
    fn place(self, patient: PatientId) -> Place {
        match self {
            Self::Cover => Place::Chart(patient),
            Self::Trends => Place::Trends { patient, look: TrendsLook::default() },
            Self::Timeline => Place::Timeline { patient, look: TimelineLook::default() },
            Self::Notes => Place::Notes { patient, look: NotesLook::default() },
        }
    }
}

/// Where a command leads from one page to another; none where it is not about pages.
pub fn go(from: Page, command: Command, patient: PatientId) -> Option<Vec<Effect>> {
    let at = PAGES.iter().position(|(page, ..)| *page == from).unwrap_or(0);
    let to = match command {
        Command::NextPane => (at + 1) % PAGES.len(),
        Command::PreviousPane => (at + PAGES.len() - 1) % PAGES.len(),
        command => PAGES.iter().position(|(.., key)| *key == command)?,
    };
    Some(if to == at { Vec::new() } else { vec![Effect::Replace(PAGES[to].0.place(patient))] })
}

/// The strip of pages, and to whom one returns where the chart lies over somebody else's.
pub fn place<'a>(open: Page, over: Option<&str>, view: &View<'_>) -> Vec<Item<'a>> {
    let strip = |full: bool| {
        PAGES.iter().fold(Words::new(), |words, (page, name, command)| {
            let words = if words.is_empty() { words } else { words.gap(2) };
            let key = view.keymap.key_for(Context::Chart, *command).unwrap_or_default();
            if *page == open {
                // A screen reader is told by words where it is.
                let here = if view.preferences.plain { " (here)" } else { "" };
                words.bold(Role::Focus, format!("{key} {name}{here}"))
            } else if full {
                words.bold(Role::Second, key).say(Role::Second, format!(" {name}"))
            } else {
                words.say(Role::Second, key)
            }
        })
    };
    let chart = Words::new().bold(Role::Focus, "Chart");
    let mut place = vec![Item::new(0, chart), Item::new(1, strip(true)).or(strip(false))];
    if let Some(over) = over {
        let back = view.keymap.key_for(Context::Chart, Command::Back).unwrap_or_default();
        let words = |name: &str| {
            let name = if view.names_hidden { names::HIDDEN.to_owned() } else { name.to_owned() };
            Words::of(Role::Wants, format!("{back} returns to ")).bold(Role::Wants, name)
        };
        place.push(Item::new(0, words(over)).or(words(&cut(over, 24))));
    }
    place
}
