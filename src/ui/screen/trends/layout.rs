//! Where the parts of the trends stand, by the size of the terminal.

use ratatui::layout::Rect;

use crate::clinical::trend::{Mark, Window};
use crate::ui::chrome::parts;
use crate::ui::screen::chart::page::top as on_top;
use crate::ui::widget::lanes::Lanes;
use crate::ui::widget::pane::inside;
use crate::ui::widget::{course, inset, row};

/// Rows of one of the courses beside the one that leads, its name included.
const SMALL: u16 = 6;
/// How many stand beside it at most.
const MOST_SMALL: u16 = 3;
/// Rows the leading course keeps where others stand beside it.
const LEAD: u16 = 14;

/// The parts inside the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Which values there are.
    pub chips: Rect,
    /// What the cursor says, in two lines.
    pub said: Rect,
    /// The course that leads.
    pub lead: Rect,
    /// Others on the same axis.
    pub small: Vec<Rect>,
    /// What was done and changed.
    pub lanes: Rect,
    /// The dates.
    pub days: Rect,
}

/// The frame around it all.
pub fn frame(size: (u16, u16)) -> Rect {
    parts(Rect::new(0, 0, size.0, size.1), on_top(size.1)).body
}

/// The rows of the table, below its heads.
pub fn table_rows(size: (u16, u16)) -> Rect {
    let area = inset(inside(frame(size)), 1, 1);
    let used = 4.min(area.height);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

/// The parts in a terminal of this size, of so many series.
pub fn of(size: (u16, u16), series: usize, marks: &[Mark], window: Window) -> Layout {
    let area = inset(inside(frame(size)), 1, 1);
    let spaced = area.height >= 24;
    let chips = row(area, 0);
    let said = Rect { height: area.height.saturating_sub(1).min(2), ..row(area, 1 + u16::from(spaced)) };
    let top = (3 + 2 * u16::from(spaced)).min(area.height);
    let rest = Rect { y: area.y + top, height: area.height - top, ..area };
    let days = u16::from(rest.height > 3);
    let most = (rest.height / 4).min(8);
    let plot = course::plot(rest);
    let lanes = Lanes { marks, window, cursor: None }.wanted(plot, most);
    let below = days + lanes + u16::from(spaced && lanes > 0);
    let room = rest.height.saturating_sub(below);
    let others = u16::try_from(series.saturating_sub(1)).unwrap_or(MOST_SMALL).min(MOST_SMALL);
    let small = (room.saturating_sub(LEAD) / SMALL).min(others);
    let lead = Rect { height: room - small * SMALL, ..rest };
    let small = (0..small).map(|n| Rect { y: lead.bottom() + n * SMALL, height: SMALL, ..rest }).collect();
    let days_at = rest.y + room;
    Layout {
        chips,
        said,
        lead,
        small,
        days: Rect { y: days_at, height: days, ..rest },
        lanes: Rect { y: rest.bottom().saturating_sub(lanes), height: lanes, ..plot },
    }
}
