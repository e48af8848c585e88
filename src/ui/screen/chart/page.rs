//! The pages of a chart: one table of their names and keys, by which the strip is drawn and each finds the others. The strip
//! has a line of its own under the band, so that it says at every width which pages there are.
//!
//! A page takes the place of the one before it, so that going back leaves the chart from any of them.

use ratatui::layout::Rect;

use crate::action::{Command, Context};
use crate::clinical::id::PatientId;
use crate::clinical::text::cut;
use crate::ui::chrome::names;
use crate::ui::effect::Effect;
use crate::ui::env::View;
use crate::ui::place::{NotesLook, Place, TimelineLook, TrendsLook};
use crate::ui::theme::Role;
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::bar::Item;
use crate::ui::widget::tabs::{Tab, Tabs};
use crate::ui::widget::{Canvas, Words};

/// From so many rows on the strip of pages has a line: below that the page needs it more.
const STRIP_FROM: u16 = 18;

/// The rows on top of every page in a terminal of so many: the band that names the patient, and the strip of pages.
pub const fn top(rows: u16) -> u16 {
    if rows < STRIP_FROM { 2 } else { 3 }
}

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

/// The name of a page with its key.
fn titles(view: &View<'_>) -> [String; PAGES.len()] {
    PAGES.map(|(_, name, command)| {
        let key = view.keymap.key_for(Context::Chart, command).unwrap_or_default();
        format!("{key} {name}")
    })
}

/// Draws the band and, in the line under it, the strip of pages.
pub fn paint_top(canvas: &mut Canvas<'_>, top: Rect, open: Page, band: &PatientBand<'_>, view: &View<'_>) {
    let strip = u16::from(top.height > 2);
    band.paint(canvas, Rect { height: top.height - strip, ..top });
    if strip > 0 {
        let titles = titles(view);
        let tabs = titles.each_ref().map(|name| Tab { name, mark: None });
        let open = PAGES.iter().position(|(page, ..)| *page == open).unwrap_or(0);
        Tabs { tabs: &tabs, open }.paint(canvas, Rect { y: top.bottom() - 1, height: 1, ..top });
    }
}

/// That this is a chart, and to whom one returns where it lies over somebody else's.
pub fn place<'a>(open: Page, over: Option<&str>, view: &View<'_>) -> Vec<Item<'a>> {
    let mut place = vec![Item::new(0, Words::new().bold(Role::Focus, "Chart"))];
    if view.preferences.plain {
        // A screen reader is told by words where it is.
        let strip = PAGES.iter().zip(titles(view)).fold(Words::new(), |words, ((page, ..), title)| {
            let words = if words.is_empty() { words } else { words.gap(2) };
            if *page == open {
                words.bold(Role::Focus, format!("{title} (here)"))
            } else {
                words.say(Role::Second, title)
            }
        });
        place.push(Item::new(1, strip));
    }
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
